import { sql } from 'kysely'
import type { Instant } from '../../platform/day.ts'
import type { Dong } from '../../platform/money.ts'
import type { BookingRow, HandOverRow, Of, PaymentDb, PaymentTx } from './tables.ts'

/** Announces what will be written into the log; false while another booking of the dossier is under way. */
export async function intendBooking(tx: PaymentTx, row: BookingRow): Promise<boolean> {
  const done = await tx
    .insertInto('portal.payment_booking')
    .values(row)
    .onConflict((conflict) => conflict.doNothing())
    .executeTakeFirst()
  return (done.numInsertedOrUpdatedRows ?? 0n) > 0n
}

export const findIntended = (db: PaymentDb, { agencyId, dossierId }: Of): Promise<BookingRow | undefined> =>
  db
    .selectFrom('portal.payment_booking')
    .selectAll()
    .where('agency_id', '=', agencyId)
    .where('dossier_id', '=', dossierId)
    .where('state', '=', 'intended')
    .executeTakeFirst()

export const findBooking = (db: PaymentDb, agencyId: number, bookingId: string): Promise<BookingRow | undefined> =>
  db
    .selectFrom('portal.payment_booking')
    .selectAll()
    .where('agency_id', '=', agencyId)
    .where('booking_id', '=', bookingId)
    .executeTakeFirst()

/** Ends a booking once; false when somebody else did it a moment before. */
export async function endBooking(
  tx: PaymentTx,
  booking: Pick<BookingRow, 'agency_id' | 'booking_id'>,
  end: { state: 'done' | 'refused'; refusal: string | null; done_at: Instant },
): Promise<boolean> {
  const done = await tx
    .updateTable('portal.payment_booking')
    .set(end)
    .where('agency_id', '=', booking.agency_id)
    .where('booking_id', '=', booking.booking_id)
    .where('state', '=', 'intended')
    .executeTakeFirst()
  return done.numUpdatedRows > 0n
}

export async function changeAccepted(
  tx: PaymentTx,
  { agencyId, noticeId, by, stuck }: { agencyId: number; noticeId: string; by: Dong; stuck: string | null },
): Promise<void> {
  await sql`update portal.payment_notice set accepted = accepted + ${by}, stuck = coalesce(${stuck}::text, stuck)
    where agency_id = ${agencyId} and notice_id = ${noticeId}`.execute(tx)
}

export const listBookings = (db: PaymentDb, { agencyId, dossierId }: Of): Promise<BookingRow[]> =>
  db
    .selectFrom('portal.payment_booking')
    .selectAll()
    .where('agency_id', '=', agencyId)
    .where('dossier_id', '=', dossierId)
    .orderBy('intended_at')
    .orderBy('booking_id')
    .execute()

export const listBookingsByIds = (
  db: PaymentDb,
  agencyId: number,
  bookingIds: readonly string[],
): Promise<BookingRow[]> =>
  bookingIds.length === 0
    ? Promise.resolve([])
    : db
        .selectFrom('portal.payment_booking')
        .selectAll()
        .where('agency_id', '=', agencyId)
        .where('booking_id', 'in', [...bookingIds])
        .execute()

/** Collected and not yet handed to the budget, the oldest first. */
export const listToHandOver = (db: PaymentDb, agencyId: number): Promise<BookingRow[]> =>
  db
    .selectFrom('portal.payment_booking')
    .selectAll()
    .where('agency_id', '=', agencyId)
    .where('state', '=', 'done')
    .where('kind', '=', 'collect')
    .where('hand_over_id', 'is', null)
    .orderBy('done_at')
    .orderBy('booking_id')
    .limit(5000)
    .execute()

/** The ids that were still to be handed over when they were marked. */
export async function markHandedOver(
  tx: PaymentTx,
  { agencyId, handOverId, bookingIds }: { agencyId: number; handOverId: string; bookingIds: readonly string[] },
): Promise<Dong[]> {
  const rows = await tx
    .updateTable('portal.payment_booking')
    .set({ hand_over_id: handOverId })
    .where('agency_id', '=', agencyId)
    .where('booking_id', 'in', [...bookingIds])
    .where('state', '=', 'done')
    .where('kind', '=', 'collect')
    .where('hand_over_id', 'is', null)
    .returning('amount')
    .execute()
  return rows.map(({ amount }) => amount)
}

export async function addHandOver(tx: PaymentTx, row: HandOverRow): Promise<boolean> {
  const done = await tx
    .insertInto('portal.payment_hand_over')
    .values(row)
    .onConflict((conflict) => conflict.columns(['agency_id', 'voucher']).doNothing())
    .executeTakeFirst()
  return (done.numInsertedOrUpdatedRows ?? 0n) > 0n
}

export const listHandOvers = (db: PaymentDb, agencyId: number): Promise<HandOverRow[]> =>
  db
    .selectFrom('portal.payment_hand_over')
    .selectAll()
    .where('agency_id', '=', agencyId)
    .orderBy('handed_at', 'desc')
    .orderBy('hand_over_id', 'desc')
    .limit(100)
    .execute()

/** Receipts of the collections that a notice gave rise to. */
export const listCollectionsOf = (db: PaymentDb, agencyId: number, noticeId: string): Promise<BookingRow[]> =>
  db
    .selectFrom('portal.payment_booking')
    .selectAll()
    .where('agency_id', '=', agencyId)
    .where('notice_id', '=', noticeId)
    .where('kind', '=', 'collect')
    .where('state', '=', 'done')
    .execute()
