import assert from 'node:assert/strict'
import { test } from 'node:test'
import { countAttempts, networkOf } from './attempts.ts'

test('guesses that come at once count like guesses that come one by one', () => {
  const attempts = countAttempts({ most: 3, windowMs: 1000 })
  assert.deepEqual(
    [1, 1, 1, 1, 1].map((now) => attempts.begin('a', now)),
    [true, true, true, false, false],
  )
  assert.ok(attempts.begin('b', 1))
  assert.ok(attempts.begin('a', 1002))
})

test('who is right is not counted, however often', () => {
  const attempts = countAttempts({ most: 2, windowMs: 1000 })
  for (let now = 0; now < 10; now++) {
    assert.ok(attempts.begin('a', now))
    attempts.succeeded('a', now)
  }
})

test('the oldest sources are forgotten first', () => {
  const attempts = countAttempts({ most: 1, windowMs: 1000, remember: 2 })
  for (const source of ['a', 'b', 'c']) attempts.begin(source, 0)
  assert.deepEqual([attempts.begin('c', 1), attempts.begin('a', 1)], [false, true])
})

test('of IPv6 the network counts, and an IPv4 address is one however it is written', () => {
  assert.equal(networkOf('2001:db8:1:2:3:4:5:6'), networkOf('2001:db8:1:2::9'))
  assert.notEqual(networkOf('2001:db8:1:2::1'), networkOf('2001:db8:1:3::1'))
  assert.equal(networkOf('::ffff:10.0.0.1'), '10.0.0.1')
})
