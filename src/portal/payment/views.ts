import { addWorkingMinutes, loadCalendar } from '../../calendar/index.ts'
import { codesOf, listFeeEvents } from '../../dossiers/index.ts'
import { addDays, dayOf, instantAt, type Day, type Instant } from '../../platform/day.ts'
import { withScope } from '../../platform/db.ts'
import { listOfficerNames } from '../../staff/index.ts'
import { stillCollects, toCredit } from './books.ts'
import type { PaymentContext } from './context.ts'
import type {
  DaySum,
  DaysView,
  DayView,
  HandOverView,
  NoticeView,
  OrderView,
  PaymentView,
  ReceiptView,
  RefundView,
} from './contract.ts'
import { findGateway } from './gateway.ts'
import { acceptedOf, ensureOrder, type Standing } from './orders.ts'
import { paymentPath } from './path.ts'
import { receiptMark } from './receipts.ts'
import { freeExcess } from './refunds.ts'
import { differencesOf, figuresOf, sameFigures } from './rules/reconcile.ts'
import { excessOf, freeOf, orderState, restOf } from './rules/settle.ts'
import { listBookingsByIds, listHandOvers, listToHandOver } from './booking-store.ts'
import { listDays, listOrdersOfDay } from './day-store.ts'
import { listDeliveries, listNoticesOfDay, listSuspense } from './notice-store.ts'
import { listReceipts, listReceiptsOfDay } from './receipt-store.ts'
import { listRefunds } from './refund-store.ts'
import { findAccount } from './settings-store.ts'
import type { AccountRow, HeldNotice, OrderRow, ReceiptRow, RefundRow } from './tables.ts'
import { bankOf, qrSvg, vietQr } from './vietqr.ts'

type Of = { agencyId: number; dossierId: string }
type Names = ReadonlyMap<number, string>

/** Money of the dossier's notices that neither its log took nor anybody gave back. */
export const surplusOf = (notices: readonly HeldNotice[]): number =>
  notices.reduce((sum, row) => sum + restOf(toCredit(row)), 0)

/** The text of the code that asks for what an order still has to bring; the account it was made with. */
export async function codeOf(
  context: PaymentContext,
  order: OrderRow,
  owed: number,
): Promise<{ text: string; account: AccountRow } | undefined> {
  const account = await withScope(context.db, { agencies: [order.agency_id] }, (tx) =>
    findAccount(tx, order.agency_id, order.account_version),
  )
  if (!account) return undefined
  const { bank_bin: bankBin, account_number: accountNumber } = account
  return { text: vietQr({ bankBin, accountNumber, amount: owed, purpose: order.reference }), account }
}

function viewOrder(row: OrderRow, { owed, notices }: Pick<Standing, 'owed' | 'notices'>, now: Instant): OrderView {
  const received = notices
    .filter(({ order_id: id, state }) => id === row.order_id && state === 'matched')
    .reduce((sum, { amount }) => sum + amount, 0)
  return {
    orderId: row.order_id,
    reference: row.reference,
    amount: row.amount,
    toPay: row.closed_at === null ? Math.max(0, row.amount - acceptedOf(notices, row)) : 0,
    state: orderState(
      { amount: row.amount, expiresAt: row.expires_at, closedWhy: row.closed_why },
      { owed, received, now },
    ),
    createdAt: row.created_at,
    expiresAt: row.expires_at,
  }
}

const viewReceipt = (row: ReceiptRow, names: Names): ReceiptView => ({
  year: row.year,
  number: row.number,
  mark: receiptMark(row),
  amount: row.amount,
  method: row.method,
  issuedAt: row.issued_at,
  issuedBy: row.issued_by === null ? null : (names.get(row.issued_by) ?? null),
  prints: row.printed,
  voided:
    row.voided_at === null
      ? null
      : {
          at: row.voided_at,
          by: row.voided_by === null ? null : (names.get(row.voided_by) ?? null),
          reason: row.void_reason ?? '',
        },
})

const nameOf = (names: Names, id: number | null): string | null => (id === null ? null : (names.get(id) ?? null))

export async function viewRefunds(
  context: PaymentContext,
  rows: readonly RefundRow[],
  { officerId, codes }: { officerId: number; codes: ReadonlyMap<string, string> },
): Promise<RefundView[]> {
  const ids = rows.flatMap(({ asked_by: a, decided_by: b, paid_by: c }) => [a, b, c]).filter((id) => id !== null)
  const names = await listOfficerNames(context.db, [...new Set(ids)])
  return rows.map((row) => ({
    refundId: row.refund_id,
    agencyId: row.agency_id,
    dossierId: row.dossier_id,
    code: row.dossier_id === null ? null : (codes.get(row.dossier_id) ?? null),
    kind: row.kind,
    way: row.way,
    amount: row.amount,
    reason: row.reason,
    askedBy: names.get(row.asked_by) ?? '',
    askedAt: row.asked_at,
    decidedBy: nameOf(names, row.decided_by),
    decidedAt: row.decided_at,
    decisionNote: row.decision_note,
    state: row.state,
    paidBy: nameOf(names, row.paid_by),
    paidAt: row.paid_at,
    voucher: row.voucher,
    failure: row.failure,
    isOwn: row.asked_by === officerId,
  }))
}

/** The fee of a dossier for the officers' panel; opens an order when money is owed. */
export async function viewPayment(
  context: PaymentContext,
  officerId: number,
  of: Of,
): Promise<PaymentView | undefined> {
  const standing = await ensureOrder(context, of, { by: officerId })
  if (!standing) return undefined
  const { agencyId, dossierId } = of
  const { opened, order, orders, owed, notices } = standing
  const { dossier } = opened
  const [receipts, refunds, gateway] = await Promise.all([
    withScope(context.db, { agencies: [agencyId] }, (tx) => listReceipts(tx, of)),
    withScope(context.db, { agencies: [agencyId] }, (tx) => listRefunds(tx, of)),
    findGateway(context, agencyId),
  ])
  const code = order && (await codeOf(context, order, owed))
  const officers = receipts.flatMap(({ issued_by: a, voided_by: b }) => [a, b]).filter((id) => id !== null)
  const names = await listOfficerNames(context.db, [...new Set(officers)])
  const now = context.clock()
  return {
    agencyId,
    dossierId,
    code: dossier.code,
    due: dossier.feeDue,
    paid: dossier.feePaid,
    refunded: dossier.feeRefunded,
    owed,
    surplus: surplusOf(notices),
    excess: excessOf(dossier),
    proposed: Math.max(0, freeExcess(opened, refunds)),
    collects: stillCollects(dossier),
    order: order && viewOrder(order, standing, now),
    orders: orders.map((row) => viewOrder(row, standing, now)),
    bank: code
      ? {
          bankName: bankOf(code.account.bank_bin)?.shortName ?? code.account.bank_bin,
          accountNumber: code.account.account_number,
          accountName: code.account.account_name,
        }
      : null,
    qr: code ? qrSvg(code.text) : null,
    path: paymentPath(context, of),
    receipts: receipts.map((row) => viewReceipt(row, names)),
    refunds: await viewRefunds(context, refunds, { officerId, codes: new Map([[dossierId, dossier.code]]) }),
    hasGateway: gateway !== undefined,
  }
}

// --- The day ---------------------------------------------------------------------------------------------------------

const momentsOf = (day: Day): { from: Instant; to: Instant } => ({
  from: instantAt(day, 0),
  to: instantAt(addDays(day, 1), 0),
})

const viewNotice = (
  { keys }: PaymentContext,
  row: HeldNotice,
  { codes, orders }: { codes: ReadonlyMap<string, string>; orders: ReadonlyMap<string, OrderRow> },
): NoticeView => {
  const order = row.order_id === null ? undefined : orders.get(row.order_id)
  return {
    noticeId: row.notice_id,
    transactionId: row.transaction_id,
    kind: row.kind,
    amount: row.amount,
    accepted: row.accepted,
    refunded: row.refunded,
    rest: row.kind === 'credit' ? freeOf(toCredit(row)) : 0,
    reserved: row.reserved,
    paidAt: row.paid_at,
    method: row.method,
    provider: row.provider,
    content: keys.decrypt(row.content),
    reference: row.reference,
    state: row.state,
    why: row.why,
    stuck: row.stuck,
    conflict: row.conflict,
    times: row.times,
    byWebhook: row.by_webhook_at !== null || row.by_query_at !== null,
    byStatement: row.by_statement_at !== null,
    late: order !== undefined && row.paid_at > order.expires_at,
    dossierId: row.dossier_id,
    code: row.dossier_id === null ? null : (codes.get(row.dossier_id) ?? null),
  }
}

/** The books of a day side by side, each with its rows. */
export async function viewDay(
  context: PaymentContext,
  { agencyId, day }: { agencyId: number; day: Day },
): Promise<DayView> {
  const of = { agencyId, ...momentsOf(day) }
  const scope = { agencies: [agencyId] }
  const found = await withScope(context.db, scope, async (tx) => {
    const [orders, notices, receipts, deliveries, days, log] = await Promise.all([
      listOrdersOfDay(tx, of),
      listNoticesOfDay(tx, of),
      listReceiptsOfDay(tx, of),
      listDeliveries(tx, of),
      listDays(tx, { agencyId, from: day, to: day }),
      listFeeEvents(tx, of),
    ])
    const bookings = await listBookingsByIds(
      tx,
      agencyId,
      log.map(({ command_id: id }) => id),
    )
    const codes = await codesOf(tx, agencyId, [
      ...orders.map(({ dossier_id: id }) => id),
      ...notices.flatMap(({ dossier_id: id }) => (id === null ? [] : [id])),
      ...receipts.map(({ dossier_id: id }) => id),
    ])
    return { orders, notices, receipts, deliveries, days, log, bookings, codes }
  })
  const { orders, notices, receipts, deliveries, days, log, codes } = found
  const known = new Set(found.bookings.filter(({ state }) => state === 'done').map(({ booking_id: id }) => id))
  // What was taken over from elsewhere has its papers there.
  const isKnown = (row: (typeof log)[number]) =>
    known.has(row.command_id) || row.source === 'import' || row.source === 'demo'
  const events = log.flatMap((row) => (row.type === 'paymentRequired' ? [] : [{ ...row, type: row.type }]))
  const officers = [
    ...events.map(({ officer_id: id }) => id),
    ...receipts.flatMap(({ issued_by: a, voided_by: b }) => [a, b]),
    ...deliveries.map(({ received_by: id }) => id),
    ...days.map(({ signed_by: id }) => id),
  ].filter((id) => id !== null)
  const names = await listOfficerNames(context.db, [...new Set(officers)])
  const hasStatement = notices.some(({ by_statement_at: at }) => at !== null)
  const figures = figuresOf({
    orders,
    notices: notices.map((row) => ({
      kind: row.kind,
      method: row.method,
      amount: row.amount,
      accepted: row.accepted,
      refunded: row.refunded,
      state: row.state,
      byWebhook: row.by_webhook_at !== null || row.by_query_at !== null,
      byStatement: row.by_statement_at !== null,
      conflict: row.conflict,
      stuck: row.stuck !== null,
    })),
    log: events.map((row) => ({ type: row.type, method: row.method, amount: row.amount, known: isKnown(row) })),
    receipts: receipts.map(({ amount, method, voided_at: at }) => ({ amount, method, voided: at !== null })),
    hasStatement,
  })
  const [signed] = days
  const orderOf = new Map(orders.map((row) => [row.order_id, row]))
  return {
    agencyId,
    day,
    figures,
    differences: differencesOf(figures),
    hasStatement,
    orders: orders.map((row) => ({
      orderId: row.order_id,
      reference: row.reference,
      amount: row.amount,
      createdAt: row.created_at,
      dossierId: row.dossier_id,
      code: codes.get(row.dossier_id) ?? '',
    })),
    notices: notices.map((row) => viewNotice(context, row, { codes, orders: orderOf })),
    log: events.map((row) => ({
      dossierId: row.dossier_id,
      code: row.code,
      type: row.type,
      method: row.method,
      amount: row.amount,
      receipt: row.receipt_number,
      at: row.occurred_at,
      officer: nameOf(names, row.officer_id),
      known: isKnown(row),
    })),
    receipts: receipts.map((row) => ({
      ...viewReceipt(row, names),
      dossierId: row.dossier_id,
      code: codes.get(row.dossier_id) ?? '',
    })),
    deliveries: deliveries.map((row) => ({
      at: row.received_at,
      provider: row.provider,
      source: row.source,
      fileName: row.file_name,
      outcome: row.outcome,
      transactions: row.transactions,
      known: row.known,
      conflicts: row.conflicts,
    })),
    signed: signed
      ? {
          at: signed.signed_at,
          by: names.get(signed.signed_by) ?? '',
          explanation: signed.explanation,
          stillTrue: sameFigures(signed.figures, figures),
        }
      : null,
  }
}

const DAYS = 14

/** The two weeks up to a day: what was collected and whether it was signed. */
export async function viewDays(
  context: PaymentContext,
  { agencyId, day: last }: { agencyId: number; day: Day },
): Promise<DaysView> {
  const first = addDays(last, 1 - DAYS)
  const found = await withScope(context.db, { agencies: [agencyId] }, async (tx) => ({
    log: await listFeeEvents(tx, { agencyId, from: momentsOf(first).from, to: momentsOf(last).to }),
    signed: await listDays(tx, { agencyId, from: first, to: last }),
  }))
  const signed = new Set(found.signed.map(({ day }) => day))
  const sums = new Map<Day, DaySum>()
  for (let day = first; day <= last; day = addDays(day, 1))
    sums.set(day, { day, cash: 0, transfer: 0, online: 0, isSigned: signed.has(day) })
  for (const { type, method, amount, occurred_at: at } of found.log) {
    const sum = sums.get(dayOf(at))
    if (sum && type === 'feeCollected') sum[method ?? 'cash'] += amount
  }
  return { items: [...sums.values()] }
}

/** Money that nobody knows the place of, or that is too much. */
export async function viewSuspense(context: PaymentContext, agencyId: number): Promise<NoticeView[]> {
  return withScope(context.db, { agencies: [agencyId] }, async (tx) => {
    const rows = await listSuspense(tx, agencyId)
    const codes = await codesOf(
      tx,
      agencyId,
      rows.flatMap(({ dossier_id: id }) => (id === null ? [] : [id])),
    )
    return rows.map((row) => viewNotice(context, row, { codes, orders: new Map() }))
  })
}

/** NĐ 118/2025/NĐ-CP, Điều 24: phí, lệ phí thu được nộp trong 08 giờ làm việc. */
const HAND_OVER_MINUTES = 8 * 60

export async function viewHandOver(context: PaymentContext, agencyId: number): Promise<HandOverView> {
  const { calendar } = await loadCalendar(context.db, agencyId)
  const found = await withScope(context.db, { agencies: [agencyId] }, async (tx) => {
    const [waiting, done] = await Promise.all([listToHandOver(tx, agencyId), listHandOvers(tx, agencyId)])
    const codes = await codesOf(
      tx,
      agencyId,
      waiting.map(({ dossier_id: id }) => id),
    )
    return { waiting, done, codes }
  })
  const names = await listOfficerNames(context.db, [...new Set(found.done.map(({ recorded_by: id }) => id))])
  const now = context.clock()
  return {
    waiting: found.waiting.map((row) => {
      const collectedAt = row.done_at ?? row.intended_at
      const dueAt = addWorkingMinutes(calendar, collectedAt, HAND_OVER_MINUTES)
      return {
        bookingId: row.booking_id,
        dossierId: row.dossier_id,
        code: found.codes.get(row.dossier_id) ?? '',
        amount: row.amount,
        method: row.method,
        collectedAt,
        dueAt,
        late: now > dueAt,
      }
    }),
    done: found.done.map((row) => ({
      handOverId: row.hand_over_id,
      voucher: row.voucher,
      amount: row.amount,
      bookings: row.bookings,
      handedAt: row.handed_at,
      by: names.get(row.recorded_by) ?? '',
    })),
  }
}

export const today = (context: PaymentContext): Day => dayOf(context.clock())
