// SHA-256 by hand: `crypto.subtle` is missing where a page came without https, as in many an office.
const words = (count: number, root: (prime: number) => number): number[] => {
  const found: number[] = []
  for (let candidate = 2; found.length < count; candidate++) {
    if (Array.from({ length: candidate - 2 }, (_, index) => index + 2).some((divisor) => candidate % divisor === 0))
      continue
    const fraction = root(candidate) % 1
    found.push(Math.floor(fraction * 2 ** 32) | 0)
  }
  return found
}
const start = words(8, Math.sqrt)
const steps = words(64, Math.cbrt)
const turn = (value: number, by: number) => (value >>> by) | (value << (32 - by))

const w = new Int32Array(64)

/** The first two words of SHA-256 of a text of at most 55 letters of ASCII. */
export function hashWords(text: string): [number, number] {
  w.fill(0, 0, 16)
  for (let index = 0; index < text.length; index++)
    w[index >> 2] = (w[index >> 2] ?? 0) | (text.charCodeAt(index) << (24 - (index % 4) * 8))
  w[text.length >> 2] = (w[text.length >> 2] ?? 0) | (0x80 << (24 - (text.length % 4) * 8))
  w[15] = text.length * 8
  for (let index = 16; index < 64; index++) {
    const early = w[index - 15] ?? 0
    const late = w[index - 2] ?? 0
    const s0 = turn(early, 7) ^ turn(early, 18) ^ (early >>> 3)
    const s1 = turn(late, 17) ^ turn(late, 19) ^ (late >>> 10)
    w[index] = ((w[index - 16] ?? 0) + s0 + (w[index - 7] ?? 0) + s1) | 0
  }
  let [a, b, c, d, e, f, g, h] = start as [number, number, number, number, number, number, number, number]
  for (let index = 0; index < 64; index++) {
    const t1 =
      (h + (turn(e, 6) ^ turn(e, 11) ^ turn(e, 25)) + ((e & f) ^ (~e & g)) + (steps[index] ?? 0) + (w[index] ?? 0)) | 0
    const t2 = ((turn(a, 2) ^ turn(a, 13) ^ turn(a, 22)) + ((a & b) ^ (a & c) ^ (b & c))) | 0
    h = g
    g = f
    f = e
    e = (d + t1) | 0
    d = c
    c = b
    b = a
    a = (t1 + t2) | 0
  }
  return [(a + (start[0] ?? 0)) | 0, (b + (start[1] ?? 0)) | 0]
}

/** What a challenge asks: how many bits, over which nonce. */
export function readChallenge(challenge: string): { bits: number; nonce: string } {
  const [, , , bits = '', nonce = ''] = challenge.split('.')
  return { bits: Number(bits), nonce }
}

/** Whether this number solves it; at most 32 bits are asked. */
export const isSolution = (nonce: string, bits: number, number: number): boolean =>
  Math.clz32(hashWords(`${nonce}:${number}`)[0]) >= bits
