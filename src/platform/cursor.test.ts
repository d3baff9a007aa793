import assert from 'node:assert/strict'
import { test } from 'node:test'
import { packCursor, readCursor } from './cursor.ts'

const MOMENT = '2026-11-20T01:00:00.000Z'
const ID = '01a205a8-a148-7704-acbd-861adcc1950f'

test('a cursor gives back what was packed, and only values that the database takes', () => {
  assert.deepEqual(readCursor(packCursor([MOMENT, ID]), ['moment', 'id']), [MOMENT, ID])
  const forged: unknown[] = [
    [MOMENT, '-'.repeat(36)],
    ['1', ID],
    ['+275760-01-01T00:00:00.000Z', ID],
    ['2026-13-45T99:00:00.000Z', ID],
    [MOMENT],
    [MOMENT, ID, ID],
    [null, ID],
  ]
  for (const values of forged)
    assert.equal(readCursor(packCursor(values as unknown[]), ['moment', 'id']), undefined, JSON.stringify(values))
  for (const text of [undefined, '', 'null', 'e30', '%%%']) assert.equal(readCursor(text, ['moment', 'id']), undefined)
})
