import {
  openUrns,
  castBallot,
  createCampaign,
  findSurveyCampaign,
  openKiosk,
  stepCampaign,
  templateOf,
  type Channel,
  type SurveyContext,
} from '../src/surveys/index.ts'
import { addDays, dayOf, instantAt, weekdayOf, type Day } from '../src/platform/day.ts'
import { withScope } from '../src/platform/db.ts'
import { random, commandIdOf, type Random } from './random.ts'
import type { DemoContext } from './town.ts'

/**
 * What the report of xã Thiện Hưng for 2023 tells of its 174 ballots, question by question; what is missing to 174 was left
 * blank. The ballots themselves cannot be known: the demo has some whose sums are these.
 */
export const thienHungBallots = 174
export const thienHungCounts: Readonly<Record<string, Readonly<Record<string, number>>>> = {
  q1: { officer: 75, board: 49, media: 5, acquaintance: 45 },
  q2: { 'very-good': 53, good: 117, fair: 4 },
  q3: { 'very-good': 90, good: 84 },
  q4: { 'very-simple': 11, simple: 156, fair: 7 },
  q5: { 'very-fast': 45, fast: 128, fair: 1 },
  q6: { 'very-good': 4, good: 44, fair: 10 },
  q7: { no: 174 },
  q8: { early: 68, 'on-time': 98 },
  q9: { 'very-satisfied': 58, satisfied: 114, neutral: 2 },
}

type Ballot = Record<string, string | string[]>
type Cast = { channel: Channel; answers: Ballot; day: Day; unitId: number | null; once: string }

/** The survey that xã Thiện Hưng held online after each result in 2023. */
export async function surveyThienHung(context: DemoContext, agencyId: number): Promise<void> {
  const chance = random('survey/thien-hung')
  const ballots: Ballot[] = Array.from({ length: thienHungBallots }, () => ({}))
  for (const [question, counts] of Object.entries(thienHungCounts)) {
    const answers = Object.entries(counts).flatMap(([option, count]) => Array.from({ length: count }, () => option))
    for (const [place, index] of chance.shuffle(ballots.map((_ballot, at) => at)).entries()) {
      const ballot = ballots[index]
      const answer = answers[place]
      if (ballot && answer !== undefined) ballot[question] = answer
    }
  }
  const name = 'Khảo sát sự hài lòng năm 2023'
  await hold(context, {
    key: 'thien-hung',
    agencyId,
    name,
    template: 'commune',
    days: ['2023-01-03', '2023-12-29'],
    channels: ['link'],
    kind: 'survey',
    target: 0,
    isOver: true,
    ballots: ballots.map((answers, index) => ({
      channel: 'link',
      answers,
      day: addDays('2023-01-03', chance.between(0, 355)),
      unitId: null,
      once: `link/demo-${index}`,
    })),
  })
}

/** What xã Hải Hưng asks at this moment: the five factors of SIPAS, and a rating after each dossier. */
export async function surveyHaiHung(
  context: DemoContext,
  { agencyId, unitIds }: { agencyId: number; unitIds: readonly number[] },
): Promise<void> {
  const chance = random('survey/hai-hung')
  const today = dayOf(context.clock())
  const [unitId = null] = unitIds
  await hold(context, {
    key: 'hai-hung-sipas',
    agencyId,
    name: `Khảo sát hài lòng quý ${Math.ceil(Number(today.slice(5, 7)) / 3)} năm ${today.slice(0, 4)}`,
    template: 'sipas',
    days: [addDays(today, -40), addDays(today, 20)],
    channels: ['token', 'link', 'kiosk', 'paper', 'telephone'],
    kind: 'survey',
    target: 120,
    percent: 40,
    isOver: false,
    ballots: Array.from({ length: 46 }, (_none, index) => ({
      channel: chance.weighted([
        ['link', 5],
        ['kiosk', 3],
        ['telephone', 1],
      ] as const),
      answers: sipasBallot(chance, index),
      day: addDays(today, -chance.between(0, 38)),
      unitId: chance.weighted([
        [unitIds[0] ?? null, 5],
        [unitIds[1] ?? null, 3],
        [null, 1],
      ] as const),
      once: `demo-${index}`,
    })),
  })
  await hold(context, {
    key: 'hai-hung-rating',
    agencyId,
    name: `Đánh giá sau từng hồ sơ, năm ${today.slice(0, 4)}`,
    template: 'rating',
    days: [`${today.slice(0, 4)}-01-01`, `${today.slice(0, 4)}-12-31`],
    channels: ['token', 'kiosk'],
    kind: 'rating',
    target: 0,
    isOver: false,
    kiosk: { name: 'Máy tại Bộ phận Một cửa', unitId },
    ballots: Array.from({ length: 38 }, (_none, index) => ({
      channel: 'kiosk',
      answers: ratingBallot(chance),
      // The machine stands where people come, on the days when they come.
      day: noEarlier(openDay(addDays(today, -chance.between(0, 95))), `${today.slice(0, 4)}-01-01`),
      unitId,
      once: `demo-rating-${index}`,
    })),
  })
}

/** The day itself or the working day before it; holidays are of no account here. */
const openDay = (day: Day): Day => addDays(day, -Math.max(0, weekdayOf(day) - 5))
const noEarlier = (day: Day, first: Day): Day => (day < first ? first : day)

const level = (chance: Random, least: number): string =>
  chance.weighted([
    ['5', 6 + least],
    ['4', 9],
    ['3', 2],
    ['2', least > 1 ? 0.3 : 1],
  ] as const)

const said = [
  'Công chức hướng dẫn dễ hiểu, tôi làm một lần là xong.',
  'Mong có thêm ghế ngồi chờ và quạt mát vào mùa hè.',
  'Nộp qua mạng tải ảnh hơi lâu, mạng ở thôn yếu.',
  'Anh Minh ở quầy 2 rất nhiệt tình, số của anh là 0912 000 111.',
  'Nên báo tin nhắn sớm hơn khi có kết quả.',
  'Bãi gửi xe hơi chật vào sáng thứ Hai.',
  'Giấy tờ ít hơn trước nhiều, cảm ơn bộ phận một cửa.',
]

function sipasBallot(chance: Random, index: number): Ballot {
  const questions = templateOf('sipas')?.questions ?? []
  const answers: Ballot = {}
  for (const { key, kind, factor, personal } of questions) {
    if (chance.chance(factor === 'feedback' ? 0.35 : 0.04)) continue
    if (kind === 'scale')
      answers[key] = level(chance, { access: 0, procedure: 2, officer: 4, result: 5 }[factor ?? ''] ?? 1)
    if (personal) answers[key] = chance.pick(questions.find((question) => question.key === key)?.options ?? []).key
  }
  answers['field'] = chance.pick(['civil-status', 'civil-status', 'land', 'social'])
  answers['source'] = chance.pick(['officer', 'officer', 'board', 'internet', 'people'])
  answers['visits'] = chance.pick(['1', '2', '2', '2', '3'])
  answers['trouble'] = 'no'
  answers['extra'] = 'no'
  const late = chance.chance(0.06)
  answers['late'] = late ? 'yes' : 'no'
  if (late) answers['apology'] = 'both'
  if (chance.chance(0.6))
    answers['wishes'] = [...new Set([chance.pick(['faster', 'online']), chance.pick(['guidance', 'fewer-papers'])])]
  const words = said[index % 11]
  if (words !== undefined) answers['words'] = words
  return answers
}

function ratingBallot(chance: Random): Ballot {
  const overall = chance.weighted([
    ['very-satisfied', 9],
    ['satisfied', 12],
    ['neutral', 2],
    ['dissatisfied', 1],
  ] as const)
  return overall === 'neutral' || overall === 'dissatisfied'
    ? { overall, reasons: [chance.pick(['time', 'place', 'papers'])] }
    : { overall }
}

type Held = {
  key: string
  agencyId: number
  name: string
  template: string
  days: readonly [Day, Day]
  channels: Channel[]
  kind: 'survey' | 'rating'
  target: number
  /** Of a hundred results so many are asked; the rest is left to the rating. */
  percent?: number
  isOver: boolean
  kiosk?: { name: string; unitId: number | null }
  ballots: readonly Cast[]
}

/** Through the commands of every day; what is there already stays as it is. */
async function hold(demo: DemoContext, held: Held): Promise<void> {
  const {
    agencyId,
    channels,
    days: [firstDay, lastDay],
  } = held
  const now = demo as unknown as SurveyContext
  const on = (day: Day): SurveyContext => ({ ...now, clock: () => instantAt(day, 9 * 60) })
  // Made and opened before the first ballot came.
  const context = on(firstDay)
  const by = { officerId: null }
  const campaignId = commandIdOf(`survey/${held.key}`)
  const place = { agencyId, campaignId }
  const before = await withScope(context.db, { agencies: [agencyId] }, (tx) => findSurveyCampaign(tx, place))
  if (before) return
  const made = await createCampaign(context, {
    entry: {
      agencyId,
      name: held.name,
      kind: held.kind,
      firstDay,
      lastDay,
      template: held.template,
      agencies: [agencyId],
      channels,
      plan: {
        percent: held.percent ?? 100,
        seed: firstDay.slice(0, 7),
        quotas: [],
        restMonths: held.kind === 'rating' ? 0 : 6,
        answerDays: 14,
        least: 5,
        target: held.target,
      },
      commandId: campaignId,
    },
    allowed: [agencyId],
    by,
  })
  if (!made.ok) throw new Error(`demo: ${made.refusal.code}`)
  const opened = await stepCampaign(context, { place, step: 'open', revision: 1, by })
  if (!opened.ok) throw new Error(`demo: ${opened.refusal.code}`)
  if (held.kiosk) await openKiosk(context, { place, of: agencyId, ...held.kiosk, by })
  await withScope(context.db, { agencies: [agencyId] }, async (tx) => {
    const campaign = await findSurveyCampaign(tx, place)
    if (!campaign) throw new Error('demo: the survey is not there')
    for (const { channel, answers, day, unitId, once } of held.ballots) {
      const marks = { unitId, field: null, month: day.slice(0, 7) }
      const cast = await castBallot(tx, context.keys, { agencyId, campaign, channel, marks, answers, once, today: day })
      if (!cast.ok) throw new Error(`demo: ${cast.refusal.code}`)
    }
  })
  if (!held.isOver) return void (await openUrns(now))
  const closed = await stepCampaign(on(lastDay), { place, step: 'close', revision: 2, by })
  if (!closed.ok) throw new Error(`demo: ${closed.refusal.code}`)
}
