import type { FastifyReply, FastifyRequest } from 'fastify'
import { Type } from 'typebox'
import { Value } from 'typebox/value'
import { agenciesFor, may, type Actor } from '../../identity/index.ts'
import type { Context, TablesOf } from '../../platform/context.ts'
import { packCursor, readCursor } from '../../platform/cursor.ts'
import { addMinutes, dayOf } from '../../platform/day.ts'
import { withScope } from '../../platform/db.ts'
import { html, type Html } from '../../platform/http/html.ts'
import { sendNotFound, sendProblem } from '../../platform/http/problem.ts'
import type { Http } from '../../platform/http/route.ts'
import { authorityName, getAgency, listAgencies, listOfficerNames } from '../../staff/index.ts'
import { pageFrame, sendPage, type FrameTables } from '../page-frame.ts'
import { readCalendarToken } from './calendar-links.ts'
import { offeredWays } from './choice.ts'
import { readRefusalToken } from './commands.ts'
import {
  MessageList,
  MessageQuery,
  MessageSummary,
  OpenWays,
  SettingsChange,
  SettingsView,
  TemplateChange,
  TemplateExample,
  TemplateList,
  type MessageItem,
  type MessageState,
} from './contract.ts'
import { isSigned, StatusReport } from './gateway.ts'
import { mailboxRoutes } from './mailbox.ts'
import { writeCalendar } from './rules/calendar-file.ts'
import { afterReport } from './rules/delivery.ts'
import { eventOf, isNoticeEvent, type NoticeEvent } from './rules/notice-events.ts'
import { faultsOfSettings, type NoticeSettings } from './rules/settings.ts'
import type { MessageSecret } from './commands.ts'
import { factsFor, faultsOf, previewFacts } from './rules/template.ts'
import type { NoticeContext } from './sender.ts'
import { readSettings, type GatewaySecrets } from './settings.ts'
import {
  addRefusal,
  addReport,
  addSetting,
  addTemplate,
  countStates,
  dropRefusal,
  findMessage,
  findNewest,
  latestTemplates,
  listMessages,
  listTries,
  writeMessage,
  type MessageRow,
  type TryRow,
} from './store.ts'
import { en } from './text.en.ts'
import { refusalText, vi, type NoticeRefusal } from './text.vi.ts'

const tags = ['notices']
const PAGE = 50

type RouteContext = Context<TablesOf<NoticeContext> & FrameTables>

/** Messages for officers and administrators, and what people and gateways say to them. */
export function noticeRoutes(http: Http, context: RouteContext): void {
  listRoutes(http, context)
  templateRoutes(http, context)
  settingRoutes(http, context)
  publicRoutes(http, context)
  mailboxRoutes(http, context)
  gatewayRoutes(http, context)
}

const sendRefusal = (reply: FastifyReply, refusal: NoticeRefusal, status = 422): FastifyReply =>
  sendProblem(reply, status, { ...refusal, detail: refusalText(refusal) })

const actorOf = (request: { actor: Actor | null }): Actor => {
  if (!request.actor) throw new Error('the hook of identity did not run')
  return request.actor
}

// --- Messages ---------------------------------------------------------------------------------------------------------

const mayResend = (actor: Actor, agencyId: number): boolean =>
  may(actor, 'notice.manage', { agencyId }) || may(actor, 'dossier.receive', { agencyId })

/** Not while it is under way, and not what had better be asked for anew. */
const canResend = ({ secret, state, template }: MessageRow): boolean =>
  secret !== null &&
  template !== 'one-time-code' &&
  (state === 'failed' || state === 'uncertain' || state === 'given-up' || state === 'sent')

function listRoutes(http: Http, context: NoticeContext): void {
  const { db, clock, config } = context

  http.get(
    '/api/notices/ways',
    {
      config: { permission: 'dossier.receive' },
      schema: {
        tags,
        summary: 'By which ways an authority sends',
        querystring: AgencyQuery,
        response: { 200: OpenWays },
      },
    },
    async (request) => ({ ways: await offeredWays(context, request.query.agencyId) }),
  )

  http.get(
    '/api/notices/summary',
    {
      config: { permission: 'notice.read' },
      schema: {
        tags,
        summary: 'How the messages of the last days stand',
        querystring: Type.Object({ agencyId: Type.Optional(Type.Integer()) }),
        response: { 200: MessageSummary },
      },
    },
    async (request) => {
      const actor = actorOf(request)
      const allowed = agenciesFor(actor, 'notice.read')
      const asked = request.query.agencyId
      const agencies = asked === undefined ? allowed : allowed.filter((id) => id === asked)
      const settings = await readSettings(context, agencies)
      const hasGateway = (channel: 'sms' | 'zalo') =>
        [...settings.values()].some(
          ({ body, secrets }) => config.noticeGateways.includes(body[channel].url) && secrets[channel] !== undefined,
        )
      return {
        agencies: (await listAgencies(db, allowed, dayOf(clock()))).map((agency) => ({
          agencyId: agency.agencyId,
          name: authorityName(agency),
        })),
        counts: await withScope(db, { agencies }, (tx) =>
          countStates(tx, agencies, addMinutes(clock(), -30 * 24 * 60)),
        ),
        open: { email: config.mail !== undefined, sms: hasGateway('sms'), zalo: hasGateway('zalo') },
        mayManage: agencies.some((agencyId) => may(actor, 'notice.manage', { agencyId })),
        mayResend: agencies.some((agencyId) => mayResend(actor, agencyId)),
      }
    },
  )

  http.get(
    '/api/notices',
    {
      config: { permission: 'notice.read' },
      schema: {
        tags,
        summary: 'Messages, the newest first',
        querystring: MessageQuery,
        response: { 200: MessageList },
      },
    },
    async (request) => {
      const { agencyId, states, channel, template, dossierId, cursor: asked } = request.query
      const actor = actorOf(request)
      const agencies = agenciesFor(actor, 'notice.read').filter((id) => agencyId === undefined || id === agencyId)
      const [queuedAt, messageId] = readCursor(asked, ['moment', 'id']) ?? []
      const rows = await withScope(db, { agencies }, async (tx) => {
        const found = await listMessages(tx, {
          agencies,
          states: states === undefined ? undefined : (states.split(',') as MessageState[]),
          channel,
          template,
          dossierId,
          before: queuedAt !== undefined && messageId !== undefined ? { queuedAt, messageId } : undefined,
          limit: PAGE + 1,
        })
        const tries = new Map<string, TryRow[]>()
        for (const id of new Set(found.map((row) => row.agency_id)))
          for (const each of await listTries(
            tx,
            id,
            found.filter((row) => row.agency_id === id).map((row) => row.message_id),
          ))
            tries.set(each.message_id, [...(tries.get(each.message_id) ?? []), each])
        return found.map((row) => toItem(row, tries.get(row.message_id) ?? [], actor))
      })
      const items = rows.slice(0, PAGE)
      const last = items.at(-1)
      return { items, next: rows.length > PAGE && last ? packCursor([last.queuedAt, last.messageId]) : null }
    },
  )

  http.post(
    '/api/notices/:agencyId/:messageId/resend',
    {
      config: { permission: 'notice.read' },
      schema: {
        tags,
        summary: 'Sends a message again that failed, was given up or may not have arrived',
        params: Type.Object({ agencyId: Type.Integer(), messageId: Type.String({ format: 'uuid' }) }),
      },
    },
    async (request, reply) => {
      const { agencyId, messageId } = request.params
      const actor = actorOf(request)
      if (!may(actor, 'notice.read', { agencyId }) || !mayResend(actor, agencyId)) return sendNotFound(reply)
      const outcome = await withScope(db, { agencies: [agencyId] }, async (tx) => {
        const row = await findMessage(tx, agencyId, messageId, true)
        if (!row) return 'missing'
        if (!canResend(row)) return 'refused'
        const now = clock()
        await writeMessage(tx, {
          agency_id: agencyId,
          message_id: messageId,
          state: 'queued',
          tries: 0,
          queued_at: now,
          not_before: now,
          expires_at: null,
          ended_at: null,
          obstacle: null,
          reply_code: null,
          requested_by: actor.officerId,
        })
        return 'done'
      })
      if (outcome === 'missing') return sendNotFound(reply)
      if (outcome === 'refused') return sendRefusal(reply, { code: 'not-resendable' }, 409)
      return reply.code(204).send()
    },
  )
}

const toItem = (row: MessageRow, tries: readonly TryRow[], actor: Actor): MessageItem => ({
  agencyId: row.agency_id,
  messageId: row.message_id,
  template: row.template,
  language: row.language,
  channel: row.channel,
  furtherChannels: row.further_channels,
  to: row.masked_address,
  dossierId: row.dossier_id,
  state: row.state,
  tries: row.tries,
  queuedAt: row.queued_at,
  notBefore: row.not_before,
  sentAt: row.sent_at,
  deliveredAt: row.delivered_at,
  obstacle: row.obstacle,
  replyCode: row.reply_code,
  canResend: canResend(row) && mayResend(actor, row.agency_id),
  history: tries.map((each) => ({
    at: each.tried_at,
    channel: each.channel,
    outcome: each.outcome,
    obstacle: each.obstacle,
    replyCode: each.reply_code,
  })),
})

// --- Texts ------------------------------------------------------------------------------------------------------------

const AgencyQuery = Type.Object({ agencyId: Type.Integer() })

function templateRoutes(http: Http, context: NoticeContext): void {
  const { db, clock, config } = context

  http.get(
    '/api/notices/templates',
    {
      config: { permission: 'notice.manage' },
      schema: {
        tags,
        summary: 'Texts that the authority wrote itself',
        querystring: AgencyQuery,
        response: { 200: TemplateList },
      },
    },
    async (request, reply) => {
      const { agencyId } = request.query
      if (!may(actorOf(request), 'notice.manage', { agencyId })) return sendNotFound(reply)
      const rows = await withScope(db, { agencies: [agencyId] }, (tx) => latestTemplates(tx, agencyId))
      const names = await listOfficerNames(db, [...new Set(rows.map((row) => row.written_by))])
      const settings = await readSettings(context, [agencyId])
      return {
        agencyId,
        agency: authorityName(await getAgency(db, agencyId, dayOf(clock()))),
        publicUrl: config.publicUrl,
        plainSms: settings.get(agencyId)?.body.plainSms ?? true,
        written: rows.map((row) => ({
          template: row.template,
          channel: row.channel,
          language: row.language,
          version: row.version,
          subject: row.subject,
          body: row.body,
          writtenAt: row.written_at,
          writtenBy: names.get(row.written_by) ?? null,
        })),
      }
    },
  )

  http.get(
    '/api/notices/templates/example',
    {
      config: { permission: 'notice.manage' },
      schema: {
        tags,
        summary: 'Facts of the newest message of a kind, for a preview',
        querystring: Type.Object({ agencyId: Type.Integer(), template: Type.String({ maxLength: 60 }) }),
        response: { 200: TemplateExample },
      },
    },
    async (request, reply) => {
      const { agencyId, template } = request.query
      if (!may(actorOf(request), 'notice.manage', { agencyId })) return sendNotFound(reply)
      // What is told to an account alone, e.g. a code to sign in with, is nobody's example.
      if (!isNoticeEvent(template) || eventOf(template).group === 'account') return { facts: null, sentAt: null }
      const newest = await withScope(db, { agencies: [agencyId] }, (tx) => findNewest(tx, agencyId, template))
      if (!newest?.secret) return { facts: null, sentAt: null }
      const { facts } = JSON.parse(context.keys.decrypt(newest.secret)) as MessageSecret
      return { facts: previewFacts(template, facts), sentAt: newest.queued_at }
    },
  )

  http.put(
    '/api/notices/templates',
    {
      config: { permission: 'notice.manage' },
      schema: { tags, summary: 'Writes a text anew, or goes back to that of the system', body: TemplateChange },
    },
    async (request, reply) => {
      const { agencyId, template, channel, language, version, subject, body } = request.body
      const actor = actorOf(request)
      if (!may(actor, 'notice.manage', { agencyId })) return sendNotFound(reply)
      if (!isNoticeEvent(template)) return sendRefusal(reply, { code: 'unknown-template' })
      const agency = await getAgency(db, agencyId, dayOf(clock()))
      if (body !== null) {
        const settings = await readSettings(context, [agencyId])
        const facts = factsFor(eventOf(template).facts, { publicUrl: config.publicUrl, agency: authorityName(agency) })
        const plain = channel === 'sms' && (settings.get(agencyId)?.body.plainSms ?? true)
        const [fault] = faultsOf({ subject: subject ?? '', body }, { event: template, channel, facts, plain })
        if (fault) return sendRefusal(reply, fault)
      }
      const isNew = await withScope(db, { agencies: [agencyId] }, (tx) =>
        addTemplate(tx, {
          agency_id: agencyId,
          template,
          channel,
          language,
          version: version + 1,
          subject: body === null || channel !== 'email' ? null : (subject?.trim().normalize('NFC') ?? null),
          body: body?.replaceAll('\r\n', '\n').trim().normalize('NFC') ?? null,
          written_by: actor.officerId,
          written_at: clock(),
        }),
      )
      return isNew ? reply.code(204).send() : sendRefusal(reply, { code: 'changed-meanwhile' }, 409)
    },
  )
}

// --- Settings ---------------------------------------------------------------------------------------------------------

function settingRoutes(http: Http, context: NoticeContext): void {
  const { db, clock, config, keys } = context

  http.get(
    '/api/notices/settings',
    {
      config: { permission: 'notice.manage' },
      schema: { tags, summary: 'How the authority sends', querystring: AgencyQuery, response: { 200: SettingsView } },
    },
    async (request, reply) => {
      const { agencyId } = request.query
      if (!may(actorOf(request), 'notice.manage', { agencyId })) return sendNotFound(reply)
      const own = (await readSettings(context, [agencyId])).get(agencyId)
      if (!own) return sendNotFound(reply)
      const statusUrl = (channel: string) => `${config.publicUrl}/api/notices/status/${agencyId}/${channel}`
      return {
        agencyId,
        version: own.version,
        body: { ...own.body, channels: [...own.body.channels], silent: [...own.body.silent] },
        secrets: { sms: own.secrets.sms !== undefined, zalo: own.secrets.zalo !== undefined },
        gateways: config.noticeGateways,
        mail: config.mail?.from ?? null,
        statusUrls: { sms: statusUrl('sms'), zalo: statusUrl('zalo') },
      }
    },
  )

  http.put(
    '/api/notices/settings',
    {
      config: { permission: 'notice.manage' },
      schema: { tags, summary: 'Decides how the authority sends', body: SettingsChange },
    },
    async (request, reply) => {
      const { agencyId, version, body, secrets } = request.body
      const actor = actorOf(request)
      if (!may(actor, 'notice.manage', { agencyId })) return sendNotFound(reply)
      const unknown = body.silent.find((name) => !isNoticeEvent(name))
      if (unknown !== undefined) return sendRefusal(reply, { code: 'unknown-template' })
      const settings: NoticeSettings = { ...body, silent: body.silent as NoticeEvent[] }
      const before = (await readSettings(context, [agencyId])).get(agencyId)
      const kept: GatewaySecrets = { ...before?.secrets, ...secrets }
      const [fault] = faultsOfSettings(settings, {
        gateways: config.noticeGateways,
        secrets: { sms: kept.sms !== undefined, zalo: kept.zalo !== undefined },
      })
      if (fault) return sendRefusal(reply, fault)
      const isNew = await withScope(db, { agencies: [agencyId] }, (tx) =>
        addSetting(tx, {
          agency_id: agencyId,
          version: version + 1,
          body: settings,
          secret: keys.encrypt(JSON.stringify(kept)),
          written_by: actor.officerId,
          written_at: clock(),
        }),
      )
      return isNew ? reply.code(204).send() : sendRefusal(reply, { code: 'changed-meanwhile' }, 409)
    },
  )
}

// --- People -----------------------------------------------------------------------------------------------------------

const open = { permission: 'public' }
const Token = Type.Object({ token: Type.String({ maxLength: 6000 }) })

function publicRoutes(http: Http, context: RouteContext): void {
  const { db, keys, clock, config } = context
  const refusalPage = async (
    request: FastifyRequest,
    reply: FastifyReply,
    body: (text: (typeof vi)['refusal']) => Html,
  ) => {
    const frame = await pageFrame(context, request, reply)
    const text = (frame.language === 'en' ? en : vi).refusal
    return sendPage(reply, frame, { title: text.title, path: '/', private: true, body: body(text) })
  }
  const unknown = (text: (typeof vi)['refusal']): Html =>
    html`<h1>${text.title}</h1>
      <p class="note notice-late" role="alert">${text.unknown}</p>`

  http.get('/thong-bao/ngung/:token', { config: open, schema: { hide: true, params: Token } }, (request, reply) => {
    const { token } = request.params
    const named = readRefusalToken(keys, token)
    if (!named) void reply.code(404)
    return refusalPage(request, reply, (text) =>
      named
        ? html`<h1>${text.title}</h1>
            <p class="lead">${text.lead}</p>
            <p>${text.stays}</p>
            <form method="post" action="/thong-bao/ngung/${token}">
              <p class="actions"><button type="submit">${text.button}</button></p>
            </form>`
        : unknown(text),
    )
  })

  // Also what a reader of mail sends by itself when its user presses “unsubscribe” (RFC 8058).
  http.post(
    '/thong-bao/ngung/:token',
    { config: open, schema: { hide: true, params: Token } },
    async (request, reply) => {
      const { token } = request.params
      const named = readRefusalToken(keys, token)
      if (!named) void reply.code(404)
      else
        await withScope(db, { agencies: [named.agencyId] }, (tx) =>
          addRefusal(tx, { agency_id: named.agencyId, address_index: named.index, refused_at: clock() }),
        )
      return refusalPage(request, reply, (text) =>
        named
          ? html`<h1>${text.done}</h1>
              <p class="lead">${text.doneDetail}</p>
              <form method="post" action="/thong-bao/nhan-lai/${token}">
                <p class="actions"><button type="submit" class="button-quiet">${text.again}</button></p>
              </form>`
          : unknown(text),
      )
    },
  )

  http.post(
    '/thong-bao/nhan-lai/:token',
    { config: open, schema: { hide: true, params: Token } },
    async (request, reply) => {
      const named = readRefusalToken(keys, request.params.token)
      if (!named) void reply.code(404)
      else await withScope(db, { agencies: [named.agencyId] }, (tx) => dropRefusal(tx, named.agencyId, named.index))
      return refusalPage(request, reply, (text) =>
        named
          ? html`<h1>${text.title}</h1>
              <p class="lead">${text.undone}</p>`
          : unknown(text),
      )
    },
  )

  // The rest of the path, since a part of a path may be no longer than a hundred letters.
  http.get('/lich/*', { config: open, schema: { hide: true } }, (request, reply) => {
    const { '*': token = '' } = request.params as { '*'?: string }
    const entry = readCalendarToken(keys, token.replace(/\.ics$/, ''))
    if (!entry) return sendNotFound(reply)
    return reply
      .type('text/calendar; charset=utf-8')
      .header('content-disposition', 'attachment; filename="lich-hen.ics"')
      .header('cache-control', 'no-store')
      .send(
        writeCalendar(
          { ...entry, url: entry.url.startsWith('/') ? config.publicUrl + entry.url : entry.url },
          { made: clock() },
        ),
      )
  })
}

// --- Gateways ---------------------------------------------------------------------------------------------------------

/** Reports of gateways: signed over the bytes as they came, so that the body is read as text here. */
function gatewayRoutes(http: Http, context: NoticeContext): void {
  const { db, clock } = context
  void http.register(async (room) => {
    room.removeContentTypeParser('application/json')
    room.addContentTypeParser('application/json', { parseAs: 'string', bodyLimit: 20_000 }, (_request, body, done) =>
      done(null, body),
    )
    room.post(
      '/api/notices/status/:agencyId/:channel',
      {
        config: open,
        schema: {
          tags,
          summary: 'A gateway reports what became of a message (signed)',
          params: Type.Object({
            agencyId: Type.Integer({ minimum: 1 }),
            channel: Type.Union([Type.Literal('sms'), Type.Literal('zalo')]),
          }),
        },
      },
      async (request, reply) => {
        const { agencyId, channel } = request.params as { agencyId: number; channel: 'sms' | 'zalo' }
        const secret = (await readSettings(context, [agencyId])).get(agencyId)?.secrets[channel]
        const header = (name: string) => String(request.headers[name] ?? '')
        const body = typeof request.body === 'string' ? request.body : ''
        const signed =
          secret !== undefined &&
          isSigned(secret, {
            timestamp: header('x-motcua-timestamp'),
            signature: header('x-motcua-signature'),
            body,
            now: clock(),
          })
        if (!signed)
          return sendProblem(reply, 401, { code: 'bad-signature', detail: 'Chữ ký hoặc thời điểm không đúng.' })
        const report = parse(body)
        if (!Value.Check(StatusReport, report))
          return sendProblem(reply, 400, { code: 'bad-report', detail: 'Báo cáo trạng thái không đúng mẫu.' })
        await withScope(db, { agencies: [agencyId] }, async (tx) => {
          const row = await findMessage(tx, agencyId, report.id, true)
          if (!row) return
          const isNew = await addReport(tx, {
            agency_id: agencyId,
            message_id: report.id,
            report_id: report.reportId,
            state: report.state,
            reported_at: clock(),
          })
          const state = afterReport(row.state, report.state)
          if (!isNew || state === row.state) return
          const now = clock()
          await writeMessage(tx, {
            agency_id: agencyId,
            message_id: report.id,
            state,
            ...(state === 'delivered' ? { delivered_at: now, obstacle: null } : { obstacle: 'address-refused' }),
            ended_at: now,
          })
        })
        // Said also for an id that is not ours: a gateway learns nothing from asking.
        return reply.code(204).send()
      },
    )
  })
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}
