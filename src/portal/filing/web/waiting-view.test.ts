import assert from 'node:assert/strict'
import { test } from 'node:test'
import { countWaiting } from './waiting-view.ts'

test('the intake tells how many wait online and how many of them too long', () => {
  const now = '2026-11-23T02:00:00.000Z'
  const items = ['2026-11-20T10:00:00.000Z', '2026-11-23T10:00:00.000Z', null].map((acceptBy) => ({ acceptBy }))
  assert.deepEqual(countWaiting(items, now), { all: 3, late: 1 })
  assert.deepEqual(countWaiting([], now), { all: 0, late: 0 })
})
