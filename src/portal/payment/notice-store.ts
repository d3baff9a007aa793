import { sql } from 'kysely'
import type { Instant } from '../../platform/day.ts'
import type { Dong } from '../../platform/money.ts'
import { underWay } from './rules/refund.ts'
import type { DeliveryRow, DeliverySource, HeldNotice, NoticeRow, Of, PaymentDb, PaymentTx } from './tables.ts'

export async function addDelivery(db: PaymentDb, row: DeliveryRow): Promise<void> {
  await db.insertInto('portal.payment_delivery').values(row).execute()
}

/** The oldest that nobody works on, locked until the transaction ends. */
export async function takeDelivery(
  tx: PaymentTx,
  agencyId: number,
  deliveryId?: string,
): Promise<DeliveryRow | undefined> {
  return tx
    .selectFrom('portal.payment_delivery')
    .selectAll()
    .where('agency_id', '=', agencyId)
    .where('worked_at', 'is', null)
    .$if(deliveryId !== undefined, (query) => query.where('delivery_id', '=', deliveryId ?? ''))
    .orderBy('received_at')
    .limit(1)
    .forUpdate()
    .skipLocked()
    .executeTakeFirst()
}

export async function finishDelivery(
  tx: PaymentTx,
  {
    agencyId,
    deliveryId,
    ...change
  }: {
    agencyId: number
    deliveryId: string
    worked_at: Instant
    outcome: 'worked' | 'unreadable'
    transactions: number
    known: number
    conflicts: number
  },
): Promise<void> {
  await tx
    .updateTable('portal.payment_delivery')
    .set(change)
    .where('agency_id', '=', agencyId)
    .where('delivery_id', '=', deliveryId)
    .execute()
}

export const listDeliveries = (
  db: PaymentDb,
  { agencyId, from, to }: { agencyId: number; from: Instant; to: Instant },
): Promise<Omit<DeliveryRow, 'body'>[]> =>
  db
    .selectFrom('portal.payment_delivery')
    .select([
      'agency_id',
      'delivery_id',
      'provider',
      'source',
      'received_at',
      'file_name',
      'received_by',
      'worked_at',
      'outcome',
      'transactions',
      'known',
      'conflicts',
    ])
    .where('agency_id', '=', agencyId)
    .where('received_at', '>=', from)
    .where('received_at', '<', to)
    .orderBy('received_at')
    .orderBy('delivery_id')
    .limit(2000)
    .execute()

/** The movements with these numbers that are known already, locked in one order. */
export async function lockKnownNotices(
  tx: PaymentTx,
  agencyId: number,
  keys: readonly { books: string; kind: string; transactionId: string }[],
): Promise<NoticeRow[]> {
  if (keys.length === 0) return []
  const all = (read: (key: (typeof keys)[number]) => string) => [...new Set(keys.map(read))]
  // One pass, whatever the planner believes of the table: a join on three texts becomes a loop in a loop when it is wrong.
  const { rows } = await sql<NoticeRow>`
    select * from portal.payment_notice
    where agency_id = ${agencyId} and books = any(${all(({ books }) => books)}::text[])
      and kind = any(${all(({ kind }) => kind)}::text[])
      and transaction_id = any(${all(({ transactionId }) => transactionId)}::text[])
    order by notice_id for update`.execute(tx)
  return rows
}

/** Writes new movements; those that another transaction wrote a moment before are left out and named by no id here. */
export async function addNotices(tx: PaymentTx, rows: readonly NoticeRow[]): Promise<Set<string>> {
  if (rows.length === 0) return new Set()
  // As one value: thousands of rows of thirty would be more parameters than a statement takes.
  const json = JSON.stringify(rows.map((row) => ({ ...row, content: `\\x${row.content.toString('hex')}` })))
  const added = await sql<{ notice_id: string }>`
    insert into portal.payment_notice select * from jsonb_populate_recordset(null::portal.payment_notice, ${json}::jsonb)
    on conflict (agency_id, books, kind, transaction_id) do nothing returning notice_id`.execute(tx)
  return new Set(added.rows.map(({ notice_id: id }) => id))
}

const seenColumn = { webhook: 'by_webhook_at', statement: 'by_statement_at', query: 'by_query_at' } as const

/** Counts that the movements were told again, and by which way. */
export async function noteSeen(
  tx: PaymentTx,
  {
    agencyId,
    seen,
    source,
    at,
  }: { agencyId: number; seen: readonly { id: string; conflict: boolean }[]; source: DeliverySource; at: Instant },
): Promise<void> {
  if (seen.length === 0) return
  const column = sql.ref(seenColumn[source])
  await sql`
    update portal.payment_notice n set times = n.times + s.times, conflict = n.conflict or s.conflict,
      ${column} = coalesce(${column}, ${at}::timestamptz)
    from (select id, bool_or(conflict) as conflict, count(*)::int as times
      from unnest(${seen.map(({ id }) => id)}::uuid[], ${seen.map(({ conflict }) => conflict)}::bool[]) as u (id, conflict) group by id) as s
    where n.agency_id = ${agencyId} and n.notice_id = s.id`.execute(tx)
}

/** Credits that a reversal takes back, also one that came before its credit; `ids` are the credits in question. */
export async function joinReversals(
  tx: PaymentTx,
  { agencyId, books, ids }: { agencyId: number; books: string; ids: readonly string[] },
): Promise<void> {
  const { rows } = await sql<{ reverses: string }>`
    select reverses from portal.payment_notice
    where agency_id = ${agencyId} and books = ${books} and reverses is not null and reverses = any(${[...ids]}::text[])`.execute(
    tx,
  )
  // Reversals are few: asked for first, so that the credits are found by their key.
  for (const { reverses } of rows)
    await sql`
      update portal.payment_notice set state = 'reversed', why = null, settled_at = null
      where agency_id = ${agencyId} and books = ${books} and kind = 'credit' and transaction_id = ${reverses}
        and state <> 'reversed'`.execute(tx)
}

export const findNotice = (db: PaymentDb, agencyId: number, noticeId: string): Promise<NoticeRow | undefined> =>
  db
    .selectFrom('portal.payment_notice')
    .selectAll()
    .where('agency_id', '=', agencyId)
    .where('notice_id', '=', noticeId)
    .executeTakeFirst()

export const lockNotice = (tx: PaymentTx, agencyId: number, noticeId: string): Promise<NoticeRow | undefined> =>
  tx
    .selectFrom('portal.payment_notice')
    .selectAll()
    .where('agency_id', '=', agencyId)
    .where('notice_id', '=', noticeId)
    .forUpdate()
    .executeTakeFirst()

const reserved = sql<Dong>`(
  select coalesce(sum(r.amount), 0)::bigint from portal.payment_refund r
  where r.agency_id = payment_notice.agency_id and r.notice_id = payment_notice.notice_id and r.kind = 'surplus'
    and r.state = any(${[...underWay]}::text[]))`.as('reserved')

export const listNoticesOfDossier = (db: PaymentDb, { agencyId, dossierId }: Of): Promise<HeldNotice[]> =>
  db
    .selectFrom('portal.payment_notice')
    .selectAll()
    .select(reserved)
    .where('agency_id', '=', agencyId)
    .where('dossier_id', '=', dossierId)
    .where('kind', '=', 'credit')
    .orderBy('paid_at')
    .orderBy('notice_id')
    .execute()

export const listNoticesOfDay = (
  db: PaymentDb,
  { agencyId, from, to }: { agencyId: number; from: Instant; to: Instant },
): Promise<HeldNotice[]> =>
  db
    .selectFrom('portal.payment_notice')
    .selectAll()
    .select(reserved)
    .where('agency_id', '=', agencyId)
    .where('paid_at', '>=', from)
    .where('paid_at', '<', to)
    .orderBy('paid_at')
    .orderBy('notice_id')
    .execute()

export const listSuspense = (db: PaymentDb, agencyId: number): Promise<HeldNotice[]> =>
  db
    .selectFrom('portal.payment_notice')
    .selectAll()
    .select(reserved)
    .where('agency_id', '=', agencyId)
    .where((on) =>
      on.or([
        on.and([on('state', '=', 'suspense'), on('amount', '>', on.ref('refunded'))]),
        on('conflict', '=', true),
        on('stuck', 'is not', null),
        on.and([
          on('state', '=', 'matched'),
          on('settled_at', 'is not', null),
          sql<boolean>`amount > accepted + refunded`,
        ]),
      ]),
    )
    .orderBy('paid_at')
    .orderBy('notice_id')
    .limit(1000)
    .execute()

export async function matchNotice(
  db: PaymentDb,
  {
    agencyId,
    noticeId,
    order,
    by,
    at,
    reason,
  }: {
    agencyId: number
    noticeId: string
    order: { orderId: string | null; dossierId: string }
    by: number | null
    at: Instant
    reason: string | null
  },
): Promise<boolean> {
  const done = await db
    .updateTable('portal.payment_notice')
    .set({
      state: 'matched',
      why: null,
      order_id: order.orderId,
      dossier_id: order.dossierId,
      matched_by: by,
      matched_at: at,
      match_reason: reason,
      settled_at: null,
      stuck: null,
    })
    .where('agency_id', '=', agencyId)
    .where('notice_id', '=', noticeId)
    .where('state', '=', 'suspense')
    .executeTakeFirst()
  return done.numUpdatedRows > 0n
}

/**
 * An officer has asked the bank: of two sums that were told the first stands, and what the log refused is tried again.
 * False when there is nothing to look at any more.
 */
export async function reviewNotice(
  db: PaymentDb,
  {
    agencyId,
    noticeId,
    by,
    at,
    reason,
  }: { agencyId: number; noticeId: string; by: number; at: Instant; reason: string },
): Promise<{ dossierId: string | null } | undefined> {
  const row = await db
    .updateTable('portal.payment_notice')
    .set({ conflict: false, stuck: null, settled_at: null, matched_by: by, matched_at: at, match_reason: reason })
    .where('agency_id', '=', agencyId)
    .where('notice_id', '=', noticeId)
    .where((on) => on.or([on('conflict', '=', true), on('stuck', 'is not', null)]))
    .returning('dossier_id')
    .executeTakeFirst()
  return row && { dossierId: row.dossier_id }
}

/** Money that came under a reference before its order was known here. */
export const listEarlyNotices = (db: PaymentDb, agencyId: number, reference: string): Promise<NoticeRow[]> =>
  db
    .selectFrom('portal.payment_notice')
    .selectAll()
    .where('agency_id', '=', agencyId)
    .where('reference', '=', reference)
    .where('state', '=', 'suspense')
    .execute()

/** Dossiers whose notices are not yet written into their logs. */
export async function listUnsettled(db: PaymentDb, agencyId: number, limit: number): Promise<string[]> {
  const { rows } = await sql<{ dossier_id: string }>`
    select dossier_id from portal.payment_notice where agency_id = ${agencyId} and settled_at is null and dossier_id is not null
    union select dossier_id from portal.payment_booking where agency_id = ${agencyId} and state = 'intended'
    limit ${limit}`.execute(db)
  return rows.map(({ dossier_id: id }) => id)
}

/** Dossiers for which more came than their logs have taken. */
export async function listWithSurplus(db: PaymentDb, agencyId: number): Promise<string[]> {
  const { rows } = await sql<{ dossier_id: string }>`
    select distinct dossier_id from portal.payment_notice
    where agency_id = ${agencyId} and state = 'matched' and stuck is null and amount > accepted + refunded
    limit 1000`.execute(db)
  return rows.map(({ dossier_id: id }) => id)
}

export async function noteSettled(
  db: PaymentDb,
  { agencyId, noticeIds, at }: { agencyId: number; noticeIds: readonly string[]; at: Instant },
): Promise<void> {
  if (noticeIds.length === 0) return
  await db
    .updateTable('portal.payment_notice')
    .set({ settled_at: at })
    .where('agency_id', '=', agencyId)
    .where('notice_id', 'in', [...noticeIds])
    .where('settled_at', 'is', null)
    .execute()
}
