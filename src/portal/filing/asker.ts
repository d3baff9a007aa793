import type { FastifyReply, FastifyRequest } from 'fastify'
import { makeBrowserKey, type Asker } from './drafts.ts'
import type { FilingContext } from './flow.ts'

const KEY_COOKIE = 'motcua_nop'
const YEAR = 31_536_000

/** Who asks, by account and by the key of the browser. */
export const askerOf = (request: FastifyRequest): Asker => ({
  accountId: request.citizen?.accountId ?? null,
  key: request.cookies[KEY_COOKIE] ?? null,
  address: request.ip,
})

/** The browser no longer opens what was begun or lodged in it. */
export const forgetKey = (reply: FastifyReply): unknown => reply.clearCookie(KEY_COOKIE, { path: '/' })

/** Gives the browser a key when it has none. */
export function keyOfBrowser(
  { config: { secureCookies } }: Pick<FilingContext, 'config'>,
  request: FastifyRequest,
  reply: FastifyReply,
): string {
  const known = request.cookies[KEY_COOKIE]
  const key = known && /^[\w-]{22}$/.test(known) ? known : makeBrowserKey()
  void reply.setCookie(KEY_COOKIE, key, {
    path: '/',
    httpOnly: true,
    sameSite: 'lax',
    secure: secureCookies,
    maxAge: YEAR,
  })
  return key
}
