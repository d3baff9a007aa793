// The code that opens a draft on another device, written by hand: no letters that look alike, in groups.

const LETTERS = '0123456789ABCDEFGHJKMNPQRSTVWXYZ'

/** Twelve letters of random bytes, 60 bits, in groups of four. */
export const resumeCode = (random: Uint8Array): string =>
  Array.from(random.subarray(0, 12), (byte) => LETTERS[byte % 32])
    .join('')
    .replace(/(.{4})(?=.)/g, '$1-')

/** As it is compared: what people type for zero and one, blanks and dashes forgiven. */
export const readResumeCode = (text: string): string | undefined => {
  const plain = text.toUpperCase().replace(/[\s-]/g, '').replace(/O/g, '0').replace(/[IL]/g, '1')
  return /^[0-9A-HJKMNP-TV-Z]{12}$/.test(plain) ? plain : undefined
}
