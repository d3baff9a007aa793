import { sql } from 'kysely'
import type { Day, Instant } from '../platform/day.ts'
import type { Db, Tx } from '../platform/db.ts'
import type { Answers, CampaignKind, CampaignState, Channel, Plan, Questionnaire, Quota } from './contract.ts'
import type { Marks } from './rules/secrecy.ts'

export type QuestionnaireRow = {
  agency_id: number
  questionnaire_id: string
  version: number
  title: string
  definition: Questionnaire
  changed_by: number | null
  changed_at: Instant
}
export type CampaignRow = {
  agency_id: number
  campaign_id: string
  name: string
  kind: CampaignKind
  state: CampaignState
  first_day: Day
  last_day: Day
  questionnaire_id: string | null
  questionnaire_version: number | null
  definition: Questionnaire
  agencies: number[]
  channels: Channel[]
  plan: Plan
  link_key: string | null
  created_by: number | null
  created_at: Instant
  revision: number
}
export type InvitationRow = {
  agency_id: number
  dossier_id: string
  campaign_agency_id: number
  campaign_id: string
  token_hash: Buffer
  person_index: Buffer | null
  unit_id: number | null
  field: string
  month: string
  invited_on: Day
  expires_on: Day
}
export type SlotRow = {
  agency_id: number
  slot_id: string
  campaign_agency_id: number
  campaign_id: string
  sealed: Buffer
}
export type BallotRow = {
  agency_id: number
  ballot_id: string
  campaign_agency_id: number
  campaign_id: string
  unit_id: number | null
  field: string | null
  month: string | null
  answers: Answers
}
export type LooseRow = {
  agency_id: number
  answer_id: string
  campaign_agency_id: number
  campaign_id: string
  question: string
  choice: string | null
  words: string | null
}
export type PaperRow = {
  agency_id: number
  campaign_id: string
  number: number
  campaign_agency_id: number
  unit_id: number | null
  field: string | null
  month: string
  first_answers: Answers
  first_by: number
  second_answers: Answers | null
  second_by: number | null
  settled_answers: Answers | null
  settled_by: number | null
  state: 'once' | 'differs' | 'settled'
}
export type KioskRow = {
  agency_id: number
  kiosk_id: string
  campaign_agency_id: number
  campaign_id: string
  name: string
  unit_id: number | null
  key_hash: Buffer
  opened_by: number | null
  opened_at: Instant
  closed_at: Instant | null
}
export type TotalsRow = {
  agency_id: number
  campaign_id: string
  ballots: number
  counts: Record<string, Record<string, number>>
  source: string
  entered_by: number | null
  entered_at: Instant
}

export type SurveyTables = {
  'surveys.questionnaire': QuestionnaireRow
  'surveys.campaign': CampaignRow
  'surveys.invitation': InvitationRow
  'surveys.spent': { agency_id: number; spent_index: Buffer }
  'surveys.urn': SlotRow
  'surveys.ballot': BallotRow
  'surveys.loose_answer': LooseRow
  'surveys.tally': {
    agency_id: number
    campaign_agency_id: number
    campaign_id: string
    channel: Channel
    day: Day
    count: number
  }
  'surveys.paper': PaperRow
  'surveys.kiosk': KioskRow
  'surveys.totals': TotalsRow
}
export type SurveyTx = Tx<SurveyTables>
type SurveyDb = Db<SurveyTables>

const json = (value: unknown) => sql`${JSON.stringify(value)}::jsonb`
type Place = { agencyId: number; campaignId: string }

// --- Questionnaires and campaigns --------------------------------------------------------------------------------------

/** The newest version of each. */
export async function listQuestionnaires(tx: SurveyDb, agencies: readonly number[]): Promise<QuestionnaireRow[]> {
  const { rows } = await sql<QuestionnaireRow>`
    select distinct on (agency_id, questionnaire_id) * from surveys.questionnaire
    where agency_id = any (${agencies}::int[]) order by agency_id, questionnaire_id, version desc`.execute(tx)
  return rows.toSorted((one, other) => one.title.localeCompare(other.title, 'vi'))
}

export async function findQuestionnaire(
  tx: SurveyDb,
  agencyId: number,
  questionnaireId: string,
): Promise<QuestionnaireRow | undefined> {
  const { rows } = await sql<QuestionnaireRow>`
    select * from surveys.questionnaire where agency_id = ${agencyId} and questionnaire_id = ${questionnaireId}
    order by version desc limit 1`.execute(tx)
  return rows[0]
}

/** False when somebody else made this version in the meantime. */
export async function addQuestionnaire(tx: SurveyDb, row: QuestionnaireRow): Promise<boolean> {
  const { rows } = await sql`
    insert into surveys.questionnaire (agency_id, questionnaire_id, version, title, definition, changed_by, changed_at)
    values (${row.agency_id}, ${row.questionnaire_id}, ${row.version}, ${row.title}, ${json(row.definition)}, ${row.changed_by}, ${row.changed_at})
    on conflict do nothing returning 1`.execute(tx)
  return rows.length > 0
}

/** Campaigns that the scope may see, the newest first. */
export async function listCampaigns(tx: SurveyDb): Promise<CampaignRow[]> {
  const { rows } = await sql<CampaignRow>`
    select * from surveys.campaign order by array_position(array['running', 'draft', 'closed'], state), last_day desc, name, campaign_id`.execute(
    tx,
  )
  return rows
}

export async function findCampaign(tx: SurveyDb, { agencyId, campaignId }: Place): Promise<CampaignRow | undefined> {
  const { rows } = await sql<CampaignRow>`
    select * from surveys.campaign where agency_id = ${agencyId} and campaign_id = ${campaignId}`.execute(tx)
  return rows[0]
}

export async function findCampaignByLink(
  tx: SurveyDb,
  agencyId: number,
  linkKey: string,
): Promise<CampaignRow | undefined> {
  const { rows } = await sql<CampaignRow>`
    select * from surveys.campaign where agency_id = ${agencyId} and link_key = ${linkKey}`.execute(tx)
  return rows[0]
}

/** Campaigns that may ask somebody on this day. */
export async function listRunning(tx: SurveyDb): Promise<CampaignRow[]> {
  const { rows } = await sql<CampaignRow>`select * from surveys.campaign where state = 'running'`.execute(tx)
  return rows
}

export async function addCampaign(tx: SurveyDb, row: CampaignRow): Promise<boolean> {
  const { rows } = await sql`
    insert into surveys.campaign (agency_id, campaign_id, name, kind, state, first_day, last_day, questionnaire_id,
      questionnaire_version, definition, agencies, channels, plan, link_key, created_by, created_at, revision)
    values (${row.agency_id}, ${row.campaign_id}, ${row.name}, ${row.kind}, ${row.state}, ${row.first_day}, ${row.last_day},
      ${row.questionnaire_id}, ${row.questionnaire_version}, ${json(row.definition)}, ${row.agencies}::int[],
      ${row.channels}::text[], ${json(row.plan)}, ${row.link_key}, ${row.created_by}, ${row.created_at}, ${row.revision})
    on conflict do nothing returning 1`.execute(tx)
  return rows.length > 0
}

/** False when it was changed in the meantime. */
export async function saveCampaign(tx: SurveyDb, row: CampaignRow): Promise<boolean> {
  const { rows } = await sql`
    update surveys.campaign set name = ${row.name}, state = ${row.state}, first_day = ${row.first_day}, last_day = ${row.last_day},
      agencies = ${row.agencies}::int[], channels = ${row.channels}::text[], plan = ${json(row.plan)}, link_key = ${row.link_key},
      revision = revision + 1
    where agency_id = ${row.agency_id} and campaign_id = ${row.campaign_id} and revision = ${row.revision} returning 1`.execute(
    tx,
  )
  return rows.length > 0
}

export async function addChange(
  tx: SurveyDb,
  change: {
    agencyId: number
    campaignId?: string | undefined
    questionnaireId?: string | undefined
    what: string
    after: unknown
    by: number | null
    at: Instant
  },
): Promise<void> {
  await sql`insert into surveys.change (agency_id, campaign_id, questionnaire_id, what, after, changed_by, changed_at)
    values (${change.agencyId}, ${change.campaignId ?? null}, ${change.questionnaireId ?? null}, ${change.what},
      ${json(change.after)}, ${change.by}, ${change.at})`.execute(tx)
}

// --- Invitations -------------------------------------------------------------------------------------------------------

export async function addInvitation(tx: SurveyDb, row: InvitationRow): Promise<boolean> {
  const { rows } = await sql`
    insert into surveys.invitation (agency_id, dossier_id, campaign_agency_id, campaign_id, token_hash, person_index, unit_id,
      field, month, invited_on, expires_on)
    values (${row.agency_id}, ${row.dossier_id}, ${row.campaign_agency_id}, ${row.campaign_id}, ${row.token_hash},
      ${row.person_index}, ${row.unit_id}, ${row.field}, ${row.month}, ${row.invited_on}, ${row.expires_on})
    on conflict do nothing returning 1`.execute(tx)
  return rows.length > 0
}

export async function findInvitation(
  tx: SurveyDb,
  agencyId: number,
  tokenHash: Buffer,
): Promise<InvitationRow | undefined> {
  const { rows } = await sql<InvitationRow>`
    select * from surveys.invitation where agency_id = ${agencyId} and token_hash = ${tokenHash}`.execute(tx)
  return rows[0]
}

export async function findInvitationOf(
  tx: SurveyDb,
  agencyId: number,
  dossierId: string,
): Promise<InvitationRow | undefined> {
  const { rows } = await sql<InvitationRow>`
    select * from surveys.invitation where agency_id = ${agencyId} and dossier_id = ${dossierId}`.execute(tx)
  return rows[0]
}

export async function lastInvitedOn(tx: SurveyDb, agencyId: number, person: Buffer): Promise<Day | null> {
  const { rows } = await sql<{ day: Day | null }>`
    select max(invited_on) as day from surveys.invitation where agency_id = ${agencyId} and person_index = ${person}`.execute(
    tx,
  )
  return rows[0]?.day ?? null
}

export async function countInvited(tx: SurveyDb, campaignId: string, quota?: Quota): Promise<number> {
  const condition =
    quota === undefined
      ? sql`true`
      : {
          field: sql`field = ${quota.key}`,
          unit: sql`unit_id::text = ${quota.key}`,
          agency: sql`agency_id::text = ${quota.key}`,
        }[quota.by]
  const { rows } = await sql<{ count: number }>`
    select count(*)::int as count from surveys.invitation where campaign_id = ${campaignId} and ${condition}`.execute(
    tx,
  )
  return rows[0]?.count ?? 0
}

/** How many invited people have these marks; a mark that is null does not count. */
export async function countSharing(tx: SurveyDb, { agencyId, campaignId }: Place, marks: Marks): Promise<number> {
  const { unitId, field, month } = marks
  const { rows } = await sql<{ count: number }>`
    select count(*)::int as count from surveys.invitation where agency_id = ${agencyId} and campaign_id = ${campaignId}
      and (${unitId}::int is null or unit_id = ${unitId}) and (${field}::text is null or field = ${field})
      and (${month}::text is null or month = ${month})`.execute(tx)
  return rows[0]?.count ?? 0
}

// --- Ballots -----------------------------------------------------------------------------------------------------------

/** Uses it up; false when that was done before. Of two at once one waits here for the other. */
export async function spend(tx: SurveyDb, agencyId: number, index: Buffer): Promise<boolean> {
  const { rows } = await sql`
    insert into surveys.spent (agency_id, spent_index) values (${agencyId}, ${index}) on conflict do nothing returning 1`.execute(
    tx,
  )
  return rows.length > 0
}

export async function isSpent(tx: SurveyDb, agencyId: number, index: Buffer): Promise<boolean> {
  const { rows } = await sql`
    select 1 from surveys.spent where agency_id = ${agencyId} and spent_index = ${index}`.execute(tx)
  return rows.length > 0
}

export async function addSlot(tx: SurveyDb, row: SlotRow): Promise<void> {
  await sql`insert into surveys.urn (agency_id, slot_id, campaign_agency_id, campaign_id, sealed)
    values (${row.agency_id}, ${row.slot_id}, ${row.campaign_agency_id}, ${row.campaign_id}, ${row.sealed})`.execute(tx)
}

export async function listUrns(
  tx: SurveyDb,
): Promise<{ agencyId: number; campaignAgencyId: number; campaignId: string; waiting: number }[]> {
  const { rows } = await sql<{ agencyId: number; campaignAgencyId: number; campaignId: string; waiting: number }>`
    select agency_id as "agencyId", campaign_agency_id as "campaignAgencyId", campaign_id as "campaignId", count(*)::int as waiting
    from surveys.urn group by 1, 2, 3`.execute(tx)
  return rows
}

export async function listSlots(tx: SurveyDb, { agencyId, campaignId }: Place): Promise<SlotRow[]> {
  const { rows } = await sql<SlotRow>`
    select * from surveys.urn where agency_id = ${agencyId} and campaign_id = ${campaignId}`.execute(tx)
  return rows
}

/** Takes all out; who comes at the same time finds nothing. */
export async function emptyUrn(tx: SurveyDb, { agencyId, campaignId }: Place): Promise<SlotRow[]> {
  const { rows } = await sql<SlotRow>`
    delete from surveys.urn where agency_id = ${agencyId} and campaign_id = ${campaignId} returning *`.execute(tx)
  return rows
}

export async function addBallots(tx: SurveyDb, rows: readonly BallotRow[]): Promise<void> {
  if (rows.length === 0) return
  await sql`insert into surveys.ballot (agency_id, ballot_id, campaign_agency_id, campaign_id, unit_id, field, month, answers)
    select * from jsonb_to_recordset(${json(rows)}) as r (agency_id int, ballot_id uuid, campaign_agency_id int, campaign_id uuid,
      unit_id int, field text, month text, answers jsonb)`.execute(tx)
}

export async function addLoose(tx: SurveyDb, rows: readonly LooseRow[]): Promise<void> {
  if (rows.length === 0) return
  await sql`insert into surveys.loose_answer (agency_id, answer_id, campaign_agency_id, campaign_id, question, choice, words)
    select * from jsonb_to_recordset(${json(rows)}) as r (agency_id int, answer_id uuid, campaign_agency_id int, campaign_id uuid,
      question text, choice text, words text)`.execute(tx)
}

/** In the order of their random names. */
export async function listBallots(tx: SurveyDb, campaignId: string): Promise<BallotRow[]> {
  const { rows } = await sql<BallotRow>`
    select * from surveys.ballot where campaign_id = ${campaignId} order by ballot_id`.execute(tx)
  return rows
}

export async function sumLoose(
  tx: SurveyDb,
  campaignId: string,
): Promise<{ question: string; choice: string | null; answers: number }[]> {
  const { rows } = await sql<{ question: string; choice: string | null; answers: number }>`
    select question, choice, count(*)::int as answers from surveys.loose_answer where campaign_id = ${campaignId}
    group by question, choice`.execute(tx)
  return rows
}

export async function listWords(tx: SurveyDb, campaignId: string): Promise<{ question: string; words: string }[]> {
  const { rows } = await sql<{ question: string; words: string }>`
    select question, words from surveys.loose_answer where campaign_id = ${campaignId} and words is not null
    order by answer_id limit 2000`.execute(tx)
  return rows
}

export async function countUp(
  tx: SurveyDb,
  {
    agencyId,
    campaignAgencyId,
    campaignId,
    channel,
    day,
  }: Place & { campaignAgencyId: number; channel: Channel; day: Day },
): Promise<void> {
  await sql`insert into surveys.tally as t (agency_id, campaign_agency_id, campaign_id, channel, day, count)
    values (${agencyId}, ${campaignAgencyId}, ${campaignId}, ${channel}, ${day}, 1)
    on conflict (agency_id, campaign_id, channel, day) do update set count = t.count + 1`.execute(tx)
}

export async function sumTally(
  tx: SurveyDb,
): Promise<{ campaignId: string; agencyId: number; channel: Channel; count: number }[]> {
  const { rows } = await sql<{ campaignId: string; agencyId: number; channel: Channel; count: number }>`
    select campaign_id as "campaignId", agency_id as "agencyId", channel, sum(count)::int as count from surveys.tally
    group by 1, 2, 3`.execute(tx)
  return rows
}

/** What the surveys of a period brought in; ratings after a dossier are none. */
export async function sumPeriod(
  tx: SurveyDb,
  { agencies, from, to }: { agencies: readonly number[]; from: Day; to: Day },
): Promise<{ campaignAgencyId: number; campaignId: string; name: string; channel: Channel | null; count: number }[]> {
  const { rows } = await sql<{
    campaignAgencyId: number
    campaignId: string
    name: string
    channel: Channel | null
    count: number
  }>`
    select c.agency_id as "campaignAgencyId", c.campaign_id as "campaignId", c.name, t.channel, sum(t.count)::int as count
    from surveys.tally t join surveys.campaign c on c.agency_id = t.campaign_agency_id and c.campaign_id = t.campaign_id
    where t.agency_id = any (${agencies}::int[]) and t.day between ${from}::date and ${to}::date and c.kind = 'survey'
    group by 1, 2, 3, 4
    union all
    select c.agency_id, c.campaign_id, c.name, null, s.ballots
    from surveys.totals s join surveys.campaign c using (agency_id, campaign_id)
    where s.agency_id = any (${agencies}::int[]) and c.last_day between ${from}::date and ${to}::date
    order by 3, 4`.execute(tx)
  return rows
}

// --- Paper, kiosks, totals -----------------------------------------------------------------------------------------------

export async function findPaper(
  tx: SurveyDb,
  { agencyId, campaignId }: Place,
  number: number,
): Promise<PaperRow | undefined> {
  const { rows } = await sql<PaperRow>`
    select * from surveys.paper where agency_id = ${agencyId} and campaign_id = ${campaignId} and number = ${number} for update`.execute(
    tx,
  )
  return rows[0]
}

export async function addPaper(tx: SurveyDb, row: PaperRow): Promise<boolean> {
  const { rows } = await sql`
    insert into surveys.paper (agency_id, campaign_id, number, campaign_agency_id, unit_id, field, month, first_answers, first_by, state)
    values (${row.agency_id}, ${row.campaign_id}, ${row.number}, ${row.campaign_agency_id}, ${row.unit_id}, ${row.field},
      ${row.month}, ${json(row.first_answers)}, ${row.first_by}, 'once')
    on conflict do nothing returning 1`.execute(tx)
  return rows.length > 0
}

export async function savePaper(tx: SurveyDb, row: PaperRow): Promise<void> {
  await sql`update surveys.paper set first_answers = ${json(row.first_answers)},
      second_answers = ${row.second_answers === null ? null : json(row.second_answers)}, second_by = ${row.second_by},
      settled_answers = ${row.settled_answers === null ? null : json(row.settled_answers)}, settled_by = ${row.settled_by},
      state = ${row.state}
    where agency_id = ${row.agency_id} and campaign_id = ${row.campaign_id} and number = ${row.number}`.execute(tx)
}

export async function listPapers(tx: SurveyDb, { agencyId, campaignId }: Place): Promise<PaperRow[]> {
  const { rows } = await sql<PaperRow>`
    select * from surveys.paper where agency_id = ${agencyId} and campaign_id = ${campaignId} order by number`.execute(
    tx,
  )
  return rows
}

export async function countPapersOpen(tx: SurveyDb): Promise<{ campaignId: string; count: number }[]> {
  const { rows } = await sql<{ campaignId: string; count: number }>`
    select campaign_id as "campaignId", count(*)::int as count from surveys.paper where state <> 'settled' group by 1`.execute(
    tx,
  )
  return rows
}

export async function addKiosk(tx: SurveyDb, row: KioskRow): Promise<void> {
  await sql`insert into surveys.kiosk (agency_id, kiosk_id, campaign_agency_id, campaign_id, name, unit_id, key_hash, opened_by, opened_at)
    values (${row.agency_id}, ${row.kiosk_id}, ${row.campaign_agency_id}, ${row.campaign_id}, ${row.name}, ${row.unit_id},
      ${row.key_hash}, ${row.opened_by}, ${row.opened_at})`.execute(tx)
}

export async function findKiosk(tx: SurveyDb, agencyId: number, keyHash: Buffer): Promise<KioskRow | undefined> {
  const { rows } = await sql<KioskRow>`
    select * from surveys.kiosk where agency_id = ${agencyId} and key_hash = ${keyHash} and closed_at is null`.execute(
    tx,
  )
  return rows[0]
}

export async function listKiosks(tx: SurveyDb, campaignId: string): Promise<KioskRow[]> {
  const { rows } = await sql<KioskRow>`
    select * from surveys.kiosk where campaign_id = ${campaignId} order by opened_at, kiosk_id`.execute(tx)
  return rows
}

export async function closeKiosk(
  tx: SurveyDb,
  { campaignId, kioskId, at }: { campaignId: string; kioskId: string; at: Instant },
): Promise<boolean> {
  const { rows } = await sql`
    update surveys.kiosk set closed_at = ${at} where campaign_id = ${campaignId} and kiosk_id = ${kioskId} and closed_at is null
    returning 1`.execute(tx)
  return rows.length > 0
}

export async function findTotals(tx: SurveyDb, { agencyId, campaignId }: Place): Promise<TotalsRow | undefined> {
  const { rows } = await sql<TotalsRow>`
    select * from surveys.totals where agency_id = ${agencyId} and campaign_id = ${campaignId}`.execute(tx)
  return rows[0]
}

export async function saveTotals(tx: SurveyDb, row: TotalsRow): Promise<void> {
  await sql`insert into surveys.totals (agency_id, campaign_id, ballots, counts, source, entered_by, entered_at)
    values (${row.agency_id}, ${row.campaign_id}, ${row.ballots}, ${json(row.counts)}, ${row.source}, ${row.entered_by}, ${row.entered_at})
    on conflict (agency_id, campaign_id) do update set ballots = excluded.ballots, counts = excluded.counts, source = excluded.source,
      entered_by = excluded.entered_by, entered_at = excluded.entered_at`.execute(tx)
}
