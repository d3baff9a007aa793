import assert from 'node:assert/strict'
import { randomUUID } from 'node:crypto'
import { after, before, test } from 'node:test'
import { createAccount } from '../identity/accounts.ts'
import type { Actor, IdentityContext } from '../identity/index.ts'
import { identityRoutes } from '../identity/routes.ts'
import { aBrowser, GOOD_PASSWORD, testHttp } from '../identity/testing.ts'
import type { Http } from '../platform/http/route.ts'
import { testDatabase, type TestDatabase } from '../platform/testing.ts'
import type { DossierContext } from './commands.ts'
import type { ErasurePreview } from './contract.ts'
import { give, takeIn } from './requests.ts'
import { dossierRoutes } from './routes.ts'
import { aCommune, anIntake, aPerson, at, type Commune } from './testing.ts'
import { verifyLog } from './verify.ts'
import { sealLog } from './seals.ts'

let database: TestDatabase<never>
let context: DossierContext
let http: Http
let commune: Commune

before(async () => {
  database = await testDatabase()
  context = database.context as unknown as DossierContext
  database.setClock(at('2026-11-09', '08:30'))
  commune = await aCommune(context, { name: 'Xã Mới', code: 'H99.01' })
  const identity = database.context as unknown as IdentityContext
  http = await testHttp(identity, (server) => {
    identityRoutes(server, identity)
    dossierRoutes(server, context)
  })
})
after(async () => {
  await http.close()
  await database.close()
})

async function as(actor: Actor): Promise<ReturnType<typeof aBrowser>> {
  const userName = `officer${actor.officerId}`
  const identity = database.context as unknown as IdentityContext
  await createAccount(identity, { officerId: actor.officerId, userName, password: GOOD_PASSWORD, demo: true })
  const browser = aBrowser(http)
  await browser.signIn(userName)
  return browser
}

async function taken(): Promise<{ dossierId: string; version: number }> {
  const outcome = await takeIn(context, { actor: commune.reception, source: 'officer' }, anIntake(context, commune))
  assert.ok(outcome.ok, JSON.stringify(outcome))
  return { dossierId: outcome.value.dossierId, version: outcome.value.dossier.version }
}

test('a person leaves the dossiers that have ended, the others keep them, and the log stays whole', async () => {
  const ended = await taken()
  await taken()
  const command = async (actor: Actor, body: Parameters<typeof give>[2]['body']['command'], expected: number) => {
    const given = await give(
      context,
      { actor, source: 'officer' },
      {
        agencyId: commune.agencyId,
        dossierId: ended.dossierId,
        body: { commandId: randomUUID(), version: expected, command: body },
      },
      { occurredAt: context.clock(), recordedAt: context.clock() },
    )
    assert.ok(given.ok, JSON.stringify(given))
    return given.value.dossier.version
  }
  const withdrawn = await command(
    commune.reception,
    { type: 'withdraw', details: { reason: 'Theo yêu cầu của người nộp.' } },
    ended.version,
  )
  await command(
    commune.reception,
    { type: 'returnResult', delivery: 'counter', recipient: null, details: null },
    withdrawn,
  )

  const admin = await as(commune.admin)
  const body = { agencyId: commune.agencyId, identityNumber: aPerson().identityNumber }
  const preview = (await admin.post('/api/persons/erasure/preview', body)).body as ErasurePreview
  assert.deepEqual(preview.items.map((item) => item.ended).toSorted(), [false, true])
  assert.doesNotMatch(JSON.stringify(preview), /Nguyễn Văn An/, 'who administers is told no name')

  const done = await admin.post('/api/persons/erasure', { ...body, basis: 'Đơn số 12 ngày 05/11/2026' })
  assert.deepEqual(done.body, { erased: 1, kept: 1 })
  const left = await database.ownerPool.query<{ dossier_id: string }>(
    'select dossier_id from dossiers.person where content is not null',
  )
  assert.ok(left.rows.every((row) => row.dossier_id !== ended.dossierId))
  const again = await admin.post('/api/persons/erasure', { ...body, basis: 'Đơn số 12 ngày 05/11/2026' })
  assert.equal(again.status, 409)
  const audit = await database.ownerPool.query(`select details from identity.audit where what = 'personal-data-erased'`)
  assert.equal(audit.rows.length, 1)
  await sealLog(context)
  assert.deepEqual((await verifyLog(context)).findings, [])
})

test('nobody but the administrator of the agency erases', async () => {
  const leader = await as(commune.leader)
  const body = { agencyId: commune.agencyId, identityNumber: aPerson().identityNumber }
  assert.equal((await leader.post('/api/persons/erasure/preview', body)).status, 403)
})
