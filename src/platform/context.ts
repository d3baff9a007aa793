import type pg from 'pg'
import type { Config } from './config.ts'
import type { Instant } from './day.ts'
import type { Db } from './db.ts'
import type { Keys } from './keys.ts'
import type { Log } from './log.ts'

/** What every route, job and command of the running system is given. Features narrow `db` to their own tables. */
export type Context<Tables = unknown> = {
  /** Connected as the application's role: row-level security is in force. */
  db: Db<Tables>
  /** The pool under `db`, for the few places that must count round trips. */
  pool: pg.Pool
  /** The moment it is now; the demo and the tests give another clock. */
  clock: () => Instant
  config: Config
  keys: Keys
  log: Log
}

/** The tables a context knows, for a feature that adds its own to those of another. */
export type TablesOf<Given> = Given extends Context<infer Tables> ? Tables : never
