import { foldName, placesOf, type Place } from './rules/units.ts'
import { readShippedUnits } from './unit-lists.ts'

let places: Place[] | undefined

/** The communes of today with their province and old names, read once from the copy that travels with the system. */
export function listPlaces(): readonly Place[] {
  places ??= placesOf(readShippedUnits())
  return places
}

export type PlaceSearch = { query?: string | undefined; provinceCode?: string | undefined; limit?: number | undefined }

const plain = (text: string): string =>
  foldName(text).normalize('NFD').replaceAll(/\p{M}/gu, '').replaceAll('đ', 'd')

let index: { place: Place; now: string; formerly: string }[] | undefined

/** Places by words of their present or old name, accents or not, present names first. */
export function findPlaces({ query = '', provinceCode, limit = 20 }: PlaceSearch): Place[] {
  index ??= listPlaces().map((place) => ({ place, now: plain(`${place.name} ${place.provinceName}`), formerly: plain(place.formerly.join(' ')) }))
  const words = plain(query).split(' ').filter(Boolean)
  const among = index.filter(({ place }) => provinceCode === undefined || place.provinceCode === provinceCode)
  const present = among.filter(({ now }) => words.every((word) => now.includes(word)))
  const former = among.filter((one) => !present.includes(one) && words.every((word) => `${one.now} ${one.formerly}`.includes(word)))
  return [...present, ...former].slice(0, limit).map(({ place }) => place)
}
