/** Dated attributes of a procedure: what holds on a day. NĐ 63/2010/NĐ-CP, Điều 8; NĐ 118/2025/NĐ-CP, Điều 14. */
import type { Day } from '../../platform/day.ts'
import { addDays } from '../../platform/day.ts'
import type { ProcedureVersion } from '../contract.ts'

/** First and last day in force, both counted. */
export type Validity = { validFrom: Day; validTo: Day | null }

export const isInForce = ({ validFrom, validTo }: Validity, day: Day): boolean =>
  validFrom <= day && (validTo === null || day <= validTo)

/** Whether at least one day lies in both. */
export const overlap = (one: Validity, other: Validity): boolean =>
  (other.validTo === null || one.validFrom <= other.validTo) && (one.validTo === null || other.validFrom <= one.validTo)

export const serviceLevelOn = (
  version: ProcedureVersion,
  day: Day,
): ProcedureVersion['serviceLevels'][number] | undefined => version.serviceLevels.find((level) => isInForce(level, day))

export const linkageOn = (version: ProcedureVersion, day: Day): ProcedureVersion['linkages'][number] | undefined =>
  version.linkages.find((linkage) => isInForce(linkage, day))

export type PublishRefusal =
  | { code: 'validity-reversed' }
  | { code: 'starts-before-previous'; previousFrom: Day; previousTo: Day | null }
  | { code: 'leaves-gap'; previousTo: Day }
  | { code: 'version-differs'; validFrom: Day }

/**
 * What publishing a version does to the newest one there is: nothing, or it ends on the day before. A gap is only
 * left on purpose, when a procedure that was abolished comes back.
 */
export function fitVersion(
  previous: Validity | undefined,
  next: Validity,
  { mayLeaveGap = false }: { mayLeaveGap?: boolean } = {},
): { ok: true; closePreviousOn: Day | null } | { ok: false; refusal: PublishRefusal } {
  if (next.validTo !== null && next.validTo < next.validFrom)
    return { ok: false, refusal: { code: 'validity-reversed' } }
  if (!previous) return { ok: true, closePreviousOn: null }
  const dayBefore = addDays(next.validFrom, -1)
  if (next.validFrom <= previous.validFrom || (previous.validTo !== null && next.validFrom <= previous.validTo))
    return {
      ok: false,
      refusal: { code: 'starts-before-previous', previousFrom: previous.validFrom, previousTo: previous.validTo },
    }
  if (previous.validTo === null) return { ok: true, closePreviousOn: dayBefore }
  if (previous.validTo < dayBefore && !mayLeaveGap)
    return { ok: false, refusal: { code: 'leaves-gap', previousTo: previous.validTo } }
  return { ok: true, closePreviousOn: null }
}
