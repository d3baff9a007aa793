import assert from 'node:assert/strict'
import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { after, before, test } from 'node:test'
import { isAction } from '../identity/index.ts'
import { createHttp } from '../platform/http/server.ts'
import { listMigrations } from '../platform/migrate.ts'
import { testDatabase, type TestDatabase } from '../platform/testing.ts'
import { addRoutes } from './routes.ts'
import { migrationsDir, root } from './system.ts'
import type { Tables } from './tables.ts'

let database: TestDatabase<Tables>
before(async () => {
  database = await testDatabase<Tables>()
})
after(() => database.close())

test('migrations are numbered without a gap, and LATEST names the last', () => {
  const numbers = listMigrations(migrationsDir).map(({ name }) => Number(name.slice(0, 4)))
  assert.deepEqual(
    numbers,
    numbers.map((_, index) => index + 1),
  )
})

test('every table says in Vietnamese what it holds', async () => {
  const { rows } = await database.ownerPool.query<{ table: string; comment: string | null }>(
    `select n.nspname || '.' || c.relname as table, obj_description(c.oid) as comment
     from pg_class c join pg_namespace n on n.oid = c.relnamespace
     where c.relkind in ('r', 'p') and not c.relispartition and n.nspname not in ('pg_catalog', 'information_schema', 'public')`,
  )
  const silent = rows.filter(({ comment }) => !/[à-ỹđ]/i.test(comment ?? '')).map((row) => row.table)
  assert.deepEqual(silent, [])
})

test('row-level security stands behind every table of dossiers and their documents', async () => {
  const { rows } = await database.ownerPool.query<{ table: string }>(
    `select n.nspname || '.' || c.relname as table
     from pg_class c join pg_namespace n on n.oid = c.relnamespace
     where c.relkind in ('r', 'p') and n.nspname in ('dossiers', 'documents') and not c.relispartition and not c.relrowsecurity
       and exists (select from pg_attribute a where a.attrelid = c.oid and a.attname in ('agency_id', 'dossier_id') and not a.attisdropped)`,
  )
  assert.deepEqual(rows, [])
})

test('every route has a permission of the table, a tag and a sentence', async () => {
  const { config, log } = database.context
  const http = await createHttp({ config, log })
  const faults: string[] = []
  http.addHook('onRoute', ({ method, url, config: { permission = '' } = {}, schema }) => {
    const route = `${[method].flat().join(' ')} ${url}`
    if (!['public', 'citizen', 'session'].includes(permission) && !isAction(permission))
      faults.push(`${route}: permission`)
    if (url.startsWith('/api/') && !(schema?.tags?.length && schema.summary)) faults.push(`${route}: tags and summary`)
  })
  addRoutes(http, database.context)
  await http.ready()
  await http.close()
  assert.deepEqual(faults, [])
})

test('every folder of the sources has its place in the order', () => {
  const rules = readFileSync(join(root, '.dependency-cruiser.mjs'), 'utf8')
  const order: readonly string[] = /const order = \[([^\]]*)\]/.exec(rules)?.[1]?.match(/[a-z-]+/g) ?? []
  const folders = readdirSync(join(root, 'src'), { withFileTypes: true }).map((entry) => entry.name)
  assert.deepEqual(
    folders.filter((name) => !order.includes(name)),
    [],
  )
})
