import type { AmendBody, PersonView } from '../contract.ts'

/** The facts of a person that the desk may correct; an empty number keeps the one that is only shown masked. */
export type PersonDraft = Pick<
  AmendBody['change'] & PersonView,
  'name' | 'birthDay' | 'sex' | 'phone' | 'email' | 'address'
> & { identityNumber: string }

export const personDraft = ({ name, birthDay, sex, phone, email, address }: PersonView): PersonDraft => ({
  name,
  birthDay,
  sex,
  phone,
  email,
  address,
  identityNumber: '',
})

/** Only what is otherwise than shown. */
export function changeOf(person: PersonView, draft: PersonDraft): AmendBody['change'] {
  const { identityNumber, ...rest } = draft
  const facts = Object.entries(rest).filter(([fact, value]) => Reflect.get(person, fact) !== value)
  const number = identityNumber.trim()
  return {
    ...Object.fromEntries(facts),
    // Another address is no longer the unit that was chosen from the list.
    ...(draft.address === person.address ? {} : { unitCode: null }),
    ...(number
      ? { identityNumber: number, ...(person.identityKind === 'none' ? { identityKind: 'citizen' } : {}) }
      : {}),
  }
}
