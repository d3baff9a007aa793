import assert from 'node:assert/strict'
import { test } from 'node:test'
import { mayTakeBack, stepsOf } from './refund-steps.ts'

const asked = {
  state: 'asked' as const,
  askedBy: 'Lan',
  askedAt: '2026-11-20T01:00:00.000Z',
  decidedBy: null,
  decidedAt: null,
  decisionNote: null,
  paidBy: null,
  paidAt: null,
  voucher: null,
  failure: null,
}
const decided = { ...asked, decidedBy: 'Mai', decidedAt: '2026-11-20T02:00:00.000Z', decisionNote: 'Đã đối chiếu' }
const told = (row: Parameters<typeof stepsOf>[0]) => stepsOf(row).map(({ what, by, note }) => [what, by, note])

test('each step of a refund names who did it and what was noted', () => {
  assert.deepEqual(told(asked), [['asked', 'Lan', null]])
  assert.deepEqual(told({ ...decided, state: 'rejected' }).at(-1), ['rejected', 'Mai', 'Đã đối chiếu'])
  assert.deepEqual(told({ ...decided, decidedBy: null, state: 'rejected' }).at(-1), [
    'takenBack',
    'Lan',
    'Đã đối chiếu',
  ])
  const paid = { ...decided, paidBy: 'Lan', paidAt: '2026-11-20T03:00:00.000Z', voucher: 'UNC-07' }
  assert.deepEqual(told({ ...paid, state: 'paid' }).slice(1), [
    ['approved', 'Mai', 'Đã đối chiếu'],
    ['paid', 'Lan', 'UNC-07'],
  ])
  assert.deepEqual(told({ ...paid, paidAt: null, state: 'failed', failure: 'refund-too-high' }).at(-1), [
    'failed',
    'Lan',
    'refund-too-high',
  ])
})

test('who asked takes it back until it is paid, also when it could not be paid', () => {
  const states = ['asked', 'approved', 'failed', 'paying', 'paid', 'rejected'] as const
  assert.deepEqual(
    states.filter((state) => mayTakeBack({ isOwn: true, state })),
    ['asked', 'approved', 'failed'],
  )
  for (const state of states) assert.equal(mayTakeBack({ isOwn: false, state }), false)
})
