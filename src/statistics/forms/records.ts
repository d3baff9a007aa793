import { countPetitions } from '../../feedback/index.ts'
import { takesPaymentsOnline } from '../../portal/payment/index.ts'
import { surveyFigures } from '../../surveys/index.ts'
import { offeredDuring, type CatalogueTables, type OfferedProcedure } from '../../catalogue/index.ts'
import { addDays, type Instant } from '../../platform/day.ts'
import type { Db } from '../../platform/db.ts'
import type { Breakdown, FigureFilter, FigureId, FigureTable } from '../figures/contract.ts'
import type { AskFigures } from './context.ts'
import type { FilledForm, FormDefinition, FormRow, Period } from './contract.ts'
import type { Measure } from './rules/definition.ts'
import { isApplicable } from './rules/evaluate.ts'
import { evaluateMatrix, matrixFigures } from './rules/matrix.ts'
import { codesOf, type MeasureFacts } from './rules/measures.ts'
import { vi } from './text.vi.ts'

/** What the records say of each form: numbers of its rows, lines of its matrix. */
export type RecordValues = {
  knownAt: Instant
  rows: ReadonlyMap<string, ReadonlyMap<string, number>>
  lines: ReadonlyMap<string, FilledForm['lines']>
}

export type RecordQuestion = {
  definitions: readonly FormDefinition[]
  agencyId: number
  /** The agency and the predecessors it answers for. */
  agencies: readonly number[]
  level: string
  period: Pick<Period, 'from' | 'to' | 'yearFrom'>
  knownAt: Instant | null
}

/** Reads everything that the forms need from dossiers and catalogue, all of it as known at one moment. */
export async function readRecords(
  db: Db<CatalogueTables>,
  ask: AskFigures,
  question: RecordQuestion,
): Promise<RecordValues> {
  const reader = readerOf(db, ask, question)
  const lines = new Map<string, FilledForm['lines']>()
  const rows = new Map<string, Map<string, number>>()
  for (const definition of question.definitions)
    if (definition.layout === 'matrix') lines.set(definition.form, await reader.matrix(definition))
    else rows.set(definition.form, await reader.rows(definition))
  return { knownAt: await reader.knownAt(), rows, lines }
}

/** The procedures that a measure counts, for opening its number. */
export async function proceduresOf(
  db: Db<CatalogueTables>,
  ask: AskFigures,
  { measure, cumulative, ...question }: RecordQuestion & { measure: Measure; cumulative: boolean },
): Promise<{ code: string; name: string }[]> {
  const reader = readerOf(db, ask, question)
  const codes = new Set(await reader.codes(measure, cumulative))
  const { procedures, to } = await reader.facts(cumulative)
  return procedures
    .filter(({ code }) => codes.has(code))
    .map(({ code, versions }) => ({ code, name: nameOn(versions, to) }))
}

const nameOn = (versions: OfferedProcedure['versions'], day: string): string =>
  versions.findLast(({ validFrom }) => validFrom <= day)?.shortName ?? versions[0]?.shortName ?? ''

function readerOf(db: Db<CatalogueTables>, ask: AskFigures, question: RecordQuestion) {
  const { agencies, level, period, knownAt } = question
  // The first answer says how far the log was read; all further questions are asked as of that moment.
  let moment = knownAt
  const asked = async (from: string, filter: FigureFilter, figures: readonly FigureId[], by?: Breakdown) => {
    const table = await ask({ agencies: [...agencies], from, to: period.to, knownAt: moment, filter }, figures, by)
    moment ??= table.knownAt
    return table
  }
  const memory = new Map<string, Promise<FigureTable>>()
  const facts = new Map<string, Promise<MeasureFacts>>()
  const firstDay = (cumulative: boolean) => (cumulative ? period.yearFrom : period.from)

  async function factsFrom(from: string): Promise<MeasureFacts> {
    const procedures = await offeredDuring(db, agencies, { from: addDays(from, -1), to: period.to })
    return { from, to: period.to, procedures, usedOnline: new Set() }
  }

  function factsOf(cumulative: boolean): Promise<MeasureFacts> {
    const from = firstDay(cumulative)
    const known = facts.get(from) ?? factsFrom(from)
    facts.set(from, known)
    return known
  }

  async function codes(measure: Measure, cumulative: boolean): Promise<string[]> {
    const from = firstDay(cumulative)
    const given = await factsOf(cumulative)
    if (!measure.endsWith('-used-online')) return codesOf(measure, given)
    const procedures = codesOf('level-3-or-4', given)
    const table = await asked(from, { procedures }, ['received-online'], 'procedure')
    const used = table.lines.filter(({ values }) => (values['received-online'] ?? 0) > 0).map(({ key }) => key ?? '')
    return codesOf(measure, { ...given, usedOnline: new Set(used) })
  }

  /** One question for all rows that look at the same dossiers. */
  async function figureOf(rows: readonly FormRow[], row: FormRow): Promise<number> {
    const group = groupOf(row)
    const figures = [...new Set(rows.filter((each) => groupOf(each) === group).flatMap(figuresOf))]
    const { source } = row
    if (source.kind !== 'figure') return 0
    const answer =
      memory.get(group) ??
      (async () => {
        const filter = { ...source.filter }
        if (source.procedures !== undefined)
          filter.procedures = await codes(source.procedures as Measure, row.cumulative)
        return asked(firstDay(row.cumulative), filter, figures)
      })()
    memory.set(group, answer)
    const { values } = (await answer).total
    return figuresOf(row).reduce((sum, figure) => sum + (values[figure] ?? 0), 0)
  }

  /** Undefined where no ballot came in: a survey on paper elsewhere may still be entered by hand. */
  async function surveyOf({ source, cumulative }: FormRow): Promise<number | undefined> {
    if (source.kind !== 'survey') return undefined
    const { ballots, form } = await surveyFigures(db, { agencies, from: firstDay(cumulative), to: period.to })
    if (ballots === 0) return undefined
    return { held: 1, ballots, form: form ?? undefined }[source.measure]
  }

  /** Undefined where no fee can be paid online here: what another portal takes may still be entered by hand. */
  async function payableOf({ source, cumulative }: FormRow): Promise<number | undefined> {
    if (source.kind !== 'payment') return undefined
    const { agencyId } = question
    if (!(await takesPaymentsOnline(db, { agencyId, to: period.to, knownAt: moment }))) return undefined
    return (await codes('with-fees', cumulative)).length
  }

  async function petitionsOf({ source, cumulative }: FormRow): Promise<number> {
    if (source.kind !== 'petition') return 0
    // As known at the moment of everything else in the report.
    moment ??= (await asked(period.from, {}, ['received'])).knownAt
    const question = { agencies, from: firstDay(cumulative), to: period.to, knownAt: moment }
    return countPetitions(db, question, { figure: source.figure, kind: source.of })
  }

  return {
    codes,
    facts: factsOf,
    knownAt: async () => moment ?? (await asked(period.from, {}, ['received'])).knownAt,
    async rows(definition: FormDefinition): Promise<Map<string, number>> {
      const filled = definition.rows.filter((row) => isApplicable(row, level))
      const values = new Map<string, number>()
      memory.clear()
      for (const row of filled) {
        if (row.source.kind === 'figure') values.set(row.code, await figureOf(filled, row))
        if (row.source.kind === 'petition') values.set(row.code, await petitionsOf(row))
        const survey = await surveyOf(row)
        if (survey !== undefined) values.set(row.code, survey)
        const payable = await payableOf(row)
        if (payable !== undefined) values.set(row.code, payable)
        if (row.source.kind === 'catalogue')
          values.set(row.code, (await codes(row.source.measure as Measure, row.cumulative)).length)
      }
      return values
    },
    async matrix({ endings }: FormDefinition): Promise<FilledForm['lines']> {
      const table = await asked(period.from, {}, matrixFigures, 'field')
      const fields = table.lines.flatMap(({ key, label, values }) => (key === null ? [] : [{ key, label, values }]))
      return evaluateMatrix(fields, {
        endings: endings ?? { withdrawn: 'resolved-on-time', stopped: 'apart', closed: 'apart' },
        words: vi.matrix,
      })
    },
  }
}

const figuresOf = ({ source }: FormRow): FigureId[] =>
  source.kind === 'figure' ? [source.figure, ...(source.plus ?? [])] : []

/** Rows with the same key are answered by one question. */
const groupOf = ({ source, cumulative }: FormRow): string =>
  source.kind === 'figure' ? JSON.stringify([cumulative, source.procedures ?? null, source.filter ?? {}]) : ''
