import { foldName, placesOf, type Place } from './rules/units.ts'
import { readShippedUnits } from './unit-lists.ts'

let places: Place[] | undefined

/** The communes of today with their province and old names, read once from the copy that travels with the system. */
export function listPlaces(): readonly Place[] {
  places ??= placesOf(readShippedUnits())
  return places
}

export type PlaceSearch = {
  query?: string | undefined
  provinceCode?: string | undefined
  limit?: number | undefined
  /** Code of the commune or province from where it is asked: most who come live there. */
  near?: string | undefined
}

/** Letters and digits only, with a space before each word, so that a word is found from its beginning. */
const plain = (text: string): string =>
  ` ${foldName(text)
    .normalize('NFD')
    .replaceAll(/\p{M}/gu, '')
    .replaceAll('đ', 'd')
    .replaceAll(/[^a-z0-9]+/g, ' ')
    .trim()}`

const bareName = (name: string): string => name.replace(/^(Xã|Phường|Đặc khu|Tỉnh|Thành phố) /, '')

type Entry = { place: Place; bare: string; now: string; all: string; old: readonly string[] }
let entries: Entry[] | undefined

/**
 * Places by words of their present or old name, accents or not: the own commune, then the closest present names, those
 * of the own province first.
 */
export function findPlaces({ query = '', provinceCode, limit = 20, near }: PlaceSearch): Place[] {
  entries ??= listPlaces().map((place) => {
    const now = plain(`${place.name} ${place.provinceName}`)
    return {
      place,
      bare: plain(`${bareName(place.name)} ${bareName(place.provinceName)}`),
      now,
      all: `${now} ${plain(place.formerly.join(' '))}`,
      old: place.formerly.map((name) => plain(bareName(name))),
    }
  })
  const asked = plain(query)
  const words = asked.split(' ').filter(Boolean)
  const holds = (text: string) => words.every((word) => text.includes(` ${word}`))
  const rank = ({ bare, now }: Entry): number =>
    [bare.startsWith(asked), bare.includes(asked), holds(now)].findIndex(Boolean) >>> 0
  const province = near?.length === 2 ? near : listPlaces().find(({ code }) => code === near)?.provinceCode
  const distance = ({ code, provinceCode: own }: Place): number => {
    if (code === near) return 0
    return own === province ? 1 : 2
  }
  return entries
    .filter(({ place, all }) => (provinceCode === undefined || place.provinceCode === provinceCode) && holds(all))
    .map((entry) => {
      const far = distance(entry.place)
      const name = rank(entry)
      const isOwn = far === 0 && (name <= 2 || entry.old.some((old) => old.startsWith(asked)))
      // A name that only once was so comes after those that are so now, wherever they lie.
      return { place: entry.place, order: [isOwn ? 0 : 1, name > 2 ? 1 : 0, far, name] }
    })
    .toSorted((one, other) => one.order.map((part, index) => part - (other.order[index] ?? 0)).find(Boolean) ?? 0)
    .slice(0, limit)
    .map(({ place }) => place)
}
