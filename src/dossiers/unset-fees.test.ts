import assert from 'node:assert/strict'
import { randomUUID } from 'node:crypto'
import { after, before, test } from 'node:test'
import { feeKey, setFeeAmount } from '../catalogue/index.ts'
import { readCatalogueData } from '../catalogue/data.ts'
import type { Actor } from '../identity/index.ts'
import type { Day } from '../platform/day.ts'
import { testDatabase, type TestDatabase } from '../platform/testing.ts'
import type { DossierContext } from './commands.ts'
import type { CommandInput, DossierView, IntakeBody } from './contract.ts'
import { rebuildRows } from './rebuild.ts'
import { give, takeIn } from './requests.ts'
import { aCommune, anIntake, at, type Commune } from './testing.ts'
import { verifyLog } from './verify.ts'
import { readDossier, viewDossier } from './view.ts'

let database: TestDatabase<never>
let context: DossierContext

before(async () => {
  database = await testDatabase()
  context = database.context as unknown as DossierContext
  database.setClock(at('2026-11-20', '08:30'))
})
after(() => database.close())

const BIRTH = '1.001193'
const FEE = 'Lệ phí đăng ký khai sinh quá hạn'
const RESOLUTION = 'Nghị quyết số 12/2025/NQ-HĐND'

let communes = 10
/** An authority of its own for each test: what is entered there is known nowhere else. */
const anAuthority = (): Promise<Commune> => {
  communes += 1
  return aCommune(context, { name: `Xã Số ${communes}`, code: `H99.${communes}` })
}

/** Filed online with a fee of the province; the desk has not looked at it. */
async function lodged(commune: Commune, change: Partial<IntakeBody> = {}): Promise<string> {
  const intake = anIntake(context, commune, {
    channel: 'online',
    caseKey: 'late',
    decision: { type: 'none' },
    ...change,
  })
  const taken = await takeIn(context, { actor: null, source: 'citizen' }, intake)
  assert.ok(taken.ok, JSON.stringify(taken))
  return taken.value.dossierId
}

const opened = async ({ agencyId }: Commune, dossierId: string) =>
  (await readDossier(context, agencyId, dossierId)) ?? assert.fail()

const seenBy = async (commune: Commune, actor: Actor, dossierId: string): Promise<DossierView['fee']> =>
  (await viewDossier(context, actor, await opened(commune, dossierId))).fee

const feeAt = async (commune: Commune, caseKey: string): Promise<DossierView['fee']> =>
  seenBy(commune, commune.reception, await lodged(commune, { caseKey }))

async function setTo({ agencyId }: Commune, amount: number, validFrom: Day = '2025-07-01'): Promise<void> {
  const versions = readCatalogueData().versions as {
    code: string
    cases: { key: string; fees: Parameters<typeof feeKey>[1][] }[]
  }[]
  const late = versions.findLast(({ code }) => code === BIRTH)?.cases.find(({ key }) => key === 'late')
  const rule = late?.fees[0] ?? assert.fail()
  const given = { agencyId, code: BIRTH, feeKey: feeKey('late', rule), validFrom, basis: RESOLUTION }
  assert.ok((await setFeeAmount(context.db, { ...given, amount })).ok)
}

const command = (
  { agencyId }: Commune,
  dossierId: string,
  { actor, command: asked, commandId = randomUUID() }: { actor: Actor; command: CommandInput; commandId?: string },
) =>
  give(
    context,
    { actor, source: 'officer' },
    { agencyId, dossierId, body: { commandId, version: null, command: asked } },
  )

const recount = (commune: Commune, dossierId: string, actor = commune.reception, commandId = randomUUID()) =>
  command(commune, dossierId, { actor, command: { type: 'recountFees' }, commandId })

/** The code of the refusal; nothing when it was done. */
async function refusedAs(outcome: ReturnType<typeof recount>): Promise<string> {
  const known = await outcome
  return known.ok ? '' : known.refusal.code
}

test('an amount of the province that nobody entered is told, and is not free', async () => {
  const commune = await anAuthority()
  const fee = await feeAt(commune, 'late')
  assert.deepEqual([fee.unset, fee.recount], [[FEE], { state: 'missing', lines: [], mayRecount: false }])
  const free = await feeAt(commune, 'on-time')
  assert.deepEqual([free.unset, free.recount], [[], null], 'free by law')
})

test('entered, also as nothing, it is known, and the line names what sets it', async () => {
  const asked = await anAuthority()
  await setTo(asked, 8000)
  const fee = await feeAt(asked, 'late')
  assert.deepEqual([fee.due, fee.unset, fee.recount], [8000, [], null])
  assert.deepEqual(fee.lines, [{ name: FEE, amount: 8000, basis: RESOLUTION }])
  const free = await anAuthority()
  await setTo(free, 0)
  assert.deepEqual((await feeAt(free, 'late')).unset, [])
})

test('entered later, the desk counts again: the amount, what sets it, an entry of the log, rows and seals that hold', async () => {
  const commune = await anAuthority()
  const dossierId = await lodged(commune)
  assert.equal(await refusedAs(recount(commune, dossierId)), 'no-fee-to-recount')
  await setTo(commune, 8000)
  const lines = [{ name: FEE, amount: 8000, basis: RESOLUTION }]
  const before = await seenBy(commune, commune.reception, dossierId)
  assert.deepEqual([before.due, before.recount], [0, { state: 'entered', lines, mayRecount: true }])

  const outcome = await recount(commune, dossierId)
  assert.ok(outcome.ok, JSON.stringify(outcome))
  const now = await opened(commune, dossierId)
  assert.deepEqual(
    now.events.map(({ type }) => type),
    ['lodged', 'feesRecounted'],
  )
  const view = await viewDossier(context, commune.reception, now)
  assert.deepEqual([view.fee.due, view.fee.lines, view.fee.unset, view.fee.recount], [8000, lines, [], null])
  assert.deepEqual(view.timeline.at(-1)?.event['fees'], [{ ...lines[0], kind: 'charge' }])
  const row = () => database.ownerPool.query('select fee_due from dossiers.dossier where dossier_id = $1', [dossierId])
  assert.deepEqual((await row()).rows, [{ fee_due: 8000 }])
  await rebuildRows(context, { agencyId: commune.agencyId })
  assert.deepEqual((await row()).rows, [{ fee_due: 8000 }])
})

test('twice at once, or the same command again: counted once', async () => {
  const commune = await anAuthority()
  const dossierId = await lodged(commune)
  await setTo(commune, 8000)
  const commandId = randomUUID()
  const codes = await Promise.all([
    refusedAs(recount(commune, dossierId, commune.reception, commandId)),
    refusedAs(recount(commune, dossierId)),
  ])
  assert.deepEqual(codes.toSorted(), ['', 'no-fee-to-recount'])
  if (codes[0] === '') assert.equal(await refusedAs(recount(commune, dossierId, commune.reception, commandId)), '')
  const { dossier, events } = await opened(commune, dossierId)
  assert.deepEqual([dossier.feeDue, events.length], [8000, 2])
})

test('only the desk of its own authority counts again', async () => {
  const commune = await anAuthority()
  const other = await anAuthority()
  const dossierId = await lodged(commune)
  await setTo(commune, 8000)
  for (const actor of [commune.justice, commune.leader, commune.clerk]) {
    assert.equal((await seenBy(commune, actor, dossierId)).recount?.mayRecount, false, actor.name)
    assert.equal(await refusedAs(recount(commune, dossierId, actor)), 'not-your-task', actor.name)
  }
  for (const actor of [commune.admin, other.reception])
    assert.equal(await refusedAs(recount(commune, dossierId, actor)), 'not-found', actor.name)
  assert.equal(await refusedAs(recount(commune, dossierId)), '')
})

test('an amount that holds only after the day of lodging changes nothing, until the resolution of that day is entered too', async () => {
  const commune = await anAuthority()
  const dossierId = await lodged(commune)
  await setTo(commune, 9000, '2026-11-21')
  assert.equal(await refusedAs(recount(commune, dossierId)), 'no-fee-to-recount')
  await setTo(commune, 8000)
  assert.equal(await refusedAs(recount(commune, dossierId)), '')
  assert.equal((await opened(commune, dossierId)).dossier.feeDue, 8000)
})

test('whoever is exempt stays so; set to nothing there is nothing to count', async () => {
  const commune = await anAuthority()
  const exempt = await lodged(commune, { exemptions: ['poor-household'] })
  await setTo(commune, 8000)
  assert.equal((await seenBy(commune, commune.reception, exempt)).recount, null)
  assert.equal(await refusedAs(recount(commune, exempt)), 'no-fee-to-recount')
  const free = await anAuthority()
  const dossierId = await lodged(free)
  await setTo(free, 0)
  assert.equal((await seenBy(free, free.reception, dossierId)).recount, null)
  assert.equal(await refusedAs(recount(free, dossierId)), 'no-fee-to-recount')
})

test('a dossier that ended is not counted again, and says so', async () => {
  const commune = await anAuthority()
  const refused = await lodged(commune)
  const withdrawn = await lodged(commune)
  const details = { reason: 'Không thuộc thẩm quyền', basis: 'Luật Hộ tịch, Điều 13' }
  const by = { actor: commune.reception }
  assert.ok((await command(commune, refused, { ...by, command: { type: 'refuseReceipt', details } })).ok)
  assert.ok((await command(commune, withdrawn, { ...by, command: { type: 'withdraw', details } })).ok)
  await setTo(commune, 8000)
  for (const dossierId of [refused, withdrawn]) {
    const { recount: told } = await seenBy(commune, commune.reception, dossierId)
    assert.deepEqual(told, { state: 'final', lines: [], mayRecount: false })
    assert.equal(await refusedAs(recount(commune, dossierId)), 'not-allowed-now')
  }
})

test('the log of all of it is whole', async () => {
  const report = await verifyLog(context)
  assert.deepEqual(report.findings, [])
})
