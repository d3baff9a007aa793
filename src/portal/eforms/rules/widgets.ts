// What the schema of an answer looks like for each way of asking.
import type { Field, ValueSchema, Widget } from '../contract.ts'
import { addressSchema } from './schema.ts'

export const PARTIAL_DAY = '^\\d{4}(-\\d{2}(-\\d{2})?)?$'

const types: Record<Exclude<Widget, 'note'>, readonly ValueSchema['type'][]> = {
  text: ['string'],
  'long-text': ['string'],
  number: ['integer', 'number'],
  money: ['integer'],
  day: ['string'],
  choice: ['string'],
  choices: ['array'],
  'yes-no': ['boolean'],
  'identity-number': ['string'],
  phone: ['string'],
  email: ['string'],
  address: ['object'],
  files: ['array'],
}
/** Whether a value of this schema can be asked in this way. */
export const fitsWidget = (widget: Exclude<Widget, 'note'>, schema: ValueSchema): boolean =>
  types[widget].includes(schema.type)

/** The schema with which a new field of this kind begins. */
export function newSchema(field: Field): ValueSchema | undefined {
  const values = (field.options ?? []).map(({ value }) => value)
  const made: Record<Widget, ValueSchema | undefined> = {
    text: { type: 'string', maxLength: 200 },
    'long-text': { type: 'string', maxLength: 2000 },
    number: { type: 'integer', minimum: 0, maximum: 1000 },
    money: { type: 'integer', minimum: 0, maximum: 1_000_000_000_000 },
    day: field.partial ? { type: 'string', pattern: PARTIAL_DAY } : { type: 'string', format: 'date' },
    choice: { type: 'string', enum: values },
    choices: { type: 'array', items: { type: 'string', enum: values }, minItems: 1, uniqueItems: true },
    'yes-no': { type: 'boolean' },
    'identity-number': { type: 'string', maxLength: 14 },
    phone: { type: 'string', maxLength: 20 },
    email: { type: 'string', maxLength: 200 },
    address: addressSchema,
    files: { type: 'array', items: { type: 'string', maxLength: 60 }, maxItems: 20, uniqueItems: true },
    note: undefined,
  }
  return made[field.widget]
}

/** What a schema allows to choose from. */
export const chosenFrom = (schema: ValueSchema): readonly (string | number | boolean)[] =>
  schema.enum ?? schema.items?.enum ?? []
