import assert from 'node:assert/strict'
import { test } from 'node:test'
import { checkVersion } from '../check.ts'
import { aVersion } from '../testing.ts'
import { vi } from '../text.vi.ts'
import {
  emptyVersion,
  findingsAt,
  keyFrom,
  movedUp,
  nextVersion,
  pointerWords,
  replaced,
  stateOf,
} from './version-view.ts'

test('the next version begins tomorrow with the parts of today', () => {
  const next = nextVersion(aVersion({ validTo: '2026-12-31' }), '2026-11-22')
  assert.deepEqual([next.validFrom, next.validTo], ['2026-11-23', null])
  assert.deepEqual(checkVersion(next).findings, [])
})

test('an empty procedure has the right shape: what it lacks are texts, not parts', () => {
  const { findings } = checkVersion(emptyVersion('2026-11-22'))
  assert.ok(findings.length > 0)
  assert.deepEqual(
    findings.filter(({ about }) => about.startsWith('required') || about.startsWith('type')),
    [],
  )
})

test('a version is in force, not yet, or ended', () => {
  const validity = { validFrom: '2026-01-01', validTo: '2026-06-30' }
  assert.deepEqual(
    ['2025-12-31', '2026-06-30', '2026-07-01'].map((day) => stateOf(validity, day)),
    ['notYet', 'inForce', 'ended'],
  )
})

test('findings are gathered below a part and say their place in words', () => {
  const finding = (pointer: string) => ({ pointer, code: 'x', severity: 'error' as const, words: 'x' })
  assert.equal(
    findingsAt([finding('/results'), finding('/results/0/name'), finding('/resultsOf')], '/results').length,
    2,
  )
  assert.equal(pointerWords('/cases/0/components/1/condition', vi.web), 'Trường hợp 1 › Giấy tờ 2 › Khi nào phải nộp')
  assert.equal(pointerWords('/shortName', vi.web), 'Tên ngắn, thường gọi')
  assert.equal(pointerWords('/results/0/name', vi.web), 'Kết quả 1')
  assert.equal(pointerWords('/xa-la', vi.web), 'xa-la')
})

test('lists are changed without touching the old one', () => {
  const list = ['a', 'b', 'c']
  assert.deepEqual(replaced(list, 1, 'x'), ['a', 'x', 'c'])
  assert.deepEqual(movedUp(list, 2), ['a', 'c', 'b'])
  assert.deepEqual(movedUp(list, 0), list)
  assert.deepEqual(movedUp(list, 9), list)
  assert.equal(keyFrom(['dang', 'ky'], ['dang-ky']), 'dang-ky-2')
  assert.equal(keyFrom([], []), 'muc')
})
