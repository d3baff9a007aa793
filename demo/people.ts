import type { PersonInput } from '../src/dossiers/index.ts'
import { addDays, type Day } from '../src/platform/day.ts'
import names from './names.json' with { type: 'json' }
import { random, type Random } from './random.ts'

/** Somebody invented, as the counter would write them down. */
export type Person = PersonInput & { birthDay: Day; sex: 'male' | 'female' }

/** Where people live: the last words of their address and the code of their commune. */
export type Home = {
  hamlets: readonly string[]
  place: string
  unitCode: string
  /** First digits of the numbers of those born here; Hải Dương when nothing is said. */
  province?: string
}

const surnames = Object.entries(names.surnames)
const FIRST_SURNAME = 0

/** A full name as they are usual. */
export function nameFor(by: Random, sex: 'male' | 'female', surname = by.weighted(surnames)): string {
  const [middle, given] = sex === 'male' ? [names.middleMale, names.givenMale] : [names.middleFemale, names.givenFemale]
  return `${surname} ${by.pick(middle)} ${by.pick(given)}`
}

/**
 * Invents grown-up people of a place. The number says where and when somebody was born (NĐ 137/2015/NĐ-CP, Điều 13);
 * telephones begin with 0100, a range that Vietnam has given to nobody.
 */
export function invent(name: string, { count, home, on }: { count: number; home: Home; on: Day }): Person[] {
  const by = random(`people/${name}`)
  const taken = new Set<string>()
  return Array.from({ length: count }, () => {
    const sex = by.chance(0.5) ? 'male' : 'female'
    const birthDay = addDays(on, -by.between(20 * 365, 78 * 365))
    let number: string
    do number = citizenNumber(by, { birthDay, sex, born: home.province })
    while (taken.has(number))
    taken.add(number)
    return {
      kind: 'individual',
      name: nameFor(by, sex),
      identityKind: 'citizen',
      identityNumber: number,
      birthDay,
      sex,
      phone: `0100${String(by.between(0, 999_999)).padStart(6, '0')}`,
      email: '',
      address: `${by.pick(home.hamlets)}, ${home.place}`,
      unitCode: home.unitCode,
      relation: '',
    }
  })
}

/** Hải Dương is 030, Hải Phòng 031; some have married or moved here from elsewhere. */
function citizenNumber(
  by: Random,
  { birthDay, sex, born }: { birthDay: Day; sex: 'male' | 'female'; born: string | undefined },
): string {
  const province = by.weighted([
    [born ?? '030', 86],
    ['031', 5],
    ['033', 3],
    ['001', 3],
    ['034', 3],
  ] as const)
  const century = (Number(birthDay.slice(0, 2)) - 19) * 2 + (sex === 'female' ? 1 : 0)
  return `${province}${century}${birthDay.slice(2, 4)}${String(by.between(1, 999_999)).padStart(6, '0')}`
}

/** The same person with the nine-digit card that some still had in 2022. */
export const withOldCard = (person: Person, by: Random): Person => ({
  ...person,
  identityKind: 'old-citizen',
  identityNumber: `14${String(by.between(0, 9_999_999)).padStart(7, '0')}`,
})

/** A child of this person, some days old, without a number yet. */
export function newbornOf(parent: Person, by: Random, on: Day): PersonInput {
  const sex = by.chance(0.51) ? 'male' : 'female'
  const surname = parent.sex === 'male' ? parent.name.split(' ')[FIRST_SURNAME] : undefined
  return {
    kind: 'newborn',
    name: nameFor(by, sex, surname),
    identityKind: 'none',
    identityNumber: '',
    birthDay: addDays(on, -by.between(6, 50)),
    sex,
    phone: '',
    email: '',
    address: parent.address,
    unitCode: parent.unitCode,
    relation: 'con',
  }
}
