import { searchKey } from '../src/catalogue/index.ts'
import names from '../demo/names.json' with { type: 'json' }
import { random } from '../demo/random.ts'

/**
 * Names as frequent as they are in Vietnam: four in ten are Nguyễn, a third of the men are Văn, half of the women Thị,
 * and a few given names are borne by many.
 */
export function drawNames(count: number): { name: string; key: string }[] {
  const by = random('bench/names')
  const surnames = Object.entries(names.surnames)
  const falling = (list: readonly string[]) => list.map((word, index): [string, number] => [word, 1 / (index + 3)])
  const often = (word: string, share: number, list: readonly string[]) => (by.chance(share) ? word : by.pick(list))
  const givenMale = falling(['An', ...names.givenMale])
  const givenFemale = falling(names.givenFemale)
  return Array.from({ length: count }, () => {
    const male = by.chance(0.5)
    const middle = male ? often('Văn', 0.33, names.middleMale) : often('Thị', 0.5, names.middleFemale)
    const name = `${by.weighted(surnames)} ${middle} ${by.weighted(male ? givenMale : givenFemale)}`
    return { name, key: searchKey(name) }
  })
}
