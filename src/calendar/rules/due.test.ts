import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import type { Instant } from '../../platform/day.ts'
import { instantAt, minuteFromClock, writeInstant } from '../../platform/day.ts'
import { shippedDays } from '../shipped-days.ts'
import { type DueInput, dueAt, forwardBy, restart, shift, supplementMode, timeliness } from './due.ts'
import { isProvisional } from './explanation.ts'
import type { TimeLimit, TimeLimitPart } from './time-limit.ts'
import { type Reading, toCalendar, usualHours, workingMinutesBetween } from './working-calendar.ts'

const calendar = toCalendar([usualHours], shippedDays)

/** `at('20/11/2026 16:00')`, as the vectors of the law research write it. */
const at = (text: string): Instant => {
  const [day = '', clock = '09:00'] = text.split(' ')
  return instantAt(
    day
      .split('/')
      .toReversed()
      .map((part) => part.padStart(2, '0'))
      .join('-'),
    minuteFromClock(clock),
  )
}
const limit = (amount: number, unit: TimeLimitPart['unit']): TimeLimit => [{ amount, unit }]
const input = (
  start: string,
  wanted: TimeLimit,
  reading: Reading = 'days',
  more: Partial<DueInput> = {},
): DueInput => ({
  start: at(start),
  limit: wanted,
  reading,
  calendar,
  nextDayAfter15: false,
  ...more,
})
const dueOn = (...args: Parameters<typeof input>) => dueAt(input(...args)).dueOn
const dueWritten = (...args: Parameters<typeof input>) => writeInstant(dueAt(input(...args)).dueAt)

describe('the vectors of the law research', () => {
  const hours = (amount: number) => limit(amount, 'workingHour')
  const days = (amount: number) => limit(amount, 'workingDay')
  const calendarDays = (amount: number) => limit(amount, 'calendarDay')
  const sevenAndTwelve: TimeLimit = [...days(7), ...calendarDays(12)]

  test('A: 20/11/2026 16:00 + 24 h → 26/11/2026 16:00, 24/11 is a holiday', () => {
    assert.equal(dueWritten('20/11/2026 16:00', hours(24), 'hours'), '16:00 26/11/2026')
    assert.equal(dueWritten('20/11/2026 16:00', days(3), 'hours'), '16:00 26/11/2026')
  })
  test('B: 20/11/2026 + 3 wd → 26/11/2026', () => assert.equal(dueWritten('20/11/2026', days(3)), '17:00 26/11/2026'))
  test('C: 21/8/2026 + 2 wd → 24/8/2026, Sat 22/8 is a working day', () =>
    assert.equal(dueOn('21/8/2026', days(2)), '2026-08-24'))
  test('D: 28/8/2026 + 1 wd → 3/9/2026', () => assert.equal(dueOn('28/8/2026', days(1)), '2026-09-03'))
  test('E: 23/1/2026 + 30 days and 1/2/2026 + 15 days → both 23/2/2026', () => {
    assert.equal(dueOn('23/1/2026', calendarDays(30)), '2026-02-23')
    assert.equal(dueOn('1/2/2026', calendarDays(15)), '2026-02-23')
  })
  test('F: 13/2/2026 + 5 wd → 27/2/2026', () => assert.equal(dueOn('13/2/2026', days(5)), '2026-02-27'))
  test('G: 25/4/2025 + 3 wd → 29/4/2025; 3/5/2024 + 2 wd → 6/5/2024', () => {
    assert.equal(dueOn('25/4/2025', days(3)), '2025-04-29')
    assert.equal(dueOn('3/5/2024', days(2)), '2024-05-06')
  })
  test('H: Sat 21/11/2026 08:00 + 8 h → 23/11/2026 17:00', () => {
    assert.equal(dueWritten('21/11/2026 08:00', hours(8), 'hours'), '17:00 23/11/2026')
    assert.equal(dueWritten('21/11/2026 08:00', days(1), 'hours'), '17:00 23/11/2026')
  })
  test('I: 23/11/2026 17:30 + 8 h → 25/11/2026 17:00', () => {
    assert.equal(dueWritten('23/11/2026 17:30', hours(8), 'hours'), '17:00 25/11/2026')
    assert.equal(dueWritten('23/11/2026 17:30', days(1), 'hours'), '17:00 25/11/2026')
  })
  test('J: 23/11/2026 12:00 + 4 h → 25/11/2026 07:30', () => {
    assert.equal(dueWritten('23/11/2026 12:00', hours(4), 'hours'), '07:30 25/11/2026')
  })
  test('K: 2/11/2026 + 7 wd + 12 days → 23/11/2026; 12/11/2026 + the same → 7/12/2026', () => {
    for (const reading of ['days', 'hours'] as const) {
      assert.equal(dueOn('2/11/2026', sevenAndTwelve, reading), '2026-11-23')
      assert.equal(dueOn('12/11/2026', sevenAndTwelve, reading), '2026-12-07')
    }
  })
  test('L: 30/11/2026 + 3 months → 1/3/2027', () => assert.equal(dueOn('30/11/2026', limit(3, 'month')), '2027-03-01'))
  test('M: RESET, 16/11/2026 + 3 wd, complete again on 20/11/2026 → 26/11/2026', () => {
    const due = restart(input('16/11/2026', days(3)), at('20/11/2026'))
    assert.equal(due.dueOn, '2026-11-26')
    assert.equal(due.explanation.restartedFrom, at('16/11/2026'))
  })
  test('N: same day, 20/11/2026 14:59 → 20/11/2026; 15:01 → 23/11/2026', () => {
    const sameDay = (start: string) => dueWritten(start, limit(0, 'atOnce'), 'days', { nextDayAfter15: true })
    assert.equal(sameDay('20/11/2026 14:59'), '17:00 20/11/2026')
    assert.equal(sameDay('20/11/2026 15:00'), '17:00 20/11/2026')
    assert.equal(sameDay('20/11/2026 15:01'), '17:00 23/11/2026')
  })
})

describe('a result due at once', () => {
  const atOnce = limit(0, 'atOnce')
  test('stays on its day after 15:00 when the procedure does not say otherwise', () => {
    assert.equal(dueOn('20/11/2026 16:59', atOnce), '2026-11-20')
  })
  test('after closing is due on the next working day, past a holiday too', () => {
    assert.equal(dueOn('20/11/2026 17:00', atOnce, 'days', { nextDayAfter15: true }), '2026-11-23')
    assert.equal(dueOn('23/11/2026 19:00', atOnce), '2026-11-25')
  })
  test('before opening is due the same day', () => assert.equal(dueOn('20/11/2026 05:00', atOnce), '2026-11-20'))
  test('received on a day off counts from the next working day, whatever the hour', () => {
    assert.equal(dueOn('21/11/2026 16:00', atOnce, 'days', { nextDayAfter15: true }), '2026-11-23')
    assert.equal(dueOn('24/11/2026 08:00', atOnce), '2026-11-25')
  })
  test('as a later part ends with the part before it', () => {
    assert.equal(
      dueOn('20/11/2026 16:00', [{ amount: 1, unit: 'workingDay' }, ...atOnce], 'days', { nextDayAfter15: true }),
      '2026-11-23',
    )
  })
  test('does not move other due dates', () => {
    assert.equal(dueOn('20/11/2026 16:00', limit(1, 'workingDay'), 'days', { nextDayAfter15: true }), '2026-11-23')
  })
  test('waits for the end of a pause', () => {
    const due = shift(input('20/11/2026', atOnce), {
      from: at('20/11/2026 10:00'),
      to: at('25/11/2026'),
      reason: 'finance',
    })
    assert.equal(due.dueOn, '2026-11-25')
  })
})

describe('the hour clock', () => {
  test('counts a sum from the hour at which the part before it ended', () => {
    const sum: TimeLimit = [
      { amount: 1, unit: 'workingDay' },
      { amount: 4, unit: 'workingHour' },
    ]
    assert.equal(dueWritten('19/11/2026 10:00', sum, 'hours'), '16:00 20/11/2026')
    assert.equal(dueWritten('19/11/2026 10:00', sum, 'days'), '11:00 23/11/2026')
  })
  test('starts at the opening for what comes earlier', () => {
    assert.equal(dueWritten('20/11/2026 05:00', limit(2, 'workingHour')), '09:00 20/11/2026')
  })
  test('gives each day the length it has when hours change with the season', () => {
    const winter = {
      ...usualHours,
      validFrom: '2026-11-23',
      intervals: [
        { from: 480, to: 690 },
        { from: 810, to: 1020 },
      ],
    }
    const changing = toCalendar([winter, usualHours], shippedDays)
    assert.equal(
      dueWritten('20/11/2026 16:00', limit(1, 'workingDay'), 'hours', { calendar: changing }),
      '17:00 23/11/2026',
    )
    assert.equal(
      dueWritten('20/11/2026 08:00', limit(1, 'workingDay'), 'hours', { calendar: changing }),
      '09:00 23/11/2026',
    )
    assert.equal(
      dueWritten('20/11/2026 18:00', limit(1, 'workingDay'), 'hours', { calendar: changing }),
      '17:00 23/11/2026',
    )
  })
})

describe('a pause', () => {
  const pause = (from: string, to: string) => ({ from: at(from), to: at(to), reason: 'supplement' as const })
  test('of two working days moves the due day by two', () => {
    assert.equal(
      shift(input('16/11/2026', limit(3, 'workingDay')), pause('17/11/2026', '19/11/2026')).dueOn,
      '2026-11-23',
    )
  })
  test('under the hour clock moves it by its working minutes', () => {
    const due = shift(
      input('16/11/2026 08:00', limit(3, 'workingDay'), 'hours'),
      pause('17/11/2026 10:00', '19/11/2026 14:30'),
    )
    assert.equal(writeInstant(due.dueAt), '10:30 23/11/2026')
    const paused = due.explanation.lines.filter(({ why }) => why.code === 'paused')
    assert.equal(
      paused.reduce((sum, { clock }) => sum + (clock ? clock.to - clock.from : 0), 0),
      workingMinutesBetween(calendar, at('17/11/2026 10:00'), at('19/11/2026 14:30')),
    )
  })
  test('that begins on the due day brings the due day to its end', () => {
    assert.equal(
      shift(input('16/11/2026', limit(3, 'workingDay')), pause('19/11/2026', '21/11/2026')).dueOn,
      '2026-11-23',
    )
    assert.equal(
      shift(input('16/11/2026', limit(3, 'workingDay')), pause('19/11/2026', '25/11/2026')).dueOn,
      '2026-11-25',
    )
  })
  test('runs over calendar days and months as well', () => {
    assert.equal(
      shift(input('2/11/2026', limit(10, 'calendarDay')), pause('5/11/2026', '9/11/2026')).dueOn,
      '2026-11-16',
    )
    assert.equal(shift(input('2/11/2026', limit(1, 'month')), pause('5/11/2026', '9/11/2026')).dueOn, '2026-12-07')
  })
  test('follows another in the order of time', () => {
    const first = pause('17/11/2026', '18/11/2026')
    const second = pause('19/11/2026', '20/11/2026')
    const wanted = input('16/11/2026', limit(3, 'workingDay'))
    assert.equal(shift({ ...wanted, pauses: [second] }, first).dueOn, '2026-11-23')
    assert.equal(shift({ ...wanted, pauses: [first] }, second).dueOn, '2026-11-23')
  })
})

test('the law in force at reception decides how a supplement counts', () => {
  assert.equal(supplementMode('2025-06-30'), 'shift')
  assert.equal(supplementMode('2025-07-01'), 'restart')
})

test('a dossier is sent on the same day, after 15:00 or on a day off at the start of the next working day', () => {
  assert.equal(writeInstant(forwardBy(calendar, at('20/11/2026 15:00'))), '17:00 20/11/2026')
  assert.equal(writeInstant(forwardBy(calendar, at('20/11/2026 15:01'))), '07:00 23/11/2026')
  assert.equal(writeInstant(forwardBy(calendar, at('21/11/2026 08:00'))), '07:00 23/11/2026')
  assert.equal(writeInstant(forwardBy(calendar, at('23/11/2026 15:30'))), '07:00 25/11/2026')
})

test('the whole due day is in time, unless the limit runs by the hour', () => {
  const byDay = dueAt(input('20/11/2026', limit(3, 'workingDay')))
  assert.equal(timeliness(byDay, at('25/11/2026 18:00')), 'early')
  assert.equal(timeliness(byDay, at('26/11/2026 18:00')), 'on-time')
  assert.equal(timeliness(byDay, at('27/11/2026 07:00')), 'late')
  const byHour = dueAt(input('20/11/2026 08:00', limit(8, 'workingHour')))
  assert.equal(byHour.precision, 'hour')
  assert.equal(timeliness(byHour, at('23/11/2026 08:00')), 'on-time')
  assert.equal(timeliness(byHour, at('23/11/2026 08:01')), 'late')
})

test('a limit that nobody could have written is a fault', () => {
  for (const wrong of [[], limit(0, 'workingDay'), limit(1.5, 'month'), limit(1, 'atOnce')]) {
    assert.throws(() => dueAt(input('20/11/2026', wrong)), /not a time limit/)
  }
})

describe('the explanation', () => {
  const codes = (...args: Parameters<typeof input>) =>
    dueAt(input(...args)).explanation.lines.map(
      ({ from, to, counted, why }) => `${from.slice(8)}-${to.slice(8)} ${counted ? '+' : '-'} ${why.code}`,
    )

  test('names each day between receipt and due day, with the holiday and its notice', () => {
    const { explanation } = dueAt(input('20/11/2026', limit(3, 'workingDay')))
    assert.deepEqual(codes('20/11/2026', limit(3, 'workingDay')), [
      '20-20 - receipt-day',
      '21-21 - weekly-rest',
      '22-22 - weekly-rest',
      '23-23 + working-day',
      '24-24 - holiday',
      '25-25 + working-day',
      '26-26 + working-day',
    ])
    assert.deepEqual(explanation.lines[4]?.why, {
      code: 'holiday',
      name: 'Ngày Văn hóa Việt Nam',
      notice: 'Nghị quyết 28/2026/QH16, Điều 2',
      status: 'official',
    })
    assert.equal(isProvisional(explanation), false)
  })
  test('says that a Saturday counts because of a swap', () => {
    assert.deepEqual(codes('21/8/2026', limit(1, 'workingDay')), ['21-21 - receipt-day', '22-22 + swap-work'])
  })
  test('says why the clock waited for the door to open', () => {
    assert.deepEqual(codes('20/11/2026 06:00', limit(1, 'workingHour')), [
      '20-20 - before-opening',
      '20-20 + working-hours',
    ])
    assert.deepEqual(codes('20/11/2026 12:00', limit(1, 'workingHour')), [
      '20-20 - midday-break',
      '20-20 + working-hours',
    ])
    assert.deepEqual(codes('19/11/2026 17:00', limit(1, 'workingHour')), [
      '19-19 - after-closing',
      '20-20 + working-hours',
    ])
  })
  test('says that a Saturday session receives but does not count', () => {
    const session = toCalendar([{ ...usualHours, saturdaySession: [{ from: 450, to: 690 }] }], shippedDays)
    assert.deepEqual(codes('21/11/2026 08:00', limit(1, 'workingHour'), 'days', { calendar: session }), [
      '21-21 - saturday-session',
      '22-22 - weekly-rest',
      '23-23 + working-hours',
    ])
    assert.deepEqual(codes('21/11/2026 15:00', limit(0, 'atOnce'), 'days', { calendar: session }).slice(0, 1), [
      '21-21 - weekly-rest',
    ])
  })
  test('says what 15:00 did', () => {
    assert.deepEqual(codes('19/11/2026 15:30', limit(0, 'atOnce'), 'days', { nextDayAfter15: true }), [
      '19-19 - after-15',
      '20-20 + same-day',
    ])
    assert.deepEqual(codes('19/11/2026 17:30', limit(0, 'atOnce'), 'days', { nextDayAfter15: true }), [
      '19-19 - after-closing',
      '20-20 + same-day',
    ])
  })
  test('shows how an end on a day off moved', () => {
    assert.deepEqual(codes('25/11/2026', limit(10, 'calendarDay')), [
      '25-25 - receipt-day',
      '26-05 + calendar-day',
      '05-05 - weekly-rest',
      '06-06 - weekly-rest',
      '07-07 - moved-to',
    ])
  })
  test('warns of days to be confirmed and of years without announced holidays', () => {
    assert.equal(isProvisional(dueAt(input('15/4/2027', limit(2, 'workingDay'))).explanation), true)
    const beyond = dueAt(input('30/12/2027', limit(10, 'workingDay'))).explanation
    assert.deepEqual(beyond.unknownYears, [2028])
    assert.equal(isProvisional(beyond), true)
  })
})
