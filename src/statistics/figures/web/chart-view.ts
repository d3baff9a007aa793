import { addDays, type Day, daysBetween, weekdayOf } from '../../../platform/day.ts'
import type { FigureLine } from '../contract.ts'

/** Steps of an axis that begins at zero, in round whole numbers; the last one reaches the greatest value. */
export function ticksFor(greatest: number, wanted = 4): number[] {
  if (greatest <= 0) return [0, 1]
  const rough = greatest / wanted
  const power = 10 ** Math.floor(Math.log10(rough))
  const step = Math.max(1, ([1, 2, 5, 10].find((each) => each * power >= rough) ?? 10) * power)
  return Array.from({ length: Math.ceil(greatest / step) + 1 }, (_, index) => index * step)
}

/** How a span is cut for a trend: so that a reader sees a course and no comb. */
export function trendStep(from: Day, to: Day): 'day' | 'week' | 'month' {
  const days = daysBetween(from, to) + 1
  if (days <= 16) return 'day'
  return days <= 120 ? 'week' : 'month'
}

/** The days of a span that have come. */
export const upTo = ({ from, to }: { from: Day; to: Day }, today: Day): { from: Day; to: Day } => ({
  from,
  to: to < today ? to : today,
})

export type TrendStep = ReturnType<typeof trendStep>

export type Bucket = { key: string; from: Day; to: Day }

/** Every day, week (from Monday) or month that touches the span, cut at its ends; those without a dossier too. */
export function bucketsOf(from: Day, to: Day, step: TrendStep): Bucket[] {
  const buckets: Bucket[] = []
  for (let first = from; first <= to;) {
    const last = lastOf(first, step)
    buckets.push({ key: keyOf(first, step), from: first, to: last < to ? last : to })
    first = addDays(last, 1)
  }
  return buckets
}

function lastOf(day: Day, step: TrendStep): Day {
  if (step === 'day') return day
  if (step === 'week') return addDays(day, 7 - weekdayOf(day))
  return addDays(`${addDays(`${day.slice(0, 8)}01`, 31).slice(0, 8)}01`, -1)
}

/** As lines of an answer are keyed: a day, the Monday of a week, `2026-11`. */
function keyOf(day: Day, step: TrendStep): string {
  if (step === 'month') return day.slice(0, 7)
  return step === 'week' ? addDays(day, 1 - weekdayOf(day)) : day
}

/** Which labels of an axis are written: the first, the last and as many between as have room. */
export function writtenLabels(count: number, room: number): ReadonlySet<number> {
  if (count <= room) return new Set(Array.from({ length: count }, (_, index) => index))
  const every = Math.ceil((count - 1) / Math.max(1, room - 1))
  const kept = Array.from({ length: count }, (_, index) => index).filter((index) => index % every === 0)
  const last = count - 1
  // The last is always written; one that would touch it gives way.
  return new Set([...kept.filter((index) => index === 0 || last - index > every / 2), last])
}

// Findings: what a chart says, as its title ------------------------------------------------------------------------------

export type Fraction = 'quarter' | 'third' | 'half' | 'two-thirds' | 'three-quarters'

const fractions: readonly [Fraction, number][] = [
  ['quarter', 1 / 4],
  ['third', 1 / 3],
  ['half', 1 / 2],
  ['two-thirds', 2 / 3],
  ['three-quarters', 3 / 4],
]

/** A share that people would call by a fraction; `exact` within half a hundredth, otherwise "about". */
export function fractionOf(share: number): { fraction: Fraction; exact: boolean } | undefined {
  const found = fractions.find(([, value]) => Math.abs(share - value) <= 0.02)
  return found && { fraction: found[0], exact: Math.abs(share - found[1]) <= 0.005 }
}

const valueOf = (line: FigureLine, figure: string): number => line.values[figure] ?? 0

export type ShareFinding =
  | { kind: 'none' }
  | { kind: 'all'; label: string; count: number }
  | { kind: 'share'; label: string; share: number; count: number; of: number }
  | { kind: 'even'; lines: number; label: string; share: number }

/** Who has the greatest part of a figure; where nobody has a fifth, that it is spread. */
export function shareFinding(lines: readonly FigureLine[], figure: string): ShareFinding {
  const of = lines.reduce((sum, line) => sum + valueOf(line, figure), 0)
  const [first] = lines.toSorted((one, other) => valueOf(other, figure) - valueOf(one, figure))
  if (!first || of === 0) return { kind: 'none' }
  const count = valueOf(first, figure)
  const { label } = first
  if (count === of) return { kind: 'all', label, count }
  const share = count / of
  const filled = lines.filter((line) => valueOf(line, figure) > 0).length
  return share < 0.2 ? { kind: 'even', lines: filled, label, share } : { kind: 'share', label, share, count, of }
}

export type TrendFinding =
  | { kind: 'none' }
  | { kind: 'grown' | 'shrunk'; by: number; from: number; to: number }
  | { kind: 'same'; open: number }

/** Whether the authority keeps up: what lies open at the end against the beginning. */
export function trendFinding({
  carried,
  received,
  open,
}: {
  carried: number
  received: number
  open: number
}): TrendFinding {
  if (carried === 0 && received === 0) return { kind: 'none' }
  if (open === carried) return { kind: 'same', open }
  return { kind: open > carried ? 'grown' : 'shrunk', by: Math.abs(open - carried), from: carried, to: open }
}

export type OnTimeLine = { key: string; label: string; onTime: number; late: number; resolved: number }

/** The lowest share on time first; where none was resolved there is nothing to show. */
export function onTimeLines(lines: readonly FigureLine[]): OnTimeLine[] {
  return lines
    .flatMap((line) => {
      const resolved = valueOf(line, 'resolved')
      const late = valueOf(line, 'resolved-late')
      return line.key === null || resolved === 0
        ? []
        : [{ key: line.key, label: line.label, onTime: resolved - late, late, resolved }]
    })
    .toSorted(
      (one, other) => one.onTime / one.resolved - other.onTime / other.resolved || other.resolved - one.resolved,
    )
}

export type OnTimeFinding =
  | { kind: 'none' }
  | { kind: 'all'; resolved: number }
  | { kind: 'only'; label: string; late: number }
  | { kind: 'lowest'; label: string; late: number; resolved: number; fields: number }

/** `only`: every late one lies in a single field. */
export function onTimeFinding(lines: readonly OnTimeLine[]): OnTimeFinding {
  const [lowest] = lines
  if (!lowest) return { kind: 'none' }
  const withLate = lines.filter(({ late }) => late > 0)
  if (withLate.length === 0) return { kind: 'all', resolved: lines.reduce((sum, { resolved }) => sum + resolved, 0) }
  if (withLate.length === 1) return { kind: 'only', label: lowest.label, late: lowest.late }
  const { label, late, resolved } = lowest
  return { kind: 'lowest', label, late, resolved, fields: withLate.length }
}

export type LoadCell = { weekday: number; hour: number; count: number }

export type LoadFinding = { kind: 'none' } | ({ kind: 'busiest'; morning: number; of: number } & LoadCell)

/** The hour of the week in which most come, and how many come before noon. */
export function loadFinding(cells: readonly LoadCell[]): LoadFinding {
  const of = cells.reduce((sum, { count }) => sum + count, 0)
  const [first] = cells.toSorted(
    (one, other) => other.count - one.count || one.weekday - other.weekday || one.hour - other.hour,
  )
  if (!first || of === 0) return { kind: 'none' }
  const morning = cells.reduce((sum, { hour, count }) => sum + (hour < 12 ? count : 0), 0)
  return { kind: 'busiest', ...first, morning, of }
}

/** The hours and weekdays of the table: all between the first and the last that have any, office hours at least. */
export function loadFrame(cells: readonly LoadCell[]): { weekdays: number[]; hours: number[] } {
  const filled = cells.filter(({ count }) => count > 0)
  const hours = [...filled.map(({ hour }) => hour), 8, 16]
  const weekdays = [...filled.map(({ weekday }) => weekday), 5]
  const first = Math.min(...hours)
  return {
    weekdays: Array.from({ length: Math.max(...weekdays) }, (_, index) => index + 1),
    hours: Array.from({ length: Math.max(...hours) - first + 1 }, (_, index) => first + index),
  }
}
