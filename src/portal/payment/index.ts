import { withScope } from '../../platform/db.ts'
import { listCodedAgencyIds } from '../../staff/index.ts'
import type { PaymentContext } from './context.ts'
import { adoptCollections, useSurplus } from './books.ts'
import { askGateway } from './gateway.ts'
import { workPayments } from './notices.ts'
import { ensureOrder } from './orders.ts'
import { liveState } from './pay-page.ts'
import { paymentPath } from './path.ts'
import { followRefunds } from './refunds.ts'
import { listCollecting } from './settings-store.ts'

/** Front door of payments: what a dossier owes and how it is paid, and the books of it. */
export { keepDelivery, workPayments } from './notices.ts'
export { listPaid, takesPaymentsOnline } from './figures.ts'
export { ensureOrder } from './orders.ts'
export type { PaymentContext } from './context.ts'
export { paymentPath } from './path.ts'
export { paymentRoutes } from './routes.ts'
export { runPaymentSandbox } from './sandbox.ts'
export { addAccount, saveProvider } from './settings-store.ts'
export type { PaymentTables } from './tables.ts'

export type PaymentOf = {
  state: 'open' | 'partial' | 'paid' | 'none'
  /** What is still to be paid. */
  owed: number
  /** Whether it can be paid by transfer; otherwise only at the desk. */
  payable: boolean
  reference: string | null
  /** The page to pay on, below the public address. */
  path: string
}

/** What a dossier owes, for the tracking page; opens an order when there is none. Undefined for a dossier that is not there. */
export async function paymentOf(
  context: PaymentContext,
  of: { agencyId: number; dossierId: string },
): Promise<PaymentOf | undefined> {
  const standing = await ensureOrder(context, of)
  if (!standing) return undefined
  const { state, owed } = liveState(standing)
  const path = paymentPath(context, of)
  return { state, owed, payable: standing.order !== null, reference: standing.order?.reference ?? null, path }
}

/** The job: works on what was kept and not yet worked on, asks gateways about silent orders, goes on with refunds. */
export async function followPayments(context: PaymentContext): Promise<void> {
  const agencies = await listCodedAgencyIds(context.db)
  for (const agencyId of await withScope(context.db, { agencies }, (tx) => listCollecting(tx, agencies))) {
    await adoptCollections(context, agencyId)
    await workPayments(context, agencyId)
    await useSurplus(context, agencyId)
    await askGateway(context, agencyId)
    await followRefunds(context, agencyId)
  }
}
