import { sql } from 'kysely'
import type { Instant } from '../platform/day.ts'
import type { IdentityDb } from './tables.ts'

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
