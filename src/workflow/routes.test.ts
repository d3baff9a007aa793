import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import type { FastifyRequest } from 'fastify'
import { publishVersion, type CatalogueTables } from '../catalogue/index.ts'
import { aVersion } from '../catalogue/testing.ts'
import type { Actor, Role } from '../identity/index.ts'
import type { Http } from '../platform/http/route.ts'
import { createHttp } from '../platform/http/server.ts'
import { testDatabase, type TestDatabase } from '../platform/testing.ts'
import type { StaffTables } from '../staff/index.ts'
import { workflowRoutes } from './routes.ts'
import type { WorkflowTables } from './store.ts'
import { aProcess, aStep } from './testing.ts'

let database: TestDatabase<WorkflowTables & CatalogueTables & StaffTables>
let http: Http
before(async () => {
  database = await testDatabase<WorkflowTables & CatalogueTables & StaffTables>()
  database.setClock('2026-11-22T02:00:00.000Z')
  http = await createHttp({ config: database.context.config, log: database.context.log })
  http.decorateRequest('actor', {
    getter(this: FastifyRequest) {
      return JSON.parse(String(this.headers['x-actor'])) as Actor
    },
  })
  workflowRoutes(http, database.context)
  await http.ready()
  assert.ok((await publishVersion(database.db, aVersion())).ok)
})
after(async () => {
  await http.close()
  await database.close()
})

const actor = (role: Role, agencyId = 5): Actor => ({
  officerId: 9,
  accountId: 9,
  name: 'x',
  posts: [{ postId: 1, agencyId, unitId: 1, role, onBehalfOf: null, agencies: [agencyId], subtree: [agencyId] }],
})
const ask = async (method: 'GET' | 'POST', url: string, as: Actor, body?: object) => {
  const response = await http.inject({
    method,
    url,
    headers: { 'x-motcua': '1', 'x-actor': JSON.stringify(as) },
    ...(body ? { payload: body } : {}),
  })
  return { status: response.statusCode, body: response.json() }
}
const path = '/api/agencies/5/procedures/1.001193/process'

test('an agency sees the process that follows from the procedure, with the limit it has to keep', async () => {
  const { status, body } = await ask('GET', path, actor('specialist'))
  assert.equal(status, 200)
  assert.deepEqual(
    [body.processId, body.process.stages.length, body.limit, body.findings],
    [null, 4, [{ amount: 3, unit: 'workingDay' }], []],
  )
  assert.equal((await ask('GET', path, actor('specialist', 6))).status, 404)
  assert.equal((await ask('GET', '/api/agencies/5/procedures/9.999999/process', actor('specialist'))).status, 404)
})

test('its administrator changes it; one beyond the legal limit is refused with the reason', async () => {
  const process = aProcess(
    [aStep({ minutes: 600 })],
    [aStep({ key: 'sign', kind: 'sign' })],
    [aStep({ key: 'return', kind: 'return' })],
  )
  const body = { caseKey: null, validFrom: '2026-12-01', process }
  assert.equal((await ask('POST', path, actor('agency-admin', 6), body)).status, 404)
  assert.equal((await ask('POST', path, actor('leader'), body)).status, 404)
  const over = await ask('POST', path, actor('agency-admin'), body)
  assert.equal(over.status, 422)
  assert.match(over.body.errors[0].detail, /vượt thời hạn pháp luật quy định 2 giờ làm việc/)
  assert.deepEqual(
    (await ask('POST', `${path}/check`, actor('agency-admin'), body)).body.findings.map(
      ({ code }: { code: string }) => code,
    ),
    ['over-limit'],
  )
  assert.equal(
    (await ask('POST', `${path}/check`, actor('agency-admin'), { ...body, process: 7 })).body.code,
    'process-malformed',
  )
  assert.equal(
    (await ask('POST', path, actor('agency-admin'), { ...body, caseKey: 'khong-co' })).body.code,
    'unknown-case',
  )
  const police = aStep({ key: 'police', kind: 'hand-off', minutes: 60, agency: { relation: 'police', agencyId: 77 } })
  const elsewhere = { stages: [{ steps: [police] }, ...aProcess().stages] }
  const unknown = await ask('POST', path, actor('agency-admin'), { ...body, process: elsewhere })
  assert.equal(unknown.body.code, 'unknown-partner')
  assert.deepEqual((await ask('GET', '/api/process-partners?relation=police&q=x', actor('agency-admin'))).body, [])
  const saved = await ask('POST', path, actor('agency-admin'), { ...body, process: aProcess() })
  assert.equal(saved.status, 201)
  assert.equal((await ask('GET', path, actor('specialist'))).body.processId, null)
  assert.equal((await ask('GET', `${path}?day=2026-12-01`, actor('specialist'))).body.processId, saved.body.processId)
  assert.equal((await ask('GET', `${path}?day=2026-12-01&foreseen=true`, actor('specialist'))).body.processId, null)
  assert.equal(
    (await ask('POST', path, actor('agency-admin'), { ...body, validFrom: '2026-11-25', process: aProcess() })).status,
    409,
  )
  const list = await ask('GET', '/api/agencies/5/processes?code=1.001193', actor('specialist'))
  assert.deepEqual(
    list.body.map(({ steps, minutes }: { steps: number; minutes: number }) => [steps, minutes]),
    [[3, 780]],
  )
  const one = `/api/agencies/5/processes/${saved.body.processId}`
  assert.equal((await ask('GET', one, actor('specialist'))).body.process.stages.length, 3)
  assert.equal((await ask('GET', one.replace('/5/', '/6/'), actor('specialist', 6))).status, 404)
  assert.equal((await ask('POST', `${one}/end`, actor('specialist'), { lastDay: '2026-12-31' })).status, 404)
  assert.deepEqual((await ask('POST', `${one}/end`, actor('agency-admin'), { lastDay: '2026-12-31' })).body, {
    validTo: '2026-12-31',
  })
})
