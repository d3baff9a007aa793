import assert from 'node:assert/strict'
import { randomUUID } from 'node:crypto'
import { after, before, test } from 'node:test'
import { createAccount } from '../../identity/accounts.ts'
import { identityHooks, type Actor } from '../../identity/index.ts'
import { identityRoutes } from '../../identity/routes.ts'
import { aBrowser, GOOD_PASSWORD } from '../../identity/testing.ts'
import { dossierRoutes, give, takeIn, verifyLog } from '../../dossiers/index.ts'
import { aCommune, anIntake, anOfficer, aPerson, at, type Commune } from '../../dossiers/testing.ts'
import type { Http } from '../../platform/http/route.ts'
import { createHttp } from '../../platform/http/server.ts'
import { testDatabase, type TestDatabase } from '../../platform/testing.ts'
import { zipFiles } from '../../platform/zip.ts'
import { citizenHooks } from '../accounts/index.ts'
import { aSignedInCitizen, aVisitor } from '../accounts/testing.ts'
import { accessHooks, keepNoLonger, personalDataOfficerRoutes, personalDataRoutes } from './index.ts'
import type { PersonalDataContext } from './requests.ts'

let database: TestDatabase<never>
let context: PersonalDataContext
let http: Http
let commune: Commune
let chief: Actor
let admin: Actor
const NUMBER = '036190001234'

before(async () => {
  database = await testDatabase<never>()
  context = database.context as unknown as PersonalDataContext
  database.setClock(at('2026-11-20', '08:30'))
  commune = await aCommune(context, { name: 'Xã Mới', code: 'H99.01' })
  chief = commune.leader
  admin = commune.admin
  http = await createHttp({ config: context.config, log: context.log })
  identityHooks(http, context)
  citizenHooks(http, context)
  accessHooks(http, context)
  identityRoutes(http, context)
  dossierRoutes(http, context)
  personalDataRoutes(http, context)
  personalDataOfficerRoutes(http, context)
  await http.ready()
})
after(async () => {
  await http.close()
  await database.close()
})

async function as(actor: Actor): Promise<ReturnType<typeof aBrowser>> {
  const userName = `officer${actor.officerId}`
  await createAccount(context, { officerId: actor.officerId, userName, password: GOOD_PASSWORD, demo: true })
  const browser = aBrowser(http)
  await browser.signIn(userName)
  return browser
}

async function theirDossier(number = NUMBER): Promise<{ dossierId: string; version: number; code: string }> {
  const intake = anIntake(context, commune, {
    persons: { applicant: aPerson({ identityNumber: number, name: 'Trần Thị Mai', birthDay: null, sex: null }) },
  })
  const outcome = await takeIn(context, { actor: commune.reception, source: 'officer' }, intake)
  assert.ok(outcome.ok, JSON.stringify(outcome))
  const { dossierId, dossier } = outcome.value
  return { dossierId, version: dossier.version, code: dossier.code }
}

async function aVisitorWho(who: Parameters<typeof aSignedInCitizen>[1]) {
  const { cookie, accountId } = await aSignedInCitizen(context, who)
  const visitor = aVisitor(http)
  visitor.cookies.set('motcua_citizen', cookie.split('=')[1] ?? '')
  return { visitor, accountId }
}
const vouched = { name: 'Trần Thị Mai', identityNumber: NUMBER, identityVerified: true, level: 'substantial' } as const

test('everybody reads what is kept, why and for how long; the rest is for the signed-in', async () => {
  const { body } = await aVisitor(http).get('/du-lieu-ca-nhan')
  for (const words of [
    /Luật 91\/2025\/QH15/,
    /90 ngày sau khi kết thúc/,
    /5 năm/,
    /Đăng nhập/,
    /Phản ánh, kiến nghị/,
    /Lịch hẹn/,
  ])
    assert.match(body, words)
  assert.match((await aVisitor(http).get('/du-lieu-ca-nhan?lang=en')).body, /What we keep and why/)
  for (const path of ['/du-lieu-ca-nhan/nhat-ky', '/du-lieu-ca-nhan/ban-sao', '/du-lieu-ca-nhan/yeu-cau'])
    assert.match((await aVisitor(http).get(path)).headers.location ?? '', /^\/dang-nhap\?ve=/)
})

/** It is written down after the answer. */
async function untilNoted(dossierId: string): Promise<void> {
  for (let tries = 0; tries < 400; tries++) {
    const { rowCount } = await database.ownerPool.query('select from portal.data_view where dossier_id = $1', [
      dossierId,
    ])
    if (rowCount) return
    await new Promise((done) => setTimeout(done, 25))
  }
  assert.fail('nobody noted that the dossier was opened')
}

test('a person sees which authority opened the dossier and the number, and nobody else does', async () => {
  const { dossierId, code } = await theirDossier()
  const officer = await as(commune.reception)
  assert.equal((await officer.get(`/api/dossiers/${dossierId}`)).status, 200)
  await officer.get(`/api/dossiers/${dossierId}`)
  const view = (await officer.get(`/api/dossiers/${dossierId}`)).body as { persons: { personId: string }[] }
  const personId = view.persons[0]?.personId ?? ''
  await officer.post(`/api/dossiers/${dossierId}/persons/${personId}/disclosure`, { reason: 'Đối chiếu thẻ căn cước' })
  await untilNoted(dossierId)
  const { visitor } = await aVisitorWho(vouched)
  const { body } = await visitor.get('/du-lieu-ca-nhan/nhat-ky')
  assert.match(body, new RegExp(code))
  assert.match(body, /xã Mới/i)
  assert.match(body, /Đối chiếu thẻ căn cước/)
  assert.equal(body.match(/Mở hồ sơ/g)?.length, 1)
  // The same number in somebody's own words, or in a session by password, shows nothing.
  for (const weak of [
    { ...vouched, identityNumber: '036190001299', identityVerified: false },
    { ...vouched, identityNumber: '036190001288' },
  ]) {
    const { visitor: other } = await aVisitorWho(weak)
    assert.doesNotMatch((await other.get('/du-lieu-ca-nhan/nhat-ky')).body, new RegExp(code))
  }
  await database.ownerPool.query(`update portal.citizen_session set level = 'basic'`)
  assert.match((await visitor.get('/du-lieu-ca-nhan/nhat-ky')).body, /chỉ bằng mật khẩu/)
  await database.ownerPool.query(`update portal.citizen_session set level = 'substantial'`)
})

test('the copy holds everything of the person and nothing of others', async () => {
  const { visitor } = await aVisitorWho({ ...vouched, identityNumber: '036190005555', name: 'Lê <b>Thị</b> Na' })
  const mine = await theirDossier('036190005555')
  const { dossierId } = await theirDossier('036190006666')
  const zip = await visitor.post('/du-lieu-ca-nhan/ban-sao', {})
  assert.equal(zip.headers['content-type'], 'application/zip')
  const files = new Map(
    Array.from(zipFiles(zip.rawPayload, { maxUnpacked: 1e7, maxEntries: 10 }), ({ name, unpack }) => [
      name,
      unpack().toString(),
    ]),
  )
  const data = JSON.parse(files.get('du-lieu-cua-toi.json') ?? '') as {
    account: { name: string }
    dossiers: { code: string }[]
  }
  assert.equal(data.account.name, 'Lê <b>Thị</b> Na')
  assert.deepEqual(
    data.dossiers.map(({ code }) => code),
    [mine.code],
  )
  assert.doesNotMatch(files.get('du-lieu-cua-toi.json') ?? '', new RegExp(dossierId))
  assert.match(files.get('du-lieu-cua-toi.html') ?? '', /Lê &lt;b&gt;/)
})

test('a request runs by its legal times, is answered, and the person reads the answer', async () => {
  const { visitor } = await aVisitorWho({ ...vouched, identityNumber: '036190007777' })
  assert.match((await visitor.get('/du-lieu-ca-nhan/yeu-cau/moi')).body, /chỉ dùng để thực hiện yêu cầu của bạn/)
  const wrong = await visitor.post('/du-lieu-ca-nhan/yeu-cau/moi', { loai: 'everything', noi_dung: 'x' })
  for (const words of [/Hãy chọn một mục/, /ít nhất 5 ký tự/]) assert.match(wrong.body, words)
  const ask = () =>
    visitor.post('/du-lieu-ca-nhan/yeu-cau/moi', {
      loai: 'correct',
      co_quan: String(commune.agencyId),
      noi_dung: 'Sửa ngày sinh trong hồ sơ của tôi',
    })
  assert.match((await ask()).headers.location ?? '', /xong=DL-26-\d{4}$/)
  const page = (await visitor.get('/du-lieu-ca-nhan/yeu-cau')).body
  // Friday 20/11: two working days over the holiday of 24/11.
  assert.match(page, /Trả lời chậm nhất ngày 25\/11\/2026/)
  assert.match(page, /Thực hiện chậm nhất ngày 30\/11\/2026/)
  const leader = await as(chief)
  const list = (await leader.get(`/api/data-requests?agencyId=${commune.agencyId}`)).body as {
    items: { requestId: string; name: string; dueOn: string; late: boolean }[]
  }
  const [item] = list.items
  assert.deepEqual([item?.name, item?.dueOn, item?.late], ['Trần Thị Mai', '2026-11-25', false])
  const url = `/api/data-requests/${item?.requestId}`
  const act = (action: object) => leader.post(`${url}/actions`, { agencyId: commune.agencyId, action })
  assert.equal((await act({ type: 'finish', note: 'Đã sửa xong' })).body['code'], 'not-allowed-now')
  assert.equal((await act({ type: 'accept', note: '', thirdParty: true })).status, 204)
  const [first, second] = await Promise.all([
    act({ type: 'extend', until: '2026-12-10', reason: 'Chờ cơ quan hộ tịch' }),
    act({ type: 'extend', until: '2026-12-11', reason: 'Chờ cơ quan hộ tịch' }),
  ])
  assert.deepEqual([first.status, second.status].toSorted(), [204, 422])
  database.setClock(at('2026-12-12', '08:00'))
  await leader.signIn(`officer${chief.officerId}`)
  assert.equal(((await leader.get(url + `?agencyId=${commune.agencyId}`)).body as { late: boolean }).late, true)
  assert.equal((await act({ type: 'finish', note: 'Đã sửa ngày sinh' })).status, 204)
  database.setClock(at('2026-11-20', '08:30'))
  assert.match((await visitor.get('/du-lieu-ca-nhan/yeu-cau')).body, /Đã sửa ngày sinh/)
  const { rows } = await database.ownerPool.query<{ all: string }>(
    `select string_agg(r::text || s::text, ' ') as all from portal.data_request r, portal.data_request_step s`,
  )
  assert.doesNotMatch(rows[0]?.all ?? '', /ngày sinh|Trần|036190/)
})

test('a button pressed several times sends one request; the same name of somebody else is another one', async () => {
  const { visitor } = await aVisitorWho({ ...vouched, identityNumber: '036190007778' })
  const form = (await visitor.get('/du-lieu-ca-nhan/yeu-cau/moi')).body
  const lan = /name="lan" value="([^"]+)"/.exec(form)?.[1] ?? ''
  const given = { loai: 'view', co_quan: String(commune.agencyId), noi_dung: 'Cho tôi xem dữ liệu', lan }
  const press = () => visitor.post('/du-lieu-ca-nhan/yeu-cau/moi', given)
  const pages = await Promise.all([press(), press(), press(), press()])
  pages.push(await press())
  assert.equal(new Set(pages.map(({ headers }) => headers.location)).size, 1)
  assert.match(pages[0]?.headers.location ?? '', /xong=DL-26-\d{4}$/)
  const { visitor: other } = await aVisitorWho({ ...vouched, identityNumber: '036190007779' })
  const theirs = await other.post('/du-lieu-ca-nhan/yeu-cau/moi', given)
  assert.notEqual(theirs.headers.location, pages[0]?.headers.location)
})

test('requests stay within their authority and their owner', async () => {
  const { visitor } = await aVisitorWho({ ...vouched, identityNumber: '036190008888' })
  await visitor.post('/du-lieu-ca-nhan/yeu-cau/moi', {
    loai: 'view',
    co_quan: String(commune.agencyId),
    noi_dung: 'Cho tôi xem',
  })
  const id = /name="ma" value="([^"]+)"/.exec((await visitor.get('/du-lieu-ca-nhan/yeu-cau')).body)?.[1] ?? ''
  const { visitor: stranger } = await aVisitorWho({ ...vouched, identityNumber: '036190009999' })
  await stranger.post('/du-lieu-ca-nhan/yeu-cau/rut', { ma: id })
  assert.match((await visitor.get('/du-lieu-ca-nhan/yeu-cau')).body, /Đang chờ trả lời/)
  const other = await aCommune(context, { name: 'Xã Khác', code: 'H99.02' })
  const foreign = await as(other.leader)
  const { agencyId } = commune
  assert.equal((await foreign.get(`/api/data-requests?agencyId=${agencyId}`)).status, 404)
  assert.equal((await foreign.get(`/api/data-requests/${id}?agencyId=${other.agencyId}`)).status, 404)
  assert.equal(
    (
      await foreign.post(`/api/data-requests/${id}/actions`, {
        agencyId: other.agencyId,
        action: { type: 'refuse', reason: 'Không thích' },
      })
    ).status,
    404,
  )
  const plain = await as(commune.reception)
  assert.equal((await plain.get(`/api/data-requests?agencyId=${agencyId}`)).status, 403)
  await visitor.post('/du-lieu-ca-nhan/yeu-cau/rut', { ma: id })
  assert.match((await visitor.get('/du-lieu-ca-nhan/yeu-cau')).body, /Bạn đã rút/)
  // Ten open requests at most.
  const statuses: number[] = []
  for (let index = 0; index < 12; index++)
    statuses.push(
      (
        await stranger.post('/du-lieu-ca-nhan/yeu-cau/moi', {
          loai: 'view',
          co_quan: String(agencyId),
          noi_dung: `Xem lần ${index}`,
        })
      ).statusCode,
    )
  assert.deepEqual([statuses.filter((status) => status === 303).length, statuses.at(-1)], [10, 422])
})

test('erasing takes an accepted request of a proven person, and spares what the law keeps', async () => {
  const number = '036190004321'
  const { dossierId, version, code } = await theirDossier(number)
  const command = (body: Parameters<typeof give>[2]['body']['command'], of: number) =>
    give(
      context,
      { actor: commune.reception, source: 'officer' },
      { agencyId: commune.agencyId, dossierId, body: { commandId: randomUUID(), version: of, command: body } },
      { occurredAt: context.clock(), recordedAt: context.clock() },
    )
  const withdrawn = await command({ type: 'withdraw', details: { reason: 'Theo yêu cầu của người nộp.' } }, version)
  assert.ok(withdrawn.ok)
  assert.ok(
    (
      await command(
        { type: 'returnResult', delivery: 'counter', recipient: null, details: null },
        withdrawn.value.dossier.version,
      )
    ).ok,
  )
  const desk = await as(admin)
  const { agencyId } = commune
  const made = await desk.post('/api/data-requests', {
    agencyId,
    kind: 'delete',
    name: 'Bà Tư',
    identityNumber: number,
    contact: '0912345678',
    content: 'Xóa dữ liệu của tôi',
  })
  assert.equal(made.status, 201)
  const url = `/api/data-requests/${String(made.body['requestId'])}`
  const erase = () => desk.post(`${url}/erasure`, { agencyId, basis: 'Đơn của bà Tư' })
  assert.equal((await erase()).body['code'], 'not-allowed-now')
  await desk.post(`${url}/actions`, { agencyId, action: { type: 'accept', note: '', thirdParty: false } })
  // It has just ended: the law keeps it for years.
  assert.equal((await erase()).body['code'], 'nothing-to-erase')
  const view = (await desk.get(`${url}?agencyId=${agencyId}`)).body as {
    erasable: { code: string; ended: boolean; keptUntil: string }[]
  }
  assert.deepEqual(view.erasable, [{ code, ended: true, keptUntil: '2031-11-19', notes: 1, files: 0 }])
  database.setClock(at('2031-11-21', '08:30'))
  await desk.signIn(`officer${admin.officerId}`)
  assert.deepEqual((await erase()).body, { erased: 1, kept: 0 })
  // What was written freely goes with the last person of the dossier; the log stays whole.
  const { rows: notes } = await database.ownerPool.query(
    'select content, erased_at is not null as erased from dossiers.note where dossier_id = $1',
    [dossierId],
  )
  assert.deepEqual(notes, [{ content: null, erased: true }])
  assert.deepEqual((await verifyLog(context)).findings, [])
  database.setClock(at('2026-11-20', '08:30'))
  // An account with a number in its own words erases nobody.
  const { visitor } = await aVisitorWho({ name: 'Kẻ Gian', identityNumber: NUMBER, identityVerified: false })
  await visitor.post('/du-lieu-ca-nhan/yeu-cau/moi', {
    loai: 'delete',
    co_quan: String(agencyId),
    noi_dung: 'Xóa hết cho tôi',
  })
  const list = (await desk.get(`/api/data-requests?agencyId=${agencyId}`)).body as {
    items: { requestId: string; name: string }[]
  }
  const theirs = list.items.find(({ name }) => name === 'Kẻ Gian')?.requestId
  await desk.post(`/api/data-requests/${theirs}/actions`, {
    agencyId,
    action: { type: 'accept', note: '', thirdParty: false },
  })
  assert.equal(
    (await desk.post(`/api/data-requests/${theirs}/erasure`, { agencyId, basis: 'Theo đơn' })).body['code'],
    'identity-unproven',
  )
})

test('retention is set by administrators of the system, and the job keeps to it', async () => {
  const root = await as(
    await anOfficer(context, {
      agencyId: commune.agencyId,
      unitId: commune.units.office,
      role: 'system-admin',
      name: 'Quản trị',
    }),
  )
  const put = (body: object) => root.send('PUT', '/api/portal/retention', body)
  assert.equal((await put({ kind: 'data-view', days: 10, basis: 'Quyết định nội bộ' })).body['code'], 'too-few-days')
  assert.equal((await put({ kind: 'everything', days: 10, basis: 'Quyết định nội bộ' })).body['code'], 'kind-unknown')
  assert.equal((await put({ kind: 'data-view', days: 400, basis: 'Quyết định nội bộ' })).status, 204)
  assert.match(JSON.stringify((await root.get('/api/portal/retention')).body), /"days":400/)
  assert.equal((await (await as(chief)).get('/api/portal/retention')).status, 403)
  database.setClock(at('2027-06-01', '02:00'))
  assert.equal((await keepNoLonger(context))['views'], 0)
  database.setClock(at('2028-01-15', '02:00'))
  assert.ok(((await keepNoLonger(context))['views'] ?? 0) > 0)
  database.setClock(at('2040-01-15', '02:00'))
  assert.ok(((await keepNoLonger(context))['requests'] ?? 0) > 0)
  database.setClock(at('2026-11-20', '08:30'))
})

test('the times are seen by who answers, set by who administers, and leave earlier requests as they are', async () => {
  const clerk = await as(commune.reception)
  assert.equal((await clerk.get('/api/portal/data-times')).status, 404)
  const leader = aBrowser(http)
  await leader.signIn(`officer${chief.officerId}`)
  type Times = { today: string; rules: { from: string; confidence: string; finishDays: Record<string, number> }[] }
  const seen = (await leader.get('/api/portal/data-times')).body as unknown as Times
  assert.deepEqual([seen.today, seen.rules[0]?.confidence], ['2026-01-01', 'medium'])
  const finishDays = { view: 7, correct: 7, delete: 14, restrict: 14, object: 14, withdraw: 14 }
  const times = {
    from: '2026-11-21',
    answerWorkingDays: 1,
    finishDays,
    thirdPartyDays: 12,
    extensionDays: 0,
    basis: 'NĐ 356/2025/NĐ-CP, Điều 5',
  }
  assert.equal((await leader.send('PUT', '/api/portal/data-times', times)).status, 403)
  const root = await as(
    await anOfficer(context, {
      agencyId: commune.agencyId,
      unitId: commune.units.office,
      role: 'system-admin',
      name: 'Quản trị hai',
    }),
  )
  const put = (body: object) => root.send('PUT', '/api/portal/data-times', body)
  assert.equal((await put({ ...times, thirdPartyDays: 5 })).body['code'], 'third-party-shorter')
  assert.equal((await put({ ...times, finishDays: { ...finishDays, view: 0 } })).status, 400)
  assert.equal((await put({ ...times, basis: '' })).status, 400)
  const { visitor } = await aVisitorWho({ name: 'Bà Năm' })
  const ask = () =>
    visitor.post('/du-lieu-ca-nhan/yeu-cau/moi', {
      loai: 'view',
      co_quan: String(commune.agencyId),
      noi_dung: 'Cho tôi xem dữ liệu',
    })
  await ask()
  assert.equal((await put(times)).status, 204)
  assert.match((await visitor.get('/du-lieu-ca-nhan/yeu-cau')).body, /Thực hiện chậm nhất ngày 30\/11\/2026/)
  database.setClock(at('2026-11-23', '08:30'))
  await leader.signIn(`officer${chief.officerId}`)
  assert.equal(((await leader.get('/api/portal/data-times')).body as unknown as Times).today, '2026-11-21')
  const later = await aVisitorWho({ name: 'Bà Sáu' })
  await later.visitor.post('/du-lieu-ca-nhan/yeu-cau/moi', {
    loai: 'view',
    co_quan: String(commune.agencyId),
    noi_dung: 'Cho tôi xem dữ liệu',
  })
  const page = (await later.visitor.get('/du-lieu-ca-nhan/yeu-cau')).body
  assert.match(page, /trong 1 ngày làm việc và thực hiện trong 7 đến 14 ngày/)
  assert.match(page, /Thực hiện chậm nhất ngày 30\/11\/2026/)
  assert.match(page, /Cho tôi xem dữ liệu/)
  database.setClock(at('2026-11-20', '08:30'))
})
