// How a due date came about, as data: day by day what counted, what did not, and under which rule. Exact enough to
// compute the due date again from it; `explain.ts` turns it into sentences.

import type { Day, Instant } from '../../platform/day.ts'
import type { TimeLimit } from './time-limit.ts'
import type { DayStatus, Interval, Reading } from './working-calendar.ts'

/** Why the clock stood still by order of the dossier, not of the calendar. */
export type PauseReason = 'supplement' | 'opinion' | 'finance' | 'other'

/** The clock stood still from one moment to another. */
export type Pause = { from: Instant; to: Instant; reason: PauseReason }

/** What an exceptional day is called and which notice set it. */
export type DayFacts = { name: string; notice: string; status: DayStatus }

export type Why =
  | { code: 'working-hours' | 'working-day' | 'calendar-day' | 'month' | 'same-day' }
  | { code: 'receipt-day' | 'before-opening' | 'midday-break' | 'after-closing' | 'after-15' }
  | { code: 'weekly-rest' | 'saturday-session' | 'moved-to' }
  | ({ code: 'holiday' | 'substitute' | 'swap-off' | 'swap-work' | 'closure' } & DayFacts)
  | { code: 'paused'; reason: PauseReason }

/** The law behind a line; `docs/law.md` and the texts name its document and article. */
export type RuleId =
  | 'hour-clock'
  | 'day-clock'
  | 'calendar-clock'
  | 'at-once'
  | 'receipt-day-not-counted'
  | 'office-hours'
  | 'weekly-rest'
  | 'public-holiday'
  | 'substitute-rest'
  | 'swapped-day'
  | 'closure'
  | 'saturday-session'
  | 'next-day-after-15'
  | 'rest-day-at-the-end'
  | 'pause'

export type ExplanationLine = {
  /** Index of the part of the time limit that this line belongs to. */
  part: number
  /** `count` ran through the limit; `end` moved its end from a day off to a working day. */
  phase: 'count' | 'end'
  /** First and last day of the line, mostly the same. */
  from: Day
  to: Day
  /** Only part of the day, when the clock runs by hours. */
  clock?: Interval
  counted: boolean
  /** How much of the limit this used up: minutes, days or months; 0 when it did not count. */
  amount: number
  unit: 'minute' | 'workingDay' | 'calendarDay' | 'month'
  why: Why
  rule: RuleId
}

export type Explanation = {
  start: Instant
  /** The first reception, when the clock began again from zero after a supplement. NĐ 118/2025/NĐ-CP, Điều 19. */
  restartedFrom?: Instant
  limit: TimeLimit
  reading: Reading
  lines: readonly ExplanationLine[]
  dueAt: Instant
  dueOn: Day
  /** Whether the hour matters or the whole last day counts as in time. */
  precision: 'day' | 'hour'
  /** Years that the count touches and whose holidays nobody has announced yet. */
  unknownYears: readonly number[]
}

/** Whether the due date rests on a day that is still to be confirmed, or on a year without announced holidays. */
export const isProvisional = ({ lines, unknownYears }: Pick<Explanation, 'lines' | 'unknownYears'>): boolean =>
  unknownYears.length > 0 || lines.some(({ why }) => 'status' in why && why.status === 'provisional')
