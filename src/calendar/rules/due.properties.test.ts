import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import {
  addDays,
  addMinutes,
  addMonths,
  type Day,
  dayOf,
  type Instant,
  instantAt,
  minuteOf,
} from '../../platform/day.ts'
import { shippedDays } from '../shipped-days.ts'
import { type Due, type DueInput, dueAt, restart, shift } from './due.ts'
import type { ExplanationLine, Pause } from './explanation.ts'
import type { TimeLimit, TimeLimitPart } from './time-limit.ts'
import {
  addWorkingDays,
  addWorkingMinutes,
  calendarWith,
  closingMinute,
  type DayKind,
  isWorkingDay,
  minutesOfDay,
  nextWorkingDay,
  toCalendar,
  usualHours,
  type WorkingCalendar,
  workingDaysBetween,
  workingIntervals,
  workingMinutesBetween,
} from './working-calendar.ts'

const summer = {
  ...usualHours,
  validFrom: '2026-04-16',
  intervals: [
    { from: 390, to: 660 },
    { from: 780, to: 1020 },
  ],
}
const session = { ...usualHours, saturdaySession: [{ from: 450, to: 690 }] }
const real = toCalendar([session], shippedDays)

const someDay = fc.integer({ min: 0, max: 365 * 4 }).map((days) => addDays('2024-01-01', days))
const someInstant = fc.tuple(someDay, fc.integer({ min: 0, max: 1439 })).map(([day, minute]) => instantAt(day, minute))
const someException = fc.record({
  day: someDay,
  kind: fc.constantFrom<DayKind>('holiday', 'substitute', 'swap-off', 'swap-work', 'closure'),
  name: fc.constant('Ngày thử'),
  notice: fc.constant('Thông báo thử'),
  status: fc.constant('official' as const),
})
const someDays = fc.array(someException, { maxLength: 40 }).map((days) => [...shippedDays, ...days])
const steadyCalendar = someDays.map((days) => toCalendar([session], days))
const someCalendar = fc.oneof(
  fc.constant(real),
  steadyCalendar,
  someDays.map((days) => toCalendar([session, summer], days)),
)
const somePart: fc.Arbitrary<TimeLimitPart> = fc.oneof(
  fc.record({
    amount: fc.integer({ min: 1, max: 90 }),
    unit: fc.constantFrom('workingHour', 'workingDay', 'calendarDay'),
  }),
  fc.record({ amount: fc.integer({ min: 1, max: 6 }), unit: fc.constant('month' as const) }),
  fc.record({ amount: fc.constant(0), unit: fc.constant('atOnce' as const) }),
)
const someLimit: fc.Arbitrary<TimeLimit> = fc.array(somePart, { minLength: 1, maxLength: 3 })
const some = {
  start: someInstant,
  limit: someLimit,
  reading: fc.constantFrom('hours', 'days'),
  calendar: someCalendar,
  nextDayAfter15: fc.boolean(),
} as const
const someInput: fc.Arbitrary<DueInput> = fc.record(some)
const somePauses = (start: Instant): fc.Arbitrary<Pause[]> =>
  fc.array(fc.tuple(fc.nat(20_000), fc.nat(20_000)), { minLength: 1, maxLength: 3 }).map((gaps) => {
    let cursor = start
    return gaps.map(([gap, length]) => {
      const from = addMinutes(cursor, gap)
      cursor = addMinutes(from, length)
      return { from, to: cursor, reason: 'supplement' }
    })
  })
const pausedInput = someInput.chain((input) => somePauses(input.start).map((pauses) => ({ ...input, pauses })))

const check = <Values extends [unknown, ...unknown[]]>(property: fc.IProperty<Values>) =>
  fc.assert(property, { numRuns: 300 })

test('a due date lands on a working day, inside working hours, not before the start', () =>
  check(
    fc.property(someInput, (input) => {
      const { dueAt: at, dueOn } = dueAt(input)
      assert.equal(dayOf(at), dueOn)
      assert.ok(isWorkingDay(input.calendar, dueOn))
      assert.ok(
        workingIntervals(input.calendar, dueOn).some(({ from, to }) => from < minuteOf(at) && minuteOf(at) <= to),
      )
      assert.ok(at >= input.start)
    }),
  ))

test('who comes later is not due earlier', () =>
  check(
    fc.property(someInput, fc.nat(30_000), (input, minutes) => {
      assert.ok(dueAt({ ...input, start: addMinutes(input.start, minutes) }).dueAt >= dueAt(input).dueAt)
    }),
  ))

test('a longer limit is not due earlier', () =>
  check(
    fc.property(someInput, fc.nat(2), fc.integer({ min: 1, max: 30 }), (input, index, more) => {
      const limit = input.limit.map((part, at) =>
        at === index && part.unit !== 'atOnce' ? { ...part, amount: part.amount + more } : part,
      )
      assert.ok(dueAt({ ...input, limit }).dueAt >= dueAt(input).dueAt)
    }),
  ))

test('working days add up: (d + a) + b = d + (a + b), and lead back', () =>
  check(
    fc.property(someCalendar, someDay, fc.nat(40), fc.nat(40), (calendar, day, a, b) => {
      const sum = addWorkingDays(calendar, day, a + b)
      assert.equal(addWorkingDays(calendar, addWorkingDays(calendar, day, a), b), sum)
      assert.equal(workingDaysBetween(calendar, day, sum), a + b)
      if (isWorkingDay(calendar, day)) assert.equal(addWorkingDays(calendar, sum, -(a + b)), day)
    }),
  ))

test('working minutes add up, and what was added is between', () =>
  check(
    fc.property(
      someCalendar,
      someInstant,
      fc.integer({ min: 1, max: 9000 }),
      fc.integer({ min: 1, max: 9000 }),
      (calendar, start, a, b) => {
        const sum = addWorkingMinutes(calendar, start, a + b)
        assert.equal(addWorkingMinutes(calendar, addWorkingMinutes(calendar, start, a), b), sum)
        assert.equal(workingMinutesBetween(calendar, start, sum), a + b)
        assert.equal(workingMinutesBetween(calendar, sum, start), -(a + b))
      },
    ),
  ))

test('one holiday more never brings a due date nearer', () =>
  check(
    fc.property(someInput, fc.nat(120), (input, after) => {
      const day = {
        day: addDays(dayOf(input.start), after),
        kind: 'holiday',
        name: 'Ngày thử',
        notice: '',
        status: 'provisional',
      } as const
      assert.ok(dueAt({ ...input, calendar: calendarWith(input.calendar, day) }).dueAt >= dueAt(input).dueAt)
    }),
  ))

test('a pause never brings a due date nearer, and none is due while the clock stands still', () =>
  check(
    fc.property(pausedInput, (input) => {
      const { dueAt: at, dueOn } = dueAt(input)
      assert.ok(at >= dueAt({ ...input, pauses: [] }).dueAt)
      assert.ok(isWorkingDay(input.calendar, dueOn))
      for (const pause of input.pauses) assert.ok(!(dayOf(pause.from) < dueOn && dueOn < dayOf(pause.to)))
    }),
  ))

test('one pause shifts a limit of working hours by its working minutes, of working days by its working days', () =>
  check(
    fc.property(
      someInput,
      fc.nat(9000),
      fc.nat(9000),
      fc.integer({ min: 1, max: 30 }),
      (input, gap, length, amount) => {
        const from = addMinutes(input.start, gap)
        const pause: Pause = { from, to: addMinutes(from, length), reason: 'opinion' }
        const byHour: DueInput = { ...input, limit: [{ amount, unit: 'workingHour' }] }
        const hour = dueAt(byHour).dueAt
        const minutes = from < hour ? workingMinutesBetween(input.calendar, from, pause.to) : 0
        assert.equal(shift(byHour, pause).dueAt, minutes > 0 ? addWorkingMinutes(input.calendar, hour, minutes) : hour)
        const byDay: DueInput = { ...input, limit: [{ amount, unit: 'workingDay' }], reading: 'days' }
        const day = dueAt(byDay).dueOn
        if (dayOf(from) < day) {
          const days = workingDaysBetween(input.calendar, dayOf(from), dayOf(pause.to))
          assert.equal(shift(byDay, pause).dueOn, addWorkingDays(input.calendar, day, days))
        }
      },
    ),
  ))

test('restarting counts as if the dossier had come then', () =>
  check(
    fc.property(someInput, fc.nat(30_000), (input, minutes) => {
      const completedAt = addMinutes(input.start, minutes)
      assert.equal(restart(input, completedAt).dueAt, dueAt({ ...input, start: completedAt }).dueAt)
    }),
  ))

test('both readings name the same day when the dossier comes inside working hours', () =>
  check(
    fc.property(
      steadyCalendar,
      someDay,
      fc.integer({ min: 1, max: 40 }),
      fc.nat(479),
      (calendar, day, amount, minute) => {
        const start = addWorkingMinutes(calendar, instantAt(day, 0), minute + 1)
        const input: DueInput = {
          start,
          limit: [{ amount, unit: 'workingDay' }],
          reading: 'hours',
          calendar,
          nextDayAfter15: false,
        }
        assert.equal(dueAt(input).dueOn, dueAt({ ...input, reading: 'days' }).dueOn)
      },
    ),
  ))

test('the explanation of a paused, summed limit leads to the same due date when it is counted again', () =>
  check(
    fc.property(pausedInput, fc.boolean(), (paused, isPaused) => {
      const input = isPaused ? paused : { ...paused, pauses: [] }
      const due = dueAt(input)
      replay(input, due)
      assert.deepEqual(due.explanation.limit, input.limit)
      assert.equal(due.explanation.dueAt, due.dueAt)
    }),
  ))

/** Counts again with nothing but the lines; then asks the calendar whether each line tells the truth. */
function replay({ limit, reading, calendar, start, pauses = [] }: DueInput, due: Due): void {
  const { lines } = due.explanation
  let day = dayOf(start)
  for (const [index, part] of limit.entries()) {
    const own = lines.filter((line) => line.part === index)
    const amount = own.reduce((sum, line) => sum + line.amount, 0)
    const isByMinute = part.unit === 'workingHour' || (part.unit === 'workingDay' && reading === 'hours')
    if (part.unit === 'workingHour') assert.equal(amount, part.amount * 60)
    else if (!isByMinute) assert.equal(amount, part.amount)
    else if (calendar.hours.length === 1) assert.equal(amount, part.amount * minutesOfDay(calendar, day))
    assert.ok(own.every(({ counted, amount: used }) => counted || used === 0))
    if (!isByMinute) assertNoDayMissing(own, { from: day, isFirst: index === 0, pauses })
    day = endDayOf(own, part)
  }
  const last = lines.at(-1)
  assert.equal(day, due.dueOn)
  assert.equal(
    due.dueAt,
    instantAt(day, last?.clock && due.precision === 'hour' ? last.clock.to : closingMinute(calendar, day)),
  )
  for (const line of lines) assertTrue(calendar, line)
}

/** The day on which the lines of one part end, from the lines alone. */
function endDayOf(lines: readonly ExplanationLine[], { unit, amount }: TimeLimitPart): Day {
  const counted = lines.filter((line) => line.counted)
  const moved = lines.find(({ why }) => why.code === 'moved-to')
  if (moved) return moved.to
  const last = counted.at(-1)
  assert.ok(last)
  if (unit === 'month') {
    const paused = lines.filter(({ phase, why }) => phase === 'count' && why.code === 'paused').length
    assert.equal(last.to, addDays(addMonths(addDays(last.from, -1), amount), paused))
  }
  return last.to
}

/** Each day from the first to the last is told exactly once while counting, and each while moving the end. */
function assertNoDayMissing(
  lines: readonly ExplanationLine[],
  { from, isFirst }: { from: Day; isFirst: boolean; pauses: readonly Pause[] },
): void {
  const isMonth = lines.some(({ unit }) => unit === 'month')
  let expected = isFirst ? from : undefined
  for (const line of lines.filter(({ phase, why }) => phase === 'count' && !(isMonth && why.code === 'paused'))) {
    if (expected !== undefined) assert.equal(line.from, expected)
    assert.ok(line.from <= line.to)
    expected = addDays(line.to, 1)
  }
  const end = lines.filter(({ phase }) => phase === 'end')
  for (const [index, line] of end.entries()) {
    const before = end[index - 1]
    if (before) assert.equal(line.from, addDays(before.to, 1))
  }
}

function assertTrue(calendar: WorkingCalendar, { from, to, counted, why, clock, unit }: ExplanationLine): void {
  const exception = calendar.days.get(from)
  const isWorked = isWorkingDay(calendar, from)
  if ('notice' in why) {
    assert.deepEqual(
      { ...why, day: from },
      { code: exception?.kind, name: exception?.name, notice: exception?.notice, status: exception?.status, day: from },
    )
    assert.equal(counted, why.code === 'swap-work')
  }
  if (why.code === 'weekly-rest' || why.code === 'saturday-session') assert.ok(!isWorked && !exception && !counted)
  if (counted && (unit === 'minute' || unit === 'workingDay')) assert.ok(isWorked && from === to)
  if (counted && unit === 'minute') {
    assert.ok(
      clock &&
        workingIntervals(calendar, from).some(
          (open) => open.from <= clock.from && clock.to <= open.to && clock.from < clock.to,
        ),
    )
  }
  if (why.code === 'moved-to') assert.ok(isWorked && nextWorkingDay(calendar, addDays(from, -1)) === from)
}
