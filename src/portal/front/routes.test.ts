import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { parse, type DefaultTreeAdapterTypes } from 'parse5'
import { extractText } from 'unpdf'
import { seedCalendar } from '../../calendar/index.ts'
import { offerProcedures, readCatalogueData, seedCatalogue, type ProcedureVersion } from '../../catalogue/index.ts'
import { closeRenderer } from '../../documents/index.ts'
import { sendProblem } from '../../platform/http/problem.ts'
import type { Http } from '../../platform/http/route.ts'
import { createHttp } from '../../platform/http/server.ts'
import { testDatabase, type TestDatabase } from '../../platform/testing.ts'
import { createAgency, createReceivingPoint, createUnit } from '../../staff/index.ts'
import type { FilingTables } from '../filing/index.ts'
import { appFileRoutes } from './app-files.ts'
import { englishName } from './english-names.ts'
import type { PortalTables } from './facts.ts'
import { faultPages } from './fault-page.ts'
import { lifeEvents } from './life-events.ts'
import { portalRoutes } from './routes.ts'
import { vi } from './text.vi.ts'

let database: TestDatabase<PortalTables & FilingTables>
let http: Http
before(async () => {
  database = await testDatabase<PortalTables & FilingTables>()
  const { db, context } = database
  await seedCalendar(db)
  const data = readCatalogueData()
  assert.deepEqual((await seedCatalogue(db, data)).refused, [])
  const since = { validFrom: '2025-07-01' }
  const agencyId = await createAgency(db, { kind: 'commune', fullName: 'Xã Hải Hưng', ...since })
  const unitId = await createUnit(db, { agencyId, kind: 'one-stop', name: 'Một cửa', ...since })
  await createReceivingPoint(db, {
    agencyId,
    unitId,
    name: 'Điểm tiếp nhận số 1',
    address: 'Xóm 5',
    phone: '0228 3870 000',
    ...since,
  })
  await offerProcedures(db, { agencyId, codes: ['1.001193', '1.004873', '2.000815'], ...since })
  database.setClock('2026-11-20T02:00:00.000Z')
  http = await createHttp({ config: context.config, log: context.log })
  portalRoutes(http, context)
  appFileRoutes(http, context)
  faultPages(http, context)
  http.get('/hong', { config: { permission: 'public' } }, () => {
    throw new Error('broken on purpose')
  })
  http.get('/day', { config: { permission: 'public' } }, (_request, reply) =>
    sendProblem(reply, 429, { code: 'too-many', detail: 'Bạn thử quá nhiều lần, hãy đợi 10 phút.' }),
  )
  await http.ready()
})
after(async () => {
  await http.close()
  await closeRenderer()
  await database.close()
})

const get = async (url: string, cookie = '') => {
  const response = await http.inject({
    method: 'GET',
    url,
    headers: { accept: 'text/html', ...(cookie ? { cookie } : {}) },
  })
  return { status: response.statusCode, body: response.body, headers: response.headers, cookies: response.cookies }
}

test('every page says its language and works without a script or anything from elsewhere', async () => {
  for (const path of [
    '/',
    '/thu-tuc',
    '/thu-tuc?tu=khai+sinh',
    '/thu-tuc/1.001193',
    '/thu-tuc/linh-vuc/land',
    '/thu-tuc/9.999999',
  ]) {
    const { body } = await get(path)
    assert.match(body, /<html lang="vi">/)
    assert.doesNotMatch(body, /<script|javascript:| on[a-z]+=/i)
    assert.deepEqual(
      [...body.matchAll(/(?:src|href)="(https?:[^"]*)"/g)]
        .map(([, url]) => url)
        .filter((url) => url !== 'https://dichvucong.gov.vn'),
      [],
    )
    for (const [, url = ''] of body.matchAll(/href="(\/giao-dien\/[^"]*)"/g)) {
      const file = await get(url)
      assert.equal(file.status, 200)
      assert.match(String(file.headers['cache-control']), /immutable/)
    }
  }
  assert.equal((await get('/giao-dien/..%2f..%2fpackage.json')).status, 404)
})

test('a procedure answers in this order: for me, papers, cost, when, where, begin', async () => {
  const { body } = await get('/thu-tuc/1.004873')
  const { procedure: text } = vi
  const heads = [text.isItForMe, text.papers(1), text.cost, text.ready, text.where, text.begin].map((head) =>
    body.indexOf(`>${head}</h2>`),
  )
  assert.ok(
    heads.every((place, index) => place > (heads[index - 1] ?? 0)),
    String(heads),
  )
  assert.match(body, /thứ Năm, 26\/11\/2026/) // three working days over the holiday of 24/11
  assert.match(body, /Điểm tiếp nhận số 1/)
  assert.match(body, /Mức thu do Hội đồng nhân dân cấp tỉnh quy định/)
  assert.match(body, /Ủy ban nhân dân xã Hải Hưng/)
})

test('another case has its own answers', async () => {
  const late = await get('/thu-tuc/1.001193?truong-hop=late')
  assert.match(late.body, /aria-current="true"\s*>[\s\S]{0,200}Đăng ký quá 60 ngày/)
  assert.equal((await get('/thu-tuc/1.001193?truong-hop=khong-co')).status, 200)
})

test('on a Sunday the page promises from Monday', async () => {
  database.setClock('2026-11-22T02:00:00.000Z')
  assert.match(
    (await get('/thu-tuc/2.000815')).body,
    /tiếp nhận vào thứ Hai, 23\/11\/2026 \(nộp trực tiếp\), bạn có kết quả <strong>chậm nhất thứ Hai, 23\/11\/2026/,
  )
  database.setClock('2026-11-20T09:30:00.000Z')
  assert.match((await get('/thu-tuc/2.000815')).body, /<strong>chậm nhất thứ Hai, 23\/11\/2026/)
  database.setClock('2026-11-20T11:30:00.000Z')
  assert.match((await get('/thu-tuc/2.000815')).body, /tiếp nhận vào thứ Hai, 23\/11\/2026/)
  database.setClock('2026-11-19T22:00:00.000Z')
  assert.match((await get('/thu-tuc/2.000815')).body, /ngay trong hôm nay/)
  database.setClock('2026-11-20T02:00:00.000Z')
})

test('a page says how its day was counted, and what so many copies cost', async () => {
  const { body } = await get('/thu-tuc/2.000815')
  assert.match(body, /Ngày này được tính thế nào\?/)
  assert.match(body, /name="ban"/)
  // 3 copies of 5 pages: 2 pages at 2,000 đồng and 3 at 1,000 for each copy (TT 226/2016/TT-BTC, Điều 4).
  const reckoned = (await get('/thu-tuc/2.000815?ban=3&trang=5')).body
  assert.match(reckoned, /Tổng cộng: <strong>21\.000 đồng/)
  assert.equal((await get('/thu-tuc/2.000815?ban=0')).status, 400)
  assert.equal((await get('/thu-tuc/2.000815?ban=99999')).status, 400)
})

test('each life event leads to procedures in force, one heading a step', async () => {
  for (const { key, steps } of lifeEvents) {
    const page = await get(`/viec/${key}`)
    assert.equal(page.status, 200)
    assert.equal(page.body.match(/<h2>/g)?.length, steps.length, key)
    for (const code of steps.flatMap(({ codes }) => codes)) assert.ok(page.body.includes(`/thu-tuc/${code}"`), code)
  }
  assert.equal((await get('/viec/khong-co')).status, 404)
})

test('questions lead to the case, or say which procedure it is instead', async () => {
  assert.match((await get('/thu-tuc/1.001193')).body, /href="\/thu-tuc\/1\.001193\/hoi"/)
  assert.match((await get('/thu-tuc/1.001193/hoi')).body, /đã từng được đăng ký khai sinh chưa/)
  const instead = (await get('/thu-tuc/1.001193/hoi?t=3')).body
  assert.match(instead, /có lẽ bạn cần thủ tục khác/i)
  assert.match(instead, /href="\/thu-tuc\/2\.000635"/)
  const found = await http.inject('/thu-tuc/1.001193/hoi?t=1.1.1.2')
  assert.deepEqual([found.statusCode, found.headers.location], [303, '/thu-tuc/1.001193?truong-hop=late#giay-to'])
  // An answer that does not exist asks again; a guide that does not exist is not found.
  assert.match((await get('/thu-tuc/1.001193/hoi?t=1.9')).body, /Trẻ thuộc trường hợp nào/)
  assert.equal((await get('/thu-tuc/2.000884/hoi')).status, 404)
  assert.equal((await get('/thu-tuc/1.001193/hoi?t=x')).status, 400)
})

test('words are shown back as text, nothing found says what to do, near names are offered as such', async () => {
  const { body } = await get(`/thu-tuc?tu=${encodeURIComponent('<img src=x onerror=alert(1)>"')}`)
  assert.doesNotMatch(body, /<img/)
  assert.match(body, /Hãy thử ít từ hơn/)
  assert.match((await get('/thu-tuc?tu=khai+sihn')).body, /Gần giống nhất/)
  assert.equal((await get(`/thu-tuc?tu=${'a'.repeat(201)}`)).status, 400)
  assert.equal((await get('/thu-tuc?tu=a&sau=hong')).status, 200)
})

test('long lists go on from page to page', async () => {
  const first = await get('/thu-tuc')
  const next = /href="(\/thu-tuc\?tu=&amp;sau=[^"]+)"/.exec(first.body)?.[1]?.replaceAll('&amp;', '&')
  assert.ok(next)
  const second = await get(next)
  const codes = (body: string) => [...body.matchAll(/href="\/thu-tuc\/(\d\.\d{6})"/g)].map(([, code]) => code)
  assert.equal(codes(first.body).length, 25)
  assert.deepEqual(
    codes(first.body).filter((code) => codes(second.body).includes(code)),
    [],
  )
})

test('English is remembered; texts of procedures stay Vietnamese and say so', async () => {
  const asked = await get('/thu-tuc/1.001193?lang=en')
  assert.match(asked.body, /<html lang="en">/)
  assert.match(asked.body, /What do I bring\?/)
  assert.match(asked.body, /<h1 lang="vi">Đăng ký khai sinh<\/h1>/)
  assert.match(asked.body, /href="\/thu-tuc\/1\.001193\?lang=vi"/)
  assert.deepEqual(
    asked.cookies.map(({ name, value }) => [name, value]),
    [['motcua_lang', 'en']],
  )
  assert.match((await get('/', 'motcua_lang=en')).body, /What do you need to do\?/)
  assert.match((await get('/?lang=vi', 'motcua_lang=en')).body, /<html lang="vi">/)
  assert.doesNotMatch((await get('//evil.example/?lang=en')).body, /href="\/\/evil/)
})

test('readers of English see what a procedure is about, what stays Vietnamese, and in which language each word is', async () => {
  const { body } = await get('/thu-tuc/1.001193', 'motcua_lang=en')
  assert.match(body, /<title>Register a birth \(Đăng ký khai sinh\)/)
  assert.match(body, /published in Vietnamese only/)
  assert.doesNotMatch((await get('/thu-tuc/1.001193')).body, /Vietnamese only|Register a birth/)
  const unnamed = (readCatalogueData().versions as ProcedureVersion[]).filter(
    (version) => version.validTo === null && englishName(version.code, 'en') === undefined,
  )
  assert.deepEqual(
    unnamed.map(({ code, shortName }) => `${code} ${shortName}`),
    [],
  )
  for (const path of ['/thu-tuc/1.001193', '/thu-tuc?tu=birth', '/viec/sinh-con', '/thu-tuc/2.000815?ban=2&trang=3'])
    assert.deepEqual(unmarked((await get(path, 'motcua_lang=en')).body), [], path)
})

/** Vietnamese words of an English page that no element says to be Vietnamese (WCAG 3.1.2). */
function unmarked(page: string): string[] {
  const found: string[] = []
  const walk = (node: DefaultTreeAdapterTypes.Node, language: string): void => {
    const own = 'attrs' in node ? node.attrs.find(({ name }) => name === 'lang')?.value : undefined
    if (
      'value' in node &&
      language !== 'vi' &&
      /[ăâđêôơưạảấầẩẫậắằẳẵặẹẻẽếềểễệỉịọỏốồổỗộớờởỡợụủứừửữựỳỵỷỹ]/iu.test(node.value)
    )
      found.push(node.value.trim())
    if ('childNodes' in node) for (const child of node.childNodes) walk(child, own ?? language)
  }
  walk(parse(page.replace(/<title>.*?<\/title>/su, '')), 'en')
  return found.map((words) => words.replaceAll(/\d[\d.,]* đồng[^;]*/gu, '').trim()).filter(Boolean)
}

test('the place that takes dossiers in is called as the authority calls it', async () => {
  assert.match((await get('/thu-tuc?tu=xyzzyq')).body, /hỏi trực tiếp tại Điểm tiếp nhận số 1\./)
  assert.match((await get('/khong-co')).body, /Hỏi trực tiếp tại Điểm tiếp nhận số 1/)
})

test('help says how the pages are used and where the desk is; every page leads to it', async () => {
  const { status, body } = await get('/tro-giup')
  assert.equal(status, 200)
  assert.match(body, /WCAG 2\.2/)
  assert.match(body, /Điểm tiếp nhận số 1[^]*Xóm 5/)
  assert.match((await get('/thu-tuc/1.001193')).body, /<footer[^]*href="\/tro-giup"[^]*href="\/du-lieu-ca-nhan"/)
  assert.deepEqual(unmarked((await get('/tro-giup', 'motcua_lang=en')).body), [])
})

test('a version that rests on a newer text than its first day says so', async () => {
  assert.match((await get('/thu-tuc/1.001193')).body, /Có hiệu lực từ 01\/07\/2025[^]*ban hành ngày 14\/01\/2026/)
})

test('who handles a matter elsewhere is said with its certainty', async () => {
  assert.match((await get('/thu-tuc?tu=can+cuoc')).body, /Theo quy định chung/)
  assert.doesNotMatch((await get('/thu-tuc?tu=ly+hon')).body, /Theo quy định chung/)
})

test('the posting sheet keeps its columns whole where a case has a long name', async () => {
  const { rawPayload } = await http.inject({ method: 'GET', url: '/thu-tuc/2.000815/niem-yet.pdf' })
  const { totalPages, text } = await extractText(new Uint8Array(rawPayload), { mergePages: true })
  assert.ok(totalPages <= 3, `${totalPages} pages`)
  assert.match(text.replaceAll(/\s+/gu, ' '), /Thời hạn giải quyết/)
})

test('sheets for the desk are PDF files', async () => {
  for (const path of [
    '/thu-tuc/1.001193/niem-yet.pdf',
    '/thu-tuc/1.001193/ma-qr.pdf',
    '/thu-tuc/linh-vuc/civil-status/ma-qr.pdf',
  ]) {
    const { status, headers, body } = await get(path)
    assert.deepEqual([status, headers['content-type']], [200, 'application/pdf'])
    assert.match(body, /^%PDF/)
  }
  for (const path of [
    '/thu-tuc/9.999999/niem-yet.pdf',
    '/thu-tuc/9.999999/ma-qr.pdf',
    '/thu-tuc/linh-vuc/khong-co/ma-qr.pdf',
    '/thu-tuc/linh-vuc/khong-co',
  ])
    assert.equal((await get(path)).status, 404, path)
})

test('where nothing is and where something broke, people see the frame and ways on, in their language', async () => {
  for (const [path, status, vietnamese, english] of [
    ['/khong-co-trang-nay', 404, /<h1>Không tìm thấy trang này/, /<h1>This page was not found/],
    ['/giao-dien/khong-co.css', 404, /<h1>Không tìm thấy trang này/, /<h1>This page was not found/],
    ['/hong', 500, /<h1>Hệ thống gặp lỗi/, /<h1>The system has a fault/],
    ['/day', 429, /hãy đợi 10 phút/, /Wait a few minutes/],
    ['/%zz', 400, /<h1>Không thực hiện được yêu cầu/, /./],
  ] as const) {
    const page = await get(path)
    assert.equal(page.status, status, path)
    assert.match(page.body, vietnamese, path)
    assert.match((await get(path, 'motcua_lang=en')).body, english, path)
    for (const part of [
      /class="site-head"/,
      /Ủy ban nhân dân xã Hải Hưng/,
      /role="search"/,
      /href="\/tra-cuu"/,
      /Xóm 5/,
    ])
      assert.match(page.body, part, path)
    assert.equal(page.headers['cache-control'], 'no-store')
  }
  const forged = await http.inject({
    method: 'POST',
    url: '/tra-cuu',
    headers: { accept: 'text/html', origin: 'https://elsewhere.example', 'content-type': 'application/json' },
    payload: {},
  })
  assert.equal(forged.statusCode, 403)
  assert.match(forged.body, /<h1>Bạn chưa xem được trang này[\s\S]*phải được gửi từ chính hệ thống này/)
  const program = await http.inject({ url: '/khong-co-trang-nay', headers: { accept: '*/*' } })
  assert.equal(program.json().code, 'not-found')
})

test('a page of a fault needs no database', async () => {
  const { context } = database
  const away = { ...context, clock: () => assert.fail('nothing answers') }
  const bare = await createHttp({ config: context.config, log: context.log })
  faultPages(bare, away)
  const page = await bare.inject({ url: '/dau-do', headers: { accept: 'text/html' } })
  assert.equal(page.statusCode, 404)
  assert.match(page.body, /<h1>Không tìm thấy/)
  await bare.close()
})

test('the manifest names icons that are there, and a phone without SVG has its own', async () => {
  const { icons } = (await http.inject('/ung-dung.webmanifest')).json<{ icons: { src: string; type: string }[] }>()
  for (const { src, type } of icons) {
    const { statusCode, headers } = await http.inject(src)
    assert.deepEqual([src, statusCode, headers['content-type']], [src, 200, type])
  }
  const { body } = await get('/')
  assert.match(body, /rel="apple-touch-icon" href="\/bieu-tuong-180\.png"/)
})
