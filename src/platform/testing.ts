import { createHash, randomBytes } from 'node:crypto'
import { chmodSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import pg from 'pg'
import { readConfig, testServerUrl } from './config.ts'
import type { Context } from './context.ts'
import type { Instant } from './day.ts'
import { APP_ROLE, openDb, openPool, type Db } from './db.ts'
import { startEmbeddedDatabase } from './embedded-database.ts'
import { openKeys } from './keys.ts'
import { openLog } from './log.ts'
import { listMigrations, migrate } from './migrate.ts'

/** A database of its own with all migrations, for one test file. */
export type TestDatabase<Tables> = {
  url: string
  /** Connected as the owner: no row-level security. */
  ownerPool: pg.Pool
  /** Connected as the application. */
  db: Db<Tables>
  /** What routes, jobs and commands are given; `clock` shows what `setClock` says, at first the true time. */
  context: Context<Tables>
  setClock: (now: Instant | undefined) => void
  /** Fails when a connection was not given back. */
  close: () => Promise<void>
}

const migrations = join(import.meta.dirname, '../../migrations')

/** Call in `before`, and `close()` in `after`. */
export async function testDatabase<Tables = unknown>(): Promise<TestDatabase<Tables>> {
  const dir = mkdtempSync(join(tmpdir(), 'motcua-test-'))
  chmodSync(dir, 0o711) // run by root, the server works under another account
  const server = await testServer(dir)
  const template = await prepareTemplate(server.url)
  const name = `motcua_test_${randomBytes(6).toString('hex')}`
  await onServer(server.url, (client) => client.query(`create database ${name} template ${template}`))
  const url = withDatabase(server.url, name)
  const ownerPool = openPool({ url, size: 4 })
  const appPool = openPool({ url, size: 8, role: APP_ROLE })
  const db = openDb<Tables>(appPool)
  let now: Instant | undefined
  const context: Context<Tables> = {
    db,
    pool: appPool,
    clock: () => now ?? new Date().toISOString(),
    config: readConfig({ DATA_DIR: dir, DATABASE_URL: url, LOG_LEVEL: 'silent' }, dir),
    keys: openKeys(join(dir, 'keys')),
    log: openLog('silent'),
  }
  return {
    url,
    ownerPool,
    db,
    context,
    setClock: (instant) => (now = instant),
    async close() {
      const leaked = [ownerPool, appPool].some((pool) => pool.totalCount !== pool.idleCount)
      if (!leaked) await Promise.all([ownerPool.end(), appPool.end()])
      await onServer(server.url, (client) => client.query(`drop database ${name} with (force)`))
      await server.stop()
      rmSync(dir, { recursive: true, force: true })
      if (leaked) throw new Error('a database connection was not given back')
    },
  }
}

/** The server that the test run provides, or one of our own. */
async function testServer(dir: string): Promise<{ url: string; stop: () => Promise<void> }> {
  const given = testServerUrl()
  if (given) return { url: given, stop: async () => undefined }
  return startEmbeddedDatabase({ dataDir: dir, keyDir: join(dir, 'keys'), log: openLog('silent'), throwaway: true })
}

/** The migrated database that the others are copied from; whoever comes first on this server makes it. */
async function prepareTemplate(url: string): Promise<string> {
  const text = listMigrations(migrations).map((migration) => migration.name + migration.text)
  const template = `motcua_template_${createHash('sha256').update(text.join('\0')).digest('hex').slice(0, 12)}`
  await onServer(url, async (client) => {
    await client.query(`select pg_advisory_lock(hashtext('motcua-test-template'))`)
    const { rows } = await client.query('select datallowconn as half from pg_database where datname = $1', [template])
    if (rows[0]?.half === false) return
    await client.query(`drop database if exists ${template} with (force)`)
    await client.query(`create database ${template}`)
    const pool = openPool({ url: withDatabase(url, template), size: 1 })
    try {
      await migrate(pool, migrations)
    } finally {
      await pool.end()
    }
    await client.query(`alter database ${template} allow_connections false`)
  })
  return template
}

async function onServer<Value>(url: string, work: (client: pg.Client) => Promise<Value>): Promise<Value> {
  const client = new pg.Client({ connectionString: url })
  await client.connect()
  try {
    return await work(client)
  } finally {
    await client.end()
  }
}

const withDatabase = (url: string, name: string) => url.replace(/\/[^/?]*(\?|$)/, `/${name}$1`)
