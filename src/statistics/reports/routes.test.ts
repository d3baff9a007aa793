import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import mammoth from 'mammoth'
import { closeRenderer } from '../../documents/index.ts'
import type { IdentityTables } from '../../identity/index.ts'
import { identityRoutes } from '../../identity/routes.ts'
import { aBrowser, anOfficer, testHttp } from '../../identity/testing.ts'
import type { TablesOf } from '../../platform/context.ts'
import type { Http } from '../../platform/http/route.ts'
import { testDatabase, type TestDatabase } from '../../platform/testing.ts'
import { createAgency, setAgencyCode } from '../../staff/index.ts'
import { reportFormRoutes, seedForms } from '../forms/index.ts'
import type { ReportReply, ReportsReply } from '../forms/contract.ts'
import { answering } from '../forms/testing.ts'
import type { ReportContext } from './context.ts'
import type { ReportBody, SignOff } from './contract.ts'
import type { Facts } from './rules/facts.ts'
import type { Printed } from './rules/printed.ts'
import { reportPackageParts, reportTextRoutes } from './routes.ts'
import { keepRoutinePapers } from './routine.ts'

type Browser = ReturnType<typeof aBrowser>
type Tables = TablesOf<ReportContext> & IdentityTables
type View = {
  version: number
  body: ReportBody
  signOff: SignOff
  facts: Facts
  mayWrite: boolean
  mayEditText: boolean
  saved: { by: string } | null
}

const known = {
  'civil-status': {
    received: 141,
    'received-online': 126,
    'received-counter': 15,
    resolved: 141,
    'resolved-early': 141,
  },
  authentication: { received: 349, 'received-online': 349, resolved: 349, 'resolved-early': 349 },
}

let database: TestDatabase<Tables>
let context: ReportContext
let http: Http
let clerk: Browser
let leader: Browser
let stranger: Browser
let agencyId: number
let text: string

before(async () => {
  database = await testDatabase<Tables>()
  context = { ...database.context, clock: () => '2023-03-14T02:00:00.000Z', answerFigures: answering(known) }
  await seedForms(context.db, context.clock())
  const validFrom = '2020-01-01'
  const district = await createAgency(context.db, { kind: 'district', fullName: 'Huyện Thanh Miện', validFrom })
  agencyId = await createAgency(context.db, { kind: 'commune', fullName: 'Xã Đoàn Kết', validFrom, parentId: district })
  const identity = database.context
  const writer = await anOfficer(identity, { role: 'clerk', agencyId, validFrom, name: 'Vũ Thị Lan' })
  const head = await anOfficer(identity, { role: 'leader', agencyId, validFrom, name: 'Phạm Văn Hải' })
  const other = await anOfficer(identity, { role: 'clerk', validFrom, name: 'Người xã khác' })
  http = await testHttp(identity, (server) => {
    identityRoutes(server, identity)
    reportFormRoutes(server, context, { addToPackage: reportPackageParts(context) })
    reportTextRoutes(server, context)
  })
  const signedIn = async ({ userName }: { userName: string }) => {
    const browser = aBrowser(http)
    await browser.signIn(userName)
    return browser
  }
  clerk = await signedIn(writer)
  leader = await signedIn(head)
  stranger = await signedIn(other)
  const { body } = await clerk.get('/api/reports?year=2023')
  const period = (body as unknown as ReportsReply).periods.find(
    ({ regime, code }) => regime === 'cchc-hai-duong' && code === '2023-Q1',
  )
  const begun = await clerk.post('/api/reports', { agencyId, periodId: period?.periodId })
  text = `/api/reports/${String(begun.body['reportId'])}/text`
})
after(async () => {
  await http.close()
  await closeRenderer()
  await database.close()
})

const open = async (browser: Browser = clerk): Promise<View> => (await browser.get(text)).body as unknown as View

test('a report opens with its outline, its head and its numbers, before anybody wrote', async () => {
  const view = await open()
  assert.equal(view.version, 0)
  assert.equal(view.facts.current.total['received'], 490)
  assert.equal(view.facts.current.name, 'quý I năm 2023')
  assert.equal(view.facts.next, 'quý II năm 2023')
  assert.equal(view.signOff.agency, 'Ủy ban nhân dân\nxã Đoàn Kết')
  assert.equal(view.signOff.parent, 'Ủy ban nhân dân\nhuyện Thanh Miện')
  assert.equal(view.signOff.place, 'Đoàn Kết')
  assert.ok(view.mayEditText)
  assert.ok(view.body.annexes.includes('bm3'))
})

test('what is written is kept once; who read an older version is told', async () => {
  const view = await open()
  const blocks = view.body.blocks.map((block) =>
    block.kind === 'passage' && block.hint?.startsWith('Nêu số, ký hiệu, ngày ban hành Kế hoạch')
      ? { ...block, written: [[{ text: 'Ủy ban nhân dân xã đã ban hành Kế hoạch số 171/KH-UBND ngày 25/12/2022.' }]] }
      : block,
  )
  const given = {
    version: 0,
    body: { ...view.body, blocks },
    signOff: { ...view.signOff, number: '5', day: '2023-03-14' },
  }
  assert.deepEqual((await clerk.send('PUT', text, given)).body, { version: 1 })
  const again = await leader.send('PUT', text, given)
  assert.equal(again.status, 409)
  assert.equal(again.body['code'], 'text-changed-meanwhile')
  const saved = await open(leader)
  assert.equal(saved.version, 1)
  assert.equal(saved.saved?.by, 'Vũ Thị Lan')
})

test('who is not of the agency sees nothing and writes nothing', async () => {
  const view = await open()
  assert.equal((await stranger.get(text)).status, 404)
  const { version, body, signOff } = view
  assert.equal((await stranger.send('PUT', text, { version, body, signOff })).status, 404)
  assert.equal((await stranger.raw(`${text}/docx`)).statusCode, 404)
})

test('a broken body is refused with its place', async () => {
  const { body, signOff } = await open()
  const bad = { version: 1, body: { ...body, blocks: [{ id: 'x', kind: 'heading', level: 9, text: 'a' }] }, signOff }
  assert.equal((await clerk.send('PUT', text, bad)).status, 400)
  const margins = { version: 1, body, signOff: { ...signOff, layout: { ...signOff.layout, left: 10 } } }
  assert.equal((await clerk.send('PUT', text, margins)).status, 400)
})

test('Word, PDF and HTML say the same', async () => {
  const docx = await clerk.raw(`${text}/docx`)
  assert.match(String(docx.headers['content-disposition']), /^attachment; filename="bao-cao-.*2023-q1\.docx"/)
  const words = (await mammoth.extractRawText({ buffer: docx.rawPayload })).value
  for (const said of [
    'Số: 05/BC-UBND',
    'ngày 14 tháng 3 năm 2023',
    'tiếp nhận mới 490 hồ sơ',
    '171/KH-UBND',
    'Biểu mẫu 3',
    'Đoàn Kết./.',
  ])
    assert.ok(words.includes(said), said)
  const pdf = await clerk.raw(`${text}/pdf`)
  assert.equal(pdf.rawPayload.subarray(0, 5).toString(), '%PDF-')
  const page = await clerk.raw(`${text}/html`)
  for (const said of ['<html lang="vi">', '<caption>', 'scope="row"', 'tiếp nhận mới 490 hồ sơ'])
    assert.ok(page.payload.includes(said), said)
})

test('the outline is kept for the reports that come, without what was written', async () => {
  assert.equal((await clerk.send('PUT', text.replace(/text$/, 'outline'))).status, 204)
  const { rows } = await database.ownerPool.query<{ body: ReportBody }>('select body from statistics.report_outline')
  assert.equal(JSON.stringify(rows[0]?.body).includes('171/KH'), false)
  assert.ok((rows[0]?.body.blocks.length ?? 0) > 50)
})

test('optional parts come and go, what was written stays', async () => {
  const { body } = await open()
  const ask = async (papi: boolean, from: ReportBody) =>
    (
      await clerk.post(`${text}/options`, {
        body: from,
        options: { initiatives: true, survey: false, papi, discipline: papi },
      })
    ).body as unknown as { body: ReportBody }
  const more = (await ask(true, body)).body
  const headings = more.blocks.flatMap((block) => (block.kind === 'heading' ? [block.text] : []))
  const at = headings.findIndex((heading) => heading.includes('PAPI'))
  assert.equal(headings[at - 1], 'Xây dựng và phát triển chính quyền điện tử, chính quyền số')
  assert.equal(headings[at + 1], 'Kỷ luật, kỷ cương hành chính')
  assert.ok(JSON.stringify(more).includes('171/KH'))
  const fewer = (await ask(false, more)).body
  assert.equal(JSON.stringify(fewer).includes('PAPI'), false)
  assert.equal(new Set(more.blocks.map(({ id }) => id)).size, more.blocks.length)
})

test('the daily paper at 16:00 and the weekly list are there as paper and as file', async () => {
  const { status, body } = await clerk.get('/api/routine-papers/daily?day=2023-03-14')
  assert.equal(status, 200)
  const paper = body['paper'] as Printed
  assert.match(paper.subject, /ngày 14\/3\/2023/)
  const words = JSON.stringify(paper.blocks)
  assert.match(words, /Trong ngày 14\/3\/2023, Bộ phận Một cửa UBND xã Đoàn Kết đã tiếp nhận mới/)
  const week = await clerk.raw('/api/routine-papers/weekly/docx?day=2023-03-14')
  assert.match(String(week.headers['content-disposition']), /bao-cao-tuan-2023-03-19\.docx/)
  const said = (await mammoth.extractRawText({ buffer: week.rawPayload })).value
  assert.match(said, /TUẦN|tuần từ ngày 13\/3\/2023 đến ngày 19\/3\/2023/)
})

test('the thematic report compares the communes of a district', async () => {
  const { status, body } = await clerk.get(`${text}?template=thematic`)
  assert.equal(status, 200)
  assert.equal((body as unknown as View).body.template, 'thematic')
})

/** Brings the report to its lock: every row that a person fills is filled, every warning explained. */
async function lock(): Promise<void> {
  const path = text.replace(/\/text$/, '')
  const read = async (browser = clerk) => (await browser.get(path)).body as unknown as ReportReply
  const enter = async (entries: object[]) =>
    assert.equal((await clerk.post(`${path}/entries`, { entries })).status, 200)
  const evidence = 'QĐ'
  await enter([
    { form: 'bm1', row: '2.1', value: 36, evidence },
    { form: 'bm1', row: '2.2', value: 15, evidence },
    { form: 'bm1', row: '5', value: 1, evidence },
    { form: 'bm1', row: '5.1', value: 120, evidence },
    { form: 'bm4', row: '2.1', value: 20, evidence },
    { form: 'bm4', row: '2.2', value: 18, evidence },
    { form: 'nhan-su', row: '1', value: 20, evidence },
    { form: 'nhan-su', row: '2.1', value: 10, evidence },
    { form: 'nhan-su', row: '2.2', value: 8, evidence },
    { form: 'nhan-su', row: '3', value: 2, evidence },
    { form: 'nhan-su', row: '5.2', value: 18, evidence },
  ])
  const blanks = (await read()).forms.flatMap(({ definition, cells }) =>
    definition.rows.flatMap((row): object[] => {
      const cell = cells.find((each) => each.row === row.code)
      if (cell?.state !== 'blank' || cell.source !== 'manual') return []
      const place = { form: definition.form, row: row.code, evidence }
      return row.source.kind === 'entered-ratio'
        ? [{ ...place, numerator: 1, denominator: 1 }]
        : [{ ...place, value: 0 }]
    }),
  )
  await enter(blanks)
  for (const { check, form, fingerprint } of (await read()).findings)
    await clerk.post(`${path}/explanations`, { check, form, fingerprint, reason: 'Không phát sinh' })
  for (const step of ['submit', 'lock']) {
    const { revision, findings } = await read(leader)
    const done = await leader.post(`${path}/${step}`, { revision })
    assert.equal(done.status, 200, `${step}: ${JSON.stringify(done.body)} ${JSON.stringify(findings)}`)
  }
}

test('the lock freezes words and numbers; what becomes known later changes neither', async () => {
  await lock()
  const locked = await open(leader)
  assert.equal(locked.mayWrite, false)
  assert.equal(locked.mayEditText, false)
  const words = async () =>
    (await mammoth.extractRawText({ buffer: (await leader.raw(`${text}/docx`)).rawPayload })).value
  const before = await words()
  assert.match(before, /15\/36 nhiệm vụ, đạt 41,67%/)
  context.answerFigures = answering({ 'civil-status': { received: 999, 'received-online': 999 } })
  assert.equal(await words(), before)
  const { version, body, signOff } = locked
  const late = await leader.send('PUT', text, { version, body, signOff })
  assert.equal(late.status, 409)
  assert.equal(late.body['code'], 'text-closed')
  await assert.rejects(
    database.ownerPool.query(`update statistics.report_text set version = 9 where frozen is not null`),
    /does not change/,
  )
  const packed = await leader.raw(text.replace(/text$/, 'package'))
  for (const name of ['report.docx', 'report.pdf', 'report.html']) assert.ok(packed.rawPayload.includes(name), name)
})

test('after 16:00 of a working day the paper of the day is kept once, and says the same for ever', async () => {
  const at = (clock: string) => ({ ...context, clock: () => clock, answerFigures: answering(known) })
  await giveCode(agencyId)
  // 14/3/2023 was a Tuesday; 15:59, 16:05 and the Saturday after.
  assert.equal(await keepRoutinePapers(at('2023-03-14T08:59:00.000Z')), 0)
  assert.equal(await keepRoutinePapers(at('2023-03-14T09:05:00.000Z')), 1)
  assert.equal(await keepRoutinePapers(at('2023-03-14T09:10:00.000Z')), 0)
  assert.equal(await keepRoutinePapers(at('2023-03-18T09:05:00.000Z')), 0)
  const kept = async () => (await clerk.get(`/api/routine-papers/daily?agencyId=${agencyId}&day=2023-03-14`)).body
  const before = await kept()
  assert.equal(before['kept'], true)
  assert.match(JSON.stringify(before['paper']), /tiếp nhận mới/)
  context.answerFigures = answering({})
  assert.deepEqual((await kept())['paper'], before['paper'])
})

/** Only an agency that takes in dossiers has papers of each day. */
const giveCode = (id: number) =>
  setAgencyCode(context.db, id, { scheme: 'dossier', code: 'H23.21.38', from: '2020-01-01' })
