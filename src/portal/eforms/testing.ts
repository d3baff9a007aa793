import fc from 'fast-check'
import type { Answer, Answers, Field, FormDefinition } from './contract.ts'
import { isAsked, isGroup } from './rules/layout.ts'
import { schemaOf } from './rules/schema.ts'
import { readShippedForms } from './shipped-forms.ts'

export const shippedForm = (key: string): FormDefinition => {
  const form = readShippedForms().find((one) => one.key === key)
  if (!form) throw new Error(`no shipped form ${key}`)
  return form
}

/** An answer as a person might type it, right or wrong. */
function anAnswer(form: FormDefinition, field: Field, inGroup: boolean): fc.Arbitrary<Answer> {
  const text = fc
    .stringMatching(/^[A-Za-zÀ-ɏẠ-ỹ0-9][A-Za-zÀ-ɏẠ-ỹ0-9 .,'-]{0,20}[A-Za-zÀ-ɏẠ-ỹ0-9]$/u)
    .map((each) => each.normalize('NFC').replace(/ +/g, ' '))
  const values = (field.options ?? []).map(({ value }) => value)
  const schema = inGroup ? undefined : schemaOf(form, field)
  switch (field.widget as string) {
    case 'choice':
      return fc.constantFrom(...values)
    case 'choices':
      return fc.subarray(values, { minLength: 1 })
    case 'files':
      return fc.uniqueArray(fc.uuid(), { minLength: 1, maxLength: 3 })
    case 'yes-no':
      return fc.boolean()
    case 'number':
    case 'money':
      return fc.oneof(
        fc.integer({ min: schema?.minimum ?? 1, max: Math.min(schema?.maximum ?? 9, 100_000_000) }),
        fc.constant('hai ba'),
      )
    case 'day':
      return fc.oneof(
        fc
          .date({ min: new Date('1930-01-01'), max: new Date('2026-10-01'), noInvalidDate: true })
          .map((date) => date.toISOString().slice(0, 10)),
        fc.constantFrom('1985', '1985-03', '31/02/2020', 'hôm qua'),
      )
    case 'identity-number':
      return fc.constantFrom('001085012345', '036192001234', '123456789', 'B1234567', '1')
    case 'phone':
      return fc.constantFrom('0912345678', '+4915112345678', '113')
    case 'email':
      return fc.constantFrom('an@vidu.vn', 'an@', 'a b@c.vn')
    case 'address':
      return fc.record(
        {
          unitCode: fc.constantFrom(null, '13702'),
          place: text,
          detail: field.detail === 'none' ? fc.constant('') : text,
        },
        { noNullPrototype: true },
      )
    default:
      return text
  }
}

const some = (key: string, answer: fc.Arbitrary<Answer>): fc.Arbitrary<Answers> =>
  fc.option(answer, { nil: undefined, freq: 4 }).map((value): Answers => (value === undefined ? {} : { [key]: value }))

/** Answers to anything that a form can ask, also to what is not asked. */
export function someAnswers(form: FormDefinition): fc.Arbitrary<Answers> {
  const all = form.layout.parts.flatMap(({ fields }) =>
    fields.flatMap((item): fc.Arbitrary<Answers>[] => {
      if (!isGroup(item)) return isAsked(item) ? [some(item.key, anAnswer(form, item, false))] : []
      const element = fc
        .tuple(...item.fields.filter(isAsked).map((field) => some(field.key, anAnswer(form, field, true))))
        .map((parts) => Object.assign({}, ...parts) as Answers)
      return [some(item.key, fc.array(element, { minLength: 1, maxLength: 3 }))]
    }),
  )
  return fc.tuple(...all).map((parts) => Object.assign({}, ...parts) as Answers)
}
