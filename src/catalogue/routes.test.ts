import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import type { FastifyRequest } from 'fastify'
import type { Actor, Role } from '../identity/index.ts'
import type { Http } from '../platform/http/route.ts'
import { createHttp } from '../platform/http/server.ts'
import { testDatabase, type TestDatabase } from '../platform/testing.ts'
import { catalogueRoutes } from './routes.ts'
import { saveFields } from './field-store.ts'
import type { StaffTables } from '../staff/index.ts'
import type { CatalogueTables } from './tables.ts'
import { publishVersion } from './version-store.ts'
import { aCase, aFee, aVersion } from './testing.ts'
import { writeWorkbook } from './workbook.ts'

let database: TestDatabase<CatalogueTables & StaffTables>
let http: Http
before(async () => {
  database = await testDatabase<CatalogueTables & StaffTables>()
  database.setClock('2026-11-22T02:00:00.000Z')
  http = await createHttp({ config: database.context.config, log: database.context.log })
  // Who asks stands in a header here; that nobody gets in without a session is the matter of identity.
  http.decorateRequest('actor', {
    getter(this: FastifyRequest) {
      return JSON.parse(String(this.headers['x-actor'])) as Actor
    },
  })
  catalogueRoutes(http, database.context)
  await http.ready()
  const fields = [{ key: 'ho-tich', name: 'Hộ tịch', nameEn: 'Civil status', order: 1 }]
  await saveFields(database.db, fields)
  for (const version of [
    aVersion({ cases: [aCase({ fees: [aFee({ kind: 'fee', per: 'copy', name: 'Bản sao' })] })] }),
    aVersion({ code: '1.000894', name: 'Thủ tục đăng ký kết hôn', shortName: 'Đăng ký kết hôn', keywords: ['cưới'] }),
  ])
    assert.ok((await publishVersion(database.db, version)).ok)
})
after(async () => {
  await http.close()
  await database.close()
})

const actor = (role: Role, agencyId = 1): Actor => ({
  officerId: 9,
  accountId: 9,
  name: 'Người thử',
  posts: [{ postId: 1, agencyId, unitId: 1, role, onBehalfOf: null, agencies: [agencyId], subtree: [agencyId] }],
})
const admin = actor('system-admin')
const ask = async (method: 'GET' | 'POST' | 'PUT', url: string, { body, as }: { body?: object; as?: Actor } = {}) => {
  const headers = { 'x-motcua': '1', ...(as ? { 'x-actor': JSON.stringify(as).replace(/[^\x20-\x7e]/g, '?') } : {}) }
  const response = await http.inject({ method, url, headers, ...(body ? { payload: body } : {}) })
  const isJson = String(response.headers['content-type']).includes('json')
  return { status: response.statusCode, body: isJson ? response.json() : undefined, raw: response }
}

test('anybody finds and reads procedures', async () => {
  const found = await ask('GET', `/api/procedures?q=${encodeURIComponent('cuoi')}`)
  assert.deepEqual(
    found.body.items.map(({ code }: { code: string }) => code),
    ['1.000894'],
  )
  const one = await ask('GET', '/api/procedures/1.001193')
  assert.deepEqual(
    one.body.version,
    aVersion({ cases: [aCase({ fees: [aFee({ kind: 'fee', per: 'copy', name: 'Bản sao' })] })] }),
  )
  assert.equal((await ask('GET', '/api/procedures/1.001193?day=2020-01-01')).status, 404)
  assert.equal((await ask('GET', '/api/procedures/9.999999/versions')).status, 404)
  assert.equal((await ask('GET', '/api/procedures/1.001193/versions')).body.length, 1)
  assert.equal((await ask('GET', `/api/procedure-versions/${one.body.versionId}`)).body.version.code, '1.001193')
  assert.equal((await ask('GET', '/api/procedure-versions/2000000000')).status, 404)
  assert.equal((await ask('GET', '/api/procedure-fields')).body[0].name, 'Hộ tịch')
})

test('pages follow one another by a cursor, and a made-up cursor is refused', async () => {
  const first = await ask('GET', '/api/procedures?limit=1')
  const second = await ask('GET', `/api/procedures?limit=1&cursor=${first.body.next}`)
  assert.deepEqual(
    [...first.body.items, ...second.body.items].map(({ shortName }: { shortName: string }) => shortName),
    ['Đăng ký kết hôn', 'Đăng ký khai sinh'],
  )
  assert.equal(second.body.next, null)
  for (const after of ['x', 'W10', Buffer.from('["1",2,3]').toString('base64url')])
    assert.equal((await ask('GET', `/api/procedures?cursor=${after}`)).body.code, 'bad-cursor')
})

test('fees are computed for copies', async () => {
  const { body } = await ask('POST', '/api/procedures/1.001193/fees', {
    body: { caseKey: 'thong-thuong', channel: 'counter', units: { copy: 3 } },
  })
  assert.equal(body.total, 24_000)
  assert.equal(
    (await ask('POST', '/api/procedures/1.001193/fees', { body: { caseKey: 'x', channel: 'fax' } })).status,
    400,
  )
})

test('publishing takes the right everywhere; what is wrong is named with its place', async () => {
  const version = aVersion({ code: '2.000635' })
  for (const role of ['specialist', 'agency-admin', 'leader'] as const)
    assert.equal((await ask('POST', '/api/procedures', { body: { version }, as: actor(role) })).status, 404)
  const wrong = await ask('POST', '/api/procedures', { body: { version: { ...version, results: [] } }, as: admin })
  assert.equal(wrong.status, 422)
  assert.deepEqual(wrong.body.errors, [
    { pointer: '/results', detail: 'Thủ tục có kết quả nhưng chưa nêu kết quả là gì.' },
  ])
  assert.equal((await ask('POST', '/api/procedures', { body: { version }, as: admin })).status, 201)
  const twice = await ask('POST', '/api/procedures', { body: { version: { ...version, decision: 'khác' } }, as: admin })
  assert.deepEqual([twice.status, twice.body.code], [409, 'version-differs'])
  const check = await ask('POST', '/api/procedures/check', { body: { ...version, field: 'la' }, as: admin })
  assert.deepEqual(
    check.body.findings.map(({ code }: { code: string }) => code),
    ['unknown-field'],
  )
  assert.equal((await ask('POST', '/api/procedures/check', { body: [], as: admin })).body.findings[0].code, 'schema')
  assert.equal(
    (
      await ask('POST', '/api/procedures/2.000635/close', {
        body: { lastDay: '2026-12-31' },
        as: actor('agency-admin'),
      })
    ).status,
    404,
  )
  assert.equal(
    (await ask('POST', '/api/procedures/2.000635/close', { body: { lastDay: '2026-12-31' }, as: admin })).status,
    200,
  )
  assert.equal(
    (await ask('POST', '/api/procedures/9.999999/close', { body: { lastDay: '2026-12-31' }, as: admin })).status,
    404,
  )
})

test('an administrator decides what the own agency offers and for how much, and nobody else does', async () => {
  const own = actor('agency-admin', 5)
  const offer = { codes: ['1.001193'], validFrom: '2026-01-01' }
  assert.equal((await ask('POST', '/api/agencies/6/procedures', { body: offer, as: own })).status, 404)
  assert.deepEqual((await ask('POST', '/api/agencies/5/procedures', { body: offer, as: own })).body, { changed: 1 })
  assert.deepEqual((await ask('GET', '/api/agencies/5/procedures')).body, ['1.001193'])
  assert.deepEqual((await ask('GET', '/api/procedures?agencyId=5')).body.items.length, 1)
  const amount = {
    feeKey: 'thong-thuong/fee/copy/1/counter+online+post/Bản sao',
    validFrom: '2026-01-01',
    amount: 5000,
    basis: 'Nghị quyết của tỉnh',
  }
  assert.equal(
    (await ask('POST', '/api/agencies/6/procedures/1.001193/fee-amounts', { body: amount, as: own })).status,
    404,
  )
  assert.equal(
    (await ask('POST', '/api/agencies/5/procedures/1.001193/fee-amounts', { body: amount, as: own })).status,
    200,
  )
  assert.equal(
    (await ask('POST', '/api/agencies/5/procedures/1.001193/fee-amounts', { body: amount, as: own })).body.code,
    'starts-before-previous',
  )
  const entered = (as: Actor) => ask('GET', '/api/agencies/5/procedures/1.001193/fee-amounts', { as })
  assert.deepEqual((await entered(own)).body, {
    [amount.feeKey]: { amount: 5000, basis: 'Nghị quyết của tỉnh', validFrom: '2026-01-01' },
  })
  assert.equal((await entered(actor('agency-admin', 6))).status, 404)
  const question = { caseKey: 'thong-thuong', channel: 'counter', agencyId: 5 }
  assert.equal((await ask('POST', '/api/procedures/1.001193/fees', { body: question })).body.total, 5000)
  assert.deepEqual(
    (
      await ask('POST', '/api/agencies/5/procedures/end', {
        body: { codes: ['1.001193'], lastDay: '2026-06-30' },
        as: own,
      })
    ).body,
    { changed: 1 },
  )
  assert.equal(
    (
      await ask('POST', '/api/agencies/6/procedures/end', {
        body: { codes: ['1.001193'], lastDay: '2026-06-30' },
        as: own,
      })
    ).status,
    404,
  )
})

test('fields are named by who may change the catalogue', async () => {
  const body = { name: 'Đất đai', nameEn: 'Land', order: 2 }
  assert.equal((await ask('PUT', '/api/procedure-fields/land', { body, as: actor('agency-admin') })).status, 404)
  assert.deepEqual((await ask('PUT', '/api/procedure-fields/land', { body, as: admin })).body, { key: 'land', ...body })
})

test('a workbook is previewed, then imported; the same file comes out again', async () => {
  const bytes = await writeWorkbook([aVersion({ code: '1.004873' })], [])
  const upload = async (query: string, as: Actor) => {
    const edge = 'x-x-x'
    const payload = Buffer.concat([
      Buffer.from(
        `--${edge}\r\ncontent-disposition: form-data; name="file"; filename="a.xlsx"\r\ncontent-type: application/octet-stream\r\n\r\n`,
      ),
      bytes,
      Buffer.from(`\r\n--${edge}--\r\n`),
    ])
    const headers = {
      'content-type': `multipart/form-data; boundary=${edge}`,
      'x-actor': JSON.stringify(as).replace(/[^\x20-\x7e]/g, '?'),
      'x-motcua': '1',
    }
    return http.inject({ method: 'POST', url: `/api/procedures/import${query}`, payload, headers })
  }
  assert.equal((await upload('', actor('agency-admin'))).statusCode, 404)
  assert.deepEqual(
    (await upload('?dryRun=true', admin)).json().procedures.map(({ outcome }: { outcome: string }) => outcome),
    ['published'],
  )
  assert.equal((await ask('GET', '/api/procedures/1.004873')).status, 404)
  assert.equal((await upload('', admin)).json().rows.reported, 0)
  assert.equal((await ask('GET', '/api/procedures/1.004873')).status, 200)
  assert.equal((await ask('POST', '/api/procedures/import', { body: {}, as: admin })).body.code, 'file-missing')
  const out = await ask('GET', '/api/procedures/export.xlsx')
  assert.match(String(out.raw.headers['content-disposition']), /danh-muc-thu-tuc-2026-11-22\.xlsx/)
  assert.equal((await ask('GET', '/api/procedures/template.xlsx')).status, 200)
  assert.ok((await ask('GET', '/api/procedures/export.json')).body.versions.length >= 3)
})
