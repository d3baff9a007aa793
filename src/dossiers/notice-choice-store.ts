import type { Instant } from '../platform/day.ts'
import type { NoticeWay } from './contract.ts'
import type { DossierDb } from './store.ts'

type Key = { agencyId: number; dossierId: string }
type Choice = Key & { ways: readonly NoticeWay[]; at: Instant; officerId: number | null }

/** By which ways who filed asked to be told of a dossier; null where they left it to the authority. */
export async function readNoticeWays(
  db: DossierDb,
  { agencyId, dossierId }: Key,
): Promise<readonly NoticeWay[] | null> {
  const row = await db
    .selectFrom('dossiers.notice_choice')
    .select('ways')
    .where('agency_id', '=', agencyId)
    .where('dossier_id', '=', dossierId)
    .executeTakeFirst()
  return row?.ways ?? null
}

/** What was said when the dossier came in; a lodging that is repeated takes back nothing that was chosen since. */
export async function keepNoticeWays(db: DossierDb, choice: Choice): Promise<void> {
  await db
    .insertInto('dossiers.notice_choice')
    .values(rowOf(choice))
    .onConflict((conflict) => conflict.doNothing())
    .execute()
}

/** Chooses anew; no way at all leaves it to the authority again. */
export async function changeNoticeWays(db: DossierDb, choice: Choice): Promise<void> {
  const row = rowOf(choice)
  const { agency_id, dossier_id, ...chosen } = row
  if (row.ways.length === 0) {
    await db
      .deleteFrom('dossiers.notice_choice')
      .where('agency_id', '=', agency_id)
      .where('dossier_id', '=', dossier_id)
      .execute()
    return
  }
  await db
    .insertInto('dossiers.notice_choice')
    .values(row)
    .onConflict((conflict) => conflict.columns(['agency_id', 'dossier_id']).doUpdateSet(chosen))
    .execute()
}

const rowOf = ({ agencyId, dossierId, ways, at, officerId }: Choice) => ({
  agency_id: agencyId,
  dossier_id: dossierId,
  ways: [...new Set(ways)],
  chosen_at: at,
  officer_id: officerId,
})
