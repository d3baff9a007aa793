import { sql } from 'kysely'
import type { Instant } from '../../platform/day.ts'
import type { WantedLevel } from './rules/levels.ts'
import type { AccountDb } from './tables.ts'

export type LevelRule = { procedureCode: string; level: WantedLevel }

export async function listLevelRules(db: AccountDb, agencyId: number): Promise<LevelRule[]> {
  const { rows } = await sql<LevelRule>`select procedure_code as "procedureCode", level from portal.level_rule
    where agency_id = ${agencyId} order by procedure_code`.execute(db)
  return rows
}

export const putLevelRule = (db: AccountDb, rule: LevelRule & { agencyId: number; accountId: number; now: Instant }) =>
  sql`insert into portal.level_rule (agency_id, procedure_code, level, changed_at, changed_by)
    values (${rule.agencyId}, ${rule.procedureCode}, ${rule.level}, ${rule.now}, ${rule.accountId})
    on conflict (agency_id, procedure_code) do update
      set level = excluded.level, changed_at = excluded.changed_at, changed_by = excluded.changed_by`.execute(db)

export const removeLevelRule = (db: AccountDb, agencyId: number, procedureCode: string) =>
  db
    .deleteFrom('portal.level_rule')
    .where('agency_id', '=', agencyId)
    .where('procedure_code', '=', procedureCode)
    .execute()
