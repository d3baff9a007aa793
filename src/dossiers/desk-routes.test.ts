import assert from 'node:assert/strict'
import { randomUUID } from 'node:crypto'
import { after, before, test } from 'node:test'
import { createAccount } from '../identity/accounts.ts'
import type { Actor, IdentityContext } from '../identity/index.ts'
import { identityRoutes } from '../identity/routes.ts'
import { aBrowser, GOOD_PASSWORD, testHttp } from '../identity/testing.ts'
import type { Http } from '../platform/http/route.ts'
import { testDatabase, type TestDatabase } from '../platform/testing.ts'
import { closeAgency, createReceivingPoint, forgetReach, recordSuccession } from '../staff/index.ts'
import type { DossierContext } from './commands.ts'
import type { DeskView, DossierPage, IntakeProcedures, MorningView, QueuePage } from './contract.ts'
import { give, takeIn } from './requests.ts'
import { dossierRoutes } from './routes.ts'
import { aCommune, anIntake, aPerson, at, type Commune } from './testing.ts'

let database: TestDatabase<never>
let context: DossierContext
let http: Http
let commune: Commune
let old: Commune
const browsers = new Map<number, ReturnType<typeof aBrowser>>()
const accounts = new Set<string>()

before(async () => {
  database = await testDatabase()
  context = database.context as unknown as DossierContext
  database.setClock(at('2026-11-09', '08:30'))
  commune = await aCommune(context, { name: 'Xã Mới', code: 'H99.01' })
  old = await aCommune(context, { name: 'Xã Cũ', code: 'H99.02' })
  await createReceivingPoint(context.db, {
    agencyId: commune.agencyId,
    unitId: commune.units['one-stop'],
    name: 'Điểm Đoàn Kết',
    validFrom: '2025-07-01',
  })
  const identity = database.context as unknown as IdentityContext
  http = await testHttp(identity, (server) => {
    identityRoutes(server, identity)
    dossierRoutes(server, context)
  })
})
after(async () => {
  await http.close()
  await database.close()
})

async function as(actor: Actor): Promise<ReturnType<typeof aBrowser>> {
  const known = browsers.get(actor.officerId)
  if (known) return known
  const userName = `officer${actor.officerId}`
  const identity = database.context as unknown as IdentityContext
  if (!accounts.has(userName))
    await createAccount(identity, { officerId: actor.officerId, userName, password: GOOD_PASSWORD, demo: true })
  accounts.add(userName)
  const browser = aBrowser(http)
  await browser.signIn(userName)
  browsers.set(actor.officerId, browser)
  return browser
}

const read = async <Reply>(actor: Actor, path: string): Promise<Reply> => {
  const reply = await (await as(actor)).get(path)
  assert.equal(reply.status, 200, JSON.stringify(reply.body))
  return reply.body as Reply
}

async function taken(where: Commune, change: Parameters<typeof anIntake>[2] = {}): Promise<string> {
  const outcome = await takeIn(context, { actor: where.reception, source: 'officer' }, anIntake(context, where, change))
  assert.ok(outcome.ok, JSON.stringify(outcome))
  return outcome.value.dossierId
}

test('the desk tells where an officer may take in, with its receiving points', async () => {
  const desk = await read<DeskView>(commune.reception, '/api/desk?for=intake')
  assert.equal(desk.home, commune.agencyId)
  assert.deepEqual(
    desk.agencies.map(({ name, receivingPoints }) => [name, receivingPoints.map((point) => point.name)]),
    [['Xã Mới', ['Điểm Đoàn Kết']]],
  )
  const leader = await read<DeskView>(commune.leader, '/api/desk?for=intake')
  assert.deepEqual(leader, { home: null, agencies: [] })
  const signedOut = await aBrowser(http).get('/api/desk?for=intake')
  assert.equal(signedOut.status, 401)
})

test('what the counter takes in most stands first, also among what was searched', async () => {
  for (let i = 0; i < 3; i++) await taken(commune, { procedureCode: '1.000894' })
  await taken(commune)
  const path = `/api/intake/procedures?agencyId=${commune.agencyId}`
  const all = await read<IntakeProcedures>(commune.reception, path)
  assert.deepEqual(
    all.items.slice(0, 2).map(({ code, used }) => [code, used]),
    [
      ['1.000894', 3],
      ['1.001193', 1],
    ],
  )
  assert.ok(all.items.length > 20)
  assert.equal((await read<IntakeProcedures>(commune.reception, `${path}&words=1.001193`)).items[0]?.code, '1.001193')
  const words = await read<IntakeProcedures>(commune.reception, `${path}&words=${encodeURIComponent('khai sinh')}`)
  assert.equal(words.items[0]?.code, '1.001193')
  const elsewhere = await (await as(commune.reception)).get(`/api/intake/procedures?agencyId=${old.agencyId}`)
  assert.equal(elsewhere.status, 404)
})

test('nothing searched for gives the newest dossiers of the own agency', async () => {
  database.setClock(at('2026-11-09', '08:40'))
  const newest = await taken(commune, { persons: { applicant: aPerson({ name: 'Lê Thị Mới' }) } })
  await taken(old)
  const reply = await (await as(commune.reception)).send('POST', '/api/search', { q: '', limit: 2 })
  const { items } = reply.body as { items: { dossierId: string; agencyId: number }[] }
  assert.equal(items[0]?.dossierId, newest)
  assert.ok(items.every(({ agencyId }) => agencyId === commune.agencyId))
})

test('the late register names the apology and its new day; what has none is a list of its own', async () => {
  const late = await taken(commune, { procedureCode: '1.001193' })
  const apologised = await taken(commune, { procedureCode: '1.001193' })
  database.setClock(at('2026-11-12', '09:00'))
  browsers.clear() // sessions do not last for days
  const command = {
    type: 'apologise',
    newDay: '2026-11-20',
    cause: 'own-agency',
    details: { reason: 'Chờ xác minh' },
  } as const
  const outcome = await give(
    context,
    { actor: commune.leader, source: 'officer' },
    { agencyId: commune.agencyId, dossierId: apologised, body: { commandId: randomUUID(), version: null, command } },
  )
  assert.ok(outcome.ok, JSON.stringify(outcome))
  const all = await read<DossierPage>(commune.clerk, `/api/dossiers?agencyId=${commune.agencyId}&timeliness=late`)
  const item = all.items.find(({ dossierId }) => dossierId === apologised)
  assert.deepEqual([item?.apology?.newDay, item?.apology?.beforeDue], ['2026-11-20', false])
  assert.match(String(item?.apology?.paper), /\/papers\/apology-\d+\.pdf$/)
  assert.equal(all.total, all.items.length)
  const owed = await read<DossierPage>(commune.clerk, `/api/dossiers?timeliness=late-without-apology`)
  assert.ok(owed.items.some(({ dossierId }) => dossierId === late))
  assert.ok(owed.items.every(({ dossierId }) => dossierId !== apologised))
  assert.equal(owed.total, all.total - 1)
})

test('each number of the morning is the length of the list that it opens', async () => {
  const morning = await read<MorningView>(commune.leader, `/api/morning?agencyId=${commune.agencyId}`)
  const list = (query: string) =>
    read<QueuePage>(commune.leader, `/api/queue?whose=agency&limit=200&agencyId=${commune.agencyId}&${query}`)
  assert.equal((await list('state=overdue')).items.length, morning.counts.late)
  assert.equal((await list('state=today')).items.length, morning.counts.dueToday)
  assert.equal((await list('state=waiting')).items.length, morning.counts.waiting)
  assert.ok(morning.counts.late > 0 && morning.byHolder.length > 0)
  for (const holder of morning.byHolder) {
    const whose = `unitId=${holder.unitId}&holder=${holder.officerId ?? 'none'}`
    assert.equal((await list(whose)).items.length, holder.open)
    assert.equal((await list(`${whose}&state=overdue`)).items.length, holder.late)
  }
  for (const sum of morning.byField)
    assert.equal((await list(`field=${sum.field}&state=overdue`)).items.length, sum.late)
  const owed = await read<DossierPage>(
    commune.leader,
    `/api/dossiers?agencyId=${commune.agencyId}&inherited=true&timeliness=late-without-apology`,
  )
  assert.equal(owed.total, morning.counts.lateWithoutApology)
})

test('a successor reads the register of its predecessor, alone or together', async () => {
  await closeAgency(context.db, old.agencyId, '2026-11-10')
  await recordSuccession(context.db, {
    oldAgencyId: old.agencyId,
    newAgencyId: commune.agencyId,
    kind: 'merge',
    onDay: '2026-11-11',
    answers: true,
  })
  forgetReach()
  const total = async (query: string) => (await read<DossierPage>(commune.clerk, `/api/dossiers?${query}`)).total
  const [own, before, both] = [
    await total(`agencyId=${commune.agencyId}`),
    await total(`agencyId=${old.agencyId}`),
    await total(`agencyId=${commune.agencyId}&inherited=true`),
  ]
  assert.equal(before, 1)
  assert.equal(both, own + before)
  const desk = await read<DeskView>(commune.clerk, '/api/desk?for=register')
  assert.equal(desk.agencies[0]?.hasPredecessors, true)
})
