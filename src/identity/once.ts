import { sql } from 'kysely'
import { inTransaction, type Db } from '../platform/db.ts'
import { accept, refuse, type Result } from '../platform/result.ts'
import { forgetReach } from '../staff/index.ts'
import type { IdentityRefusal } from './text.vi.ts'

/**
 * Does a piece of administration in one transaction, and only once for a command id: a repetition gets the first reply.
 * Rules that the database keeps (a code is taken, a post exists) become refusals here.
 */
export async function once<Tables, Reply>(
  db: Db<Tables>,
  commandId: string | undefined,
  work: (tx: Db<Tables>) => Promise<Result<Reply, IdentityRefusal>>,
): Promise<Result<Reply, IdentityRefusal>> {
  try {
    return await inTransaction(db, async (tx) => {
      if (commandId !== undefined) {
        await sql`select pg_advisory_xact_lock(hashtextextended(${commandId}, 0))`.execute(tx)
        const { rows } = await sql<{
          reply: Reply
        }>`select reply from staff.command where command_id = ${commandId}`.execute(tx)
        if (rows[0]) return accept(rows[0].reply)
      }
      const result = await work(tx)
      if (result.ok && commandId !== undefined)
        await sql`insert into staff.command (command_id, reply) values (${commandId}, ${JSON.stringify(result.value ?? null)})`.execute(
          tx,
        )
      return result
    })
  } catch (fault) {
    const code = refusalOfConstraint[constraintOf(fault)]
    if (code === undefined) throw fault
    return refuse({ code })
  } finally {
    forgetReach()
  }
}

const constraintOf = (fault: unknown): string =>
  typeof fault === 'object' && fault !== null && 'constraint' in fault ? String(fault.constraint) : ''

const refusalOfConstraint: Record<
  string,
  'code-taken' | 'staff-code-taken' | 'post-exists' | 'unit-of-another-agency' | 'before-it-began' | 'period-reversed'
> = {
  agency_code_one_meaning: 'code-taken',
  officer_staff_code_once: 'staff-code-taken',
  post_once: 'post-exists',
  post_unit: 'unit-of-another-agency',
  receiving_point_unit: 'unit-of-another-agency',
  agency_validity: 'before-it-began',
  agency_name_validity: 'before-it-began',
  agency_code_validity: 'before-it-began',
  agency_edge_validity: 'before-it-began',
  unit_validity: 'before-it-began',
  receiving_point_validity: 'before-it-began',
  post_validity: 'before-it-began',
  absence_validity: 'period-reversed',
}
