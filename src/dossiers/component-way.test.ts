import assert from 'node:assert/strict'
import { randomUUID } from 'node:crypto'
import { after, before, test } from 'node:test'
import { extractText, getDocumentProxy } from 'unpdf'
import { closeRenderer } from '../documents/index.ts'
import { createAccount } from '../identity/accounts.ts'
import type { IdentityContext } from '../identity/index.ts'
import { identityRoutes } from '../identity/routes.ts'
import { aBrowser, GOOD_PASSWORD, testHttp } from '../identity/testing.ts'
import type { Http } from '../platform/http/route.ts'
import { testDatabase, type TestDatabase } from '../platform/testing.ts'
import type { DossierContext } from './commands.ts'
import type { CommandReply, ComponentInput, ComponentWay, DossierView, IntakeBody } from './contract.ts'
import { rebuildRows } from './rebuild.ts'
import { dossierRoutes } from './routes.ts'
import { aCommune, aComponent, anIntake, at, type Commune } from './testing.ts'
import { verifyLog } from './verify.ts'

let database: TestDatabase<never>
let context: DossierContext
let commune: Commune
let http: Http
let desk: ReturnType<typeof aBrowser>

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
  const { officerId } = commune.reception
  const userName = `officer${officerId}`
  assert.ok((await createAccount(identity, { officerId, userName, password: GOOD_PASSWORD, demo: true })).ok)
  desk = aBrowser(http)
  await desk.signIn(userName)
})
after(async () => {
  await http.close()
  await closeRenderer()
  await database.close()
})

/** Not handed in; of a birth, what may stay out and how. */
const out = (key: string, way?: ComponentWay): ComponentInput =>
  aComponent(key, { given: false, count: 0, digital: null, ...(way ? { way } : {}) })
const papers: ComponentInput[] = [
  aComponent('declaration'),
  out('birth-notice', 'data'),
  out('parents-marriage-certificate', 'data'),
  out('authorisation', 'not-mine'),
  out('identity-paper', 'shown'),
  out('residence-proof'),
]

const take = (components: ComponentInput[], change: Partial<IntakeBody> = {}) =>
  desk.post('/api/dossiers', anIntake(context, commune, { components, ...change }))
async function taken(components: ComponentInput[]): Promise<CommandReply> {
  const reply = await take(components)
  assert.equal(reply.status, 201, JSON.stringify(reply.body))
  return reply.body as unknown as CommandReply
}
const viewOf = async (dossierId: string) =>
  (await desk.get(`/api/dossiers/${dossierId}`)).body as unknown as DossierView
const waysOf = ({ components }: DossierView) =>
  Object.fromEntries(components.map(({ key, given, way }) => [key, given ? 'given' : (way ?? null)]))

test('what stays out is taken in with its way; what the agency looks up does not keep a dossier from receipt', async () => {
  const { dossierId, status } = await taken(papers)
  assert.equal(status, 'received')
  const view = await viewOf(dossierId)
  assert.deepEqual(waysOf(view), {
    declaration: 'given',
    'birth-notice': 'data',
    'parents-marriage-certificate': 'data',
    authorisation: 'not-mine',
    'identity-paper': 'shown',
    'residence-proof': null,
  })
  const notice = view.components.find(({ key }) => key === 'birth-notice')
  assert.deepEqual(notice?.ways, ['counter', 'data'])
})

test('a paper that is still to be brought is missing at the desk', async () => {
  const reply = await take([aComponent('declaration'), out('birth-notice', 'counter')])
  assert.deepEqual([reply.status, reply.body['code']], [422, 'components-missing'])
})

test('no way but one that the rule opens, and none beside what was handed in', async () => {
  for (const wrong of [
    out('declaration', 'data'),
    out('birth-notice', 'not-mine'),
    out('authorisation', 'shown'),
    { ...aComponent('birth-notice'), way: 'data' as const },
  ]) {
    const reply = await take([wrong], { decision: { type: 'none' } })
    assert.deepEqual([reply.status, reply.body['code']], [422, 'component-way-closed'], JSON.stringify(wrong))
  }
  const unknown = await take([{ ...out('authorisation'), way: 'later' as ComponentWay }])
  assert.equal(unknown.status, 400)
})

test('the desk records how a paper comes, and that it has come', async () => {
  const { dossierId } = await taken(papers)
  const record = async (component: ComponentInput) =>
    desk.post(`/api/dossiers/${dossierId}/commands`, {
      commandId: randomUUID(),
      version: (await viewOf(dossierId)).version,
      command: { type: 'recordComponents', components: [component] },
    })
  assert.equal((await record(aComponent('birth-notice', { form: 'electronic', digital: 'reused' }))).status, 200)
  assert.equal((await record(out('residence-proof', 'data'))).status, 200)
  const closed = await record(out('authorisation', 'shown'))
  assert.deepEqual([closed.status, closed.body['code']], [422, 'component-way-closed'])
  const ways = waysOf(await viewOf(dossierId))
  assert.deepEqual(
    [ways['birth-notice'], ways['residence-proof'], ways['identity-paper']],
    ['given', 'data', 'shown'],
    'papers that were not named stay as they were',
  )
})

test('the receipt says of each paper how it comes', async () => {
  const { dossierId } = await taken(papers)
  const { rawPayload } = await desk.raw(`/api/dossiers/${dossierId}/papers/receipt-2.pdf`)
  const { text } = await extractText(await getDocumentProxy(new Uint8Array(rawPayload)), { mergePages: true })
  const words = text.replaceAll(/\s+/g, ' ')
  for (const told of [
    'Giấy tờ không nộp kèm: Giấy chứng sinh (cơ quan tự tra cứu)',
    'Giấy ủy quyền (không thuộc trường hợp phải nộp)',
    '(xuất trình khi nhận kết quả)',
  ])
    assert.ok(words.includes(told), `${told} is missing in: ${words}`)
  assert.ok(!words.includes('Giấy tờ về nơi cư trú'), 'of what nothing was said, nothing is told')
})

test('entries from before it was kept stand as they are: verified, rebuilt and read with nothing said', async () => {
  const { dossierId } = await taken([aComponent('declaration'), aComponent('birth-notice'), out('authorisation')])
  const { rows } = await database.ownerPool.query<{ said: boolean }>(
    `select body::text like '%"way"%' as said from dossiers.event where dossier_id = $1`,
    [dossierId],
  )
  assert.ok(rows.length > 0 && rows.every(({ said }) => !said), 'the entry is written as it always was')
  assert.equal(waysOf(await viewOf(dossierId))['authorisation'], null)
  assert.deepEqual((await verifyLog(context)).findings, [])
  assert.deepEqual((await rebuildRows(context)).damaged, [])
  await database.ownerPool.query(
    `update dossiers.event set body = jsonb_set(body, '{components,1,way}', '"data"') where dossier_id = $1 and version = 1`,
    [dossierId],
  )
  assert.ok(
    (await verifyLog(context)).findings.some(({ code }) => code === 'event-altered'),
    'a way that was put in later is found',
  )
})
