import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import { addDays } from '../../../platform/day.ts'
import { allowedActions, decide, type RequestAction, type RequestState } from './request.ts'
import { retentionDays } from './retention.ts'
import {
  allTimerRules,
  finishWithThirdParty,
  requestKinds,
  timerRuleOn,
  timerRules,
  timersOf,
  type TimerRule,
} from './timers.ts'

const rule = timerRuleOn('2026-11-20', timerRules)

/** Monday to Friday, without holidays. */
const addWorkingDays = (day: string, count: number): string => {
  let at = day
  for (let left = count; left > 0;) {
    at = addDays(at, 1)
    if (![0, 6].includes(new Date(`${at}T00:00:00Z`).getUTCDay())) left--
  }
  return at
}

test('Luật 91/2025/QH15: trả lời 02 ngày làm việc; xem, sửa 10 ngày (15 khi qua bên thứ ba); việc khác 15 ngày', () => {
  const receivedOn = '2026-11-20' // a Friday
  const timers = (kind: (typeof requestKinds)[number]) => timersOf(kind, { rule, receivedOn, addWorkingDays })
  assert.deepEqual(timers('view'), { answerBy: '2026-11-24', finishBy: '2026-11-30' })
  assert.equal(finishWithThirdParty('correct', rule, receivedOn), '2026-12-05')
  for (const kind of ['delete', 'restrict', 'object', 'withdraw'] as const) {
    assert.equal(timers(kind).finishBy, '2026-12-05')
    assert.equal(finishWithThirdParty(kind, rule, receivedOn), undefined)
  }
})

test('what an authority set holds from its day on, and goes before what is shipped for the same day', () => {
  const set = (from: string, days: number): TimerRule => ({
    ...rule,
    from,
    finishDays: { ...rule.finishDays, view: days },
    confidence: 'set-here',
  })
  const rules = allTimerRules([set('2027-01-01', 7), set('2026-01-01', 9)])
  const days = (day: string) => timerRuleOn(day, rules).finishDays.view
  assert.deepEqual(['2025-06-01', '2026-12-31', '2027-01-01', '2030-01-01'].map(days), [9, 9, 7, 7])
  assert.equal(timerRuleOn('2026-12-31', allTimerRules([set('2027-01-01', 7)])).finishDays.view, 10)
})

const received: RequestState = {
  rule,
  kind: 'view',
  status: 'received',
  receivedOn: '2026-11-20',
  finishBy: '2026-11-30',
  thirdParty: false,
  extended: false,
}

test('a request is answered, extended once by ten days at most, and done', () => {
  const accepted = decide(received, { type: 'accept', note: '', thirdParty: true })
  assert.ok(accepted.ok)
  assert.deepEqual([accepted.value.status, accepted.value.finishBy], ['accepted', '2026-12-05'])
  const state: RequestState = { ...received, ...accepted.value }
  const extend = (until: string, reason = 'Chờ sở trả lời') => decide(state, { type: 'extend', until, reason })
  for (const until of ['2026-12-05', '2026-12-16', 'x']) {
    const refused = extend(until)
    assert.equal(refused.ok ? '' : refused.refusal.code, 'extension-too-long')
  }
  const extended = extend('2026-12-15')
  assert.ok(extended.ok)
  const again = decide({ ...state, ...extended.value }, { type: 'extend', until: '2026-12-20', reason: 'Chờ tiếp nữa' })
  assert.equal(again.ok ? '' : again.refusal.code, 'extended-already')
  assert.ok(!decide({ ...state, kind: 'delete' }, { type: 'extend', until: '2026-12-10', reason: 'Chờ tiếp nữa' }).ok)
  assert.ok(!decide(received, { type: 'finish', note: 'Đã gửi bản sao' }).ok)
  assert.ok(!decide(received, { type: 'refuse', reason: ' ' }).ok)
})

test('what is allowed is what is decided, and nothing follows the end', () => {
  const action = fc.oneof(
    fc.record({ type: fc.constant('accept' as const), note: fc.string(), thirdParty: fc.boolean() }),
    fc.record({ type: fc.constant('refuse' as const), reason: fc.string({ minLength: 0, maxLength: 12 }) }),
    fc.record({
      type: fc.constant('extend' as const),
      until: fc.integer({ min: -5, max: 40 }).map((days) => addDays('2026-11-30', days)),
      reason: fc.string({ maxLength: 12 }),
    }),
    fc.record({ type: fc.constant('finish' as const), note: fc.string({ maxLength: 12 }) }),
    fc.record({ type: fc.constant('withdraw' as const) }),
  )
  fc.assert(
    fc.property(fc.constantFrom(...requestKinds), fc.array(action, { maxLength: 12 }), (kind, actions) => {
      let state: RequestState = { ...received, kind }
      for (const one of actions as RequestAction[]) {
        const allowed = allowedActions(state)
        const decision = decide(state, one)
        if (!allowed.includes(one.type)) assert.ok(!decision.ok)
        if (!decision.ok) continue
        assert.ok(decision.value.finishBy >= state.finishBy, 'no day comes nearer')
        assert.ok(!['refused', 'finished', 'withdrawn'].includes(state.status))
        state = Object.assign({}, state, decision.value)
      }
    }),
  )
})

test('what an administrator set goes before the usual', () => {
  assert.equal(retentionDays([], 'citizen-code'), 2)
  assert.equal(retentionDays([{ kind: 'citizen-code', days: 7, basis: 'x' }], 'citizen-code'), 7)
})
