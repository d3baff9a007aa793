import type { Db, Tx } from '../../platform/db.ts'
import type { Instant } from '../../platform/day.ts'
import type { MarkTarget } from './marks-contract.ts'

export type MarkRow = {
  agency_id: number
  mark_id: string
  dossier_id: string
  command_id: string
  kind: MarkTarget['kind']
  target: string
  ordinal: number
  secret: Buffer
  marked_at: Instant
  marked_by: number
  requested_at: Instant | null
  mended_at: Instant | null
}

export type MarkTables = { 'portal.mark': MarkRow; 'portal.online_watch': WatchRow }
export type MarkTx = Db<MarkTables> | Tx<MarkTables>
type Whose = { agencyId: number; dossierId: string }

/** All marks of a dossier whose request was accepted, oldest first. */
export const listMarks = (tx: MarkTx, { agencyId, dossierId }: Whose): Promise<MarkRow[]> =>
  tx
    .selectFrom('portal.mark')
    .selectAll()
    .where('agency_id', '=', agencyId)
    .where('dossier_id', '=', dossierId)
    .where('requested_at', 'is not', null)
    .orderBy('marked_at')
    .orderBy('ordinal')
    .execute()

/** Writes the marks of a request; one that is repeated writes nothing. */
export async function insertMarks(tx: MarkTx, rows: readonly MarkRow[]): Promise<void> {
  if (rows.length === 0) return
  await tx
    .insertInto('portal.mark')
    .values([...rows])
    .onConflict((conflict) => conflict.doNothing())
    .execute()
}

/** The request was accepted: its marks are shown from now on. */
export async function showMarks(
  tx: MarkTx,
  { agencyId, dossierId, commandId, at }: Whose & { commandId: string; at: Instant },
): Promise<void> {
  await tx
    .updateTable('portal.mark')
    .set({ requested_at: at })
    .where('agency_id', '=', agencyId)
    .where('dossier_id', '=', dossierId)
    .where('command_id', '=', commandId)
    .where('requested_at', 'is', null)
    .execute()
}

/** The request was refused: nobody asked for anything. */
export async function dropMarks(
  tx: MarkTx,
  { agencyId, dossierId, commandId }: Whose & { commandId: string },
): Promise<void> {
  await tx
    .deleteFrom('portal.mark')
    .where('agency_id', '=', agencyId)
    .where('dossier_id', '=', dossierId)
    .where('command_id', '=', commandId)
    .where('requested_at', 'is', null)
    .execute()
}

/** Marks whose request was neither accepted nor refused when the process ended; of all agencies in scope. */
export const listUndecidedMarks = (tx: MarkTx, before: Instant): Promise<MarkRow[]> =>
  tx
    .selectFrom('portal.mark')
    .selectAll()
    .where('requested_at', 'is', null)
    .where('marked_at', '<', before)
    .limit(500)
    .execute()

/** Takes the open marks of a dossier for mending; nobody else mends them at the same time. */
export const lockOpenMarks = (tx: MarkTx, { agencyId, dossierId }: Whose): Promise<MarkRow[]> =>
  tx
    .selectFrom('portal.mark')
    .selectAll()
    .where('agency_id', '=', agencyId)
    .where('dossier_id', '=', dossierId)
    .where('requested_at', 'is not', null)
    .where('mended_at', 'is', null)
    .orderBy('mark_id')
    .forUpdate()
    .execute()

export async function writeMended(
  tx: MarkTx,
  { agencyId, markId, secret, at }: { agencyId: number; markId: string; secret: Buffer; at: Instant },
): Promise<void> {
  await tx
    .updateTable('portal.mark')
    .set({ secret, mended_at: at })
    .where('agency_id', '=', agencyId)
    .where('mark_id', '=', markId)
    .execute()
}

// --- Whether somebody has looked at an online dossier ---------------------------------------------------------------------

export type WatchRow = {
  agency_id: number
  dossier_id: string
  seen_at: Instant | null
  seen_by: number | null
  reminded_at: Instant | null
}

export const listWatched = async (tx: MarkTx, dossiers: readonly Whose[]): Promise<Map<string, WatchRow>> => {
  if (dossiers.length === 0) return new Map()
  const rows = await tx
    .selectFrom('portal.online_watch')
    .selectAll()
    .where('agency_id', 'in', [...new Set(dossiers.map(({ agencyId }) => agencyId))])
    .where(
      'dossier_id',
      'in',
      dossiers.map(({ dossierId }) => dossierId),
    )
    .execute()
  return new Map(rows.map((row) => [row.dossier_id, row]))
}

/** The first who opened it stays. */
export async function noteSeen(
  tx: MarkTx,
  { agencyId, dossierId, officerId, at }: Whose & { officerId: number; at: Instant },
): Promise<void> {
  await tx
    .insertInto('portal.online_watch')
    .values({ agency_id: agencyId, dossier_id: dossierId, seen_at: at, seen_by: officerId, reminded_at: null })
    .onConflict((conflict) =>
      conflict
        .columns(['agency_id', 'dossier_id'])
        .doUpdateSet({ seen_at: at, seen_by: officerId })
        .where('portal.online_watch.seen_at', 'is', null),
    )
    .execute()
}

export async function noteReminded(tx: MarkTx, { agencyId, dossierId, at }: Whose & { at: Instant }): Promise<void> {
  await tx
    .insertInto('portal.online_watch')
    .values({ agency_id: agencyId, dossier_id: dossierId, seen_at: null, seen_by: null, reminded_at: at })
    .onConflict((conflict) => conflict.columns(['agency_id', 'dossier_id']).doUpdateSet({ reminded_at: at }))
    .execute()
}
