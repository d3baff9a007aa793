import { Type, type Static } from 'typebox'

const Day = Type.String({ format: 'date' })
const Instant = Type.String({ format: 'date-time' })

/** Figures of the dossiers. What each counts stands in rules/figures.ts; its words in text.vi.ts. */
export const FigureId = Type.Union([
  // Balance: carried + received = resolved + withdrawn + stopped + closed + open.
  Type.Literal('carried'),
  Type.Literal('received'),
  Type.Literal('resolved'),
  Type.Literal('withdrawn'),
  Type.Literal('stopped'),
  Type.Literal('closed'),
  Type.Literal('open'),
  // Parts of them.
  Type.Literal('received-online'),
  Type.Literal('received-counter'),
  Type.Literal('received-post'),
  Type.Literal('resolved-early'),
  Type.Literal('resolved-on-time'),
  Type.Literal('resolved-late'),
  Type.Literal('open-in-time'),
  Type.Literal('open-overdue'),
  Type.Literal('open-waiting'),
  Type.Literal('refused'),
  Type.Literal('granted'),
  // What happened on the way.
  Type.Literal('not-received'),
  Type.Literal('supplemented'),
  Type.Literal('extended'),
  Type.Literal('apologised'),
  Type.Literal('late-without-apology'),
  Type.Literal('returned'),
  Type.Literal('corrected'),
  // Digitisation (NĐ 118/2025, Điều 17, 22; DOMAIN facts of QĐ 766).
  Type.Literal('digitised'),
  Type.Literal('reused'),
  Type.Literal('electronic-result'),
])
export type FigureId = Static<typeof FigureId>

/** Rates name their convention, since three are in use; numerator and denominator are figures. */
export const RateId = Type.Union([
  Type.Literal('on-time-of-resolved'),
  Type.Literal('on-time-of-resolved-and-overdue'),
  Type.Literal('not-late-of-handled'),
  Type.Literal('online-of-received'),
  Type.Literal('digitised-of-received'),
  Type.Literal('electronic-of-resolved'),
  Type.Literal('reused-of-received'),
])
export type RateId = Static<typeof RateId>

export const Breakdown = Type.Union([
  Type.Literal('agency'),
  Type.Literal('level'),
  Type.Literal('field'),
  Type.Literal('procedure'),
  Type.Literal('channel'),
  Type.Literal('unit'),
  Type.Literal('officer'),
  Type.Literal('day'),
  Type.Literal('week'),
  Type.Literal('month'),
  Type.Literal('weekday'),
  Type.Literal('hour'),
])
export type Breakdown = Static<typeof Breakdown>

export const FigureFilter = Type.Object(
  {
    field: Type.Optional(Type.String()),
    /** Codes of procedures; the empty list means none. */
    procedures: Type.Optional(Type.Array(Type.String())),
    channel: Type.Optional(Type.String()),
    unitId: Type.Optional(Type.Integer()),
    officerId: Type.Optional(Type.Integer()),
  },
  { additionalProperties: false },
)
export type FigureFilter = Static<typeof FigureFilter>

/** Which records, in which period, as known at which moment. */
export const Question = Type.Object({
  agencies: Type.Array(Type.Integer(), { minItems: 1 }),
  from: Day,
  to: Day,
  /** Null asks for what is known now; a moment asks for the log as it stood then, and its answer never changes. */
  knownAt: Type.Union([Instant, Type.Null()]),
  filter: FigureFilter,
})
export type Question = Static<typeof Question>

/** One line of an answer; `key` is null for the line of everything. */
export const FigureLine = Type.Object({
  key: Type.Union([Type.String(), Type.Null()]),
  label: Type.String(),
  labelEn: Type.Optional(Type.String()),
  values: Type.Record(Type.String(), Type.Integer()),
})
export type FigureLine = Static<typeof FigureLine>

export const FigureTable = Type.Object({
  /** The log was read up to here. */
  knownAt: Instant,
  /** Agencies whose past cannot be apportioned to the area asked for. */
  notApportioned: Type.Array(Type.Integer()),
  total: FigureLine,
  lines: Type.Array(FigureLine),
})
export type FigureTable = Static<typeof FigureTable>

/** One dossier behind a figure. Names of persons are read with the dossier, under its own permission. */
export const FigureDossier = Type.Object({
  agencyId: Type.Integer(),
  dossierId: Type.String(),
  code: Type.String(),
  field: Type.String(),
  procedureCode: Type.String(),
  procedureName: Type.String(),
  channel: Type.String(),
  status: Type.String(),
  timeliness: Type.String(),
  receivedOn: Type.Union([Day, Type.Null()]),
  dueAt: Type.Union([Instant, Type.Null()]),
  finishedOn: Type.Union([Day, Type.Null()]),
})
export type FigureDossier = Static<typeof FigureDossier>
