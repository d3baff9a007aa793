import { addDays, addMonths, type Day, daysBetween, isDay } from '../../../platform/day.ts'

/** On which day of the month before a period begins: 1 is the calendar itself, 15 the decree 09/2019, 10 a reform regime. */
export const cutoffs = [1, 15, 10] as const
export type Cutoff = (typeof cutoffs)[number]

export const periodKinds = ['month', 'quarter', 'half', 'nine', 'year', 'days'] as const
export type PeriodKind = (typeof periodKinds)[number]

/** A named period of a year, e.g. its fourth quarter, or any two days. */
export type Period =
  | { kind: Exclude<PeriodKind, 'days'>; year: number; number: number }
  | { kind: 'days'; from: Day; to: Day }
export type NamedPeriod = Exclude<Period, { kind: 'days' }>
export type Span = { from: Day; to: Day }

const months = { month: 1, quarter: 3, half: 6, nine: 9, year: 12 } as const
/** Nine months are counted from the beginning of the year only. */
const countOf = { month: 12, quarter: 4, half: 2, nine: 1, year: 1 } as const
const letters = { quarter: 'q', half: 'h', nine: 'n' } as const

export const readCutoff = (text: string): Cutoff => cutoffs.find((cutoff) => String(cutoff) === text) ?? 1

/** As it stands in the address: `2026-11`, `2026-q4`, `2026-h1`, `2026-n1`, `2026`, `2026-01-01..2026-02-28`. */
export function writePeriod(period: Period): string {
  if (period.kind === 'days') return `${period.from}..${period.to}`
  if (period.kind === 'year') return String(period.year)
  if (period.kind === 'month') return `${period.year}-${String(period.number).padStart(2, '0')}`
  return `${period.year}-${letters[period.kind]}${period.number}`
}

/** Undefined for what is no period; a broken address then shows the first one. */
export function readPeriod(text: string): Period | undefined {
  const [from = '', to = ''] = text.split('..')
  if (isDay(from) && isDay(to) && from <= to) return { kind: 'days', from, to }
  const found = /^(\d{4})(?:-(q|h|n)?(\d{1,2}))?$/.exec(text)
  if (!found) return undefined
  const [, years = '', letter, numbers] = found
  const year = Number(years)
  if (year < 1950 || year > 2200) return undefined
  if (numbers === undefined) return { kind: 'year', year, number: 1 }
  const kind = letter === undefined ? 'month' : ({ q: 'quarter', h: 'half', n: 'nine' } as const)[letter as 'q']
  const number = Number(numbers)
  return number >= 1 && number <= countOf[kind] ? { kind, year, number } : undefined
}

const dayIn = (year: number, monthFromZero: number, date: number): Day => {
  const first = `${String(year)}-01-01`
  return `${addMonths(first, monthFromZero).slice(0, 8)}${String(date).padStart(2, '0')}`
}

/** The first day of a month as the regime counts it. */
const monthStart = (year: number, monthFromZero: number, cutoff: Cutoff): Day =>
  cutoff === 1 ? dayIn(year, monthFromZero, 1) : dayIn(year, monthFromZero - 1, cutoff)

/** First and last day. */
export function spanOf(period: Period, cutoff: Cutoff): Span {
  if (period.kind === 'days') return { from: period.from, to: period.to }
  const first = (period.number - 1) * months[period.kind]
  return {
    from: monthStart(period.year, first, cutoff),
    to: addDays(monthStart(period.year, first + months[period.kind], cutoff), -1),
  }
}

/** The period of this kind in which a day lies. */
export function periodAt(kind: NamedPeriod['kind'], day: Day, cutoff: Cutoff): NamedPeriod {
  const year = Number(day.slice(0, 4))
  const shift = cutoff !== 1 && Number(day.slice(8)) >= cutoff ? 1 : 0
  const month = Number(day.slice(5, 7)) - 1 + shift
  const count = countOf[kind]
  return {
    kind,
    year: year + Math.floor(month / 12),
    number: Math.min(Math.floor((month % 12) / months[kind]) + 1, count),
  }
}

/** The period before (-1) or after (1); any two days move by their own length. */
export function stepped(period: Period, by: -1 | 1): Period {
  if (period.kind === 'days') {
    const length = daysBetween(period.from, period.to) + 1
    return { kind: 'days', from: addDays(period.from, by * length), to: addDays(period.to, by * length) }
  }
  const count = countOf[period.kind]
  const place = period.year * count + period.number - 1 + by
  return { kind: period.kind, year: Math.floor(place / count), number: (place % count) + 1 }
}

/** Changes the kind and stays at the same time: where the period ended, or today when that is still to come. */
export function changedKind(
  period: Period,
  kind: PeriodKind,
  { cutoff, today }: { cutoff: Cutoff; today: Day },
): Period {
  const { from, to } = spanOf(period, cutoff)
  if (kind === 'days') return { kind, from, to }
  if (to < today) return periodAt(kind, to, cutoff)
  return periodAt(kind, today < from ? from : today, cutoff)
}
