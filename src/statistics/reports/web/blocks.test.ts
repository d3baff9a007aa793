import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { Run } from '../contract.ts'
import { count } from '../rules/sentence.ts'
import { addAfter, emptyPassage, freshId, moveBlock, removeBlock } from './blocks.ts'
import { replaceTyped } from './replace-typed.ts'

const body = {
  template: 'periodic' as const,
  blocks: [
    { id: 'a', kind: 'heading' as const, level: 1 as const, text: 'Một' },
    { id: 'b', kind: 'passage' as const, hint: 'Viết' },
    { id: 'c', kind: 'page-break' as const },
  ],
  annexes: [],
}

test('a typed number gives way to a live one, and the words around it stay', () => {
  const typed: Run[][] = [[{ text: 'Đã nhận 523 hồ sơ, trong đó 12 hồ sơ trễ.' }]]
  assert.deepEqual(replaceTyped(typed, '523 hồ sơ', count('received')), [
    [{ text: 'Đã nhận ' }, { field: count('received') }, { text: ' hồ sơ, trong đó 12 hồ sơ trễ.' }],
  ])
})

test('parts of a report move, come and go', () => {
  assert.deepEqual(
    moveBlock(body, 'b', -1).blocks.map(({ id }) => id),
    ['b', 'a', 'c'],
  )
  assert.deepEqual(moveBlock(body, 'a', -1), body)
  const id = freshId(body)
  assert.deepEqual(
    addAfter(body, 'a', emptyPassage(id)).blocks.map((block) => block.id),
    ['a', id, 'b', 'c'],
  )
  assert.equal(removeBlock(body, 'b').blocks.length, 2)
})
