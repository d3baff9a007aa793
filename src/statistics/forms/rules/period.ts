// NĐ 09/2019/NĐ-CP, Điều 12 (thời gian chốt số liệu); CV 508/UBND-VP (Hải Dương). A period says its days; these are proposals.
import { addDays, addMonths, isDay, type Day } from '../../../platform/day.ts'
import { accept, refuse, type Result } from '../../../platform/result.ts'
import type { PeriodType } from '../contract.ts'

export type ProposedPeriod = {
  type: PeriodType
  code: string
  name: string
  from: Day
  to: Day
  yearFrom: Day
  deadline: Day
}

/** How a regime usually cuts the year: the day after which a month is closed, and how long there is to submit. */
export type RegimeShape = {
  /** Last day of a period within its month; 0 means the end of the calendar month. */
  closesOn: number
  /** The reporting year begins a month earlier when it closes within the month. */
  types: readonly PeriodType[]
  daysToSubmit: number
}

const ends: Record<Exclude<PeriodType, 'other'>, readonly number[]> = {
  month: [1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12],
  quarter: [3, 6, 9, 12],
  'half-year': [6],
  'nine-months': [9],
  year: [12],
}
const months: Record<Exclude<PeriodType, 'other'>, number> = {
  month: 1,
  quarter: 3,
  'half-year': 6,
  'nine-months': 9,
  year: 12,
}
const roman = ['I', 'II', 'III', 'IV']

/** The periods that a year of a regime usually has, for an administrator to look through and keep. */
export function proposePeriods({ closesOn, types, daysToSubmit }: RegimeShape, year: number): ProposedPeriod[] {
  const closing = (monthsFromStart: number): Day => {
    const firstOfNext = addMonths(`${year}-01-01`, monthsFromStart)
    return closesOn === 0 ? addDays(firstOfNext, -1) : addDays(addMonths(firstOfNext, -1), closesOn - 1)
  }
  const yearFrom = addDays(closing(0), 1)
  return types.flatMap((type) => {
    if (type === 'other') return []
    return ends[type].map((end) => {
      const to = closing(end)
      const from = addDays(closing(end - months[type]), 1)
      return { type, ...nameOf(type, end, year), from, to, yearFrom, deadline: addDays(to, daysToSubmit) }
    })
  })
}

function nameOf(type: Exclude<PeriodType, 'other'>, end: number, year: number): { code: string; name: string } {
  const quarter = Math.ceil(end / 3)
  switch (type) {
    case 'month':
      return { code: `${year}-T${String(end).padStart(2, '0')}`, name: `Tháng ${end} năm ${year}` }
    case 'quarter':
      return { code: `${year}-Q${quarter}`, name: `Quý ${roman[quarter - 1]} năm ${year}` }
    case 'half-year':
      return { code: `${year}-6T`, name: `6 tháng đầu năm ${year}` }
    case 'nine-months':
      return { code: `${year}-9T`, name: `9 tháng đầu năm ${year}` }
    case 'year':
      return { code: `${year}-N`, name: `Năm ${year}` }
  }
}

export type PeriodRefusal = { code: 'period-impossible'; field: 'from' | 'to' | 'yearFrom' | 'deadline' }

/** First day ≤ last day, the reporting year begins no later and within fourteen months, the deadline is not before the end. */
export function judgePeriod(
  period: Pick<ProposedPeriod, 'from' | 'to' | 'yearFrom' | 'deadline'>,
): Result<true, PeriodRefusal> {
  const wrong = (['from', 'to', 'yearFrom', 'deadline'] as const).find((field) => !isDay(period[field]))
  if (wrong) return refuse({ code: 'period-impossible', field: wrong })
  if (period.to < period.from) return refuse({ code: 'period-impossible', field: 'to' })
  if (period.yearFrom > period.from || addMonths(period.yearFrom, 14) < period.to)
    return refuse({ code: 'period-impossible', field: 'yearFrom' })
  if (period.deadline < period.to) return refuse({ code: 'period-impossible', field: 'deadline' })
  return accept(true)
}
