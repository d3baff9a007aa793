import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { anOfficer } from '../../identity/testing.ts'
import { identityHooks } from '../../identity/index.ts'
import { identityRoutes } from '../../identity/routes.ts'
import type { Config } from '../../platform/config.ts'
import type { Http } from '../../platform/http/route.ts'
import { createHttp } from '../../platform/http/server.ts'
import { testDatabase, type TestDatabase } from '../../platform/testing.ts'
import { setAgencyCode } from '../../staff/index.ts'
import { noticeRoutes, sendDue } from '../notices/index.ts'
import { openMailbox, type Mailbox } from '../notices/testing.ts'
import type { AccountTablesNeeded } from './desk.ts'
import { citizenHooks } from './hooks.ts'
import { citizenAccountRoutes } from './routes.ts'
import { aSignedInCitizen, aVisitor } from './testing.ts'

type Tables = AccountTablesNeeded
let database: TestDatabase<Tables>
let letterbox: Mailbox
const GATEWAY = 'http://127.0.0.1:9/sms'
const open: Http[] = []

before(async () => {
  database = await testDatabase<Tables>()
  letterbox = await openMailbox()
})
after(async () => {
  await Promise.all(open.map((http) => http.close()))
  await letterbox.close()
  await database.close()
})

/** The rooms that a person meets, in an installation with these settings. */
async function serverWith(change: Partial<Config>) {
  const context = { ...database.context, config: { ...database.context.config, ...change } }
  const http = await createHttp({ config: context.config, log: context.log })
  identityHooks(http, context)
  citizenHooks(http, context)
  identityRoutes(http, context)
  noticeRoutes(http, context)
  citizenAccountRoutes(http, context)
  await http.ready()
  open.push(http)
  return { http, context }
}

const queued = async (): Promise<number> =>
  Number((await database.ownerPool.query<{ n: string }>('select count(*) as n from portal.message')).rows[0]?.n)

/** Until what is told after the answer lies in the queue. */
async function untilQueued(count: number): Promise<void> {
  for (let tries = 0; (await queued()) < count && tries < 100; tries++)
    await new Promise((done) => setTimeout(done, 20))
  assert.equal(await queued(), count)
}

test('where nothing can be sent it is said before anything is typed, and nothing is asked for', async () => {
  const { http } = await serverWith({ mail: undefined, noticeGateways: [] })
  const visitor = aVisitor(http)
  for (const path of ['/dang-ky', '/quen-mat-khau', '/dang-ky?lang=en']) {
    const page = await visitor.get(path)
    assert.equal(page.statusCode, 200)
    assert.match(page.body, /chưa bật gửi thư điện tử và tin nhắn|set up neither mail nor messages/, path)
    assert.match(page.body, /bộ phận một cửa|one-stop desk/)
    assert.doesNotMatch(page.body, /<form class="account-form"/)
  }
  const typed = await visitor.post('/dang-ky', { lien_he: 'mai@example.vn' })
  assert.equal(typed.statusCode, 503)
  assert.equal(await queued(), 0)
  const { cookie } = await aSignedInCitizen(database.context)
  const contact = await http.inject({ url: '/tai-khoan/lien-he', headers: { cookie, accept: 'text/html' } })
  assert.match(contact.body, /chưa bật gửi thư/)
})

test('outside of a demonstration there is no mailbox, with or without a server', async () => {
  const bare = await serverWith({ mail: undefined, noticeGateways: [] })
  assert.equal((await aVisitor(bare.http).get('/hop-thu-thu')).statusCode, 404)
  const real = await serverWith({ mail: letterbox.server, noticeGateways: [] })
  assert.equal((await aVisitor(real.http).get('/hop-thu-thu')).statusCode, 404)
})

test('with a mail server only, mail addresses are asked for; the code arrives there and the account is made', async () => {
  const { http, context } = await serverWith({ mail: letterbox.server, noticeGateways: [] })
  const visitor = aVisitor(http)
  assert.match((await visitor.get('/dang-ky')).body, /Ở đây chưa gửi được tin nhắn đến điện thoại/)
  const byPhone = await visitor.fill('/dang-ky', { lien_he: '0912345678' })
  assert.equal(byPhone.statusCode, 422)
  assert.equal(await queued(), 0)
  const asked = await visitor.fill('/dang-ky', { lien_he: 'mai@example.vn' })
  assert.equal(asked.headers.location, '/dang-ky/ma')
  assert.doesNotMatch((await visitor.get('/dang-ky/ma')).body, /hop-thu-thu/)
  await untilQueued(1)
  await sendDue(context)
  const code = /\b\d{6}\b/.exec(letterbox.letters.at(-1)?.text ?? '')?.[0] ?? ''
  assert.equal((await visitor.post('/dang-ky/ma', { ma: code })).headers.location, '/dang-ky/hoan-tat')
  const made = await visitor.post('/dang-ky/hoan-tat', { ho_ten: 'Trần Thị Mai', mat_khau: 'Sông xanh núi biếc' })
  assert.equal(made.headers.location, '/tai-khoan')
  // A code that was sent is kept no longer.
  const { rows } = await database.ownerPool.query('select from portal.message where secret is not null')
  assert.equal(rows.length, 0)
  // The same address again: its owner is told that there is an account, and how to get in.
  const again = aVisitor(http, { address: '10.3.0.9' })
  assert.equal((await again.fill('/dang-ky', { lien_he: 'mai@example.vn' })).headers.location, '/dang-ky/ma')
  await untilQueued(2)
  await sendDue(context)
  const told = letterbox.letters.at(-1)
  assert.equal(told?.subject, 'Bạn đã có tài khoản')
  assert.match(told?.text ?? '', /\/dang-nhap\n[^]*\/quen-mat-khau/)
  assert.doesNotMatch(told?.text ?? '', /\b\d{6}\b/)
})

test('with the gateway of an authority, telephones are reached by it', async () => {
  const officer = await anOfficer(database.context, { role: 'agency-admin' })
  const { agencyId, accountId } = officer
  await setAgencyCode(database.db, agencyId, { scheme: 'dossier', code: 'H24.34.21', from: '2025-07-01' })
  const body = { channels: ['sms'], sms: { url: GATEWAY, sender: 'HAIHUNG', perMinute: 60 } }
  await database.ownerPool.query(
    `insert into portal.message_setting (agency_id, version, body, secret, written_by, written_at) values ($1, 1, $2, $3, $4, now())`,
    [agencyId, JSON.stringify(body), database.context.keys.encrypt(JSON.stringify({ sms: 'bí mật' })), accountId],
  )
  const { http } = await serverWith({ mail: undefined, noticeGateways: [GATEWAY] })
  const visitor = aVisitor(http)
  assert.match((await visitor.get('/dang-ky')).body, /Ở đây chưa gửi được thư điện tử/)
  assert.equal((await visitor.fill('/dang-ky', { lien_he: 'lan@example.vn' })).statusCode, 422)
  assert.equal((await visitor.fill('/dang-ky', { lien_he: '0912345678' })).headers.location, '/dang-ky/ma')
  await untilQueued(3)
  const { rows } = await database.ownerPool.query(
    `select agency_id, channel from portal.message order by position desc limit 1`,
  )
  assert.deepEqual(rows[0], { agency_id: agencyId, channel: 'sms' })
})

test('a demonstration without a server shows what it does not send; with one it does not', async () => {
  // A database of its own, since whether it is a demonstration is remembered for a while.
  const demo = await testDatabase<Tables>()
  try {
    await demo.ownerPool.query(`insert into platform.setting (name, value) values ('demo', '{}')`)
    const real = database
    database = demo
    const { http } = await serverWith({ mail: undefined, noticeGateways: [] })
    const visitor = aVisitor(http)
    assert.match((await visitor.get('/hop-thu-thu')).body, /Chưa có tin nào/)
    assert.match((await visitor.get('/dang-nhap')).body, /class="demo-banner">[^<]*<a href="\/hop-thu-thu"/)
    await visitor.fill('/dang-ky', { lien_he: '0912345678' })
    assert.match((await visitor.get('/dang-ky/ma')).body, /href="\/hop-thu-thu"/)
    await untilQueued(1)
    const box = await aVisitor(http, { address: '10.4.0.1' }).get('/hop-thu-thu')
    assert.equal(box.headers['cache-control'], 'no-store')
    assert.doesNotMatch(box.body, /0912345678/)
    const code = /(\d{6}) la ma xac nhan|(\d{6}) là mã xác nhận/.exec(box.body)
    assert.equal(
      (await visitor.post('/dang-ky/ma', { ma: code?.[1] ?? code?.[2] ?? '' })).headers.location,
      '/dang-ky/hoan-tat',
    )
    assert.doesNotMatch((await visitor.get('/hop-thu-thu?lang=en')).body, /Hộp thư thử/)
    const sending = await serverWith({ mail: letterbox.server, noticeGateways: [] })
    assert.equal((await aVisitor(sending.http).get('/hop-thu-thu')).statusCode, 404)
    assert.doesNotMatch((await aVisitor(sending.http).get('/dang-nhap')).body, /hop-thu-thu/)
    database = real
    await Promise.all(open.splice(-2).map((each) => each.close()))
  } finally {
    await demo.close()
  }
})
