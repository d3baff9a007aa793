// Which days and hours an authority works. Bộ luật Lao động 2019, Điều 105, 111, 112; Quyết định 188/1999/QĐ-TTg
// (40-hour week); the yearly notices of public holidays and of swapped days («hoán đổi»).

import {
  addDays,
  type Day,
  dayOf,
  type Instant,
  instantAt,
  type MinuteOfDay,
  minuteOf,
  weekdayOf,
} from '../../platform/day.ts'

/** Part of a day, from the first minute up to but not including the last. */
export type Interval = { from: MinuteOfDay; to: MinuteOfDay }

/** 1 Monday … 7 Sunday. */
export type Weekday = ReturnType<typeof weekdayOf>

/** How an authority reads "n working days": hour by hour, or as n whole days after the day of receipt. */
export type Reading = 'hours' | 'days'

/**
 * Why a day differs from its weekday: public holiday, the day off in its stead, a weekday off or a Saturday worked
 * by a swap, or a closing that the authority decided itself (flood, moving house).
 */
export type DayKind = 'holiday' | 'substitute' | 'swap-off' | 'swap-work' | 'closure'

/** Announced for good, or still to be confirmed. */
export type DayStatus = 'official' | 'provisional'

export type ExceptionalDay = { day: Day; kind: DayKind; name: string; notice: string; status: DayStatus }

/** The hours of an office from a day on. On a Saturday session dossiers are received, but the clock stands still. */
export type OfficeHours = {
  validFrom: Day
  intervals: readonly Interval[]
  workingWeekdays: readonly Weekday[]
  saturdaySession: readonly Interval[]
  reading: Reading
}

/**
 * `hours` is in the order of `validFrom` and never empty; the first also holds for the time before it. `knownYears`
 * are those with any holiday: in others a due date rests on weekends alone.
 */
export type WorkingCalendar = {
  hours: readonly OfficeHours[]
  days: ReadonlyMap<Day, ExceptionalDay>
  knownYears: ReadonlySet<number>
}

/** The hours that most provinces keep, for authorities that have not set their own. */
export const usualHours: OfficeHours = {
  validFrom: '2000-01-01',
  intervals: [
    { from: 7 * 60, to: 11 * 60 + 30 },
    { from: 13 * 60 + 30, to: 17 * 60 },
  ],
  workingWeekdays: [1, 2, 3, 4, 5],
  saturdaySession: [],
  reading: 'days',
}

export function toCalendar(hours: readonly OfficeHours[], exceptions: Iterable<ExceptionalDay>): WorkingCalendar {
  const days = new Map<Day, ExceptionalDay>()
  const knownYears = new Set<number>()
  for (const exception of exceptions) {
    days.set(exception.day, exception)
    if (exception.kind === 'holiday') knownYears.add(yearOf(exception.day))
  }
  return { hours: hours.toSorted((a, b) => (a.validFrom < b.validFrom ? -1 : 1)), days, knownYears }
}

export const yearOf = (day: Day): number => Number(day.slice(0, 4))

/** The calendar as it would be with this day: to preview a holiday before it is announced. */
export const calendarWith = ({ hours, days }: WorkingCalendar, day: ExceptionalDay): WorkingCalendar =>
  toCalendar(hours, [...days.values(), day])

/** The calendar as it would be if nothing were special about this day. */
export const calendarWithout = ({ hours, days }: WorkingCalendar, day: Day): WorkingCalendar =>
  toCalendar(
    hours,
    Array.from(days.values()).filter((exception) => exception.day !== day),
  )

/** The hours in force on a day. */
export function hoursOn(calendar: WorkingCalendar, day: Day): OfficeHours {
  const hours = calendar.hours.findLast((candidate) => candidate.validFrom <= day) ?? calendar.hours[0]
  if (!hours?.intervals.length || !hours.workingWeekdays.length)
    throw new Error('a calendar in which nobody ever works')
  return hours
}

/** A dossier keeps the reading that its authority had chosen on the day of reception. */
export const readingOn = (calendar: WorkingCalendar, day: Day): Reading => hoursOn(calendar, day).reading

export function isWorkingDay(calendar: WorkingCalendar, day: Day): boolean {
  const exception = calendar.days.get(day)
  if (exception) return exception.kind === 'swap-work'
  return hoursOn(calendar, day).workingWeekdays.includes(weekdayOf(day))
}

/** When the clock runs on this day; nothing on a day off. */
export const workingIntervals = (calendar: WorkingCalendar, day: Day): readonly Interval[] =>
  isWorkingDay(calendar, day) ? hoursOn(calendar, day).intervals : []

/** When dossiers are received on this day: working hours, and the Saturday session although it does not count. */
export function receptionIntervals(calendar: WorkingCalendar, day: Day): readonly Interval[] {
  if (isWorkingDay(calendar, day)) return hoursOn(calendar, day).intervals
  const isOrdinarySaturday = weekdayOf(day) === 6 && !calendar.days.has(day)
  return isOrdinarySaturday ? hoursOn(calendar, day).saturdaySession : []
}

export const isReceptionOpen = (calendar: WorkingCalendar, at: Instant): boolean =>
  receptionIntervals(calendar, dayOf(at)).some(({ from, to }) => from <= minuteOf(at) && minuteOf(at) < to)

function seekWorkingDay(calendar: WorkingCalendar, start: Day, direction: 1 | -1): Day {
  let day = start
  while (!isWorkingDay(calendar, day)) day = addDays(day, direction)
  return day
}

/** The day itself when it is worked, otherwise the next one that is. */
export const workingDayOnOrAfter = (calendar: WorkingCalendar, day: Day): Day => seekWorkingDay(calendar, day, 1)

/** The first working day after this day. */
export const nextWorkingDay = (calendar: WorkingCalendar, day: Day): Day => seekWorkingDay(calendar, addDays(day, 1), 1)

/** The last working day before this day. */
export const previousWorkingDay = (calendar: WorkingCalendar, day: Day): Day =>
  seekWorkingDay(calendar, addDays(day, -1), -1)

/** The n-th working day after this day (before it when negative); the day itself when n is 0. */
export function addWorkingDays(calendar: WorkingCalendar, day: Day, amount: number): Day {
  let result = day
  for (let left = amount; left > 0; left--) result = nextWorkingDay(calendar, result)
  for (let left = amount; left < 0; left++) result = previousWorkingDay(calendar, result)
  return result
}

/** Working days after `from` up to and including `to`; negative when `to` is earlier. */
export function workingDaysBetween(calendar: WorkingCalendar, from: Day, to: Day): number {
  if (to < from) return -workingDaysBetween(calendar, to, from)
  let count = 0
  for (let day = addDays(from, 1); day <= to; day = addDays(day, 1)) if (isWorkingDay(calendar, day)) count++
  return count
}

/** Working days from the first to the last day, both included. */
export const countWorkingDays = (calendar: WorkingCalendar, first: Day, last: Day): number =>
  workingDaysBetween(calendar, addDays(first, -1), last)

/** When the doors open on this day. */
export const openingMinute = (calendar: WorkingCalendar, day: Day): MinuteOfDay =>
  Math.min(...hoursOn(calendar, day).intervals.map(({ from }) => from))

/** When working hours end on this day. */
export const closingMinute = (calendar: WorkingCalendar, day: Day): MinuteOfDay =>
  Math.max(...hoursOn(calendar, day).intervals.map(({ to }) => to))

export const openingOf = (calendar: WorkingCalendar, day: Day): Instant => instantAt(day, openingMinute(calendar, day))
export const closingOf = (calendar: WorkingCalendar, day: Day): Instant => instantAt(day, closingMinute(calendar, day))

/** Length of a working day in minutes, 480 in an office that works eight hours. */
export const minutesOfDay = (calendar: WorkingCalendar, day: Day): number =>
  hoursOn(calendar, day).intervals.reduce((sum, { from, to }) => sum + to - from, 0)

/** Working minutes of a day that lie in `[from, to)`. */
function minutesWithin(calendar: WorkingCalendar, day: Day, { from, to }: Interval): number {
  let sum = 0
  for (const open of workingIntervals(calendar, day))
    sum += Math.max(0, Math.min(to, open.to) - Math.max(from, open.from))
  return sum
}

/** Working minutes from `from` to `to`, negative when `to` is earlier: "còn 3 giờ", "trễ 2 giờ". */
export function workingMinutesBetween(calendar: WorkingCalendar, from: Instant, to: Instant): number {
  if (to < from) return -workingMinutesBetween(calendar, to, from)
  const first = dayOf(from)
  const last = dayOf(to)
  if (first === last) return minutesWithin(calendar, first, { from: minuteOf(from), to: minuteOf(to) })
  let sum = minutesWithin(calendar, first, { from: minuteOf(from), to: 24 * 60 })
  for (let day = addDays(first, 1); day < last; day = addDays(day, 1)) {
    if (isWorkingDay(calendar, day)) sum += minutesOfDay(calendar, day)
  }
  return sum + minutesWithin(calendar, last, { from: 0, to: minuteOf(to) })
}

/**
 * The moment at which so many working minutes have run since `start`. Before opening counts from the opening, the
 * midday break from the afternoon, after closing and days off from the next working morning. Zero is `start` itself.
 */
export function addWorkingMinutes(calendar: WorkingCalendar, start: Instant, minutes: number): Instant {
  let end = start
  for (let left = minutes, day = dayOf(start), from = minuteOf(start); left > 0; day = addDays(day, 1), from = 0) {
    for (const open of workingIntervals(calendar, day)) {
      const begin = Math.max(from, open.from)
      const taken = Math.min(left, Math.max(0, open.to - begin))
      if (taken > 0) end = instantAt(day, begin + taken)
      left -= taken
    }
  }
  return end
}

/** NĐ 118/2025/NĐ-CP, Điều 17: e.g. 8 working hours to answer a dossier that came online. */
export const addWorkingHours = (calendar: WorkingCalendar, start: Instant, hours: number): Instant =>
  addWorkingMinutes(calendar, start, hours * 60)
