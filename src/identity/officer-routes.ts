import { sendNotFound } from '../platform/http/problem.ts'
import type { Http } from '../platform/http/route.ts'
import { accept } from '../platform/result.ts'
import {
  createOfficer,
  createPost,
  endPost,
  findOfficer,
  findPost,
  isValidOn,
  listDelegations,
  listOfficers,
  listPosts,
  listUnits,
  schemas,
  systemAdministratorsOn,
  updateOfficer,
  type PostRow,
} from '../staff/index.ts'
import { answerDated, change, refuseDated, scopeOf, sendNotPermitted, tags, today } from './administration.ts'
import { sendRefused, type AnyRefusal } from './refused.ts'
import {
  agenciesFor,
  may,
  mayEverywhere,
  mayGrant,
  maySomewhere,
  type Action,
  type Actor,
} from './rules/permissions.ts'
import type { IdentityContext } from './sign-in.ts'
import { listAccounts } from './account-store.ts'

const { ChangedOfficer, LastDayOnly, NewOfficer, NewPost, OfficerId, OfficerQuery, PostId } = schemas

export function officerRoutes(http: Http, context: IdentityContext): void {
  const { db } = context

  http.get(
    '/api/officers',
    {
      config: { permission: 'officer.read' },
      schema: { tags, summary: 'Cán bộ trong phạm vi của tôi', querystring: OfficerQuery },
    },
    async (request, reply) => {
      const { agencyId, limit = 100, ...query } = request.query
      if (agencyId !== undefined && !may(request.actor, 'officer.read', { agencyId })) return sendNotFound(reply)
      const agencies = agencyId === undefined ? scopeOf(request.actor, 'officer.read') : [agencyId]
      const officers = await listOfficers(db, { day: today(context), agencies, ...query, limit: limit + 1 })
      const page = officers.slice(0, limit)
      const accounts = await accountsOf(
        context,
        page.map((officer) => officer.officerId),
        request.actor,
      )
      return {
        officers: page.map((officer) => ({ ...officer, account: accounts.get(officer.officerId) ?? null })),
        next: officers.length > limit ? (page.at(-1)?.officerId ?? null) : null,
      }
    },
  )

  http.get(
    '/api/officers/:officerId',
    {
      config: { permission: 'officer.read' },
      schema: { tags, summary: 'Một cán bộ với mọi vị trí đã giữ', params: OfficerId },
    },
    async (request, reply) => {
      const { officerId } = request.params
      const [officer, posts] = await Promise.all([
        findOfficer(db, officerId),
        postsWithin(context, request.actor, 'officer.read', officerId),
      ])
      if (!officer || !posts) return sendNotFound(reply)
      const accounts = await accountsOf(context, [officerId], request.actor)
      const manage =
        officerId !== request.actor.officerId && posts.some((post) => may(request.actor, 'officer.manage', post))
      return {
        officer,
        posts: posts
          .filter((post) => may(request.actor, 'officer.read', post))
          .map((post) => ({ ...post, mayEnd: mayGrant(request.actor, post.role, post.agencyId) })),
        delegations: (await listDelegations(db, { officerId })).filter((one) =>
          may(request.actor, 'officer.read', one),
        ),
        account: accounts.get(officerId) ?? null,
        may: {
          manage: manage || mayEverywhere(request.actor, 'officer.manage'),
          edit: maySomewhere(request.actor, 'officer.manage') && mayGrantAll(request.actor, posts, today(context)),
        },
      }
    },
  )

  http.post(
    '/api/officers',
    {
      config: { permission: 'officer.manage' },
      schema: { tags, summary: 'Thêm cán bộ với vị trí đầu tiên', body: NewOfficer },
    },
    async (request, reply) => {
      const { commandId, post, ...officer } = request.body
      const refusal = await refusePost(context, request.actor, post)
      if (refusal) return answerDated(context, reply, refusal)
      return change(
        context,
        request,
        reply,
        { agencyId: post.agencyId, what: 'officer-made', commandId, details: { role: post.role, unitId: post.unitId } },
        async (tx) => {
          const officerId = await createOfficer(tx, officer)
          const postId = await createPost(tx, { ...post, officerId, recordedBy: request.actor.officerId })
          return accept({ officerId, postId })
        },
      )
    },
  )

  http.put(
    '/api/officers/:officerId',
    {
      config: { permission: 'officer.manage' },
      schema: { tags, summary: 'Sửa thông tin cán bộ', params: OfficerId, body: ChangedOfficer },
    },
    async (request, reply) => {
      const { officerId } = request.params
      const { commandId, ...officer } = request.body
      const posts = await postsWithin(context, request.actor, 'officer.manage', officerId)
      const known = await findOfficer(db, officerId)
      if (!posts || !known) return sendNotFound(reply)
      if (!mayGrantAll(request.actor, posts, today(context))) return sendNotPermitted(reply)
      const agencyId =
        posts.find((post) => may(request.actor, 'officer.manage', post))?.agencyId ??
        request.actor.posts[0]?.agencyId ??
        0
      return change(
        context,
        request,
        reply,
        { agencyId, what: 'officer-changed', commandId, details: { officerId } },
        async (tx) => {
          await updateOfficer(tx, { officerId, ...officer })
          return accept({ officerId })
        },
      )
    },
  )

  http.post(
    '/api/officers/:officerId/posts',
    {
      config: { permission: 'officer.manage' },
      schema: { tags, summary: 'Giao vị trí', params: OfficerId, body: NewPost },
    },
    async (request, reply) => {
      const { officerId } = request.params
      const { commandId, ...post } = request.body
      if (!(await mayBeCalledIn(context, request.actor, officerId))) return sendNotFound(reply)
      if (officerId === request.actor.officerId) return sendRefused(context, reply, { code: 'own-post' })
      const refusal = await refusePost(context, request.actor, post)
      if (refusal) return answerDated(context, reply, refusal)
      return change(
        context,
        request,
        reply,
        { agencyId: post.agencyId, what: 'post-given', commandId, details: { officerId, ...post } },
        async (tx) =>
          accept({ postId: await createPost(tx, { ...post, officerId, recordedBy: request.actor.officerId }) }),
      )
    },
  )

  http.post(
    '/api/agencies/:agencyId/posts/:postId/end',
    {
      config: { permission: 'officer.manage' },
      schema: { tags, summary: 'Kết thúc vị trí sau một ngày', params: PostId, body: LastDayOnly },
    },
    async (request, reply) => {
      const { agencyId, postId } = request.params
      const { commandId, lastDay } = request.body
      const post = await findPost(db, postId)
      if (!post || post.agencyId !== agencyId || !may(request.actor, 'officer.manage', { agencyId }))
        return sendNotFound(reply)
      if (!mayGrant(request.actor, post.role, agencyId))
        return sendRefused(context, reply, { code: 'role-not-yours-to-give' })
      if (lastDay < post.validFrom) return sendRefused(context, reply, { code: 'before-it-began' })
      if (
        post.role === 'system-admin' &&
        (await systemAdministratorsOn(db, lastDay, 'after')).every((one) => one.postId === postId)
      )
        return sendRefused(context, reply, { code: 'last-administrator' })
      return change(
        context,
        request,
        reply,
        { agencyId, what: 'post-ended', commandId, details: { officerId: post.officerId, lastDay } },
        async (tx) => {
          await endPost(tx, { agencyId, postId, lastDay })
          return accept({ postId })
        },
      )
    },
  )
}

/** The officer's posts if at least one, present or past, lies where the actor may do this. */
export async function postsWithin(
  context: IdentityContext,
  actor: Actor,
  action: Action,
  officerId: number,
): Promise<PostRow[] | undefined> {
  const posts = await listPosts(context.db, officerId)
  return mayEverywhere(actor, action) || posts.some((post) => may(actor, action, { agencyId: post.agencyId }))
    ? posts
    : undefined
}

/** Whether the actor could have given every post that the officer holds or is to hold: nobody administers somebody greater. */
export const mayGrantAll = (actor: Actor, posts: readonly PostRow[], day: string): boolean =>
  posts
    .filter((post) => post.validTo === null || post.validTo >= day)
    .every((post) => mayGrant(actor, post.role, post.agencyId))

/**
 * Whoever is, or was, an officer here, or has no post anywhere yet. Others are called in by an administrator who reaches
 * both agencies: a post opens what is known of its holder.
 */
async function mayBeCalledIn(context: IdentityContext, actor: Actor, officerId: number): Promise<boolean> {
  if (!(await findOfficer(context.db, officerId))) return false
  const posts = await postsWithin(context, actor, 'officer.manage', officerId)
  return posts !== undefined || (await listPosts(context.db, officerId)).length === 0
}

async function refusePost(
  context: IdentityContext,
  actor: Actor,
  post: { agencyId: number; unitId: number; role: PostRow['role']; validFrom: string; validTo: string | null },
): Promise<'not-found' | AnyRefusal | undefined> {
  const dated = await refuseDated(context, actor, post.agencyId, post.validFrom, 'officer.manage')
  if (dated) return dated
  if (!mayGrant(actor, post.role, post.agencyId)) return { code: 'role-not-yours-to-give' }
  const unit = (await listUnits(context.db, post.agencyId)).find((one) => one.unitId === post.unitId)
  if (!unit || !isValidOn(unit, post.validFrom)) return { code: 'unit-of-another-agency' }
  return post.validTo !== null && post.validTo < post.validFrom ? { code: 'period-reversed' } : undefined
}

type AccountView = {
  accountId: number
  userName: string
  secondFactor: boolean
  hasPassword: boolean
  disabledWhy: 'idle' | 'administrator' | null
  usedAt: string
}

/** The accounts of officers, for those who may manage or reset some; others see none. */
async function accountsOf(
  context: IdentityContext,
  officerIds: readonly number[],
  actor: Actor,
): Promise<Map<number, AccountView>> {
  if (agenciesFor(actor, 'account.reset').length === 0) return new Map()
  return new Map((await listAccounts(context.db, officerIds)).map(({ officerId, ...account }) => [officerId, account]))
}
