import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import { addDays } from '../../../platform/day.ts'
import { changedKind, cutoffs, periodAt, periodKinds, readPeriod, spanOf, stepped, writePeriod } from './period-view.ts'

const span = (text: string, cutoff: 1 | 10 | 15 = 1) => {
  const period = readPeriod(text)
  assert.ok(period, text)
  const { from, to } = spanOf(period, cutoff)
  return `${from}..${to}`
}

test('a period is a month, a quarter, half a year, nine months, a year or any two days', () => {
  assert.equal(span('2026-11'), '2026-11-01..2026-11-30')
  assert.equal(span('2024-02'), '2024-02-01..2024-02-29')
  assert.equal(span('2026-q4'), '2026-10-01..2026-12-31')
  assert.equal(span('2026-h2'), '2026-07-01..2026-12-31')
  assert.equal(span('2026-n1'), '2026-01-01..2026-09-30')
  assert.equal(span('2026'), '2026-01-01..2026-12-31')
  assert.equal(span('2022-01-01..2022-02-28'), '2022-01-01..2022-02-28')
})

test('the first quarter of 2023 begins where the regime says', () => {
  assert.equal(span('2023-q1', 10), '2022-12-10..2023-03-09')
  assert.equal(span('2023-q1', 15), '2022-12-15..2023-03-14')
  assert.equal(span('2023', 15), '2022-12-15..2023-12-14')
  assert.equal(span('2023-n1', 10), '2022-12-10..2023-09-09')
  assert.equal(span('2023-01', 15), '2022-12-15..2023-01-14')
})

test('what is no period is not read', () => {
  for (const text of [
    '',
    '2026-13',
    '2026-q5',
    '2026-n2',
    'x',
    '2026-02-30..2026-03-01',
    '2026-03-02..2026-03-01',
    '0026',
  ])
    assert.equal(readPeriod(text), undefined, text)
})

const aKind = fc.constantFrom(...periodKinds.filter((kind) => kind !== 'days'))
const aDay = fc.integer({ min: 0, max: 30_000 }).map((days) => addDays('1990-01-01', days))
const aCutoff = fc.constantFrom(...cutoffs)

test('every day lies in one month, quarter, half and year of its regime', () => {
  fc.assert(
    fc.property(aKind, aDay, aCutoff, (kind, day, cutoff) => {
      const period = periodAt(kind, day, cutoff)
      const { from, to } = spanOf(period, cutoff)
      assert.ok(from <= day && (day <= to || kind === 'nine'), `${day} ${from} ${to}`)
      assert.deepEqual(readPeriod(writePeriod(period)), period)
    }),
  )
})

test('the next period begins the day after, and stepping back returns', () => {
  fc.assert(
    fc.property(aKind, aDay, aCutoff, (kind, day, cutoff) => {
      const period = periodAt(kind, day, cutoff)
      const next = stepped(period, 1)
      if (kind !== 'nine') assert.equal(spanOf(next, cutoff).from, addDays(spanOf(period, cutoff).to, 1))
      assert.deepEqual(stepped(next, -1), period)
    }),
  )
  assert.deepEqual(stepped({ kind: 'days', from: '2022-01-01', to: '2022-02-28' }, -1), {
    kind: 'days',
    from: '2021-11-03',
    to: '2021-12-31',
  })
})

test('another kind of period stays where one was, and does not run ahead of today', () => {
  const at = { cutoff: 1, today: '2026-11-22' } as const
  const changed = (text: string, kind: (typeof periodKinds)[number]) => {
    const period = readPeriod(text)
    assert.ok(period)
    return writePeriod(changedKind(period, kind, at))
  }
  assert.equal(changed('2023-q1', 'month'), '2023-03')
  assert.equal(changed('2026', 'month'), '2026-11')
  assert.equal(changed('2026', 'quarter'), '2026-q4')
  assert.equal(changed('2027', 'quarter'), '2027-q1')
  assert.equal(changed('2023-q1', 'days'), '2023-01-01..2023-03-31')
})
