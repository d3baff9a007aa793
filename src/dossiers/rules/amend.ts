// NĐ 118/2025/NĐ-CP, Điều 17, Điều 21: the applicant completes or adjusts what was filed, and the dossier follows.
import type { FeeRule } from '../../catalogue/index.ts'
import { cleanIdentityNumber } from '../../platform/identity-number.ts'
import type { IntakeBody, PersonInput } from '../contract.ts'
import type { Counted, Delivery, FeeLine, PersonRole } from './events.ts'

/** What a filled form says of a dossier. */
export type Filed = Pick<IntakeBody, 'persons' | 'feeUnits'> & { delivery: Delivery | null; deliveryAddress: string }

/** What is to be otherwise than before; whatever is not named stays. */
export type Wanted = {
  /** The facts of each person that changed; null where nobody plays this part any more. */
  persons: Partial<Record<PersonRole, Partial<PersonInput> | null>>
  delivery: Delivery | null
  deliveryAddress: string | null
  feeUnits: { before: Counted['feeUnits']; after: Counted['feeUnits'] } | null
}

const roles = ['applicant', 'submitter', 'owner', 'delegate'] as const satisfies readonly PersonRole[]
const units = ['copies', 'pages', 'signatures', 'contracts'] as const

/**
 * What two versions of a form differ in. The dossier is changed by the difference, not overwritten by the form: what
 * came from elsewhere (the account that filed, the screen of the delivery) stays.
 */
export function wantedFrom(before: Filed, after: Filed): Wanted {
  const persons: Wanted['persons'] = {}
  for (const role of roles) {
    const change = changeOf(before.persons[role], after.persons[role])
    if (change !== undefined) persons[role] = change
  }
  const counts = { before: counted(before.feeUnits), after: counted(after.feeUnits) }
  return {
    persons,
    delivery: before.delivery === after.delivery ? null : after.delivery,
    deliveryAddress: before.deliveryAddress === after.deliveryAddress ? null : after.deliveryAddress,
    feeUnits: units.some((unit) => counts.before[unit] !== counts.after[unit]) ? counts : null,
  }
}

/** A form that does not count asks for one, as at the intake. */
const counted = (given: Counted['feeUnits']): Counted['feeUnits'] => ({
  copies: given.copies || 1,
  pages: given.pages || 1,
  signatures: given.signatures || 1,
  contracts: given.contracts || 1,
})

function changeOf(
  before: PersonInput | undefined,
  after: PersonInput | undefined,
): Partial<PersonInput> | null | undefined {
  if (!after) return before ? null : undefined
  if (!before) return after
  const facts = Object.entries(after).filter(([fact, value]) => Reflect.get(before, fact) !== value)
  return facts.length > 0 ? Object.fromEntries(facts) : undefined
}

/** A person with what changed; undefined for facts of somebody who was never named. */
export const patched = (current: PersonInput | undefined, change: Partial<PersonInput>): PersonInput | undefined => {
  const person = { ...nobody, ...current, ...change }
  return person.name === '' ? undefined : person
}

const nobody: PersonInput = {
  kind: 'individual',
  name: '',
  identityKind: 'none',
  identityNumber: '',
  birthDay: null,
  sex: null,
  phone: '',
  email: '',
  address: '',
  unitCode: null,
  relation: '',
}

/** Whether both would be written down alike. */
export const isSamePerson = (one: PersonInput, other: PersonInput): boolean =>
  JSON.stringify(written(one)) === JSON.stringify(written(other))

const written = (person: PersonInput) => [
  person.kind,
  person.name.trim().replace(/\s+/g, ' '),
  person.identityKind,
  person.identityKind === 'none' ? '' : cleanIdentityNumber(person.identityNumber),
  person.birthDay,
  person.sex,
  ...[person.phone, person.email, person.address, person.relation].map((text) => text.trim()),
  person.unitCode,
]

/** What the fees are counted by now: the counts that the form changed, everything else as it was. */
export const recounted = (known: Counted, { before, after }: NonNullable<Wanted['feeUnits']>): Counted => ({
  ...known,
  feeUnits: Object.fromEntries(
    units.map((unit) => [unit, before[unit] === after[unit] ? known.feeUnits[unit] : after[unit]]),
  ) as Counted['feeUnits'],
})

/** The exemptions that were applied, read off the fees of a dossier from before they were kept. */
export const exemptionsIn = (fees: readonly FeeLine[], rules: readonly FeeRule[]): string[] => [
  ...new Set(
    rules.flatMap(({ name, exemptions }) =>
      exemptions
        .filter(({ basis }) => fees.some((line) => line.name === name && line.basis === basis))
        .map(({ key }) => key),
    ),
  ),
]
