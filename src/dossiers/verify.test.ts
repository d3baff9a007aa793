import assert from 'node:assert/strict'
import { randomUUID } from 'node:crypto'
import { rmSync } from 'node:fs'
import { join } from 'node:path'
import { after, before, test } from 'node:test'
import { noneOlder, testDatabase, type TestDatabase } from '../platform/testing.ts'
import type { DossierContext } from './commands.ts'
import { followLog } from './followers.ts'
import { erasePerson } from './person-store.ts'
import { give, takeIn } from './requests.ts'
import { readSealHeads, sealLog } from './seals.ts'
import { aCommune, anIntake, at, type Commune } from './testing.ts'
import { verifyLog, type LogFinding } from './verify.ts'
import { withScope } from '../platform/db.ts'

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
  for (let index = 0; index < 4; index++) {
    const taken = await takeIn(context, { actor: commune.reception, source: 'officer' }, anIntake(context, commune))
    assert.ok(taken.ok)
    const { dossierId } = taken.value
    dossiers.push(dossierId)
    for (const command of [{ type: 'forward' }, { type: 'withdraw', details: { reason: 'Xin rút' } }] as const) {
      const done = await give(
        context,
        { actor: commune.reception, source: 'officer' },
        { agencyId: commune.agencyId, dossierId, body: { commandId: randomUUID(), version: null, command } },
      )
      assert.ok(done.ok, JSON.stringify(done))
    }
  }
  await noneOlder(database.ownerPool)
  await sealLog(context)
})
after(() => database.close())

/** Tampers as somebody who owns the database would, looks what is found, and puts everything back. */
async function tampered(statement: string, values: unknown[] = []): Promise<LogFinding['code'][]> {
  const tables = ['event', 'dossier', 'task', 'person', 'note', 'seal', 'sealed_head']
  for (const name of tables)
    await database.ownerPool.query(`create table if not exists public.kept_${name} as select * from dossiers.${name}`)
  try {
    await database.ownerPool.query(statement, values)
    return [...new Set((await verifyLog(context)).findings.map(({ code }) => code))]
  } finally {
    for (const name of tables) {
      const identity = name === 'event' ? 'overriding system value' : ''
      await database.ownerPool.query(
        `delete from dossiers.${name}; insert into dossiers.${name} ${identity} select * from public.kept_${name}; drop table public.kept_${name}`,
      )
    }
  }
}

test('an untouched log has nothing to report', async () => {
  const report = await verifyLog(context)
  assert.deepEqual(report.findings, [])
  assert.equal(report.dossiers, 4)
  assert.equal(report.events, 4 * 5 - 4)
  assert.equal(report.seals, 1)
})

test('an altered event is found', async () => {
  const codes = await tampered(
    `update dossiers.event set body = jsonb_set(body, '{dueAt}', '"2026-12-24T10:00:00.000Z"') where dossier_id = $1 and type = 'received'`,
    [dossiers[0]],
  )
  assert.ok(codes.includes('event-altered'), codes.join())
})

test('a moved moment and another officer are found', async () => {
  assert.ok(
    (
      await tampered(
        `update dossiers.event set occurred_at = occurred_at - interval '1 day' where dossier_id = $1 and version = 3`,
        [dossiers[0]],
      )
    ).includes('event-altered'),
  )
  assert.ok(
    (
      await tampered(`update dossiers.event set officer_id = 99999 where dossier_id = $1 and version = 3`, [
        dossiers[0],
      ])
    ).includes('event-altered'),
  )
})

test('an inserted event is found', async () => {
  const codes = await tampered(
    `insert into dossiers.event (agency_id, dossier_id, version, type, body, occurred_at, recorded_at, source, command_id, ordinal, previous_hash, hash)
     select agency_id, dossier_id, version + 1, 'closedUnsupplemented', '{"type":"closedUnsupplemented"}', occurred_at, recorded_at, 'system', gen_random_uuid(), 0, hash, sha256(hash)
     from dossiers.event where dossier_id = $1 order by version desc limit 1`,
    [dossiers[1]],
  )
  assert.ok(codes.includes('event-altered'), codes.join())
})

test('a missing event in the middle is found', async () => {
  assert.ok(
    (await tampered('delete from dossiers.event where dossier_id = $1 and version = 2', [dossiers[1]])).includes(
      'event-missing',
    ),
  )
})

test('a log that was cut off is found, also when its row was set back with it', async () => {
  const codes = await tampered(
    `with cut as (delete from dossiers.event where dossier_id = $1 and version = 4)
     update dossiers.dossier set version = 3, status = 'processing', finished_at = null,
       head_hash = (select hash from dossiers.event where dossier_id = $1 and version = 3) where dossier_id = $1`,
    [dossiers[2]],
  )
  assert.ok(codes.includes('log-cut-off'), codes.join())
})

test('a missing dossier is found', async () => {
  const codes = await tampered(
    `with a as (delete from dossiers.event where dossier_id = $1), b as (delete from dossiers.dossier where dossier_id = $1),
      c as (delete from dossiers.task where dossier_id = $1), d as (delete from dossiers.person where dossier_id = $1) delete from dossiers.note where dossier_id = $1`,
    [dossiers[3]],
  )
  assert.deepEqual(codes, ['dossier-missing'])
})

test('a missing dossier whose seals were taken away with it is found by the head kept beside the keys', async () => {
  const codes = await tampered(
    `with a as (delete from dossiers.event where dossier_id = $1), b as (delete from dossiers.dossier where dossier_id = $1),
      c as (delete from dossiers.task where dossier_id = $1), d as (delete from dossiers.seal), e as (delete from dossiers.sealed_head) delete from dossiers.note where dossier_id = $1`,
    [dossiers[3]],
  )
  assert.ok(codes.includes('seal-missing'), codes.join())
})

test('altered persons, texts, rows, tasks and seals are found', async () => {
  assert.ok(
    (
      await tampered(
        `update dossiers.person set content = jsonb_set(content, '{name}', '"Kẻ Khác"') where dossier_id = $1`,
        [dossiers[0]],
      )
    ).includes('person-altered'),
  )
  assert.ok(
    (
      await tampered(`update dossiers.note set content = '{"reason":"khác"}' where dossier_id = $1`, [dossiers[0]])
    ).includes('note-altered'),
  )
  assert.ok(
    (
      await tampered(
        `update dossiers.dossier set finished_at = finished_at - interval '9 days' where dossier_id = $1`,
        [dossiers[0]],
      )
    ).includes('row-differs'),
  )
  assert.ok((await tampered(`delete from dossiers.task where dossier_id = $1`, [dossiers[0]])).includes('tasks-differ'))
  assert.ok((await tampered(`update dossiers.seal set dossiers = dossiers - 1`)).includes('seal-altered'))
  assert.ok(
    (await tampered(`delete from dossiers.sealed_head where dossier_id = $1`, [dossiers[0]])).includes('seal-altered'),
  )
})

test('lawful erasure leaves the chain whole', async () => {
  const taken = await takeIn(context, { actor: commune.reception, source: 'officer' }, anIntake(context, commune))
  assert.ok(taken.ok)
  const personId = taken.value.dossier.persons.applicant?.id ?? ''
  await withScope(context.db, { agencies: [commune.agencyId] }, (tx) =>
    erasePerson(tx, { agencyId: commune.agencyId, personId, at: context.clock() }),
  )
  await noneOlder(database.ownerPool)
  await sealLog(context)
  const report = await verifyLog(context)
  assert.deepEqual(report.findings, [])
  const person = await database.ownerPool.query('select * from dossiers.person where person_id = $1', [personId])
  assert.equal(person.rows[0].content, null)
})

test('sealing goes on from the last seal, and the heads beside the keys follow', async () => {
  await noneOlder(database.ownerPool)
  await sealLog(context)
  const before = readSealHeads(context)[commune.agencyId]?.number ?? 0
  assert.equal(await sealLog(context), 0)
  const taken = await takeIn(context, { actor: commune.reception, source: 'officer' }, anIntake(context, commune))
  assert.ok(taken.ok)
  await noneOlder(database.ownerPool)
  assert.equal(await sealLog(context), 1)
  assert.equal(readSealHeads(context)[commune.agencyId]?.number, before + 1)
  rmSync(join(context.keys.dir, 'seals.json'))
  assert.deepEqual((await verifyLog(context)).findings, [])
})

test('a follower never skips an event whose transaction committed late', async () => {
  const agencies = [commune.agencyId]
  const seen: string[] = []
  const follow = () =>
    followLog(
      context,
      { name: 'test', agencies },
      async (_tx, entries) => void seen.push(...entries.map((entry) => entry.command_id)),
    )
  await noneOlder(database.ownerPool)
  while ((await follow()) > 0);
  seen.length = 0
  const [early, late] = [randomUUID(), randomUUID()]
  const insert = `insert into dossiers.event (agency_id, dossier_id, version, type, body, occurred_at, recorded_at, source, command_id, ordinal, previous_hash, hash)
    values ($1, gen_random_uuid(), 1, 'closedUnsupplemented', '{}', now(), now(), 'system', $2, 0, '', '')`
  const [first, second] = await Promise.all([database.ownerPool.connect(), database.ownerPool.connect()])
  try {
    await first.query('begin')
    await first.query(insert, [commune.agencyId, early]) // takes the lower position …
    await second.query('begin')
    await second.query(insert, [commune.agencyId, late])
    await second.query('commit') // … but the higher one is committed first
    await follow()
    assert.deepEqual(seen, [], 'nothing above a transaction that is still under way')
    await first.query('commit')
    await noneOlder(database.ownerPool)
    while ((await follow()) > 0);
    assert.deepEqual(seen, [early, late])
  } finally {
    first.release()
    second.release()
  }
  await database.ownerPool.query('delete from dossiers.event where command_id = any($1)', [[early, late]])
})
