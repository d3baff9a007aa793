import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import { addMinutes, dayOf } from '../../platform/day.ts'
import { evolve, fold, type Dossier, type DossierEvent, type Happened } from './events.ts'
import {
  allowed,
  availableCommands,
  commandsIn,
  decide,
  type CommandType,
  type DossierCommand,
  type Plan,
} from './lifecycle.ts'
import { toRow, toTasks } from './row.ts'
import { factsAt, forwarded, JUSTICE, LEADER, moment, RECEPTION, ref, sign, Story } from './testing.ts'

test('NĐ 118/2025, Điều 18: tiếp nhận sau 15 giờ thì chuyển vào đầu ngày làm việc tiếp theo', () => {
  const early = new Story(moment('2026-11-20 14:59')).do({ type: 'receive' })
  const late = new Story(moment('2026-11-20 15:01')).do({ type: 'receive' })
  assert.equal(dayOf(early.dossier.forwardBy ?? ''), '2026-11-20')
  assert.equal(dayOf(late.dossier.forwardBy ?? ''), '2026-11-23')
})

test('NĐ 118/2025, Điều 17: hồ sơ trực tuyến được tiếp nhận trong 08 giờ làm việc', () => {
  const story = new Story(moment('2026-11-20 16:00'), { lodge: { channel: 'online' } })
  assert.equal(story.dossier.acceptBy, moment('2026-11-23 16:00'))
  assert.equal(new Story(moment('2026-11-20 16:00')).dossier.acceptBy, null)
})

test('DOMAIN §4.5 M: thời hạn tính lại từ đầu sau khi bổ sung, theo NĐ 118/2025', () => {
  const story = forwarded(moment('2026-11-16 09:00'))
  assert.equal(dayOf(story.dossier.dueCurrent ?? ''), '2026-11-19')
  story.do(
    { type: 'requestSupplement', details: ref(), componentKeys: ['to-khai'] },
    { at: moment('2026-11-17 09:00'), by: JUSTICE },
  )
  assert.equal(story.dossier.status, 'awaitingSupplement')
  assert.equal(story.dossier.completeBy, '2026-12-02')
  story.do({ type: 'acceptSupplement', components: [] }, { at: moment('2026-11-20 09:00') })
  assert.equal(dayOf(story.dossier.dueCurrent ?? ''), '2026-11-26')
  assert.equal(story.dossier.dueOriginal, moment('2026-11-19 17:00'))
  assert.deepEqual(
    story.dossier.open.map(({ key }) => key),
    ['examine'],
  )
})

test('trước 01/7/2025 thời gian chờ bổ sung được trừ, không tính lại từ đầu', () => {
  const story = forwarded(moment('2023-02-01 09:00'))
  const before = dayOf(story.dossier.dueCurrent ?? '')
  assert.equal(before, '2023-02-06')
  story.do(
    { type: 'requestSupplement', details: ref(), componentKeys: [] },
    { at: moment('2023-02-02 08:00'), by: JUSTICE },
  )
  assert.equal(story.dossier.completeBy, null)
  assert.equal(
    story.try({ type: 'closeUnsupplemented' }, { at: moment('2023-04-02 08:00') })?.code,
    'no-closing-under-this-law',
  )
  story.do({ type: 'acceptSupplement', components: [] }, { at: moment('2023-02-03 08:00') })
  assert.ok((story.dossier.dueCurrent ?? '') > moment('2023-02-06 17:00'))
  assert.equal(story.dossier.pauses.length, 1)
})

test('yêu cầu bổ sung khi đang giải quyết: một lần, trong 03 ngày làm việc; quá thì ghi là chậm', () => {
  const story = forwarded().do(
    { type: 'requestSupplement', details: ref(), componentKeys: [] },
    { at: moment('2026-11-26 16:00'), by: JUSTICE },
  )
  const [request] = story.events.slice(-1)
  assert.ok(request?.type === 'supplementRequested' && !request.late)
  const slow = forwarded().do(
    { type: 'requestSupplement', details: ref(), componentKeys: [] },
    { at: moment('2026-11-27 08:00'), by: JUSTICE },
  )
  const [late] = slow.events.slice(-1)
  assert.ok(late?.type === 'supplementRequested' && late.late)
  story.do({ type: 'acceptSupplement', components: [] }, { at: moment('2026-11-30 08:00') })
  assert.equal(
    story.try({ type: 'requestSupplement', details: ref(), componentKeys: [] }, { by: JUSTICE })?.code,
    'supplement-already-requested',
  )
})

test('quá 15 ngày không bổ sung thì kết thúc hồ sơ, không sớm hơn', () => {
  const story = forwarded().do(
    { type: 'requestSupplement', details: ref(), componentKeys: [] },
    { at: moment('2026-11-20 10:00'), by: JUSTICE },
  )
  assert.equal(
    story.try({ type: 'closeUnsupplemented' }, { at: moment('2026-12-05 10:00') })?.code,
    'completion-time-still-runs',
  )
  assert.equal(
    story.try({ type: 'acceptSupplement', components: [] }, { at: moment('2026-12-06 10:00') })?.code,
    'supplement-too-late',
  )
  story.do({ type: 'closeUnsupplemented' }, { at: moment('2026-12-06 10:00') })
  assert.equal(story.dossier.status, 'closedUnsupplemented')
  assert.equal(story.dossier.finishedAt, moment('2026-12-06 10:00'))
})

test('bổ sung trước khi tiếp nhận: hồ sơ trở lại chờ tiếp nhận', () => {
  const story = new Story(moment('2026-11-20 08:30'))
    .do({ type: 'requestSupplement', details: ref(), componentKeys: [] })
    .do({
      type: 'acceptSupplement',
      components: [{ key: 'to-khai', given: true, form: 'original', count: 1, digital: 'scanned', files: [] }],
    })
  assert.equal(story.dossier.status, 'lodged')
  assert.equal(story.dossier.components.length, 1)
  story.do({ type: 'receive' })
  assert.equal(story.dossier.status, 'received')
})

test('bổ sung khi chưa chuyển xử lý: hồ sơ trở lại chờ chuyển xử lý tại bộ phận một cửa', () => {
  const story = new Story(moment('2026-11-16 08:30'))
    .do({ type: 'receive' })
    .do({ type: 'requestSupplement', details: ref(), componentKeys: ['to-khai'] })
    .do({ type: 'acceptSupplement', components: [] }, { at: moment('2026-11-20 15:01') })
  assert.equal(story.dossier.status, 'received')
  assert.deepEqual(
    story.dossier.open.map(({ key, unitId }) => [key, unitId]),
    [['forward', 10]],
  )
  // Thời hạn chuyển tính lại từ lúc nhận bổ sung, không phải từ lúc tiếp nhận.
  assert.equal(dayOf(story.dossier.forwardBy ?? ''), '2026-11-23')
  assert.equal(story.dossier.open[0]?.dueAt, story.dossier.forwardBy)
  story.do({ type: 'forward' }, { at: moment('2026-11-20 16:00') })
  const [forwardedEvent] = story.events.slice(-1)
  assert.ok(forwardedEvent?.type === 'forwarded' && !forwardedEvent.late)
  assert.deepEqual(
    story.dossier.open.map(({ key }) => key),
    ['examine'],
  )
})

test('nhật ký cũ tự chuyển hồ sơ khi nhận bổ sung thì dựng lại vẫn như đã ghi', () => {
  const story = new Story(moment('2026-11-16 08:30'))
    .do({ type: 'receive' })
    .do({ type: 'requestSupplement', details: ref(), componentKeys: [] })
  const [examine] = forwarded().dossier.open
  assert.ok(examine)
  const { forwardBy } = story.dossier
  const after = evolve(story.dossier, {
    agencyId: 1,
    event: { type: 'supplementReceived', components: [], dueAt: null, mode: 'reset', opened: [examine] },
    occurredAt: moment('2026-11-17 09:00'),
    officerId: RECEPTION,
    version: story.dossier.version + 1,
  })
  assert.equal(after.status, 'processing')
  assert.deepEqual(after.open, [examine])
  assert.equal(after.forwardBy, forwardBy)
})

test('Điều 16 khoản 3, Điều 17 khoản 2: trước khi tiếp nhận chỉ yêu cầu bổ sung một lần, khi giải quyết thêm một lần', () => {
  const ask = { type: 'requestSupplement', details: ref(), componentKeys: [] } as const
  const story = new Story(moment('2026-11-20 08:30')).do(ask).do({ type: 'acceptSupplement', components: [] })
  assert.equal(story.try(ask)?.code, 'supplement-already-requested-at-intake')
  story.do({ type: 'receive' }).do({ type: 'forward' })
  story.do(ask, { by: JUSTICE }).do({ type: 'acceptSupplement', components: [] })
  assert.equal(story.try(ask, { by: JUSTICE })?.code, 'supplement-already-requested')
})

test('kết quả điện tử phải có tệp khi ký và khi trả; kết quả bằng giấy thì không', () => {
  const fileId = '0190a1b2-0000-7000-8000-000000000001'
  const examined = () =>
    forwarded().do({ type: 'completeStep', key: 'examine', details: null, resultNumber: null }, { by: JUSTICE })
  assert.equal(
    examined().try(sign({ electronic: true }), { at: moment('2026-11-23 09:00'), by: LEADER })?.code,
    'result-file-missing',
  )
  const story = examined().do(sign(), { at: moment('2026-11-23 09:00'), by: LEADER })
  story.do({ type: 'completeStep', key: 'register', details: null, resultNumber: null })
  const give = { type: 'returnResult', recipient: null, details: null } as const
  for (const delivery of ['online', 'counter-and-online'] as const)
    assert.equal(story.try({ ...give, delivery })?.code, 'result-file-missing')
  story.do({ ...give, delivery: 'online', fileId, documentNumber: '12/GXN' })
  assert.equal(story.dossier.status, 'returned')
  assert.deepEqual([story.dossier.resultFileId, story.dossier.resultNumber], [fileId, '12/GXN'])
})

test('xin lỗi và gia hạn: một lần, trước hạn ít nhất 01 ngày, sang một ngày làm việc sau đó', () => {
  const extend = (newDay: string) => ({ type: 'extend', newDay, cause: 'own-agency', details: ref() }) as const
  const story = forwarded()
  assert.equal(dayOf(story.dossier.dueCurrent ?? ''), '2026-11-26')
  assert.equal(story.try(extend('2026-11-26'), { by: LEADER })?.code, 'extension-not-later')
  assert.equal(story.try(extend('2062-11-30'), { by: LEADER })?.code, 'day-too-far')
  assert.equal(story.try(extend('2026-11-28'), { by: LEADER })?.code, 'not-a-working-day')
  assert.equal(
    story.try(extend('2026-11-30'), { at: moment('2026-11-26 08:00'), by: LEADER })?.code,
    'extension-too-late',
  )
  story.do(extend('2026-11-30'), { at: moment('2026-11-25 16:00'), by: LEADER })
  assert.equal(story.dossier.dueCurrent, moment('2026-11-30 17:00'))
  assert.equal(story.try(extend('2026-12-02'), { by: LEADER })?.code, 'extension-used')
})

test('khi đã quá hạn: văn bản xin lỗi hẹn ngày mới nhưng hồ sơ vẫn là quá hạn', () => {
  const apologise = (newDay: string) => ({ type: 'apologise', newDay, cause: 'own-agency', details: ref() }) as const
  const story = forwarded()
  assert.equal(story.try(apologise('2026-11-30'), { at: moment('2026-11-26 16:59'), by: LEADER })?.code, 'not-late-yet')
  assert.equal(
    story.try(apologise('2026-11-26'), { at: moment('2026-11-27 08:00'), by: LEADER })?.code,
    'apology-day-past',
  )
  assert.equal(
    story.try(apologise('2026-11-29'), { at: moment('2026-11-27 08:00'), by: LEADER })?.code,
    'not-a-working-day',
  )
  story.do(apologise('2026-11-30'), { at: moment('2026-11-27 08:00'), by: LEADER })
  assert.equal(story.dossier.dueCurrent, moment('2026-11-26 17:00'))
  assert.equal(story.dossier.apologies.length, 1)
  assert.equal(story.try(apologise('2026-12-01'), { by: LEADER })?.code, 'apology-used')
})

test('người tiếp nhận không ký kết quả; ngày ký không ở tương lai và không trước ngày tiếp nhận', () => {
  const story = forwarded().do(
    { type: 'completeStep', key: 'examine', details: null, resultNumber: null },
    { at: moment('2026-11-23 09:00'), by: JUSTICE },
  )
  assert.equal(story.try(sign(), { by: RECEPTION })?.code, 'signer-received-it')
  assert.equal(story.try(sign({ signedOn: '2026-11-24' }), { by: LEADER })?.code, 'signed-in-future')
  assert.equal(story.try(sign({ signedOn: '2026-11-19' }), { by: LEADER })?.code, 'signed-before-receipt')
  assert.equal(story.try(sign({ key: 'register' }), { by: LEADER })?.code, 'step-not-open')
  assert.equal(story.try(sign({ outcome: 'refused' }), { by: LEADER })?.code, 'refusal-needs-reason')
  assert.equal(
    story.try({ type: 'completeStep', key: 'sign', details: null, resultNumber: null }, { by: LEADER })?.code,
    'step-not-open',
  )
  story.do(sign(), { by: LEADER })
  assert.equal(story.dossier.status, 'resultSigned')
  assert.deepEqual(
    story.dossier.open.map(({ key }) => key),
    ['register'],
  )
  assert.equal(
    story.try({ type: 'returnResult', delivery: 'counter', recipient: null, details: null })?.code,
    'step-not-open',
  )
  story.do({ type: 'completeStep', key: 'register', details: null, resultNumber: '15/QĐ-UBND' })
  assert.equal(story.dossier.resultNumber, '15/QĐ-UBND')
  assert.equal(
    story.try({ type: 'completeStep', key: 'return', details: null, resultNumber: null })?.code,
    'step-not-open',
  )
  story.do({ type: 'returnResult', delivery: 'counter', recipient: ref(), details: null })
  assert.equal(story.dossier.status, 'returned')
})

test('từ chối giải quyết bằng văn bản có lý do; kết quả về Bộ phận Một cửa để trả', () => {
  const story = forwarded().do(
    { type: 'completeStep', key: 'examine', details: ref(), resultNumber: null },
    { at: moment('2026-11-23 09:00'), by: JUSTICE },
  )
  story.do(sign({ outcome: 'refused', details: ref() }), { by: LEADER })
  assert.equal(story.dossier.outcome, 'refused')
  assert.deepEqual(
    story.dossier.open.map(({ kind }) => kind),
    ['return'],
  )
})

test('rút và dừng: giấy tờ trả lại tại quầy; trước khi tiếp nhận thì không có gì để trả', () => {
  assert.equal(forwarded().do({ type: 'withdraw', details: ref() }).dossier.open[0]?.kind, 'return')
  assert.equal(forwarded().do({ type: 'stop', details: ref() }, { by: LEADER }).dossier.status, 'stopped')
  assert.deepEqual(new Story(moment('2026-11-20 08:30')).do({ type: 'withdraw', details: ref() }).dossier.open, [])
  assert.equal(
    new Story(moment('2026-11-20 08:30')).do({ type: 'refuseReceipt', details: ref() }).dossier.status,
    'notReceived',
  )
})

test('trả lại bước trước mở lại bước đó và xóa các bước sau', () => {
  const story = forwarded().do(
    { type: 'completeStep', key: 'examine', details: null, resultNumber: null },
    { by: JUSTICE },
  )
  assert.equal(
    story.try({ type: 'sendBack', key: 'sign', toKey: 'register', details: ref() }, { by: LEADER })?.code,
    'step-not-before',
  )
  assert.equal(
    story.try({ type: 'sendBack', key: 'sign', toKey: 'nothing', details: ref() }, { by: LEADER })?.code,
    'step-unknown',
  )
  assert.equal(
    story.try({ type: 'sendBack', key: 'examine', toKey: 'examine', details: ref() }, { by: LEADER })?.code,
    'step-not-open',
  )
  story.do({ type: 'sendBack', key: 'sign', toKey: 'examine', details: ref() }, { by: LEADER })
  assert.deepEqual(
    story.dossier.open.map(({ key }) => key),
    ['examine'],
  )
  assert.deepEqual(story.dossier.done, [])
  assert.equal(
    forwarded().try({ type: 'sendBack', key: 'examine', toKey: 'examine', details: ref() })?.code,
    'step-not-before',
  )
})

test('lấy ý kiến: hạn trả lời, trả lời muộn được ghi; chờ ý kiến thì chưa ký', () => {
  const story = forwarded()
  const ask = (answerBy: string) =>
    ({ type: 'askOpinion', opinionId: 'o-1', agencyId: 7, unitId: 70, answerBy, details: ref() }) as const
  assert.equal(story.try(ask('2026-11-19'), { by: JUSTICE })?.code, 'apology-day-past')
  assert.equal(story.try({ type: 'answerOpinion', opinionId: 'o-1', details: ref() })?.code, 'opinion-answered')
  story.do(ask('2026-11-23'), { by: JUSTICE })
  assert.deepEqual(story.dossier.participants, [7])
  assert.equal(
    story.try({ type: 'completeStep', key: 'o-1', details: null, resultNumber: null })?.code,
    'opinion-unknown',
  )
  assert.equal(story.try({ type: 'answerOpinion', opinionId: 'o-2', details: ref() })?.code, 'opinion-unknown')
  story.do({ type: 'completeStep', key: 'examine', details: null, resultNumber: null }, { by: JUSTICE })
  assert.equal(story.try(sign({ signedOn: '2026-11-20' }), { by: LEADER })?.code, 'opinion-outstanding')
  story.do({ type: 'answerOpinion', opinionId: 'o-1', details: ref() }, { at: moment('2026-11-25 08:00'), by: 50 })
  const answered = story.events.at(-1)
  assert.ok(answered?.type === 'opinionAnswered' && answered.late)
  assert.equal(story.try({ type: 'answerOpinion', opinionId: 'o-1', details: ref() })?.code, 'opinion-answered')
})

test('nghĩa vụ tài chính: đồng hồ dừng, còn nợ thì chưa xác nhận và chưa trả kết quả', () => {
  const story = forwarded().do({ type: 'requirePayment', amount: 50_000, payBy: null, details: ref() }, { by: JUSTICE })
  assert.equal(story.dossier.status, 'awaitingPayment')
  assert.equal(story.try({ type: 'confirmPayment' })?.code, 'fee-outstanding')
  story.do({ type: 'collectFee', method: 'cash', receiptNumber: '1' })
  assert.equal(story.try({ type: 'collectFee', method: 'cash', receiptNumber: '1' })?.code, 'nothing-to-pay')
  story.do({ type: 'confirmPayment' }, { at: moment('2026-11-25 08:30') })
  assert.equal(story.dossier.status, 'processing')
  assert.ok((story.dossier.dueCurrent ?? '') > moment('2026-11-26 17:00'))
  assert.equal(story.try({ type: 'refundFee', amount: 60_000, details: ref() })?.code, 'refund-too-high')
  story.do({ type: 'refundFee', amount: 50_000, details: ref() })
  assert.equal(story.try({ type: 'refundFee', amount: 1, details: ref() })?.code, 'refund-too-high')
})

test('thu từng phần, ngân hàng thu hồi, miễn giảm: số còn nợ luôn đúng', () => {
  const story = forwarded(moment('2026-11-20 08:30'), {
    lodge: { fees: [{ name: 'Lệ phí', kind: 'charge', amount: 100, basis: '' }] },
  })
  const pay = (amount: number) => ({ type: 'collectFee', method: 'transfer', receiptNumber: null, amount }) as const
  assert.equal(story.try(pay(101))?.code, 'amount-too-high')
  story.do(pay(40))
  assert.equal(story.dossier.feePaid, 40)
  assert.equal(story.try({ type: 'waiveFee', amount: 61, details: ref() })?.code, 'amount-too-high')
  story.do({ type: 'waiveFee', amount: 30, details: ref() }).do(pay(30))
  assert.equal(story.try(pay(1))?.code, 'nothing-to-pay')
  assert.equal(story.try({ type: 'reverseFee', amount: 71, details: ref() })?.code, 'amount-too-high')
  story.do({ type: 'reverseFee', amount: 70, details: ref() })
  assert.deepEqual([story.dossier.feeDue, story.dossier.feePaid], [70, 0])
  story.do({ type: 'collectFee', method: 'cash', receiptNumber: null })
  assert.equal(story.dossier.feePaid, 70)
})

test('Luật Phí và lệ phí: mức thu nhập sau được tính lại một lần; đã nộp đủ hoặc bị từ chối thì không', () => {
  const line = (name: string, amount: number, basis = '') => ({ name, kind: 'charge' as const, amount, basis })
  const start = moment('2026-11-20 08:30')
  const lodge = { fees: [line('Phí', 100), line('Lệ phí', 0)] }
  const recountedFees = [line('Phí', 100), line('Lệ phí', 8000, 'Nghị quyết 12')]
  const recount = { type: 'recountFees' } as const
  assert.equal(forwarded(start, { lodge }).try(recount)?.code, 'no-fee-to-recount')

  const story = forwarded(start, { lodge, facts: { recountedFees } })
    .do({ type: 'waiveFee', amount: 30, details: ref() })
    .do({ type: 'collectFee', method: 'cash', receiptNumber: null, amount: 20 })
    .do(recount)
  assert.deepEqual([story.dossier.feeDue, story.dossier.feePaid], [8070, 20], 'what was waived and paid stays so')
  assert.deepEqual(story.dossier.fees, recountedFees)

  const paid = forwarded(start, { lodge, facts: { recountedFees } }).do({
    type: 'collectFee',
    method: 'cash',
    receiptNumber: null,
  })
  assert.equal(paid.try(recount)?.code, 'fees-final')
  const refused = forwarded(start, { lodge, facts: { recountedFees } })
    .do({ type: 'completeStep', key: 'examine', details: null, resultNumber: null }, { by: JUSTICE })
    .do(sign({ signedOn: '2026-11-20', outcome: 'refused', details: ref() }), { by: LEADER })
  assert.equal(refused.try(recount)?.code, 'fees-final')
})

test('phí chưa thu thì chưa trả kết quả đã cấp', () => {
  const story = forwarded(moment('2026-11-20 08:30'), {
    lodge: { fees: [{ name: 'Lệ phí', kind: 'charge', amount: 8000, basis: '' }] },
  })
    .do({ type: 'completeStep', key: 'examine', details: null, resultNumber: null }, { by: JUSTICE })
    .do(sign({ signedOn: '2026-11-20' }), { by: LEADER })
    .do({ type: 'completeStep', key: 'register', details: null, resultNumber: null })
  assert.equal(
    story.try({ type: 'returnResult', delivery: 'counter', recipient: null, details: null })?.code,
    'fee-outstanding',
  )
})

test('ngày hẹn sau gia hạn lùi theo số ngày làm việc phải chờ', () => {
  const story = forwarded()
    .do({ type: 'extend', newDay: '2026-11-30', cause: 'own-agency', details: ref() }, { by: LEADER })
    .do(
      { type: 'requirePayment', amount: 1000, payBy: null, details: ref() },
      { at: moment('2026-11-23 08:00'), by: JUSTICE },
    )
    .do({ type: 'collectFee', method: 'cash', receiptNumber: null })
    .do({ type: 'confirmPayment' }, { at: moment('2026-11-26 08:00') })
  assert.equal(story.dossier.dueCurrent, moment('2026-12-02 17:00'))
})

test('đính chính trong 03 ngày làm việc, một việc một lúc', () => {
  const story = forwarded()
    .do({ type: 'completeStep', key: 'examine', details: null, resultNumber: null }, { by: JUSTICE })
    .do(sign({ signedOn: '2026-11-20' }), { by: LEADER })
    .do({ type: 'completeStep', key: 'register', details: null, resultNumber: null })
    .do({ type: 'returnResult', delivery: 'counter', recipient: null, details: null })
  assert.equal(
    story.try({ type: 'issueCorrection', documentNumber: null, fileId: null }, { by: LEADER })?.code,
    'no-correction-open',
  )
  story.do({ type: 'requestCorrection', details: ref() })
  assert.equal(story.dossier.correction?.correctBy, '2026-11-26')
  assert.equal(story.try({ type: 'requestCorrection', details: ref() })?.code, 'correction-open')
  story.do(
    { type: 'issueCorrection', documentNumber: '16', fileId: null },
    { at: moment('2026-11-27 08:00'), by: LEADER },
  )
  const issued = story.events.at(-1)
  assert.ok(issued?.type === 'correctionIssued' && issued.late)
  assert.equal(story.dossier.status, 'returned')
  assert.deepEqual(story.dossier.open, [])
})

test('cơ quan khác quyết định sau khi xã đã ký phần mình: quyết định của họ kết thúc việc giải quyết', () => {
  const plan: Plan = [
    [{ key: 'sign', kind: 'sign', minutes: 60, agencyId: 1, unitId: 30 }],
    [{ key: 'department', kind: 'hand-off', minutes: 60, agencyId: 9, unitId: 90 }],
    [{ key: 'return', kind: 'return', minutes: 0, agencyId: 1, unitId: 10 }],
  ]
  const story = forwarded(moment('2026-11-20 08:30'), { facts: { plan } })
  story.do(sign(), { at: moment('2026-11-23 08:00'), by: LEADER })
  assert.equal(story.dossier.status, 'processing')
  story.do({ type: 'completeStep', key: 'department', details: null, resultNumber: '88/QĐ' }, { by: 99 })
  const { status, outcome, finishedAt, resultNumber, signedBy, open } = story.dossier
  assert.deepEqual(
    { status, outcome, finishedAt, resultNumber, signedBy },
    {
      status: 'resultSigned',
      outcome: 'granted',
      finishedAt: moment('2026-11-23 08:00'),
      resultNumber: '88/QĐ',
      signedBy: null,
    },
  )
  assert.deepEqual(
    open.map(({ kind }) => kind),
    ['return'],
  )
  story.do({ type: 'returnResult', delivery: 'counter', recipient: null, details: null })
  assert.equal(story.dossier.status, 'returned')
})

test('các bước song song: bước sau chỉ mở khi mọi bước cùng giai đoạn đã xong', () => {
  const plan: Plan = [
    [
      { key: 'land', kind: 'examine', minutes: 60, agencyId: 1, unitId: 20 },
      { key: 'police', kind: 'hand-off', minutes: 60, agencyId: 9, unitId: 90 },
    ],
    [{ key: 'first-sign', kind: 'sign', minutes: 60, agencyId: 9, unitId: 91 }],
    [{ key: 'sign', kind: 'sign', minutes: 60, agencyId: 1, unitId: 30 }],
  ]
  const story = forwarded(moment('2026-11-20 08:30'), { facts: { plan } })
  assert.deepEqual(
    story.dossier.open.map(({ key }) => key),
    ['land', 'police'],
  )
  assert.deepEqual(story.dossier.participants, [9])
  story.do(
    { type: 'completeStep', key: 'police', details: null, resultNumber: null },
    { at: moment('2026-11-23 16:00') },
  )
  const done = story.events.at(-1)
  assert.ok(done?.type === 'stepCompleted' && done.late && done.opened.length === 0)
  story.do({ type: 'completeStep', key: 'land', details: null, resultNumber: null })
  assert.deepEqual(
    story.dossier.open.map(({ key }) => key),
    ['first-sign'],
  )
  assert.equal(
    story.try({ type: 'completeStep', key: 'first-sign', details: null, resultNumber: null })?.code,
    'step-not-open',
  )
  story.do(sign({ key: 'first-sign' }), { by: 99 })
  assert.equal(story.dossier.status, 'processing', 'a signature in the middle passes the dossier on')
  story.do(sign({ key: 'sign' }), { by: LEADER })
  assert.equal(story.dossier.status, 'resultSigned')
  assert.deepEqual(
    story.dossier.open.map(({ kind }) => kind),
    ['return'],
    'a process without a return step gets one',
  )
})

test('không nhận trường hợp không có thời hạn cho kênh nộp; tính lại hạn ghi thông báo', () => {
  const story = new Story(moment('2026-11-20 08:30'), { facts: { limit: null } })
  assert.equal(story.try({ type: 'receive' })?.code, 'case-not-offered')
  const running = forwarded().do({ type: 'recomputeDue', dueAt: moment('2026-11-27 17:00'), notice: 'Thông báo 1/TB' })
  assert.equal(running.dossier.dueCurrent, moment('2026-11-27 17:00'))
  assert.equal(running.try({ type: 'assign', key: 'nothing', officerId: 5, reason: 'assigned' })?.code, 'step-not-open')
  running.do({ type: 'assign', key: 'examine', officerId: 5, reason: 'assigned' })
  assert.equal(running.dossier.open[0]?.officerId, 5)
})

// --- Properties ------------------------------------------------------------------------------------------------------

const everyCommand: readonly DossierCommand[] = [
  { type: 'receive' },
  { type: 'refuseReceipt', details: ref() },
  { type: 'requestSupplement', details: ref(), componentKeys: [] },
  { type: 'acceptSupplement', components: [] },
  { type: 'forward' },
  { type: 'completeStep', key: 'examine', details: null, resultNumber: null },
  { type: 'completeStep', key: 'register', details: null, resultNumber: null },
  { type: 'sendBack', key: 'sign', toKey: 'examine', details: ref() },
  { type: 'assign', key: 'examine', officerId: 5, reason: 'assigned' },
  { type: 'askOpinion', opinionId: 'o', agencyId: 1, unitId: 40, answerBy: '2026-12-01', details: ref() },
  { type: 'answerOpinion', opinionId: 'o', details: ref() },
  { type: 'requirePayment', amount: 1000, payBy: null, details: ref() },
  { type: 'confirmPayment' },
  { type: 'collectFee', method: 'cash', receiptNumber: null },
  { type: 'recountFees' },
  { type: 'refundFee', amount: 500, details: ref() },
  { type: 'extend', newDay: '2026-12-10', cause: 'own-agency', details: ref() },
  { type: 'apologise', newDay: '2026-12-18', cause: 'own-agency', details: ref() },
  { type: 'recomputeDue', dueAt: moment('2026-12-11 17:00'), notice: 'x' },
  { type: 'recordComponents', components: [] },
  {
    type: 'amend',
    details: ref(),
    amendment: { persons: { applicant: ref('q') }, delivery: null, fees: null, counted: null },
  },
  sign({ signedOn: '2026-11-20' }),
  sign({ signedOn: '2026-11-20', outcome: 'refused', details: ref() }),
  { type: 'withdraw', details: ref() },
  { type: 'stop', details: ref() },
  { type: 'closeUnsupplemented' },
  { type: 'returnResult', delivery: 'counter', recipient: null, details: null },
  { type: 'requestCorrection', details: ref() },
  { type: 'issueCorrection', documentNumber: null, fileId: null },
]

const histories = fc.array(
  fc.record({
    command: fc.constantFrom(...everyCommand),
    minutes: fc.integer({ min: 0, max: 4000 }),
    by: fc.constantFrom(RECEPTION, JUSTICE, LEADER),
  }),
  { maxLength: 40 },
)

/** Plays a history; gives the dossier after each accepted command. */
function play(history: readonly { command: DossierCommand; minutes: number; by: number }[]): {
  story: Story
  states: Dossier[]
} {
  const story = new Story(moment('2026-11-20 08:30'))
  const states = [story.dossier]
  for (const { command, minutes, by } of history) {
    if (!story.try(command, { at: addMinutes(story.now, minutes), by })) states.push(story.dossier)
  }
  return { story, states }
}

test('decide accepts only what the table allows, and what it offers is what it accepts, after any history', () => {
  fc.assert(
    fc.property(histories, fc.constantFrom(...everyCommand), (history, command) => {
      const { story } = play(history)
      const facts = factsAt(story.now, { officerId: LEADER })
      const decision = decide(story.dossier, command, facts)
      if (decision.ok) assert.ok(commandsIn(story.dossier.status).includes(command.type))
      const offered = availableCommands(story.dossier, facts).find(({ type }) => type === command.type)
      if (decision.ok) assert.equal(offered?.refusal, undefined)
      if (!offered || offered.refusal) assert.ok(!decision.ok)
    }),
    { numRuns: 400 },
  )
})

test('no step stays open after an end, an open dossier always waits somewhere, and nothing is due before it came', () => {
  fc.assert(
    fc.property(histories, (history) => {
      for (const dossier of play(history).states) {
        const ended = ['notReceived', 'closedUnsupplemented'].includes(dossier.status)
        if (ended) assert.deepEqual(dossier.open, [])
        if (
          [
            'lodged',
            'supplementAtIntake',
            'received',
            'processing',
            'awaitingSupplement',
            'awaitingPayment',
            'resultSigned',
          ].includes(dossier.status)
        )
          assert.ok(dossier.open.length > 0, dossier.status)
        if (dossier.dueCurrent && dossier.receivedAt) assert.ok(dossier.dueCurrent > dossier.receivedAt)
        if (dossier.finishedAt && dossier.receivedAt) assert.ok(dossier.finishedAt >= dossier.receivedAt)
        assert.ok(dossier.supplementsInProcessing <= 1 && dossier.extensions <= 1 && dossier.apologies.length <= 1)
        assert.ok(dossier.feeRefunded <= dossier.feePaid && dossier.feePaid <= dossier.feeDue)
        assert.equal(new Set(dossier.open.map(({ key }) => key)).size, dossier.open.length, 'each step is open once')
        assert.equal(toTasks(dossier).length, dossier.open.length)
        assert.equal(toRow(dossier).version, dossier.version)
      }
    }),
    { numRuns: 400 },
  )
})

test('a pause never brings the due day nearer', () => {
  fc.assert(
    fc.property(histories, (history) => {
      const { states } = play(history)
      for (const [index, state] of states.entries()) {
        const before = states[index - 1]
        const resumed =
          before &&
          (before.status === 'awaitingSupplement' || before.status === 'awaitingPayment') &&
          (state.status === 'processing' || state.status === 'received')
        if (
          resumed &&
          before.dueCurrent &&
          state.dueCurrent &&
          before.extensions === 0 &&
          before.dueCurrent === before.dueOriginal
        )
          assert.ok(state.dueCurrent >= before.dueCurrent)
      }
    }),
    { numRuns: 400 },
  )
})

test('a pause ends in the state and at the steps at which it began', () => {
  fc.assert(
    fc.property(histories, (history) => {
      const { states } = play(history)
      let begun: Dossier | undefined
      for (const [index, state] of states.entries()) {
        const before = states[index - 1]
        if (state.pausedSince) begun = before?.pausedSince ? begun : before
        else if (before?.pausedSince && begun && state.finishedAt === null) {
          assert.equal(state.status, begun.status)
          assert.deepEqual(
            state.open.map(({ key, unitId }) => [key, unitId]),
            begun.open.map(({ key, unitId }) => [key, unitId]),
          )
        }
      }
    }),
    { numRuns: 400 },
  )
})

test('the fold of the log is the state, event by event', () => {
  fc.assert(
    fc.property(histories, (history) => {
      const { story } = play(history)
      const happened = story.events.map((event: DossierEvent, index): Happened => ({
        agencyId: 1,
        event,
        occurredAt: moment('2026-11-20 08:30'),
        officerId: RECEPTION,
        version: index + 1,
      }))
      const folded = fold(happened)
      assert.equal(folded?.status, story.dossier.status)
      assert.equal(folded?.version, story.events.length)
    }),
    { numRuns: 200 },
  )
  assert.throws(() =>
    evolve(undefined, {
      agencyId: 1,
      event: { type: 'closedUnsupplemented' },
      occurredAt: '',
      officerId: null,
      version: 1,
    }),
  )
})

test('every command stands in the table of some state', () => {
  const named = new Set<CommandType>(Object.values(allowed).flat())
  for (const { type } of everyCommand) assert.ok(named.has(type), type)
})
