import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { FormItem } from '../contract.ts'
import { shippedForm } from '../testing.ts'
import {
  chosenBy,
  clausesIn,
  conditionOf,
  earlierFields,
  keyAt,
  keyFromLabel,
  modeOf,
  newClause,
  newestOf,
  operatorOf,
  operatorsFor,
} from './form-view.ts'

const form = shippedForm('birth')
const field = (key: string) => {
  const chosen = chosenBy(form, key)
  assert.ok(chosen.kind === 'field')
  return chosen.field
}

test('the list shows the newest version of each form', () => {
  const item = (key: string, version: number) => ({ key, version }) as FormItem
  assert.deepEqual(newestOf([item('a', 2), item('a', 1), item('b', 1)]), [item('a', 2), item('b', 1)])
})

test('a condition is put together from statements and taken apart again', () => {
  const clauses = [newClause(field('requesterRelation')), newClause(field('fatherDeclared'))]
  assert.deepEqual(clauses, [
    { field: 'requesterRelation', is: 'mother' },
    { field: 'fatherDeclared', is: true },
  ])
  assert.equal(conditionOf('always', clauses), undefined)
  assert.equal(conditionOf('all', []), undefined)
  assert.deepEqual(conditionOf('all', clauses.slice(0, 1)), clauses[0])
  for (const mode of ['all', 'any'] as const) {
    const condition = conditionOf(mode, clauses)
    assert.equal(modeOf(condition), mode)
    assert.deepEqual(clausesIn(condition), clauses)
  }
  assert.equal(modeOf(undefined), 'always')
})

test('each comparison that is offered for a question can be begun, and is read again', () => {
  for (const key of ['requesterRelation', 'fatherDeclared', 'copies', 'childName'])
    for (const operator of operatorsFor(field(key))) {
      const clause = newClause(field(key), operator)
      assert.ok(!('caseIn' in clause))
      assert.equal(operatorOf(clause), operator)
    }
  assert.deepEqual(newClause(undefined), { field: '', filled: true })
})

test('a condition may look at what stands before, and within its own group', () => {
  const keys = (key: string) => earlierFields(form, key).map((one) => one.key)
  assert.ok(keys('childSex').includes('childName') && !keys('childSex').includes('childEthnicity'))
  assert.ok(keys('witnessNumber').includes('witnessName') && keys('witnessNumber').includes('proofKind'))
  assert.ok(!keys('copies').includes('witnessName'))
  assert.ok(!keys('mother').includes('motherName') && !keys('father').includes('motherKnown'))
})

test('a finding leads to its question', () => {
  assert.equal(keyAt(form, '/layout/parts/1/title'), 'child')
  assert.equal(keyAt(form, '/layout/parts/1/fields/0/label'), 'childName')
  assert.equal(keyAt(form, '/layout/parts/4/fields/3/fields/1/when'), 'witnessBirthDay')
  assert.equal(keyAt(form, '/source'), null)
  assert.deepEqual([chosenBy(form, 'witnesses').kind, chosenBy(form, null).kind], ['group', 'general'])
})

test('a name for the data is made of the question', () => {
  assert.equal(keyFromLabel('Bạn đến buổi nào?'), 'banDenBuoiNao')
  assert.equal(keyFromLabel('2 người Đức'), 'nguoiDuc')
  assert.equal(keyFromLabel('???'), '')
})
