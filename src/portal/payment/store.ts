import { sql, type ColumnType } from 'kysely'
import type { Day, Instant } from '../../platform/day.ts'
import type { Db, Tx } from '../../platform/db.ts'
import type { Dong } from '../../platform/money.ts'
import type { Figures } from './rules/reconcile.ts'
import { underWay, type RefundState } from './rules/refund.ts'

export type Method = 'cash' | 'transfer' | 'online'
type Owned = { agency_id: number }

export type AccountRow = Owned & {
  version: number
  bank_bin: string
  account_number: string
  account_name: string
  receipt_symbol: string
  order_days: number
  set_by: number
  set_at: Instant
}

export type ProviderRow = Owned & {
  provider: string
  kind: 'bank' | 'gateway'
  name: string
  method: 'hmac-sha256' | 'rsa-sha256'
  secret: Buffer | null
  public_key: string | null
  base_url: string | null
  window_seconds: number
  enabled: boolean
  changed_by: number
  changed_at: Instant
}

export type OrderRow = Owned & {
  order_id: string
  dossier_id: string
  reference: string
  amount: Dong
  account_version: number
  created_at: Instant
  created_by: number | null
  expires_at: Instant
  closed_at: Instant | null
  closed_why: 'paid' | 'replaced' | 'expired' | 'nothing-owed' | null
  gateway: string | null
  gateway_payment: string | null
  gateway_asked_at: Instant | null
}

export type DeliverySource = 'webhook' | 'statement' | 'query'
export type DeliveryRow = Owned & {
  delivery_id: string
  provider: string
  source: DeliverySource
  body: Buffer
  received_at: Instant
  file_name: string | null
  received_by: number | null
  worked_at: Instant | null
  outcome: 'worked' | 'unreadable' | null
  transactions: number
  known: number
  conflicts: number
}

type NoticeState = 'matched' | 'suspense' | 'reversed' | 'reversal'
export type NoticeRow = Owned & {
  notice_id: string
  books: string
  transaction_id: string
  kind: 'credit' | 'reversal'
  reverses: string | null
  amount: Dong
  paid_at: Instant
  method: 'transfer' | 'online'
  provider: string
  reference: string | null
  content: Buffer
  first_seen_at: Instant
  by_webhook_at: Instant | null
  by_statement_at: Instant | null
  by_query_at: Instant | null
  times: number
  conflict: boolean
  order_id: string | null
  dossier_id: string | null
  state: NoticeState
  why: string | null
  accepted: Dong
  refunded: Dong
  stuck: string | null
  matched_by: number | null
  matched_at: Instant | null
  match_reason: string | null
  settled_at: Instant | null
}

/** With what refunds under way are to give back of it. */
export type HeldNotice = NoticeRow & { reserved: Dong }

export type BookingRow = Owned & {
  booking_id: string
  dossier_id: string
  kind: 'collect' | 'reverse' | 'refund'
  method: Method
  amount: Dong
  notice_id: string | null
  refund_id: string | null
  officer_id: number | null
  state: 'intended' | 'done' | 'refused'
  refusal: string | null
  intended_at: Instant
  done_at: Instant | null
  hand_over_id: string | null
}

export type ReceiptRow = Owned & {
  year: number
  number: number
  symbol: string
  booking_id: string
  dossier_id: string
  amount: Dong
  method: Method
  issued_at: Instant
  issued_by: number | null
  content: Buffer
  printed: number
  voided_at: Instant | null
  voided_by: number | null
  void_reason: string | null
}

export type RefundRow = Owned & {
  refund_id: string
  dossier_id: string | null
  notice_id: string | null
  kind: 'collected' | 'surplus'
  way: 'cash' | 'transfer' | 'gateway'
  amount: Dong
  reason: string
  asked_by: number
  asked_at: Instant
  decided_by: number | null
  decided_at: Instant | null
  decision_note: string | null
  state: RefundState
  paid_by: number | null
  paid_at: Instant | null
  voucher: string | null
  failure: string | null
  /** Asked for because the fee was lowered after it was paid. */
  of_excess: boolean
}

type HandOverRow = Owned & {
  hand_over_id: string
  voucher: string
  amount: Dong
  bookings: number
  handed_at: Instant
  recorded_at: Instant
  recorded_by: number
}

type DayRow = Owned & {
  day: Day
  version: number
  figures: ColumnType<Figures, string>
  explanation: string
  signed_by: number
  signed_at: Instant
}

export type PaymentTables = {
  'portal.payment_account': AccountRow
  'portal.payment_provider': ProviderRow
  'portal.payment_order': OrderRow
  'portal.payment_delivery': DeliveryRow
  'portal.payment_notice': NoticeRow
  'portal.payment_booking': BookingRow
  'portal.payment_series': Owned & { year: number; last: number }
  'portal.payment_receipt': ReceiptRow
  'portal.payment_refund': RefundRow
  'portal.payment_hand_over': HandOverRow
  'portal.payment_day': DayRow
}

type PaymentDb = Db<PaymentTables>
export type PaymentTx = Tx<PaymentTables>
type Of = { agencyId: number; dossierId: string }

// --- Settings --------------------------------------------------------------------------------------------------------

export const findAccount = (db: PaymentDb, agencyId: number, version?: number): Promise<AccountRow | undefined> =>
  db
    .selectFrom('portal.payment_account')
    .selectAll()
    .where('agency_id', '=', agencyId)
    .$if(version !== undefined, (query) => query.where('version', '=', version ?? 0))
    .orderBy('version', 'desc')
    .limit(1)
    .executeTakeFirst()

/** The account that was in use before a moment. */
export const findAccountBefore = (db: PaymentDb, agencyId: number, before: Instant): Promise<AccountRow | undefined> =>
  db
    .selectFrom('portal.payment_account')
    .selectAll()
    .where('agency_id', '=', agencyId)
    .where('set_at', '<', before)
    .orderBy('version', 'desc')
    .limit(1)
    .executeTakeFirst()

export const listAccounts = (db: PaymentDb, agencyId: number): Promise<AccountRow[]> =>
  db
    .selectFrom('portal.payment_account')
    .selectAll()
    .where('agency_id', '=', agencyId)
    .orderBy('version', 'desc')
    .limit(50)
    .execute()

/** Of these agencies the ones that collect by bank. */
export async function listCollecting(db: PaymentDb, agencies: readonly number[]): Promise<number[]> {
  const { rows } = await sql<{ agencyId: number }>`
    select distinct agency_id as "agencyId" from portal.payment_account where agency_id = any(${[...agencies]}::int[])
    union select distinct agency_id from portal.payment_booking where agency_id = any(${[...agencies]}::int[]) and state = 'intended'
    order by 1`.execute(db)
  return rows.map(({ agencyId }) => agencyId)
}

export async function addAccount(db: PaymentDb, row: Omit<AccountRow, 'version'>): Promise<AccountRow> {
  const before = await findAccount(db, row.agency_id)
  return db
    .insertInto('portal.payment_account')
    .values({ ...row, version: (before?.version ?? 0) + 1 })
    .returningAll()
    .executeTakeFirstOrThrow()
}

export const listProviders = (db: PaymentDb, agencyId: number): Promise<ProviderRow[]> =>
  db.selectFrom('portal.payment_provider').selectAll().where('agency_id', '=', agencyId).orderBy('provider').execute()

export const findProvider = (db: PaymentDb, agencyId: number, provider: string): Promise<ProviderRow | undefined> =>
  db
    .selectFrom('portal.payment_provider')
    .selectAll()
    .where('agency_id', '=', agencyId)
    .where('provider', '=', provider)
    .executeTakeFirst()

export async function saveProvider(db: PaymentDb, row: ProviderRow): Promise<void> {
  const { agency_id: _agency, provider: _provider, ...change } = row
  await db
    .insertInto('portal.payment_provider')
    .values(row)
    .onConflict((conflict) => conflict.columns(['agency_id', 'provider']).doUpdateSet(change))
    .execute()
}

// --- Orders ----------------------------------------------------------------------------------------------------------

export const listOrders = (db: PaymentDb, { agencyId, dossierId }: Of): Promise<OrderRow[]> =>
  db
    .selectFrom('portal.payment_order')
    .selectAll()
    .where('agency_id', '=', agencyId)
    .where('dossier_id', '=', dossierId)
    .orderBy('created_at', 'desc')
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

// --- Deliveries and notices --------------------------------------------------------------------------------------------

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

// --- Bookings ----------------------------------------------------------------------------------------------------------

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
    .limit(100)
    .execute()

// --- Receipts ----------------------------------------------------------------------------------------------------------

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

// --- Refunds -----------------------------------------------------------------------------------------------------------

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

// --- Days --------------------------------------------------------------------------------------------------------------

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
