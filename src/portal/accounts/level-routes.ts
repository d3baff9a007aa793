import { Type } from 'typebox'
import { versionOn } from '../../catalogue/index.ts'
import { may, recordAudit } from '../../identity/index.ts'
import { dayOf } from '../../platform/day.ts'
import { withScope } from '../../platform/db.ts'
import { sendNotFound, sendProblem } from '../../platform/http/problem.ts'
import type { Http } from '../../platform/http/route.ts'
import { LevelRuleInput, type LevelRules } from './contract.ts'
import type { AccountsContext } from './desk.ts'
import { ANY_PROCEDURE, wantedLevelOf, type WantedLevel } from './rules/levels.ts'
import type { AccountContext } from './sessions.ts'
import { listLevelRules, putLevelRule, removeLevelRule } from './level-store.ts'
import { vi } from './text.vi.ts'

const tags = ['portal']
const config = { permission: 'portal.manage' }
const Agency = Type.Object({ agencyId: Type.Integer({ minimum: 1 }) }, { additionalProperties: false })

/** How surely a person must be known to file this procedure online with this authority. */
export const wantedLevel = (
  { db }: Pick<AccountContext, 'db'>,
  { agencyId, procedureCode }: { agencyId: number; procedureCode: string },
): Promise<WantedLevel> =>
  withScope(db, { agencies: [agencyId] }, async (tx) =>
    wantedLevelOf(await listLevelRules(tx, agencyId), procedureCode),
  )

/** What an authority asks of people who file online. */
export function levelRoutes(http: Http, context: AccountsContext): void {
  const { db } = context

  http.get(
    '/api/portal/levels',
    { config, schema: { tags, summary: 'Mức độ danh tính khi nộp trực tuyến', querystring: Agency } },
    async (request, reply): Promise<LevelRules | typeof reply> => {
      const { agencyId } = request.query
      if (!may(request.actor, 'portal.manage', { agencyId })) return sendNotFound(reply)
      const rules = await withScope(db, { agencies: [agencyId] }, (tx) => listLevelRules(tx, agencyId))
      const day = dayOf(context.clock())
      const own = rules.filter((rule) => rule.procedureCode !== ANY_PROCEDURE)
      return {
        general: wantedLevelOf(rules, ANY_PROCEDURE),
        rules: await Promise.all(
          own.map(async (rule) => ({
            ...rule,
            procedureName: (await versionOn(db, rule.procedureCode, day))?.version.name ?? '',
          })),
        ),
      }
    },
  )

  http.put(
    '/api/portal/levels',
    { config, schema: { tags, summary: 'Đặt mức độ danh tính khi nộp trực tuyến', body: LevelRuleInput } },
    async (request, reply) => {
      const { agencyId, procedureCode, level } = request.body
      if (!may(request.actor, 'portal.manage', { agencyId })) return sendNotFound(reply)
      const now = context.clock()
      if (procedureCode !== ANY_PROCEDURE && !(await versionOn(db, procedureCode, dayOf(now))))
        return sendProblem(reply, 422, { code: 'procedure-unknown', detail: vi.levelRules.procedureWrong })
      const { accountId } = request.actor
      await withScope(db, { agencies: [agencyId] }, async (tx) => {
        if (level === null) await removeLevelRule(tx, agencyId, procedureCode)
        else await putLevelRule(tx, { agencyId, procedureCode, level, accountId, now })
      })
      await recordAudit(db, {
        now,
        what: 'level-changed',
        agencyId,
        accountId,
        details: { procedure: procedureCode, level },
      })
      return reply.code(204).send()
    },
  )
}
