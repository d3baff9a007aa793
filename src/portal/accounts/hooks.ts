import type { FastifyReply, FastifyRequest } from 'fastify'
import { sendProblem } from '../../platform/http/problem.ts'
import type { Http } from '../../platform/http/route.ts'
import type { Citizen } from './contract.ts'
import { accountPaths } from './paths.ts'
import { wayBack } from './rules/way-back.ts'
import { citizenOfToken, SESSION_MINUTES, type AccountContext } from './sessions.ts'
import { vi } from './text.vi.ts'

declare module 'fastify' {
  interface FastifyRequest {
    /** The signed-in citizen, in routes with the permission `public` or `citizen`; null when nobody is. */
    citizen: Citizen | null
  }
}

export const CITIZEN_COOKIE = 'motcua_citizen'

/** Files and the officers' application, which ask for no citizen. */
const indifferent = /^\/(giao-dien|can-bo|healthz|readyz|sw\.js|ung-dung)/

/** Finds out which citizen asks, and keeps routes with the permission `citizen` for the signed-in. Add before any route. */
export function citizenHooks(http: Http, context: AccountContext): void {
  http.decorateRequest('citizen', null)
  http.decorateRequest('visitor', null)
  http.addHook('onRequest', async (request, reply) => {
    const { url = '', config } = request.routeOptions
    const closed = config.permission === 'citizen'
    if (!(closed || config.permission === 'public' || request.is404) || indifferent.test(url)) return undefined
    const token = request.cookies[CITIZEN_COOKIE]
    request.citizen = token ? await citizenOfToken(context, token) : null
    request.visitor = request.citizen && { name: request.citizen.name }
    if (request.citizen || !closed) return undefined
    if (token) clearCitizenCookie(context, reply)
    if (url.startsWith('/api/')) return sendProblem(reply, 401, { code: 'not-signed-in', detail: vi.notSignedIn })
    return reply.redirect(accountPaths.signInFor(wayBack(pageOf(request), '')), 303)
  })
}

/** The page that was asked for, or the one from which something was sent. */
function pageOf(request: FastifyRequest): string {
  if (request.method === 'GET') return request.url
  const { referer } = request.headers
  if (!referer || !URL.canParse(referer)) return ''
  const { host, pathname, search } = new URL(referer)
  return host === request.host ? pathname + search : ''
}

// Lax and not strict: a provider of identity leads back to us from its own site.
const options = (context: AccountContext) =>
  ({ path: '/', httpOnly: true, sameSite: 'lax', secure: context.config.secureCookies }) as const

export function setCitizenCookie(context: AccountContext, reply: FastifyReply, token: string): void {
  void reply.setCookie(CITIZEN_COOKIE, token, { ...options(context), maxAge: SESSION_MINUTES * 60 })
}

export function clearCitizenCookie(context: AccountContext, reply: FastifyReply): void {
  void reply.clearCookie(CITIZEN_COOKIE, options(context))
}

const DEVICE_COOKIE = 'motcua_thiet_bi'

const deviceMac = ({ keys }: AccountContext, device: string, contact: Buffer): string =>
  keys.mac('citizen-device', `${device}:${contact.toString('hex')}`).toString('base64url')

/** Remembers that the owner of this contact signed in here, so that strangers' wrong guesses do not shut the owner out. */
export function rememberDevice(context: AccountContext, reply: FastifyReply, contact: Buffer): void {
  const device = crypto.randomUUID()
  void reply.setCookie(DEVICE_COOKIE, `${device}.${deviceMac(context, device, contact)}`, {
    ...options(context),
    path: accountPaths.signIn,
    sameSite: 'strict',
    maxAge: 365 * 24 * 3600,
  })
}

/** The device by which the owner of this contact is known; null for a strange one. */
export function knownDevice(context: AccountContext, request: FastifyRequest, contact: Buffer): string | null {
  const [device = '', mac = ''] = (request.cookies[DEVICE_COOKIE] ?? '').split('.')
  return device && mac === deviceMac(context, device, contact) ? `device:${device}` : null
}
