import assert from 'node:assert/strict'
import { test } from 'node:test'
import { forwarded, moment, ref, sign, Story } from '../../../dossiers/rules/testing.ts'
import { factsOf, usualConventions, type Recorded } from './facts.ts'
import { changeBetween, countOf, lagClass } from './figures.ts'

// Received on Friday 20/11/2026 for three working days: due on Thursday 26/11, since 24/11 is a holiday.
const RECEIVED = moment('2026-11-20 08:30')

/** The log of a story; each entry is written down when it happens, or at the moment given for its number. */
const logOf = (story: Story, times: readonly string[], recorded: Record<number, string> = {}): Recorded[] =>
  story.events.map((event, index) => {
    const at = times[index] ?? times.at(-1) ?? RECEIVED
    return {
      agencyId: 1,
      event,
      occurredAt: at,
      officerId: 2,
      version: index + 1,
      recordedAt: recorded[index + 1] ?? at,
    }
  })

const lastOf = (story: Story, times: readonly string[], conventions = usualConventions) => {
  const fact = factsOf(logOf(story, times), conventions).at(-1)
  assert.ok(fact)
  return fact
}

/** Received, forwarded, examined, and signed at this moment. */
function signedAt(at: string): { story: Story; times: string[] } {
  const story = forwarded(RECEIVED)
  const examined = moment('2026-11-23 09:00')
  story.do({ type: 'completeStep', key: 'examine', details: null, resultNumber: null }, { at: examined, by: 2 })
  story.do(sign(), { at, by: 3 })
  const before = story.events.length - 1
  return { story, times: [...Array.from({ length: before - 1 }, () => RECEIVED), examined, at] }
}

test('resolved before the day is early, on the day on time, after the minute late', () => {
  const due = lastOf(forwarded(RECEIVED), [RECEIVED]).dueAt
  assert.equal(due?.slice(0, 10), '2026-11-26')
  const on = (at: string, precision: 'minute' | 'day' = 'minute') => {
    const { story, times } = signedAt(at)
    return lastOf(story, times, { ...usualConventions, precision }).timeliness
  }
  assert.equal(on(moment('2026-11-25 16:00')), 'early')
  assert.equal(on(moment('2026-11-26 09:00')), 'on-time')
  assert.equal(on(moment('2026-11-26 17:30')), 'late')
  assert.equal(on(moment('2026-11-26 17:30'), 'day'), 'on-time')
  assert.equal(on(moment('2026-11-27 07:30'), 'day'), 'late')
})

test('overdue are the days from the promise to the end', () => {
  const open = lastOf(forwarded(RECEIVED), [RECEIVED])
  assert.deepEqual(open.overdue, [{ from: '2026-11-26', to: null }])
  const { story, times } = signedAt(moment('2026-11-30 10:00'))
  const late = lastOf(story, times)
  assert.deepEqual(late.overdue, [{ from: '2026-11-26', to: '2026-11-30' }])
  assert.equal(late.finishedOn, '2026-11-30')
  const day = lastOf(forwarded(RECEIVED), [RECEIVED], { ...usualConventions, precision: 'day' })
  assert.deepEqual(day.overdue, [{ from: '2026-11-27', to: null }])
})

test('what stands open counts in time until the minute of its promise, on a day that is not over', () => {
  const open = lastOf(forwarded(RECEIVED), [RECEIVED])
  const at = (clock: string) => ({ from: '2026-11-01', to: '2026-11-26', judgedAt: moment(`2026-11-26 ${clock}`) })
  assert.equal(countOf('open-overdue', open, at('16:00')), 0)
  assert.equal(countOf('open-in-time', open, at('16:00')), 1)
  assert.equal(countOf('open-overdue', open, at('20:00')), 1)
  assert.equal(countOf('open-overdue', open, { from: '2026-11-01', to: '2026-11-26', judgedAt: null }), 1)
})

test('waiting for the applicant is not overdue', () => {
  const story = forwarded(RECEIVED).do(
    { type: 'requestSupplement', details: ref(), componentKeys: [] },
    { at: moment('2026-11-23 10:00'), by: 2 },
  )
  const fact = lastOf(story, [...story.events.slice(1).map(() => RECEIVED), moment('2026-11-23 10:00')])
  assert.deepEqual(fact.waiting, [{ from: '2026-11-23', to: null }])
  assert.deepEqual(fact.overdue, [])
  assert.equal(fact.supplementedOn, '2026-11-23')
})

test('what never was received is in no balance', () => {
  const story = new Story(RECEIVED).do({ type: 'refuseReceipt', details: ref() })
  const fact = lastOf(story, [RECEIVED])
  assert.equal(fact.notReceivedOn, '2026-11-20')
  const period = { from: '2026-11-01', to: '2026-11-30', judgedAt: null }
  assert.equal(countOf('not-received', fact, period), 1)
  for (const figure of ['carried', 'received', 'resolved', 'withdrawn', 'stopped', 'closed', 'open'] as const)
    assert.equal(countOf(figure, fact, period), 0)
})

test('a fact is known from when it was written down; what changes nothing makes none', () => {
  const { story, times } = signedAt(moment('2026-11-24 16:00'))
  const last = story.events.length
  const written = moment('2026-12-02 08:00')
  const facts = factsOf(logOf(story, times, { [last]: written }))
  const [before, after] = facts.slice(-2)
  assert.ok(before && after)
  assert.equal(before.knownTo, written)
  assert.equal(after.knownFrom, written)
  assert.equal(after.finishedOn, '2026-11-24')
  assert.deepEqual(changeBetween(before, after).touchedOn, '2026-11-24')
  assert.equal(lagClass('2026-11-24', '2026-12-02'), 4)
  assert.ok(facts.length < story.events.length)
})

test('how late something was learnt is told by powers of two', () => {
  assert.deepEqual(
    ['2026-11-20', '2026-11-21', '2026-11-22', '2026-11-23', '2026-11-24', '2026-11-28'].map((day) =>
      lagClass('2026-11-20', day),
    ),
    [0, 1, 2, 2, 3, 4],
  )
  assert.equal(lagClass('2026-11-21', '2026-11-20'), null)
  assert.equal(lagClass(null, '2026-11-20'), null)
})
