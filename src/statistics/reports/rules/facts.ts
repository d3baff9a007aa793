import type { Day, Instant } from '../../../platform/day.ts'
import type { Breakdown, FigureId } from '../../figures/contract.ts'
import type { FilledForm } from '../../forms/contract.ts'
import type { Measure, PeriodRole } from '../contract.ts'

/** One line of a breakdown with its figures. */
export type FactLine = { key: string; label: string; values: Readonly<Record<string, number>> }

/** The figures of one period. */
export type PeriodFacts = {
  /** As it stands in a sentence: `quý I năm 2023`. */
  name: string
  from: Day
  to: Day
  total: Readonly<Record<string, number>>
  lines: Partial<Record<Breakdown, readonly FactLine[]>>
}

export type ReportAgency = {
  agencyId: number
  /** `Ủy ban nhân dân xã Đoàn Kết` */
  name: string
  /** `xã Đoàn Kết` */
  territory: string
  /** `UBND xã Đoàn Kết` */
  short: string
  level: string
}

/** Everything a report is written from. The same facts give the same report. */
export type Facts = {
  agency: ReportAgency
  /** The agencies whose dossiers are counted. */
  agencies: readonly number[]
  current: PeriodFacts
  /** `kỳ`, `tuần`, `ngày`: what the period is called in a sentence. */
  unit: 'kỳ' | 'năm' | 'tuần' | 'ngày'
  /** Null where nothing is recorded of that time: then nothing is compared. */
  previous: PeriodFacts | null
  lastYear: PeriodFacts | null
  /** `quý II năm 2023`, for what is planned. */
  next: string
  year: number
  forms: readonly FilledForm[]
  /** The log was read up to here. */
  knownAt: Instant
}

export const periodOf = (facts: Facts, role: PeriodRole): PeriodFacts | null =>
  ({ current: facts.current, previous: facts.previous, 'last-year': facts.lastYear })[role]

/** A measure of a period; null where the period or the line is not known. A line that is not listed counts zero. */
export function measureOf(facts: Facts, role: PeriodRole, { figures, less = [], line }: Measure): number | null {
  const period = periodOf(facts, role)
  if (!period) return null
  const values = line ? lineValues(period, line) : period.total
  if (!values) return null
  const sum = (ids: readonly FigureId[]) => ids.reduce((total, id) => total + (values[id] ?? 0), 0)
  return sum(figures) - sum(less)
}

function lineValues(period: PeriodFacts, { by, key }: { by: Breakdown; key: string }) {
  const lines = period.lines[by]
  return lines ? (lines.find((line) => line.key === key)?.values ?? {}) : null
}

/** Whether anything was there in that period; a time before the records began is not compared with. */
export const hasRecords = (period: PeriodFacts): boolean =>
  ['carried', 'received', 'resolved', 'open'].some((id) => (period.total[id] ?? 0) > 0)

/** A value as it stands in a form; null when the form, the row or the value is not there. */
export function cellOf(facts: Facts, form: string, row: string) {
  const filled = facts.forms.find(({ definition }) => definition.form === form)
  const definition = filled?.definition.rows.find(({ code }) => code === row)
  const cell = filled?.cells.find((one) => one.row === row)
  return definition && cell ? { definition, cell } : null
}
