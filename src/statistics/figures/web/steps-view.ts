/** How long the stays took that ended in the period, in office minutes. */
export type StepTime = {
  key: string
  name: string
  nameEn: string
  count: number
  median: number
  p90: number
  total: number
  late: number
}

/** What the server says of steps, of units or of officers; `others` is time that is not the authority's own. */
export type StepTimes = { steps: StepTime[]; others: StepTime[]; bottlenecks: string[] }

export const stepsBys = ['step', 'unit', 'officer'] as const
export type StepsBy = (typeof stepsBys)[number]
export const isStepsBy = (text: string): text is StepsBy => stepsBys.some((by) => by === text)
export const readStepsBy = (text: string): StepsBy => stepsBys.find((by) => by === text) ?? 'step'

const shown = 12

/** The lines of the chart, the most time first. */
export const shownSteps = (steps: readonly StepTime[]): StepTime[] =>
  steps.toSorted((one, other) => other.total - one.total || one.name.localeCompare(other.name, 'vi')).slice(0, shown)

export type StepFinding = { kind: 'none' } | { kind: 'lost'; names: string[]; share: number }

/** Where half of the time goes, and how much of it that is. */
export function whereTimeGoes({ steps, bottlenecks }: Pick<StepTimes, 'steps' | 'bottlenecks'>): StepFinding {
  const all = steps.reduce((sum, { total }) => sum + total, 0)
  const found = bottlenecks.flatMap((key) => steps.find((step) => step.key === key) ?? [])
  if (all === 0 || found.length === 0) return { kind: 'none' }
  return {
    kind: 'lost',
    names: found.map(({ name }) => name),
    share: found.reduce((sum, { total }) => sum + total, 0) / all,
  }
}

/** Minutes as a reader wants them: from a day on nobody counts minutes. */
export const rounded = (minutes: number): number => (minutes < 480 ? minutes : Math.round(minutes / 60) * 60)
