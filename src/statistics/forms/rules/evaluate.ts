import type { Cell, FormDefinition, FormRow } from '../contract.ts'
import { percentOf } from '../../../platform/money.ts'

/** What an officer entered into one row. */
export type EnteredRow = {
  row: string
  value: number | null
  numerator: number | null
  denominator: number | null
  reason: string
  evidence: string
  note: string
  enteredBy: string
  enteredAt: string
  revision: number
}

/** What a report of the units below gives for one row. */
export type UnitsRow = { value: number | null; numerator: number | null; denominator: number | null; note: string }

export type FormFacts = {
  /** Kind of the agency: which rows it fills. */
  level: string
  /** Numbers of rows that come from the records; a row that the records cannot answer is missing. */
  records: ReadonlyMap<string, number>
  entered: ReadonlyMap<string, EnteredRow>
  /** Set for a report that adds up the units below: their sums take the place of records. */
  units?: ReadonlyMap<string, UnitsRow>
}

export const isApplicable = ({ levels }: Pick<FormRow, 'levels'>, level: string): boolean =>
  levels.length === 0 || levels.includes(level)

/** Rows that stand in the form of this level: those it fills, and those that are printed all the same. */
export const rowsFor = ({ rows }: Pick<FormDefinition, 'rows'>, level: string): FormRow[] =>
  rows.filter((row) => isApplicable(row, level) || row.printed === true)

/** The cells of a form of rows, in the order of its rows. Changes nothing, asks nobody. */
export function evaluateForm(definition: Pick<FormDefinition, 'rows'>, facts: FormFacts): Cell[] {
  const rows = rowsFor(definition, facts.level)
  const byCode = new Map(rows.map((row) => [row.code, row]))
  const known = new Map<string, Cell>()
  const under = new Set<string>()

  function cellOf(code: string): Cell | undefined {
    const found = known.get(code)
    if (found) return found
    const row = byCode.get(code)
    // A row that refers to itself through others has no value; the check of the definition refuses it.
    if (!row || under.has(code)) return undefined
    under.add(code)
    const cell = evaluateRow(row, facts, cellOf)
    under.delete(code)
    known.set(code, cell)
    return cell
  }

  return rows.map((row) => cellOf(row.code) ?? blank(row.code, 'computed'))
}

function evaluateRow(row: FormRow, facts: FormFacts, cellOf: (code: string) => Cell | undefined): Cell {
  const { source, code } = row
  if (row.type === 'heading' || source.kind === 'none') return blank(code, 'heading')
  if (!isApplicable(row, facts.level)) return { row: code, value: null, state: 'not-applicable', source: 'heading' }
  switch (source.kind) {
    case 'sum':
      return sumOf(code, source.of, cellOf)
    case 'ratio':
      return ratioOf(code, [cellOf(source.numerator), cellOf(source.denominator)])
    case 'manual':
    case 'entered-ratio':
      return facts.units && row.type !== 'enum' ? fromUnits(row, facts.units) : fromEntry(row, facts.entered.get(code))
    case 'survey': {
      const summed = facts.units ? fromUnits(row, facts.units) : undefined
      if (summed && summed.value !== null) return summed
      const value = facts.records.get(code)
      if (value === undefined) return summed && row.type !== 'enum' ? summed : fromEntry(row, facts.entered.get(code))
      return { row: code, value, state: 'value', source: 'records' }
    }
    case 'payment': {
      const value = facts.records.get(code)
      if (facts.units) return fromUnits(row, facts.units)
      return value === undefined
        ? fromEntry(row, facts.entered.get(code))
        : { row: code, value, state: 'value', source: 'records' }
    }
    case 'figure':
    case 'petition':
    case 'catalogue': {
      if (facts.units) return fromUnits(row, facts.units)
      const value = facts.records.get(code)
      return value === undefined ? blank(code, 'records') : { row: code, value, state: 'value', source: 'records' }
    }
  }
}

/** A sum stands when every part of it is there: a blank is not a zero. Parts of other levels do not count. */
function sumOf(code: string, of: readonly string[], cellOf: (code: string) => Cell | undefined): Cell {
  const parts = of.map(cellOf).filter((cell) => cell !== undefined && cell.state !== 'not-applicable')
  const values = parts.map((cell) => cell?.value ?? null)
  if (values.length === 0 || values.includes(null)) return blank(code, 'computed')
  const value = values.reduce<number>((sum, each) => round(sum + (each ?? 0)), 0)
  return { row: code, value, state: 'value', source: 'computed' }
}

function ratioOf(code: string, [part, whole]: [Cell | undefined, Cell | undefined]): Cell {
  const numerator = part?.value ?? null
  const denominator = whole?.value ?? null
  return { ...divided(code, numerator, denominator), source: 'computed' }
}

function divided(code: string, numerator: number | null, denominator: number | null): Cell {
  const parts = { numerator, denominator }
  if (numerator === null || denominator === null) return { ...blank(code, 'computed'), ...parts }
  const value = percentOf(numerator, denominator)
  if (value === undefined) return { row: code, value: null, state: 'none-arose', source: 'computed', ...parts }
  return { row: code, value, state: 'value', source: 'computed', ...parts }
}

function fromEntry(row: FormRow, entered: EnteredRow | undefined): Cell {
  if (!entered) return { ...blank(row.code, 'manual'), revision: 0 }
  const { enteredBy, enteredAt, reason, evidence, note, revision } = entered
  const said = { enteredBy, enteredAt, reason, evidence, note, revision }
  if (row.source.kind === 'entered-ratio')
    return { ...divided(row.code, entered.numerator, entered.denominator), source: 'manual', ...said }
  if (entered.value === null) return { ...blank(row.code, 'manual'), ...said }
  return { row: row.code, value: entered.value, state: 'value', source: 'manual', ...said }
}

function fromUnits(row: FormRow, units: ReadonlyMap<string, UnitsRow>): Cell {
  const sum = units.get(row.code)
  if (!sum) return blank(row.code, 'units')
  if (row.source.kind === 'entered-ratio')
    return { ...divided(row.code, sum.numerator, sum.denominator), source: 'units', note: sum.note }
  if (sum.value === null) return { ...blank(row.code, 'units'), note: sum.note }
  return { row: row.code, value: sum.value, state: 'value', source: 'units', note: sum.note }
}

const blank = (row: string, source: Cell['source']): Cell => ({ row, value: null, state: 'blank', source })

// Money of the forms is in millions with at most three decimals; sums must not show the noise of binary fractions.
const round = (value: number): number => Math.round(value * 1000) / 1000

/** Adds up what the units below reported, row by row. Ratios that are typed add up their parts; choices do not add up. */
export function addUnits(
  definition: Pick<FormDefinition, 'rows'>,
  reports: readonly { cells: readonly Cell[] }[],
): Map<string, UnitsRow> {
  const sums = new Map<string, UnitsRow>()
  for (const row of definition.rows) {
    const cells = reports.map(({ cells: given }) => given.find((cell) => cell.row === row.code))
    const add = (pick: (cell: Cell) => number | null | undefined): number | null => {
      const values = cells.flatMap((cell) => (cell ? [pick(cell)] : [])).filter((value) => typeof value === 'number')
      return values.length === 0 ? null : values.reduce((sum, value) => round(sum + value), 0)
    }
    const choices = cells.flatMap((cell) => (typeof cell?.value === 'number' ? [cell.value] : []))
    const given = cells.filter((cell) => cell && cell.state !== 'blank' && cell.state !== 'not-applicable').length
    sums.set(row.code, {
      value: row.type === 'percent' ? null : (surveyed(row, choices) ?? add(({ value }) => value)),
      numerator: add(({ numerator }) => numerator),
      denominator: add(({ denominator }) => denominator),
      note: `${given}/${reports.length}`,
    })
  }
  return sums
}

/** Surveys of several units: one was held where any was; of both forms it is mixed. */
function surveyed({ source }: FormRow, values: readonly number[]): number | undefined {
  if (source.kind !== 'survey' || source.measure === 'ballots' || values.length === 0) return undefined
  if (source.measure === 'held') return Math.max(...values)
  return new Set(values).size === 1 ? values[0] : MIXED
}
const MIXED = 2
