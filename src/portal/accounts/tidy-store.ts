import { sql } from 'kysely'
import type { Instant } from '../../platform/day.ts'
import type { AccountDb } from './tables.ts'

/** Removes sessions and codes that served their time. */
export async function tidyStore(
  db: AccountDb,
  { sessionsBefore, codesBefore }: { sessionsBefore: Instant; codesBefore: Instant },
): Promise<{ sessions: number; codes: number }> {
  const sessions = await db
    .deleteFrom('portal.citizen_session')
    .where((where) => where.or([where('expires_at', '<', sessionsBefore), where('ended_at', '<', sessionsBefore)]))
    .executeTakeFirst()
  const codes = await db.deleteFrom('portal.citizen_code').where('expires_at', '<', codesBefore).executeTakeFirst()
  return { sessions: Number(sessions.numDeletedRows), codes: Number(codes.numDeletedRows) }
}

export async function listUnusedSince(db: AccountDb, since: Instant): Promise<string[]> {
  const { rows } = await sql<{ accountId: string }>`
    select account_id as "accountId" from portal.citizen where closed_at is null and not demo and used_at < ${since}
    order by used_at limit 500`.execute(db)
  return rows.map((row) => row.accountId)
}
