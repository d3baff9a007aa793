import type { TSchema, Static } from 'typebox'
import { Compile } from 'typebox/compile'
import { withScope } from '../../platform/db.ts'
import { addMinutes } from '../../platform/day.ts'
import type { Dong } from '../../platform/money.ts'
import { stampOf } from '../../platform/http/signed.ts'
import { accept, refuse, type Result } from '../../platform/result.ts'
import type { PaymentContext } from './context.ts'
import { keepDelivery, workPayments } from './notices.ts'
import { signHmac, SIGNATURE, TIMESTAMP } from './signature.ts'
import { linkGateway, listOrdersAtGateway, noteGatewayAsked } from './order-store.ts'
import { listProviders } from './settings-store.ts'
import type { OrderRow, ProviderRow } from './tables.ts'
import { GatewayCreated, GatewayPayment, GatewayRefund } from './wire.ts'

/** What we ask of a payment gateway, whichever it is. */
export type Gateway = {
  create: (order: {
    reference: string
    amount: Dong
    returnUrl: string
    notifyUrl: string
    expiresAt: string
  }) => Promise<Result<{ paymentId: string; redirectUrl: string }, GatewayRefusal>>
  query: (paymentId: string) => Promise<Result<GatewayPayment, GatewayRefusal>>
  refund: (refund: {
    paymentId: string
    refundId: string
    amount: Dong
  }) => Promise<Result<{ state: 'done' | 'pending' | 'refused'; reason: string }, GatewayRefusal>>
}

/** Not reached, too slow, or an answer that is none: nothing is known, and the same question may be asked again. */
type GatewayRefusal = { code: 'gateway-away' }

const TIMEOUT = 8000
const MOST_BYTES = 100_000

/** The gateway of these settings over signed HTTP; docs: README of this room. */
export function openGateway({ keys, clock, log }: PaymentContext, provider: ProviderRow): Gateway {
  const secret = provider.secret ? keys.decrypt(provider.secret) : ''

  async function ask<Schema extends TSchema>(
    schema: Schema,
    method: 'GET' | 'POST',
    path: string,
    body?: unknown,
  ): Promise<Result<Static<Schema>, GatewayRefusal>> {
    const text = body === undefined ? '' : JSON.stringify(body)
    const timestamp = stampOf(Date.parse(clock()))
    try {
      // The boundary to another's system: whatever goes wrong there is one refusal here.
      const response = await fetch(`${provider.base_url ?? ''}${path}`, {
        method,
        headers: {
          'content-type': 'application/json',
          [TIMESTAMP]: timestamp,
          [SIGNATURE]: signHmac(secret, timestamp, `${method} ${path}\n${text}`),
        },
        ...(body === undefined ? {} : { body: text }),
        redirect: 'error',
        signal: AbortSignal.timeout(TIMEOUT),
      })
      const answer = await response.text()
      if (!response.ok || answer.length > MOST_BYTES) throw new Error(`status ${response.status}`)
      const value: unknown = JSON.parse(answer)
      const check = Compile(schema)
      if (!check.Check(value)) throw new Error('an answer in another shape')
      return accept(value)
    } catch (fault) {
      log.warn({ what: 'gateway-away', provider: provider.provider, path: path.replace(/[^/]{8,}/g, '…'), err: fault })
      return refuse({ code: 'gateway-away' })
    }
  }

  return {
    create: (order) => ask(GatewayCreated, 'POST', '/v1/payments', { ...order, currency: 'VND' }),
    query: (paymentId) => ask(GatewayPayment, 'GET', `/v1/payments/${encodeURIComponent(paymentId)}`),
    async refund({ paymentId, refundId, amount }) {
      const path = `/v1/payments/${encodeURIComponent(paymentId)}/refunds`
      const answer = await ask(GatewayRefund, 'POST', path, { refundId, amount })
      return answer.ok ? accept({ state: answer.value.status, reason: answer.value.reason ?? '' }) : answer
    },
  }
}

/** The gateway that the authority uses; undefined where it has none. */
export async function findGateway(context: PaymentContext, agencyId: number): Promise<ProviderRow | undefined> {
  const providers = await withScope(context.db, { agencies: [agencyId] }, (tx) => listProviders(tx, agencyId))
  return providers.find(({ kind, enabled, base_url: url }) => kind === 'gateway' && enabled && url !== null)
}

/** Where a person pays this order at the gateway. The same order is one payment there, however often it is asked for. */
export async function openPayment(
  context: PaymentContext,
  provider: ProviderRow,
  { order, owed, returnPath }: { order: OrderRow; owed: Dong; returnPath: string },
): Promise<Result<string, GatewayRefusal>> {
  const { publicUrl } = context.config
  const created = await openGateway(context, provider).create({
    reference: order.reference,
    amount: owed,
    returnUrl: `${publicUrl}${returnPath}`,
    notifyUrl: `${publicUrl}/api/payments/notices/${order.agency_id}-${provider.provider}`,
    expiresAt: order.expires_at,
  })
  if (!created.ok) return created
  const { agency_id: agencyId, order_id: orderId } = order
  await withScope(context.db, { agencies: [agencyId] }, (tx) =>
    linkGateway(tx, {
      agencyId,
      orderId,
      gateway: provider.provider,
      payment: created.value.paymentId,
      at: context.clock(),
    }),
  )
  return accept(created.value.redirectUrl)
}

const CLOSED_MINUTES = 3 * 24 * 60

/** Asks the gateway about orders of which it has said nothing for a while: notices get lost. */
export async function askGateway(
  context: PaymentContext,
  agencyId: number,
  { olderThanMinutes = 2, limit = 50 } = {},
): Promise<number> {
  const provider = await findGateway(context, agencyId)
  if (!provider) return 0
  const gateway = openGateway(context, provider)
  const now = context.clock()
  const askedBefore = addMinutes(now, -olderThanMinutes)
  const scope = { agencies: [agencyId] }
  const orders = await withScope(context.db, scope, (tx) =>
    listOrdersAtGateway(tx, { agencyId, askedBefore, closedAfter: addMinutes(now, -CLOSED_MINUTES), limit }),
  )
  let heard = 0
  for (const { order_id: orderId, gateway_payment: payment } of orders) {
    const answer = await gateway.query(payment ?? '')
    await withScope(context.db, scope, (tx) => noteGatewayAsked(tx, agencyId, orderId, now))
    if (!answer.ok || (answer.value.status !== 'paid' && answer.value.status !== 'reversed')) continue
    heard += 1
    await keepDelivery(context, {
      agencyId,
      provider: provider.provider,
      source: 'query',
      body: JSON.stringify(answer.value),
    })
  }
  if (heard > 0) await workPayments(context, agencyId)
  return heard
}
