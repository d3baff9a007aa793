import type { FastifyReply } from 'fastify'
import { Type } from 'typebox'
import { countAttempts, networkOf } from '../platform/http/attempts.ts'
import { sendNotFound } from '../platform/http/problem.ts'
import type { Http } from '../platform/http/route.ts'
import { ProviderId, ProviderInput, type ProviderOffer, type ProviderView } from './contract.ts'
import { setSessionCookie } from './hooks.ts'
import { sendRefused } from './refused.ts'
import {
  findProvider,
  insertProvider,
  isClientTaken,
  listProviders,
  updateProvider,
  type Provider,
  type ProviderChange,
} from './provider-store.ts'
import { SANDBOX_PATH } from './provider-place.ts'
import { beginWithProvider, checkProvider, finishWithProvider, isLoopback, offeredProviders } from './providers.ts'
import { signInByProvider } from './provider-sign-in.ts'
import type { IdentityContext } from './sign-in.ts'
import { recordAudit } from './audit-store.ts'

const tags = ['identity']
const officerReturn = '/dang-nhap-can-bo/tra-loi'
const citizenReturn = '/dang-nhap/tra-loi'
const BROWSER_COOKIE = 'motcua_provider'
const signInPage = '/can-bo/dang-nhap'

/** Providers of identity: their administration, and officers who sign in by them. */
export function providerRoutes(http: Http, context: IdentityContext): void {
  administration(http, context)
  officerSignIn(http, context)
}

function administration(http: Http, context: IdentityContext): void {
  const { db } = context
  const config = { permission: 'system.manage' }

  const view = (provider: Provider): ProviderView => ({
    providerId: provider.providerId,
    name: provider.name,
    issuer: provider.issuer,
    clientId: provider.clientId,
    hasSecret: provider.clientSecret !== null,
    forCitizens: provider.forCitizens,
    forOfficers: provider.forOfficers,
    enabled: provider.enabled,
    settings: provider.settings,
    changedAt: provider.changedAt,
    returnTo: {
      citizens: `${context.config.publicUrl}${citizenReturn}/${provider.providerId}`,
      officers: `${context.config.publicUrl}${officerReturn}/${provider.providerId}`,
    },
  })

  http.get(
    '/api/providers',
    { config, schema: { tags, summary: 'Nhà cung cấp danh tính điện tử' } },
    async (): Promise<ProviderView[]> => (await listProviders(db)).map(view),
  )

  async function save(
    reply: FastifyReply,
    { providerId, given, accountId }: { providerId: number | null; given: ProviderInput; accountId: number },
  ): Promise<ProviderView | FastifyReply> {
    const issuer = given.issuer.trim().replace(/\/+$/, '')
    const kept = providerId === null ? undefined : await findProvider(db, providerId)
    if (kept?.issuer !== issuer && !isIssuer(issuer)) return sendRefused(context, reply, { code: 'provider-issuer' })
    if (await isClientTaken(db, { issuer, clientId: given.clientId, except: providerId }))
      return sendRefused(context, reply, { code: 'provider-exists' })
    // Links of people belong to the house that named them.
    if (kept && kept.issuer !== issuer) return sendRefused(context, reply, { code: 'provider-issuer-stays' })
    const now = context.clock()
    const secret = kept?.issuer === SANDBOX_PATH ? undefined : given.clientSecret
    const change: ProviderChange = {
      ...given,
      // The one of a demonstration knows one client, and makes nobody an officer.
      ...(kept?.issuer === SANDBOX_PATH ? { clientId: kept.clientId, forOfficers: false } : {}),
      name: given.name.trim(),
      issuer,
      clientSecret: secret === undefined ? undefined : (secret && context.keys.encrypt(secret)) || null,
      now,
      by: accountId,
    }
    if (providerId !== null && !(await updateProvider(db, providerId, change))) return sendNotFound(reply)
    const id = providerId ?? (await insertProvider(db, change))
    await recordAudit(db, { now, what: 'provider-changed', accountId, details: { provider: id } })
    const saved = await findProvider(db, id)
    return saved ? view(saved) : sendNotFound(reply)
  }

  http.post(
    '/api/providers',
    { config, schema: { tags, summary: 'Thêm nhà cung cấp danh tính', body: ProviderInput } },
    (request, reply) => save(reply, { providerId: null, given: request.body, accountId: request.actor.accountId }),
  )

  http.put(
    '/api/providers/:providerId',
    { config, schema: { tags, summary: 'Sửa nhà cung cấp danh tính', params: ProviderId, body: ProviderInput } },
    (request, reply) =>
      save(reply, {
        providerId: request.params.providerId,
        given: request.body,
        accountId: request.actor.accountId,
      }),
  )

  http.post(
    '/api/providers/:providerId/check',
    {
      config,
      schema: {
        tags,
        summary: 'Hỏi thử nhà cung cấp danh tính',
        params: ProviderId,
        body: Type.Object(
          { commandId: Type.Optional(Type.String({ format: 'uuid' })) },
          { additionalProperties: false },
        ),
      },
    },
    async (request, reply) => {
      const found = await checkProvider(context, request.params.providerId)
      return found ?? sendNotFound(reply)
    },
  )
}

const isIssuer = (text: string): boolean =>
  URL.canParse(text) && (text.startsWith('https://') || isLoopback(text)) && !/[?#@]/.test(text)

function officerSignIn(http: Http, context: IdentityContext): void {
  const config = { permission: 'public' }
  const attempts = countAttempts({ most: 60, windowMs: 10 * 60_000 })
  const redirectUri = (providerId: number) => `${context.config.publicUrl}${officerReturn}/${providerId}`
  const cookie = {
    path: '/dang-nhap-can-bo',
    httpOnly: true,
    sameSite: 'lax',
    secure: context.config.secureCookies,
  } as const
  const back = (reply: FastifyReply, found: Record<string, string>) =>
    reply.header('cache-control', 'no-store').redirect(`${signInPage}?${new URLSearchParams(found).toString()}`, 303)

  http.get(
    '/api/session/providers',
    { config, schema: { tags, summary: 'Nhà cung cấp danh tính mà cán bộ đăng nhập qua được' } },
    (): Promise<ProviderOffer[]> => offeredProviders(context, 'officer'),
  )

  http.get(
    '/dang-nhap-can-bo/qua/:providerId',
    {
      config,
      schema: {
        hide: true,
        params: ProviderId,
        querystring: Type.Object({ next: Type.Optional(Type.String({ maxLength: 500 })) }),
      },
    },
    async (request, reply) => {
      const { providerId } = request.params
      const { next = '' } = request.query
      if (!attempts.begin(networkOf(request.ip), Date.parse(context.clock()))) return back(reply, { loi: 'wait', next })
      const begun = await beginWithProvider(context, {
        providerId,
        purpose: 'officer',
        redirectUri: redirectUri(providerId),
        note: next,
        language: 'vi',
      })
      if (!begun.ok) return back(reply, { loi: begun.refusal.code, next })
      void reply.setCookie(BROWSER_COOKIE, begun.value.browser, { ...cookie, maxAge: 900 })
      return reply.header('cache-control', 'no-store').redirect(begun.value.url, 303)
    },
  )

  http.get(
    `${officerReturn}/:providerId`,
    { config, schema: { hide: true, params: ProviderId } },
    async (request, reply) => {
      const { providerId } = request.params
      const finished = await finishWithProvider(context, {
        providerId,
        purpose: 'officer',
        redirectUri: redirectUri(providerId),
        search: request.url.split('?')[1] ?? '',
        browser: request.cookies[BROWSER_COOKIE],
      })
      void reply.clearCookie(BROWSER_COOKIE, cookie)
      if (!finished.ok) return back(reply, { loi: finished.refusal.code })
      const { note: next } = finished.value
      const arrived = await signInByProvider(context, finished.value, {
        source: `ip:${networkOf(request.ip)}`,
        device: (request.headers['user-agent'] ?? '').slice(0, 200),
      })
      if (!arrived.ok) return back(reply, { loi: arrived.refusal.code, next })
      setSessionCookie(context, reply, arrived.value.token)
      return back(reply, arrived.value.next === 'second-factor' ? { buoc: 'ma', next } : { next })
    },
  )
}
