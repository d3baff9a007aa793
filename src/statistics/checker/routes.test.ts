import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import type { Http } from '../../platform/http/route.ts'
import { createHttp } from '../../platform/http/server.ts'
import { testDatabase, type TestDatabase } from '../../platform/testing.ts'
import { checkerRoutes } from './routes.ts'
import { asDocx, asPdf } from './testing.ts'

let database: TestDatabase<unknown>
let http: Http
before(async () => {
  database = await testDatabase()
  const { config, log } = database.context
  http = await createHttp({ config, log })
  checkerRoutes(http, database.context)
  await http.ready()
})
after(async () => {
  await http.close()
  await database.close()
})

async function send(bytes: Buffer | undefined, name: string) {
  const edge = 'x-x-x'
  const head = `--${edge}\r\ncontent-disposition: form-data; name="file"; filename="${name}"\r\ncontent-type: application/octet-stream\r\n\r\n`
  const payload = bytes
    ? Buffer.concat([Buffer.from(head), bytes, Buffer.from(`\r\n--${edge}--\r\n`)])
    : Buffer.from('{}')
  const type = bytes ? `multipart/form-data; boundary=${edge}` : 'application/json'
  const reply = await http.inject({
    method: 'POST',
    url: '/api/reports/check',
    payload,
    headers: { 'content-type': type, 'x-motcua': '1' },
  })
  return { status: reply.statusCode, body: reply.json<Record<string, unknown>>() }
}

test('a report that is sent comes back with its findings, in Vietnamese', async () => {
  const { status, body } = await send(
    await asDocx(['Tiếp nhận 523 hồ sơ (gồm: trực tuyến 495 hồ sơ, trực tiếp 38 hồ sơ).']),
    'bao-cao.docx',
  )
  assert.equal(status, 200)
  assert.deepEqual(body, {
    findings: [
      {
        kind: 'SUM',
        severity: 'error',
        reason: 'parts-and-total',
        location: { line: 1 },
        quote: 'Tiếp nhận 523 hồ sơ (gồm: trực tuyến 495 hồ sơ, trực tiếp 38 hồ sơ).',
        stated: 523,
        computed: 533,
        proof: '495 + 38 = 533 ≠ 523',
        message: 'Các phần cộng lại không bằng tổng số.',
      },
    ],
    checked: 1,
    consistent: [],
  })
})

test('a scan, no file and a file too large are refused in words', async () => {
  const scan = await send(asPdf([]), 'quet.pdf')
  assert.deepEqual([scan.status, scan.body['code']], [422, 'no-text-layer'])
  assert.match(String(scan.body['detail']), /không có lớp văn bản/)
  const nothing = await send(undefined, '')
  assert.deepEqual([nothing.status, nothing.body['code']], [400, 'file-missing'])
  const large = await send(Buffer.alloc(20_100_000, 'a'), 'lon.txt')
  assert.ok(large.status === 413 || large.status === 422)
})
