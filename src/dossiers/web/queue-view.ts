import type { QueuePage } from '../contract.ts'
import type { DossiersText } from '../text.vi.ts'

/** What the list shows when the address says nothing. */
export const everything = {
  whose: 'unit',
  state: '',
  kind: '',
  field: '',
  channel: '',
  agencyId: '',
  unitId: '',
  holder: '',
}
export type QueueFilters = { [Key in keyof typeof everything]: string }

/** The filters beside scope and state at rest. */
export const unfiltered = {
  kind: '',
  field: '',
  channel: '',
  agencyId: '',
  unitId: '',
  holder: '',
} satisfies Partial<QueueFilters>

export const isNarrowed = (filters: QueueFilters): boolean =>
  [filters.kind, filters.field, filters.channel, filters.agencyId, filters.unitId, filters.holder].some(
    (value) => value !== '',
  )

export const scopes = ['mine', 'unit', 'agency'] as const
export const queueStates = ['', 'overdue', 'today', 'open', 'waiting'] as const

/** The number beside a state; undefined until the server has said it. */
export function countOf(
  state: (typeof queueStates)[number],
  counts: QueuePage['counts'] | undefined,
): number | undefined {
  if (!counts) return undefined
  return state === '' ? counts.open + counts.waiting : counts[state]
}

type EmptyWord = keyof DossiersText['queue']['empty']

/** What an empty list says, and which way out it offers. */
export function emptyQueue(filters: QueueFilters): { title: EmptyWord; hint?: EmptyWord; way?: 'clear' | 'unit' } {
  const { whose, state } = filters
  if (isNarrowed(filters)) return { title: 'filtered', hint: 'filteredHint', way: 'clear' }
  if (state === 'overdue' || state === 'today' || state === 'waiting') return { title: state, way: 'clear' }
  if (whose === 'mine') return { title: 'mine', hint: 'mineHint', way: 'unit' }
  if (whose === 'agency') return { title: 'agency', hint: 'agencyHint' }
  return { title: 'unit', hint: 'unitHint' }
}
