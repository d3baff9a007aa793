import { chmodSync, existsSync, mkdirSync, mkdtempSync, readdirSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import pg from 'pg'
import { readConfig } from '../src/platform/config.ts'
import type { Tables } from '../src/app/tables.ts'
import type { Context } from '../src/platform/context.ts'
import { APP_ROLE, openDb, openPool } from '../src/platform/db.ts'
import { startEmbeddedDatabase } from '../src/platform/embedded-database.ts'
import { openKeys } from '../src/platform/keys.ts'
import { openLog } from '../src/platform/log.ts'
import { migrate } from '../src/platform/migrate.ts'

/** The database under test and what its server is. */
export type Bench = {
  url: string
  dir: string
  version: string
  /** Where pgbench is; undefined where there is none. */
  pgbench: string | undefined
  owner: pg.Pool
  stop: () => Promise<void>
}

const migrations = join(import.meta.dirname, '../migrations')

/** PostgreSQL given by DATABASE_URL (an empty database), else one of this machine, else the embedded one; fsync is on. */
export async function openBench(): Promise<Bench> {
  const kept = process.env['BENCH_DIR']
  const dir = kept ?? mkdtempSync(join(tmpdir(), 'motcua-bench-'))
  mkdirSync(dir, { recursive: true })
  chmodSync(dir, 0o711) // run by root, the server works under another account
  const programs = findPrograms()
  const given = process.env['DATABASE_URL']
  const server = given
    ? { url: given, stop: async () => undefined }
    : await startEmbeddedDatabase({
        dataDir: dir,
        keyDir: join(dir, 'keys'),
        log: openLog('silent'),
        ...(programs ? { programs } : {}),
      })
  if (!given) await letWalGrow(server.url)
  // A plain pool: COPY does not go with statements that are sent ahead.
  const owner = new pg.Pool({ connectionString: server.url, max: 4 })
  await migrate(owner, migrations)
  const { rows } = await owner.query<{ version: string; fsync: string }>(
    `select current_setting('server_version') as version, current_setting('fsync') as fsync`,
  )
  if (rows[0]?.fsync !== 'on') throw new Error('fsync is off: the numbers would mean nothing')
  return {
    url: server.url,
    dir,
    version: rows[0].version,
    pgbench: findPgbench(programs),
    owner,
    async stop() {
      await owner.end()
      await server.stop()
      if (kept === undefined) rmSync(dir, { recursive: true, force: true })
    },
  }
}

/** What the commands and routes are given, on this database; the clock is the benchmark's. */
export function contextOn(
  bench: Pick<Bench, 'url' | 'dir'>,
  { clock, log = 'silent', pool }: { clock: () => string; log?: string; pool?: pg.Pool },
): Context<Tables> {
  const config = readConfig({ DATA_DIR: bench.dir, DATABASE_URL: bench.url, LOG_LEVEL: log }, bench.dir)
  const used = pool ?? openPool({ url: bench.url, size: config.poolSize, role: APP_ROLE })
  return {
    db: openDb<Tables>(used),
    pool: used,
    clock,
    config,
    keys: openKeys(join(bench.dir, 'keys')),
    log: openLog(config.logLevel),
  }
}

/** The newest PostgreSQL server of the operating system. */
function findPrograms(): string | undefined {
  const folder = '/usr/lib/postgresql'
  if (process.env['BENCH_EMBEDDED'] || !existsSync(folder)) return undefined
  const [newest] = readdirSync(folder).toSorted((one, other) => Number(other) - Number(one))
  const programs = join(folder, newest ?? '', 'bin')
  return existsSync(join(programs, 'initdb')) ? programs : undefined
}

const findPgbench = (programs: string | undefined): string | undefined =>
  [...(programs ? [programs] : []), ...(process.env['PATH'] ?? '').split(':')]
    .map((folder) => join(folder, 'pgbench'))
    .find((file) => existsSync(file))

/** Filling and measuring should not wait for checkpoints that a server at work would not have either. */
async function letWalGrow(url: string): Promise<void> {
  const client = new pg.Client({
    connectionString: url.replace('//motcua:', '//postgres:').replace('/motcua?', '/postgres?'),
  })
  await client.connect()
  await client.query(`alter system set max_wal_size = '8GB'`)
  await client.query(`alter system set checkpoint_timeout = '20min'`)
  await client.query('select pg_reload_conf()')
  await client.end()
}
