// JSON Schema says what an answer may be; it is the same program that checks in the browser and on the server.
import { Validator } from '@cfworker/json-schema'
import type { Answers, AnswersSchema, Field, FormDefinition, Group, ValueSchema } from '../contract.ts'
import { isAsked, visible, type Situation } from './layout.ts'

export const addressSchema: ValueSchema = {
  type: 'object',
  properties: {
    unitCode: { pattern: '^\\d{5}$' },
    place: { type: 'string', maxLength: 300 },
    detail: { type: 'string', maxLength: 300 },
  },
  required: ['place', 'detail'],
  additionalProperties: false,
}

const checkers = new WeakMap<ValueSchema, Validator>()

/** The keywords of the schema against which a value speaks, e.g. `maxLength`. */
export function faultsOf(schema: ValueSchema, value: unknown): string[] {
  let checker = checkers.get(schema)
  if (!checker) {
    checker = new Validator(schema, '2020-12', false)
    checkers.set(schema, checker)
  }
  return checker.validate(value).errors.map(({ keyword }) => keyword)
}

/** What the schema says of a field. */
export function schemaOf(form: FormDefinition, field: Field | Group, group?: Group): ValueSchema | undefined {
  const home = group ? ownOf(form.schema, group.key)?.items : form.schema
  return home && ownOf(home, field.key)
}
const ownOf = (schema: ValueSchema, key: string): ValueSchema | undefined =>
  schema.properties && Object.hasOwn(schema.properties, key) ? schema.properties[key] : undefined

export const isRequired = (form: FormDefinition, field: Field | Group, group?: Group): boolean =>
  ((group ? ownOf(form.schema, group.key)?.items?.required : form.schema.required) ?? []).includes(field.key)

/** The schema for these answers: what is not asked is not allowed. In repeated groups each element is a case of its own. */
export function schemaFor(form: FormDefinition, answers: Answers, situation: Situation = {}): AnswersSchema {
  const { places, groups } = visible(form, answers, situation)
  const properties: Record<string, unknown> = {}
  const required: string[] = []
  for (const { field, group } of places) {
    const schema = schemaOf(form, field)
    if (group || !isAsked(field) || !schema) continue
    properties[field.key] = schema
    if (isRequired(form, field)) required.push(field.key)
  }
  for (const { path, group } of groups) {
    const { items, ...rest } = schemaOf(form, group) ?? {}
    const elements = new Map<number, Field[]>()
    for (const place of places)
      if (place.group?.group === group && isAsked(place.field))
        elements.set(place.group.index, [...(elements.get(place.group.index) ?? []), place.field])
    properties[path] = {
      ...rest,
      prefixItems: [...elements.values()].map((fields) => ({
        ...items,
        properties: Object.fromEntries(fields.map((field) => [field.key, schemaOf(form, field, group) ?? {}])),
        required: fields.filter((field) => isRequired(form, field, group)).map(({ key }) => key),
      })),
    }
    if (isRequired(form, group)) required.push(path)
  }
  return {
    type: 'object',
    properties: properties as Record<string, ValueSchema>,
    required,
    additionalProperties: false,
  }
}
