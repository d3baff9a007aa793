import { sql } from 'kysely'
import type { Day, Instant } from '../../platform/day.ts'
import type { Db } from '../../platform/db.ts'
import type { AuthorityKind } from './contract.ts'
import type { AssuranceLevel, WantedLevel } from './rules/levels.ts'

export type AccountTables = {
  'portal.citizen': {
    account_id: string
    secret: Buffer | null
    password_hash: string | null
    identity_index: Buffer | null
    identity_verified: boolean
    demo: boolean
    created_at: Instant
    used_at: Instant
    closed_at: Instant | null
  }
  'portal.citizen_contact': {
    contact_index: Buffer
    kind: ContactKind
    account_id: string
    confirmed_at: Instant
  }
  'portal.citizen_login': { provider_id: number; subject_index: Buffer; account_id: string; linked_at: Instant }
  'portal.citizen_session': {
    session_id: string
    token_hash: Buffer
    account_id: string
    level: AssuranceLevel
    provider_id: number | null
    source: string
    device: string
    started_at: Instant
    seen_at: Instant
    expires_at: Instant
    ended_at: Instant | null
  }
  'portal.citizen_code': {
    token_hash: Buffer
    purpose: CodePurpose
    contact_index: Buffer
    account_id: string | null
    secret: Buffer
    code_mac: Buffer
    tries: number
    source: string
    made_at: Instant
    expires_at: Instant
    confirmed_at: Instant | null
    used_at: Instant | null
  }
  'portal.authority': {
    authority_id: string
    account_id: string
    kind: AuthorityKind
    secret: Buffer
    principal_index: Buffer | null
    valid_from: Day
    valid_to: Day | null
    recorded_at: Instant
    ended_at: Instant | null
  }
  'portal.authority_proof': {
    authority_id: string
    media_type: string
    file_name: Buffer
    content: Buffer
    bytes: number
  }
  'portal.level_rule': {
    agency_id: number
    procedure_code: string
    level: WantedLevel
    changed_at: Instant
    changed_by: number
  }
}

export type ContactKind = 'phone' | 'email'
export type CodePurpose = 'sign-up' | 'password' | 'contact'
export type AccountDb = Db<AccountTables>

// --- Sessions -----------------------------------------------------------------------------------------------------------

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
    order by seen_at desc`.execute(db)
  return rows
}

// --- Accounts -----------------------------------------------------------------------------------------------------------

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

// --- Logins by a provider -----------------------------------------------------------------------------------------------

export const insertLogin = (
  db: AccountDb,
  login: { providerId: number; subjectIndex: Buffer; accountId: string; now: Instant },
) =>
  sql`insert into portal.citizen_login (provider_id, subject_index, account_id, linked_at)
    values (${login.providerId}, ${login.subjectIndex}, ${login.accountId}, ${login.now})
    on conflict (provider_id, subject_index) do nothing`.execute(db)

// --- Codes --------------------------------------------------------------------------------------------------------------

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

// --- Tidying ------------------------------------------------------------------------------------------------------------

/** Removes sessions and codes that served their time. */
export async function tidyStore(
  db: AccountDb,
  { sessionsBefore, codesBefore }: { sessionsBefore: Instant; codesBefore: Instant },
): Promise<{ sessions: number; codes: number }> {
  const sessions = await db
    .deleteFrom('portal.citizen_session')
    .where((where) => where.or([where('expires_at', '<', sessionsBefore), where('ended_at', '<', sessionsBefore)]))
    .executeTakeFirst()
  const codes = await db.deleteFrom('portal.citizen_code').where('expires_at', '<', codesBefore).executeTakeFirst()
  return { sessions: Number(sessions.numDeletedRows), codes: Number(codes.numDeletedRows) }
}

export async function listUnusedSince(db: AccountDb, since: Instant): Promise<string[]> {
  const { rows } = await sql<{ accountId: string }>`
    select account_id as "accountId" from portal.citizen where closed_at is null and not demo and used_at < ${since}
    order by used_at limit 500`.execute(db)
  return rows.map((row) => row.accountId)
}

// --- Levels that filing asks for ------------------------------------------------------------------------------------------

export type LevelRule = { procedureCode: string; level: WantedLevel }

export async function listLevelRules(db: AccountDb, agencyId: number): Promise<LevelRule[]> {
  const { rows } = await sql<LevelRule>`select procedure_code as "procedureCode", level from portal.level_rule
    where agency_id = ${agencyId} order by procedure_code`.execute(db)
  return rows
}

export const putLevelRule = (db: AccountDb, rule: LevelRule & { agencyId: number; accountId: number; now: Instant }) =>
  sql`insert into portal.level_rule (agency_id, procedure_code, level, changed_at, changed_by)
    values (${rule.agencyId}, ${rule.procedureCode}, ${rule.level}, ${rule.now}, ${rule.accountId})
    on conflict (agency_id, procedure_code) do update
      set level = excluded.level, changed_at = excluded.changed_at, changed_by = excluded.changed_by`.execute(db)

export const removeLevelRule = (db: AccountDb, agencyId: number, procedureCode: string) =>
  db
    .deleteFrom('portal.level_rule')
    .where('agency_id', '=', agencyId)
    .where('procedure_code', '=', procedureCode)
    .execute()

// --- Authority to act for another -----------------------------------------------------------------------------------------

export const insertAuthority = (
  db: AccountDb,
  authority: {
    authorityId: string
    accountId: string
    kind: AuthorityKind
    secret: Buffer
    principalIndex: Buffer | null
    validFrom: Day
    validTo: Day | null
    now: Instant
  },
) =>
  db
    .insertInto('portal.authority')
    .values({
      authority_id: authority.authorityId,
      account_id: authority.accountId,
      kind: authority.kind,
      secret: authority.secret,
      principal_index: authority.principalIndex,
      valid_from: authority.validFrom,
      valid_to: authority.validTo,
      recorded_at: authority.now,
      ended_at: null,
    })
    .execute()

export const insertProof = (
  db: AccountDb,
  proof: { authorityId: string; mediaType: string; fileName: Buffer; content: Buffer; bytes: number },
) =>
  db
    .insertInto('portal.authority_proof')
    .values({
      authority_id: proof.authorityId,
      media_type: proof.mediaType,
      file_name: proof.fileName,
      content: proof.content,
      bytes: proof.bytes,
    })
    .execute()

export type AuthorityRow = {
  authorityId: string
  kind: AuthorityKind
  secret: Buffer
  validFrom: Day
  validTo: Day | null
  recordedAt: Instant
  proofName: Buffer | null
  proofType: string | null
  proofBytes: number | null
}

export async function listAuthorities(db: AccountDb, accountId: string): Promise<AuthorityRow[]> {
  const { rows } = await sql<AuthorityRow>`
    select a.authority_id as "authorityId", a.kind, a.secret, a.valid_from as "validFrom", a.valid_to as "validTo",
      a.recorded_at as "recordedAt", p.file_name as "proofName", p.media_type as "proofType", p.bytes as "proofBytes"
    from portal.authority a left join portal.authority_proof p on p.authority_id = a.authority_id
    where a.account_id = ${accountId} and a.ended_at is null order by a.recorded_at desc`.execute(db)
  return rows
}

export async function findProof(
  db: AccountDb,
  { accountId, authorityId }: { accountId: string; authorityId: string },
): Promise<{ mediaType: string; fileName: Buffer; content: Buffer } | undefined> {
  const { rows } = await sql<{ mediaType: string; fileName: Buffer; content: Buffer }>`
    select p.media_type as "mediaType", p.file_name as "fileName", p.content
    from portal.authority_proof p join portal.authority a on a.authority_id = p.authority_id
    where a.account_id = ${accountId} and a.authority_id = ${authorityId}`.execute(db)
  return rows[0]
}

export async function endAuthority(
  db: AccountDb,
  { accountId, authorityId, now }: { accountId: string; authorityId: string; now: Instant },
): Promise<boolean> {
  const { numUpdatedRows } = await db
    .updateTable('portal.authority')
    .set({ ended_at: now })
    .where('authority_id', '=', authorityId)
    .where('account_id', '=', accountId)
    .where('ended_at', 'is', null)
    .executeTakeFirst()
  return numUpdatedRows > 0n
}
