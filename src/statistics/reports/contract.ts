import { Type, type Static } from 'typebox'
import { Breakdown, FigureId } from '../figures/contract.ts'

const Day = Type.String({ format: 'date' })
const strict = { additionalProperties: false }
const Line = (maxLength: number) => Type.String({ minLength: 1, maxLength })

/** The period of the report, the one before it, and the same one a year earlier. */
export const PeriodRole = Type.Union([Type.Literal('current'), Type.Literal('previous'), Type.Literal('last-year')])
export type PeriodRole = Static<typeof PeriodRole>

/** A sum of figures (less others), of everything or of one line of a breakdown. */
export const Measure = Type.Object(
  {
    figures: Type.Array(FigureId, { minItems: 1, maxItems: 6 }),
    less: Type.Optional(Type.Array(FigureId, { maxItems: 6 })),
    line: Type.Optional(Type.Object({ by: Breakdown, key: Line(200) }, strict)),
  },
  strict,
)
export type Measure = Static<typeof Measure>

/** A number that lives in the text: it says where it comes from, never what it is. */
export const Field = Type.Union([
  Type.Object({ of: Type.Literal('count'), measure: Measure, role: PeriodRole }, strict),
  Type.Object({ of: Type.Literal('share'), part: Measure, whole: Measure, role: PeriodRole }, strict),
  Type.Object({ of: Type.Literal('change'), measure: Measure, against: PeriodRole }, strict),
  Type.Object({ of: Type.Literal('cell'), form: Line(20), row: Line(20) }, strict),
])
export type Field = Static<typeof Field>

const PlainRun = Type.Union([
  Type.Object(
    {
      text: Type.String({ maxLength: 20_000 }),
      bold: Type.Optional(Type.Boolean()),
      italic: Type.Optional(Type.Boolean()),
    },
    strict,
  ),
  Type.Object({ field: Field }, strict),
])
export type PlainRun = Static<typeof PlainRun>
/** A piece of a sentence; a footnote stands where its mark is printed. */
export const Run = Type.Union([
  PlainRun,
  Type.Object({ note: Type.Array(PlainRun, { minItems: 1, maxItems: 200 }) }, strict),
])
export type Run = Static<typeof Run>

const Runs = Type.Array(Run, { maxItems: 400 })
const BlockId = Type.String({ pattern: '^[a-z0-9-]{1,60}$' })

export const TableSource = Type.Object(
  { by: Breakdown, figures: Type.Array(FigureId, { minItems: 1, maxItems: 12 }), rate: Type.Optional(Type.Boolean()) },
  strict,
)
export type TableSource = Static<typeof TableSource>

/**
 * A piece of the report. A passage with a `recipe` and nothing `written` is drafted anew from the figures each time it is
 * read; once an officer writes, the words stay and only the fields live on. `drafted` keeps the wording it departed from.
 */
export const Block = Type.Union([
  Type.Object(
    {
      id: BlockId,
      kind: Type.Literal('heading'),
      level: Type.Union([Type.Literal(1), Type.Literal(2), Type.Literal(3)]),
      text: Line(500),
    },
    strict,
  ),
  Type.Object(
    {
      id: BlockId,
      kind: Type.Literal('passage'),
      /** Several paragraphs of a list begin with a dash, a plus below them. */
      marker: Type.Optional(Type.Union([Type.Literal('-'), Type.Literal('+')])),
      recipe: Type.Optional(Line(60)),
      /** What the officer has to write here, where nothing is recorded. */
      hint: Type.Optional(Line(500)),
      written: Type.Optional(Type.Array(Runs, { maxItems: 200 })),
      drafted: Type.Optional(Type.String({ maxLength: 40_000 })),
    },
    strict,
  ),
  Type.Object({ id: BlockId, kind: Type.Literal('table'), caption: Line(300), source: TableSource }, strict),
  Type.Object({ id: BlockId, kind: Type.Literal('page-break') }, strict),
])
export type Block = Static<typeof Block>

/** The outlines of DOMAIN §5.1.1 and of the thematic report. */
export const Template = Type.Union([Type.Literal('periodic'), Type.Literal('thematic')])
export type Template = Static<typeof Template>

export const ReportBody = Type.Object(
  {
    template: Template,
    blocks: Type.Array(Block, { maxItems: 600 }),
    /** Forms printed as annexes, in this order: `bm1` … `06a`. */
    annexes: Type.Array(Line(20), { maxItems: 40 }),
  },
  strict,
)
export type ReportBody = Static<typeof ReportBody>

/** What stands around the body. Number and day are typed when the report is issued. NĐ 30/2020, Phụ lục I. */
export const SignOff = Type.Object(
  {
    parent: Type.Union([Line(200), Type.Null()]),
    agency: Line(200),
    number: Type.Union([Type.String({ pattern: '^\\d{1,6}$' }), Type.Null()]),
    symbol: Line(40),
    place: Line(100),
    day: Type.Union([Day, Type.Null()]),
    title: Line(100),
    subject: Line(600),
    signer: Type.Object(
      {
        lines: Type.Array(Line(120), { minItems: 1, maxItems: 4 }),
        name: Type.Union([Line(120), Type.Null()]),
      },
      strict,
    ),
    recipients: Type.Array(Line(200), { maxItems: 40 }),
    layout: Type.Object(
      {
        // Millimetres, inside what the decree allows.
        top: Type.Integer({ minimum: 20, maximum: 25 }),
        bottom: Type.Integer({ minimum: 20, maximum: 25 }),
        left: Type.Integer({ minimum: 30, maximum: 35 }),
        right: Type.Integer({ minimum: 15, maximum: 20 }),
        /** Size of the body in points. */
        size: Type.Integer({ minimum: 13, maximum: 14 }),
      },
      strict,
    ),
  },
  strict,
)
export type SignOff = Static<typeof SignOff>

/** What the editor saves; `version` is the one it read. */
export const SaveDocument = Type.Object(
  { version: Type.Integer({ minimum: 0 }), body: ReportBody, signOff: SignOff },
  strict,
)
export type SaveDocument = Static<typeof SaveDocument>

/** Parts of an outline that an agency may leave out. */
export const OutlineOptions = Type.Object(
  {
    initiatives: Type.Boolean(),
    survey: Type.Boolean(),
    papi: Type.Boolean(),
    discipline: Type.Boolean(),
  },
  strict,
)
export type OutlineOptions = Static<typeof OutlineOptions>

export const PaperKind = Type.Union([Type.Literal('daily'), Type.Literal('weekly')])
export type PaperKind = Static<typeof PaperKind>
