import { searchWords } from '../../catalogue/index.ts'
import type { Place } from '../../staff/index.ts'

/** A commune that may be meant; with old names only where it was found by one of them. */
export type PlaceOffer = { code: string; name: string; formerly: readonly string[] }

export type PlaceChoice = { place: Place } | { offers: PlaceOffer[] } | 'unknown'

const MOST_OFFERS = 6
const plain = (name: string): string =>
  searchWords(name.replace(/^(?:xã|phường|đặc khu|tỉnh|thành phố)\s+/iu, '')).join(' ')
const holdsAll = (text: string, words: readonly string[]): boolean => {
  const own = new Set(searchWords(text))
  return words.every((word) => own.has(word))
}

const folded = (label: string): string =>
  label
    .normalize('NFC')
    .toLocaleLowerCase('vi')
    .split(/[\s,]+/u)
    .filter(Boolean)
    .join(' ')

/** The place that is written in full, as the page itself writes it: `Xã Hải Hưng, Thành phố Hải Phòng`. */
export function placeInFull(typed: string, places: readonly Place[]): Place | undefined {
  const asked = folded(typed)
  const [only, another] = places.filter(({ name, provinceName }) => folded(`${name}, ${provinceName}`) === asked)
  return another ? undefined : only
}

/** Of the old names those that are what was typed: `Xã Đoàn Kết, Huyện Thanh Miện, Tỉnh Hải Dương`. */
const oldNames = ({ formerly }: Place, asked: string): string[] =>
  formerly.filter((old) => plain(old.split(',', 1)[0] ?? '') === asked)

/**
 * Which commune is meant by what was typed. `found` are those that hold the words, the likeliest first; whoever types no more
 * than the name of the commune whose office is written to means that one.
 */
export function choosePlace(typed: string, found: readonly Place[], home: string | null): PlaceChoice {
  const asked = plain(typed.replaceAll(',', ' '))
  const named = found.filter(({ name, provinceName }) =>
    [plain(name), `${plain(name)} ${plain(provinceName)}`].includes(asked),
  )
  const own = named.find(({ code }) => code === home)
  if (own) return { place: own }
  // People go on calling their place by the name it had: those that were called so stand beside those that are.
  const wasCalled = found.filter((place) => !named.includes(place) && oldNames(place, asked).length > 0)
  const called = [
    ...wasCalled.filter(({ code }) => code === home),
    ...named,
    ...wasCalled.filter(({ code }) => code !== home),
  ]
  const likely = called.length > 0 ? called : found
  const [only, another] = likely
  if (!only) return 'unknown'
  if (!another) return { place: only }
  const words = asked.split(' ')
  return {
    offers: likely.slice(0, MOST_OFFERS).map(({ code, name, provinceName, formerly }) => ({
      code,
      name: `${name}, ${provinceName}`,
      formerly: holdsAll(`${name} ${provinceName}`, words)
        ? []
        : formerly.filter((old) => holdsAll(old, words)).slice(0, 2),
    })),
  }
}
