import assert from 'node:assert/strict'
import { test } from 'node:test'
import { emptyMarks, isMarked, placesIn, textOf, toggle, toMarks, withoutNote } from './marks-view.ts'

const field = { kind: 'field', target: 'children.0.name' } as const
const paper = { kind: 'paper', target: 'birth-notice' } as const

test('a place is ticked and unticked, each on its own', () => {
  const both = toggle(toggle(emptyMarks, field), paper)
  assert.deepEqual([isMarked(both, field), isMarked(both, paper)], [true, true])
  const one = toggle(both, field)
  assert.deepEqual([isMarked(one, field), isMarked(one, paper)], [false, true])
})

test('what is sent names kind and place, and a tick without a word is told', () => {
  const draft = { ...emptyMarks, notes: { 'field children.0.name': ' Viết hoa ', 'paper birth-notice': '' } }
  assert.deepEqual(withoutNote(draft), ['paper birth-notice'])
  assert.deepEqual(toMarks(draft), [
    { ...field, note: 'Viết hoa' },
    { ...paper, note: '' },
  ])
})

test('values are compared as they read', () => {
  assert.equal(textOf(null), '')
  assert.equal(textOf({ text: 'An' }), 'An')
  assert.equal(textOf({ files: [{ fileId: 'a', name: 'x.pdf' }] }), 'a')
})

test('a field is named with its part, so that two names are told apart', () => {
  const line = (path: string) => ({ path, label: 'Họ, chữ đệm, tên', element: null, value: 'An' })
  const parts = [
    { partKey: 'requester', title: 'Người yêu cầu', lines: [line('requester.name')] },
    { partKey: 'child', title: 'Người được khai sinh', lines: [line('child.name')] },
  ]
  const filled = { parts } as NonNullable<Parameters<typeof placesIn>[0]['filled']>
  assert.deepEqual(
    [...placesIn({ filled, papers: [] }).values()],
    ['Người yêu cầu: Họ, chữ đệm, tên', 'Người được khai sinh: Họ, chữ đệm, tên'],
  )
})
