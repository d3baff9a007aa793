import { listFeeEvents, type DossierTables } from '../../dossiers/index.ts'
import { addDays, instantAt, type Day, type Instant } from '../../platform/day.ts'
import { withScope, type Db } from '../../platform/db.ts'
import { paidDossiers, type PaidDossier } from './rules/figures.ts'
import { findAccountBefore } from './settings-store.ts'
import type { PaymentTables } from './tables.ts'

export type PaymentQuestion = { agencies: readonly number[]; from: Day; to: Day; knownAt: Instant | null }

/** The moment from which nothing counts: the end of the last day, or just after the one at which the report was read. */
const endOf = ({ to, knownAt }: Pick<PaymentQuestion, 'to' | 'knownAt'>): Instant => {
  const end = instantAt(addDays(to, 1), 0)
  const read = knownAt === null ? end : new Date(Date.parse(knownAt) + 1).toISOString()
  return read < end ? read : end
}

/**
 * Biểu mẫu 7, 6.8.2: whether fees of this authority could be paid online at the end of the period, i.e. it has an account
 * to which the VietQR code of each dossier leads. A bank account of a predecessor is not its successor's.
 */
export const takesPaymentsOnline = <Tables>(
  db: Db<Tables>,
  { agencyId, ...time }: { agencyId: number } & Pick<PaymentQuestion, 'to' | 'knownAt'>,
): Promise<boolean> =>
  withScope(db as unknown as Db<PaymentTables>, { agencies: [agencyId] }, async (tx) =>
    Boolean(await findAccountBefore(tx, agencyId, endOf(time))),
  )

/** Dossiers whose fee was paid in the period, as their logs say, and which of them online. */
export async function listPaid<Tables>(
  db: Db<Tables>,
  { agencies, from, ...time }: PaymentQuestion,
): Promise<PaidDossier[]> {
  const range = { from: instantAt(from, 0), to: endOf(time) }
  return withScope(db as unknown as Db<DossierTables>, { agencies }, async (tx) => {
    const found: PaidDossier[] = []
    for (const agencyId of agencies) found.push(...paidDossiers(await listFeeEvents(tx, { agencyId, ...range })))
    return found
  })
}
