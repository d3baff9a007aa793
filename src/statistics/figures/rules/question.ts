// Kỳ báo cáo có ngày đầu, ngày cuối; số liệu "đến hết ngày cuối kỳ" và "từ kỳ trước": Biểu 06a/VPCP/KSTT.

import { addDays, addMonths, dayOf, daysBetween, weekdayOf, type Day, type Instant } from '../../../platform/day.ts'
import type { Breakdown, FigureFilter, FigureId, Question } from '../contract.ts'
import { figures, isSumOfDays, measures, type Measure, type MeasureId, type Period } from './figures.ts'

/** One line of a table, where no filter tells it apart: `hour` 8, `load` 1-8 (weekday and hour of reception). */
export type LineKey = { by: Breakdown | 'load'; key: string }

/** The days of a question as far as they had come at the moment of knowledge. */
export function periodOf({ from, to }: Pick<Question, 'from' | 'to'>, knownAt: Instant): Period {
  const today = dayOf(knownAt)
  return { from, to: to < today ? to : today, judgedAt: to < today ? null : knownAt }
}

/** The last day of "before": the day ahead of the period, or the last known where the period has not begun. */
export const dayBefore = ({ from, to }: Period): Day => (from <= to ? addDays(from, -1) : to)

/** The measures that these figures are made of. */
export const measuresOf = (ids: readonly FigureId[]): MeasureId[] => [
  ...new Set(ids.flatMap((id) => figures[id].map(({ measure }) => measure))),
]

/** Days that roll-ups of this level hold, from the first to before `end`, to be added or taken away. */
export type Piece = { level: Level; first: Day; end: Day; sign: 1 | -1 }
type Level = 'day' | 'month' | 'year'
type Days = { first: Day; end: Day }

const BEGINNING: Day = '1900-01-01'
const firstOf = { month: (day: Day): Day => `${day.slice(0, 8)}01`, year: (day: Day): Day => `${day.slice(0, 5)}01-01` }
const after = { month: (first: Day): Day => addMonths(first, 1), year: (first: Day): Day => addMonths(first, 12) }

/** The days from `from` to before `end` in about as few sums as there are; `coarsest` where they may not be mixed. */
export function piecesOf(from: Day, end: Day, coarsest: Level = 'year'): Piece[] {
  if (from >= end) return []
  if (coarsest === 'day') return [{ level: 'day', first: from, end, sign: 1 }]
  return cut({ first: from, end }, 'day', 'month', (first, last) =>
    coarsest === 'month'
      ? [{ level: 'month', first, end: last, sign: 1 }]
      : cut({ first, end: last }, 'month', 'year', (year, lastYear) => [
          { level: 'year', first: year, end: lastYear, sign: 1 },
        ]),
  )
}

/** Whole units in the middle by `whole`; the parts of a unit at either end by the finer level. */
function cut(days: Days, level: Level, unit: 'month' | 'year', whole: (first: Day, end: Day) => Piece[]): Piece[] {
  const start = firstOf[unit](days.first)
  const next = after[unit](start)
  if (days.end < next) return partOf(days, { first: start, end: next }, level, unit)
  const first = start === days.first ? start : next
  const last = firstOf[unit](days.end)
  return [
    ...(start === days.first ? [] : partOf({ first: days.first, end: next }, { first: start, end: next }, level, unit)),
    ...(first < last ? whole(first, last) : []),
    ...(last === days.end
      ? []
      : partOf({ first: last, end: days.end }, { first: last, end: after[unit](last) }, level, unit)),
  ]
}

/** Part of a month or year: its days, or the whole without the others when these are fewer. */
function partOf(days: Days, whole: Days, level: Level, unit: 'month' | 'year'): Piece[] {
  if (2 * daysBetween(days.first, days.end) <= daysBetween(whole.first, whole.end)) return [{ ...days, level, sign: 1 }]
  const others = [
    { first: whole.first, end: days.first },
    { first: days.end, end: whole.end },
  ].filter(({ first, end }) => first < end)
  return [{ ...whole, level: unit, sign: 1 }, ...others.map((each): Piece => ({ ...each, level, sign: -1 }))]
}

/** The sums that make up what stood open at the end of a day. */
export const piecesUntil = (day: Day): Piece[] => piecesOf(BEGINNING, addDays(day, 1))

export type TimeBreakdown = 'day' | 'week' | 'month'
export const isTime = (by: Breakdown | undefined): by is TimeBreakdown =>
  by === 'day' || by === 'week' || by === 'month'

/** The key of the day, week (its Monday) or month that a day is in. */
export function bucketOf(day: Day, by: TimeBreakdown): string {
  if (by === 'month') return day.slice(0, 7)
  return by === 'week' ? addDays(day, 1 - weekdayOf(day)) : day
}

/** All days, weeks or months of the period, in order. */
export function bucketsOf({ from, to }: Pick<Period, 'from' | 'to'>, by: TimeBreakdown): string[] {
  const keys: string[] = []
  for (let day = from; day <= to;) {
    keys.push(bucketOf(day, by))
    if (by === 'month') day = addMonths(firstOf.month(day), 1)
    else day = by === 'week' ? addDays(day, 8 - weekdayOf(day)) : addDays(day, 1)
  }
  return keys
}

/** The part of the period that one key stands for; undefined when the key is none of its days, weeks or months. */
export function narrowTo(question: Question, by: TimeBreakdown, key: string): Question | undefined {
  if (!/^\d{4}-\d\d(-\d\d)?$/.test(key)) return undefined
  const first = by === 'month' ? `${key.slice(0, 7)}-01` : key
  const last = { day: first, week: addDays(first, 6), month: addDays(addMonths(first, 1), -1) }[by]
  const from = first > question.from ? first : question.from
  const to = last < question.to ? last : question.to
  return from <= to ? { ...question, from, to } : undefined
}

/** Figures that a breakdown can tell: hours are those of the reception, and what stands open has no weekday. */
export function tellable(ids: readonly FigureId[], by: LineKey['by'] | undefined): FigureId[] {
  if (by === 'weekday') return ids.filter(isSumOfDays)
  if (by !== 'hour' && by !== 'load') return [...ids]
  return ids.filter((id) =>
    figures[id].every(({ measure }) => {
      const definition: Measure = measures[measure]
      return 'day' in definition && definition.day === 'receivedOn'
    }),
  )
}

export type Grain = 'all' | 'agency' | 'field' | 'procedure' | 'unit' | 'hour'

/** The coarsest roll-ups that can answer; undefined where only the facts can. */
export function grainFor(
  filter: FigureFilter,
  by: Breakdown | undefined,
  line: LineKey | undefined,
): Grain | undefined {
  const hour = by === 'hour' || line?.by === 'hour' || line?.by === 'load'
  const unit = filter.unitId !== undefined || filter.officerId !== undefined || by === 'unit' || by === 'officer'
  const procedure = filter.procedures !== undefined || by === 'procedure'
  const field = filter.field !== undefined || filter.channel !== undefined || by === 'field' || by === 'channel'
  const grains: (Grain | false)[] = [hour && 'hour', unit && 'unit', procedure ? 'procedure' : field && 'field']
  const asked = grains.filter((each) => each !== false)
  return asked.length > 1 ? undefined : (asked[0] ?? 'all')
}

/** Scopes whose agencies are just these, as few as can be: those of many first, what is left each for itself. */
export function coverOf(
  agencies: readonly number[],
  members: readonly { scopeId: number; agencyId: number }[],
): { scopes: number[]; agencies: number[] } {
  const left = new Set(members.filter(({ scopeId }) => scopeId > 0).map(({ agencyId }) => agencyId))
  const asked = new Set(agencies)
  for (const agencyId of left) if (!asked.has(agencyId)) left.delete(agencyId)
  const whole = new Map<number, number[]>()
  for (const { scopeId, agencyId } of members)
    if (scopeId < 0) whole.set(scopeId, [...(whole.get(scopeId) ?? []), agencyId])
  const scopes: number[] = []
  const present = [...left]
  for (const [scopeId, inside] of [...whole].toSorted(([, one], [, other]) => other.length - one.length)) {
    if (inside.length < 2 || !inside.every((agencyId) => left.has(agencyId))) continue
    scopes.push(scopeId)
    for (const agencyId of inside) left.delete(agencyId)
  }
  return { scopes: [...scopes, ...left], agencies: present }
}
