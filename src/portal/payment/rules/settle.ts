// Which money belongs to what a dossier owes. Notices come in any order, twice or late, and people pay too little or too
// much: what follows looks only at what is there, so that the end is the same whichever way it came about.
import type { Instant } from '../../../platform/day.ts'
import type { Dong } from '../../../platform/money.ts'

/** One movement on the account that belongs to the dossier. */
export type Credit = {
  noticeId: string
  amount: Dong
  at: Instant
  method: 'transfer' | 'online'
  reversed: boolean
  /** How much of it the log of the dossier has taken. */
  accepted: Dong
  /** How much of the rest was given back. */
  refunded: Dong
  /** How much of the rest a refund under way is to give back: nobody else may use it. */
  reserved: Dong
  /** Why the log refused the last attempt; left to an officer. */
  stuck: string | null
}

export type Owing = {
  feeDue: Dong
  feePaid: Dong
  /** Whether the dossier still takes a fee: not after it ended. */
  collects: boolean
}

export type Step =
  | { kind: 'collect'; noticeId: string; amount: Dong; method: Credit['method'] }
  | { kind: 'reverse'; noticeId: string; amount: Dong; method: Credit['method'] }

/** What of a credit neither a dossier has taken nor anybody got back. */
export const restOf = ({ reversed, amount, accepted, refunded }: Credit): Dong =>
  reversed ? 0 : amount - accepted - refunded

/** What of the rest may still be used. */
export const freeOf = (credit: Credit): Dong => Math.max(0, restOf(credit) - credit.reserved)

/** What was paid beyond the fee of now, since the fee was lowered afterwards. */
export const excessOf = (fee: { feeDue: Dong; feePaid: Dong; feeRefunded: Dong }): Dong =>
  Math.max(0, fee.feePaid - fee.feeRefunded - fee.feeDue)

/** The next thing to write into the log, or undefined when the books are right. */
export function nextStep({ feeDue, feePaid, collects }: Owing, credits: readonly Credit[]): Step | undefined {
  const sorted = credits.toSorted((a, b) => (a.at === b.at ? compare(a.noticeId, b.noticeId) : compare(a.at, b.at)))
  const gone = sorted.find(({ reversed, accepted, stuck }) => reversed && accepted > 0 && stuck === null)
  if (gone) return { kind: 'reverse', noticeId: gone.noticeId, amount: gone.accepted, method: gone.method }
  const owed = feeDue - feePaid
  if (owed <= 0 || !collects) return undefined
  const next = sorted.find((credit) => freeOf(credit) > 0 && credit.stuck === null)
  return (
    next && {
      kind: 'collect',
      noticeId: next.noticeId,
      amount: Math.min(owed, freeOf(next)),
      method: next.method,
    }
  )
}

const compare = (a: string, b: string): number => (a < b ? -1 : Number(a > b))

export type OrderState = 'open' | 'partial' | 'paid' | 'expired' | 'replaced' | 'nothing-owed'

/** How an order stands: `received` is what its notices brought, `owed` what the dossier still owes. */
export function orderState(
  order: { amount: Dong; expiresAt: Instant; closedWhy: 'paid' | 'replaced' | 'expired' | 'nothing-owed' | null },
  { owed, received, now }: { owed: Dong; received: Dong; now: Instant },
): OrderState {
  if (order.closedWhy !== null) return order.closedWhy
  if (owed <= 0) return received > 0 ? 'paid' : 'nothing-owed'
  if (now > order.expiresAt) return 'expired'
  return received > 0 ? 'partial' : 'open'
}

/** Whether an open order still asks for the right sum, so that a person who has its code can use it. */
export const stillRight = (
  order: { amount: Dong; expiresAt: Instant },
  { owed, accepted, now }: { owed: Dong; accepted: Dong; now: Instant },
): boolean => now <= order.expiresAt && order.amount - accepted === owed
