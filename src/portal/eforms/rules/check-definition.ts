// Whether the checks between answers hold together as a definition.
import type { Check, DefinitionCode, Field, FormDefinition, Group } from '../contract.ts'
import { groupOf, lookedAt, tellsAt, TODAY } from './cross-check.ts'
import { allFields, clausesOf, isGroup } from './layout.ts'

export type TellOfCheck = (
  pointer: string,
  code: DefinitionCode,
  about?: string,
  severity?: 'error' | 'warning',
) => void

/** What is wrong with the checks; their conditions are told of elsewhere, as all conditions are. */
export function faultsOfChecks(form: FormDefinition, tell: TellOfCheck): void {
  const checks = form.checks ?? []
  for (const [index, check] of checks.entries()) {
    const pointer = `/checks/${index}`
    const name = check.words.vi || String(index + 1)
    if (checks.findIndex(({ key }) => key === check.key) !== index) tell(`${pointer}/key`, 'key-twice', check.key)
    if (check.words.vi.trim() === '') tell(pointer, 'check-wordless', String(index + 1))
    if (check.source.trim() === '') tell(pointer, 'check-sourceless', name, check.severity)
    faultsOfCheck(form, check, (code, about = name) => tell(pointer, code, about))
  }
}

function faultsOfCheck(form: FormDefinition, check: Check, tell: (code: DefinitionCode, about?: string) => void): void {
  const at = 'at' in check ? check.at : undefined
  const named = [...new Set([...lookedAt(check), ...(at === undefined ? [] : [at])])]
  const unknown = named.filter((key) => !itemOf(form, key))
  for (const key of unknown) tell('reference-unknown', key)
  if (unknown.length > 0) return
  if (named.length === 0) return tell('check-idle')
  const groups = new Set([...named, tellsAt(form, check)].flatMap((key) => groupOf(form, key) ?? []))
  if (!('differ' in check) && groups.size > 1) tell('check-groups')
  if ('compare' in check && !isComparable(form, check.compare)) tell('check-kind')
  if ('differ' in check && !canDiffer(form, check.differ)) tell('check-idle')
  if ('identity' in check && !isOfIdentity(form, check.identity)) tell('check-sex')
}

const itemOf = (form: FormDefinition, key: string): Field | Group | undefined =>
  form.layout.parts.flatMap(({ fields }) => fields).find((item) => item.key === key) ??
  allFields(form).find(({ field }) => field.key === key)?.field

/** Days are compared with days, numbers with numbers; what is added must be time for days and nothing for numbers. */
function isComparable(
  form: FormDefinition,
  { left, right, plus }: Extract<Check, { compare: object }>['compare'],
): boolean {
  const kind = (key: string): 'day' | 'number' | undefined => {
    const item = itemOf(form, key)
    if (key === TODAY || item?.widget === 'day') return 'day'
    return item && (isGroup(item) || item.widget === 'number' || item.widget === 'money') ? 'number' : undefined
  }
  if (left === right) return false
  return kind(left) !== undefined && kind(left) === kind(right) && (kind(left) === 'day' || plus === undefined)
}

const differing = new Set<string>(['text', 'identity-number', 'phone', 'email', 'day'])

function canDiffer(form: FormDefinition, keys: readonly string[]): boolean {
  const isRepeated = keys.some((key) => groupOf(form, key) !== null)
  return (new Set(keys).size > 1 || isRepeated) && keys.every((key) => differing.has(itemOf(form, key)?.widget ?? ''))
}

function isOfIdentity(form: FormDefinition, { number, sex }: { number: string; sex: string }): boolean {
  if (itemOf(form, number)?.widget !== 'identity-number') return false
  if (sex === 'male' || sex === 'female') return true
  const item = itemOf(form, sex)
  return item?.widget === 'choice' && (item.options ?? []).some(({ value }) => value === 'male')
}

/** The group in whose elements a check looks, for its conditions. */
export function groupOfCheck(form: FormDefinition, check: Check): Group | undefined {
  if ('differ' in check) return undefined
  const key = [...lookedAt(check), tellsAt(form, check)].map((one) => groupOf(form, one)).find((one) => one !== null)
  const item = key === undefined ? undefined : itemOf(form, key)
  return item && isGroup(item) ? item : undefined
}

export const conditionsOf = (check: Check) =>
  [check.when, 'never' in check ? check.never : undefined].flatMap((when) => (when ? [...clausesOf(when)] : []))
