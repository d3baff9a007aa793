import assert from 'node:assert/strict'
import { randomUUID } from 'node:crypto'
import { after, before, test } from 'node:test'
import { testDatabase, type TestDatabase } from '../platform/testing.ts'
import type { DossierContext } from './commands.ts'
import { rebuildRows } from './rebuild.ts'
import { give, takeIn } from './requests.ts'
import { aCommune, anIntake, at, type Commune } from './testing.ts'
import { verifyLog } from './verify.ts'

let database: TestDatabase<never>
let context: DossierContext
let commune: Commune
let dossiers: string[]

before(async () => {
  database = await testDatabase()
  context = database.context as unknown as DossierContext
  database.setClock(at('2026-11-20', '08:30'))
  commune = await aCommune(context)
  dossiers = []
  const giver = { actor: commune.reception, source: 'officer' } as const
  for (const far of [false, true, true]) {
    const taken = await takeIn(context, giver, anIntake(context, commune))
    assert.ok(taken.ok)
    const { dossierId } = taken.value
    dossiers.push(dossierId)
    if (!far) continue
    const body = { commandId: randomUUID(), version: null, command: { type: 'forward' } as const }
    assert.ok((await give(context, giver, { agencyId: commune.agencyId, dossierId, body })).ok)
  }
})
after(() => database.close())

const everything = async () => {
  const all = await Promise.all(
    ['dossier', 'task', 'participant'].map((table) =>
      database.ownerPool.query(`select * from dossiers.${table} order by agency_id, dossier_id`),
    ),
  )
  return all.map(({ rows }) => rows as unknown[])
}

test('rows, open work and taking part are made anew from the log as they were', async () => {
  const before = await everything()
  assert.deepEqual(await rebuildRows(context), { agencies: 1, dossiers: 3, rebuilt: 0, damaged: [] })
  const change = (text: string, index: number) => database.ownerPool.query(text, [dossiers[index]])
  await change(`delete from dossiers.dossier where dossier_id = $1`, 0)
  await change(`delete from dossiers.task where dossier_id = $1`, 0)
  await change(`update dossiers.dossier set due_current = now(), code = 'H99.01-000000-0001' where dossier_id = $1`, 1)
  await change(`update dossiers.task set kind = 'sign', key = 'sign' where dossier_id = $1`, 2)
  assert.equal(new Set((await verifyLog(context)).findings.map(({ dossierId }) => dossierId)).size, 3)
  assert.deepEqual(await rebuildRows(context, { agencyId: commune.agencyId }), {
    agencies: 1,
    dossiers: 3,
    rebuilt: 3,
    damaged: [],
  })
  assert.deepEqual(await everything(), before)
  assert.deepEqual((await verifyLog(context)).findings, [])
})

test('a log that was tampered with is not taken for the truth', async () => {
  const [dossierId = ''] = dossiers
  const { rows } = await database.ownerPool.query<{ body: unknown }>(
    `select body from dossiers.event where dossier_id = $1 and type = 'received'`,
    [dossierId],
  )
  const write = (body: unknown) =>
    database.ownerPool.query(`update dossiers.event set body = $2 where dossier_id = $1 and type = 'received'`, [
      dossierId,
      JSON.stringify(body),
    ])
  const before = await everything()
  await write({ ...(rows[0]?.body as object), dueAt: '2027-01-01T10:00:00.000Z' })
  const report = await rebuildRows(context)
  assert.deepEqual(report.damaged, [{ agencyId: commune.agencyId, dossierId }])
  assert.equal(report.rebuilt, 0)
  assert.deepEqual(await everything(), before)
  await write(rows[0]?.body)
  assert.deepEqual((await rebuildRows(context)).damaged, [])
})
