import { feeKey, setFeeAmount, versionOn } from '../src/catalogue/index.ts'
import type { Day } from '../src/platform/day.ts'
import type { DossierContext } from '../src/dossiers/index.ts'

/**
 * Amounts that a provincial council sets. These are examples, near to what such resolutions say, and marked as what they
 * are wherever their basis is shown: the real ones are entered by the authority.
 */
const basis = 'Mức minh họa của bản dùng thử, không phải mức thu của thành phố Hải Phòng'

const amounts: Readonly<Record<string, { charge: number; fee?: number }>> = {
  '1.001612': { charge: 100_000 },
  '2.000575': { charge: 20_000 },
  '2.000720': { charge: 20_000 },
  '1.013225': { charge: 75_000 },
  '1.013227': { charge: 15_000 },
  '1.013228': { charge: 15_000 },
  '1.013978': { charge: 25_000, fee: 200_000 },
}

/** So that fees are collected in the demo where the law leaves their amount to the province. */
export async function setExampleFees(
  { db }: Pick<DossierContext, 'db'>,
  { agencyId, from, today }: { agencyId: number; from: Day; today: Day },
): Promise<void> {
  for (const [code, { charge, fee = charge }] of Object.entries(amounts)) {
    const stored = await versionOn(db, code, today)
    for (const { key, fees } of stored?.version.cases ?? [])
      for (const rule of fees) {
        if (rule.setBy !== 'province' || rule.amount !== 0) continue
        const amount = rule.kind === 'fee' ? fee : charge
        const set = await setFeeAmount(db, {
          agencyId,
          code,
          feeKey: feeKey(key, rule),
          validFrom: from,
          amount,
          basis,
        })
        if (!set.ok) throw new Error(`demo: fee of ${code}: ${set.refusal.code}`)
      }
  }
}
