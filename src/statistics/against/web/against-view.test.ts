import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { Line } from '../contract.ts'
import { countLines, linesShown, readShow, verdictOf } from './against-view.ts'

const line = (key: string, more: Partial<Line>): Line => ({
  key,
  place: '',
  words: key,
  value: 1,
  unit: '',
  decimals: 0,
  standing: 'alone',
  should: null,
  proof: null,
  note: null,
  ours: null,
  ...more,
})
const ours = (value: number) => ({ value, parts: [], ofParts: [] })
const lines = [
  line('same', { ours: ours(1) }),
  line('survey', {}),
  line('odd', { standing: 'contradicted', ours: ours(2) }),
  line('rests', { standing: 'rests', ours: ours(2) }),
  line('differs', { standing: 'holds', ours: ours(2) }),
]

test('a line says how it stands', () => {
  assert.deepEqual(lines.map(verdictOf), ['same', 'not-recorded', 'contradicted', 'rests', 'differs'])
})

test('one sees everything, what does not fit, or what the records hold', () => {
  const shown = (text: string) => linesShown(lines, readShow(text)).map(({ key }) => key)
  assert.equal(shown('?').length, 5)
  assert.deepEqual(shown('odd'), ['odd', 'rests', 'differs'])
  assert.deepEqual(shown('records'), ['same', 'odd', 'rests', 'differs'])
  assert.deepEqual(countLines(lines), { same: 1, odd: 1 })
})
