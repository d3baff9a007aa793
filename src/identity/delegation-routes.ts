import { sendNotFound } from '../platform/http/problem.ts'
import type { Http } from '../platform/http/route.ts'
import { accept } from '../platform/result.ts'
import {
  createDelegation,
  endDelegation,
  findPost,
  listAbsences,
  listDelegations,
  recordAbsence,
  refuseDelegation,
  schemas,
} from '../staff/index.ts'
import { change, scopeOf, tags } from './administration.ts'
import { postsWithin } from './officer-routes.ts'
import { sendRefused } from './refused.ts'
import { agenciesFor, may } from './rules/permissions.ts'
import type { IdentityContext } from './sign-in.ts'

const { AbsenceQuery, DelegationId, InAgency, LastDayOnly, NewAbsence, NewDelegation } = schemas

export function delegationRoutes(http: Http, context: IdentityContext): void {
  const { db } = context

  http.get(
    '/api/delegations',
    {
      config: { permission: 'officer.read' },
      schema: { tags, summary: 'Ủy quyền trong phạm vi của tôi', querystring: InAgency },
    },
    async (request, reply) => {
      const { agencyId } = request.query
      if (agencyId !== undefined && !may(request.actor, 'officer.read', { agencyId })) return sendNotFound(reply)
      const agencies = agencyId === undefined ? scopeOf(request.actor, 'officer.read') : [agencyId]
      const rows = await listDelegations(db, agencies ? { agencies } : {})
      return { delegations: rows.map((row) => ({ ...row, mayEnd: may(request.actor, 'delegation.manage', row) })) }
    },
  )

  http.post(
    '/api/delegations',
    {
      config: { permission: 'delegation.manage' },
      schema: { tags, summary: 'Ủy quyền một vị trí trong một thời gian', body: NewDelegation },
    },
    async (request, reply) => {
      const { commandId, ...delegation } = request.body
      const post = await findPost(db, delegation.postId)
      if (!post || !may(request.actor, 'delegation.manage', post)) return sendNotFound(reply)
      // The other side must be somebody whom the actor may see, so that ids cannot be tried out.
      if (!(await postsWithin(context, request.actor, 'officer.read', delegation.toOfficerId)))
        return sendNotFound(reply)
      const refusal = refuseDelegation(post, delegation)
      if (refusal) return sendRefused(context, reply, refusal)
      const { agencyId } = post
      return change(
        context,
        request,
        reply,
        { agencyId, what: 'delegated', commandId, details: delegation },
        async (tx) =>
          accept({
            delegationId: await createDelegation(tx, { ...delegation, agencyId, recordedBy: request.actor.officerId }),
          }),
      )
    },
  )

  http.post(
    '/api/agencies/:agencyId/delegations/:delegationId/end',
    {
      config: { permission: 'delegation.manage' },
      schema: { tags, summary: 'Chấm dứt ủy quyền sau một ngày', params: DelegationId, body: LastDayOnly },
    },
    async (request, reply) => {
      const { agencyId, delegationId } = request.params
      const { commandId, lastDay } = request.body
      if (!may(request.actor, 'delegation.manage', { agencyId })) return sendNotFound(reply)
      if (!(await listDelegations(db, { agencies: [agencyId] })).some((one) => one.delegationId === delegationId))
        return sendNotFound(reply)
      return change(
        context,
        request,
        reply,
        { agencyId, what: 'delegation-ended', commandId, details: { delegationId, lastDay } },
        async (tx) => {
          await endDelegation(tx, { agencyId, delegationId, lastDay })
          return accept({ delegationId })
        },
      )
    },
  )

  http.get(
    '/api/absences',
    {
      config: { permission: 'officer.read' },
      schema: { tags, summary: 'Vắng mặt và người làm thay', querystring: AbsenceQuery },
    },
    async (request, reply) => {
      const { agencyId, from, to } = request.query
      if (agencyId !== undefined && !may(request.actor, 'officer.read', { agencyId })) return sendNotFound(reply)
      if (to < from) return sendRefused(context, reply, { code: 'period-reversed' })
      const agencies = agencyId === undefined ? agenciesFor(request.actor, 'officer.read') : [agencyId]
      return { absences: await listAbsences(db, { agencies, from, to }) }
    },
  )

  http.post(
    '/api/absences',
    {
      config: { permission: 'work.reassign' },
      schema: { tags, summary: 'Ghi vắng mặt và người làm thay', body: NewAbsence },
    },
    async (request, reply) => {
      const { commandId, ...absence } = request.body
      const { agencyId } = absence
      if (!may(request.actor, 'work.reassign', { agencyId })) return sendNotFound(reply)
      for (const officerId of [absence.officerId, absence.substituteId])
        if (officerId !== null && !(await postsWithin(context, request.actor, 'officer.read', officerId)))
          return sendNotFound(reply)
      if (absence.substituteId === absence.officerId)
        return sendRefused(context, reply, { code: 'delegation-to-oneself' })
      return change(
        context,
        request,
        reply,
        { agencyId, what: 'absence-recorded', commandId, details: { officerId: absence.officerId } },
        async (tx) =>
          accept({ absenceId: await recordAbsence(tx, { ...absence, recordedBy: request.actor.officerId }) }),
      )
    },
  )
}
