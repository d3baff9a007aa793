import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import { instantAt } from '../../../platform/day.ts'
import { addressFor, maskAddress } from './address.ts'
import {
  afterAttempt,
  afterQuiet,
  afterReport,
  backOffMinutes,
  MOST_TRIES,
  type Attempt,
  type Delivery,
} from './delivery.ts'
import { usualSettings, faultsOfSettings } from './settings.ts'

const now = '2026-11-23T02:00:00.000Z'
const fresh: Delivery = { state: 'queued', tries: 0, channel: 'email', furtherChannels: ['sms'], notBefore: now }

test('a refusal for good goes on by the next way, and fails when there is none', () => {
  const refused: Attempt = { outcome: 'refused', obstacle: 'address-refused', replyCode: 550 }
  const second = afterAttempt(fresh, refused, { now, random: 0 })
  assert.deepEqual([second.state, second.channel, second.furtherChannels], ['queued', 'sms', []])
  assert.equal(afterAttempt(second, refused, { now, random: 0 }).state, 'failed')
})

test('an obstacle of the moment is tried again later and later, in the end given up', () => {
  const postponed: Attempt = { outcome: 'postponed', obstacle: 'server-busy', replyCode: 450 }
  let delivery = fresh
  const waits: number[] = []
  for (let tries = 1; tries <= MOST_TRIES; tries++) {
    delivery = afterAttempt(delivery, postponed, { now, random: 0.5 })
    waits.push((Date.parse(delivery.notBefore) - Date.parse(now)) / 60_000)
  }
  assert.deepEqual(waits.slice(0, -1), [1, 2, 4, 8, 16, 32, 64])
  assert.equal(delivery.state, 'given-up')
})

test('property: the wait never falls with the number of attempts, and its spread stays within a quarter', () => {
  fc.assert(
    fc.property(fc.integer({ min: 1, max: 30 }), fc.double({ min: 0, max: 1, noNaN: true }), (tries, random) => {
      const wait = backOffMinutes(tries, random)
      const usual = backOffMinutes(tries, 0.5)
      assert.ok(wait >= usual * 0.749 && wait <= usual * 1.251)
      assert.ok(backOffMinutes(tries + 1, 0.5) >= usual)
    }),
  )
})

test('property: whatever is reported, in any order and as often, “delivered” stays and nothing becomes “sent” by a report', () => {
  fc.assert(
    fc.property(fc.array(fc.constantFrom('delivered' as const, 'failed' as const), { minLength: 1 }), (reports) => {
      const end = reports.reduce(afterReport, 'sent')
      assert.equal(end, reports.includes('delivered') ? 'delivered' : 'failed')
    }),
  )
})

test('quiet hours lie across midnight or within a day, or are none', () => {
  const night = { from: 21 * 60, to: 7 * 60 }
  assert.equal(afterQuiet(instantAt('2026-11-23', 22 * 60), night), instantAt('2026-11-24', 7 * 60))
  assert.equal(afterQuiet(instantAt('2026-11-23', 60), night), instantAt('2026-11-23', 7 * 60))
  assert.equal(afterQuiet(instantAt('2026-11-23', 7 * 60), night), instantAt('2026-11-23', 7 * 60))
  assert.equal(afterQuiet(instantAt('2026-11-23', 12 * 60), { from: 690, to: 810 }), instantAt('2026-11-23', 810))
  assert.equal(afterQuiet(instantAt('2026-11-23', 0), { from: 0, to: 0 }), instantAt('2026-11-23', 0))
})

test('addresses: a message goes where its channel reaches, and an officer sees only a part', () => {
  assert.equal(addressFor('zalo', { phone: '0912345678' }), '0912345678')
  assert.equal(addressFor('email', { phone: '0912345678' }), undefined)
  assert.equal(maskAddress('nguyen.an@thu.example'), 'n***@thu.example')
  assert.equal(maskAddress('0912345678'), '091****678')
})

test('settings: what belongs to the handling cannot be silenced, a gateway is one of those allowed and has a key', () => {
  const given = { gateways: ['https://sms.example.gov.vn'], secrets: { sms: false, zalo: false } }
  assert.deepEqual(faultsOfSettings(usualSettings, given), [])
  assert.deepEqual(
    faultsOfSettings(
      {
        ...usualSettings,
        silent: ['dossier-supplement', 'dossier-ready'],
        sms: { url: 'https://elsewhere.example', sender: '', perMinute: 1 },
        zalo: { url: 'https://sms.example.gov.vn', sender: '', perMinute: 1 },
        channels: ['sms', 'sms'],
      },
      given,
    ).map(({ code }) => code),
    ['binding-message', 'unknown-gateway', 'secret-needed', 'secret-needed', 'channel-twice'],
  )
})
