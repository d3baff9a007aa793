import { addDays, clockOfMinute, type Day, minuteFromClock, weekdayOf } from '../../platform/day.ts'
import type { CalendarText } from '../text.vi.ts'
import {
  type DayKind,
  type ExceptionalDay,
  type Interval,
  isWorkingDay,
  type OfficeHours,
  type WorkingCalendar,
} from '../rules/working-calendar.ts'

/** One square of a month; `exception` only where the day differs from its weekday. */
export type DayCell = { day: Day; isWorked: boolean; exception?: ExceptionalDay }

/** A letter or sign for each kind, so that colour is never the only sign. */
export const signs: Record<DayKind, string> = {
  holiday: '★',
  substitute: 'B',
  'swap-off': 'H',
  'swap-work': '+',
  closure: '×',
}

/** The weeks of a month from Monday to Sunday, null where the week reaches into another month. */
export function weeksOf(calendar: WorkingCalendar, year: number, month: number): (DayCell | null)[][] {
  const first = `${year}-${String(month).padStart(2, '0')}-01`
  const cells: (DayCell | null)[] = Array.from({ length: weekdayOf(first) - 1 }, () => null)
  for (let day = first; day.slice(0, 7) === first.slice(0, 7); day = addDays(day, 1)) {
    const exception = calendar.days.get(day)
    cells.push({ day, isWorked: isWorkingDay(calendar, day), ...(exception && { exception }) })
  }
  while (cells.length % 7 > 0) cells.push(null)
  return Array.from({ length: cells.length / 7 }, (_, week) => cells.slice(week * 7, week * 7 + 7))
}

/** The day to which a key moves inside one year; undefined when the key does not move. */
export function nextDayByKey(key: string, day: Day): Day | undefined {
  const steps: Record<string, number> = {
    ArrowLeft: -1,
    ArrowRight: 1,
    ArrowUp: -7,
    ArrowDown: 7,
    PageUp: -28,
    PageDown: 28,
  }
  const ends: Record<string, string> = { Home: '-01-01', End: '-12-31' }
  const year = day.slice(0, 4)
  const step = steps[key]
  const end = ends[key]
  if (end) return year + end
  if (step === undefined) return undefined
  const next = addDays(day, step)
  return next.startsWith(year) ? next : day
}

/** "07:00-11:30, 13:30-17:00" */
export const writeIntervals = (intervals: readonly Interval[]): string =>
  intervals.map(({ from, to }) => `${clockOfMinute(from)}-${clockOfMinute(to)}`).join(', ')

/** Reads what people type: 7h-11h30, 7:00 – 11:30; undefined when it cannot be read, empty for nothing. */
export function readIntervals(text: string): Interval[] | undefined {
  const parts = text
    .split(/[,;]/)
    .map((part) => part.trim())
    .filter(Boolean)
  const intervals = parts.map((part) => {
    const [, fromHour, fromMinute = '0', toHour, toMinute = '0'] =
      /^(\d{1,2})(?:[:hg.](\d{2})?)?\s*[-–]\s*(\d{1,2})(?:[:hg.](\d{2})?)?$/i.exec(part) ?? []
    if (fromHour === undefined || toHour === undefined) return undefined
    const [from, to] = [minuteFromClock(`${fromHour}:${fromMinute}`), minuteFromClock(`${toHour}:${toMinute}`)]
    return Number(fromMinute) < 60 && Number(toMinute) < 60 && from < to && to <= 24 * 60 ? { from, to } : undefined
  })
  return intervals.every((interval) => interval !== undefined) ? intervals : undefined
}

/** A day or hours out of the history in one line; `value` is what the server kept. */
export function describeEntry(value: unknown, text: CalendarText): string {
  const entry = value as ExceptionalDay | OfficeHours
  if ('kind' in entry) {
    const facts = [entry.notice, text.statuses[entry.status].toLowerCase()].filter(Boolean).join('; ')
    return `${text.kinds[entry.kind]} – ${entry.name} (${facts})`
  }
  return `${writeIntervals(entry.intervals)}; ${writeWeekdays(entry.workingWeekdays, text)}; ${text.readings[entry.reading]}`
}

/** "Thứ Hai – Thứ Sáu", or each day by its name. */
export function writeWeekdays(weekdays: readonly number[], text: CalendarText): string {
  const name = (weekday: number) => text.weekdays[weekday - 1] ?? ''
  const [first = 1] = weekdays
  const isRun = weekdays.length > 2 && weekdays.every((weekday, index) => weekday === first + index)
  return isRun ? `${name(first)} – ${name(first + weekdays.length - 1)}` : weekdays.map(name).join(', ')
}
