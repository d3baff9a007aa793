import { Type, type Static } from 'typebox'

const closed = { additionalProperties: false }
const Text = (maxLength: number, minLength = 0) =>
  Type.String({ minLength, maxLength, pattern: '^[^\\u0000-\\u0008\\u000b\\u000c\\u000e-\\u001f\\u007f]*$' })

/** What is marked: one field of the electronic form by its path (`motherName`, `children.0.name`), or one paper by its key. */
export const MarkTarget = Type.Object(
  {
    kind: Type.Union([Type.Literal('field'), Type.Literal('paper')]),
    target: Type.String({ minLength: 1, maxLength: 500 }),
  },
  closed,
)
export type MarkTarget = Static<typeof MarkTarget>

/** A mark as the officer writes it: what is wrong there and how to mend it. */
export const MarkInput = Type.Object({ ...MarkTarget.properties, note: Text(1000, 1) }, closed)
export type MarkInput = Static<typeof MarkInput>

/** What stood at a marked place: the words of a field, or the files of a paper. */
export type MarkedValue = { text: string } | { files: readonly { fileId: string; name: string }[] }

/** A mark as it is kept. */
export type Mark = MarkTarget & {
  markId: string
  /** The request for a supplement that it belongs to; all marks of one request share it. */
  commandId: string
  /** Name of the field or paper when it was marked. */
  label: string
  note: string
  before: MarkedValue | null
  /** What the applicant put there; null while it is still to be mended. */
  after: MarkedValue | null
  markedAt: string
  markedBy: number
  mendedAt: string | null
}
