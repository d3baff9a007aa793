// When a result is due. Bộ luật Dân sự 2015, Điều 147, 148 (start and end of a term); NĐ 118/2025/NĐ-CP, Điều 18, 19.

import {
  addDays,
  addMonths,
  type Day,
  dayOf,
  type Instant,
  instantAt,
  type MinuteOfDay,
  minuteOf,
} from '../../platform/day.ts'
import type { Explanation, ExplanationLine, Pause, RuleId, Why } from './explanation.ts'
import { isTimeLimit, type TimeLimit, type TimeLimitPart } from './time-limit.ts'
import {
  closingMinute,
  closingOf,
  isReceptionOpen,
  isWorkingDay,
  minutesOfDay,
  nextWorkingDay,
  openingOf,
  type Interval,
  type Reading,
  type WorkingCalendar,
  workingIntervals,
  yearOf,
} from './working-calendar.ts'

export type DueInput = {
  /** When the dossier was complete and valid; seconds do not count. */
  start: Instant
  limit: TimeLimit
  reading: Reading
  calendar: WorkingCalendar
  /** The procedure says: what is due at once and comes after 15:00 is due at the end of the next working day. */
  nextDayAfter15: boolean
  /** Times that do not count, in the order of time. */
  pauses?: readonly Pause[]
}

export type Due = { dueAt: Instant; dueOn: Day; precision: 'day' | 'hour'; explanation: Explanation }

type Cursor = { day: Day; minute: MinuteOfDay }
type Walk = { calendar: WorkingCalendar; pauses: readonly Pause[]; nextDayAfter15: boolean; lines: ExplanationLine[] }
type Step = { walk: Walk; part: number; amount: number; start: Cursor }

const AFTERNOON_LIMIT = 15 * 60

/** The due moment and day of a dossier, with the explanation of every day in between. */
export function dueAt(input: DueInput): Due {
  const { start, limit, reading, calendar, nextDayAfter15, pauses = [] } = input
  if (!isTimeLimit(limit)) throw new Error(`not a time limit: ${JSON.stringify(limit)}`)
  const walk: Walk = { calendar, pauses, nextDayAfter15, lines: [] }
  let cursor: Cursor = { day: dayOf(start), minute: minuteOf(start) }
  let precision: Due['precision'] = 'day'
  for (const [part, { amount, unit }] of limit.entries()) {
    cursor = clocks[unit]({ walk, part, amount, start: cursor }, reading)
    precision = unit === 'workingHour' || (unit === 'workingDay' && reading === 'hours') ? 'hour' : 'day'
  }
  const due = { dueAt: instantAt(cursor.day, cursor.minute), dueOn: cursor.day, precision }
  const unknownYears = yearsOf(start, due.dueOn).filter((year) => !calendar.knownYears.has(year))
  return { ...due, explanation: { start, limit, reading, lines: walk.lines, ...due, unknownYears } }
}

/**
 * After a supplement the time is computed anew from zero when everything has come in.
 * NĐ 118/2025/NĐ-CP, Điều 19 khoản 5.
 */
export function restart(input: DueInput, completedAt: Instant): Due {
  const due = dueAt({ ...input, start: completedAt, pauses: [] })
  return { ...due, explanation: { ...due.explanation, restartedFrom: input.start } }
}

/** Before 1/7/2025 the clock stood still while the supplement was awaited and went on afterwards. */
export const shift = (input: DueInput, pause: Pause): Due =>
  dueAt({ ...input, pauses: [...(input.pauses ?? []), pause].toSorted((a, b) => (a.from < b.from ? -1 : 1)) })

/** Which of the two holds for a dossier received on this day: the law in force at reception. NĐ 118/2025/NĐ-CP. */
export const supplementMode = (receivedOn: Day): 'restart' | 'shift' =>
  receivedOn < '2025-07-01' ? 'shift' : 'restart'

/**
 * When the counter must have sent a dossier on: the same day, or at the start of the next working day when it was
 * received after 15:00. NĐ 118/2025/NĐ-CP, Điều 18.
 */
export function forwardBy(calendar: WorkingCalendar, receivedAt: Instant): Instant {
  const day = dayOf(receivedAt)
  const sameDay = isWorkingDay(calendar, day) && minuteOf(receivedAt) <= AFTERNOON_LIMIT
  return sameDay ? closingOf(calendar, day) : openingOf(calendar, nextWorkingDay(calendar, day))
}

/** Whether something that was done then was early, in time or late. The whole last day is in time unless hours count. */
export function timeliness(
  { dueAt: at, dueOn, precision }: Omit<Due, 'explanation'>,
  done: Instant,
): 'early' | 'on-time' | 'late' {
  const day = dayOf(done)
  if (precision === 'hour' ? done > at : day > dueOn) return 'late'
  return day < dueOn ? 'early' : 'on-time'
}

type Clock = (step: Step, reading: Reading) => Cursor

const clocks: Record<TimeLimitPart['unit'], Clock> = {
  workingHour: (step) => countMinutes(step, step.amount * 60),
  workingDay: (step, reading) =>
    reading === 'hours' ? countMinutes(step, minutesOfWorkingDays(step)) : countWorkingDays(step),
  calendarDay: countCalendarDays,
  month: countMonths,
  atOnce: countAtOnce,
}

/**
 * The hour clock: only working minutes count. Before opening counts from the opening, the midday break from the
 * afternoon, after closing and days off from the next working morning. BLDS 2015, Điều 147 khoản 1.
 */
function countMinutes(step: Step, minutes: number): Cursor {
  const { walk, start } = step
  const end = { day: start.day, minute: start.minute }
  explainClosedDoor(step, 'minute')
  for (let left = minutes, day = start.day, from = start.minute; left > 0; day = addDays(day, 1), from = 0) {
    if (!isWorkingDay(walk.calendar, day)) explain(step, { day, unit: 'minute', why: whyRest(step, day) })
    for (const { pause, ...piece } of openPieces(walk, day, from)) {
      if (left === 0) break
      const amount = pause ? 0 : Math.min(left, piece.to - piece.from)
      const why: Why = pause ? { code: 'paused', reason: pause.reason } : whyWorked(walk.calendar, day, 'working-hours')
      const clock = { from: piece.from, to: pause ? piece.to : piece.from + amount }
      explain(step, { day, unit: 'minute', clock, amount, why })
      if (amount > 0) Object.assign(end, { day, minute: clock.to })
      left -= amount
    }
  }
  return end
}

/** Under the hour clock n working days end at the same point of the n-th working day after the start. */
function minutesOfWorkingDays({ walk: { calendar }, amount, start }: Step): number {
  const isOver = !isWorkingDay(calendar, start.day) || start.minute >= closingMinute(calendar, start.day)
  const first = isOver ? nextWorkingDay(calendar, start.day) : start.day
  let elapsed = 0
  if (!isOver) {
    for (const { from, to } of workingIntervals(calendar, first))
      elapsed += Math.max(0, Math.min(start.minute, to) - from)
  }
  let minutes = -elapsed
  let day = first
  for (let left = amount; left > 0; left--, day = nextWorkingDay(calendar, day)) minutes += minutesOfDay(calendar, day)
  return minutes + Math.min(elapsed, minutesOfDay(calendar, day))
}

/** The day clock: the day of receipt is day 0, due at the end of the n-th working day after it. BLDS 2015, Điều 147 khoản 2. */
function countWorkingDays(step: Step): Cursor {
  const { walk, start } = step
  explainReceiptDay(step, 'workingDay')
  let day = start.day
  for (let left = step.amount; left > 0;) {
    day = addDays(day, 1)
    if (explainStandstill(step, { day, unit: 'workingDay' })) continue
    explain(step, { day, unit: 'workingDay', amount: 1, why: whyWorked(walk.calendar, day, 'working-day') })
    left--
  }
  return endOn(step, day, 'workingDay')
}

/** Calendar days run over days off as well; only their end moves to a working day. BLDS 2015, Điều 147, 148. */
function countCalendarDays(step: Step): Cursor {
  const { walk, start } = step
  explainReceiptDay(step, 'calendarDay')
  let day = start.day
  let run: ExplanationLine | undefined
  for (let left = step.amount; left > 0;) {
    day = addDays(day, 1)
    const pause = pauseOver(walk, day)
    if (pause) {
      run = undefined
      explain(step, { day, unit: 'calendarDay', why: { code: 'paused', reason: pause.reason } })
      continue
    }
    run ??= explain(step, { day, unit: 'calendarDay', counted: true, why: { code: 'calendar-day' } })
    run.to = day
    run.amount++
    left--
  }
  return endOn(step, day, 'calendarDay')
}

/** Months end on the same date, or on the last of a shorter month. BLDS 2015, Điều 148 khoản 3. */
function countMonths(step: Step): Cursor {
  const { walk, start, amount } = step
  explainReceiptDay(step, 'month')
  const line = explain(step, { day: addDays(start.day, 1), unit: 'month', amount, why: { code: 'month' } })
  line.to = addMonths(start.day, amount)
  for (let day = line.from; walk.pauses.length > 0 && day <= line.to; day = addDays(day, 1)) {
    const pause = pauseOver(walk, day)
    if (!pause) continue
    explain(step, { day, unit: 'month', why: { code: 'paused', reason: pause.reason } })
    line.to = addDays(line.to, 1)
  }
  return endOn(step, line.to, 'month')
}

/**
 * "Trả ngay": the end of the working day of receipt; on a day off or after closing that of the next working day, and
 * after 15:00 where the procedure says so, e.g. NĐ 23/2015/NĐ-CP, Điều 7.
 */
function countAtOnce(step: Step): Cursor {
  const { walk, part, start } = step
  const { calendar } = walk
  let day = start.day
  if (part === 0) {
    const isOpenDay = isWorkingDay(calendar, day)
    const isTooLate =
      isOpenDay && walk.nextDayAfter15 && start.minute > AFTERNOON_LIMIT && start.minute < closingMinute(calendar, day)
    const isClosed = isOpenDay && start.minute >= closingMinute(calendar, day)
    if (isClosed) explainClosedDoor(step, 'workingDay')
    if (isTooLate)
      explain(step, {
        day,
        unit: 'workingDay',
        clock: { from: start.minute, to: closingMinute(calendar, day) },
        why: { code: 'after-15' },
      })
    if (isTooLate || isClosed) day = addDays(day, 1)
  }
  while (explainStandstill(step, { day, unit: 'workingDay' })) day = addDays(day, 1)
  explain(step, { day, unit: 'workingDay', counted: true, why: { code: 'same-day' } })
  return endOn(step, day, 'workingDay')
}

/**
 * The end of the last day. A last day off, or one on which the clock stood still, moves to the next day worked.
 * BLDS 2015, Điều 148 khoản 5.
 */
function endOn(step: Step, last: Day, unit: ExplanationLine['unit']): Cursor {
  const { walk } = step
  const { calendar } = walk
  // Nothing ends on the day on which the clock stops either; while counting, that day still counts.
  const pauseAtEndOf = (day: Day) => walk.pauses.find(({ from, to }) => dayOf(from) <= day && day < dayOf(to))
  const isNoEnd = (day: Day) => !isWorkingDay(calendar, day) || pauseAtEndOf(day) !== undefined
  let day = last
  if (isNoEnd(day)) {
    for (; isNoEnd(day); day = addDays(day, 1)) {
      if (explainStandstill(step, { day, unit, phase: 'end' })) continue
      const pause = pauseAtEndOf(day)
      if (pause) explain(step, { day, unit, phase: 'end', why: { code: 'paused', reason: pause.reason } })
    }
    explain(step, { day, unit, phase: 'end', why: { code: 'moved-to' } })
  }
  return { day, minute: closingMinute(calendar, day) }
}

/** An open stretch of a day from a minute on, cut where the clock was stopped and went on. */
function openPieces({ calendar, pauses }: Walk, day: Day, from: MinuteOfDay): (Interval & { pause?: Pause })[] {
  const stopped = pauses
    .filter((pause) => dayOf(pause.from) <= day && day <= dayOf(pause.to))
    .map((pause) => ({
      pause,
      from: dayOf(pause.from) === day ? minuteOf(pause.from) : 0,
      to: dayOf(pause.to) === day ? minuteOf(pause.to) : 24 * 60,
    }))
  const edges = stopped.flatMap((stop) => [stop.from, stop.to]).toSorted((a, b) => a - b)
  const pieces: (Interval & { pause?: Pause })[] = []
  for (const open of workingIntervals(calendar, day)) {
    let begin = Math.max(from, open.from)
    for (const to of [...edges.filter((edge) => edge < open.to), open.to]) {
      if (to <= begin) continue
      const stop = stopped.find((candidate) => candidate.from <= begin && to <= candidate.to)
      pieces.push({ from: begin, to, ...(stop && { pause: stop.pause }) })
      begin = to
    }
  }
  return pieces
}

const pauseOver = ({ pauses }: Walk, day: Day): Pause | undefined =>
  pauses.find(({ from, to }) => dayOf(from) < day && day <= dayOf(to))

type Note = {
  day: Day
  unit: ExplanationLine['unit']
  why: Why
  amount?: number
  counted?: boolean
  clock?: Interval
  phase?: ExplanationLine['phase']
}

/** Writes a line down and returns it, so that a run of days can be made longer. */
function explain(
  { walk, part }: Step,
  { day, amount = 0, counted = amount > 0, phase = 'count', ...note }: Note,
): ExplanationLine {
  const line: ExplanationLine = {
    part,
    phase,
    from: day,
    to: day,
    counted,
    amount,
    rule: rules[note.why.code],
    ...note,
  }
  walk.lines.push(line)
  return line
}

/** Says why the clock stood still on this whole day, if it did. */
function explainStandstill(step: Step, { day, ...note }: Pick<Note, 'day' | 'unit' | 'phase'>): boolean {
  const pause = pauseOver(step.walk, day)
  if (pause) explain(step, { ...note, day, why: { code: 'paused', reason: pause.reason } })
  else if (!isWorkingDay(step.walk.calendar, day)) explain(step, { ...note, day, why: whyRest(step, day) })
  else return false
  return true
}

function explainReceiptDay(step: Step, unit: ExplanationLine['unit']): void {
  if (step.part === 0) explain(step, { day: step.start.day, unit, why: { code: 'receipt-day' } })
}

/** Says where the clock waited for the door to open on the day of receipt. */
function explainClosedDoor(step: Step, unit: ExplanationLine['unit']): void {
  const { day, minute } = step.start
  const intervals = workingIntervals(step.walk.calendar, day)
  if (step.part > 0 || intervals.length === 0 || intervals.some(({ from, to }) => from <= minute && minute < to)) return
  const opening = intervals.find(({ from }) => from > minute)
  const isFirst = opening === intervals[0]
  const code = isFirst ? 'before-opening' : 'midday-break'
  explain(step, {
    day,
    unit,
    clock: { from: minute, to: opening?.from ?? 24 * 60 },
    why: { code: opening ? code : 'after-closing' },
  })
}

function whyWorked(calendar: WorkingCalendar, day: Day, code: 'working-hours' | 'working-day'): Why {
  const exception = calendar.days.get(day)
  if (!exception) return { code }
  const { name, notice, status } = exception
  return { code: 'swap-work', name, notice, status }
}

function whyRest({ walk, part, start }: Step, day: Day): Why {
  const exception = walk.calendar.days.get(day)
  if (exception) {
    const { kind, name, notice, status } = exception
    return { code: kind, name, notice, status }
  }
  const isSession = part === 0 && day === start.day && isReceptionOpen(walk.calendar, instantAt(day, start.minute))
  return { code: isSession ? 'saturday-session' : 'weekly-rest' }
}

const rules: Record<Why['code'], RuleId> = {
  'working-hours': 'hour-clock',
  'working-day': 'day-clock',
  'calendar-day': 'calendar-clock',
  month: 'calendar-clock',
  'same-day': 'at-once',
  'receipt-day': 'receipt-day-not-counted',
  'before-opening': 'office-hours',
  'midday-break': 'office-hours',
  'after-closing': 'office-hours',
  'after-15': 'next-day-after-15',
  'weekly-rest': 'weekly-rest',
  'saturday-session': 'saturday-session',
  holiday: 'public-holiday',
  substitute: 'substitute-rest',
  'swap-off': 'swapped-day',
  'swap-work': 'swapped-day',
  closure: 'closure',
  paused: 'pause',
  'moved-to': 'rest-day-at-the-end',
}

function yearsOf(start: Instant, end: Day): number[] {
  const first = yearOf(dayOf(start))
  return Array.from({ length: yearOf(end) - first + 1 }, (_, index) => first + index)
}
