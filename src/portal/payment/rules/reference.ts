// The reference that a person's bank carries in the content of the transfer. Banks cut, join, capitalise and put words
// around it, so it is short, plain ASCII, and says itself whether it was read right.

// 31 letters, a prime: a wrong letter and two that changed places always show in the check letter.
const LETTERS = '0123456789ABCDEFGHJKMNPQRSTVWXY'
const PREFIX = 'MC'
const BODY = 8
const LENGTH = PREFIX.length + BODY + 1

function checkLetter(body: string): string {
  let sum = 0
  for (const [place, letter] of Array.from(body).entries()) sum += LETTERS.indexOf(letter) * (place + 2)
  return LETTERS[sum % LETTERS.length] ?? '0'
}

/** A reference of eight random bytes, e.g. `MC7K3M9QX4T`. */
export function referenceOf(random: Uint8Array): string {
  const body = Array.from(random.subarray(0, BODY), (byte) => LETTERS[byte % LETTERS.length]).join('')
  return `${PREFIX}${body}${checkLetter(body)}`
}

export const isReference = (text: string): boolean =>
  text.length === LENGTH &&
  text.startsWith(PREFIX) &&
  Array.from(text.slice(PREFIX.length)).every((letter) => LETTERS.includes(letter)) &&
  text.at(-1) === checkLetter(text.slice(PREFIX.length, -1))

/** Letters that people and banks take for others. */
const readAs: Readonly<Record<string, string>> = { O: '0', I: '1', L: '1', U: 'V' }

/** Every reference in the content of a transfer, whatever stands around it and however it was broken up. */
export function referencesIn(content: string): string[] {
  const plain = toAscii(content)
    .toUpperCase()
    .replace(/[^0-9A-Z]/g, '')
  const found = new Set<string>()
  for (let at = plain.indexOf(PREFIX); at >= 0; at = plain.indexOf(PREFIX, at + 1)) {
    const body = Array.from(plain.slice(at + PREFIX.length, at + LENGTH), (letter) => readAs[letter] ?? letter).join('')
    if (isReference(PREFIX + body)) found.add(PREFIX + body)
  }
  return [...found]
}

/** Without accents, in the 7-bit letters that banks carry. */
export const toAscii = (text: string): string =>
  text
    .normalize('NFD')
    .replace(/\p{M}/gu, '')
    .replace(/đ/g, 'd')
    .replace(/Đ/g, 'D')
    .replace(/[^\x20-\x7E]/g, ' ')
    .replace(/ {2,}/g, ' ')
    .trim()
