import { createHash } from 'node:crypto'
import { createReadStream } from 'node:fs'
import { mkdir, open, readdir, rm, stat } from 'node:fs/promises'
import { join } from 'node:path'
import type { Readable } from 'node:stream'
import { inspectFile, type FileRefusal } from '../../documents/index.ts'
import type { Context } from '../../platform/context.ts'
import { networkOf } from '../../platform/http/attempts.ts'
import { newId } from '../../platform/id.ts'
import { accept, refuse, type Result } from '../../platform/result.ts'
import type { DraftFile, UploadOrder } from './contract.ts'
import {
  changeDraftFile,
  insertDraftFile,
  knownFiles,
  listDraftFiles,
  removeDraftFile,
  type DraftFileRow,
  type FilingTables,
} from './store.ts'

export type UploadContext = Pick<Context<FilingTables>, 'db' | 'keys' | 'clock' | 'config'>

const MEGABYTE = 1024 * 1024
export const FILE_BYTES = 20 * MEGABYTE
const DRAFT_BYTES = 120 * MEGABYTE
const DRAFT_FILES = 100
const SOURCE_BYTES = 2048 * MEGABYTE
const SOURCE_MS = 24 * 3_600_000

/** What a citizen's paper may be: what every officer can open and every paper can become. */
const taken = new Set(['application/pdf', 'image/jpeg', 'image/png'])

export type UploadRefusal = {
  code:
    | FileRefusal['code']
    | 'upload-unknown'
    | 'upload-busy'
    | 'upload-offset'
    | 'upload-too-long'
    | 'upload-checksum'
    | 'upload-kind'
    | 'draft-full'
    | 'too-much-today'
  offset?: number
}

const place = ({ config }: UploadContext) => join(config.fileDir, 'drafts')
const pathOf = (context: UploadContext, fileId: string) => join(place(context), fileId)

/** Files that somebody writes to just now, in this process. */
const busy = new Set<string>()
/** Bytes that came from a network lately. */
const sources = new Map<string, { bytes: number; since: number }>()

export async function filesOf(context: UploadContext, draftId: string): Promise<DraftFile[]> {
  return (await listDraftFiles(context.db, draftId)).map((row) => fileOf(context, row))
}

/** Announces a file; its bytes come afterwards, in as many pieces as the line allows. */
export async function createUpload(
  context: UploadContext,
  draftId: string,
  { component, name, size, sha256, place: wanted }: UploadOrder,
): Promise<Result<DraftFile, UploadRefusal>> {
  if (size > FILE_BYTES) return refuse({ code: 'file-too-large' })
  const files = await listDraftFiles(context.db, draftId)
  // A file announced again after a lost answer is the one that is there.
  const same = files.find(
    (row) =>
      sha256 !== undefined && row.sha256 === sha256 && row.component === component && row.size === size && !row.refused,
  )
  if (same) return accept(fileOf(context, same))
  if (files.length >= DRAFT_FILES || files.reduce((sum, row) => sum + row.size, size) > DRAFT_BYTES)
    return refuse({ code: 'draft-full' })
  const row: DraftFileRow = {
    draft_id: draftId,
    file_id: newId(),
    component,
    place: wanted ?? Math.max(0, ...files.filter((each) => each.component === component).map((each) => each.place + 1)),
    name: context.keys.encrypt(name.slice(0, 200)),
    size,
    received: 0,
    sha256: sha256 ?? null,
    media_type: null,
    refused: null,
    reused_agency_id: null,
    reused_dossier_id: null,
    reused_file_id: null,
    created_at: context.clock(),
    completed_at: null,
  }
  await mkdir(place(context), { recursive: true, mode: 0o700 })
  await insertDraftFile(context.db, row)
  return accept(fileOf(context, row))
}

/** Adds what comes at `offset`. What arrived before a line broke stays; whoever comes back asks how far it is. */
export async function appendUpload(
  context: UploadContext,
  { draftId, fileId, offset, address }: { draftId: string; fileId: string; offset: number; address: string },
  source: AsyncIterable<Uint8Array>,
): Promise<Result<DraftFile, UploadRefusal>> {
  const row = (await listDraftFiles(context.db, draftId)).find((each) => each.file_id === fileId)
  if (!row || row.reused_file_id) return refuse({ code: 'upload-unknown' })
  if (row.completed_at !== null) return accept(fileOf(context, row))
  if (busy.has(fileId)) return refuse({ code: 'upload-busy' })
  busy.add(fileId)
  try {
    const path = pathOf(context, fileId)
    const there = await sizeOf(path)
    if (there !== offset) return refuse({ code: 'upload-offset', offset: there })
    const written = await write(path, { there, most: row.size, network: networkOf(address) }, source)
    await changeDraftFile(context.db, { draftId, fileId }, { received: Math.min(await sizeOf(path), row.size) })
    if (!written.ok) {
      if (written.refusal.code === 'upload-too-long') await discard(context, { draftId, fileId })
      return written
    }
    const received = await sizeOf(path)
    if (received < row.size) return accept(fileOf(context, { ...row, received }))
    return await complete(context, { ...row, received })
  } finally {
    busy.delete(fileId)
  }
}

/** How much of a file is here, by the disk and not by memory. */
export async function uploadOffset(
  context: UploadContext,
  { draftId, fileId }: { draftId: string; fileId: string },
): Promise<{ offset: number; size: number } | undefined> {
  const row = (await listDraftFiles(context.db, draftId)).find((each) => each.file_id === fileId)
  if (!row) return undefined
  return { offset: row.completed_at === null ? await sizeOf(pathOf(context, fileId)) : row.size, size: row.size }
}

/** A whole file in one go, from a plain form; its length is known when it has come. */
export async function putUpload(
  context: UploadContext,
  draftId: string,
  { component, name, address }: { component: string; name: string; address: string },
  source: AsyncIterable<Uint8Array>,
): Promise<Result<DraftFile, UploadRefusal>> {
  const chunks: Uint8Array[] = []
  let size = 0
  for await (const chunk of source) {
    size += chunk.length
    if (size > FILE_BYTES) return refuse({ code: 'file-too-large' })
    chunks.push(chunk)
  }
  if (size === 0) return refuse({ code: 'file-empty' })
  const hash = createHash('sha256')
  for (const chunk of chunks) hash.update(chunk)
  const created = await createUpload(context, draftId, { component, name, size, sha256: hash.digest('hex') })
  if (!created.ok || created.value.done) return created
  const { fileId } = created.value
  // A part of it may be here from an attempt before.
  await rm(pathOf(context, fileId), { force: true })
  const appended = await appendUpload(context, { draftId, fileId, offset: 0, address }, each(chunks))
  if (!appended.ok) await discard(context, { draftId, fileId })
  return appended
}

/** Takes a file out of a draft, with its bytes. */
export async function discard(
  context: UploadContext,
  { draftId, fileId }: { draftId: string; fileId: string },
): Promise<void> {
  await removeDraftFile(context.db, { draftId, fileId })
  await rm(pathOf(context, fileId), { force: true })
}

/** Puts a page before the one that stands before it. */
export async function moveUp(
  context: UploadContext,
  { draftId, fileId }: { draftId: string; fileId: string },
): Promise<void> {
  const rows = await listDraftFiles(context.db, draftId)
  const row = rows.find((each) => each.file_id === fileId)
  const own = rows.filter((each) => each.component === row?.component)
  const index = own.findIndex((each) => each.file_id === fileId)
  const before = own[index - 1]
  if (!row || !before) return
  // Places can be alike when files came at the same time: all are numbered anew.
  const order = own.map((each) => each.file_id)
  order.splice(index - 1, 2, row.file_id, before.file_id)
  for (const [place, id] of order.entries()) await changeDraftFile(context.db, { draftId, fileId: id }, { place })
}

export const readUpload = (context: UploadContext, fileId: string): Readable =>
  createReadStream(pathOf(context, fileId))

export async function removeBytes(context: UploadContext, fileIds: readonly string[]): Promise<void> {
  for (const fileId of fileIds) await rm(pathOf(context, fileId), { force: true })
}

/** Bytes whose draft is gone, e.g. after a crash; what is younger than an hour may be on its way. */
export async function sweepUploads(context: UploadContext, now: number): Promise<number> {
  const names = await readdir(place(context)).catch(() => [])
  const old: string[] = []
  for (const name of names) {
    const { mtimeMs } = await stat(join(place(context), name)).catch(() => ({ mtimeMs: now }))
    if (mtimeMs < now - 3_600_000) old.push(name)
  }
  const ids = old.filter((name) => /^[0-9a-f-]{36}$/.test(name))
  const known = await knownFiles(context.db, ids)
  const orphans = old.filter((name) => !known.has(name))
  await removeBytes(context, orphans)
  return orphans.length
}

async function write(
  path: string,
  { there, most, network }: { there: number; most: number; network: string },
  source: AsyncIterable<Uint8Array>,
): Promise<Result<null, UploadRefusal>> {
  const file = await open(path, 'a', 0o600)
  let size = there
  try {
    for await (const chunk of source) {
      size += chunk.length
      if (size > most) return refuse({ code: 'upload-too-long' })
      if (!spend(network, chunk.length)) return refuse({ code: 'too-much-today' })
      await file.writeFile(chunk)
    }
    if (size >= most) await file.sync()
  } catch (fault) {
    // The other side hung up in the middle; what came before it is kept.
    if (!isOurs(fault)) return refuse({ code: 'upload-broken' })
    throw fault
  } finally {
    await file.close()
  }
  return accept(null)
}

const isOurs = (fault: unknown): boolean =>
  fault instanceof Error &&
  'syscall' in fault &&
  /^(ENOSPC|EDQUOT|EIO|EACCES|EROFS|EMFILE)$/.test(String(Reflect.get(fault, 'code')))

function spend(network: string, bytes: number): boolean {
  const now = performance.now()
  const known = sources.get(network)
  const spent = known && now - known.since < SOURCE_MS ? known : { bytes: 0, since: now }
  if (sources.size > 50_000) sources.clear()
  sources.set(network, { ...spent, bytes: spent.bytes + bytes })
  return spent.bytes + bytes <= SOURCE_BYTES
}

/** All bytes are here: checks that they are the ones that were announced, and what they are. */
async function complete(context: UploadContext, row: DraftFileRow): Promise<Result<DraftFile, UploadRefusal>> {
  const { draft_id: draftId, file_id: fileId } = row
  const path = pathOf(context, fileId)
  const hash = createHash('sha256')
  for await (const chunk of createReadStream(path)) hash.update(chunk as Uint8Array)
  const sha256 = hash.digest('hex')
  if (row.sha256 !== null && row.sha256 !== sha256) {
    await rm(path, { force: true })
    await changeDraftFile(context.db, { draftId, fileId }, { received: 0 })
    return refuse({ code: 'upload-checksum', offset: 0 })
  }
  const inspected = await inspectFile(path)
  const refusal = inspected.ok ? refusalOfKind(inspected.value.mediaType) : inspected.refusal
  if (refusal) {
    await discard(context, { draftId, fileId })
    return refuse(refusal)
  }
  const mediaType = inspected.ok ? inspected.value.mediaType : null
  const change = { sha256, media_type: mediaType, received: row.size, completed_at: context.clock() }
  await changeDraftFile(context.db, { draftId, fileId }, change)
  return accept(fileOf(context, { ...row, ...change }))
}

const refusalOfKind = (mediaType: string): UploadRefusal | undefined =>
  taken.has(mediaType) ? undefined : { code: 'upload-kind' }

const sizeOf = async (path: string): Promise<number> => (await stat(path).catch(() => ({ size: 0 }))).size

async function* each(chunks: readonly Uint8Array[]): AsyncGenerator<Uint8Array> {
  yield* chunks
}

const fileOf = ({ keys }: Pick<UploadContext, 'keys'>, row: DraftFileRow): DraftFile => ({
  fileId: row.file_id,
  component: row.component,
  place: row.place,
  name: keys.decrypt(row.name),
  size: row.size,
  received: row.received,
  mediaType: row.media_type,
  refused: row.refused,
  done: row.completed_at !== null,
  reused:
    row.reused_file_id !== null && row.reused_agency_id !== null && row.reused_dossier_id !== null
      ? { agencyId: row.reused_agency_id, dossierId: row.reused_dossier_id, fileId: row.reused_file_id }
      : null,
})
