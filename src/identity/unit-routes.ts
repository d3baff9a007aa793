import { sendNotFound } from '../platform/http/problem.ts'
import type { Http } from '../platform/http/route.ts'
import { accept, refuse } from '../platform/result.ts'
import {
  createReceivingPoint,
  createUnit,
  isUnitHeldAfter,
  listReceivingPoints,
  listUnits,
  schemas,
  updateReceivingPoint,
  updateUnit,
} from '../staff/index.ts'
import { answerDated, change, refuseDated, tags } from './administration.ts'
import { may } from './rules/permissions.ts'
import type { IdentityContext } from './sign-in.ts'

const { AgencyId, ChangedPoint, ChangedUnit, NewPoint, NewUnit, PointId, UnitId } = schemas

export function unitRoutes(http: Http, context: IdentityContext): void {
  const config = { permission: 'agency.manage' } as const

  http.post(
    '/api/agencies/:agencyId/units',
    { config, schema: { tags, summary: 'Lập bộ phận', params: AgencyId, body: NewUnit } },
    async (request, reply) => {
      const { agencyId } = request.params
      const { commandId, ...unit } = request.body
      const refusal = await refuseDated(context, request.actor, agencyId, unit.validFrom, 'agency.manage')
      if (refusal) return answerDated(context, reply, refusal)
      return change(context, request, reply, { agencyId, what: 'unit-made', commandId, details: unit }, async (tx) =>
        accept({ unitId: await createUnit(tx, { ...unit, agencyId }) }),
      )
    },
  )

  http.put(
    '/api/agencies/:agencyId/units/:unitId',
    { config, schema: { tags, summary: 'Sửa hoặc kết thúc bộ phận', params: UnitId, body: ChangedUnit } },
    async (request, reply) => {
      const { agencyId, unitId } = request.params
      const { commandId, ...unit } = request.body
      if (!may(request.actor, 'agency.manage', { agencyId })) return sendNotFound(reply)
      if (!(await listUnits(context.db, agencyId)).some((one) => one.unitId === unitId)) return sendNotFound(reply)
      return change(
        context,
        request,
        reply,
        { agencyId, what: 'unit-changed', commandId, details: { unitId, ...unit } },
        async (tx) => {
          if (unit.validTo !== null && (await isUnitHeldAfter(tx, unitId, unit.validTo)))
            return refuse({ code: 'unit-in-use' })
          await updateUnit(tx, { agencyId, unitId, ...unit })
          return accept({ unitId })
        },
      )
    },
  )

  http.post(
    '/api/agencies/:agencyId/receiving-points',
    { config, schema: { tags, summary: 'Lập điểm tiếp nhận', params: AgencyId, body: NewPoint } },
    async (request, reply) => {
      const { agencyId } = request.params
      const { commandId, ...point } = request.body
      const refusal = await refuseDated(context, request.actor, agencyId, point.validFrom, 'agency.manage')
      if (refusal) return answerDated(context, reply, refusal)
      return change(
        context,
        request,
        reply,
        { agencyId, what: 'receiving-point-made', commandId, details: point },
        async (tx) => accept({ receivingPointId: await createReceivingPoint(tx, { ...point, agencyId }) }),
      )
    },
  )

  http.put(
    '/api/agencies/:agencyId/receiving-points/:receivingPointId',
    { config, schema: { tags, summary: 'Sửa hoặc kết thúc điểm tiếp nhận', params: PointId, body: ChangedPoint } },
    async (request, reply) => {
      const { agencyId, receivingPointId } = request.params
      const { commandId, ...point } = request.body
      if (!may(request.actor, 'agency.manage', { agencyId })) return sendNotFound(reply)
      if (!(await listReceivingPoints(context.db, agencyId)).some((one) => one.receivingPointId === receivingPointId))
        return sendNotFound(reply)
      return change(
        context,
        request,
        reply,
        { agencyId, what: 'receiving-point-changed', commandId, details: { receivingPointId, ...point } },
        async (tx) => {
          await updateReceivingPoint(tx, { agencyId, receivingPointId, ...point })
          return accept({ receivingPointId })
        },
      )
    },
  )
}
