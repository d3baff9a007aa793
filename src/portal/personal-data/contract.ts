import { Type, type Static } from 'typebox'
import type { Day, Instant } from '../../platform/day.ts'
import type { RequestAction, RequestStatus } from './rules/request.ts'
import { requestKinds, type RequestKind, type TimerRule } from './rules/timers.ts'
import type { RetentionKind } from './rules/retention.ts'

const closed = { additionalProperties: false } as const
const Id = Type.Integer({ minimum: 1 })
const Note = Type.String({ maxLength: 2000 })
const CommandId = Type.Optional(Type.String({ format: 'uuid' }))

export const RequestQuery = Type.Object(
  { agencyId: Id, state: Type.Optional(Type.Union([Type.Literal('open'), Type.Literal('ended')])) },
  closed,
)
export const RequestParams = Type.Object({ requestId: Type.String({ format: 'uuid' }) }, closed)
export const AgencyQuery = Type.Object({ agencyId: Id }, closed)

/** What somebody without an account asks at the desk. */
export const DeskRequest = Type.Object(
  {
    agencyId: Id,
    kind: Type.Union(requestKinds.map((kind) => Type.Literal(kind))),
    name: Type.String({ minLength: 1, maxLength: 200 }),
    identityNumber: Type.String({ minLength: 6, maxLength: 30 }),
    contact: Type.String({ maxLength: 254 }),
    content: Type.String({ minLength: 5, maxLength: 4000 }),
    commandId: CommandId,
  },
  closed,
)
export type DeskRequest = Static<typeof DeskRequest>

export const ActionBody = Type.Object(
  {
    agencyId: Id,
    action: Type.Union([
      Type.Object({ type: Type.Literal('accept'), note: Note, thirdParty: Type.Boolean() }, closed),
      Type.Object({ type: Type.Literal('refuse'), reason: Note }, closed),
      Type.Object({ type: Type.Literal('extend'), until: Type.String({ format: 'date' }), reason: Note }, closed),
      Type.Object({ type: Type.Literal('finish'), note: Note }, closed),
    ]),
    commandId: CommandId,
  },
  closed,
)
export const EraseBody = Type.Object(
  { agencyId: Id, basis: Type.String({ minLength: 5, maxLength: 300 }), commandId: CommandId },
  closed,
)

/** One line of the officers' list. */
export type DataRequestItem = {
  agencyId: number
  requestId: string
  code: string
  kind: RequestKind
  status: RequestStatus
  channel: 'online' | 'desk'
  name: string
  receivedAt: Instant
  answerBy: Day
  finishBy: Day
  /** The next day that counts: to answer, or to have done it; null when it has ended. */
  dueOn: Day | null
  late: boolean
}

export type DataRequestView = DataRequestItem & {
  identityNumber: string
  identityVerified: boolean
  contact: string
  content: string
  thirdParty: boolean
  extended: boolean
  allowed: RequestAction['type'][]
  /** Days when somebody else has a part in it; null where that changes nothing. */
  thirdPartyDays: number | null
  /** Longest end of an extension. */
  extendUntil: Day | null
  source: string
  steps: { at: Instant; what: string; officerName: string | null; note: string }[]
  /** For a request to erase: dossiers here with the person's data, and what becomes of them. */
  erasable: { code: string; ended: boolean; keptUntil: Day | null; notes: number; files: number }[] | null
}

export const RetentionInput = Type.Object(
  {
    kind: Type.String({ maxLength: 40 }),
    days: Type.Integer({ minimum: 0, maximum: 36_500 }),
    basis: Type.String({ minLength: 5, maxLength: 300 }),
    commandId: CommandId,
  },
  closed,
)
export type RetentionItem = { kind: RetentionKind; days: number; usual: number; least: number; basis: string }

const Days = Type.Integer({ minimum: 1, maximum: 365 })

/** The times of requests from a day on. */
export const TimesInput = Type.Object(
  {
    from: Type.String({ format: 'date' }),
    answerWorkingDays: Type.Integer({ minimum: 1, maximum: 60 }),
    finishDays: Type.Object(
      { view: Days, correct: Days, delete: Days, restrict: Days, object: Days, withdraw: Days },
      closed,
    ),
    /** For view and correct. */
    thirdPartyDays: Days,
    extensionDays: Type.Integer({ minimum: 0, maximum: 365 }),
    basis: Type.String({ minLength: 5, maxLength: 300 }),
    commandId: CommandId,
  },
  closed,
)
export type TimesInput = Static<typeof TimesInput>

export type TimesView = {
  /** The newest first. */
  rules: (Omit<TimesInput, 'basis' | 'commandId'> & { source: string; confidence: TimerRule['confidence'] })[]
  /** First day of the rule that holds today. */
  today: Day
}
