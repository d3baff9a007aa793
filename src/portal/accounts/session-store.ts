import { sql } from 'kysely'
import type { Instant } from '../../platform/day.ts'
import type { AssuranceLevel } from './rules/levels.ts'
import type { AccountDb } from './tables.ts'

export type SessionRow = {
  sessionId: string
  accountId: string
  level: AssuranceLevel
  seenAt: Instant
  secret: Buffer
  identityVerified: boolean
}

/** The session of a token with its account, unless it is over or was not used for too long. */
export async function findSession(
  db: AccountDb,
  { tokenHash, now, idleSince }: { tokenHash: Buffer; now: Instant; idleSince: Instant },
): Promise<SessionRow | undefined> {
  const { rows } = await sql<SessionRow>`
    select s.session_id as "sessionId", s.account_id as "accountId", s.level, s.seen_at as "seenAt", c.secret,
      c.identity_verified as "identityVerified"
    from portal.citizen_session s join portal.citizen c on c.account_id = s.account_id
    where s.token_hash = ${tokenHash} and s.ended_at is null and s.expires_at > ${now} and s.seen_at > ${idleSince}
      and c.closed_at is null`.execute(db)
  return rows[0]
}

export const touchSession = (db: AccountDb, sessionId: string, now: Instant) =>
  db.updateTable('portal.citizen_session').set({ seen_at: now }).where('session_id', '=', sessionId).execute()

export const insertSession = (
  db: AccountDb,
  session: {
    sessionId: string
    tokenHash: Buffer
    accountId: string
    level: AssuranceLevel
    providerId: number | null
    source: string
    device: string
    now: Instant
    expiresAt: Instant
  },
) =>
  db
    .insertInto('portal.citizen_session')
    .values({
      session_id: session.sessionId,
      token_hash: session.tokenHash,
      account_id: session.accountId,
      level: session.level,
      provider_id: session.providerId,
      source: session.source,
      device: session.device,
      started_at: session.now,
      seen_at: session.now,
      expires_at: session.expiresAt,
      ended_at: null,
    })
    .execute()

export const endSessionOfToken = (db: AccountDb, tokenHash: Buffer, now: Instant) =>
  db
    .updateTable('portal.citizen_session')
    .set({ ended_at: now })
    .where('token_hash', '=', tokenHash)
    .where('ended_at', 'is', null)
    .execute()

export async function endSession(
  db: AccountDb,
  { accountId, sessionId, now }: { accountId: string; sessionId: string; now: Instant },
): Promise<boolean> {
  const { numUpdatedRows } = await db
    .updateTable('portal.citizen_session')
    .set({ ended_at: now })
    .where('session_id', '=', sessionId)
    .where('account_id', '=', accountId)
    .where('ended_at', 'is', null)
    .executeTakeFirst()
  return numUpdatedRows > 0n
}

/** Ends the account's sessions, all but one if named. */
export async function endSessions(db: AccountDb, accountId: string, now: Instant, except?: string): Promise<void> {
  let query = db
    .updateTable('portal.citizen_session')
    .set({ ended_at: now })
    .where('account_id', '=', accountId)
    .where('ended_at', 'is', null)
  if (except !== undefined) query = query.where('session_id', '<>', except)
  await query.execute()
}

export type SessionItem = {
  sessionId: string
  startedAt: Instant
  seenAt: Instant
  device: string
  level: AssuranceLevel
}

export async function listSessions(
  db: AccountDb,
  { accountId, now, idleSince }: { accountId: string; now: Instant; idleSince: Instant },
): Promise<SessionItem[]> {
  const { rows } = await sql<SessionItem>`
    select session_id as "sessionId", started_at as "startedAt", seen_at as "seenAt", device, level
    from portal.citizen_session
    where account_id = ${accountId} and ended_at is null and expires_at > ${now} and seen_at > ${idleSince}
    order by seen_at desc, session_id`.execute(db)
  return rows
}
