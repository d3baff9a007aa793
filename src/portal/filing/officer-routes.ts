import type { FastifyReply } from 'fastify'
import { listFields, offeredOn, versionOn } from '../../catalogue/index.ts'
import { dossierWords, mayHandle, mayReveal, openDossier } from '../../dossiers/index.ts'
import { agenciesFor, may, mayEverywhere, type Actor } from '../../identity/index.ts'
import { dayOf } from '../../platform/day.ts'
import { sendNotFound, sendProblem } from '../../platform/http/problem.ts'
import type { Http } from '../../platform/http/route.ts'
import { listAgencies, listCodedAgencyIds, listOfficerNames } from '../../staff/index.ts'
import type { FilingSetting } from './contract.ts'
import type { FilingContext } from './flow.ts'
import { listWaiting, noteOpened, requestByMarks, revealNumbers, viewOnline, type MarkRefusal } from './officer.ts'
import {
  FrontBody,
  MarksBody,
  OnlineParams,
  RevealBody,
  type FrontSettings,
  type OnlineView,
  type RevealReply,
  type WaitingList,
} from './officer-contract.ts'
import { vi } from './officer-text.vi.ts'
import { onlineCases } from './rules/online.ts'
import { filingSettingOf, setFilingSetting } from './settings.ts'

const tags = ['filing']

/** The officers' side of filing online: what was sent, what is wrong in it, and the authority's own front. */
export function filingOfficerRoutes(http: Http, context: FilingContext): void {
  http.get(
    '/api/dossiers/:dossierId/online',
    {
      config: { permission: 'dossier.read' },
      schema: { tags, summary: 'Nội dung khai, giấy tờ và chỗ cần sửa của hồ sơ trực tuyến', params: OnlineParams },
    },
    async (request, reply): Promise<OnlineView | FastifyReply> => {
      const opened = await openDossier(context, request.actor, request.params.dossierId)
      if (!opened || opened.dossier.channel !== 'online') return sendNotFound(reply)
      // Whoever only supervises or audits does not stop the two hours of the desk.
      if (may(request.actor, 'dossier.receive', { agencyId: opened.agencyId }))
        await noteOpened(context, opened, request.actor)
      const whole = await viewOnline(context, opened)
      return mayHandle(request.actor, opened.dossier) ? whole : { ...whole, filled: null, papers: [], rounds: [] }
    },
  )

  http.post(
    '/api/dossiers/:dossierId/online/disclosure',
    {
      config: { permission: 'identity-number.reveal' },
      schema: {
        tags,
        summary: 'Xem đầy đủ các số định danh trong nội dung khai; mỗi lần xem được ghi lại',
        params: OnlineParams,
        body: RevealBody,
      },
    },
    async (request, reply): Promise<RevealReply | FastifyReply> => {
      const { actor } = request
      const opened = await openDossier(context, actor, request.params.dossierId)
      if (!opened || !mayReveal(actor, opened.dossier)) return sendNotFound(reply)
      const { reason } = request.body
      return { numbers: await revealNumbers(context, opened, { officerId: actor.officerId, reason }) }
    },
  )

  http.post(
    '/api/dossiers/:dossierId/marks',
    {
      config: { permission: 'dossier.read' },
      schema: {
        tags,
        summary: 'Đánh dấu chỗ sai và yêu cầu bổ sung trong một lần',
        params: OnlineParams,
        body: MarksBody,
      },
    },
    async (request, reply) => {
      const opened = await openDossier(context, request.actor, request.params.dossierId)
      if (!opened) return sendNotFound(reply)
      const outcome = await requestByMarks(context, request.actor, { opened, body: request.body })
      if (!outcome.ok) return sendMarkRefusal(reply, outcome.refusal)
      const { dossier, dossierId, repeated } = outcome.value
      return {
        dossierId,
        agencyId: dossier.agencyId,
        code: dossier.code,
        version: dossier.version,
        status: dossier.status,
        repeated,
      }
    },
  )

  http.get(
    '/api/filing/waiting',
    {
      config: { permission: 'dossier.receive' },
      schema: { tags, summary: 'Hồ sơ trực tuyến chờ tiếp nhận hoặc trả lời, với hai thời hạn' },
    },
    async (request): Promise<WaitingList> => ({
      items: await listWaiting(context, agenciesFor(request.actor, 'dossier.receive')),
    }),
  )

  frontRoutes(http, context)
}

/** Whether an authority keeps a front of its own. */
function frontRoutes(http: Http, context: FilingContext): void {
  const { db, clock } = context
  const agenciesOf = async (actor: Actor): Promise<readonly number[]> =>
    mayEverywhere(actor, 'portal.manage') ? listCodedAgencyIds(db) : agenciesFor(actor, 'portal.manage')

  http.get(
    '/api/filing/fronts',
    {
      config: { permission: 'portal.manage' },
      schema: { tags, summary: 'Cổng của người dân: cơ quan nào mở, cho thủ tục nào' },
    },
    async (request): Promise<FrontSettings> => {
      const day = dayOf(clock())
      const coded = new Set(await listCodedAgencyIds(db))
      const ids = (await agenciesOf(request.actor)).filter((id) => coded.has(id))
      const agencies = (await listAgencies(db, ids, day))
        .filter(({ validTo }) => validTo === null || validTo >= day)
        .map(({ agencyId, fullName }) => ({ agencyId, name: fullName }))
      const settings = await Promise.all(
        agencies.map(async ({ agencyId }) => {
          const { changedAt, changedBy, ...setting } = await filingSettingOf({ db }, agencyId)
          return { agencyId, setting, changedAt, changedBy }
        }),
      )
      const names = await listOfficerNames(
        db,
        settings.flatMap(({ changedBy }) => changedBy ?? []),
      )
      const offering = new Map<string, number[]>()
      for (const { agencyId } of agencies)
        for (const code of await offeredOn(db, agencyId, day))
          offering.set(code, [...(offering.get(code) ?? []), agencyId])
      const versions = await Promise.all([...offering.keys()].map((code) => versionOn(db, code, day)))
      return {
        agencies,
        settings: settings.map(({ changedBy, ...rest }) => ({
          ...rest,
          changedByName: changedBy === null ? null : (names.get(changedBy) ?? null),
        })),
        procedures: versions
          .flatMap((stored) => (stored && onlineCases(stored.version).length > 0 ? [stored.version] : []))
          .map(({ code, name, shortName, field }) => ({
            code,
            name: shortName || name,
            field,
            agencyIds: offering.get(code) ?? [],
          }))
          .toSorted((a, b) => a.name.localeCompare(b.name, 'vi')),
        fields: (await listFields(db)).map(({ key, name }) => ({ key, name })),
      }
    },
  )

  http.put(
    '/api/filing/fronts',
    {
      config: { permission: 'portal.manage' },
      schema: { tags, summary: 'Mở, đóng cổng của người dân tại cơ quan', body: FrontBody },
    },
    async (request, reply) => {
      const { agencyId, setting } = request.body
      if (!(await agenciesOf(request.actor)).includes(agencyId)) return sendNotFound(reply)
      const refusal = faultOf(setting)
      if (refusal)
        return sendProblem(reply, 422, { ...refusal, errors: [{ pointer: refusal.pointer, detail: refusal.detail }] })
      await setFilingSetting({ db }, { agencyId, setting, at: clock(), by: request.actor.officerId })
      context.log.info({ what: 'front-changed', agencyId, open: setting.ownFront, by: request.actor.officerId })
      return { agencyId }
    },
  )
}

function faultOf({ openFrom, openTo, procedures, fields, basis }: FilingSetting) {
  if (openFrom !== null && openTo !== null && openFrom > openTo)
    return { code: 'wrong-order', pointer: '/setting/openTo', detail: vi.front.wrongOrder }
  if ((procedures !== null || fields !== null) && !procedures?.length && !fields?.length)
    return { code: 'nothing-chosen', pointer: '/setting/procedures', detail: vi.front.nothingChosen }
  return basis.trim() === ''
    ? { code: 'basis-missing', pointer: '/setting/basis', detail: vi.front.basisMissing }
    : undefined
}

function sendMarkRefusal(reply: FastifyReply, refusal: MarkRefusal): FastifyReply {
  if (refusal.code === 'not-found') return sendNotFound(reply)
  const facts = 'facts' in refusal ? refusal.facts : undefined
  const all: Readonly<Record<string, unknown>> = {
    ...dossierWords.intakeRefusals,
    ...dossierWords.refusals,
    ...vi.refusals,
  }
  const words = all[refusal.code]
  const detail = typeof words === 'function' ? (words as (facts: object) => string)(facts ?? {}) : String(words)
  const status = refusal.code === 'not-your-task' ? 403 : 409
  return sendProblem(reply, refusal.code in vi.refusals ? 422 : status, {
    code: refusal.code,
    detail,
    ...(facts ? { facts } : {}),
  })
}
