import assert from 'node:assert/strict'
import { test } from 'node:test'
import { en } from './text.en.ts'
import { vi } from './text.vi.ts'

test('both languages word the same things', () => {
  for (const part of ['refusals', 'purposes'] as const) {
    assert.deepEqual(Object.keys(en[part]), Object.keys(vi[part]))
    for (const words of [...Object.values(en[part]), ...Object.values(vi[part])]) assert.ok(words.length > 3)
  }
})
