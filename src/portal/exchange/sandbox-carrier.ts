import { randomBytes } from 'node:crypto'
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import type { SandboxKey } from './sandbox.ts'
import { isSignedBy, signatureHeaders, signedHeaders } from './signing.ts'

type Parcel = {
  number: string
  shipmentId: string
  order: Record<string, unknown>
  cancelled: boolean
  events: { number: string; eventId: string; state: string; at: string; place: string }[]
}

/** How the carrier misbehaves on purpose. */
export type CarrierMood = 'good' | 'down' | 'lose-answer'

/**
 * A carrier for trying things out, speaking the protocol of `carrier.ts` over real HTTP. It makes one shipment of one
 * order however often it is asked, and tells what happens to parcels twice, late, in the wrong order, or not at all.
 *
 * `POST /shipments {shipmentId, sender, recipient, reference}` → `{number}`; `POST /cancellations {number}`;
 * `POST /events {numbers}` → `{events: [{number, eventId, state, at, place}]}`; webhooks go to `/api/exchange/post/events`.
 */
export function openSandboxCarrier({
  key,
  target,
  clock = Date.now,
}: {
  key: SandboxKey
  target: string
  clock?: () => number
}) {
  const parcels = new Map<string, Parcel>()
  let mood: CarrierMood = 'good'
  let orders = 0
  let last = 0
  const server = createServer((request, response) => void answer(request, response))

  async function answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const chunks: Buffer[] = []
    for await (const chunk of request) chunks.push(chunk as Buffer)
    const body = Buffer.concat(chunks)
    const header = (name: string) => String(request.headers[name] ?? '')
    const signed = {
      timestamp: header(signatureHeaders.timestamp),
      nonce: header(signatureHeaders.nonce),
      signature: header(signatureHeaders.signature),
      body,
    }
    if (!isSignedBy(key.secret, signed)) return void response.writeHead(401).end()
    if (mood === 'down') return void response.writeHead(503).end()
    const asked = JSON.parse(body.toString('utf8')) as Record<string, unknown>
    const reply = replyTo(request.url ?? '', asked)
    // It was done, but nobody learns of it: asked again, it must be the same shipment.
    if (mood === 'lose-answer') return void response.destroy()
    if (!reply) return void response.writeHead(409).end()
    response.writeHead(200, { 'content-type': 'application/json' }).end(JSON.stringify(reply))
  }

  function replyTo(url: string, asked: Record<string, unknown>): Record<string, unknown> | undefined {
    if (url.endsWith('/shipments')) {
      orders += 1
      const shipmentId = String(asked['shipmentId'])
      const known = [...parcels.values()].find((parcel) => parcel.shipmentId === shipmentId)
      if (known) return { number: known.number }
      const number = `EB${String(++last).padStart(9, '0')}VN`
      parcels.set(number, { number, shipmentId, order: asked, cancelled: false, events: [] })
      return { number }
    }
    if (url.endsWith('/cancellations')) {
      const parcel = parcels.get(String(asked['number']))
      if (!parcel || parcel.events.length > 0) return undefined
      parcel.cancelled = true
      return {}
    }
    const numbers = Array.isArray(asked['numbers']) ? (asked['numbers'] as string[]) : []
    return { events: numbers.flatMap((number) => parcels.get(number)?.events ?? []) }
  }

  /** Sends events as a webhook; returns the status that the installation answered. */
  async function tell(events: readonly object[], { secret = key.secret } = {}): Promise<number> {
    const body = Buffer.from(JSON.stringify({ events }))
    const nonce = randomBytes(18).toString('base64url')
    const response = await fetch(new URL('/api/exchange/post/events', target), {
      method: 'POST',
      headers: {
        'content-type': 'application/json',
        ...signedHeaders({ ...key, secret }, { body, now: clock(), nonce }),
      },
      body,
    })
    await response.arrayBuffer()
    return response.status
  }

  return {
    tell,
    parcels,
    orders: () => orders,
    behave: (how: CarrierMood) => (mood = how),
    /** Something happens to a parcel; nobody is told yet. */
    happen(number: string, state: string, { at = new Date(clock()).toISOString(), place = 'Bưu cục 1' } = {}) {
      const event = { number, eventId: `${number}/${parcels.get(number)?.events.length ?? 0}`, state, at, place }
      parcels.get(number)?.events.push(event)
      return event
    },
    listen: (port = 0) =>
      new Promise<string>((resolve) => {
        server.listen(port, '127.0.0.1', () => resolve(`http://127.0.0.1:${(server.address() as AddressInfo).port}`))
      }),
    close: () => new Promise<void>((resolve) => void server.close(() => resolve())),
  }
}
