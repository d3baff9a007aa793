import { hashToken } from '../../identity/index.ts'
import type { Context } from '../../platform/context.ts'
import { addMinutes, type Day } from '../../platform/day.ts'
import type { Keys } from '../../platform/keys.ts'
import { findCitizen } from './citizen-store.ts'
import type { Citizen } from './contract.ts'
import { findSession, listSessions, touchSession, type SessionItem } from './session-store.ts'
import type { AccountTables } from './tables.ts'

export type AccountContext = Context<AccountTables>

/** From where somebody comes: the network of the address, and what the browser says of itself. */
export type Place = { source: string; device: string }

/** What of a citizen is encrypted, as JSON. */
export type CitizenSecret = {
  name: string
  identityNumber: string
  email: string
  phone: string
  birthDay: Day | null
  sex: 'male' | 'female' | null
  address: string
  unitCode: string
}

export const openCitizen = (keys: Keys, secret: Buffer): CitizenSecret =>
  JSON.parse(keys.decrypt(secret)) as CitizenSecret

/** A session ends after half a day, and earlier when nobody uses it: phones are lent, computers shared. */
export const SESSION_MINUTES = 12 * 60
export const IDLE_MINUTES = 2 * 60
/** The last use is written down this often at most. */
const TOUCH_MS = 60_000

/** Who the token belongs to; null when it is nobody's or no longer. */
export async function citizenOfToken(context: AccountContext, token: string): Promise<Citizen | null> {
  const now = context.clock()
  const idleSince = addMinutes(now, -IDLE_MINUTES)
  const row = await findSession(context.db, { tokenHash: hashToken(token), now, idleSince })
  if (!row) return null
  if (Date.parse(now) - Date.parse(row.seenAt) > TOUCH_MS) await touchSession(context.db, row.sessionId, now)
  const secret = openCitizen(context.keys, row.secret)
  return {
    accountId: row.accountId,
    sessionId: row.sessionId,
    name: secret.name,
    identityNumber: secret.identityNumber || null,
    identityVerified: row.identityVerified,
    level: row.level,
    email: secret.email || null,
    phone: secret.phone || null,
    birthDay: secret.birthDay,
    sex: secret.sex,
    address: secret.address,
    unitCode: secret.unitCode,
  }
}

/** Where the owner of an account is reached while nobody is signed in; empty when the account is closed. */
export async function contactOfAccount(
  { db, keys }: Pick<AccountContext, 'db' | 'keys'>,
  accountId: string,
): Promise<{ email: string; phone: string }> {
  const row = await findCitizen(db, accountId)
  if (!row) return { email: '', phone: '' }
  const { email, phone } = openCitizen(keys, row.secret)
  return { email, phone }
}

/** The sessions of an account that go on. */
export function ownSessions(
  { db, clock }: Pick<AccountContext, 'db' | 'clock'>,
  accountId: string,
): Promise<SessionItem[]> {
  const now = clock()
  return listSessions(db, { accountId, now, idleSince: addMinutes(now, -IDLE_MINUTES) })
}
