import { randomBytes, randomInt, randomUUID } from 'node:crypto'
import type { DossierContext } from '../dossiers/index.ts'
import type { NoticeTables } from '../portal/notices/index.ts'
import type { Context, TablesOf } from '../platform/context.ts'
import { dayOf, type Day } from '../platform/day.ts'
import { withScope } from '../platform/db.ts'
import type { Keys } from '../platform/keys.ts'
import { accept, refuse, type Result } from '../platform/result.ts'
import { listCodedAgencyIds, listSupervisingAgencies } from '../staff/index.ts'
import type {
  Answers,
  CampaignEdit,
  CampaignEntry,
  Channel,
  PaperEntry,
  PaperOutcome,
  Questionnaire,
} from './contract.ts'
import { takesBallots } from './rules/invite.ts'
import { maskPersonal } from './rules/mask.ts'
import { differencesOf, faultsOf, parted, readAnswers } from './rules/questionnaire.ts'
import { faultsOfTotals } from './rules/results.ts'
import type { SurveyRefusal } from './rules/refusal.ts'
import { coarsen, comingOut, type Marks } from './rules/secrecy.ts'
import {
  addBallots,
  addCampaign,
  addChange,
  addKiosk,
  addLoose,
  addPaper,
  addQuestionnaire,
  addSlot,
  closeKiosk,
  countSharing,
  countUp,
  emptyUrn,
  findCampaign,
  findPaper,
  findQuestionnaire,
  listSlots,
  listUrns,
  saveCampaign,
  savePaper,
  saveTotals,
  spend,
  type BallotRow,
  type CampaignRow,
  type LooseRow,
  type PaperRow,
  type SlotRow,
  type SurveyTables,
  type SurveyTx,
} from './store.ts'
import { templateOf } from './templates.ts'
import { hashOf, named } from './tokens.ts'

/** Surveys follow the dossiers and send notices; both come with it. */
export type SurveyContext = Context<TablesOf<DossierContext> & SurveyTables & NoticeTables>

type Who = { officerId: number | null }
type Place = { agencyId: number; campaignId: string }

// --- Questionnaires and campaigns --------------------------------------------------------------------------------------

/** A questionnaire, or its next version: what was asked stays as it was asked. */
export async function saveQuestionnaire(
  context: SurveyContext,
  {
    agencyId,
    questionnaireId = randomUUID(),
    version = 0,
    definition,
    by,
  }: {
    agencyId: number
    questionnaireId?: string | undefined
    version?: number | undefined
    definition: Questionnaire
    by: Who
  },
): Promise<Result<{ questionnaireId: string; version: number }, SurveyRefusal>> {
  const faults = faultsOf(definition)
  if (faults.length > 0) return refuse({ code: 'questionnaire-faulty', faults })
  const at = context.clock()
  return withScope(context.db, { agencies: [agencyId] }, async (tx) => {
    const newest = await findQuestionnaire(tx, agencyId, questionnaireId)
    if ((newest?.version ?? 0) !== version) return refuse({ code: 'changed-meanwhile' })
    const added = await addQuestionnaire(tx, {
      agency_id: agencyId,
      questionnaire_id: questionnaireId,
      version: version + 1,
      title: definition.title.vi,
      definition,
      changed_by: by.officerId,
      changed_at: at,
    })
    if (!added) return refuse({ code: 'changed-meanwhile' })
    const after = { version: version + 1 }
    await addChange(tx, { agencyId, questionnaireId, what: 'questionnaire-saved', after, by: by.officerId, at })
    return accept({ questionnaireId, version: version + 1 })
  })
}

/** A campaign in draft. `allowed` are the agencies that may be asked. */
export async function createCampaign(
  context: SurveyContext,
  { entry, allowed, by }: { entry: CampaignEntry; allowed: readonly number[]; by: Who },
): Promise<Result<{ campaignId: string }, SurveyRefusal>> {
  const { agencyId, commandId: campaignId = randomUUID() } = entry
  const fault = judgeEntry(entry, allowed)
  if (fault) return refuse(fault)
  const at = context.clock()
  return withScope(context.db, { agencies: [agencyId] }, async (tx) => {
    const own = entry.questionnaireId ? await findQuestionnaire(tx, agencyId, entry.questionnaireId) : undefined
    const definition = own?.definition ?? templateOf(entry.template ?? '')
    if (!definition) return refuse({ code: 'questionnaire-unknown' })
    const added = await addCampaign(tx, {
      agency_id: agencyId,
      campaign_id: campaignId,
      name: entry.name.trim(),
      kind: entry.kind,
      state: 'draft',
      first_day: entry.firstDay,
      last_day: entry.lastDay,
      questionnaire_id: own?.questionnaire_id ?? null,
      questionnaire_version: own?.version ?? null,
      definition,
      agencies: [...new Set(entry.agencies)],
      channels: entry.kind === 'totals' ? [] : entry.channels,
      plan: entry.plan,
      link_key: entry.channels.includes('link') ? named(agencyId, randomBytes(16)) : null,
      created_by: by.officerId,
      created_at: at,
      revision: 1,
    })
    // The same command again: it is there already.
    if (added)
      await addChange(tx, { agencyId, campaignId, what: 'campaign-created', after: entry, by: by.officerId, at })
    return accept({ campaignId })
  })
}

function judgeEntry(
  { firstDay, lastDay, agencies }: Pick<CampaignEntry, 'firstDay' | 'lastDay' | 'agencies'>,
  allowed: readonly number[],
): SurveyRefusal | undefined {
  if (firstDay > lastDay) return { code: 'days-reversed' }
  return agencies.some((agencyId) => !allowed.includes(agencyId)) ? { code: 'agencies-not-yours' } : undefined
}

/** While it runs, what was drawn stays drawn: seed and share are fixed then. */
export async function editCampaign(
  context: SurveyContext,
  { place, edit, allowed, by }: { place: Place; edit: CampaignEdit; allowed: readonly number[]; by: Who },
): Promise<Result<null, SurveyRefusal>> {
  const at = context.clock()
  return withScope(context.db, { agencies: [place.agencyId] }, async (tx) => {
    const campaign = await findCampaign(tx, place)
    if (!campaign || campaign.state === 'closed') return refuse({ code: 'not-now' })
    if (campaign.revision !== edit.revision) return refuse({ code: 'changed-meanwhile' })
    // Who is asked already stays, even where the officer's reach has become smaller.
    const fault = judgeEntry(edit, [...allowed, ...campaign.agencies])
    if (fault) return refuse(fault)
    const running = campaign.state === 'running'
    if (running && edit.lastDay !== campaign.last_day && !mayMoveEnd(campaign, edit.lastDay, dayOf(at)))
      return refuse({ code: 'end-fixed' })
    const { percent, seed, least } = campaign.plan
    // People answered in the belief that they hide among so many; it may only become more.
    const plan = running ? { ...edit.plan, percent, seed, least: Math.max(least, edit.plan.least) } : edit.plan
    const saved = await saveCampaign(tx, {
      ...campaign,
      name: edit.name.trim(),
      first_day: running ? campaign.first_day : edit.firstDay,
      last_day: edit.lastDay,
      agencies: [...new Set(edit.agencies)],
      channels: campaign.kind === 'totals' ? [] : edit.channels,
      plan,
      link_key: edit.channels.includes('link') ? (campaign.link_key ?? named(place.agencyId, randomBytes(16))) : null,
    })
    if (!saved) return refuse({ code: 'changed-meanwhile' })
    await addChange(tx, { ...place, what: 'campaign-edited', after: edit, by: by.officerId, at })
    return accept(null)
  })
}

/**
 * At the end the urn is emptied to the last ballot. It ends once: a campaign that is over is not prolonged, and not ended by a
 * day that has passed, so that nobody empties the urn after each ballot.
 */
const mayMoveEnd = ({ state, first_day: firstDay, last_day: lastDay }: CampaignRow, end: Day, today: Day): boolean =>
  end >= today && takesBallots({ state, firstDay, lastDay }, today)

/** Draft → running → closed. A closed campaign takes nothing any more. */
export async function stepCampaign(
  context: SurveyContext,
  { place, step, revision, by }: { place: Place; step: 'open' | 'close'; revision: number; by: Who },
): Promise<Result<null, SurveyRefusal>> {
  const at = context.clock()
  const outcome: Result<null, SurveyRefusal> = await withScope(
    context.db,
    { agencies: [place.agencyId] },
    async (tx) => {
      const campaign = await findCampaign(tx, place)
      const from = step === 'open' ? 'draft' : 'running'
      if (!campaign || campaign.state !== from || campaign.kind === 'totals') return refuse({ code: 'not-now' })
      const saved = await saveCampaign(tx, { ...campaign, revision, state: step === 'open' ? 'running' : 'closed' })
      if (!saved) return refuse({ code: 'changed-meanwhile' })
      await addChange(tx, { ...place, what: `campaign-${step}`, after: null, by: by.officerId, at })
      return accept(null)
    },
  )
  if (outcome.ok && step === 'close') await openUrns(context)
  return outcome
}

/** Published sums of a survey whose ballots are not with us. */
export async function enterTotals(
  context: SurveyContext,
  {
    place,
    ballots,
    counts,
    source,
    by,
  }: {
    place: Place
    ballots: number
    counts: Record<string, Record<string, number>>
    source: string
    by: Who
  },
): Promise<Result<null, SurveyRefusal>> {
  const at = context.clock()
  return withScope(context.db, { agencies: [place.agencyId] }, async (tx) => {
    const campaign = await findCampaign(tx, place)
    if (!campaign || campaign.kind !== 'totals') return refuse({ code: 'not-now' })
    const faults = faultsOfTotals(campaign.definition, { ballots, counts })
    if (faults.length > 0) return refuse({ code: 'totals-faulty', faults })
    await saveTotals(tx, {
      agency_id: place.agencyId,
      campaign_id: place.campaignId,
      ballots,
      counts,
      source: source.trim(),
      entered_by: by.officerId,
      entered_at: at,
    })
    if (campaign.state !== 'closed') await saveCampaign(tx, { ...campaign, state: 'closed' })
    await addChange(tx, { ...place, what: 'totals-entered', after: { ballots, counts, source }, by: by.officerId, at })
    return accept(null)
  })
}

// --- Ballots -----------------------------------------------------------------------------------------------------------

/** What lies in the urn. `asked`: an invitation stands behind it, so that its marks must be shared by enough invited. */
type Sealed = {
  marks: Marks
  asked: boolean
  together: Answers
  apart: { question: string; choice: string | null; words: string | null }[]
}

export type Casting = {
  agencyId: number
  campaign: CampaignRow
  channel: Channel
  marks: Marks
  answers: Answers
  /** What this ballot uses up, so that it counts once: a token, the name that a kiosk gave it. */
  once: string
  today: Day
}

/** Judges a ballot and puts it into the urn; whoever holds the database sees that one came, not what it says. */
export async function castBallot(
  tx: SurveyTx,
  keys: Keys,
  { agencyId, campaign, channel, marks, answers: given, once, today }: Casting,
): Promise<Result<null, SurveyRefusal>> {
  if (!campaign.agencies.includes(agencyId) || !campaign.channels.includes(channel))
    return refuse({ code: 'channel-closed' })
  if (!takesBallots({ state: campaign.state, firstDay: campaign.first_day, lastDay: campaign.last_day }, today))
    return refuse({ code: 'not-taking' })
  const { answers, faults } = readAnswers(campaign.definition, given)
  if (faults.length > 0) return refuse({ code: 'answers-faulty', faults })
  if (Object.keys(answers).length === 0 && channel !== 'paper') return refuse({ code: 'nothing-answered' })
  if (!(await spend(tx, agencyId, spentIndex(keys, campaign, once)))) return refuse({ code: 'used' })
  const { together, apart } = parted(campaign.definition, answers)
  const sealed: Sealed = {
    marks,
    asked: channel === 'token',
    together,
    apart: apart.map((each) => ({ ...each, words: each.words === null ? null : maskPersonal(each.words) })),
  }
  const place = { agencyId, campaignAgencyId: campaign.agency_id, campaignId: campaign.campaign_id }
  await addSlot(tx, slotOf(keys, campaign, agencyId, sealed))
  await countUp(tx, { ...place, channel, day: today })
  return accept(null)
}

export const spentIndex = (keys: Keys, campaign: Pick<CampaignRow, 'campaign_id'>, once: string): Buffer =>
  keys.blindIndex('survey-spent', `${campaign.campaign_id}/${once}`)

/** All seals have one of a few lengths: how much somebody wrote tells who it was. */
const padded = (text: string): string => text.padEnd(Math.ceil(text.length / 4096) * 4096)

/** What the job does: where enough ballots lie together, they come out shuffled and without what would name anybody. */
export async function openUrns(context: SurveyContext): Promise<number> {
  const { db, clock } = context
  const today = dayOf(clock())
  const agencies = await agenciesAtWork(context)
  const waiting = await withScope(db, { agencies }, listUrns)
  let opened = 0
  for (const { agencyId, campaignAgencyId, campaignId, waiting: count } of waiting)
    opened += await withScope(db, { agencies: [agencyId, campaignAgencyId] }, async (tx) => {
      const campaign = await findCampaign(tx, { agencyId: campaignAgencyId, campaignId })
      if (!campaign) return 0
      const days = { state: campaign.state, firstDay: campaign.first_day, lastDay: campaign.last_day }
      const over = !takesBallots(days, today)
      if (comingOut(count, campaign.plan.least, over) === 0) return 0
      return openUrn(context, tx, { agencyId, campaign, over })
    })
  return opened
}

/**
 * Ballots of people who were asked hide among each other alone: others can be cast by whoever likes, and who had cast all of
 * them but one would know that one.
 */
async function openUrn(
  { keys }: Pick<SurveyContext, 'keys'>,
  tx: SurveyTx,
  { agencyId, campaign, over }: { agencyId: number; campaign: CampaignRow; over: boolean },
): Promise<number> {
  const place = { agencyId, campaignId: campaign.campaign_id }
  const { least } = campaign.plan
  const sorts = (slots: readonly SlotRow[]) => {
    const ballots = slots.map(({ sealed }) => JSON.parse(keys.decrypt(sealed)) as Sealed)
    return [true, false].map((asked) => ballots.filter((each) => each.asked === asked))
  }
  const ready = (ballots: readonly Sealed[]) => comingOut(ballots.length, least, over) > 0
  if (!sorts(await listSlots(tx, place)).some(ready)) return 0
  // What another process took out in the meantime is not here any more.
  const drawn = sorts(await emptyUrn(tx, place)).map((ballots) => {
    const mixed = shuffled(ballots)
    const count = comingOut(mixed.length, least, over)
    return { out: mixed.slice(0, count), left: mixed.slice(count) }
  })
  const out = drawn.flatMap((sort) => sort.out)
  // Under new names and in another order: what wants to wait longer does not show when it came.
  for (const ballot of shuffled(drawn.flatMap(({ left }) => left)))
    await addSlot(tx, slotOf(keys, campaign, agencyId, ballot))
  await bringOut(tx, { agencyId, campaign, ballots: out })
  return out.length
}

const slotOf = (keys: Keys, campaign: CampaignRow, agencyId: number, ballot: Sealed): SlotRow => ({
  agency_id: agencyId,
  slot_id: randomUUID(),
  campaign_agency_id: campaign.agency_id,
  campaign_id: campaign.campaign_id,
  sealed: keys.encrypt(padded(JSON.stringify(ballot))),
})

async function bringOut(
  tx: SurveyTx,
  { agencyId, campaign, ballots }: { agencyId: number; campaign: CampaignRow; ballots: readonly Sealed[] },
): Promise<void> {
  const place = { agencyId, campaignId: campaign.campaign_id }
  const own = { agency_id: agencyId, campaign_agency_id: campaign.agency_id, campaign_id: campaign.campaign_id }
  const { least } = campaign.plan
  // The last few of a campaign keep nothing that would tell them from the others that come out with them.
  const isFew = ballots.filter(({ asked }) => asked).length < least
  const alike = async (step: Marks, asked: boolean): Promise<number> => {
    if (!asked) return ballots.filter((each) => !each.asked && covers(step, each.marks)).length
    return isFew ? 0 : countSharing(tx, place, step)
  }
  const sharing = new Map<string, number>()
  for (const { marks, asked } of ballots)
    for (const step of stepsOf(marks)) {
      const key = keyOf(step, asked)
      if (!sharing.has(key)) sharing.set(key, await alike(step, asked))
    }
  const rows = ballots.map(({ marks, asked, together }): BallotRow => {
    const kept = coarsen(marks, least, (step) => sharing.get(keyOf(step, asked)) ?? 0)
    return {
      ...own,
      ballot_id: randomUUID(),
      unit_id: kept.unitId,
      field: kept.field,
      month: kept.month,
      answers: together,
    }
  })
  const loose = ballots.flatMap(({ apart }) =>
    apart.map((each): LooseRow => ({ ...own, answer_id: randomUUID(), ...each })),
  )
  // In an order that is neither that of arrival nor the same for what lies apart.
  await addBallots(tx, shuffled(rows))
  await addLoose(tx, shuffled(loose))
}

const stepsOf = ({ unitId, field, month }: Marks): Marks[] => [
  { unitId, field, month },
  { unitId, field: null, month },
  { unitId: null, field: null, month },
]
const keyOf = (marks: Marks, asked: boolean): string => JSON.stringify([asked, marks.unitId, marks.field, marks.month])
const covers = (step: Marks, marks: Marks): boolean =>
  (step.unitId === null || step.unitId === marks.unitId) &&
  (step.field === null || step.field === marks.field) &&
  (step.month === null || step.month === marks.month)

function shuffled<Each>(list: readonly Each[]): Each[] {
  const mixed = [...list]
  for (let at = mixed.length - 1; at > 0; at--) {
    const other = randomInt(at + 1)
    const [one, two] = [mixed[at], mixed[other]]
    if (one !== undefined && two !== undefined) [mixed[at], mixed[other]] = [two, one]
  }
  return mixed
}

/** Agencies that take in dossiers, and those that ask in the ones below them. */
export const agenciesAtWork = async ({ db, clock }: Pick<SurveyContext, 'db' | 'clock'>): Promise<number[]> => [
  ...new Set([...(await listCodedAgencyIds(db)), ...(await listSupervisingAgencies(db, dayOf(clock())))]),
]

// --- Paper and telephone -------------------------------------------------------------------------------------------------

/**
 * A paper ballot, typed for the first or the second time. Two different people type it; where they agree it counts, where
 * not the difference is shown and settled.
 */
export async function typePaper(
  context: SurveyContext,
  { place, of, entry, by }: { place: Place; of: number; entry: PaperEntry; by: { officerId: number } },
): Promise<Result<PaperOutcome, SurveyRefusal>> {
  const today = dayOf(context.clock())
  return withScope(context.db, { agencies: [of, place.agencyId] }, async (tx) => {
    const campaign = await findCampaign(tx, place)
    if (!campaign || !campaign.agencies.includes(of)) return refuse({ code: 'not-now' })
    if (!campaign.channels.includes('paper')) return refuse({ code: 'channel-closed' })
    if (!takesBallots({ state: campaign.state, firstDay: campaign.first_day, lastDay: campaign.last_day }, today))
      return refuse({ code: 'not-taking' })
    const { answers, faults } = readAnswers(campaign.definition, entry.answers)
    if (faults.length > 0) return refuse({ code: 'answers-faulty', faults })
    const { number } = entry
    const where = { agencyId: of, campaignId: campaign.campaign_id }
    const before = await findPaper(tx, where, number)
    if (!before) {
      const added = await addPaper(tx, {
        agency_id: of,
        campaign_id: campaign.campaign_id,
        number,
        campaign_agency_id: campaign.agency_id,
        unit_id: entry.unitId ?? null,
        field: entry.field ?? null,
        month: entry.month ?? today.slice(0, 7),
        first_answers: answers,
        first_by: by.officerId,
        second_answers: null,
        second_by: null,
        settled_answers: null,
        settled_by: null,
        state: 'once',
      })
      return added
        ? accept({ state: 'once', number, differences: [] } satisfies PaperOutcome)
        : refuse({ code: 'changed-meanwhile' })
    }
    if (before.state === 'settled') return refuse({ code: 'paper-settled' })
    if (before.first_by === by.officerId) {
      // The first person may mend what the second has not seen yet.
      if (before.state !== 'once') return refuse({ code: 'same-person' })
      await savePaper(tx, { ...before, first_answers: answers })
      return accept({ state: 'once', number, differences: [] } satisfies PaperOutcome)
    }
    const differences = differencesOf(campaign.definition, before.first_answers, answers)
    const second = { ...before, second_answers: answers, second_by: by.officerId }
    if (differences.length > 0) {
      await savePaper(tx, { ...second, state: 'differs' })
      return accept({ state: 'differs', number, differences } satisfies PaperOutcome)
    }
    return settle(tx, context.keys, { campaign, paper: second, answers: before.first_answers, by, today })
  })
}

/** What the paper says, looked at once more; only where the two differ may it be chosen. */
export async function settlePaper(
  context: SurveyContext,
  {
    place,
    of,
    number,
    answers: given,
    by,
  }: { place: Place; of: number; number: number; answers: Answers; by: { officerId: number } },
): Promise<Result<PaperOutcome, SurveyRefusal>> {
  const today = dayOf(context.clock())
  return withScope(context.db, { agencies: [of, place.agencyId] }, async (tx) => {
    const campaign = await findCampaign(tx, place)
    const paper = campaign && (await findPaper(tx, { agencyId: of, campaignId: place.campaignId }, number))
    if (!campaign || !paper || paper.state !== 'differs') return refuse({ code: 'not-now' })
    const { answers, faults } = readAnswers(campaign.definition, given)
    if (faults.length > 0) return refuse({ code: 'answers-faulty', faults })
    const open = new Set(
      differencesOf(campaign.definition, paper.first_answers, paper.second_answers ?? {}).map(
        ({ question }) => question,
      ),
    )
    const changed = differencesOf(campaign.definition, paper.first_answers, answers)
      .map(({ question }) => question)
      .filter((question) => !open.has(question))
    if (changed.length > 0) return refuse({ code: 'answers-differ', questions: changed })
    return settle(tx, context.keys, { campaign, paper, answers, by, today })
  })
}

async function settle(
  tx: SurveyTx,
  keys: Keys,
  {
    campaign,
    paper,
    answers,
    by,
    today,
  }: { campaign: CampaignRow; paper: PaperRow; answers: Answers; by: { officerId: number }; today: Day },
): Promise<Result<PaperOutcome, SurveyRefusal>> {
  // What was typed is needed no more: the paper itself lies in the folder, its answers go the way of all others.
  const typed = { first_answers: {}, second_answers: {}, settled_answers: {} }
  await savePaper(tx, { ...paper, ...typed, settled_by: by.officerId, state: 'settled' })
  const cast = await castBallot(tx, keys, {
    agencyId: paper.agency_id,
    campaign,
    channel: 'paper',
    marks: { unitId: paper.unit_id, field: paper.field, month: paper.month },
    answers,
    once: `paper/${paper.number}`,
    today,
  })
  // Thrown, so that the paper is not marked as counted: it is neither in the urn nor waiting then.
  if (!cast.ok) throw new Error(`a settled paper ballot was refused: ${cast.refusal.code}`)
  return accept({ state: 'settled', number: paper.number, differences: [] })
}

/** What somebody said on the telephone; typed once, while they speak. */
export async function typeTelephone(
  context: SurveyContext,
  { place, of, answers, commandId }: { place: Place; of: number; answers: Answers; commandId: string },
): Promise<Result<null, SurveyRefusal>> {
  const today = dayOf(context.clock())
  return withScope(context.db, { agencies: [of, place.agencyId] }, async (tx) => {
    const campaign = await findCampaign(tx, place)
    if (!campaign) return refuse({ code: 'not-now' })
    return castBallot(tx, context.keys, {
      agencyId: of,
      campaign,
      channel: 'telephone',
      marks: { unitId: null, field: null, month: today.slice(0, 7) },
      answers,
      once: `telephone/${commandId}`,
      today,
    })
  })
}

// --- Kiosks ----------------------------------------------------------------------------------------------------------------

/** Opens a kiosk; its key is shown once and stored as a hash. */
export async function openKiosk(
  context: SurveyContext,
  { place, of, name, unitId, by }: { place: Place; of: number; name: string; unitId: number | null; by: Who },
): Promise<Result<{ kioskId: string; key: string }, SurveyRefusal>> {
  const at = context.clock()
  return withScope(context.db, { agencies: [of, place.agencyId] }, async (tx) => {
    const campaign = await findCampaign(tx, place)
    if (!campaign || campaign.state === 'closed' || !campaign.agencies.includes(of)) return refuse({ code: 'not-now' })
    if (!campaign.channels.includes('kiosk')) return refuse({ code: 'channel-closed' })
    const key = named(of, randomBytes(16))
    const kioskId = randomUUID()
    await addKiosk(tx, {
      agency_id: of,
      kiosk_id: kioskId,
      campaign_agency_id: campaign.agency_id,
      campaign_id: campaign.campaign_id,
      name: name.trim(),
      unit_id: unitId,
      key_hash: hashOf(key),
      opened_by: by.officerId,
      opened_at: at,
      closed_at: null,
    })
    await addChange(tx, { ...place, what: 'kiosk-opened', after: { name, of }, by: by.officerId, at })
    return accept({ kioskId, key })
  })
}

export async function shutKiosk(
  context: SurveyContext,
  { place, kioskId, by }: { place: Place; kioskId: string; by: Who },
): Promise<boolean> {
  const at = context.clock()
  const campaign = await withScope(context.db, { agencies: [place.agencyId] }, (tx) => findCampaign(tx, place))
  if (!campaign) return false
  return withScope(context.db, { agencies: [place.agencyId, ...campaign.agencies] }, async (tx) => {
    const closed = await closeKiosk(tx, { campaignId: place.campaignId, kioskId, at })
    if (closed) await addChange(tx, { ...place, what: 'kiosk-closed', after: { kioskId }, by: by.officerId, at })
    return closed
  })
}
