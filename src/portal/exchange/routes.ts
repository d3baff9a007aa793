import type { FastifyReply } from 'fastify'
import { agenciesFor, mayEverywhere, type Actor } from '../../identity/index.ts'
import type { FileStore } from '../../documents/index.ts'
import { openDossier } from '../../dossiers/index.ts'
import { withScope } from '../../platform/db.ts'
import { sendNotFound, sendProblem } from '../../platform/http/problem.ts'
import type { Http } from '../../platform/http/route.ts'
import { listCodedAgencyIds } from '../../staff/index.ts'
import {
  DeliveryQuery,
  DossierParams,
  KeyParams,
  NewPartner,
  PartnerChange,
  PartnerParams,
  StatusDecision,
  StatusQuery,
  type DeliveryList,
  type NationalView,
  type NewKey,
  type PartnerList,
  type StatusList,
  type StatusView,
} from './contract.ts'
import { openOtherData } from './form-data.ts'
import { nationalPort } from './inbound.ts'
import type { NationalContext } from './national.ts'
import { decideStatus, findNationalOf, listDeliveries, listStatuses, type StatusRow } from './national-store.ts'
import { changePartner, findPartner, listKeys, listPartners, revokeKey } from './partner-store.ts'
import { addPartner, makeKey } from './partners.ts'
import { wordRefusal } from './text.vi.ts'

const tags = ['exchange']
const manage = { permission: 'portal.manage' }

export function exchangeRoutes(http: Http, context: NationalContext, { files }: { files: FileStore }): void {
  nationalPort(http, context, files)
  partnerPages(http, context)
  listPages(http, context)
}

/** Partners belong to the installation: only who manages it as a whole sees them and their keys. */
function partnerPages(http: Http, context: NationalContext): void {
  const { db } = context
  const mayManage = (actor: Actor) => mayEverywhere(actor, 'portal.manage')

  http.get(
    '/api/exchange/partners',
    { config: manage, schema: { tags, summary: 'Các hệ thống trao đổi và khóa của từng hệ thống' } },
    async (request, reply): Promise<PartnerList | FastifyReply> => {
      if (!mayManage(request.actor)) return sendNotFound(reply)
      const keys = await listKeys(db)
      return {
        items: (await listPartners(db)).map((row) => ({
          partnerId: row.partner_id,
          kind: row.kind,
          name: row.name,
          address: row.address,
          enabled: row.enabled,
          keys: keys
            .filter((key) => key.partner_id === row.partner_id)
            .map((key) => ({
              keyId: key.key_id,
              madeAt: key.made_at,
              lastUsedAt: key.last_used_at,
              revokedAt: key.revoked_at,
            })),
        })),
      }
    },
  )

  http.post(
    '/api/exchange/partners',
    { config: manage, schema: { tags, summary: 'Thêm một hệ thống trao đổi', body: NewPartner } },
    async (request, reply) => {
      if (!mayManage(request.actor)) return sendNotFound(reply)
      const { partnerId, kind, name, address } = request.body
      if (!isUsable(address)) return refuse(reply, 'address-not-usable', '/address')
      const by = request.actor.officerId
      const made = await addPartner(context, { partnerId, kind, name, address, by })
      if (!made) return refuse(reply, 'partner-exists', '/partnerId')
      context.log.info({ what: 'partner-added', partnerId, by })
      return reply.code(201).send({ partnerId })
    },
  )

  http.put(
    '/api/exchange/partners/:partnerId',
    {
      config: manage,
      schema: { tags, summary: 'Đổi tên, địa chỉ, bật tắt một hệ thống', params: PartnerParams, body: PartnerChange },
    },
    async (request, reply) => {
      if (!mayManage(request.actor)) return sendNotFound(reply)
      const { name, address, enabled } = request.body
      if (!isUsable(address)) return refuse(reply, 'address-not-usable', '/address')
      const { partnerId } = request.params
      const changed = await changePartner(db, partnerId, {
        name,
        address,
        enabled,
        changed_at: context.clock(),
        changed_by: request.actor.officerId,
      })
      context.log.info({ what: 'partner-changed', partnerId, by: request.actor.officerId })
      return changed ? { partnerId } : sendNotFound(reply)
    },
  )

  http.post(
    '/api/exchange/partners/:partnerId/keys',
    { config: manage, schema: { tags, summary: 'Tạo khóa; chỉ hiện một lần', params: PartnerParams } },
    async (request, reply): Promise<NewKey | FastifyReply> => {
      const { partnerId } = request.params
      if (!mayManage(request.actor) || !(await findPartner(db, partnerId))) return sendNotFound(reply)
      const key = await makeKey(context, { partnerId, by: request.actor.officerId })
      context.log.info({ what: 'partner-key-made', partnerId, keyId: key.keyId, by: request.actor.officerId })
      return reply.code(201).send(key)
    },
  )

  http.delete(
    '/api/exchange/partners/:partnerId/keys/:keyId',
    { config: manage, schema: { tags, summary: 'Thu hồi một khóa', params: KeyParams } },
    async (request, reply) => {
      if (!mayManage(request.actor)) return sendNotFound(reply)
      const { partnerId, keyId } = request.params
      const by = request.actor.officerId
      const revoked = await revokeKey(db, { partnerId, keyId, by, at: context.clock() })
      context.log.info({ what: 'partner-key-revoked', partnerId, keyId, by })
      return revoked ? { keyId } : sendNotFound(reply)
    },
  )
}

function listPages(http: Http, context: NationalContext): void {
  const { db } = context
  /** Agencies whose exchange the actor looks after; who looks after all sees also what was for none. */
  const agenciesOf = async (actor: Actor): Promise<number[]> =>
    mayEverywhere(actor, 'portal.manage')
      ? [0, ...(await listCodedAgencyIds(db))]
      : [...agenciesFor(actor, 'portal.manage')]

  http.get(
    '/api/exchange/deliveries',
    { config: manage, schema: { tags, summary: 'Hồ sơ gửi đến và kết quả từng lần', querystring: DeliveryQuery } },
    async (request): Promise<DeliveryList> => {
      const agencies = await agenciesOf(request.actor)
      const { refused, limit } = request.query
      const rows = await withScope(db, { agencies }, (tx) =>
        listDeliveries(tx, { agencies, refusedOnly: refused === '1', limit }),
      )
      return {
        items: rows.map((row) => ({
          deliveryId: row.delivery_id,
          partnerId: row.partner_id,
          receivedAt: row.received_at,
          nationalCode: row.national_code,
          outcome: row.outcome,
          code: row.code,
          detail: row.code === null ? null : [wordRefusal(row.code), row.detail].filter(Boolean).join(' '),
          dossierId: row.dossier_id,
        })),
      }
    },
  )

  http.get(
    '/api/exchange/statuses',
    { config: manage, schema: { tags, summary: 'Trạng thái gửi trả Cổng', querystring: StatusQuery } },
    async (request): Promise<StatusList> => {
      const agencies = await agenciesOf(request.actor)
      const { unsent, limit } = request.query
      const rows = await withScope(db, { agencies }, (tx) =>
        listStatuses(tx, { agencies, unsentOnly: unsent === '1', limit }),
      )
      return { items: rows.map(viewStatus) }
    },
  )

  http.post(
    '/api/exchange/statuses',
    { config: manage, schema: { tags, summary: 'Gửi lại hoặc bỏ qua một trạng thái', body: StatusDecision } },
    async (request, reply) => {
      const { agencyId, dossierId, version, action } = request.body
      if (!(await agenciesOf(request.actor)).includes(agencyId)) return sendNotFound(reply)
      const decided = await withScope(db, { agencies: [agencyId] }, (tx) =>
        decideStatus(tx, {
          agencyId,
          dossierId,
          version,
          by: request.actor.officerId,
          at: context.clock(),
          state: action === 'resend' ? 'queued' : 'skipped',
        }),
      )
      return decided ? { version } : sendNotFound(reply)
    },
  )

  http.get(
    '/api/dossiers/:dossierId/national',
    {
      config: { permission: 'dossier.read' },
      schema: { tags, summary: 'Mã và trạng thái của hồ sơ trên Cổng Dịch vụ công quốc gia', params: DossierParams },
    },
    async (request, reply): Promise<NationalView | FastifyReply> => {
      const { dossierId } = request.params
      const opened = await openDossier(context, request.actor, dossierId)
      if (!opened) return sendNotFound(reply)
      const { agencyId } = opened
      const { row, statuses } = await withScope(db, { agencies: [agencyId] }, async (tx) => ({
        row: await findNationalOf(tx, { agencyId, dossierId }),
        statuses: await listStatuses(tx, { agencies: [agencyId], unsentOnly: false, dossierId, limit: 50 }),
      }))
      if (!row) return { national: null }
      const partner = await findPartner(db, row.partner_id)
      return {
        national: {
          nationalCode: row.national_code,
          partnerName: partner?.name ?? row.partner_id,
          filedAt: row.filed_at,
          verified: row.verified,
          digitised: row.digitised,
          paid: row.paid,
          otherData: openOtherData(context, row),
          statuses: statuses.map(viewStatus),
        },
      }
    },
  )
}

const viewStatus = (row: StatusRow): StatusView => ({
  agencyId: row.agency_id,
  dossierId: row.dossier_id,
  version: row.version,
  partnerId: row.partner_id,
  nationalCode: row.national_code,
  status: row.status,
  happenedAt: row.happened_at,
  state: row.state,
  attempts: row.attempts,
  nextAt: row.next_at,
  lastCode: row.last_code,
  sentAt: row.sent_at,
})

const refuse = (reply: FastifyReply, code: string, pointer: string): FastifyReply =>
  sendProblem(reply, code === 'partner-exists' ? 409 : 422, {
    code,
    detail: wordRefusal(code),
    errors: [{ pointer, detail: wordRefusal(code) }],
  })

/** An address of a partner: https, or this machine while something is tried. No password in it, nothing after a #. */
function isUsable(address: string | null): boolean {
  if (address === null) return true
  if (!URL.canParse(address)) return false
  const { protocol, hostname, username, password, hash } = new URL(address)
  if (username || password || hash) return false
  return protocol === 'https:' || (protocol === 'http:' && ['127.0.0.1', 'localhost', '[::1]'].includes(hostname))
}
