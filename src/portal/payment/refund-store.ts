import { sql } from 'kysely'
import type { Dong } from '../../platform/money.ts'
import type { RefundState } from './rules/refund.ts'
import type { PaymentDb, PaymentTx, RefundRow } from './tables.ts'

export async function addRefund(db: PaymentDb, row: RefundRow): Promise<boolean> {
  const done = await db
    .insertInto('portal.payment_refund')
    .values(row)
    .onConflict((conflict) => conflict.doNothing())
    .executeTakeFirst()
  return (done.numInsertedOrUpdatedRows ?? 0n) > 0n
}

export const findRefund = (db: PaymentDb, agencyId: number, refundId: string): Promise<RefundRow | undefined> =>
  db
    .selectFrom('portal.payment_refund')
    .selectAll()
    .where('agency_id', '=', agencyId)
    .where('refund_id', '=', refundId)
    .executeTakeFirst()

/** Moves a refund on from the state in which it was judged; false when somebody was faster. */
export async function moveRefund(
  db: PaymentDb,
  refund: Pick<RefundRow, 'agency_id' | 'refund_id' | 'state'>,
  change: Partial<Omit<RefundRow, 'agency_id' | 'refund_id'>> & { state: RefundState },
): Promise<boolean> {
  const done = await db
    .updateTable('portal.payment_refund')
    .set(change)
    .where('agency_id', '=', refund.agency_id)
    .where('refund_id', '=', refund.refund_id)
    .where('state', '=', refund.state)
    .executeTakeFirst()
  return done.numUpdatedRows > 0n
}

export const listRefunds = (
  db: PaymentDb,
  {
    agencyId,
    dossierId,
    noticeId,
    states,
  }: { agencyId: number; dossierId?: string; noticeId?: string; states?: readonly RefundState[] },
): Promise<RefundRow[]> =>
  db
    .selectFrom('portal.payment_refund')
    .selectAll()
    .where('agency_id', '=', agencyId)
    .$if(dossierId !== undefined, (query) => query.where('dossier_id', '=', dossierId ?? ''))
    .$if(noticeId !== undefined, (query) => query.where('notice_id', '=', noticeId ?? ''))
    .$if(states !== undefined, (query) => query.where('state', 'in', [...(states ?? [])]))
    .orderBy('asked_at', 'desc')
    .orderBy('refund_id', 'desc')
    .limit(500)
    .execute()

/** Two requests for one sum must not pass each other. */
export async function lockBooks(tx: PaymentTx, agencyId: number, key: string): Promise<void> {
  await sql`select pg_advisory_xact_lock(hashtextextended(${`payment/${agencyId}/${key}`}, 0))`.execute(tx)
}

export async function addRefunded(
  tx: PaymentTx,
  { agencyId, noticeId, amount }: { agencyId: number; noticeId: string; amount: Dong },
): Promise<void> {
  await sql`update portal.payment_notice set refunded = refunded + ${amount} where agency_id = ${agencyId} and notice_id = ${noticeId}`.execute(
    tx,
  )
}
