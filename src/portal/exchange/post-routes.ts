import type { FastifyReply } from 'fastify'
import { openDossier } from '../../dossiers/index.ts'
import { agenciesFor, may, mayEverywhere, type Actor } from '../../identity/index.ts'
import { dayOf } from '../../platform/day.ts'
import { withScope } from '../../platform/db.ts'
import { sendNotFound, sendProblem } from '../../platform/http/problem.ts'
import type { Http } from '../../platform/http/route.ts'
import { listAgencies, listCodedAgencyIds } from '../../staff/index.ts'
import { readEvents } from './carrier.ts'
import {
  DossierParams,
  NewShipment,
  PostSettingInput,
  ShipmentParams,
  type PostSettings,
  type PostView,
} from './contract.ts'
import { openSigned, parseJson, partnerRoutes, rawBody, sendInboundRefusal } from './inbound.ts'
import type { NationalContext } from './national.ts'
import { listPartners } from './partner-store.ts'
import {
  cancelShipment,
  printLabel,
  setPostSetting,
  ship,
  takeEvents,
  viewPost,
  type PostContext,
  type ShipmentRefusal,
} from './shipments.ts'
import { findPostSetting } from './shipment-store.ts'
import { wordRefusal } from './text.vi.ts'

const tags = ['exchange']

/** The desk's side of the post, the carrier's port, and the agency's settings of it. */
export function postRoutes(http: Http, context: PostContext & NationalContext): void {
  deskRoutes(http, context)
  carrierPort(http, context)
  settingRoutes(http, context)
}

function deskRoutes(http: Http, context: PostContext): void {
  /** Whoever hands results to applicants hands them to the post. */
  const mayShip = (actor: Actor, agencyId: number) => may(actor, 'dossier.return', { agencyId })

  http.get(
    '/api/dossiers/:dossierId/shipments',
    {
      config: { permission: 'dossier.read' },
      schema: { tags, summary: 'Bưu gửi của hồ sơ và việc giao bưu điện', params: DossierParams },
    },
    async (request, reply): Promise<PostView | FastifyReply> => {
      const opened = await openDossier(context, request.actor, request.params.dossierId)
      if (!opened) return sendNotFound(reply)
      return viewPost(context, opened, { mayShip: mayShip(request.actor, opened.agencyId) })
    },
  )

  http.post(
    '/api/dossiers/:dossierId/shipments',
    {
      config: { permission: 'dossier.return' },
      schema: { tags, summary: 'Giao kết quả cho bưu điện', params: DossierParams, body: NewShipment },
    },
    async (request, reply) => {
      const opened = await openDossier(context, request.actor, request.params.dossierId)
      if (!opened || !mayShip(request.actor, opened.agencyId)) return sendNotFound(reply)
      const { commandId, recipient } = request.body
      const made = await ship(context, request.actor, { opened, commandId, recipient })
      if (!made.ok) return refuse(reply, made.refusal)
      const { shipment_id: shipmentId, number, state } = made.value
      return reply.code(201).send({ shipmentId, number, state })
    },
  )

  http.delete(
    '/api/dossiers/:dossierId/shipments/:shipmentId',
    {
      config: { permission: 'dossier.return' },
      schema: { tags, summary: 'Hủy bưu gửi chưa được bưu chính nhận', params: ShipmentParams },
    },
    async (request, reply) => {
      const { dossierId, shipmentId } = request.params
      const opened = await openDossier(context, request.actor, dossierId)
      if (!opened || !mayShip(request.actor, opened.agencyId)) return sendNotFound(reply)
      const done = await cancelShipment(context, { agencyId: opened.agencyId, dossierId, shipmentId })
      if (!done) return sendNotFound(reply)
      return done.ok ? { shipmentId } : refuse(reply, done.refusal)
    },
  )

  http.get(
    '/api/dossiers/:dossierId/shipments/:shipmentId/label.pdf',
    {
      config: { permission: 'dossier.return' },
      schema: { tags, summary: 'Nhãn bưu gửi (PDF)', params: ShipmentParams },
    },
    async (request, reply) => {
      const { dossierId, shipmentId } = request.params
      const opened = await openDossier(context, request.actor, dossierId)
      const mine = opened && mayShip(request.actor, opened.agencyId)
      const pdf = mine ? await printLabel(context, opened, shipmentId) : undefined
      if (!pdf) return sendNotFound(reply)
      return reply
        .type('application/pdf')
        .header('content-disposition', `inline; filename="nhan-${shipmentId}.pdf"`)
        .header('cache-control', 'private, no-store')
        .header('content-security-policy', "default-src 'none'; style-src 'unsafe-inline'; frame-ancestors 'self'")
        .header('x-frame-options', 'SAMEORIGIN')
        .send(pdf)
    },
  )
}

/** What carriers tell of parcels, signed as everything between partners is. */
function carrierPort(http: Http, context: PostContext & NationalContext): void {
  partnerRoutes(http, context, (scope) => {
    scope.post(
      '/api/exchange/post/events',
      {
        config: { permission: 'public' },
        schema: { tags, summary: 'Bưu chính báo tình trạng bưu gửi (ký HMAC-SHA256)', consumes: ['application/json'] },
      },
      async (request, reply) => {
        const signed = await openSigned(context, request, { kind: 'post', body: rawBody(request) })
        if (!signed.ok) return sendInboundRefusal(reply, signed.refusal)
        const json = parseJson(signed.value.body)
        if (!json.ok) return sendInboundRefusal(reply, json.refusal)
        const events = readEvents(json.value)
        if (!events) return sendInboundRefusal(reply, { code: 'invalid-payload' })
        return takeEvents(context, signed.value.partnerId, events)
      },
    )
  })
}

function settingRoutes(http: Http, context: PostContext): void {
  const { db, clock } = context
  const manage = { permission: 'portal.manage' }
  const agenciesOf = async (actor: Actor): Promise<readonly number[]> =>
    mayEverywhere(actor, 'portal.manage') ? listCodedAgencyIds(db) : agenciesFor(actor, 'portal.manage')

  http.get(
    '/api/exchange/post/settings',
    { config: manage, schema: { tags, summary: 'Cơ quan gửi kết quả qua bưu chính nào' } },
    async (request): Promise<PostSettings> => {
      const coded = new Set(await listCodedAgencyIds(db))
      const ids = (await agenciesOf(request.actor)).filter((id) => coded.has(id))
      const day = dayOf(clock())
      const agencies = (await listAgencies(db, ids, day)).filter(({ validTo }) => validTo === null || validTo >= day)
      const settings = await withScope(db, { agencies: ids }, (tx) =>
        Promise.all(agencies.map(({ agencyId }) => findPostSetting(tx, agencyId))),
      )
      const carriers = (await listPartners(db)).filter(({ kind, enabled }) => kind === 'post' && enabled)
      return {
        agencies: agencies.map(({ agencyId, fullName }) => ({ agencyId, name: fullName })),
        carriers: carriers.map(({ partner_id, name }) => ({ partnerId: partner_id, name })),
        settings: settings.flatMap((row) =>
          row
            ? [
                {
                  agencyId: row.agency_id,
                  partnerId: row.partner_id,
                  senderName: row.sender_name,
                  senderAddress: row.sender_address,
                  senderPhone: row.sender_phone,
                  returnByItself: row.return_by_itself,
                },
              ]
            : [],
        ),
      }
    },
  )

  http.put(
    '/api/exchange/post/settings',
    { config: manage, schema: { tags, summary: 'Đặt đơn vị bưu chính và người gửi', body: PostSettingInput } },
    async (request, reply) => {
      const { agencyId, partnerId, senderName, senderAddress, senderPhone, returnByItself } = request.body
      if (!(await agenciesOf(request.actor)).includes(agencyId)) return sendNotFound(reply)
      const carriers = await listPartners(db)
      if (partnerId !== null && !carriers.some((one) => one.partner_id === partnerId && one.kind === 'post'))
        return sendNotFound(reply)
      await setPostSetting(context, {
        agency_id: agencyId,
        partner_id: partnerId,
        sender_name: senderName,
        sender_address: senderAddress,
        sender_phone: senderPhone,
        return_by_itself: returnByItself,
        changed_at: clock(),
        changed_by: request.actor.officerId,
      })
      context.log.info({ what: 'post-setting-changed', agencyId, by: request.actor.officerId })
      return { agencyId }
    },
  )
}

const refuse = (reply: FastifyReply, { code }: ShipmentRefusal): FastifyReply =>
  sendProblem(reply, 409, { code, detail: wordRefusal(code) })
