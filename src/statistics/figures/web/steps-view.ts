/** How long one step took in the period, in office minutes. */
export type StepTime = { key: string; name: string; count: number; median: number; p90: number; total: number }

const shown = 12

/** The steps in which most time went, the most first. */
export const stepsByTime = (steps: readonly StepTime[]): StepTime[] =>
  steps.toSorted((one, other) => other.total - one.total || one.name.localeCompare(other.name, 'vi')).slice(0, shown)

export type StepFinding = { kind: 'none' } | { kind: 'slowest'; label: string; share: number; median: number }

/** The step in which most of the time goes. */
export function slowestStep(steps: readonly StepTime[]): StepFinding {
  const all = steps.reduce((sum, { total }) => sum + total, 0)
  const [first] = steps
  if (!first || all === 0) return { kind: 'none' }
  return { kind: 'slowest', label: first.name, share: first.total / all, median: first.median }
}
