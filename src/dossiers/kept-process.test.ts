import assert from 'node:assert/strict'
import { randomUUID } from 'node:crypto'
import { after, before, test } from 'node:test'
import { getVersion } from '../catalogue/index.ts'
import { dayOf } from '../platform/day.ts'
import { testDatabase, type TestDatabase } from '../platform/testing.ts'
import { allSteps, defaultProcess, saveProcess, type Process } from '../workflow/index.ts'
import type { DossierContext } from './commands.ts'
import type { CommandInput } from './contract.ts'
import { keepProcess, keptProcess, processHash } from './kept-process.ts'
import { planOf } from './plan.ts'
import { give, takeIn } from './requests.ts'
import type { Dossier } from './rules/events.ts'
import { aCommune, anIntake, at, type Commune } from './testing.ts'
import { verifyLog } from './verify.ts'
import { readDossier } from './view.ts'

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

async function received(): Promise<{ dossierId: string; dossier: Dossier }> {
  const taken = await takeIn(context, { actor: commune.reception, source: 'officer' }, anIntake(context, commune))
  assert.ok(taken.ok, JSON.stringify(taken))
  return taken.value
}

const by = (actor: Commune['reception'], dossierId: string, command: CommandInput) =>
  give(
    context,
    { actor, source: 'officer' },
    { agencyId: commune.agencyId, dossierId, body: { commandId: randomUUID(), version: null, command } },
  )

/** The steps as the dossier's page, its forms and its commands see them. */
async function stepsOf({ dossierId }: { dossierId: string }): Promise<string[]> {
  const opened = await readDossier(context, commune.agencyId, dossierId)
  assert.ok(opened)
  const { version } = await getVersion(context.db, opened.dossier.procedureVersionId)
  const { process, plan } = await planOf(context.db, { dossier: opened.dossier, version, day: '2026-11-20' })
  const keys = allSteps(process).map(({ key }) => key)
  assert.deepEqual(
    plan.flatMap((stage) => stage.map(({ key }) => key)),
    keys,
  )
  return keys
}

/** The process that the procedure foresees, with a second look before the signature. */
function withSecondLook(process: Process): Process {
  const [examine, ...rest] = process.stages
  const step = examine?.steps[0]
  assert.ok(examine && step)
  const half = Math.floor(step.minutes / 2)
  return {
    stages: [
      { steps: [{ ...step, minutes: step.minutes - half }] },
      { steps: [{ ...step, key: 'look-again', name: 'Soát lại hồ sơ', minutes: half }] },
      ...rest,
    ],
  }
}

test('a dossier goes on by the process under which it was received', async () => {
  const early = await received()
  const steps = await stepsOf(early)
  assert.deepEqual(steps.slice(0, 2), ['examine', 'sign'])
  const { version } = await getVersion(context.db, early.dossier.procedureVersionId)
  const changed = withSecondLook(defaultProcess(version, early.dossier.caseKey, early.dossier.channel))
  const facts = { agencyId: commune.agencyId, version, caseKey: null, validFrom: dayOf(context.clock()) }
  const saved = await saveProcess(context.db, { ...facts, process: changed })
  assert.ok(saved.ok, JSON.stringify(saved))
  assert.deepEqual(await stepsOf(early), steps)
  const late = await received()
  assert.deepEqual((await stepsOf(late)).slice(0, 3), ['examine', 'look-again', 'sign'])
  for (const { dossierId } of [early, late]) assert.ok((await by(commune.reception, dossierId, { type: 'forward' })).ok)
  const complete = { type: 'completeStep', key: 'examine', details: null, resultNumber: null } as const
  const after = []
  for (const { dossierId } of [early, late]) {
    const done = await by(commune.justice, dossierId, complete)
    assert.ok(done.ok, JSON.stringify(done))
    after.push(done.value.dossier.open.map(({ key }) => key))
  }
  assert.deepEqual(after, [['sign'], ['look-again']])
})

test('a copy that the program would make otherwise today is what counts', async () => {
  const { dossier } = await received()
  const { version } = await getVersion(context.db, dossier.procedureVersionId)
  const former = withSecondLook(withSecondLook(defaultProcess(version, dossier.caseKey, dossier.channel)))
  const process = await keepProcess(context.db, former)
  const plan = await planOf(context.db, { dossier: { ...dossier, process }, version, day: '2026-11-20' })
  assert.deepEqual(plan.process, former)
})

test('events from before copies were kept follow what their procedure foresees', async () => {
  const { dossier } = await received()
  const { version } = await getVersion(context.db, dossier.procedureVersionId)
  const old = { ...dossier, process: null, processId: null, receivedAt: at('2026-11-19', '08:00') }
  const plan = await planOf(context.db, { dossier: old, version, day: '2026-11-20' })
  assert.deepEqual(plan.process, defaultProcess(version, dossier.caseKey, dossier.channel))
})

test('one process is kept once, and a copy that was altered or is gone is found', async () => {
  const { dossier } = await received()
  assert.ok(dossier.process)
  const count = async () =>
    (await database.ownerPool.query<{ count: number }>('select count(*) from dossiers.process')).rows[0]?.count
  const before = await count()
  await received()
  assert.equal(await count(), before)
  assert.equal(processHash(await keptProcess(context.db, dossier.process)), dossier.process)
  const codes = async () => [...new Set((await verifyLog(context)).findings.map(({ code }) => code))]
  assert.deepEqual(await codes(), [])
  await assert.rejects(context.db.updateTable('dossiers.process').set({ hash: 'a' }).execute(), /permission denied/)
  const { rows } = await database.ownerPool.query<{ content: unknown }>(
    `update dossiers.process p set content = jsonb_set(p.content, '{stages,0,steps,0,minutes}', '1') from dossiers.process before
     where p.hash = $1 and before.hash = p.hash returning before.content`,
    [dossier.process],
  )
  assert.deepEqual(await codes(), ['process-altered'])
  await database.ownerPool.query('delete from dossiers.process where hash = $1', [dossier.process])
  assert.deepEqual(await codes(), ['process-missing'])
  await database.ownerPool.query('insert into dossiers.process (hash, content) values ($1, $2)', [
    dossier.process,
    JSON.stringify(rows[0]?.content),
  ])
  assert.deepEqual(await codes(), [])
})
