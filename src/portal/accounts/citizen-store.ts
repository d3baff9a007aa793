import { sql } from 'kysely'
import type { Instant } from '../../platform/day.ts'
import { endSessions } from './session-store.ts'
import type { AccountDb, ContactKind } from './tables.ts'

export type CitizenRow = {
  accountId: string
  secret: Buffer
  passwordHash: string | null
  identityVerified: boolean
}

const citizenColumns = sql`c.account_id as "accountId", c.secret, c.password_hash as "passwordHash", c.identity_verified as "identityVerified"`

export async function findCitizen(db: AccountDb, accountId: string): Promise<CitizenRow | undefined> {
  const { rows } = await sql<CitizenRow>`select ${citizenColumns} from portal.citizen c
    where c.account_id = ${accountId} and c.closed_at is null`.execute(db)
  return rows[0]
}

export async function findCitizenByContact(db: AccountDb, contactIndex: Buffer): Promise<CitizenRow | undefined> {
  const { rows } = await sql<CitizenRow>`select ${citizenColumns} from portal.citizen_contact t
    join portal.citizen c on c.account_id = t.account_id
    where t.contact_index = ${contactIndex} and c.closed_at is null`.execute(db)
  return rows[0]
}

export async function findVerifiedCitizen(db: AccountDb, identityIndex: Buffer): Promise<CitizenRow | undefined> {
  const { rows } = await sql<CitizenRow>`select ${citizenColumns} from portal.citizen c
    where c.identity_index = ${identityIndex} and c.identity_verified`.execute(db)
  return rows[0]
}

export async function findCitizenByLogin(
  db: AccountDb,
  providerId: number,
  subjectIndex: Buffer,
): Promise<CitizenRow | undefined> {
  const { rows } = await sql<CitizenRow>`select ${citizenColumns} from portal.citizen_login l
    join portal.citizen c on c.account_id = l.account_id
    where l.provider_id = ${providerId} and l.subject_index = ${subjectIndex} and c.closed_at is null`.execute(db)
  return rows[0]
}

export const insertCitizen = (
  db: AccountDb,
  citizen: {
    accountId: string
    secret: Buffer
    passwordHash: string | null
    identityIndex: Buffer | null
    identityVerified: boolean
    demo?: boolean
    now: Instant
  },
) =>
  db
    .insertInto('portal.citizen')
    .values({
      account_id: citizen.accountId,
      secret: citizen.secret,
      password_hash: citizen.passwordHash,
      identity_index: citizen.identityIndex,
      identity_verified: citizen.identityVerified,
      demo: citizen.demo ?? false,
      created_at: citizen.now,
      used_at: citizen.now,
      closed_at: null,
    })
    .execute()

export const updateCitizen = (
  db: AccountDb,
  accountId: string,
  change: { secret: Buffer; identityIndex: Buffer | null; identityVerified: boolean },
) =>
  db
    .updateTable('portal.citizen')
    .set({
      secret: change.secret,
      identity_index: change.identityIndex,
      identity_verified: change.identityVerified,
    })
    .where('account_id', '=', accountId)
    .where('closed_at', 'is', null)
    .execute()

export const setPasswordHash = (db: AccountDb, accountId: string, passwordHash: string) =>
  db
    .updateTable('portal.citizen')
    .set({ password_hash: passwordHash })
    .where('account_id', '=', accountId)
    .where('closed_at', 'is', null)
    .execute()

export const noteUse = (db: AccountDb, accountId: string, now: Instant) =>
  db.updateTable('portal.citizen').set({ used_at: now }).where('account_id', '=', accountId).execute()

/** Puts a confirmed contact to an account; false when another account has it. */
export async function putContact(
  db: AccountDb,
  contact: { contactIndex: Buffer; kind: ContactKind; accountId: string; now: Instant },
): Promise<boolean> {
  await sql`delete from portal.citizen_contact
    where account_id = ${contact.accountId} and kind = ${contact.kind} and contact_index <> ${contact.contactIndex}`.execute(
    db,
  )
  const { rows } = await sql<{ accountId: string }>`
    insert into portal.citizen_contact (contact_index, kind, account_id, confirmed_at)
    values (${contact.contactIndex}, ${contact.kind}, ${contact.accountId}, ${contact.now})
    on conflict (contact_index) do update set confirmed_at = excluded.confirmed_at
      where portal.citizen_contact.account_id = excluded.account_id
    returning account_id as "accountId"`.execute(db)
  return rows.length > 0
}

/** Wipes an account: nothing of the person stays but the bare id, to which dossiers and consents refer. */
export async function closeAccount(db: AccountDb, accountId: string, now: Instant): Promise<void> {
  await endSessions(db, accountId, now)
  await db.deleteFrom('portal.citizen_contact').where('account_id', '=', accountId).execute()
  await db.deleteFrom('portal.citizen_login').where('account_id', '=', accountId).execute()
  await db.deleteFrom('portal.citizen_code').where('account_id', '=', accountId).execute()
  await db.deleteFrom('portal.authority').where('account_id', '=', accountId).execute()
  await sql`update portal.citizen set secret = null, password_hash = null, identity_index = null, identity_verified = false,
    closed_at = ${now} where account_id = ${accountId} and closed_at is null`.execute(db)
}

export const insertLogin = (
  db: AccountDb,
  login: { providerId: number; subjectIndex: Buffer; accountId: string; now: Instant },
) =>
  sql`insert into portal.citizen_login (provider_id, subject_index, account_id, linked_at)
    values (${login.providerId}, ${login.subjectIndex}, ${login.accountId}, ${login.now})
    on conflict (provider_id, subject_index) do nothing`.execute(db)
