import { createHmac } from 'node:crypto'
import { takeIn } from '../../dossiers/index.ts'
import { aCommune, anIntake, type Commune } from '../../dossiers/testing.ts'
import { withScope } from '../../platform/db.ts'
import type { PaymentContext } from './context.ts'
import { addAccount, saveProvider } from './settings-store.ts'

export const SECRET = 'khoa-bi-mat-cua-ngan-hang'
export const ACCOUNT = '113366668888'
/** A copy of an extract: it has a fee. */
const WITH_FEE = '2.000635'

/** A commune that collects by bank, for tests of this and later rooms. */
export async function aCollectingCommune(
  context: PaymentContext,
  named: { name?: string; code?: string } = {},
): Promise<Commune> {
  const commune = await aCommune(context, named)
  await collectsByBank(context, commune)
  return commune
}

async function collectsByBank(context: PaymentContext, { agencyId, admin }: Commune): Promise<void> {
  await withScope(context.db, { agencies: [agencyId] }, async (tx) => {
    await addAccount(tx, {
      agency_id: agencyId,
      bank_bin: '970415',
      account_number: ACCOUNT,
      account_name: 'UBND XA MAU',
      receipt_symbol: 'BL',
      order_days: 7,
      set_by: admin.officerId,
      set_at: context.clock(),
    })
    await saveProvider(tx, {
      agency_id: agencyId,
      provider: 'vietinbank',
      kind: 'bank',
      name: 'VietinBank',
      method: 'hmac-sha256',
      secret: context.keys.encrypt(SECRET),
      public_key: null,
      base_url: null,
      window_seconds: 300,
      enabled: true,
      changed_by: admin.officerId,
      changed_at: context.clock(),
    })
  })
}

/** A dossier with a fee, taken in at the counter; `copies` copies at 8,000 đồng. */
export async function aDossierWithFee(
  context: PaymentContext,
  commune: Commune,
  { copies = 1 } = {},
): Promise<{ agencyId: number; dossierId: string; code: string; fee: number }> {
  const outcome = await takeIn(
    context,
    { actor: commune.reception, source: 'officer' },
    anIntake(context, commune, {
      procedureCode: WITH_FEE,
      feeUnits: { copies, pages: 1, signatures: 1, contracts: 1 },
    }),
  )
  if (!outcome.ok) throw new Error(outcome.refusal.code)
  const { dossier, dossierId } = outcome.value
  return { agencyId: commune.agencyId, dossierId, code: dossier.code, fee: dossier.feeDue }
}

/** A notice as a bank sends it, signed at this moment. */
export function signedNotice(
  value: unknown,
  { now, secret = SECRET }: { now: string; secret?: string },
): { payload: string; headers: Record<string, string> } {
  const payload = typeof value === 'string' ? value : JSON.stringify(value)
  const timestamp = String(Math.floor(Date.parse(now) / 1000))
  const signature = createHmac('sha256', secret).update(`${timestamp}.${payload}`).digest('hex')
  return {
    payload,
    headers: {
      'content-type': 'application/json',
      'x-motcua-timestamp': timestamp,
      'x-motcua-signature': `sha256=${signature}`,
    },
  }
}

export const aMovement = (change: Record<string, unknown> = {}): Record<string, unknown> => ({
  id: 'FT0001',
  kind: 'credit',
  amount: 8000,
  currency: 'VND',
  account: ACCOUNT,
  content: '',
  paidAt: '2026-11-20T02:00:00+00:00',
  ...change,
})
