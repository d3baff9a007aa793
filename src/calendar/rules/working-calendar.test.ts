import assert from 'node:assert/strict'
import { test } from 'node:test'
import { instantAt, writeInstant } from '../../platform/day.ts'
import { shippedDays } from '../shipped-days.ts'
import {
  addWorkingDays,
  addWorkingHours,
  addWorkingMinutes,
  calendarWith,
  calendarWithout,
  closingOf,
  hoursOn,
  isReceptionOpen,
  isWorkingDay,
  nextWorkingDay,
  openingOf,
  previousWorkingDay,
  readingOn,
  receptionIntervals,
  toCalendar,
  usualHours,
  workingDayOnOrAfter,
  workingDaysBetween,
  workingIntervals,
  workingMinutesBetween,
} from './working-calendar.ts'

const calendar = toCalendar([usualHours], shippedDays)

test('a weekday is worked, a holiday, its substitute and a swapped weekday are not, a swapped Saturday is', () => {
  assert.equal(isWorkingDay(calendar, '2026-11-23'), true)
  assert.equal(isWorkingDay(calendar, '2026-11-24'), false)
  assert.equal(isWorkingDay(calendar, '2026-04-27'), false)
  assert.equal(isWorkingDay(calendar, '2026-08-31'), false)
  assert.equal(isWorkingDay(calendar, '2026-08-22'), true)
  assert.equal(isWorkingDay(calendar, '2026-08-29'), false)
})

test('the next and the previous working day pass over Tết', () => {
  assert.equal(nextWorkingDay(calendar, '2026-02-13'), '2026-02-23')
  assert.equal(previousWorkingDay(calendar, '2026-02-23'), '2026-02-13')
  assert.equal(workingDayOnOrAfter(calendar, '2026-02-16'), '2026-02-23')
  assert.equal(workingDayOnOrAfter(calendar, '2026-02-13'), '2026-02-13')
})

test('working days are added and counted in both directions', () => {
  assert.equal(addWorkingDays(calendar, '2026-11-20', 3), '2026-11-26')
  assert.equal(addWorkingDays(calendar, '2026-11-26', -3), '2026-11-20')
  assert.equal(addWorkingDays(calendar, '2026-11-22', 0), '2026-11-22')
  assert.equal(workingDaysBetween(calendar, '2026-11-20', '2026-11-26'), 3)
  assert.equal(workingDaysBetween(calendar, '2026-11-26', '2026-11-20'), -3)
})

test('working minutes between two moments tell what is left and what is late', () => {
  const minutes = (from: [string, number], to: [string, number]) =>
    workingMinutesBetween(calendar, instantAt(...from), instantAt(...to))
  assert.equal(minutes(['2026-11-20', 600], ['2026-11-20', 840]), 120)
  assert.equal(minutes(['2026-11-20', 960], ['2026-11-26', 960]), 24 * 60)
  assert.equal(minutes(['2026-11-26', 960], ['2026-11-20', 960]), -24 * 60)
  assert.equal(minutes(['2026-11-21', 600], ['2026-11-22', 600]), 0)
})

test('eight working hours for a dossier that came online on a Friday evening end on Monday evening', () => {
  assert.equal(writeInstant(addWorkingHours(calendar, instantAt('2026-11-20', 1200), 8)), '17:00 23/11/2026')
  assert.equal(writeInstant(addWorkingMinutes(calendar, instantAt('2026-11-20', 720), 30)), '14:00 20/11/2026')
})

test('a Saturday session is open for reception and is not working time, unless the Saturday is special', () => {
  const morning = [{ from: 450, to: 690 }]
  const session = toCalendar([{ ...usualHours, saturdaySession: morning }], shippedDays)
  assert.deepEqual(receptionIntervals(session, '2026-11-21'), morning)
  assert.deepEqual(workingIntervals(session, '2026-11-21'), [])
  assert.deepEqual(receptionIntervals(session, '2026-08-22'), usualHours.intervals)
  assert.deepEqual(receptionIntervals(session, '2027-02-06'), [])
  assert.deepEqual(receptionIntervals(session, '2026-11-22'), [])
  assert.equal(isReceptionOpen(session, instantAt('2026-11-21', 450)), true)
  assert.equal(isReceptionOpen(session, instantAt('2026-11-21', 690)), false)
})

test('hours and reading hold from their first day, the first also for the time before', () => {
  const winter = {
    ...usualHours,
    validFrom: '2026-10-16',
    intervals: [{ from: 480, to: 960 }],
    reading: 'hours' as const,
  }
  const seasons = toCalendar([winter, { ...usualHours, validFrom: '2026-04-16' }], [])
  assert.equal(hoursOn(seasons, '2020-01-01').validFrom, '2026-04-16')
  assert.equal(readingOn(seasons, '2026-10-15'), 'days')
  assert.equal(readingOn(seasons, '2026-10-16'), 'hours')
  assert.equal(writeInstant(openingOf(seasons, '2026-10-16')), '08:00 16/10/2026')
  assert.equal(writeInstant(closingOf(seasons, '2026-10-15')), '17:00 15/10/2026')
})

test('a calendar in which nobody works is a fault', () => {
  for (const hours of [[], [{ ...usualHours, intervals: [] }], [{ ...usualHours, workingWeekdays: [] }]]) {
    assert.throws(() => isWorkingDay(toCalendar(hours, []), '2026-11-20'), /nobody ever works/)
  }
})

test('a calendar can be tried with a day more or less, and stays as it was', () => {
  const storm = { day: '2026-11-25', kind: 'closure', name: 'Bão', notice: '', status: 'provisional' } as const
  assert.equal(isWorkingDay(calendarWith(calendar, storm), storm.day), false)
  assert.equal(isWorkingDay(calendar, storm.day), true)
  assert.equal(isWorkingDay(calendarWithout(calendar, '2026-11-24'), '2026-11-24'), true)
})

test('a year is known when one of its holidays is', () => {
  assert.equal(calendar.knownYears.has(2027), true)
  assert.equal(calendar.knownYears.has(2028), false)
  const newYear = {
    day: '2028-01-01',
    kind: 'holiday',
    name: 'Tết Dương lịch',
    notice: '',
    status: 'provisional',
  } as const
  assert.equal(calendarWith(calendar, newYear).knownYears.has(2028), true)
})
