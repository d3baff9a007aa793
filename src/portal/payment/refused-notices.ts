import type { Instant } from '../../platform/day.ts'
import type { RefusedNotices } from './contract.ts'

/**
 * Notices that were not believed, by the address they came to: a bank whose key was changed on one side alone is seen
 * here. Kept in memory since the start: whoever forges notices must not fill a table.
 */
export type RefusedCounter = {
  note: (address: string, refusal: { code: RefusedNotices['code']; at: Instant }) => void
  of: (address: string) => RefusedNotices | null
}

export function countRefused(): RefusedCounter {
  const counts = new Map<string, RefusedNotices>()
  return {
    note: (address, { code, at }) =>
      void counts.set(address, { count: (counts.get(address)?.count ?? 0) + 1, lastAt: at, code }),
    of: (address) => counts.get(address) ?? null,
  }
}
