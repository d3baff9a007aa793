import { sql } from 'kysely'
import { withScope } from '../platform/db.ts'
import type { DossierContext } from './commands.ts'
import type { DossierTx, EventRow } from './store.ts'

/** An entry of the log as followers get it. */
export type Followed = EventRow & { position: number; transaction_id: string }

/**
 * Hands new entries of the log to `handle`, in the order of their transactions, together with the transaction in which
 * the position of the follower is written: what was handled is handled once, also after a crash.
 *
 * It reads only below the oldest transaction that is still under way. Reading "position greater than mine" instead would
 * skip an entry whose transaction takes a number early and commits late.
 */
export async function followLog(
  context: DossierContext,
  { name, agencies, limit = 2000 }: { name: string; agencies: readonly number[]; limit?: number },
  handle: (tx: DossierTx, entries: readonly Followed[]) => Promise<void>,
): Promise<number> {
  return withScope(context.db, { agencies }, async (tx) => {
    await sql`insert into platform.follower (name) values (${name}) on conflict do nothing`.execute(tx)
    const {
      rows: [at],
    } = await sql<{ transaction_id: string; position: number }>`
      select transaction_id::text, position from platform.follower where name = ${name} for update`.execute(tx)
    const { rows } = await sql<Followed>`
      select e.*, e.transaction_id::text as transaction_id from dossiers.event e
      where (e.transaction_id, e.position) > (${at?.transaction_id ?? '0'}::text::xid8, ${at?.position ?? 0}::bigint)
        and e.transaction_id < pg_snapshot_xmin(pg_current_snapshot())
      order by e.transaction_id, e.position limit ${limit}`.execute(tx)
    const last = rows.at(-1)
    if (!last) return 0
    await handle(tx, rows)
    await sql`update platform.follower set transaction_id = ${last.transaction_id}::text::xid8, position = ${last.position}, followed_at = now()
      where name = ${name}`.execute(tx)
    return rows.length
  })
}

export type DossierKey = { agencyId: number; dossierId: string }

/** The whole logs of these dossiers as a fold takes them, one after the other, oldest entry first. */
export async function loadLogs(tx: DossierTx, dossiers: readonly DossierKey[]): Promise<EventRow[]> {
  if (dossiers.length === 0) return []
  const { rows } = await sql<EventRow>`
    select e.* from unnest(${dossiers.map(({ agencyId }) => agencyId)}::int[], ${dossiers.map(({ dossierId }) => dossierId)}::uuid[])
      as d (agency_id, dossier_id)
    join dossiers.event e on e.agency_id = d.agency_id and e.dossier_id = d.dossier_id
    order by e.agency_id, e.dossier_id, e.version`.execute(tx)
  return rows
}

/** The next dossiers of an agency after this one, in the order of their ids: for those who read everything anew. */
export async function nextDossiers(
  tx: DossierTx,
  { agencyId, after, limit }: { agencyId: number; after: string | null; limit: number },
): Promise<string[]> {
  const { rows } = await sql<{ id: string }>`
    select dossier_id as id from dossiers.dossier
    where agency_id = ${agencyId} and dossier_id > ${after ?? '00000000-0000-0000-0000-000000000000'}::uuid
    order by dossier_id limit ${limit}`.execute(tx)
  return rows.map(({ id }) => id)
}

/** Whether the log holds entries that the follower has not handled, also those it must still wait for. */
export async function hasUnread(
  context: DossierContext,
  { name, agencies }: { name: string; agencies: readonly number[] },
): Promise<boolean> {
  return withScope(context.db, { agencies }, async (tx) => {
    const { rows } = await sql<{ unread: boolean }>`
      select exists (select from dossiers.event e
        where (e.transaction_id, e.position) > (coalesce(f.transaction_id, '0'), coalesce(f.position, 0))) as unread
      from (select 1) as one left join platform.follower f on f.name = ${name}`.execute(tx)
    return rows[0]?.unread ?? false
  })
}
