import assert from 'node:assert/strict'
import { test } from 'node:test'
import { shippedForms } from '../data/forms.ts'
import { compareCell, readNumber } from './report-view.ts'
import { readChoices, readTerms, writeChoices, writeTerms } from './terms.ts'

test('numbers are read as Vietnamese officials write them', () => {
  const read = ['', ' 07 ', '1.234', '1.234.567', '12,5', '1.234,5', '12.5', '1 234'].map(readNumber)
  assert.deepEqual(read, [null, 7, 1234, 1_234_567, 12.5, 1234.5, 12.5, 1234])
  assert.deepEqual(
    ['abc', '-1', '1,2,3', '12.34.5', '1e5'].map(readNumber),
    Array.from({ length: 5 }, () => undefined),
  )
})

test('the sides of every check are written so that they can be read again', () => {
  for (const { form, checks } of shippedForms)
    for (const { code, left, right } of checks) {
      assert.deepEqual(readTerms(writeTerms(left)), left, `${form} ${code}`)
      assert.deepEqual(readTerms(writeTerms(right)), right, `${form} ${code}`)
    }
  assert.equal(readTerms('4.2 +'), undefined)
  assert.equal(readTerms('bm 4'), undefined)
})

test('choices are typed as the form prints them', () => {
  const choices = [
    { value: 0, label: 'Không' },
    { value: 1, label: 'Có' },
  ]
  assert.deepEqual(readChoices(writeChoices(choices)), choices)
  assert.equal(readChoices('Không; Có'), undefined)
})

test('a change needs both numbers', () => {
  const cell = (value: number | null) => ({ row: '1', value, state: 'value' as const, source: 'manual' as const })
  assert.deepEqual(compareCell(cell(5), cell(3)), { value: 3, change: 2 })
  assert.deepEqual(compareCell(cell(null), cell(3)), { value: 3, change: null })
  assert.deepEqual(compareCell(cell(5), undefined), { value: null, change: null })
})
