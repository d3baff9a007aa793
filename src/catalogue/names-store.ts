import { sql } from 'kysely'
import type { Day } from '../platform/day.ts'
import type { Db } from '../platform/db.ts'
import type { CatalogueTables } from './tables.ts'

/** Short names of procedures by code, as they are or were called on a day; of later ones the first name. */
export async function listShortNames(
  db: Db<CatalogueTables>,
  codes: readonly string[],
  day: Day,
): Promise<Map<string, string>> {
  if (codes.length === 0) return new Map()
  const { rows } = await sql<{ code: string; name: string }>`
    select distinct on (code) code, short_name as name from catalogue.procedure_version
    where code = any (${[...codes]}::text[])
    order by code, (valid_from <= ${day}) desc, case when valid_from <= ${day} then valid_from end desc, valid_from`.execute(
    db,
  )
  return new Map(rows.map(({ code, name }) => [code, name]))
}
