import { sendNotFound } from '../platform/http/problem.ts'
import type { Http } from '../platform/http/route.ts'
import { accept } from '../platform/result.ts'
import {
  closeAgency,
  createAgency,
  createUnit,
  findAgencies,
  findAgency,
  listAgencies,
  listAgencyHistory,
  listChanges,
  listReceivingPoints,
  listSuccessions,
  listTopAgencies,
  listUnits,
  moveAgency,
  recordChange,
  recordSuccession,
  renameAgency,
  schemas,
  setAgencyCode,
  standardUnits,
  subtree,
  systemAdministratorsOn,
} from '../staff/index.ts'
import { answerDated, change, isOpen, refuseDated, scopeOf, tags, today } from './administration.ts'
import { once } from './once.ts'
import { sendRefused } from './refused.ts'
import { may } from './rules/permissions.ts'
import type { IdentityContext } from './sign-in.ts'

const { AgencyCode, AgencyId, AgencyName, AgencyParent, AgencyQuery, LastDayOnly, NewAgency, Predecessor } = schemas

export function agencyRoutes(http: Http, context: IdentityContext): void {
  const { db } = context

  http.get(
    '/api/agencies',
    {
      config: { permission: 'agency.read' },
      schema: { tags, summary: 'Cơ quan trong phạm vi của tôi', querystring: AgencyQuery },
    },
    async (request) => {
      const { day = today(context), query, kind, parentId, top, closed, limit } = request.query
      const among = scopeOf(request.actor, 'agency.read')
      if (top && among === undefined) return { agencies: await listTopAgencies(db, day) }
      // Without a right everywhere the tree begins at the own agencies.
      if (top)
        return { agencies: await listAgencies(db, [...new Set(request.actor.posts.map((post) => post.agencyId))], day) }
      return { agencies: await findAgencies(db, { day, query, kinds: kind && [kind], parentId, among, closed, limit }) }
    },
  )

  http.get(
    '/api/agencies/:agencyId',
    {
      config: { permission: 'agency.read' },
      schema: { tags, summary: 'Một cơ quan: tên, mã, bộ phận, điểm tiếp nhận, kế thừa', params: AgencyId },
    },
    async (request, reply) => {
      const { agencyId } = request.params
      if (!may(request.actor, 'agency.read', { agencyId })) return sendNotFound(reply)
      const agency = await findAgency(db, agencyId, today(context))
      if (!agency) return sendNotFound(reply)
      const [units, receivingPoints, successions, history] = await Promise.all([
        listUnits(db, agencyId),
        listReceivingPoints(db, agencyId),
        listSuccessions(db, agencyId),
        listAgencyHistory(db, agencyId),
      ])
      return {
        agency,
        units,
        receivingPoints,
        successions,
        history,
        may: {
          manage: may(request.actor, 'agency.manage', { agencyId }),
          manageTree: may(request.actor, 'agency-tree.manage', { agencyId }),
        },
      }
    },
  )

  http.post(
    '/api/agencies',
    { config: { permission: 'agency-tree.manage' }, schema: { tags, summary: 'Lập cơ quan', body: NewAgency } },
    async (request, reply) => {
      const { commandId, standardUnits: withUnits = false, fullNameEn = null, ...agency } = request.body
      if (agency.parentId != null && !(await isOpen(context, agency.parentId, agency.validFrom)))
        return sendRefused(context, reply, { code: 'agency-closed' })
      const result = await once<{ agencyId: number }>(db, commandId, async (tx) => {
        const agencyId = await createAgency(tx, {
          ...agency,
          fullNameEn,
          parentId: agency.parentId ?? null,
          codes: agency.codes ?? [],
        })
        if (withUnits)
          for (const unit of standardUnits(agency.kind))
            await createUnit(tx, { ...unit, agencyId, validFrom: agency.validFrom })
        await recordChange(tx, { agencyId, by: request.actor.officerId, what: 'agency-made', details: { ...agency } })
        return accept({ agencyId })
      })
      return result.ok ? reply.code(201).send(result.value) : sendRefused(context, reply, result.refusal)
    },
  )

  const treeChange = { config: { permission: 'agency-tree.manage' } } as const

  http.put(
    '/api/agencies/:agencyId/name',
    { ...treeChange, schema: { tags, summary: 'Đổi tên cơ quan từ một ngày', params: AgencyId, body: AgencyName } },
    async (request, reply) => {
      const { agencyId } = request.params
      const { commandId, fullNameEn = null, ...name } = request.body
      const refusal = await refuseDated(context, request.actor, agencyId, name.from, 'agency-tree.manage')
      if (refusal) return answerDated(context, reply, refusal)
      return change(
        context,
        request,
        reply,
        { agencyId, what: 'agency-renamed', commandId, details: name },
        async (tx) => {
          await renameAgency(tx, agencyId, { ...name, fullNameEn })
          return accept({ agencyId })
        },
      )
    },
  )

  http.put(
    '/api/agencies/:agencyId/parent',
    {
      ...treeChange,
      schema: { tags, summary: 'Chuyển cơ quan cấp trên từ một ngày', params: AgencyId, body: AgencyParent },
    },
    async (request, reply) => {
      const { agencyId } = request.params
      const { commandId, ...place } = request.body
      const refusal = await refuseDated(context, request.actor, agencyId, place.from, 'agency-tree.manage')
      if (refusal) return answerDated(context, reply, refusal)
      if (place.parentId !== null) {
        if (!(await isOpen(context, place.parentId, place.from)))
          return sendRefused(context, reply, { code: 'agency-closed' })
        if ((await subtree(db, agencyId, place.from)).includes(place.parentId))
          return sendRefused(context, reply, { code: 'tree-loop' })
      }
      return change(
        context,
        request,
        reply,
        { agencyId, what: 'agency-moved', commandId, details: place },
        async (tx) => {
          await moveAgency(tx, agencyId, place)
          return accept({ agencyId })
        },
      )
    },
  )

  http.put(
    '/api/agencies/:agencyId/code',
    {
      config: { permission: 'agency.manage' },
      schema: { tags, summary: 'Đặt mã của cơ quan từ một ngày', params: AgencyId, body: AgencyCode },
    },
    async (request, reply) => {
      const { agencyId } = request.params
      const { commandId, ...code } = request.body
      const refusal = await refuseDated(
        context,
        request.actor,
        agencyId,
        code.from,
        code.scheme === 'gso' ? 'agency-tree.manage' : 'agency.manage',
      )
      if (refusal) return answerDated(context, reply, refusal)
      return change(
        context,
        request,
        reply,
        { agencyId, what: 'agency-coded', commandId, details: code },
        async (tx) => {
          await setAgencyCode(tx, agencyId, code)
          return accept({ agencyId })
        },
      )
    },
  )

  http.post(
    '/api/agencies/:agencyId/close',
    { ...treeChange, schema: { tags, summary: 'Kết thúc hoạt động của cơ quan', params: AgencyId, body: LastDayOnly } },
    async (request, reply) => {
      const { agencyId } = request.params
      const { commandId, lastDay } = request.body
      const refusal = await refuseDated(context, request.actor, agencyId, lastDay, 'agency-tree.manage')
      if (refusal) return answerDated(context, reply, refusal)
      if ((await systemAdministratorsOn(db, lastDay)).every((post) => post.agencyId === agencyId))
        return sendRefused(context, reply, { code: 'last-administrator' })
      return change(
        context,
        request,
        reply,
        { agencyId, what: 'agency-closed', commandId, details: { lastDay } },
        async (tx) => {
          await closeAgency(tx, agencyId, lastDay)
          return accept({ agencyId })
        },
      )
    },
  )

  http.put(
    '/api/agencies/:agencyId/predecessors',
    {
      ...treeChange,
      schema: { tags, summary: 'Ghi cơ quan cũ mà cơ quan này kế thừa', params: AgencyId, body: Predecessor },
    },
    async (request, reply) => {
      const { agencyId } = request.params
      const { commandId, ...succession } = request.body
      const [own, old] = await Promise.all([
        findAgency(db, agencyId, succession.onDay),
        findAgency(db, succession.oldAgencyId, succession.onDay),
      ])
      if (!own || !old) return sendNotFound(reply)
      if (own.agencyId === old.agencyId) return sendRefused(context, reply, { code: 'tree-loop' })
      return change(
        context,
        request,
        reply,
        { agencyId, what: 'predecessor-recorded', commandId, details: succession },
        async (tx) => {
          await recordSuccession(tx, { ...succession, newAgencyId: agencyId, note: succession.note ?? null })
          return accept({ agencyId })
        },
      )
    },
  )

  http.get(
    '/api/agencies/:agencyId/changes',
    {
      config: { permission: 'agency.manage' },
      schema: { tags, summary: 'Nhật ký thay đổi về tổ chức và nhân sự', params: AgencyId },
    },
    async (request, reply) => {
      const { agencyId } = request.params
      if (!may(request.actor, 'agency.manage', { agencyId })) return sendNotFound(reply)
      return { changes: await listChanges(db, agencyId) }
    },
  )
}
