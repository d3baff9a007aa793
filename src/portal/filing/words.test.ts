import assert from 'node:assert/strict'
import { test } from 'node:test'
import { refusalWords } from './words.ts'

test('whoever cannot file is told why in words, not in a code', () => {
  for (const code of ['unfinished', 'closed']) {
    assert.match(refusalWords('vi', code) ?? '', /ở đây|Tiếp tục/, code)
    assert.match(refusalWords('en', code) ?? '', /here|Continue/, code)
  }
  assert.equal(refusalWords('vi', 'nobody-knows'), undefined)
})
