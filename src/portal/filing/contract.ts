import { Type, type Static } from 'typebox'
import type { ComponentWay, Delivery } from '../../dossiers/contract.ts'
import type { Day, Instant } from '../../platform/day.ts'

export { IntakeBody, type ComponentWay, type Delivery } from '../../dossiers/contract.ts'

/** What a form sent: a name can come once or several times. */
export type Posted = Record<string, string | readonly string[]>

/** One screen of a draft as it was last sent. */
export type DraftPart = {
  values: Posted
  /** Grows with each change; a page tells which one it was drawn from. */
  revision: number
  savedAt: Instant
  /** Whether everything in it was right when it was sent. */
  done: boolean
}

/** What stood in a part before something newer took its place from another device. */
export type KeptPart = { part: string; values: Posted; savedAt: Instant; replacedAt: Instant }

/** All that a citizen has written so far; encrypted at rest. */
export type DraftContent = {
  language: 'vi' | 'en'
  caseKey: string
  agencyId: number | null
  parts: Record<string, DraftPart>
  kept: KeptPart[]
}

/** How a paper of the dossier comes to the authority. */
export type PaperWay = 'files' | ComponentWay

export type DeliveryChoice = { delivery: Delivery; address: string }

/** A file of a draft, as far as it has come. */
export type DraftFile = {
  fileId: string
  component: string
  place: number
  name: string
  size: number
  received: number
  mediaType: string | null
  /** Code of the refusal when its content cannot be taken. */
  refused: string | null
  done: boolean
  reused: { agencyId: number; dossierId: string; fileId: string } | null
}

const DayText = Type.String({ format: 'date' })

/** What an authority allows at its own front. Without one it has no front. */
export const FilingSetting = Type.Object(
  {
    ownFront: Type.Boolean(),
    openFrom: Type.Union([DayText, Type.Null()]),
    openTo: Type.Union([DayText, Type.Null()]),
    /** Codes of procedures and keys of fields; null stands for all. */
    procedures: Type.Union([Type.Array(Type.String({ maxLength: 40 }), { maxItems: 2000 }), Type.Null()]),
    fields: Type.Union([Type.Array(Type.String({ pattern: '^[a-z-]{1,40}$' }), { maxItems: 100 }), Type.Null()]),
    /** The document that lets the authority keep a front, shown to everybody. */
    basis: Type.String({ minLength: 1, maxLength: 1000 }),
    draftsPerAccount: Type.Integer({ minimum: 1, maximum: 200 }),
    draftDays: Type.Integer({ minimum: 1, maximum: 365 }),
  },
  { additionalProperties: false },
)
export type FilingSetting = Omit<Static<typeof FilingSetting>, 'openFrom' | 'openTo'> & {
  openFrom: Day | null
  openTo: Day | null
}

export const UploadOrder = Type.Object(
  {
    component: Type.String({ pattern: '^[a-z0-9-]{1,60}$' }),
    name: Type.String({ maxLength: 300 }),
    size: Type.Integer({ minimum: 1, maximum: 1_000_000_000 }),
    /** Of the whole content, in hex; looked at when the last byte is there. */
    sha256: Type.Optional(Type.String({ pattern: '^[0-9a-f]{64}$' })),
    place: Type.Optional(Type.Integer({ minimum: 0, maximum: 10_000 })),
  },
  { additionalProperties: false },
)
export type UploadOrder = Static<typeof UploadOrder>
