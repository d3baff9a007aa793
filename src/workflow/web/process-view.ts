import type { Process, Step } from '../contract.ts'

/** Where a step stands. */
export type Place = { stage: number; step: number }

const withStages = (stages: readonly { steps: Step[] }[]): Process => ({
  stages: stages.filter(({ steps }) => steps.length > 0),
})

/** A key that no step has yet. */
export function freeKey(process: Process, base: string): string {
  const taken = new Set(process.stages.flatMap(({ steps }) => steps.map(({ key }) => key)))
  if (!taken.has(base)) return base
  let number = 2
  while (taken.has(`${base}-${number}`)) number += 1
  return `${base}-${number}`
}

/** A step to be filled in, with so much time that the sum does not pass the limit because of it. */
export const blankStep = (process: Process, { name, room }: { name: string; room: number }): Step => ({
  key: freeKey(process, 'step'),
  name,
  kind: 'examine',
  unitKind: 'office',
  role: 'specialist',
  agency: 'own',
  minutes: Math.max(0, Math.min(240, room)),
  limit: null,
})

export const withStep = (process: Process, place: Place, step: Step): Process => ({
  stages: process.stages.map((stage, index) =>
    index === place.stage ? { steps: stage.steps.map((each, at) => (at === place.step ? step : each)) } : stage,
  ),
})

/** A stage of its own with this step behind the given one. */
export const addStageAfter = (process: Process, stage: number, step: Step): Process =>
  withStages(process.stages.toSpliced(stage + 1, 0, { steps: [step] }))

/** The step beside those of the stage. */
export const addBeside = (process: Process, stage: number, step: Step): Process => ({
  stages: process.stages.map((each, index) => (index === stage ? { steps: [...each.steps, step] } : each)),
})

/** Without the step; a stage without steps disappears. The last step stays. */
export function removeStep(process: Process, place: Place): Process {
  const next = withStages(
    process.stages.map((stage, index) =>
      index === place.stage ? { steps: stage.steps.filter((_, at) => at !== place.step) } : stage,
    ),
  )
  return next.stages.length > 0 ? next : process
}

/**
 * The step one place earlier (-1) or later (1): out of a stage with others into one of its own, and as a whole stage
 * past its neighbour.
 */
export function moveStep(process: Process, place: Place, direction: -1 | 1): Process {
  const from = process.stages[place.stage]
  const step = from?.steps[place.step]
  if (!from || !step) return process
  if (from.steps.length > 1) {
    const rest = { steps: from.steps.filter((_, at) => at !== place.step) }
    const pair = direction === -1 ? [{ steps: [step] }, rest] : [rest, { steps: [step] }]
    return withStages(process.stages.toSpliced(place.stage, 1, ...pair))
  }
  const target = place.stage + direction
  if (target < 0 || target >= process.stages.length) return process
  const without = process.stages.toSpliced(place.stage, 1)
  return withStages(without.toSpliced(target, 0, from))
}

/** Where the step with this key stands. */
export function placeOf(process: Process, key: string): Place | undefined {
  const stage = process.stages.findIndex(({ steps }) => steps.some((step) => step.key === key))
  const step = process.stages[stage]?.steps.findIndex((each) => each.key === key) ?? -1
  return stage === -1 ? undefined : { stage, step }
}
