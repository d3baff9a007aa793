import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import { readLimit, writeLimit } from './limit-words.ts'

test('a time limit is read as it is written', () => {
  const part = fc.record(
    {
      amount: fc.integer({ min: 1, max: 10_000 }),
      unit: fc.constantFrom('workingHour', 'workingDay', 'calendarDay', 'month'),
    },
    { noNullPrototype: true },
  )
  fc.assert(
    fc.property(fc.array(part, { minLength: 1, maxLength: 4 }), (parts) =>
      assert.deepEqual(readLimit(writeLimit(parts)), parts),
    ),
  )
})

test('what is not a time limit is not one', () => {
  for (const text of ['', 'vài ngày', '0 ngày', '3', '5 ngày +']) assert.equal(readLimit(text), undefined)
  assert.deepEqual(readLimit(' 5  Ngày làm việc'.normalize('NFD')), [{ amount: 5, unit: 'workingDay' }])
})
