import { listFields } from '../catalogue/index.ts'
import { dayOf } from '../platform/day.ts'
import { percentOf } from '../platform/money.ts'
import { withSnapshot } from '../platform/db.ts'
import { listAgencies, listUnitNames } from '../staff/index.ts'
import type { SurveyContext } from './commands.ts'
import type {
  Answer,
  Answers,
  GroupResult,
  OpenedReply,
  OpenQuery,
  Questionnaire,
  Results,
  ResultsQuery,
  ResultsReply,
  Words,
} from './contract.ts'
import { isAsked, optionsOf } from './rules/questionnaire.ts'
import { countBallots, countTotals, resultsOf, type Counted } from './rules/results.ts'
import { shownGroups, shownParts, type Group } from './rules/secrecy.ts'
import {
  findCampaign,
  findTotals,
  listBallots,
  listCampaigns,
  listUrns,
  listWords,
  sumLoose,
  type BallotRow,
  type CampaignRow,
  type SurveyTx,
} from './store.ts'

const bys = ['agency', 'unit', 'field', 'month'] as const
type By = (typeof bys)[number]

/** What a campaign brought in, with the groups of it that may be shown. */
type Loaded = {
  campaign: CampaignRow
  ballots: BallotRow[]
  loose: { question: string; choice: string | null; answers: number }[]
  totals: { ballots: number; counts: Record<string, Record<string, number>> } | undefined
  inUrn: number
  groups: Group[]
  shown: ReadonlySet<Group>
}

type Question = { place: { agencyId: number; campaignId: string }; scope: readonly number[] }

/** Undefined for a campaign that is not there or not for these agencies. Row-level security holds the ballots of others. */
async function load(tx: SurveyTx, { place }: Question): Promise<Loaded | undefined> {
  const campaign = await findCampaign(tx, place)
  if (!campaign) return undefined
  const { campaignId } = place
  const [ballots, loose, totals, urns] = await Promise.all([
    listBallots(tx, campaignId),
    sumLoose(tx, campaignId),
    findTotals(tx, place),
    listUrns(tx),
  ])
  const groups = groupsOf(ballots)
  const inUrn = urns.filter((urn) => urn.campaignId === campaignId).reduce((sum, { waiting }) => sum + waiting, 0)
  const { least } = campaign.plan
  return { campaign, ballots, loose, totals, inUrn, groups, shown: shownGroups(groups, ballots.length, least) }
}

function groupsOf(ballots: readonly BallotRow[]): Group[] {
  const several = new Set(ballots.map(({ agency_id: id }) => id)).size > 1
  return bys.flatMap((by) => {
    // One agency alone is no group: it is the whole.
    if (by === 'agency' && !several) return []
    const members = new Map<string, Set<string>>()
    for (const ballot of ballots) {
      const key = keyOf(ballot, by)
      if (key === null) continue
      const own = members.get(key) ?? new Set<string>()
      own.add(ballot.ballot_id)
      members.set(key, own)
    }
    return [...members].map(([key, ids]) => ({ by, key, members: ids }))
  })
}

const keyOf = (ballot: BallotRow, by: By): string | null =>
  ({
    agency: String(ballot.agency_id),
    unit: ballot.unit_id === null ? null : String(ballot.unit_id),
    field: ballot.field,
    month: ballot.month,
  })[by]

function wholeOf({ campaign: { definition, plan }, ballots, loose, totals }: Loaded): {
  results: Results | null
  tooFew: boolean
} {
  if (totals)
    return {
      results: resultsOf(definition, { ballots: totals.ballots, counted: countTotals(definition, totals) }),
      tooFew: false,
    }
  // A handful of ballots can be told apart by whoever knows who was there.
  if (ballots.length < plan.least) return { results: null, tooFew: ballots.length > 0 }
  const counted = countBallots(
    definition,
    ballots.map(({ answers }) => answers),
    loose,
  )
  return { results: resultsOf(definition, { ballots: ballots.length, counted }), tooFew: false }
}

const countGroup = ({ campaign: { definition }, ballots }: Loaded, { members }: Group): Counted =>
  countBallots(
    definition,
    ballots.filter(({ ballot_id: id }) => members.has(id)).map(({ answers }) => answers),
    null,
  )

/** Results of a group, without the questions that too few of it answered, also by subtraction from the other groups. */
function groupResults(loaded: Loaded, group: Group): Results {
  const { campaign, groups, ballots } = loaded
  const parts = groups.filter(({ by }) => by === group.by)
  const counted = new Map(parts.map((part) => [part, countGroup(loaded, part)]))
  const whole = countBallots(
    campaign.definition,
    ballots.map(({ answers }) => answers),
    null,
  )
  const own = counted.get(group) ?? new Map()
  const hidden = new Set<string>()
  for (const key of own.keys()) {
    const sizes = parts.map((part) => counted.get(part)?.get(key)?.valid ?? 0)
    const rest = (whole.get(key)?.valid ?? 0) - sizes.reduce((sum, size) => sum + size, 0)
    if (shownParts([...sizes, rest], campaign.plan.least)[parts.indexOf(group)] === false) hidden.add(key)
  }
  return resultsOf(campaign.definition, { ballots: group.members.size, counted: own, hidden })
}

export async function askResults(
  context: SurveyContext,
  question: Question,
  { by, key }: ResultsQuery,
): Promise<ResultsReply | undefined> {
  const { loaded, remarks, before } = await withSnapshot(context.db, { agencies: question.scope }, async (tx) => {
    const surveys = tx as unknown as SurveyTx
    const loaded = await load(surveys, question)
    if (!loaded) return {}
    const whole = by === undefined
    return {
      loaded,
      remarks:
        whole && loaded.ballots.length >= loaded.campaign.plan.least
          ? await listWords(surveys, question.place.campaignId)
          : [],
      before: await findBefore(surveys, loaded.campaign),
    }
  })
  if (!loaded) return undefined
  const { campaign, shown } = loaded
  const group = by && loaded.groups.find((each) => each.by === by && each.key === key)
  const chosen = by === undefined ? wholeOf(loaded) : groupOrNothing(loaded, group)
  const names = await namesOf(context, loaded)
  return {
    source: loaded.totals ? 'totals' : 'ballots',
    least: campaign.plan.least,
    ...chosen,
    inUrn: loaded.inUrn,
    groups: bys.flatMap((each) => {
      const own = loaded.groups.filter((one) => one.by === each)
      const items = own
        .map((one): GroupResult => {
          const name = names(each, one.key)
          if (!shown.has(one)) return { key: one.key, name, ballots: null, index: null, overall: null }
          const results = groupResults(loaded, one)
          const overall = results.overall?.satisfied ?? null
          return {
            key: one.key,
            name,
            ballots: one.members.size,
            index: results.index ?? meanSatisfied(results),
            overall,
          }
        })
        .toSorted((one, other) =>
          each === 'month' ? one.key.localeCompare(other.key) : one.name.localeCompare(other.name, 'vi'),
        )
      return items.length > 0 ? [{ by: each, items }] : []
    }),
    before: before ?? null,
    remarks: [...new Set((remarks ?? []).map((remark) => remark.question))].map((one) => ({
      question: one,
      words: (remarks ?? []).filter((remark) => remark.question === one).map(({ words }) => words),
    })),
  }
}

/** Where no factors are named: positive of valid over all judged questions. */
function meanSatisfied({ questions }: Results): number | null {
  const judged = questions.filter(({ satisfied, hidden }) => satisfied !== null && !hidden)
  const positive = judged.reduce(
    (sum, { options }) => sum + options.reduce((all, { positive: yes, count }) => all + (yes ? count : 0), 0),
    0,
  )
  return (
    percentOf(
      positive,
      judged.reduce((sum, { valid }) => sum + valid, 0),
    ) ?? null
  )
}

function groupOrNothing(loaded: Loaded, group: Group | undefined): { results: Results | null; tooFew: boolean } {
  return group && loaded.shown.has(group)
    ? { results: groupResults(loaded, group), tooFew: false }
    : { results: null, tooFew: true }
}

/** The campaign of the same agency with the same questions that ended before this one began. */
async function findBefore(tx: SurveyTx, campaign: CampaignRow): Promise<ResultsReply['before']> {
  const keys = keysOf(campaign.definition)
  const [last] = (await listCampaigns(tx))
    .filter(
      (each) =>
        each.agency_id === campaign.agency_id &&
        each.campaign_id !== campaign.campaign_id &&
        each.state !== 'draft' &&
        each.last_day < campaign.first_day &&
        keysOf(each.definition) === keys,
    )
    .toSorted((one, other) => other.last_day.localeCompare(one.last_day))
  const loaded =
    last && (await load(tx, { place: { agencyId: last.agency_id, campaignId: last.campaign_id }, scope: [] }))
  const results = loaded && wholeOf(loaded).results
  return results ? { name: last.name, lastDay: last.last_day, results } : null
}

const keysOf = ({ questions }: Questionnaire): string =>
  JSON.stringify(questions.map((question) => [question.key, optionsOf(question).map(({ key }) => key)]))

async function namesOf(context: SurveyContext, { groups }: Loaded): Promise<(by: By, key: string) => string> {
  const ids = (by: By) => groups.filter((group) => group.by === by).map(({ key }) => Number(key))
  const day = dayOf(context.clock())
  const [agencies, units, fields] = await Promise.all([
    listAgencies(context.db, ids('agency'), day),
    listUnitNames(context.db, ids('unit')),
    listFields(context.db),
  ])
  return (by, key) => {
    if (by === 'agency') return agencies.find(({ agencyId }) => String(agencyId) === key)?.fullName ?? key
    if (by === 'unit') return units.get(Number(key)) ?? key
    if (by === 'field') return fields.find((field) => field.key === key)?.name ?? key
    return `${key.slice(5)}/${key.slice(0, 4)}`
  }
}

// --- Opening a number ----------------------------------------------------------------------------------------------------

const MOST_OPENED = 200

/**
 * The answers behind a number. Of the whole campaign the ballots, without their marks; of a group only the answers to this
 * very question: with whole ballots of several groups somebody could find one ballot again and learn all its marks.
 */
export async function openNumber(
  context: SurveyContext,
  question: Question,
  { question: key, option, blank = false, by, key: groupKey }: OpenQuery,
): Promise<OpenedReply | undefined> {
  const loaded = await withSnapshot(context.db, { agencies: question.scope }, (tx) =>
    load(tx as unknown as SurveyTx, question),
  )
  const asked = loaded?.campaign.definition.questions.find((each) => each.key === key)
  if (!loaded || !asked || loaded.totals) return undefined
  const { campaign, ballots, shown } = loaded
  const chosen = optionsOf(asked).find((each) => each.key === option)
  if (option !== undefined && !chosen) return undefined
  const whole = by === undefined
  const group = loaded.groups.find((each) => each.by === by && each.key === groupKey)
  if (whole ? ballots.length < campaign.plan.least : !group || !shown.has(group)) return undefined
  if (group && groupResults(loaded, group).questions.find((each) => each.key === key)?.hidden !== false)
    return undefined
  const behind = { question: asked.text, option: chosen?.text ?? null }
  if (asked.personal || asked.kind === 'text') {
    // Lies apart: there is nothing else of its ballot.
    if (!whole || blank) return undefined
    const own = loaded.loose.filter((each) => each.question === key && (option === undefined || each.choice === option))
    const lines = own.flatMap(({ choice, answers }) => Array.from({ length: answers }, () => choice))
    return {
      ...behind,
      count: lines.length,
      whole: false,
      ballots: lines
        .slice(0, MOST_OPENED)
        .map((choice) => [{ question: asked.key, answers: choice === null ? [] : wordsOf(asked, choice) }]),
    }
  }
  const found = ballots.filter(({ ballot_id: id, answers }) => {
    if (group && !group.members.has(id)) return false
    const given = answers[key]
    if (blank) return given === undefined
    return given !== undefined && (option === undefined || (Array.isArray(given) ? given : [given]).includes(option))
  })
  return {
    ...behind,
    count: found.length,
    whole,
    ballots: found
      .slice(0, MOST_OPENED)
      .map(({ answers }) => written(campaign.definition, answers, whole ? null : key)),
  }
}

function written(
  { questions }: Questionnaire,
  answers: Answers,
  only: string | null,
): { question: string; answers: Words[] }[] {
  return questions
    .filter((question) => {
      const { key, kind, personal } = question
      return kind !== 'text' && !personal && (only === null ? isAsked(question, answers) : key === only)
    })
    .map((question) => ({ question: question.key, answers: wordsOf(question, answers[question.key]) }))
}

const wordsOf = (question: Questionnaire['questions'][number], given: Answer | undefined): Words[] =>
  given === undefined
    ? []
    : optionsOf(question)
        .filter(({ key }) => (Array.isArray(given) ? given : [given]).includes(key))
        .map(({ text }) => text)

/** All ballots of a campaign for the workbook, and its words; nothing where there are too few. */
export async function ballotsOf(
  context: SurveyContext,
  question: Question,
): Promise<{ campaign: CampaignRow; ballots: Answers[] } | undefined> {
  const loaded = await withSnapshot(context.db, { agencies: question.scope }, (tx) =>
    load(tx as unknown as SurveyTx, question),
  )
  if (!loaded) return undefined
  const { campaign, ballots } = loaded
  return { campaign, ballots: ballots.length < campaign.plan.least ? [] : ballots.map(({ answers }) => answers) }
}
