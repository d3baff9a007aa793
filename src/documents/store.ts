import { sql } from 'kysely'
import type { Instant } from '../platform/day.ts'
import type { Db } from '../platform/db.ts'
import type { FileEntry, FileOrigin, FilePurpose } from './contract.ts'
import { fileTypeOf } from './rules/file-types.ts'

export type DocumentTables = {
  'documents.file': {
    agency_id: number
    file_id: string
    dossier_id: string
    sha256: string
    size: number
    media_type: string
    name: string
    purpose: FilePurpose
    component: string | null
    origin: FileOrigin
    uploaded_at: Instant
    uploaded_by: number | null
    removed_at: Instant | null
    removed_by: number | null
  }
}

type Row = DocumentTables['documents.file']
export type NewFile = Omit<Row, 'removed_at' | 'removed_by'>

const kept = [
  'file_id',
  'dossier_id',
  'sha256',
  'size',
  'media_type',
  'name',
  'purpose',
  'component',
  'origin',
  'uploaded_at',
  'uploaded_by',
] as const

/** Notes a file of a dossier. The same content for the same purpose sent again is the entry that is there. */
export async function addFile(tx: Db<DocumentTables>, file: NewFile): Promise<{ entry: FileEntry; isNew: boolean }> {
  const inserted = await tx
    .insertInto('documents.file')
    .values({ ...file, removed_at: null, removed_by: null })
    .onConflict((conflict) => conflict.doNothing())
    .returning(kept)
    .executeTakeFirst()
  if (inserted) return { entry: entryOf(inserted), isNew: true }
  const existing = await tx
    .selectFrom('documents.file')
    .select(kept)
    .where('agency_id', '=', file.agency_id)
    .where('dossier_id', '=', file.dossier_id)
    .where('sha256', '=', file.sha256)
    .where('purpose', '=', file.purpose)
    .where('component', 'is not distinct from', file.component)
    .where('removed_at', 'is', null)
    .executeTakeFirstOrThrow()
  return { entry: entryOf(existing), isNew: false }
}

/** Files of a dossier in the order in which they came. */
export async function listFiles(
  tx: Db<DocumentTables>,
  { agencyId, dossierId }: { agencyId: number; dossierId: string },
): Promise<FileEntry[]> {
  const rows = await tx
    .selectFrom('documents.file')
    .select(kept)
    .where('agency_id', '=', agencyId)
    .where('dossier_id', '=', dossierId)
    .where('removed_at', 'is', null)
    .orderBy('uploaded_at')
    .orderBy('file_id')
    .execute()
  return rows.map(entryOf)
}

/** One file that was not removed, as far as the scope of the transaction shows it. */
export async function findFile(
  tx: Db<DocumentTables>,
  { agencyId, fileId }: { agencyId: number; fileId: string },
): Promise<FileEntry | undefined> {
  const row = await tx
    .selectFrom('documents.file')
    .select(kept)
    .where('agency_id', '=', agencyId)
    .where('file_id', '=', fileId)
    .where('removed_at', 'is', null)
    .executeTakeFirst()
  return row && entryOf(row)
}

/** Takes a file out of its dossier; that it was there, and who took it out, stays. */
export async function removeFile(
  tx: Db<DocumentTables>,
  { agencyId, fileId, officerId, at }: { agencyId: number; fileId: string; officerId: number; at: Instant },
): Promise<boolean> {
  const { numUpdatedRows } = await tx
    .updateTable('documents.file')
    .set({ removed_at: at, removed_by: officerId })
    .where('agency_id', '=', agencyId)
    .where('file_id', '=', fileId)
    .where('removed_at', 'is', null)
    .executeTakeFirst()
  return numUpdatedRows > 0n
}

/** Which dossier a file belongs to, regardless of who asks: nothing else of it is told. */
export async function locateFile(
  db: Db<DocumentTables>,
  fileId: string,
): Promise<{ agencyId: number; dossierId: string } | undefined> {
  const { rows } = await sql<{ agencyId: number; dossierId: string }>`
    select agency_id as "agencyId", dossier_id as "dossierId" from documents.locate_file(${fileId}::uuid)`.execute(db)
  return rows[0]
}

const entryOf = (row: Pick<Row, (typeof kept)[number]>): FileEntry => ({
  fileId: row.file_id,
  dossierId: row.dossier_id,
  name: row.name,
  mediaType: row.media_type,
  size: row.size,
  sha256: row.sha256,
  purpose: row.purpose,
  component: row.component,
  origin: row.origin,
  preview: fileTypeOf(row.media_type)?.preview ?? false,
  uploadedAt: row.uploaded_at,
  uploadedBy: row.uploaded_by,
})
