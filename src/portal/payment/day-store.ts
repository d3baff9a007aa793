import type { Day, Instant } from '../../platform/day.ts'
import type { Figures } from './rules/reconcile.ts'
import type { DayRow, OrderRow, PaymentDb } from './tables.ts'

export const listOrdersOfDay = (
  db: PaymentDb,
  { agencyId, from, to }: { agencyId: number; from: Instant; to: Instant },
): Promise<OrderRow[]> =>
  db
    .selectFrom('portal.payment_order')
    .selectAll()
    .where('agency_id', '=', agencyId)
    .where('created_at', '>=', from)
    .where('created_at', '<', to)
    .orderBy('created_at')
    .orderBy('order_id')
    .execute()

export const listDays = (db: PaymentDb, { agencyId, from, to }: { agencyId: number; from: Day; to: Day }) =>
  db
    .selectFrom('portal.payment_day')
    .selectAll()
    .where('agency_id', '=', agencyId)
    .where('day', '>=', from)
    .where('day', '<=', to)
    .orderBy('day')
    .orderBy('version', 'desc')
    .execute()

/** False when another officer signed the same version a moment before. */
export async function addDay(db: PaymentDb, row: Omit<DayRow, 'figures'> & { figures: Figures }): Promise<boolean> {
  const done = await db
    .insertInto('portal.payment_day')
    .values({ ...row, figures: JSON.stringify(row.figures) })
    .onConflict((conflict) => conflict.doNothing())
    .executeTakeFirst()
  return (done.numInsertedOrUpdatedRows ?? 0n) > 0n
}
