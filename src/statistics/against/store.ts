import { sql } from 'kysely'
import type { Db } from '../../platform/db.ts'
import type { Loading } from './contract.ts'

type Kept = { name: string; value: Partial<Loading> }

/** What the demo has loaded, by name; without a demo nothing. */
export async function readLoading<Tables>(db: Db<Tables>): Promise<Map<string, Loading>> {
  const { rows } = await sql<Kept>`
    select substr(name, 6) as name, value from platform.setting where name like 'demo/%'`.execute(db)
  return new Map(rows.map(({ name, value: { state = 'loading', done = 0, of = 0 } }) => [name, { state, done, of }]))
}

export async function isDemo<Tables>(db: Db<Tables>): Promise<boolean> {
  const { rows } = await sql`select from platform.setting where name = 'installation' and value = '"demo"'`.execute(db)
  return rows.length > 0
}
