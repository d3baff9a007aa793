// Luật Bảo vệ dữ liệu cá nhân 91/2025/QH15, Điều 4; NĐ 356/2025/NĐ-CP: trả lời yêu cầu trong 02 ngày làm việc; xem, chỉnh sửa
// thực hiện trong 10 ngày (15 ngày khi phải qua bên thứ ba), gia hạn một lần không quá 10 ngày; rút lại sự đồng ý, hạn chế,
// phản đối, xóa thực hiện trong 15 ngày.
import { addDays, type Day } from '../../../platform/day.ts'

/** What people may ask of those who keep their data. */
export const requestKinds = ['view', 'correct', 'delete', 'restrict', 'object', 'withdraw'] as const
export type RequestKind = (typeof requestKinds)[number]
export const isRequestKind = (text: string): text is RequestKind => (requestKinds as readonly string[]).includes(text)

/** The times of one law; a later law is a further entry and leaves older requests as they are. */
export type TimerRule = {
  from: Day
  answerWorkingDays: number
  finishDays: Record<RequestKind, number>
  /** When somebody else has to do a part, for view and correct. */
  finishDaysWithThirdParty: Partial<Record<RequestKind, number>>
  /** Once, so many days at most, for these kinds. */
  extension: { days: number; kinds: readonly RequestKind[] }
  source: string
  /** How sure the numbers are: read in the text of the law, or told by others. Set here: an authority answers for them. */
  confidence: 'high' | 'medium' | 'set-here'
}

export const timerRules: readonly TimerRule[] = [
  {
    from: '2026-01-01',
    answerWorkingDays: 2,
    finishDays: { view: 10, correct: 10, delete: 15, restrict: 15, object: 15, withdraw: 15 },
    finishDaysWithThirdParty: { view: 15, correct: 15 },
    extension: { days: 10, kinds: ['view', 'correct'] },
    source: 'Luật 91/2025/QH15, Điều 4; NĐ 356/2025/NĐ-CP',
    // Erasing is not named beside the other rights in the summary that we have.
    confidence: 'medium',
  },
]

/** Shipped rules and those that the installation set, by their first day; what was set goes before what is shipped. */
export const allTimerRules = (set: readonly TimerRule[], shipped: readonly TimerRule[] = timerRules): TimerRule[] =>
  [...shipped.filter(({ from }) => set.every((rule) => rule.from !== from)), ...set].toSorted((one, other) =>
    one.from < other.from ? -1 : 1,
  )

/** The rule in force on a day; the earliest for days before it. */
export const timerRuleOn = (day: Day, rules: readonly TimerRule[]): TimerRule => {
  const [earliest] = rules
  if (!earliest) throw new Error('no rule of times')
  return rules.findLast((rule) => rule.from <= day) ?? earliest
}

/** Last days to answer and to have done it. `addWorkingDays` counts by the calendar of the authority. */
export function timersOf(
  kind: RequestKind,
  {
    rule,
    receivedOn,
    addWorkingDays,
  }: { rule: TimerRule; receivedOn: Day; addWorkingDays: (day: Day, count: number) => Day },
): { answerBy: Day; finishBy: Day } {
  return {
    answerBy: addWorkingDays(receivedOn, rule.answerWorkingDays),
    finishBy: addDays(receivedOn, rule.finishDays[kind]),
  }
}

/** Last day to have it done when somebody else has a part in it; undefined where the law gives no longer time. */
export function finishWithThirdParty(kind: RequestKind, rule: TimerRule, receivedOn: Day): Day | undefined {
  const days = rule.finishDaysWithThirdParty[kind]
  return days === undefined ? undefined : addDays(receivedOn, days)
}
