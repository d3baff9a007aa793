import { may, mayEverywhere, recordAudit } from '../../identity/index.ts'
import { addDays } from '../../platform/day.ts'
import { withScope } from '../../platform/db.ts'
import { sendNotFound, sendProblem } from '../../platform/http/problem.ts'
import type { Http } from '../../platform/http/route.ts'
import { listOfficerNames } from '../../staff/index.ts'
import {
  ActionBody,
  AgencyQuery,
  DeskRequest,
  EraseBody,
  RequestParams,
  RequestQuery,
  RetentionInput,
  type DataRequestItem,
  type DataRequestView,
  type RetentionItem,
} from './contract.ts'
import {
  actOnRequest,
  eraseForRequest,
  itemOf,
  listErasable,
  openRequest,
  receiveRequest,
  secretOfDesk,
  stateOf,
  type PersonalDataContext,
} from './requests.ts'
import { allowedActions } from './rules/request.ts'
import { isRetentionKind, leastDays, retentionDays, retentionKindNames, retentionKinds } from './rules/retention.ts'
import {
  findRequest,
  listRequests,
  listRetention,
  listSteps,
  listTimerRules,
  putRetention,
  type RequestRow,
} from './store.ts'
import { timesRoutes } from './times-routes.ts'
import { vi } from './text.vi.ts'

const tags = ['personal-data']
const config = { permission: 'personal-data.answer' }

/** Officers answer what people ask about their data; administrators set how long things are kept. */
export function personalDataOfficerRoutes(http: Http, context: PersonalDataContext): void {
  requestRoutes(http, context)
  retentionRoutes(http, context)
  timesRoutes(http, context)
}

function requestRoutes(http: Http, context: PersonalDataContext): void {
  const { db } = context

  http.get(
    '/api/data-requests',
    {
      config,
      schema: { tags, summary: 'Yêu cầu về dữ liệu cá nhân, sắp đến hạn đứng trước', querystring: RequestQuery },
    },
    async (request, reply): Promise<{ items: DataRequestItem[] } | typeof reply> => {
      const { agencyId, state = 'open' } = request.query
      if (!may(request.actor, 'personal-data.answer', { agencyId })) return sendNotFound(reply)
      const rows = await withScope(db, { agencies: [agencyId] }, (tx) =>
        listRequests(tx, { agencyId, open: state === 'open' }),
      )
      return { items: rows.map((row) => itemOf(context, row)) }
    },
  )

  http.post(
    '/api/data-requests',
    { config, schema: { tags, summary: 'Ghi yêu cầu về dữ liệu cá nhân tại quầy', body: DeskRequest } },
    async (request, reply) => {
      const { body, actor } = request
      if (!may(actor, 'personal-data.answer', { agencyId: body.agencyId })) return sendNotFound(reply)
      const made = await receiveRequest(context, {
        agencyId: body.agencyId,
        kind: body.kind,
        secret: secretOfDesk(body),
        officerId: actor.officerId,
      })
      return reply.code(201).send(made)
    },
  )

  http.get(
    '/api/data-requests/:requestId',
    {
      config,
      schema: { tags, summary: 'Một yêu cầu về dữ liệu cá nhân', params: RequestParams, querystring: AgencyQuery },
    },
    async (request, reply): Promise<DataRequestView | typeof reply> => {
      const { agencyId } = request.query
      if (!may(request.actor, 'personal-data.answer', { agencyId })) return sendNotFound(reply)
      const row = await withScope(db, { agencies: [agencyId] }, (tx) =>
        findRequest(tx, agencyId, request.params.requestId),
      )
      return row ? viewOf(context, row) : sendNotFound(reply)
    },
  )

  http.post(
    '/api/data-requests/:requestId/actions',
    {
      config,
      schema: { tags, summary: 'Trả lời, gia hạn, kết thúc yêu cầu', params: RequestParams, body: ActionBody },
    },
    async (request, reply) => {
      const { agencyId, action } = request.body
      const { requestId } = request.params
      if (!may(request.actor, 'personal-data.answer', { agencyId })) return sendNotFound(reply)
      const { officerId } = request.actor
      const done = await actOnRequest(context, { agencyId, requestId, action, officerId })
      if (done.ok) return reply.code(204).send()
      const { code } = done.refusal
      return code === 'not-found' ? sendNotFound(reply) : sendProblem(reply, 422, { code, detail: vi.refusals[code]() })
    },
  )

  http.post(
    '/api/data-requests/:requestId/erasure',
    {
      config: { permission: 'personal-data.erase' },
      schema: { tags, summary: 'Xóa dữ liệu theo yêu cầu, nơi luật cho phép', params: RequestParams, body: EraseBody },
    },
    async (request, reply) => {
      const { agencyId, basis } = request.body
      const { requestId } = request.params
      if (!may(request.actor, 'personal-data.erase', { agencyId })) return sendNotFound(reply)
      const source = `ip:${request.ip}`
      const done = await eraseForRequest(context, { agencyId, requestId, basis, actor: request.actor, source })
      if (done.ok) return done.value
      const { code } = done.refusal
      return code === 'not-found' ? sendNotFound(reply) : sendProblem(reply, 422, { code, detail: vi.refusals[code]() })
    },
  )
}

async function viewOf(context: PersonalDataContext, row: RequestRow): Promise<DataRequestView> {
  const { agency_id: agencyId } = row
  const { db, keys } = context
  const secret = openRequest(context, row)
  const steps = await withScope(db, { agencies: [agencyId] }, (tx) => listSteps(tx, agencyId, row.request_id))
  const names = await listOfficerNames(db, [...new Set(steps.flatMap((step) => step.officer_id ?? []))])
  const state = stateOf(row, await listTimerRules(db))
  const { rule } = state
  const allowed = allowedActions(state)
  return {
    ...itemOf(context, row),
    identityNumber: secret.identityNumber,
    identityVerified: secret.identityVerified,
    contact: secret.phone || secret.email,
    content: secret.content,
    thirdParty: row.third_party,
    extended: row.extended_at !== null,
    allowed: allowed.filter((type) => type !== 'withdraw'),
    thirdPartyDays: rule.finishDaysWithThirdParty[row.kind] ?? null,
    extendUntil: allowed.includes('extend') ? addDays(row.finish_by, rule.extension.days) : null,
    source: rule.source,
    steps: steps.map((step) => ({
      at: step.at,
      what: step.what,
      officerName: step.officer_id === null ? null : (names.get(step.officer_id) ?? null),
      note: step.note ? keys.decrypt(step.note) : '',
    })),
    erasable:
      row.kind === 'delete' && row.finished_at === null
        ? await listErasable(context, { agencyId, identityNumber: secret.identityNumber })
        : null,
  }
}

function retentionRoutes(http: Http, context: PersonalDataContext): void {
  const { db } = context
  const manage = { permission: 'system.manage' }

  http.get(
    '/api/portal/retention',
    { config: manage, schema: { tags, summary: 'Thời hạn lưu dữ liệu cá nhân' } },
    async (): Promise<RetentionItem[]> => {
      const settings = await listRetention(db)
      return retentionKindNames.map((kind) => ({
        kind,
        days: retentionDays(settings, kind),
        usual: retentionKinds[kind].days,
        least: leastDays[kind] ?? 0,
        basis: settings.find((setting) => setting.kind === kind)?.basis ?? '',
      }))
    },
  )

  http.put(
    '/api/portal/retention',
    { config: manage, schema: { tags, summary: 'Đặt thời hạn lưu dữ liệu cá nhân', body: RetentionInput } },
    async (request, reply) => {
      const { kind, days, basis } = request.body
      if (!mayEverywhere(request.actor, 'system.manage')) return sendNotFound(reply)
      const problem = (code: 'kind-unknown' | 'too-few-days') =>
        sendProblem(reply, 422, { code, detail: vi.refusals[code]() })
      if (!isRetentionKind(kind)) return problem('kind-unknown')
      if (days < (leastDays[kind] ?? 0)) return problem('too-few-days')
      const now = context.clock()
      const { accountId } = request.actor
      await putRetention(db, { kind, days, basis: basis.trim(), now, accountId })
      await recordAudit(db, { now, what: 'retention-changed', accountId, details: { kind, days, basis: basis.trim() } })
      return reply.code(204).send()
    },
  )
}
