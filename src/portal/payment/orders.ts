import { randomBytes } from 'node:crypto'
import { readDossier, type OpenedDossier } from '../../dossiers/index.ts'
import { addDays, dayOf, instantAt } from '../../platform/day.ts'
import { withScope } from '../../platform/db.ts'
import { newId } from '../../platform/id.ts'
import { isUnsettled, settleDossier, stillCollects } from './books.ts'
import type { PaymentContext } from './context.ts'
import { referenceOf } from './rules/reference.ts'
import { stillRight } from './rules/settle.ts'
import { listEarlyNotices, listNoticesOfDossier, matchNotice } from './notice-store.ts'
import { addOrder, closeOrder, listOrders } from './order-store.ts'
import { findAccount } from './settings-store.ts'
import type { AccountRow, HeldNotice, NoticeRow, OrderRow } from './tables.ts'

/** How a dossier stands with its fee. */
export type Standing = {
  opened: OpenedDossier
  owed: number
  /** The order that is open now; null when nothing is owed or the authority has no account. */
  order: OrderRow | null
  account: AccountRow | null
  orders: OrderRow[]
  notices: HeldNotice[]
}

/** What of an order's money the log has taken. */
export const acceptedOf = (notices: readonly NoticeRow[], order: Pick<OrderRow, 'order_id'>): number =>
  notices.filter(({ order_id: id }) => id === order.order_id).reduce((sum, { accepted }) => sum + accepted, 0)

/**
 * The open order of a dossier, made when money is owed and none asks for the right sum: after a further demand, a part
 * paid in cash, an exemption or its last day a new one takes its place. The reference of an old one is still understood.
 */
export async function ensureOrder(
  context: PaymentContext,
  { agencyId, dossierId }: { agencyId: number; dossierId: string },
  { by = null, reference }: { by?: number | null; reference?: string } = {},
): Promise<Standing | undefined> {
  const opened = await readSettled(context, { agencyId, dossierId })
  if (!opened) return undefined
  const { dossier } = opened
  const owed = stillCollects(dossier) ? Math.max(0, dossier.feeDue - dossier.feePaid) : 0
  const now = context.clock()
  const standing = await withScope(context.db, { agencies: [agencyId] }, async (tx): Promise<Standing> => {
    const [account, orders, notices] = await Promise.all([
      findAccount(tx, agencyId),
      listOrders(tx, { agencyId, dossierId }),
      listNoticesOfDossier(tx, { agencyId, dossierId }),
    ])
    const base = { opened, owed, account: account ?? null, notices }
    const current = orders.find(({ closed_at: closed }) => closed === null)
    const asked = current && { amount: current.amount, expiresAt: current.expires_at }
    if (current && asked && stillRight(asked, { owed, accepted: acceptedOf(notices, current), now }))
      return { ...base, order: current, orders }
    if (current) {
      const ended = owed <= 0 ? 'nothing-owed' : 'replaced'
      const why = now > current.expires_at ? 'expired' : ended
      await closeOrder(tx, { agencyId, orderId: current.order_id, at: now, why })
    }
    if (owed <= 0 || !account) return { ...base, order: null, orders }
    const order: OrderRow = {
      agency_id: agencyId,
      order_id: newId(Date.parse(now)),
      dossier_id: dossierId,
      reference: reference ?? referenceOf(randomBytes(8)),
      amount: owed,
      account_version: account.version,
      created_at: now,
      created_by: by,
      // To the end of the day, as people read a date.
      expires_at: instantAt(addDays(dayOf(now), account.order_days + 1), 0),
      closed_at: null,
      closed_why: null,
      gateway: null,
      gateway_payment: null,
      gateway_asked_at: null,
    }
    if (await addOrder(tx, order)) return { ...base, order, orders: [order, ...orders] }
    // Two people opened the page in the same moment: the other one's order is as good.
    const again = await listOrders(tx, { agencyId, dossierId })
    return { ...base, order: again.find(({ closed_at: closed }) => closed === null) ?? null, orders: again }
  })
  if (standing.order && standing.order.created_at === now) await takeEarly(context, standing.order)
  return standing
}

/** The dossier as it stands after its log took what had come already: a fee may have risen after too much was paid. */
async function readSettled(
  context: PaymentContext,
  of: { agencyId: number; dossierId: string },
): Promise<OpenedDossier | undefined> {
  const opened = await readDossier(context, of.agencyId, of.dossierId)
  if (!opened) return undefined
  const notices = await withScope(context.db, { agencies: [of.agencyId] }, (tx) => listNoticesOfDossier(tx, of))
  if (!isUnsettled(opened, notices)) return opened
  await settleDossier(context, of)
  return readDossier(context, of.agencyId, of.dossierId)
}

/** Money that arrived under this reference before the order was here, e.g. after a restored backup. */
async function takeEarly(context: PaymentContext, order: OrderRow): Promise<void> {
  const { agency_id: agencyId, order_id: orderId, dossier_id: dossierId, reference } = order
  const taken = await withScope(context.db, { agencies: [agencyId] }, async (tx) => {
    const early = await listEarlyNotices(tx, agencyId, reference)
    for (const { notice_id: noticeId } of early)
      await matchNotice(tx, {
        agencyId,
        noticeId,
        order: { orderId, dossierId },
        by: null,
        at: context.clock(),
        reason: null,
      })
    return early.length
  })
  if (taken > 0) await settleDossier(context, { agencyId, dossierId })
}
