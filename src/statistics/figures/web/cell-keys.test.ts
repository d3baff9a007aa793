import assert from 'node:assert/strict'
import { test } from 'node:test'
import { nextCell } from './cell-keys.ts'
import { readLine, readOpened, writeOpened } from './opened-view.ts'

// The second row has a zero in its second column; the third has none but zeros.
const rows = [[0, 1, 2, 3], [0, 2], [], [3]]

test('arrows go from number to number and pass over zeros', () => {
  assert.deepEqual(nextCell('ArrowRight', { row: 1, column: 0 }, rows), { row: 1, column: 2 })
  assert.deepEqual(nextCell('ArrowLeft', { row: 1, column: 2 }, rows), { row: 1, column: 0 })
  assert.equal(nextCell('ArrowRight', { row: 0, column: 3 }, rows), undefined)
  assert.deepEqual(nextCell('ArrowDown', { row: 0, column: 2 }, rows), { row: 1, column: 2 })
  assert.deepEqual(nextCell('ArrowDown', { row: 1, column: 0 }, rows), { row: 3, column: 3 })
  assert.deepEqual(nextCell('ArrowUp', { row: 3, column: 3 }, rows), { row: 1, column: 2 })
  assert.equal(nextCell('ArrowUp', { row: 0, column: 0 }, rows), undefined)
  assert.deepEqual(nextCell('End', { row: 0, column: 0 }, rows), { row: 0, column: 3 })
  assert.deepEqual(nextCell('Home', { row: 0, column: 3 }, rows), { row: 0, column: 0 })
  assert.equal(nextCell('Enter', { row: 0, column: 0 }, rows), undefined)
})

test('the address tells which number is open', () => {
  const opened = { figure: 'resolved-late', line: 'field:civil-status', of: 'previous' } as const
  assert.deepEqual(readOpened(writeOpened(opened)), opened)
  assert.equal(readOpened({ open: 'nothing', line: '', of: '' }), undefined)
  assert.deepEqual(readOpened({ open: 'open', line: '', of: 'x' }), { figure: 'open', line: '', of: '' })
  assert.deepEqual(readLine('procedure:1.001193'), { by: 'procedure', key: '1.001193' })
  assert.deepEqual(readLine('load:1:8'), { by: 'load', key: '1:8' })
  assert.equal(readLine(''), undefined)
})
