import assert from 'node:assert/strict'
import { test } from 'node:test'
import { rates } from '../rules/figures.ts'
import { rateIds, rateOf, termsOf } from './rates-view.ts'

test('the numbers shown of a rate are those by which it is counted', () => {
  assert.deepEqual(termsOf, rates)
  assert.deepEqual(rateIds, Object.keys(rates))
})

test('nothing arose is neither 0 nor 100', () => {
  assert.equal(rateOf('on-time-of-resolved', { resolved: 0 }).percent, null)
  assert.equal(rateOf('on-time-of-resolved', { resolved: 4, 'resolved-late': 4 }).percent, 0)
})

test('the three conventions of one period differ', () => {
  const values = {
    carried: 2,
    received: 98,
    resolved: 80,
    'resolved-early': 50,
    'resolved-on-time': 26,
    'resolved-late': 4,
    'open-overdue': 20,
  }
  assert.equal(rateOf('on-time-of-resolved', values).percent, 95)
  assert.equal(rateOf('on-time-of-resolved-and-overdue', values).percent, 76)
  assert.equal(rateOf('not-late-of-handled', values).percent, 96)
})
