import assert from 'node:assert/strict'
import { test } from 'node:test'
import { hmacOf, isFresh, stampOf } from './signed.ts'

test('HMAC-SHA256 as everybody counts it (RFC 4231, case 2)', () => {
  const expected = '5bdcc146bf60754e6a042426089575c75a003f089d2739839dec58b964ec3843'
  assert.equal(hmacOf('Jefe', '', 'what do ya want for nothing?'), expected)
  assert.equal(hmacOf('Jefe', 'what do ya ', Buffer.from('want for nothing?')), expected)
})

test('a stamp is fresh within its window on both sides, and nothing else is a stamp', () => {
  const now = Date.parse('2026-11-22T10:00:00.900Z')
  const at = (seconds: number) => isFresh(String(Number(stampOf(now)) + seconds), { now, windowSeconds: 300 })
  assert.deepEqual([0, -299, 300, -301, 302].map(at), [true, true, true, false, false])
  for (const stamp of ['', 'abc', '-1769076000', '1e9', ' 1769076000', '1769076000.5', '17690760000000'])
    assert.equal(isFresh(stamp, { now, windowSeconds: 1e12 }), false, stamp)
})
