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

// Due dates walk over many days, and `Date` is twenty times slower than this arithmetic of the Gregorian calendar:
// years begin in March so that the leap day is their last, and 400 years have 146,097 days.
function numberOfDay(day: Day): number {
  const month = Number(day.slice(5, 7))
  const year = Number(day.slice(0, 4)) - (month <= 2 ? 1 : 0)
  const era = Math.floor(year / 400)
  const yearOfEra = year - era * 400
  const dayOfYear = Math.floor((153 * ((month + 9) % 12) + 2) / 5) + Number(day.slice(8, 10)) - 1
  return era * 146_097 + yearOfEra * 365 + Math.floor(yearOfEra / 4) - Math.floor(yearOfEra / 100) + dayOfYear - 719_468
}

function dayOfNumber(number: number): Day {
  if (!Number.isFinite(number)) throw new RangeError('not a day')
  const shifted = number + 719_468
  const era = Math.floor(shifted / 146_097)
  const dayOfEra = shifted - era * 146_097
  const yearOfEra = Math.floor(
    (dayOfEra - Math.floor(dayOfEra / 1460) + Math.floor(dayOfEra / 36_524) - Math.floor(dayOfEra / 146_096)) / 365,
  )
  const dayOfYear = dayOfEra - (365 * yearOfEra + Math.floor(yearOfEra / 4) - Math.floor(yearOfEra / 100))
  const shiftedMonth = Math.floor((5 * dayOfYear + 2) / 153)
  const date = dayOfYear - Math.floor((153 * shiftedMonth + 2) / 5) + 1
  const month = shiftedMonth < 10 ? shiftedMonth + 3 : shiftedMonth - 9
  const year = yearOfEra + era * 400 + (month <= 2 ? 1 : 0)
  return `${String(year).padStart(4, '0')}-${month < 10 ? '0' : ''}${month}-${date < 10 ? '0' : ''}${date}`
}

/** Whether the text is a day that exists: `'2026-02-30'` is not one. */
export function isDay(text: string): text is Day {
  if (!/^\d{4}-\d{2}-\d{2}$/.test(text)) return false
  return dayOfNumber(numberOfDay(text)) === text
}

/** The day in Vietnam at this moment. */
export const dayOf = (instant: Instant): Day => dayOfNumber(Math.floor((Date.parse(instant) + VIETNAM_OFFSET) / DAY))

/** Minutes after midnight in Vietnam at this moment; seconds are cut off. */
export const minuteOf = (instant: Instant): MinuteOfDay =>
  Math.floor(((((Date.parse(instant) + VIETNAM_OFFSET) % DAY) + DAY) % DAY) / MINUTE)

/** The moment at which a Vietnamese clock shows this minute of this day. */
export const instantAt = (day: Day, minute: MinuteOfDay): Instant =>
  new Date(numberOfDay(day) * DAY - VIETNAM_OFFSET + minute * MINUTE).toISOString()

/** The moment so many minutes later (earlier when negative). */
export const addMinutes = (instant: Instant, minutes: number): Instant =>
  new Date(Date.parse(instant) + minutes * MINUTE).toISOString()

export const addDays = (day: Day, days: number): Day => dayOfNumber(numberOfDay(day) + days)

/** The same day some months later, or the last day of that month when it is shorter. BLDS 2015, Điều 147, 148. */
export function addMonths(day: Day, months: number): Day {
  const [year = 0, month = 1, date = 1] = day.split('-').map(Number)
  const total = year * 12 + (month - 1) + months
  const lastDate = new Date(Date.UTC(Math.floor(total / 12), (total % 12) + 1, 0)).getUTCDate()
  return dayOfNumber(Math.floor(Date.UTC(Math.floor(total / 12), total % 12, Math.min(date, lastDate)) / DAY))
}

/** 1 Monday … 7 Sunday. */
export const weekdayOf = (day: Day): 1 | 2 | 3 | 4 | 5 | 6 | 7 =>
  (((((numberOfDay(day) + 3) % 7) + 7) % 7) + 1) as 1 | 2 | 3 | 4 | 5 | 6 | 7

/** Whole days from `from` to `to`; negative when `to` is earlier. */
export const daysBetween = (from: Day, to: Day): number => numberOfDay(to) - numberOfDay(from)

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
