import { createPublicKey, verify } from 'node:crypto'
import { hmacOf, isFresh } from '../../platform/http/signed.ts'
import { sameBytes } from '../../platform/same-bytes.ts'

/** How a sender proves itself: over the moment and the bytes of the body, so that neither can be changed. */
export type Verifier = { method: 'hmac-sha256'; secret: string } | { method: 'rsa-sha256'; publicKey: string }

export const SIGNATURE = 'x-motcua-signature'
export const TIMESTAMP = 'x-motcua-timestamp'

export const signHmac = (secret: string, timestamp: string, body: Buffer | string): string =>
  `sha256=${hmacOf(secret, `${timestamp}.`, body)}`

type SignatureRefusal = 'signature-missing' | 'signature-wrong' | 'signature-expired'

/** Why a message is not believed; undefined when it is. The moment is judged after the signature, so it tells nothing to a stranger. */
export function judgeSignature(
  verifier: Verifier,
  { timestamp, signature, body }: { timestamp: string | undefined; signature: string | undefined; body: Buffer },
  { now, windowSeconds }: { now: number; windowSeconds: number },
): SignatureRefusal | undefined {
  if (!timestamp || !signature || !/^\d{9,11}$/.test(timestamp)) return 'signature-missing'
  if (!isSigned(verifier, { timestamp, signature, body })) return 'signature-wrong'
  return isFresh(timestamp, { now, windowSeconds }) ? undefined : 'signature-expired'
}

function isSigned(
  verifier: Verifier,
  { timestamp, signature, body }: { timestamp: string; signature: string; body: Buffer },
): boolean {
  if (verifier.method === 'hmac-sha256') return sameBytes(signHmac(verifier.secret, timestamp, body), signature)
  const match = /^rs256=([A-Za-z0-9+/=]{64,2048})$/.exec(signature)
  if (!match?.[1]) return false
  try {
    const signed = Buffer.concat([Buffer.from(`${timestamp}.`), body])
    return verify('RSA-SHA256', signed, verifier.publicKey, Buffer.from(match[1], 'base64'))
  } catch {
    return false
  }
}

/** Whether the text is an RSA public key that is long enough to be believed. */
export function isGoodPublicKey(text: string): boolean {
  try {
    const key = createPublicKey(text)
    return key.asymmetricKeyType === 'rsa' && (key.asymmetricKeyDetails?.modulusLength ?? 0) >= 2048
  } catch {
    return false
  }
}
