import { sql } from 'kysely'
import type { Day } from '../platform/day.ts'
import type { Db } from '../platform/db.ts'
import type { StaffTables } from './store.ts'

/**
 * Every agency under which one of these stands on this day, at any distance: superiors, and successors that answer for
 * a closed one. The other way round it is `subtree`; here without the agency itself.
 */
export async function listAbove(
  db: Db<StaffTables>,
  agencyIds: readonly number[],
  day: Day,
): Promise<{ agencyId: number; aboveId: number }[]> {
  const { rows } = await sql<{ agencyId: number; aboveId: number }>`
    with recursive line (agency_id, above_id) as (
      select id, id from unnest(${[...agencyIds]}::int[]) as id
      union
      select line.agency_id, next.above_id from line cross join lateral (
        select e.parent_id as above_id from staff.agency_edge e join staff.agency child on child.agency_id = e.agency_id
        where e.agency_id = line.above_id and e.valid_from <= ${day}
          and (e.valid_to is null or e.valid_to >= ${day} or e.valid_to = child.valid_to)
        union all
        select s.new_agency_id from staff.succession s join staff.agency old on old.agency_id = s.old_agency_id
        where s.old_agency_id = line.above_id and s.answers and s.on_day <= ${day} and old.valid_to < ${day}) next)
    select agency_id as "agencyId", above_id as "aboveId" from line where agency_id <> above_id
    order by above_id, agency_id`.execute(db)
  return rows
}

export type Predecessor = {
  agencyId: number
  /** One of the agencies asked for. */
  successorId: number
  /** The whole of it went there; otherwise nobody can tell which of its past belongs to the successor. */
  whole: boolean
}

/** Agencies that these came from, at any distance; a line that was split once is split for all before it. */
export async function listPredecessors(
  db: Db<StaffTables>,
  agencyIds: readonly number[],
  day: Day,
): Promise<Predecessor[]> {
  const { rows } = await sql<Predecessor>`
    with recursive line (agency_id, successor_id, whole) as (
      select id, id, true from unnest(${[...agencyIds]}::int[]) as id
      union
      select s.old_agency_id, line.successor_id, line.whole and s.kind <> 'split' and coalesce(s.share, 1) = 1
          and not exists (select from staff.succession other
            where other.old_agency_id = s.old_agency_id and other.new_agency_id <> s.new_agency_id)
      from line join staff.succession s on s.new_agency_id = line.agency_id where s.on_day <= ${day})
    select agency_id as "agencyId", successor_id as "successorId", bool_and(whole) as whole from line
    where agency_id <> successor_id group by agency_id, successor_id order by successor_id, agency_id`.execute(db)
  return rows
}
