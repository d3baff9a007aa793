import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import {
  addDays,
  addMinutes,
  addMonths,
  clockOfMinute,
  dayOf,
  daysBetween,
  instantAt,
  isDay,
  minuteFromClock,
  minuteOf,
  weekdayOf,
  writeDay,
  writeInstant,
} from './day.ts'

// Against `Date`, which the arithmetic replaces: every day of four centuries, leap years and their exceptions included.
test('the arithmetic of days agrees with the calendar of the machine from 1800 to 2200', () => {
  const first = Date.UTC(1800, 0, 1)
  let day = '1800-01-01'
  for (let number = 0; day < '2200-12-31'; number++) {
    const expected = new Date(first + number * 86_400_000)
    assert.equal(day, expected.toISOString().slice(0, 10))
    assert.equal(weekdayOf(day) % 7, expected.getUTCDay())
    assert.equal(daysBetween('1800-01-01', day), number)
    day = addDays(day, 1)
  }
})

test('days far apart are added and taken away again', () =>
  fc.assert(
    fc.property(fc.integer({ min: -200_000, max: 200_000 }), (days) => {
      const day = addDays('2026-11-22', days)
      assert.equal(daysBetween('2026-11-22', day), days)
      assert.equal(addDays(day, -days), '2026-11-22')
    }),
  ))

test('only days that exist are days', () => {
  for (const day of ['2026-11-22', '2024-02-29', '2000-02-29']) assert.equal(isDay(day), true)
  for (const text of [
    '2026-02-29',
    '1900-02-29',
    '2026-13-01',
    '2026-00-10',
    '2026-04-31',
    '2026-1-1',
    '22/11/2026',
    '',
  ]) {
    assert.equal(isDay(text), false, text)
  }
})

test('a moment shows the day and the minute of Vietnam', () => {
  assert.equal(dayOf('2026-11-20T16:59:59.999Z'), '2026-11-20')
  assert.equal(dayOf('2026-11-20T17:00:00.000Z'), '2026-11-21')
  assert.equal(minuteOf('2026-11-20T17:00:30.000Z'), 0)
  assert.equal(minuteOf('1960-01-01T00:30:00.000Z'), 450)
  assert.equal(instantAt('2026-11-21', 0), '2026-11-20T17:00:00.000Z')
  assert.equal(addMinutes('2026-11-20T17:00:00.000Z', -1), '2026-11-20T16:59:00.000Z')
})

test('months end on the same date or on the last of a shorter month', () => {
  assert.equal(addMonths('2026-11-30', 3), '2027-02-28')
  assert.equal(addMonths('2027-11-30', 3), '2028-02-29')
  assert.equal(addMonths('2026-01-31', 1), '2026-02-28')
  assert.equal(addMonths('2026-03-15', -3), '2025-12-15')
})

test('days and hours are written as Vietnamese write them', () => {
  assert.equal(writeDay('2026-11-05'), '05/11/2026')
  assert.equal(writeInstant('2026-11-05T08:00:00.000Z'), '15:00 05/11/2026')
  assert.equal(clockOfMinute(minuteFromClock('07:30')), '07:30')
})

test('what is not a day is a fault, not another day', () => {
  assert.throws(() => addDays('hôm nay', 1), RangeError)
  assert.throws(() => dayOf('hôm nay'), RangeError)
})
