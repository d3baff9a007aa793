import assert from 'node:assert/strict'
import { after, before, describe, test } from 'node:test'
import { generateSync } from 'otplib'
import { addMinutes, type Instant } from '../platform/day.ts'
import type { Http } from '../platform/http/route.ts'
import { testDatabase, type TestDatabase } from '../platform/testing.ts'
import { createDelegation, createPost, endPost, type StaffTables } from '../staff/index.ts'
import { createFirstAdminLink, createPasswordLink, setAccountDisabled, tidyIdentity } from './accounts.ts'
import { identityRoutes } from './routes.ts'
import { defaultPolicy } from './rules/policy.ts'
import type { IdentityContext } from './sign-in.ts'
import { listAudit } from './audit-store.ts'
import type { IdentityTables } from './tables.ts'
import { aBrowser, anOfficer, GOOD_PASSWORD, testHttp } from './testing.ts'

let database: TestDatabase<IdentityTables & StaffTables>
let context: IdentityContext
let http: Http
const start = '2026-11-20T02:00:00.000Z'
let now: Instant = start
const wait = (minutes: number) => {
  now = addMinutes(now, minutes)
  database.setClock(now)
}

before(async () => {
  database = await testDatabase<IdentityTables & StaffTables>()
  context = database.context
  http = await testHttp(context, (server) => {
    identityRoutes(server, context)
    server.get('/api/test/dossiers', { config: { permission: 'dossier.read' } }, async (request) => ({
      name: request.actor.name,
    }))
    server.get('/api/test/manage', { config: { permission: 'system.manage' } }, async () => ({}))
    server.get('/api/test/session', { config: { permission: 'session' } }, async (request) => ({
      posts: request.actor.posts,
    }))
    server.get('/api/test/public', { config: { permission: 'public' } }, async () => ({}))
    server.get('/api/test/careless', { config: { permission: 'public' } }, async (request) => ({
      name: request.actor.name,
    }))
  })
})
after(async () => {
  await http.close()
  await database.close()
})
const freshClock = () => {
  now = addMinutes(now, 60 * 24)
  database.setClock(now)
}

describe('signing in', () => {
  test('with the right password one is in, with today’s posts and rights', async () => {
    freshClock()
    const officer = await anOfficer(context, { role: 'receiving-officer' })
    const browser = aBrowser(http)
    assert.equal((await browser.get('/api/me')).status, 401)
    assert.deepEqual((await browser.signIn(officer.userName)).body, { next: 'done' })
    const me = await browser.get('/api/me')
    assert.equal(me.status, 200)
    assert.equal(me.body['name'], 'Nguyễn Thị Hoa')
    assert.deepEqual(me.body['agency'], { agencyId: officer.agencyId, name: 'UBND xã Hải Hưng' })
    assert.ok((me.body['permissions'] as string[]).includes('dossier.receive'))
    assert.ok(!(me.body['permissions'] as string[]).includes('dossier.sign'))
    assert.equal(me.body['idleMinutes'], 15)
    assert.equal((await browser.send('DELETE', '/api/session')).status, 204)
    assert.equal((await browser.get('/api/me')).status, 401)
  })

  test('the name may be typed with capitals and spaces, the password in either encoding', async () => {
    freshClock()
    const { userName } = await anOfficer(context)
    assert.equal(
      (await aBrowser(http).signIn(` ${userName.toUpperCase()} `, GOOD_PASSWORD.normalize('NFD'))).status,
      200,
    )
  })

  test('the cookie is closed to scripts and other sites; the database keeps only its hash', async () => {
    freshClock()
    const { userName, accountId } = await anOfficer(context)
    const browser = aBrowser(http)
    const reply = await browser.signIn(userName)
    const cookie = [reply.headers['set-cookie']].flat().find((text) => String(text).startsWith('motcua_session='))
    assert.match(String(cookie), /HttpOnly/)
    assert.match(String(cookie), /SameSite=Strict/)
    const token = browser.cookies.get('motcua_session') ?? ''
    const { rows } = await database.ownerPool.query(
      'select encode(token_hash, $1) as hash from identity.session where account_id = $2',
      ['base64', accountId],
    )
    assert.equal(rows.length, 1)
    assert.notEqual(Buffer.from(rows[0].hash, 'base64').toString('base64url'), token)
    const { rows: account } = await database.ownerPool.query(
      'select password_hash as hash from identity.account where account_id = $1',
      [accountId],
    )
    assert.match(account[0].hash, /^\$argon2id\$v=19\$m=19456,t=2,p=1\$/)
  })

  test('an account that does not exist is answered like a wrong password, also when it must wait', async () => {
    freshClock()
    const { userName } = await anOfficer(context)
    const known = aBrowser(http, { address: '10.1.0.1' })
    const unknown = aBrowser(http, { address: '10.1.0.2' })
    for (let attempt = 1; attempt <= 7; attempt++) {
      const one = await known.signIn(userName, 'sai rồi')
      const other = await unknown.signIn('nobody-here', 'sai rồi')
      assert.equal(one.status, attempt < 5 ? 422 : 429)
      assert.deepEqual({ status: one.status, body: one.body }, { status: other.status, body: other.body })
    }
  })
})

describe('wrong answers', () => {
  test('five lock the account for that source only; its owner gets in from elsewhere', async () => {
    freshClock()
    const { userName } = await anOfficer(context)
    const attacker = aBrowser(http, { address: '10.2.0.1' })
    for (let attempt = 1; attempt <= 4; attempt++)
      assert.equal((await attacker.signIn(userName, 'sai')).body['code'], 'wrong-credentials')
    const fifth = await attacker.signIn(userName, 'sai')
    assert.equal(fifth.status, 429)
    assert.equal(fifth.headers['retry-after'], String(15 * 60))
    assert.equal((await attacker.signIn(userName)).status, 429, 'even the right password waits')
    assert.equal((await aBrowser(http, { address: '10.2.0.2' }).signIn(userName)).status, 200)
    assert.equal((await attacker.signIn(userName)).status, 429, 'success elsewhere does not help the attacker')
    wait(15.1)
    assert.equal((await attacker.signIn(userName, 'sai')).status, 429, 'the sixth locks again at once')
    wait(16)
    assert.equal((await attacker.signIn(userName)).status, 429, 'and for longer')
    wait(15)
    assert.equal((await attacker.signIn(userName)).status, 200)
  })

  test('a device that its owner used is another source than its neighbours behind the same address', async () => {
    freshClock()
    const { userName } = await anOfficer(context)
    const owner = aBrowser(http, { address: '10.3.0.1' })
    await owner.signIn(userName)
    const neighbour = aBrowser(http, { address: '10.3.0.1' })
    for (let attempt = 1; attempt <= 6; attempt++) await neighbour.signIn(userName, 'sai')
    assert.equal((await neighbour.signIn(userName)).status, 429)
    assert.equal((await owner.signIn(userName)).status, 200)
    const thief = aBrowser(http, { address: '10.3.0.1' })
    thief.cookies.set('motcua_device', (owner.cookies.get('motcua_device') ?? '').replace(/^./, 'z'))
    assert.equal((await thief.signIn(userName)).status, 429, 'a forged device counts as the address')
  })

  test('many at once do not slip through', async () => {
    freshClock()
    const { userName } = await anOfficer(context)
    const browser = aBrowser(http, { address: '10.4.0.1' })
    const replies = await Promise.all(Array.from({ length: 20 }, () => browser.signIn(userName, 'sai')))
    assert.ok(replies.every((reply) => reply.status === 422 || reply.status === 429))
    assert.ok(replies.filter((reply) => reply.body['code'] === 'wrong-credentials').length <= 5)
  })

  test('trying one password on many accounts makes the address wait', async () => {
    freshClock()
    const { userName } = await anOfficer(context)
    const sprayer = aBrowser(http, { address: '10.5.0.1' })
    const patient = { ...context, policy: { ...defaultPolicy, failuresOfSource: 8 } }
    const strict = await testHttp(patient, (server) => identityRoutes(server, patient))
    const spraying = aBrowser(strict, { address: '10.5.0.1' })
    for (let attempt = 1; attempt <= 8; attempt++)
      assert.equal((await spraying.signIn(`victim${attempt}`, 'sai')).status, 422)
    assert.equal((await spraying.signIn('victim9', 'sai')).status, 429)
    await strict.close()
    assert.equal((await sprayer.signIn(userName)).status, 200)
  })
})

describe('a locked session', () => {
  test('locks after 15 idle minutes and goes on after the password, the same session', async () => {
    freshClock()
    const { userName } = await anOfficer(context)
    const browser = aBrowser(http)
    await browser.signIn(userName)
    const token = browser.cookies.get('motcua_session')
    wait(14)
    assert.equal((await browser.get('/api/test/dossiers')).status, 200)
    wait(14)
    assert.equal((await browser.get('/api/test/dossiers')).status, 200, 'work keeps it open')
    wait(15.1)
    const locked = await browser.get('/api/test/dossiers')
    assert.equal(locked.status, 423)
    assert.equal(locked.body['code'], 'session-locked')
    assert.equal((await browser.get('/api/me')).body['locked'], true)
    assert.equal((await browser.get('/api/account')).status, 423)
    assert.equal(
      (await browser.send('POST', '/api/session/unlock', { password: 'sai' })).body['code'],
      'wrong-password',
    )
    assert.equal((await browser.get('/api/test/dossiers')).status, 423)
    assert.equal((await browser.send('POST', '/api/session/unlock', { password: GOOD_PASSWORD })).status, 204)
    assert.equal((await browser.get('/api/test/dossiers')).status, 200)
    assert.equal(browser.cookies.get('motcua_session'), token)
  })

  test('can be locked on purpose; an administrator’s locks after 5 minutes; every session ends after 12 hours', async () => {
    freshClock()
    const { userName } = await anOfficer(context, { role: 'agency-admin', demo: true })
    const browser = aBrowser(http)
    await browser.signIn(userName)
    await browser.send('POST', '/api/session/lock')
    assert.equal((await browser.get('/api/test/session')).status, 423)
    await browser.send('POST', '/api/session/unlock', { password: GOOD_PASSWORD })
    assert.equal((await browser.get('/api/test/session')).status, 200)
    wait(5.1)
    assert.equal((await browser.get('/api/test/session')).status, 423)
    wait(12 * 60)
    assert.equal((await browser.get('/api/me')).status, 401)
  })
})

describe('the second factor', () => {
  const enrol = async (browser: ReturnType<typeof aBrowser>) => {
    const begun = await browser.send('POST', '/api/account/totp')
    const secret = String(begun.body['secret'])
    assert.match(String(begun.body['uri']), /^otpauth:\/\/totp\//)
    assert.match(String(begun.body['qr']), /^<svg/)
    const code = generateSync({ secret, epoch: Date.parse(now) / 1000 })
    const confirmed = await browser.send('POST', '/api/account/totp/confirm', { code })
    return { secret, code, recoveryCodes: confirmed.body['recoveryCodes'] as string[] }
  }

  test('once enrolled the password alone opens nothing; each code works once', async () => {
    freshClock()
    const { userName, accountId } = await anOfficer(context)
    const browser = aBrowser(http)
    await browser.signIn(userName)
    const { secret, code } = await enrol(browser)
    const { rows } = await database.ownerPool.query('select totp_secret from identity.account where account_id = $1', [
      accountId,
    ])
    assert.ok(!rows[0].totp_secret.toString('latin1').includes(secret), 'the secret is encrypted')
    const other = aBrowser(http, { address: '10.6.0.1' })
    assert.deepEqual((await other.signIn(userName)).body, { next: 'second-factor' })
    const half = other.cookies.get('motcua_session')
    assert.equal((await other.get('/api/me')).status, 401)
    assert.equal((await other.get('/api/test/dossiers')).status, 401)
    assert.equal(
      (await other.send('POST', '/api/session/second-factor', { code })).body['code'],
      'wrong-code',
      'used at enrolment',
    )
    wait(1)
    const next = generateSync({ secret, epoch: Date.parse(now) / 1000 })
    assert.deepEqual((await other.send('POST', '/api/session/second-factor', { code: next })).body, { next: 'done' })
    assert.equal((await other.get('/api/me')).status, 200)
    assert.notEqual(other.cookies.get('motcua_session'), half, 'the half-open session’s token is worthless')
    const third = aBrowser(http, { address: '10.6.0.2' })
    await third.signIn(userName)
    assert.equal((await third.send('POST', '/api/session/second-factor', { code: next })).body['code'], 'wrong-code')
  })

  test('a recovery code works once, in whatever way it is typed', async () => {
    freshClock()
    const { userName } = await anOfficer(context)
    const browser = aBrowser(http)
    await browser.signIn(userName)
    const { recoveryCodes } = await enrol(browser)
    assert.equal(recoveryCodes.length, 10)
    const code = recoveryCodes[3] ?? ''
    for (const [typed, status] of [
      [code.toLowerCase().replace('-', ' '), 200],
      [code, 422],
    ] as const) {
      const other = aBrowser(http, { address: '10.7.0.1' })
      await other.signIn(userName)
      assert.equal((await other.send('POST', '/api/session/second-factor', { code: typed })).status, status)
    }
    assert.equal((await browser.get('/api/account')).body['recoveryCodes'], 9)
  })

  test('guessing codes is limited like guessing passwords, and the right password in between does not reset it', async () => {
    freshClock()
    const { userName } = await anOfficer(context)
    const browser = aBrowser(http)
    await browser.signIn(userName)
    const { secret } = await enrol(browser)
    const thief = aBrowser(http, { address: '10.8.0.1' })
    const seen: unknown[] = []
    for (let attempt = 1; attempt <= 6; attempt++) {
      await thief.signIn(userName)
      seen.push((await thief.send('POST', '/api/session/second-factor', { code: '000000' })).status)
    }
    assert.deepEqual(seen, [422, 422, 422, 422, 429, 401])
    wait(1)
    const right = generateSync({ secret, epoch: Date.parse(now) / 1000 })
    assert.equal((await thief.send('POST', '/api/session/second-factor', { code: right })).status, 401)
  })

  test('an administrator must enrol first, and then cannot turn it off', async () => {
    freshClock()
    const { userName } = await anOfficer(context, { role: 'system-admin' })
    const browser = aBrowser(http)
    await browser.signIn(userName)
    assert.equal((await browser.get('/api/me')).body['demand'], 'enrol-second-factor')
    const held = await browser.get('/api/test/manage')
    assert.deepEqual([held.status, held.body['code']], [403, 'enrol-second-factor'])
    await enrol(browser)
    assert.equal((await browser.get('/api/test/manage')).status, 200)
    assert.equal(
      (await browser.send('DELETE', '/api/account/totp', { password: GOOD_PASSWORD })).body['code'],
      'second-factor-required',
    )
  })

  test('others turn it off with their password, unless that is too short to stand alone', async () => {
    freshClock()
    const { userName } = await anOfficer(context)
    const browser = aBrowser(http)
    await browser.signIn(userName)
    await enrol(browser)
    const short = 'Mây-t8x1'
    assert.equal(
      (await browser.send('PUT', '/api/account/password', { password: GOOD_PASSWORD, newPassword: short })).status,
      204,
    )
    assert.equal(
      (await browser.send('DELETE', '/api/account/totp', { password: 'sai' })).body['code'],
      'wrong-password',
    )
    assert.equal(
      (await browser.send('DELETE', '/api/account/totp', { password: short })).body['code'],
      'password-too-short-alone',
    )
    assert.equal(
      (await browser.send('PUT', '/api/account/password', { password: short, newPassword: GOOD_PASSWORD })).status,
      204,
    )
    assert.equal((await browser.send('DELETE', '/api/account/totp', { password: GOOD_PASSWORD })).status, 204)
    assert.deepEqual((await aBrowser(http).signIn(userName)).body, { next: 'done' })
  })
})

describe('passwords', () => {
  test('changing it ends the other sessions and needs the present one', async () => {
    freshClock()
    const { userName } = await anOfficer(context)
    const here = aBrowser(http)
    const there = aBrowser(http)
    await here.signIn(userName)
    await there.signIn(userName)
    const newPassword = 'Gió đưa cành trúc la đà'
    assert.equal(
      (await here.send('PUT', '/api/account/password', { password: 'sai', newPassword })).body['code'],
      'wrong-password',
    )
    assert.equal(
      (await here.send('PUT', '/api/account/password', { password: GOOD_PASSWORD, newPassword: 'ngắn' })).body['code'],
      'password-too-short',
    )
    assert.equal(
      (await here.send('PUT', '/api/account/password', { password: GOOD_PASSWORD, newPassword: GOOD_PASSWORD })).body[
        'code'
      ],
      'password-used-before',
    )
    assert.equal(
      (await here.send('PUT', '/api/account/password', { password: GOOD_PASSWORD, newPassword })).status,
      204,
    )
    assert.equal((await here.get('/api/me')).status, 200)
    assert.equal((await there.get('/api/me')).status, 401)
    assert.equal((await aBrowser(http).signIn(userName)).status, 422)
    assert.equal((await aBrowser(http).signIn(userName, newPassword)).status, 200)
  })

  test('an administrator takes none of the last ten again and changes it after two months', async () => {
    freshClock()
    const { userName } = await anOfficer(context, { role: 'agency-admin', demo: true })
    const strict = { ...context, policy: { ...defaultPolicy, demoGrace: false, secondFactor: 'nobody' as const } }
    const server = await testHttp(strict, (each) => identityRoutes(each, strict))
    const browser = aBrowser(server)
    await browser.signIn(userName)
    const passwords = Array.from({ length: 10 }, (_, index) => `Chim hót trên cành ${index}`)
    let current = GOOD_PASSWORD
    for (const newPassword of passwords) {
      wait(1)
      assert.equal((await browser.send('PUT', '/api/account/password', { password: current, newPassword })).status, 204)
      current = newPassword
    }
    for (const newPassword of passwords) {
      assert.equal(
        (await browser.send('PUT', '/api/account/password', { password: current, newPassword })).body['code'],
        'password-used-before',
      )
    }
    assert.equal(
      (await browser.send('PUT', '/api/account/password', { password: current, newPassword: GOOD_PASSWORD })).status,
      204,
      'the eleventh is free again',
    )
    wait(24 * 60 * 63)
    await browser.signIn(userName, GOOD_PASSWORD)
    // 63 days without a sign-in would have disabled another account; the demo's are spared.
    assert.equal((await browser.get('/api/me')).body['demand'], 'change-password')
    await server.close()
  })

  test('an administrator’s link sets a new one, once, and ends every session', async () => {
    freshClock()
    const { userName, accountId } = await anOfficer(context)
    const browser = aBrowser(http)
    await browser.signIn(userName)
    const worthless = await createPasswordLink(context, accountId, { by: null })
    const link = await createPasswordLink(context, accountId, { by: null })
    assert.equal((await browser.get('/api/me')).status, 401)
    const token = link.split('#')[1] ?? ''
    assert.match(link, /\/can-bo\/thiet-lap#/)
    assert.equal(
      (await browser.send('POST', '/api/setup/check', { token: worthless.split('#')[1] })).body['code'],
      'link-worthless',
    )
    assert.deepEqual((await browser.send('POST', '/api/setup/check', { token })).body, {
      purpose: 'set-password',
      userName,
      name: 'Nguyễn Thị Hoa',
      passwordLength: 14,
    })
    assert.equal(
      (await browser.send('POST', '/api/setup/password', { token, password: 'ngắn quá' })).body['code'],
      'password-too-short',
    )
    const password = 'Thuyền về có nhớ bến chăng'
    assert.equal((await browser.send('POST', '/api/setup/password', { token, password })).status, 200)
    assert.equal(
      (await browser.send('POST', '/api/setup/password', { token, password: `${password}!` })).body['code'],
      'link-worthless',
    )
    assert.equal((await browser.signIn(userName, password)).status, 200)
    const twice = (await createPasswordLink(context, accountId, { by: null })).split('#')[1]
    const racing = ['Sóng bắt đầu từ gió', 'Gió bắt đầu từ đâu'].map(async (chosen) => {
      const { status } = await browser.send('POST', '/api/setup/password', { token: twice, password: chosen })
      assert.equal((await browser.signIn(userName, chosen)).status, status, chosen)
      return status
    })
    assert.deepEqual((await Promise.all(racing)).toSorted(), [200, 422])
    const late = await createPasswordLink(context, accountId, { by: null })
    wait(72 * 60 + 1)
    assert.equal(
      (await browser.send('POST', '/api/setup/check', { token: late.split('#')[1] })).body['code'],
      'link-worthless',
    )
  })
})

describe('the first administrator', () => {
  test('comes in by the link, once, with an authority to administer', async () => {
    freshClock()
    const token = (await createFirstAdminLink(context)).split('#')[1] ?? ''
    const browser = aBrowser(http)
    const body = {
      token,
      name: 'Trần Văn Minh',
      userName: 'minh.tv',
      password: GOOD_PASSWORD,
      place: { name: 'Sở Nội vụ' },
    }
    assert.equal(
      (await browser.send('POST', '/api/setup/first-administrator', { ...body, userName: 'Minh!' })).body['code'],
      'user-name-form',
    )
    assert.equal(
      (await browser.send('POST', '/api/setup/first-administrator', { ...body, place: { code: '99999' } })).body[
        'code'
      ],
      'place-unknown',
    )
    assert.deepEqual((await browser.send('POST', '/api/setup/first-administrator', body)).body, { userName: 'minh.tv' })
    assert.equal(
      (await browser.send('POST', '/api/setup/first-administrator', { ...body, userName: 'second.one' })).body['code'],
      'link-worthless',
    )
    await browser.signIn('minh.tv')
    const me = await browser.get('/api/me')
    assert.deepEqual(me.body['agency'], {
      agencyId: (me.body['agency'] as { agencyId: number }).agencyId,
      name: 'Sở Nội vụ',
    })
    assert.ok((me.body['permissions'] as string[]).includes('system.manage'))
    assert.equal(me.body['demand'], 'enrol-second-factor')
  })
})

describe('who may not come in', () => {
  test('a disabled account neither signs in nor goes on; opened again it does', async () => {
    freshClock()
    const { userName, accountId } = await anOfficer(context)
    const browser = aBrowser(http)
    await browser.signIn(userName)
    await setAccountDisabled(context, accountId, { disabled: true, by: null })
    assert.equal((await browser.get('/api/me')).status, 401)
    assert.equal(
      (await browser.signIn(userName, 'sai')).body['code'],
      'wrong-credentials',
      'only the owner learns of it',
    )
    assert.equal((await browser.signIn(userName)).body['code'], 'account-disabled')
    await setAccountDisabled(context, accountId, { disabled: false, by: null })
    assert.equal((await browser.signIn(userName)).status, 200)
  })

  test('an account that was idle for 45 days is disabled, at sign-in or by the daily job', async () => {
    freshClock()
    const one = await anOfficer(context)
    const other = await anOfficer(context)
    wait(45 * 24 * 60 + 1)
    const reply = await aBrowser(http).signIn(one.userName)
    assert.deepEqual([reply.body['code'], reply.body['why']], ['account-disabled', 'idle'])
    assert.ok((await tidyIdentity(context)).disabled >= 1)
    assert.equal((await aBrowser(http).signIn(other.userName)).body['code'], 'account-disabled')
  })

  test('without a post one signs in and may do nothing; an ended post ends the right at once', async () => {
    freshClock()
    const officer = await anOfficer(context)
    const browser = aBrowser(http)
    await browser.signIn(officer.userName)
    assert.equal((await browser.get('/api/test/dossiers')).status, 200)
    await endPost(context.db, { agencyId: officer.agencyId, postId: officer.postId, lastDay: '2026-01-01' })
    assert.equal((await browser.get('/api/test/dossiers')).status, 403)
    assert.equal((await browser.get('/api/test/session')).status, 200)
  })

  test('a delegated post counts during its period only', async () => {
    freshClock()
    const leader = await anOfficer(context, { role: 'leader', name: 'Phạm Văn Long' })
    const deputy = await anOfficer(context, { agencyId: leader.agencyId, unitId: leader.unitId })
    const today = now.slice(0, 10)
    await createDelegation(context.db, {
      agencyId: leader.agencyId,
      postId: leader.postId,
      toOfficerId: deputy.officerId,
      validFrom: today,
      validTo: today,
      reason: 'Đi công tác',
    })
    const browser = aBrowser(http)
    await browser.signIn(deputy.userName)
    const me = await browser.get('/api/me')
    assert.ok((me.body['permissions'] as string[]).includes('dossier.sign'))
    assert.deepEqual(
      (me.body['posts'] as { onBehalfOf: unknown }[]).map((post) => post.onBehalfOf),
      [null, { officerId: leader.officerId, name: 'Phạm Văn Long' }],
    )
    wait(24 * 60)
    await browser.signIn(deputy.userName)
    assert.ok(!((await browser.get('/api/me')).body['permissions'] as string[]).includes('dossier.sign'))
  })
})

describe('the hook', () => {
  test('lets in whom the table lets in, and nobody else', async () => {
    freshClock()
    const specialist = aBrowser(http)
    await specialist.signIn((await anOfficer(context)).userName)
    const administrator = aBrowser(http)
    await administrator.signIn((await anOfficer(context, { role: 'system-admin', demo: true })).userName)
    const nobody = aBrowser(http)
    assert.deepEqual(
      await Promise.all(
        [specialist, administrator, nobody].map(async (browser) =>
          Promise.all(
            ['dossiers', 'manage', 'session', 'public'].map(
              async (path) => (await browser.get(`/api/test/${path}`)).status,
            ),
          ),
        ),
      ),
      [
        [200, 403, 200, 200],
        [403, 200, 200, 200],
        [401, 401, 401, 200],
      ],
    )
    assert.equal((await nobody.get('/api/test/careless')).status, 500, 'a public route has no actor')
    assert.equal((await nobody.get('/api/nowhere')).status, 404)
  })

  test('a route with an unknown permission stops the server from starting', async () => {
    await assert.rejects(
      testHttp(
        context,
        (server) => void server.get('/api/x', { config: { permission: 'dossier.delete' } }, async () => ({})),
      ),
      /unknown permission/,
    )
  })

  test('forged and worn-out cookies are nobody’s', async () => {
    const browser = aBrowser(http)
    for (const token of ['x', 'A'.repeat(43), "' or 1=1 --"]) {
      browser.cookies.set('motcua_session', encodeURIComponent(token))
      assert.equal((await browser.get('/api/me')).status, 401)
    }
  })
})

describe('the log of access', () => {
  test('tells who came in and cannot be changed by the application', async () => {
    freshClock()
    const officer = await anOfficer(context)
    const browser = aBrowser(http)
    await browser.signIn(officer.userName, 'sai')
    await browser.signIn(officer.userName)
    await browser.send('DELETE', '/api/session')
    const rows = await listAudit(context.db, { accountId: officer.accountId })
    assert.deepEqual(
      rows.map((row) => row.what),
      ['signed-out', 'signed-in', 'sign-in-failed', 'account-made'],
    )
    assert.ok(rows.every((row) => row.agencyId === officer.agencyId))
    await assert.rejects(
      context.db.updateTable('identity.audit').set({ what: 'exported' }).execute(),
      /permission denied/,
    )
    await assert.rejects(context.db.deleteFrom('identity.audit').execute(), /permission denied/)
  })
})

test('one’s own sessions are listed and can be ended from elsewhere; others’ do not exist', async () => {
  freshClock()
  const officer = await anOfficer(context)
  await createPost(context.db, {
    officerId: officer.officerId,
    agencyId: officer.agencyId,
    unitId: officer.unitId,
    role: 'clerk',
    validFrom: '2025-07-01',
  })
  const [here, there, stranger] = [aBrowser(http), aBrowser(http), aBrowser(http)]
  await here.signIn(officer.userName)
  await there.signIn(officer.userName)
  await stranger.signIn((await anOfficer(context)).userName)
  const { sessions } = (await here.get('/api/account')).body as { sessions: { sessionId: string; current: boolean }[] }
  assert.equal(sessions.length, 2)
  const other = sessions.find((session) => !session.current)?.sessionId
  assert.equal((await stranger.send('DELETE', `/api/account/sessions/${other}`)).status, 404)
  assert.equal((await here.send('DELETE', `/api/account/sessions/${other}`)).status, 204)
  assert.equal((await there.get('/api/me')).status, 401)
  assert.equal((await here.get('/api/me')).status, 200)
})
