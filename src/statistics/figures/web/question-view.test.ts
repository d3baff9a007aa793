import assert from 'node:assert/strict'
import { test } from 'node:test'
import { readOpened } from './opened-view.ts'
import {
  comparedSpan,
  figuresPath,
  firstFilters,
  isAboveOthers,
  keptFilters,
  narrowed,
  narrowingBy,
  readAgency,
  readQuestion,
  staysQuery,
} from './question-view.ts'

const today = '2026-11-22'
const first = firstFilters(today)
const at = { today, home: 5 }

test('the page opens with this month of the own agency', () => {
  const { span, asked, asOf } = readQuestion(first, at)
  assert.deepEqual(span, { from: '2026-11-01', to: '2026-11-30' })
  assert.equal(asOf, null)
  assert.deepEqual(asked, { agencyId: 5, reach: 'own', from: '2026-11-01', to: '2026-11-30', knownAt: null })
  assert.equal(readQuestion(first, { today, home: null }).asked, null)
})

test('an agency alone, with its area, or with those under it', () => {
  assert.deepEqual(readAgency('3', 5), { agencyId: 3, reach: 'own' })
  assert.deepEqual(readAgency('5+', 5), { agencyId: 5, reach: 'area' })
  assert.deepEqual(readAgency('1*', 5), { agencyId: 1, reach: 'under' })
  assert.deepEqual(readAgency('x', 5), { agencyId: 5, reach: 'own' })
})

test('a day is known when it is over; a broken day is now', () => {
  assert.equal(readQuestion({ ...first, asOf: '2026-11-10' }, at).asked?.knownAt, '2026-11-10T17:00:00.000Z')
  assert.equal(readQuestion({ ...first, asOf: '2026-02-31' }, at).asked?.knownAt, null)
})

test('the period before and the year before follow the regime', () => {
  const { period, cutoff } = readQuestion({ ...first, period: '2023-q1', cutoff: '10' }, at)
  assert.deepEqual(comparedSpan(period, cutoff, 'previous'), { from: '2022-09-10', to: '2022-12-09' })
  assert.deepEqual(comparedSpan(period, cutoff, 'year'), { from: '2021-12-10', to: '2022-03-09' })
  assert.equal(comparedSpan(period, cutoff, 'none'), null)
  const days = { kind: 'days', from: '2024-02-29', to: '2024-03-31' } as const
  assert.deepEqual(comparedSpan(days, 1, 'year'), { from: '2023-02-28', to: '2023-03-31' })
})

test('a number asks the question of the page, and that of its line', () => {
  const { asked } = readQuestion({ ...first, channel: 'online' }, at)
  assert.ok(asked)
  assert.equal(narrowed(asked, ''), asked)
  assert.equal(narrowed(asked, 'field:land')?.field, 'land')
  assert.equal(narrowed(asked, 'procedure:1.001193')?.procedure, '1.001193')
  assert.equal(narrowed(asked, 'broken'), null)
  assert.equal(
    figuresPath(asked, 'field'),
    '/api/statistics/figures?agencyId=5&from=2026-11-01&to=2026-11-30&channel=online&by=field',
  )
})

test('both pages share what is asked, and a line narrows both', () => {
  assert.deepEqual(keptFilters({ ...first, field: 'land', open: 'open', cutoff: '15' }), {
    period: '2026-11',
    cutoff: '15',
    field: 'land',
  })
  assert.equal(narrowingBy('field')?.('land').field, 'land')
  assert.equal(narrowingBy('level'), undefined)
})

test('a number of stays asks for those of its step, unit or officer, and of nothing else', () => {
  const { asked } = readQuestion({ ...first, field: 'land' }, at)
  assert.ok(asked)
  const query = staysQuery(asked, 'step:examine')
  assert.deepEqual([query?.['by'], query?.['key'], query?.['field']], ['step', 'examine', 'land'])
  assert.equal(staysQuery(asked, 'field:land'), null)
  assert.equal(readOpened({ open: 'stays', line: 'step:examine', of: '' })?.figure, 'stays')
})

test('those under an agency are offered to whoever may see several living ones', () => {
  const living = { validTo: null }
  assert.equal(isAboveOthers({ agencies: [living, { validTo: '2025-06-30' }] }), false)
  assert.equal(isAboveOthers({ agencies: [living, living] }), true)
})
