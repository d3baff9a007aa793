import assert from 'node:assert/strict'
import { sql } from 'kysely'
import { after, before, test } from 'node:test'
import { withScope, withSnapshot } from './db.ts'
import { testDatabase, type TestDatabase } from './testing.ts'

type Tables = { 'platform.setting': { name: string; value: string } }
let database: TestDatabase<Tables>

before(async () => (database = await testDatabase()))
after(() => database.close())

const scope = { agencies: [3, 5] }
const dossier = '0190b2f0-0000-7000-8000-000000000001'

test('a scope is in force for the first question, and for none after it', async () => {
  const ask = sql<{ agencies: number[]; dossier: string | null }>`
    select platform.scope_agencies() as agencies, platform.scope_dossier() as dossier`
  const inside = await withScope(database.db, { ...scope, dossier }, (tx) => ask.execute(tx))
  assert.deepEqual(inside.rows, [{ agencies: [3, 5], dossier }])
  const outside = await Promise.all(Array.from({ length: 20 }, () => ask.execute(database.db)))
  assert.ok(outside.every(({ rows }) => rows[0]?.agencies.length === 0 && rows[0].dossier === null))
})

test('questions that are asked together are answered each for itself', async () => {
  const answers = await withScope(database.db, scope, (tx) =>
    Promise.all([1, 2, 3].map((number) => sql<{ number: number }>`select ${number}::int as number`.execute(tx))),
  )
  assert.deepEqual(
    answers.map(({ rows }) => rows[0]?.number),
    [1, 2, 3],
  )
})

test('what fails leaves nothing behind, also when nobody looked', async () => {
  const count = async () => (await database.ownerPool.query('select 1 from dossiers.process')).rowCount
  const write = (tx: Parameters<Parameters<typeof withScope<Tables, unknown>>[2]>[0]) =>
    sql`insert into dossiers.process (hash, content) values (repeat('a', 64), '{}')`.execute(tx)
  await assert.rejects(
    withScope(database.db, scope, async (tx) => {
      await write(tx)
      throw new Error('thought better of it')
    }),
    /thought better of it/,
  )
  await assert.rejects(
    withScope(database.db, scope, async (tx) => {
      await write(tx)
      await sql`select 1 / 0`.execute(tx).catch(() => undefined)
    }),
    /a statement of the transaction failed/,
  )
  await assert.rejects(
    withScope(database.db, scope, (tx) => Promise.all([sql`select 1 / 0`.execute(tx), write(tx)])),
    /division by zero/,
  )
  assert.equal(await count(), 0)
  await withScope(database.db, scope, write)
  assert.equal(await count(), 1)
})

test('a transaction that is over is not used again, and none is opened within another', async () => {
  let kept: Parameters<Parameters<typeof withScope<Tables, unknown>>[2]>[0] | undefined
  await withScope(database.db, scope, async (tx) => (kept = tx))
  assert.ok(kept)
  await assert.rejects(sql`select 1`.execute(kept), /the transaction is over/)
  await assert.rejects(
    withScope(database.db, scope, (tx) => withScope(tx, scope, async () => 1)),
    /not within a transaction/,
  )
})

test('a snapshot cannot be written to', async () => {
  await assert.rejects(
    withSnapshot(database.db, scope, (tx) => sql`create temporary table t ()`.execute(tx)),
    /read-only transaction/,
  )
})
