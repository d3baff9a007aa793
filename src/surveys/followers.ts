import {
  evolve,
  followLog,
  loadLogs,
  openSecret,
  toHappened,
  type Dossier,
  type DossierTables,
  type Followed,
} from '../dossiers/index.ts'
import { queueMessage, type NoticeTables } from '../portal/notices/index.ts'
import { addDays, dayOf, writeDay, type Day } from '../platform/day.ts'
import type { Tx } from '../platform/db.ts'
import { agenciesAtWork, type SurveyContext } from './commands.ts'
import { surveyPath } from './paths.ts'
import { chooseCampaign, judgeInvitation, lastDayToAnswer, touches, type Inviting } from './rules/invite.ts'
import {
  addInvitation,
  countInvited,
  lastInvitedOn,
  listRunning,
  type CampaignRow,
  type SurveyTables,
  type SurveyTx,
} from './store.ts'
import { hashOf, tokenOf } from './tokens.ts'

/** A result longer ago is not asked about any more: nobody remembers. */
const FRESH_DAYS = 30

type Candidate = Inviting & { row: CampaignRow; invitedByQuota: number[] }

/** What the job does: reads the log of the dossiers and asks those who got their result. */
export async function followReturns(context: SurveyContext, stopping?: AbortSignal): Promise<void> {
  const agencies = await agenciesAtWork(context)
  const follow = () =>
    followLog(context, { name: 'surveys', agencies }, async (tx, entries) => {
      const returned = entries.filter(({ type }) => type === 'resultReturned')
      if (returned.length > 0) await invite(context, tx, returned)
    })
  while (!stopping?.aborted && (await follow()) > 0);
}

async function invite(
  context: SurveyContext,
  tx: Tx<SurveyTables & DossierTables & NoticeTables>,
  returned: readonly Followed[],
): Promise<void> {
  const surveys = tx as unknown as SurveyTx
  const today = dayOf(context.clock())
  const fresh = returned.filter(({ occurred_at: at }) => dayOf(at) >= addDays(today, -FRESH_DAYS))
  if (fresh.length === 0) return
  const campaigns = await candidates(surveys)
  const asked = fresh.filter((entry) =>
    campaigns.some(({ agencies, firstDay, lastDay }) => {
      const day = dayOf(entry.occurred_at)
      return agencies.includes(entry.agency_id) && day >= firstDay && day <= lastDay
    }),
  )
  for (const { agency_id: agencyId, dossier_id: dossierId, occurred_at: at } of asked) {
    const found = await returnedOf(context, tx, { agencyId, dossierId })
    if (!found) continue
    const { field, unitId, person, contact } = found
    const lastInvited = person && (await lastInvitedOn(surveys, agencyId, person))
    const facts = { agencyId, dossierId, unitId, field, returnedOn: dayOf(at), lastInvitedOn: lastInvited ?? null }
    const campaign = chooseCampaign(campaigns, facts)
    if (!campaign || judgeInvitation(campaign, facts) !== 'invited') continue
    const until = lastDayToAnswer(today, campaign)
    const token = tokenOf(context.keys, { agencyId, campaignId: campaign.campaignId, dossierId })
    const added = await addInvitation(surveys, {
      agency_id: agencyId,
      dossier_id: dossierId,
      campaign_agency_id: campaign.row.agency_id,
      campaign_id: campaign.campaignId,
      token_hash: hashOf(token),
      person_index: person,
      unit_id: unitId,
      field,
      month: dayOf(at).slice(0, 7),
      invited_on: today,
      expires_on: until,
    })
    if (!added) continue
    for (const [index, quota] of campaign.plan.quotas.entries())
      if (touches(quota, facts)) campaign.invitedByQuota[index] = (campaign.invitedByQuota[index] ?? 0) + 1
    await send(context, tx, { agencyId, dossierId, token, until, contact })
  }
}

async function candidates(tx: SurveyTx): Promise<Candidate[]> {
  const rows = await listRunning(tx)
  return Promise.all(
    rows.map(async (row) => ({
      row,
      campaignId: row.campaign_id,
      kind: row.kind,
      state: row.state,
      firstDay: row.first_day,
      lastDay: row.last_day,
      agencies: row.agencies,
      channels: row.channels,
      plan: row.plan,
      invitedByQuota: await Promise.all(row.plan.quotas.map((quota) => countInvited(tx, row.campaign_id, quota))),
    })),
  )
}

type Contact = { email?: string; phone?: string }

/** Of the dossier what the rules ask for, and of its applicant an index that leads nowhere without our keys. */
async function returnedOf(
  { keys }: SurveyContext,
  tx: Tx<SurveyTables & DossierTables & NoticeTables>,
  { agencyId, dossierId }: { agencyId: number; dossierId: string },
): Promise<{ field: string; unitId: number | null; person: Buffer | null; contact: Contact } | undefined> {
  const dossiers = tx as unknown as Tx<DossierTables>
  const row = await dossiers
    .selectFrom('dossiers.dossier')
    .select('field')
    .where('agency_id', '=', agencyId)
    .where('dossier_id', '=', dossierId)
    .executeTakeFirst()
  if (!row) return undefined
  const persons = await dossiers
    .selectFrom('dossiers.person')
    .selectAll()
    .where('agency_id', '=', agencyId)
    .where('dossier_id', '=', dossierId)
    .where('superseded_at', 'is', null)
    .execute()
  const applicant = persons.find(({ content }) => content?.roles.includes('applicant'))
  const index = applicant?.identity_index ?? applicant?.phone_index
  const secret = applicant && openSecret(keys, applicant)
  const { outcome, unitId } = whatBecame((await loadLogs(dossiers, [{ agencyId, dossierId }])).map(toHappened))
  // Papers that are given back after a withdrawal are no result.
  if (outcome === null) return undefined
  return {
    field: row.field,
    unitId,
    person: index ? keys.blindIndex('survey-person', index.toString('hex')) : null,
    contact: {
      ...(secret?.email ? { email: secret.email } : {}),
      ...(secret?.phone ? { phone: secret.phone } : {}),
    },
  }
}

/** How it ended, and the unit of the agency that examined it last, as the figures count it. */
function whatBecame(happened: readonly Parameters<typeof evolve>[1][]): {
  outcome: Dossier['outcome']
  unitId: number | null
} {
  let dossier: Dossier | undefined
  let unit: number | null = null
  for (const each of happened) {
    dossier = evolve(dossier, each)
    const agencyId = dossier?.agencyId
    const step: Dossier['open'][number] | undefined =
      dossier?.open.find(({ kind, agencyId: at }) => kind === 'examine' && at === agencyId) ??
      (unit === null ? dossier?.open.find(({ agencyId: at }) => at === agencyId) : undefined)
    unit = step?.unitId ?? unit
  }
  return { outcome: dossier?.outcome ?? null, unitId: unit }
}

async function send(
  { keys, clock }: SurveyContext,
  tx: Tx<SurveyTables & DossierTables & NoticeTables>,
  {
    agencyId,
    dossierId,
    token,
    until,
    contact,
  }: { agencyId: number; dossierId: string; token: string; until: Day; contact: Contact },
): Promise<void> {
  await queueMessage(
    { db: tx, keys, clock },
    {
      agencyId,
      to: contact,
      template: 'survey-invitation',
      facts: { surveyLink: surveyPath(token), until: writeDay(until) },
      // One a dossier, whatever campaign asks.
      dedupeKey: `survey/${dossierId}`,
      dossierId,
      expiresAt: `${until}T16:59:59.000Z`,
    },
  )
}
