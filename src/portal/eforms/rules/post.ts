// Answers as the fields of a plain HTML form and back.
import type { Address, Answer, Answers, Field, FormDefinition, Group } from '../contract.ts'
import { answerAt, clean, isAsked, isGroup, itemsOf, type Situation } from './layout.ts'
import { isAddress, readValue, typedOf } from './values.ts'

/** Fields of an urlencoded form; a name that came more than once is a list. */
export type Posted = Readonly<Record<string, string | readonly string[] | undefined>>

/** Buttons that change how many elements a group has: they carry the path as their value. */
export const ADD = '_add'
export const REMOVE = '_remove'

/** The most elements that a posted group may have, whatever the schema says. */
const MOST = 50

/** What the person pressed besides going on: `{ add: 'children' }`, `{ remove: 'children.1' }`. Then the same part is shown again. */
export function groupAction(form: FormDefinition, fields: Posted): { add: string } | { remove: string } | undefined {
  const groups = form.layout.parts.flatMap(({ fields: items }) => items.filter(isGroup)).map(({ key }) => key)
  const add = first(fields[ADD])
  if (groups.includes(add)) return { add }
  const remove = first(fields[REMOVE])
  return groups.includes(remove.split('.')[0] ?? '') && /^[a-zA-Z0-9]+\.\d{1,2}$/.test(remove) ? { remove } : undefined
}

/**
 * The answers after a form was posted. With `partKey` only that part was asked; the others stay as in `previous`. What
 * nobody asks does not enter.
 */
export function answersFromPost(
  form: FormDefinition,
  fields: Posted,
  { partKey, previous = {}, ...situation }: Situation & { partKey?: string | undefined; previous?: Answers } = {},
): Answers {
  const answers: Answers = { ...previous }
  const action = groupAction(form, fields)
  for (const part of form.layout.parts) {
    if (partKey !== undefined && part.key !== partKey) continue
    for (const item of part.fields) {
      const answer = isGroup(item) ? readGroup(item, fields, action) : readField(item, item.key, fields)
      if (answer === undefined) delete answers[item.key]
      else answers[item.key] = answer
    }
  }
  return clean(form, answers, situation)
}

function readGroup(group: Group, fields: Posted, action: ReturnType<typeof groupAction>): Answers[] | undefined {
  const count = Math.min(MOST, Math.max(0, Math.trunc(Number(first(fields[`${group.key}.count`]))) || 0))
  const elements = Array.from({ length: count }, (_, index) => {
    const element: Answers = {}
    for (const field of group.fields) {
      const answer = readField(field, `${group.key}.${index}.${field.key}`, fields)
      if (answer !== undefined) element[field.key] = answer
    }
    return element
  })
  if (action && 'add' in action && action.add === group.key && elements.length < MOST) elements.push({})
  if (action && 'remove' in action && action.remove.startsWith(`${group.key}.`))
    elements.splice(Number(action.remove.split('.')[1]), 1)
  return elements.length > 0 ? elements : undefined
}

/** The answer to one field as it was posted. */
export function readField(field: Field, path: string, fields: Posted): Answer | undefined {
  if (!isAsked(field)) return undefined
  if (field.widget === 'choices' || field.widget === 'files') {
    const chosen = [...new Set(many(fields[path]).filter((value) => value !== ''))].slice(0, 200)
    return chosen.length > 0 ? chosen : undefined
  }
  if (field.widget === 'address') return readAddress(path, fields)
  const value = readValue(field, first(fields[path]))
  return value === '' ? undefined : value
}

/** The unit chosen from the list counts only as long as its name was not typed over. */
function readAddress(path: string, fields: Posted): Address | undefined {
  const text = (name: string) => String(readValue({ widget: 'text' }, first(fields[`${path}.${name}`])))
  const offered = /^(\d{5})\|(.+)$/u.exec(text('choice'))
  if (offered) return { unitCode: offered[1] ?? null, place: offered[2] ?? '', detail: text('detail') }
  const address = { place: text('place'), detail: text('detail') }
  const chosen = /^(\d{5})\|(.*)$/u.exec(text('unit'))
  const unitCode = chosen && chosen[2] === address.place ? (chosen[1] ?? null) : null
  return address.place === '' && address.detail === '' ? undefined : { unitCode, ...address }
}

/** The fields of a form that give these answers again. */
export function postOf(form: FormDefinition, answers: Answers): Record<string, string | string[]> {
  const fields: Record<string, string | string[]> = {}
  const write = (field: Field, path: string): void => {
    const answer = answerAt(answers, path)
    if (answer === undefined) return
    if (Array.isArray(answer)) fields[path] = answer.map(String)
    else if (isAddress(answer)) {
      fields[`${path}.place`] = answer.place
      fields[`${path}.detail`] = answer.detail
      if (answer.unitCode !== null) fields[`${path}.unit`] = `${answer.unitCode}|${answer.place}`
    } else fields[path] = typedOf(field, answer)
  }
  for (const { fields: items } of form.layout.parts)
    for (const item of items) {
      if (!isGroup(item)) {
        write(item, item.key)
        continue
      }
      const elements = itemsOf(answers, item.key)
      fields[`${item.key}.count`] = String(elements.length)
      for (const index of elements.keys())
        for (const field of item.fields) write(field, `${item.key}.${index}.${field.key}`)
    }
  return fields
}

const first = (value: string | readonly string[] | undefined): string =>
  (typeof value === 'string' ? value : value?.[0]) ?? ''
const many = (value: string | readonly string[] | undefined): readonly string[] =>
  typeof value === 'string' ? [value] : (value ?? [])
