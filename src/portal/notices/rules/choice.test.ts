import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import type { NoticeChannel } from '../contract.ts'
import { chosenWays } from './choice.ts'
import { noticeEvents, type NoticeEvent } from './notice-events.ts'

const usual: NoticeChannel[] = ['email', 'zalo', 'sms']
const to = { email: 'mai@thu.example', phone: '0912345678' }
const ways = (chosen: NoticeChannel[] | null, template: NoticeEvent = 'dossier-ready', given: typeof to = to) =>
  chosenWays(usual, { chosen, to: given, template }).map(({ channel }) => channel)

test('without a choice all ways are open, in the order of the authority', () => {
  assert.deepEqual(ways(null), ['email', 'zalo', 'sms'])
})

test('what was chosen is gone alone, in the order of the authority', () => {
  assert.deepEqual(ways(['sms']), ['sms'])
  assert.deepEqual(ways(['sms', 'email']), ['email', 'sms'])
})

test('what belongs to the handling goes on by the other ways when the chosen ones fail', () => {
  assert.deepEqual(ways(['sms'], 'dossier-supplement'), ['sms', 'email', 'zalo'])
})

test('where a choice leads nowhere, the person is told all the same', () => {
  assert.deepEqual(ways(['sms'], 'dossier-ready', { ...to, phone: '' }), ['email'])
  assert.deepEqual(ways(['email'], 'dossier-ready', { ...to, email: 'nobody' }), ['zalo', 'sms'])
  const closed = chosenWays(['email'], { chosen: ['sms'], to, template: 'dossier-ready' })
  assert.deepEqual(closed, [{ channel: 'email', address: 'mai@thu.example' }])
})

test('officers are told of a dossier by their own ways', () => {
  assert.deepEqual(ways(['sms'], 'officer-online-waiting'), ['email', 'zalo', 'sms'])
})

test('no choice ever silences anybody or opens a way that the authority does not have', () => {
  const channels = fc.shuffledSubarray<NoticeChannel>(['email', 'sms', 'zalo'])
  fc.assert(
    fc.property(
      channels,
      channels,
      fc.constantFrom(...(Object.keys(noticeEvents) as NoticeEvent[])),
      fc.boolean(),
      fc.boolean(),
      (open, chosen, template, hasMail, hasPhone) => {
        const given = { email: hasMail ? to.email : '', phone: hasPhone ? to.phone : '' }
        const before = chosenWays(open, { chosen: null, to: given, template })
        const after = chosenWays(open, { chosen, to: given, template })
        assert.equal(after.length > 0, before.length > 0)
        assert.ok(after.every(({ channel }) => before.some((way) => way.channel === channel)))
        assert.equal(new Set(after.map(({ channel }) => channel)).size, after.length)
        if (noticeEvents[template].group !== 'officer' && 'binding' in noticeEvents[template])
          assert.equal(after.length, before.length)
      },
    ),
  )
})
