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
