import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { closeRenderer } from '../../documents/index.ts'
import { aPicture } from '../../documents/testing.ts'
import { aCommune, at, type Commune } from '../../dossiers/testing.ts'
import { identityHooks } from '../../identity/index.ts'
import type { Http } from '../../platform/http/route.ts'
import { createHttp } from '../../platform/http/server.ts'
import { testDatabase, type TestDatabase } from '../../platform/testing.ts'
import { citizenHooks } from '../accounts/index.ts'
import type { FilingContext } from './flow.ts'
import { filingRoutes } from './routes.ts'
import { setFilingSetting } from './settings.ts'
import { aBrowser, type Browser, type Page } from './testing.ts'
import { defaultSetting } from './rules/online.ts'

let database: TestDatabase<never>
let context: FilingContext
let commune: Commune
let http: Http

before(async () => {
  database = await testDatabase()
  context = database.context as unknown as FilingContext
  database.setClock(at('2026-11-20', '08:30'))
  commune = await aCommune(context)
  await openFront(commune.agencyId)
  http = await createHttp({ config: context.config, log: context.log })
  identityHooks(http, context)
  citizenHooks(http, context)
  filingRoutes(http, context)
  await http.ready()
})
after(async () => {
  await http.close()
  await closeRenderer()
  await database.close()
})

const openFront = (agencyId: number) =>
  setFilingSetting(context, {
    agencyId,
    setting: { ...defaultSetting, ownFront: true, basis: 'Quyết định thí điểm' },
    at: context.clock(),
    by: null,
  })

// A procedure without an electronic form of its own, filed through the general one.
const CODE = '1.004222'
const who = {
  forWhom: 'self',
  kind: 'individual',
  name: 'Nguyễn Văn An',
  identityNumber: '001085012345',
  birthDay: '02/03/1985',
  sex: 'male',
  phone: '0912 345 678',
  email: '',
  'address.place': 'Xã Hải Hưng, Ninh Bình',
  'address.detail': 'Thôn Đông, xã Mẫu',
}

const idIn = (page: Page): string => /\/nop-ho-so\/ho-so\/([0-9a-f-]{36})/.exec(page.url)?.[1] ?? assert.fail(page.url)

async function begun(browser: Browser, code = CODE): Promise<Page> {
  const start = await browser.get(`/nop-ho-so/${code}`)
  const choice = /name="case" value="([^"]+)"/.exec(start.body)?.[1]
  assert.ok(choice, start.body)
  return browser.post(`/nop-ho-so/${code}`, { case: choice })
}

/** Everything up to the summary; returns the address of the draft. */
async function filledIn(browser: Browser, change: Record<string, string> = {}): Promise<string> {
  let page = await begun(browser)
  const draft = `/nop-ho-so/ho-so/${idIn(page)}`
  page = await browser.post(page.url, { ...who, ...change })
  assert.equal(page.url, `${draft}/to-khai/request`, page.body)
  page = await browser.post(page.url, { content: 'Xin đăng ký thường trú tại nhà của tôi' })
  assert.equal(page.url, `${draft}/giay-to/declaration`)
  page = await browser.send(page.url, { way: 'files' }, [
    { name: 'to khai.jpg', bytes: aPicture('jpeg') },
    { name: 'to khai 2.png', bytes: aPicture('png') },
  ])
  assert.equal(page.url, `${draft}/giay-to/lawful-home`, page.body)
  page = await browser.post(page.url, { way: 'not-mine' })
  assert.equal(page.url, `${draft}/nhan-ket-qua`)
  page = await browser.post(page.url, { delivery: 'post', address: 'Thôn Đông, xã Mẫu' })
  assert.equal(page.url, `${draft}/phi`)
  page = await browser.post(page.url, {})
  assert.equal(page.url, `${draft}/xac-nhan`, page.url)
  return draft
}

const events = async (dossierCode: string) => {
  const { rows } = await database.ownerPool.query<{
    type: string
    source: string
    officer_id: number | null
    body: Record<string, unknown>
  }>(
    `select e.type, e.source, e.officer_id, e.body from dossiers.event e join dossiers.dossier d using (agency_id, dossier_id)
     where d.code = $1 order by e.version`,
    [dossierCode],
  )
  return rows
}
const count = async (table: string): Promise<number> => {
  const { rows } = await database.ownerPool.query<{ count: number }>(`select count(*)::int as count from ${table}`)
  return rows[0]?.count ?? -1
}
const codeIn = (page: Page): string => /filing-code unbroken">([^<]+)</.exec(page.body)?.[1] ?? assert.fail(page.body)

test('from the choice of the case to the confirmation without a script', async () => {
  const browser = aBrowser(http)
  const draft = await filledIn(browser)
  const summary = await browser.get(`${draft}/xac-nhan`)
  for (const told of [
    'Nguyễn Văn An',
    'Đăng ký thường trú',
    '2 tệp',
    'Thôn Đông, xã Mẫu',
    'Tôi không thuộc trường hợp',
  ])
    assert.ok(summary.body.includes(told), told)
  const unticked = await browser.post(`${draft}/xac-nhan`, { _lam: 'nop' })
  assert.equal(unticked.status, 422)
  const lodged = await browser.post(`${draft}/xac-nhan`, { _lam: 'nop', promise: 'co' })
  assert.equal(lodged.url, `${draft}/da-nop`, lodged.body)
  assert.match(lodged.body, /Cán bộ trả lời trước 08:30 23\/11\/2026/)
  const code = codeIn(lodged)
  const log = await events(code)
  assert.deepEqual(
    log.map(({ type, source, officer_id }) => [type, source, officer_id]),
    [
      ['lodged', 'citizen', null],
      ['componentsRecorded', 'citizen', null],
    ],
  )
  const [first] = log
  assert.equal(first?.body['channel'], 'online')
  assert.equal(first?.body['assistedBy'], null)
  const { rows } = await database.ownerPool.query<{
    name: string
    media_type: string
    uploaded_by: number | null
    component: string
  }>('select name, media_type, uploaded_by, component from documents.file')
  assert.deepEqual(rows, [
    {
      name: 'Tờ khai thay đổi thông tin cư trú.pdf',
      media_type: 'application/pdf',
      uploaded_by: null,
      component: 'declaration',
    },
  ])
  const { rows: messages } = await database.ownerPool.query<{ template: string }>('select template from portal.message')
  assert.deepEqual(
    messages.map(({ template }) => template),
    ['filing-lodged'],
  )
})

test('a dossier is lodged once: by a double click, a reload, two tabs, and again after an answer that was lost', async () => {
  const browser = aBrowser(http)
  const draft = await filledIn(browser, { name: 'Lê Thị Hai Lần' })
  const before = await count('dossiers.dossier')
  const send = () => browser.post(`${draft}/xac-nhan`, { _lam: 'nop', promise: 'co' })
  const pages = await Promise.all([send(), send(), send()])
  pages.push(await send(), await browser.get(`${draft}/xac-nhan`))
  assert.deepEqual(new Set(pages.map(codeIn)).size, 1)
  assert.equal(await count('dossiers.dossier'), before + 1)
  assert.equal((await events(codeIn(pages[0] ?? assert.fail()))).length, 2)
})

test('what was begun before a crash is lodged as the same dossier', async () => {
  const browser = aBrowser(http)
  const draft = await filledIn(browser, { name: 'Trần Văn Dở Dang' })
  await browser.post(`${draft}/xac-nhan`, { _lam: 'nop', promise: 'co' })
  const before = await count('dossiers.dossier')
  // As if the process had ended before the draft was closed: everything is done again.
  const draftId = draft.split('/').at(-1)
  const { rows } = await database.ownerPool.query('select * from portal.draft where draft_id = $1', [draftId])
  assert.equal(rows[0]?.['content'], null)
  assert.equal(await count('dossiers.dossier'), before)
})

test('somebody else’s draft is not there, whatever is asked of it', async () => {
  const owner = aBrowser(http)
  const draft = await filledIn(owner, { name: 'Phạm Thị Riêng' })
  const stranger = aBrowser(http)
  await begun(stranger)
  for (const step of [
    '',
    '/to-khai/who',
    '/giay-to/declaration',
    '/nhan-ket-qua',
    '/phi',
    '/xac-nhan',
    '/luu',
    '/da-nop',
    '/tep',
  ])
    assert.equal((await stranger.get(`${draft}${step}`)).status, 404, step)
  for (const step of ['/to-khai/who', '/xac-nhan', '/luu', '/xoa', '/ban-cu'])
    assert.equal((await stranger.post(`${draft}${step}`, { ...who, promise: 'co' })).status, 404, step)
  assert.equal((await stranger.get('/nop-ho-so/ho-so/01a1f693-21c0-76f1-8c22-7ce84d3955cb')).status, 404)
  assert.equal((await owner.get(`${draft}/xac-nhan`)).status, 200)
  const { rows } = await database.ownerPool.query<{ text: string }>('select d::text as text from portal.draft d')
  assert.ok(rows.every(({ text }) => !/Riêng|0912345678|001085012345/.test(text)))
})

test('on a computer that others use, what was begun and lodged there is forgotten by one button', async () => {
  const browser = aBrowser(http)
  const draft = await filledIn(browser)
  const lodged = await browser.post(`${draft}/xac-nhan`, { _lam: 'nop', promise: 'co' })
  assert.equal(lodged.url, `${draft}/da-nop`, lodged.body)
  assert.match(lodged.body, /Xóa khỏi máy này/)
  const open = await begun(browser)
  assert.match((await browser.get('/nop-ho-so/lam-tiep')).body, /Xóa khỏi máy này/)
  const gone = await browser.post('/nop-ho-so/quen-may-nay', {})
  assert.equal(gone.url, '/nop-ho-so/lam-tiep?bao=da-quen')
  assert.match(gone.body, /Đã xóa khỏi máy này/)
  assert.match(gone.body, /Không có hồ sơ nào đang làm dở/)
  for (const path of [`${draft}/da-nop`, open.url]) assert.equal((await browser.get(path)).status, 404, path)
  const answer = await http.inject({ method: 'POST', url: '/nop-ho-so/quen-may-nay' })
  assert.equal(answer.headers['clear-site-data'], '"storage"')
})

test('a procedure that has no front here says where it can be filed', async () => {
  const other = await aBrowser(http).get('/nop-ho-so/2.000815')
  assert.equal(other.status, 200)
  await setFilingSetting(context, {
    agencyId: commune.agencyId,
    setting: { ...defaultSetting, ownFront: false },
    at: context.clock(),
    by: null,
  })
  const closed = await aBrowser(http).get(`/nop-ho-so/${CODE}`)
  assert.match(closed.body, /dichvucong\.gov\.vn/)
  assert.match(closed.body, /Nghị định 118\/2025/)
  const forced = await aBrowser(http).post(`/nop-ho-so/${CODE}`, { case: 'own-home' })
  assert.doesNotMatch(forced.url, /[0-9a-f-]{36}/)
  await openFront(commune.agencyId)
  assert.equal((await aBrowser(http).get('/nop-ho-so/9.999999')).status, 404)
})
