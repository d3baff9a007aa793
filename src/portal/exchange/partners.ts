import { randomBytes } from 'node:crypto'
import type { IncomingHttpHeaders } from 'node:http'
import type { Context } from '../../platform/context.ts'
import { isFresh } from '../../platform/http/signed.ts'
import { accept, refuse, type Result } from '../../platform/result.ts'
import { isSignedBy, signatureHeaders, signedHeaders, WINDOW_SECONDS } from './signing.ts'
import {
  findSendingKey,
  findUsableKey,
  forgetNonces,
  insertKey,
  insertPartner,
  useNonce,
  type PartnerKind,
  type PartnerTables,
} from './partner-store.ts'

/** Why a partner is not believed. One word for a wrong name, key and signature, so that nothing can be tried out. */
export type PartnerRefusal = { code: 'not-authenticated' | 'clock-apart' | 'replayed' }

type PartnerContext = Pick<Context<PartnerTables>, 'db' | 'keys' | 'clock'>

/** What the headers claim, before the body has been read. */
export type Claim = { partnerId: string; keyId: string; timestamp: string; nonce: string; signature: string }

/** The claim of a request whose moment is near enough to ours to be looked at. */
export function readClaim(headers: IncomingHttpHeaders, now: string): Result<Claim, PartnerRefusal> {
  const value = (name: string) => {
    const given = headers[name]
    return typeof given === 'string' ? given : ''
  }
  const claim = {
    partnerId: value(signatureHeaders.partner),
    keyId: value(signatureHeaders.key),
    timestamp: value(signatureHeaders.timestamp),
    nonce: value(signatureHeaders.nonce),
    signature: value(signatureHeaders.signature),
  }
  const shaped =
    /^[a-z][a-z0-9-]{1,39}$/.test(claim.partnerId) &&
    /^[A-Za-z0-9_-]{4,40}$/.test(claim.keyId) &&
    /^\d{9,11}$/.test(claim.timestamp) &&
    /^[A-Za-z0-9_-]{16,64}$/.test(claim.nonce) &&
    /^[0-9a-fA-F]{64}$/.test(claim.signature)
  if (!shaped) return refuse({ code: 'not-authenticated' })
  const clock = { now: Date.parse(now), windowSeconds: WINDOW_SECONDS }
  return isFresh(claim.timestamp, clock) ? accept(claim) : refuse({ code: 'clock-apart' })
}

/** Whether the claim is true of these bytes; each number is taken once. */
export async function checkClaim(
  { db, keys, clock }: PartnerContext,
  { claim, body, kind }: { claim: Claim; body: Uint8Array; kind: PartnerKind },
): Promise<Result<{ partnerId: string }, PartnerRefusal>> {
  const key = await findUsableKey(db, claim)
  if (!key || key.kind !== kind || !isSignedBy(keys.decrypt(key.secret), { ...claim, body }))
    return refuse({ code: 'not-authenticated' })
  const fresh = await useNonce(db, { ...claim, at: clock() })
  return fresh ? accept({ partnerId: key.partner_id }) : refuse({ code: 'replayed' })
}

/** A new partner, switched on. False when there is one of this name. */
export const addPartner = (
  { db, clock }: Pick<PartnerContext, 'db' | 'clock'>,
  {
    partnerId,
    kind,
    name,
    address,
    by,
  }: { partnerId: string; kind: PartnerKind; name: string; address: string | null; by: number | null },
): Promise<boolean> => {
  const now = clock()
  return insertPartner(db, {
    partner_id: partnerId,
    kind,
    name,
    address,
    enabled: true,
    made_at: now,
    made_by: by,
    changed_at: now,
    changed_by: by,
  })
}

/** A new key of a partner; the secret is told this once. */
export async function makeKey(
  { db, keys, clock }: PartnerContext,
  {
    partnerId,
    by,
    keyId = `k_${randomBytes(9).toString('base64url')}`,
    secret = randomBytes(32).toString('base64url'),
  }: { partnerId: string; by: number | null; keyId?: string; secret?: string },
): Promise<{ keyId: string; secret: string }> {
  await insertKey(db, {
    key_id: keyId,
    partner_id: partnerId,
    secret: keys.encrypt(secret),
    made_at: clock(),
    made_by: by,
    last_used_at: null,
    revoked_at: null,
    revoked_by: null,
  })
  return { keyId, secret }
}

export type Sent = { status: number; body: string }

const PATIENCE_MS = 15_000
const MOST_ANSWER = 64 * 1024

/** Sends signed JSON to a partner. Throws when nothing was answered; follows no redirect. */
export async function sendSigned(
  { db, keys, clock }: PartnerContext,
  { partnerId, address, body }: { partnerId: string; address: string; body: unknown },
): Promise<Sent | 'no-key'> {
  const key = await findSendingKey(db, partnerId)
  if (!key) return 'no-key'
  const bytes = Buffer.from(JSON.stringify(body))
  const answer = await fetch(address, {
    method: 'POST',
    redirect: 'manual',
    signal: AbortSignal.timeout(PATIENCE_MS),
    headers: {
      'content-type': 'application/json; charset=utf-8',
      ...signedHeaders(
        { partnerId, keyId: key.key_id, secret: keys.decrypt(key.secret) },
        { body: bytes, now: Date.parse(clock()), nonce: randomBytes(18).toString('base64url') },
      ),
    },
    body: bytes,
  })
  return { status: answer.status, body: await readShort(answer) }
}

/** An answer is some lines; who sends more is cut off. */
async function readShort(answer: Response): Promise<string> {
  const parts: Uint8Array[] = []
  let size = 0
  for await (const part of answer.body ?? []) {
    parts.push(part)
    size += part.length
    if (size > MOST_ANSWER) break
  }
  return Buffer.concat(parts).toString('utf8').slice(0, MOST_ANSWER)
}

/** Numbers are forgotten when their moment alone would have them refused. */
export const tidyPartners = async ({ db, clock }: PartnerContext): Promise<void> => {
  await forgetNonces(db, new Date(Date.parse(clock()) - 4 * WINDOW_SECONDS * 1000).toISOString())
}
