import type { FastifyReply, FastifyRequest } from 'fastify'
import { networkOf } from '../platform/http/attempts.ts'
import { sendProblem } from '../platform/http/problem.ts'
import type { Http } from '../platform/http/route.ts'
import { forgetSessions } from './session-memory.ts'
import { isAction, maySomewhere, type Actor } from './rules/permissions.ts'
import {
  accountKeyOf,
  resolveSession,
  tidyUserName,
  type IdentityContext,
  type ResolvedSession,
  type SessionState,
  type Source,
} from './sign-in.ts'
import { vi } from './text.vi.ts'

declare module 'fastify' {
  interface FastifyRequest {
    /** The officer who asks. Reading it where nobody is signed in, as in a public route, throws. */
    actor: Actor
  }
  interface FastifyContextConfig {
    /** States of a session, besides the open one, in which this route still answers. */
    sessionStates?: readonly Exclude<SessionState, 'open'>[]
  }
}

export const SESSION_COOKIE = 'motcua_session'
const DEVICE_COOKIE = 'motcua_device'

const sessions = new WeakMap<FastifyRequest, ResolvedSession>()

/** The session of this request; only in routes that need one. */
export function sessionOf(request: FastifyRequest): ResolvedSession {
  const session = sessions.get(request)
  if (!session) throw new Error('no session: the route is public')
  return session
}

/** Finds out who asks and holds every route to its permission. Add before any route. */
export function identityHooks(http: Http, context: IdentityContext): void {
  http.decorateRequest('actor', {
    getter(this: FastifyRequest) {
      return sessionOf(this).actor
    },
  })
  http.addHook('onRoute', ({ method, url, config }) => {
    const permission = config?.permission ?? ''
    if (permission !== 'public' && permission !== 'citizen' && permission !== 'session' && !isAction(permission))
      throw new Error(`route ${String(method)} ${url}: unknown permission “${permission}”`)
  })
  http.addHook('onRequest', async (request, reply) => {
    const { permission, sessionStates = [] } = request.routeOptions.config
    // Citizens have sessions of their own (portal/accounts).
    if (request.is404 || permission === undefined || permission === 'public' || permission === 'citizen')
      return undefined
    const token = request.cookies[SESSION_COOKIE]
    const remembered = permission !== 'session'
    const resolved = token ? await resolveSession(context, token, { remembered }) : undefined
    if (!resolved) return sendProblem(reply, 401, { code: 'not-signed-in', detail: vi.notSignedIn })
    sessions.set(request, resolved)
    const { state, demand, actor } = resolved
    if (state !== 'open' && !sessionStates.includes(state)) {
      if (state === 'locked') return sendProblem(reply, 423, { code: 'session-locked', detail: vi.locked })
      if (state === 'demand' && demand) return sendProblem(reply, 403, { code: demand, detail: vi.demands[demand] })
      return sendProblem(reply, 401, { code: 'not-signed-in', detail: vi.notSignedIn })
    }
    if (permission !== 'session' && isAction(permission) && !maySomewhere(actor, permission))
      return sendProblem(reply, 403, { code: 'not-permitted', detail: vi.notPermitted })
    return undefined
  })
  // Committed and not yet answered: whoever hears that a right is gone finds it gone.
  http.addHook('onSend', ({ method, routeOptions }, _reply, _payload, done) => {
    if (method !== 'GET' && method !== 'HEAD' && !routeOptions.config?.permission?.startsWith('dossier.'))
      forgetSessions()
    done()
  })
}

/** The officer whose session the browser carries, for public pages that an officer may use for somebody at the desk. */
export async function officerOf(context: IdentityContext, request: FastifyRequest): Promise<Actor | undefined> {
  const token = request.cookies[SESSION_COOKIE]
  const resolved = token ? await resolveSession(context, token, { remembered: false }) : undefined
  return resolved?.state === 'open' ? resolved.actor : undefined
}

export function setSessionCookie(context: IdentityContext, reply: FastifyReply, token: string): void {
  void reply.setCookie(SESSION_COOKIE, token, {
    path: '/',
    httpOnly: true,
    sameSite: 'strict',
    secure: context.config.secureCookies,
  })
}

export function clearSessionCookie(context: IdentityContext, reply: FastifyReply): void {
  void reply.clearCookie(SESSION_COOKIE, {
    path: '/',
    httpOnly: true,
    sameSite: 'strict',
    secure: context.config.secureCookies,
  })
}

const deviceMac = (context: IdentityContext, device: string, userName: string): string =>
  context.keys.mac('device', `${device}:${accountKeyOf(context, userName).toString('hex')}`).toString('base64url')

/** Remembers that the owner of this account was here, so that somebody else's wrong guesses do not shut the owner out. */
export function rememberDevice(context: IdentityContext, reply: FastifyReply, userName: string): void {
  const device = crypto.randomUUID()
  void reply.setCookie(DEVICE_COOKIE, `${device}.${deviceMac(context, device, tidyUserName(userName))}`, {
    path: '/api',
    httpOnly: true,
    sameSite: 'strict',
    secure: context.config.secureCookies,
    maxAge: 365 * 24 * 3600,
  })
}

/** From where an attempt for this account comes: its known device, or the address (of IPv6 the network). */
export function sourceOf(context: IdentityContext, request: FastifyRequest, userName: string): Source {
  const device = (request.headers['user-agent'] ?? '').slice(0, 200)
  const [id = '', mac = ''] = (request.cookies[DEVICE_COOKIE] ?? '').split('.')
  if (id && mac === deviceMac(context, id, tidyUserName(userName))) return { source: `device:${id}`, device }
  return { source: `ip:${networkOf(request.ip)}`, device }
}
