import { Type, type Static } from 'typebox'
import { Value } from 'typebox/value'
import { hmacOf, isFresh, stampOf } from '../../platform/http/signed.ts'
import { sameBytes } from '../../platform/same-bytes.ts'
import type { Instant } from '../../platform/day.ts'
import type { Attempt } from './rules/delivery.ts'

/** The protocol towards a gateway for SMS or Zalo; docs/notice-gateway.md describes it for those who run one. */
export type GatewayMessage = {
  /** The same for every attempt; a gateway sends one message once. */
  id: string
  channel: 'sms' | 'zalo'
  to: string
  sender: string
  text: string
  /** For gateways that know templates of their own (Zalo): which happening, and its facts. */
  template: string
  facts: Readonly<Record<string, string>>
}

export type Gateway = { url: string; secret: string }

const Answer = Type.Object({ ref: Type.Optional(Type.String({ maxLength: 100 })) })

export const StatusReport = Type.Object({
  reportId: Type.String({ minLength: 1, maxLength: 100 }),
  id: Type.String({ pattern: '^[0-9a-f-]{36}$' }),
  state: Type.Union([Type.Literal('delivered'), Type.Literal('failed')]),
  at: Type.String({ maxLength: 40 }),
})
export type StatusReport = Static<typeof StatusReport>

/** How far the clocks of the two sides may be apart; an older signature is a replay. */
const WINDOW_SECONDS = 5 * 60

export const signatureOf = (secret: string, timestamp: string, body: string): string =>
  hmacOf(secret, `${timestamp}.`, body)

/** Whether this body was signed with this secret, a short while ago. */
export function isSigned(
  secret: string,
  { timestamp, signature, body, now }: { timestamp: string; signature: string; body: string; now: Instant },
): boolean {
  if (!isFresh(timestamp, { now: Date.parse(now), windowSeconds: WINDOW_SECONDS })) return false
  return sameBytes(signatureOf(secret, timestamp, body), signature)
}

/**
 * Gives a message to a gateway. An attempt without an answer is repeated with the same id: who runs a gateway has
 * promised to send an id once.
 */
export async function handToGateway(
  { url, secret }: Gateway,
  message: GatewayMessage,
  { now, patienceMs = 15_000 }: { now: Instant; patienceMs?: number },
): Promise<Attempt> {
  const body = JSON.stringify(message)
  const timestamp = stampOf(Date.parse(now))
  let response: Response
  let text: string
  try {
    response = await fetch(url, {
      method: 'POST',
      body,
      redirect: 'error',
      signal: AbortSignal.timeout(patienceMs),
      headers: {
        'content-type': 'application/json; charset=utf-8',
        'idempotency-key': message.id,
        'x-motcua-timestamp': timestamp,
        'x-motcua-signature': signatureOf(secret, timestamp, body),
      },
    })
    text = await response.text()
  } catch (fault) {
    const late = fault instanceof Error && fault.name === 'TimeoutError'
    return { outcome: 'postponed', obstacle: late ? 'timeout' : 'no-connection', replyCode: null }
  }
  return judge(response.status, text)
}

function judge(status: number, text: string): Attempt {
  if (status >= 200 && status < 300) {
    const answer = parse(text)
    // An answer that cannot be read may have been a promise: asked again under the same id.
    if (!Value.Check(Answer, answer)) return { outcome: 'postponed', obstacle: 'bad-answer', replyCode: status }
    return { outcome: 'taken', providerRef: answer.ref ?? null }
  }
  if (status === 401 || status === 403) return { outcome: 'postponed', obstacle: 'sign-in', replyCode: status }
  if (status === 404 || status === 422) return { outcome: 'refused', obstacle: 'address-refused', replyCode: status }
  if (status === 400 || status === 413) return { outcome: 'refused', obstacle: 'content-refused', replyCode: status }
  return {
    outcome: 'postponed',
    obstacle: status >= 500 || status === 429 ? 'server-busy' : 'server-refused',
    replyCode: status,
  }
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text.slice(0, 10_000))
  } catch {
    return undefined
  }
}
