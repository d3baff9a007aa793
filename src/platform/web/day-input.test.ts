import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import { addDays, writeDay } from '../day.ts'
import { parseDay } from './day-input.ts'

const today = '2026-11-20'

test('a day is read however people type it', () => {
  const typed = [
    '5/3/26',
    '05/03/2026',
    '5.3.2026',
    '5-3-26',
    '050326',
    '05032026',
    '2026-03-05',
    ' 5/3/2026 ',
    '5 3 26',
  ]
  for (const text of typed) assert.equal(parseDay(text, today), '2026-03-05', text)
})

test('a day without a year is of this year', () => {
  assert.equal(parseDay('5/3', today), '2026-03-05')
  assert.equal(parseDay('2512', today), '2026-12-25')
})

test('words for near days are understood', () => {
  assert.equal(parseDay('hôm nay', today), today)
  assert.equal(parseDay('Mai', today), '2026-11-21')
  assert.equal(parseDay('hôm qua', today), '2026-11-19')
})

test('two digits of a birth year never lie in the future', () => {
  assert.equal(parseDay('1/1/85', today, 'past'), '1985-01-01')
  assert.equal(parseDay('20/11/26', today, 'past'), '2026-11-20')
  assert.equal(parseDay('21/11/26', today, 'past'), '1926-11-21')
  assert.equal(parseDay('21/11', today, 'past'), '2025-11-21')
})

test('two digits of another year lie within twenty years', () => {
  assert.equal(parseDay('1/1/46', today), '2046-01-01')
  assert.equal(parseDay('1/1/47', today), '1947-01-01')
})

test('a day that does not exist is none', () => {
  for (const text of [
    '',
    'abc',
    '30/2/2026',
    '29/2/26',
    '31/4/26',
    '1/13/26',
    '0/1/26',
    '1/1/0',
    '123',
    '5/3/2',
    '5/3/202',
  ])
    assert.equal(parseDay(text, today), undefined, text)
  assert.equal(parseDay('29/2/24', today), '2024-02-29')
})

test('a day that was written is read back', () => {
  fc.assert(
    fc.property(fc.integer({ min: -40_000, max: 40_000 }), (days) => {
      const day = addDays(today, days)
      assert.equal(parseDay(writeDay(day), today), day)
    }),
  )
})
