import assert from 'node:assert/strict'
import { randomUUID } from 'node:crypto'
import { execFile } from 'node:child_process'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { after, before, beforeEach, test } from 'node:test'
import { closeRenderer } from '../../documents/index.ts'
import { give, readDossier, takeIn, type CommandInput } from '../../dossiers/index.ts'
import { aCommune, anIntake, at, type Commune } from '../../dossiers/testing.ts'
import { createAccount } from '../../identity/accounts.ts'
import type { Actor, IdentityContext } from '../../identity/index.ts'
import { identityRoutes } from '../../identity/routes.ts'
import { aBrowser, GOOD_PASSWORD, testHttp } from '../../identity/testing.ts'
import { dayOf } from '../../platform/day.ts'
import type { Http } from '../../platform/http/route.ts'
import { testDatabase, type TestDatabase } from '../../platform/testing.ts'
import type { PostView } from './contract.ts'
import type { NationalContext } from './national.ts'
import { insertPartner } from './partner-store.ts'
import { makeKey } from './partners.ts'
import { postRoutes } from './post-routes.ts'
import { code128 } from './rules/code128.ts'
import { latest } from './rules/shipment.ts'
import { openSandboxCarrier } from './sandbox-carrier.ts'
import { carryShipments, shipmentsOf, type PostContext } from './shipments.ts'

let database: TestDatabase<never>
let context: PostContext & NationalContext
let http: Http
let commune: Commune
let other: Commune
let carrier: ReturnType<typeof openSandboxCarrier>
let now: number
const browsers = new Map<Actor, ReturnType<typeof aBrowser>>()

const setNow = (moment: string | number) => {
  now = new Date(moment).getTime()
  database.setClock(new Date(moment).toISOString())
}
/** Sessions end when hours go by: everybody signs in again. */
const later = (minutes: number) => {
  setNow(now + minutes * 60_000)
  browsers.clear()
}

before(async () => {
  database = await testDatabase()
  context = database.context as unknown as PostContext & NationalContext
  setNow(at('2026-11-20', '08:30'))
  commune = await aCommune(context)
  other = await aCommune(context, { name: 'Xã Khác', code: 'H99.02' })
  const identity = database.context as unknown as IdentityContext
  http = await testHttp(identity, (server) => {
    identityRoutes(server, identity)
    postRoutes(server, context)
  })
  const target = await http.listen({ port: 0, host: '127.0.0.1' })
  const moment = context.clock()
  await insertPartner(context.db, {
    partner_id: 'buu-dien',
    kind: 'post',
    name: 'Bưu điện thử',
    address: null,
    enabled: true,
    made_at: moment,
    made_by: null,
    changed_at: moment,
    changed_by: null,
  })
  const key = await makeKey(context, { partnerId: 'buu-dien', by: null })
  carrier = openSandboxCarrier({ key: { partnerId: 'buu-dien', ...key }, target, clock: () => now })
  const address = await carrier.listen()
  await database.ownerPool.query('update portal.partner set address = $1', [address])
})
after(async () => {
  await carrier.close()
  await http.close()
  await closeRenderer()
  await database.close()
})
beforeEach(() => carrier.behave('good'))

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

async function setting(returnByItself: boolean): Promise<void> {
  const reply = await (
    await as(commune.admin)
  ).send('PUT', '/api/exchange/post/settings', {
    agencyId: commune.agencyId,
    partnerId: 'buu-dien',
    senderName: 'Ủy ban nhân dân xã Mẫu',
    senderAddress: 'Thôn Đông, xã Mẫu',
    senderPhone: '02283870000',
    returnByItself,
  })
  assert.equal(reply.status, 200, JSON.stringify(reply.body))
}

async function act(actor: Actor, dossierId: string, command: CommandInput): Promise<void> {
  const outcome = await give(
    context,
    { actor, source: 'officer' },
    { agencyId: commune.agencyId, dossierId, body: { commandId: randomUUID(), version: null, command } },
  )
  assert.ok(outcome.ok, JSON.stringify(outcome))
}

const ADDRESS = 'Số 1, ngõ 2, thôn Đoài, xã Mẫu, tỉnh Mẫu'

/** A dossier whose result is to go by post, as far as the signature unless told otherwise. */
async function aDossier({ delivery = 'post' as const, signed = true } = {}): Promise<string> {
  const intake = anIntake(context, commune, { delivery, deliveryAddress: delivery === 'post' ? ADDRESS : '' })
  const taken = await takeIn(context, { actor: commune.reception, source: 'officer' }, intake)
  assert.ok(taken.ok, JSON.stringify(taken))
  const { dossierId } = taken.value
  if (!signed) return dossierId
  await act(commune.reception, dossierId, { type: 'forward' })
  for (let steps = 0; steps < 8; steps++) {
    const opened = await readDossier(context, commune.agencyId, dossierId)
    const step = opened?.dossier.open[0]
    if (!step || step.kind === 'return') break
    const key = step.key
    if (step.kind === 'sign')
      await act(commune.leader, dossierId, {
        type: 'signResult',
        key,
        outcome: 'granted',
        documentNumber: '12/KS',
        signedOn: dayOf(context.clock()),
        fileId: null,
        electronic: false,
        details: null,
      })
    else
      await act(step.unitId === commune.units.justice ? commune.justice : commune.clerk, dossierId, {
        type: 'completeStep',
        key,
        details: null,
        resultNumber: null,
      })
  }
  const opened = await readDossier(context, commune.agencyId, dossierId)
  assert.equal(opened?.dossier.status, 'resultSigned')
  assert.equal(opened?.dossier.open[0]?.kind, 'return')
  return dossierId
}

const recipient = { name: 'Nguyễn Văn An', phone: '0912345678', address: ADDRESS }
const ship = async (dossierId: string, change: Record<string, unknown> = {}, actor = commune.reception) =>
  (await as(actor)).post(`/api/dossiers/${dossierId}/shipments`, { commandId: randomUUID(), recipient, ...change })
const view = async (dossierId: string, actor = commune.reception) =>
  (await (await as(actor)).get(`/api/dossiers/${dossierId}/shipments`)).body as unknown as PostView
const statusOf = async (dossierId: string) => (await readDossier(context, commune.agencyId, dossierId))?.dossier.status

test('a carrier must be chosen first', async () => {
  const dossierId = await aDossier()
  const reply = await ship(dossierId)
  assert.deepEqual([reply.status, reply.body['code']], [409, 'no-carrier'])
  await setting(false)
})

test('the result goes by post: number, label with barcode and QR, the address of the applicant', async () => {
  const dossierId = await aDossier()
  const before = await view(dossierId)
  assert.equal(before.mayShip, true)
  assert.equal(before.suggested?.address, ADDRESS)
  const reply = await ship(dossierId)
  assert.equal(reply.status, 201, JSON.stringify(reply.body))
  const [shipment] = (await view(dossierId)).shipments
  assert.equal(shipment?.state, 'created')
  assert.match(shipment?.number ?? '', /^EB\d{9}VN$/)
  assert.deepEqual(carrier.parcels.get(shipment?.number ?? '')?.order['recipient'], recipient)
  const browser = await as(commune.reception)
  const label = await http.inject({
    url: `/api/dossiers/${dossierId}/shipments/${shipment?.shipmentId}/label.pdf`,
    headers: { cookie: [...browser.cookies].map(([name, value]) => `${name}=${value}`).join('; ') },
  })
  assert.equal(label.statusCode, 200)
  const dir = mkdtempSync(join(tmpdir(), 'label-'))
  try {
    const run = promisify(execFile)
    writeFileSync(join(dir, 'label.pdf'), label.rawPayload)
    await run('pdftoppm', ['-r', '200', '-png', '-singlefile', join(dir, 'label.pdf'), join(dir, 'label')])
    const { stdout } = await run('zbarimg', ['-q', join(dir, 'label.png')])
    assert.ok(stdout.includes(`CODE-128:${shipment?.number}`), stdout)
    assert.ok(stdout.includes(`QR-Code:${shipment?.number}`), stdout)
  } finally {
    rmSync(dir, { recursive: true })
  }
  const { rows } = await database.ownerPool.query<{ recipient: Buffer }>('select recipient from portal.shipment')
  assert.ok(rows.every((row) => !row.recipient.toString('latin1').includes('0912345678')))
})

test('the same order twice, ten at once, and an answer lost on the way are one parcel', async () => {
  const dossierId = await aDossier()
  const commandId = randomUUID()
  const parcels = carrier.parcels.size
  carrier.behave('lose-answer')
  assert.equal((await ship(dossierId, { commandId })).status, 201)
  assert.equal((await view(dossierId)).shipments[0]?.state, 'asked')
  carrier.behave('good')
  later(3)
  await Promise.all([carryShipments(context), carryShipments(context)])
  assert.equal((await view(dossierId)).shipments[0]?.state, 'created')
  assert.equal((await ship(dossierId, { commandId })).status, 201)
  assert.equal(carrier.parcels.size, parcels + 1)
  const another = await ship(dossierId)
  assert.deepEqual([another.status, another.body['code']], [409, 'shipment-open'])
  const second = await aDossier()
  const many = await Promise.all(Array.from({ length: 10 }, () => ship(second)))
  assert.equal(many.filter(({ status }) => status === 201).length, 1)
  assert.equal((await view(second)).shipments.length, 1)
})

test('a carrier that is down is asked again later', async () => {
  const dossierId = await aDossier()
  carrier.behave('down')
  await ship(dossierId)
  const [waiting] = (await view(dossierId)).shipments
  assert.deepEqual([waiting?.state, waiting?.number, waiting?.lastCode], ['asked', null, 'http-503'])
  carrier.behave('good')
  await carryShipments(context)
  assert.equal((await view(dossierId)).shipments[0]?.state, 'asked', 'not before its time')
  later(1)
  await carryShipments(context)
  assert.equal((await view(dossierId)).shipments[0]?.state, 'created')
})

test('what the carrier tells comes twice, late and in any order; the parcel is where it is', async () => {
  const dossierId = await aDossier()
  await ship(dossierId)
  const number = (await view(dossierId)).shipments[0]?.number ?? ''
  const events = (['taken', 'under-way', 'failed-attempt', 'under-way', 'delivered'] as const).map((state) => {
    later(60)
    return carrier.happen(number, state)
  })
  const [taken, first, failed, second, delivered] = events
  assert.equal(await carrier.tell([first, first] as object[]), 200)
  assert.equal((await view(dossierId)).shipments[0]?.state, 'under-way')
  await Promise.all([
    carrier.tell([taken] as object[]),
    carrier.tell([failed] as object[]),
    carrier.tell([failed] as object[]),
  ])
  assert.equal((await view(dossierId)).shipments[0]?.state, 'failed-attempt')
  assert.equal(await statusOf(dossierId), 'resultSigned', 'not handed over before the carrier says so')
  await carrier.tell([delivered] as object[])
  await carrier.tell([second] as object[])
  const shown = await view(dossierId)
  assert.equal(shown.shipments[0]?.state, 'delivered')
  assert.equal(shown.shipments[0]?.events.length, 5)
  assert.equal(shown.proposeReturn, true, 'an officer is asked to end it')
  assert.equal(await statusOf(dossierId), 'resultSigned')
})

test('where the agency has it so, the carrier’s word ends the dossier, once', async () => {
  await setting(true)
  const dossierId = await aDossier()
  await ship(dossierId)
  const number = (await view(dossierId)).shipments[0]?.number ?? ''
  later(60)
  carrier.happen(number, 'taken')
  later(600)
  const delivered = carrier.happen(number, 'delivered')
  // No webhook arrived: the parcel is asked after.
  await carryShipments(context)
  assert.equal(await statusOf(dossierId), 'returned')
  await Promise.all([carrier.tell([delivered]), carrier.tell([delivered])])
  const opened = await readDossier(context, commune.agencyId, dossierId)
  assert.equal(opened?.events.filter(({ type }) => type === 'resultReturned').length, 1)
  assert.equal(opened?.events.at(-1)?.source, 'system')
  const told = await shipmentsOf(context, { agencyId: commune.agencyId, dossierId })
  assert.equal(told[0]?.state, 'delivered')
  assert.ok(!JSON.stringify(told).includes('Nguyễn'), 'the tracking page learns of no person')
  await setting(false)
})

test('forged, foreign and impossible tidings change nothing', async () => {
  const dossierId = await aDossier()
  await ship(dossierId)
  const number = (await view(dossierId)).shipments[0]?.number ?? ''
  const event = { number, eventId: 'x1', state: 'delivered', at: new Date(now).toISOString(), place: '' }
  assert.equal(await carrier.tell([event], { secret: 'khác' }), 401)
  await carrier.tell([{ ...event, at: new Date(now + 86_400_000).toISOString() }])
  await carrier.tell([{ ...event, at: '2026-01-01T00:00:00Z' }])
  await carrier.tell([{ ...event, number: 'EB999999999VN' }])
  assert.equal(await carrier.tell([{ ...event, state: 'da-giao' }]), 400)
  assert.equal(await carrier.tell([{ ...event, number: '<script>' }]), 400)
  assert.equal((await view(dossierId)).shipments[0]?.state, 'created')
})

test('called off before it was fetched, and not after', async () => {
  const dossierId = await aDossier()
  await ship(dossierId)
  const first = (await view(dossierId)).shipments[0]
  const browser = await as(commune.reception)
  const cancel = (shipmentId = '') =>
    browser.send('DELETE', `/api/dossiers/${dossierId}/shipments/${shipmentId}`, undefined)
  assert.equal((await cancel(first?.shipmentId)).status, 200)
  assert.equal((await cancel(first?.shipmentId)).status, 409)
  later(1)
  await ship(dossierId)
  const second = (await view(dossierId)).shipments[1]
  later(10)
  await carrier.tell([carrier.happen(second?.number ?? '', 'taken')])
  const late = await cancel(second?.shipmentId)
  assert.deepEqual([late.status, late.body['code']], [409, 'not-cancellable'])
  // What is told of the parcel that was called off does not bring it back.
  await carrier.tell([{ ...carrier.happen(first?.number ?? '', 'taken') }])
  assert.equal((await view(dossierId)).shipments[0]?.state, 'cancelled')
})

test('only what is ready and wanted by post, and only by who hands results over', async () => {
  const early = await aDossier({ signed: false })
  assert.equal((await ship(early)).body['code'], 'not-ready')
  const desk = await aDossier({ delivery: 'counter' as never })
  assert.equal((await ship(desk)).body['code'], 'not-by-post')
  const dossierId = await aDossier()
  assert.equal((await ship(dossierId, {}, commune.justice)).status, 403)
  assert.equal((await ship(dossierId, {}, other.reception)).status, 404)
  assert.equal((await view(dossierId, commune.justice)).mayShip, false)
  assert.equal((await (await as(other.reception)).get(`/api/dossiers/${dossierId}/shipments`)).status, 404)
  assert.equal((await ship(dossierId, { recipient: { ...recipient, address: '' } })).status, 400)
  const wrong = await (
    await as(commune.admin)
  ).send('PUT', '/api/exchange/post/settings', {
    agencyId: other.agencyId,
    partnerId: null,
    senderName: 'x',
    senderAddress: 'x',
    senderPhone: '',
    returnByItself: false,
  })
  assert.equal(wrong.status, 404)
})

test('the latest happening says where a parcel is, and handed over is handed over', () => {
  const told = (state: never, moment: string) => ({ eventId: moment, state, at: moment })
  assert.equal(latest([]), undefined)
  const way = [told('taken' as never, '1'), told('under-way' as never, '3'), told('failed-attempt' as never, '2')]
  assert.equal(latest(way)?.state, 'under-way')
  assert.equal(latest([...way, told('delivered' as never, '2')])?.state, 'delivered')
  assert.equal(code128('é'), undefined)
})
