import { sql } from 'kysely'
import type { Instant } from '../platform/day.ts'
import type { StaffDb } from './tables.ts'

/** The reply of a command that was done before; a repetition under way waits for the first. */
export async function findCommandReply<Reply>(tx: StaffDb, commandId: string): Promise<{ reply: Reply } | undefined> {
  await sql`select pg_advisory_xact_lock(hashtextextended(${commandId}, 0))`.execute(tx)
  const { rows } = await sql<{ reply: Reply }>`select reply from staff.command where command_id = ${commandId}`.execute(
    tx,
  )
  return rows[0]
}

export async function noteCommand(tx: StaffDb, commandId: string, reply: unknown): Promise<void> {
  await sql`insert into staff.command (command_id, reply) values (${commandId}, ${JSON.stringify(reply ?? null)})`.execute(
    tx,
  )
}

export type Change = {
  changeId: number
  at: Instant
  by: string | null
  what: string
  details: Record<string, unknown>
}

export async function listChanges(db: StaffDb, agencyId: number): Promise<Change[]> {
  const { rows } = await sql<Change>`
    select c.change_id as "changeId", c.changed_at as at, o.name as by, c.what, c.details
    from staff.change c left join staff.officer o on o.officer_id = c.changed_by
    where c.agency_id = ${agencyId} order by c.change_id desc limit 200`.execute(db)
  return rows
}

export async function recordChange(
  db: StaffDb,
  change: { agencyId: number; by: number | null; what: string; details: Readonly<Record<string, unknown>> },
): Promise<void> {
  await db
    .insertInto('staff.change')
    .values({
      agency_id: change.agencyId,
      changed_by: change.by,
      what: change.what,
      details: JSON.stringify(change.details),
    })
    .execute()
}
