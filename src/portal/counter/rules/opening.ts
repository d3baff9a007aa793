import { receptionIntervals, type WorkingCalendar } from '../../../calendar/index.ts'
import { addDays, addMinutes, dayOf, instantAt, type Day, type Instant } from '../../../platform/day.ts'
import type { Closed } from '../contract.ts'

/** People stand before the doors: numbers are given from so long before they open. */
const BEFORE_MINUTES = 30
/** No place is shut for longer without saying so by other means. */
const AHEAD_DAYS = 31

const sessionsOf = (calendar: WorkingCalendar, day: Day): { from: Instant; to: Instant }[] =>
  receptionIntervals(calendar, day).map(({ from, to }) => ({ from: instantAt(day, from), to: instantAt(day, to) }))

/** Why nobody is served now and when the doors open again; null while they are open. */
export function closedAt(calendar: WorkingCalendar, now: Instant): Closed | null {
  const today = dayOf(now)
  const sessions = sessionsOf(calendar, today)
  if (sessions.some(({ from, to }) => from <= now && now < to)) return null
  const dayOff = sessions.length > 0 ? null : { name: calendar.days.get(today)?.name ?? '' }
  return { dayOff, opensAt: nextOpening(calendar, now) }
}

function nextOpening(calendar: WorkingCalendar, now: Instant): Instant | null {
  for (let ahead = 0; ahead <= AHEAD_DAYS; ahead++) {
    const next = sessionsOf(calendar, addDays(dayOf(now), ahead)).find(({ from }) => from > now)
    if (next) return next.from
  }
  return null
}

/** The day itself when people are served on it, otherwise the next one; null when there is none for a long time. */
export function receptionDayFrom(calendar: WorkingCalendar, day: Day): Day | null {
  for (let ahead = 0; ahead <= AHEAD_DAYS; ahead++) {
    const candidate = addDays(day, ahead)
    if (receptionIntervals(calendar, candidate).length > 0) return candidate
  }
  return null
}

/** Numbers are given from a little before the first opening of the day until its last closing, the midday break included. */
export function givesNumbers(calendar: WorkingCalendar, now: Instant): boolean {
  const sessions = sessionsOf(calendar, dayOf(now))
  const [first] = sessions
  const last = sessions.at(-1)
  return first !== undefined && last !== undefined && addMinutes(first.from, -BEFORE_MINUTES) <= now && now < last.to
}
