import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { aBrowser, anOfficer, testHttp } from '../../identity/testing.ts'
import type { IdentityTables } from '../../identity/index.ts'
import { identityRoutes } from '../../identity/routes.ts'
import type { TablesOf } from '../../platform/context.ts'
import { testDatabase, type TestDatabase } from '../../platform/testing.ts'
import { createAgency } from '../../staff/index.ts'
import type { FormContext } from './context.ts'
import type { Cell, Finding, ReportReply, ReportsReply } from './contract.ts'
import { verifyFile } from './package.ts'
import { reportFormRoutes } from './routes.ts'
import { seedForms } from './shipped-forms.ts'
import { answering } from './testing.ts'
import type { Http } from '../../platform/http/route.ts'

type Browser = ReturnType<typeof aBrowser>
type Tables = TablesOf<FormContext> & IdentityTables

let database: TestDatabase<Tables>
let http: Http
let context: FormContext
let clerk: Browser
let leader: Browser
let upper: Browser
let stranger: Browser
let agencyId: number
let aboveClerk: Browser
let manager: Browser
let districtId: number
let periodId: number

before(async () => {
  database = await testDatabase<Tables>()
  context = {
    ...database.context,
    clock: () => '2023-03-14T02:00:00.000Z',
    answerFigures: answering({
      'civil-status': {
        'received-online': 126,
        'received-counter': 15,
        resolved: 141,
        'resolved-early': 120,
        'resolved-on-time': 21,
      },
      authentication: { 'received-online': 349, resolved: 349, 'resolved-early': 349 },
      merit: { 'received-online': 9, 'received-counter': 4, resolved: 13, 'resolved-on-time': 13, stopped: 0 },
    }),
  }
  await seedForms(context.db, context.clock())
  const validFrom = '2020-01-01'
  const district = await createAgency(context.db, { kind: 'district', fullName: 'Huyện Thanh Miện', validFrom })
  districtId = district
  agencyId = await createAgency(context.db, { kind: 'commune', fullName: 'Xã Đoàn Kết', validFrom, parentId: district })
  await createAgency(context.db, { kind: 'commune', fullName: 'Xã Ngũ Hùng', validFrom, parentId: district })
  const identity = database.context
  const writer = await anOfficer(identity, { role: 'clerk', agencyId, validFrom, name: 'Vũ Thị Lan' })
  const head = await anOfficer(identity, { role: 'leader', agencyId, validFrom, name: 'Phạm Văn Hải' })
  const above = await anOfficer(identity, { role: 'supervisor', agencyId: district, validFrom, name: 'Lê Thị Mai' })
  const other = await anOfficer(identity, { role: 'clerk', validFrom, name: 'Người xã khác' })
  http = await testHttp(identity, (server) => {
    identityRoutes(server, identity)
    reportFormRoutes(server, context)
  })
  const signedIn = async ({ userName }: { userName: string }) => {
    const browser = aBrowser(http)
    const reply = await browser.signIn(userName)
    assert.equal(reply.status, 200, JSON.stringify(reply.body))
    return browser
  }
  clerk = await signedIn(writer)
  leader = await signedIn(head)
  upper = await signedIn(above)
  stranger = await signedIn(other)
  manager = await signedIn(
    await anOfficer(identity, { role: 'system-admin', validFrom, name: 'Tạ Văn Trí', demo: true }),
  )
  aboveClerk = await signedIn(
    await anOfficer(identity, { role: 'clerk', agencyId: district, validFrom, name: 'Bùi Văn Sáu' }),
  )
})
after(async () => {
  await http.close()
  await database.close()
})

test('the first quarter of 2023 runs from 10/12 to 9/3, as the report says', async () => {
  const { status, body } = await clerk.get('/api/reports?year=2023')
  assert.equal(status, 200)
  const reply = body as unknown as ReportsReply
  const quarter = reply.periods.find(({ regime, code }) => regime === 'cchc-hai-duong' && code === '2023-Q1')
  assert.deepEqual([quarter?.from, quarter?.to], ['2022-12-10', '2023-03-09'])
  periodId = quarter?.periodId ?? 0
  const general = reply.periods.find(({ regime, code }) => regime === 'cchc' && code === '2023-Q1')
  assert.deepEqual([general?.from, general?.to], ['2022-12-15', '2023-03-14'])
})

let reportId: string
const read = async (browser: Browser = clerk) =>
  (await browser.get(`/api/reports/${reportId}`)).body as unknown as ReportReply
const enter = (entries: object[], browser: Browser = clerk) =>
  browser.post(`/api/reports/${reportId}/entries`, { entries })
const cellOf = (report: ReportReply, form: string, row: string): Cell | undefined =>
  report.forms.find(({ definition }) => definition.form === form)?.cells.find((cell) => cell.row === row)
const named = (report: ReportReply, form: string, check: string): Finding | undefined =>
  report.findings.find((finding) => finding.form === form && finding.check === check)

test('a report is begun once, with the forms of its period', async () => {
  const commandId = '00000000-0000-4000-8000-000000000001'
  const begun = await clerk.post('/api/reports', { agencyId, periodId, commandId })
  assert.equal(begun.status, 201)
  const again = await clerk.post('/api/reports', { agencyId, periodId, commandId })
  assert.deepEqual(again.body, begun.body)
  reportId = String(begun.body['reportId'])
  const second = await clerk.post('/api/reports', { agencyId, periodId })
  assert.deepEqual([second.status, second.body['code']], [409, 'report-exists'])
  const report = await read()
  assert.deepEqual(
    report.forms.map(({ definition }) => definition.form),
    ['bm1', 'bm2', 'bm3', 'bm4', 'bm5', 'bm6', 'bm7', '06a', 'nhan-su'],
  )
})

test('form 3 and 06a are filled from the records', async () => {
  const report = await read()
  assert.deepEqual([cellOf(report, 'bm3', '3.3.1')?.value, cellOf(report, 'bm3', '3.3.2')?.value], [503, 503])
  assert.equal(cellOf(report, 'bm3', '3.3')?.value, 100)
  const total = report.forms.find(({ definition }) => definition.form === '06a')?.lines.find(({ key }) => key === null)
  assert.deepEqual(total?.values, [503, 484, 19, 0, 503, 469, 34, 0, 0, 0, 0])
})

test('what the real report got wrong cannot be entered', async () => {
  const refusals: [object, string][] = [
    [{ form: 'bm1', row: '2', value: 50 }, 'row-computed'],
    [{ form: 'bm7', row: '6.7', value: 523 }, 'row-computed'],
    [{ form: 'bm7', row: '6.7.1', value: 0 }, 'row-from-records'],
    [{ form: 'bm7', row: '3', value: 100 }, 'percent-needs-parts'],
    [{ form: 'bm7', row: '3', numerator: 5, denominator: 4 }, 'part-exceeds-whole'],
    [{ form: 'bm1', row: '5.2', value: 3 }, 'not-a-choice'],
    [{ form: 'bm1', row: '1', value: 1.5 }, 'not-whole'],
    [{ form: 'bm3', row: '3.4.1', value: 2 }, 'row-from-records'],
    [{ form: 'bm7', row: '4', value: 2 }, 'row-not-applicable'],
    [{ form: 'bm9', row: '4', value: 2 }, 'form-unknown'],
  ]
  for (const [entry, code] of refusals) {
    const { status, body } = await enter([entry])
    assert.deepEqual([status, body['code']], [422, code], JSON.stringify(entry))
    assert.match(String(body['detail']), /[à-ỹ]/)
  }
})

test('the clerk is stopped by the checks at what the real report got wrong', async () => {
  const evidence = 'Sổ theo dõi'
  const { status } = await enter([
    { form: 'bm1', row: '2.1', value: 36, evidence },
    { form: 'bm1', row: '2.2', value: 15, evidence },
    { form: 'bm1', row: '5', value: 1, evidence },
    { form: 'bm1', row: '5.2', value: 1, evidence },
  ])
  assert.equal(status, 200)
  const report = await read()
  assert.equal(cellOf(report, 'bm1', '2')?.value, 41.67)
  assert.equal(cellOf(report, 'bm3', '3.4')?.state, 'none-arose')
  assert.equal(named(report, 'bm1', '5-phieu')?.severity, 'blocking')
  const { body } = await leader.post(`/api/reports/${reportId}/submit`, { revision: report.revision })
  assert.equal(body['code'], 'blocked-by-checks')
})

test('two clerks who write the same cell do not overwrite each other', async () => {
  const first = await enter([{ form: 'bm1', row: '1', value: 19, evidence: 'x', revision: 0 }])
  assert.equal(first.status, 200)
  const second = await enter([{ form: 'bm1', row: '1', value: 20, revision: 0 }])
  assert.deepEqual([second.status, second.body['code']], [409, 'cell-changed-meanwhile'])
})

test('nobody of another agency sees the report, and the upper level does not write it', async () => {
  assert.equal((await stranger.get(`/api/reports/${reportId}`)).status, 404)
  assert.equal((await enter([{ form: 'bm1', row: '1', value: 1 }], stranger)).status, 404)
  assert.equal((await upper.get(`/api/reports/${reportId}`)).status, 200)
  assert.equal((await enter([{ form: 'bm1', row: '1', value: 1 }], upper)).status, 403)
})

/** Fills every blank row that a person fills: 0, or 0 of 1. */
async function fillAll(): Promise<void> {
  const report = await read()
  const entries = report.forms.flatMap(({ definition, cells }) =>
    definition.rows.flatMap((row): object[] => {
      const cell = cells.find((each) => each.row === row.code)
      if (cell?.state !== 'blank' || cell.source !== 'manual') return []
      const place = { form: definition.form, row: row.code, evidence: 'Sổ' }
      return row.source.kind === 'entered-ratio'
        ? [{ ...place, numerator: 1, denominator: 1 }]
        : [{ ...place, value: 0 }]
    }),
  )
  assert.equal((await enter(entries)).status, 200)
}

test('filled, explained, submitted, returned, accepted, locked, corrected', async () => {
  await enter([
    { form: 'bm1', row: '5.1', value: 120, evidence: 'Phiếu khảo sát' },
    { form: 'bm4', row: '2.1', value: 20, evidence: 'QĐ' },
    { form: 'bm4', row: '2.2', value: 18, evidence: 'QĐ' },
    { form: 'nhan-su', row: '1', value: 20, evidence: 'QĐ' },
    { form: 'nhan-su', row: '2.1', value: 10, evidence: 'QĐ' },
    { form: 'nhan-su', row: '2.2', value: 8, evidence: 'QĐ' },
    { form: 'nhan-su', row: '3', value: 1, evidence: 'QĐ' },
    { form: 'nhan-su', row: '5.2', value: 18, evidence: 'QĐ' },
  ])
  await fillAll()
  let report = await read()
  assert.equal(named(report, 'nhan-su', 'giao-co-mat-thieu')?.severity, 'blocking', 'giao = có mặt + thiếu')
  await enter([{ form: 'nhan-su', row: '3', value: 2, evidence: 'QĐ' }])
  report = await read()
  assert.deepEqual(
    report.findings.filter(({ severity }) => severity === 'blocking').map(({ words }) => words),
    [],
  )
  for (const { check, form, fingerprint } of report.findings)
    assert.equal(
      (
        await clerk.post(`/api/reports/${reportId}/explanations`, {
          check,
          form,
          fingerprint,
          reason: 'Không phát sinh',
        })
      ).status,
      200,
    )
  report = await read()
  assert.equal((await clerk.post(`/api/reports/${reportId}/submit`, { revision: report.revision })).status, 403)
  assert.equal(
    (await leader.post(`/api/reports/${reportId}/submit`, { revision: 1 })).body['code'],
    'changed-meanwhile',
  )
  assert.equal((await leader.post(`/api/reports/${reportId}/submit`, { revision: report.revision })).status, 200)
  report = await read(leader)
  assert.equal(
    (await leader.post(`/api/reports/${reportId}/lock`, { revision: report.revision })).body['code'],
    'not-accepted-yet',
  )
  const back = await upper.post(`/api/reports/${reportId}/return`, {
    revision: report.revision,
    reason: 'Kiểm tra lại dòng 1',
  })
  assert.equal(back.status, 200)
  report = await read(leader)
  assert.deepEqual([report.state, report.steps], ['returned', ['enter', 'submit']])
  await leader.post(`/api/reports/${reportId}/submit`, { revision: report.revision })
  report = await read(upper)
  assert.deepEqual(report.steps, ['return', 'accept'])
  assert.equal((await upper.post(`/api/reports/${reportId}/accept`, { revision: report.revision })).status, 200)
  report = await read(leader)
  const locked = await leader.post(`/api/reports/${reportId}/lock`, { revision: report.revision })
  assert.equal(locked.status, 200)
  assert.match(String(locked.body['hash']), /^[0-9a-f]{64}$/)
  const packed = await leader.raw(`/api/reports/${reportId}/package`)
  const verified = verifyFile(packed.rawPayload)
  assert.ok(verified.readable)
  assert.equal(verified.hash, locked.body['hash'])
  assert.deepEqual(verified.verification.differences, [])
  assert.deepEqual(verified.verification.concealed, [])
  for (const broken of [Buffer.alloc(0), Buffer.from('PK'), packed.rawPayload.subarray(0, 500)])
    assert.deepEqual(verifyFile(broken), { readable: false })
  const tampered = Buffer.from(JSON.stringify(verified.snapshot).replaceAll('"value":41.67', '"value":50'))
  const caught = verifyFile(tampered)
  assert.ok(caught.readable)
  assert.deepEqual(
    caught.verification.differences.map(({ form, row, before, after: is }) => [form, row, before, is]),
    [['bm1', '2', 50, 41.67]],
  )
  report = await read(leader)
  assert.deepEqual(report.steps, ['correct'])
  const corrected = await leader.post(`/api/reports/${reportId}/correct`, {
    revision: report.revision,
    reason: 'Sai dòng 1',
  })
  assert.equal(corrected.status, 201)
  const first = reportId
  reportId = String(corrected.body['reportId'])
  report = await read(leader)
  assert.deepEqual([report.version, report.corrects, report.state], [2, first, 'draft'])
  assert.equal(cellOf(report, 'bm1', '1')?.value, 19)
})

test('a locked report cannot be altered, not even past the program', async () => {
  await assert.rejects(
    database.ownerPool.query(`update statistics.report set hash = 'x' where state = 'locked'`),
    /locked report/,
  )
})

test('the upper level sees who is missing, and adds up what stands', async () => {
  const { body } = await upper.get(`/api/reports/consolidation?agencyId=${districtId}&periodId=${periodId}`)
  const units = body['units'] as { name: string; state: string }[]
  assert.deepEqual(
    units.map(({ name, state }) => [name, state]),
    [
      ['Xã Đoàn Kết', 'draft'],
      ['Xã Ngũ Hùng', 'none'],
    ],
  )
  const begun = await aboveClerk.post('/api/reports', { agencyId: districtId, periodId, basis: 'units' })
  assert.equal(begun.status, 201)
  reportId = String(begun.body['reportId'])
  const sum = await read(aboveClerk)
  // The correction is still a draft: the locked version stands.
  assert.deepEqual([cellOf(sum, 'bm1', '2')?.value, cellOf(sum, 'bm1', '2.1')?.note], [41.67, '1/1'])
  assert.equal(cellOf(sum, 'bm3', '3.3.1')?.source, 'units')
  assert.match(named(sum, 'bm1', 'don-vi-thieu')?.words ?? '', /Xã Ngũ Hùng/)
  const typed = await enter([{ form: 'bm1', row: '2.1', value: 3 }], aboveClerk)
  assert.equal(typed.body['code'], 'row-from-units')
})

test('an administrator looks at a form before it becomes a version; older reports keep theirs', async () => {
  const { body } = await manager.get('/api/report-forms/bm1')
  const definition = body['definition'] as { rows: object[]; validFrom: string }
  const broken = { ...definition, rows: [...definition.rows, definition.rows[0]] }
  const looked = await manager.post('/api/report-forms/bm1/preview', { definition: broken })
  assert.deepEqual(
    (looked.body['faults'] as { code: string }[]).map(({ code }) => code),
    ['row-twice'],
  )
  const refused = await manager.post('/api/report-forms/bm1', { definition: broken, reason: 'Thử' })
  assert.deepEqual([refused.status, refused.body['code']], [422, 'form-not-valid'])
  const row = {
    code: '7',
    label: 'Số sáng kiến',
    unit: 'Sáng kiến',
    type: 'count',
    source: { kind: 'manual' },
    levels: [],
    cumulative: false,
  }
  const next = { ...definition, rows: [...definition.rows, row], validFrom: '2024-01-01' }
  const saved = await manager.post('/api/report-forms/bm1', { definition: next, reason: 'Theo văn bản mới' })
  assert.deepEqual([saved.status, saved.body['version']], [201, 2])
  assert.equal(cellOf(await read(aboveClerk), 'bm1', '7'), undefined)
  assert.equal((await clerk.post('/api/report-forms/bm1', { definition: next, reason: 'x' })).status, 403)
})

test('periods are configuration: bad days are refused in words, a used period stays', async () => {
  const period = {
    regime: 'cchc',
    type: 'other',
    code: '2023-X',
    name: 'Kỳ thử',
    from: '2023-01-01',
    to: '2023-02-28',
    yearFrom: '2023-01-01',
    deadline: '2023-03-05',
  }
  const wrong = await manager.post('/api/report-periods', { ...period, to: '2022-12-31' })
  assert.deepEqual([wrong.status, wrong.body['code']], [422, 'period-impossible'])
  assert.equal((await manager.post('/api/report-periods', period)).status, 201)
  assert.equal((await manager.post('/api/report-periods', period)).body['code'], 'period-taken')
  const moved = { ...period, regime: 'cchc-hai-duong', code: '2023-Q1' }
  assert.equal((await manager.send('PUT', `/api/report-periods/${periodId}`, moved)).body['code'], 'period-in-use')
})
