import { Type, type Static } from 'typebox'
import { Channel } from '../catalogue/contract.ts'
import type { UnitKind } from '../staff/index.ts'
import type { Amendment, PersonRole } from './rules/events.ts'

const DayText = Type.String({ format: 'date' })
const Uuid = Type.String({ pattern: '^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$' })
const Id = Type.Integer({ minimum: 1, maximum: 2_147_483_647 })
const Key = Type.String({ pattern: '^[a-z0-9-]{1,80}$' })
const Line = (maxLength: number, minLength = 0) =>
  Type.String({ minLength, maxLength, pattern: '^[^\\u0000-\\u001f\\u007f]*$' })
const Text = (maxLength: number, minLength = 0) =>
  Type.String({ minLength, maxLength, pattern: '^[^\\u0000-\\u0008\\u000b\\u000c\\u000e-\\u001f\\u007f]*$' })
const Nullable = <Schema extends Parameters<typeof Type.Union>[0][number]>(schema: Schema) =>
  Type.Union([schema, Type.Null()])
const closed = { additionalProperties: false }

export const Delivery = Type.Union([
  Type.Literal('counter'),
  Type.Literal('post'),
  Type.Literal('online'),
  Type.Literal('counter-and-online'),
])
export type Delivery = Static<typeof Delivery>

/** The ways in which who files can be told of a dossier. */
export const NoticeWay = Type.Union([Type.Literal('email'), Type.Literal('sms'), Type.Literal('zalo')])
export type NoticeWay = Static<typeof NoticeWay>

/** A person or organisation as the counter writes it down. */
export const PersonInput = Type.Object(
  {
    kind: Type.Union([
      Type.Literal('individual'),
      Type.Literal('foreigner'),
      Type.Literal('organisation'),
      Type.Literal('newborn'),
    ]),
    name: Line(200, 1),
    identityKind: Type.Union([
      Type.Literal('citizen'),
      Type.Literal('old-citizen'),
      Type.Literal('passport'),
      Type.Literal('tax-code'),
      Type.Literal('none'),
    ]),
    identityNumber: Line(30),
    birthDay: Nullable(DayText),
    sex: Nullable(Type.Union([Type.Literal('male'), Type.Literal('female')])),
    phone: Line(20),
    email: Line(200),
    address: Line(300),
    /** Code of the commune in the unit lists, when it was chosen from there. */
    unitCode: Nullable(Type.String({ pattern: '^\\d{5}$' })),
    /** What this person is to the applicant, e.g. "cha", "người được ủy quyền". */
    relation: Line(100),
  },
  closed,
)
export type PersonInput = Static<typeof PersonInput>

/** Free text beside an event. */
export const Details = Type.Object(
  {
    reason: Text(4000, 1),
    basis: Type.Optional(Text(1000)),
    guidance: Type.Optional(Text(2000)),
    items: Type.Optional(Type.Array(Type.Object({ paper: Text(1500), change: Text(2000) }, closed), { maxItems: 50 })),
  },
  closed,
)
export type Details = Static<typeof Details>

export const ComponentWay = Type.Union([
  Type.Literal('counter'),
  Type.Literal('data'),
  Type.Literal('shown'),
  Type.Literal('not-mine'),
])
export type ComponentWay = Static<typeof ComponentWay>

export const ComponentInput = Type.Object(
  {
    key: Key,
    given: Type.Boolean(),
    form: Type.Union([
      Type.Literal('original'),
      Type.Literal('certified-copy'),
      Type.Literal('copy'),
      Type.Literal('electronic'),
    ]),
    count: Type.Integer({ minimum: 0, maximum: 999 }),
    digital: Nullable(Type.Union([Type.Literal('scanned'), Type.Literal('uploaded'), Type.Literal('reused')])),
    files: Type.Array(Uuid, { maxItems: 50 }),
    /** How it comes otherwise, or why it need not; only of a paper that is not given. */
    way: Type.Optional(ComponentWay),
  },
  closed,
)
export type ComponentInput = Static<typeof ComponentInput>

/** A new dossier. The counter decides at once; an online one waits to be accepted. */
export const IntakeBody = Type.Object(
  {
    commandId: Uuid,
    agencyId: Id,
    receivingPointId: Nullable(Id),
    /** The agency of the desk, when the competent one (`agencyId`) is another: phi địa giới. It only lodges. */
    lodgedAtAgencyId: Type.Optional(Id),
    /** When it happened, for what is written down later; left out, it is now. */
    occurredAt: Type.Optional(Type.String({ format: 'date-time' })),
    procedureCode: Type.String({ maxLength: 40 }),
    caseKey: Key,
    channel: Channel,
    assisted: Type.Boolean(),
    sets: Type.Integer({ minimum: 1, maximum: 20 }),
    persons: Type.Object(
      {
        applicant: PersonInput,
        submitter: Type.Optional(PersonInput),
        owner: Type.Optional(PersonInput),
        delegate: Type.Optional(PersonInput),
      },
      closed,
    ),
    components: Type.Array(ComponentInput, { maxItems: 100 }),
    delivery: Delivery,
    /** Where the post brings the result. */
    deliveryAddress: Line(300),
    /** By which ways who files wants to be told of it; left out, as the authority sends. */
    noticeWays: Type.Optional(Type.Array(NoticeWay, { maxItems: 3, uniqueItems: true })),
    /** What fees are counted by: copies, pages, signatures …, and the exemptions claimed. */
    feeUnits: Type.Object(
      {
        copies: Type.Integer({ minimum: 0, maximum: 500 }),
        pages: Type.Integer({ minimum: 0, maximum: 5000 }),
        signatures: Type.Integer({ minimum: 0, maximum: 500 }),
        contracts: Type.Integer({ minimum: 0, maximum: 100 }),
      },
      closed,
    ),
    exemptions: Type.Array(Key, { maxItems: 10 }),
    remark: Text(2000),
    decision: Type.Union([
      Type.Object({ type: Type.Literal('receive') }, closed),
      Type.Object(
        {
          type: Type.Literal('requestSupplement'),
          details: Details,
          componentKeys: Type.Array(Key, { maxItems: 100 }),
        },
        closed,
      ),
      Type.Object({ type: Type.Literal('refuseReceipt'), details: Details }, closed),
      Type.Object({ type: Type.Literal('none') }, closed),
    ]),
  },
  closed,
)
export type IntakeBody = Static<typeof IntakeBody>

const Cause = Type.Union([
  Type.Literal('own-agency'),
  Type.Literal('other-agency'),
  Type.Literal('system'),
  Type.Literal('force-majeure'),
  Type.Literal('other'),
])
/** Land levies of a household run into billions of đồng. */
const Money = Type.Integer({ minimum: 1, maximum: 1_000_000_000_000 })
const Method = Type.Union([Type.Literal('cash'), Type.Literal('transfer'), Type.Literal('online')])
const command = <Name extends string, Fields extends Parameters<typeof Type.Object>[0]>(type: Name, fields: Fields) =>
  Type.Object({ type: Type.Literal(type), ...fields }, closed)

/** What can be asked of an existing dossier. */
export const CommandInput = Type.Union([
  command('receive', {}),
  command('refuseReceipt', { details: Details }),
  command('requestSupplement', { details: Details, componentKeys: Type.Array(Key, { maxItems: 100 }) }),
  command('acceptSupplement', { components: Type.Array(ComponentInput, { maxItems: 100 }) }),
  command('forward', {}),
  command('completeStep', { key: Key, details: Nullable(Details), resultNumber: Nullable(Line(100)) }),
  command('sendBack', { key: Key, toKey: Key, details: Details }),
  command('assign', { key: Key, officerId: Nullable(Id) }),
  command('askOpinion', { agencyId: Id, unitId: Id, answerBy: DayText, details: Details }),
  command('answerOpinion', { opinionId: Uuid, details: Details }),
  command('requirePayment', { amount: Money, payBy: Nullable(DayText), details: Details }),
  command('confirmPayment', {}),
  command('collectFee', { method: Method, receiptNumber: Nullable(Line(60)), amount: Type.Optional(Money) }),
  command('recountFees', {}),
  command('refundFee', { amount: Money, details: Details }),
  command('extend', { newDay: DayText, cause: Cause, details: Details }),
  command('apologise', { newDay: DayText, cause: Cause, details: Details }),
  command('recordComponents', { components: Type.Array(ComponentInput, { maxItems: 100 }) }),
  command('signResult', {
    key: Key,
    outcome: Type.Union([Type.Literal('granted'), Type.Literal('refused')]),
    documentNumber: Nullable(Line(100)),
    signedOn: DayText,
    fileId: Nullable(Uuid),
    electronic: Type.Boolean(),
    details: Nullable(Details),
  }),
  command('withdraw', { details: Details }),
  command('stop', { details: Details }),
  command('closeUnsupplemented', {}),
  command('returnResult', {
    delivery: Delivery,
    recipient: Nullable(PersonInput),
    details: Nullable(Details),
    documentNumber: Type.Optional(Nullable(Line(100))),
    fileId: Type.Optional(Nullable(Uuid)),
  }),
  command('requestCorrection', { details: Details }),
  command('issueCorrection', { documentNumber: Nullable(Line(100)), fileId: Nullable(Uuid) }),
])
export type CommandInput = Static<typeof CommandInput>

/** A person's data as they should read, at the desk's own word and with its reason. */
export const AmendBody = Type.Object(
  {
    commandId: Uuid,
    version: Type.Integer({ minimum: 1 }),
    role: Type.Union([
      Type.Literal('applicant'),
      Type.Literal('submitter'),
      Type.Literal('owner'),
      Type.Literal('delegate'),
    ]),
    /** Only what is to be otherwise. */
    change: Type.Partial(PersonInput),
    reason: Text(2000, 5),
  },
  closed,
)
export type AmendBody = Static<typeof AmendBody>

/** What other rooms ask for after a check of their own; no officer sends it as it is. */
export type RoomCommandInput =
  | { type: 'reverseFee' | 'waiveFee'; amount: number; details: Details }
  | { type: 'acceptSupplement' | 'recordComponents'; components: ComponentInput[]; amendment?: Amendment }
  | { type: 'amend'; details: Details; amendment: Amendment }

export const CommandBody = Type.Object(
  {
    commandId: Uuid,
    /** Version of the dossier that the person looked at; another one means that somebody was faster. */
    version: Type.Integer({ minimum: 1 }),
    /** When it happened, for what is written down later; left out, it is now. */
    occurredAt: Type.Optional(Type.String({ format: 'date-time' })),
    command: CommandInput,
  },
  closed,
)
export type CommandBody = Static<typeof CommandBody>

/** What a command gave: the dossier's new head. */
export type CommandReply = {
  dossierId: string
  agencyId: number
  code: string
  version: number
  status: string
  repeated: boolean
}

export const QueueQuery = Type.Object(
  {
    whose: Type.Union([Type.Literal('mine'), Type.Literal('unit'), Type.Literal('agency')], { default: 'unit' }),
    state: Type.Optional(
      Type.Union([Type.Literal('overdue'), Type.Literal('today'), Type.Literal('waiting'), Type.Literal('open')]),
    ),
    kind: Type.Optional(Type.String({ maxLength: 20 })),
    field: Type.Optional(Type.String({ pattern: '^[a-z-]{1,40}$' })),
    channel: Type.Optional(Channel),
    /** One agency, with what it has taken over from the authorities before it. */
    agencyId: Type.Optional(Id),
    unitId: Type.Optional(Id),
    /** An officer, or `none` for what nobody has taken yet. */
    holder: Type.Optional(Type.String({ pattern: '^([1-9]\\d{0,8}|none)$' })),
    cursor: Type.Optional(Type.String({ maxLength: 200 })),
    limit: Type.Integer({ minimum: 1, maximum: 200, default: 50 }),
  },
  closed,
)
export type QueueQuery = Static<typeof QueueQuery>

/** One line of the queue. */
export type QueueItem = {
  dossierId: string
  agencyId: number
  key: string
  kind: string
  stepName: string
  status: string
  code: string
  applicantName: string | null
  procedureName: string
  field: string
  channel: string
  unitId: number
  unitName: string
  officerId: number | null
  officerName: string | null
  openedAt: string
  stepDueAt: string | null
  dueAt: string | null
  /** The owning agency when it is another one than that which works on it. */
  ownerName: string | null
}
export type QueuePage = {
  items: QueueItem[]
  next: string | null
  counts: { overdue: number; today: number; open: number; waiting: number; toSign: number }
}

export const DossierQuery = Type.Object(
  {
    agencyId: Type.Optional(Id),
    /** With `agencyId`: also the registers of the authorities that it stands in for. */
    inherited: Type.Optional(Type.Boolean()),
    from: Type.Optional(DayText),
    to: Type.Optional(DayText),
    field: Type.Optional(Type.String({ pattern: '^[a-z-]{1,40}$' })),
    status: Type.Optional(Type.String({ maxLength: 40 })),
    channel: Type.Optional(Channel),
    timeliness: Type.Optional(
      Type.Union([
        Type.Literal('late'),
        Type.Literal('late-without-apology'),
        Type.Literal('open'),
        Type.Literal('overdue'),
        Type.Literal('today'),
        Type.Literal('on-time'),
      ]),
    ),
    cursor: Type.Optional(Type.String({ maxLength: 200 })),
    limit: Type.Integer({ minimum: 1, maximum: 200, default: 50 }),
  },
  closed,
)
export type DossierQuery = Static<typeof DossierQuery>

/** One line of a list or of the register. */
export type DossierItem = {
  dossierId: string
  agencyId: number
  code: string
  status: string
  procedureCode: string
  procedureName: string
  field: string
  channel: string
  applicantName: string | null
  lodgedAt: string
  receivedAt: string | null
  dueOriginal: string | null
  dueAt: string | null
  finishedAt: string | null
  returnedAt: string | null
  timeliness: string
  delivery: string
  apologies: number
  extensions: number
}

/** The last letter of apology of a dossier: when, which day it promised, and the paper to print. */
export type ApologyView = { at: string; newDay: string; beforeDue: boolean; paper: string }
export type RegisterItem = DossierItem & { apology: ApologyView | null }
export type DossierPage = { items: RegisterItem[]; next: string | null; total: number }

/** Where a person's data stand; no name is told. */
export type ErasurePreview = {
  items: {
    personId: string
    dossierId: string
    code: string
    procedureName: string
    status: string
    roles: string[]
    /** Only what has ended can be erased. */
    ended: boolean
  }[]
}
export type ErasureReply = { erased: number; kept: number }

export type PersonView = {
  personId: string
  role: 'applicant' | 'submitter' | 'owner' | 'delegate' | 'recipient'
  kind: PersonInput['kind']
  name: string
  identityKind: PersonInput['identityKind']
  /** Masked; the whole number only through the disclosure route. */
  identityNumber: string
  birthDay: string | null
  sex: 'male' | 'female' | null
  phone: string
  email: string
  address: string
  relation: string
  erased: boolean
}

export type ComponentView = ComponentInput & {
  name: string
  /** What the law calls it, where that says more than the name. */
  explanation?: string | null
  officialForm: string | null
  need: string
  /** The ways that are open for it. */
  ways: ComponentWay[]
  originals: number
  copies: number
}

export type StepView = {
  key: string
  kind: string
  name: string
  agencyId: number
  agencyName: string
  unitId: number
  unitName: string
  officerId: number | null
  officerName: string | null
  openedAt: string
  dueAt: string | null
}

/** One thing that the applicant changed. Numbers are masked, money is in đồng; null is nothing, or erased. */
export type AmendmentChange = {
  role: PersonRole | null
  what:
    | 'person'
    | 'kind'
    | 'name'
    | 'identityNumber'
    | 'birthDay'
    | 'sex'
    | 'phone'
    | 'email'
    | 'address'
    | 'relation'
    | 'deliveryAddress'
    | 'delivery'
    | 'fee'
  before: string | null
  after: string | null
}

/** One entry of the story of a dossier. */
export type TimelineEntry = {
  version: number
  type: string
  occurredAt: string
  recordedAt: string
  source: string
  officerName: string | null
  postTitle: string | null
  onBehalfOfName: string | null
  /** Whom it is about: the officer to whom a step was given. */
  aboutName: string | null
  details: Details | null
  /** What the applicant changed, before and after; empty for everything else. */
  changes: AmendmentChange[]
  /** The event itself, without personal data. */
  event: Record<string, unknown>
}

export type CommandOption = {
  type: string
  refusal: { code: string; detail: string; facts?: Readonly<Record<string, string | number>> } | null
}

export type FormOption = { form: string; title: string; url: string }

export type DossierView = {
  dossierId: string
  agencyId: number
  agencyName: string
  code: string
  version: number
  status: string
  nationalStatus: number
  procedure: {
    code: string
    name: string
    shortName: string
    caseKey: string
    caseName: string
    field: string
    fieldName: string
    versionId: number
    /** Its legal bases as a slip cites them. */
    citation: string
  }
  /** What a slip of this viewer names for questions; null leaves the place on the paper empty. */
  contactPhone: string | null
  channel: string
  assisted: boolean
  law: string | null
  sets: number
  lodgedAt: string
  acceptBy: string | null
  receivedAt: string | null
  clockStartedAt: string | null
  forwardBy: string | null
  completeBy: string | null
  finishedAt: string | null
  returnedAt: string | null
  outcome: string | null
  due: {
    original: string | null
    current: string | null
    timeliness: string
    explanation: unknown
    sentences: string[]
  }
  delivery: string
  /** Where the post brings the result; null when it does not. */
  deliveryAddress: string | null
  persons: PersonView[]
  components: ComponentView[]
  fee: {
    lines: { name: string; amount: number; basis: string }[]
    due: number
    paid: number
    refunded: number
    /** Fees of the province whose amount the authority has not entered: nothing is asked, and yet it is not free. */
    unset: string[]
    /** What can be done about these: nothing while nobody has entered the amount, nor once the dossier is closed to it. */
    recount: {
      state: 'missing' | 'entered' | 'final'
      /** The fees that are taken over, with what sets them. */
      lines: { name: string; amount: number; basis: string }[]
      mayRecount: boolean
    } | null
  }
  open: StepView[]
  stages: {
    key: string
    kind: string
    name: string
    unitName: string
    agencyName: string
    minutes: number
    state: 'done' | 'open' | 'ahead'
  }[][]
  opinions: {
    opinionId: string
    agencyId: number
    unitId: number
    unitName: string
    answerBy: string
    answered: boolean
  }[]
  result: { number: string | null; fileId: string | null; signedBy: string | null; electronic: boolean } | null
  correction: { requestedAt: string; correctBy: string } | null
  timeline: TimelineEntry[]
  commands: CommandOption[]
  forms: FormOption[]
  mayReveal: boolean
  /** Of an office that handles it: answers, files, contacts and the papers that hold them are shown. */
  mayHandle: boolean
}

/** What the counter is told of a person met before. */
export type KnownPerson = {
  person: PersonInput
  lastDossier: { dossierId: string; code: string; procedureName: string } | null
}

export const DuePreviewBody = Type.Object(
  {
    agencyId: Id,
    procedureCode: Type.String({ maxLength: 40 }),
    caseKey: Key,
    channel: Channel,
    feeUnits: IntakeBody.properties.feeUnits,
    exemptions: Type.Array(Key, { maxItems: 10 }),
  },
  closed,
)

/** A few numbers and lists; each number opens to its list. */
export type MorningView = {
  day: string
  agencyId: number
  agencyName: string
  counts: {
    late: number
    dueToday: number
    waiting: number
    open: number
    lateWithoutApology: number
    toSign: number
  }
  byField: { field: string; fieldName: string; late: number; dueToday: number; open: number }[]
  byHolder: {
    unitId: number
    unitName: string
    officerId: number | null
    officerName: string | null
    late: number
    dueToday: number
    open: number
  }[]
  late: QueueItem[]
  dueToday: QueueItem[]
  /** What waits for the signature of a leader. */
  toSign: QueueItem[]
  /** The other agencies that this officer watches over and that have open work; the latest first. */
  byAgency: { agencyId: number; agencyName: string; late: number; dueToday: number; open: number }[]
}

/** What anybody may see who has the code and the second factor. */
export type TrackingView = {
  /** Name the dossier to other rooms; the page does not show them. */
  agencyId: number
  dossierId: string
  code: string
  procedureName: string
  agencyName: string
  status: string
  holder: string | null
  /** What kind of unit that is, and what is done there, both for readers who do not know the names. */
  holderKind: UnitKind | null
  step: string | null
  /** The result lies ready to be handed over: signed, numbered and at the desk. */
  ready: boolean
  since: string | null
  receivedAt: string | null
  /** Until when an officer takes in what was filed online, or asks for more; null once that is done. */
  answerBy: string | null
  dueAt: string | null
  finishedAt: string | null
  returnedAt: string | null
  /** The file that was handed over as the result. */
  resultFileId: string | null
  completeBy: string | null
  steps: { at: string; type: string }[]
}

/** Where an officer may work: the agencies, and for the counter their receiving points. */
export type DeskView = {
  /** The agency of the officer's own post. */
  home: number | null
  agencies: {
    agencyId: number
    name: string
    validTo: string | null
    /** It stands in for authorities before it, whose dossiers it answers for. */
    hasPredecessors: boolean
    receivingPoints: { receivingPointId: number; name: string; address: string }[]
  }[]
}

/** A procedure that the counter may choose; `used` counts it among the last dossiers of the agency. */
export type IntakeProcedure = { code: string; name: string; shortName: string; field: string; used: number }
export type IntakeProcedures = { items: IntakeProcedure[]; approximate: boolean }

/** What stands beside an intake from the first moment. */
export type IntakePreview = {
  now: string
  dueAt: string
  explanation: unknown
  sentences: string[]
  basis: string
  fees: { name: string; kind: string; amount: number; basis: string }[]
  /** As in the view of a dossier. */
  unsetFees: string[]
  total: number
}

/** Whom an opinion can be asked of. */
export type OpinionAgencies = { agencies: { agencyId: number; fullName: string; parentName: string | null }[] }
export type OpinionUnits = { units: { unitId: number; name: string }[] }
