import { sql } from 'kysely'
import {
  addAccount,
  ensureOrder,
  keepDelivery,
  saveProvider,
  workPayments,
  type PaymentContext,
} from '../src/portal/payment/index.ts'
import { addMinutes } from '../src/platform/day.ts'
import { withScope } from '../src/platform/db.ts'
import type { DemoContext, Town } from './town.ts'

export const ACCOUNT = '113366668888'
export const PROVIDER = 'vietinbank'
/** Of the sandbox only: `motcua payment-sandbox 8090 <this>` can send notices to a demo. */
export const SECRET = 'dung-thu-khong-phai-khoa-that'

/** The commune collects by bank, and a morning of its account: paid, paid in part, twice, and under no reference. */
export async function playPayments(given: DemoContext, { agencyId, at }: Town): Promise<void> {
  const context = given as unknown as PaymentContext
  const officerId = at('one-stop')[0]?.officerId ?? 1
  const now = context.clock()
  const scope = { agencies: [agencyId] }
  const owing = await withScope(context.db, scope, async (tx) => {
    await addAccount(tx, {
      agency_id: agencyId,
      bank_bin: '970415',
      account_number: ACCOUNT,
      account_name: 'UBND XA HAI HUNG (DUNG THU)',
      receipt_symbol: 'BL',
      order_days: 7,
      set_by: officerId,
      set_at: now,
    })
    await saveProvider(tx, {
      agency_id: agencyId,
      provider: PROVIDER,
      kind: 'bank',
      name: 'VietinBank (dùng thử)',
      method: 'hmac-sha256',
      secret: context.keys.encrypt(SECRET),
      public_key: null,
      base_url: null,
      window_seconds: 300,
      enabled: true,
      changed_by: officerId,
      changed_at: now,
    })
    const { rows } = await sql<{ dossierId: string; owed: number }>`
      select dossier_id as "dossierId", fee_due - fee_paid as owed from dossiers.dossier
      where agency_id = ${agencyId} and fee_due > fee_paid and finished_at is null
      order by received_at desc nulls last, dossier_id limit 5`.execute(tx)
    return rows
  })
  const movements: Record<string, unknown>[] = []
  const tell = (amount: number, content: string, minutes: number) =>
    movements.push({
      id: `FT${agencyId}${String(movements.length + 1).padStart(6, '0')}`,
      kind: 'credit',
      amount,
      currency: 'VND',
      account: ACCOUNT,
      content,
      paidAt: addMinutes(now, -minutes),
    })
  const shares = [1, 0.5, 2, 1]
  for (const [index, { dossierId, owed }] of owing.entries()) {
    const standing = await ensureOrder(context, { agencyId, dossierId })
    const share = shares[index]
    if (standing?.order && share !== undefined)
      tell(
        Math.max(1000, Math.round(owed * share)),
        `MBVCB.${4000 + index}.${standing.order.reference}.CT tu 0011`,
        60 - 10 * index,
      )
  }
  tell(20_000, 'NOP TIEN HO SO HO TICH', 15)
  const body = JSON.stringify({ transactions: movements })
  await keepDelivery(context, { agencyId, provider: PROVIDER, source: 'webhook', body })
  await workPayments(context, agencyId)
}
