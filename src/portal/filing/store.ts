import { sql } from 'kysely'
import type { Day, Instant } from '../../platform/day.ts'
import type { Db } from '../../platform/db.ts'
import type { FilingSetting } from './contract.ts'

export type DraftRow = {
  draft_id: string
  account_id: string | null
  officer_id: number | null
  key_hashes: Buffer[]
  resume_index: Buffer | null
  phone_index: Buffer | null
  wrong_guesses: number
  source_index: Buffer
  procedure_code: string
  mends_agency_id: number | null
  mends_dossier_id: string | null
  command_id: string
  content: Buffer | null
  revision: number
  created_at: Instant
  touched_at: Instant
  expires_at: Instant
  lodging_at: Instant | null
  lodged_at: Instant | null
  lodged_agency_id: number | null
  lodged_dossier_id: string | null
}

export type DraftFileRow = {
  draft_id: string
  file_id: string
  component: string
  place: number
  name: Buffer
  size: number
  received: number
  sha256: string | null
  media_type: string | null
  refused: string | null
  reused_agency_id: number | null
  reused_dossier_id: string | null
  reused_file_id: string | null
  created_at: Instant
  completed_at: Instant | null
}

type SettingRow = {
  agency_id: number
  own_front: boolean
  open_from: Day | null
  open_to: Day | null
  procedures: string[] | null
  fields: string[] | null
  basis: string
  drafts_per_account: number
  draft_days: number
  changed_at: Instant
  changed_by: number | null
}

export type FilingTables = {
  'portal.draft': DraftRow
  'portal.draft_file': DraftFileRow
  'portal.filing_setting': SettingRow
}

type FilingDb = Db<FilingTables>

// --- Settings -----------------------------------------------------------------------------------------------------------

export async function loadSettings(
  db: FilingDb,
  agencyIds: readonly number[],
): Promise<Map<number, FilingSetting & { changedAt: Instant; changedBy: number | null }>> {
  if (agencyIds.length === 0) return new Map()
  const rows = await db
    .selectFrom('portal.filing_setting')
    .selectAll()
    .where('agency_id', 'in', [...agencyIds])
    .execute()
  return new Map(
    rows.map((row) => [
      row.agency_id,
      {
        ownFront: row.own_front,
        openFrom: row.open_from,
        openTo: row.open_to,
        procedures: row.procedures,
        fields: row.fields,
        basis: row.basis,
        draftsPerAccount: row.drafts_per_account,
        draftDays: row.draft_days,
        changedAt: row.changed_at,
        changedBy: row.changed_by,
      },
    ]),
  )
}

/** In a transaction that has the agency in its scope. */
export async function writeSetting(
  tx: FilingDb,
  { agencyId, setting, at, by }: { agencyId: number; setting: FilingSetting; at: Instant; by: number | null },
): Promise<void> {
  const row = {
    own_front: setting.ownFront,
    open_from: setting.openFrom,
    open_to: setting.openTo,
    procedures: setting.procedures,
    fields: setting.fields,
    basis: setting.basis,
    drafts_per_account: setting.draftsPerAccount,
    draft_days: setting.draftDays,
    changed_at: at,
    changed_by: by,
  }
  await tx
    .insertInto('portal.filing_setting')
    .values({ agency_id: agencyId, ...row })
    .onConflict((conflict) => conflict.column('agency_id').doUpdateSet(row))
    .execute()
}

// --- Drafts -------------------------------------------------------------------------------------------------------------

export async function insertDraft(db: FilingDb, row: DraftRow): Promise<void> {
  await db.insertInto('portal.draft').values(row).execute()
}

export const findDraft = (db: FilingDb, draftId: string): Promise<DraftRow | undefined> =>
  db.selectFrom('portal.draft').selectAll().where('draft_id', '=', draftId).executeTakeFirst()

/** The same, and nobody else changes it until the transaction ends. */
export const lockDraft = (tx: FilingDb, draftId: string): Promise<DraftRow | undefined> =>
  tx.selectFrom('portal.draft').selectAll().where('draft_id', '=', draftId).forUpdate().executeTakeFirst()

export const findDraftByCode = (db: FilingDb, index: Buffer): Promise<DraftRow | undefined> =>
  db.selectFrom('portal.draft').selectAll().where('resume_index', '=', index).executeTakeFirst()

/** Newest first: those of the account, or those of the browser that belong to no account. */
export async function listDrafts(
  db: FilingDb,
  { accountId, keyHash, now }: { accountId: string | null; keyHash: Buffer | null; now: Instant },
): Promise<DraftRow[]> {
  const { rows } = await sql<DraftRow>`
    select * from portal.draft
    where expires_at > ${now} and mends_dossier_id is null
      and (account_id = ${accountId}::uuid or (account_id is null and key_hashes @> array[${keyHash}]::bytea[]))
    order by touched_at desc, draft_id desc limit 200`.execute(db)
  return rows
}

/** Drafts that are not lodged, of an account or a browser, and of a source since a moment. */
export async function countDrafts(
  db: FilingDb,
  {
    accountId,
    keyHash,
    sourceIndex,
    now,
    since,
  }: { accountId: string | null; keyHash: Buffer | null; sourceIndex: Buffer; now: Instant; since: Instant },
): Promise<{ own: number; source: number }> {
  const { rows } = await sql<{ own: number; source: number }>`
    select
      (select count(*)::int from portal.draft where lodged_at is null and expires_at > ${now}
        and (account_id = ${accountId}::uuid or (account_id is null and key_hashes @> array[${keyHash}]::bytea[]))) as own,
      (select count(*)::int from portal.draft where lodged_at is null
        and source_index = ${sourceIndex} and created_at > ${since}) as source`.execute(db)
  return rows[0] ?? { own: 0, source: 0 }
}

/** The draft that mends a dossier and is not sent yet. */
export const findMending = (db: FilingDb, dossierId: string): Promise<DraftRow | undefined> =>
  db
    .selectFrom('portal.draft')
    .selectAll()
    .where('mends_dossier_id', '=', dossierId)
    .where('lodged_at', 'is', null)
    .executeTakeFirst()

/** Dossiers that an account has lodged here, the newest first; as long as their drafts are remembered. */
export async function listLodged(
  db: FilingDb,
  { accountId, keyHash, now }: { accountId: string | null; keyHash: Buffer | null; now: Instant },
): Promise<{ agencyId: number; dossierId: string }[]> {
  const { rows } = await sql<{ agencyId: number; dossierId: string }>`
    select lodged_agency_id as "agencyId", lodged_dossier_id as "dossierId" from portal.draft
    where expires_at > ${now} and lodged_at is not null and mends_dossier_id is null
      and (account_id = ${accountId}::uuid or (account_id is null and key_hashes @> array[${keyHash}]::bytea[]))
    order by lodged_at desc, draft_id desc limit 200`.execute(db)
  return rows
}

export async function changeDraft(
  db: FilingDb,
  draftId: string,
  change: Partial<Omit<DraftRow, 'draft_id' | 'command_id' | 'created_at'>>,
): Promise<void> {
  await db.updateTable('portal.draft').set(change).where('draft_id', '=', draftId).execute()
}

/** Takes the draft for lodging; false when it is lodged, or somebody else lodges it just now. */
export async function leaseDraft(
  db: FilingDb,
  draftId: string,
  { now, before }: { now: Instant; before: Instant },
): Promise<boolean> {
  const { numUpdatedRows } = await db
    .updateTable('portal.draft')
    .set({ lodging_at: now })
    .where('draft_id', '=', draftId)
    .where('lodged_at', 'is', null)
    .where((where) => where.or([where('lodging_at', 'is', null), where('lodging_at', '<=', before)]))
    .executeTakeFirst()
  return numUpdatedRows > 0n
}

export async function removeDrafts(db: FilingDb, draftIds: readonly string[]): Promise<void> {
  if (draftIds.length === 0) return
  await db
    .deleteFrom('portal.draft')
    .where('draft_id', 'in', [...draftIds])
    .execute()
}

export const listExpired = async (db: FilingDb, now: Instant, most: number): Promise<string[]> =>
  (
    await db
      .selectFrom('portal.draft')
      .select('draft_id')
      .where('expires_at', '<=', now)
      .orderBy('expires_at')
      .limit(most)
      .execute()
  ).map((row) => row.draft_id)

/** Drafts of citizens that end in between, which nobody has touched for as long; not those that mend a dossier. */
export const listEnding = (
  db: FilingDb,
  {
    now,
    until,
    untouchedSince,
    after,
    most,
  }: Record<'now' | 'until' | 'untouchedSince', Instant> & {
    after: string | undefined
    most: number
  },
): Promise<DraftRow[]> =>
  db
    .selectFrom('portal.draft')
    .selectAll()
    .where('expires_at', '>', now)
    .where('expires_at', '<=', until)
    .where('touched_at', '<=', untouchedSince)
    .where('officer_id', 'is', null)
    .where('mends_dossier_id', 'is', null)
    .where('lodging_at', 'is', null)
    .where('lodged_at', 'is', null)
    .$if(after !== undefined, (query) => query.where('draft_id', '>', after ?? ''))
    .orderBy('draft_id')
    .limit(most)
    .execute()

/** Drafts that were being lodged when the process ended. */
export const listUnfinished = (db: FilingDb, before: Instant): Promise<DraftRow[]> =>
  db
    .selectFrom('portal.draft')
    .selectAll()
    .where('lodging_at', '<', before)
    .where('lodged_at', 'is', null)
    .limit(100)
    .execute()

// --- Files --------------------------------------------------------------------------------------------------------------

export async function insertDraftFile(db: FilingDb, row: DraftFileRow): Promise<void> {
  await db.insertInto('portal.draft_file').values(row).execute()
}

export const listDraftFiles = (db: FilingDb, draftId: string): Promise<DraftFileRow[]> =>
  db
    .selectFrom('portal.draft_file')
    .selectAll()
    .where('draft_id', '=', draftId)
    .orderBy('component')
    .orderBy('place')
    .orderBy('file_id')
    .execute()

export async function changeDraftFile(
  db: FilingDb,
  { draftId, fileId }: { draftId: string; fileId: string },
  change: Partial<Omit<DraftFileRow, 'draft_id' | 'file_id' | 'created_at'>>,
): Promise<void> {
  await db
    .updateTable('portal.draft_file')
    .set(change)
    .where('draft_id', '=', draftId)
    .where('file_id', '=', fileId)
    .execute()
}

export async function removeDraftFile(
  db: FilingDb,
  { draftId, fileId }: { draftId: string; fileId: string },
): Promise<void> {
  await db.deleteFrom('portal.draft_file').where('draft_id', '=', draftId).where('file_id', '=', fileId).execute()
}

/** Ids of the files whose drafts are still there, out of these; the others' bytes are of no use to anybody. */
export async function knownFiles(db: FilingDb, fileIds: readonly string[]): Promise<Set<string>> {
  if (fileIds.length === 0) return new Set()
  const rows = await db
    .selectFrom('portal.draft_file')
    .select('file_id')
    .where('file_id', 'in', [...fileIds])
    .execute()
  return new Set(rows.map((row) => row.file_id))
}
