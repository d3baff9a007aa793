import { sql } from 'kysely'
import type { Instant } from '../../platform/day.ts'
import type { Of, PaymentDb, PaymentTx, ReceiptRow } from './tables.ts'

/** The next number of the year; the row stays locked until the commit, so that no number is left out. */
export async function nextReceiptNumber(tx: PaymentTx, agencyId: number, year: number): Promise<number> {
  const { rows } = await sql<{ last: number }>`
    insert into portal.payment_series as s (agency_id, year, last) values (${agencyId}, ${year}, 1)
    on conflict (agency_id, year) do update set last = s.last + 1 returning last`.execute(tx)
  const last = rows[0]?.last
  if (last === undefined) throw new Error('no receipt number')
  return last
}

export async function addReceipt(tx: PaymentTx, row: ReceiptRow): Promise<void> {
  await tx.insertInto('portal.payment_receipt').values(row).execute()
}

export const listReceipts = (db: PaymentDb, { agencyId, dossierId }: Of): Promise<ReceiptRow[]> =>
  db
    .selectFrom('portal.payment_receipt')
    .selectAll()
    .where('agency_id', '=', agencyId)
    .where('dossier_id', '=', dossierId)
    .orderBy('issued_at')
    .orderBy('number')
    .execute()

export const listReceiptsOfDay = (
  db: PaymentDb,
  { agencyId, from, to }: { agencyId: number; from: Instant; to: Instant },
): Promise<ReceiptRow[]> =>
  db
    .selectFrom('portal.payment_receipt')
    .selectAll()
    .where('agency_id', '=', agencyId)
    .where('issued_at', '>=', from)
    .where('issued_at', '<', to)
    .orderBy('year')
    .orderBy('number')
    .execute()

export const findReceipt = (
  db: PaymentDb,
  { agencyId, year, number }: { agencyId: number; year: number; number: number },
): Promise<ReceiptRow | undefined> =>
  db
    .selectFrom('portal.payment_receipt')
    .selectAll()
    .where('agency_id', '=', agencyId)
    .where('year', '=', year)
    .where('number', '=', number)
    .executeTakeFirst()

export const findReceiptOf = (db: PaymentDb, agencyId: number, bookingId: string): Promise<ReceiptRow | undefined> =>
  db
    .selectFrom('portal.payment_receipt')
    .selectAll()
    .where('agency_id', '=', agencyId)
    .where('booking_id', '=', bookingId)
    .executeTakeFirst()

/** Counts a print and tells which one it is: the first is the original. */
export async function countPrint(
  db: PaymentDb,
  { agencyId, year, number }: { agencyId: number; year: number; number: number },
): Promise<number> {
  const row = await db
    .updateTable('portal.payment_receipt')
    .set((on) => ({ printed: on('printed', '+', 1) }))
    .where('agency_id', '=', agencyId)
    .where('year', '=', year)
    .where('number', '=', number)
    .returning('printed')
    .executeTakeFirstOrThrow()
  return row.printed
}

export async function voidReceipt(
  tx: PaymentTx,
  {
    agencyId,
    bookingId,
    by,
    at,
    reason,
  }: { agencyId: number; bookingId: string; by: number | null; at: Instant; reason: string },
): Promise<boolean> {
  const done = await tx
    .updateTable('portal.payment_receipt')
    .set({ voided_at: at, voided_by: by, void_reason: reason })
    .where('agency_id', '=', agencyId)
    .where('booking_id', '=', bookingId)
    .where('voided_at', 'is', null)
    .executeTakeFirst()
  return done.numUpdatedRows > 0n
}
