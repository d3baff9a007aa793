import type { RefundView } from '../contract.ts'

export type RefundStep = {
  what: 'asked' | 'approved' | 'rejected' | 'takenBack' | 'paid' | 'failed'
  by: string | null
  at: string | null
  /** Why it was decided so, the number of the voucher, or what stood in the way. */
  note: string | null
}

type Told = Pick<
  RefundView,
  | 'state'
  | 'askedBy'
  | 'askedAt'
  | 'decidedBy'
  | 'decidedAt'
  | 'decisionNote'
  | 'paidBy'
  | 'paidAt'
  | 'voucher'
  | 'failure'
>

const notPaidYet: readonly RefundView['state'][] = ['asked', 'approved', 'failed']

/** Who asked takes it back until it is paid, so that the money can be asked for another way. */
export const mayTakeBack = ({ isOwn, state }: Pick<RefundView, 'isOwn' | 'state'>): boolean =>
  isOwn && notPaidYet.includes(state)

/** Who did what to a refund, in the order in which it happened. */
export function stepsOf(row: Told): RefundStep[] {
  const steps: RefundStep[] = [{ what: 'asked', by: row.askedBy, at: row.askedAt, note: null }]
  const { decidedBy, decidedAt } = row
  if (decidedAt !== null) {
    // Taking it back is no decision of a second person.
    const against = decidedBy === null ? 'takenBack' : 'rejected'
    const what = row.state === 'rejected' ? against : 'approved'
    steps.push({ what, by: decidedBy ?? row.askedBy, at: decidedAt, note: row.decisionNote })
  }
  if (row.state === 'paid') steps.push({ what: 'paid', by: row.paidBy, at: row.paidAt, note: row.voucher })
  if (row.state === 'failed') steps.push({ what: 'failed', by: row.paidBy, at: null, note: row.failure })
  return steps
}
