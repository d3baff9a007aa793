import type { FastifyReply, FastifyRequest } from 'fastify'
import { dayOf } from '../platform/day.ts'
import { sendNotFound } from '../platform/http/problem.ts'
import type { Http } from '../platform/http/route.ts'
import { isDemo } from '../platform/settings.ts'
import { findOfficer, listAgencies, listPostsById, shortAuthorityName } from '../staff/index.ts'
import { administrationRoutes } from './account-routes.ts'
import { readLink, setPasswordByLink, setUpFirstAdministrator } from './accounts.ts'
import {
  LinkToken,
  NewPassword,
  PasswordOnly,
  SecondFactor,
  SessionId,
  SetPasswordByLink,
  SetUp,
  SignIn,
  type AccountReply,
  type Enrolment,
  type LinkReply,
  type Me,
  type SignInReply,
} from './contract.ts'
import { clearSessionCookie, rememberDevice, sessionOf, setSessionCookie, sourceOf } from './hooks.ts'
import { hashToken } from './passwords.ts'
import { actions, maySomewhere } from './rules/permissions.ts'
import { passwordLastsUntil } from './rules/policy.ts'
import { providerRoutes } from './provider-routes.ts'
import { sandboxProviderRoutes } from './sandbox-provider.ts'
import { makeRecoveryCodes, makeTotpSecret, tidyRecoveryCode, totpEnrolment, totpStep } from './second-factor.ts'
import {
  audit,
  changePassword,
  checkPassword,
  giveSecondFactor,
  policyOf,
  signIn,
  unlock,
  type IdentityContext,
} from './sign-in.ts'
import { countRecoveryCodes, replaceRecoveryCodes, setTotp } from './account-store.ts'
import { endSession, listSessions, lockSession } from './session-store.ts'
import { sendRefused } from './refused.ts'
import { staffRoutes } from './staff-routes.ts'

/** Signing in and out, the own account, the accounts of others, and the administration of agencies and people. */
export function identityRoutes(http: Http, context: IdentityContext): void {
  signInRoutes(http, context)
  accountRoutes(http, context)
  secondFactorRoutes(http, context)
  setupRoutes(http, context)
  administrationRoutes(http, context)
  staffRoutes(http, context)
  providerRoutes(http, context)
  sandboxProviderRoutes(http, context)
}

const tags = ['identity']
const always = ['locked', 'second-factor', 'demand'] as const

function signInRoutes(http: Http, context: IdentityContext): void {
  http.post(
    '/api/session',
    { config: { permission: 'public' }, schema: { tags, summary: 'Đăng nhập bằng tên và mật khẩu', body: SignIn } },
    async (request, reply): Promise<SignInReply | FastifyReply> => {
      const { userName, password } = request.body
      const result = await signIn(context, { userName, password, ...sourceOf(context, request, userName) })
      if (!result.ok) return sendRefused(context, reply, result.refusal)
      setSessionCookie(context, reply, result.value.token)
      if (result.value.next === 'done') rememberDevice(context, reply, userName)
      return { next: result.value.next }
    },
  )

  http.post(
    '/api/session/second-factor',
    {
      config: { permission: 'session', sessionStates: ['second-factor'] },
      schema: { tags, summary: 'Nhập mã xác thực thứ hai', body: SecondFactor },
    },
    async (request, reply): Promise<SignInReply | FastifyReply> => {
      const { session, state } = sessionOf(request)
      if (state !== 'second-factor') return { next: 'done' }
      const { source } = sourceOf(context, request, session.userName)
      const result = await giveSecondFactor(context, session, { code: request.body.code, source })
      if (!result.ok) return sendRefused(context, reply, result.refusal)
      setSessionCookie(context, reply, result.value.token)
      rememberDevice(context, reply, session.userName)
      return { next: 'done' }
    },
  )

  http.delete(
    '/api/session',
    { config: { permission: 'session', sessionStates: always }, schema: { tags, summary: 'Đăng xuất' } },
    async (request, reply) => {
      const { session } = sessionOf(request)
      await endSession(context.db, { accountId: session.accountId, sessionId: session.sessionId, now: context.clock() })
      await audit(context, session, 'signed-out', sourceOf(context, request, session.userName).source)
      clearSessionCookie(context, reply)
      return reply.code(204).send()
    },
  )

  http.post(
    '/api/session/lock',
    {
      config: { permission: 'session', sessionStates: ['locked', 'demand'] },
      schema: { tags, summary: 'Khóa màn hình' },
    },
    async (request, reply) => {
      await lockSession(context.db, sessionOf(request).session.sessionId, context.clock())
      return reply.code(204).send()
    },
  )

  http.post(
    '/api/session/unlock',
    {
      config: { permission: 'session', sessionStates: ['locked', 'demand'] },
      schema: { tags, summary: 'Mở khóa màn hình bằng mật khẩu', body: PasswordOnly },
    },
    async (request, reply) => {
      const { session } = sessionOf(request)
      const { source } = sourceOf(context, request, session.userName)
      const result = await unlock(context, session, { password: request.body.password, source })
      if (!result.ok) return sendRefused(context, reply, result.refusal)
      return reply.code(204).send()
    },
  )

  http.get(
    '/api/me',
    {
      config: { permission: 'session', sessionStates: ['locked', 'demand'] },
      schema: { tags, summary: 'Người đang đăng nhập, vị trí và quyền' },
    },
    async (request): Promise<Me> => describeMe(context, request),
  )
}

async function describeMe(context: IdentityContext, request: FastifyRequest): Promise<Me> {
  const { session, actor, administrator, state, demand } = sessionOf(request)
  const today = dayOf(context.clock())
  const { idleMinutes } = policyOf(context)
  const [agencies, rows, delegators, demo] = await Promise.all([
    listAgencies(context.db, [...new Set(actor.posts.map((post) => post.agencyId))], today),
    listPostsById(
      context.db,
      actor.posts.map((post) => post.postId),
    ),
    Promise.all(
      [...new Set(actor.posts.flatMap((post) => post.onBehalfOf ?? []))].map((officerId) =>
        findOfficer(context.db, officerId),
      ),
    ),
    isDemo(context.db),
  ])
  const nameOf = new Map(agencies.map((agency) => [agency.agencyId, shortAuthorityName(agency)]))
  const rowOf = new Map(rows.map((row) => [row.postId, row]))
  const first = actor.posts.find((post) => post.onBehalfOf === null) ?? actor.posts[0]
  return {
    officerId: actor.officerId,
    accountId: actor.accountId,
    userName: session.userName,
    name: actor.name,
    agency: { agencyId: first?.agencyId ?? 0, name: nameOf.get(first?.agencyId ?? 0) ?? '' },
    posts: actor.posts.map(({ postId, agencyId, unitId, role, onBehalfOf }) => {
      const lender = delegators.find((officer) => officer?.officerId === onBehalfOf)
      return {
        postId,
        agencyId,
        agencyName: nameOf.get(agencyId) ?? '',
        unitId,
        unitName: rowOf.get(postId)?.unitName ?? '',
        role,
        title: rowOf.get(postId)?.title ?? '',
        onBehalfOf: lender ? { officerId: lender.officerId, name: lender.name } : null,
      }
    }),
    permissions: actions.filter((action) => maySomewhere(actor, action)),
    demo: demo,
    idleMinutes: administrator ? idleMinutes.administrator : idleMinutes.other,
    locked: state === 'locked',
    demand,
  }
}

function accountRoutes(http: Http, context: IdentityContext): void {
  const config = { permission: 'session', sessionStates: ['demand'] } as const

  http.get(
    '/api/account',
    { config, schema: { tags, summary: 'Tài khoản của tôi' } },
    async (request): Promise<AccountReply> => {
      const { session, administrator, demand } = sessionOf(request)
      const policy = policyOf(context)
      const sessions = await listSessions(context.db, session.accountId, context.clock())
      const secondFactor = session.totpConfirmedAt !== null
      return {
        userName: session.userName,
        name: session.officerName,
        passwordSetAt: session.passwordSetAt,
        passwordUntil:
          session.passwordSetAt && !(session.demo && policy.demoGrace)
            ? passwordLastsUntil(session.passwordSetAt, administrator, policy)
            : null,
        passwordLength: secondFactor ? policy.passwordLength.withSecondFactor : policy.passwordLength.alone,
        secondFactor,
        recoveryCodes: secondFactor ? await countRecoveryCodes(context.db, session.accountId) : 0,
        demand,
        sessions: sessions.map((one) => ({ ...one, current: one.sessionId === session.sessionId })),
      }
    },
  )

  http.put(
    '/api/account/password',
    { config, schema: { tags, summary: 'Đổi mật khẩu', body: NewPassword } },
    async (request, reply) => {
      const { session, administrator } = sessionOf(request)
      const { source } = sourceOf(context, request, session.userName)
      const checked = await checkPassword(context, session, { password: request.body.password, source })
      if (!checked.ok) return sendRefused(context, reply, checked.refusal)
      const { sessionId } = session
      const changed = await changePassword(context, session, {
        password: request.body.newPassword,
        administrator,
        sessionId,
        source,
        what: 'password-changed',
      })
      if (!changed.ok) return sendRefused(context, reply, changed.refusal)
      return reply.code(204).send()
    },
  )

  http.delete(
    '/api/account/sessions/:sessionId',
    { config, schema: { tags, summary: 'Đăng xuất một phiên khác của tôi', params: SessionId } },
    async (request, reply) => {
      const { session } = sessionOf(request)
      const { sessionId } = request.params
      if (!(await endSession(context.db, { accountId: session.accountId, sessionId, now: context.clock() })))
        return sendNotFound(reply)
      await audit(context, session, 'session-ended', sourceOf(context, request, session.userName).source)
      return reply.code(204).send()
    },
  )
}

function secondFactorRoutes(http: Http, context: IdentityContext): void {
  const config = { permission: 'session', sessionStates: ['demand'] } as const

  http.post(
    '/api/account/totp',
    { config, schema: { tags, summary: 'Bắt đầu bật xác thực hai lớp' } },
    async (request, reply): Promise<Enrolment | FastifyReply> => {
      const { session } = sessionOf(request)
      if (session.totpConfirmedAt) return sendRefused(context, reply, { code: 'second-factor-on' })
      const secret = makeTotpSecret()
      await setTotp(context.db, session.accountId, {
        secret: context.keys.encrypt(secret),
        confirmedAt: null,
        lastStep: 0,
      })
      return {
        secret,
        ...totpEnrolment(secret, { userName: session.userName, place: new URL(context.config.publicUrl).hostname }),
      }
    },
  )

  http.post(
    '/api/account/totp/confirm',
    { config, schema: { tags, summary: 'Xác nhận mã đầu tiên; trả về mã dự phòng', body: SecondFactor } },
    async (request, reply) => {
      const { session } = sessionOf(request)
      if (session.totpConfirmedAt) return sendRefused(context, reply, { code: 'second-factor-on' })
      if (!session.totpSecret) return sendRefused(context, reply, { code: 'second-factor-not-begun' })
      const now = context.clock()
      const step = totpStep(context.keys.decrypt(session.totpSecret), request.body.code.replaceAll(/\s/g, ''), now)
      if (step === undefined) return sendRefused(context, reply, { code: 'wrong-code' })
      await setTotp(context.db, session.accountId, { secret: session.totpSecret, confirmedAt: now, lastStep: step })
      await audit(context, session, 'second-factor-enrolled', sourceOf(context, request, session.userName).source)
      return { recoveryCodes: await newRecoveryCodes(context, session.accountId) }
    },
  )

  http.delete(
    '/api/account/totp',
    { config, schema: { tags, summary: 'Tắt xác thực hai lớp', body: PasswordOnly } },
    async (request, reply) => {
      const { session, administrator } = sessionOf(request)
      const { source } = sourceOf(context, request, session.userName)
      const policy = policyOf(context)
      const required =
        policy.secondFactor === 'everybody' || (policy.secondFactor === 'administrators' && administrator)
      if (required && !(session.demo && policy.demoGrace))
        return sendRefused(context, reply, { code: 'second-factor-required' })
      const checked = await checkPassword(context, session, { password: request.body.password, source })
      if (!checked.ok) return sendRefused(context, reply, checked.refusal)
      const least = policy.passwordLength.alone
      if (Array.from(request.body.password.normalize('NFC')).length < least)
        return sendRefused(context, reply, { code: 'password-too-short-alone', least })
      await setTotp(context.db, session.accountId, { secret: null, confirmedAt: null, lastStep: 0 })
      await replaceRecoveryCodes(context.db, session.accountId, [])
      await audit(context, session, 'second-factor-removed', source)
      return reply.code(204).send()
    },
  )

  http.post(
    '/api/account/recovery-codes',
    { config, schema: { tags, summary: 'Tạo mã dự phòng mới, mã cũ hết hiệu lực', body: PasswordOnly } },
    async (request, reply) => {
      const { session } = sessionOf(request)
      const { source } = sourceOf(context, request, session.userName)
      if (!session.totpConfirmedAt) return sendRefused(context, reply, { code: 'second-factor-not-begun' })
      const checked = await checkPassword(context, session, { password: request.body.password, source })
      if (!checked.ok) return sendRefused(context, reply, checked.refusal)
      await audit(context, session, 'recovery-codes-made', source)
      return { recoveryCodes: await newRecoveryCodes(context, session.accountId) }
    },
  )
}

async function newRecoveryCodes(context: IdentityContext, accountId: number): Promise<string[]> {
  const codes = makeRecoveryCodes()
  await replaceRecoveryCodes(
    context.db,
    accountId,
    codes.map((code) => hashToken(`${accountId}:${tidyRecoveryCode(code)}`)),
  )
  return codes
}

function setupRoutes(http: Http, context: IdentityContext): void {
  const config = { permission: 'public' } as const

  http.get(
    '/api/installation',
    { config, schema: { tags, summary: 'Hệ thống chạy thật hay chạy thử với dữ liệu hư cấu' } },
    async () => ({ demo: await isDemo(context.db) }),
  )

  http.post(
    '/api/setup/check',
    { config, schema: { tags, summary: 'Liên kết dùng một lần này để làm gì', body: LinkToken } },
    async (request, reply): Promise<LinkReply | FastifyReply> => {
      const link = await readLink(context, request.body.token)
      return link.ok ? link.value : sendRefused(context, reply, link.refusal)
    },
  )

  http.post(
    '/api/setup/password',
    { config, schema: { tags, summary: 'Đặt mật khẩu bằng liên kết', body: SetPasswordByLink } },
    async (request, reply) => {
      const done = await setPasswordByLink(context, { ...request.body, source: `ip:${request.ip}` })
      return done.ok ? done.value : sendRefused(context, reply, done.refusal)
    },
  )

  http.post(
    '/api/setup/first-administrator',
    { config, schema: { tags, summary: 'Tạo quản trị viên đầu tiên', body: SetUp } },
    async (request, reply) => {
      const done = await setUpFirstAdministrator(context, { ...request.body, source: `ip:${request.ip}` })
      return done.ok ? done.value : sendRefused(context, reply, done.refusal)
    },
  )
}
