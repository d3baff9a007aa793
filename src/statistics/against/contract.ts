import { Type, type Static } from 'typebox'
import { FigureId } from '../figures/contract.ts'

const Day = Type.String({ format: 'date' })
const Nullable = <T extends Parameters<typeof Type.Union>[0][number]>(of: T) => Type.Union([of, Type.Null()])

/** How far the records of a report have been loaded. */
export const Loading = Type.Object({
  state: Type.Union([Type.Literal('waiting'), Type.Literal('loading'), Type.Literal('loaded')]),
  done: Type.Integer(),
  of: Type.Integer(),
})
export type Loading = Static<typeof Loading>

export const ReportItem = Type.Object({
  key: Type.String(),
  title: Type.String(),
  source: Type.String(),
  from: Day,
  to: Day,
  loading: Loading,
})
export type ReportItem = Static<typeof ReportItem>

/** One number of dossiers within a value; it opens to its list. */
export const Part = Type.Object({ figure: FigureId, value: Type.Integer() })
export type Part = Static<typeof Part>

export const Ours = Type.Object({
  /** At the precision of the published one; null where nothing arose. */
  value: Nullable(Type.Number()),
  /** What it is made of; empty where it comes from the lists of procedures. */
  parts: Type.Array(Part),
  /** The denominator of a rate. */
  ofParts: Type.Array(Part),
})
export type Ours = Static<typeof Ours>

export const Line = Type.Object({
  key: Type.String(),
  place: Type.String(),
  words: Type.String(),
  value: Type.Number(),
  unit: Type.String(),
  decimals: Type.Integer(),
  standing: Type.Union([
    Type.Literal('holds'),
    Type.Literal('contradicted'),
    Type.Literal('rests'),
    Type.Literal('alone'),
  ]),
  /** What the report's own numbers make of it, and how. */
  should: Nullable(Type.Number()),
  proof: Nullable(Type.String()),
  note: Nullable(Type.String()),
  /** Null where our records do not hold such a thing. */
  ours: Nullable(Ours),
})
export type Line = Static<typeof Line>

export const Comparison = Type.Intersect([
  ReportItem,
  Type.Object({
    /** Dossiers came in that the figures have not read yet; ours are too small until then. */
    counting: Type.Boolean(),
    lines: Type.Array(Line),
  }),
])
export type Comparison = Static<typeof Comparison>

/** How far the records of one authority of the demo are loaded. */
export const LoadingItem = Type.Intersect([Type.Object({ name: Type.String(), title: Type.String() }), Loading])
export type LoadingItem = Static<typeof LoadingItem>
