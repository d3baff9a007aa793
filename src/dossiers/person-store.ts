import { sql } from 'kysely'
import { searchKey } from '../catalogue/index.ts'
import type { Instant } from '../platform/day.ts'
import type { Status } from './rules/events.ts'
import type { DossierDb, DossierRecord, DossierTables, PersonRow } from './store.ts'

/** The person with this number as last written down in these agencies, and the dossier in which it was. */
export async function findKnownPerson(
  db: DossierDb,
  { agencies, index }: { agencies: readonly number[]; index: Buffer },
): Promise<{ person: PersonRow; dossier: DossierRecord } | undefined> {
  const person = await db
    .selectFrom('dossiers.person')
    .selectAll()
    .where('agency_id', 'in', agencies.length > 0 ? [...agencies] : [0])
    .where('identity_index', '=', index)
    .where('superseded_at', 'is', null)
    .orderBy('recorded_at', 'desc')
    .limit(1)
    .executeTakeFirst()
  if (!person) return undefined
  const dossier = await db
    .selectFrom('dossiers.dossier')
    .selectAll()
    .where('agency_id', '=', person.agency_id)
    .where('dossier_id', '=', person.dossier_id)
    .executeTakeFirst()
  return dossier && { person, dossier }
}

export const recordDisclosure = async (
  db: DossierDb,
  disclosure: DossierTables['dossiers.disclosure'],
): Promise<void> => {
  await db.insertInto('dossiers.disclosure').values(disclosure).execute()
}

export type PersonIn = {
  person_id: string
  dossier_id: string
  roles: string[]
  code: string
  status: Status
  procedure_version_id: number
  finished_at: Instant | null
  /** Nobody has anything to do with it any more. */
  ended: boolean
}

/** Every dossier of an agency in which somebody stands with this number, the newest first. */
export async function listPersonsWith(
  db: DossierDb,
  { agencyId, index }: { agencyId: number; index: Buffer },
): Promise<PersonIn[]> {
  const { rows } = await sql<PersonIn>`
    select p.person_id, p.dossier_id, p.content->'roles' as roles, d.code, d.status, d.procedure_version_id, d.finished_at,
      not exists (select from dossiers.task t where t.agency_id = p.agency_id and t.dossier_id = p.dossier_id) as ended
    from dossiers.person p join dossiers.dossier d using (agency_id, dossier_id)
    where p.agency_id = ${agencyId} and p.identity_index = ${index}
      -- What was mended is erased with the person in whose place it stood.
      and (p.superseded_at is null or not exists (select from dossiers.person now where now.agency_id = p.agency_id
        and now.dossier_id = p.dossier_id and now.identity_index = p.identity_index and now.superseded_at is null))
    order by p.recorded_at desc, p.person_id limit 500`.execute(db)
  return rows
}

/**
 * Lawful erasure: the person's row loses its content, the log keeps the reference and stays whole. The name stays in
 * the dictionary only while somebody else bears it. Rows in whose place this one came go with it.
 */
export async function erasePerson(
  db: DossierDb,
  { agencyId, personId, at }: { agencyId: number; personId: string; at: string },
): Promise<void> {
  const { rows } = await sql<{ person_id: string; dossier_id: string; name: string | null }>`
    select other.person_id, other.dossier_id, other.content->>'name' as name
    from dossiers.person own join dossiers.person other using (agency_id, dossier_id)
    where own.agency_id = ${agencyId} and own.person_id = ${personId}
      and (other.person_id = own.person_id
        or (other.superseded_at is not null and other.content->'roles' = own.content->'roles'))`.execute(db)
  const dossierId = rows[0]?.dossier_id
  if (dossierId === undefined) return
  const ids = rows.map((row) => row.person_id)
  await sql`update dossiers.person set content = null, secret = null, salt = '', name_key = null, identity_index = null, phone_index = null, erased_at = ${at}
    where agency_id = ${agencyId} and person_id = any (${ids}::uuid[])`.execute(db)
  await sql`update dossiers.dossier set applicant_name = null where agency_id = ${agencyId} and dossier_id = ${dossierId}
    and not exists (select from dossiers.person where agency_id = ${agencyId} and dossier_id = ${dossierId} and superseded_at is null and content->'roles' ? 'applicant')`.execute(
    db,
  )
  await sql`update dossiers.task set applicant_name = null where agency_id = ${agencyId} and dossier_id = ${dossierId}
    and not exists (select from dossiers.person where agency_id = ${agencyId} and dossier_id = ${dossierId} and superseded_at is null and content->'roles' ? 'applicant')`.execute(
    db,
  )
  const names = rows.map(({ name }) => searchKey(name ?? ''))
  await sql`delete from dossiers.name n where agency_id = ${agencyId} and name_key = any (${names}::text[])
    and not exists (select from dossiers.person p where p.agency_id = n.agency_id and p.name_key = n.name_key)`.execute(
    db,
  )
}
