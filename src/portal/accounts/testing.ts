import { createHash } from 'node:crypto'
import type { InjectOptions, LightMyRequestResponse } from 'fastify'
import { makeToken } from '../../identity/index.ts'
import type { Http } from '../../platform/http/route.ts'
import { newId } from '../../platform/id.ts'
import { addMinutes } from '../../platform/day.ts'
import { CITIZEN_COOKIE } from './hooks.ts'
import type { AssuranceLevel } from './rules/levels.ts'
import { SESSION_MINUTES, type AccountContext, type CitizenSecret } from './sessions.ts'

/** A citizen who is signed in: the account, and the cookie of the session as a request sends it. */
export async function aSignedInCitizen(
  context: AccountContext,
  {
    level = 'basic',
    identityVerified = false,
    ...given
  }: Partial<CitizenSecret> & { level?: AssuranceLevel; identityVerified?: boolean } = {},
): Promise<{ accountId: string; sessionId: string; cookie: string }> {
  const { db, keys } = context
  const now = context.clock()
  const secret: CitizenSecret = {
    name: 'Trần Thị Mai',
    identityNumber: '',
    email: 'mai@example.vn',
    phone: '0912345678',
    birthDay: null,
    sex: null,
    address: '',
    unitCode: '',
    ...given,
  }
  const accountId = newId(Date.parse(now))
  const sessionId = newId(Date.parse(now))
  const { token, tokenHash } = makeToken()
  await db
    .insertInto('portal.citizen')
    .values({
      account_id: accountId,
      secret: keys.encrypt(JSON.stringify(secret)),
      password_hash: null,
      identity_index: secret.identityNumber ? keys.blindIndex('identity', secret.identityNumber) : null,
      identity_verified: identityVerified,
      demo: false,
      created_at: now,
      used_at: now,
      closed_at: null,
    })
    .execute()
  await db
    .insertInto('portal.citizen_session')
    .values({
      session_id: sessionId,
      token_hash: tokenHash,
      account_id: accountId,
      level,
      provider_id: null,
      source: 'test',
      device: '',
      started_at: now,
      seen_at: now,
      expires_at: addMinutes(now, SESSION_MINUTES),
      ended_at: null,
    })
    .execute()
  return { accountId, sessionId, cookie: `${CITIZEN_COOKIE}=${token}` }
}

/** A browser of a citizen: keeps cookies, posts plain forms, and solves what a form asks of robots. */
export function aVisitor(
  http: Http,
  {
    address = '10.0.1.1',
    agent = 'Mozilla/5.0 (Windows NT 10.0) Firefox/130.0',
  }: { address?: string; agent?: string } = {},
) {
  const cookies = new Map<string, string>()
  const send = async (options: InjectOptions): Promise<LightMyRequestResponse> => {
    const response = await http.inject({
      ...options,
      remoteAddress: address,
      headers: {
        accept: 'text/html',
        'user-agent': agent,
        ...(cookies.size > 0 ? { cookie: [...cookies].map(([name, value]) => `${name}=${value}`).join('; ') } : {}),
        ...options.headers,
      },
    })
    for (const { name, value } of response.cookies)
      if (value) cookies.set(name, value)
      else cookies.delete(name)
    return response
  }
  const get = (url: string) => send({ method: 'GET', url })
  const post = (url: string, fields: Readonly<Record<string, string>>) =>
    send({
      method: 'POST',
      url,
      headers: { 'content-type': 'application/x-www-form-urlencoded' },
      payload: new URLSearchParams(fields).toString(),
    })
  return {
    cookies,
    get,
    post,
    /** Opens the page (or takes its text), does the work it asks for and sends its form. */
    async fill(url: string, fields: Readonly<Record<string, string>>, page?: string) {
      const text = page ?? (await get(url)).body
      const challenge = /data-challenge="([^"]+)"/.exec(text)?.[1]
      return post(url, { ...fields, ...(challenge ? { proof: solveProof(challenge) } : {}) })
    },
    upload(url: string, fields: Readonly<Record<string, string>>, file?: { name: string; content: Buffer }) {
      const form = new FormData()
      for (const [name, value] of Object.entries(fields)) form.append(name, value)
      form.append('giay_to', new Blob([new Uint8Array(file?.content ?? [])]), file?.name ?? '')
      return send({ method: 'POST', url, payload: form })
    },
  }
}

/** What a browser does with the task of a form. */
export function solveProof(challenge: string): string {
  const [, , , bits = '', nonce = ''] = challenge.split('.')
  for (let number = 0; ; number++) {
    const digest = createHash('sha256').update(`${nonce}:${number}`).digest()
    if (Math.clz32(digest.readUInt32BE(0)) >= Number(bits)) return `${challenge}~${number}`
  }
}
