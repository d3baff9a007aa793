import { createHash } from 'node:crypto'
import {
  give,
  listFeeEvents,
  listOwing,
  readDossier,
  type Dossier,
  type Giver,
  type OpenedDossier,
} from '../../dossiers/index.ts'
import { addMinutes } from '../../platform/day.ts'
import type { Actor } from '../../identity/index.ts'
import { withScope } from '../../platform/db.ts'
import { newId } from '../../platform/id.ts'
import { writeSum, type Dong } from '../../platform/money.ts'
import { accept, refuse, type Result } from '../../platform/result.ts'
import { tellSubmitter, type NoticeLanguage } from '../notices/index.ts'
import type { PaymentContext } from './context.ts'
import { paymentPath } from './path.ts'
import { issueReceipt, receiptMark } from './receipts.ts'
import { nextStep, type Credit } from './rules/settle.ts'
import {
  changeAccepted,
  endBooking,
  findBooking,
  findIntended,
  intendBooking,
  listBookingsByIds,
  listCollectionsOf,
} from './booking-store.ts'
import { listNoticesOfDossier, listWithSurplus, noteSettled } from './notice-store.ts'
import { closeOrder, listOrders } from './order-store.ts'
import { findReceiptOf, voidReceipt } from './receipt-store.ts'
import type { BookingRow, HeldNotice, Method } from './tables.ts'
import { vi } from './text.vi.ts'

type Of = { agencyId: number; dossierId: string }

const SYSTEM: Giver = { actor: null, source: 'system' }

/** The states in which a dossier takes a fee; after its end money that comes is given back. */
const collecting = new Set<Dossier['status']>([
  'lodged',
  'supplementAtIntake',
  'received',
  'processing',
  'awaitingSupplement',
  'awaitingPayment',
  'resultSigned',
])
export const stillCollects = ({ status }: Pick<Dossier, 'status'>): boolean => collecting.has(status)

export const toCredit = (row: HeldNotice): Credit => ({
  noticeId: row.notice_id,
  amount: row.amount,
  at: row.paid_at,
  method: row.method,
  reversed: row.state === 'reversed',
  accepted: row.accepted,
  refunded: row.refunded,
  reserved: row.reserved,
  stuck: row.stuck,
})

/** Of one dossier one at a time in this process; between processes the log and the keys of the tables decide. */
const turns = new Map<string, Promise<unknown>>()
async function inTurn<Value>(key: string, work: () => Promise<Value>): Promise<Value> {
  const before = turns.get(key) ?? Promise.resolve()
  const mine = before.then(work, work)
  turns.set(key, mine)
  try {
    return await mine
  } finally {
    if (turns.get(key) === mine) turns.delete(key)
  }
}

/**
 * Brings the log of a dossier to what its notices say: one booking after the other, each announced before it is given
 * to the log and ended after, so that a crash anywhere between is made good by running this again. Returns whether
 * anything is settled now.
 */
export const settleDossier = (context: PaymentContext, of: Of): Promise<boolean> =>
  inTurn(`${of.agencyId}/${of.dossierId}`, () => settle(context, of))

async function settle(context: PaymentContext, { agencyId, dossierId }: Of): Promise<boolean> {
  const scope = { agencies: [agencyId] }
  const of = { agencyId, dossierId }
  for (let round = 0; round < 200; round++) {
    const opened = await readDossier(context, agencyId, dossierId)
    if (!opened) throw new Error('a payment belongs to a dossier that is not there')
    const found = await withScope(context.db, scope, async (tx) => {
      const [intended, notices] = await Promise.all([findIntended(tx, of), listNoticesOfDossier(tx, of)])
      return { intended, notices }
    })
    if (found.intended) {
      if (!(await finish(context, opened, found.intended))) return false
      continue
    }
    const { feeDue, feePaid } = opened.dossier
    const step = nextStep({ feeDue, feePaid, collects: stillCollects(opened.dossier) }, found.notices.map(toCredit))
    if (!step) {
      await settleState(context, opened)
      const ids = found.notices.map(({ notice_id: id }) => id)
      await withScope(context.db, scope, (tx) => noteSettled(tx, { agencyId, noticeIds: ids, at: context.clock() }))
      return true
    }
    const booking = await announce(context, opened, {
      kind: step.kind,
      method: step.method,
      amount: step.amount,
      noticeId: step.noticeId,
      officerId: null,
    })
    if (booking) await finish(context, opened, booking)
  }
  throw new Error('the books of a dossier do not come to an end')
}

/** Whether the log still has something to take of the notices, e.g. since the fee was raised after too much was paid. */
export const isUnsettled = ({ dossier }: OpenedDossier, notices: readonly HeldNotice[]): boolean => {
  const { feeDue, feePaid } = dossier
  return nextStep({ feeDue, feePaid, collects: stillCollects(dossier) }, notices.map(toCredit)) !== undefined
}

/** Fees that rose after too much was paid take from it, also where nobody opens the dossier. */
export async function useSurplus(context: PaymentContext, agencyId: number): Promise<void> {
  const dossiers = await withScope(context.db, { agencies: [agencyId] }, async (tx) =>
    listOwing(tx, agencyId, await listWithSurplus(tx, agencyId)),
  )
  for (const dossierId of dossiers) await settleDossier(context, { agencyId, dossierId })
}

type Intent = {
  bookingId?: string
  kind: BookingRow['kind']
  method: Method
  amount: Dong
  noticeId?: string
  refundId?: string
  officerId: number | null
}

/** Writes down what is meant to be done, with the receipt that goes with it; undefined while another is under way. */
async function announce(
  context: PaymentContext,
  opened: OpenedDossier,
  { bookingId = newId(), kind, method, amount, noticeId, refundId, officerId }: Intent,
): Promise<BookingRow | undefined> {
  const { agencyId, dossierId } = opened
  const booking: BookingRow = {
    agency_id: agencyId,
    booking_id: bookingId,
    dossier_id: dossierId,
    kind,
    method,
    amount,
    notice_id: noticeId ?? null,
    refund_id: refundId ?? null,
    officer_id: officerId,
    state: 'intended',
    refusal: null,
    intended_at: context.clock(),
    done_at: null,
    hand_over_id: null,
  }
  return withScope(context.db, { agencies: [agencyId] }, async (tx) => {
    if (!(await intendBooking(tx, booking))) return undefined
    if (kind === 'collect') await issueReceipt(context, tx, opened, booking)
    return booking
  })
}

/** Gives the announced booking to the log and writes down what became of it; false when it has to wait. */
async function finish(
  context: PaymentContext,
  opened: OpenedDossier,
  booking: BookingRow,
  actor: Actor | null = null,
): Promise<boolean> {
  const { agency_id: agencyId, booking_id: bookingId, dossier_id: dossierId } = booking
  const given = opened.events.some(({ command_id: id }) => id === bookingId)
  let refusal: string | null = null
  if (!given) {
    // What an officer meant to do is done by that officer's own request; after a crash it was not done.
    if (booking.officer_id !== null && actor === null) {
      if (Date.parse(context.clock()) - Date.parse(booking.intended_at) < INTERRUPTED) return false
      refusal = 'interrupted'
    } else {
      const outcome = await give(context, actor === null ? SYSTEM : { actor, source: 'officer' }, {
        agencyId,
        dossierId,
        body: { commandId: bookingId, version: null, command: await commandOf(context, booking) },
      })
      if (!outcome.ok) refusal = outcome.refusal.code
    }
  }
  const now = context.clock()
  await withScope(context.db, { agencies: [agencyId] }, async (tx) => {
    const state = refusal === null ? 'done' : 'refused'
    if (!(await endBooking(tx, booking, { state, refusal, done_at: now }))) return
    const noticeId = booking.notice_id
    if (booking.kind === 'collect') {
      if (noticeId !== null) {
        const by = refusal === null ? booking.amount : 0
        // Somebody paid at the desk meanwhile, or the dossier ended: that is no fault, the next look sees it.
        await changeAccepted(tx, { agencyId, noticeId, by, stuck: passing.has(refusal ?? '') ? null : refusal })
      }
      if (refusal !== null)
        await voidReceipt(tx, { agencyId, bookingId, by: null, at: now, reason: vi.receipt.notCollected })
    }
    if (booking.kind === 'reverse' && noticeId !== null) {
      await changeAccepted(tx, { agencyId, noticeId, by: refusal === null ? -booking.amount : 0, stuck: refusal })
      if (refusal === null)
        for (const { booking_id: id } of await listCollectionsOf(tx, agencyId, noticeId))
          await voidReceipt(tx, { agencyId, bookingId: id, by: null, at: now, reason: vi.receipt.reversed })
    }
    if (refusal === null) await tellPayer({ ...context, db: tx }, opened, booking)
  })
  return true
}

/** Who stands at the desk has the paper in hand; whoever paid or is paid from afar gets word. */
async function tellPayer(
  into: Parameters<typeof tellSubmitter>[0],
  opened: OpenedDossier,
  { booking_id: bookingId, kind, method, amount }: BookingRow,
): Promise<void> {
  if (method === 'cash' || kind === 'reverse') return
  const { code } = opened.dossier
  const dedupeKey = `payment/${bookingId}`
  if (kind === 'refund') {
    const factsIn = (language: NoticeLanguage) => ({ code, amount: writeSum(amount, language) })
    return tellSubmitter(into, opened, { template: 'payment-refunded', dedupeKey, factsIn })
  }
  const receiptLink = paymentPath(into, opened)
  const factsIn = (language: NoticeLanguage) => ({ code, amount: writeSum(amount, language), receiptLink })
  return tellSubmitter(into, opened, { template: 'payment-received', dedupeKey, factsIn })
}

const INTERRUPTED = 60_000
const passing = new Set(['', 'nothing-to-pay', 'amount-too-high', 'not-allowed-now'])

async function commandOf(
  context: PaymentContext,
  booking: BookingRow,
): Promise<Parameters<typeof give>[2]['body']['command']> {
  const { agency_id: agencyId, amount, method } = booking
  if (booking.kind === 'reverse') return { type: 'reverseFee', amount, details: { reason: vi.bookings.reversed } }
  if (booking.kind === 'refund') return { type: 'refundFee', amount, details: { reason: vi.bookings.refunded } }
  const receipt = await withScope(context.db, { agencies: [agencyId] }, (tx) =>
    findReceiptOf(tx, agencyId, booking.booking_id),
  )
  return { type: 'collectFee', method, receiptNumber: receipt ? receiptMark(receipt) : null, amount }
}

/** After the fee is whole the dossier goes on, and orders that have no object any more are closed. */
async function settleState(context: PaymentContext, { agencyId, dossierId, dossier }: OpenedDossier): Promise<void> {
  const owed = dossier.feeDue - dossier.feePaid
  if (dossier.status === 'awaitingPayment' && owed <= 0) {
    // The same wait is ended by the same command, however often this runs.
    const commandId = idOf(`confirm/${agencyId}/${dossierId}/${dossier.pausedSince ?? ''}/${dossier.version}`)
    const outcome = await give(context, SYSTEM, {
      agencyId,
      dossierId,
      body: { commandId, version: dossier.version, command: { type: 'confirmPayment' } },
    })
    if (!outcome.ok && outcome.refusal.code !== 'changed-meanwhile' && outcome.refusal.code !== 'not-allowed-now')
      context.log.warn({ what: 'payment-not-confirmed', code: outcome.refusal.code })
  }
  if (owed > 0 && stillCollects(dossier)) return
  await withScope(context.db, { agencies: [agencyId] }, async (tx) => {
    const orders = await listOrders(tx, { agencyId, dossierId })
    for (const { order_id: orderId, closed_at: closed } of orders)
      if (closed === null)
        await closeOrder(tx, {
          agencyId,
          orderId,
          at: context.clock(),
          why: owed <= 0 && dossier.feePaid > 0 ? 'paid' : 'nothing-owed',
        })
  })
}

/** A UUID that says the same for the same text. */
function idOf(text: string): string {
  const hash = createHash('sha256').update(text).digest('hex')
  return `${hash.slice(0, 8)}-${hash.slice(8, 12)}-8${hash.slice(13, 16)}-8${hash.slice(17, 20)}-${hash.slice(20, 32)}`
}

// --- What officers do ------------------------------------------------------------------------------------------------

export type BookRefusal = { code: string; facts?: Readonly<Record<string, string | number>> }

/** An officer's own booking: cash at the desk, or a refund that was approved. Happens once for one id. */
export const bookByOfficer = (
  context: PaymentContext,
  actor: Actor,
  { agencyId, dossierId, ...intent }: Of & Omit<Intent, 'officerId'> & { bookingId: string },
): Promise<Result<BookingRow, BookRefusal>> =>
  inTurn(`${agencyId}/${dossierId}`, async () => {
    const scope = { agencies: [agencyId] }
    const opened = await readDossier(context, agencyId, dossierId)
    if (!opened) return refuse({ code: 'not-found' })
    const { dossier } = opened
    const before = await withScope(context.db, scope, (tx) => findBooking(tx, agencyId, intent.bookingId))
    if (before && (before.dossier_id !== dossierId || before.kind !== intent.kind || before.amount !== intent.amount))
      return refuse({ code: 'command-id-used' })
    if (before?.state === 'done') return accept(before)
    if (before?.state === 'refused') return refuse({ code: before.refusal ?? 'not-allowed-now' })
    if (!before) {
      // Looked at before a number of the receipts is taken; the log judges again.
      if (intent.kind === 'collect' && !stillCollects(dossier)) return refuse({ code: 'not-allowed-now' })
      const most = dossier.feeDue - dossier.feePaid
      if (intent.kind === 'collect' && most <= 0) return refuse({ code: 'nothing-to-pay' })
      if (intent.kind === 'collect' && intent.amount > most) return refuse({ code: 'amount-too-high', facts: { most } })
    }
    const booking = before ?? (await announce(context, opened, { ...intent, officerId: actor.officerId }))
    if (!booking) return refuse({ code: 'booking-under-way' })
    await finish(context, opened, booking, actor)
    const after = await withScope(context.db, scope, (tx) => findBooking(tx, agencyId, intent.bookingId))
    if (!after || after.state !== 'done') return refuse({ code: after?.refusal ?? 'booking-under-way' })
    await settle(context, { agencyId, dossierId })
    return accept(after)
  })

/**
 * Collections that an officer wrote into the log by hand, on the page of the dossier: they belong to the books as well, to
 * the hours within which they are handed over, and have a receipt unless one of paper was named.
 */
export async function adoptCollections(context: PaymentContext, agencyId: number): Promise<void> {
  const scope = { agencies: [agencyId] }
  const now = context.clock()
  const { found, known } = await withScope(context.db, scope, async (tx) => {
    const events = await listFeeEvents(tx, { agencyId, from: addMinutes(now, -LOOK_BACK), to: addMinutes(now, 1) })
    const byHand = events.filter(({ type, source }) => type === 'feeCollected' && source === 'officer')
    const bookings = await listBookingsByIds(
      tx,
      agencyId,
      byHand.map(({ command_id: id }) => id),
    )
    return { found: byHand, known: new Set(bookings.map(({ booking_id: id }) => id)) }
  })
  for (const event of found) {
    if (known.has(event.command_id)) continue
    const opened = await readDossier(context, agencyId, event.dossier_id)
    if (!opened) continue
    const booking: BookingRow = {
      agency_id: agencyId,
      booking_id: event.command_id,
      dossier_id: event.dossier_id,
      kind: 'collect',
      method: event.method ?? 'cash',
      amount: event.amount,
      notice_id: null,
      refund_id: null,
      officer_id: event.officer_id,
      state: 'done',
      refusal: null,
      intended_at: event.occurred_at,
      done_at: event.occurred_at,
      hand_over_id: null,
    }
    await withScope(context.db, scope, async (tx) => {
      if ((await intendBooking(tx, booking)) && event.receipt_number === null)
        await issueReceipt(context, tx, opened, { ...booking, intended_at: now })
    })
  }
}

const LOOK_BACK = 7 * 24 * 60

/** A refund that the gateway carried out. */
export const bookBySystem = (
  context: PaymentContext,
  { agencyId, dossierId, ...intent }: Of & Omit<Intent, 'officerId'> & { bookingId: string },
): Promise<Result<BookingRow, BookRefusal>> =>
  inTurn(`${agencyId}/${dossierId}`, async () => {
    const opened = await readDossier(context, agencyId, dossierId)
    if (!opened) return refuse({ code: 'not-found' })
    const scope = { agencies: [agencyId] }
    const before = await withScope(context.db, scope, (tx) => findBooking(tx, agencyId, intent.bookingId))
    const booking = before ?? (await announce(context, opened, { ...intent, officerId: null }))
    if (!booking) return refuse({ code: 'booking-under-way' })
    if (booking.state === 'intended') await finish(context, opened, booking)
    const after = await withScope(context.db, scope, (tx) => findBooking(tx, agencyId, intent.bookingId))
    return after?.state === 'done' ? accept(after) : refuse({ code: after?.refusal ?? 'booking-under-way' })
  })
