import type { FastifyReply } from 'fastify'
import { Type } from 'typebox'
import type { FileStore } from '../documents/index.ts'
import type { Context } from '../platform/context.ts'
import { withScope } from '../platform/db.ts'
import type { Http } from '../platform/http/route.ts'
import { loadDraft } from './drafts.ts'
import { petitionPaths as paths } from './paths.ts'
import { fileHeaders } from './routes.ts'
import { parseCode } from './rules/code.ts'
import { isFileTicket } from './sealing.ts'
import { findByCode, findPublished, listFiles, type FeedbackTables, type PublicationRow } from './store.ts'

type Needed = Pick<Context<FeedbackTables>, 'db' | 'keys' | 'clock'>
type Sendable = { sha256: string; mediaType: string; name: string }

const config = { permission: 'public' }
const Code = Type.String({ maxLength: 40 })

/** Photographs and papers on public pages: of a draft, of the sender's own petition, of what is published. */
export function publicFileRoutes(
  http: Http,
  context: Needed,
  { drafts, store }: { drafts: FileStore; store: FileStore },
): void {
  http.get(
    paths.draftFile(':sha256'),
    { config, schema: { hide: true, params: Type.Object({ sha256: Type.String({ maxLength: 64 }) }) } },
    async (request, reply) => {
      const draft = await loadDraft(context, request)
      return send(reply, drafts, {
        file: draft?.files.find(({ sha256 }) => sha256 === request.params.sha256),
        cache: 'private, no-store',
      })
    },
  )

  http.get(
    paths.followFile(':code', ':fileId'),
    {
      config,
      schema: {
        hide: true,
        params: Type.Object({ code: Code, fileId: Code }),
        querystring: Type.Object({ v: Type.Optional(Type.String({ maxLength: 80 })) }),
      },
    },
    async (request, reply) => {
      const { code, fileId } = request.params
      const file = await ownFile(context, { code, fileId, ticket: request.query.v ?? '' })
      return send(reply, store, { file, cache: 'private, no-store' })
    },
  )

  http.get(
    `${paths.published}/:code/anh/:fileId`,
    { config, schema: { hide: true, params: Type.Object({ code: Code, fileId: Code }) } },
    async (request, reply) => {
      const row = await publishedOf(context, request.params.code)
      const fileId = row?.files.find((id) => id === request.params.fileId)
      const file = row && fileId !== undefined ? await fileOf(context, { ...row, fileId }) : undefined
      const isPicture = file?.mediaType.startsWith('image/') === true
      // Its name was given by the sender and is nobody else's business.
      return send(reply, store, {
        file: file && isPicture ? { ...file, name: `anh.${file.mediaType.slice(6)}` } : undefined,
        cache: 'public, max-age=300',
      })
    },
  )
}

async function send(
  reply: FastifyReply,
  store: FileStore,
  { file, cache }: { file: Sendable | undefined; cache: string },
): Promise<FastifyReply> {
  const content = file && (await store.get(file.sha256))
  if (!file || !content) return reply.code(404).type('text/plain; charset=utf-8').send('404')
  return reply
    .headers(fileHeaders(file.name))
    .header('content-length', content.size)
    .header('cache-control', cache)
    .type(file.mediaType)
    .send(content.stream)
}

/** What was published under this code. */
export async function publishedOf({ db }: Pick<Needed, 'db'>, typed: string): Promise<PublicationRow | undefined> {
  const parsed = parseCode(typed)
  return (
    parsed && withScope(db, { agencies: [parsed.agencyId] }, (tx) => findPublished(tx, parsed.agencyId, parsed.code))
  )
}

type FileKey = { agency_id: number; petition_id: string; fileId: string }

async function fileOf(
  { db }: Pick<Needed, 'db'>,
  { agency_id, petition_id, fileId }: FileKey,
): Promise<(Sendable & { origin: string }) | undefined> {
  const files = await withScope(db, { agencies: [agency_id] }, (tx) =>
    listFiles(tx, { agencyId: agency_id, petitionId: petition_id }),
  )
  const file = files.find(({ file_id }) => file_id === fileId)
  return file && { sha256: file.sha256, mediaType: file.media_type, name: file.name, origin: file.origin }
}

/** What the sender sent, with the ticket that the page of the petition gave, for as long as it is good. */
async function ownFile(
  context: Needed,
  { code, fileId, ticket }: { code: string; fileId: string; ticket: string },
): Promise<Sendable | undefined> {
  const parsed = parseCode(code)
  if (!parsed) return undefined
  const row = await withScope(context.db, { agencies: [parsed.agencyId] }, (tx) =>
    findByCode(tx, parsed.agencyId, parsed.code),
  )
  const now = Date.parse(context.clock())
  if (!row || !isFileTicket(context.keys, { petitionId: row.petition_id, fileId }, { ticket, now })) return undefined
  const file = await fileOf(context, { ...row, fileId })
  return file?.origin === 'sender' ? file : undefined
}
