import { randomInt } from 'node:crypto'

const onsets = [
  'b',
  'c',
  'ch',
  'd',
  'g',
  'gi',
  'h',
  'kh',
  'l',
  'm',
  'n',
  'nh',
  'ph',
  'qu',
  'r',
  's',
  't',
  'th',
  'tr',
  'v',
  'x',
]
const rhymes = [
  'a',
  'an',
  'ang',
  'anh',
  'ao',
  'ai',
  'ay',
  'e',
  'en',
  'eo',
  'i',
  'inh',
  'o',
  'oan',
  'oa',
  'ong',
  'ia',
  'ieu',
]

const pick = (list: readonly string[]): string => list[randomInt(list.length)] ?? ''

/** A password that can be read aloud and typed, about 50 bits: six Vietnamese-sounding syllables and a number. */
export function makePassword(): string {
  const words = Array.from({ length: 3 }, () => pick(onsets) + pick(rhymes) + pick(onsets) + pick(rhymes))
  return `${words.join('-')}-${randomInt(10, 100)}`
}
