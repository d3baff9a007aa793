// What answers must be to one another, as the definition says it: a child is born after its mother. Pure, so that the
// browser and the server find the same.
import { addDays, addMonths, type Day } from '../../../platform/day.ts'
import { cleanIdentityNumber, readCitizenNumber } from '../../../platform/identity-number.ts'
import type { Answer, Answers, Check, Clause, FormDefinition, Order, Part, Words } from '../contract.ts'
import { allFields, answerAt, clausesOf, holds, isEmpty, itemsOf, visible, type Situation } from './layout.ts'
import { isPartialDay } from './values.ts'

export type CrossFinding = { path: string; partKey: string; words: Words; check: Check; about: string[] }

/** The day of filing among the names of questions. */
export const TODAY = 'today'

type Facts = Situation & { today: Day }
/** `answers` are those that are asked; `element` is the number within the group of which a check speaks. */
type Scope = Facts & { form: FormDefinition; answers: Answers; group: string | null; element: number | null }

/** What does not fit together, each beside a question that is asked. `answers` are cleaned of what is not asked. */
export function crossCheck(form: FormDefinition, answers: Answers, facts: Facts): CrossFinding[] {
  const asked = new Map<string, Part>()
  const { places, groups } = visible(form, answers, facts)
  for (const { path, part } of [...groups, ...places]) asked.set(path, part)
  return (form.checks ?? []).flatMap((check) =>
    scopesOf(check, { ...facts, form, answers }).flatMap((scope) => {
      const path = holds(check.when, { ...scope, item: itemOf(scope) }) ? faultAt(check, scope) : undefined
      const part = path === undefined ? undefined : asked.get(path)
      if (path === undefined || !part) return []
      return [{ path, partKey: part.key, words: check.words, check, about: pathsOf(check, scope) }]
    }),
  )
}

/** The questions at which a check looks, those of its condition left out. */
export function lookedAt(check: Check): string[] {
  if ('compare' in check) return [check.compare.left, check.compare.right].filter((key) => key !== TODAY)
  if ('differ' in check) return [...check.differ]
  if ('identity' in check) return [check.identity.number, check.identity.sex].filter((key) => !isSex(key))
  return clausesOf(check.never).flatMap(fieldOf)
}
export const fieldOf = (clause: Clause): string[] => ('caseIn' in clause ? [] : [clause.field])

/** Beside which question a check tells: the last that is answered, since it is then that the answers stand together. */
export function tellsAt(form: FormDefinition, check: Check): string {
  if ('at' in check && check.at !== undefined) return check.at
  const order = allFields(form).map(({ field }) => field.key)
  const groups = form.layout.parts.flatMap(({ fields }) => fields.map(({ key }) => key))
  const place = (key: string) => (order.includes(key) ? order.indexOf(key) : groups.indexOf(key))
  return lookedAt(check).toSorted((one, other) => place(other) - place(one))[0] ?? ''
}

/** The group in which a question stands. */
export const groupOf = (form: FormDefinition, key: string): string | null =>
  allFields(form).find(({ field }) => field.key === key)?.group?.key ?? null

/** A check of questions within a group looks at each element by itself; `differ` looks at all of them together. */
function scopesOf(check: Check, facts: Omit<Scope, 'group' | 'element'>): Scope[] {
  const whole: Scope = { ...facts, group: null, element: null }
  if ('differ' in check) return [whole]
  const { form, answers } = facts
  const group = [...lookedAt(check), tellsAt(form, check)].map((key) => groupOf(form, key)).find((key) => key !== null)
  if (group === undefined || group === null) return [whole]
  return itemsOf(answers, group).map((_, element) => ({ ...facts, group, element }))
}

const itemOf = ({ answers, group, element }: Scope): Answers | undefined =>
  group === null || element === null ? undefined : itemsOf(answers, group)[element]

/** Where a question stands for this scope: `childName`, or `children.1.childName`. */
const pathIn = ({ form, group, element }: Scope, key: string): string =>
  group !== null && groupOf(form, key) === group ? `${group}.${element}.${key}` : key

/** Where the answers stand at which a check looks. */
function pathsOf(check: Check, scope: Scope): string[] {
  if (!('differ' in check)) return lookedAt(check).map((key) => pathIn(scope, key))
  return visible(scope.form, scope.answers, scope)
    .places.filter(({ field }) => check.differ.includes(field.key))
    .map(({ path }) => path)
}

function faultAt(check: Check, scope: Scope): string | undefined {
  if ('differ' in check) return sameAt(check, scope)
  return isAtFault(check, scope) ? pathIn(scope, tellsAt(scope.form, check)) : undefined
}

function isAtFault(check: Exclude<Check, { differ: string[] }>, scope: Scope): boolean {
  if ('compare' in check) return contradicts(check.compare, scope)
  if ('identity' in check) return saysOtherSex(check.identity, scope)
  return holds(check.never, { ...scope, item: itemOf(scope) })
}

// --- compare ------------------------------------------------------------------------------------------------------------

/** From when to when: a year is all its days. For numbers both ends are the same. */
type Span = { first: string | number; last: string | number }

function contradicts({ left, is, right, plus }: Extract<Check, { compare: object }>['compare'], scope: Scope): boolean {
  const one = spanOf(scope, left)
  const other = spanOf(scope, right)
  if (!one || !other || typeof one.first !== typeof other.first) return false
  const shift = (end: string | number) => (typeof end === 'string' ? shifted(end, plus) : end)
  return !possible[is](one, { first: shift(other.first), last: shift(other.last) })
}

/** Only what cannot be is reported: a birth in 1990 may be before one in 1990. */
const possible: Record<Order, (one: Span, other: Span) => boolean> = {
  '<': (one, other) => one.first < other.last,
  '<=': (one, other) => one.first <= other.last,
  '=': (one, other) => one.first <= other.last && one.last >= other.first,
  '>=': (one, other) => one.last >= other.first,
  '>': (one, other) => one.last > other.first,
}

function spanOf(scope: Scope, key: string): Span | undefined {
  if (key === TODAY) return { first: scope.today, last: scope.today }
  const answer = answerAt(scope.answers, pathIn(scope, key))
  if (typeof answer === 'number') return { first: answer, last: answer }
  if (Array.isArray(answer)) return { first: answer.length, last: answer.length }
  return typeof answer === 'string' && isPartialDay(answer) ? daysOf(answer) : undefined
}

function daysOf(answer: string): Span {
  if (answer.length === 4) return { first: `${answer}-01-01`, last: `${answer}-12-31` }
  if (answer.length === 10) return { first: answer, last: answer }
  return { first: `${answer}-01`, last: addDays(addMonths(`${answer}-01`, 1), -1) }
}

const shifted = (
  day: Day,
  { years = 0, months = 0, days = 0 }: { years?: number; months?: number; days?: number } = {},
) => addDays(addMonths(day, years * 12 + months), days)

// --- differ -------------------------------------------------------------------------------------------------------------

/** Where an answer stands that was given before, the last of them in the order of the form. */
function sameAt(check: Extract<Check, { differ: string[] }>, scope: Scope): string | undefined {
  const seen = new Set<string>()
  let at: string | undefined
  for (const { path, field } of visible(scope.form, scope.answers, scope).places) {
    if (!check.differ.includes(field.key)) continue
    const answer = answerAt(scope.answers, path)
    if (answer === undefined || isEmpty(answer)) continue
    const value = comparable(answer)
    if (seen.has(value)) at ??= path
    seen.add(value)
  }
  return at
}

const comparable = (answer: Answer): string =>
  typeof answer === 'string'
    ? answer.normalize('NFC').toLowerCase().replace(/\s+/g, ' ').trim()
    : JSON.stringify(answer)

// --- identity -----------------------------------------------------------------------------------------------------------

const isSex = (text: unknown): text is 'male' | 'female' => text === 'male' || text === 'female'

function saysOtherSex({ number, sex }: { number: string; sex: string }, scope: Scope): boolean {
  const answer = answerAt(scope.answers, pathIn(scope, number))
  const digits = typeof answer === 'string' ? cleanIdentityNumber(answer) : ''
  const said = isSex(sex) ? sex : answerAt(scope.answers, pathIn(scope, sex))
  return /^\d{12}$/.test(digits) && isSex(said) && readCitizenNumber(digits).sex !== said
}
