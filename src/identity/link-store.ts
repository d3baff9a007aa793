import { sql } from 'kysely'
import type { Instant } from '../platform/day.ts'
import type { IdentityDb, LinkPurpose } from './tables.ts'

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
