import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { DossierView, StepView } from '../contract.ts'
import { actionsOf, papersSince, stepsFor, takeable, timeOf } from './dossier-view.ts'

const me = { officerId: 7, units: [3] }

const step = (change: Partial<StepView> = {}): StepView => ({
  key: 'examine',
  kind: 'examine',
  name: 'Thẩm định',
  agencyId: 1,
  agencyName: 'Xã Mẫu',
  unitId: 3,
  unitName: 'Tư pháp',
  officerId: null,
  officerName: null,
  openedAt: '2026-11-20T01:30:00.000Z',
  dueAt: null,
  ...change,
})

type Part = Pick<DossierView, 'status' | 'commands' | 'open' | 'opinions' | 'fee'>
const aView = (change: Partial<Part> = {}): Part => ({
  status: 'processing',
  commands: [],
  open: [step()],
  opinions: [],
  fee: { lines: [], due: 0, paid: 0, refunded: 0, unset: [] },
  ...change,
})
const can = (...types: string[]) => types.map((type) => ({ type, refusal: null }))
const cannot = (type: string, code: string) => ({ type, refusal: { code, detail: `Vì ${code}` } })

test('the next right thing of each state is the primary button', () => {
  const primary = (status: string, ...types: string[]) =>
    actionsOf(aView({ status, commands: can(...types) }), me).primary
  assert.equal(primary('lodged', 'withdraw', 'requestSupplement', 'receive'), 'receive')
  assert.equal(primary('received', 'withdraw', 'forward'), 'forward')
  assert.equal(primary('processing', 'askOpinion', 'completeStep', 'stop'), 'completeStep')
  assert.equal(primary('awaitingSupplement', 'acceptSupplement', 'closeUnsupplemented'), 'closeUnsupplemented')
  assert.equal(primary('resultSigned', 'returnResult'), 'returnResult')
  assert.equal(primary('returned', 'requestCorrection'), null)
})

test('a step of another unit is nobody’s next thing here', () => {
  const view = aView({ open: [step({ unitId: 9 })], commands: can('completeStep') })
  const { primary, others, instead } = actionsOf(view, me)
  assert.equal(primary, null)
  assert.deepEqual(others, [])
  assert.deepEqual(instead, ['completeStep'])
})

test('a fee that is owed comes before the return that it blocks', () => {
  const view = aView({
    status: 'resultSigned',
    open: [step({ kind: 'return', key: 'return' })],
    commands: [cannot('returnResult', 'fee-outstanding'), ...can('collectFee')],
    fee: { lines: [], due: 8000, paid: 0, refunded: 0, unset: [] },
  })
  const { primary, blocked } = actionsOf(view, me)
  assert.equal(primary, 'collectFee')
  assert.deepEqual(
    blocked.map(({ type }) => type),
    ['returnResult'],
  )
})

test('what has no occasion is kept apart from what the law forbids', () => {
  const { blocked, idle } = actionsOf(
    aView({ commands: [cannot('refundFee', 'refund-too-high'), cannot('signResult', 'signer-received-it')] }),
    me,
  )
  assert.deepEqual([blocked.map(({ type }) => type), idle.map(({ type }) => type)], [['signResult'], ['refundFee']])
})

test('every command that the server offers is a button, and none twice', () => {
  const types = ['askOpinion', 'assign', 'recordComponents', 'withdraw', 'stop', 'extend', 'sendBack', 'completeStep']
  const { primary, others } = actionsOf(aView({ commands: can(...types) }), me)
  assert.deepEqual([primary, ...others].toSorted(), types.toSorted())
})

test('an opinion is answered, not completed', () => {
  const opinion = step({ key: 'o-1', kind: 'opinion' })
  const view = aView({
    open: [step(), opinion],
    opinions: [
      { opinionId: 'o-1', agencyId: 1, unitId: 3, unitName: 'Địa chính', answerBy: '2026-11-25', answered: false },
    ],
  })
  assert.deepEqual(stepsFor('answerOpinion', view), [opinion])
  assert.deepEqual(
    stepsFor('completeStep', view).map(({ key }) => key),
    ['examine'],
  )
})

test('only free steps of the own unit can be taken', () => {
  const open = [step({ key: 'a' }), step({ key: 'b', officerId: 8 }), step({ key: 'c', unitId: 4 })]
  assert.deepEqual(
    takeable({ open, commands: can('assign') }, me).map(({ key }) => key),
    ['a'],
  )
  assert.deepEqual(takeable({ open, commands: [] }, me), [])
})

test('the first column says for whom a dossier waits', () => {
  const item = {
    kind: 'examine',
    status: 'processing',
    dueAt: '2026-11-20T10:00:00.000Z',
    stepDueAt: null,
  }
  assert.deepEqual(timeOf(item), { kind: 'due', dueAt: item.dueAt, finishedAt: null })
  assert.deepEqual(timeOf({ ...item, status: 'awaitingSupplement', dueAt: null }), {
    kind: 'awaiting',
    what: 'awaitingSupplement',
  })
  assert.deepEqual(timeOf({ ...item, status: 'awaitingPayment', dueAt: null }), {
    kind: 'awaiting',
    what: 'awaitingPayment',
  })
  assert.deepEqual(timeOf({ ...item, kind: 'return', status: 'resultSigned', dueAt: null }), {
    kind: 'awaiting',
    what: 'awaitingReturn',
  })
})

test('the papers that just arose are those of later versions', () => {
  const forms = ['receipt-2', 'supplement-5', 'control', 'explanation'].map((form) => ({
    form,
    title: form,
    url: form,
  }))
  assert.deepEqual(
    papersSince(forms, 2).map(({ form }) => form),
    ['supplement-5'],
  )
})
