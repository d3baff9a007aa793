import assert from 'node:assert/strict'
import { test } from 'node:test'
import { FigureId } from '../contract.ts'
import { en } from '../text.en.ts'
import { vi } from '../text.vi.ts'
import { allFigures, balanceOf, changeOf, columnsOf, nextSort, readSort, sortLines, toneOf } from './figures-view.ts'

const line = (label: string, values: Record<string, number>) => ({ key: label, label, values })

test('every figure stands once on the page, has a name in both languages, and is in some table', () => {
  const shown = allFigures.flatMap(({ figures }) => figures)
  const known = FigureId.anyOf.map((each) => each.const)
  assert.deepEqual(shown.toSorted(), known.toSorted())
  for (const figure of known) assert.ok(vi.figures[figure] && en.figures[figure] && vi.meanings[figure])
  const inTables = new Set(Object.values(columnsOf).flatMap((groups) => groups.flatMap(({ figures }) => figures)))
  assert.deepEqual(
    known.filter((figure) => !inTables.has(figure)),
    [],
  )
})

test('what comes in leaves or is still there', () => {
  const values = { carried: 10, received: 50, resolved: 40, withdrawn: 2, stopped: 1, closed: 1, open: 16 }
  assert.deepEqual(balanceOf(values), { left: 60, right: 60, holds: true })
  assert.deepEqual(balanceOf({ ...values, open: 15 }), { left: 60, right: 59, holds: false })
})

test('a head sorts down, then up, then not at all; names the other way round', () => {
  assert.equal(nextSort('', 'received'), '-received')
  assert.equal(nextSort('-received', 'received'), 'received')
  assert.equal(nextSort('received', 'received'), '')
  assert.equal(nextSort('-received', 'open'), '-open')
  assert.equal(nextSort('', 'name'), 'name')
  const lines = [line('Đất đai', { open: 2 }), line('Hộ tịch', { open: 9 }), line('Chứng thực', { open: 4 })]
  const labels = (sort: string) => sortLines(lines, readSort(sort)).map(({ label }) => label)
  assert.deepEqual(labels(''), ['Đất đai', 'Hộ tịch', 'Chứng thực'])
  assert.deepEqual(labels('-open'), ['Hộ tịch', 'Chứng thực', 'Đất đai'])
  assert.deepEqual(labels('name'), ['Chứng thực', 'Đất đai', 'Hộ tịch'])
  const rate = (each: { values: Record<string, number> }) =>
    each.values['open'] === 4 ? null : (each.values['open'] ?? 0)
  assert.equal(sortLines(lines, readSort('-rate'), rate).at(-1)?.label, 'Chứng thực')
  assert.equal(sortLines(lines, readSort('rate'), rate).at(-1)?.label, 'Chứng thực')
})

test('a change is told in numbers, and in per cent where there was something before', () => {
  assert.deepEqual(changeOf(15, 10), { by: 5, percent: 50 })
  assert.deepEqual(changeOf(5, 0), { by: 5, percent: null })
})

test('only what is wrong or waits has a tone', () => {
  assert.equal(toneOf('resolved-late', 1), 'late')
  assert.equal(toneOf('resolved-late', 0), undefined)
  assert.equal(toneOf('open-waiting', 3), 'waiting')
  assert.equal(toneOf('resolved-early', 3), undefined)
})
