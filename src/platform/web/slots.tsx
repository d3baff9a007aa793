import { createContext, lazy, Suspense, useContext, useMemo, type ComponentType } from 'react'

/** Facts that a page hands to those who add to it; each panel reads what it needs. */
export type SlotFacts = Readonly<Record<string, unknown>>

/** A part that one feature adds to a page of another that knows nothing of it; the app puts them together. */
export type Panel = {
  /** The named place on the page: `dossier-present`, `dossier-story`, `intake`, `intake-result`. */
  slot: string
  order: number
  load: () => Promise<ComponentType<{ facts: SlotFacts }>>
}

const Panels = createContext<readonly Panel[]>([])
export const PanelProvider = Panels.Provider

/** Where other features may add to this page. */
export function Slot({ name, facts }: { name: string; facts: SlotFacts }) {
  const panels = useContext(Panels)
  const parts = useMemo(
    () =>
      panels
        .filter(({ slot }) => slot === name)
        .toSorted((a, b) => a.order - b.order)
        .map((panel) => ({ panel, Part: lazy(() => panel.load().then((component) => ({ default: component }))) })),
    [panels, name],
  )
  return parts.map(({ panel, Part }) => (
    <Suspense key={panel.order} fallback={null}>
      <Part facts={facts} />
    </Suspense>
  ))
}
