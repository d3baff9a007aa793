import { Type, type Static } from 'typebox'
import { FilingSetting, type ComponentWay } from './contract.ts'
import { MarkInput, type Mark, type MarkedValue } from './marks-contract.ts'

const closed = { additionalProperties: false }
const Uuid = Type.String({ pattern: '^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$' })
const Text = (maxLength: number, minLength = 0) =>
  Type.String({ minLength, maxLength, pattern: '^[^\\u0000-\\u0008\\u000b\\u000c\\u000e-\\u001f\\u007f]*$' })
const Id = Type.Integer({ minimum: 1, maximum: 2_147_483_647 })

export const OnlineParams = Type.Object({ dossierId: Uuid })

/** What is wrong in a dossier, field by field and paper by paper, and the request that asks for it. */
export const MarksBody = Type.Object(
  {
    commandId: Uuid,
    version: Type.Integer({ minimum: 1 }),
    marks: Type.Array(MarkInput, { minItems: 1, maxItems: 50 }),
    /** Left out, a usual sentence stands on the form. */
    reason: Type.Optional(Text(4000, 1)),
    basis: Type.Optional(Text(1000)),
    guidance: Type.Optional(Text(2000)),
  },
  closed,
)
export type MarksBody = Static<typeof MarksBody>

/** One answer, as words. */
export type FilledLine = {
  path: string
  label: string
  element: string | null
  value: string
  /** An identity number of which only the ends are shown. */
  masked?: boolean
  /** The form tells it itself; nobody gave it, so it cannot be marked. */
  told?: boolean
}
export type FilledPart = { partKey: string; title: string; lines: FilledLine[] }

export type OnlineFile = { fileId: string; name: string; mediaType: string; size: number; preview: boolean }
export type OnlinePaper = {
  key: string
  name: string
  given: boolean
  /** What the applicant said of a paper that was not sent; null when nothing was said. */
  way: ComponentWay | null
  form: string
  files: OnlineFile[]
}

/** One request for a supplement with its marks; what stands there now is in `after` of each. */
export type MarkRound = {
  commandId: string
  markedAt: string
  markedByName: string
  mendedAt: string | null
  /** `changed`: what stands there now is another than what was marked. */
  marks: (Mark & { changed: boolean })[]
}
export type { Mark, MarkedValue }

/** The officer's panel of a dossier that came in online. */
export type OnlineView = {
  /** Null when it did not come with an electronic form of ours. */
  filled: {
    title: string
    keptAt: string
    keptBy: string
    /** How often the applicant has sent it, mended ones counted. */
    times: number
    comparedWithOfficial: boolean
    erased: boolean
    /** Answers that do not go together, or hardly; the officer judges. */
    doubts: string[]
    parts: FilledPart[]
  } | null
  papers: OnlinePaper[]
  rounds: MarkRound[]
  watch: {
    /** Somebody of the desk should have opened it by then: two working hours. The system has told them at once. */
    lookBy: string
    seenAt: string | null
    seenByName: string | null
    remindedAt: string | null
    acceptBy: string | null
    /** When it was received, refused or sent back for mending for the first time. */
    answeredAt: string | null
  }
}

/** A dossier that came in online and waits for the answer of the desk. */
export type WaitingItem = {
  dossierId: string
  agencyId: number
  code: string
  applicantName: string | null
  procedureName: string
  lodgedAt: string
  lookBy: string
  acceptBy: string | null
  seenAt: string | null
  seenByName: string | null
  remindedAt: string | null
}
export type WaitingList = { items: WaitingItem[] }

export const RevealBody = Type.Object(
  { reason: Text(500, 5), commandId: Type.Optional(Type.String({ maxLength: 60 })) },
  closed,
)
export type RevealReply = { numbers: Record<string, string> }

export const FrontBody = Type.Object(
  { agencyId: Id, setting: FilingSetting, commandId: Type.Optional(Type.String({ maxLength: 60 })) },
  closed,
)
export type FrontSettings = {
  agencies: { agencyId: number; name: string }[]
  settings: { agencyId: number; setting: FilingSetting; changedAt: string | null; changedByName: string | null }[]
  procedures: { code: string; name: string; field: string; agencyIds: number[] }[]
  fields: { key: string; name: string }[]
}
