import assert from 'node:assert/strict'
import { randomUUID } from 'node:crypto'
import { deflateSync } from 'node:zlib'
import { after, before, test } from 'node:test'
import { aCommune, at, type Commune } from '../dossiers/testing.ts'
import type { Actor } from '../identity/index.ts'
import type { Http } from '../platform/http/route.ts'
import type { Citizen } from '../portal/accounts/index.ts'
import { createHttp } from '../platform/http/server.ts'
import { packCursor } from '../platform/cursor.ts'
import { addMinutes } from '../platform/day.ts'
import { testDatabase, type TestDatabase } from '../platform/testing.ts'
import { closeRenderer } from '../documents/index.ts'
import { aPicture } from '../documents/testing.ts'
import { execute, receive, type Order } from './commands.ts'
import { publicFeedbackRoutes, type PublicContext, type PublicTables } from './public-routes.ts'
import { feedbackRoutes } from './routes.ts'
import { maskName } from './rules/redact.ts'
import { petitionKey } from './sealing.ts'
import { aPetition, aSender, aStory } from './testing.ts'

let database: TestDatabase<PublicTables>
let context: PublicContext
let commune: Commune
let other: Commune
let http: Http
let actor: Actor
let citizen: Citizen | null = null
before(async () => {
  database = await testDatabase<PublicTables>()
  context = database.context
  database.setClock(at('2026-11-02', '08:30'))
  commune = await aCommune(context)
  other = await aCommune(context, { name: 'Xã Bên', code: 'H99.02' })
  http = await createHttp({ config: context.config, log: context.log })
  http.addHook('onRequest', (request, _reply, done) => {
    request.actor = actor
    request.citizen = citizen
    done()
  })
  feedbackRoutes(http, context)
  publicFeedbackRoutes(http, context)
  await http.ready()
})
after(async () => {
  await http.close()
  await closeRenderer()
  await database.close()
})

type Reply = { status: number; body: string; location: string }
const jar = () => {
  let cookie = ''
  const ask = async (
    method: 'GET' | 'POST',
    url: string,
    payload?: string | Buffer,
    type = 'application/x-www-form-urlencoded',
    remoteAddress = '203.0.113.9',
  ): Promise<Reply> => {
    const response = await http.inject({
      method,
      url,
      remoteAddress,
      headers: {
        accept: 'text/html',
        ...(cookie ? { cookie } : {}),
        ...(payload === undefined ? {} : { 'content-type': type }),
      },
      ...(payload === undefined ? {} : { payload }),
    })
    const set = response.cookies.find(({ name }) => name === 'motcua_pa')
    if (set) cookie = `motcua_pa=${set.value}`
    return { status: response.statusCode, body: response.body, location: response.headers.location ?? '' }
  }
  return {
    get: (url: string) => ask('GET', url),
    post: (url: string, fields: Record<string, string> = {}, remoteAddress?: string) =>
      ask('POST', url, new URLSearchParams(fields).toString(), 'application/x-www-form-urlencoded', remoteAddress),
    upload: (url: string, parts: readonly { name: string; filename?: string; value: Buffer | string }[]) => {
      const boundary = 'x'.repeat(20)
      const body = Buffer.concat([
        ...parts.flatMap(({ name, filename, value }) => [
          Buffer.from(
            `--${boundary}\r\ncontent-disposition: form-data; name="${name}"${filename === undefined ? '' : `; filename="${filename}"`}\r\n\r\n`,
          ),
          Buffer.from(value),
          Buffer.from('\r\n'),
        ]),
        Buffer.from(`--${boundary}--\r\n`),
      ])
      return ask('POST', url, body, `multipart/form-data; boundary=${boundary}`)
    },
  }
}

const api = async (who: Actor, method: 'GET' | 'POST' | 'PUT', url: string, payload?: object) => {
  actor = who
  const response = await http.inject({ method, url, ...(payload ? { payload } : {}) })
  return {
    status: response.statusCode,
    body: response.headers['content-type']?.toString().includes('json') ? response.json() : response.rawPayload,
  }
}

/** A JPEG of one pixel with a place in its EXIF. */
const photo = (): Buffer => {
  const pixel = Buffer.from(
    '/9j/4AAQSkZJRgABAQEASABIAAD/2wBDAAMCAgICAgMCAgIDAwMDBAYEBAQEBAgGBgUGCQgKCgkICQkKDA8MCgsOCwkJDRENDg8QEBEQCgwSExIQEw8QEBD/yQALCAABAAEBAREA/8wABgAQEAX/2gAIAQEAAD8A0s8g/9k=',
    'base64',
  )
  const exif = Buffer.concat([
    Buffer.from('Exif\0\0MM\0*\0\0\0\b\0\u0001\u0001\u0012\0\u0003\0\0\0\u0001\0\u0006\0\0\0\0\0\0', 'latin1'),
    Buffer.from('GPSLatitude 20.42105'),
  ])
  const head = Buffer.alloc(4)
  head.writeUInt16BE(0xff_e1, 0)
  head.writeUInt16BE(exif.length + 2, 2)
  return Buffer.concat([pixel.subarray(0, 2), head, exif, pixel.subarray(2), Buffer.from('PK hidden behind the end')])
}

async function tell(
  browser: ReturnType<typeof jar>,
  happened = 'Nộp hồ sơ ba lần vẫn bị trả về, không ai giải thích.',
) {
  await browser.post('/phan-anh/gui')
  await browser.post('/phan-anh/gui/co-quan', { 'co-quan': String(commune.agencyId) })
  await browser.post('/phan-anh/gui/noi-dung', { ke: happened })
  await browser.post('/phan-anh/gui/noi-nao', { noi: '', cho: 'Quầy 2', 'vi-do': '20,42105', 'kinh-do': '106,16822' })
  for (const ngay of ['31/02/2026', '01/01/0001', '01/01/9999', '٠١/٠١/٢٠٢٠'])
    assert.equal((await browser.post('/phan-anh/gui/khi-nao', { ngay })).status, 422, ngay)
  await browser.post('/phan-anh/gui/khi-nao', { ngay: '1/11/2026' })
  await browser.post('/phan-anh/gui/ve-ai', { ve: 'behaviour', ai: 'Cán bộ quầy 2' })
  await browser.post('/phan-anh/gui/ho-so')
  await browser.post('/phan-anh/gui/mong-muon', { muon: 'Trả đúng hẹn' })
}

test('somebody without a script tells the story, waits, sends, and follows it', async () => {
  const browser = jar()
  await tell(browser)
  const added = await browser.upload('/phan-anh/gui/anh', [
    { name: 'tep', filename: 'anh<script>.jpg', value: photo() },
    { name: 'tiep', value: '1' },
  ])
  assert.equal(added.location, '/phan-anh/gui/nguoi-gui')
  const wrong = await browser.post('/phan-anh/gui/nguoi-gui', { la: 'individual', ten: '', 'dien-thoai': '12' })
  assert.equal(wrong.status, 422)
  assert.match(wrong.body, /role="alert"/)
  await browser.post('/phan-anh/gui/nguoi-gui', {
    la: 'individual',
    ten: 'Trần Văn Cả',
    'dien-thoai': '0912 345 679',
    'giu-kin': '1',
  })
  const check = await browser.get('/phan-anh/gui/kiem-tra')
  assert.match(check.body, /Nộp hồ sơ ba lần/)
  assert.match(check.body, /place-picture/)
  const waits = await browser.post('/phan-anh/gui/kiem-tra', { proof: '' })
  assert.equal(waits.status, 422)
  const ticket = /name="proof" value="([^"]+)"/.exec(waits.body)?.[1] ?? ''
  assert.equal((await browser.post('/phan-anh/gui/kiem-tra', { proof: ticket })).status, 422)
  database.setClock(at('2026-11-02', '08:31'))
  const sent = await browser.post('/phan-anh/gui/kiem-tra', { proof: ticket })
  assert.equal(sent.location, '/phan-anh/da-gui')
  const done = await browser.get('/phan-anh/da-gui')
  const code = /PA\d+-26-\d{4}/.exec(done.body)?.[0] ?? ''
  const key = /name="k" value="([^"]+)"/.exec(done.body)?.[1] ?? ''
  assert.match(key, /^[0-9A-Z]{10}$/)
  const again = await browser.post('/phan-anh/gui/kiem-tra', { proof: ticket })
  assert.equal(again.location, '/phan-anh/da-gui')
  const followed = await jar().post('/phan-anh/theo-doi', {
    ma: code.toLowerCase(),
    k: `${key.slice(0, 5)} ${key.slice(5)}`,
  })
  assert.equal(followed.status, 200)
  assert.match(followed.body, /Nộp hồ sơ ba lần/)
  assert.equal((await jar().post('/phan-anh/theo-doi', { ma: code, k: '+84 912.345.679' })).status, 200)
  // The link of a letter opens it in any browser, by the key and not by a telephone number.
  const byLink = await jar().get(`/phan-anh/theo-doi?ma=${code}&k=${key}`)
  assert.equal(byLink.status, 200)
  assert.match(byLink.body, /Nộp hồ sơ ba lần/)
  assert.equal((await jar().get(`/phan-anh/theo-doi?ma=${code}&k=0912345679`)).status, 404)
  assert.equal((await jar().get(`/phan-anh/theo-doi?ma=${code}&k=AAAAAAAAAA`)).status, 404)
  const { rows } = await database.ownerPool.query<{ name: string; sha256: string; size: number }>(
    'select name, sha256, size from feedback.file',
  )
  assert.equal(rows[0]?.name, 'anh_script_.jpg')
  const list = (await api(commune.clerk, 'GET', '/api/petitions')).body as {
    items: { petitionId: string; code: string }[]
  }
  const item = list.items.find((each) => each.code === code)
  const view = (await api(commune.clerk, 'GET', `/api/petitions/${item?.petitionId}`)).body as {
    files: { fileId: string }[]
    sender: { masked: string }
  }
  const file = (await api(commune.clerk, 'GET', `/api/petitions/${item?.petitionId}/files/${view.files[0]?.fileId}`))
    .body as Buffer
  assert.doesNotMatch(file.toString('latin1'), /GPS|hidden|PK/)
  // How the picture is turned is all that stays of what the camera wrote.
  assert.equal(file.subarray(2, 4).toString('hex'), 'ffe1')
  assert.doesNotMatch(JSON.stringify(view.sender), /Trần|Cả/)
})

test('scripts in words stay words', async () => {
  const browser = jar()
  await tell(browser, 'Tôi viết <script>alert(1)</script> và "><img src=x onerror=alert(1)> ở đây')
  const check = await browser.get('/phan-anh/gui/noi-dung')
  assert.doesNotMatch(check.body, /<script>alert|<img src=x/)
  const intake = aPetition(commune.agencyId, { story: aStory({ happened: '<script>alert(1)</script> ở quầy' }) })
  const taken = await receive(context, { actor: null, source: 'sender' }, intake)
  assert.ok(taken.ok)
  const { agencyId, petitionId, code } = taken.value
  const followed = await browser.post('/phan-anh/theo-doi', {
    ma: code,
    k: petitionKey(context.keys, { agencyId, petitionId }),
  })
  assert.equal(followed.status, 200)
  assert.doesNotMatch(followed.body, /<script>alert/)
})

test('hostile files are refused in words: scripts, bombs, two files in one, what is broken or too large', async () => {
  const browser = jar()
  await tell(browser)
  const png = (head: string) =>
    Buffer.from(`89504e470d0a1a0a0000000d49484452${head}0800000000000000000000000049454e4400000000`, 'hex')
  const bomb = deflateSync(Buffer.alloc(300 * 1024 * 1024), { level: 9 })
  const archive = Buffer.concat([Buffer.from('PK\u0005\u0006', 'latin1'), Buffer.alloc(18)])
  const bad: { filename: string; value: string | Buffer; words: RegExp }[] = [
    {
      filename: 'a.svg',
      value: '<svg xmlns="http://www.w3.org/2000/svg"><script>alert(1)</script></svg>',
      words: /mã chạy được/,
    },
    {
      filename: 'script.pdf',
      value: '%PDF-1.7\n1 0 obj << /OpenAction << /S /J#61vaScript /JS (app.alert(1)) >> >> endobj\n%%EOF',
      words: /mã chạy được/,
    },
    {
      filename: 'calls.pdf',
      value: '%PDF-1.7\n1 0 obj << /OpenAction << /S /URI /URI (https://vidu.vn) >> >> endobj\n%%EOF',
      words: /mã chạy được/,
    },
    {
      filename: 'locked.pdf',
      value: '%PDF-1.7\n1 0 obj << /Type /Catalog >> endobj\ntrailer << /Encrypt 9 0 R >>\n%%EOF',
      words: /mật khẩu/,
    },
    {
      filename: 'bomb.pdf',
      value: Buffer.concat([
        Buffer.from(`%PDF-1.7\n1 0 obj << /Filter /FlateDecode /Length ${bomb.length} >>\nstream\r\n`),
        bomb,
        Buffer.from('\nendstream\nendobj\n%%EOF'),
      ]),
      words: /lớn bất thường/,
    },
    { filename: 'bomb.png', value: png('0000ffff0000ffff'), words: /lớn bất thường/ },
    {
      filename: 'two.pdf',
      value: Buffer.concat([Buffer.from('%PDF-1.7\n1 0 obj << /Type /Catalog >> endobj\n%%EOF\n'), archive]),
      words: /tệp khác bên trong/,
    },
    { filename: 'a.jpg', value: 'MZ this is a program', words: /mã chạy được/ },
    { filename: 'cut.jpg', value: Buffer.from('ffd8ffe1ffff', 'hex'), words: /bị hỏng/ },
    { filename: 'cut.png', value: Buffer.from('89504e470d0a1a0affffffff49484452', 'hex'), words: /bị hỏng/ },
    { filename: 'a.html', value: '<html><script>alert(1)</script>', words: /mã chạy được/ },
    { filename: '../../etc/passwd', value: 'root', words: /Chỉ nhận ảnh/ },
    {
      filename: 'big.jpg',
      value: Buffer.concat([Buffer.from('ffd8', 'hex'), Buffer.alloc(11 * 1024 * 1024)]),
      words: /10 MB/,
    },
  ]
  for (const { words, ...file } of bad) {
    const reply = await browser.upload('/phan-anh/gui/anh', [
      { name: 'tep', ...file },
      { name: 'them', value: '1' },
    ])
    assert.equal(reply.status, 422, file.filename)
    assert.match(/id="tep-error"[^>]*>([^<]*)/.exec(reply.body)?.[1] ?? '', words, file.filename)
  }
  for (const kind of ['jpeg', 'png', 'webp'] as const)
    assert.equal(
      (await browser.upload('/phan-anh/gui/anh', [{ name: 'tep', filename: kind, value: aPicture(kind) }])).status,
      303,
      kind,
    )
  const shown = await browser.get('/phan-anh/gui/anh')
  for (const name of ['jpeg.jpg', 'png.png', 'webp.webp']) assert.match(shown.body, new RegExp(name))
})

test('the sender sees the pictures again, nobody else does, and an address of one is good for a while only', async () => {
  const browser = jar()
  await tell(browser)
  await browser.upload('/phan-anh/gui/anh', [{ name: 'tep', filename: 'quay.png', value: aPicture('png') }])
  const src =
    /src="(\/phan-anh\/gui\/tep\/[0-9a-f]{64})"/.exec((await browser.get('/phan-anh/gui/anh')).body)?.[1] ?? ''
  assert.equal((await browser.get(src)).status, 200)
  assert.equal((await jar().get(src)).status, 404)

  const taken = await receive(context, { actor: null, source: 'sender' }, aPetition(commune.agencyId))
  assert.ok(taken.ok)
  const { agencyId, petitionId, code } = taken.value
  const asked = await execute(
    context,
    { actor: commune.clerk },
    {
      agencyId,
      petitionId,
      commandId: randomUUID(),
      version: null,
      order: { type: 'requestSupplement', text: 'Xin gửi ảnh quầy.' },
    },
  )
  assert.ok(asked.ok)
  const own = { ma: code, k: petitionKey(context.keys, { agencyId, petitionId }) }
  const lan = randomUUID()
  const sendIt = (file: Buffer | string) =>
    browser.upload('/phan-anh/theo-doi/lam', [
      ...Object.entries({ ...own, lan, viec: 'bo-sung', loi: 'Ảnh quầy lúc 9 giờ.' }).map(([name, value]) => ({
        name,
        value,
      })),
      { name: 'tep', filename: 'quay.png', value: file },
    ])
  const refused = await sendIt('<svg xmlns="http://www.w3.org/2000/svg"><script>alert(1)</script></svg>')
  assert.equal(refused.status, 422)
  assert.match(refused.body, /Ảnh quầy lúc 9 giờ/, 'the words are not written twice')
  const sent = await sendIt(aPicture('png'))
  assert.equal(sent.status, 200)
  const href = (/src="(\/phan-anh\/theo-doi\/tep\/[^"]+)"/.exec(sent.body)?.[1] ?? '').replaceAll('&amp;', '&')
  assert.doesNotMatch(href, new RegExp(own.k))
  assert.equal((await jar().get(href)).status, 200)
  assert.equal((await jar().get(href.replace(/\.[\w-]+$/, '.AAAAAAAAAAAAAAAAAAAAAA'))).status, 404)
  assert.equal((await jar().get(href.split('?', 1)[0] ?? '')).status, 404)
  assert.equal((await sendIt(aPicture('png'))).status, 200, 'sent twice')
  const { rows } = await database.ownerPool.query('select 1 from feedback.file where petition_id = $1', [petitionId])
  assert.equal(rows.length, 1)
  const now = context.clock()
  database.setClock(addMinutes(now, 31))
  assert.equal((await jar().get(href)).status, 404)
  database.setClock(now)
})

test('who is signed in finds name and contact filled in; what was written stays', async () => {
  const browser = jar()
  await tell(browser)
  assert.doesNotMatch((await browser.get('/phan-anh/gui/nguoi-gui')).body, /Đoàn Thị Thu Hà/)
  citizen = {
    accountId: randomUUID(),
    sessionId: randomUUID(),
    name: 'Đoàn Thị Thu Hà',
    identityNumber: null,
    identityVerified: false,
    level: 'basic',
    email: 'thuha@vidu.vn',
    phone: '0912345678',
    birthDay: null,
    sex: null,
    address: 'Thôn Đông',
    unitCode: '11257',
  }
  const filled = await browser.get('/phan-anh/gui/nguoi-gui')
  for (const words of [/value="Đoàn Thị Thu Hà"/, /value="0912345678"/, /value="Thôn Đông, Xã Hải Hưng, [^"]+"/])
    assert.match(filled.body, words)
  await browser.post('/phan-anh/gui/nguoi-gui', { la: 'individual', ten: 'Người khác', 'dien-thoai': '0912 000 001' })
  assert.doesNotMatch((await browser.get('/phan-anh/gui/nguoi-gui')).body, /Thu Hà/)
  citizen = null
})

test('a story that is too long is told so and kept whole', async () => {
  const browser = jar()
  await tell(browser)
  const reply = await browser.post('/phan-anh/gui/noi-dung', { ke: 'ộ'.repeat(10_000) })
  assert.equal(reply.status, 422)
  assert.match(reply.body, /10\.000 ký tự/)
  assert.ok(reply.body.includes('ộ'.repeat(10_000)))
  assert.equal((await browser.get('/phan-anh/gui/kiem-tra')).location, '/phan-anh/gui/noi-dung')
})

test('a commune is asked about where several are called so; none of them may be right', async () => {
  const browser = jar()
  await tell(browser)
  const offered = await browser.post('/phan-anh/gui/noi-nao', { noi: 'Hải Hưng' })
  assert.equal(offered.status, 200, 'a question and no mistake')
  assert.doesNotMatch(offered.body, /role="alert"/)
  const again = { noi: 'Hải Hưng', 'noi-chon': '1' }
  assert.equal((await browser.post('/phan-anh/gui/noi-nao', again)).status, 422)
  assert.equal((await browser.post('/phan-anh/gui/noi-nao', { ...again, 'noi-ma': '-' })).status, 303)
  const kept = await browser.get('/phan-anh/gui/noi-nao')
  assert.match(kept.body, /value="Hải Hưng"/)
})

test('a masked name tells neither its length nor how many words it has', () => {
  assert.equal(maskName('Nguyễn Văn An'), 'N••• A•••')
  assert.equal(maskName('  Ân  Nguyễn Thị Thu Hằng Anh '), 'Â••• A•••')
  assert.equal(maskName('Lụa'), 'L•••')
})

test('codes are not found out by guessing, and a flood is stopped', async () => {
  const browser = jar()
  const replies: number[] = []
  for (let number = 0; number < 25; number++)
    replies.push(
      (
        await browser.post(
          '/phan-anh/theo-doi',
          { ma: `PA${commune.agencyId}-26-0001`, k: 'AAAAAAAAAA' },
          '198.51.100.7',
        )
      ).status,
    )
  assert.equal(replies[0], 404)
  assert.equal(replies.at(-1), 429)
  const [known, unknown] = [
    await browser.post('/phan-anh/theo-doi', { ma: `PA${commune.agencyId}-26-0001`, k: 'BBBBBBBBBB' }, '198.51.100.8'),
    await browser.post('/phan-anh/theo-doi', { ma: `PA${commune.agencyId}-26-9999`, k: 'BBBBBBBBBB' }, '198.51.100.8'),
  ]
  assert.equal(known.body.replaceAll(/PA\d+-26-\d{4}/g, ''), unknown.body.replaceAll(/PA\d+-26-\d{4}/g, ''))
  let stopped = 0
  for (let number = 0; number < 320 && stopped === 0; number++)
    if ((await jar().post('/phan-anh/gui', {}, '198.51.100.9')).status === 429) stopped = number
  assert.ok(stopped > 100 && stopped <= 300, String(stopped))
})

async function answered(change = {}) {
  const taken = await receive(context, { actor: null, source: 'sender' }, aPetition(commune.agencyId, change))
  assert.ok(taken.ok)
  const { petitionId } = taken.value
  const give = (who: Actor, order: Order) =>
    execute(
      context,
      { actor: who },
      { agencyId: commune.agencyId, petitionId, commandId: randomUUID(), version: null, order },
    )
  await give(commune.clerk, { type: 'accept', kind: 'behaviour', unitId: commune.units.justice, officerId: null })
  await give(commune.leader, {
    type: 'answer',
    text: 'Ông Vũ Văn Tư Pháp, điện thoại 0912 111 222, đã được nhắc nhở. Cảm ơn bà Nguyễn Thị Bình.',
  })
  return petitionId
}

const toPublish = (words: object) => ({
  commandId: randomUUID(),
  version: 3,
  command: {
    type: 'publish',
    title: 'Chậm trả kết quả',
    story: 'Chậm trả kết quả khai sinh.',
    place: 'Xã Mẫu',
    answer: 'Đã nhắc nhở cán bộ.',
    sender: 'Một người dân',
    files: [],
    letStand: [],
    ...words,
  },
})

test('nothing is published with a telephone, a number or the name of the sender left in', async () => {
  const petitionId = await answered()
  const url = `/api/petitions/${petitionId}`
  const proposal = (await api(commune.clerk, 'GET', `${url}/redaction`)).body as { answer: string; story: string }
  assert.doesNotMatch(proposal.answer, /0912|Bình|Vũ Văn/)
  for (const words of [
    { answer: 'Gọi 0912.111.222 để biết thêm' },
    { answer: 'Gọi +84 912 111 222', letStand: ['+84 912 111 222'] },
    { story: 'Chị nguyễn thị bình phản ánh', letStand: ['nguyễn thị bình'] },
    { story: 'Số căn cước 001085012345' },
    { title: 'Thư binh@vidu.vn' },
    { sender: 'Nguyễn Thị Bình' },
    { place: 'Ông Trần Văn Tám' },
  ]) {
    const refused = await api(commune.clerk, 'POST', `${url}/commands`, toPublish(words))
    assert.equal(refused.status, 422, JSON.stringify(words))
    assert.equal((refused.body as { code: string }).code, 'personal-data-left')
  }
  assert.equal((await api(commune.reception, 'POST', `${url}/commands`, toPublish({}))).status, 404)
  assert.equal((await api(commune.clerk, 'POST', `${url}/commands`, toPublish({}))).status, 200)
  for (const id of ['-'.repeat(36), randomUUID()])
    assert.equal((await jar().get(`/phan-anh/cong-khai?sau=${packCursor(['1', id])}`)).status, 200)
  const page = await jar().get('/phan-anh/cong-khai?tu=cham+tra')
  assert.match(page.body, /Chậm trả kết quả/)
  const code = /PA\d+-26-\d{4}/.exec(page.body)?.[0] ?? ''
  assert.equal((await jar().get(`/phan-anh/cong-khai/${code}`)).status, 200)
  const down = { commandId: randomUUID(), version: 4, command: { type: 'unpublish', text: 'Nhầm' } }
  assert.equal((await api(commune.clerk, 'POST', `${url}/commands`, down)).status, 200)
  assert.equal((await jar().get(`/phan-anh/cong-khai/${code}`)).status, 404)
})

test('the sender is shown with a reason, and each look is recorded', async () => {
  const petitionId = await answered()
  const url = `/api/petitions/${petitionId}/sender`
  assert.equal((await api(commune.reception, 'POST', url, { reason: 'tò mò' })).status, 404)
  assert.equal((await api(other.leader, 'POST', url, { reason: 'tò mò' })).status, 404)
  assert.equal((await api(commune.clerk, 'POST', url, {})).status, 400)
  const shown = await api(commune.clerk, 'POST', url, { reason: 'Gọi hỏi thêm' })
  assert.equal((shown.body as { name: string }).name, aSender().name)
  const { rows } = await database.ownerPool.query<{ reason: string }>('select reason from feedback.disclosure')
  assert.deepEqual(rows, [{ reason: 'Gọi hỏi thêm' }])
})

test('each page is the same list: queue, register and one petition hide what is restricted', async () => {
  const intake = aPetition(commune.agencyId, {
    restricted: true,
    story: aStory({ happened: 'Đòi tiền bồi dưỡng ở quầy địa chính' }),
  })
  const taken = await receive(context, { actor: null, source: 'sender' }, intake)
  assert.ok(taken.ok)
  const url = `/api/petitions/${taken.value.petitionId}`
  for (const who of [commune.reception, commune.justice, other.leader, commune.admin]) {
    assert.equal((await api(who, 'GET', url)).status, 404)
    assert.doesNotMatch(JSON.stringify((await api(who, 'GET', '/api/petitions')).body), /bồi dưỡng/)
    assert.doesNotMatch(
      JSON.stringify(
        (await api(who, 'GET', `/api/petitions/register?agencyId=${commune.agencyId}&from=2026-11-01&to=2026-11-30`))
          .body,
      ),
      new RegExp(taken.value.code),
    )
  }
  assert.equal((await api(commune.leader, 'GET', url)).status, 200)
  const book = JSON.stringify(
    (
      await api(
        commune.leader,
        'GET',
        `/api/petitions/register?agencyId=${commune.agencyId}&from=2026-11-01&to=2026-11-30`,
      )
    ).body,
  )
  assert.match(book, new RegExp(taken.value.code))
  assert.doesNotMatch(book, /bồi dưỡng/)
})

test('an operator registers while listening; the same id registers once', async () => {
  const body = { ...aPetition(commune.agencyId), channel: 'hotline', reference: '1022-2026-88', restricted: false }
  const first = await api(commune.clerk, 'POST', '/api/petitions', body)
  assert.equal(first.status, 201)
  assert.match((first.body as { key: string }).key, /^[0-9A-Z]{10}$/)
  assert.equal((await api(commune.clerk, 'POST', '/api/petitions', body)).status, 200)
  assert.equal((await api(commune.justice, 'POST', '/api/petitions', { ...body, commandId: randomUUID() })).status, 404)
  assert.equal((await api(other.clerk, 'POST', '/api/petitions', { ...body, commandId: randomUUID() })).status, 404)
  const found = (await api(commune.clerk, 'GET', '/api/petitions?q=1022-2026-88')).body as { items: unknown[] }
  assert.equal(found.items.length, 1)
  const byPhone = (await api(commune.clerk, 'GET', '/api/petitions?q=0912345678')).body as { items: unknown[] }
  assert.ok(byPhone.items.length >= 1)
})

test('the register prints, the workbook opens, and a letter goes to the sender', async () => {
  const petitionId = await answered()
  const range = `agencyId=${commune.agencyId}&from=2026-11-01&to=2026-11-30`
  const pdf = (await api(commune.clerk, 'GET', `/api/petitions/register?${range}&format=pdf`)).body as Buffer
  assert.equal(pdf.subarray(0, 5).toString(), '%PDF-')
  const xlsx = (await api(commune.clerk, 'GET', `/api/petitions/register?${range}&format=xlsx`)).body as Buffer
  assert.equal(xlsx.subarray(0, 2).toString(), 'PK')
  const letter = await api(commune.clerk, 'GET', `/api/petitions/${petitionId}/letter.pdf`)
  assert.equal((letter.body as Buffer).subarray(0, 5).toString(), '%PDF-')
  assert.equal((await api(other.clerk, 'GET', `/api/petitions/${petitionId}/letter.pdf`)).status, 404)
})

test('an administrator posts the address; the front can be closed', async () => {
  const settings = {
    open: false,
    name: 'Bộ phận tiếp nhận',
    address: 'Xóm 5',
    phone: '0228 3870 000',
    email: 'pakn@vidu.vn',
    anonymous: false,
    publication: true,
    timers: {
      refuse: 2,
      supplement: 5,
      forward: 5,
      process: 15,
      publish: 2,
      extend: 10,
      supplementWait: 10,
      reopen: 15,
    },
  }
  assert.equal((await api(commune.clerk, 'PUT', `/api/petition-settings/${commune.agencyId}`, settings)).status, 404)
  assert.equal((await api(other.admin, 'PUT', `/api/petition-settings/${commune.agencyId}`, settings)).status, 404)
  assert.equal((await api(commune.admin, 'PUT', `/api/petition-settings/${commune.agencyId}`, settings)).status, 200)
  assert.match((await jar().get('/phan-anh')).body, /0228 3870 000/)
  const refused = await receive(context, { actor: null, source: 'sender' }, aPetition(commune.agencyId))
  assert.ok(!refused.ok && refused.refusal.code === 'agency-takes-none')
  await api(commune.admin, 'PUT', `/api/petition-settings/${commune.agencyId}`, { ...settings, open: true })
})
