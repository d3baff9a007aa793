import { createHash, randomBytes } from 'node:crypto'
import { chmodSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout } from 'node:timers/promises'
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

/** What is to lie in the database already, beyond the migrations; made once per server and copied with its keys. */
export type Filling<Tables> = { name: string; make: (context: Context<Tables>) => Promise<unknown> }

/** Call in `before`, and `close()` in `after`. */
export async function testDatabase<Tables = unknown>(filling?: Filling<Tables>): Promise<TestDatabase<Tables>> {
  const dir = mkdtempSync(join(tmpdir(), 'motcua-test-'))
  chmodSync(dir, 0o711) // run by root, the server works under another account
  const server = await testServer(dir)
  const keyDir = join(dir, 'keys')
  const template = await prepareTemplate(server.url)
  const filled = filling ? await prepareFilled(server.url, { template, filling, dir, keyDir }) : template
  const name = `motcua_test_${randomBytes(6).toString('hex')}`
  await onServer(server.url, (client) => client.query(`create database ${name} template ${filled}`))
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
    keys: openKeys(keyDir),
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
      await onServer(server.url, (client) => dropDatabase(client, name))
      await server.stop()
      rmSync(dir, { recursive: true, force: true })
      if (leaked) throw new Error('a database connection was not given back')
    },
  }
}

/** A vacuum that the server itself has begun there may not be ended by us; it is soon done. */
async function dropDatabase(client: pg.Client, name: string): Promise<void> {
  for (let left = 120; ; left--) {
    try {
      await client.query(`drop database ${name} with (force)`)
      return
    } catch (fault) {
      if (left === 0 || (fault as { code?: unknown }).code !== '42501') throw fault
      await setTimeout(250)
    }
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

/** A copy of the template with more in it. Its keys travel as a remark on it: they are worth nothing outside of this run. */
async function prepareFilled<Tables>(
  url: string,
  { template, filling, dir, keyDir }: { template: string; filling: Filling<Tables>; dir: string; keyDir: string },
): Promise<string> {
  const filled = `${template}_${filling.name}`
  await onServer(url, async (client) => {
    await client.query(`select pg_advisory_lock(hashtext('motcua-test-filled'))`)
    const { rows } = await client.query<{ half: boolean; remark: string | null }>(
      `select datallowconn as half, shobj_description(oid, 'pg_database') as remark from pg_database where datname = $1`,
      [filled],
    )
    if (rows[0]?.half === false) return writeKeys(keyDir, rows[0].remark ?? '{}')
    await client.query(`drop database if exists ${filled} with (force)`)
    await client.query(`create database ${filled} template ${template}`)
    const pool = openPool({ url: withDatabase(url, filled), size: 8, role: APP_ROLE })
    try {
      await filling.make({
        db: openDb<Tables>(pool),
        pool,
        clock: () => new Date().toISOString(),
        config: readConfig({ DATA_DIR: dir, DATABASE_URL: url, LOG_LEVEL: 'silent' }, dir),
        keys: openKeys(keyDir),
        log: openLog('silent'),
      })
    } finally {
      await pool.end()
    }
    await client.query(`comment on database ${filled} is ${client.escapeLiteral(readKeys(keyDir))}`)
    await client.query(`alter database ${filled} allow_connections false`)
  })
  return filled
}

const readKeys = (keyDir: string): string =>
  JSON.stringify(
    Object.fromEntries(readdirSync(keyDir).map((name) => [name, readFileSync(join(keyDir, name), 'utf8')])),
  )

function writeKeys(keyDir: string, remark: string): void {
  mkdirSync(keyDir, { recursive: true, mode: 0o700 })
  for (const [name, text] of Object.entries(JSON.parse(remark) as Record<string, string>))
    writeFileSync(join(keyDir, name), text, { mode: 0o600 })
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

/**
 * Waits until no transaction is under way that began before now, on the whole server: followers of the log and its seals
 * stop before such a one, and other tests have their own.
 */
export async function noneOlder(pool: pg.Pool): Promise<void> {
  const { rows: begun } = await pool.query<{ now: string }>('select pg_current_xact_id()::text as now')
  for (let tries = 0; tries < 1200; tries++) {
    const { rows } = await pool.query<{ over: boolean }>(
      'select pg_snapshot_xmin(pg_current_snapshot()) > $1::text::xid8 as over',
      [begun[0]?.now],
    )
    if (rows[0]?.over) return
    await setTimeout(100)
  }
  throw new Error('an older transaction does not end')
}

/** What the script of a page does with the task of its form (`proof-of-work`). */
export function solveProof(challenge: string): string {
  const [, , , bits = '', nonce = ''] = challenge.split('.')
  for (let number = 0; ; number++) {
    const head = createHash('sha256').update(`${nonce}:${number}`).digest().readUInt32BE(0)
    if (Math.clz32(head) >= Number(bits)) return `${challenge}~${number}`
  }
}
