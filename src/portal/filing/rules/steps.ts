// The screens of a draft, in order: one topic each, told by name.

export type StepGroup = 'agency' | 'form' | 'papers' | 'delivery' | 'cost' | 'summary'

export type Step = {
  /** Last part of its address, e.g. `to-khai/child`. */
  path: string
  group: StepGroup
  name: string
  done: boolean
  /** The answers have settled it: it can be opened, and nobody is led there. */
  spared?: boolean
}

type Named = { key: string; name: string; done: boolean; spared?: boolean }

/** Under which name a screen is kept in the draft; it is the end of its address as well. */
export const partName = (kind: 'to-khai' | 'giay-to', key: string): string => `${kind}/${key}`

export function stepsOf({
  text: { groups },
  agency,
  form,
  papers,
  delivery,
  cost,
}: {
  text: { groups: Record<StepGroup, string> }
  /** Null where there is nothing to choose. */
  agency: { done: boolean } | null
  form: readonly Named[]
  papers: readonly Named[]
  delivery: boolean
  cost: boolean
}): Step[] {
  return [
    ...(agency ? [{ path: 'co-quan', group: 'agency' as const, name: groups.agency, done: agency.done }] : []),
    ...form.map(({ key, name, done }) => ({ path: partName('to-khai', key), group: 'form' as const, name, done })),
    ...papers.map(({ key, name, done, spared = false }) => ({
      path: partName('giay-to', key),
      group: 'papers' as const,
      name,
      done,
      spared,
    })),
    { path: 'nhan-ket-qua', group: 'delivery', name: groups.delivery, done: delivery },
    { path: 'phi', group: 'cost', name: groups.cost, done: cost },
    { path: 'xac-nhan', group: 'summary', name: groups.summary, done: false },
  ]
}

/** Where to go after a screen: the next one; undefined after the last. */
export const stepAfter = (steps: readonly Step[], path: string): Step | undefined =>
  steps.slice(steps.findIndex((step) => step.path === path) + 1).find(({ spared }) => !spared)

export const stepBefore = (steps: readonly Step[], path: string): Step | undefined =>
  steps
    .slice(
      0,
      Math.max(
        0,
        steps.findIndex((step) => step.path === path),
      ),
    )
    .findLast(({ spared }) => !spared)

/** Where somebody who comes back goes on: the first screen that is not done. */
export const firstOpen = (steps: readonly Step[]): Step | undefined => steps.find(({ done }) => !done)

/** What still stands in the way of lodging. */
export const missingSteps = (steps: readonly Step[]): Step[] =>
  steps.filter(({ done, group }) => !done && group !== 'summary')
