import assert from 'node:assert/strict'
import { test } from 'node:test'
import { toCalendar, usualHours } from '../rules/working-calendar.ts'
import { shippedDays } from '../shipped-days.ts'
import { nextDayByKey, readIntervals, weeksOf, writeIntervals } from './year-view.ts'

const calendar = toCalendar([usualHours], shippedDays)

test('a month is drawn in weeks from Monday, with its days off', () => {
  const weeks = weeksOf(calendar, 2026, 11)
  assert.equal(weeks.length, 6)
  assert.deepEqual(
    weeks[0]?.map((cell) => cell?.day.slice(8) ?? ''),
    ['', '', '', '', '', '', '01'],
  )
  const culture = weeks[4]?.[1]
  assert.deepEqual([culture?.day, culture?.isWorked, culture?.exception?.kind], ['2026-11-24', false, 'holiday'])
  assert.equal(
    weeksOf(calendar, 2026, 8)
      .flat()
      .find((cell) => cell?.day === '2026-08-22')?.isWorked,
    true,
  )
  assert.equal(weeksOf(calendar, 2027, 2).length, 4)
})

test('keys move inside the year and stop at its ends', () => {
  assert.equal(nextDayByKey('ArrowDown', '2026-11-24'), '2026-12-01')
  assert.equal(nextDayByKey('ArrowLeft', '2026-01-01'), '2026-01-01')
  assert.equal(nextDayByKey('End', '2026-01-01'), '2026-12-31')
  assert.equal(nextDayByKey('Home', '2026-11-24'), '2026-01-01')
  assert.equal(nextDayByKey('PageDown', '2026-11-24'), '2026-12-22')
  assert.equal(nextDayByKey('a', '2026-11-24'), undefined)
})

test('hours are read as people type them and written one way', () => {
  const usual = [
    { from: 420, to: 690 },
    { from: 810, to: 1020 },
  ]
  for (const text of ['07:00-11:30, 13:30-17:00', '7h-11h30; 13h30 – 17h', '7-11:30,13.30-17'])
    assert.deepEqual(readIntervals(text), usual, text)
  assert.equal(writeIntervals(usual), '07:00-11:30, 13:30-17:00')
  assert.deepEqual(readIntervals(' '), [])
  for (const text of ['sáng', '11:30-07:00', '7:00', '7:75-8:00', '20-25'])
    assert.equal(readIntervals(text), undefined, text)
})
