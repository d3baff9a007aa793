import { createHmac } from 'node:crypto'

// How rooms and other people's systems prove to each other who sends: an HMAC over a moment and every byte of the body.
// What stands before the body, and how the proof is written into a header, each protocol says for itself.

/** HMAC-SHA256 over what stands before the body and the body, in hex. */
export const hmacOf = (secret: string, before: string, body: string | Uint8Array): string =>
  createHmac('sha256', secret).update(before).update(body).digest('hex')

/** A moment as it stands in a signed header: whole seconds. */
export const stampOf = (now: number): string => String(Math.floor(now / 1000))

/** Whether a stamp is one, and not further from now than clocks may be apart: an older one is a replay. */
export const isFresh = (stamp: string, { now, windowSeconds }: { now: number; windowSeconds: number }): boolean =>
  /^\d{9,11}$/.test(stamp) && Math.abs(now / 1000 - Number(stamp)) <= windowSeconds
