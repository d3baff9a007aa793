import assert from 'node:assert/strict'
import { randomUUID } from 'node:crypto'
import { after, before, test } from 'node:test'
import { createAccount } from '../identity/accounts.ts'
import type { Actor, IdentityContext } from '../identity/index.ts'
import { identityRoutes } from '../identity/routes.ts'
import { aBrowser, GOOD_PASSWORD, testHttp, type Reply } from '../identity/testing.ts'
import { APP_ROLE, openDb, openPool } from '../platform/db.ts'
import type { Http } from '../platform/http/route.ts'
import { testDatabase, type TestDatabase } from '../platform/testing.ts'
import type { DossierContext } from './commands.ts'
import type { CommandInput, CommandReply, DossierView } from './contract.ts'
import { writeCursor } from './queries.ts'
import { takeIn } from './requests.ts'
import { dossierRoutes } from './routes.ts'
import { aCommune, aComponent, anIntake, aPerson, at, type Commune } from './testing.ts'

type Browser = ReturnType<typeof aBrowser>

let database: TestDatabase<never>
let context: DossierContext
let http: Http
let commune: Commune
let desk: Browser
let justice: Browser

before(async () => {
  database = await testDatabase()
  context = database.context as unknown as DossierContext
  database.setClock(at('2026-11-20', '08:30'))
  commune = await aCommune(context)
  const identity = database.context as unknown as IdentityContext
  http = await testHttp(identity, (server) => {
    identityRoutes(server, identity)
    dossierRoutes(server, context)
  })
  desk = await signedIn(commune.reception)
  justice = await signedIn(commune.justice)
})
after(async () => {
  await http.close()
  await database.close()
})

async function signedIn({ officerId }: Actor): Promise<Browser> {
  const userName = `officer${officerId}`
  const identity = database.context as unknown as IdentityContext
  assert.ok((await createAccount(identity, { officerId, userName, password: GOOD_PASSWORD, demo: true })).ok)
  const browser = aBrowser(http)
  await browser.signIn(userName)
  return browser
}

const take = async (change: Parameters<typeof anIntake>[2] = {}): Promise<CommandReply> => {
  const reply = await desk.post('/api/dossiers', anIntake(context, commune, change))
  assert.equal(reply.status, 201, JSON.stringify(reply.body))
  return reply.body as unknown as CommandReply
}

const viewOf = async (dossierId: string): Promise<DossierView> =>
  (await desk.get(`/api/dossiers/${dossierId}`)).body as unknown as DossierView

const give = async (browser: Browser, dossierId: string, command: CommandInput, commandId = randomUUID()) =>
  browser.post(`/api/dossiers/${dossierId}/commands`, {
    commandId,
    version: (await viewOf(dossierId)).version,
    command,
  })

const told = ({ status, body }: Reply) => [status, body['code']]

test('cursors that nobody was given begin the list anew and never reach the database', async () => {
  await take()
  const id = '00000000-0000-0000-0000-000000000000'
  const moment = '2026-11-20T01:30:00.000Z'
  const made = [
    ['x', 'y', 'z'],
    ['x', 'y'],
    [moment, 'y', 'z'],
    [moment, id, 'a\u0000b'],
    [`${moment}\u0000`, id],
    ['9999-99-99T99:99:99.999Z', id],
    ['9999-99-99T99:99:99.999Z', id, 'accept'],
    [moment, "x'; drop table dossiers.task; --"],
    [null, null],
  ]
  for (const values of made)
    for (const path of ['/api/queue?whose=agency', '/api/dossiers?limit=50']) {
      const reply = await desk.get(`${path}&cursor=${writeCursor(values)}`)
      assert.equal(reply.status, 200, JSON.stringify(values))
      assert.ok((reply.body['items'] as unknown[]).length > 0, JSON.stringify(values))
    }
  assert.equal((await desk.get(`/api/dossiers/${'-'.repeat(36)}`)).status, 400)
})

test('an id that was used for one thing does not pass for another', async () => {
  const [one, other] = [await take(), await take()]
  const commandId = randomUUID()
  assert.equal((await give(desk, one.dossierId, { type: 'forward' }, commandId)).status, 200)
  assert.deepEqual(told(await give(desk, other.dossierId, { type: 'forward' }, commandId)), [409, 'command-id-used'])
  assert.equal((await viewOf(other.dossierId)).status, 'received')
  const again = await give(desk, one.dossierId, { type: 'forward' }, commandId)
  assert.deepEqual([again.status, again.body['repeated']], [200, true])

  const intake = anIntake(context, commune)
  assert.equal((await desk.post('/api/dossiers', intake)).status, 201)
  assert.equal((await desk.post('/api/dossiers', intake)).status, 200)
  const corrected = { ...intake, persons: { applicant: aPerson({ name: 'Nguyễn Văn Ân' }) } }
  assert.deepEqual(told(await desk.post('/api/dossiers', corrected)), [409, 'command-id-used'])
  assert.deepEqual(told(await desk.post('/api/dossiers', { ...intake, commandId })), [409, 'command-id-used'])
})

test('papers and files that the dossier does not have are refused, at the counter and later', async () => {
  const { components } = anIntake(context, commune)
  const [first] = components
  assert.ok(first)
  const refusals: [string, Parameters<typeof anIntake>[2]][] = [
    ['file-unknown', { components: components.map((component) => ({ ...component, files: [randomUUID()] })) }],
    ['component-twice', { components: [...components, first] }],
    [
      'component-unknown',
      { decision: { type: 'requestSupplement', details: { reason: 'thiếu' }, componentKeys: ['khong-co'] } },
    ],
  ]
  for (const [code, change] of refusals)
    assert.deepEqual(told(await desk.post('/api/dossiers', anIntake(context, commune, change))), [422, code])
  const { dossierId } = await take()
  await give(desk, dossierId, { type: 'forward' })
  const unknown: CommandInput[] = [
    { type: 'recordComponents', components: [aComponent('khong-co')] },
    { type: 'requestSupplement', details: { reason: 'thiếu' }, componentKeys: ['khong-co'] },
  ]
  for (const command of unknown)
    assert.deepEqual(told(await give(justice, dossierId, command)), [422, 'component-unknown'])
})

test('financial duties may run into billions, and add up', async () => {
  const { dossierId } = await take()
  await give(desk, dossierId, { type: 'forward' })
  for (const amount of [2_000_000_000, 2_000_000_000, 900_000_000_000]) {
    const details = { reason: 'Tiền sử dụng đất theo thông báo của cơ quan thuế' }
    assert.equal((await give(justice, dossierId, { type: 'requirePayment', amount, payBy: null, details })).status, 200)
    assert.equal(
      (await give(desk, dossierId, { type: 'collectFee', method: 'transfer', receiptNumber: null })).status,
      200,
    )
    assert.equal((await give(desk, dossierId, { type: 'confirmPayment' })).status, 200)
  }
  assert.equal((await viewOf(dossierId)).fee.paid, 904_000_000_000)
})

test('work is handed over among the officers of an agency only, and nobody else is there', async () => {
  const other = await aCommune(context, { name: 'Xã Khác', code: 'H99.02' })
  const leader = await signedIn(commune.leader)
  const handOver = async (fromOfficerId: number, toOfficerId: number) =>
    (
      await leader.post('/api/work/hand-over', {
        agencyId: commune.agencyId,
        fromOfficerId,
        toOfficerId,
        reason: 'nghỉ ốm',
      })
    ).status
  for (const stranger of [other.justice.officerId, 2_000_000_000]) {
    assert.equal(await handOver(commune.justice.officerId, stranger), 404)
    assert.equal(await handOver(stranger, commune.justice.officerId), 404)
  }
})

test('two servers of one database that are sent the same intake take it in once', async () => {
  const pool = openPool({ url: database.url, size: 2, role: APP_ROLE })
  try {
    const other: DossierContext = { ...context, pool, db: openDb(pool) }
    for (let round = 0; round < 5; round++) {
      const intake = anIntake(context, commune)
      const giver = { actor: commune.reception, source: 'officer' as const }
      const outcomes = await Promise.all([context, other].map((server) => takeIn(server, giver, intake)))
      const codes = outcomes.map((outcome) => (outcome.ok ? outcome.value.dossier.code : outcome.refusal.code))
      assert.equal(codes[0], codes[1])
    }
  } finally {
    await pool.end()
  }
})
