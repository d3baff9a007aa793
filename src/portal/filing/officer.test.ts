import assert from 'node:assert/strict'
import { randomUUID } from 'node:crypto'
import { Readable } from 'node:stream'
import { after, before, test } from 'node:test'
import { addFile, openFileStore } from '../../documents/index.ts'
import { give, takeIn } from '../../dossiers/index.ts'
import { aCommune, anIntake, anOfficer, at, type Commune } from '../../dossiers/testing.ts'
import { createAccount } from '../../identity/accounts.ts'
import type { Actor, IdentityContext } from '../../identity/index.ts'
import { identityRoutes } from '../../identity/routes.ts'
import { aBrowser, GOOD_PASSWORD, testHttp } from '../../identity/testing.ts'
import { withScope } from '../../platform/db.ts'
import type { Http } from '../../platform/http/route.ts'
import { newId } from '../../platform/id.ts'
import { testDatabase, type TestDatabase } from '../../platform/testing.ts'
import { updateOfficer } from '../../staff/index.ts'
import { formFor, keepFilled, seedEforms } from '../eforms/index.ts'
import type { FilingContext } from './flow.ts'
import { marksOf, mendMarks, openMarksOf } from './marks.ts'
import { remindOfUnopened, settleMarks } from './officer.ts'
import type { FrontSettings, OnlineView, WaitingList } from './officer-contract.ts'
import { filingOfficerRoutes } from './officer-routes.ts'

let database: TestDatabase<never>
let context: FilingContext
let http: Http
let commune: Commune
let other: Commune
const browsers = new Map<Actor, ReturnType<typeof aBrowser>>()

before(async () => {
  database = await testDatabase()
  context = database.context as unknown as FilingContext
  database.setClock(at('2026-11-20', '08:30'))
  commune = await aCommune(context)
  other = await aCommune(context, { name: 'Xã Khác', code: 'H99.02' })
  await seedEforms(context.db, context.clock())
  const identity = database.context as unknown as IdentityContext
  http = await testHttp(identity, (server) => {
    identityRoutes(server, identity)
    filingOfficerRoutes(server, context)
  })
})
after(async () => {
  await http.close()
  await database.close()
})

async function as(actor: Actor) {
  const known = browsers.get(actor)
  if (known) return known
  const userName = `officer${actor.officerId}`
  const identity = database.context as unknown as IdentityContext
  await createAccount(identity, { officerId: actor.officerId, userName, password: GOOD_PASSWORD, demo: true })
  const browser = aBrowser(http)
  assert.ok((await browser.signIn(userName)).status < 300)
  browsers.set(actor, browser)
  return browser
}

/** Sessions end when hours go by: everybody signs in again. */
function setClock(moment: string): void {
  database.setClock(moment)
  browsers.clear()
}

/** A dossier as a citizen sends it: answers, and a file at one paper. */
async function filed(): Promise<{ dossierId: string; fileId: string }> {
  const intake = anIntake(context, commune, { channel: 'online', decision: { type: 'none' } })
  const lodged = await takeIn(context, { actor: null, source: 'citizen' }, intake)
  assert.ok(lodged.ok, JSON.stringify(lodged))
  const { dossierId } = lodged.value
  const { agencyId } = commune
  const form = await formFor(context.db, { procedureCode: '1.001193', caseKey: intake.caseKey, day: '2026-11-20' })
  assert.ok(form)
  const kept = await openFileStore(context.config.fileDir).put(Readable.from([Buffer.from('%PDF-1.4\n%%EOF\n')]))
  assert.ok(kept.ok)
  const fileId = newId()
  await withScope(context.db, { agencies: [agencyId] }, async (tx) => {
    await keepFilled(tx, context.keys, {
      agencyId,
      dossierId,
      formId: form.formId,
      caseKey: intake.caseKey,
      answers: { childName: 'nguyễn an', motherName: 'Trần Thị Bình' },
      by: 'citizen',
      at: context.clock(),
    })
    await addFile(tx, {
      agency_id: agencyId,
      file_id: fileId,
      dossier_id: dossierId,
      sha256: kept.value.sha256,
      size: kept.value.size,
      media_type: kept.value.mediaType,
      name: 'chung-sinh.pdf',
      purpose: 'component',
      component: 'birth-notice',
      origin: 'upload',
      uploaded_at: context.clock(),
      uploaded_by: null,
    })
  })
  const recorded = await give(
    context,
    { actor: null, source: 'citizen' },
    {
      agencyId,
      dossierId,
      body: {
        commandId: randomUUID(),
        version: null,
        command: {
          type: 'recordComponents',
          components: [
            { key: 'birth-notice', given: true, form: 'electronic', count: 1, digital: 'uploaded', files: [fileId] },
          ],
        },
      },
    },
  )
  assert.ok(recorded.ok)
  return { dossierId, fileId }
}

const view = async (dossierId: string, actor = commune.reception) => {
  const reply = await (await as(actor)).get(`/api/dossiers/${dossierId}/online`)
  return { status: reply.status, body: reply.body as unknown as OnlineView }
}

const marks = [
  { kind: 'field', target: 'childName', note: 'Viết hoa họ tên' },
  { kind: 'paper', target: 'birth-notice', note: 'Chụp lại cho rõ' },
]
const ask = async (dossierId: string, change: Record<string, unknown> = {}, actor = commune.reception) =>
  (await as(actor)).post(`/api/dossiers/${dossierId}/marks`, { commandId: randomUUID(), version: 2, marks, ...change })

test('the officer sees what was filled in, the papers with their files, and both times', async () => {
  const { dossierId, fileId } = await filed()
  const { status, body } = await view(dossierId)
  assert.equal(status, 200)
  const lines = body.filled?.parts.flatMap((part) => part.lines) ?? []
  assert.equal(lines.find(({ path }) => path === 'childName')?.value, 'nguyễn an')
  assert.ok(
    lines.some(({ value }) => value === ''),
    'what was left empty can be marked too',
  )
  assert.deepEqual(
    body.papers.find(({ key }) => key === 'birth-notice')?.files.map((file) => file.fileId),
    [fileId],
  )
  assert.equal(body.watch.lookBy, at('2026-11-20', '10:30'))
  assert.equal(body.watch.acceptBy, at('2026-11-23', '08:30'))
  assert.equal(body.watch.seenByName, 'Phạm Thị Một Cửa')
})

test('marks and the request go together: one command, form 02 with each place, and only these to be mended', async () => {
  const { dossierId } = await filed()
  const reply = await ask(dossierId)
  assert.equal(reply.status, 200, JSON.stringify(reply.body))
  assert.equal(reply.body['status'], 'supplementAtIntake')
  const { body } = await view(dossierId)
  const [round] = body.rounds
  assert.deepEqual(
    round?.marks.map(({ target, label }) => [target, label !== '']),
    [
      ['childName', true],
      ['birth-notice', true],
    ],
  )
  assert.deepEqual(round?.marks[0]?.before, { text: 'nguyễn an' })
  const { rows } = await database.ownerPool.query<{ content: { items: unknown[] }; body: { componentKeys: string[] } }>(
    `select n.content, e.body from dossiers.event e join dossiers.note n on n.note_id = (e.body->'details'->>'id')::uuid
     where e.dossier_id = $1 and e.type = 'supplementRequested'`,
    [dossierId],
  )
  assert.equal(rows[0]?.content.items.length, 2)
  // What the law calls by the same words for several persons is told with whose it is.
  assert.match(round?.marks[0]?.label ?? '', /^\p{Lu}[^:]+: \S/u)
  assert.deepEqual(rows[0]?.body.componentKeys, ['birth-notice'])
  // Nothing of what was written lies there in the clear.
  const { rows: kept } = await database.ownerPool.query<{ secret: Buffer }>('select secret from portal.mark')
  assert.ok(kept.every(({ secret }) => !secret.toString('latin1').includes('Vi')))
})

test('the same request twice, and ten different ones at once, ask once', async () => {
  const { dossierId } = await filed()
  const commandId = randomUUID()
  const twice = await Promise.all([ask(dossierId, { commandId }), ask(dossierId, { commandId })])
  assert.deepEqual(
    twice.map(({ status }) => status),
    [200, 200],
  )
  const { dossierId: second } = await filed()
  const many = await Promise.all(Array.from({ length: 10 }, () => ask(second)))
  assert.equal(many.filter(({ status }) => status === 200).length, 1)
  assert.ok(many.every(({ status }) => status === 200 || status === 409))
  assert.equal((await marksOf(context, { agencyId: commune.agencyId, dossierId: second })).length, 2)
  const { rows } = await database.ownerPool.query('select 1 from portal.mark where dossier_id = $1', [second])
  assert.equal(rows.length, 2, 'marks of refused requests are gone')
})

test('what is not there cannot be marked, nothing twice, and an old page is told so', async () => {
  const { dossierId } = await filed()
  const unknown = await ask(dossierId, { marks: [{ kind: 'field', target: 'khongCo', note: 'x' }] })
  assert.deepEqual([unknown.status, unknown.body['code']], [422, 'mark-unknown'])
  const twice = await ask(dossierId, { marks: [marks[0], marks[0]] })
  assert.deepEqual([twice.status, twice.body['code']], [422, 'mark-twice'])
  const empty = await ask(dossierId, { marks: [] })
  assert.equal(empty.status, 400)
  const silent = await ask(dossierId, { marks: [{ ...marks[0], note: '' }] })
  assert.equal(silent.status, 400)
  const old = await ask(dossierId, { version: 1 })
  assert.deepEqual([old.status, old.body['code']], [409, 'changed-meanwhile'])
  assert.deepEqual(await openMarksOf(context, { agencyId: commune.agencyId, dossierId }), [])
})

test('who may not act on the dossier marks nothing, who may not read it sees nothing', async () => {
  const { dossierId } = await filed()
  assert.equal((await ask(dossierId, {}, other.reception)).status, 404)
  assert.equal((await view(dossierId, other.reception)).status, 404)
  assert.equal((await view(dossierId, commune.admin)).status, 403)
  assert.equal((await ask(dossierId, {}, commune.clerk)).status, 403)
  const reply = await aBrowser(http).get(`/api/dossiers/${dossierId}/online`)
  assert.equal(reply.status, 401)
})

test('after mending, old and new stand side by side', async () => {
  const { dossierId } = await filed()
  await ask(dossierId)
  const { agencyId } = commune
  await withScope(context.db, { agencies: [agencyId] }, (tx) =>
    mendMarks(tx, context.keys, { agencyId, dossierId, at: context.clock() }, ({ kind }) =>
      kind === 'field' ? { text: 'NGUYỄN AN' } : { files: [{ fileId: newId(), name: 'moi.pdf' }] },
    ),
  )
  assert.deepEqual(await openMarksOf(context, { agencyId, dossierId }), [])
  const [round] = (await view(dossierId)).body.rounds
  assert.notEqual(round?.mendedAt, null)
  assert.deepEqual([round?.marks[0]?.before, round?.marks[0]?.after], [{ text: 'nguyễn an' }, { text: 'NGUYỄN AN' }])
})

test('marks whose request broke off are settled by the log', async () => {
  const { dossierId } = await filed()
  await ask(dossierId)
  const { agencyId } = commune
  await database.ownerPool.query('update portal.mark set requested_at = null where dossier_id = $1', [dossierId])
  await database.ownerPool.query(
    `insert into portal.mark select agency_id, gen_random_uuid(), dossier_id, gen_random_uuid(), kind, 'khac', ordinal, secret,
      marked_at, marked_by, null, null from portal.mark where dossier_id = $1 limit 1`,
    [dossierId],
  )
  assert.deepEqual(await marksOf(context, { agencyId, dossierId }), [])
  setClock(at('2026-11-20', '08:40'))
  await settleMarks(context)
  assert.equal((await marksOf(context, { agencyId, dossierId })).length, 2)
  setClock(at('2026-11-20', '08:30'))
})

test('an online dossier that nobody opens is told to the desk within two hours, once', async () => {
  const { officerId } = commune.reception
  await updateOfficer(context.db, {
    officerId,
    name: 'Phạm Thị Một Cửa',
    title: '',
    email: 'mot-cua@example.vn',
    phone: '',
    staffCode: null,
  })
  const { dossierId } = await filed()
  const { dossierId: opened } = await filed()
  await view(opened)
  const told = async () =>
    (
      await database.ownerPool.query<{ n: number }>(
        `select count(*)::int as n from portal.message where dossier_id = any($1)`,
        [[dossierId, opened]],
      )
    ).rows[0]?.n
  await remindOfUnopened(context)
  assert.equal(await told(), 0)
  setClock(at('2026-11-20', '10:05'))
  await remindOfUnopened(context)
  await remindOfUnopened(context)
  assert.equal(await told(), 1)
  const list = (await (await as(commune.reception)).get('/api/filing/waiting')).body as unknown as WaitingList
  const item = list.items.find((one) => one.dossierId === dossierId)
  assert.equal(item?.seenAt, null)
  assert.notEqual(item?.remindedAt, null)
  assert.equal(item?.acceptBy, at('2026-11-23', '08:30'))
  const elsewhere = (await (await as(other.reception)).get('/api/filing/waiting')).body as unknown as WaitingList
  assert.deepEqual(elsewhere.items, [])
  assert.equal((await (await as(commune.justice)).get('/api/filing/waiting')).status, 403)
  setClock(at('2026-11-20', '08:30'))
})

test('two hours to look are hours of work: no alarm at night or on a Sunday; the system itself tells at once', async () => {
  for (const [day, clock, lookDay, lookClock] of [
    ['2026-11-20', '08:30', '2026-11-20', '10:30'],
    ['2026-11-20', '16:00', '2026-11-23', '08:00'],
    ['2026-11-22', '23:00', '2026-11-23', '09:00'],
  ] as const) {
    setClock(at(day, clock))
    const { dossierId } = await filed()
    const list = (await (await as(commune.reception)).get('/api/filing/waiting')).body as unknown as WaitingList
    const item = list.items.find((one) => one.dossierId === dossierId)
    assert.equal(item?.lookBy, at(lookDay, lookClock), `${day} ${clock}`)
  }
  setClock(at('2026-11-20', '08:30'))
})

test('a supervisor who looks does not stop the two hours', async () => {
  const { dossierId } = await filed()
  const supervisor = await anOfficer(context, {
    agencyId: commune.agencyId,
    unitId: commune.units.leadership,
    role: 'supervisor',
    name: 'Giám sát',
  })
  const { status, body } = await view(dossierId, supervisor)
  assert.equal(status, 200)
  assert.equal(body.watch.seenAt, null)
})

test('a supervisor sees neither answers nor files nor what was marked; the desk does', async () => {
  const { dossierId } = await filed()
  const supervisor = await anOfficer(context, {
    agencyId: commune.agencyId,
    unitId: commune.units.leadership,
    role: 'supervisor',
    name: 'Giám sát nội dung',
  })
  const own = await view(dossierId, commune.reception)
  assert.ok(own.body.filled && own.body.papers.length > 0)
  const { body } = await view(dossierId, supervisor)
  assert.deepEqual([body.filled, body.papers, body.rounds], [null, [], []])
})

test('the authority opens and closes its own front; nobody else does', async () => {
  const admin = await as(commune.admin)
  const before = (await admin.get('/api/filing/fronts')).body as unknown as FrontSettings
  assert.deepEqual(
    before.settings.map(({ agencyId }) => agencyId),
    [commune.agencyId],
  )
  const setting = { ...before.settings[0]?.setting, ownFront: true, openFrom: '2026-01-01', openTo: '2026-12-31' }
  const put = (body: Record<string, unknown>, browser = admin) => browser.send('PUT', '/api/filing/fronts', body)
  assert.equal((await put({ agencyId: commune.agencyId, setting })).status, 200)
  const after = (await admin.get('/api/filing/fronts')).body as unknown as FrontSettings
  assert.equal(after.settings[0]?.setting.ownFront, true)
  assert.equal(after.settings[0]?.changedByName, 'Đỗ Quản Trị')
  assert.equal((await put({ agencyId: other.agencyId, setting })).status, 404)
  assert.equal((await put({ agencyId: commune.agencyId, setting }, await as(commune.reception))).status, 403)
  const wrong = await put({ agencyId: commune.agencyId, setting: { ...setting, openTo: '2025-01-01' } })
  assert.equal(wrong.body['code'], 'wrong-order')
  const nothing = await put({ agencyId: commune.agencyId, setting: { ...setting, procedures: [], fields: [] } })
  assert.equal(nothing.body['code'], 'nothing-chosen')
})
