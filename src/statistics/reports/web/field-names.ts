import type { FiguresText } from '../../figures/text.vi.ts'
import type { Field } from '../contract.ts'
import type { Facts } from '../rules/facts.ts'
import { fieldName, valueOf } from '../rules/field.ts'
import { fieldChoices, type FieldChoice } from '../rules/field-choices.ts'
import type { ReportsText } from './page-text.vi.ts'

export type NamedChoice = { value: string; label: string; note: string; field: Field }

/** Numbers to put in, with their names and what they are now. */
export const namedChoices = (facts: Facts, words: Words): NamedChoice[] =>
  fieldChoices(facts).map((choice) => ({
    value: fieldName(choice.field),
    label: nameOfChoice(choice, words),
    note: valueOf(choice.field, facts).text,
    field: choice.field,
  }))

type Words = { text: ReportsText; figures: FiguresText['figures'] }

function nameOfChoice({ field, figures: ids, role, label, group }: FieldChoice, { text, figures }: Words): string {
  if (group === 'forms') return label ?? ''
  const names = ids.map((id) => figures[id])
  if (field.of === 'share') {
    const part = names.length > 2 ? text.fields.onTime : (names[0] ?? '')
    return text.fields.share(part, names.at(-1) ?? '')
  }
  if (field.of === 'change') return text.fields.change(names[0] ?? '', text.fields.roles[role])
  if (group === 'lines') return `${label}: ${names[0]}`
  return group === 'changes' ? text.fields.of(names[0] ?? '', text.fields.roles[role]) : (names[0] ?? '')
}

/** The name of a field wherever it came from. */
export const nameOfField = (field: Field, facts: Facts, words: Words): string =>
  namedChoices(facts, words).find(({ value }) => value === fieldName(field))?.label ?? valueOf(field, facts).text
