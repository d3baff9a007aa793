import { sql } from 'kysely'
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
    order by p.recorded_at desc limit 500`.execute(db)
  return rows
}

/**
 * Lawful erasure: the person's row loses its content, the log keeps the reference and stays whole. The name stays in
 * the dictionary only while somebody else bears it.
 */
export async function erasePerson(
  db: DossierDb,
  { agencyId, personId, at }: { agencyId: number; personId: string; at: string },
): Promise<void> {
  const { rows } = await sql<{ name_key: string | null; dossier_id: string }>`
    with before as (select name_key, dossier_id from dossiers.person where agency_id = ${agencyId} and person_id = ${personId}),
    erased as (update dossiers.person set content = null, secret = null, salt = '', name_key = null, identity_index = null, phone_index = null, erased_at = ${at}
      where agency_id = ${agencyId} and person_id = ${personId})
    select name_key, dossier_id from before`.execute(db)
  const [before] = rows
  if (!before) return
  await sql`update dossiers.dossier set applicant_name = null where agency_id = ${agencyId} and dossier_id = ${before.dossier_id}
    and not exists (select from dossiers.person where agency_id = ${agencyId} and dossier_id = ${before.dossier_id} and content->'roles' ? 'applicant')`.execute(
    db,
  )
  await sql`update dossiers.task set applicant_name = null where agency_id = ${agencyId} and dossier_id = ${before.dossier_id}
    and not exists (select from dossiers.person where agency_id = ${agencyId} and dossier_id = ${before.dossier_id} and content->'roles' ? 'applicant')`.execute(
    db,
  )
  await sql`delete from dossiers.name n where agency_id = ${agencyId} and name_key = ${before.name_key}
    and not exists (select from dossiers.person p where p.agency_id = n.agency_id and p.name_key = n.name_key)`.execute(
    db,
  )
}
