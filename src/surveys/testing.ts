import { randomUUID } from 'node:crypto'
import { give, takeIn, type DossierContext } from '../dossiers/index.ts'
import { anIntake, aPerson, type Commune } from '../dossiers/testing.ts'
import type { Actor } from '../identity/index.ts'
import { createCampaign, openUrns, stepCampaign, type SurveyContext } from './commands.ts'
import type { CampaignEntry, Plan } from './contract.ts'

export const aPlan = (change: Partial<Plan> = {}): Plan => ({
  percent: 100,
  seed: 'thu',
  quotas: [],
  restMonths: 0,
  answerDays: 14,
  least: 5,
  target: 0,
  ...change,
})

/** A campaign that runs; `open: false` leaves it in draft. */
export async function aCampaign(
  context: SurveyContext,
  { agencyId, open = true, ...change }: { agencyId: number; open?: boolean } & Partial<CampaignEntry>,
): Promise<{ agencyId: number; campaignId: string }> {
  const agencies = change.agencies ?? [agencyId]
  const made = await createCampaign(context, {
    entry: {
      agencyId,
      name: 'Khảo sát thử',
      kind: 'survey',
      firstDay: '2026-11-01',
      lastDay: '2026-11-30',
      template: 'commune',
      agencies,
      channels: ['token', 'link', 'kiosk', 'paper', 'telephone'],
      plan: aPlan(),
      ...change,
    },
    allowed: agencies,
    by: { officerId: null },
  })
  if (!made.ok) throw new Error(made.refusal.code)
  const place = { agencyId, campaignId: made.value.campaignId }
  if (open) {
    const opened = await stepCampaign(context, { place, step: 'open', revision: 1, by: { officerId: null } })
    if (!opened.ok) throw new Error(opened.refusal.code)
  }
  return place
}

/** Brings everything out, as at the end of the campaigns. */
export const openUrnsAtEnd = (context: SurveyContext): Promise<number> =>
  openUrns({ ...context, clock: () => '2030-01-02T03:00:00.000Z' })

/** Somebody came, everything was done at once, and the result was handed over. */
export async function aReturnedDossier(
  context: DossierContext,
  commune: Commune,
  { identityNumber = '001085012345', phone = '0912345678' } = {},
): Promise<{ dossierId: string; code: string }> {
  const persons = { applicant: aPerson({ identityNumber, phone }) }
  const taken = await takeIn(
    context,
    { actor: commune.reception, source: 'officer' },
    anIntake(context, commune, { persons }),
  )
  if (!taken.ok) throw new Error(JSON.stringify(taken.refusal))
  const { dossierId } = taken.value
  let { dossier } = taken.value
  const by = async (actor: Actor, command: Parameters<typeof give>[2]['body']['command']) => {
    const given = await give(
      context,
      { actor, source: 'officer' },
      {
        agencyId: commune.agencyId,
        dossierId,
        body: { commandId: randomUUID(), version: dossier.version, command },
      },
    )
    if (!given.ok) throw new Error(JSON.stringify(given.refusal))
    ;({ dossier } = given.value)
  }
  const key = (kind: string) => dossier.open.find((step) => step.kind === kind)?.key ?? ''
  await by(commune.reception, { type: 'forward' })
  await by(commune.justice, { type: 'completeStep', key: key('examine'), details: null, resultNumber: null })
  await by(commune.leader, {
    type: 'signResult',
    key: key('sign'),
    outcome: 'granted',
    documentNumber: '15/2026',
    signedOn: context.clock().slice(0, 10),
    fileId: null,
    electronic: false,
    details: null,
  })
  if (key('register'))
    await by(commune.clerk, { type: 'completeStep', key: key('register'), details: null, resultNumber: null })
  if (dossier.feeDue > 0) await by(commune.reception, { type: 'collectFee', method: 'cash', receiptNumber: '0001' })
  await by(commune.reception, { type: 'returnResult', delivery: 'counter', recipient: null, details: null })
  return { dossierId, code: dossier.code }
}
