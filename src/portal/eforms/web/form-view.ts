import type { Check, Clause, Condition, Field, FormDefinition, FormItem, Group, Part } from '../contract.ts'
import { groupOfCheck } from '../rules/check-definition.ts'
import { allFields, clausesOf, isGroup } from '../rules/layout.ts'

/** The newest version of each form; the list comes newest first. */
export const newestOf = (items: readonly FormItem[]): FormItem[] =>
  items.filter((item, at) => items.findIndex(({ key }) => key === item.key) === at)

export type Operator = 'is' | 'isNot' | 'in' | 'filled' | 'empty' | 'atLeast' | 'atMost'
export type Mode = 'always' | 'all' | 'any'

export const modeOf = (when: Condition | undefined): Mode => {
  if (!when) return 'always'
  return 'any' in when ? 'any' : 'all'
}

/** A condition from its statements; none means always. */
export const conditionOf = (mode: Mode, clauses: readonly Clause[]): Condition | undefined => {
  if (mode === 'always' || clauses.length === 0) return undefined
  const [only] = clauses
  if (clauses.length === 1 && only && mode === 'all') return only
  return mode === 'all' ? { all: [...clauses] } : { any: [...clauses] }
}

export const clausesIn = (when: Condition | undefined): readonly Clause[] => (when ? clausesOf(when) : [])

export const operatorOf = (clause: Exclude<Clause, { caseIn: string[] }>): Operator => {
  if ('filled' in clause) return clause.filled ? 'filled' : 'empty'
  return (['is', 'isNot', 'in', 'atLeast', 'atMost'] as const).find((key) => key in clause) ?? 'is'
}

/** Which comparisons make sense for the answer to a field. */
export function operatorsFor(field: Field | undefined): Operator[] {
  if (!field) return ['filled', 'empty']
  if (field.widget === 'choice') return ['is', 'isNot', 'in', 'filled', 'empty']
  if (field.widget === 'choices') return ['is', 'in', 'filled', 'empty']
  if (field.widget === 'yes-no') return ['is', 'filled', 'empty']
  if (field.widget === 'number' || field.widget === 'money') return ['is', 'atLeast', 'atMost', 'filled', 'empty']
  return ['filled', 'empty']
}

/** A statement about a field to begin with. */
export function newClause(field: Field | undefined, operator: Operator = operatorsFor(field)[0] ?? 'filled'): Clause {
  const key = field?.key ?? ''
  if (operator === 'filled' || operator === 'empty') return { field: key, filled: operator === 'filled' }
  if (operator === 'atLeast') return { field: key, atLeast: 1 }
  if (operator === 'atMost') return { field: key, atMost: 1 }
  const value = firstValue(field)
  if (operator === 'in') return { field: key, in: [value] }
  return operator === 'is' ? { field: key, is: value } : { field: key, isNot: value }
}
function firstValue(field: Field | undefined): string | number | boolean {
  if (field?.widget === 'yes-no') return true
  if (field?.widget === 'number' || field?.widget === 'money') return 1
  return field?.options?.[0]?.value ?? ''
}

/** The questions that stand before an item and may be a condition for it. */
export function earlierFields(form: FormDefinition, key: string): Field[] {
  const found: Field[] = []
  const own = allFields(form).find(({ field }) => field.key === key)?.group
  for (const part of form.layout.parts) {
    if (part.key === key) return found
    for (const item of part.fields) {
      if (item.key === key) return found
      if (!isGroup(item)) {
        if (item.widget !== 'note') found.push(item)
        continue
      }
      for (const field of item.fields) {
        if (field.key === key) return found
        if (item === own && field.widget !== 'note') found.push(field)
      }
    }
  }
  return found
}

/** Questions to choose from, each with the part in which it stands. */
export const questionOptions = (
  form: FormDefinition,
  widgets?: readonly Field['widget'][],
): { value: string; label: string }[] =>
  allFields(form)
    .filter(({ field }) => field.widget !== 'note' && (widgets === undefined || widgets.includes(field.widget)))
    .map(({ field, part }) => ({ value: field.key, label: `${part.title.vi}: ${field.label.vi || field.key}` }))

/** What a check may ask as its condition: everything outside groups, and what stands in its own. */
export function askedWithin(form: FormDefinition, check: Check): Field[] {
  const group = groupOfCheck(form, check)?.key
  return allFields(form)
    .filter(({ field, group: own }) => field.widget !== 'note' && (own === undefined || own.key === group))
    .map(({ field }) => field)
}

/** The place of the checks in the outline. */
export const CHECKS = '*checks'

export type Chosen =
  | { kind: 'general' }
  | { kind: 'checks' }
  | { kind: 'part'; part: Part }
  | { kind: 'field'; field: Field; part: Part; group?: Group }
  | { kind: 'group'; group: Group; part: Part }

/** What the editor shows for a key of the outline. */
export function chosenBy(form: FormDefinition, key: string | null): Chosen {
  if (key === CHECKS) return { kind: 'checks' }
  for (const part of form.layout.parts) {
    if (part.key === key) return { kind: 'part', part }
    for (const item of part.fields) {
      if (isGroup(item)) {
        if (item.key === key) return { kind: 'group', group: item, part }
        const field = item.fields.find((one) => one.key === key)
        if (field) return { kind: 'field', field, part, group: item }
      } else if (item.key === key) return { kind: 'field', field: item, part }
    }
  }
  return { kind: 'general' }
}

/** The item at which a finding points: `/layout/parts/1/fields/2/fields/0/when` → its key. */
export function keyAt(form: FormDefinition, pointer: string): string | null {
  if (pointer.startsWith('/checks')) return CHECKS
  const match = /^\/layout\/parts\/(\d+)(?:\/fields\/(\d+)(?:\/fields\/(\d+))?)?/.exec(pointer)
  const part = match && form.layout.parts[Number(match[1])]
  if (!part || match[2] === undefined) return part?.key ?? null
  const item = part.fields[Number(match[2])]
  if (!item || match[3] === undefined || !isGroup(item)) return item?.key ?? null
  return item.fields[Number(match[3])]?.key ?? item.key
}

/** `Con thứ hai` → `conThuHai`: a name for the data. */
export const keyFromLabel = (label: string): string => {
  const words = label
    .normalize('NFD')
    .replaceAll(/\p{M}/gu, '')
    .replaceAll(/[đĐ]/g, 'd')
    .toLowerCase()
    .split(/[^a-z0-9]+/)
    .filter((word) => /[a-z]/.test(word))
    .slice(0, 5)
  const joined = words.map((word, at) => (at === 0 ? word : word.charAt(0).toUpperCase() + word.slice(1))).join('')
  return joined.replace(/^\d+/, '').slice(0, 40)
}
