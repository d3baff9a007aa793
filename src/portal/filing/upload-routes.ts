import type { FastifyReply, FastifyRequest } from 'fastify'
import { contentDisposition } from '../../documents/index.ts'
import { Type } from 'typebox'
import { readDossier } from '../../dossiers/index.ts'
import { sendNotFound, sendProblem } from '../../platform/http/problem.ts'
import type { Http } from '../../platform/http/route.ts'
import { publicLanguage } from '../../platform/http/public-page.ts'
import { askerOf } from './asker.ts'
import { UploadOrder, type DraftFile } from './contract.ts'
import { openDraft, type Draft } from './drafts.ts'
import { readFlow, type FilingContext } from './flow.ts'
import { mendMode, readMending } from './mending.ts'
import { filingPaths } from './paths.ts'
import {
  appendUpload,
  createUpload,
  discard,
  filesOf,
  readUpload,
  uploadOffset,
  type UploadRefusal,
} from './uploads.ts'
import { refusalWords } from './words.ts'

const config = { permission: 'public' }
const DraftParams = Type.Object({ draftId: Type.String({ format: 'uuid' }) })
const FileParams = Type.Object({ ...DraftParams.properties, fileId: Type.String({ format: 'uuid' }) })
const CHUNK = 'application/offset+octet-stream'
const MOST_A_REQUEST = 21 * 1024 * 1024

const statusOf: Partial<Record<UploadRefusal['code'], number>> = {
  'file-too-large': 413,
  'upload-too-long': 413,
  'draft-full': 413,
  'too-much-today': 429,
  'upload-unknown': 404,
  'upload-busy': 423,
  'upload-offset': 409,
  'upload-checksum': 460,
  'upload-broken': 400,
}

/**
 * Files in pieces, in the manner of tus 1.0: announce (POST), ask how far it is (HEAD), send from there on (PATCH with
 * Upload-Offset). A line that breaks costs only the piece that was on its way.
 */
export function uploadRoutes(http: Http, context: FilingContext): void {
  // The piece itself, as it comes.
  http.addContentTypeParser(CHUNK, (_request, payload, done) => done(null, payload))

  async function open(request: FastifyRequest, reply: FastifyReply): Promise<Draft | undefined> {
    const { draftId } = request.params as { draftId: string }
    const draft = await openDraft(context, draftId, askerOf(request))
    if (!draft?.content || draft.lodging_at !== null || draft.lodged_at !== null) {
      await sendNotFound(reply)
      return undefined
    }
    return draft
  }

  const refused = (request: FastifyRequest, reply: FastifyReply, { code, offset }: UploadRefusal) => {
    if (offset !== undefined) void reply.header('upload-offset', offset)
    const detail = refusalWords(publicLanguage(request, reply), code) ?? code
    return sendProblem(reply, statusOf[code] ?? 422, { code, detail, ...(offset === undefined ? {} : { offset }) })
  }
  const shown = ({ fileId, component, name, size, received, done, place, mediaType }: DraftFile) => ({
    fileId,
    component,
    name,
    size,
    received,
    done,
    place,
    mediaType,
  })

  http.post(
    '/nop-ho-so/ho-so/:draftId/tep',
    { config, schema: { hide: true, params: DraftParams, body: UploadOrder } },
    async (request, reply) => {
      const draft = await open(request, reply)
      if (!draft) return reply
      if (!(await hasPaper(context, draft, request.body.component))) return sendNotFound(reply)
      const created = await createUpload(context, draft.draft_id, request.body)
      if (!created.ok) return refused(request, reply, created.refusal)
      return reply
        .code(201)
        .header('location', filingPaths.step(draft.draft_id, `tep/${created.value.fileId}`))
        .header('cache-control', 'no-store')
        .send(shown(created.value))
    },
  )

  http.get(
    '/nop-ho-so/ho-so/:draftId/tep',
    { config, schema: { hide: true, params: DraftParams } },
    async (request, reply) => {
      const draft = await open(request, reply)
      if (!draft) return reply
      const files = await filesOf(context, draft.draft_id)
      return reply.header('cache-control', 'no-store').send({ files: files.map(shown) })
    },
  )

  http.head(
    '/nop-ho-so/ho-so/:draftId/tep/:fileId',
    { config, schema: { hide: true, params: FileParams } },
    async (request, reply) => {
      const draft = await open(request, reply)
      if (!draft) return reply
      const known = await uploadOffset(context, { draftId: draft.draft_id, fileId: request.params.fileId })
      if (!known) return reply.code(404).send()
      return reply
        .code(200)
        .headers({ 'upload-offset': known.offset, 'upload-length': known.size, 'cache-control': 'no-store' })
        .send()
    },
  )

  http.patch(
    '/nop-ho-so/ho-so/:draftId/tep/:fileId',
    { config, bodyLimit: MOST_A_REQUEST, schema: { hide: true, params: FileParams } },
    async (request, reply) => {
      const draft = await open(request, reply)
      if (!draft) return reply
      const offset = Number(request.headers['upload-offset'])
      if (!Number.isInteger(offset) || offset < 0 || !request.headers['content-type']?.startsWith(CHUNK))
        return refused(request, reply, { code: 'upload-broken' })
      const { fileId } = request.params
      const appended = await appendUpload(
        context,
        { draftId: draft.draft_id, fileId, offset, address: request.ip },
        request.body as AsyncIterable<Uint8Array>,
      )
      if (!appended.ok) return refused(request, reply, appended.refusal)
      return reply
        .headers({ 'upload-offset': appended.value.received, 'cache-control': 'no-store' })
        .send(shown(appended.value))
    },
  )

  http.delete(
    '/nop-ho-so/ho-so/:draftId/tep/:fileId',
    { config, schema: { hide: true, params: FileParams } },
    async (request, reply) => {
      const draft = await open(request, reply)
      if (!draft) return reply
      await discard(context, { draftId: draft.draft_id, fileId: request.params.fileId })
      return reply.code(204).send()
    },
  )

  // The citizen's own picture, small on the screen of the paper.
  http.get(
    '/nop-ho-so/ho-so/:draftId/tep/:fileId',
    { config, exposeHeadRoute: false, schema: { hide: true, params: FileParams } },
    async (request, reply) => {
      const draft = await open(request, reply)
      if (!draft) return reply
      const file = (await filesOf(context, draft.draft_id)).find(({ fileId }) => fileId === request.params.fileId)
      if (!file?.done || file.reused || !file.mediaType) return sendNotFound(reply)
      return reply
        .headers({
          'cache-control': 'private, no-store',
          'x-content-type-options': 'nosniff',
          'content-security-policy': "sandbox; default-src 'none'",
          // A picture is shown; anything else is saved, so that nothing in it runs here.
          ...(file.mediaType.startsWith('image/')
            ? {}
            : { 'content-disposition': contentDisposition('attachment', file.name) }),
          'cross-origin-resource-policy': 'same-origin',
        })
        .type(file.mediaType)
        .send(readUpload(context, file.fileId))
    },
  )
}

/** Whether the draft asks for this paper: a new dossier for those of its case, one that mends for those that were marked. */
async function hasPaper(context: FilingContext, draft: Draft, component: string): Promise<boolean> {
  const { mends_agency_id: agencyId, mends_dossier_id: dossierId } = draft
  if (agencyId === null || dossierId === null) {
    const flow = await readFlow(context, draft)
    return flow?.papers.some(({ key }) => key === component) ?? false
  }
  const opened = await readDossier(context, agencyId, dossierId)
  const mode = opened && mendMode(opened)
  if (!opened || !mode) return false
  return (await readMending(context, { opened, draft, mode })).papers.some(({ key }) => key === component)
}
