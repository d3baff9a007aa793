// Thời gian ở từng bước của quy trình: phiếu kiểm soát quá trình giải quyết hồ sơ (TT 03/2025/TT-VPCP, mẫu 05–06).

import { hopsOf } from '../../../dossiers/index.ts'
import type { Instant } from '../../../platform/day.ts'
import type { Recorded } from './facts.ts'

/** One stay of a dossier with somebody that is over; it never changes any more. */
export type PassedStep = {
  /** Which stay of the dossier it was, from 0. */
  ordinal: number
  kind: string
  agencyId: number
  unitId: number
  officerId: number | null
  openedAt: Instant
  closedAt: Instant
  /** When its end was written down. */
  knownAt: Instant
  /** It took longer than the time allotted to it. */
  late: boolean
}

/** The stays of a dossier that are over, read off its log. */
export function passedSteps(log: readonly Recorded[]): PassedStep[] {
  const passed = new Map<number, PassedStep>()
  let knownAt: Instant = ''
  for (const [index, entry] of log.entries()) {
    if (entry.recordedAt > knownAt) knownAt = entry.recordedAt
    for (const [ordinal, hop] of hopsOf(log.slice(0, index + 1)).entries()) {
      const { step, openedAt, closedAt } = hop
      if (closedAt === null || passed.has(ordinal)) continue
      passed.set(ordinal, {
        ordinal,
        kind: step.kind,
        agencyId: step.agencyId,
        unitId: step.unitId,
        officerId: hop.takenBy ?? hop.closedBy,
        openedAt,
        closedAt: closedAt < openedAt ? openedAt : closedAt,
        knownAt,
        late: step.dueAt !== null && closedAt > step.dueAt,
      })
    }
  }
  return [...passed.values()]
}

/** Waiting for the applicant, or for somebody to collect the result, is no time of the authority. */
export const ownTime = (kind: string): boolean => kind !== 'wait' && kind !== 'return'

/** Minutes in as many classes as keep an error below 2 %, so that lengths can be counted together: exact below 64. */
export function classOf(minutes: number): number {
  if (minutes < 64) return minutes
  const unit = 2 ** (Math.floor(Math.log2(minutes)) - 5)
  return Math.floor(minutes / unit) * unit + unit / 2
}

/** So many stays of one length. */
export type Length = { minutes: number; count: number }

/** The length that a share of the stays does not exceed; `lengths` need not be in order. 0 where there are none. */
export function percentile(lengths: readonly Length[], share: number): number {
  const all = lengths.reduce((sum, { count }) => sum + count, 0)
  let passed = 0
  for (const { minutes, count } of lengths.toSorted((one, other) => one.minutes - other.minutes)) {
    passed += count
    if (passed >= share * all) return Math.round(minutes)
  }
  return 0
}

/** The fewest keys that make up at least half of the time, the greatest first: there it is lost. */
export function bottlenecks(steps: readonly { key: string; total: number }[]): string[] {
  const all = steps.reduce((sum, { total }) => sum + total, 0)
  const keys: string[] = []
  let sum = 0
  for (const { key, total } of steps.toSorted((one, other) => other.total - one.total)) {
    if (all === 0 || sum * 2 >= all) break
    keys.push(key)
    sum += total
  }
  return keys
}
