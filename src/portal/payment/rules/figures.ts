// Thanh toán trực tuyến: hồ sơ nộp phí, lệ phí qua mã VietQR hoặc cổng thanh toán trên tổng số hồ sơ đã nộp trong kỳ.
// QĐ 766/QĐ-TTg, nhóm chỉ số thanh toán trực tuyến; CV 725/BNV-CCHC, Biểu mẫu 7, dòng 6.8.
import { dayOf, type Day } from '../../../platform/day.ts'
import type { FeeEvent } from '../../../dossiers/index.ts'

export type PaidDossier = { dossierId: string; code: string; paidOn: Day; amount: number; isOnline: boolean }

type Told = Pick<FeeEvent, 'dossier_id' | 'code' | 'type' | 'amount' | 'method' | 'occurred_at'>

/** One line for each dossier that paid something which the bank did not take back; in the order of the first payment. */
export function paidDossiers(events: readonly Told[]): PaidDossier[] {
  const byDossier = new Map<string, { first: Told; cash: number; online: number }>()
  for (const event of events) {
    const at = byDossier.get(event.dossier_id) ?? { first: event, cash: 0, online: 0 }
    // Only what came by bank can be taken back by the bank.
    if (event.type === 'feeReversed') at.online -= event.amount
    if (event.type === 'feeCollected' && event.method === 'cash') at.cash += event.amount
    if (event.type === 'feeCollected' && event.method !== 'cash') at.online += event.amount
    if (event.type === 'feeCollected' || event.type === 'feeReversed') byDossier.set(event.dossier_id, at)
  }
  return [...byDossier.values()].flatMap(({ first, cash, online }) => {
    const amount = cash + Math.max(0, online)
    if (amount <= 0) return []
    const { dossier_id: dossierId, code, occurred_at: at } = first
    return [{ dossierId, code, paidOn: dayOf(at), amount, isOnline: online > 0 }]
  })
}
