import { sql } from 'kysely'
import type { Instant } from '../../platform/day.ts'
import type { AccountDb, CodePurpose } from './tables.ts'

export const insertCode = (
  db: AccountDb,
  code: {
    tokenHash: Buffer
    purpose: CodePurpose
    contactIndex: Buffer
    accountId: string | null
    secret: Buffer
    codeMac: Buffer
    source: string
    now: Instant
    expiresAt: Instant
  },
) =>
  db
    .insertInto('portal.citizen_code')
    .values({
      token_hash: code.tokenHash,
      purpose: code.purpose,
      contact_index: code.contactIndex,
      account_id: code.accountId,
      secret: code.secret,
      code_mac: code.codeMac,
      source: code.source,
      tries: 0,
      made_at: code.now,
      expires_at: code.expiresAt,
      confirmed_at: null,
      used_at: null,
    })
    .execute()

/** Codes for a contact since a moment, from whatever source. */
export async function countCodes(db: AccountDb, contactIndex: Buffer, since: Instant): Promise<number> {
  const { rows } = await sql<{ count: number }>`
    select count(*) as count from portal.citizen_code where contact_index = ${contactIndex} and made_at > ${since}`.execute(
    db,
  )
  return rows[0]?.count ?? 0
}

export type CodeRow = {
  purpose: CodePurpose
  contactIndex: Buffer
  accountId: string | null
  secret: Buffer
  codeMac: Buffer
  tries: number
  confirmedAt: Instant | null
}

const codeColumns = sql`purpose, contact_index as "contactIndex", account_id as "accountId", secret, code_mac as "codeMac",
  tries, confirmed_at as "confirmedAt"`

/** Counts a try before it is judged, so that many at once get five together; undefined when there is none left. */
export async function beginTry(
  db: AccountDb,
  { tokenHash, purpose, now }: { tokenHash: Buffer; purpose: CodePurpose; now: Instant },
): Promise<CodeRow | undefined> {
  const { rows } = await sql<CodeRow>`
    update portal.citizen_code set tries = tries + 1
    where token_hash = ${tokenHash} and purpose = ${purpose} and tries < 5 and expires_at > ${now}
      and confirmed_at is null and used_at is null
    returning ${codeColumns}`.execute(db)
  return rows[0]
}

export const confirmCode = (db: AccountDb, tokenHash: Buffer, { now, until }: { now: Instant; until: Instant }) =>
  db
    .updateTable('portal.citizen_code')
    .set({ confirmed_at: now, expires_at: until })
    .where('token_hash', '=', tokenHash)
    .execute()

/** The code of this browser as it stands, unless it is over. */
export async function findCode(
  db: AccountDb,
  { tokenHash, purpose, now }: { tokenHash: Buffer; purpose: CodePurpose; now: Instant },
): Promise<CodeRow | undefined> {
  const { rows } = await sql<CodeRow>`select ${codeColumns} from portal.citizen_code
    where token_hash = ${tokenHash} and purpose = ${purpose} and expires_at > ${now} and used_at is null`.execute(db)
  return rows[0]
}

/** Uses a confirmed code up; undefined for the second of two at the same moment. */
export async function spendCode(
  db: AccountDb,
  { tokenHash, purpose, now }: { tokenHash: Buffer; purpose: CodePurpose; now: Instant },
): Promise<CodeRow | undefined> {
  const { rows } = await sql<CodeRow>`update portal.citizen_code set used_at = ${now}
    where token_hash = ${tokenHash} and purpose = ${purpose} and expires_at > ${now} and used_at is null
      and confirmed_at is not null
    returning ${codeColumns}`.execute(db)
  return rows[0]
}
