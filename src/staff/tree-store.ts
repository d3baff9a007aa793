import { sql } from 'kysely'
import type { Day } from '../platform/day.ts'
import type { StaffDb } from './tables.ts'

/**
 * Every agency under which one of these stands on this day, at any distance: superiors, and successors that answer for
 * a closed one. The other way round it is `subtree`; here without the agency itself.
 */
export async function listAbove(
  db: StaffDb,
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
export async function listPredecessors(db: StaffDb, agencyIds: readonly number[], day: Day): Promise<Predecessor[]> {
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

/** The agency and those closed predecessors, at any distance, whose dossiers it answers for on this day. */
export async function answersFor(db: StaffDb, agencyId: number, day: Day): Promise<number[]> {
  return (await reach(db, agencyId, day)).agencies
}

/** The agency, everything below it, and the predecessors of all of these. */
export async function subtree(db: StaffDb, agencyId: number, day: Day): Promise<number[]> {
  return (await reach(db, agencyId, day)).subtree
}

type Reach = { agencies: number[]; subtree: number[] }

/** How long another process's change of the tree may stay unnoticed. */
const REACH_FRESH_MS = 30_000
type KnownReach = { at: number; generation: number; reach: Reach }
const reaches = new WeakMap<object, Map<string, KnownReach>>()
let generation = 0

/** Makes the next question about reach go to the database; called after every change of the tree, of posts and of delegations, once it is committed. */
export function forgetReach(): void {
  generation++
}

/** Counts the changes that this process made to the tree, to posts and to delegations: what was read before one may be old. */
export const staffGeneration = (): number => generation

/** Whom an agency answers for and what stands below it, remembered for a moment. */
export async function reach(db: StaffDb, agencyId: number, day: Day): Promise<Reach> {
  const known = reaches.get(db) ?? new Map<string, KnownReach>()
  reaches.set(db, known)
  const key = `${agencyId}@${day}`
  const found = known.get(key)
  if (found && found.generation === generation && performance.now() - found.at < REACH_FRESH_MS) return found.reach
  const asked = generation
  const { rows } = await sql<Reach>`
    with recursive line (agency_id) as (
      select ${agencyId}::int
      union
      select s.old_agency_id from line join staff.succession s on s.new_agency_id = line.agency_id
      join staff.agency old on old.agency_id = s.old_agency_id
      where s.answers and s.on_day <= ${day} and old.valid_to < ${day}),
    tree (agency_id) as (
      select ${agencyId}::int
      union
      select next.agency_id from tree cross join lateral (
        select e.agency_id from staff.agency_edge e join staff.agency child on child.agency_id = e.agency_id
        where e.parent_id = tree.agency_id and e.valid_from <= ${day} and (e.valid_to is null or e.valid_to >= ${day} or e.valid_to = child.valid_to)
        union all
        select s.old_agency_id from staff.succession s join staff.agency old on old.agency_id = s.old_agency_id
        where s.new_agency_id = tree.agency_id and s.answers and s.on_day <= ${day} and old.valid_to < ${day}) next)
    select (select array_agg(agency_id order by agency_id) from line) as agencies,
      (select array_agg(agency_id order by agency_id) from tree) as subtree`.execute(db)
  const value = rows[0] ?? { agencies: [agencyId], subtree: [agencyId] }
  if (known.size > 10_000) known.clear()
  known.set(key, { at: performance.now(), generation: asked, reach: value })
  return value
}
