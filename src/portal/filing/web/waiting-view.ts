import type { WaitingItem } from '../officer-contract.ts'

/** How many wait online, and how many of them past the day by which they have to be answered. */
export const countWaiting = (
  items: readonly Pick<WaitingItem, 'acceptBy'>[],
  now: string,
): { all: number; late: number } => ({
  all: items.length,
  late: items.filter(({ acceptBy }) => acceptBy !== null && acceptBy < now).length,
})
