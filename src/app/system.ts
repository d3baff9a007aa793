import { mkdirSync } from 'node:fs'
import { join } from 'node:path'
import type pg from 'pg'
import type { Config } from '../platform/config.ts'
import type { Context } from '../platform/context.ts'
import { APP_ROLE, openDb, openPool } from '../platform/db.ts'
import { findEmbeddedDatabase, startEmbeddedDatabase } from '../platform/embedded-database.ts'
import { openKeys } from '../platform/keys.ts'
import { openLog } from '../platform/log.ts'
import { isMigrated, migrate } from '../platform/migrate.ts'
import { StartProblem } from '../platform/start-problem.ts'
import type { Tables } from './tables.ts'

export const root = join(import.meta.dirname, '../..')
export const migrationsDir = join(root, 'migrations')

/** Database, keys and log, open: what the server and each command stand on. */
export type System = {
  context: Context<Tables>
  /** Connected as the owner of the database, for migrations and for making databases anew. */
  ownerPool: pg.Pool
  databaseUrl: string
  /** What the person at the terminal should know. */
  notices: readonly string[]
  /** Throws when requests could not be served now. */
  ready: () => Promise<void>
  close: () => Promise<void>
}

type Use = {
  /** A command may work beside the server that runs on the same folder. */
  as: 'server' | 'command'
}

/** Opens the system and brings the database up to date. */
export async function openSystem(config: Config, { as }: Use): Promise<System> {
  const log = openLog(config.logLevel, as === 'command' ? 2 : 1)
  mkdirSync(config.dataDir, { recursive: true }) // before the keys, whose folder is closed to everybody else
  const keys = openKeys(config.keyDir)
  const database = await openDatabase(config, as, log)
  const ownerPool = openPool({ url: database.url, size: 2 })
  const appPool = openPool({ url: database.url, size: config.poolSize, role: APP_ROLE })
  const close = async () => {
    await Promise.allSettled([appPool.end(), ownerPool.end()])
    await database.stop()
  }
  try {
    await checkServer(ownerPool, config)
    const applied = await migrate(ownerPool, migrationsDir)
    if (applied.length > 0) log.info({ what: 'migrated', applied })
    await checkRole(appPool)
  } catch (cause) {
    await close()
    throw cause
  }
  const clock = () => new Date().toISOString()
  return {
    context: { db: openDb<Tables>(appPool), pool: appPool, clock, config, keys, log },
    ownerPool,
    databaseUrl: database.url,
    notices: database.notices,
    async ready() {
      if (!(await isMigrated(ownerPool, migrationsDir))) throw new Error('database is not up to date')
      await appPool.query('select 1')
    },
    close,
  }
}

async function openDatabase(config: Config, as: Use['as'], log: Context['log']) {
  const nothing = { notices: [], stop: async () => undefined }
  if (config.databaseUrl) return { url: config.databaseUrl, ...nothing }
  const running = as === 'command' ? await findEmbeddedDatabase(config) : undefined
  if (running) return { url: running, ...nothing }
  return startEmbeddedDatabase({ dataDir: config.dataDir, keyDir: config.keyDir, log })
}

/** Refuses a server that is away, too old, or keeps text in another encoding. */
async function checkServer(pool: pg.Pool, { databaseUrl }: Config): Promise<void> {
  const question = `select current_setting('server_version_num')::int / 10000 as version, current_setting('server_encoding') as encoding`
  const { rows } = await pool.query<{ version: number; encoding: string }>(question).catch((cause: unknown) => {
    const { hostname, port, pathname } = URL.canParse(databaseUrl ?? '')
      ? new URL(databaseUrl ?? '')
      : { hostname: '', port: '', pathname: '' }
    throw new StartProblem(
      `Không kết nối được cơ sở dữ liệu ${hostname}:${port || '5432'}${pathname}: ${cause instanceof Error ? cause.message : String(cause)}. Hãy kiểm tra DATABASE_URL.\n` +
        `(Cannot connect to the database; check DATABASE_URL.)`,
      { cause },
    )
  })
  const [{ version, encoding } = { version: 0, encoding: '' }] = rows
  if (version < 15)
    throw new StartProblem(`Cần PostgreSQL 15 trở lên, máy chủ là bản ${version}. (PostgreSQL 15 or later is needed.)`)
  if (encoding !== 'UTF8')
    throw new StartProblem(`Cơ sở dữ liệu phải dùng bảng mã UTF8, đang là ${encoding}. (The database must be in UTF8.)`)
}

/** Row-level security holds only for this role: an address that brings another one must not pass unseen. */
async function checkRole(pool: pg.Pool): Promise<void> {
  const { rows } = await pool.query<{ role: string }>('select current_user as role')
  if (rows[0]?.role !== APP_ROLE)
    throw new StartProblem(
      `Kết nối không mang vai trò ${APP_ROLE}; hãy bỏ "options" khỏi DATABASE_URL. (Connections do not take on ${APP_ROLE}; remove "options" from DATABASE_URL.)`,
    )
}
