// What may be entered into a calendar. Bộ luật Lao động 2019, Điều 111, 112: a holiday is announced by a notice; a swap
// takes a weekday off and gives back a day of rest.

import { isDay } from '../../platform/day.ts'
import { accept, refuse, type Result } from '../../platform/result.ts'
import type { ExceptionalDay, Interval, OfficeHours } from './working-calendar.ts'

export type CalendarRefusal =
  | { code: 'day-impossible'; day: string }
  | { code: 'day-name-missing' }
  | { code: 'day-notice-missing' }
  | { code: 'day-worked-anyway'; day: string }
  | { code: 'day-off-anyway'; day: string }
  | { code: 'hours-missing' }
  | { code: 'hours-out-of-order' }
  | { code: 'weekdays-missing' }
  | { code: 'session-on-a-working-saturday' }

/**
 * Whether this day can be entered. `isOtherwiseWorked`: whether people would work on it if it were not. An official
 * day names the notice that set it.
 */
export function judgeDay<Candidate extends ExceptionalDay>(
  candidate: Candidate,
  { isOtherwiseWorked }: { isOtherwiseWorked: boolean },
): Result<Candidate, CalendarRefusal> {
  const { day, kind, name, notice, status } = candidate
  if (!isDay(day) || day < '2000-01-01' || day > '2099-12-31') return refuse({ code: 'day-impossible', day })
  if (name.trim() === '') return refuse({ code: 'day-name-missing' })
  if (status === 'official' && notice.trim() === '') return refuse({ code: 'day-notice-missing' })
  if (kind === 'swap-work' && isOtherwiseWorked) return refuse({ code: 'day-worked-anyway', day })
  if ((kind === 'swap-off' || kind === 'closure') && !isOtherwiseWorked) return refuse({ code: 'day-off-anyway', day })
  return accept(candidate)
}

const isInOrder = (intervals: readonly Interval[]): boolean => {
  let end = 0
  for (const { from, to } of intervals) {
    if (!(Number.isInteger(from) && Number.isInteger(to) && end <= from && from < to && to <= 24 * 60)) return false
    end = to
  }
  return true
}

/** Whether an office can keep these hours: some hours on some days, in the order of the day, nothing counted twice. */
export function judgeHours(hours: OfficeHours): Result<OfficeHours, CalendarRefusal> {
  if (!isDay(hours.validFrom)) return refuse({ code: 'day-impossible', day: hours.validFrom })
  if (hours.intervals.length === 0) return refuse({ code: 'hours-missing' })
  if (!isInOrder(hours.intervals) || !isInOrder(hours.saturdaySession)) return refuse({ code: 'hours-out-of-order' })
  if (hours.workingWeekdays.length === 0) return refuse({ code: 'weekdays-missing' })
  if (hours.saturdaySession.length > 0 && hours.workingWeekdays.includes(6))
    return refuse({ code: 'session-on-a-working-saturday' })
  return accept(hours)
}
