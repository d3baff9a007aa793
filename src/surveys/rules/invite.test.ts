import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import { drawOf, isDrawn } from './chance.ts'
import {
  chooseCampaign,
  judgeInvitation,
  lastDayToAnswer,
  takesBallots,
  type Inviting,
  type Returned,
} from './invite.ts'

const aCampaign = (change: Partial<Inviting> = {}, plan: Partial<Inviting['plan']> = {}): Inviting => ({
  campaignId: 'c',
  kind: 'survey',
  state: 'running',
  firstDay: '2026-11-01',
  lastDay: '2026-11-30',
  agencies: [1],
  channels: ['token'],
  plan: { percent: 100, seed: 's', quotas: [], restMonths: 6, answerDays: 14, least: 5, target: 0, ...plan },
  invitedByQuota: [],
  ...change,
})
const aResult = (change: Partial<Returned> = {}): Returned => ({
  agencyId: 1,
  dossierId: 'd',
  unitId: 7,
  field: 'land',
  returnedOn: '2026-11-10',
  lastInvitedOn: null,
  ...change,
})

test('who is asked and why not', () => {
  const judge = (campaign: Inviting, result = aResult()) => judgeInvitation(campaign, result)
  assert.equal(judge(aCampaign()), 'invited')
  assert.equal(judge(aCampaign({ state: 'draft' })), 'not-running')
  assert.equal(judge(aCampaign(), aResult({ returnedOn: '2026-12-01' })), 'not-in-period')
  assert.equal(judge(aCampaign(), aResult({ returnedOn: '2026-10-31' })), 'not-in-period')
  assert.equal(judge(aCampaign({ agencies: [2] })), 'other-agency')
  assert.equal(judge(aCampaign({ channels: ['paper'] })), 'no-invitations')
  assert.equal(judge(aCampaign({}, { percent: 0 })), 'not-drawn')
  const quotas = [{ by: 'field' as const, key: 'land', most: 3 }]
  assert.equal(judge(aCampaign({ invitedByQuota: [2] }, { quotas })), 'invited')
  assert.equal(judge(aCampaign({ invitedByQuota: [3] }, { quotas })), 'quota-full')
  assert.equal(judge(aCampaign({ invitedByQuota: [3] }, { quotas }), aResult({ field: 'civil-status' })), 'invited')
  const byUnit = [{ by: 'unit' as const, key: '7', most: 0 }]
  assert.equal(judge(aCampaign({}, { quotas: byUnit })), 'quota-full')
})

test('nobody is asked twice within the months of rest', () => {
  const judge = (lastInvitedOn: string, restMonths = 6) =>
    judgeInvitation(aCampaign({}, { restMonths }), aResult({ lastInvitedOn }))
  assert.equal(judge('2026-05-11'), 'asked-lately')
  assert.equal(judge('2026-05-10'), 'invited')
  assert.equal(judge('2026-11-10', 0), 'invited')
})

test('one result, one invitation: a survey goes before the rating that always runs, the newer before the older', () => {
  const rating = aCampaign({ campaignId: 'r', kind: 'rating', firstDay: '2026-01-01' })
  const older = aCampaign({ campaignId: 'a', firstDay: '2026-10-01' })
  const newer = aCampaign({ campaignId: 'b' })
  assert.equal(chooseCampaign([rating, older, newer], aResult())?.campaignId, 'b')
  assert.equal(chooseCampaign([rating, aCampaign({}, { percent: 0 })], aResult())?.campaignId, 'r')
  assert.equal(chooseCampaign([aCampaign({ agencies: [] })], aResult()), undefined)
})

test('an invitation is good for its days, and for a week after the end at most', () => {
  assert.equal(lastDayToAnswer('2026-11-01', aCampaign()), '2026-11-15')
  assert.equal(lastDayToAnswer('2026-11-30', aCampaign()), '2026-12-07')
  assert.equal(takesBallots(aCampaign(), '2026-12-07'), true)
  assert.equal(takesBallots(aCampaign(), '2026-12-08'), false)
  assert.equal(takesBallots(aCampaign(), '2026-10-31'), false)
  assert.equal(takesBallots(aCampaign({ state: 'closed' }), '2026-11-10'), false)
})

test('the draw is repeatable, fair, and another seed is another draw', () => {
  const names = Array.from({ length: 20_000 }, (_, index) => `dossier-${index}`)
  for (const percent of [5, 30, 80]) {
    const drawn = names.filter((name) => isDrawn('2026-quy-4', name, percent)).length
    assert.ok(Math.abs(drawn / names.length - percent / 100) < 0.012, `${percent}: ${drawn}`)
  }
  fc.assert(
    fc.property(fc.string(), fc.string(), (seed, name) => {
      const draw = drawOf(seed, name)
      assert.ok(draw >= 0 && draw < 1)
      assert.equal(drawOf(seed, name), draw)
      // Who is in a small sample is in every larger one.
      if (isDrawn(seed, name, 20)) assert.ok(isDrawn(seed, name, 50))
    }),
  )
  const both = names.filter((name) => isDrawn('a', name, 50) && isDrawn('b', name, 50)).length
  assert.ok(Math.abs(both / names.length - 0.25) < 0.02)
})
