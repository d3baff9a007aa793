import { addMonths, isDay, type Day } from '../../platform/day.ts'
import type { PersonInput } from '../contract.ts'
import {
  checkIdentityNumber,
  cleanIdentityNumber,
  readCitizenNumber,
  type IdentityRefusal,
} from '../../platform/identity-number.ts'

export type PersonRefusal = {
  code:
    | IdentityRefusal['code']
    | 'applicant-under-age'
    | 'birth-day-future'
    | 'birth-day-too-old'
    | 'name-not-a-name'
    | 'phone-format'
    | 'email-format'
    | 'identity-number-missing'
    | 'day-impossible'
  /** JSON pointer of the field inside the person. */
  field: string
}

/** Letters of any script with the marks that names carry: Y Blơ, H'Hen, K'Brếu, Nguyễn Thị Ngọc-Anh. */
const NAME = /^\p{L}[\p{L}\p{M}\s'’.\-–]*$/u
/** Organisations carry numbers and signs as well. */
const ORGANISATION = /\p{L}/u

/** What is wrong with a person as written down, or undefined. Names of one word are names. */
export function checkPerson(
  person: PersonInput,
  { today, mustBeKnown, mustBeAdult }: { today: Day; mustBeKnown: boolean; mustBeAdult: boolean },
): PersonRefusal | undefined {
  const name = person.name.normalize('NFC').trim()
  if (person.kind === 'organisation' ? !ORGANISATION.test(name) : !NAME.test(name))
    return { code: 'name-not-a-name', field: '/name' }
  if (person.birthDay !== null) {
    if (!isDay(person.birthDay)) return { code: 'day-impossible', field: '/birthDay' }
    if (person.birthDay > today) return { code: 'birth-day-future', field: '/birthDay' }
    if (person.birthDay < addMonths(today, -130 * 12)) return { code: 'birth-day-too-old', field: '/birthDay' }
  }
  const number = cleanIdentityNumber(person.identityNumber)
  const unnumbered = person.identityKind === 'none' || number === ''
  if (unnumbered && mustBeKnown && person.kind !== 'newborn')
    return { code: 'identity-number-missing', field: '/identityNumber' }
  if (!unnumbered) {
    const checked = checkIdentityNumber(person.identityKind, number, {
      today,
      birthDay: person.birthDay,
      sex: person.sex,
    })
    if (!checked.ok) return { code: checked.refusal.code, field: '/identityNumber' }
  }
  if (mustBeAdult && isUnderAge(person, number, today)) return { code: 'applicant-under-age', field: '/birthDay' }
  const phone = person.phone.replace(/[\s.\-()]/g, '')
  if (phone && !/^(0\d{9,10}|\+\d{8,15})$/.test(phone)) return { code: 'phone-format', field: '/phone' }
  if (person.email && !/^[^\s@<>"']+@[^\s@<>"']+\.[^\s@<>"']{2,}$/.test(person.email))
    return { code: 'email-format', field: '/email' }
  return undefined
}

/** Bộ luật Dân sự 2015, Điều 20: người thành niên là người từ đủ mười tám tuổi trở lên. */
function isUnderAge(person: PersonInput, number: string, today: Day): boolean {
  if (person.kind === 'organisation') return false
  if (person.kind === 'newborn') return true
  if (person.birthDay) return addMonths(person.birthDay, 18 * 12) > today
  if (person.identityKind !== 'citizen' || !/^\d{12}$/.test(number)) return false
  // Only the year is known: under age for certain when the eighteenth birthday cannot have come yet.
  return Number(today.slice(0, 4)) - readCitizenNumber(number).birthYear < 18
}
