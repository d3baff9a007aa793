import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import { addDays } from '../../../platform/day.ts'
import {
  bucketsOf,
  fractionOf,
  loadFinding,
  loadFrame,
  onTimeFinding,
  onTimeLines,
  shareFinding,
  ticksFor,
  trendFinding,
  trendStep,
  upTo,
  writtenLabels,
} from './chart-view.ts'

const line = (key: string, values: Record<string, number>) => ({ key, label: key, values })

test('an axis begins at zero, goes by round steps and reaches the greatest value', () => {
  assert.deepEqual(ticksFor(0), [0, 1])
  assert.deepEqual(ticksFor(3), [0, 1, 2, 3])
  assert.deepEqual(ticksFor(58), [0, 20, 40, 60])
  fc.assert(
    fc.property(fc.integer({ min: 1, max: 5_000_000 }), (greatest) => {
      const ticks = ticksFor(greatest)
      assert.equal(ticks[0], 0)
      assert.ok((ticks.at(-1) ?? 0) >= greatest && ticks.length <= 6, String(ticks))
      assert.ok(ticks.every(Number.isInteger))
    }),
  )
})

test('a trend goes by days, weeks or months, and its parts cover the span without a gap', () => {
  assert.equal(trendStep('2026-11-01', '2026-11-10'), 'day')
  assert.equal(trendStep('2026-11-01', '2026-11-30'), 'week')
  assert.equal(trendStep('2026-01-01', '2026-12-31'), 'month')
  assert.deepEqual(bucketsOf('2026-11-04', '2026-11-17', 'week'), [
    { key: '2026-11-02', from: '2026-11-04', to: '2026-11-08' },
    { key: '2026-11-09', from: '2026-11-09', to: '2026-11-15' },
    { key: '2026-11-16', from: '2026-11-16', to: '2026-11-17' },
  ])
  assert.deepEqual(
    bucketsOf('2022-12-10', '2023-03-09', 'month').map(({ key, from, to }) => [key, from, to]),
    [
      ['2022-12', '2022-12-10', '2022-12-31'],
      ['2023-01', '2023-01-01', '2023-01-31'],
      ['2023-02', '2023-02-01', '2023-02-28'],
      ['2023-03', '2023-03-01', '2023-03-09'],
    ],
  )
  fc.assert(
    fc.property(
      fc.integer({ min: 0, max: 5000 }),
      fc.integer({ min: 0, max: 400 }),
      fc.constantFrom('day' as const, 'week' as const, 'month' as const),
      (start, length, step) => {
        const from = addDays('2019-01-01', start)
        const to = addDays(from, length)
        const buckets = bucketsOf(from, to, step)
        assert.equal(buckets[0]?.from, from)
        assert.equal(buckets.at(-1)?.to, to)
        buckets.slice(1).forEach((bucket, index) => assert.equal(bucket.from, addDays(buckets[index]?.to ?? '', 1)))
        assert.equal(new Set(buckets.map(({ key }) => key)).size, buckets.length)
      },
    ),
  )
})

test('a trend ends today', () => {
  assert.deepEqual(upTo({ from: '2026-01-01', to: '2026-12-31' }, '2026-11-22'), {
    from: '2026-01-01',
    to: '2026-11-22',
  })
  assert.deepEqual(upTo({ from: '2026-01-01', to: '2026-06-30' }, '2026-11-22').to, '2026-06-30')
  const next = upTo({ from: '2027-01-01', to: '2027-12-31' }, '2026-11-22')
  assert.deepEqual(bucketsOf(next.from, next.to, 'month'), [])
})

test('of many labels the first and the last are written, and some between', () => {
  assert.deepEqual([...writtenLabels(4, 6)], [0, 1, 2, 3])
  assert.deepEqual([...writtenLabels(12, 4)], [0, 4, 8, 11])
  assert.deepEqual([...writtenLabels(6, 3)], [0, 3, 5])
  assert.deepEqual([...writtenLabels(6, 4)], [0, 2, 5])
})

test('a share is called by its fraction when people would', () => {
  assert.deepEqual(fractionOf(2 / 3), { fraction: 'two-thirds', exact: true })
  assert.deepEqual(fractionOf(0.65), { fraction: 'two-thirds', exact: false })
  assert.deepEqual(fractionOf(0.5), { fraction: 'half', exact: true })
  assert.equal(fractionOf(0.6), undefined)
})

test('the greatest part is found, all of it, none of it, or nobody', () => {
  const lines = [line('a', { received: 10 }), line('b', { received: 20 })]
  assert.deepEqual(shareFinding(lines, 'received'), { kind: 'share', label: 'b', share: 2 / 3, count: 20, of: 30 })
  assert.deepEqual(shareFinding([line('b', { received: 20 })], 'received'), { kind: 'all', label: 'b', count: 20 })
  assert.deepEqual(shareFinding([line('b', {})], 'received'), { kind: 'none' })
  const even = Array.from({ length: 8 }, (_, index) => line(String(index), { received: 5 }))
  assert.deepEqual(shareFinding(even, 'received'), { kind: 'even', lines: 8, label: '0', share: 1 / 8 })
})

test('what lies open grows, shrinks or stays', () => {
  assert.deepEqual(trendFinding({ carried: 2, received: 10, open: 5 }), { kind: 'grown', by: 3, from: 2, to: 5 })
  assert.deepEqual(trendFinding({ carried: 5, received: 10, open: 2 }), { kind: 'shrunk', by: 3, from: 5, to: 2 })
  assert.deepEqual(trendFinding({ carried: 5, received: 10, open: 5 }), { kind: 'same', open: 5 })
  assert.deepEqual(trendFinding({ carried: 0, received: 0, open: 0 }), { kind: 'none' })
})

test('the field that is late most stands first', () => {
  const lines = onTimeLines([
    line('land', { resolved: 12, 'resolved-late': 2 }),
    line('civil', { resolved: 64, 'resolved-late': 4 }),
    line('culture', { resolved: 3 }),
    line('none', { resolved: 0 }),
  ])
  assert.deepEqual(
    lines.map(({ key, onTime }) => [key, onTime]),
    [
      ['land', 10],
      ['civil', 60],
      ['culture', 3],
    ],
  )
  assert.deepEqual(onTimeFinding(lines), { kind: 'lowest', label: 'land', late: 2, resolved: 12, fields: 2 })
  assert.deepEqual(onTimeFinding(lines.slice(1)), { kind: 'only', label: 'civil', late: 4 })
  assert.deepEqual(onTimeFinding(lines.slice(2)), { kind: 'all', resolved: 3 })
  assert.deepEqual(onTimeFinding([]), { kind: 'none' })
})

test('the busiest hour is found, and the table shows office hours at least', () => {
  const cells = [
    { weekday: 1, hour: 8, count: 9 },
    { weekday: 6, hour: 7, count: 3 },
    { weekday: 2, hour: 14, count: 4 },
  ]
  assert.deepEqual(loadFinding(cells), { kind: 'busiest', weekday: 1, hour: 8, count: 9, morning: 12, of: 16 })
  assert.deepEqual(loadFrame(cells), { weekdays: [1, 2, 3, 4, 5, 6], hours: [7, 8, 9, 10, 11, 12, 13, 14, 15, 16] })
  assert.deepEqual(loadFinding([]), { kind: 'none' })
})
