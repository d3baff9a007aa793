import { sendNotFound } from '../platform/http/problem.ts'
import type { Http } from '../platform/http/route.ts'
import { dayOf } from '../platform/day.ts'
import { findOfficer } from '../staff/index.ts'
import { createAccount, createPasswordLink, setAccountDisabled } from './accounts.ts'
import { AccountId, AccountReset, AccountState, AuditQuery, NewAccount } from './contract.ts'
import { sendRefused } from './refused.ts'
import { agenciesFor, mayEverywhere, type Action, type Actor } from './rules/permissions.ts'
import type { IdentityContext } from './sign-in.ts'
import { sendNotPermitted } from './administration.ts'
import { mayGrantAll, postsWithin } from './officer-routes.ts'
import { findAccount } from './account-store.ts'
import { listAudit } from './audit-store.ts'

/** Accounts of others, for administrators, and the log of access. */
export function administrationRoutes(http: Http, context: IdentityContext): void {
  const tags = ['identity']

  http.post(
    '/api/accounts',
    {
      config: { permission: 'officer.manage' },
      schema: { tags, summary: 'Tạo tài khoản và liên kết đặt mật khẩu', body: NewAccount },
    },
    async (request, reply) => {
      const { officerId, userName } = request.body
      const reach = await reachOver(context, request.actor, 'officer.manage', officerId)
      if (reach === 'none') return sendNotFound(reply)
      if (reach === 'above') return sendNotPermitted(reply)
      const made = await createAccount(context, { officerId, userName, by: request.actor.accountId })
      if (!made.ok) return sendRefused(context, reply, made.refusal)
      const link = await createPasswordLink(context, made.value, { by: request.actor.accountId })
      return reply.code(201).send({ accountId: made.value, link })
    },
  )

  http.post(
    '/api/accounts/:accountId/reset',
    {
      config: { permission: 'account.reset' },
      schema: { tags, summary: 'Cấp liên kết đặt lại mật khẩu', params: AccountId, body: AccountReset },
    },
    async (request, reply) => {
      const account = await findAccount(context.db, request.params.accountId)
      const reach = account ? await reachOver(context, request.actor, 'account.reset', account.officerId) : 'none'
      if (!account || reach === 'none') return sendNotFound(reply)
      if (account.accountId === request.actor.accountId) return sendRefused(context, reply, { code: 'own-account' })
      if (reach === 'above') return sendNotPermitted(reply)
      const { dropSecondFactor = false } = request.body
      return {
        link: await createPasswordLink(context, account.accountId, { by: request.actor.accountId, dropSecondFactor }),
      }
    },
  )

  http.put(
    '/api/accounts/:accountId/state',
    {
      config: { permission: 'officer.manage' },
      schema: { tags, summary: 'Vô hiệu hóa hoặc mở lại tài khoản', params: AccountId, body: AccountState },
    },
    async (request, reply) => {
      const account = await findAccount(context.db, request.params.accountId)
      const reach = account ? await reachOver(context, request.actor, 'officer.manage', account.officerId) : 'none'
      if (!account || reach === 'none') return sendNotFound(reply)
      if (account.accountId === request.actor.accountId) return sendRefused(context, reply, { code: 'own-account' })
      if (reach === 'above') return sendNotPermitted(reply)
      await setAccountDisabled(context, account.accountId, {
        disabled: request.body.disabled,
        by: request.actor.accountId,
      })
      return reply.code(204).send()
    },
  )

  http.get(
    '/api/audit',
    { config: { permission: 'log.verify' }, schema: { tags, summary: 'Nhật ký truy cập', querystring: AuditQuery } },
    async (request) => {
      const { limit = 100, ...query } = request.query
      const agencies = mayEverywhere(request.actor, 'log.verify') ? undefined : agenciesFor(request.actor, 'log.verify')
      const entries = await listAudit(context.db, { agencies, ...query, limit: limit + 1 })
      const page = entries.slice(0, limit)
      return { entries: page, next: entries.length > limit ? (page.at(-1)?.auditId ?? null) : null }
    },
  )
}

/**
 * Whether the actor may do this to the officer: `none` when the officer is out of reach, `above` when the officer holds
 * a post today that the actor could not have given. Otherwise an administrator could become somebody greater by a reset.
 */
async function reachOver(
  context: IdentityContext,
  actor: Actor,
  action: Action,
  officerId: number,
): Promise<'none' | 'above' | 'full'> {
  const posts = await postsWithin(context, actor, action, officerId)
  if (!posts || !(await findOfficer(context.db, officerId))) return 'none'
  return mayGrantAll(actor, posts, dayOf(context.clock())) ? 'full' : 'above'
}
