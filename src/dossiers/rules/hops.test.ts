import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { Happened } from './events.ts'
import { hopsOf } from './hops.ts'
import { forwarded, JUSTICE, LEADER, moment, ref, sign, type Story } from './testing.ts'

const told = (story: Story): Happened[] =>
  story.events.map((event, index) => ({
    agencyId: 1,
    event,
    occurredAt: moment('2026-11-20 09:00'),
    officerId: 7,
    version: index + 1,
  }))

test('the control sheet follows the dossier from hand to hand', () => {
  const story = forwarded()
    .do({ type: 'requestSupplement', details: ref(), componentKeys: [] }, { by: JUSTICE })
    .do({ type: 'acceptSupplement', components: [] }, { at: moment('2026-11-23 08:00') })
    .do({ type: 'completeStep', key: 'examine', details: null, resultNumber: null }, { by: JUSTICE })
    .do({ type: 'sendBack', key: 'sign', toKey: 'examine', details: ref() }, { by: LEADER })
    .do({ type: 'completeStep', key: 'examine', details: null, resultNumber: null }, { by: JUSTICE })
    .do(sign(), { by: LEADER })
    .do({ type: 'completeStep', key: 'register', details: null, resultNumber: null })
    .do({ type: 'returnResult', delivery: 'counter', recipient: null, details: null })
  const hops = hopsOf(told(story))
  assert.deepEqual(
    hops.map(({ step, closedBecause }) => [step.key, closedBecause]),
    [
      ['accept', null],
      ['forward', null],
      ['examine', 'supplementRequested'],
      ['supplement', null],
      ['examine', null],
      ['sign', 'sentBack'],
      ['examine', null],
      ['sign', null],
      ['register', null],
      ['return', null],
    ],
  )
  assert.ok(hops.every(({ closedAt }) => closedAt !== null))
  assert.equal(hops[0]?.fromUnit, null)
  assert.equal(hops[1]?.fromUnit, 10)
})

test('opinions and corrections are hops of their own, fees and promises are none', () => {
  const story = forwarded()
    .do(
      { type: 'askOpinion', opinionId: 'o', agencyId: 1, unitId: 40, answerBy: '2026-11-25', details: ref() },
      { by: JUSTICE },
    )
    .do({ type: 'answerOpinion', opinionId: 'o', details: ref() })
    .do({ type: 'extend', newDay: '2026-11-30', cause: 'other', details: ref() }, { by: LEADER })
    .do({ type: 'stop', details: ref() }, { by: LEADER })
  assert.deepEqual(
    hopsOf(told(story)).map(({ step, closedBecause }) => [step.key, closedBecause]),
    [
      ['accept', null],
      ['forward', null],
      ['examine', 'stopped'],
      ['o', null],
      ['return', null],
    ],
  )
})
