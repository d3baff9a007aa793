import { mayEverywhere, maySomewhere, recordAudit } from '../../identity/index.ts'
import { dayOf } from '../../platform/day.ts'
import { sendNotFound, sendProblem } from '../../platform/http/problem.ts'
import type { Http } from '../../platform/http/route.ts'
import { TimesInput, type TimesView } from './contract.ts'
import type { PersonalDataContext } from './requests.ts'
import { timerRuleOn, type TimerRule } from './rules/timers.ts'
import { listTimerRules, putTimerRule, type TimerNumbers } from './store.ts'
import { vi } from './text.vi.ts'

const tags = ['personal-data']
const path = '/api/portal/data-times'

/** The times of requests about personal data: seen by who answers them, set by who administers the system. */
export function timesRoutes(http: Http, context: PersonalDataContext): void {
  const { db, clock } = context

  http.get(
    path,
    { config: { permission: 'session' }, schema: { tags, summary: 'Thời hạn của yêu cầu về dữ liệu cá nhân' } },
    async (request, reply): Promise<TimesView | typeof reply> => {
      const { actor } = request
      if (!maySomewhere(actor, 'personal-data.answer') && !maySomewhere(actor, 'system.manage'))
        return sendNotFound(reply)
      const rules = await listTimerRules(db)
      return { rules: rules.map(viewOf).toReversed(), today: timerRuleOn(dayOf(clock()), rules).from }
    },
  )

  http.put(
    path,
    {
      config: { permission: 'system.manage' },
      schema: { tags, summary: 'Đặt thời hạn của yêu cầu về dữ liệu cá nhân từ một ngày', body: TimesInput },
    },
    async (request, reply) => {
      const { actor, body } = request
      if (!mayEverywhere(actor, 'system.manage')) return sendNotFound(reply)
      const { from, finishDays, thirdPartyDays, basis } = body
      if (thirdPartyDays < Math.max(finishDays.view, finishDays.correct))
        return sendProblem(reply, 422, {
          code: 'third-party-shorter',
          detail: vi.refusals['third-party-shorter'](),
        })
      const now = clock()
      const { accountId } = actor
      await putTimerRule(db, { from, basis: basis.trim(), numbers: numbersOf(body), now, accountId })
      await recordAudit(db, { now, what: 'retention-changed', accountId, details: { kind: 'data-times', from } })
      return reply.code(204).send()
    },
  )
}

const numbersOf = ({ answerWorkingDays, finishDays, thirdPartyDays, extensionDays }: TimesInput): TimerNumbers => ({
  answerWorkingDays,
  finishDays,
  finishDaysWithThirdParty: { view: thirdPartyDays, correct: thirdPartyDays },
  extension: { days: extensionDays, kinds: extensionDays > 0 ? ['view', 'correct'] : [] },
})

const viewOf = (rule: TimerRule): TimesView['rules'][number] => ({
  from: rule.from,
  answerWorkingDays: rule.answerWorkingDays,
  finishDays: rule.finishDays,
  thirdPartyDays: rule.finishDaysWithThirdParty.view ?? rule.finishDays.view,
  extensionDays: rule.extension.days,
  source: rule.source,
  confidence: rule.confidence,
})
