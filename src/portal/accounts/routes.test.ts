import assert from 'node:assert/strict'
import { after, before, beforeEach, test } from 'node:test'
import type { CatalogueTables } from '../../catalogue/index.ts'
import { insertProvider, usualSettings } from '../../identity/index.ts'
import { aBrowser, anOfficer, aProvider, type TestProvider } from '../../identity/testing.ts'
import { identityHooks } from '../../identity/index.ts'
import { identityRoutes } from '../../identity/routes.ts'
import type { Http } from '../../platform/http/route.ts'
import { createHttp } from '../../platform/http/server.ts'
import { testDatabase, type TestDatabase } from '../../platform/testing.ts'
import { findAuthority, mayActFor } from './authority.ts'
import type { AccountTablesNeeded } from './desk.ts'
import { citizenHooks } from './hooks.ts'
import { wantedLevel } from './level-routes.ts'
import { citizenAccountRoutes } from './routes.ts'
import { aSignedInCitizen, aVisitor } from './testing.ts'
import { tidyAccounts } from './tidy.ts'

type Tables = AccountTablesNeeded & CatalogueTables
let database: TestDatabase<Tables>
let http: Http
let house: TestProvider
const GOOD = 'Sông xanh núi biếc'

before(async () => {
  database = await testDatabase<Tables>()
  const { context } = database
  // A demonstration without a server: codes can be asked for and stay in the queue.
  await database.ownerPool.query(`insert into platform.setting (name, value) values ('demo', '{}')`)
  house = await aProvider(() => [1, 2, 3].map((id) => `${context.config.publicUrl}/dang-nhap/tra-loi/${id}`))
  await openServer()
})
after(async () => {
  await http.close()
  await house.stop()
  await database.close()
})

/** A server with fresh counters of guesses. */
async function openServer(): Promise<void> {
  const { context } = database
  http = await createHttp({ config: context.config, log: context.log })
  identityHooks(http, context)
  citizenHooks(http, context)
  http.get('/api/for-citizens', { config: { permission: 'citizen' } }, async (request) => ({
    name: request.citizen?.name,
  }))
  http.get('/for-all', { config: { permission: 'public' } }, async (request) => ({
    name: request.citizen?.name ?? null,
  }))
  identityRoutes(http, context)
  citizenAccountRoutes(http, context)
  await http.ready()
}
beforeEach(async () => {
  database.setClock(undefined)
  await http.close()
  await openServer()
})

/** Up to where the messages of a kind to a contact were read. */
const seen = new Map<string, string>()

/**
 * The code in the next message of this kind to a contact. Waits for it: what is told after the answer comes when it
 * comes.
 */
async function sentTo(address: string, template = 'one-time-code'): Promise<string> {
  const { keys } = database.context
  for (let tries = 0; tries < 400; tries++) {
    const { rows } = await database.ownerPool.query<{ position: string; secret: Buffer }>(
      `select position, secret from portal.message where address_index = $1 and template = $2 and position > $3
       order by position limit 1`,
      [keys.blindIndex('notice-address', address), template, seen.get(address + template) ?? '0'],
    )
    const [row] = rows
    if (row) {
      seen.set(address + template, row.position)
      return (JSON.parse(keys.decrypt(row.secret)) as { facts: { code?: string } }).facts.code ?? ''
    }
    await new Promise((done) => setTimeout(done, 25))
  }
  return assert.fail(`nothing of ${template} was sent to ${address}`)
}

async function signUp(address: string, { name = 'Trần Thị Mai', password = GOOD, from = '10.1.0.1', back = '' } = {}) {
  const visitor = aVisitor(http, { address: from })
  const asked = await visitor.fill('/dang-ky', { lien_he: address, ve: back })
  assert.equal(asked.headers.location, `/dang-ky/ma${back ? `?ve=${encodeURIComponent(back)}` : ''}`)
  const code = await sentTo(address)
  assert.match(code, /^\d{6}$/)
  assert.match((await visitor.get('/dang-ky/ma')).body, /one-time-code/)
  await visitor.post('/dang-ky/ma', { ma: code, ve: back })
  const finished = await visitor.post('/dang-ky/hoan-tat', { ho_ten: name, mat_khau: password, ve: back })
  return { visitor, finished }
}

test('somebody signs up by telephone, is known, signs out and in again', async () => {
  const { visitor, finished } = await signUp('0912345678', { back: '/nop-ho-so/1.001193' })
  assert.equal(finished.headers.location, '/nop-ho-so/1.001193')
  const cookie = finished.cookies.find(({ name }) => name === 'motcua_citizen')
  assert.deepEqual([cookie?.httpOnly, cookie?.sameSite, cookie?.path], [true, 'Lax', '/'])
  assert.match((await visitor.get('/tai-khoan')).body, /Xin chào Trần Thị Mai/)
  assert.equal((await visitor.get('/for-all')).json().name, 'Trần Thị Mai')
  assert.match((await visitor.get('/dang-nhap?ve=/uy-quyen-thay')).headers.location ?? '', /^\/uy-quyen-thay$/)
  const token = visitor.cookies.get('motcua_citizen')
  assert.equal((await visitor.post('/dang-xuat', {})).headers.location, '/')
  const old = aVisitor(http)
  old.cookies.set('motcua_citizen', token ?? '')
  assert.equal((await old.get('/for-all')).json().name, null)
  assert.equal((await old.get('/tai-khoan')).headers.location, '/dang-nhap?ve=%2Ftai-khoan')
  assert.equal((await old.get('/api/for-citizens')).statusCode, 401)
  const again = await visitor.post('/dang-nhap', { lien_he: '+84 912 345 678', mat_khau: GOOD, ve: '/tai-khoan/phien' })
  assert.equal(again.headers.location, '/tai-khoan/phien')
  assert.equal((await visitor.get('/api/for-citizens')).json().name, 'Trần Thị Mai')
})

test('nothing of a person lies readable in the database', async () => {
  await signUp('lan.pham@example.vn', { name: 'Phạm Thị Lan' })
  for (const table of ['citizen', 'citizen_contact', 'citizen_code', 'citizen_session', 'message']) {
    const { rows } = await database.ownerPool.query<{ text: string }>(
      `select string_agg(t::text, ' ') as text from portal.${table} t`,
    )
    assert.doesNotMatch(rows[0]?.text ?? '', /Phạm|lan\.pham|Sông xanh/, table)
  }
})

test('the way back leads only to pages of ours', async () => {
  await signUp('0987000111')
  for (const ve of [
    'https://evil.example/',
    '//evil.example',
    String.raw`/\evil.example`,
    '/%5C%5Cevil',
    'javascript:alert(1)',
    '/dang-xuat',
    '/a\nb',
  ]) {
    const visitor = aVisitor(http)
    const { location } = (await visitor.post('/dang-nhap', { lien_he: '0987000111', mat_khau: GOOD, ve })).headers
    assert.match(location ?? '', /^\/(tai-khoan|%5C%5Cevil)$/, ve)
    assert.doesNotMatch(
      (await aVisitor(http).get(`/dang-nhap?ve=${encodeURIComponent(ve)}`)).body,
      /evil\.example|javascript:/,
    )
  }
})

test('an answer tells nobody whether there is an account', async () => {
  await signUp('0977000222')
  const shapes = async (path: string, address: string) => {
    const visitor = aVisitor(http, { address: '10.9.0.1' })
    const answer = await visitor.fill(path, { lien_he: address })
    const next = (await visitor.get(answer.headers.location ?? '')).body
    const wrong = (await visitor.post(answer.headers.location ?? '', { ma: '000000' })).body
    const { 'set-cookie': cookies, ...headers } = answer.headers
    delete headers['x-request-id']
    delete headers.date
    return JSON.stringify([
      answer.statusCode,
      answer.body,
      headers,
      String(cookies).replace(/motcua_ma=[^;]+/, 'motcua_ma=x'),
      next.replaceAll(/\d{2}••••••\d{2}/g, 'x'),
      wrong.replaceAll(/\d{2}••••••\d{2}/g, 'x'),
    ])
  }
  for (const path of ['/dang-ky', '/quen-mat-khau'])
    assert.equal(await shapes(path, '0977000222'), await shapes(path, '0977999888'), path)
  const signIn = async (address: string) => {
    const { statusCode, body } = await aVisitor(http, { address: '10.9.0.2' }).post('/dang-nhap', {
      lien_he: address,
      mat_khau: 'sai rồi nhé',
    })
    return JSON.stringify([statusCode, body.replaceAll(address, 'x').replaceAll(/w\.account[^"]+/g, 'task')])
  }
  assert.equal(await signIn('0977000222'), await signIn('0977999888'))
  // The owner is told, and nobody else.
  await sentTo('0977000222', 'account-exists')
  await sentTo('0977000222')
  await sentTo('0977999888')
})

test('wrong passwords take as long with an account as without', async () => {
  await signUp('0977000333')
  const times = { known: [] as number[], unknown: [] as number[] }
  for (let round = 0; round < 12; round++)
    for (const [kind, address] of [
      ['known', '0977000333'],
      ['unknown', '0977999777'],
    ] as const) {
      const visitor = aVisitor(http, { address: `10.8.${round}.${kind === 'known' ? 1 : 2}` })
      const from = performance.now()
      await visitor.post('/dang-nhap', { lien_he: address, mat_khau: 'sai rồi nhé bạn' })
      times[kind].push(performance.now() - from)
      if (round % 4 === 3) {
        await http.close()
        await openServer()
      }
    }
  // The quickest of many, since a busy machine only ever adds; without the work of the hash it would be a tenth.
  const ratio = Math.min(...times.known) / Math.min(...times.unknown)
  assert.ok(ratio > 0.3 && ratio < 3, JSON.stringify(times))
})

test('a code is guessed five times and dies, alone or all at once; it runs out and is worth nothing elsewhere', async () => {
  const ask = async (address: string) => {
    const visitor = aVisitor(http, { address: '10.7.0.1' })
    await visitor.fill('/dang-ky', { lien_he: address })
    return { visitor, code: await sentTo(address) }
  }
  const one = await ask('0966000001')
  const wrong = one.code === '111111' ? '222222' : '111111'
  for (const left of [4, 3, 2, 1])
    assert.match((await one.visitor.post('/dang-ky/ma', { ma: wrong })).body, new RegExp(`còn ${left} lần`))
  assert.match((await one.visitor.post('/dang-ky/ma', { ma: wrong })).body, /không còn dùng được/)
  assert.match((await one.visitor.post('/dang-ky/ma', { ma: one.code })).body, /không còn dùng được/)

  const many = await ask('0966000002')
  const guesses = await Promise.all(
    Array.from({ length: 30 }, (_, index) => many.visitor.post('/dang-ky/ma', { ma: String(100_000 + index) })),
  )
  assert.ok(guesses.filter(({ body }) => /còn \d lần/.test(body)).length <= 5)
  assert.notEqual((await many.visitor.post('/dang-ky/ma', { ma: many.code })).headers.location, '/dang-ky/hoan-tat')

  const late = await ask('0966000003')
  database.setClock(new Date(Date.now() + 11 * 60_000).toISOString())
  assert.match((await late.visitor.post('/dang-ky/ma', { ma: late.code })).body, /không còn dùng được/)
  database.setClock(undefined)

  const own = await ask('0966000004')
  const thief = await ask('0966000005')
  assert.notEqual((await thief.visitor.post('/dang-ky/ma', { ma: own.code })).headers.location, '/dang-ky/hoan-tat')
  // A code for signing up opens no password, and nobody finishes without it.
  own.visitor.cookies.set('motcua_ma', own.visitor.cookies.get('motcua_ma') ?? '')
  assert.match((await own.visitor.post('/quen-mat-khau/ma', { ma: own.code })).body, /không còn dùng được/)
  assert.equal(
    (await own.visitor.post('/dang-ky/hoan-tat', { ho_ten: 'A', mat_khau: GOOD })).headers.location,
    '/dang-ky',
  )
})

test('a new password ends every session; the owner hears of it', async () => {
  const { visitor } = await signUp('0955000111')
  const other = aVisitor(http, { address: '10.6.0.1' })
  await other.fill('/quen-mat-khau', { lien_he: '0955000111' })
  const code = await sentTo('0955000111')
  assert.equal((await other.post('/quen-mat-khau/ma', { ma: code })).headers.location, '/quen-mat-khau/mat-khau')
  assert.match((await other.post('/quen-mat-khau/mat-khau', { mat_khau: 'ngắn' })).body, /ít nhất 10 ký tự/)
  assert.match((await other.post('/quen-mat-khau/mat-khau', { mat_khau: 'x0955000111' })).body, /không được chứa/)
  assert.equal(
    (await other.post('/quen-mat-khau/mat-khau', { mat_khau: 'Đồng lúa chín vàng' })).headers.location,
    '/tai-khoan',
  )
  assert.equal((await visitor.get('/for-all')).json().name, null)
  await sentTo('0955000111', 'account-changed')
  assert.equal(
    (await other.post('/quen-mat-khau/mat-khau', { mat_khau: 'Lần thứ hai nhé' })).headers.location,
    '/quen-mat-khau',
  )
  const back = aVisitor(http)
  assert.equal((await back.post('/dang-nhap', { lien_he: '0955000111', mat_khau: GOOD })).statusCode, 422)
  assert.equal(
    (await back.post('/dang-nhap', { lien_he: '0955000111', mat_khau: 'Đồng lúa chín vàng' })).statusCode,
    303,
  )
})

test('forged and foreign cookies open nothing; a session is never taken over from before', async () => {
  for (const value of ['x', 'a'.repeat(43), '', '%00', '"', 'null', '1; drop table', 'a'.repeat(4000)]) {
    const visitor = aVisitor(http)
    visitor.cookies.set('motcua_citizen', encodeURIComponent(value))
    assert.equal((await visitor.get('/for-all')).json().name, null)
    assert.equal((await visitor.get('/api/for-citizens')).statusCode, 401)
  }
  // Fixation: who planted a cookie has nothing of the session that begins with it, and a session that was there ends.
  const attacker = await aSignedInCitizen(database.context, { name: 'Kẻ Gian' })
  const planted = attacker.cookie.split('=')[1] ?? ''
  await signUp('0944000111')
  const victim = aVisitor(http)
  victim.cookies.set('motcua_citizen', planted)
  await victim.post('/dang-nhap', { lien_he: '0944000111', mat_khau: GOOD })
  assert.notEqual(victim.cookies.get('motcua_citizen'), planted)
  const thief = aVisitor(http)
  thief.cookies.set('motcua_citizen', planted)
  assert.equal((await thief.get('/for-all')).json().name, null)
  assert.equal((await victim.get('/for-all')).json().name, 'Trần Thị Mai')
})

test('a session ends when it is not used, and after half a day in any case', async () => {
  const start = Date.now()
  const at = (minutes: number) => database.setClock(new Date(start + minutes * 60_000).toISOString())
  at(0)
  const { cookie } = await aSignedInCitizen(database.context)
  const name = async () => (await http.inject({ url: '/for-all', headers: { cookie } })).json().name
  at(110)
  assert.ok(await name())
  at(220)
  assert.ok(await name())
  at(345)
  assert.equal(await name(), null)
  at(0)
  const long = await aSignedInCitizen(database.context)
  for (let minutes = 60; minutes < 720; minutes += 60) {
    at(minutes)
    assert.ok((await http.inject({ url: '/for-all', headers: { cookie: long.cookie } })).json().name)
  }
  at(721)
  assert.equal((await http.inject({ url: '/for-all', headers: { cookie: long.cookie } })).json().name, null)
})

test('guessing locks the guesser; the owner’s own device goes on, strangers have to work', async () => {
  const { visitor } = await signUp('0933000111')
  const guesser = aVisitor(http, { address: '10.5.0.1' })
  const codes: number[] = []
  for (let index = 0; index < 7; index++)
    codes.push(
      (await guesser.fill('/dang-nhap', { lien_he: '0933000111', mat_khau: `sai lần thứ ${index}` })).statusCode,
    )
  assert.equal(codes.at(-1), 429)
  // From everywhere: after some, each stranger's browser has to do work first.
  const stranger = aVisitor(http, { address: '10.5.0.2' })
  const first = await stranger.post('/dang-nhap', { lien_he: '0933000111', mat_khau: GOOD })
  assert.match(first.body, /data-challenge|value="t\.account/)
  assert.equal(
    (await stranger.fill('/dang-nhap', { lien_he: '0933000111', mat_khau: GOOD }, first.body)).statusCode,
    422,
  )
  const second = await stranger.post('/dang-nhap', {
    lien_he: '0933000111',
    mat_khau: GOOD,
    proof: 'w.account.x.0.y.z~1',
  })
  assert.equal(
    (await stranger.fill('/dang-nhap', { lien_he: '0933000111', mat_khau: GOOD }, second.body)).statusCode,
    303,
  )
  // The owner's own device does not notice.
  await visitor.post('/dang-xuat', {})
  assert.equal((await visitor.post('/dang-nhap', { lien_he: '0933000111', mat_khau: GOOD })).statusCode, 303)
})

test('thousands of sign-ups from one source come to an end; nobody is flooded; robots have to work', async () => {
  const robot = aVisitor(http, { address: '10.4.0.1' })
  assert.match((await robot.post('/dang-ky', { lien_he: '0922000000' })).body, /không chạy phần kiểm tra/)
  assert.match((await robot.post('/dang-ky', { lien_he: '0922000000', proof: 'w.account.1.1.x.y~1' })).body, /đã cũ/)
  const { rows } = await database.ownerPool.query<{ count: number }>(
    `select count(*) from portal.citizen_code where source = '10.4.0.1'`,
  )
  assert.equal(Number(rows[0]?.count), 0)
  // A waiting ticket instead of the work: a dozen in ten minutes from one network.
  const statuses = new Map<number, number>()
  for (let index = 0; index < 40; index++) {
    const { statusCode } = await robot.post('/dang-ky', { lien_he: '0922000000' })
    statuses.set(statusCode, (statuses.get(statusCode) ?? 0) + 1)
  }
  assert.ok((statuses.get(429) ?? 0) >= 27, JSON.stringify([...statuses]))
  // However often somebody asks, a telephone gets five messages an hour.
  for (let index = 0; index < 8; index++)
    await aVisitor(http, { address: `10.3.0.${index}` }).fill('/dang-ky', { lien_he: '0922111222' })
  for (let message = 0; message < 5; message++) await sentTo('0922111222')
  const { rows: sent } = await database.ownerPool.query<{ count: number }>(
    'select count(*) from portal.message where address_index = $1',
    [database.context.keys.blindIndex('notice-address', '0922111222')],
  )
  assert.equal(Number(sent[0]?.count), 5)
})

test('without script a person waits a little and gets on', async () => {
  const start = Date.now()
  const visitor = aVisitor(http, { address: '10.2.0.1' })
  const first = await visitor.post('/dang-ky', { lien_he: '0911222333' })
  const ticket = /name="proof" value="([^"]+)"/.exec(first.body)?.[1] ?? ''
  assert.match(first.body, /value="0911222333"/)
  assert.match((await visitor.post('/dang-ky', { lien_he: '0911222333', proof: ticket })).body, /giây nữa/)
  database.setClock(new Date(start + 25_000).toISOString())
  assert.equal(
    (await visitor.post('/dang-ky', { lien_he: '0911222333', proof: ticket })).headers.location,
    '/dang-ky/ma',
  )
})

test('own sessions are listed and ended; another person’s are out of reach', async () => {
  const { visitor } = await signUp('0909000111')
  const second = aVisitor(http, { address: '10.2.0.9', agent: 'Mozilla/5.0 (Linux; Android 14) Chrome/120 Mobile' })
  await second.post('/dang-nhap', { lien_he: '0909000111', mat_khau: GOOD })
  const page = (await visitor.get('/tai-khoan/phien')).body
  assert.match(page, /Chrome, Android/)
  const id = /name="phien" value="([^"]+)"/.exec(page)?.[1] ?? ''
  const stranger = await aSignedInCitizen(database.context)
  await http.inject({
    method: 'POST',
    url: '/tai-khoan/phien/ket-thuc',
    headers: { cookie: stranger.cookie, 'content-type': 'application/x-www-form-urlencoded' },
    payload: `phien=${id}`,
  })
  assert.equal((await second.get('/for-all')).json().name, 'Trần Thị Mai')
  const noId = '-'.repeat(36)
  assert.equal((await visitor.post('/tai-khoan/phien/ket-thuc', { phien: noId })).statusCode, 303)
  assert.equal((await visitor.post('/uy-quyen-thay/ket-thuc', { ma: noId })).statusCode, 303)
  await visitor.post('/tai-khoan/phien/ket-thuc', { phien: id })
  assert.equal((await second.get('/for-all')).json().name, null)
  await second.post('/dang-nhap', { lien_he: '0909000111', mat_khau: GOOD })
  await visitor.post('/tai-khoan/phien/ket-thuc-khac', {})
  assert.equal((await second.get('/for-all')).json().name, null)
  assert.equal((await visitor.get('/for-all')).json().name, 'Trần Thị Mai')
})

test('details are checked; a further contact is confirmed by its own code', async () => {
  const { visitor } = await signUp('0908000111')
  const wrong = await visitor.post('/tai-khoan/thong-tin', { ho_ten: '', so_dinh_danh: '123', ngay_sinh: '31/02/1990' })
  for (const words of [/Hãy nhập họ và tên/, /gồm 12 chữ số/, /14\/03\/1985/]) assert.match(wrong.body, words)
  const fine = {
    ho_ten: 'Trần  Thị Mai',
    so_dinh_danh: '036 190 001 234',
    ngay_sinh: '5/9/1990',
    gioi_tinh: 'female',
    dia_chi: 'Xóm 5',
  }
  assert.equal((await visitor.post('/tai-khoan/thong-tin', fine)).headers.location, '/tai-khoan?xong=thong-tin')
  const page = (await visitor.get('/tai-khoan')).body
  for (const words of [/036190001234/, /05\/09\/1990/, /Nữ/, /Xóm 5/, /Chưa xác minh/]) assert.match(page, words)
  await visitor.fill('/tai-khoan/lien-he', { lien_he: 'mai@example.vn' })
  const code = await sentTo('mai@example.vn')
  assert.equal((await visitor.post('/tai-khoan/lien-he/ma', { ma: code })).headers.location, '/tai-khoan?xong=lien-he')
  assert.equal((await aVisitor(http).post('/dang-nhap', { lien_he: 'Mai@Example.vn', mat_khau: GOOD })).statusCode, 303)
  // Somebody else's contact is not taken over.
  const other = (await signUp('0908000222')).visitor
  await other.fill('/tai-khoan/lien-he', { lien_he: 'mai@example.vn' })
  await sentTo('mai@example.vn', 'account-exists')
})

test('the password is changed only with the old one; closing wipes the account', async () => {
  const { visitor } = await signUp('0907000111')
  assert.match(
    (await visitor.post('/tai-khoan/mat-khau', { hien_tai: 'sai', mat_khau: 'Mây trắng trời xanh' })).body,
    /hiện tại không đúng/,
  )
  assert.equal(
    (await visitor.post('/tai-khoan/mat-khau', { hien_tai: GOOD, mat_khau: 'Mây trắng trời xanh' })).headers.location,
    '/tai-khoan?xong=mat-khau',
  )
  assert.equal((await visitor.post('/tai-khoan/dong', { hien_tai: 'Mây trắng trời xanh' })).statusCode, 422)
  assert.equal((await visitor.post('/tai-khoan/dong', { hien_tai: 'sai', dong_y: '1' })).statusCode, 422)
  assert.match(
    (await visitor.post('/tai-khoan/dong', { hien_tai: 'Mây trắng trời xanh', dong_y: '1' })).body,
    /đã được đóng/,
  )
  assert.equal((await visitor.get('/for-all')).json().name, null)
  assert.equal(
    (await aVisitor(http).post('/dang-nhap', { lien_he: '0907000111', mat_khau: 'Mây trắng trời xanh' })).statusCode,
    422,
  )
  assert.equal((await signUp('0907000111', { from: '10.1.0.9' })).finished.statusCode, 303)
})

// --- Providers ----------------------------------------------------------------------------------------------------------

async function aHouse(id?: number): Promise<number> {
  if (id) return id
  return insertProvider(database.db, {
    name: 'VNeID thử',
    issuer: house.issuer,
    clientId: house.clientId,
    clientSecret: database.context.keys.encrypt(house.clientSecret),
    forCitizens: true,
    forOfficers: false,
    enabled: true,
    settings: {
      ...usualSettings,
      scope: 'openid',
      levels: [
        { value: 'loa2', level: 'substantial' },
        { value: 'loa3', level: 'high' },
      ],
    },
    now: database.context.clock(),
    by: null,
  })
}
let houseId: number | undefined

async function comeBy(person: TestProvider['person'], visitor = aVisitor(http), ve = '') {
  houseId = await aHouse(houseId)
  house.person = person
  const begun = await visitor.get(`/dang-nhap/qua/${houseId}?ve=${encodeURIComponent(ve)}`)
  const answer = (await house.signIn(begun.headers.location ?? '')).replace(database.context.config.publicUrl, '')
  return { visitor, answer, reply: await visitor.get(answer) }
}
const an = {
  sub: 'an',
  name: 'Nguyễn Văn An',
  so_dinh_danh: '001085012345',
  birthdate: '1985-03-14',
  gender: 'male',
  acr: 'loa2',
}

test('a provider vouches for a person; the same number is the same account, whichever way it comes', async () => {
  const first = await comeBy(an, aVisitor(http), '/uy-quyen-thay')
  assert.equal(first.reply.headers.location, '/uy-quyen-thay')
  const page = (await first.visitor.get('/tai-khoan')).body
  for (const words of [/Nguyễn Văn An/, /Đã xác minh/, /001085012345/, /14\/03\/1985/]) assert.match(page, words)
  const ids = async () => {
    const { rows } = await database.ownerPool.query<{ id: string }>(
      `select account_id as id from portal.citizen where identity_verified and identity_index = $1`,
      [database.context.keys.blindIndex('identity', '001085012345')],
    )
    return rows.map(({ id }) => id)
  }
  const [id] = await ids()
  // Another subject there with the same number, verified twice, also both at once.
  await Promise.all([comeBy({ ...an, sub: 'an-2' }), comeBy({ ...an, sub: 'an-2' })])
  assert.deepEqual(await ids(), [id])
  // Verified again with another number: nobody's account changes hands.
  const swapped = await comeBy({ ...an, so_dinh_danh: '001090000999' })
  assert.match(swapped.reply.body, /số định danh khác/)
  assert.equal((await swapped.visitor.get('/for-all')).json().name, null)
  // What was vouched for is not edited.
  await first.visitor.post('/tai-khoan/thong-tin', {
    ho_ten: 'Người Khác',
    so_dinh_danh: '001090000999',
    dia_chi: 'Xóm 1',
  })
  assert.match((await first.visitor.get('/tai-khoan')).body, /Nguyễn Văn An[\s\S]*001085012345[\s\S]*Xóm 1/)
  // Nor is it offered to be edited.
  const details = (await first.visitor.get('/tai-khoan/thong-tin')).body
  assert.match(details, /name="dia_chi"/)
  for (const known of ['ho_ten', 'so_dinh_danh', 'ngay_sinh'])
    assert.doesNotMatch(details, new RegExp(`name="${known}"`))
})

test('a weak sign-in vouches for nothing', async () => {
  const { visitor } = await comeBy({ sub: 'weak', name: 'Ai Đó', so_dinh_danh: '001085012345', acr: 'loa1' })
  const page = (await visitor.get('/tai-khoan')).body
  assert.match(page, /Chưa xác minh/)
  assert.match(page, /Cơ bản/)
  assert.doesNotMatch(page, /Nguyễn Văn An/)
})

test('a local account is verified by its owner, and by nobody in between', async () => {
  const { visitor } = await signUp('0906000111')
  const done = await comeBy(
    { ...an, sub: 'mai', name: 'Trần Thị Mai', so_dinh_danh: '036190001234', gender: 'female' },
    visitor,
    '/tai-khoan',
  )
  assert.equal(done.reply.headers.location, '/tai-khoan')
  assert.match((await visitor.get('/tai-khoan')).body, /Đã xác minh/)
  // Signed in as one, verified as another.
  const other = (await signUp('0906000222', { name: 'Lê Văn Bình' })).visitor
  assert.match(
    (await comeBy({ ...an, sub: 'mai', so_dinh_danh: '036190001234' }, other)).reply.body,
    /gắn với một tài khoản khác/,
  )
  assert.equal((await other.get('/for-all')).json().name, 'Lê Văn Bình')
  // Signed out meanwhile: the answer does not tie an account to whoever sits there.
  const third = (await signUp('0906000333', { name: 'Vũ Thị Cúc' })).visitor
  const begun = await third.get(`/dang-nhap/qua/${houseId}`)
  house.person = { ...an, sub: 'cuc', so_dinh_danh: '001185000777' }
  const answer = (await house.signIn(begun.headers.location ?? '')).replace(database.context.config.publicUrl, '')
  third.cookies.delete('motcua_citizen')
  assert.match((await third.get(answer)).body, /đăng xuất hoặc đổi tài khoản/)
})

test('answers that were replayed, forged or begun elsewhere are refused in words', async () => {
  const { visitor, answer } = await comeBy(an)
  assert.equal((await visitor.get(answer)).statusCode, 422)
  assert.equal((await aVisitor(http).get(answer)).statusCode, 422)
  const begun = await visitor.get(`/dang-nhap/qua/${houseId}`)
  const fresh = (await house.signIn(begun.headers.location ?? '')).replace(database.context.config.publicUrl, '')
  assert.match(
    (await visitor.get(fresh.replace(/state=[^&]+/, 'state=x'))).body,
    /không bắt đầu từ trình duyệt của bạn/,
  )
  assert.match(
    (await aVisitor(http).get(`/dang-nhap/tra-loi/${houseId}?error=access_denied&state=x`)).body,
    /Chưa đăng nhập được/,
  )
})

test('when the provider is away it is said, and accounts and tracking go on', async () => {
  const away = await insertProvider(database.db, {
    name: 'Đang hỏng',
    issuer: 'http://127.0.0.1:9',
    clientId: 'x',
    clientSecret: null,
    forCitizens: true,
    forOfficers: false,
    enabled: true,
    settings: usualSettings,
    now: database.context.clock(),
    by: null,
  })
  const page = await aVisitor(http).get('/dang-nhap')
  assert.match(page.body, new RegExp(`href="/dang-nhap/qua/${away}"`))
  assert.match(page.body, /Đăng nhập bằng Đang hỏng/)
  const tried = await aVisitor(http).get(`/dang-nhap/qua/${away}`)
  assert.equal(tried.statusCode, 503)
  assert.match(tried.body, /Tra cứu hồ sơ vẫn dùng được/)
  await signUp('0905000111')
  assert.equal((await aVisitor(http).post('/dang-nhap', { lien_he: '0905000111', mat_khau: GOOD })).statusCode, 303)
})

// --- Acting for others, levels, tidying -----------------------------------------------------------------------------------

test('authority to act for another is written down with its paper, told to filing, and ended', async () => {
  const { visitor } = await signUp('0904000111')
  assert.match((await visitor.upload('/uy-quyen-thay/moi', { tu_cach: 'power-of-attorney' })).body, /Hãy điền mục này/)
  const given = {
    tu_cach: 'power-of-attorney',
    ho_ten: 'Nguyễn Văn Ba',
    so: '001085012345',
    ngay_sinh: '14/03/1985',
    can_cu: 'Giấy ủy quyền số 12/2026',
    den_ngay: '31/12/2099',
  }
  const script = Buffer.from('<svg xmlns="http://www.w3.org/2000/svg"><script>alert(1)</script></svg>')
  assert.match(
    (await visitor.upload('/uy-quyen-thay/moi', given, { name: 'a.png', content: script })).body,
    /JPEG, PNG hoặc PDF/,
  )
  const png = Buffer.from(
    'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==',
    'base64',
  )
  const lan = /name="lan" value="([^"]+)"/.exec((await visitor.get('/uy-quyen-thay/moi')).body)?.[1] ?? ''
  const clicks = [1, 2, 3].map(() =>
    visitor.upload('/uy-quyen-thay/moi', { ...given, lan }, { name: '../../giấy.png', content: png }),
  )
  for (const { headers } of await Promise.all(clicks)) assert.equal(headers.location, '/uy-quyen-thay?xong=them')
  const { rows } = await database.ownerPool.query<{ id: string; text: string }>(
    `select account_id as id, t::text as text from portal.authority t`,
  )
  const accountId = rows.at(-1)?.id ?? ''
  assert.doesNotMatch(rows.at(-1)?.text ?? '', /Nguyễn|12\/2026|001085/)
  const [authority, ...more] = await mayActFor(database.context, accountId, '2027-01-01')
  assert.deepEqual(
    [authority?.principal.name, authority?.proof?.fileName, more.length],
    ['Nguyễn Văn Ba', 'giấy.png', 0],
  )
  assert.deepEqual(await mayActFor(database.context, accountId, '2100-01-01'), [])
  const authorityId = authority?.authorityId ?? ''
  assert.ok(await findAuthority(database.context, { accountId, authorityId, day: '2027-01-01' }))
  const proof = await visitor.get(`/uy-quyen-thay/giay-to/${authorityId}`)
  assert.deepEqual([proof.statusCode, proof.rawPayload.equals(png)], [200, true])
  assert.match(String(proof.headers['content-disposition']), /^attachment/)
  const stranger = (await signUp('0904000222')).visitor
  assert.equal((await stranger.get(`/uy-quyen-thay/giay-to/${authorityId}`)).statusCode, 404)
  await stranger.post('/uy-quyen-thay/ket-thuc', { ma: authorityId })
  assert.equal((await mayActFor(database.context, accountId, '2027-01-01')).length, 1)
  await visitor.post('/uy-quyen-thay/ket-thuc', { ma: authorityId })
  assert.deepEqual(await mayActFor(database.context, accountId, '2027-01-01'), [])
})

test('an authority sets what level filing asks for; others do not', async () => {
  const admin = await anOfficer(database.context, { role: 'agency-admin', userName: 'quan.tri', demo: true })
  const { agencyId } = admin
  const desk = aBrowser(http)
  await desk.signIn('quan.tri')
  assert.equal(await wantedLevel(database.context, { agencyId, procedureCode: '1.001193' }), 'none')
  const put = (body: object) => desk.send('PUT', '/api/portal/levels', body)
  assert.equal((await put({ agencyId, procedureCode: '*', level: 'substantial' })).status, 204)
  assert.equal(await wantedLevel(database.context, { agencyId, procedureCode: '1.001193' }), 'substantial')
  assert.equal((await put({ agencyId, procedureCode: 'x', level: 'high' })).body['code'], 'procedure-unknown')
  assert.equal((await put({ agencyId, procedureCode: '*', level: 'top' })).status, 400)
  assert.deepEqual((await desk.get(`/api/portal/levels?agencyId=${agencyId}`)).body, {
    general: 'substantial',
    rules: [],
  })
  assert.equal((await put({ agencyId: agencyId + 1, procedureCode: '*', level: 'none' })).status, 404)
  assert.equal((await put({ agencyId, procedureCode: '*', level: null })).status, 204)
  assert.equal(await wantedLevel(database.context, { agencyId, procedureCode: '1.001193' }), 'none')
  const { userName } = await anOfficer(database.context, { agencyId })
  const plain = aBrowser(http)
  await plain.signIn(userName)
  assert.equal(
    (await plain.send('PUT', '/api/portal/levels', { agencyId, procedureCode: '*', level: 'none' })).status,
    403,
  )
})

test('what has served its time is removed', async () => {
  await signUp('0903000111')
  database.setClock(new Date(Date.now() + 100 * 86_400_000).toISOString())
  const soon = await tidyAccounts(database.context)
  assert.ok(soon.sessions > 0 && soon.codes > 0)
  assert.equal(soon.accounts, 0)
  database.setClock(new Date(Date.now() + 4 * 365 * 86_400_000).toISOString())
  assert.ok((await tidyAccounts(database.context)).accounts > 0)
  assert.equal((await aVisitor(http).post('/dang-nhap', { lien_he: '0903000111', mat_khau: GOOD })).statusCode, 422)
})
