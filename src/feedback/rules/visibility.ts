// Tố cáo: giữ bí mật người tố cáo, nội dung (NĐ 156/2026); dữ liệu cá nhân chỉ cho người cần đến: Luật 91/2025/QH15.

import { may, mayInPost, type Action, type Actor, type Post } from '../../identity/index.ts'
import type { Petition, PetitionCommandType } from './lifecycle.ts'

type Seen = Pick<Petition, 'restricted' | 'concerned' | 'unitId' | 'officerId' | 'registeredBy' | 'referral'> & {
  agencyId: number
}

const headRoles: ReadonlySet<string> = new Set(['leader', 'clerk'])
const heads = (actor: Actor, agencyId: number): boolean =>
  actor.posts.some((post) => headRoles.has(post.role) && post.agencies.includes(agencyId))
const overseers: ReadonlySet<string> = new Set(['supervisor', 'auditor'])
const oversees = (actor: Actor, agencyId: number): boolean =>
  actor.posts.some((post) => overseers.has(post.role) && mayInPost(post, 'feedback.read', { agencyId }))

/**
 * Who may open a petition: leaders and clerks of the agency, whoever handles it, whoever took it in, and those who
 * oversee. Nobody whom it concerns; and what speaks of a breach of law is for leaders and clerks alone.
 */
export function maySee(actor: Actor, petition: Seen): boolean {
  const { agencyId, concerned, restricted, unitId, officerId, registeredBy } = petition
  if (!may(actor, 'feedback.read', { agencyId })) return false
  if (concerned.includes(actor.officerId)) return false
  if (heads(actor, agencyId)) return true
  if (restricted || petition.referral === 'denunciation') return false
  if (oversees(actor, agencyId)) return true
  if (officerId === actor.officerId || registeredBy === actor.officerId) return true
  return unitId !== null && actor.posts.some((post) => post.unitId === unitId && post.agencies.includes(agencyId))
}

/** Who may have the sender's name and telephone shown, each time with a reason. */
export function mayReveal(actor: Actor, petition: Seen): boolean {
  if (!maySee(actor, petition)) return false
  const { agencyId, unitId } = petition
  return heads(actor, agencyId) || may(actor, 'feedback.handle', { agencyId, unitId })
}

const wanted: Readonly<Record<PetitionCommandType, Action>> = {
  receive: 'feedback.register',
  supplement: 'feedback.register',
  rate: 'feedback.register',
  reopen: 'feedback.register',
  withdraw: 'feedback.register',
  requestSupplement: 'feedback.handle',
  accept: 'feedback.handle',
  reassign: 'feedback.handle',
  guide: 'feedback.handle',
  transfer: 'feedback.handle',
  refuse: 'feedback.handle',
  extend: 'feedback.handle',
  propose: 'feedback.handle',
  sendBack: 'feedback.answer',
  answer: 'feedback.answer',
  publish: 'feedback.handle',
  keepPrivate: 'feedback.answer',
  unpublish: 'feedback.handle',
  close: 'feedback.handle',
  protect: 'feedback.handle',
}

/** Kept for leaders and clerks: it decides who may see what. */
const forHeads: ReadonlySet<PetitionCommandType> = new Set(['accept', 'protect', 'guide', 'transfer', 'refuse'])

/** In which post the officer may give this command; undefined when in none. */
export function postFor(actor: Actor, command: PetitionCommandType, petition: Seen): Post | undefined {
  if (!maySee(actor, petition)) return undefined
  const { agencyId, unitId } = petition
  return actor.posts.find(
    (post) =>
      mayInPost(post, wanted[command], { agencyId, unitId }) && (!forHeads.has(command) || headRoles.has(post.role)),
  )
}
