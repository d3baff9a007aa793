import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { sql } from 'kysely'
import { testDatabase, type TestDatabase } from './testing.ts'

let database: TestDatabase<unknown>
before(async () => {
  database = await testDatabase()
})
after(() => database.close())

test('the application works as a role that may not do what the owner may', async () => {
  const { rows } = await sql<{ role: string }>`select current_user as role`.execute(database.db)
  assert.equal(rows[0]?.role, 'motcua_app')
  await assert.rejects(sql`create table platform.x (y int)`.execute(database.db), /permission denied/)
})

test('days, moments and large numbers come as the project counts them', async () => {
  const { rows } = await database.ownerPool.query(
    `select date '2026-11-20' as day, timestamptz '2026-11-20 15:00+07' as moment, 9007199254740991 as number, count(*) as count from platform.migration`,
  )
  assert.equal(rows[0].day, '2026-11-20')
  assert.equal(rows[0].moment, '2026-11-20T08:00:00.000Z')
  assert.equal(rows[0].number, 9_007_199_254_740_991)
  assert.equal(typeof rows[0].count, 'number')
})

test('search text knows no accents, tone positions or decomposed letters', async () => {
  const { rows } = await database.ownerPool.query(`select platform.search_text($1) as text`, [
    'Đăng ký  KHAI SINH (hoà/hòa)'.normalize('NFD'),
  ])
  assert.equal(rows[0].text, 'dang ky khai sinh hoa hoa')
})

test('the clock of a test stands where it is put', () => {
  database.setClock('2022-12-10T01:00:00.000Z')
  assert.equal(database.context.clock(), '2022-12-10T01:00:00.000Z')
})

test('a connection that is lost in the middle of a transaction fails the work and not the process', async () => {
  const client = await database.context.pool.connect()
  await client.query('begin')
  const { rows } = await client.query('select pg_backend_pid() as pid')
  await database.ownerPool.query('select pg_terminate_backend($1)', [rows[0].pid])
  await new Promise((done) => setTimeout(done, 200))
  await assert.rejects(client.query('select 1'))
  client.release(true)
  assert.equal((await database.context.pool.query('select 1 as one')).rows[0].one, 1)
})
