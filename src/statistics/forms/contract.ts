import { Type, type Static } from 'typebox'
import { PetitionFigureId, PetitionFigureKind, type CountedPetition } from '../../feedback/contract.ts'
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
    /** Further figures that are added to it. */
    plus: Type.Optional(Type.Array(FigureId)),
    filter: Type.Optional(FigureFilter),
    /** Only dossiers of these procedures: a measure of the catalogue, e.g. `level-3-or-4`. */
    procedures: Type.Optional(Type.String()),
  }),
  Type.Object({ kind: Type.Literal('catalogue'), measure: Type.String() }),
  /** Surveys of satisfaction; entered by hand where none was held here. */
  Type.Object({
    kind: Type.Literal('survey'),
    measure: Type.Union([Type.Literal('held'), Type.Literal('ballots'), Type.Literal('form')]),
  }),
  /** Petitions (phản ánh, kiến nghị), all or of one kind. */
  Type.Object({
    kind: Type.Literal('petition'),
    figure: PetitionFigureId,
    of: Type.Optional(PetitionFigureKind),
  }),
  /** Procedures with a fee that can be paid online here; entered by hand where only another portal takes it. */
  Type.Object({ kind: Type.Literal('payment'), measure: Type.Literal('payable-online') }),
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
  /** Printed also where `levels` leaves it to others; then its cell says `not-applicable`. */
  printed: Type.Optional(Type.Boolean()),
})
export type FormRow = Static<typeof FormRow>

/** A cell of this or another form, of this period or the one before. For a matrix: `row` is `total` or `apart`, with a column. */
export const CellTerm = Type.Object(
  {
    form: Type.Optional(Type.String()),
    row: Type.String(),
    column: Type.Optional(Type.Integer()),
    part: Type.Optional(Type.Union([Type.Literal('numerator'), Type.Literal('denominator')])),
    period: Type.Optional(Type.Union([Type.Literal('previous'), Type.Literal('previous-in-year')])),
  },
  { additionalProperties: false },
)
export type CellTerm = Static<typeof CellTerm>

export const CheckTerm = Type.Union([CellTerm, Type.Object({ number: Type.Number() }, { additionalProperties: false })])
export type CheckTerm = Static<typeof CheckTerm>

/** A rule between cells, forms and periods. The terms of a side are added up. */
export const Check = Type.Object(
  {
    code: Type.String({ pattern: '^[a-z0-9][a-z0-9.-]*$', maxLength: 80 }),
    left: Type.Array(CheckTerm, { minItems: 1 }),
    /** `present` asks for every cell of the left side; the right side is empty then. */
    operator: Type.Union([Type.Literal('='), Type.Literal('<='), Type.Literal('>='), Type.Literal('present')]),
    right: Type.Array(CheckTerm),
    /** Holds only where this cell has this value. */
    when: Type.Optional(Type.Object({ cell: CellTerm, equals: Type.Number() }, { additionalProperties: false })),
    /** A blank cell: the rule does not apply, the cell counts as 0, or the rule fails. */
    missing: Type.Union([Type.Literal('skip'), Type.Literal('zero'), Type.Literal('fail')]),
    severity: Type.Union([Type.Literal('blocking'), Type.Literal('warning')]),
    /** What is wrong when it fails; `{left}` and `{right}` stand for the two numbers. */
    words: Type.String({ minLength: 1, maxLength: 500 }),
    wordsEn: Type.Optional(Type.String({ maxLength: 500 })),
  },
  { additionalProperties: false },
)
export type Check = Static<typeof Check>

/** Into which column of 06a a dossier goes that ended without a result; `apart` is a line of its own below the total. */
export const EndingColumn = Type.Union([
  Type.Literal('resolved-on-time'),
  Type.Literal('resolved-early'),
  Type.Literal('apart'),
])
export type EndingColumn = Static<typeof EndingColumn>

export const Endings = Type.Object(
  { withdrawn: EndingColumn, stopped: EndingColumn, closed: EndingColumn },
  { additionalProperties: false },
)
export type Endings = Static<typeof Endings>

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
  /** Small words under the title, e.g. for which periods it is used. */
  note: Type.String(),
  rows: Type.Array(FormRow),
  checks: Type.Array(Check),
  /** Matrix only: its columns (3)–(13), with the words of their heads. */
  columns: Type.Optional(
    Type.Array(Type.Object({ number: Type.Integer(), group: Type.String(), label: Type.String() })),
  ),
  endings: Type.Optional(Endings),
})
export type FormDefinition = Static<typeof FormDefinition>

/** One value as it stands in a form. */
export const Cell = Type.Object({
  row: Type.String(),
  /** Null is blank, which is not zero. Percent: 0–100 with two decimals. */
  value: Nullable(Type.Number()),
  /** `none-arose`: a percentage whose denominator is 0, printed as "không phát sinh". */
  state: Type.Union([
    Type.Literal('value'),
    Type.Literal('blank'),
    Type.Literal('none-arose'),
    /** The row is for other levels of agency; printed as a dash. */
    Type.Literal('not-applicable'),
  ]),
  source: Type.Union([
    Type.Literal('records'),
    Type.Literal('computed'),
    Type.Literal('manual'),
    Type.Literal('heading'),
    /** Added up from the reports of the units below. */
    Type.Literal('units'),
  ]),
  numerator: Type.Optional(Nullable(Type.Number())),
  denominator: Type.Optional(Nullable(Type.Number())),
  enteredBy: Type.Optional(Type.String()),
  enteredAt: Type.Optional(Instant),
  reason: Type.Optional(Type.String()),
  evidence: Type.Optional(Type.String()),
  note: Type.Optional(Type.String()),
  /** Counts the changes of a manual cell; 0 while nothing was entered. A change names the one that it saw. */
  revision: Type.Optional(Type.Integer()),
})
export type Cell = Static<typeof Cell>

/** A form with its values; a matrix form (06a) has lines by field instead of cells. */
export const FilledForm = Type.Object({
  definition: FormDefinition,
  cells: Type.Array(Cell),
  /** `values` are columns (3)–(13). The line of everything has the key null; `#apart` holds what ended apart (column 7). */
  lines: Type.Array(
    Type.Object({ key: Nullable(Type.String()), label: Type.String(), values: Type.Array(Nullable(Type.Number())) }),
  ),
})
export type FilledForm = Static<typeof FilledForm>

export const APART = '#apart'

// Reporting periods

export const PeriodType = Type.Union([
  Type.Literal('month'),
  Type.Literal('quarter'),
  Type.Literal('half-year'),
  Type.Literal('nine-months'),
  Type.Literal('year'),
  Type.Literal('other'),
])
export type PeriodType = Static<typeof PeriodType>

/** First and last day are said, never computed from the calendar. `yearFrom` is where cumulative rows begin. */
export const Period = Type.Object({
  periodId: Type.Integer(),
  regime: Type.String(),
  type: PeriodType,
  code: Type.String(),
  name: Type.String(),
  from: Day,
  to: Day,
  yearFrom: Day,
  deadline: Day,
  agencyId: Nullable(Type.Integer()),
})
export type Period = Static<typeof Period>

// Reports

export const ReportState = Type.Union([
  Type.Literal('draft'),
  Type.Literal('submitted'),
  Type.Literal('returned'),
  Type.Literal('accepted'),
  Type.Literal('locked'),
])
export type ReportState = Static<typeof ReportState>

/** `own`: from the records and entries of the agency. `units`: added up from the reports of the units below. */
export const ReportBasis = Type.Union([Type.Literal('own'), Type.Literal('units')])
export type ReportBasis = Static<typeof ReportBasis>

export const Finding = Type.Object({
  check: Type.String(),
  form: Type.String(),
  row: Type.String(),
  column: Type.Optional(Type.Integer()),
  severity: Type.Union([Type.Literal('blocking'), Type.Literal('warning')]),
  words: Type.String(),
  wordsEn: Type.String(),
  left: Nullable(Type.Number()),
  right: Nullable(Type.Number()),
  /** What the finding rests on: an explanation holds as long as this stays the same. */
  fingerprint: Type.String(),
  explanation: Type.Optional(
    Type.Object({ reason: Type.String(), by: Type.String(), at: Instant, holds: Type.Boolean() }),
  ),
})
export type Finding = Static<typeof Finding>

/** What a lock keeps for ever; its SHA-256 over canonical JSON is the seal of the report. */
export type ReportSnapshot = {
  format: 'motcua-report/1'
  report: {
    reportId: string
    version: number
    corrects: string | null
    correctionReason: string | null
    basis: ReportBasis
  }
  agency: { agencyId: number; name: string; kind: string; code: string | null; parent: string | null }
  period: Omit<Period, 'agencyId'>
  knownAt: string
  lockedAt: string
  forms: FilledForm[]
  /** Of the period before, the forms that the checks looked at; null when there was no such report. */
  previous: { name: string; sameYear: boolean; forms: FilledForm[] } | null
  findings: Finding[]
  units: { agencyId: number; name: string; state: ReportState | 'none'; hash: string | null }[]
}

/** A report with all that stands in it. */
export type LoadedReport = {
  reportId: string
  agency: { agencyId: number; name: string; kind: string; code: string | null; parent: string | null }
  period: Period
  version: number
  corrects: string | null
  correctionReason: string | null
  state: ReportState
  basis: ReportBasis
  /** Goes up with every change; a command names the one that it saw. */
  revision: number
  /** The records were read as known at this moment. */
  knownAt: string
  hash: string | null
  lockedAt: string | null
  forms: FilledForm[]
  findings: Finding[]
  /** How many rules were tried. */
  checked: number
}

// What the API takes

const closed = { additionalProperties: false } as const
const CommandId = Type.Optional(Type.String({ format: 'uuid' }))
const Reason = Type.String({ minLength: 1, maxLength: 1000, pattern: String.raw`\S` })
const Id = Type.Integer({ minimum: 1, maximum: 2_147_483_647 })
const Revision = Type.Integer({ minimum: 0 })
const FormId = Type.String({ minLength: 1, maxLength: 40 })

export const ReportParams = Type.Object({ reportId: Type.String({ format: 'uuid' }) })
export const ReportsQuery = Type.Object(
  {
    agencyId: Type.Optional(Id),
    year: Type.Optional(Type.Integer({ minimum: 2000, maximum: 2099 })),
  },
  closed,
)
export const NewReport = Type.Object(
  {
    agencyId: Id,
    periodId: Id,
    basis: Type.Optional(ReportBasis),
    forms: Type.Optional(Type.Array(FormId, { minItems: 1, maxItems: 40 })),
    commandId: CommandId,
  },
  closed,
)

/** A blank value takes back what was entered. */
export const Entry = Type.Object(
  {
    form: FormId,
    row: Type.String({ minLength: 1, maxLength: 40 }),
    value: Type.Optional(Nullable(Type.Number())),
    numerator: Type.Optional(Nullable(Type.Number())),
    denominator: Type.Optional(Nullable(Type.Number())),
    reason: Type.Optional(Type.String({ maxLength: 1000 })),
    evidence: Type.Optional(Type.String({ maxLength: 1000 })),
    note: Type.Optional(Type.String({ maxLength: 500 })),
    revision: Type.Optional(Revision),
  },
  closed,
)
export type Entry = Static<typeof Entry>
export const Entries = Type.Object(
  { entries: Type.Array(Entry, { minItems: 1, maxItems: 500 }), commandId: CommandId },
  closed,
)
export const Explanation = Type.Object(
  {
    check: Type.String({ minLength: 1, maxLength: 200 }),
    form: FormId,
    fingerprint: Type.String({ maxLength: 500 }),
    reason: Reason,
    commandId: CommandId,
  },
  closed,
)
export const Step = Type.Object({ revision: Revision, commandId: CommandId }, closed)
export const StepWithReason = Type.Object({ revision: Revision, reason: Reason, commandId: CommandId }, closed)

export const PeriodEntry = Type.Object(
  {
    regime: Type.String({ minLength: 1, maxLength: 60 }),
    type: PeriodType,
    code: Type.String({ minLength: 1, maxLength: 40, pattern: '^[A-Za-z0-9-]+$' }),
    name: Type.String({ minLength: 1, maxLength: 200, pattern: String.raw`\S` }),
    from: Day,
    to: Day,
    yearFrom: Day,
    deadline: Day,
    agencyId: Type.Optional(Nullable(Id)),
    commandId: CommandId,
  },
  closed,
)
export type PeriodEntry = Static<typeof PeriodEntry>

export const FormEntry = Type.Object(
  { definition: Type.Unknown(), reason: Type.Optional(Reason), commandId: CommandId },
  closed,
)

export const UnitsQuery = Type.Object({ agencyId: Id, periodId: Id }, closed)
export const OpenCell = Type.Object(
  {
    form: FormId,
    row: Type.Optional(Type.String({ maxLength: 40 })),
    /** Matrix: the key of the line; left out, the line of everything. */
    line: Type.Optional(Type.String({ maxLength: 100 })),
    column: Type.Optional(Type.Integer({ minimum: 3, maximum: 13 })),
  },
  closed,
)

// What the API gives

export type ReportChangeWord =
  | 'created'
  | 'entered'
  | 'explained'
  | 'submitted'
  | 'taken-back'
  | 'returned'
  | 'accepted'
  | 'locked'
  | 'corrected'

export type ReportSummary = {
  reportId: string
  version: number
  state: ReportState
  basis: ReportBasis
  lockedAt: string | null
  isCorrected: boolean
  hash: string | null
}

export type ReportsReply = {
  today: string
  year: number
  agencyId: number
  agencies: { agencyId: number; name: string; kind: string; validTo: string | null }[]
  regimes: { regime: string; name: string; nameEn: string; legalBasis: string }[]
  periods: (Period & { reports: ReportSummary[] })[]
  mayWrite: boolean
  hasUnitsBelow: boolean
}

export type ReportReply = LoadedReport & {
  isCorrected: boolean
  hasUpperLevel: boolean
  /** What this officer may do now. */
  steps: string[]
  previousName: string | null
  units: { agencyId: number; name: string; state: ReportState | 'none' }[]
}

export type ConsolidationReply = {
  period: Period
  today: string
  units: {
    agencyId: number
    name: string
    state: ReportState | 'none'
    /** Null where this officer may not read it. */
    reportId: string | null
    version: number | null
    lockedAt: string | null
    isOverdue: boolean
  }[]
}

export const OpenPetitions = Type.Object(
  { form: FormId, row: Type.String({ maxLength: 40 }), cursor: Type.Optional(Type.String({ maxLength: 300 })) },
  closed,
)
export type PetitionsReply = { items: CountedPetition[]; next: string | null }

/** The question whose list stands behind a cell; procedures where it counts those. */
export type OpenedCell = {
  question: { agencies: number[]; from: string; to: string; knownAt: string; filter: FigureFilter }
  figures: FigureId[]
  procedures: { code: string; name: string }[] | null
  /** Set where the cell counts petitions: so many, listed page by page at `/cell/petitions`. */
  petitions?: number
  /** Set where the cell counts surveys. */
  surveys?: { agencyId: number; campaignId: string; name: string; ballots: number }[]
  /** Set where the cell counts procedures paid online: dossiers that paid in the period, and those that did it online. */
  payments?: { paid: number; online: { dossierId: string; code: string; paidOn: string }[] }
}
