import assert from 'node:assert/strict'
import { test } from 'node:test'
import { partsOf } from './day-chart-view.ts'

const none = { cash: 0, transfer: 0, online: 0, isSigned: false }

test('the highest day fills the height, a small sum can still be seen, a day without money is nothing', () => {
  const [empty, full, small] = partsOf([
    { ...none, day: '2026-11-20' },
    { ...none, day: '2026-11-21', cash: 75_000, transfer: 25_000, isSigned: true },
    { ...none, day: '2026-11-22', online: 100 },
  ])
  assert.deepEqual([empty?.parts, empty?.isOpen], [[], false])
  assert.deepEqual(
    full?.parts.map(({ method, percent }) => [method, percent]),
    [
      ['cash', 75],
      ['transfer', 25],
    ],
  )
  assert.deepEqual([full?.isOpen, small?.isOpen], [false, true])
  assert.deepEqual(small?.parts, [{ method: 'online', percent: 2 }])
})
