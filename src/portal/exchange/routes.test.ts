import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { openFileStore } from '../../documents/index.ts'
import { aCommune, anOfficer, at, type Commune } from '../../dossiers/testing.ts'
import { createAccount } from '../../identity/accounts.ts'
import type { Actor, IdentityContext } from '../../identity/index.ts'
import { identityRoutes } from '../../identity/routes.ts'
import { aBrowser, GOOD_PASSWORD, testHttp } from '../../identity/testing.ts'
import type { Http } from '../../platform/http/route.ts'
import { testDatabase, type TestDatabase } from '../../platform/testing.ts'
import type { DeliveryList, NationalView, NewKey, PartnerList, StatusList } from './contract.ts'
import type { NationalContext } from './national.ts'
import { sendStatuses } from './outbox.ts'
import { exchangeRoutes } from './routes.ts'
import { openSandbox, sandboxDossier } from './sandbox.ts'

let database: TestDatabase<never>
let context: NationalContext
let http: Http
let target: string
let commune: Commune
let other: Commune
let system: Actor
let now: number
const browsers = new Map<Actor, ReturnType<typeof aBrowser>>()

before(async () => {
  database = await testDatabase()
  context = database.context as unknown as NationalContext
  now = Date.parse(at('2026-11-20', '08:30'))
  database.setClock(new Date(now).toISOString())
  commune = await aCommune(context)
  other = await aCommune(context, { name: 'Xã Khác', code: 'H99.02' })
  const { agencyId, units } = commune
  system = await anOfficer(context, { agencyId, unitId: units.office, role: 'system-admin', name: 'Quản trị' })
  const identity = database.context as unknown as IdentityContext
  http = await testHttp(identity, (server) => {
    identityRoutes(server, identity)
    exchangeRoutes(server, context, { files: openFileStore(context.config.fileDir) })
  })
  target = await http.listen({ port: 0, host: '127.0.0.1' })
})
after(async () => {
  await http.close()
  await database.close()
})

async function as(actor: Actor) {
  const known = browsers.get(actor)
  if (known) return known
  const userName = `officer${actor.officerId}`
  const identity = database.context as unknown as IdentityContext
  await createAccount(identity, { officerId: actor.officerId, userName, password: GOOD_PASSWORD, demo: true })
  const browser = aBrowser(http)
  assert.ok((await browser.signIn(userName)).status < 300)
  browsers.set(actor, browser)
  return browser
}

const partner = (change: Record<string, unknown> = {}) => ({
  partnerId: 'dvcqg',
  kind: 'national-portal',
  name: 'Cổng quốc gia',
  address: 'https://cong.example.vn/trang-thai',
  ...change,
})

test('partners and keys are for who manages the whole installation', async () => {
  for (const actor of [commune.admin, commune.reception, commune.leader]) {
    const browser = await as(actor)
    const { status } = await browser.get('/api/exchange/partners')
    assert.ok(status === 404 || status === 403)
    assert.ok((await browser.post('/api/exchange/partners', partner())).status >= 403)
  }
  assert.equal((await aBrowser(http).get('/api/exchange/partners')).status, 401)
  const admin = await as(system)
  assert.equal((await admin.post('/api/exchange/partners', partner())).status, 201)
  assert.equal((await admin.post('/api/exchange/partners', partner())).body['code'], 'partner-exists')
})

test('an address must be https, or this machine; nothing inside the network by chance', async () => {
  const admin = await as(system)
  for (const address of ['http://10.0.0.5/', 'ftp://x.vn/', 'javascript:alert(1)', 'https://u:p@x.vn/', 'không phải']) {
    const reply = await admin.post('/api/exchange/partners', partner({ partnerId: 'khac', address }))
    assert.deepEqual([reply.status, reply.body['code']], [422, 'address-not-usable'], address)
  }
})

test('a key is shown once, works at once, and not after it was revoked', async () => {
  const admin = await as(system)
  const made = (await admin.post('/api/exchange/partners/dvcqg/keys', {})).body as unknown as NewKey
  assert.match(made.secret, /^[\w-]{43}$/)
  const list = (await admin.get('/api/exchange/partners')).body as unknown as PartnerList
  assert.ok(!JSON.stringify(list).includes(made.secret))
  const { rows } = await database.ownerPool.query<{ secret: Buffer }>('select secret from portal.partner_key')
  assert.ok(rows.every(({ secret }) => !secret.toString('latin1').includes(made.secret)))
  const portal = openSandbox({ key: { partnerId: 'dvcqg', ...made }, target, clock: () => now })
  const send = (nationalCode: string, agencyCode = 'H99.01') =>
    portal.send(sandboxDossier({ nationalCode, agencyCode, now, change: { TaiLieuNop: [] } }))
  assert.equal((await send('G01-0001')).status, 201)
  assert.equal((await send('G01-0002', 'H99.02')).status, 201)
  assert.equal((await send('G01-0003', 'H00.00')).status, 422)
  assert.equal((await admin.send('DELETE', `/api/exchange/partners/dvcqg/keys/${made.keyId}`, {})).status, 200)
  assert.equal((await send('G01-0004')).status, 401)
  assert.equal((await admin.send('DELETE', `/api/exchange/partners/dvcqg/keys/${made.keyId}`, {})).status, 404)
})

test('a partner that is switched off sends nothing', async () => {
  const admin = await as(system)
  const made = (await admin.post('/api/exchange/partners/dvcqg/keys', {})).body as unknown as NewKey
  const { name, address } = partner()
  const put = (enabled: boolean) => admin.send('PUT', '/api/exchange/partners/dvcqg', { name, address, enabled })
  await put(false)
  const portal = openSandbox({ key: { partnerId: 'dvcqg', ...made }, target, clock: () => now })
  const payload = sandboxDossier({ nationalCode: 'G01-0005', agencyCode: 'H99.01', now, change: { TaiLieuNop: [] } })
  assert.equal((await portal.send(payload)).status, 401)
  await put(true)
  assert.equal((await portal.send(payload)).status, 201)
})

test('each agency sees its own deliveries, the system administrator all of them', async () => {
  const codes = async (actor: Actor) =>
    ((await (await as(actor)).get('/api/exchange/deliveries')).body as unknown as DeliveryList).items
      .map(({ nationalCode }) => nationalCode)
      .toSorted()
  assert.deepEqual(await codes(commune.admin), ['G01-0001', 'G01-0005'])
  assert.deepEqual(await codes(other.admin), ['G01-0002'])
  assert.deepEqual(await codes(system), ['G01-0001', 'G01-0002', 'G01-0003', 'G01-0005'])
  assert.equal((await (await as(commune.reception)).get('/api/exchange/deliveries')).status, 403)
})

test('a status that was not taken is sent again or left out by who may, in the own agency', async () => {
  await sendStatuses(context)
  await database.ownerPool.query(`update portal.status_message set state = 'failed', last_code = 'http-422'`)
  const mine = ((await (await as(commune.admin)).get('/api/exchange/statuses?unsent=1')).body as unknown as StatusList)
    .items
  const [first, second] = mine
  assert.ok(first && second)
  const decide = async (actor: Actor, row: typeof first, action: string) => {
    const { agencyId, dossierId, version } = row
    return (await (await as(actor)).post('/api/exchange/statuses', { agencyId, dossierId, version, action })).status
  }
  assert.equal(await decide(other.admin, first, 'resend'), 404)
  assert.equal(await decide(commune.reception, first, 'resend'), 403)
  assert.equal(await decide(commune.admin, first, 'resend'), 200)
  assert.equal(await decide(commune.admin, second, 'skip'), 200)
  const { rows } = await database.ownerPool.query<{ state: string; changed_by: number }>(
    `select state, changed_by from portal.status_message where changed_by is not null order by state`,
  )
  assert.deepEqual(
    rows.map(({ state }) => state),
    ['queued', 'skipped'],
  )
  const { dossierId } = first
  const view = (await (await as(commune.reception)).get(`/api/dossiers/${dossierId}/national`))
    .body as unknown as NationalView
  assert.match(view.national?.nationalCode ?? '', /^G01-000/)
  assert.equal((await (await as(other.reception)).get(`/api/dossiers/${dossierId}/national`)).status, 404)
})
