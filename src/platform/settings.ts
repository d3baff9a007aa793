import { sql } from 'kysely'
import type { Db } from './db.ts'

/** A demo is one from the moment it is loaded, and none ever becomes another: so "no" is soon asked again. */
const FRESH_MS = { yes: 30_000, no: 1000 }
const answers = new WeakMap<object, { readAt: number; demo: boolean }>()

/** Whether this installation shows invented people; every page of a demo says so. */
export async function isDemo<Tables>(db: Db<Tables>): Promise<boolean> {
  const known = answers.get(db)
  if (known && performance.now() - known.readAt < FRESH_MS[known.demo ? 'yes' : 'no']) return known.demo
  const { rows } = await sql<{ value: unknown }>`select value from platform.setting where name = 'demo'`.execute(db)
  const demo = Boolean(rows[0]?.value)
  answers.set(db, { readAt: performance.now(), demo })
  return demo
}
