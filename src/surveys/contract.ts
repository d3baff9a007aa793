import { Type, type Static } from 'typebox'

const closed = { additionalProperties: false } as const
const Day = Type.String({ format: 'date' })
const Id = Type.Integer({ minimum: 1, maximum: 2_147_483_647 })
const Key = Type.String({ pattern: '^[a-z0-9][a-z0-9-]{0,39}$' })
const CommandId = Type.Optional(Type.String({ format: 'uuid' }))
const Nullable = <T extends Parameters<typeof Type.Union>[0][number]>(of: T) => Type.Union([of, Type.Null()])

/** The same words in both languages; where the English is missing, the Vietnamese stands. */
export const Words = Type.Object(
  { vi: Type.String({ minLength: 1, maxLength: 500, pattern: String.raw`\S` }), en: Type.String({ maxLength: 500 }) },
  closed,
)
export type Words = Static<typeof Words>

export const Option = Type.Object(
  {
    key: Key,
    text: Words,
    /** Points of the mean, usually 1 to 5; left out where the answer is no judgement. */
    score: Type.Optional(Type.Number({ minimum: 0, maximum: 100 })),
    /** Counts as satisfied: HL = positive / valid answers. */
    positive: Type.Optional(Type.Boolean()),
  },
  closed,
)
export type Option = Static<typeof Option>

export const QuestionKind = Type.Union([
  Type.Literal('single'),
  Type.Literal('several'),
  Type.Literal('scale'),
  Type.Literal('yes-no'),
  Type.Literal('text'),
])
export type QuestionKind = Static<typeof QuestionKind>

export const Question = Type.Object(
  {
    key: Key,
    kind: QuestionKind,
    text: Words,
    /** Of `single` and `several`; a scale and yes-no have theirs by themselves unless some are given. */
    options: Type.Optional(Type.Array(Option, { minItems: 2, maxItems: 20 })),
    factor: Type.Optional(Key),
    /** About the person and not the service: kept apart from the ballot. */
    personal: Type.Optional(Type.Boolean()),
    /** Asked only of who gave one of these answers. */
    when: Type.Optional(
      Type.Object({ question: Key, options: Type.Array(Key, { minItems: 1, maxItems: 20 }) }, closed),
    ),
  },
  closed,
)
export type Question = Static<typeof Question>

/** A form to be asked, as data. The order of the questions is that of the list. */
export const Questionnaire = Type.Object(
  {
    title: Words,
    intro: Words,
    factors: Type.Array(Type.Object({ key: Key, name: Words }, closed), { maxItems: 20 }),
    /** The question that says how satisfied people are on the whole. */
    overall: Type.Optional(Key),
    questions: Type.Array(Question, { minItems: 1, maxItems: 60 }),
  },
  closed,
)
export type Questionnaire = Static<typeof Questionnaire>

/** What was answered: the key of an option, several of them, or words. What is not there is blank. */
export type Answer = string | string[]
export type Answers = Record<string, Answer>
export const Answers = Type.Record(
  Type.String({ maxLength: 40 }),
  Type.Union([Type.String({ maxLength: 4000 }), Type.Array(Type.String({ maxLength: 40 }), { maxItems: 20 })]),
)

export const Channel = Type.Union([
  Type.Literal('token'),
  Type.Literal('link'),
  Type.Literal('kiosk'),
  Type.Literal('paper'),
  Type.Literal('telephone'),
])
export type Channel = Static<typeof Channel>

const Quota = Type.Object(
  {
    by: Type.Union([Type.Literal('field'), Type.Literal('unit'), Type.Literal('agency')]),
    key: Type.String({ minLength: 1, maxLength: 60 }),
    /** So many are invited at most. */
    most: Type.Integer({ minimum: 0, maximum: 1_000_000 }),
  },
  closed,
)
export type Quota = Static<typeof Quota>

/** How people are chosen and how results are shown. */
export const Plan = Type.Object(
  {
    /** Of a hundred results so many are asked; the seed makes the draw repeatable. */
    percent: Type.Integer({ minimum: 0, maximum: 100 }),
    seed: Type.String({ minLength: 1, maxLength: 60 }),
    quotas: Type.Array(Quota, { maxItems: 200 }),
    /** Nobody is asked twice within so many months. */
    restMonths: Type.Integer({ minimum: 0, maximum: 24 }),
    /** Days to answer. */
    answerDays: Type.Integer({ minimum: 1, maximum: 90 }),
    /** Groups with fewer answers are not shown. */
    least: Type.Integer({ minimum: 3, maximum: 50 }),
    /** So many ballots are aimed at; 0 where no number is set. */
    target: Type.Integer({ minimum: 0, maximum: 1_000_000 }),
  },
  closed,
)
export type Plan = Static<typeof Plan>

export const CampaignKind = Type.Union([Type.Literal('survey'), Type.Literal('rating'), Type.Literal('totals')])
export type CampaignKind = Static<typeof CampaignKind>
export type CampaignState = 'draft' | 'running' | 'closed'

// What the API takes

export const CampaignParams = Type.Object({
  agencyId: Id,
  campaignId: Type.String({ format: 'uuid' }),
})

export const QuestionnaireEntry = Type.Object(
  {
    agencyId: Id,
    questionnaireId: Type.Optional(Type.String({ format: 'uuid' })),
    /** The version that was changed; a newer one refuses. */
    version: Type.Optional(Type.Integer({ minimum: 0 })),
    definition: Questionnaire,
    commandId: CommandId,
  },
  closed,
)

const Name = Type.String({ minLength: 1, maxLength: 200, pattern: String.raw`\S` })
/** Made from a questionnaire of the agency or from a template. */
export const CampaignEntry = Type.Object(
  {
    agencyId: Id,
    name: Name,
    kind: CampaignKind,
    firstDay: Day,
    lastDay: Day,
    template: Type.Optional(Type.String({ maxLength: 40 })),
    questionnaireId: Type.Optional(Type.String({ format: 'uuid' })),
    agencies: Type.Array(Id, { minItems: 1, maxItems: 5000 }),
    channels: Type.Array(Channel, { maxItems: 5 }),
    plan: Plan,
    commandId: CommandId,
  },
  closed,
)
export type CampaignEntry = Static<typeof CampaignEntry>
export const CampaignEdit = Type.Object(
  {
    name: Name,
    firstDay: Day,
    lastDay: Day,
    agencies: Type.Array(Id, { minItems: 1, maxItems: 5000 }),
    channels: Type.Array(Channel, { maxItems: 5 }),
    plan: Plan,
    revision: Type.Integer({ minimum: 1 }),
    commandId: CommandId,
  },
  closed,
)
export type CampaignEdit = Static<typeof CampaignEdit>
export const CampaignStep = Type.Object(
  {
    step: Type.Union([Type.Literal('open'), Type.Literal('close')]),
    revision: Type.Integer({ minimum: 1 }),
    commandId: CommandId,
  },
  closed,
)

export const ResultsQuery = Type.Object(
  {
    by: Type.Optional(
      Type.Union([Type.Literal('agency'), Type.Literal('unit'), Type.Literal('field'), Type.Literal('month')]),
    ),
    key: Type.Optional(Type.String({ maxLength: 60 })),
  },
  closed,
)
export type ResultsQuery = Static<typeof ResultsQuery>
export const OpenQuery = Type.Object(
  {
    question: Key,
    option: Type.Optional(Key),
    /** Those that left it blank. */
    blank: Type.Optional(Type.Boolean()),
    by: ResultsQuery.properties.by,
    key: ResultsQuery.properties.key,
  },
  closed,
)
export type OpenQuery = Static<typeof OpenQuery>

export const TotalsEntry = Type.Object(
  {
    ballots: Type.Integer({ minimum: 1, maximum: 10_000_000 }),
    counts: Type.Record(
      Type.String({ maxLength: 40 }),
      Type.Record(Type.String({ maxLength: 40 }), Type.Integer({ minimum: 0, maximum: 10_000_000 })),
    ),
    source: Type.String({ minLength: 1, maxLength: 500, pattern: String.raw`\S` }),
    commandId: CommandId,
  },
  closed,
)

export const PaperEntry = Type.Object(
  {
    number: Type.Integer({ minimum: 1, maximum: 99_999 }),
    unitId: Type.Optional(Nullable(Id)),
    field: Type.Optional(Nullable(Type.String({ maxLength: 60 }))),
    month: Type.Optional(Type.String({ pattern: String.raw`^20\d{2}-(0[1-9]|1[0-2])$` })),
    answers: Answers,
    /** The agency in which the ballot was filled in. */
    of: Type.Optional(Id),
    commandId: CommandId,
  },
  closed,
)
export type PaperEntry = Static<typeof PaperEntry>
export const PaperParams = Type.Object({
  agencyId: Id,
  campaignId: Type.String({ format: 'uuid' }),
  number: Type.Integer({ minimum: 1, maximum: 99_999 }),
})
export const PaperSettling = Type.Object({ answers: Answers, of: Type.Optional(Id), commandId: CommandId }, closed)
export const TelephoneEntry = Type.Object(
  { answers: Answers, of: Type.Optional(Id), commandId: Type.String({ format: 'uuid' }) },
  closed,
)
export const KioskEntry = Type.Object(
  { name: Name, of: Type.Optional(Id), unitId: Type.Optional(Nullable(Id)), commandId: CommandId },
  closed,
)

/** What a kiosk sends, also what it kept while there was no network. */
export const KioskBallots = Type.Object(
  {
    ballots: Type.Array(Type.Object({ id: Type.String({ format: 'uuid' }), day: Day, answers: Answers }, closed), {
      minItems: 1,
      maxItems: 50,
    }),
  },
  closed,
)

// What the API gives

export type Progress = {
  invited: number
  received: number
  channels: { channel: Channel; count: number }[]
  /** Received but not yet shuffled. */
  inUrn: number
  papersOpen: number
}

export type CampaignSummary = {
  agencyId: number
  agencyName: string
  campaignId: string
  name: string
  kind: CampaignKind
  state: CampaignState
  firstDay: string
  lastDay: string
  agencies: number[]
  channels: Channel[]
  title: Words
  target: number
  progress: Progress
  mayManage: boolean
  mayEnter: boolean
}

export type CampaignsReply = {
  today: string
  home: number | null
  agencies: { agencyId: number; name: string; mayManage: boolean }[]
  campaigns: CampaignSummary[]
  /** What people said of their dossiers in the last thirty days of the rating that runs. */
  rating: { campaignId: string; agencyId: number; positive: number; valid: number; percent: number | null } | null
}

export type CampaignReply = CampaignSummary & {
  plan: Plan
  definition: Questionnaire
  revision: number
  linkPath: string | null
  agencyNames: { agencyId: number; name: string }[]
  units: { unitId: number; name: string }[]
  fields: { key: string; name: string }[]
  quotas: (Quota & { name: string; invited: number })[]
  kiosks: { kioskId: string; name: string; openedAt: string; closedAt: string | null }[]
  totals: { ballots: number; source: string; counts: Record<string, Record<string, number>> } | null
}

export type QuestionnaireItem = {
  agencyId: number
  questionnaireId: string
  version: number
  title: string
  changedAt: string
  definition: Questionnaire
}
export type QuestionnairesReply = {
  items: QuestionnaireItem[]
  templates: { key: string; definition: Questionnaire }[]
}

/** A percentage of two bases; null when the base is 0, `hidden` when the group is too small to be shown. */
export type OptionResult = {
  key: string
  text: Words
  positive: boolean
  count: number
  ofAll: number | null
  ofValid: number | null
}
export type QuestionResult = {
  key: string
  kind: QuestionKind
  text: Words
  factor: string | null
  personal: boolean
  /** Ballots on which it was to be answered. */
  asked: number
  valid: number
  blank: number
  blankOfAll: number | null
  options: OptionResult[]
  /** HL: positive of valid answers. */
  satisfied: number | null
  mean: number | null
  /** Too few answers to be shown. */
  hidden: boolean
}
export type FactorResult = {
  key: string
  name: Words
  satisfied: number | null
  mean: number | null
  questions: number
}
export type Results = {
  ballots: number
  questions: QuestionResult[]
  factors: FactorResult[]
  /** All positive answers of all valid ones over the questions with a factor. */
  index: number | null
  indexPositive: number
  indexValid: number
  overall: { satisfied: number | null; positive: number; valid: number; question: Words } | null
}

export type GroupResult = {
  key: string
  name: string
  /** Null where there are too few to be shown. */
  ballots: number | null
  index: number | null
  overall: number | null
}
export type ResultsReply = {
  source: 'ballots' | 'totals'
  least: number
  results: Results | null
  /** The chosen group has too few answers. */
  tooFew: boolean
  inUrn: number
  groups: { by: 'agency' | 'unit' | 'field' | 'month'; items: GroupResult[] }[]
  /** The campaign with the same questions before this one. */
  before: { name: string; lastDay: string; results: Results } | null
  /** Free words, masked and in no order. */
  remarks: { question: string; words: string[] }[]
}

/** Ballots behind a number; of a group only the answer that was asked for, of a whole campaign the ballot. */
export type OpenedReply = {
  count: number
  question: Words
  option: Words | null
  whole: boolean
  ballots: { question: string; answers: Words[] }[][]
}

export type PaperItem = {
  number: number
  state: 'once' | 'differs' | 'settled'
  /** Typed the first time by who asks: the second time is somebody else's. */
  mine: boolean
}
export type PapersReply = { items: PaperItem[]; next: number; once: number; differs: number; settled: number }
export type PaperOutcome = {
  state: 'once' | 'differs' | 'settled'
  number: number
  differences: { question: string; first: Answer | null; second: Answer | null }[]
}
