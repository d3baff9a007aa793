// NĐ 118/2025/NĐ-CP, Điều 15, 22: trả kết quả qua dịch vụ bưu chính. What a carrier tells comes twice, late and in any
// order; a parcel is where the latest happening says, and only the carrier says that it was handed over.
import type { Instant } from '../../../platform/day.ts'
import type { ShipmentState } from '../contract.ts'

/** What a carrier can tell; the other states are ours. */
export const carrierStates = ['taken', 'under-way', 'failed-attempt', 'delivered', 'returned', 'lost'] as const
export type CarrierState = (typeof carrierStates)[number]

export type Told = { eventId: string; state: CarrierState; at: Instant }

const order: readonly CarrierState[] = ['taken', 'under-way', 'failed-attempt', 'lost', 'returned', 'delivered']

/** The happening that says where the parcel is: the latest; at the same moment the one that is further along. */
export function latest(told: readonly Told[]): Told | undefined {
  // Handed over is handed over: what is told to have happened later to that parcel is a slip of the carrier.
  const delivered = told.filter(({ state }) => state === 'delivered').toSorted((a, b) => a.at.localeCompare(b.at))
  if (delivered[0]) return delivered[0]
  return told.toSorted((a, b) => a.at.localeCompare(b.at) || order.indexOf(a.state) - order.indexOf(b.state)).at(-1)
}

const over: ReadonlySet<ShipmentState> = new Set(['delivered', 'returned', 'lost', 'cancelled'])
export const isOver = (state: ShipmentState): boolean => over.has(state)

/** Before the carrier has it in hand, it can be called off. */
export const isCancellable = (state: ShipmentState): boolean => state === 'asked' || state === 'created'
