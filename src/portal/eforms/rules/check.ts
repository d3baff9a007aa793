// Checks answers: what the schema says, and what the law and plain sense say besides. Pure, so that the browser and the
// server find the same.
import { addMonths, type Day } from '../../../platform/day.ts'
import { checkIdentityNumber, type Sex } from '../../../platform/identity-number.ts'
import type {
  AccountFacts,
  Answer,
  Answers,
  Field,
  Finding,
  FindingCode,
  FormDefinition,
  ValueSchema,
  Words,
} from '../contract.ts'
import { crossCheck } from './cross-check.ts'
import { isEthnicGroup } from './ethnic-groups.ts'
import { answerAt, clean, isAsked, isEmpty, itemsOf, visible, type Place, type Situation } from './layout.ts'
import { faultsOf, isRequired, schemaOf } from './schema.ts'
import { identityKindOf, isAddress, isPartialDay, isWholeDay } from './values.ts'
import { doubtsByVouched } from './vouched.ts'
import {
  detailWords,
  ethnicGroupWords,
  smallNameWords,
  identityWords,
  noSuchDay,
  requiredWords,
  type Limits,
  wordsOf,
} from './words.ts'

export type CheckFacts = Situation & {
  today: Day
  /** When the form was sent in, if that is past: terms of law are counted to that day. */
  filedOn?: Day | undefined
  partKey?: string | undefined
  /** What was vouched for of who fills it in. */
  vouched?: AccountFacts | undefined
}

type PlainCode = Exclude<FindingCode, 'required' | 'identity-number' | 'check'>
type Fault = { code: FindingCode; words: Words }

/** What is wrong, in the order of the form; with `partKey` only in that part. An empty list: everything is well. */
export const checkAnswers = (form: FormDefinition, given: Answers, facts: CheckFacts): Finding[] =>
  findings(form, given, facts).errors

/** What is allowed and still unlikely: to be looked at again. It never keeps anybody from going on. */
export const warningsOf = (form: FormDefinition, given: Answers, facts: CheckFacts): Finding[] =>
  findings(form, given, facts).warnings

function findings(
  form: FormDefinition,
  given: Answers,
  { today, filedOn = today, partKey, vouched, ...situation }: CheckFacts,
): { errors: Finding[]; warnings: Finding[] } {
  const answers = clean(form, given, situation)
  const single = singleFaults(form, answers, { today, ...situation })
  const wrong = new Set(single.map(({ path }) => path))
  // Answers that are wrong by themselves are mended first; then it is looked how they stand together.
  const cross = crossCheck(form, answers, { today: filedOn, ...situation }).filter(
    ({ path, about }) => !wrong.has(path) && !about.some((one) => wrong.has(one)),
  )
  const ordered = inOrder(form, answers, situation)
  const told = (severity: 'error' | 'warning', before: readonly Finding[]) =>
    ordered([
      ...before,
      ...oneEach(cross.filter(({ check }) => check.severity === severity)).map(
        ({ path, partKey: key, words, about }): Finding => ({ path, partKey: key, code: 'check', words, about }),
      ),
    ]).filter((finding) => partKey === undefined || finding.partKey === partKey)
  const errors = told('error', single)
  const doubts = [
    ...doubtsOf(form, answers, situation),
    ...doubtsByVouched(form, answers, { vouched, ...situation }),
  ].filter(({ path }) => !wrong.has(path))
  return {
    errors,
    warnings: told('warning', doubts).filter(({ path }) => !errors.some((error) => error.path === path)),
  }
}

/** Only what can be mended at these places; a contradiction is told at the one of its answers that may be changed. */
export function findingsWithin(found: readonly Finding[], paths: readonly string[] | null): Finding[] {
  if (paths === null) return [...found]
  const isOpen = (path: string) => paths.some((each) => path === each || path.startsWith(`${each}.`))
  return found.flatMap((finding) => {
    const path = [finding.path, ...(finding.about ?? [])].find(isOpen)
    return path === undefined ? [] : [{ ...finding, path }]
  })
}

const oneEach = <Found extends { path: string }>(found: readonly Found[]): Found[] =>
  found.filter(({ path }, index) => found.findIndex((one) => one.path === path) === index)

/** What is wrong with an answer by itself, or missing. */
function singleFaults(form: FormDefinition, answers: Answers, { today, ...situation }: CheckFacts): Finding[] {
  const { places, groups } = visible(form, answers, situation)
  const found: Finding[] = []
  for (const { path, group, part } of groups) {
    const { minItems = 0, maxItems = Number.MAX_SAFE_INTEGER } = schemaOf(form, group) ?? {}
    const count = itemsOf(answers, path).length
    const least = Math.max(minItems, isRequired(form, group) ? 1 : 0)
    if (count < least)
      found.push({
        path,
        partKey: part.key,
        code: 'too-few',
        words: least === 1 ? requiredWords('group', group.label) : wordsOf('too-few', { least }),
      })
    if (count > maxItems)
      found.push({ path, partKey: part.key, code: 'too-many', words: wordsOf('too-many', { most: maxItems }) })
  }
  for (const place of places) {
    if (!isAsked(place.field)) continue
    const fault = faultOf(form, answers, place, today)
    if (fault) found.push({ path: place.path, partKey: place.part.key, ...fault })
  }
  return found
}

/** What may be so and is more likely a slip: a name in small letters, a name where the ethnic group belongs, a commune without a hamlet. */
function doubtsOf(form: FormDefinition, answers: Answers, situation: Situation): Finding[] {
  return visible(form, answers, situation).places.flatMap((place): Finding[] => {
    const words = doubtAt(form, place, answerAt(answers, place.path))
    return words ? [{ path: place.path, partKey: place.part.key, code: 'check', words }] : []
  })
}

function doubtAt(form: FormDefinition, { field, group }: Place, answer: Answer | undefined): Words | undefined {
  if (isAddress(answer))
    return field.detail === undefined && answer.unitCode !== null && answer.detail === '' ? detailWords : undefined
  const isTyped = typeof answer === 'string' && answer !== ''
  if (isTyped && isName(field, schemaOf(form, field, group?.group)) && isSmall(answer)) return smallNameWords
  return field.offers === 'ethnic-groups' && isTyped && !isEthnicGroup(answer) ? ethnicGroupWords : undefined
}

/** All in capitals is how many papers write a name; wholly small is a slip. */
const isSmall = (name: string): boolean =>
  name === name.toLocaleLowerCase('vi') && name !== name.toLocaleUpperCase('vi')

/** Sorts findings as the questions are asked. */
function inOrder(form: FormDefinition, answers: Answers, situation: Situation): (found: Finding[]) => Finding[] {
  const { parts } = visible(form, answers, situation)
  const order = new Map<string, number>()
  for (const part of parts)
    for (const item of part.fields) {
      order.set(item.key, order.size)
      if ('fields' in item)
        for (const index of itemsOf(answers, item.key).keys())
          for (const field of item.fields) order.set(`${item.key}.${index}.${field.key}`, order.size)
    }
  return (found) => found.toSorted((one, other) => (order.get(one.path) ?? 0) - (order.get(other.path) ?? 0))
}

function faultOf(form: FormDefinition, answers: Answers, place: Place, today: Day): Fault | undefined {
  const { field, path, group } = place
  const answer = answerAt(answers, path)
  if (answer === undefined || isEmpty(answer))
    return isRequired(form, field, group?.group)
      ? { code: 'required', words: requiredWords(field.widget, field.label) }
      : undefined
  const schema = schemaOf(form, field, group?.group)
  const [keyword] = schema ? faultsOf(schema, answer).filter((name) => name !== 'properties' && name !== 'items') : []
  const told = typeof answer === 'string' ? textFault(form, answers, place, answer, today) : addressFault(answer)
  // That a number has twelve digits says more than that it is too long.
  if (field.widget === 'identity-number' && told) return told
  return schema && keyword !== undefined ? schemaFault(field, schema, keyword, answer) : told
}

function schemaFault(field: Field, schema: ValueSchema, keyword: string, answer: Answer): Fault {
  const limits: Limits = {
    least: schema.minLength ?? schema.minimum ?? schema.minItems,
    most: schema.maxLength ?? schema.maximum ?? schema.maxItems,
    isMoney: field.widget === 'money',
  }
  if (isAddress(answer)) return fault('too-long', { most: 300 })
  const codes: Record<string, PlainCode> = {
    maxLength: 'too-long',
    minLength: 'too-short',
    enum: 'not-allowed',
    minimum: 'too-small',
    maximum: 'too-large',
    minItems: 'too-few',
    maxItems: 'too-many',
    type: field.widget === 'number' || field.widget === 'money' ? 'not-a-number' : 'format',
  }
  if (field.widget === 'day') return dayFault(typeof answer === 'string' ? answer : '')
  if (keyword === 'pattern' && isName(field, schema)) return fault('name-format')
  return fault(codes[keyword] ?? 'format', limits)
}

const fault = (code: PlainCode, limits: Limits = {}): Fault => ({
  code,
  words: wordsOf(code, limits),
})
/** Of all whom the forms name, the ones that fill no place of the dossier are known by what may stand there. */
const isName = ({ autocomplete, fills = [] }: Field, schema: ValueSchema | undefined): boolean =>
  autocomplete === 'name' || fills.some((target) => target.endsWith('.name')) || schema?.pattern === NAME_PATTERN
const NAME_PATTERN = String.raw`^\p{L}[\p{L}\p{M}\s'’.\-–]*$`

/** `5/3/85`: the century is not guessed. `31/02/2020`: there is no such day, and that is told. */
function dayFault(typed: string): Fault {
  if (/^\d{1,2}[/.-]\d{1,2}[/.-]\d{2}$/.test(typed)) return fault('day-year-short')
  const words = noSuchDay(typed)
  return words ? { code: 'day-format', words } : fault('day-format')
}

function textFault(
  form: FormDefinition,
  answers: Answers,
  { field, group }: Place,
  answer: string,
  today: Day,
): Fault | undefined {
  const prefix = group ? `${group.group.key}.${group.index}.` : ''
  const beside = (key: string | undefined) =>
    key === undefined ? undefined : (answerAt(answers, prefix + key) ?? answerAt(answers, key))
  if (field.widget === 'day')
    return faultOfDay(field, answer, {
      today,
      earlier: beside(field.notBefore),
      earlierLabel: form.layout.parts
        .flatMap(({ fields }) => fields.flatMap((item) => ('fields' in item ? [item, ...item.fields] : [item])))
        .find(({ key }) => key === field.notBefore)?.label,
    })
  if (field.widget === 'identity-number') {
    // Of whom the law asks no present card, the one of nine digits will do.
    if (field.kinds?.includes('old-citizen') && /^\d{9}$/.test(answer)) return undefined
    const birthDay = beside(field.ofBirthDay)
    const sex = beside(field.ofSex)
    const checked = checkIdentityNumber(identityKindOf(answer, field.kinds), answer, {
      today,
      birthDay: typeof birthDay === 'string' && isPartialDay(birthDay) ? birthDay : null,
      sex: isSex(sex) ? sex : null,
    })
    return checked.ok ? undefined : { code: 'identity-number', words: identityWords[checked.refusal.code] }
  }
  if (field.widget === 'phone') return /^(0\d{9,10}|\+\d{8,15})$/.test(answer) ? undefined : fault('phone-format')
  if (field.widget === 'email')
    return /^[^\s@<>"']+@[^\s@<>"']+\.[^\s@<>"']{2,}$/.test(answer) ? undefined : fault('email-format')
  return undefined
}

const isSex = (answer: Answer | undefined): answer is Sex => answer === 'male' || answer === 'female'

const OLDEST_YEAR = '1880'

function faultOfDay(
  field: Field,
  answer: string,
  { today, earlier, earlierLabel }: { today: Day; earlier: Answer | undefined; earlierLabel: Words | undefined },
): Fault | undefined {
  if (field.partial ? !isPartialDay(answer) : !isWholeDay(answer)) return dayFault(answer)
  // A year or a month is compared as far as it is known.
  const now = today.slice(0, answer.length)
  if (field.time === 'past' && answer > now) return fault('day-future')
  if (field.time === 'future' && answer < now) return fault('day-past')
  if (answer < OLDEST_YEAR) return fault('day-too-old')
  if (typeof earlier === 'string' && isPartialDay(earlier)) {
    const length = Math.min(earlier.length, answer.length)
    if (answer.slice(0, length) < earlier.slice(0, length)) return fault('day-order', { other: earlierLabel })
  }
  if (field.minimumAge !== undefined && isYounger(answer, field.minimumAge, today))
    return fault('under-age', { age: field.minimumAge })
  return undefined
}

const isYounger = (born: string, age: number, today: Day): boolean =>
  isWholeDay(born) ? addMonths(born, age * 12) > today : Number(today.slice(0, 4)) - Number(born.slice(0, 4)) < age

/** Something was written of the place, but not in which commune. */
const addressFault = (answer: Answer): Fault | undefined =>
  isAddress(answer) && answer.place === '' ? fault('place-missing') : undefined
