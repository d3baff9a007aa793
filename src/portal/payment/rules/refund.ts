// Giving money back takes two people: one asks, another approves. NĐ 118/2025/NĐ-CP, Điều 21: phí, lệ phí đã nộp.
import type { Dong } from '../../../platform/money.ts'
import { accept, refuse, type Result } from '../../../platform/result.ts'

export type RefundState = 'asked' | 'approved' | 'rejected' | 'paying' | 'paid' | 'failed'
export type RefundAct = 'approve' | 'reject' | 'pay' | 'settle' | 'fail'

const acts: Readonly<Record<RefundState, readonly RefundAct[]>> = {
  asked: ['approve', 'reject'],
  approved: ['pay', 'reject'],
  // The gateway may refuse, and may be asked again under the same number.
  paying: ['settle', 'fail'],
  failed: ['pay', 'reject'],
  rejected: [],
  paid: [],
}

type RefundRefusal = { code: 'refund-not-now' | 'refund-own' | 'refund-too-high'; most?: Dong }

export function judgeRefund(
  refund: { state: RefundState; askedBy: number },
  act: RefundAct,
  officerId: number | null,
): Result<RefundState, RefundRefusal> {
  if (!acts[refund.state].includes(act)) return refuse({ code: 'refund-not-now' })
  if ((act === 'approve' || act === 'reject') && refund.state === 'asked' && officerId === refund.askedBy)
    return act === 'reject' ? accept('rejected') : refuse({ code: 'refund-own' })
  switch (act) {
    case 'approve':
      return accept('approved')
    case 'reject':
      return accept('rejected')
    case 'pay':
      return accept('paying')
    case 'settle':
      return accept('paid')
    case 'fail':
      return accept('failed')
  }
}

/** A refund that is decided or paid is done with; the others hold their money. */
export const underWay = ['asked', 'approved', 'paying', 'failed'] as const satisfies readonly RefundState[]

/** What may still be asked for, beside the refunds that are under way or done. */
export const mostRefundable = (
  { held }: { held: Dong },
  refunds: readonly { amount: Dong; state: RefundState }[],
): Dong =>
  held -
  refunds
    .filter(({ state }) => (underWay as readonly RefundState[]).includes(state))
    .reduce((sum, { amount }) => sum + amount, 0)
