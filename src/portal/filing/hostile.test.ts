import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { deflateSync } from 'node:zlib'
import { aPicture } from '../../documents/testing.ts'
import type { Http } from '../../platform/http/route.ts'
import type { TestDatabase } from '../../platform/testing.ts'
import { aFront, aBrowser, type Browser, type Front } from './testing.ts'

let front: Front
let database: TestDatabase<never>
let http: Http

before(async () => {
  front = await aFront()
  ;({ database, http } = front)
})
after(() => front.close())

async function begun(): Promise<{ browser: Browser; url: string }> {
  const browser = aBrowser(http)
  const page = await browser.post('/nop-ho-so/1.004873', { case: 'first' })
  const [, url = ''] = /(\/nop-ho-so\/ho-so\/[0-9a-f-]{36})/.exec(page.url) ?? []
  return { browser, url }
}

/** As the script of the page does it: announced, then in pieces. */
async function upload({ browser, url }: { browser: Browser; url: string }, name: string, bytes: Buffer) {
  const cookie = [...browser.cookies].map(([key, value]) => `${key}=${value}`).join('; ')
  const announced = await http.inject({
    method: 'POST',
    url: `${url}/tep`,
    headers: { cookie },
    payload: { component: 'identity-paper', name, size: bytes.length },
  })
  assert.equal(announced.statusCode, 201, announced.body)
  const sent = await http.inject({
    method: 'PATCH',
    url: String(announced.headers.location),
    headers: { cookie, 'content-type': 'application/offset+octet-stream', 'upload-offset': '0' },
    payload: bytes,
  })
  return sent.statusCode
}

const chunk = (type: string, data: Buffer): Buffer => {
  const length = Buffer.alloc(4)
  length.writeUInt32BE(data.length)
  return Buffer.concat([length, Buffer.from(type), data, Buffer.alloc(4)])
}
/** A picture of 60 000 by 60 000 points in a few hundred bytes. */
function aBomb(): Buffer {
  const head = Buffer.alloc(13)
  head.writeUInt32BE(60_000, 0)
  head.writeUInt32BE(60_000, 4)
  head.set([8, 2, 0, 0, 0], 8)
  const signature = Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a])
  return Buffer.concat([
    signature,
    chunk('IHDR', head),
    chunk('IDAT', deflateSync(Buffer.alloc(100_000))),
    chunk('IEND', Buffer.alloc(0)),
  ])
}

const hostile: Record<string, Buffer> = {
  'anh.svg': Buffer.from('<svg xmlns="http://www.w3.org/2000/svg" onload="alert(1)"><script>alert(1)</script></svg>'),
  'giay.pdf': Buffer.from('%PDF-1.4\n1 0 obj<</Type/Action/S/JavaScript/JS(app.alert(1))>>endobj\n%%EOF\n'),
  'mo.pdf': Buffer.from('%PDF-1.4\n1 0 obj<</OpenAction<</S/Launch/F(cmd.exe)>>>>endobj\n%%EOF\n'),
  'trang.jpg': Buffer.from('<!doctype html><script>alert(1)</script>'),
  'chay.png': Buffer.from('MZ'.padEnd(600, '\0')),
  'kep.zip': Buffer.concat([Buffer.from('PK\u0003\u0004'), Buffer.alloc(200)]),
}

test('hostile files are refused by the upload itself and by the plain form, and leave nothing behind', async () => {
  const draft = await begun()
  for (const [name, bytes] of Object.entries(hostile)) {
    const status = await upload(draft, name, bytes)
    assert.ok(status === 415 || status === 422, `${name}: ${status}`)
    const page = await draft.browser.send(`${draft.url}/giay-to/identity-paper`, { _lam: 'gui' }, [{ name, bytes }])
    assert.ok(page.status < 500, name)
    assert.doesNotMatch(page.body, /data-file="/, name)
    assert.match(page.body, /role="alert"/, name)
  }
  const { rows } = await database.ownerPool.query('select 1 from portal.draft_file where completed_at is not null')
  assert.equal(rows.length, 0)
})

test('a file that is two things at once is given out as the picture it shows, never as a page', async () => {
  const draft = await begun()
  const polyglot = Buffer.concat([aPicture('jpeg'), Buffer.from('<html><script>alert(1)</script></html>')])
  const status = await upload(draft, 'anh.html', polyglot)
  const page = await draft.browser.get(`${draft.url}/giay-to/identity-paper`)
  const [, fileId] = /data-file="([0-9a-f-]{36})"/.exec(page.body) ?? []
  if (status !== 200) return assert.equal(fileId, undefined)
  const { headers } = await draft.browser.get(`${draft.url}/tep/${fileId ?? ''}`)
  assert.equal(headers['content-type'], 'image/jpeg')
  assert.equal(headers['x-content-type-options'], 'nosniff')
  assert.match(String(headers['content-security-policy']), /^sandbox; default-src 'none'/)
})

test('a PDF of the draft is saved, not shown, and only to who has the draft', async () => {
  const draft = await begun()
  const pdf = Buffer.from('%PDF-1.4\n1 0 obj<<>>endobj\ntrailer<<>>\n%%EOF\n')
  assert.equal(await upload(draft, 'giấy.pdf', pdf), 200)
  const page = await draft.browser.get(`${draft.url}/giay-to/identity-paper`)
  const [, fileId = ''] = /data-file="([0-9a-f-]{36})"/.exec(page.body) ?? []
  const own = await draft.browser.get(`${draft.url}/tep/${fileId}`)
  assert.match(String(own.headers['content-disposition']), /^attachment/)
  assert.equal((await aBrowser(http).get(`${draft.url}/tep/${fileId}`)).status, 404)
})

test('a picture that would fill the memory does not stop the dossier, nor the server', async () => {
  const draft = await begun()
  await upload(draft, 'bom.png', aBomb())
  assert.equal((await draft.browser.get(`${draft.url}/giay-to/identity-paper`)).status, 200)
})

test('guessing codes: wrong ones all look alike, and after some the network is stopped for a while', async () => {
  const stranger = aBrowser(http, { address: '198.51.100.77' })
  const seen = new Set<number>()
  let bodies = 0
  for (let tries = 0; tries < 40; tries += 1) {
    const page = await stranger.post('/ho-so-cua-toi', {
      ma: `H99.01-261120-${String(tries).padStart(4, '0')}`,
      k: String(900_000_000 + tries),
    })
    seen.add(page.status)
    bodies += Number(page.body.includes('chứng minh') || page.body.includes('Không tìm thấy'))
  }
  assert.deepEqual([...seen].toSorted(), [404, 429])
  assert.ok(bodies > 0)
  const other = await aBrowser(http, { address: '203.0.113.9' }).post('/ho-so-cua-toi', {
    ma: 'H99.01-261120-0001',
    k: 'x',
  })
  assert.equal(other.status, 404)
})
