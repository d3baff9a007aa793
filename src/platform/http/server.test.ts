import assert from 'node:assert/strict'
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, before, test } from 'node:test'
import { Type } from 'typebox'
import { openLog } from '../log.ts'
import type { Http } from './route.ts'
import { createHttp } from './server.ts'

const lines: string[] = []
const log = openLog('info', { write: (line: string) => void lines.push(line) })
const config = { publicUrl: 'http://motcua.example', trustProxy: [], secureCookies: false }
const webDir = mkdtempSync(join(tmpdir(), 'motcua-web-'))
let http: Http
let isReady = true

const Person = Type.Object(
  {
    name: Type.String({ minLength: 1, maxLength: 5 }),
    born: Type.Optional(Type.String({ format: 'date' })),
    at: Type.Optional(Type.String({ format: 'date-time' })),
    age: Type.Optional(Type.Integer({ minimum: 0 })),
    kind: Type.Optional(Type.Union([Type.Literal('a'), Type.Literal('b')])),
  },
  { additionalProperties: false },
)

before(async () => {
  mkdirSync(join(webDir, 'assets'))
  writeFileSync(join(webDir, 'index.html'), '<!doctype html><title>app</title>')
  writeFileSync(join(webDir, 'assets/x-1.js'), 'export {}')
  http = await createHttp({ config, log, webDir, ready: async () => assert.ok(isReady) })
  http.post('/parts', { config: { permission: 'public' }, schema: { hide: true } }, async (request) => {
    const told: string[] = []
    for await (const part of request.parts())
      if (part.type === 'field') told.push(String(part.value))
      else told.push(part.filename, (await part.toBuffer()).toString())
    return told
  })
  const querystring = Type.Object({
    page: Type.Integer({ default: 1 }),
    state: Type.Optional(Type.Array(Type.String())),
  })
  http.get(
    '/api/people/:id',
    { config: { permission: 'public' }, schema: { tags: ['people'], querystring } },
    async (request) => request.query,
  )
  http.post(
    '/api/people',
    { config: { permission: 'public' }, schema: { tags: ['people'], body: Person } },
    async (request) => request.body,
  )
  http.get('/api/broken', { config: { permission: 'public' } }, async () => {
    throw Object.assign(new Error('duplicate key: Nguyễn Thị Bí Mật'), {
      severity: 'ERROR',
      code: '23505',
      constraint: 'one_name',
    })
  })
  http.get('/thu-tuc', { config: { permission: 'public' } }, async () => 'page')
  await http.ready()
})
after(async () => {
  await http.close()
  rmSync(webDir, { recursive: true })
})

const post = (body: unknown, headers: Record<string, string> = {}) =>
  http.inject({
    method: 'POST',
    url: '/api/people',
    headers: { 'content-type': 'application/json', ...headers },
    payload: typeof body === 'string' ? body : JSON.stringify(body),
  })

test('a route without a permission stops the server from starting', async () => {
  const other = await createHttp({ config, log })
  assert.throws(() => other.get('/api/forgotten', async () => 'x'), /forgotten has no config.permission/)
  await other.close()
})

test('a refused body names each field and says in Vietnamese what is wrong', async () => {
  const answer = await post({ name: 'quá dài rồi', born: '2026-02-30', age: '5', extra: 1 })
  assert.equal(answer.statusCode, 400)
  assert.match(String(answer.headers['content-type']), /^application\/problem\+json/)
  const problem = answer.json<{ code: string; errors: { pointer: string; detail: string }[] }>()
  assert.equal(problem.code, 'invalid-request')
  const byPointer = Object.fromEntries(problem.errors.map((error) => [error.pointer, error.detail]))
  assert.equal(byPointer['/name'], 'Dài quá 5 ký tự.')
  assert.match(byPointer['/born'] ?? '', /ngày có thật/)
  assert.equal(byPointer['/age'], 'Phải là số nguyên.')
  assert.equal(byPointer['/extra'], 'Thông tin này không có trong mẫu.')
  assert.deepEqual((await post({})).json().errors, [{ pointer: '/name', detail: 'Thiếu thông tin này.' }])
  assert.equal((await post({ name: '' })).json().errors[0].detail, 'Không được để trống.')
  assert.match((await post({ name: 'a', kind: 'c' })).json().errors[0].detail, /Phải là/)
})

test('a query is converted and completed, a body is not', async () => {
  assert.deepEqual((await http.inject('/api/people/1?state=open')).json(), { page: 1, state: ['open'] })
  assert.deepEqual((await http.inject('/api/people/1?page=7')).json(), { page: 7 })
  const refused = await http.inject('/api/people/1?page=x')
  assert.equal(refused.json().errors[0].pointer, '/querystring/page')
})

test('decomposed letters are composed, hidden characters and broken text refused', async () => {
  assert.equal((await post({ name: 'Hoà'.normalize('NFD') })).json().name, 'Hoà'.normalize('NFC'))
  for (const address of ['/api/people/a%00b', '/api/people/1?state=a%E2%80%AEb', '/api/people/%C2%85'])
    assert.equal((await http.inject(address)).json().code, 'forbidden-characters', address)
  for (const name of ['a\u0000', 'a\u202Eb', 'a\u200Bb', 'a\u200Fb', 'a\u0085b', '\uFEFFa', '\uD800']) {
    const answer = await post(`{"name":${JSON.stringify(name)}}`)
    assert.equal(answer.statusCode, 400)
    assert.deepEqual([answer.json().code, answer.json().errors[0].pointer], ['forbidden-characters', '/name'])
  }
})

test('malformed, oversized and foreign bodies are refused by their own code', async () => {
  assert.equal((await post('{"name":')).json().code, 'invalid-json')
  assert.equal((await post('{"__proto__":{"x":1},"name":"a"}')).statusCode, 400)
  assert.equal((await post({ name: 'x'.repeat(3_000_000) })).json().code, 'body-too-large')
  assert.equal((await post('<a/>', { 'content-type': 'text/xml' })).json().code, 'unsupported-media-type')
})

test('a body that only exhausts the stack is refused', async () => {
  for (const depth of [60, 5000, 500_000])
    assert.equal((await post('['.repeat(depth) + ']'.repeat(depth))).json().code, 'body-too-deep')
  assert.equal((await post('{"a":'.repeat(100_000) + '1' + '}'.repeat(100_000))).json().code, 'body-too-deep')
  assert.equal((await post('{"name":[[["a"]]]}')).json().code, 'invalid-request')
})

test('days and whole numbers that the database cannot keep do not reach it', async () => {
  for (const born of ['0000-01-01', '0001-01-01', '1899-12-31', '2200-01-01', '9999-12-31', '2026-02-29'])
    assert.equal((await post({ name: 'a', born })).json().errors[0].pointer, '/born', born)
  for (const moment of ['2016-12-31T23:59:60Z', '0001-01-01T00:00:00Z', '2026-11-20', '2026-02-30T08:00:00Z'])
    assert.equal((await post({ name: 'a', at: moment })).json().errors[0].pointer, '/at', moment)
  assert.equal((await post({ name: 'a', at: '2026-11-20T08:00:00+07:00' })).statusCode, 200)
  for (const age of [2_147_483_648, 9e15, 1e300])
    assert.equal((await post({ name: 'a', age })).json().errors[0].pointer, '/age', String(age))
  assert.equal((await http.inject('/api/people/1?page=-2147483648')).json().code, 'invalid-request')
  assert.equal((await post({ name: 'a', born: '1900-01-01', age: 2_147_483_647 })).statusCode, 200)
})

test('an address of the API written in another way is held to the same rules', async () => {
  const answer = await http.inject({
    method: 'POST',
    url: '/%61pi/people',
    headers: { 'content-type': 'application/json', cookie: 's=1' },
    payload: '{"name":"a"}',
  })
  assert.equal(answer.json().code, 'cross-site-request')
  assert.equal((await http.inject('/%61pi/people/1')).headers['cache-control'], 'no-store')
})

test('a change must come from our own pages', async () => {
  assert.equal((await post({ name: 'a' }, { origin: 'http://motcua.example' })).statusCode, 200)
  assert.equal((await post({ name: 'a' }, { origin: 'http://evil.example' })).json().code, 'cross-site-request')
  assert.equal((await post({ name: 'a' }, { origin: 'null' })).statusCode, 403)
  assert.equal((await post({ name: 'a' }, { 'sec-fetch-site': 'cross-site' })).statusCode, 403)
  assert.equal((await post({ name: 'a' }, { cookie: 's=1' })).statusCode, 403)
  assert.equal((await post({ name: 'a' }, { cookie: 's=1', 'x-motcua': '1' })).statusCode, 200)
})

test('unknown addresses and wrong methods are told apart', async () => {
  assert.equal((await http.inject('/api/nothing')).json().code, 'not-found')
  const wrong = await http.inject({ method: 'DELETE', url: '/api/people' })
  assert.deepEqual([wrong.statusCode, wrong.headers['allow']], [405, 'POST'])
})

test('addresses of the application get its page, unknown public addresses a plain 404', async () => {
  const accept = 'text/html,*/*'
  for (const url of ['/can-bo', '/can-bo/', '/can-bo/ho-so/123'])
    assert.match((await http.inject({ url, headers: { accept } })).body, /<title>app/, url)
  const missing = await http.inject({ url: '/thu-tuc/khong-co', headers: { accept } })
  assert.equal(missing.statusCode, 404)
  assert.match(missing.body, /<h1>Không tìm thấy/)
})

test('built files are kept for ever, and nothing beside them is served', async () => {
  const asset = await http.inject('/can-bo/assets/x-1.js')
  assert.match(String(asset.headers['cache-control']), /immutable/)
  assert.equal((await http.inject('/can-bo/assets/none.js')).statusCode, 404)
  for (const path of ['..%2findex.html', '%2e%2e/%2e%2e/package.json', '..%5cindex.html'])
    assert.ok((await http.inject(`/can-bo/assets/${path}`)).statusCode >= 400, path)
})

test('a fault is told with a number and logged without stored values', async () => {
  lines.length = 0
  const answer = await http.inject('/api/broken?name=secret')
  assert.equal(answer.statusCode, 500)
  assert.equal(answer.json().requestId, answer.headers['x-request-id'])
  const text = lines.join('')
  assert.match(text, /one_name/)
  assert.doesNotMatch(text, /Bí Mật|secret/)
})

test('health says that the process lives, readiness that it can serve', async () => {
  assert.equal((await http.inject('/healthz')).statusCode, 200)
  assert.equal((await http.inject('/readyz')).statusCode, 200)
  isReady = false
  assert.equal((await http.inject('/readyz')).statusCode, 503)
  isReady = true
})

test('the policy of the pages allows nothing foreign and asks for https only under https', async () => {
  const { headers } = await http.inject('/thu-tuc')
  const policy = String(headers['content-security-policy'])
  assert.match(policy, /default-src 'self';script-src 'self'/)
  assert.match(policy, /frame-ancestors 'none'/)
  assert.doesNotMatch(policy, /upgrade-insecure/)
  assert.equal(headers['strict-transport-security'], undefined)
  const secure = await createHttp({ config: { ...config, secureCookies: true }, log })
  assert.match(String((await secure.inject('/healthz')).headers['strict-transport-security']), /max-age/)
  await secure.close()
})

test('the API describes itself in OpenAPI 3.1', async () => {
  const document = (await http.inject('/api/openapi.json')).json()
  assert.equal(document.openapi, '3.1.0')
  assert.deepEqual(Object.keys(document.paths).toSorted(), ['/api/people', '/api/people/{id}'])
})

test('a form with files has its text composed and without hidden signs; its files stay as they are', async () => {
  const name = 'Tra\u0302\u0300n\u202E \u0000Mai'
  const payload = [
    '--b\r\ncontent-disposition: form-data; name="a"\r\n\r\n',
    `${name}\r\n--b\r\ncontent-disposition: form-data; name="f"; filename="a\u202Egpj.exe"\r\n\r\n`,
    `${name}\r\n--b--\r\n`,
  ].join('')
  const headers = { 'content-type': 'multipart/form-data; boundary=b' }
  const answer = await http.inject({ method: 'POST', url: '/parts', headers, payload })
  assert.deepEqual(answer.json(), ['Trần Mai', 'agpj.exe', name])
})
