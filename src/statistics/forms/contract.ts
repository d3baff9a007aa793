import { Type, type Static } from 'typebox'
import { FigureFilter, FigureId } from '../figures/contract.ts'

const Day = Type.String({ format: 'date' })
const Instant = Type.String({ format: 'date-time' })
const Nullable = <T extends Parameters<typeof Type.Union>[0][number]>(of: T) => Type.Union([of, Type.Null()])

/** Where the number of a row comes from. Percentages are never typed: `ratio` has part rows, `entered-ratio` asks for both parts. */
export const RowSource = Type.Union([
  Type.Object({ kind: Type.Literal('none') }),
  Type.Object({ kind: Type.Literal('manual') }),
  Type.Object({
    kind: Type.Literal('figure'),
    figure: FigureId,
    filter: Type.Optional(FigureFilter),
    procedures: Type.Optional(Type.String()),
  }),
  Type.Object({ kind: Type.Literal('catalogue'), measure: Type.String() }),
  Type.Object({ kind: Type.Literal('sum'), of: Type.Array(Type.String(), { minItems: 1 }) }),
  Type.Object({ kind: Type.Literal('ratio'), numerator: Type.String(), denominator: Type.String() }),
  Type.Object({ kind: Type.Literal('entered-ratio') }),
])
export type RowSource = Static<typeof RowSource>

export const RowType = Type.Union([
  Type.Literal('heading'),
  Type.Literal('count'),
  Type.Literal('percent'),
  Type.Literal('enum'),
  Type.Literal('money'),
])

export const FormRow = Type.Object({
  /** As printed: `3.3.1`. */
  code: Type.String(),
  label: Type.String(),
  /** Smaller words under the label. */
  hint: Type.Optional(Type.String()),
  unit: Type.String(),
  type: RowType,
  source: RowSource,
  /** Values of an enum with their words. */
  choices: Type.Optional(Type.Array(Type.Object({ value: Type.Integer(), label: Type.String() }))),
  /** Levels of agency that fill this row; empty means all. */
  levels: Type.Array(Type.String()),
  /** Counted from the first day of the year's reporting, not of the period. */
  cumulative: Type.Boolean(),
  italic: Type.Optional(Type.Boolean()),
})
export type FormRow = Static<typeof FormRow>

export const FormDefinition = Type.Object({
  /** `bm1` … `bm7`, `06a`. */
  form: Type.String(),
  version: Type.Integer(),
  validFrom: Day,
  validTo: Nullable(Day),
  /** `Biểu mẫu 1`, `Biểu số 06a/VPCP/KSTT`. */
  number: Type.String(),
  title: Type.String(),
  legalBasis: Type.String(),
  layout: Type.Union([Type.Literal('rows'), Type.Literal('matrix')]),
  rows: Type.Array(FormRow),
})
export type FormDefinition = Static<typeof FormDefinition>

/** One value as it stands in a form. */
export const Cell = Type.Object({
  row: Type.String(),
  /** Null is blank, which is not zero. Percent: 0–100 with two decimals. */
  value: Nullable(Type.Number()),
  /** `none-arose`: a percentage whose denominator is 0, printed as "không phát sinh". */
  state: Type.Union([Type.Literal('value'), Type.Literal('blank'), Type.Literal('none-arose')]),
  source: Type.Union([
    Type.Literal('records'),
    Type.Literal('computed'),
    Type.Literal('manual'),
    Type.Literal('heading'),
  ]),
  numerator: Type.Optional(Nullable(Type.Number())),
  denominator: Type.Optional(Nullable(Type.Number())),
  enteredBy: Type.Optional(Type.String()),
  enteredAt: Type.Optional(Instant),
  reason: Type.Optional(Type.String()),
  evidence: Type.Optional(Type.String()),
  note: Type.Optional(Type.String()),
})
export type Cell = Static<typeof Cell>

/** A form with its values; a matrix form (06a) has lines by field instead of cells. */
export const FilledForm = Type.Object({
  definition: FormDefinition,
  cells: Type.Array(Cell),
  lines: Type.Array(
    Type.Object({ key: Nullable(Type.String()), label: Type.String(), values: Type.Array(Nullable(Type.Number())) }),
  ),
})
export type FilledForm = Static<typeof FilledForm>
