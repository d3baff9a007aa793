import { sql, type ColumnType } from 'kysely'
import type { Db, Tx } from '../platform/db.ts'
import type { Day, Instant } from '../platform/day.ts'
import type {
  Channel,
  DeadlineWhat,
  Kind,
  PetitionFile,
  PetitionStatus,
  Rating,
  Referral,
  Settings,
} from './contract.ts'
import type { Happened, PetitionEvent } from './rules/lifecycle.ts'

type Json<Value> = ColumnType<Value, string, string>

export type EventRow = {
  agency_id: number
  petition_id: string
  version: number
  type: string
  body: Json<PetitionEvent>
  recorded_at: Instant
  officer_id: number | null
  post_id: number | null
  on_behalf_of: number | null
  source: 'officer' | 'sender' | 'system'
  command_id: string
  ordinal: number
}

export type PetitionRow = {
  agency_id: number
  petition_id: string
  code: string
  version: number
  status: PetitionStatus
  channel: Channel
  reference: string | null
  kind: Kind | null
  referral: Referral | null
  restricted: boolean
  concerned: number[]
  unit_id: number | null
  officer_id: number | null
  registered_by: number | null
  dossier_code: string | null
  procedure_code: string | null
  phone_index: Buffer | null
  received_at: Instant
  due_at: Instant | null
  due_what: DeadlineWhat | null
  answered_at: Instant | null
  ended_at: Instant | null
  published_at: Instant | null
  next_agency_id: number | null
  next_petition_id: string | null
}

export type WritingRow = {
  agency_id: number
  writing_id: string
  petition_id: string
  kind: string
  sealed: Buffer | null
  recorded_at: Instant
  erased_at: Instant | null
}

export type FileRow = {
  agency_id: number
  file_id: string
  petition_id: string
  sha256: string
  size: number
  media_type: string
  name: string
  origin: PetitionFile['origin']
  added_by: number | null
  added_at: Instant
}

export type PublicationRow = {
  agency_id: number
  petition_id: string
  code: string
  kind: Kind
  title: string
  story: string
  place: string
  answer: string
  sender: string
  received_on: Day
  answered_on: Day
  published_at: Instant
  search_text: string
  files: string[]
  released_by: number | null
}

export type FactRow = {
  agency_id: number
  petition_id: string
  version: number
  known_from: Instant
  code: string
  received_on: Day
  channel: Channel
  status: PetitionStatus
  kind: Kind | null
  referral: Referral | null
  resolved_on: Day | null
  resolved_in_time: boolean | null
  ended_on: Day | null
  due_at: Instant | null
  published_on: Day | null
  published_in_time: boolean | null
  transferred: boolean
  rating: Rating | null
}

export type FeedbackTables = {
  'feedback.counter': { agency_id: number; year: number; last: number }
  'feedback.event': EventRow
  'feedback.petition': PetitionRow
  'feedback.writing': WritingRow
  'feedback.file': FileRow
  'feedback.disclosure': {
    agency_id: number
    disclosure_id: string
    petition_id: string
    officer_id: number
    reason: string
    disclosed_at: Instant
  }
  'feedback.publication': PublicationRow
  'feedback.fact': FactRow
  'feedback.setting': {
    agency_id: number
    number: number
    content: Json<Settings>
    changed_by: number | null
    changed_at: Instant
  }
  'feedback.draft': { token_hash: Buffer; sealed: Buffer; source: string; changed_at: Instant }
}

export type FeedbackDb = Db<FeedbackTables>
export type FeedbackTx = Tx<FeedbackTables>

type Key = { agencyId: number; petitionId: string }

export const toHappened = (row: Pick<LoadedEvent, 'version' | 'recorded_at' | 'officer_id' | 'body'>): Happened => ({
  version: row.version,
  at: row.recorded_at,
  officerId: row.officer_id,
  event: row.body,
})

export type LoadedEvent = Omit<EventRow, 'body'> & { body: PetitionEvent }

/** All events of a petition, oldest first. */
export const loadEvents = (db: FeedbackDb, { agencyId, petitionId }: Key): Promise<LoadedEvent[]> =>
  db
    .selectFrom('feedback.event')
    .selectAll()
    .where('agency_id', '=', agencyId)
    .where('petition_id', '=', petitionId)
    .orderBy('version')
    .execute()

/** Holds the petition for the rest of the transaction, so that two commands come one after the other. */
export async function lockPetition(tx: FeedbackTx, { agencyId, petitionId }: Key): Promise<boolean> {
  const { rows } = await sql`select from feedback.petition
    where agency_id = ${agencyId} and petition_id = ${petitionId} for update`.execute(tx)
  return rows.length > 0
}

/** One command id is carried out by one transaction at a time. */
export async function findCommand(
  tx: FeedbackTx,
  agencyId: number,
  commandId: string,
): Promise<{ petition_id: string; type: string } | undefined> {
  await sql`select pg_advisory_xact_lock(hashtextextended(${`feedback ${agencyId} ${commandId}`}, 0))`.execute(tx)
  return tx
    .selectFrom('feedback.event')
    .select(['petition_id', 'type'])
    .where('agency_id', '=', agencyId)
    .where('command_id', '=', commandId)
    .where('ordinal', '=', 0)
    .executeTakeFirst()
}

/** The next number of a year; without a gap, since it is given back with the transaction. */
export async function nextNumber(tx: FeedbackTx, agencyId: number, year: number): Promise<number> {
  const { last } = await tx
    .insertInto('feedback.counter')
    .values({ agency_id: agencyId, year, last: 1 })
    .onConflict((on) => on.columns(['agency_id', 'year']).doUpdateSet({ last: sql<number>`feedback.counter.last + 1` }))
    .returning('last')
    .executeTakeFirstOrThrow()
  return last
}

export type Change = {
  events: (Omit<EventRow, 'body'> & { body: PetitionEvent })[]
  petition: PetitionRow
  writings: WritingRow[]
  fact: FactRow
}

/** Writes what a command brought about. */
export async function append(tx: FeedbackTx, { events, petition, writings, fact }: Change): Promise<void> {
  if (writings.length > 0) await tx.insertInto('feedback.writing').values(writings).execute()
  await tx
    .insertInto('feedback.event')
    .values(events.map((event) => ({ ...event, body: JSON.stringify(event.body) })))
    .execute()
  const { agency_id: _agency, petition_id: _petition, ...present } = petition
  await tx
    .insertInto('feedback.petition')
    .values(petition)
    .onConflict((on) => on.columns(['agency_id', 'petition_id']).doUpdateSet(present))
    .execute()
  await tx.insertInto('feedback.fact').values(fact).execute()
}

export const loadWritings = (db: FeedbackDb, { agencyId, petitionId }: Key): Promise<WritingRow[]> =>
  db
    .selectFrom('feedback.writing')
    .selectAll()
    .where('agency_id', '=', agencyId)
    .where('petition_id', '=', petitionId)
    .execute()

export const listFiles = (db: FeedbackDb, { agencyId, petitionId }: Key): Promise<FileRow[]> =>
  db
    .selectFrom('feedback.file')
    .selectAll()
    .where('agency_id', '=', agencyId)
    .where('petition_id', '=', petitionId)
    .orderBy('added_at')
    .orderBy('file_id')
    .execute()

export const findPetition = (db: FeedbackDb, { agencyId, petitionId }: Key): Promise<PetitionRow | undefined> =>
  db
    .selectFrom('feedback.petition')
    .selectAll()
    .where('agency_id', '=', agencyId)
    .where('petition_id', '=', petitionId)
    .executeTakeFirst()

/** The petition among those that the transaction may see. */
export const locatePetition = (db: FeedbackDb, petitionId: string): Promise<PetitionRow | undefined> =>
  db.selectFrom('feedback.petition').selectAll().where('petition_id', '=', petitionId).executeTakeFirst()

export const findByCode = (db: FeedbackDb, agencyId: number, code: string): Promise<PetitionRow | undefined> =>
  db
    .selectFrom('feedback.petition')
    .selectAll()
    .where('agency_id', '=', agencyId)
    .where('code', '=', code)
    .executeTakeFirst()

export const listOfDossier = (db: FeedbackDb, agencyId: number, code: string): Promise<PetitionRow[]> =>
  db
    .selectFrom('feedback.petition')
    .selectAll()
    .where('agency_id', '=', agencyId)
    .where('dossier_code', '=', code)
    .orderBy('received_at', 'desc')
    .orderBy('petition_id', 'desc')
    .limit(50)
    .execute()

export const listOfPhone = (db: FeedbackDb, agencyId: number, index: Buffer): Promise<PetitionRow[]> =>
  db
    .selectFrom('feedback.petition')
    .selectAll()
    .where('agency_id', '=', agencyId)
    .where('phone_index', '=', index)
    .orderBy('received_at', 'desc')
    .orderBy('petition_id', 'desc')
    .limit(20)
    .execute()

/** What a list of petitions is narrowed to. */
export type Narrowed = {
  agencies: readonly number[]
  /** What this officer may see, as conditions: the same as rules/visibility.ts. */
  sight: { officerId: number; headOf: readonly number[]; overseen: readonly number[]; units: readonly number[] }
  state?: 'open' | 'late' | 'today' | 'new' | 'waiting' | 'answered' | 'ended' | undefined
  mine?: boolean | undefined
  code?: string | undefined
  phone?: Buffer | undefined
  received?: { from: Instant; to: Instant } | undefined
  now: Instant
  endOfToday: Instant
}

const conditionOf = (state: NonNullable<Narrowed['state']>, now: Instant, endOfToday: Instant) =>
  ({
    open: sql`p.ended_at is null and p.due_at is not null`,
    late: sql`p.ended_at is null and p.due_at < ${now} and p.status <> 'awaiting-supplement'`,
    today: sql`p.ended_at is null and p.due_at >= ${now} and p.due_at <= ${endOfToday}`,
    new: sql`p.status = 'new'`,
    waiting: sql`p.status = 'awaiting-supplement'`,
    answered: sql`p.status in ('answered', 'published')`,
    ended: sql`p.ended_at is not null`,
  })[state]

function within({ agencies, sight, mine, code, phone, received }: Omit<Narrowed, 'state'>) {
  const { officerId, headOf, overseen, units } = sight
  return sql`p.agency_id = any(${[...agencies]}::int[]) and not ${officerId} = any(p.concerned)
    and (p.agency_id = any(${[...headOf]}::int[])
      or (not p.restricted and p.referral is distinct from 'denunciation' and (p.agency_id = any(${[...overseen]}::int[])
        or p.officer_id = ${officerId} or p.registered_by = ${officerId} or p.unit_id = any(${[...units]}::int[]))))
    ${mine ? sql`and (p.officer_id = ${officerId} or (p.officer_id is null and p.unit_id = any(${[...units]}::int[])))` : sql``}
    ${
      code === undefined
        ? sql``
        : sql`and (p.code like ${`%${code}%`} or p.reference ilike ${`%${code}%`} or p.dossier_code like ${`%${code}%`}
      or p.phone_index = ${phone ?? null})`
    }
    ${received ? sql`and p.received_at >= ${received.from} and p.received_at < ${received.to}` : sql``}`
}

export type Listed = PetitionRow & { story: Buffer | null }

/** The queue: what is due first stands first, what nobody waits for comes last. */
export async function listQueue(
  db: FeedbackDb,
  narrowed: Narrowed,
  { after, limit }: { after: { sortAt: Instant; petitionId: string } | undefined; limit: number },
): Promise<(Listed & { sort_at: Instant })[]> {
  const { state, now, endOfToday } = narrowed
  const sort = sql`coalesce(case when p.ended_at is null then p.due_at end, 'infinity'::timestamptz)`
  const { rows } = await sql<Listed & { sort_at: Instant }>`
    select p.*, (${sort})::text as sort_at, w.sealed as story
    from feedback.petition p
    left join feedback.event e on e.agency_id = p.agency_id and e.petition_id = p.petition_id and e.version = 1
    left join feedback.writing w on w.agency_id = p.agency_id and w.writing_id = (e.body ->> 'storyId')::uuid
    where ${within(narrowed)} ${state ? sql`and ${conditionOf(state, now, endOfToday)}` : sql``}
      ${after ? sql`and (${sort}, p.petition_id) > (${after.sortAt}::timestamptz, ${after.petitionId}::uuid)` : sql``}
    order by ${sort}, p.petition_id limit ${limit}`.execute(db)
  return rows
}

export type Counts = { open: number; late: number; today: number; new: number; waiting: number; answered: number }

export async function countQueue(db: FeedbackDb, narrowed: Narrowed): Promise<Counts> {
  const { now, endOfToday } = narrowed
  const filtered = (state: NonNullable<Narrowed['state']>) =>
    sql`count(*) filter (where ${conditionOf(state, now, endOfToday)})`
  const { rows } = await sql<Counts>`
    select ${filtered('open')} as open, ${filtered('late')} as late, ${filtered('today')} as today, ${filtered('new')} as new,
      ${filtered('waiting')} as waiting, ${filtered('answered')} as answered
    from feedback.petition p where ${within(narrowed)}`.execute(db)
  return rows[0] ?? { open: 0, late: 0, today: 0, new: 0, waiting: 0, answered: 0 }
}

/** For the register: in the order in which they came. */
export async function listRegister(db: FeedbackDb, narrowed: Narrowed, limit: number): Promise<PetitionRow[]> {
  const { rows } = await sql<PetitionRow>`
    select p.* from feedback.petition p where ${within(narrowed)} order by p.received_at, p.code limit ${limit}`.execute(
    db,
  )
  return rows
}

/** Answered ones that nobody may reopen any more, for the job that closes them. */
export async function listToClose(db: FeedbackDb, agencies: readonly number[], before: Instant): Promise<Key[]> {
  const { rows } = await sql<Key>`
    select agency_id as "agencyId", petition_id as "petitionId" from feedback.petition
    where agency_id = any(${[...agencies]}::int[]) and status in ('answered', 'published') and answered_at < ${before}
    order by answered_at limit 500`.execute(db)
  return rows
}

/** Petitions on which an officer has to act, whose time ends in between. */
export const listDue = (
  db: FeedbackDb,
  { agencyId, from, to }: { agencyId: number; from: Instant; to: Instant },
): Promise<PetitionRow[]> =>
  db
    .selectFrom('feedback.petition')
    .selectAll()
    .where('agency_id', '=', agencyId)
    .where('ended_at', 'is', null)
    .where('status', '<>', 'awaiting-supplement')
    .where('due_at', '>', from)
    .where('due_at', '<=', to)
    .orderBy('due_at')
    .orderBy('petition_id')
    .limit(500)
    .execute()

// --- Publication ------------------------------------------------------------------------------------------------------

export async function putPublication(tx: FeedbackTx, row: PublicationRow): Promise<void> {
  const { agency_id: _agency, petition_id: _petition, ...rest } = row
  await tx
    .insertInto('feedback.publication')
    .values(row)
    .onConflict((on) => on.columns(['agency_id', 'petition_id']).doUpdateSet(rest))
    .execute()
}

export const dropPublication = (tx: FeedbackTx, { agencyId, petitionId }: Key) =>
  tx
    .deleteFrom('feedback.publication')
    .where('agency_id', '=', agencyId)
    .where('petition_id', '=', petitionId)
    .execute()

export type PublicSearch = {
  agencies: readonly number[]
  words: readonly string[]
  kind: Kind | undefined
  year: number | undefined
  after: { publishedAt: Instant; petitionId: string } | undefined
  limit: number
}

/** Published petitions, the latest first. */
export async function listPublished(
  db: FeedbackDb,
  { agencies, words, kind, year, after, limit }: PublicSearch,
): Promise<PublicationRow[]> {
  let query = db
    .selectFrom('feedback.publication')
    .selectAll()
    .where('agency_id', 'in', agencies.length > 0 ? [...agencies] : [-1])
  for (const word of words)
    query = query.where('search_text', 'like', `%${word.replaceAll(/[\\%_]/g, String.raw`\$&`)}%`)
  if (kind) query = query.where('kind', '=', kind)
  if (year !== undefined)
    query = query.where('received_on', '>=', `${year}-01-01`).where('received_on', '<=', `${year}-12-31`)
  if (after)
    query = query.where(
      sql<boolean>`(published_at, petition_id) < (${after.publishedAt}::timestamptz, ${after.petitionId}::uuid)`,
    )
  return query.orderBy('published_at', 'desc').orderBy('petition_id', 'desc').limit(limit).execute()
}

export const findPublished = (db: FeedbackDb, agencyId: number, code: string): Promise<PublicationRow | undefined> =>
  db
    .selectFrom('feedback.publication')
    .selectAll()
    .where('agency_id', '=', agencyId)
    .where('code', '=', code)
    .executeTakeFirst()

// --- Settings -----------------------------------------------------------------------------------------------------------

export type SettingRow = {
  agency_id: number
  number: number
  content: Settings
  changed_by: number | null
  changed_at: Instant
}

/** The settings in force of these agencies, by agency. */
export async function loadSettings(db: FeedbackDb, agencies: readonly number[]): Promise<Map<number, SettingRow>> {
  const { rows } = await sql<SettingRow>`
    select distinct on (agency_id) * from feedback.setting where agency_id = any(${[...agencies]}::int[])
    order by agency_id, number desc`.execute(db)
  return new Map(rows.map((row) => [row.agency_id, row]))
}

export async function addSetting(
  tx: FeedbackTx,
  { agencyId, content, by, at }: { agencyId: number; content: Settings; by: number | null; at: Instant },
): Promise<void> {
  await sql`insert into feedback.setting (agency_id, number, content, changed_by, changed_at)
    select ${agencyId}, coalesce(max(number), 0) + 1, ${JSON.stringify(content)}::jsonb, ${by}, ${at}
    from feedback.setting where agency_id = ${agencyId}`.execute(tx)
}

// --- Drafts -------------------------------------------------------------------------------------------------------------

export const findDraft = (db: FeedbackDb, tokenHash: Buffer, since: Instant) =>
  db
    .selectFrom('feedback.draft')
    .selectAll()
    .where('token_hash', '=', tokenHash)
    .where('changed_at', '>', since)
    .executeTakeFirst()

/** Keeps a draft, unless this source has too many already. */
export async function putDraft(
  db: FeedbackDb,
  draft: FeedbackTables['feedback.draft'],
  most: number,
): Promise<boolean> {
  const { rows } = await sql`
    insert into feedback.draft (token_hash, sealed, source, changed_at)
    select ${draft.token_hash}, ${draft.sealed}, ${draft.source}, ${draft.changed_at}
    where exists (select from feedback.draft where token_hash = ${draft.token_hash})
      or (select count(*) from feedback.draft where source = ${draft.source} and changed_at > ${draft.changed_at}::timestamptz - interval '1 day') < ${most}
    on conflict (token_hash) do update set sealed = excluded.sealed, changed_at = excluded.changed_at
    returning token_hash`.execute(db)
  return rows.length > 0
}

export const dropDraft = (db: FeedbackDb, tokenHash: Buffer) =>
  db.deleteFrom('feedback.draft').where('token_hash', '=', tokenHash).execute()

export async function dropOldDrafts(db: FeedbackDb, before: Instant): Promise<number> {
  const { numDeletedRows } = await db.deleteFrom('feedback.draft').where('changed_at', '<', before).executeTakeFirst()
  return Number(numDeletedRows)
}

// --- What lies elsewhere ------------------------------------------------------------------------------------------------

/** The dossier of that code in these agencies, if this transaction may see it. */
export async function findDossierId(db: FeedbackDb, agencies: readonly number[], code: string): Promise<string | null> {
  const { rows } = await sql<{ dossier_id: string }>`
    select dossier_id from dossiers.dossier where agency_id = any(${[...agencies]}::int[]) and code = ${code} limit 1`.execute(
    db,
  )
  return rows[0]?.dossier_id ?? null
}
