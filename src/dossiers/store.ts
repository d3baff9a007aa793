import { sql, type ColumnType, type Generated } from 'kysely'
import type pg from 'pg'
import type { Db, Tx } from '../platform/db.ts'
import type { Day, Instant } from '../platform/day.ts'
import type { Process } from '../workflow/index.ts'
import type { Entry } from './chain.ts'
import type { NoticeWay } from './contract.ts'
import type { DossierEvent, Happened, PersonRole } from './rules/events.ts'
import type { DossierRow, TaskRow } from './rules/row.ts'

export type EventRow = {
  agency_id: number
  dossier_id: string
  version: number
  type: string
  body: DossierEvent
  occurred_at: Instant
  recorded_at: Instant
  officer_id: number | null
  post_id: number | null
  on_behalf_of: number | null
  source: Entry['source']
  command_id: string
  ordinal: number
  previous_hash: Buffer
  hash: Buffer
}

/** What of a person is kept in the clear; numbers and telephones are in `secret`. */
export type PersonContent = {
  roles: readonly (PersonRole | 'recipient')[]
  kind: 'individual' | 'foreigner' | 'organisation' | 'newborn'
  name: string
  identityKind: 'citizen' | 'old-citizen' | 'passport' | 'tax-code' | 'none'
  maskedNumber: string
  birthDay: Day | null
  sex: 'male' | 'female' | null
  address: string
  unitCode: string | null
  relation: string
  deliveryAddress: string
}

export type PersonRow = {
  agency_id: number
  person_id: string
  dossier_id: string
  content: PersonContent | null
  secret: Buffer | null
  salt: Buffer
  hash: Buffer
  name_key: string | null
  identity_index: Buffer | null
  phone_index: Buffer | null
  recorded_at: Instant
  erased_at: Instant | null
  /** When the applicant changed it and another row took its place; only the log still names it. */
  superseded_at: Instant | null
}

export type NoteRow = {
  agency_id: number
  note_id: string
  dossier_id: string
  content: unknown
  salt: Buffer
  hash: Buffer
  recorded_at: Instant
  erased_at: Instant | null
}

type Owned = { agency_id: number; dossier_id: string }

export type TaskRecord = Owned &
  TaskRow & {
    code: string
    procedure_version_id: number
    field: string
    channel: string
    applicant_name: string | null
  }
export type DossierRecord = Owned & DossierRow & { head_hash: Buffer; applicant_name: string | null }

export type DossierTables = {
  'dossiers.counter': { agency_id: number; day: Day; last: number }
  'dossiers.event': EventRow & { position: number }
  'dossiers.dossier': DossierRecord
  'dossiers.task': TaskRecord
  'dossiers.person': PersonRow
  'dossiers.name': { agency_id: number; name_key: string; words: string[] }
  'dossiers.note': NoteRow
  'dossiers.disclosure': Owned & {
    disclosure_id: string
    person_id: string
    officer_id: number
    reason: string
    disclosed_at: Instant
  }
  'dossiers.process': { hash: string; content: ColumnType<Process, string>; kept_at: Generated<Instant> }
  'dossiers.participant': Owned & { participant_agency_id: number }
  'dossiers.seal': {
    agency_id: number
    number: number
    sealed_at: Instant
    dossiers: number
    events: number
    heads_hash: Buffer
    previous_hash: Buffer
    hash: Buffer
    mac: Buffer
  }
  'dossiers.notice_choice': Owned & { ways: NoticeWay[]; chosen_at: Instant; officer_id: number | null }
  'dossiers.sealed_head': { agency_id: number; number: number; dossier_id: string; version: number; head_hash: Buffer }
}

export type DossierDb = Db<DossierTables>
export type DossierTx = Tx<DossierTables>

/** The log of one dossier as a fold takes it. Old shapes of events are lifted here, never rewritten in place. */
export const toHappened = (
  row: Pick<EventRow, 'agency_id' | 'version' | 'body' | 'occurred_at' | 'officer_id'>,
): Happened => ({
  agencyId: row.agency_id,
  event: row.body,
  occurredAt: row.occurred_at,
  officerId: row.officer_id,
  version: row.version,
})

/** All events of a dossier, oldest first. */
export const loadEvents = (db: DossierDb, agencyId: number, dossierId: string): Promise<EventRow[]> =>
  db
    .selectFrom('dossiers.event')
    .selectAll()
    .where('agency_id', '=', agencyId)
    .where('dossier_id', '=', dossierId)
    .orderBy('version')
    .execute()

/** The agency that owns a dossier which this transaction may see: its own, or one that was handed over. */
export async function findOwner(
  db: DossierDb,
  dossierId: string,
  agencies: readonly number[],
): Promise<number | undefined> {
  if (agencies.length === 0) return undefined
  const { rows } = await sql<{ agency_id: number }>`
    select agency_id from dossiers.dossier where agency_id = any(${[...agencies]}::int[]) and dossier_id = ${dossierId}
    union all
    select agency_id from dossiers.participant where participant_agency_id = any(${[...agencies]}::int[]) and dossier_id = ${dossierId}
    limit 1`.execute(db)
  return rows[0]?.agency_id
}

/** Of these agencies the ones that have an entry of the log, a dossier or a seal. */
export async function listAgenciesWithLog(db: DossierDb, agencies: readonly number[]): Promise<number[]> {
  const { rows } = await sql<{ agencyId: number }>`
    select a.agency_id as "agencyId" from unnest(${[...agencies]}::int[]) as a (agency_id)
    where exists (select from dossiers.event x where x.agency_id = a.agency_id)
      or exists (select from dossiers.dossier x where x.agency_id = a.agency_id)
      or exists (select from dossiers.seal x where x.agency_id = a.agency_id)`.execute(db)
  return rows.map(({ agencyId }) => agencyId)
}

export const loadPersons = (db: DossierDb, agencyId: number, dossierId: string): Promise<PersonRow[]> =>
  db
    .selectFrom('dossiers.person')
    .selectAll()
    .where('agency_id', '=', agencyId)
    .where('dossier_id', '=', dossierId)
    .orderBy('recorded_at')
    .orderBy('person_id')
    .execute()

export const loadNotes = (db: DossierDb, agencyId: number, dossierId: string): Promise<NoteRow[]> =>
  db
    .selectFrom('dossiers.note')
    .selectAll()
    .where('agency_id', '=', agencyId)
    .where('dossier_id', '=', dossierId)
    .execute()

/** What one batch of commands writes, all of one agency. */
export type Batch = {
  events: EventRow[]
  dossiers: DossierRecord[]
  tasks: TaskRecord[]
  gone: { dossier_id: string; key: string }[]
  persons: PersonRow[]
  /** Rows of persons whose place others take. */
  superseded: { dossier_id: string; person_id: string; superseded_at: Instant }[]
  notes: NoteRow[]
  participants: { dossier_id: string; participant_agency_id: number }[]
  /** The last number of each day after this batch. */
  numbers: { day: Day; last: number }[]
}

/** What a batch of commands needs to know before anything is decided. */
export type Loaded = {
  events: EventRow[]
  repeated: { command_id: string; dossier_id: string; type: string }[]
  names: Map<string, string | null>
  /** The last number given out on each of the days that were asked for. */
  numbers: Map<Day, number>
}

/**
 * Reads the logs of the dossiers, which the statement before has locked, finds commands that were carried out before,
 * and locks the counters of the days on which something is taken in: they stay locked until the commit, a few
 * milliseconds later, so that numbers have no gap and no double.
 */
export async function loadBatch(
  client: pg.PoolClient,
  {
    agencyId,
    dossierIds,
    commandIds,
    days,
  }: { agencyId: number; dossierIds: readonly string[]; commandIds: readonly string[]; days: readonly Day[] },
): Promise<Loaded> {
  const { rows } = await client.query<{
    events: EventRow[] | null
    repeated: Loaded['repeated'] | null
    names: { dossier_id: string; applicant_name: string | null }[] | null
    numbers: { day: Day; last: number }[] | null
  }>({
    name: 'dossiers-load-batch',
    text: LOAD,
    values: [agencyId, [...dossierIds], [...commandIds], [...days]],
  })
  const row = rows[0]
  return {
    events: (row?.events ?? []).map(fromJson),
    repeated: row?.repeated ?? [],
    names: new Map((row?.names ?? []).map(({ dossier_id, applicant_name }) => [dossier_id, applicant_name])),
    numbers: new Map((row?.numbers ?? []).map(({ day, last }) => [day, last])),
  }
}

// Under row-level security only leakproof conditions reach an index: equality of ids does, joining two arrays does not.
const LOAD = `with repeated as (
    select command_id, dossier_id, type from dossiers.event
    where agency_id = $1 and command_id = any($3::uuid[]) and ordinal = 0),
  numbers as (
    insert into dossiers.counter as c (agency_id, day, last) select $1, day, 0 from unnest($4::date[]) as day order by day
    on conflict (agency_id, day) do update set last = c.last returning day, last)
  select
    (select json_agg(to_jsonb(e) - 'transaction_id' order by dossier_id, version) from dossiers.event e
      where agency_id = $1 and dossier_id = any(array(select unnest($2::uuid[]) union select dossier_id from repeated))) as events,
    (select json_agg(repeated) from repeated) as repeated,
    (select json_agg(json_build_object('dossier_id', dossier_id, 'applicant_name', applicant_name)) from dossiers.dossier
      where agency_id = $1 and dossier_id = any(array(select unnest($2::uuid[]) union select dossier_id from repeated))) as names,
    (select json_agg(numbers) from numbers) as numbers`

const bytes = (text: unknown): Buffer => Buffer.from(String(text).replace(/^\\x/, ''), 'hex')

/** JSON writes bytea as `\x…` and moments with an offset. */
const fromJson = (row: EventRow): EventRow => ({
  ...row,
  occurred_at: new Date(row.occurred_at).toISOString(),
  recorded_at: new Date(row.recorded_at).toISOString(),
  previous_hash: bytes(row.previous_hash),
  hash: bytes(row.hash),
})

/** Writes a whole batch in one statement, after which what was superseded leaves the search. */
export async function appendBatch(client: pg.PoolClient, agencyId: number, batch: Batch): Promise<void> {
  const names = new Set(batch.persons.flatMap(({ name_key }) => (name_key ? [name_key] : [])))
  const json = JSON.stringify({
    ...batch,
    events: batch.events.map((row) => ({ ...row, previous_hash: hex(row.previous_hash), hash: hex(row.hash) })),
    dossiers: batch.dossiers.map((row) => ({ ...row, head_hash: hex(row.head_hash) })),
    persons: batch.persons.map((row) => ({
      ...row,
      secret: hex(row.secret),
      salt: hex(row.salt),
      hash: hex(row.hash),
      identity_index: hex(row.identity_index),
      phone_index: hex(row.phone_index),
    })),
    notes: batch.notes.map((row) => ({ ...row, salt: hex(row.salt), hash: hex(row.hash) })),
    names: [...names].map((name_key) => ({ name_key })),
  })
  // Sent together: what follows in the same breath, the commit, must come after both.
  await Promise.all([
    client.query({ name: 'dossiers-append-batch', text: APPEND, values: [agencyId, json] }),
    batch.superseded.length > 0 && client.query(SUPERSEDE, [agencyId, JSON.stringify(batch.superseded)]),
  ])
}

// Two amendments of one dossier may stand in one batch: the second supersedes a row that the statement before has written.
const SUPERSEDE = `update dossiers.person p set superseded_at = x.superseded_at, name_key = null
  from jsonb_to_recordset($2::jsonb) as x(person_id uuid, superseded_at timestamptz)
  where p.agency_id = $1 and p.person_id = x.person_id`

type OwnRow = Pick<
  DossierTables['dossiers.dossier'],
  | 'agency_id'
  | 'dossier_id'
  | 'code'
  | 'status'
  | 'procedure_code'
  | 'channel'
  | 'lodged_at'
  | 'due_current'
  | 'finished_at'
>

/** Dossiers that name the person of this index, newest first. */
export async function listOwn(
  tx: Db<DossierTables>,
  { agencies, index, most }: { agencies: readonly number[]; index: Buffer; most: number },
): Promise<OwnRow[]> {
  const { rows } = await sql<OwnRow>`
    select d.agency_id, d.dossier_id, d.code, d.status, d.procedure_code, d.channel, d.lodged_at, d.due_current, d.finished_at
    from (select distinct agency_id, dossier_id from dossiers.person
      where agency_id = any (${agencies}::int[]) and identity_index = ${index} and superseded_at is null) as p
    join dossiers.dossier d on d.agency_id = p.agency_id and d.dossier_id = p.dossier_id
    order by d.lodged_at desc, d.dossier_id desc limit ${most}`.execute(tx)
  return rows
}

export const listDisclosures = (
  tx: Db<DossierTables>,
  { agencies, dossierIds, most }: { agencies: readonly number[]; dossierIds: readonly string[]; most: number },
) =>
  tx
    .selectFrom('dossiers.disclosure')
    .select(['agency_id', 'dossier_id', 'officer_id', 'reason', 'disclosed_at'])
    .where('agency_id', 'in', agencies)
    .where('dossier_id', 'in', dossierIds)
    .orderBy('disclosed_at', 'desc')
    .orderBy('disclosure_id', 'desc')
    .limit(most)
    .execute()

const hex = (bytes: Buffer | null): string | null => bytes && bytes.toString('hex')

const APPEND = `with input as (select $2::jsonb as j),
c as (update dossiers.counter c set last = x.last from input, jsonb_to_recordset(j->'numbers') as x(day date, last int)
  where c.agency_id = $1 and c.day = x.day),
e as (insert into dossiers.event (agency_id, dossier_id, version, type, body, occurred_at, recorded_at, officer_id, post_id, on_behalf_of, source, command_id, ordinal, previous_hash, hash)
  select $1, dossier_id, version, type, body, occurred_at, recorded_at, officer_id, post_id, on_behalf_of, source, command_id, ordinal, decode(previous_hash, 'hex'), decode(hash, 'hex')
  from input, jsonb_to_recordset(j->'events') as x(dossier_id uuid, version int, type text, body jsonb, occurred_at timestamptz, recorded_at timestamptz, officer_id int, post_id int, on_behalf_of int, source text, command_id uuid, ordinal smallint, previous_hash text, hash text)),
d as (insert into dossiers.dossier as d (agency_id, dossier_id, code, version, head_hash, status, procedure_code, procedure_version_id, case_key, field, channel, applicant_name, lodged_at, received_at, clock_started_at, due_original, due_current, finished_at, outcome, returned_at, extensions, apologies, fee_due, fee_paid, delivery, digitised, papers, received_by, signed_by)
  select $1, dossier_id, code, version, decode(head_hash, 'hex'), status, procedure_code, procedure_version_id, case_key, field, channel, applicant_name, lodged_at, received_at, clock_started_at, due_original, due_current, finished_at, outcome, returned_at, extensions, apologies, fee_due, fee_paid, delivery, digitised, papers, received_by, signed_by
  from input, jsonb_to_recordset(j->'dossiers') as x(dossier_id uuid, code text, version int, head_hash text, status text, procedure_code text, procedure_version_id int, case_key text, field text, channel text, applicant_name text, lodged_at timestamptz, received_at timestamptz, clock_started_at timestamptz, due_original timestamptz, due_current timestamptz, finished_at timestamptz, outcome text, returned_at timestamptz, extensions smallint, apologies smallint, fee_due bigint, fee_paid bigint, delivery text, digitised smallint, papers smallint, received_by int, signed_by int)
  on conflict (agency_id, dossier_id) do update set version = excluded.version, head_hash = excluded.head_hash, status = excluded.status, received_at = excluded.received_at, clock_started_at = excluded.clock_started_at, due_original = excluded.due_original, due_current = excluded.due_current, finished_at = excluded.finished_at, outcome = excluded.outcome, returned_at = excluded.returned_at, extensions = excluded.extensions, apologies = excluded.apologies, fee_due = excluded.fee_due, fee_paid = excluded.fee_paid, applicant_name = excluded.applicant_name, delivery = excluded.delivery, digitised = excluded.digitised, papers = excluded.papers, received_by = excluded.received_by, signed_by = excluded.signed_by),
g as (delete from dossiers.task t using input, jsonb_to_recordset(j->'gone') as x(dossier_id uuid, key text) where t.agency_id = $1 and t.dossier_id = x.dossier_id and t.key = x.key),
t as (insert into dossiers.task as t (agency_id, dossier_id, key, handling_agency_id, unit_id, officer_id, kind, status, opened_at, step_due_at, due_at, sort_at, code, procedure_version_id, field, channel, applicant_name)
  select $1, dossier_id, key, handling_agency_id, unit_id, officer_id, kind, status, opened_at, step_due_at, due_at, sort_at, code, procedure_version_id, field, channel, applicant_name
  from input, jsonb_to_recordset(j->'tasks') as x(dossier_id uuid, key text, handling_agency_id int, unit_id int, officer_id int, kind text, status text, opened_at timestamptz, step_due_at timestamptz, due_at timestamptz, sort_at timestamptz, code text, procedure_version_id int, field text, channel text, applicant_name text)
  on conflict (agency_id, dossier_id, key) do update set handling_agency_id = excluded.handling_agency_id, unit_id = excluded.unit_id, officer_id = excluded.officer_id, kind = excluded.kind, status = excluded.status, opened_at = excluded.opened_at, step_due_at = excluded.step_due_at, due_at = excluded.due_at, sort_at = excluded.sort_at, applicant_name = excluded.applicant_name),
p as (insert into dossiers.person (agency_id, person_id, dossier_id, content, secret, salt, hash, name_key, identity_index, phone_index, recorded_at)
  select $1, person_id, dossier_id, content, decode(secret, 'hex'), decode(salt, 'hex'), decode(hash, 'hex'), name_key, decode(identity_index, 'hex'), decode(phone_index, 'hex'), recorded_at
  from input, jsonb_to_recordset(j->'persons') as x(person_id uuid, dossier_id uuid, content jsonb, secret text, salt text, hash text, name_key text, identity_index text, phone_index text, recorded_at timestamptz)),
n as (insert into dossiers.note (agency_id, note_id, dossier_id, content, salt, hash, recorded_at)
  select $1, note_id, dossier_id, content, decode(salt, 'hex'), decode(hash, 'hex'), recorded_at
  from input, jsonb_to_recordset(j->'notes') as x(note_id uuid, dossier_id uuid, content jsonb, salt text, hash text, recorded_at timestamptz)),
m as (insert into dossiers.name (agency_id, name_key, words)
  select $1, name_key, string_to_array(name_key, ' ') from input, jsonb_to_recordset(j->'names') as x(name_key text)
  order by name_key on conflict do nothing)
insert into dossiers.participant (agency_id, dossier_id, participant_agency_id)
  select $1, dossier_id, participant_agency_id from input, jsonb_to_recordset(j->'participants') as x(dossier_id uuid, participant_agency_id int)
  on conflict do nothing`
