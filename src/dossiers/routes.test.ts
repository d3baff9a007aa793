import assert from 'node:assert/strict'
import { randomUUID } from 'node:crypto'
import { after, before, test } from 'node:test'
import ExcelJS from 'exceljs'
import { feeKey, readCatalogueData, setFeeAmount, type ProcedureVersion } from '../catalogue/index.ts'
import { closeRenderer } from '../documents/index.ts'
import { createAccount } from '../identity/accounts.ts'
import { permissions, type Actor, type IdentityContext } from '../identity/index.ts'
import { identityRoutes } from '../identity/routes.ts'
import { aBrowser, GOOD_PASSWORD, testHttp } from '../identity/testing.ts'
import { testDatabase, type TestDatabase } from '../platform/testing.ts'
import type { Http } from '../platform/http/route.ts'
import type { DossierContext } from './commands.ts'
import type { DossierView, QueuePage } from './contract.ts'
import { fileAccess } from './file-access.ts'
import { dossierRoutes } from './routes.ts'
import { aCommune, anIntake, anOfficer, aPerson, at, type Commune } from './testing.ts'

const FREE = '1.001193'
const BOUND = '1.004222'

type Browser = ReturnType<typeof aBrowser>

let database: TestDatabase<never>
let context: DossierContext
let http: Http
let commune: Commune
let other: Commune
const browsers = new Map<Actor, Browser>()

before(async () => {
  database = await testDatabase()
  context = database.context as unknown as DossierContext
  database.setClock(at('2026-11-20', '08:30'))
  commune = await aCommune(context)
  other = await aCommune(context, { name: 'Xã Khác', code: 'H99.02' })
  const identity = database.context as unknown as IdentityContext
  http = await testHttp(identity, (server) => {
    identityRoutes(server, identity)
    dossierRoutes(server, context)
  })
})
after(async () => {
  await http.close()
  await closeRenderer()
  await database.close()
})

/** A signed-in browser of this officer. */
async function as(actor: Actor): Promise<Browser> {
  const known = browsers.get(actor)
  if (known) return known
  const userName = `officer${actor.officerId}`
  const made = await createAccount(database.context as unknown as IdentityContext, {
    officerId: actor.officerId,
    userName,
    password: GOOD_PASSWORD,
    demo: true,
  })
  assert.ok(made.ok)
  const browser = aBrowser(http)
  const reply = await browser.signIn(userName)
  assert.ok(reply.status < 300, JSON.stringify(reply.body))
  browsers.set(actor, browser)
  return browser
}

const taken = async (
  change: Parameters<typeof anIntake>[2] = {},
): Promise<{ dossierId: string; code: string; version: number }> => {
  const reply = await (await as(commune.reception)).post('/api/dossiers', anIntake(context, commune, change))
  assert.equal(reply.status, 201, JSON.stringify(reply.body))
  return reply.body as never
}

test('a dossier is taken in, seen in the queue, found again and shown with its buttons', async () => {
  const { dossierId, code } = await taken()
  const browser = await as(commune.reception)
  const view = (await browser.get(`/api/dossiers/${dossierId}`)).body as unknown as DossierView
  assert.equal(view.code, code)
  assert.ok(view.commands.some(({ type, refusal }) => type === 'forward' && refusal === null))
  assert.ok(view.due.sentences.length > 0)
  assert.ok(view.forms.some(({ form }) => form.startsWith('receipt-')))
  assert.equal(view.persons[0]?.identityNumber, '0010••••2345')
  const queue = (await browser.get('/api/queue?whose=unit')).body as unknown as QueuePage
  assert.ok(queue.items.some((item) => item.dossierId === dossierId))
  for (const q of [
    code,
    code.slice(0, 12),
    code.slice(-11),
    code.slice(-11, -2),
    'nguyen an',
    'Nguyễn Văn A',
    'AN van',
    '001085012345',
    '0912 345 678',
  ]) {
    const found = (await browser.post('/api/search', { q })).body as { items: { dossierId: string }[] }
    assert.ok(
      found.items.some((item) => item.dossierId === dossierId),
      q,
    )
  }
})

test('who only watches sees no contacts, no files and no papers that hold them; who handles it does', async () => {
  const { dossierId } = await taken()
  const { agencyId, units } = commune
  const watching = await Promise.all(
    (['supervisor', 'auditor'] as const).map((role) =>
      anOfficer(context, { agencyId, unitId: units.leadership, role, name: role }),
    ),
  )
  const look = async (actor: Actor) => {
    const browser = await as(actor)
    const path = `/api/dossiers/${dossierId}`
    const { persons, forms, mayHandle } = (await browser.get(path)).body as unknown as DossierView
    const receipt = (await browser.raw(`${path}/papers/receipt-2.pdf`)).statusCode
    const files = (await fileAccess(context)(actor, dossierId, 'read')) !== undefined
    const register = await browser.raw(`/api/register/xlsx?agencyId=${agencyId}&from=2026-01-01&to=2026-12-31`)
    const book = new ExcelJS.Workbook()
    await book.xlsx.load(register.rawPayload as never)
    const rows = JSON.stringify(book.worksheets[0]?.getSheetValues())
    assert.equal(rows.includes('0912345678'), mayHandle, 'the printed register hides what the page hides')
    return { phone: persons[0]?.phone, papers: forms.map(({ form }) => form), mayHandle, receipt, files }
  }
  for (const actor of [commune.reception, commune.justice, commune.leader, commune.clerk]) {
    const { papers, ...seen } = await look(actor)
    assert.deepEqual(seen, { phone: '0912345678', mayHandle: true, receipt: 200, files: true }, actor.name)
    assert.ok(papers.includes('receipt-2'))
  }
  for (const actor of watching)
    assert.deepEqual(await look(actor), {
      phone: '•••• 678',
      papers: ['control', 'explanation'],
      mayHandle: false,
      receipt: 404,
      files: false,
    })
})

test('every number above the queue and on the morning page is the length of the list it opens', async () => {
  await taken()
  const leader = await as(commune.leader)
  const morning = (await leader.get('/api/morning')).body as {
    counts: { late: number; dueToday: number; waiting: number; open: number; lateWithoutApology: number }
  }
  const list = async (query: string) =>
    ((await leader.get(`/api/queue?whose=agency&limit=200&${query}`)).body as unknown as QueuePage).items.length
  assert.equal(morning.counts.late, await list('state=overdue'))
  assert.equal(morning.counts.dueToday, await list('state=today'))
  assert.equal(morning.counts.waiting, await list('state=waiting'))
  assert.equal(morning.counts.open, await list('state=open'))
  const late = (await leader.get('/api/dossiers?timeliness=late-without-apology&limit=200')).body as {
    total: number
    items: unknown[]
  }
  assert.equal(morning.counts.lateWithoutApology, late.total)
  assert.equal(late.total, late.items.length)
})

test('what is not yours is not there, for every route and every role of another agency', async () => {
  const { dossierId } = await taken()
  for (const actor of [other.reception, other.justice, other.leader, other.clerk, other.admin]) {
    const browser = await as(actor)
    const command = { commandId: randomUUID(), version: 1, command: { type: 'forward' } }
    const replies = [
      await browser.get(`/api/dossiers/${dossierId}`),
      await browser.post(`/api/dossiers/${dossierId}/commands`, command),
      await browser.get(`/api/dossiers/${dossierId}/papers/receipt-2.pdf`),
      await browser.post(`/api/dossiers/${dossierId}/persons/${randomUUID()}/disclosure`, { reason: 'Xem thử số' }),
      await browser.post('/api/dossiers', anIntake(context, commune)),
      await browser.get(`/api/register/pdf?agencyId=${commune.agencyId}&from=2026-11-01&to=2026-11-30`),
      await browser.get(`/api/morning?agencyId=${commune.agencyId}`),
      await browser.post('/api/dossiers/recompute/preview', { agencyId: commune.agencyId, day: null }),
    ]
    for (const reply of replies)
      assert.ok(reply.status === 404 || reply.status === 403, `${actor.name}: ${reply.status}`)
    assert.ok(!JSON.stringify((await browser.post('/api/search', { q: '001085012345' })).body).includes(dossierId))
    assert.ok(!JSON.stringify((await browser.get('/api/queue?whose=agency')).body).includes(dossierId))
  }
})

test('the route lets in exactly the roles of the table', async () => {
  const roles = Object.keys(permissions) as (keyof typeof permissions)[]
  for (const role of roles) {
    const actor = await anOfficer(context, {
      agencyId: commune.agencyId,
      unitId: commune.units['one-stop'],
      role,
      name: `Vai ${role}`,
    })
    const browser = await as(actor)
    const expect = async (action: keyof (typeof permissions)['leader'], reply: Promise<{ status: number }>) => {
      const { status } = await reply
      const allowed = permissions[role][action] !== 'never'
      assert.equal(status < 400, allowed, `${role} ${action}: ${status}`)
    }
    await expect('dossier.read', browser.get('/api/queue?whose=agency'))
    await expect('dossier.read', browser.post('/api/search', { q: 'an' }))
    await expect('register.read', browser.get('/api/dossiers'))
    await expect('morning.read', browser.get(`/api/morning?agencyId=${commune.agencyId}`))
    await expect('dossier.receive', browser.post('/api/dossiers', anIntake(context, commune)))
    await expect(
      'calendar.manage',
      browser.post('/api/dossiers/recompute/preview', { agencyId: commune.agencyId, day: null }),
    )
  }
})

test('bad input is refused with a code and Vietnamese words, and changes nothing', async () => {
  const browser = await as(commune.reception)
  const before = ((await browser.get('/api/dossiers?limit=200')).body as { total: number }).total
  const child = aPerson({ identityNumber: '001215012345', birthDay: '2015-03-02' })
  const cases: [string, number, Record<string, unknown>][] = [
    ['identity-number-9-digits', 422, { persons: { applicant: aPerson({ identityNumber: '123456789' }) } }],
    ['identity-number-not-12-digits', 422, { persons: { applicant: aPerson({ identityNumber: '12345' }) } }],
    ['identity-number-province', 422, { persons: { applicant: aPerson({ identityNumber: '099085012345' }) } }],
    ['identity-number-sex', 422, { persons: { applicant: aPerson({ sex: 'female' }) } }],
    ['identity-number-birth-year', 422, { persons: { applicant: aPerson({ birthDay: '1986-03-02' }) } }],
    ['applicant-under-age', 422, { persons: { applicant: child } }],
    ['name-not-a-name', 422, { persons: { applicant: aPerson({ name: '=HYPERLINK("x")' }) } }],
    ['phone-format', 422, { persons: { applicant: aPerson({ phone: '12' }) } }],
    ['birth-day-future', 422, { persons: { applicant: aPerson({ birthDay: '2030-01-01' }) } }],
    ['case-unknown', 422, { caseKey: 'khong-co' }],
    ['procedure-not-offered', 422, { procedureCode: "1.001193' or '1'='1" }],
    ['delivery-address-missing', 422, { delivery: 'post' }],
    ['receiving-point-unknown', 422, { receivingPointId: 99999 }],
    ['components-missing', 422, { components: [] }],
  ]
  for (const [code, status, change] of cases) {
    const reply = await browser.post('/api/dossiers', { ...anIntake(context, commune), ...change })
    assert.equal(`${reply.status} ${String(reply.body['code'])}`, `${status} ${code}`, JSON.stringify(reply.body))
    assert.match(String(reply.body['detail']), /[à-ỹ]/i)
  }
  for (const change of [
    { persons: { applicant: aPerson({ birthDay: '1985-02-30' }) } },
    { sets: 0 },
    { sets: '1; drop table' },
    { channel: 'fax' },
    { more: true },
    { remark: 'x'.repeat(3000) },
    { commandId: 'x' },
  ]) {
    const reply = await browser.post('/api/dossiers', { ...anIntake(context, commune), ...change })
    assert.equal(reply.status, 400, JSON.stringify(change))
  }
  assert.equal(((await browser.get('/api/dossiers?limit=200')).body as { total: number }).total, before)
})

test('text with markup and formulas stays text, decomposed letters are composed', async () => {
  const { dossierId } = await taken({
    remark: '<script>alert(1)</script> #let x = 1',
    persons: {
      applicant: aPerson({ name: 'Nguyễn Thị Thủy'.normalize('NFD'), identityNumber: '001185012345', sex: 'female' }),
    },
  })
  const browser = await as(commune.reception)
  const view = (await browser.get(`/api/dossiers/${dossierId}`)).body as unknown as DossierView
  assert.equal(view.persons[0]?.name, 'Nguyễn Thị Thủy'.normalize('NFC'))
  assert.equal(view.timeline[0]?.details?.reason, '<script>alert(1)</script> #let x = 1')
})

test('a whole identity number is shown for a reason only, and each time is written down', async () => {
  const { dossierId } = await taken()
  const browser = await as(commune.reception)
  const view = (await browser.get(`/api/dossiers/${dossierId}`)).body as unknown as DossierView
  const url = `/api/dossiers/${dossierId}/persons/${view.persons[0]?.personId}/disclosure`
  assert.equal((await browser.post(url, { reason: '' })).status, 400)
  assert.deepEqual((await browser.post(url, { reason: 'Đối chiếu căn cước' })).body, { identityNumber: '001085012345' })
  const { rows } = await database.ownerPool.query(
    'select officer_id, reason from dossiers.disclosure where dossier_id = $1',
    [dossierId],
  )
  assert.deepEqual(rows, [{ officer_id: commune.reception.officerId, reason: 'Đối chiếu căn cước' }])
  assert.equal((await (await as(commune.clerk)).post(url, { reason: 'Tò mò thôi' })).status, 403)
})

test('papers are PDF, in the edition of their time; the register as PDF and workbook', async () => {
  const { dossierId } = await taken()
  const browser = await as(commune.reception)
  const view = (await browser.get(`/api/dossiers/${dossierId}`)).body as unknown as DossierView
  for (const { url } of view.forms) {
    const response = await browser.raw(url)
    assert.equal(response.statusCode, 200, url)
    assert.equal(response.rawPayload.subarray(0, 5).toString(), '%PDF-')
  }
  assert.equal((await browser.get(`/api/dossiers/${dossierId}/papers/stop-2.pdf`)).status, 404)
  const period = `agencyId=${commune.agencyId}&from=2026-11-01&to=2026-11-30`
  assert.equal((await browser.raw(`/api/register/pdf?${period}`)).rawPayload.subarray(0, 5).toString(), '%PDF-')
  assert.equal((await browser.raw(`/api/register/xlsx?${period}`)).rawPayload.subarray(0, 2).toString(), 'PK')
})

test('somebody met before is offered by number, with the last dossier', async () => {
  await taken()
  const browser = await as(commune.reception)
  const reply = await browser.post('/api/persons/known', {
    agencyId: commune.agencyId,
    identityNumber: '001 085 012 345',
  })
  const known = (reply.body as { known: { person: { name: string }; lastDossier: { code: string } } }).known
  assert.equal(known.person.name, 'Nguyễn Văn An')
  const lookUps = `select officer_id from dossiers.disclosure where reason like 'Tra cứu người%'`
  assert.deepEqual((await database.ownerPool.query(lookUps)).rows, [{ officer_id: commune.reception.officerId }])
  assert.deepEqual(
    (
      await (
        await as(other.reception)
      ).post('/api/persons/known', { agencyId: other.agencyId, identityNumber: '001085012345' })
    ).body,
    { known: null },
  )
})

test('a new holiday shows which due dates would move, and moves them when it is in force', async () => {
  const { dossierId } = await taken({ procedureCode: '1.004873' })
  const browser = await as(commune.admin)
  const day = {
    day: '2026-11-23',
    kind: 'closure',
    name: 'Bão số 9',
    notice: 'Công văn 12/UBND-VP',
    status: 'official',
  }
  const preview = (await browser.post('/api/dossiers/recompute/preview', { agencyId: commune.agencyId, day })).body as {
    changes: { dossierId: string; before: string; after: string }[]
  }
  const change = preview.changes.find((each) => each.dossierId === dossierId)
  assert.ok(change && change.after > change.before)
  const unchanged = (
    await browser.post('/api/dossiers/recompute', { agencyId: commune.agencyId, notice: 'Công văn 12/UBND-VP' })
  ).body as { changes: unknown[] }
  assert.deepEqual(unchanged.changes, [], 'a preview alone changes nothing')
})

test('the work of an absent officer is handed to a colleague of the unit', async () => {
  const { dossierId, version } = await taken()
  const reception = await as(commune.reception)
  const give = (browser: Browser, at: number, command: unknown) =>
    browser.post(`/api/dossiers/${dossierId}/commands`, { commandId: randomUUID(), version: at, command })
  // Money goes back on a page of its own, where a second officer approves it.
  assert.equal(
    (await give(reception, version, { type: 'refundFee', amount: 1, details: { reason: 'x' } })).body['code'],
    'needs-two-officers',
  )
  const forward = await give(reception, version, { type: 'forward' })
  const justice = await as(commune.justice)
  const view = (await justice.get(`/api/dossiers/${dossierId}`)).body as unknown as DossierView
  const key = view.open[0]?.key ?? ''
  const at = (forward.body as { version: number }).version
  assert.equal(
    (await give(justice, at, { type: 'assign', key, officerId: commune.clerk.officerId })).body['code'],
    'officer-not-in-unit',
  )
  assert.equal((await give(justice, at, { type: 'assign', key, officerId: commune.justice.officerId })).status, 200)
  const colleague = await anOfficer(context, {
    agencyId: commune.agencyId,
    unitId: commune.units.justice,
    role: 'specialist',
    name: 'Người Thay',
  })
  const leader = await as(commune.leader)
  const handOver = {
    agencyId: commune.agencyId,
    fromOfficerId: commune.justice.officerId,
    toOfficerId: colleague.officerId,
    reason: 'Nghỉ ốm',
  }
  assert.equal((await justice.post('/api/work/hand-over', handOver)).status, 403)
  assert.deepEqual((await leader.post('/api/work/hand-over', handOver)).body, { moved: 1, stayed: 0 })
  const mine = (await (await as(colleague)).get('/api/queue?whose=mine')).body as unknown as QueuePage
  assert.deepEqual(
    mine.items.map((item) => item.dossierId),
    [dossierId],
  )
})

test('what is written down later tells both times, and cannot lie in the future or before what the log says', async () => {
  const { dossierId, version } = await taken()
  const reception = await as(commune.reception)
  const give = (occurredAt: string) =>
    reception.post(`/api/dossiers/${dossierId}/commands`, {
      commandId: randomUUID(),
      version,
      occurredAt,
      command: { type: 'forward' },
    })
  assert.equal((await give('2026-11-20T10:00:00+07:00')).body['code'], 'occurred-in-future')
  assert.equal((await give('2026-11-20T08:00:00+07:00')).body['code'], 'occurred-before-last')
  const backdated = {
    commandId: randomUUID(),
    version,
    occurredAt: '2026-11-20T08:30:00+07:00',
    command: { type: 'withdraw', details: { reason: 'Xin rút' } },
  }
  assert.equal(
    (await reception.post(`/api/dossiers/${dossierId}/commands`, backdated)).body['code'],
    'recorded-when-done',
  )
  const late = await reception.post('/api/dossiers', {
    ...anIntake(context, commune),
    occurredAt: '2026-11-19T09:00:00+07:00',
  })
  assert.equal(late.status, 201, JSON.stringify(late.body))
  assert.match(String(late.body['code']), /-261119-/)
  const view = (await reception.get(`/api/dossiers/${String(late.body['dossierId'])}`)).body as unknown as DossierView
  assert.deepEqual(
    [view.timeline[0]?.occurredAt, view.timeline[0]?.recordedAt],
    [at('2026-11-19', '09:00'), at('2026-11-20', '08:30')],
  )
})

test('fees of a province that was late to enter them: the desk counts again, now, and nobody else does', async () => {
  const fee = readCatalogueData().versions as { code: string; cases: ProcedureVersion['cases'] }[]
  const late = fee.findLast(({ code }) => code === FREE)?.cases.find(({ key }) => key === 'late')
  const rule = late?.fees[0] ?? assert.fail()
  const { dossierId, version } = await taken({ caseKey: 'late' })
  const amount = { feeKey: feeKey('late', rule), validFrom: '2025-07-01', amount: 8000, basis: 'Nghị quyết' } as const
  const set = await setFeeAmount(context.db, { agencyId: commune.agencyId, code: FREE, ...amount })
  assert.ok(set.ok)
  const path = `/api/dossiers/${dossierId}/commands`
  const order = (change: object = {}) => ({
    commandId: randomUUID(),
    version,
    command: { type: 'recountFees' },
    ...change,
  })
  const reply = async (actor: Actor, body: object = order()) => {
    const { status, body: said } = await (await as(actor)).post(path, body)
    return [status, said['code']]
  }
  assert.deepEqual(await reply(other.reception), [404, 'not-found'])
  assert.deepEqual(await reply(commune.leader), [403, 'not-your-task'])
  const desk = commune.reception
  assert.equal((await reply(desk, order({ command: { type: 'recountFees', amount: 1 } })))[0], 400)
  assert.deepEqual(await reply(desk, order({ occurredAt: at('2026-11-20', '08:30') })), [409, 'recorded-when-done'])
  assert.equal((await reply(desk))[0], 200)
  assert.deepEqual(await reply(desk), [409, 'changed-meanwhile'], 'a second click of the same page')
  assert.deepEqual(await reply(desk, order({ version: version + 1 })), [409, 'no-fee-to-recount'])
  const view = (await (await as(desk)).get(`/api/dossiers/${dossierId}`)).body as unknown as DossierView
  assert.deepEqual([view.fee.due, view.fee.recount], [8000, null])
  assert.ok(
    view.commands.every(({ type }) => type !== 'recountFees'),
    'it stands beside the fee, not among the buttons',
  )
})

test('phi địa giới: any desk lodges it, the competent authority receives it and its clock starts there', async () => {
  const browser = await as(other.reception)
  const elsewhere = { lodgedAtAgencyId: other.agencyId, decision: { type: 'none' as const } }
  const lodge = (procedureCode: string, change: object = {}) =>
    browser.post('/api/dossiers', { ...anIntake(context, commune, { procedureCode }), ...elsewhere, ...change })
  assert.equal((await lodge(BOUND)).body['code'], 'not-boundary-free')
  const notThere = (await lodge('0.000000')).body
  assert.equal(notThere['code'], 'procedure-not-offered')
  assert.deepEqual(
    (notThere['errors'] as { pointer: string }[]).map(({ pointer }) => pointer),
    ['/agencyId'],
  )
  assert.equal((await lodge(FREE, { decision: { type: 'receive' } })).body['code'], 'received-by-competent-agency')
  const competent = await browser.get(`/api/opinion-agencies?procedure=${FREE}`)
  const { agencies } = competent.body as { agencies: { agencyId: number }[] }
  assert.ok(
    agencies.some(({ agencyId }) => agencyId === commune.agencyId),
    'the desk finds who is competent',
  )
  assert.deepEqual((await browser.get('/api/opinion-agencies?procedure=0.000000')).body, { agencies: [] })
  const lodged = await lodge(FREE)
  assert.equal(lodged.status, 201, JSON.stringify(lodged.body))
  const id = String(lodged.body['dossierId'])
  const receive = { commandId: randomUUID(), version: 1, command: { type: 'receive' } }
  assert.equal((await browser.get(`/api/dossiers/${id}`)).status, 200, 'the desk that lodged it may follow it')
  assert.equal((await browser.post(`/api/dossiers/${id}/commands`, receive)).status, 403)
  assert.equal((await (await as(commune.reception)).post(`/api/dossiers/${id}/commands`, receive)).status, 200)
})
