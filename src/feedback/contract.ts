import { Type, type Static } from 'typebox'

const strict = { additionalProperties: false } as const
const Uuid = Type.String({ pattern: '^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$' })
const Id = Type.Integer({ minimum: 1, maximum: 2_147_483_647 })
const Day = Type.String({ format: 'date' })
const Nullable = <T extends Parameters<typeof Type.Union>[0][number]>(of: T) => Type.Union([of, Type.Null()])
const Words = Type.String({ minLength: 1, maxLength: 8000, pattern: String.raw`\S` })

/** How it came: by the web, by the hotline, by post, in person, by mail, or from another agency of the system. */
export const Channel = Type.Enum(['web', 'hotline', 'counter', 'post', 'email', 'agency'])
export type Channel = Static<typeof Channel>
/** Over the desk: what an officer may register. */
export const DeskChannel = Type.Enum(['hotline', 'counter', 'post', 'email'])

/** (a) behaviour of officials: slow, troublesome, wrong; (b) the content of a regulation. NĐ 20/2008/NĐ-CP, Điều 1, 5. */
export const Kind = Type.Enum(['behaviour', 'regulation'])
export type Kind = Static<typeof Kind>

/** What is no petition and goes another way: khiếu nại, tố cáo, thuộc cơ quan khác. */
export const Referral = Type.Enum(['complaint', 'denunciation', 'elsewhere'])
export type Referral = Static<typeof Referral>

export const PetitionStatus = Type.Enum([
  'new',
  'awaiting-supplement',
  'handling',
  'answered',
  'published',
  'reopened',
  'refused',
  'forwarded',
  'withdrawn',
  'closed',
])
export type PetitionStatus = Static<typeof PetitionStatus>

export const Rating = Type.Enum(['satisfied', 'acceptable', 'dissatisfied'])
export type Rating = Static<typeof Rating>

export const RefusalGround = Type.Enum(['no-content', 'no-sender', 'repeated', 'not-supplemented', 'abusive', 'other'])
export type RefusalGround = Static<typeof RefusalGround>

export type DeadlineWhat = 'refuse' | 'supplement' | 'forward' | 'process' | 'publish' | 'supplementWait' | 'reopen'

const Days = Type.Integer({ minimum: 1, maximum: 120 })
/** Working days for each step, kept with the petition from the day on which it came. */
export const Timers = Type.Object(
  {
    refuse: Days,
    supplement: Days,
    forward: Days,
    process: Days,
    publish: Days,
    extend: Days,
    supplementWait: Days,
    reopen: Days,
  },
  strict,
)
export type Timers = Static<typeof Timers>

/** How an agency takes petitions in. The address is posted: NĐ 20/2008/NĐ-CP, Điều 8. */
export const Settings = Type.Object(
  {
    open: Type.Boolean(),
    name: Type.String({ maxLength: 200 }),
    address: Type.String({ maxLength: 300 }),
    phone: Type.String({ maxLength: 60 }),
    email: Type.String({ maxLength: 200 }),
    /** Whether one may send without a name; the law asks for one. */
    anonymous: Type.Boolean(),
    /** Whether answered petitions are published at all. */
    publication: Type.Boolean(),
    timers: Timers,
  },
  strict,
)
export type Settings = Static<typeof Settings>
export const SettingsBody = Type.Object({ ...Settings.properties, commandId: Type.Optional(Uuid) }, strict)
export type SettingsView = Settings & {
  agencyId: number
  agencyName: string
  changedAt: string | null
  changedBy: string | null
}

export const Coordinates = Type.Object(
  { latitude: Type.Number({ minimum: 6, maximum: 24 }), longitude: Type.Number({ minimum: 101, maximum: 118 }) },
  strict,
)
export type Coordinates = Static<typeof Coordinates>

/** What happened, as the person tells it. */
export const Story = Type.Object(
  {
    happened: Words,
    wish: Type.String({ maxLength: 4000 }),
    happenedOn: Nullable(Day),
    /** Code of a commune of today, and its name as the person chose it. */
    placeCode: Nullable(Type.String({ maxLength: 10 })),
    placeName: Type.String({ maxLength: 300 }),
    placeDetail: Type.String({ maxLength: 300 }),
    coordinates: Nullable(Coordinates),
    about: Type.Enum(['behaviour', 'regulation', 'unsure']),
    /** Whom it concerns, in the person's words. */
    concerns: Type.String({ maxLength: 500 }),
    dossierCode: Nullable(Type.String({ maxLength: 80 })),
    procedureCode: Nullable(Type.String({ maxLength: 40 })),
    procedureName: Type.String({ maxLength: 500 }),
  },
  strict,
)
export type Story = Static<typeof Story>

export const Sender = Type.Object(
  {
    kind: Type.Enum(['individual', 'organisation']),
    name: Type.String({ minLength: 1, maxLength: 200, pattern: String.raw`\S` }),
    phone: Type.String({ maxLength: 30 }),
    email: Type.String({ maxLength: 200 }),
    address: Type.String({ maxLength: 300 }),
    identityNumber: Type.String({ maxLength: 30 }),
    /** Not to be named when the answer is published. */
    hidesName: Type.Boolean(),
  },
  strict,
)
export type Sender = Static<typeof Sender>

/** An officer writes down what somebody says or what came on paper. */
export const RegisterBody = Type.Object(
  {
    commandId: Uuid,
    agencyId: Id,
    channel: DeskChannel,
    /** Number at the hotline (1022), or of the letter. */
    reference: Type.String({ maxLength: 60 }),
    story: Story,
    sender: Nullable(Sender),
    /** It speaks of a crime or a breach of law by an officer: only leaders and clerks will see it. */
    restricted: Type.Boolean(),
    /** When it came, where it is written down later; not after now. */
    receivedAt: Type.Optional(Type.String({ format: 'date-time' })),
  },
  strict,
)
export type RegisterBody = Static<typeof RegisterBody>

const command = <Name extends string, More extends Record<string, ReturnType<typeof Type.String>>>(
  type: Name,
  more: More,
) => Type.Object({ type: Type.Literal(type), ...more }, strict)

export const CommandInput = Type.Union([
  command('requestSupplement', { text: Words }),
  Type.Object({ type: Type.Literal('accept'), kind: Kind, unitId: Id, officerId: Nullable(Id) }, strict),
  Type.Object({ type: Type.Literal('reassign'), unitId: Id, officerId: Nullable(Id) }, strict),
  Type.Object({ type: Type.Literal('guide'), referral: Referral, authority: Words, text: Words }, strict),
  Type.Object({ type: Type.Literal('transfer'), toAgencyId: Id, text: Words }, strict),
  Type.Object({ type: Type.Literal('refuse'), ground: RefusalGround, text: Words }, strict),
  command('extend', { text: Words }),
  command('propose', { text: Words }),
  command('sendBack', { text: Words }),
  command('answer', { text: Words }),
  Type.Object(
    {
      type: Type.Literal('publish'),
      title: Type.String({ minLength: 1, maxLength: 200, pattern: String.raw`\S` }),
      story: Words,
      place: Type.String({ maxLength: 300 }),
      answer: Words,
      sender: Type.String({ maxLength: 200 }),
      files: Type.Array(Uuid, { maxItems: 20, uniqueItems: true }),
      /** Found pieces that look like personal data and that the officer lets stand, each as it is written. */
      letStand: Type.Array(Type.String({ maxLength: 300 }), { maxItems: 200 }),
    },
    strict,
  ),
  command('keepPrivate', { text: Words }),
  command('unpublish', { text: Words }),
  command('close', {}),
  Type.Object(
    {
      type: Type.Literal('protect'),
      restricted: Type.Boolean(),
      concerned: Type.Array(Id, { maxItems: 20, uniqueItems: true }),
    },
    strict,
  ),
  /** On behalf of a sender who has no telephone or computer. */
  command('supplement', { text: Words }),
  Type.Object({ type: Type.Literal('rate'), rating: Rating, text: Type.String({ maxLength: 4000 }) }, strict),
  command('reopen', { text: Words }),
  Type.Object({ type: Type.Literal('withdraw'), text: Type.String({ maxLength: 4000 }) }, strict),
])
export type CommandInput = Static<typeof CommandInput>

export const CommandBody = Type.Object(
  { commandId: Uuid, version: Type.Integer({ minimum: 1 }), command: CommandInput },
  strict,
)
export type CommandReply = { petitionId: string; code: string; version: number }

export const PetitionParams = Type.Object({ petitionId: Uuid })
export const FileParams = Type.Object({ petitionId: Uuid, fileId: Uuid })
export const RevealBody = Type.Object(
  { reason: Type.String({ minLength: 3, maxLength: 500, pattern: String.raw`\S` }), commandId: Type.Optional(Uuid) },
  strict,
)

export const QueueQuery = Type.Object(
  {
    state: Type.Optional(Type.Enum(['', 'open', 'late', 'today', 'new', 'waiting', 'answered', 'ended'])),
    whose: Type.Optional(Type.Enum(['all', 'mine'])),
    q: Type.Optional(Type.String({ maxLength: 100 })),
    agencyId: Type.Optional(Id),
    cursor: Type.Optional(Type.String({ maxLength: 300 })),
  },
  strict,
)
export type QueueQuery = Static<typeof QueueQuery>

export const RegisterQuery = Type.Object(
  { agencyId: Id, from: Day, to: Day, format: Type.Optional(Type.Enum(['xlsx', 'pdf'])) },
  strict,
)
export const OfDossier = Type.Object({ agencyId: Id, code: Type.String({ maxLength: 80 }) }, strict)

// What the API gives

export type PetitionItem = {
  agencyId: number
  agencyName: string
  petitionId: string
  code: string
  status: PetitionStatus
  channel: Channel
  reference: string | null
  kind: Kind | null
  referral: Referral | null
  restricted: boolean
  title: string
  place: string
  unitName: string | null
  officerId: number | null
  officerName: string | null
  receivedAt: string
  dueAt: string | null
  dueWhat: DeadlineWhat | null
  endedAt: string | null
  answeredAt: string | null
}
export type QueueReply = {
  items: PetitionItem[]
  /** The officer sees what the own unit handles and what the officer registered, not everything. */
  ownOnly: boolean
  next: string | null
  counts: { open: number; late: number; today: number; new: number; waiting: number; answered: number }
}

export type DeadlineView = {
  what: DeadlineWhat
  dueAt: string
  doneAt: string | null
  late: boolean
  sentences: string[]
  law: string
}

export type StoryEntry = {
  version: number
  type: string
  at: string
  by: string | null
  /** What was written with it; null where nothing was, or where this officer may not read it. */
  text: string | null
  facts: string[]
}

export type PetitionFile = {
  fileId: string
  name: string
  mediaType: string
  size: number
  origin: 'sender' | 'officer' | 'scan'
  preview: boolean
}

/** Something in a text that looks like personal data. */
export const Finding = Type.Object({
  kind: Type.Enum(['name', 'phone', 'number', 'email', 'address', 'dossier', 'plate', 'account']),
  from: Type.Integer(),
  to: Type.Integer(),
  text: Type.String(),
})
export type Finding = Static<typeof Finding>

export type Redaction = {
  title: string
  story: string
  place: string
  answer: string
  sender: string
  findings: { title: Finding[]; story: Finding[]; answer: Finding[]; place: Finding[] }
}

export const CheckBody = Type.Object(
  {
    title: Type.String({ maxLength: 200 }),
    story: Type.String({ maxLength: 8000 }),
    place: Type.String({ maxLength: 300 }),
    answer: Type.String({ maxLength: 8000 }),
  },
  strict,
)

export type PetitionView = {
  agencyId: number
  agencyName: string
  petitionId: string
  code: string
  version: number
  status: PetitionStatus
  channel: Channel
  reference: string | null
  kind: Kind | null
  referral: Referral | null
  restricted: boolean
  concerned: { officerId: number; name: string }[]
  receivedAt: string
  endedAt: string | null
  story: Story
  /** A name with its letters hidden; the rest is revealed by a route that is logged. */
  sender: { masked: string; hidesName: boolean; kind: 'individual' | 'organisation' } | null
  mayReveal: boolean
  unitId: number | null
  unitName: string | null
  officerId: number | null
  officerName: string | null
  proposal: string | null
  answer: string | null
  answeredAt: string | null
  publishedAt: string | null
  keptPrivate: boolean
  rating: Rating | null
  deadlines: DeadlineView[]
  entries: StoryEntry[]
  files: PetitionFile[]
  dossier: { code: string; dossierId: string | null } | null
  origin: { code: string; agencyName: string } | null
  next: { code: string; agencyName: string } | null
  /** What this officer may do now; the first is what comes next. */
  commands: string[]
  /** Why the others are not possible, in words. */
  refused: { command: string; why: string }[]
  publicPath: string | null
  /** Other petitions of the same telephone. */
  same: { petitionId: string; code: string; receivedAt: string; status: PetitionStatus }[]
  choices: {
    units: { unitId: number; name: string; officers: { officerId: number; name: string }[] }[]
    agencies: { agencyId: number; name: string }[]
  }
}

export type RevealedSender = Sender

export type AgencyChoices = {
  agencies: { agencyId: number; name: string; settings: SettingsView; mayManage: boolean; mayRegister: boolean }[]
}

export type PetitionOfDossier = {
  petitionId: string
  code: string
  title: string
  status: PetitionStatus
  receivedAt: string
  dueAt: string | null
  endedAt: string | null
}

export type RegisterRow = {
  petitionId: string
  number: number
  code: string
  receivedOn: string
  channel: Channel
  reference: string
  sender: string
  content: string
  kind: string
  handler: string
  dueOn: string
  endedOn: string
  result: string
  published: string
}

// Figures

/** Each counts petitions of a period; what it counts stands in rules/figures.ts, its words in text.vi.ts. */
export const PetitionFigureId = Type.Union([
  Type.Literal('petitions-received'),
  Type.Literal('petitions-settled'),
  Type.Literal('petitions-carried'),
  Type.Literal('petitions-taken-in'),
  Type.Literal('petitions-forwarded'),
  Type.Literal('petitions-handled'),
  Type.Literal('petitions-handled-in-time'),
  Type.Literal('petitions-handled-late'),
  Type.Literal('petitions-withdrawn'),
  Type.Literal('petitions-open'),
  Type.Literal('petitions-published'),
])
export type PetitionFigureId = Static<typeof PetitionFigureId>

/** Of one kind, or of those that are of none (yet). */
export const PetitionFigureKind = Type.Union([
  Type.Literal('behaviour'),
  Type.Literal('regulation'),
  Type.Literal('other'),
])
export type PetitionFigureKind = Static<typeof PetitionFigureKind>

export type PetitionQuestion = {
  agencies: readonly number[]
  from: string
  to: string
  /** Null asks for what is known now; a moment for what was known then. */
  knownAt: string | null
}
export type CountedPetition = {
  agencyId: number
  petitionId: string
  code: string
  receivedOn: string
  status: PetitionStatus
  endedOn: string | null
}
