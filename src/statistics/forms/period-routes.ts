import { Type } from 'typebox'
import { mayEverywhere } from '../../identity/index.ts'
import { sendNotFound } from '../../platform/http/problem.ts'
import type { Http } from '../../platform/http/route.ts'
import { accept, refuse, type Result } from '../../platform/result.ts'
import { dayOf } from '../../platform/day.ts'
import { findCommandReply, listAgencies, noteCommand } from '../../staff/index.ts'
import type { FormContext } from './context.ts'
import { PeriodEntry, type Period } from './contract.ts'
import { shippedRegimes } from './data/regimes.ts'
import {
  addPeriod,
  changePeriod,
  findPeriod,
  isPeriodUsed,
  listPeriods,
  listRegimes,
  removePeriod,
} from './period-store.ts'
import { judgePeriod, proposePeriods } from './rules/period.ts'
import { sendRefusal } from './refused.ts'
import type { FormRefusal } from './text.vi.ts'

const tags = ['report-periods']
const PeriodParams = Type.Object({ periodId: Type.Integer({ minimum: 1, maximum: 2_147_483_647 }) })
const Year = Type.Integer({ minimum: 2000, maximum: 2099 })
const YearQuery = Type.Object({ year: Type.Optional(Year) }, { additionalProperties: false })
const ProposalQuery = Type.Object({ regime: Type.String(), year: Year }, { additionalProperties: false })

/** Reporting periods are configuration: their days are said, and may be proposed, but never follow from the calendar. */
export function periodRoutes(http: Http, context: FormContext): void {
  const { db, clock } = context
  const config = { permission: 'report-form.manage' }

  http.get(
    '/api/report-periods',
    {
      config: { permission: 'report-form.manage' },
      schema: { tags, summary: 'Các kỳ báo cáo', querystring: YearQuery },
    },
    async ({ actor, query: { year } }) => {
      const periods = await listPeriods(db, { agencies: 'all', ...(year === undefined ? {} : { year }) })
      const ids = [...new Set(periods.flatMap(({ agencyId }) => (agencyId === null ? [] : [agencyId])))]
      const agencies = await listAgencies(db, ids, dayOf(clock()))
      const names = new Map(agencies.map(({ agencyId, fullName }) => [agencyId, fullName]))
      return {
        regimes: await listRegimes(db),
        periods: periods.map((period) => ({
          ...period,
          agencyName: period.agencyId === null ? null : (names.get(period.agencyId) ?? null),
        })),
        mayManage: mayEverywhere(actor, 'report-form.manage'),
      }
    },
  )

  http.get(
    '/api/report-periods/proposals',
    { config, schema: { tags, summary: 'Các kỳ thường có của một năm, để xem và lưu', querystring: ProposalQuery } },
    async ({ query: { regime, year } }, reply) => {
      const shape = shippedRegimes.find((each) => each.regime === regime)?.shape
      return shape ? proposePeriods(shape, year) : sendNotFound(reply)
    },
  )

  http.post(
    '/api/report-periods',
    { config, schema: { tags, summary: 'Thêm một kỳ báo cáo', body: PeriodEntry } },
    async ({ actor, body: { commandId, ...period } }, reply) => {
      if (!mayEverywhere(actor, 'report-form.manage')) return sendNotFound(reply)
      const judged = judgePeriod(period)
      if (!judged.ok) return sendRefusal(reply, judged)
      const known = (await listRegimes(db)).some(({ regime }) => regime === period.regime)
      if (!known) return sendNotFound(reply)
      const added = await db.transaction().execute(async (tx): Promise<Result<{ periodId: number }, FormRefusal>> => {
        const repeated =
          commandId === undefined ? undefined : await findCommandReply<{ periodId: number }>(tx, commandId)
        if (repeated) return accept(repeated.reply)
        const periodId = await addPeriod(tx, { period, by: actor.officerId, at: clock() })
        if (periodId === undefined) return refuse({ code: 'period-taken', period: period.code })
        if (commandId !== undefined) await noteCommand(tx, commandId, { periodId })
        return accept({ periodId })
      })
      return added.ok ? reply.code(201).send(added.value) : sendRefusal(reply, added)
    },
  )

  http.put(
    '/api/report-periods/:periodId',
    { config, schema: { tags, summary: 'Sửa một kỳ báo cáo', params: PeriodParams, body: PeriodEntry } },
    async ({ actor, params: { periodId }, body: { commandId: _commandId, ...period } }, reply) => {
      const before = await findPeriod(db, periodId)
      if (!before || !mayEverywhere(actor, 'report-form.manage')) return sendNotFound(reply)
      const judged = judgePeriod(period)
      if (!judged.ok) return sendRefusal(reply, judged)
      const moved = before.from !== period.from || before.to !== period.to || before.yearFrom !== period.yearFrom
      if (moved && (await isPeriodUsed(db, periodId))) return sendRefusal(reply, refuse({ code: 'period-in-use' }))
      await changePeriod(db, { periodId, before, period, by: actor.officerId, at: clock() })
      return { periodId }
    },
  )

  http.delete(
    '/api/report-periods/:periodId',
    { config, schema: { tags, summary: 'Xóa một kỳ chưa có báo cáo', params: PeriodParams } },
    async ({ actor, params: { periodId } }, reply) => {
      const before: Period | undefined = await findPeriod(db, periodId)
      if (!before || !mayEverywhere(actor, 'report-form.manage')) return sendNotFound(reply)
      if (await isPeriodUsed(db, periodId)) return sendRefusal(reply, refuse({ code: 'period-in-use' }))
      await removePeriod(db, { periodId, before, by: actor.officerId, at: clock() })
      return reply.code(204).send()
    },
  )
}
