import { sql } from 'kysely'
import type { Day } from '../platform/day.ts'
import type { StaffDb } from './tables.ts'

/** Names of officers by id, for lists that show who did what. */
export async function listOfficerNames(db: StaffDb, officerIds: readonly number[]): Promise<Map<number, string>> {
  if (officerIds.length === 0) return new Map()
  const { rows } = await sql<{ id: number; name: string }>`
    select officer_id as id, name from staff.officer where officer_id = any (${officerIds}::int[])`.execute(db)
  return new Map(rows.map(({ id, name }) => [id, name]))
}

/** Names of units by id. */
export async function listUnitNames(db: StaffDb, unitIds: readonly number[]): Promise<Map<number, string>> {
  if (unitIds.length === 0) return new Map()
  const { rows } = await sql<{ id: number; name: string }>`
    select unit_id as id, name from staff.unit where unit_id = any (${unitIds}::int[])`.execute(db)
  return new Map(rows.map(({ id, name }) => [id, name]))
}

/** Titles of posts by id ("Phó Chủ tịch", "Công chức tư pháp – hộ tịch"). */
export async function listPostTitles(db: StaffDb, postIds: readonly number[]): Promise<Map<number, string>> {
  if (postIds.length === 0) return new Map()
  const { rows } = await sql<{ id: number; title: string }>`
    select post_id as id, title from staff.post where post_id = any (${postIds}::int[])`.execute(db)
  return new Map(rows.map(({ id, title }) => [id, title]))
}

/** Every agency there is or was: the scope of jobs that look after all of them. */
export async function listAgencyIds(db: StaffDb): Promise<number[]> {
  const rows = await db.selectFrom('staff.agency').select('agency_id').orderBy('agency_id').execute()
  return rows.map((row) => row.agency_id)
}

/** Agencies that have or had a code for dossiers: of thousands in the tree the few that take any in. */
export async function listCodedAgencyIds(db: StaffDb): Promise<number[]> {
  const rows = await db
    .selectFrom('staff.agency_code')
    .select('agency_id')
    .distinct()
    .where('scheme', '=', 'dossier')
    .orderBy('agency_id')
    .execute()
  return rows.map((row) => row.agency_id)
}

/** Agencies in which somebody supervises on a day: they look after all that lies below. */
export async function listSupervisingAgencies(db: StaffDb, day: Day): Promise<number[]> {
  const { rows } = await sql<{ id: number }>`
    select distinct agency_id as id from staff.post
    where role = 'supervisor' and daterange(valid_from, valid_to, '[]') @> ${day}::date order by id`.execute(db)
  return rows.map(({ id }) => id)
}
