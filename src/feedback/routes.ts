import type { FastifyReply } from 'fastify'
import { Type } from 'typebox'

import { agenciesFor, may, type Actor } from '../identity/index.ts'
import { readPhone } from '../platform/contact.ts'
import { packCursor, unpackCursor } from '../platform/cursor.ts'
import { addDays, dayOf, instantAt } from '../platform/day.ts'
import { withScope } from '../platform/db.ts'
import { sendNotFound, sendProblem } from '../platform/http/problem.ts'
import type { Http } from '../platform/http/route.ts'
import { isId, newId } from '../platform/id.ts'
import {
  authorityName,
  findAgency,
  findCommandReply,
  listAgencies,
  listOfficerNames,
  noteCommand,
} from '../staff/index.ts'
import { addFiles, execute, receive, type FeedbackContext, type Order } from './commands.ts'
import {
  CheckBody,
  CommandBody,
  FileParams,
  OfDossier,
  PetitionParams,
  QueueQuery,
  RegisterBody,
  RegisterQuery,
  RevealBody,
  SettingsBody,
  type AgencyChoices,
  type CommandInput,
  type CommandReply,
  type PetitionOfDossier,
  type QueueReply,
  type SettingsView,
} from './contract.ts'
import { MOST_FILES, petitionStore, takeFile, type FileRefusal } from './files.ts'
import { printBook, printLetter, registerRows, writeBook } from './papers.ts'
import { checkWords, proposeRedaction, toPublication } from './publish.ts'
import type { CommandRefusal } from './refusals.ts'
import { mayReveal, maySee, postFor } from './rules/visibility.ts'
import { petitionKey, phoneIndex } from './sealing.ts'
import { defaultSettings, settingsOf } from './settings.ts'
import {
  addSetting,
  countQueue,
  listOfDossier,
  listQueue,
  loadSettings,
  putPublication,
  type Narrowed,
} from './store.ts'
import { refusalText, vi } from './text.vi.ts'
import { openPetition, senderOf, sightOf, viewFile, viewItems, viewPetition, type OpenedPetition } from './view.ts'

const tags = ['feedback']
const read = { permission: 'feedback.read' }
const PAGE = 50

/** The officers' side of petitions. What they may do is decided by rules/visibility.ts and rules/lifecycle.ts. */
export function feedbackRoutes(http: Http, context: FeedbackContext): void {
  listRoutes(http, context)
  workRoutes(http, context)
  fileRoutes(http, context)
  paperRoutes(http, context)
  settingRoutes(http, context)
}

const statusOf: Partial<Record<CommandRefusal['code'], number>> = {
  'not-your-right': 403,
  'changed-meanwhile': 409,
  'not-allowed-now': 409,
  'already-extended': 409,
  'already-reopened': 409,
  'already-rated': 409,
  'command-id-used': 409,
  'publish-first': 409,
  'reopening-over': 409,
  'reopening-still-open': 409,
}

/** A refusal in words; what is not there and what is not yours sound alike. */
export function sendRefusal(reply: FastifyReply, refusal: CommandRefusal): FastifyReply {
  if (refusal.code === 'not-found') return sendNotFound(reply)
  return sendProblem(reply, statusOf[refusal.code] ?? 422, { ...refusal, detail: refusalText(refusal) })
}

const sendFileRefusal = (reply: FastifyReply, { code }: FileRefusal): FastifyReply =>
  sendProblem(reply, code === 'file-too-large' ? 413 : 422, { code, detail: vi.fileRefusals[code] })

function narrowedFor({ clock, keys }: FeedbackContext, actor: Actor, query: QueueQuery): Narrowed {
  const { readable, sight } = sightOf(actor)
  const now = clock()
  const typed = query.q?.trim() ?? ''
  const isPhone = readPhone(typed) !== undefined
  return {
    agencies: query.agencyId === undefined ? readable : readable.filter((id) => id === query.agencyId),
    sight,
    state: query.state || undefined,
    mine: query.whose === 'mine',
    code: typed ? typed.toUpperCase().replaceAll(/[\\%_]/g, '') : undefined,
    phone: isPhone ? (phoneIndex(keys, typed) ?? undefined) : undefined,
    now,
    endOfToday: instantAt(addDays(dayOf(now), 1), 0),
  }
}

function listRoutes(http: Http, context: FeedbackContext): void {
  const { db } = context

  http.get(
    '/api/petitions',
    { config: read, schema: { tags, summary: 'Phản ánh, kiến nghị theo thời hạn', querystring: QueueQuery } },
    async (request): Promise<QueueReply> => {
      const narrowed = narrowedFor(context, request.actor, request.query)
      const [sortAt, petitionId] = unpackCursor(request.query.cursor ?? '') ?? []
      const isPlace =
        typeof sortAt === 'string' &&
        isId(petitionId) &&
        (sortAt === 'infinity' ||
          (/^\d{4}-\d\d-\d\d [\d:.+-]{8,24}$/.test(sortAt) && !Number.isNaN(Date.parse(sortAt))))
      const after = isPlace ? { sortAt, petitionId } : undefined
      const { rows, counts } = await withScope(db, { agencies: narrowed.agencies }, async (tx) => ({
        rows: await listQueue(tx, narrowed, { after, limit: PAGE + 1 }),
        counts: await countQueue(tx, narrowed),
      }))
      const shown = rows.slice(0, PAGE)
      const last = shown.at(-1)
      return {
        items: await viewItems(context, shown),
        ownOnly: narrowed.sight.headOf.length + narrowed.sight.overseen.length === 0,
        next: rows.length > PAGE && last ? packCursor([last.sort_at, last.petition_id]) : null,
        counts,
      }
    },
  )

  http.get(
    '/api/petitions/of-dossier',
    { config: read, schema: { tags, summary: 'Phản ánh, kiến nghị về một hồ sơ', querystring: OfDossier } },
    async (request): Promise<{ items: PetitionOfDossier[] }> => {
      const { agencyId, code } = request.query
      const { actor } = request
      if (!may(actor, 'feedback.read', { agencyId })) return { items: [] }
      const rows = await withScope(db, { agencies: [agencyId] }, (tx) => listOfDossier(tx, agencyId, code))
      const seen = rows.filter((row) =>
        maySee(actor, {
          agencyId,
          restricted: row.restricted,
          concerned: row.concerned,
          unitId: row.unit_id,
          officerId: row.officer_id,
          registeredBy: row.registered_by,
          referral: row.referral,
        }),
      )
      const items = await viewItems(
        context,
        seen.map((row) => ({ ...row, story: null })),
      )
      return {
        items: items.map(({ petitionId, code: own, title, status, receivedAt, dueAt, endedAt }) => ({
          petitionId,
          code: own,
          title,
          status,
          receivedAt,
          dueAt,
          endedAt,
        })),
      }
    },
  )
}

function workRoutes(http: Http, context: FeedbackContext): void {
  const { db, keys, clock } = context

  http.post(
    '/api/petitions',
    {
      config: { permission: 'feedback.register' },
      schema: { tags, summary: 'Ghi nhận phản ánh, kiến nghị qua điện thoại, trực tiếp, văn bản', body: RegisterBody },
    },
    async (request, reply) => {
      const { body, actor } = request
      if (!may(actor, 'feedback.register', { agencyId: body.agencyId })) return sendNotFound(reply)
      const agency = await findAgency(db, body.agencyId, dayOf(clock()))
      if (agency && agency.validTo !== null && agency.validTo < dayOf(clock()))
        return sendRefusal(reply, { code: 'agency-takes-none' })
      const outcome = await receive(context, { actor }, body)
      if (!outcome.ok) return sendRefusal(reply, outcome.refusal)
      const { agencyId, petitionId, code, version, repeated } = outcome.value
      return reply
        .code(repeated ? 200 : 201)
        .send({ petitionId, code, version, key: petitionKey(keys, { agencyId, petitionId }) })
    },
  )

  http.get(
    '/api/petitions/:petitionId',
    { config: read, schema: { tags, summary: 'Một phản ánh, kiến nghị', params: PetitionParams } },
    async (request, reply) => {
      const opened = await openPetition(context, request.actor, request.params.petitionId)
      return opened ? viewPetition(context, request.actor, opened) : sendNotFound(reply)
    },
  )

  http.post(
    '/api/petitions/:petitionId/commands',
    {
      config: read,
      schema: { tags, summary: 'Làm một việc với phản ánh, kiến nghị', params: PetitionParams, body: CommandBody },
    },
    async (request, reply) => {
      const { actor, body } = request
      const opened = await openPetition(context, actor, request.params.petitionId)
      if (!opened) return sendNotFound(reply)
      const { commandId, version, command } = body
      const { agencyId, petitionId } = opened
      const also = await alsoOf(actor, opened, command)
      if (!also.ok) return sendRefusal(reply, also.refusal)
      const outcome = await execute(
        context,
        { actor },
        {
          agencyId,
          petitionId,
          commandId,
          version,
          order: toOrder(command),
          ...(also.value ? { also: also.value } : {}),
        },
      )
      if (!outcome.ok) return sendRefusal(reply, outcome.refusal)
      return { petitionId, code: outcome.value.code, version: outcome.value.version } satisfies CommandReply
    },
  )

  type Also = NonNullable<Parameters<typeof execute>[2]['also']>

  /** What everybody may read changes in the same transaction. */
  async function alsoOf(
    actor: Actor,
    opened: OpenedPetition,
    command: CommandInput,
  ): Promise<{ ok: true; value: Also | null } | { ok: false; refusal: CommandRefusal }> {
    const { agencyId } = opened
    if (command.type === 'publish') {
      const settings = await withScope(db, { agencies: [agencyId] }, (tx) => settingsOf(tx, agencyId))
      const row = toPublication(opened, { input: command, settings, at: clock(), by: actor.officerId })
      return row.ok ? { ok: true, value: (tx) => putPublication(tx, row.value) } : row
    }
    return { ok: true, value: null }
  }

  http.post(
    '/api/petitions/:petitionId/sender',
    {
      config: read,
      schema: { tags, summary: 'Xem người gửi; mỗi lần xem được ghi lại', params: PetitionParams, body: RevealBody },
    },
    async (request, reply) => {
      const { actor } = request
      const opened = await openPetition(context, actor, request.params.petitionId)
      if (!opened || !mayReveal(actor, { ...opened.petition, agencyId: opened.agencyId })) return sendNotFound(reply)
      const sender = senderOf(opened)
      if (!sender) return sendNotFound(reply)
      const { agencyId, petitionId } = opened
      await withScope(db, { agencies: [agencyId] }, (tx) =>
        tx
          .insertInto('feedback.disclosure')
          .values({
            agency_id: agencyId,
            disclosure_id: newId(),
            petition_id: petitionId,
            officer_id: actor.officerId,
            reason: request.body.reason.trim(),
            disclosed_at: clock(),
          })
          .execute(),
      )
      return sender
    },
  )

  http.get(
    '/api/petitions/:petitionId/redaction',
    { config: read, schema: { tags, summary: 'Bản công khai đề nghị, đã che', params: PetitionParams } },
    async (request, reply) => {
      const opened = await openToPublish(request.actor, request.params.petitionId)
      return opened ? proposeRedaction(opened) : sendNotFound(reply)
    },
  )
  http.post(
    '/api/petitions/:petitionId/redaction',
    {
      config: read,
      schema: {
        tags,
        summary: 'Những gì giống thông tin cá nhân trong bản công khai',
        params: PetitionParams,
        body: CheckBody,
      },
    },
    async (request, reply) => {
      const opened = await openToPublish(request.actor, request.params.petitionId)
      return opened ? checkWords(opened, request.body) : sendNotFound(reply)
    },
  )

  async function openToPublish(actor: Actor, petitionId: string): Promise<OpenedPetition | undefined> {
    const opened = await openPetition(context, actor, petitionId)
    return opened && postFor(actor, 'publish', { ...opened.petition, agencyId: opened.agencyId }) ? opened : undefined
  }
}

const toOrder = (command: CommandInput): Order => {
  if (command.type === 'publish') return { type: 'publish' }
  if (command.type === 'close') return { type: 'close' }
  return command
}

function fileRoutes(http: Http, context: FeedbackContext): void {
  const { db, clock } = context
  const store = petitionStore(context.config.fileDir)

  http.post(
    '/api/petitions/:petitionId/files',
    {
      config: read,
      schema: {
        tags,
        summary: 'Thêm ảnh, bản quét vào phản ánh, kiến nghị',
        consumes: ['multipart/form-data'],
        params: PetitionParams,
        querystring: Type.Object({ origin: Type.Optional(Type.Enum(['officer', 'scan', 'sender'])) }),
      },
    },
    async (request, reply) => {
      const { actor } = request
      const opened = await openPetition(context, actor, request.params.petitionId)
      if (!opened) return sendNotFound(reply)
      const { agencyId, petitionId, petition } = opened
      const seen = { ...petition, agencyId }
      if (!postFor(actor, 'supplement', seen) && !postFor(actor, 'propose', seen))
        return sendRefusal(reply, { code: 'not-your-right' })
      if (opened.files.length >= MOST_FILES) return sendFileRefusal(reply, { code: 'files-too-many' })
      const part = await request.file()
      if (!part) return sendFileRefusal(reply, { code: 'file-missing' })
      const taken = await takeFile(store, part, request.query.origin ?? 'officer')
      if (!taken.ok) return sendFileRefusal(reply, taken.refusal)
      const [fileId] = await withScope(db, { agencies: [agencyId] }, (tx) =>
        addFiles(tx, { agencyId, petitionId, files: [taken.value], by: actor.officerId, at: clock() }),
      )
      const { sha256, size, mediaType, name, origin } = taken.value
      return reply.code(201).send(
        viewFile({
          agency_id: agencyId,
          file_id: fileId ?? '',
          petition_id: petitionId,
          sha256,
          size,
          media_type: mediaType,
          name,
          origin,
          added_by: actor.officerId,
          added_at: clock(),
        }),
      )
    },
  )

  http.get(
    '/api/petitions/:petitionId/files/:fileId',
    { config: read, schema: { tags, summary: 'Xem một tệp của phản ánh, kiến nghị', params: FileParams } },
    async (request, reply) => {
      const opened = await openPetition(context, request.actor, request.params.petitionId)
      const file = opened?.files.find(({ file_id }) => file_id === request.params.fileId)
      const content = file && (await store.get(file.sha256))
      if (!file || !content) return sendNotFound(reply)
      return reply
        .headers(fileHeaders(file.name))
        .header('content-length', content.size)
        .header('cache-control', 'private, no-store')
        .type(file.media_type)
        .send(content.stream)
    },
  )
}

/** A file of somebody else must never run as a page of ours, in whatever way it is opened. */
export const fileHeaders = (name: string): Record<string, string> => ({
  'x-content-type-options': 'nosniff',
  'content-security-policy': "sandbox; default-src 'none'; style-src 'unsafe-inline'; frame-ancestors 'self'",
  'x-frame-options': 'SAMEORIGIN',
  'cross-origin-resource-policy': 'same-origin',
  'referrer-policy': 'no-referrer',
  'content-disposition': `inline; filename*=UTF-8''${encodeURIComponent(name.toWellFormed()).replaceAll(/['()*!]/g, (sign) => `%${sign.charCodeAt(0).toString(16).toUpperCase()}`)}`,
})

function paperRoutes(http: Http, context: FeedbackContext): void {
  http.get(
    '/api/petitions/:petitionId/letter.pdf',
    { config: read, schema: { tags, summary: 'Văn bản gửi người phản ánh', params: PetitionParams } },
    async (request, reply) => {
      const opened = await openPetition(context, request.actor, request.params.petitionId)
      const reveal = opened && mayReveal(request.actor, { ...opened.petition, agencyId: opened.agencyId })
      const pdf = reveal && (await printLetter(context, opened))
      if (!pdf) return sendNotFound(reply)
      return reply
        .type('application/pdf')
        .header('content-disposition', `inline; filename="${opened.petition.code}.pdf"`)
        .send(pdf)
    },
  )

  http.get(
    '/api/petitions/register',
    { config: read, schema: { tags, summary: 'Sổ theo dõi phản ánh, kiến nghị', querystring: RegisterQuery } },
    async (request, reply) => {
      const { agencyId, from, to, format } = request.query
      const { actor } = request
      if (!may(actor, 'feedback.read', { agencyId })) return sendNotFound(reply)
      const now = context.clock()
      const rows = await registerRows(context, {
        agencies: [agencyId],
        sight: sightOf(actor).sight,
        received: { from: instantAt(from, 0), to: instantAt(addDays(to, 1), 0) },
        now,
        endOfToday: now,
      })
      if (format === undefined) return { rows }
      const book = { agencyId, from, to, rows }
      const name = `so-pakn-${from}-${to}.${format}`
      return format === 'pdf'
        ? reply
            .type('application/pdf')
            .header('content-disposition', `inline; filename="${name}"`)
            .send(await printBook(context, book))
        : reply
            .type('application/vnd.openxmlformats-officedocument.spreadsheetml.sheet')
            .header('content-disposition', `attachment; filename="${name}"`)
            .send(await writeBook(context, book))
    },
  )
}

function settingRoutes(http: Http, context: FeedbackContext): void {
  const { db, clock } = context
  const Params = Type.Object({ agencyId: Type.Integer({ minimum: 1, maximum: 2_147_483_647 }) })

  async function viewSettings(agencies: readonly number[]): Promise<SettingsView[]> {
    const [named, settings] = await Promise.all([
      listAgencies(db, agencies, dayOf(clock())),
      withScope(db, { agencies }, (tx) => loadSettings(tx, agencies)),
    ])
    const changers = [...settings.values()].map(({ changed_by }) => changed_by).filter((id) => id !== null)
    const names = await listOfficerNames(db, changers)
    return named.map((agency) => {
      const row = settings.get(agency.agencyId)
      return {
        ...defaultSettings,
        ...row?.content,
        agencyId: agency.agencyId,
        agencyName: authorityName(agency),
        changedAt: row?.changed_at ?? null,
        changedBy: row && row.changed_by !== null ? (names.get(row.changed_by) ?? null) : null,
      }
    })
  }

  http.get(
    '/api/petition-agencies',
    {
      config: { permission: 'session' },
      schema: { tags, summary: 'Cơ quan của cán bộ và cách tiếp nhận phản ánh, kiến nghị' },
    },
    async (request): Promise<AgencyChoices> => {
      const { actor } = request
      const registering = agenciesFor(actor, 'feedback.register')
      const managing = agenciesFor(actor, 'feedback.manage')
      const ids = [...new Set([...registering, ...managing, ...agenciesFor(actor, 'feedback.read')])]
      const views = await viewSettings(ids.slice(0, 200))
      // Those that have ended keep their register; nothing new is taken in by them.
      const living = new Set(
        (await listAgencies(db, ids.slice(0, 200), dayOf(clock())))
          .filter(({ validTo }) => validTo === null || validTo >= dayOf(clock()))
          .map(({ agencyId }) => agencyId),
      )
      return {
        agencies: views
          .toSorted((a, b) => Number(living.has(b.agencyId)) - Number(living.has(a.agencyId)))
          .map((settings) => ({
            agencyId: settings.agencyId,
            name: settings.agencyName,
            settings,
            mayManage: living.has(settings.agencyId) && managing.includes(settings.agencyId),
            mayRegister: living.has(settings.agencyId) && registering.includes(settings.agencyId),
          })),
      }
    },
  )

  http.put(
    '/api/petition-settings/:agencyId',
    {
      config: { permission: 'feedback.manage' },
      schema: { tags, summary: 'Đặt cách tiếp nhận phản ánh, kiến nghị', params: Params, body: SettingsBody },
    },
    async (request, reply) => {
      const { agencyId } = request.params
      const { actor } = request
      if (!may(actor, 'feedback.manage', { agencyId })) return sendNotFound(reply)
      const { commandId, ...content } = request.body

      await withScope(db, { agencies: [agencyId] }, async (tx) => {
        if (commandId !== undefined && (await findCommandReply(tx, commandId))) return
        await addSetting(tx, { agencyId, content, by: actor.officerId, at: clock() })
        if (commandId !== undefined) await noteCommand(tx, commandId, null)
      })
      const [view] = await viewSettings([agencyId])
      return view
    },
  )
}
