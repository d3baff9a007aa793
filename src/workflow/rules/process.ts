/** The internal process of a procedure. NĐ 118/2025/NĐ-CP, Điều 18–20; TCVN ISO 9001:2015. */
import type { TimeLimitPart } from '../../catalogue/index.ts'
import type { Process, Step } from '../contract.ts'

/** One working day of the civil service, in minutes. */
export const WORKING_DAY = 480

/**
 * Working minutes that a time limit is worth when times are set against each other: calendar days count five of
 * seven, a month 21 working days, at once means within the working day. Due dates come from the calendar, not from here.
 */
export function limitMinutes(limit: readonly TimeLimitPart[]): number {
  const worth = {
    workingHour: (amount: number) => amount * 60,
    workingDay: (amount: number) => amount * WORKING_DAY,
    calendarDay: (amount: number) => Math.floor((amount * 5) / 7) * WORKING_DAY,
    month: (amount: number) => amount * 21 * WORKING_DAY,
    atOnce: () => WORKING_DAY,
  }
  return limit.reduce((sum, { amount, unit }) => sum + worth[unit](amount), 0)
}

export const stepMinutes = (step: Step): number => (step.limit ? limitMinutes(step.limit) : step.minutes)

/** From start to end: of steps side by side the longest counts. */
export const processMinutes = (process: Process): number =>
  process.stages.reduce((sum, { steps }) => sum + Math.max(0, ...steps.map(stepMinutes)), 0)

export const allSteps = (process: Process): Step[] => process.stages.flatMap(({ steps }) => steps)

export const findStep = (process: Process, key: string): Step | undefined =>
  allSteps(process).find((step) => step.key === key)

export const firstSteps = (process: Process): Step[] => nextSteps(process, [])

/** Steps that are open once these are done; none at the end. Doing a step again or out of turn opens nothing new. */
export function nextSteps(process: Process, doneKeys: readonly string[]): Step[] {
  const open = process.stages.find(({ steps }) => steps.some(({ key }) => !doneKeys.includes(key)))
  return open?.steps.filter(({ key }) => !doneKeys.includes(key)) ?? []
}

export type ProcessFinding = {
  pointer: string
  code:
    | 'duplicate-step'
    | 'over-limit'
    | 'no-signature'
    | 'sign-before-work'
    | 'no-return'
    | 'return-not-last'
    | 'no-unit'
    | 'hand-off-to-itself'
    | 'partner-without-hand-off'
    | 'no-time'
  severity: 'error' | 'warning'
  about: string
}

export type ProcessFacts = {
  /** The time limit that the process has to keep; without one the sum is not judged. */
  limit?: readonly TimeLimitPart[]
  hasResult: boolean
}

/** What keeps a process from being put in force. */
export function validateProcess(process: Process, { limit, hasResult }: ProcessFacts): ProcessFinding[] {
  const findings: ProcessFinding[] = []
  const found = (
    code: ProcessFinding['code'],
    pointer: string,
    about = '',
    severity: ProcessFinding['severity'] = 'error',
  ) => findings.push({ pointer, code, severity, about })
  const seen = new Set<string>()
  const lastStage = process.stages.length - 1
  process.stages.forEach(({ steps }, stage) =>
    steps.forEach((step, place) => {
      const at = `/stages/${stage}/steps/${place}`
      if (seen.has(step.key)) found('duplicate-step', `${at}/key`, step.key)
      seen.add(step.key)
      if (step.agency === 'own' && step.unitKind === null) found('no-unit', `${at}/unitKind`, step.name)
      if (step.agency === 'own' && step.kind === 'hand-off') found('hand-off-to-itself', `${at}/agency`, step.name)
      if (step.agency !== 'own' && (step.kind === 'return' || step.kind === 'register'))
        found('partner-without-hand-off', `${at}/agency`, step.name)
      if (step.kind === 'return' && stage !== lastStage) found('return-not-last', at, step.name)
      if (stepMinutes(step) === 0 && step.kind !== 'return') found('no-time', `${at}/minutes`, step.name, 'warning')
    }),
  )
  const kinds = process.stages.map(({ steps }) => steps.map(({ kind }) => kind))
  const signed = kinds.findLastIndex((stage) => stage.includes('sign'))
  const worked = kinds.findIndex((stage) => stage.includes('examine') || stage.includes('hand-off'))
  if (hasResult && signed === -1) found('no-signature', '/stages')
  if (signed !== -1 && (worked === -1 || worked >= signed))
    found('sign-before-work', `/stages/${signed}`, '', 'warning')
  if (hasResult && !kinds.some((stage) => stage.includes('return'))) found('no-return', '/stages')
  if (limit && processMinutes(process) > limitMinutes(limit))
    found('over-limit', '/stages', String(processMinutes(process) - limitMinutes(limit)))
  return findings
}

export const mayUse = (findings: readonly ProcessFinding[]): boolean =>
  findings.every(({ severity }) => severity !== 'error')
