import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import { clockOfMinute } from '../../../platform/day.ts'
import { readClock } from './clock.ts'

test('a time of the day is read as people type it, with 24 hours', () => {
  for (const typed of ['21:30', '21h30', '2130', '21.30', '21 giờ 30'])
    assert.equal(readClock(typed), 21 * 60 + 30, typed)
  for (const typed of ['9', '09', '9h', '9:00', '900']) assert.equal(readClock(typed), 9 * 60, typed)
  for (const typed of ['', '24:00', '9:60', '9:5', '09:00 PM', '-1', '12345', 'chín giờ'])
    assert.equal(readClock(typed), undefined, typed)
  fc.assert(fc.property(fc.nat(1439), (minute) => readClock(clockOfMinute(minute)) === minute))
})
