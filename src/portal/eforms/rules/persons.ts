// What the answers say of the dossier: who asks, whom it concerns, how the result comes, by what the fee is counted.
import { isDay } from '../../../platform/day.ts'
import type { IntakeBody, PersonInput } from '../../../dossiers/index.ts'
import type { AccountFacts, Answer, Answers, Field, FormDefinition, Target } from '../contract.ts'
import { answerAt, clean, holds, visible, type Situation } from './layout.ts'
import { identityKindOf, isAddress, writeAddress } from './values.ts'

export type FilledIntake = {
  persons: IntakeBody['persons']
  delivery: IntakeBody['delivery'] | null
  deliveryAddress: string
  feeUnits: IntakeBody['feeUnits']
  remark: string
}

type Given = Map<Target, { field: Field; answer: Answer }>

/** The persons of the dossier as the counter would write them down. Who has no name is nobody. */
export const personsOf = (form: FormDefinition, answers: Answers, situation: Situation = {}): IntakeBody['persons'] =>
  intakeOf(form, answers, situation).persons

/** Everything that the answers fill of an intake. */
export function intakeOf(form: FormDefinition, given: Answers, situation: Situation = {}): FilledIntake {
  const answers = clean(form, given, situation)
  const targets: Given = new Map()
  const counts = new Map<Target, number>()
  for (const { field, path } of visible(form, answers, situation).places)
    for (const target of field.fills ?? []) {
      const answer = answerAt(answers, path)
      if (answer === undefined || !holds(field.fillsWhen, { ...situation, answers })) continue
      // Where several fields fill the same, the last that was asked and answered does; what is counted adds up.
      targets.set(target, { field, answer })
      if (typeof answer === 'number' && answer > 0) counts.set(target, (counts.get(target) ?? 0) + Math.trunc(answer))
    }
  const number = (target: Target): number => counts.get(target) ?? 0
  const delivery = targets.get('delivery')?.answer
  const persons: IntakeBody['persons'] = { applicant: personOf(form, 'applicant', targets) }
  for (const who of ['owner', 'submitter', 'delegate'] as const) {
    if (!form.persons[who]) continue
    const person = personOf(form, who, targets)
    if (person.name !== '') persons[who] = person
  }
  return {
    persons,
    delivery: isDelivery(delivery) ? delivery : null,
    deliveryAddress: textOf(targets.get('deliveryAddress')?.answer).slice(0, 300),
    feeUnits: {
      copies: Math.min(number('feeUnits.copies'), 500),
      pages: Math.min(number('feeUnits.pages'), 5000),
      signatures: Math.min(number('feeUnits.signatures'), 500),
      contracts: Math.min(number('feeUnits.contracts'), 100),
    },
    remark: textOf(targets.get('remark')?.answer).slice(0, 2000),
  }
}

const kinds = ['individual', 'foreigner', 'organisation', 'newborn'] as const
const isKind = (answer: Answer | undefined): answer is PersonInput['kind'] => kinds.some((kind) => kind === answer)
const isDelivery = (answer: Answer | undefined): answer is IntakeBody['delivery'] =>
  answer === 'counter' || answer === 'post' || answer === 'online' || answer === 'counter-and-online'

const textOf = (answer: Answer | undefined): string => {
  if (isAddress(answer)) return writeAddress(answer)
  return typeof answer === 'string' || typeof answer === 'number' ? String(answer) : ''
}

function personOf(
  form: FormDefinition,
  who: 'applicant' | 'owner' | 'submitter' | 'delegate',
  targets: Given,
): PersonInput {
  const rule = form.persons[who] ?? { kind: 'individual' as const }
  const given = (part: string) => targets.get(`${who}.${part}` as Target)
  const text = (part: string, most: number) => textOf(given(part)?.answer).slice(0, most)
  const number = given('identityNumber')
  const birthDay = text('birthDay', 10)
  const sex = given('sex')?.answer
  const address = given('address')?.answer
  const kind = given('kind')?.answer
  const typed = text('identityNumber', 30)
  const identityKind = identityKindOf(typed, number?.field.kinds)
  // The card of nine digits ended: the form keeps its number, the dossier takes none in with it.
  const isEnded = identityKind === 'old-citizen'
  return {
    kind: isKind(kind) ? kind : rule.kind,
    name: text('name', 200),
    identityKind: isEnded ? 'none' : identityKind,
    identityNumber: isEnded ? '' : typed,
    // The dossier keeps whole days; a year alone stays on the form.
    birthDay: isDay(birthDay) ? birthDay : null,
    sex: sex === 'male' || sex === 'female' ? sex : null,
    phone: text('phone', 20),
    email: text('email', 200),
    address: text('address', 300),
    unitCode: isAddress(address) ? address.unitCode : null,
    relation: text('relation', 100) || (rule.relation ?? ''),
  }
}

/** The answers with what the account knows, where nothing was answered yet. */
export function prefilled(
  form: FormDefinition,
  answers: Answers,
  account: AccountFacts,
  situation: Situation = {},
): Answers {
  const filled = { ...answers }
  for (const { field, path, group } of visible(form, answers, situation).places) {
    const known = field.prefill && account[field.prefill]
    const isTheirs = [field.fillsWhen, field.prefillWhen].every((when) => holds(when, { ...situation, answers }))
    if (!known || group || filled[path] !== undefined || !isTheirs) continue
    filled[path] = field.widget === 'address' ? { unitCode: null, place: '', detail: known } : known
  }
  return filled
}
