import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { Questionnaire } from './contract.ts'
import { partsOf } from './print.ts'
import { templates } from './templates.ts'

const { commune, sipas } = templates as Record<'commune' | 'sipas', Questionnaire>

test('the 22 criteria of the five factors stand in one table of the printed ballot', () => {
  const parts = partsOf(sipas)
  const grids = parts.flatMap((part) => (part.kind === 'grid' ? [part] : []))
  assert.equal(grids.length, 1)
  const rows = grids[0]?.rows ?? []
  assert.deepEqual(
    [rows.filter(({ kind }) => kind === 'factor').length, rows.filter(({ kind }) => kind === 'question').length],
    [5, 22],
  )
  // Numbered as on the screen where the ballot is typed in.
  const numbers = parts.flatMap((part) =>
    part.kind === 'grid' ? part.rows.flatMap((row) => (row.kind === 'question' ? [row.number] : [])) : [part.number],
  )
  assert.deepEqual(
    numbers,
    sipas.questions.map((_question, index) => index + 1),
  )
})

test('whom a question is for is said beside it', () => {
  const apology = partsOf(sipas).find((part) => part.kind === 'choice' && part.text.includes('xin lỗi'))
  assert.match(apology?.kind === 'choice' ? apology.note : '', /^chỉ trả lời nếu câu 28 chọn: Có$/)
  assert.ok(partsOf(commune).every((part) => part.kind === 'choice' && part.note === ''))
})
