import assert from 'node:assert/strict'
import { test } from 'node:test'
import { paperName } from './paper-name.ts'

test('a paper that is sent again has a name of its own', () => {
  const day = '2026-11-23'
  assert.equal(paperName('Giấy chứng sinh.pdf', [], day), 'Giấy chứng sinh.pdf')
  assert.equal(
    paperName('Giấy chứng sinh.pdf', ['giấy chứng sinh.pdf'], day),
    'Giấy chứng sinh (bản 2, 23-11-2026).pdf',
  )
  const taken = ['Giấy chứng sinh.pdf', 'Giấy chứng sinh (bản 2, 23-11-2026).pdf']
  assert.equal(paperName('Giấy chứng sinh.pdf', taken, day), 'Giấy chứng sinh (bản 3, 23-11-2026).pdf')
})
