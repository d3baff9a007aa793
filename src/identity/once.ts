import { inTransaction, type Db } from '../platform/db.ts'
import { accept, refuse, type Result } from '../platform/result.ts'
import { findCommandReply, forgetReach, noteCommand, type StaffTables } from '../staff/index.ts'
import type { AnyRefusal } from './refused.ts'

/**
 * Does a piece of administration in one transaction, and only once for a command id: a repetition gets the first reply.
 * Rules that the database keeps (a code is taken, a post exists) become refusals here.
 */
export async function once<Reply>(
  db: Db<StaffTables>,
  commandId: string | undefined,
  work: (tx: Db<StaffTables>) => Promise<Result<Reply, AnyRefusal>>,
): Promise<Result<Reply, AnyRefusal>> {
  try {
    return await inTransaction(db, async (tx) => {
      if (commandId !== undefined) {
        const known = await findCommandReply<Reply>(tx, commandId)
        if (known) return accept(known.reply)
      }
      const result = await work(tx)
      if (result.ok && commandId !== undefined) await noteCommand(tx, commandId, result.value)
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
