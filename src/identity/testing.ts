import type { InjectOptions } from 'fastify'
import { createHttp } from '../platform/http/server.ts'
import type { Http } from '../platform/http/route.ts'
import { createAgency, createOfficer, createPost, createUnit, type Role, type UnitKind } from '../staff/index.ts'
import { createAccount } from './accounts.ts'
import { identityHooks } from './hooks.ts'
import type { IdentityContext } from './sign-in.ts'

/** A password that every rule allows. */
export const GOOD_PASSWORD = 'Trời xanh mây trắng 1'

/** An officer with an account and a post in a new or given agency. */
export async function anOfficer(
  context: IdentityContext,
  {
    role = 'specialist',
    agencyId,
    unitId,
    unitKind = 'justice',
    name = 'Nguyễn Thị Hoa',
    userName,
    password = GOOD_PASSWORD,
    demo = false,
    validFrom = '2025-07-01',
  }: {
    role?: Role
    agencyId?: number
    unitId?: number
    unitKind?: UnitKind
    name?: string
    userName?: string
    password?: string
    demo?: boolean
    validFrom?: string
  } = {},
): Promise<{
  officerId: number
  accountId: number
  userName: string
  agencyId: number
  unitId: number
  postId: number
}> {
  const agency = agencyId ?? (await createAgency(context.db, { kind: 'commune', fullName: 'Xã Hải Hưng', validFrom }))
  const unit =
    unitId ?? (await createUnit(context.db, { agencyId: agency, kind: unitKind, name: 'Tư pháp – Hộ tịch', validFrom }))
  const officerId = await createOfficer(context.db, { name })
  const postId = await createPost(context.db, { officerId, agencyId: agency, unitId: unit, role, validFrom })
  const chosen = userName ?? `user${officerId}`
  const made = await createAccount(context, { officerId, userName: chosen, password, demo })
  if (!made.ok) throw new Error(made.refusal.code)
  return { officerId, accountId: made.value, userName: chosen, agencyId: agency, unitId: unit, postId }
}

/** A server with the hooks of identity and the given routes. */
export async function testHttp(context: IdentityContext, addRoutes: (http: Http) => void): Promise<Http> {
  const http = await createHttp({ config: context.config, log: context.log })
  identityHooks(http, context)
  addRoutes(http)
  await http.ready()
  return http
}

export type Reply = { status: number; body: Record<string, unknown>; headers: Record<string, unknown> }

/** A browser: keeps its cookies, marks its requests as the web does. */
export function aBrowser(http: Http, { address = '10.0.0.1' }: { address?: string } = {}) {
  const cookies = new Map<string, string>()
  const send = async (method: 'GET' | 'POST' | 'PUT' | 'DELETE', url: string, body?: unknown): Promise<Reply> => {
    const options: InjectOptions = {
      method,
      url,
      remoteAddress: address,
      headers: {
        'x-motcua': '1',
        ...(cookies.size > 0 ? { cookie: [...cookies].map(([name, value]) => `${name}=${value}`).join('; ') } : {}),
      },
      ...(body === undefined ? {} : { payload: body as Record<string, unknown> }),
    }
    const response = await http.inject(options)
    for (const cookie of response.cookies) {
      if (cookie.value === '' || cookie.maxAge === 0) cookies.delete(cookie.name)
      else cookies.set(cookie.name, cookie.value)
    }
    return { status: response.statusCode, body: response.body ? response.json() : {}, headers: response.headers }
  }
  return {
    cookies,
    send,
    get: (url: string) => send('GET', url),
    post: (url: string, body?: unknown) => send('POST', url, body),
    /** The answer as it came, for files. */
    raw: (url: string) =>
      http.inject({
        url,
        remoteAddress: address,
        headers: { cookie: [...cookies].map(([name, value]) => `${name}=${value}`).join('; ') },
      }),
    signIn: (userName: string, password = GOOD_PASSWORD) => send('POST', '/api/session', { userName, password }),
  }
}
