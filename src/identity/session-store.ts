import { sql } from 'kysely'
import type { Instant } from '../platform/day.ts'
import { forgetSessions, toldToMemory } from './session-memory.ts'
import { accountColumns, type Account } from './account-store.ts'
import type { IdentityDb } from './tables.ts'

export type Session = Account & {
  sessionId: string
  secondFactor: 'none' | 'awaited' | 'given'
  seenAt: Instant
  expiresAt: Instant
  lockedAt: Instant | null
}

export async function insertSession(
  db: IdentityDb,
  session: {
    sessionId: string
    tokenHash: Buffer
    accountId: number
    secondFactor: Session['secondFactor']
    source: string
    device: string
    now: Instant
    expiresAt: Instant
  },
): Promise<void> {
  await db
    .insertInto('identity.session')
    .values({
      session_id: session.sessionId,
      token_hash: session.tokenHash,
      account_id: session.accountId,
      second_factor: session.secondFactor,
      source: session.source,
      device: session.device,
      started_at: session.now,
      seen_at: session.now,
      expires_at: session.expiresAt,
      locked_at: null,
      ended_at: null,
    })
    .execute()
}

/** The session of a token with its account, unless it is over. */
export async function findSession(db: IdentityDb, tokenHash: Buffer, now: Instant): Promise<Session | undefined> {
  const { rows } = await sql<Session>`
    select ${accountColumns}, s.session_id as "sessionId", s.second_factor as "secondFactor", s.seen_at as "seenAt",
      s.expires_at as "expiresAt", s.locked_at as "lockedAt"
    from identity.session s join identity.account a on a.account_id = s.account_id join staff.officer o on o.officer_id = a.officer_id
    where s.token_hash = ${tokenHash} and s.ended_at is null and s.expires_at > ${now} and a.disabled_at is null`.execute(
    db,
  )
  return rows[0]
}

export async function touchSession(db: IdentityDb, session: Session, now: Instant): Promise<void> {
  session.seenAt = now
  await db.updateTable('identity.session').set({ seen_at: now }).where('session_id', '=', session.sessionId).execute()
}

export const lockSession = (db: IdentityDb, sessionId: string, now: Instant) =>
  toldToMemory(
    sql`update identity.session set locked_at = coalesce(locked_at, ${now}) where session_id = ${sessionId}`.execute(
      db,
    ),
  )

export const unlockSession = (db: IdentityDb, sessionId: string, now: Instant) =>
  toldToMemory(
    db
      .updateTable('identity.session')
      .set({ locked_at: null, seen_at: now })
      .where('session_id', '=', sessionId)
      .execute(),
  )

/** The second factor was given: the session goes on under a new token. */
export const completeSession = (
  db: IdentityDb,
  sessionId: string,
  { tokenHash, now, expiresAt }: { tokenHash: Buffer; now: Instant; expiresAt: Instant },
) =>
  toldToMemory(
    db
      .updateTable('identity.session')
      .set({ second_factor: 'given', token_hash: tokenHash, seen_at: now, expires_at: expiresAt })
      .where('session_id', '=', sessionId)
      .execute(),
  )

export async function endSession(
  db: IdentityDb,
  { accountId, sessionId, now }: { accountId: number; sessionId: string; now: Instant },
): Promise<boolean> {
  const { numUpdatedRows } = await db
    .updateTable('identity.session')
    .set({ ended_at: now })
    .where('session_id', '=', sessionId)
    .where('account_id', '=', accountId)
    .where('ended_at', 'is', null)
    .executeTakeFirst()
  forgetSessions()
  return numUpdatedRows > 0n
}

/** Ends the account's sessions, all but one if named. */
export async function endSessions(db: IdentityDb, accountId: number, now: Instant, except?: string): Promise<number> {
  let query = db
    .updateTable('identity.session')
    .set({ ended_at: now })
    .where('account_id', '=', accountId)
    .where('ended_at', 'is', null)
  if (except !== undefined) query = query.where('session_id', '<>', except)
  const { numUpdatedRows } = await query.executeTakeFirst()
  forgetSessions()
  return Number(numUpdatedRows)
}

export type SessionRow = {
  sessionId: string
  startedAt: Instant
  seenAt: Instant
  source: string
  device: string
  locked: boolean
}

export async function listSessions(db: IdentityDb, accountId: number, now: Instant): Promise<SessionRow[]> {
  const { rows } = await sql<SessionRow>`
    select session_id as "sessionId", started_at as "startedAt", seen_at as "seenAt", source, device, locked_at is not null as locked
    from identity.session
    where account_id = ${accountId} and ended_at is null and expires_at > ${now} and second_factor <> 'awaited'
    order by seen_at desc, session_id`.execute(db)
  return rows
}

/** Removes sessions that ended and failures that no longer count, from before these moments. */
export async function purge(
  db: IdentityDb,
  { sessionsBefore, failuresBefore }: { sessionsBefore: Instant; failuresBefore: Instant },
): Promise<void> {
  await db.deleteFrom('identity.session').where('expires_at', '<', sessionsBefore).execute()
  await db.deleteFrom('identity.failure').where('failed_at', '<', failuresBefore).execute()
}
