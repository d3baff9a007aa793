import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import { addDays, addMonths } from '../../../platform/day.ts'
import { bucketOf, bucketsOf, coverOf, grainFor, narrowTo, periodOf, piecesOf } from './question.ts'

const day = fc.nat(2500).map((days) => addDays('2020-01-01', days))

test('pieces hold each day of a period once and no other', () => {
  fc.assert(
    fc.property(day, fc.nat(1500), fc.constantFrom('day', 'month', 'year'), (from, length, coarsest) => {
      const end = addDays(from, length)
      const counts = new Map<string, number>()
      for (const { first, end: last, sign, level } of piecesOf(from, end, coarsest)) {
        if (level !== 'day') assert.equal(first.slice(8), '01')
        if (level === 'year') assert.equal(first.slice(5), '01-01')
        for (let each = first; each < last; each = addDays(each, 1)) counts.set(each, (counts.get(each) ?? 0) + sign)
      }
      for (const [each, count] of counts) assert.equal(count, each >= from && each < end ? 1 : 0, each)
      assert.equal(
        [...counts.values()].reduce((sum, count) => sum + count, 0),
        length,
      )
    }),
  )
})

test('a period reads few rows, however long it is', () => {
  const rows = (from: string, end: string) =>
    piecesOf(from, end).reduce((sum, { level, first, end: last }) => {
      let count = 0
      for (let each = first; each < last; count++)
        each = { day: addDays(each, 1), month: addMonths(each, 1), year: addMonths(each, 12) }[level]
      return sum + count
    }, 0)
  fc.assert(fc.property(day, fc.nat(4000), (from, length) => assert.ok(rows(from, addDays(from, length)) <= 60)))
  assert.equal(rows('2026-01-01', '2027-01-01'), 1)
  assert.equal(rows('2026-01-01', '2026-12-31'), 4)
})

test('days, weeks and months of a period are its parts', () => {
  fc.assert(
    fc.property(day, fc.nat(300), fc.constantFrom('day', 'week', 'month'), (from, length, by) => {
      const question = { agencies: [1], from, to: addDays(from, length), knownAt: null, filter: {} }
      let next = from
      for (const key of bucketsOf(question, by)) {
        const part = narrowTo(question, by, key)
        assert.equal(part?.from, next)
        assert.equal(bucketOf(part?.to ?? '', by), key)
        next = addDays(part?.to ?? '', 1)
      }
      assert.equal(next, addDays(question.to, 1))
    }),
  )
})

test('the fewest scopes are read that are just the agencies asked for', () => {
  const members = [
    ...[1, 2, 3, 4].map((agencyId) => ({ scopeId: agencyId, agencyId })),
    ...[1, 2, 3].map((agencyId) => ({ scopeId: -9, agencyId })),
    ...[1, 2].map((agencyId) => ({ scopeId: -8, agencyId })),
  ]
  assert.deepEqual(coverOf([1, 2, 3, 9], members).scopes, [-9])
  assert.deepEqual(coverOf([1, 2, 4], members).scopes, [-8, 4])
  assert.deepEqual(coverOf([1, 3], members).scopes, [1, 3])
  assert.deepEqual(coverOf([7], members), { scopes: [], agencies: [] })
})

test('roll-ups answer one kind of narrowing, the facts all together', () => {
  assert.equal(grainFor({}, undefined, undefined), 'all')
  assert.equal(grainFor({ channel: 'online' }, 'field', undefined), 'field')
  assert.equal(grainFor({ procedures: [] }, 'field', undefined), 'procedure')
  assert.equal(grainFor({ unitId: 1 }, 'officer', undefined), 'unit')
  assert.equal(grainFor({ unitId: 1 }, 'field', undefined), undefined)
})

test('a period ends where knowledge ends', () => {
  const asked = { from: '2026-03-01', to: '2026-03-31' }
  assert.deepEqual(periodOf(asked, '2026-03-10T03:00:00.000Z'), {
    from: '2026-03-01',
    to: '2026-03-10',
    judgedAt: '2026-03-10T03:00:00.000Z',
  })
  assert.deepEqual(periodOf(asked, '2026-04-10T03:00:00.000Z'), { ...asked, judgedAt: null })
})
