import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import type { IdentityTables } from '../../identity/index.ts'
import { identityRoutes } from '../../identity/routes.ts'
import { aBrowser, anOfficer, testHttp } from '../../identity/testing.ts'
import type { Http } from '../../platform/http/route.ts'
import { withScope } from '../../platform/db.ts'
import { testDatabase, type TestDatabase } from '../../platform/testing.ts'
import type { FrameTables } from '../page-frame.ts'
import { calendarFilePath } from './calendar-links.ts'
import { addressIndex, queueMessage, refusalPath } from './commands.ts'
import { noticeRoutes } from './routes.ts'
import { usualSettings } from './rules/settings.ts'
import { isRefused, type NoticeTables } from './store.ts'
import { openGateway, type FakeGateway } from './testing.ts'

let database: TestDatabase<NoticeTables & FrameTables & IdentityTables>
let http: Http
let gateway: FakeGateway
let address: string
type Officer = Awaited<ReturnType<typeof anOfficer>>
let admin: Officer
let clerk: Officer
let desk: Officer
let stranger: Officer
const facts = {
  code: 'H61.1-26-000001',
  procedure: 'Đăng ký khai sinh',
  trackLink: '/tra-cuu/H61.1-26-000001',
  due: '',
}

before(async () => {
  database = await testDatabase<NoticeTables & FrameTables & IdentityTables>()
  const { context } = database
  gateway = await openGateway(context.clock)
  admin = await anOfficer(context, { role: 'agency-admin', unitKind: 'office', demo: true })
  clerk = await anOfficer(context, { role: 'clerk', agencyId: admin.agencyId, unitId: admin.unitId })
  desk = await anOfficer(context, { role: 'receiving-officer', agencyId: admin.agencyId, unitId: admin.unitId })
  stranger = await anOfficer(context, { role: 'agency-admin', unitKind: 'office', demo: true })
  http = await testHttp(context, (server) => {
    identityRoutes(server, context)
    noticeRoutes(server, { ...context, config: { ...context.config, noticeGateways: [gateway.url] } })
  })
  await http.listen({ port: 0, host: '127.0.0.1' })
  const bound = http.server.address()
  address = `http://127.0.0.1:${typeof bound === 'object' ? bound?.port : ''}`
})
after(async () => {
  await http.close()
  await gateway.close()
  await database.close()
})

const as = async (officer: Officer, source: string) => {
  const browser = aBrowser(http, { address: source })
  assert.equal((await browser.signIn(officer.userName)).status, 200)
  return browser
}
const ask = (dedupeKey: string, email = 'nguoidan@thu.example') =>
  queueMessage(database.context, {
    agencyId: admin.agencyId,
    to: { email, phone: '0912345678' },
    template: 'dossier-received',
    facts,
    dedupeKey,
  })

test('officers of the authority see its messages, addresses masked; others see none', async () => {
  await ask('list/1')
  const list = await (await as(clerk, '10.1.0.1')).get('/api/notices')
  assert.equal(list.status, 200)
  const [item] = list.body['items'] as { to: string; state: string; canResend: boolean }[]
  assert.deepEqual([item?.to, item?.state, item?.canResend], ['n***@thu.example', 'queued', false])
  assert.doesNotMatch(JSON.stringify(list.body), /nguoidan/)
  const elsewhere = await (await as(stranger, '10.1.0.2')).get('/api/notices')
  assert.deepEqual(elsewhere.body['items'], [])
  assert.equal((await aBrowser(http).get('/api/notices')).status, 401)
  const summary = await (await as(clerk, '10.1.0.3')).get('/api/notices/summary')
  assert.deepEqual(summary.body['open'], { email: false, sms: false, zalo: false })
})

test('at the intake the desk learns by which ways an authority sends; who takes nothing in does not', async () => {
  const path = `/api/notices/ways?agencyId=${admin.agencyId}`
  const ways = await (await as(desk, '10.1.0.4')).get(path)
  // Neither a mail server nor a gateway of this authority: nothing to choose.
  assert.deepEqual([ways.status, ways.body], [200, { ways: [] }])
  assert.equal((await (await as(clerk, '10.1.0.5')).get(path)).status, 403)
  assert.equal((await aBrowser(http).get(path)).status, 401)
})

test('what failed is sent again by the desk, not by a clerk, and not from elsewhere; what waits is not', async () => {
  const outcome = await ask('resend/1')
  assert.ok(outcome.state === 'queued')
  const path = `/api/notices/${admin.agencyId}/${outcome.messageId}/resend`
  const deskBrowser = await as(desk, '10.1.1.1')
  assert.equal((await deskBrowser.post(path, {})).status, 409)
  await database.ownerPool.query(`update portal.message set state = 'failed' where message_id = $1`, [
    outcome.messageId,
  ])
  assert.equal((await (await as(clerk, '10.1.1.2')).post(path, {})).status, 404)
  assert.equal((await (await as(stranger, '10.1.1.3')).post(path, {})).status, 404)
  assert.equal((await deskBrowser.post(path, {})).status, 204)
  const { rows } = await database.ownerPool.query(
    'select state, requested_by from portal.message where message_id = $1',
    [outcome.messageId],
  )
  assert.deepEqual(rows, [{ state: 'queued', requested_by: desk.officerId }])
})

test('a text is written by who may, with known placeholders, over the version that was read', async () => {
  const browser = await as(admin, '10.1.2.1')
  const change = {
    agencyId: admin.agencyId,
    template: 'dossier-received',
    channel: 'email',
    language: 'vi',
    version: 0,
    subject: 'Xã báo {{code}}',
    body: 'Đã nhận {{code}}.',
  }
  const put = (more: Record<string, unknown>) => browser.send('PUT', '/api/notices/templates', { ...change, ...more })
  const refused = await put({ body: 'Chào {{name}}' })
  assert.deepEqual([refused.status, refused.body['code']], [422, 'unknown-placeholder'])
  assert.equal((await put({ template: 'nothing' })).body['code'], 'unknown-template')
  assert.equal((await put({})).status, 204)
  assert.equal((await put({})).status, 409)
  assert.equal((await put({ version: 1, subject: null, body: null })).status, 204)
  assert.equal((await put({ agencyId: stranger.agencyId })).status, 404)
  assert.equal((await (await as(clerk, '10.1.2.2')).send('PUT', '/api/notices/templates', change)).status, 403)
  const list = await browser.get(`/api/notices/templates?agencyId=${admin.agencyId}`)
  assert.deepEqual(
    (list.body['written'] as { version: number; body: string | null }[]).map(({ version, body }) => [version, body]),
    [[2, null]],
  )
})

test('a preview with what was told last: no link of the person, no code to sign in with, not for others', async () => {
  const browser = await as(admin, '10.1.2.9')
  const to = { email: 'nguoidan@thu.example' }
  const { agencyId } = admin
  const example = (template: string, agencyId = admin.agencyId) =>
    browser.get(`/api/notices/templates/example?agencyId=${agencyId}&template=${template}`)
  assert.equal((await example('petition-received')).body['facts'], null)
  await queueMessage(database.context, {
    agencyId,
    to,
    template: 'petition-received',
    facts: { code: 'PA-1', petitionLink: '/phan-anh/tra-cuu?ma=bi-mat' },
    dedupeKey: 'preview/1',
  })
  const code = { code: '482913', minutes: '10' }
  await queueMessage(database.context, { agencyId, to, template: 'one-time-code', facts: code, dedupeKey: 'preview/2' })
  const { facts: shown } = (await example('petition-received')).body as { facts: Record<string, string> }
  assert.equal(shown['code'], 'PA-1')
  assert.doesNotMatch(JSON.stringify(shown), /bi-mat/)
  assert.equal((await example('one-time-code')).body['facts'], null)
  assert.equal((await example('petition-received', stranger.agencyId)).status, 404)
  const path = `/api/notices/templates/example?agencyId=${admin.agencyId}&template=petition-received`
  assert.equal((await (await as(clerk, '10.1.2.10')).get(path)).status, 403)
})

test('settings: a gateway of the list with a key that is never shown; reports of it are signed, fresh, counted once', async () => {
  const browser = await as(admin, '10.1.3.1')
  const path = `/api/notices/settings?agencyId=${admin.agencyId}`
  const body = { ...usualSettings, channels: ['sms'], sms: { url: gateway.url, sender: 'UBND', perMinute: 10 } }
  const put = (more: Record<string, unknown>) =>
    browser.send('PUT', '/api/notices/settings', { agencyId: admin.agencyId, version: 0, body, secrets: {}, ...more })
  assert.equal((await put({})).body['code'], 'secret-needed')
  const elsewhere = { ...body, sms: { ...body.sms, url: 'http://169.254.169.254/' } }
  assert.equal((await put({ body: elsewhere, secrets: { sms: gateway.secret } })).body['code'], 'unknown-gateway')
  assert.equal((await put({ secrets: { sms: gateway.secret } })).status, 204)
  assert.doesNotMatch(JSON.stringify((await browser.get(path)).body), new RegExp(gateway.secret))
  assert.equal((await put({ version: 1 })).status, 204) // the key is kept

  const outcome = await ask('report/1')
  assert.ok(outcome.state === 'queued')
  await database.ownerPool.query(`update portal.message set state = 'sent' where message_id = $1`, [outcome.messageId])
  const stateNow = async () =>
    (
      await database.ownerPool.query<{ state: string }>('select state from portal.message where message_id = $1', [
        outcome.messageId,
      ])
    ).rows[0]?.state
  const url = `${address}/api/notices/status/${admin.agencyId}/sms`
  const report = { reportId: 'r1', id: outcome.messageId, state: 'delivered' as const, at: '2026-11-23T02:00:00Z' }
  assert.equal((await gateway.report(url, report, { secret: 'guessed' })).status, 401)
  assert.equal((await gateway.report(url, report, { at: Date.now() - 3_600_000 })).status, 401)
  assert.equal((await gateway.report(`${address}/api/notices/status/${stranger.agencyId}/sms`, report)).status, 401)
  assert.equal(await stateNow(), 'sent')
  assert.equal((await gateway.report(url, report)).status, 204)
  assert.equal((await gateway.report(url, report)).status, 204)
  assert.equal((await gateway.report(url, { ...report, reportId: 'r0', state: 'failed' })).status, 204) // late
  assert.equal(await stateNow(), 'delivered')
  assert.equal((await gateway.report(url, { reportId: 'x' } as never)).status, 400)
})

test('who has the link of a letter stops messages and takes it back; a forged link does nothing', async () => {
  const { keys, db } = database.context
  const index = addressIndex(keys, 'toi@thu.example')
  const path = refusalPath(keys, admin.agencyId, index)
  const page = await http.inject({ url: path })
  assert.match(page.body, /Ngừng nhận thông báo/)
  const refused = () => withScope(db, { agencies: [admin.agencyId] }, (tx) => isRefused(tx, admin.agencyId, index))
  assert.equal(await refused(), false) // looking changes nothing
  const oneClick = {
    method: 'POST' as const,
    headers: { 'content-type': 'application/x-www-form-urlencoded' },
    payload: 'List-Unsubscribe=One-Click',
  }
  assert.equal((await http.inject({ url: path, ...oneClick })).statusCode, 200)
  assert.equal(await refused(), true)
  assert.equal((await http.inject({ url: `${path.slice(0, -2)}AA`, ...oneClick })).statusCode, 404)
  await http.inject({ url: path.replace('/ngung/', '/nhan-lai/'), ...oneClick })
  assert.equal(await refused(), false)
})

test('a calendar file comes from its own address alone', async () => {
  const { keys } = database.context
  const path = calendarFilePath(keys, {
    uid: 'a',
    sequence: 0,
    title: 'Hẹn',
    place: 'Xóm 5',
    description: '',
    url: '/dat-lich',
    from: '2026-11-23T02:00:00.000Z',
    minutes: 20,
  })
  const file = await http.inject({ url: path })
  assert.match(String(file.headers['content-type']), /^text\/calendar/)
  assert.match(file.body, /DTSTART;TZID=Asia\/Ho_Chi_Minh:20261123T090000/)
  assert.match(file.body, /URL:http:\/\/127\.0\.0\.1:8080\/dat-lich/)
  assert.equal((await http.inject({ url: '/lich/abc.ics' })).statusCode, 404)
  assert.equal((await http.inject({ url: path.replace('/lich/', '/lich/A') })).statusCode, 404)
})
