import { listOverpaid, readDossier, type OpenedDossier } from '../../dossiers/index.ts'
import type { Actor } from '../../identity/index.ts'
import { withScope } from '../../platform/db.ts'
import type { Dong } from '../../platform/money.ts'
import { accept, refuse, type Result } from '../../platform/result.ts'
import { bookByOfficer, bookBySystem, settleDossier, type BookRefusal } from './books.ts'
import type { PaymentContext } from './context.ts'
import { findGateway, openGateway } from './gateway.ts'
import { judgeRefund, mostRefundable, underWay, type RefundAct } from './rules/refund.ts'
import { excessOf } from './rules/settle.ts'
import { listBookings } from './booking-store.ts'
import { findNotice, lockNotice } from './notice-store.ts'
import { findOrder } from './order-store.ts'
import { addRefund, addRefunded, findRefund, listRefunds, lockBooks, moveRefund } from './refund-store.ts'
import type { RefundRow } from './tables.ts'

type RefundRequest = {
  refundId: string
  agencyId: number
  /** Money that the log has collected, or what came too much or under no reference. */
  of: { dossierId: string } | { noticeId: string }
  way: RefundRow['way']
  amount: Dong
  reason: string
}

/** Asks for money to be given back. Nothing moves before somebody else has approved. */
export async function askRefund(
  context: PaymentContext,
  actor: Actor,
  { refundId, agencyId, of, way, amount, reason }: RefundRequest,
): Promise<Result<RefundRow, BookRefusal>> {
  const opened = 'dossierId' in of ? await readDossier(context, agencyId, of.dossierId) : undefined
  if ('dossierId' in of && !opened) return refuse({ code: 'not-found' })
  return withScope(context.db, { agencies: [agencyId] }, async (tx): Promise<Result<RefundRow, BookRefusal>> => {
    const key = 'dossierId' in of ? of.dossierId : of.noticeId
    await lockBooks(tx, agencyId, key)
    const before = await findRefund(tx, agencyId, refundId)
    if (before) return before.amount === amount ? accept(before) : refuse({ code: 'command-id-used' })
    const notice = 'noticeId' in of ? await findNotice(tx, agencyId, of.noticeId) : undefined
    if ('noticeId' in of && notice?.kind !== 'credit') return refuse({ code: 'not-found' })
    const others = await listRefunds(tx, 'dossierId' in of ? { agencyId, dossierId: key } : { agencyId, noticeId: key })
    const kind = 'dossierId' in of ? 'collected' : 'surplus'
    const isFree = notice && notice.state !== 'reversed' ? notice.amount - notice.accepted - notice.refunded : 0
    const held = opened ? opened.dossier.feePaid - opened.dossier.feeRefunded : isFree
    const most = mostRefundable(
      { held },
      others.filter((other) => other.kind === kind),
    )
    if (amount > most) return refuse({ code: 'refund-too-high', facts: { most: Math.max(0, most) } })
    const row: RefundRow = {
      of_excess: opened !== undefined && amount <= freeExcess(opened, others),
      agency_id: agencyId,
      refund_id: refundId,
      dossier_id: 'dossierId' in of ? of.dossierId : (notice?.dossier_id ?? null),
      notice_id: 'noticeId' in of ? of.noticeId : null,
      kind,
      way,
      amount,
      reason,
      asked_by: actor.officerId,
      asked_at: context.clock(),
      decided_by: null,
      decided_at: null,
      decision_note: null,
      state: 'asked',
      paid_by: null,
      paid_at: null,
      voucher: null,
      failure: null,
    }
    await addRefund(tx, row)
    return accept(row)
  })
}

/** What is too much and no refund under way gives back already. */
export const freeExcess = ({ dossier }: OpenedDossier, refunds: readonly RefundRow[]): Dong =>
  mostRefundable(
    { held: excessOf(dossier) },
    refunds.filter(({ kind }) => kind === 'collected'),
  )

/** Approves or rejects; nobody approves what they asked for. */
export async function decideRefund(
  context: PaymentContext,
  actor: Actor,
  { agencyId, refundId, act, note }: { agencyId: number; refundId: string; act: 'approve' | 'reject'; note: string },
): Promise<Result<RefundRow, BookRefusal>> {
  const decided = await withScope(
    context.db,
    { agencies: [agencyId] },
    async (tx): Promise<Result<RefundRow, BookRefusal>> => {
      const refund = await findRefund(tx, agencyId, refundId)
      if (!refund) return refuse({ code: 'not-found' })
      const judged = judge(refund, act, actor.officerId)
      if (!judged.ok) return judged
      // Whoever asked may take it back; that is no decision of a second person.
      const withdrawn = act === 'reject' && actor.officerId === refund.asked_by
      const change = {
        state: judged.value,
        decided_by: withdrawn ? null : actor.officerId,
        decided_at: context.clock(),
        decision_note: note || null,
      }
      if (!(await moveRefund(tx, refund, change))) return refuse({ code: 'refund-not-now' })
      return accept({ ...refund, ...change })
    },
  )
  // What the refund held may be owed by now.
  const dossierId = decided.ok && act === 'reject' ? decided.value.dossier_id : null
  if (dossierId !== null) await settleDossier(context, { agencyId, dossierId })
  return decided
}

const judge = (refund: RefundRow, act: RefundAct, officerId: number | null) =>
  judgeRefund({ state: refund.state, askedBy: refund.asked_by }, act, officerId)

/**
 * Pays an approved refund: cash and transfers by the officer's word and voucher, the gateway by its answer. It leaves
 * `approved` once, so that it is paid once; the log of the dossier is written by a booking with the refund's own id.
 */
export async function payRefund(
  context: PaymentContext,
  actor: Actor,
  { agencyId, refundId, voucher }: { agencyId: number; refundId: string; voucher: string },
): Promise<Result<RefundRow, BookRefusal>> {
  const stale = await excessGone(context, { agencyId, refundId })
  if (stale) return refuse({ code: 'refund-fee-rose' })
  const taken = await withScope(
    context.db,
    { agencies: [agencyId] },
    async (tx): Promise<Result<RefundRow, BookRefusal>> => {
      const refund = await findRefund(tx, agencyId, refundId)
      if (!refund) return refuse({ code: 'not-found' })
      // A crash cut it off: it goes on under its own number.
      if (refund.state === 'paying') return accept(refund)
      const judged = judge(refund, 'pay', actor.officerId)
      if (!judged.ok) return judged
      // Money that leaves by hand leaves on a voucher; the gateway numbers its own.
      if (refund.way !== 'gateway' && voucher.trim() === '') return refuse({ code: 'voucher-missing' })
      const change = {
        state: judged.value,
        paid_by: actor.officerId,
        voucher: voucher || null,
        failure: null,
      }
      return (await moveRefund(tx, refund, change))
        ? accept({ ...refund, ...change })
        : refuse({ code: 'refund-not-now' })
    },
  )
  if (!taken.ok) return taken
  return taken.value.way === 'gateway'
    ? carryOutAtGateway(context, taken.value)
    : settleRefund(context, taken.value, actor)
}

/** Whether the fee rose again, so that what was too much is owed now. */
async function excessGone(
  context: PaymentContext,
  { agencyId, refundId }: { agencyId: number; refundId: string },
): Promise<boolean> {
  const refund = await withScope(context.db, { agencies: [agencyId] }, (tx) => findRefund(tx, agencyId, refundId))
  const isAhead = refund?.state === 'approved' || refund?.state === 'failed'
  if (!refund?.of_excess || refund.dossier_id === null || !isAhead) return false
  const opened = await readDossier(context, agencyId, refund.dossier_id)
  return opened !== undefined && refund.amount > excessOf(opened.dossier)
}

/** Dossiers whose fee was lowered after it was paid, with what is to be proposed for giving back. */
export async function listProposed(
  context: PaymentContext,
  agencyId: number,
): Promise<{ opened: OpenedDossier; amount: Dong }[]> {
  const found = await withScope(context.db, { agencies: [agencyId] }, async (tx) => ({
    dossiers: await listOverpaid(tx, agencyId),
    refunds: await listRefunds(tx, { agencyId, states: underWay }),
  }))
  const proposed: { opened: OpenedDossier; amount: Dong }[] = []
  for (const dossierId of found.dossiers) {
    const opened = await readDossier(context, agencyId, dossierId)
    const amount = opened
      ? freeExcess(
          opened,
          found.refunds.filter(({ dossier_id: id }) => id === dossierId),
        )
      : 0
    if (opened && amount > 0) proposed.push({ opened, amount })
  }
  return proposed
}

/** Writes what was paid back into the books. */
async function settleRefund(
  context: PaymentContext,
  refund: RefundRow,
  actor: Actor | null,
): Promise<Result<RefundRow, BookRefusal>> {
  const { agency_id: agencyId, refund_id: refundId, dossier_id: dossierId, notice_id: noticeId, amount } = refund
  const scope = { agencies: [agencyId] }
  if (refund.kind === 'collected' && dossierId !== null) {
    const intent = {
      agencyId,
      dossierId,
      bookingId: refundId,
      kind: 'refund',
      method: methodOf[refund.way],
      amount,
      refundId,
    } as const
    const booked = actor ? await bookByOfficer(context, actor, intent) : await bookBySystem(context, intent)
    if (!booked.ok) {
      await withScope(context.db, scope, (tx) =>
        moveRefund(tx, refund, { state: 'failed', failure: booked.refusal.code }),
      )
      return booked
    }
  }
  return withScope(context.db, scope, async (tx): Promise<Result<RefundRow, BookRefusal>> => {
    if (refund.kind === 'surplus' && noticeId !== null) {
      const notice = await lockNotice(tx, agencyId, noticeId)
      const free = notice ? notice.amount - notice.accepted - notice.refunded : 0
      if (notice?.state === 'reversed' || amount > free) {
        await moveRefund(tx, refund, { state: 'failed', failure: 'refund-too-high' })
        return refuse({ code: 'refund-too-high', facts: { most: free } })
      }
    }
    const change = { state: 'paid', paid_at: context.clock() } as const
    if (!(await moveRefund(tx, refund, change))) return refuse({ code: 'refund-not-now' })
    if (refund.kind === 'surplus' && noticeId !== null) await addRefunded(tx, { agencyId, noticeId, amount })
    return accept({ ...refund, ...change })
  })
}

const methodOf = { cash: 'cash', transfer: 'transfer', gateway: 'online' } as const

/** Which payment at the gateway the money came by. */
async function paymentOf(context: PaymentContext, refund: RefundRow): Promise<string | undefined> {
  const { agency_id: agencyId, dossier_id: dossierId, notice_id: noticeId } = refund
  return withScope(context.db, { agencies: [agencyId] }, async (tx) => {
    const bookings = dossierId === null ? [] : await listBookings(tx, { agencyId, dossierId })
    const collected = bookings.findLast(
      ({ kind, state, method, notice_id: id }) =>
        kind === 'collect' && state === 'done' && method === 'online' && id !== null,
    )
    const id = noticeId ?? collected?.notice_id
    const notice = id ? await findNotice(tx, agencyId, id) : undefined
    const order = notice?.order_id ? await findOrder(tx, agencyId, notice.order_id) : undefined
    return notice?.method === 'online' ? notice.transaction_id : (order?.gateway_payment ?? undefined)
  })
}

async function carryOutAtGateway(context: PaymentContext, refund: RefundRow): Promise<Result<RefundRow, BookRefusal>> {
  const { agency_id: agencyId, refund_id: refundId, amount } = refund
  const provider = await findGateway(context, agencyId)
  const paymentId = await paymentOf(context, refund)
  const fail = async (code: string, failure: string): Promise<Result<RefundRow, BookRefusal>> => {
    await withScope(context.db, { agencies: [agencyId] }, (tx) => moveRefund(tx, refund, { state: 'failed', failure }))
    return refuse({ code })
  }
  if (!provider || !paymentId) return fail('refund-no-payment', 'refund-no-payment')
  // The same number there is one refund: after a broken line it is asked again, never paid twice.
  const answer = await openGateway(context, provider).refund({ paymentId, refundId, amount })
  if (!answer.ok || answer.value.state === 'pending') return accept(refund)
  if (answer.value.state === 'refused') return fail('refund-refused', answer.value.reason || 'refund-refused')
  return settleRefund(context, refund, null)
}

/** Goes on with refunds that the gateway has not answered, and with those that a crash cut off. */
export async function followRefunds(context: PaymentContext, agencyId: number): Promise<void> {
  const paying = await withScope(context.db, { agencies: [agencyId] }, (tx) =>
    listRefunds(tx, { agencyId, states: ['paying'] }),
  )
  for (const refund of paying) if (refund.way === 'gateway') await carryOutAtGateway(context, refund)
}
