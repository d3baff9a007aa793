// QĐ 766/QĐ-TTg: phản ánh, kiến nghị được xử lý đúng hạn.

import { nextWorkingDay, type WorkingCalendar } from '../../calendar/index.ts'
import type { Actor } from '../../identity/index.ts'
import { dayOf, type Instant } from '../../platform/day.ts'
import type { Petition } from './lifecycle.ts'
import { maySee, postFor } from './visibility.ts'

/** Which reminder is due: by the next working day it has to be done, or the time is over; null when there is time yet. */
export function thresholdOf(dueAt: Instant, now: Instant, calendar: WorkingCalendar): 'soon' | 'over' | null {
  if (dueAt < now) return 'over'
  return dayOf(dueAt) <= nextWorkingDay(calendar, dayOf(now)) ? 'soon' : null
}

type Waiting = Parameters<typeof maySee>[1] & Pick<Petition, 'status'>

/**
 * Whether the officer hears that it waits: who sorts a new one, then who handles it, and the leader too once the time is
 * over. Never who may not see it.
 */
export function hearsOfWaiting(actor: Actor, petition: Waiting, threshold: 'soon' | 'over'): boolean {
  const { agencyId, officerId, unitId, status } = petition
  if (!maySee(actor, petition)) return false
  if (status === 'new') return postFor(actor, 'accept', petition) !== undefined
  const leads = actor.posts.some((post) => post.role === 'leader' && post.agencies.includes(agencyId))
  if (threshold === 'over' && leads) return true
  if (officerId !== null) return actor.officerId === officerId
  return actor.posts.some((post) => post.unitId === unitId) && postFor(actor, 'propose', petition) !== undefined
}
