// NĐ 118/2025/NĐ-CP, Điều 11: người làm việc tại Bộ phận Một cửa do cơ quan có thẩm quyền cử, có thời hạn.
import { addDays, type Day } from '../../platform/day.ts'

/** What a post lets its holder do; the permission table in identity says where. */
export const roles = [
  'receiving-officer',
  'specialist',
  'leader',
  'clerk',
  'agency-admin',
  'supervisor',
  'auditor',
  'system-admin',
] as const
export type Role = (typeof roles)[number]

/** Roles that answer for other people's rights or watch others are held in person and cannot be delegated. */
export const delegableRoles = ['receiving-officer', 'specialist', 'leader', 'clerk'] as const satisfies readonly Role[]

export const isDelegable = (role: Role): boolean => (delegableRoles as readonly Role[]).includes(role)

/** A post as an acting officer holds it on one day. */
export type Post = {
  postId: number
  agencyId: number
  unitId: number
  role: Role
  /** The officer in whose place one acts, by delegation; null for one's own post. */
  onBehalfOf: number | null
  /** The agency itself and the closed predecessors that it answers for. */
  agencies: readonly number[]
  /** The agency, everything below it, and the predecessors of all of these. */
  subtree: readonly number[]
}

export type Validity = { validFrom: Day; validTo: Day | null }

/** Both ends belong to the validity; no end means until further notice. */
export const isValidOn = ({ validFrom, validTo }: Validity, day: Day): boolean =>
  validFrom <= day && (validTo === null || day <= validTo)

export type HeldPost = Validity & { postId: number; officerId: number; agencyId: number; unitId: number; role: Role }

/** A post lent to another officer for a period. `endedOn` is its last day when it was called off early. */
export type Delegation = Validity & { post: HeldPost; toOfficerId: number; endedOn: Day | null }

/** The posts in which an officer may act on this day: the own ones and those lent by others that are themselves in force. */
export function postsOn(
  officerId: number,
  day: Day,
  { posts, delegations }: { posts: readonly HeldPost[]; delegations: readonly Delegation[] },
): (HeldPost & { onBehalfOf: number | null })[] {
  const own = posts
    .filter((post) => post.officerId === officerId && isValidOn(post, day))
    .map((post) => ({ ...post, onBehalfOf: null }))
  const lent = delegations
    .filter(
      (delegation) =>
        delegation.toOfficerId === officerId &&
        delegation.post.officerId !== officerId &&
        isDelegable(delegation.post.role) &&
        isValidOn(delegation, day) &&
        (delegation.endedOn === null || day <= delegation.endedOn) &&
        isValidOn(delegation.post, day),
    )
    .map(({ post }) => ({ ...post, onBehalfOf: post.officerId }))
  return [...own, ...lent]
}

export type DelegationRefusal =
  | { code: 'delegation-to-oneself' }
  | { code: 'role-not-delegable' }
  | { code: 'period-reversed' }
  | { code: 'period-too-long'; lastDay: Day }
  | { code: 'post-not-in-force' }

/** A delegation lasts at most a year: longer absences are filled by a post of one's own. */
export const longestDelegation = 366

/** Why this post may not be lent, or undefined. */
export function refuseDelegation(
  post: HeldPost,
  { toOfficerId, validFrom, validTo }: { toOfficerId: number; validFrom: Day; validTo: Day },
): DelegationRefusal | undefined {
  if (post.officerId === toOfficerId) return { code: 'delegation-to-oneself' }
  if (!isDelegable(post.role)) return { code: 'role-not-delegable' }
  if (validTo < validFrom) return { code: 'period-reversed' }
  const lastDay = addDays(validFrom, longestDelegation)
  if (validTo > lastDay) return { code: 'period-too-long', lastDay }
  if (!isValidOn(post, validFrom) || !isValidOn(post, validTo)) return { code: 'post-not-in-force' }
  return undefined
}
