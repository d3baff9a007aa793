import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import fc from 'fast-check'
import { addMinutes } from '../../platform/day.ts'
import { defaultPolicy, demandOf, isIdle, isLocked, lockedUntil, passwordLastsUntil, refusePassword } from './policy.ts'

const now = '2026-11-20T02:00:00.000Z'

describe('passwords', () => {
  const refusal = (password: string, secondFactor = false) =>
    refusePassword(password, { userName: 'hoa.nt', secondFactor })?.code

  test('eight characters suffice with a second factor, fourteen without', () => {
    assert.equal(refusal('Trời-x4', true), 'password-too-short')
    assert.equal(refusal('Trời-x4n', true), undefined)
    assert.equal(refusal('Trời xanh mây'), 'password-too-short')
    assert.equal(refusal('Trời xanh mây t'), undefined)
  })

  test('letters are counted as people see them, however they are encoded', () => {
    assert.equal(refusal('Trời-x4'.normalize('NFD'), true), 'password-too-short')
  })

  for (const [password, code] of [
    ['a'.repeat(20), 'password-too-plain'],
    ['abababababababab', 'password-too-plain'],
    ['123456789:;<=>?@', 'password-too-plain'],
    ['zyxwvutsrqponml', 'password-too-plain'],
    ['matkhau1234567', undefined],
    ['qwertyuiop1234', undefined],
    ['1234567890123', 'password-too-short'],
    ['xin chào HOA.NT nhé', 'password-names-account'],
    ['á'.repeat(200), 'password-too-long'],
  ] as const)
    test(`${password.slice(0, 20)} → ${code ?? 'taken'}`, () => assert.equal(refusal(password), code))

  test('the plain ones are refused even where eight characters would do', () => {
    for (const password of ['password', 'Password1', 'matkhau123', 'motcua2026', 'qwerty12'])
      assert.equal(refusal(password, true), password === 'motcua2026' ? undefined : 'password-too-plain', password)
  })

  test('one that was used before is not taken', () => {
    assert.deepEqual(
      refusePassword('Trời xanh mây trắng', { userName: 'hoa.nt', secondFactor: false, usedBefore: true }),
      { code: 'password-used-before' },
    )
  })

  test('an administrator changes it after two months', () => {
    assert.equal(passwordLastsUntil('2026-08-31T03:00:00.000Z', true), '2026-10-31')
    assert.equal(passwordLastsUntil('2026-12-31T03:00:00.000Z', true), '2027-02-28')
    assert.equal(passwordLastsUntil('2026-08-31T03:00:00.000Z', false), null)
    assert.equal(passwordLastsUntil(now, true, { ...defaultPolicy, administratorPasswordMonths: 0 }), null)
  })
})

describe('wrong answers', () => {
  test('four do not lock, the fifth locks for a quarter of an hour, each further one doubles it up to a day', () => {
    assert.equal(lockedUntil(4, now), null)
    assert.equal(lockedUntil(5, now), addMinutes(now, 15))
    assert.equal(lockedUntil(6, now), addMinutes(now, 30))
    assert.equal(lockedUntil(500, now), addMinutes(now, 24 * 60))
  })

  test('more wrong answers never shorten the lock', () => {
    fc.assert(
      fc.property(fc.nat({ max: 200 }), (failures) => {
        assert.ok((lockedUntil(failures + 1, now) ?? '') >= (lockedUntil(failures, now) ?? ''))
      }),
    )
  })
})

describe('demands', () => {
  const account = {
    administrator: false,
    demo: false,
    mustChangePassword: false,
    passwordSetAt: '2026-11-01T00:00:00.000Z',
    secondFactor: false,
  }

  test('an administrator needs a second factor, others do not unless the policy says so', () => {
    assert.equal(demandOf(account, now), null)
    assert.equal(demandOf({ ...account, administrator: true }, now), 'enrol-second-factor')
    assert.equal(demandOf({ ...account, administrator: true, secondFactor: true }, now), null)
    assert.equal(demandOf(account, now, { ...defaultPolicy, secondFactor: 'everybody' }), 'enrol-second-factor')
    assert.equal(demandOf({ ...account, administrator: true }, now, { ...defaultPolicy, secondFactor: 'nobody' }), null)
  })

  test('an old or handed-out password is changed first', () => {
    assert.equal(demandOf({ ...account, mustChangePassword: true }, now), 'change-password')
    const old = { ...account, administrator: true, secondFactor: true, passwordSetAt: '2026-09-19T00:00:00.000Z' }
    assert.equal(demandOf(old, now), 'change-password')
    assert.equal(demandOf({ ...old, passwordSetAt: '2026-09-20T00:00:00.000Z' }, now), null)
    assert.equal(demandOf({ ...old, administrator: false }, now), null)
  })

  test('the demo is spared, unless the policy says otherwise', () => {
    assert.equal(demandOf({ ...account, administrator: true, demo: true }, now), null)
    assert.equal(
      demandOf({ ...account, administrator: true, demo: true }, now, { ...defaultPolicy, demoGrace: false }),
      'enrol-second-factor',
    )
  })
})

describe('idle time', () => {
  test('an account is idle after 45 days', () => {
    assert.equal(isIdle(addMinutes(now, -45 * 24 * 60), now), false)
    assert.equal(isIdle(addMinutes(now, -45 * 24 * 60 - 1), now), true)
    assert.equal(isIdle('2020-01-01T00:00:00.000Z', now, { ...defaultPolicy, idleDays: 0 }), false)
  })

  test('a session locks after 15 minutes, an administrator’s after 5, or on purpose', () => {
    const session = { lockedAt: null, seenAt: addMinutes(now, -10), administrator: false }
    assert.equal(isLocked(session, now), false)
    assert.equal(isLocked({ ...session, administrator: true }, now), true)
    assert.equal(isLocked({ ...session, seenAt: addMinutes(now, -15.1) }, now), true)
    assert.equal(isLocked({ ...session, seenAt: now, lockedAt: now }, now), true)
  })
})
