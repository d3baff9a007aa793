import type { MultipartFile } from '@fastify/multipart'
import { Type } from 'typebox'
import type { Actor } from '../identity/index.ts'
import type { Context } from '../platform/context.ts'
import { withScope } from '../platform/db.ts'
import { sendNotFound, sendProblem } from '../platform/http/problem.ts'
import type { Http } from '../platform/http/route.ts'
import { newId } from '../platform/id.ts'
import { refuse, type Result } from '../platform/result.ts'
import { DossierParams, DownloadQuery, FileEntry, FileList, FileParams, UploadQuery } from './contract.ts'
import type { FileStore, KeptFile } from './file-store.ts'
import { cleanFileName, contentDisposition } from './rules/file-names.ts'
import { FILE_LIMIT, fileTypeOf, type FileRefusal } from './rules/file-types.ts'
import { addFile, findFile, listFiles, locateFile, removeFile, type DocumentTables } from './store.ts'
import { vi } from './text.vi.ts'

export type DocumentsOptions = {
  files: FileStore
  /**
   * Whether the officer may read or write this dossier now, and whose it is. Undefined: for this officer it does not
   * exist. `readOnly` when it may be seen but its files may not be changed.
   */
  openDossier: (
    actor: Actor,
    dossierId: string,
    mode: 'read' | 'write',
  ) => Promise<{ agencyId: number; readOnly?: boolean } | undefined>
}

const tags = ['documents']
const read = { permission: 'dossier.read' }
const statusOf: Partial<Record<FileRefusal['code'], number>> = {
  'file-too-large': 413,
  'file-missing': 400,
  'upload-broken': 400,
}

export function documentsRoutes(
  http: Http,
  context: Context<DocumentTables>,
  { files, openDossier }: DocumentsOptions,
): void {
  const { db, clock, log } = context

  http.post(
    '/api/dossiers/:dossierId/files',
    {
      config: read,
      schema: {
        tags,
        summary: 'Đưa một tệp vào hồ sơ',
        description:
          'Nội dung là multipart/form-data với đúng một tệp. Loại tệp được xét theo nội dung. Gửi lại cùng nội dung trả về mục đã có (200).',
        consumes: ['multipart/form-data'],
        params: DossierParams,
        querystring: UploadQuery,
        response: { 200: FileEntry, 201: FileEntry },
      },
    },
    async (request, reply) => {
      const { dossierId } = request.params
      const dossier = await openDossier(request.actor, dossierId, 'write')
      if (!dossier) return sendNotFound(reply)
      if (dossier.readOnly)
        return sendProblem(reply, 409, { code: 'dossier-not-writable', detail: vi.refusals['dossier-not-writable'] })
      const part = await request.file({ limits: { files: 1, fileSize: FILE_LIMIT + 1 } })
      const stored = await keep(files, part)
      if (!stored.ok) {
        part?.file.resume()
        return sendProblem(reply, statusOf[stored.refusal.code] ?? 422, {
          code: stored.refusal.code,
          detail: vi.refusals[stored.refusal.code],
        })
      }
      const { sha256, size, mediaType } = stored.value
      const { purpose, component = null, origin = 'upload' } = request.query
      const { entry, isNew } = await withScope(db, { agencies: [], dossier: dossierId }, async (tx) =>
        addFile(tx, {
          agency_id: dossier.agencyId,
          file_id: newId(),
          dossier_id: dossierId,
          sha256,
          size,
          media_type: mediaType,
          name: cleanFileName(part?.filename ?? '', fileTypeOf(mediaType)?.extensions ?? []),
          purpose,
          component,
          origin,
          uploaded_at: clock(),
          uploaded_by: request.actor.officerId,
        }),
      )
      return reply.code(isNew ? 201 : 200).send(entry)
    },
  )

  http.get(
    '/api/dossiers/:dossierId/files',
    {
      config: read,
      schema: { tags, summary: 'Các tệp của một hồ sơ', params: DossierParams, response: { 200: FileList } },
    },
    async (request, reply) => {
      const { dossierId } = request.params
      const dossier = await openDossier(request.actor, dossierId, 'read')
      if (!dossier) return sendNotFound(reply)
      const { agencyId } = dossier
      const scope = { agencies: [], dossier: dossierId }
      return { files: await withScope(db, scope, async (tx) => listFiles(tx, { agencyId, dossierId })) }
    },
  )

  http.get(
    '/api/files/:fileId',
    {
      config: read,
      schema: {
        tags,
        summary: 'Tải một tệp; với inline=1 thì xem trước PDF hoặc ảnh',
        params: FileParams,
        querystring: DownloadQuery,
      },
    },
    async (request, reply) => {
      const { fileId } = request.params
      const opened = await open(request.actor, fileId, 'read')
      if (!opened) return sendNotFound(reply)
      const content = await files.get(opened.entry.sha256)
      if (!content) {
        log.error({ what: 'file-content-missing', fileId, dossierId: opened.entry.dossierId })
        throw new Error('the content of a file is missing in the file store')
      }
      log.info({ what: 'file-read', fileId, dossierId: opened.entry.dossierId, officerId: request.actor.officerId })
      const inline = request.query.inline === '1' && opened.entry.preview
      return reply
        .headers({ ...protection(inline), 'content-length': content.size })
        .header('content-disposition', contentDisposition(inline ? 'inline' : 'attachment', opened.entry.name))
        .type(inline ? opened.entry.mediaType : downloadType(opened.entry.mediaType))
        .send(content.stream)
    },
  )

  http.delete(
    '/api/files/:fileId',
    {
      config: read,
      schema: { tags, summary: 'Bỏ một tệp khỏi hồ sơ', params: FileParams, response: { 204: Type.Null() } },
    },
    async (request, reply) => {
      const { fileId } = request.params
      const opened = await open(request.actor, fileId, 'write')
      if (!opened) return sendNotFound(reply)
      if (opened.readOnly)
        return sendProblem(reply, 409, { code: 'dossier-not-writable', detail: vi.refusals['dossier-not-writable'] })
      const { agencyId, entry } = opened
      const { officerId } = request.actor
      const scope = { agencies: [], dossier: entry.dossierId }
      const removed = await withScope(db, scope, async (tx) =>
        removeFile(tx, { agencyId, fileId, officerId, at: clock() }),
      )
      return removed ? reply.code(204).send(null) : sendNotFound(reply)
    },
  )

  /** The file with the dossier that it belongs to, if this officer may. */
  async function open(actor: Actor, fileId: string, mode: 'read' | 'write') {
    const place = await locateFile(db, fileId)
    if (!place) return undefined
    const dossier = await openDossier(actor, place.dossierId, mode)
    if (!dossier || dossier.agencyId !== place.agencyId) return undefined
    const { agencyId } = place
    const scope = { agencies: [], dossier: place.dossierId }
    const entry = await withScope(db, scope, async (tx) => findFile(tx, { agencyId, fileId }))
    return entry && { entry, agencyId, readOnly: dossier.readOnly ?? false }
  }
}

async function keep(files: FileStore, part: MultipartFile | undefined): Promise<Result<KeptFile, FileRefusal>> {
  if (!part) return refuse({ code: 'file-missing' })
  try {
    return await files.put(part.file)
  } catch (fault) {
    // The other side hung up; a fault of our own disk is not theirs.
    if (fault === part.file.errored || !(fault instanceof Error) || !('syscall' in fault))
      return refuse({ code: 'upload-broken' })
    throw fault
  }
}

/** Text is downloaded as plain bytes too, so that no browser finds a reason to show it. */
const downloadType = (mediaType: string): string =>
  /^(text|application\/xml)/.test(mediaType) ? 'application/octet-stream' : mediaType

/** A file of somebody else must never run as a page of ours, in whatever way it is opened. */
const protection = (inline: boolean): Record<string, string> => ({
  'x-content-type-options': 'nosniff',
  'content-security-policy': `sandbox; default-src 'none'; style-src 'unsafe-inline'; frame-ancestors ${inline ? "'self'" : "'none'"}`,
  'x-frame-options': inline ? 'SAMEORIGIN' : 'DENY',
  'cross-origin-resource-policy': 'same-origin',
  'cache-control': 'private, no-store',
  'referrer-policy': 'no-referrer',
})
