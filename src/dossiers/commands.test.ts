import assert from 'node:assert/strict'
import { randomUUID } from 'node:crypto'
import { after, before, test } from 'node:test'
import { withScope } from '../platform/db.ts'
import { testDatabase, type TestDatabase } from '../platform/testing.ts'
import type { Actor } from '../identity/index.ts'
import type { CommandInput } from './contract.ts'
import type { DossierContext } from './commands.ts'
import { fold } from './rules/events.ts'
import { toRow, toTasks } from './rules/row.ts'
import { give, takeIn } from './requests.ts'
import { loadEvents, toHappened, type DossierTables } from './store.ts'
import { aCommune, aComponent, anIntake, at, type Commune } from './testing.ts'

let database: TestDatabase<never>
let context: DossierContext
let commune: Commune

before(async () => {
  database = await testDatabase()
  context = database.context as unknown as DossierContext
  database.setClock(at('2026-11-20', '08:30'))
  commune = await aCommune(context)
})
after(() => database.close())

const officer = (actor: Actor) => ({ actor, source: 'officer' as const })

/** Takes in a birth registration and returns a function that gives further commands as somebody at some time. */
async function received(change: Parameters<typeof anIntake>[2] = {}) {
  database.setClock(at('2026-11-20', '08:30'))
  const outcome = await takeIn(context, officer(commune.reception), anIntake(context, commune, change))
  assert.ok(outcome.ok, JSON.stringify(outcome))
  const { dossierId, dossier } = outcome.value
  return {
    dossierId,
    dossier,
    async by(actor: Actor, command: CommandInput, when?: string, version: number | null = null) {
      if (when) database.setClock(when)
      return give(context, officer(actor), {
        agencyId: commune.agencyId,
        dossierId,
        body: { commandId: randomUUID(), version, command },
      })
    },
  }
}

const ok = async <Value>(
  promise: Promise<{ ok: true; value: Value } | { ok: false; refusal: unknown }>,
): Promise<Value> => {
  const result = await promise
  assert.ok(result.ok, JSON.stringify(result))
  return result.value
}
const refused = async (promise: Promise<{ ok: boolean; refusal?: { code: string } }>): Promise<string> => {
  const result = await promise
  assert.ok(!result.ok)
  return result.refusal?.code ?? ''
}
const openKey = (dossier: { open: readonly { key: string; kind: string }[] }, kind: string) =>
  dossier.open.find((step) => step.kind === kind)?.key ?? ''

test('a birth registration is received, examined, supplemented, signed and returned', async () => {
  const { by, dossier } = await received()
  assert.match(dossier.code, /^H99\.01-261120-\d{4}$/)
  assert.equal(dossier.status, 'received')
  let next = (await ok(by(commune.reception, { type: 'forward' }))).dossier
  assert.equal(next.status, 'processing')
  next = (
    await ok(
      by(
        commune.justice,
        { type: 'requestSupplement', details: { reason: 'Giấy chứng sinh mờ' }, componentKeys: [] },
        at('2026-11-20', '10:00'),
      ),
    )
  ).dossier
  assert.equal(next.status, 'awaitingSupplement')
  next = (
    await ok(
      by(
        commune.reception,
        { type: 'acceptSupplement', components: [aComponent(dossier.components[0]?.key ?? '')] },
        at('2026-11-23', '09:00'),
      ),
    )
  ).dossier
  assert.equal(next.status, 'processing')
  const key = openKey(next, 'examine')
  next = (
    await ok(
      by(commune.justice, { type: 'completeStep', key, details: null, resultNumber: null }, at('2026-11-23', '10:00')),
    )
  ).dossier
  next = (
    await ok(
      by(commune.leader, {
        type: 'signResult',
        key: openKey(next, 'sign'),
        outcome: 'granted',
        documentNumber: '15/2026',
        signedOn: '2026-11-23',
        fileId: null,
        electronic: false,
        details: null,
      }),
    )
  ).dossier
  assert.equal(next.status, 'resultSigned')
  if (openKey(next, 'register')) {
    next = (
      await ok(
        by(commune.clerk, { type: 'completeStep', key: openKey(next, 'register'), details: null, resultNumber: null }),
      )
    ).dossier
  }
  if (next.feeDue > 0)
    next = (await ok(by(commune.reception, { type: 'collectFee', method: 'cash', receiptNumber: '0001' }))).dossier
  next = (
    await ok(by(commune.reception, { type: 'returnResult', delivery: 'counter', recipient: null, details: null }))
  ).dossier
  assert.equal(next.status, 'returned')
  assert.deepEqual(next.open, [])
})

test('the row and the open work equal what the log makes of them', async () => {
  const { by, dossierId } = await received()
  await ok(by(commune.reception, { type: 'forward' }))
  await withScope(context.db, { agencies: [commune.agencyId] }, async (tx) => {
    const dossier = fold((await loadEvents(tx, commune.agencyId, dossierId)).map(toHappened))
    assert.ok(dossier)
    const row = await tx
      .selectFrom('dossiers.dossier')
      .selectAll()
      .where('dossier_id', '=', dossierId)
      .executeTakeFirstOrThrow()
    for (const [column, value] of Object.entries(toRow(dossier)))
      assert.deepEqual(row[column as keyof typeof row], value, column)
    const tasks = await tx.selectFrom('dossiers.task').selectAll().where('dossier_id', '=', dossierId).execute()
    assert.deepEqual(
      tasks.map(({ key, unit_id, sort_at }) => ({ key, unit_id, sort_at })),
      toTasks(dossier).map(({ key, unit_id, sort_at }) => ({ key, unit_id, sort_at })),
    )
  })
})

test('a repeated request happens once', async () => {
  const body = anIntake(context, commune)
  const outcomes = await Promise.all([1, 2, 3].map(() => ok(takeIn(context, officer(commune.reception), body))))
  assert.equal(new Set(outcomes.map(({ dossierId }) => dossierId)).size, 1)
  assert.equal(outcomes.filter(({ repeated }) => !repeated).length, 1)
})

test('codes of a day have no gap and no double, also when many come at once and some are refused', async () => {
  database.setClock(at('2026-11-19', '09:00'))
  const bodies = Array.from({ length: 60 }, (_, index) =>
    anIntake(context, commune, index % 7 === 3 ? { caseKey: 'khong-co' } : {}),
  )
  const outcomes = await Promise.all(bodies.map((body) => takeIn(context, officer(commune.reception), body)))
  const numbers = outcomes
    .flatMap((outcome) => (outcome.ok ? [Number(outcome.value.dossier.code.slice(-4))] : []))
    .toSorted((a, b) => a - b)
  assert.deepEqual(
    numbers,
    numbers.map((_, index) => index + 1),
  )
  assert.equal(numbers.length, bodies.filter(({ caseKey }) => caseKey !== 'khong-co').length)
})

test('two officers at once: one wins, the other is told what changed', async () => {
  const { by, dossier } = await received()
  const both = await Promise.all([
    by(commune.reception, { type: 'forward' }, undefined, dossier.version),
    by(commune.reception, { type: 'withdraw', details: { reason: 'Người nộp xin rút' } }, undefined, dossier.version),
  ])
  assert.equal(both.filter(({ ok: won }) => won).length, 1)
  const lost = both.find(({ ok: won }) => !won)
  assert.ok(lost && !lost.ok)
  assert.equal(lost.refusal.code, 'changed-meanwhile')
})

test('each acts only in the own post, and what is not yours is not there', async () => {
  const { by } = await received()
  assert.equal(await refused(by(commune.leader, { type: 'forward' })), 'not-your-task')
  assert.equal(await refused(by(commune.admin, { type: 'forward' })), 'not-found')
  const other = await aCommune(context, { name: 'Xã Khác', code: 'H99.02' })
  assert.equal(await refused(by(other.reception, { type: 'forward' })), 'not-found')
  assert.equal(await refused(by(other.leader, { type: 'forward' })), 'not-found')
})

test('a supplement is asked for once while the dossier is processed', async () => {
  const { by } = await received()
  await ok(by(commune.reception, { type: 'forward' }))
  await ok(by(commune.justice, { type: 'requestSupplement', details: { reason: 'Thiếu' }, componentKeys: [] }))
  await ok(by(commune.reception, { type: 'acceptSupplement', components: [] }, at('2026-11-23', '08:00')))
  assert.equal(
    await refused(
      by(commune.justice, { type: 'requestSupplement', details: { reason: 'Thiếu nữa' }, componentKeys: [] }),
    ),
    'supplement-already-requested',
  )
})

test('a supplement asked for before forwarding comes back to the desk, which then forwards', async () => {
  const { by } = await received()
  await ok(by(commune.reception, { type: 'requestSupplement', details: { reason: 'Thiếu' }, componentKeys: [] }))
  const back = await ok(by(commune.reception, { type: 'acceptSupplement', components: [] }, at('2026-11-23', '08:00')))
  assert.equal(back.dossier.status, 'received')
  assert.ok(openKey(back.dossier, 'forward'))
  const { dossier } = await ok(by(commune.reception, { type: 'forward' }, at('2026-11-23', '09:00')))
  assert.equal(dossier.status, 'processing')
})

test('the log takes no change and no deletion from the application', async () => {
  const { dossierId } = await received()
  for (const statement of ['update dossiers.event set type = type', 'delete from dossiers.event']) {
    await assert.rejects(
      withScope(context.db, { agencies: [commune.agencyId] }, (tx) =>
        tx.executeQuery({
          sql: `${statement} where dossier_id = '${dossierId}'`,
          parameters: [],
          query: { kind: 'RawNode', sqlFragments: [], parameters: [] },
          queryId: { queryId: 'x' },
        } as never),
      ),
      /permission denied/,
    )
  }
})

test('a forgotten condition leaks nothing: row-level security stands behind the query', async () => {
  await received()
  const other = await aCommune(context, { name: 'Xã Thứ Ba', code: 'H99.03' })
  const tables = [
    'dossiers.dossier',
    'dossiers.event',
    'dossiers.person',
    'dossiers.note',
    'dossiers.task',
    'dossiers.name',
    'dossiers.counter',
  ] as const satisfies (keyof DossierTables)[]
  for (const table of tables) {
    const seen = await withScope(context.db, { agencies: [other.agencyId] }, (tx) =>
      tx.selectFrom(table).selectAll().execute(),
    )
    assert.deepEqual(seen, [], table)
    assert.deepEqual(await context.db.selectFrom(table).selectAll().execute(), [], `${table} without a scope`)
  }
})
