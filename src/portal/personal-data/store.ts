import { sql } from 'kysely'
import type { Day, Instant } from '../../platform/day.ts'
import type { Db } from '../../platform/db.ts'
import type { RequestStatus } from './rules/request.ts'
import type { RetentionKind, RetentionSetting } from './rules/retention.ts'
import { allTimerRules, type RequestKind, type TimerRule } from './rules/timers.ts'

export type PersonalDataTables = {
  'portal.data_request': {
    agency_id: number
    request_id: string
    code: string
    account_id: string | null
    kind: RequestKind
    status: RequestStatus
    channel: 'online' | 'desk'
    secret: Buffer | null
    received_at: Instant
    answer_by: Day
    finish_by: Day
    third_party: boolean
    extended_at: Instant | null
    answered_at: Instant | null
    finished_at: Instant | null
  }
  'portal.data_request_step': {
    agency_id: number
    request_id: string
    number: number
    at: Instant
    what: StepWord
    officer_id: number | null
    note: Buffer | null
  }
  'portal.data_request_place': { account_id: string; request_id: string; agency_id: number }
  'portal.data_request_counter': { agency_id: number; year: number; last: number }
  'portal.data_view': {
    agency_id: number
    dossier_id: string
    officer_id: number
    day: Day
    unit_id: number
    role: string
    first_at: Instant
  }
  'portal.data_time_rule': { valid_from: Day; body: string; basis: string; changed_at: Instant; changed_by: number }
  'portal.retention': { kind: RetentionKind; days: number; basis: string; changed_at: Instant; changed_by: number }
}

export type StepWord = 'received' | 'accepted' | 'refused' | 'extended' | 'erased' | 'finished' | 'withdrawn'
type PersonalDb = Db<PersonalDataTables>
export type RequestRow = PersonalDataTables['portal.data_request']

// --- Requests -----------------------------------------------------------------------------------------------------------

/** The next number of the year: `DL-26-0012`. */
export async function nextNumber(db: PersonalDb, agencyId: number, year: number): Promise<number> {
  const { rows } = await sql<{ last: number }>`
    insert into portal.data_request_counter (agency_id, year, last) values (${agencyId}, ${year}, 1)
    on conflict (agency_id, year) do update set last = portal.data_request_counter.last + 1 returning last`.execute(db)
  return rows[0]?.last ?? 1
}

/** Until the transaction ends nobody else takes in what is to have this id. */
export async function lockForthcoming(db: PersonalDb, requestId: string): Promise<void> {
  await sql`select pg_advisory_xact_lock(hashtextextended(${`data-request/${requestId}`}, 0))`.execute(db)
}

export const insertRequest = (db: PersonalDb, row: RequestRow) =>
  db.insertInto('portal.data_request').values(row).execute()

export const insertPlace = (db: PersonalDb, place: PersonalDataTables['portal.data_request_place']) =>
  db.insertInto('portal.data_request_place').values(place).execute()

export async function addStep(
  db: PersonalDb,
  step: Omit<PersonalDataTables['portal.data_request_step'], 'number'>,
): Promise<void> {
  await sql`insert into portal.data_request_step (agency_id, request_id, number, at, what, officer_id, note)
    select ${step.agency_id}, ${step.request_id}, coalesce(max(number), 0) + 1, ${step.at}, ${step.what}, ${step.officer_id}, ${step.note}
    from portal.data_request_step where agency_id = ${step.agency_id} and request_id = ${step.request_id}`.execute(db)
}

/** Locked until the transaction ends: two officers decide one after the other. */
export const lockRequest = (db: PersonalDb, agencyId: number, requestId: string): Promise<RequestRow | undefined> =>
  db
    .selectFrom('portal.data_request')
    .selectAll()
    .where('agency_id', '=', agencyId)
    .where('request_id', '=', requestId)
    .forUpdate()
    .executeTakeFirst()

export const findRequest = (db: PersonalDb, agencyId: number, requestId: string): Promise<RequestRow | undefined> =>
  db
    .selectFrom('portal.data_request')
    .selectAll()
    .where('agency_id', '=', agencyId)
    .where('request_id', '=', requestId)
    .executeTakeFirst()

export const changeRequest = (
  db: PersonalDb,
  { agency_id, request_id, ...change }: Partial<RequestRow> & Pick<RequestRow, 'agency_id' | 'request_id'>,
) =>
  db
    .updateTable('portal.data_request')
    .set(change)
    .where('agency_id', '=', agency_id)
    .where('request_id', '=', request_id)
    .execute()

/** Open ones with the earliest day first, ended ones with the latest. */
export async function listRequests(
  db: PersonalDb,
  { agencyId, open, limit = 200 }: { agencyId: number; open: boolean; limit?: number },
): Promise<RequestRow[]> {
  const { rows } = await sql<RequestRow>`
    select * from portal.data_request where agency_id = ${agencyId}
      and ${open ? sql`finished_at is null` : sql`finished_at is not null`}
    order by ${open ? sql`case when status = 'received' then answer_by else finish_by end, received_at` : sql`finished_at desc`}, request_id
    limit ${limit}`.execute(db)
  return rows
}

export const listPlaces = (db: PersonalDb, accountId: string) =>
  db
    .selectFrom('portal.data_request_place')
    .select(['request_id', 'agency_id'])
    .where('account_id', '=', accountId)
    .execute()

export const listRequestsOf = (db: PersonalDb, requestIds: readonly string[]): Promise<RequestRow[]> =>
  requestIds.length === 0
    ? Promise.resolve([])
    : db
        .selectFrom('portal.data_request')
        .selectAll()
        .where('request_id', 'in', requestIds)
        .orderBy('received_at', 'desc')
        .orderBy('request_id', 'desc')
        .execute()

export const listSteps = (db: PersonalDb, agencyId: number, requestId: string) =>
  db
    .selectFrom('portal.data_request_step')
    .selectAll()
    .where('agency_id', '=', agencyId)
    .where('request_id', '=', requestId)
    .orderBy('number')
    .execute()

// --- Who looked ---------------------------------------------------------------------------------------------------------

export const insertView = (db: PersonalDb, view: PersonalDataTables['portal.data_view']) =>
  db
    .insertInto('portal.data_view')
    .values(view)
    .onConflict((conflict) => conflict.doNothing())
    .execute()

export const listViews = (db: PersonalDb, dossierIds: readonly string[], most: number) =>
  dossierIds.length === 0
    ? Promise.resolve([])
    : db
        .selectFrom('portal.data_view')
        .selectAll()
        .where('dossier_id', 'in', dossierIds)
        .orderBy('first_at', 'desc')
        .orderBy('dossier_id')
        .orderBy('officer_id')
        .limit(most)
        .execute()

// --- Retention ----------------------------------------------------------------------------------------------------------

export const listRetention = (db: PersonalDb): Promise<RetentionSetting[]> =>
  db.selectFrom('portal.retention').select(['kind', 'days', 'basis']).execute()

export const putRetention = (
  db: PersonalDb,
  { kind, days, basis, now, accountId }: RetentionSetting & { now: Instant; accountId: number },
) =>
  sql`insert into portal.retention (kind, days, basis, changed_at, changed_by) values (${kind}, ${days}, ${basis}, ${now}, ${accountId})
    on conflict (kind) do update set days = excluded.days, basis = excluded.basis, changed_at = excluded.changed_at, changed_by = excluded.changed_by`.execute(
    db,
  )

export async function removeOldViews(db: PersonalDb, before: Day): Promise<number> {
  const { numDeletedRows } = await db.deleteFrom('portal.data_view').where('day', '<', before).executeTakeFirst()
  return Number(numDeletedRows)
}

export async function removeOldRequests(db: PersonalDb, before: Instant): Promise<number> {
  const { rows } = await sql<{ requestId: string }>`delete from portal.data_request where finished_at < ${before}
    returning request_id as "requestId"`.execute(db)
  if (rows.length > 0)
    await db
      .deleteFrom('portal.data_request_place')
      .where(
        'request_id',
        'in',
        rows.map(({ requestId }) => requestId),
      )
      .execute()
  return rows.length
}

// --- Times of requests --------------------------------------------------------------------------------------------------

/** What of a rule is set; its first day and its basis stand beside. */
export type TimerNumbers = Pick<
  TimerRule,
  'answerWorkingDays' | 'finishDays' | 'finishDaysWithThirdParty' | 'extension'
>

/** The rules of all times, shipped and set, by their first day. */
export async function listTimerRules(db: PersonalDb): Promise<TimerRule[]> {
  const { rows } = await sql<{ from: Day; body: TimerNumbers; source: string }>`
    select valid_from as "from", body, basis as source from portal.data_time_rule`.execute(db)
  return allTimerRules(rows.map(({ body, ...row }) => ({ ...body, ...row, confidence: 'set-here' })))
}

export const putTimerRule = (
  db: PersonalDb,
  {
    from,
    basis,
    numbers,
    now,
    accountId,
  }: { from: Day; basis: string; numbers: TimerNumbers; now: Instant; accountId: number },
) =>
  sql`insert into portal.data_time_rule (valid_from, body, basis, changed_at, changed_by) values (${from}, ${JSON.stringify(numbers)}::jsonb, ${basis}, ${now}, ${accountId})
    on conflict (valid_from) do update set body = excluded.body, basis = excluded.basis, changed_at = excluded.changed_at, changed_by = excluded.changed_by`.execute(
    db,
  )
