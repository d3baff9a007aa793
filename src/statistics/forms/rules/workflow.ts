// Fill → check → submit → the upper level returns or accepts → lock. A correction is a new version of the report.
import type { Finding, ReportState } from '../contract.ts'
import { accept, refuse, type Result } from '../../../platform/result.ts'

export type ReportStep = 'enter' | 'submit' | 'withdraw' | 'return' | 'accept' | 'lock' | 'correct'

/** The one picture of a report's life: what may be done in each state. */
const allowed = {
  draft: ['enter', 'submit'],
  returned: ['enter', 'submit'],
  submitted: ['withdraw', 'return', 'accept', 'lock'],
  accepted: ['return', 'lock'],
  locked: ['correct'],
} as const satisfies Record<ReportState, readonly ReportStep[]>

const next = {
  enter: null,
  submit: 'submitted',
  withdraw: 'draft',
  return: 'returned',
  accept: 'accepted',
  lock: 'locked',
  correct: null,
} as const satisfies Record<ReportStep, ReportState | null>

export type StepRefusal =
  | { code: 'not-in-this-state'; state: ReportState; step: ReportStep }
  | { code: 'blocked-by-checks'; findings: number; first: string }
  | { code: 'warnings-unexplained'; findings: number; first: string }
  | { code: 'not-accepted-yet' }
  | { code: 'corrected-already' }

export type StepFacts = {
  state: ReportState
  findings: readonly Finding[]
  /** Somebody of an upper level works in this system and may accept. */
  hasUpperLevel: boolean
  /** A later version names this one. */
  isCorrected: boolean
}

/** Which steps the state allows; the web shows exactly these as buttons. */
export const stepsIn = ({ state, hasUpperLevel, isCorrected }: Omit<StepFacts, 'findings'>): ReportStep[] =>
  allowed[state].filter((step) => {
    if (step === 'lock') return state === 'accepted' || !hasUpperLevel
    if (step === 'return' || step === 'accept') return hasUpperLevel
    return step !== 'correct' || !isCorrected
  })

/** The state after a step, or why the step is not taken. Says yes without an upper level to those who have none. */
export function takeStep(facts: StepFacts, step: ReportStep): Result<ReportState, StepRefusal> {
  const { state, findings, hasUpperLevel, isCorrected } = facts
  if (!(allowed[state] as readonly ReportStep[]).includes(step))
    return refuse({ code: 'not-in-this-state', state, step })
  if (step === 'correct' && isCorrected) return refuse({ code: 'corrected-already' })
  if (step === 'lock' && state === 'submitted' && hasUpperLevel) return refuse({ code: 'not-accepted-yet' })
  if (step === 'submit' || step === 'lock') {
    const refusal = refuseFindings(findings)
    if (refusal) return refuse(refusal)
  }
  return accept(next[step] ?? state)
}

/** A blocking finding stops; a warning wants a reason that fits what it says now. */
export function refuseFindings(findings: readonly Finding[]): StepRefusal | undefined {
  const blocking = findings.filter(({ severity }) => severity === 'blocking')
  if (blocking[0]) return { code: 'blocked-by-checks', findings: blocking.length, first: blocking[0].words }
  const open = findings.filter(({ explanation }) => explanation?.holds !== true)
  if (open[0]) return { code: 'warnings-unexplained', findings: open.length, first: open[0].words }
  return undefined
}
