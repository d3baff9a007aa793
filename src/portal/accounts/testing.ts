import { makeToken } from '../../identity/index.ts'
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
