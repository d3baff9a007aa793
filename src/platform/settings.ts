import { sql } from 'kysely'
import type { Db } from './db.ts'

const FRESH_MS = 30_000
const answers = new WeakMap<object, { readAt: number; demo: boolean }>()

/** Whether this installation shows invented people; every page of a demo says so. */
export async function isDemo<Tables>(db: Db<Tables>): Promise<boolean> {
  const known = answers.get(db)
  if (known && performance.now() - known.readAt < FRESH_MS) return known.demo
  const { rows } = await sql<{ value: unknown }>`select value from platform.setting where name = 'demo'`.execute(db)
  const demo = Boolean(rows[0]?.value)
  answers.set(db, { readAt: performance.now(), demo })
  return demo
}
