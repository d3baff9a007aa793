import { sql } from 'kysely'
import type { Instant } from '../platform/day.ts'
import type { DossierDb } from './store.ts'

/**
 * Lawful erasure of what was written freely in a dossier, once nobody is named in it any more: while it concerns others
 * too, their reasons and answers stay. The log keeps the reference and stays whole.
 */
export async function eraseNotes(
  db: DossierDb,
  { agencyId, dossierId, at }: { agencyId: number; dossierId: string; at: Instant },
): Promise<void> {
  await sql`update dossiers.note set content = null, salt = '', erased_at = ${at}
    where agency_id = ${agencyId} and dossier_id = ${dossierId} and erased_at is null
      and not exists (select from dossiers.person p where p.agency_id = ${agencyId} and p.dossier_id = ${dossierId} and p.erased_at is null)`.execute(
    db,
  )
}

/** How many notes can still be read, by dossier. */
export async function countNotes(
  db: DossierDb,
  { agencyId, dossierIds }: { agencyId: number; dossierIds: readonly string[] },
): Promise<ReadonlyMap<string, number>> {
  const { rows } = await sql<{ dossierId: string; notes: number }>`
    select dossier_id as "dossierId", count(*)::int as notes from dossiers.note
    where agency_id = ${agencyId} and dossier_id = any (${[...dossierIds]}::uuid[]) and erased_at is null group by 1`.execute(
    db,
  )
  return new Map(rows.map(({ dossierId, notes }) => [dossierId, notes]))
}
