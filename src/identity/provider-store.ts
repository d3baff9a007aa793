import { sql, type GeneratedAlways } from 'kysely'
import type { Instant } from '../platform/day.ts'
import type { Db } from '../platform/db.ts'
import type { ProviderSettings } from './contract.ts'
import type { OfficerKey } from './rules/provider.ts'

export type ProviderTables = {
  'identity.provider': {
    provider_id: GeneratedAlways<number>
    name: string
    issuer: string
    client_id: string
    client_secret: Buffer | null
    for_citizens: boolean
    for_officers: boolean
    enabled: boolean
    settings: string
    changed_at: Instant
    changed_by: number | null
  }
  'identity.provider_attempt': {
    state_hash: Buffer
    browser_hash: Buffer
    provider_id: number
    purpose: ProviderPurpose
    secret: Buffer
    expires_at: Instant
  }
  'identity.provider_link': { provider_id: number; subject_index: Buffer; account_id: number; linked_at: Instant }
}

/** Whose sign-in it is. */
export type ProviderPurpose = 'citizen' | 'officer'
type ProviderDb = Db<ProviderTables>

export type Provider = {
  providerId: number
  name: string
  issuer: string
  clientId: string
  clientSecret: Buffer | null
  forCitizens: boolean
  forOfficers: boolean
  enabled: boolean
  settings: ProviderSettings
  changedAt: Instant
}

const columns = sql`provider_id as "providerId", name, issuer, client_id as "clientId", client_secret as "clientSecret",
  for_citizens as "forCitizens", for_officers as "forOfficers", enabled, settings, changed_at as "changedAt"`

export async function listProviders(db: ProviderDb): Promise<Provider[]> {
  const { rows } = await sql<Provider>`select ${columns} from identity.provider order by name, provider_id`.execute(db)
  return rows
}

export async function findProvider(db: ProviderDb, providerId: number): Promise<Provider | undefined> {
  const { rows } =
    await sql<Provider>`select ${columns} from identity.provider where provider_id = ${providerId}`.execute(db)
  return rows[0]
}

export type ProviderChange = Omit<Provider, 'providerId' | 'clientSecret' | 'changedAt'> & {
  /** Undefined: as it was. */
  clientSecret: Buffer | null | undefined
  now: Instant
  by: number | null
}

const rowOf = (change: ProviderChange) => ({
  name: change.name,
  issuer: change.issuer,
  client_id: change.clientId,
  for_citizens: change.forCitizens,
  for_officers: change.forOfficers,
  enabled: change.enabled,
  settings: JSON.stringify(change.settings),
  changed_at: change.now,
  changed_by: change.by,
  ...(change.clientSecret === undefined ? {} : { client_secret: change.clientSecret }),
})

export async function insertProvider(db: ProviderDb, change: ProviderChange): Promise<number> {
  const { provider_id } = await db
    .insertInto('identity.provider')
    .values({ client_secret: null, ...rowOf(change) })
    .returning('provider_id')
    .executeTakeFirstOrThrow()
  return provider_id
}

export async function updateProvider(db: ProviderDb, providerId: number, change: ProviderChange): Promise<boolean> {
  const { numUpdatedRows } = await db
    .updateTable('identity.provider')
    .set(rowOf(change))
    .where('provider_id', '=', providerId)
    .executeTakeFirst()
  return numUpdatedRows > 0n
}

export async function isClientTaken(
  db: ProviderDb,
  { issuer, clientId, except }: { issuer: string; clientId: string; except: number | null },
): Promise<boolean> {
  const { rows } = await sql<{ found: boolean }>`select exists (select from identity.provider
    where issuer = ${issuer} and client_id = ${clientId} and provider_id is distinct from ${except}::int) as found`.execute(
    db,
  )
  return rows[0]?.found ?? false
}

// --- Attempts -----------------------------------------------------------------------------------------------------------

export const insertAttempt = (
  db: ProviderDb,
  attempt: {
    stateHash: Buffer
    browserHash: Buffer
    providerId: number
    purpose: ProviderPurpose
    secret: Buffer
    expiresAt: Instant
  },
) =>
  db
    .insertInto('identity.provider_attempt')
    .values({
      state_hash: attempt.stateHash,
      browser_hash: attempt.browserHash,
      provider_id: attempt.providerId,
      purpose: attempt.purpose,
      secret: attempt.secret,
      expires_at: attempt.expiresAt,
    })
    .execute()

/** Takes an attempt out, so that an answer counts once; undefined when it is not this browser's, not there or too old. */
export async function takeAttempt(
  db: ProviderDb,
  attempt: { stateHash: Buffer; browserHash: Buffer; providerId: number; purpose: ProviderPurpose; now: Instant },
): Promise<Buffer | undefined> {
  const { rows } = await sql<{ secret: Buffer }>`delete from identity.provider_attempt
    where state_hash = ${attempt.stateHash} and browser_hash = ${attempt.browserHash} and provider_id = ${attempt.providerId}
      and purpose = ${attempt.purpose} and expires_at > ${attempt.now}
    returning secret`.execute(db)
  return rows[0]?.secret
}

export const purgeAttempts = (db: ProviderDb, before: Instant) =>
  db.deleteFrom('identity.provider_attempt').where('expires_at', '<', before).execute()

// --- Officers -----------------------------------------------------------------------------------------------------------

export async function findLinkedAccount(
  db: ProviderDb,
  providerId: number,
  subjectIndex: Buffer,
): Promise<number | undefined> {
  const { rows } = await sql<{ accountId: number }>`select account_id as "accountId" from identity.provider_link
    where provider_id = ${providerId} and subject_index = ${subjectIndex}`.execute(db)
  return rows[0]?.accountId
}

/** The one account that has this user name, staff code or address of mail; undefined when none has, or several. */
export async function findAccountByKey(db: ProviderDb, { by, value }: OfficerKey): Promise<number | undefined> {
  const where = {
    'user-name': sql`a.user_name = ${value}`,
    'staff-code': sql`o.staff_code = ${value}`,
    email: sql`lower(o.email) = ${value}`,
  }[by]
  const { rows } = await sql<{ accountId: number }>`select a.account_id as "accountId" from identity.account a
    join staff.officer o on o.officer_id = a.officer_id where ${where} limit 2`.execute(db)
  return rows.length === 1 ? rows[0]?.accountId : undefined
}

/** Ties a person at the provider to an account; false when the account is tied to another person there. */
export async function linkAccount(
  db: ProviderDb,
  link: { providerId: number; subjectIndex: Buffer; accountId: number; now: Instant },
): Promise<boolean> {
  await sql`insert into identity.provider_link (provider_id, subject_index, account_id, linked_at)
    values (${link.providerId}, ${link.subjectIndex}, ${link.accountId}, ${link.now}) on conflict do nothing`.execute(
    db,
  )
  return (await findLinkedAccount(db, link.providerId, link.subjectIndex)) === link.accountId
}
