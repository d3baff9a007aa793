import assert from 'node:assert/strict'
import { test } from 'node:test'
import { Value } from 'typebox/value'
import { CommandInput, type ComponentView, type DossierView } from '../contract.ts'
import { type Draft, changedComponents, emptyDraft, fieldsOf, toCommand } from './command-form.ts'
import type { CommandType } from './dossier-view.ts'

const me = { officerId: 7, units: [3] }
const today = '2026-11-20'

const component = (key: string, change: Partial<ComponentView> = {}): ComponentView => ({
  key,
  name: `Giấy ${key}`,
  officialForm: null,
  need: 'required',
  ways: [],
  originals: 1,
  copies: 0,
  given: false,
  form: 'original',
  count: 0,
  digital: null,
  files: [],
  ...change,
})

const step = {
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
}

const aView = (change: Partial<DossierView> = {}): DossierView => ({
  dossierId: '019a0000-0000-7000-8000-000000000001',
  agencyId: 1,
  agencyName: 'Xã Mẫu',
  code: 'H99.01-261120-0001',
  version: 3,
  status: 'processing',
  nationalStatus: 4,
  procedure: {
    code: '1.001193',
    name: 'Đăng ký khai sinh',
    shortName: 'Khai sinh',
    caseKey: 'c',
    caseName: '',
    field: 'ho-tich',
    fieldName: 'Hộ tịch',
    versionId: 1,
    citation: 'Luật Hộ tịch số 60/2014/QH13',
  },
  contactPhone: null,
  channel: 'counter',
  assisted: false,
  law: null,
  sets: 1,
  lodgedAt: '2026-11-20T01:30:00.000Z',
  acceptBy: null,
  receivedAt: '2026-11-20T01:30:00.000Z',
  clockStartedAt: null,
  forwardBy: null,
  completeBy: null,
  finishedAt: null,
  returnedAt: null,
  outcome: null,
  due: { original: null, current: null, timeliness: 'open', explanation: null, sentences: [] },
  delivery: 'counter',
  persons: [],
  components: [component('a', { given: true, count: 1 }), component('b')],
  fee: { lines: [], due: 8000, paid: 8000, refunded: 0, unset: [] },
  open: [step],
  stages: [
    [{ key: 'check', kind: 'examine', name: 'Kiểm tra', unitName: '', agencyName: '', minutes: 0, state: 'done' }],
    [{ key: 'examine', kind: 'examine', name: 'Thẩm định', unitName: '', agencyName: '', minutes: 0, state: 'open' }],
  ],
  opinions: [
    {
      opinionId: '019a0000-0000-7000-8000-0000000000aa',
      agencyId: 1,
      unitId: 3,
      unitName: 'Địa chính',
      answerBy: today,
      answered: false,
    },
  ],
  result: null,
  correction: null,
  timeline: [],
  commands: [],
  forms: [],
  mayReveal: false,
  mayHandle: true,
  ...change,
})

/** A form filled in as a careful officer would. */
const filled = (type: CommandType, view: DossierView, change: Partial<Draft> = {}): Draft => ({
  ...emptyDraft(type, view, me, today),
  key: 'examine',
  toKey: 'check',
  officer: '7',
  opinionId: '019a0000-0000-7000-8000-0000000000aa',
  agency: '1',
  unit: '3',
  reason: 'Lý do',
  basis: 'Điều 17',
  answerBy: today,
  newDay: '2026-11-25',
  cause: 'own-agency',
  amount: 5000,
  documentNumber: '12',
  ...change,
})

const types: CommandType[] = [
  'receive', 'refuseReceipt', 'requestSupplement', 'acceptSupplement', 'forward', 'completeStep', 'sendBack', 'assign',
  'askOpinion', 'answerOpinion', 'requirePayment', 'confirmPayment', 'collectFee', 'refundFee', 'extend', 'apologise',
  'recordComponents', 'signResult', 'withdraw', 'stop', 'closeUnsupplemented', 'returnResult', 'requestCorrection', 'issueCorrection',
] // prettier-ignore

test('every filled form becomes a command that the server’s schema takes', () => {
  for (const type of types) {
    const view = aView()
    const draft = filled(type, view)
    const components = draft.components.map((each) => ({ ...each, given: true, chosen: true }))
    const command = toCommand(type, { ...draft, components }, view)
    assert.ok(command.ok, `${type}: ${JSON.stringify(command)}`)
    assert.ok(Value.Check(CommandInput, command.value), `${type}: ${JSON.stringify(command.value)}`)
    assert.equal(command.value.type, type)
  }
})

test('what the law wants written is asked for before it is sent', () => {
  const view = aView()
  for (const type of [
    'refuseReceipt',
    'sendBack',
    'withdraw',
    'stop',
    'extend',
    'apologise',
    'requestCorrection',
  ] as const) {
    const command = toCommand(type, filled(type, view, { reason: '  ' }), view)
    assert.ok(!command.ok && command.refusal.some(({ field, code }) => field === 'reason' && code === 'required'), type)
  }
})

test('a refusal needs its reason and basis, a grant does not', () => {
  const view = aView()
  const draft = { reason: '', basis: '' }
  assert.ok(toCommand('signResult', filled('signResult', view, draft), view).ok)
  const refused = toCommand('signResult', filled('signResult', view, { ...draft, outcome: 'refused' }), view)
  assert.deepEqual(refused.ok ? [] : refused.refusal.map(({ field }) => field), ['reason', 'basis'])
  assert.ok(!fieldsOf('signResult', { outcome: 'granted' }).includes('reason'))
})

test('the number is asked of the clerk who registers, of the signer only where nobody does', () => {
  const [check, examine] = aView().stages
  const register = [{ ...step, key: 'register', kind: 'register', name: 'Vào sổ', minutes: 0, state: 'ahead' as const }]
  const registered = aView({ stages: [check ?? [], examine ?? [], register] })
  assert.ok(!fieldsOf('signResult', { outcome: 'granted' }, registered).includes('documentNumber'))
  assert.ok(fieldsOf('signResult', { outcome: 'refused' }, registered).includes('documentNumber'))
  assert.ok(fieldsOf('signResult', { outcome: 'granted' }, aView()).includes('documentNumber'))
  const asked = (kind: string) =>
    fieldsOf('completeStep', { outcome: 'granted', key: step.key }, aView({ open: [{ ...step, kind }] }))
  assert.deepEqual(asked('examine'), ['step', 'draftFile', 'reason'])
  assert.deepEqual(asked('register'), ['step', 'resultNumber', 'reason'])
})

test('a result has a number or is said to have none; an electronic one has its file', () => {
  const view = aView()
  const asked = (type: 'signResult' | 'returnResult', draft: Partial<Draft>, of = view) => {
    const command = toCommand(type, filled(type, of, { documentNumber: '', ...draft }), of)
    return command.ok ? [] : command.refusal.map(({ field }) => field)
  }
  assert.deepEqual(asked('signResult', { electronic: true }), ['documentNumber', 'file'])
  assert.deepEqual(asked('signResult', { electronic: false, unnumbered: true }), [])
  const signed = { number: null, fileId: null, signedBy: 'Trần Thị Mai', electronic: false }
  const granted = aView({ outcome: 'granted', result: signed })
  assert.deepEqual(asked('returnResult', { delivery: 'counter' }, granted), ['resultNumber'])
  assert.deepEqual(asked('returnResult', { delivery: 'online', documentNumber: '7' }, granted), ['file'])
  const file = { fileId: 'f', name: 'ket-qua.pdf' }
  const draft = { delivery: 'online', documentNumber: '7', file } as const
  const command = toCommand('returnResult', filled('returnResult', granted, draft), granted)
  assert.ok(command.ok && command.value.type === 'returnResult')
  assert.deepEqual([command.value.documentNumber, command.value.fileId], ['7', 'f'])
  const recorded = aView({ outcome: 'granted', result: { ...signed, number: '7', fileId: 'f' } })
  assert.deepEqual(asked('returnResult', { delivery: 'online' }, recorded), [])
  assert.deepEqual(asked('returnResult', { delivery: 'counter' }, aView({ outcome: null })), [])
})

test('only papers about which something changed are recorded', () => {
  const view = aView()
  const draft = emptyDraft('recordComponents', view, me, today)
  assert.deepEqual(changedComponents(draft, view), [])
  const command = toCommand('recordComponents', draft, view)
  assert.ok(!command.ok && command.refusal[0]?.code === 'nothingChanged')
  const looked = draft.components.map((each) => (each.key === 'b' ? { ...each, way: 'data' as const } : each))
  assert.deepEqual(
    changedComponents({ components: looked }, view).map(({ key, way }) => [key, way]),
    [['b', 'data']],
  )
  const given = looked.map((each) => ({ ...each, given: true }))
  const recorded = toCommand('recordComponents', { ...draft, components: given }, view)
  assert.ok(recorded.ok && recorded.value.type === 'recordComponents')
  assert.ok(
    recorded.value.components.every((each) => !('way' in each)),
    'what is there has no other way',
  )
  const components = draft.components.map((each) => (each.key === 'b' ? { ...each, given: true } : each))
  assert.deepEqual(
    changedComponents({ components }, view).map(({ key }) => key),
    ['b'],
  )
})

test('a supplement names each paper with what is to be done', () => {
  const view = aView()
  const draft = filled('requestSupplement', view)
  const components = draft.components.map((each) => ({ ...each, chosen: each.key === 'b', change: 'Nộp bản chính' }))
  const command = toCommand('requestSupplement', { ...draft, components }, view)
  assert.deepEqual(command.ok && command.value, {
    type: 'requestSupplement',
    details: { reason: 'Lý do', basis: 'Điều 17', items: [{ paper: 'Giấy b', change: 'Nộp bản chính' }] },
    componentKeys: ['b'],
  })
})

test('of a supplement only what came in is ticked, and the papers asked for stand first', () => {
  const asked = {
    version: 2, type: 'supplementRequested', occurredAt: '', recordedAt: '', source: 'officer', officerName: null,
    postTitle: null, onBehalfOfName: null,
    aboutName: null, details: null, changes: [], event: { componentKeys: ['b'] },
  } // prettier-ignore
  const view = aView({ status: 'awaitingSupplement', timeline: [asked] })
  const draft = emptyDraft('acceptSupplement', view, me, today)
  assert.deepEqual(
    draft.components.map(({ key, chosen }) => [key, chosen]),
    [
      ['b', false],
      ['a', false],
    ],
  )
  const command = toCommand('acceptSupplement', draft, view)
  assert.ok(!command.ok && command.refusal[0]?.code === 'chooseOne')
})

test('no more is refunded than was paid', () => {
  const view = aView()
  const command = toCommand('refundFee', filled('refundFee', view, { amount: 9000 }), view)
  assert.ok(!command.ok && command.refusal[0]?.code === 'tooHigh')
})
