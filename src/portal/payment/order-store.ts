import { sql } from 'kysely'
import type { Instant } from '../../platform/day.ts'
import type { Of, OrderRow, PaymentDb } from './tables.ts'

export const listOrders = (db: PaymentDb, { agencyId, dossierId }: Of): Promise<OrderRow[]> =>
  db
    .selectFrom('portal.payment_order')
    .selectAll()
    .where('agency_id', '=', agencyId)
    .where('dossier_id', '=', dossierId)
    .orderBy('created_at', 'desc')
    .orderBy('order_id', 'desc')
    .execute()

export const findOrder = (db: PaymentDb, agencyId: number, orderId: string): Promise<OrderRow | undefined> =>
  db
    .selectFrom('portal.payment_order')
    .selectAll()
    .where('agency_id', '=', agencyId)
    .where('order_id', '=', orderId)
    .executeTakeFirst()

export const findOrdersByReference = (
  db: PaymentDb,
  agencyId: number,
  references: readonly string[],
): Promise<OrderRow[]> =>
  references.length === 0
    ? Promise.resolve([])
    : db
        .selectFrom('portal.payment_order')
        .selectAll()
        .where('agency_id', '=', agencyId)
        .where('reference', 'in', [...references])
        .execute()

/** False when another order of the dossier is open, or the reference is taken. */
export async function addOrder(db: PaymentDb, row: OrderRow): Promise<boolean> {
  const done = await db
    .insertInto('portal.payment_order')
    .values(row)
    .onConflict((conflict) => conflict.doNothing())
    .executeTakeFirst()
  return (done.numInsertedOrUpdatedRows ?? 0n) > 0n
}

export async function closeOrder(
  db: PaymentDb,
  {
    agencyId,
    orderId,
    at,
    why,
  }: { agencyId: number; orderId: string; at: Instant; why: NonNullable<OrderRow['closed_why']> },
): Promise<void> {
  await db
    .updateTable('portal.payment_order')
    .set({ closed_at: at, closed_why: why })
    .where('agency_id', '=', agencyId)
    .where('order_id', '=', orderId)
    .where('closed_at', 'is', null)
    .execute()
}

export async function linkGateway(
  db: PaymentDb,
  {
    agencyId,
    orderId,
    gateway,
    payment,
    at,
  }: { agencyId: number; orderId: string; gateway: string; payment: string; at: Instant },
): Promise<void> {
  await db
    .updateTable('portal.payment_order')
    .set({ gateway, gateway_payment: payment, gateway_asked_at: at })
    .where('agency_id', '=', agencyId)
    .where('order_id', '=', orderId)
    .execute()
}

/**
 * Orders that a person took to the gateway and of which nothing was heard since. One that another took the place of, e.g.
 * since the fee changed, is asked about a while longer: the person may have paid what it said.
 */
export const listOrdersAtGateway = (
  db: PaymentDb,
  {
    agencyId,
    askedBefore,
    closedAfter,
    limit,
  }: { agencyId: number; askedBefore: Instant; closedAfter: Instant; limit: number },
): Promise<OrderRow[]> =>
  db
    .selectFrom('portal.payment_order')
    .selectAll()
    .where('agency_id', '=', agencyId)
    .where('gateway_payment', 'is not', null)
    .where('gateway_asked_at', '<', askedBefore)
    .where((on) => on.or([on('closed_at', 'is', null), on('closed_at', '>', closedAfter)]))
    .where(
      sql<boolean>`not exists (select from portal.payment_notice n
        where n.agency_id = payment_order.agency_id and n.order_id = payment_order.order_id and n.method = 'online')`,
    )
    .orderBy('gateway_asked_at')
    .orderBy('order_id')
    .limit(limit)
    .execute()

export async function noteGatewayAsked(db: PaymentDb, agencyId: number, orderId: string, at: Instant): Promise<void> {
  await db
    .updateTable('portal.payment_order')
    .set({ gateway_asked_at: at })
    .where('agency_id', '=', agencyId)
    .where('order_id', '=', orderId)
    .execute()
}
