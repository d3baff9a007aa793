import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { AccountFacts, Answers } from '../contract.ts'
import { shippedForm } from '../testing.ts'
import { checkAnswers, warningsOf } from './check.ts'
import { sparesPaper } from './layout.ts'
import { prefilled } from './persons.ts'

const today = '2026-11-22'
const vouched: AccountFacts = {
  name: 'Nguyễn Thị Thu Hà',
  identityNumber: '036194001234',
  birthDay: '1994-08-12',
  sex: 'female',
}
const extract = shippedForm('civil-extract')
const own: Answers = {
  requesterName: 'Nguyễn thị thu hà',
  requesterBirthDay: '1994-08-12',
  requesterNumber: '036194001234',
  requesterAddress: { unitCode: '14248', place: 'Xã Hải Hưng, Tỉnh Ninh Bình', detail: 'Xóm 5' },
  requesterRelation: 'self',
  recordSex: 'female',
}
const doubts = (answers: Answers, facts: AccountFacts | undefined): string[] =>
  warningsOf(extract, answers, { today, vouched: facts }).map(({ path, words }) => `${path}: ${words.vi}`)

test('what is answered of the vouched-for person is held against what was vouched for', () => {
  assert.deepEqual(doubts(own, vouched), [])
  const [name = '', day = ''] = doubts(
    { ...own, requesterName: 'Nguyễn Thị Hà', requesterBirthDay: '1994-12-08' },
    vouched,
  )
  assert.match(name, /^requesterName: .*Nguyễn Thị Thu Hà/)
  assert.match(day, /^requesterBirthDay: .*12\/08\/1994/)
  assert.deepEqual(doubts({ ...own, requesterName: 'Nguyễn Thị Hà' }, undefined), [])
})

test('somebody else who asks is not held against it', () => {
  const other = { ...own, requesterNumber: '036190000999', requesterBirthDay: '1990-01-01', requesterName: 'Lê Thị Na' }
  assert.deepEqual(doubts(other, vouched), [])
})

test('who asks for their own paper has the sex of their number, and it stands there already', () => {
  const found = checkAnswers(extract, { ...own, recordSex: 'male' }, { today, partKey: 'record' })
  assert.ok(found.some(({ path, words }) => path === 'recordSex' && words.vi.includes('số định danh')))
  const { recordSex, ...blank } = own
  assert.equal(recordSex, 'female')
  assert.equal(prefilled(extract, blank, vouched)['recordSex'], 'female')
  assert.equal(prefilled(extract, { ...blank, requesterRelation: 'child' }, vouched)['recordSex'], undefined)
})

test('a commune without a hamlet is asked about where somebody lives, not where an office is', () => {
  const place = { unitCode: '14248', place: 'Xã Hải Hưng, Tỉnh Ninh Bình', detail: '' }
  assert.match(
    String(doubts({ ...own, requesterAddress: place, registeredAt: place }, vouched)),
    /^requesterAddress: Chưa/,
  )
  assert.deepEqual(
    doubts({ ...own, requesterAddress: { ...place, unitCode: null, place: 'Berlin, Đức' } }, vouched),
    [],
  )
})

test('who asks for their own paper needs no authorisation, who asks for somebody else does', () => {
  assert.equal(sparesPaper(extract, own, 'authorisation'), true)
  assert.equal(sparesPaper(extract, { ...own, requesterRelation: 'spouse' }, 'authorisation'), false)
  assert.equal(sparesPaper(extract, own, 'identity-paper'), false)
})
