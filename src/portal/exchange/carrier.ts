import { Type } from 'typebox'
import { Compile } from 'typebox/compile'
import type { Context } from '../../platform/context.ts'
import type { Instant } from '../../platform/day.ts'
import { accept, refuse, type Result } from '../../platform/result.ts'
import type { Recipient } from './contract.ts'
import { faultCode } from './outbox.ts'
import { findPartner, type PartnerTables } from './partner-store.ts'
import { sendSigned } from './partners.ts'
import { judgeAnswer } from './rules/national.ts'
import { carrierStates, type CarrierState } from './rules/shipment.ts'

export type ShipmentOrder = {
  /** Ours, the same however often it is sent: the carrier makes one shipment of it. */
  shipmentId: string
  sender: { name: string; address: string; phone: string }
  recipient: Recipient
  /** Code of the dossier, for the label. */
  reference: string
}

export type CarrierEvent = { number: string; eventId: string; state: CarrierState; at: Instant; place: string }

export type CarrierRefusal = { code: string; final: boolean }

/** What we need of a carrier; another protocol is another of these. */
export type Carrier = {
  create: (order: ShipmentOrder) => Promise<Result<{ number: string }, CarrierRefusal>>
  cancel: (number: string) => Promise<Result<null, CarrierRefusal>>
  /** Everything that happened to these parcels: for what was lost on the way to us. */
  events: (numbers: readonly string[]) => Promise<Result<CarrierEvent[], CarrierRefusal>>
}

const closed = { additionalProperties: true }
const WireEvent = Type.Object(
  {
    number: Type.String({ pattern: '^[A-Z0-9]{6,30}$' }),
    eventId: Type.String({ minLength: 1, maxLength: 80 }),
    state: Type.Union(carrierStates.map((state) => Type.Literal(state))),
    at: Type.String({ format: 'date-time' }),
    place: Type.Optional(Type.String({ maxLength: 200 })),
  },
  closed,
)
const WireEvents = Type.Object({ events: Type.Array(WireEvent, { maxItems: 500 }) }, closed)
const Created = Compile(Type.Object({ number: Type.String({ pattern: '^[A-Z0-9]{6,30}$' }) }, closed))
const Events = Compile(WireEvents)

/** Reads what a carrier tells; undefined when it is none. */
export function readEvents(given: unknown): CarrierEvent[] | undefined {
  if (!Events.Check(given)) return undefined
  return given.events.flatMap(({ number, eventId, state, at, place = '' }) =>
    Number.isNaN(Date.parse(at)) ? [] : [{ number, eventId, state, at: new Date(at).toISOString(), place }],
  )
}

type CarrierContext = Pick<Context<PartnerTables>, 'db' | 'keys' | 'clock' | 'log'>

/** The carrier behind a partner: signed JSON over HTTP, three addresses below the one that was set. */
export async function carrierOf(context: CarrierContext, partnerId: string): Promise<Carrier | undefined> {
  const partner = await findPartner(context.db, partnerId)
  if (!partner || partner.kind !== 'post' || !partner.enabled || !partner.address) return undefined
  const base = partner.address.replace(/\/+$/, '')
  const ask = async (path: string, body: unknown): Promise<Result<unknown, CarrierRefusal>> => {
    try {
      const answer = await sendSigned(context, { partnerId, address: `${base}${path}`, body })
      if (answer === 'no-key') return refuse({ code: 'no-key', final: false })
      const judged = judgeAnswer(answer.status)
      if (judged !== 'done') return refuse({ code: `http-${answer.status}`, final: judged === 'look' })
      return accept(JSON.parse(answer.body || '{}') as unknown)
    } catch (fault) {
      context.log.warn({ what: 'carrier-not-reached', partnerId, reason: faultCode(fault) })
      return refuse({ code: faultCode(fault), final: false })
    }
  }
  return {
    async create(order) {
      const answer = await ask('/shipments', order)
      if (!answer.ok) return answer
      return Created.Check(answer.value)
        ? accept({ number: answer.value.number })
        : refuse({ code: 'answer-not-understood', final: false })
    },
    async cancel(number) {
      const answer = await ask('/cancellations', { number })
      return answer.ok ? accept(null) : answer
    },
    async events(numbers) {
      const answer = await ask('/events', { numbers })
      if (!answer.ok) return answer
      const events = readEvents(answer.value)
      return events ? accept(events) : refuse({ code: 'answer-not-understood', final: false })
    },
  }
}
