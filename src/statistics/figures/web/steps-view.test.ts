import assert from 'node:assert/strict'
import { test } from 'node:test'
import { readStepsBy, rounded, shownSteps, whereTimeGoes } from './steps-view.ts'

const step = (key: string, total: number) => ({
  key,
  name: key,
  nameEn: key,
  count: 1,
  median: total,
  p90: total,
  total,
  late: 0,
})

test('the steps in which most time went stand first', () => {
  const steps = [step('sign', 10), step('examine', 70), step('forward', 20)]
  assert.deepEqual(
    shownSteps(steps).map(({ key }) => key),
    ['examine', 'forward', 'sign'],
  )
  assert.deepEqual(whereTimeGoes({ steps, bottlenecks: ['examine'] }), { kind: 'lost', names: ['examine'], share: 0.7 })
  assert.deepEqual(whereTimeGoes({ steps: [], bottlenecks: [] }), { kind: 'none' })
  assert.deepEqual(whereTimeGoes({ steps: [step('sign', 0)], bottlenecks: [] }), { kind: 'none' })
})

test('long times are told in hours, short ones in minutes', () => {
  assert.equal(rounded(47), 47)
  assert.equal(rounded(500), 480)
  assert.equal(rounded(1010), 1020)
  assert.equal(readStepsBy('officer'), 'officer')
  assert.equal(readStepsBy('x'), 'step')
})
