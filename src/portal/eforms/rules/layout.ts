import type { Answer, Answers, Condition, Clause, Field, FormDefinition, Group, Item, Part } from '../contract.ts'

/** What the rules are told besides the answers. */
export type Situation = { caseKey?: string | null }

export const isGroup = (item: Item): item is Group => item.widget === 'group'

/** Whether a field is answered at all: a note only tells something. */
export const isAsked = (field: Field): boolean => field.widget !== 'note'

export const isEmpty = (answer: Answer | undefined): boolean => {
  if (answer === undefined || answer === '') return true
  if (Array.isArray(answer)) return answer.length === 0
  if (typeof answer === 'object')
    return 'detail' in answer && 'place' in answer && answer.place === '' && answer.detail === '' && !answer['unitCode']
  return false
}

export const itemsOf = (answers: Answers, key: string): Answers[] => {
  const found = answers[key]
  return Array.isArray(found) ? found.filter((item): item is Answers => typeof item === 'object') : []
}

/** The answer at a path: `motherName`, `children.0.name`. */
export function answerAt(answers: Answers, path: string): Answer | undefined {
  const [key = '', index, inner] = path.split('.')
  if (index === undefined) return own(answers, key)
  const item = itemsOf(answers, key)[Number(index)]
  return inner === undefined || !item ? undefined : own(item, inner)
}

// Names come from posted forms: what every object inherits is no answer.
const own = (answers: Answers, key: string): Answer | undefined =>
  Object.hasOwn(answers, key) ? answers[key] : undefined

/** Whether a condition holds. `answers` are those that are shown; `item` is the one of a repeated group. */
export function holds(
  when: Condition | undefined,
  { answers, item, caseKey }: Situation & { answers: Answers; item?: Answers | undefined },
): boolean {
  if (!when) return true
  if ('all' in when) return when.all.every((clause) => holds(clause, { answers, item, caseKey: caseKey ?? null }))
  if ('any' in when) return when.any.some((clause) => holds(clause, { answers, item, caseKey: caseKey ?? null }))
  if ('caseIn' in when) return caseKey !== undefined && caseKey !== null && when.caseIn.includes(caseKey)
  return states(when, (item && own(item, when.field)) ?? own(answers, when.field))
}

function states(clause: Exclude<Clause, { caseIn: string[] }>, answer: Answer | undefined): boolean {
  const equals = (value: string | number | boolean) =>
    Array.isArray(answer) ? (answer as unknown[]).includes(value) : answer === value
  if ('is' in clause) return equals(clause.is)
  if ('isNot' in clause) return !isEmpty(answer) && !equals(clause.isNot)
  if ('in' in clause) return clause.in.some(equals)
  if ('filled' in clause) return clause.filled !== isEmpty(answer)
  const count = Array.isArray(answer) ? answer.length : answer
  if (typeof count !== 'number') return false
  return 'atLeast' in clause ? count >= clause.atLeast : count <= clause.atMost
}

/** The statements of which a condition is made. */
export const clausesOf = (when: Condition): readonly Clause[] => {
  if ('all' in when) return when.all
  return 'any' in when ? when.any : [when]
}

/** One field where it stands: with its path, its part, and the group with the number of its element. */
export type Place = {
  path: string
  field: Field
  part: Part
  group?: { group: Group; index: number }
}
export type Visible = { parts: Part[]; places: Place[]; groups: { path: string; group: Group; part: Part }[] }

/** What is asked for these answers, in order. Conditions look at what stands before them, and only where that is asked. */
export const visible = (form: FormDefinition, answers: Answers, situation: Situation = {}): Visible =>
  walk(form, answers, situation).visible

/** The answers without those to questions that are not asked. */
export const clean = (form: FormDefinition, answers: Answers, situation: Situation = {}): Answers =>
  walk(form, answers, situation).kept

function walk(form: FormDefinition, answers: Answers, situation: Situation): { visible: Visible; kept: Answers } {
  const kept: Answers = {}
  const found: Visible = { parts: [], places: [], groups: [] }
  for (const part of form.layout.parts) {
    if (!holds(part.when, { ...situation, answers: kept })) continue
    found.parts.push(part)
    for (const item of part.fields) {
      if (!holds(item.when, { ...situation, answers: kept })) continue
      if (!isGroup(item)) {
        found.places.push({ path: item.key, field: item, part })
        const answer = own(answers, item.key)
        if (isAsked(item) && !isEmpty(answer) && answer !== undefined) kept[item.key] = answer
        continue
      }
      found.groups.push({ path: item.key, group: item, part })
      const elements: Answers[] = []
      for (const [index, given] of itemsOf(answers, item.key).entries()) {
        const element: Answers = {}
        for (const field of item.fields) {
          if (!holds(field.when, { ...situation, answers: kept, item: element })) continue
          found.places.push({ path: `${item.key}.${index}.${field.key}`, field, part, group: { group: item, index } })
          const answer = own(given, field.key)
          if (isAsked(field) && !isEmpty(answer) && answer !== undefined) element[field.key] = answer
        }
        elements.push(element)
      }
      if (elements.length > 0) kept[item.key] = elements
    }
  }
  return { visible: found, kept }
}

/** Parts that are asked, in order: the way through the form. */
export const partsOf = (form: FormDefinition, answers: Answers, situation: Situation = {}): Part[] =>
  visible(form, answers, situation).parts

/** Whether the form is this paper of the case, so that nobody has to bring it. */
export const standsFor = (
  { component, furtherComponents = [] }: Pick<FormDefinition, 'component' | 'furtherComponents'>,
  key: string,
): boolean => key === component || furtherComponents.includes(key)

/** Whether the answers say that nobody needs to hand in this paper. */
export const sparesPaper = (
  form: FormDefinition,
  answers: Answers,
  key: string,
  situation: Situation = {},
): boolean => {
  const rule = form.papers?.find(({ component }) => component === key)
  return rule !== undefined && !holds(rule.when, { ...situation, answers: clean(form, answers, situation) })
}

/** Every field of a form, with the group in which it stands. */
export const allFields = (form: FormDefinition): { field: Field; group?: Group; part: Part }[] =>
  form.layout.parts.flatMap((part) =>
    part.fields.flatMap((item) =>
      isGroup(item) ? item.fields.map((field) => ({ field, group: item, part })) : [{ field: item, part }],
    ),
  )
