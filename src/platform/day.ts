/**
 * Days and moments as the law counts them. Vietnam has kept UTC+7 without summer time since 1975, so local time is
 * plain arithmetic here and no rule needs `Date`.
 */

/** A calendar day in Vietnam, `'2026-11-20'`. Strings compare in the order of time. */
export type Day = string

/** A moment in UTC with milliseconds, `'2026-11-20T07:59:00.000Z'`. Strings compare in the order of time. */
export type Instant = string

/** Minutes after local midnight, 0 to 1440. */
export type MinuteOfDay = number

const MINUTE = 60_000
const DAY = 24 * 60 * MINUTE
const VIETNAM_OFFSET = 7 * 60 * MINUTE

const epochOfDay = (day: Day): number => Date.parse(`${day}T00:00:00.000Z`)
const dayOfEpoch = (epoch: number): Day => new Date(epoch).toISOString().slice(0, 10)

/** Whether the text is a day that exists: `'2026-02-30'` is not one. */
export function isDay(text: string): text is Day {
  if (!/^\d{4}-\d{2}-\d{2}$/.test(text)) return false
  const epoch = epochOfDay(text)
  return Number.isFinite(epoch) && dayOfEpoch(epoch) === text
}

/** The day in Vietnam at this moment. */
export const dayOf = (instant: Instant): Day => dayOfEpoch(Date.parse(instant) + VIETNAM_OFFSET)

/** Minutes after midnight in Vietnam at this moment; seconds are cut off. */
export const minuteOf = (instant: Instant): MinuteOfDay =>
  Math.floor(((Date.parse(instant) + VIETNAM_OFFSET) % DAY) / MINUTE)

/** The moment at which a Vietnamese clock shows this minute of this day. */
export const instantAt = (day: Day, minute: MinuteOfDay): Instant =>
  new Date(epochOfDay(day) - VIETNAM_OFFSET + minute * MINUTE).toISOString()

/** The moment so many minutes later (earlier when negative). */
export const addMinutes = (instant: Instant, minutes: number): Instant =>
  new Date(Date.parse(instant) + minutes * MINUTE).toISOString()

export const addDays = (day: Day, days: number): Day => dayOfEpoch(epochOfDay(day) + days * DAY)

/** The same day some months later, or the last day of that month when it is shorter. BLDS 2015, Điều 147, 148. */
export function addMonths(day: Day, months: number): Day {
  const [year = 0, month = 1, date = 1] = day.split('-').map(Number)
  const total = year * 12 + (month - 1) + months
  const lastDate = new Date(Date.UTC(Math.floor(total / 12), (total % 12) + 1, 0)).getUTCDate()
  return dayOfEpoch(Date.UTC(Math.floor(total / 12), total % 12, Math.min(date, lastDate)))
}

/** 1 Monday … 7 Sunday. */
export const weekdayOf = (day: Day): 1 | 2 | 3 | 4 | 5 | 6 | 7 =>
  (((((epochOfDay(day) / DAY + 3) % 7) + 7) % 7) + 1) as 1 | 2 | 3 | 4 | 5 | 6 | 7

/** Whole days from `from` to `to`; negative when `to` is earlier. */
export const daysBetween = (from: Day, to: Day): number => Math.round((epochOfDay(to) - epochOfDay(from)) / DAY)

/** `'07:30'` → 450. */
export const minuteFromClock = (clock: string): MinuteOfDay => {
  const [hours = 0, minutes = 0] = clock.split(':').map(Number)
  return hours * 60 + minutes
}

/** 450 → `'07:30'`. */
export const clockOfMinute = (minute: MinuteOfDay): string =>
  `${String(Math.floor(minute / 60)).padStart(2, '0')}:${String(minute % 60).padStart(2, '0')}`

/** `'2026-11-05'` → `'05/11/2026'`, as Vietnamese write it. */
export const writeDay = (day: Day): string => day.split('-').toReversed().join('/')

/** `'15:00 05/11/2026'`, the hour first, as receipts print it. */
export const writeInstant = (instant: Instant): string =>
  `${clockOfMinute(minuteOf(instant))} ${writeDay(dayOf(instant))}`
