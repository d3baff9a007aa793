import { hmacOf, stampOf } from '../../platform/http/signed.ts'
import { sameBytes } from '../../platform/same-bytes.ts'

/** Names of the headers that carry who sends and the proof of it; the same in both directions. */
export const signatureHeaders = {
  partner: 'x-motcua-partner',
  key: 'x-motcua-key',
  timestamp: 'x-motcua-timestamp',
  nonce: 'x-motcua-nonce',
  signature: 'x-motcua-signature',
} as const

/** How far the clock of a partner may be from ours. A nonce is remembered for longer than that. */
export const WINDOW_SECONDS = 300

type Signed = { timestamp: string; nonce: string; body: Uint8Array }

/** HMAC-SHA256 over the moment, the number used once and every byte of the body. */
export const signatureOf = (secret: string, { timestamp, nonce, body }: Signed): string =>
  hmacOf(secret, `${timestamp}\n${nonce}\n`, body)

export function isSignedBy(secret: string, signed: Signed & { signature: string }): boolean {
  return sameBytes(signatureOf(secret, signed), signed.signature.toLowerCase())
}

/** The headers of a request that is signed now. */
export function signedHeaders(
  { partnerId, keyId, secret }: { partnerId: string; keyId: string; secret: string },
  { body, now, nonce }: { body: Uint8Array; now: number; nonce: string },
): Record<string, string> {
  const timestamp = stampOf(now)
  return {
    [signatureHeaders.partner]: partnerId,
    [signatureHeaders.key]: keyId,
    [signatureHeaders.timestamp]: timestamp,
    [signatureHeaders.nonce]: nonce,
    [signatureHeaders.signature]: signatureOf(secret, { timestamp, nonce, body }),
  }
}
