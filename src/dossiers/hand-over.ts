import { randomUUID } from 'node:crypto'
import { dayOf } from '../platform/day.ts'
import { withScope } from '../platform/db.ts'
import { listPosts, postsOf, recordHandOver } from '../staff/index.ts'
import { execute, type DossierContext } from './commands.ts'
import type { TaskRecord } from './store.ts'

export type HandOver = { agencyId: number; fromOfficerId: number; toOfficerId: number; reason: string; by: number }

/** Open steps that an officer has taken in an agency. */
export const workOf = (context: DossierContext, agencyId: number, officerId: number): Promise<TaskRecord[]> =>
  withScope(context.db, { agencies: [agencyId] }, (tx) =>
    tx
      .selectFrom('dossiers.task')
      .selectAll()
      .where('handling_agency_id', '=', agencyId)
      .where('officer_id', '=', officerId)
      .orderBy('sort_at')
      .execute(),
  )

/** Whether the officer holds or held a post in this agency, or in the one that answers for it now. */
async function workedFor(context: DossierContext, officerId: number, agencyId: number): Promise<boolean> {
  const held = await listPosts(context.db, officerId)
  if (held.some((post) => post.agencyId === agencyId)) return true
  const posts = await postsOf(context.db, officerId, dayOf(context.clock()))
  return posts.some((post) => post.agencies.includes(agencyId))
}

/**
 * Hands the open work of an absent officer to another, step by step, each as an event. Steps of units in which the other
 * has no post stay where they are; how many moved and how many stayed is told. Undefined when one of the two never held
 * a post in this agency: for whoever asks they do not exist.
 */
export async function handOver(
  context: DossierContext,
  { agencyId, fromOfficerId, toOfficerId, reason, by }: HandOver,
) {
  const moment = context.clock()
  const posts = await postsOf(context.db, toOfficerId, dayOf(moment))
  if (!posts.some((post) => post.agencies.includes(agencyId))) return undefined
  if (!(await workedFor(context, fromOfficerId, agencyId))) return undefined
  const tasks = await workOf(context, agencyId, fromOfficerId)
  const movable = tasks.filter((task) =>
    posts.some((post) => post.agencies.includes(task.handling_agency_id) && post.unitId === task.unit_id),
  )
  const outcomes = await Promise.all(
    movable.map((task) =>
      execute(context, {
        agencyId: task.agency_id,
        dossierId: task.dossier_id,
        commandId: randomUUID(),
        giver: { actor: null, source: 'system' },
        occurredAt: moment,
        recordedAt: moment,
        work: {
          command: { type: 'assign', key: task.key, officerId: toOfficerId, reason: 'absence' },
          expectedVersion: null,
        },
        persons: [],
        notes: [],
      }),
    ),
  )
  const moved = outcomes.filter(({ ok }) => ok).length
  await recordHandOver(context.db, {
    agencyId,
    fromOfficerId,
    toOfficerId,
    reason,
    dossierCount: moved,
    recordedBy: by,
  })
  return { moved, stayed: tasks.length - moved }
}
