import { sql } from 'kysely'
import type { Instant } from '../platform/day.ts'
import { forgetSessions, toldToMemory } from './session-memory.ts'
import type { IdentityDb } from './tables.ts'

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

export const accountColumns = sql`
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
