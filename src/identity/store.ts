import { sql, type GeneratedAlways } from 'kysely'
import type { Instant } from '../platform/day.ts'
import type { Db } from '../platform/db.ts'
import type { ProviderTables } from './provider-store.ts'
import { forgetSessions, toldToMemory } from './session-memory.ts'

export type IdentityTables = ProviderTables & {
  'identity.account': {
    account_id: GeneratedAlways<number>
    officer_id: number
    user_name: string
    password_hash: string | null
    password_set_at: Instant | null
    must_change_password: boolean
    totp_secret: Buffer | null
    totp_confirmed_at: Instant | null
    totp_last_step: number
    demo: boolean
    used_at: Instant
    disabled_at: Instant | null
    disabled_why: 'idle' | 'administrator' | null
    created_at: Instant
  }
  'identity.password': { account_id: number; set_at: Instant; password_hash: string }
  'identity.recovery_code': { account_id: number; code_hash: Buffer; used_at: Instant | null }
  'identity.session': {
    session_id: string
    token_hash: Buffer
    account_id: number
    second_factor: 'none' | 'awaited' | 'given'
    source: string
    device: string
    started_at: Instant
    seen_at: Instant
    expires_at: Instant
    locked_at: Instant | null
    ended_at: Instant | null
  }
  'identity.failure': { account_key: Buffer; source: string; failure_id: GeneratedAlways<number>; failed_at: Instant }
  'identity.one_time_link': {
    token_hash: Buffer
    purpose: LinkPurpose
    account_id: number | null
    created_at: Instant
    created_by: number | null
    expires_at: Instant
    used_at: Instant | null
  }
  'identity.audit': {
    audit_id: GeneratedAlways<number>
    at: Instant
    agency_id: number | null
    account_id: number | null
    what: string
    source: string
    details: string
  }
}

export type LinkPurpose = 'first-administrator' | 'set-password'

type IdentityDb = Db<IdentityTables>

export type Account = {
  accountId: number
  officerId: number
  officerName: string
  userName: string
  passwordHash: string | null
  passwordSetAt: Instant | null
  mustChangePassword: boolean
  totpSecret: Buffer | null
  totpConfirmedAt: Instant | null
  totpLastStep: number
  demo: boolean
  usedAt: Instant
  disabledAt: Instant | null
  disabledWhy: 'idle' | 'administrator' | null
}

const accountColumns = sql`
  a.account_id as "accountId", a.officer_id as "officerId", o.name as "officerName", a.user_name as "userName",
  a.password_hash as "passwordHash", a.password_set_at as "passwordSetAt", a.must_change_password as "mustChangePassword",
  a.totp_secret as "totpSecret", a.totp_confirmed_at as "totpConfirmedAt", a.totp_last_step as "totpLastStep", a.demo,
  a.used_at as "usedAt", a.disabled_at as "disabledAt", a.disabled_why as "disabledWhy"`
const fromAccount = sql`from identity.account a join staff.officer o on o.officer_id = a.officer_id`

export async function findAccountByName(db: IdentityDb, userName: string): Promise<Account | undefined> {
  const { rows } = await sql<Account>`select ${accountColumns} ${fromAccount} where a.user_name = ${userName}`.execute(
    db,
  )
  return rows[0]
}

export async function findAccount(db: IdentityDb, accountId: number): Promise<Account | undefined> {
  const { rows } =
    await sql<Account>`select ${accountColumns} ${fromAccount} where a.account_id = ${accountId}`.execute(db)
  return rows[0]
}

export async function findAccountOfOfficer(db: IdentityDb, officerId: number): Promise<Account | undefined> {
  const { rows } =
    await sql<Account>`select ${accountColumns} ${fromAccount} where a.officer_id = ${officerId}`.execute(db)
  return rows[0]
}

export type AccountRow = {
  accountId: number
  officerId: number
  userName: string
  usedAt: Instant
  secondFactor: boolean
  hasPassword: boolean
  disabledWhy: 'idle' | 'administrator' | null
}

export async function listAccounts(db: IdentityDb, officerIds: readonly number[]): Promise<AccountRow[]> {
  const { rows } = await sql<AccountRow>`
    select account_id as "accountId", officer_id as "officerId", user_name as "userName", used_at as "usedAt",
      totp_confirmed_at is not null as "secondFactor", password_hash is not null as "hasPassword", disabled_why as "disabledWhy"
    from identity.account where officer_id = any (${officerIds}::int[])`.execute(db)
  return rows
}

export async function insertAccount(
  db: IdentityDb,
  account: { officerId: number; userName: string; passwordHash: string | null; demo: boolean; now: Instant },
): Promise<number> {
  const { account_id } = await db
    .insertInto('identity.account')
    .values({
      officer_id: account.officerId,
      user_name: account.userName,
      password_hash: account.passwordHash,
      password_set_at: account.passwordHash === null ? null : account.now,
      must_change_password: false,
      totp_secret: null,
      totp_confirmed_at: null,
      totp_last_step: 0,
      demo: account.demo,
      used_at: account.now,
      disabled_at: null,
      disabled_why: null,
      created_at: account.now,
    })
    .returning('account_id')
    .executeTakeFirstOrThrow()
  return account_id
}

/** Sets the password and remembers it among the last ones, `keep` of them. */
export async function storePassword(
  db: IdentityDb,
  {
    accountId,
    passwordHash,
    now,
    keep,
    mustChange = false,
  }: { accountId: number; passwordHash: string; now: Instant; keep: number; mustChange?: boolean },
): Promise<void> {
  await sql`update identity.account set password_hash = ${passwordHash}, password_set_at = ${now}, must_change_password = ${mustChange}
    where account_id = ${accountId}`.execute(db)
  await sql`insert into identity.password (account_id, set_at, password_hash) values (${accountId}, ${now}, ${passwordHash})
    on conflict (account_id, set_at) do update set password_hash = excluded.password_hash`.execute(db)
  await sql`delete from identity.password where account_id = ${accountId} and set_at not in (
    select set_at from identity.password where account_id = ${accountId} order by set_at desc limit ${keep})`.execute(
    db,
  )
  forgetSessions()
}

export async function listPasswordHashes(db: IdentityDb, accountId: number): Promise<string[]> {
  const rows = await db
    .selectFrom('identity.password')
    .select('password_hash')
    .where('account_id', '=', accountId)
    .execute()
  return rows.map((row) => row.password_hash)
}

export const setTotp = (
  db: IdentityDb,
  accountId: number,
  totp: { secret: Buffer | null; confirmedAt: Instant | null; lastStep: number },
) =>
  toldToMemory(
    db
      .updateTable('identity.account')
      .set({ totp_secret: totp.secret, totp_confirmed_at: totp.confirmedAt, totp_last_step: totp.lastStep })
      .where('account_id', '=', accountId)
      .execute(),
  )

/** Uses up a step of time; false when it was used before, also by a request at the same moment. */
export async function spendTotpStep(db: IdentityDb, accountId: number, step: number): Promise<boolean> {
  const { numUpdatedRows } = await db
    .updateTable('identity.account')
    .set({ totp_last_step: step })
    .where('account_id', '=', accountId)
    .where('totp_last_step', '<', step)
    .executeTakeFirst()
  return numUpdatedRows > 0n
}

export async function replaceRecoveryCodes(
  db: IdentityDb,
  accountId: number,
  codeHashes: readonly Buffer[],
): Promise<void> {
  await db.deleteFrom('identity.recovery_code').where('account_id', '=', accountId).execute()
  if (codeHashes.length > 0)
    await db
      .insertInto('identity.recovery_code')
      .values(codeHashes.map((code_hash) => ({ account_id: accountId, code_hash, used_at: null })))
      .execute()
}

export async function spendRecoveryCode(
  db: IdentityDb,
  { accountId, codeHash, now }: { accountId: number; codeHash: Buffer; now: Instant },
): Promise<boolean> {
  const { numUpdatedRows } = await db
    .updateTable('identity.recovery_code')
    .set({ used_at: now })
    .where('account_id', '=', accountId)
    .where('code_hash', '=', codeHash)
    .where('used_at', 'is', null)
    .executeTakeFirst()
  return numUpdatedRows > 0n
}

export async function countRecoveryCodes(db: IdentityDb, accountId: number): Promise<number> {
  const { rows } = await sql<{ count: number }>`
    select count(*) as count from identity.recovery_code where account_id = ${accountId} and used_at is null`.execute(
    db,
  )
  return rows[0]?.count ?? 0
}

export const setDisabled = (
  db: IdentityDb,
  accountId: number,
  disabled: { at: Instant; why: 'idle' | 'administrator' } | null,
  now: Instant,
) =>
  toldToMemory(
    db
      .updateTable('identity.account')
      .set(
        disabled
          ? { disabled_at: disabled.at, disabled_why: disabled.why }
          : { disabled_at: null, disabled_why: null, used_at: now },
      )
      .where('account_id', '=', accountId)
      .execute(),
  )

export const noteUse = (db: IdentityDb, accountId: number, now: Instant) =>
  db.updateTable('identity.account').set({ used_at: now }).where('account_id', '=', accountId).execute()

/** Disables what nobody used since; the accounts that it was. */
export async function disableUnusedSince(db: IdentityDb, since: Instant, now: Instant): Promise<number[]> {
  const rows = await db
    .updateTable('identity.account')
    .set({ disabled_at: now, disabled_why: 'idle' })
    .where('used_at', '<', since)
    .where('disabled_at', 'is', null)
    .where('demo', '=', false)
    .returning('account_id')
    .execute()
  forgetSessions()
  return rows.map((row) => row.account_id)
}

// Sessions

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
    order by seen_at desc`.execute(db)
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

// Failures

export type Failures = { ofAccount: number; last: Instant | null; ofSource: number }

/** Wrong answers in a row for this account from this source, and from the source for whatever accounts; the attempt under way apart. */
export async function countFailures(
  db: IdentityDb,
  {
    accountKey,
    source,
    failureId,
    accountSince,
    sourceSince,
  }: { accountKey: Buffer; source: string; failureId: number; accountSince: Instant; sourceSince: Instant },
): Promise<Failures> {
  const { rows } = await sql<Failures>`
    select count(*) filter (where account_key = ${accountKey} and failed_at > ${accountSince}) as "ofAccount",
      max(failed_at) filter (where account_key = ${accountKey}) as last,
      count(*) filter (where failed_at > ${sourceSince}) as "ofSource"
    from identity.failure where source = ${source} and failure_id <> ${failureId} and failed_at > least(${accountSince}::timestamptz, ${sourceSince}::timestamptz)`.execute(
    db,
  )
  return rows[0] ?? { ofAccount: 0, last: null, ofSource: 0 }
}

export async function recordFailure(
  db: IdentityDb,
  { accountKey, source, now }: { accountKey: Buffer; source: string; now: Instant },
): Promise<number> {
  const { failure_id } = await db
    .insertInto('identity.failure')
    .values({ account_key: accountKey, source, failed_at: now })
    .returning('failure_id')
    .executeTakeFirstOrThrow()
  return failure_id
}

export const removeFailure = (db: IdentityDb, accountKey: Buffer, source: string, failureId: number) =>
  db
    .deleteFrom('identity.failure')
    .where('account_key', '=', accountKey)
    .where('source', '=', source)
    .where('failure_id', '=', failureId)
    .execute()

export const forgetFailures = (db: IdentityDb, accountKey: Buffer, source?: string) => {
  const query = db.deleteFrom('identity.failure').where('account_key', '=', accountKey)
  return (source === undefined ? query : query.where('source', '=', source)).execute()
}

// One-time links

export async function insertLink(
  db: IdentityDb,
  link: {
    tokenHash: Buffer
    purpose: LinkPurpose
    accountId: number | null
    createdBy: number | null
    now: Instant
    expiresAt: Instant
  },
): Promise<void> {
  // A new link makes the earlier ones for the same purpose worthless.
  await sql`update identity.one_time_link set used_at = ${link.now}
    where purpose = ${link.purpose} and account_id is not distinct from ${link.accountId} and used_at is null`.execute(
    db,
  )
  await db
    .insertInto('identity.one_time_link')
    .values({
      token_hash: link.tokenHash,
      purpose: link.purpose,
      account_id: link.accountId,
      created_by: link.createdBy,
      created_at: link.now,
      expires_at: link.expiresAt,
      used_at: null,
    })
    .execute()
}

export type Link = { purpose: LinkPurpose; accountId: number | null }

export async function findLink(db: IdentityDb, tokenHash: Buffer, now: Instant): Promise<Link | undefined> {
  const { rows } = await sql<Link>`
    select purpose, account_id as "accountId" from identity.one_time_link
    where token_hash = ${tokenHash} and used_at is null and expires_at > ${now}`.execute(db)
  return rows[0]
}

/** Uses a link up; undefined when it is worthless, also for the second of two at the same moment. */
export async function spendLink(db: IdentityDb, tokenHash: Buffer, now: Instant): Promise<Link | undefined> {
  const { rows } = await sql<Link>`
    update identity.one_time_link set used_at = ${now}
    where token_hash = ${tokenHash} and used_at is null and expires_at > ${now}
    returning purpose, account_id as "accountId"`.execute(db)
  return rows[0]
}

/** Whether somebody administers the system already. */
export async function hasSystemAdministrator(db: IdentityDb): Promise<boolean> {
  const { rows } = await sql<{ found: boolean }>`
    select exists (select from staff.post p join identity.account a on a.officer_id = p.officer_id where p.role = 'system-admin') as found`.execute(
    db,
  )
  return rows[0]?.found ?? false
}

// The log of access

export const auditWords = [
  'signed-in',
  'sign-in-failed',
  'source-locked',
  'signed-out',
  'session-unlocked',
  'session-ended',
  'password-changed',
  'password-link-made',
  'password-set-by-link',
  'second-factor-enrolled',
  'second-factor-removed',
  'recovery-codes-made',
  'recovery-code-used',
  'account-made',
  'account-disabled',
  'account-enabled',
  'identity-number-revealed',
  'personal-data-erased',
  'file-opened',
  'exported',
  'provider-linked',
  'provider-changed',
  'level-changed',
  'retention-changed',
] as const
export type AuditWord = (typeof auditWords)[number]

export type AuditEntry = {
  now: Instant
  what: AuditWord
  agencyId?: number | null
  accountId?: number | null
  source?: string
  /** Ids and codes only, never personal data. */
  details?: Readonly<Record<string, unknown>>
}

/** Writes into the log of access; the application can neither change nor delete what it wrote. */
export async function recordAudit(db: IdentityDb, entry: AuditEntry): Promise<void> {
  await db
    .insertInto('identity.audit')
    .values({
      at: entry.now,
      what: entry.what,
      agency_id: entry.agencyId ?? null,
      account_id: entry.accountId ?? null,
      source: entry.source ?? '',
      details: JSON.stringify(entry.details ?? {}),
    })
    .execute()
}

export type AuditRow = {
  auditId: number
  at: Instant
  what: AuditWord
  agencyId: number | null
  accountId: number | null
  userName: string | null
  officerName: string | null
  source: string
  details: Record<string, unknown>
}

/** The newest first; `agencies` undefined means all. */
export async function listAudit(
  db: IdentityDb,
  {
    agencies,
    what,
    accountId,
    before,
    limit = 100,
  }: {
    agencies?: readonly number[] | undefined
    what?: string | undefined
    accountId?: number | undefined
    before?: number | undefined
    limit?: number
  },
): Promise<AuditRow[]> {
  const { rows } = await sql<AuditRow>`
    select t.audit_id as "auditId", t.at, t.what, t.agency_id as "agencyId", t.account_id as "accountId",
      a.user_name as "userName", o.name as "officerName", t.source, t.details
    from identity.audit t left join identity.account a on a.account_id = t.account_id left join staff.officer o on o.officer_id = a.officer_id
    where true ${agencies ? sql`and t.agency_id = any (${agencies}::int[])` : sql``} ${what ? sql`and t.what = ${what}` : sql``}
      ${accountId === undefined ? sql`` : sql`and t.account_id = ${accountId}`} ${before === undefined ? sql`` : sql`and t.audit_id < ${before}`}
    order by t.audit_id desc limit ${limit}`.execute(db)
  return rows
}
