import type { Entry, FormDefinition, FormRow } from '../contract.ts'
import { accept, refuse, type Result } from '../../../platform/result.ts'
import { isApplicable } from './evaluate.ts'

export type EntryRefusal =
  | { code: 'row-unknown'; form: string; row: string }
  | { code: 'row-computed'; form: string; row: string }
  | { code: 'row-from-records'; form: string; row: string }
  | { code: 'row-from-units'; form: string; row: string }
  | { code: 'row-not-applicable'; form: string; row: string }
  | { code: 'percent-needs-parts'; form: string; row: string }
  | { code: 'part-exceeds-whole'; form: string; row: string; numerator: number; denominator: number }
  | { code: 'not-whole'; form: string; row: string }
  | { code: 'not-money'; form: string; row: string }
  | { code: 'not-a-choice'; form: string; row: string; choices: string }

const MOST = 1_000_000_000

/** What may be written into a cell; null takes it back. */
export type CleanEntry = { value: number | null; numerator: number | null; denominator: number | null }

/** Whether a row takes what was typed: a percentage is never typed, a computed row never either. */
export function judgeEntry(
  definition: Pick<FormDefinition, 'form' | 'rows'>,
  entry: Entry,
  { level, fromUnits = false }: { level: string; fromUnits?: boolean },
): Result<CleanEntry, EntryRefusal> {
  const place = { form: entry.form, row: entry.row }
  const row = definition.rows.find(({ code }) => code === entry.row)
  if (!row || row.type === 'heading') return refuse({ code: 'row-unknown', ...place })
  if (!isApplicable(row, level)) return refuse({ code: 'row-not-applicable', ...place })
  if (['figure', 'petition', 'catalogue'].includes(row.source.kind))
    return refuse({ code: fromUnits ? 'row-from-units' : 'row-from-records', ...place })
  if (!['manual', 'entered-ratio', 'survey', 'payment'].includes(row.source.kind))
    return refuse({ code: 'row-computed', ...place })
  if (fromUnits && row.type !== 'enum') return refuse({ code: 'row-from-units', ...place })
  return row.source.kind === 'entered-ratio' ? judgeRatio(entry, place) : judgeValue(row, entry, place)
}

function judgeRatio(
  { value, numerator = null, denominator = null }: Entry,
  place: { form: string; row: string },
): Result<CleanEntry, EntryRefusal> {
  if (typeof value === 'number') return refuse({ code: 'percent-needs-parts', ...place })
  if (numerator === null && denominator === null) return accept({ value: null, numerator, denominator })
  if (numerator === null || denominator === null) return refuse({ code: 'percent-needs-parts', ...place })
  if (!isCount(numerator) || !isCount(denominator)) return refuse({ code: 'not-whole', ...place })
  if (numerator > denominator) return refuse({ code: 'part-exceeds-whole', ...place, numerator, denominator })
  return accept({ value: null, numerator, denominator })
}

function judgeValue(
  row: FormRow,
  { value = null, numerator, denominator }: Entry,
  place: { form: string; row: string },
): Result<CleanEntry, EntryRefusal> {
  const nothing = { numerator: null, denominator: null }
  if (typeof numerator === 'number' || typeof denominator === 'number') return refuse({ code: 'row-unknown', ...place })
  if (value === null) return accept({ value, ...nothing })
  if (row.type === 'enum') {
    const choices = row.choices ?? []
    if (choices.some((choice) => choice.value === value)) return accept({ value, ...nothing })
    const words = choices.map((choice) => `${choice.label} = ${choice.value}`).join('; ')
    return refuse({ code: 'not-a-choice', ...place, choices: words })
  }
  if (row.type === 'money')
    return isMoney(value) ? accept({ value, ...nothing }) : refuse({ code: 'not-money', ...place })
  return isCount(value) ? accept({ value, ...nothing }) : refuse({ code: 'not-whole', ...place })
}

const isCount = (value: number): boolean => Number.isInteger(value) && value >= 0 && value <= MOST

/** Millions of đồng with at most three decimals. */
const isMoney = (value: number): boolean =>
  value >= 0 && value <= MOST && Math.abs(value * 1000 - Math.round(value * 1000)) < 1e-6
