import { foldName, placesOf, type Place } from './rules/units.ts'
import { readShippedUnits } from './unit-lists.ts'

let places: Place[] | undefined

/** The communes of today with their province and old names, read once from the copy that travels with the system. */
export function listPlaces(): readonly Place[] {
  places ??= placesOf(readShippedUnits())
  return places
}

export type PlaceSearch = { query?: string | undefined; provinceCode?: string | undefined; limit?: number | undefined }

/** Letters and digits only, with a space before each word, so that a word is found from its beginning. */
const plain = (text: string): string =>
  ` ${foldName(text)
    .normalize('NFD')
    .replaceAll(/\p{M}/gu, '')
    .replaceAll('đ', 'd')
    .replaceAll(/[^a-z0-9]+/g, ' ')
    .trim()}`

const bareName = (name: string): string => name.replace(/^(Xã|Phường|Đặc khu|Tỉnh|Thành phố) /, '')

type Entry = { place: Place; bare: string; now: string; all: string }
let entries: Entry[] | undefined

/** Places by words of their present or old name, accents or not, the closest present names first. */
export function findPlaces({ query = '', provinceCode, limit = 20 }: PlaceSearch): Place[] {
  entries ??= listPlaces().map((place) => {
    const now = plain(`${place.name} ${place.provinceName}`)
    return {
      place,
      bare: plain(`${bareName(place.name)} ${bareName(place.provinceName)}`),
      now,
      all: `${now} ${plain(place.formerly.join(' '))}`,
    }
  })
  const asked = plain(query)
  const words = asked.split(' ').filter(Boolean)
  const holds = (text: string) => words.every((word) => text.includes(` ${word}`))
  const rank = ({ bare, now }: Entry): number =>
    [bare.startsWith(asked), bare.includes(asked), holds(now)].findIndex(Boolean) >>> 0
  return entries
    .filter(({ place, all }) => (provinceCode === undefined || place.provinceCode === provinceCode) && holds(all))
    .map((entry) => ({ place: entry.place, rank: rank(entry) }))
    .toSorted((one, other) => one.rank - other.rank)
    .slice(0, limit)
    .map(({ place }) => place)
}
