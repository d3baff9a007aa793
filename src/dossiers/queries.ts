import { sql, type RawBuilder } from 'kysely'
import { searchWords } from '../catalogue/index.ts'
import { packCursor, readCursor } from '../platform/cursor.ts'
import { addDays, dayOf, instantAt, isDay, type Day, type Instant } from '../platform/day.ts'
import type { DossierDb, DossierRecord, TaskRecord } from './store.ts'

/** Where a list goes on: the values of its order in the last line, opaque to the caller. */
export const writeCursor = (values: readonly (string | null)[]): string => packCursor(values)

/** Queues that an officer may open: all work of an agency, of some of its units, or of one officer. */
export type Desk = { agencyId: number; unitId: number | null; officerId: number | null }

export type QueueFilter = {
  desks: readonly Desk[]
  state?: 'overdue' | 'today' | 'waiting' | 'open' | undefined
  kind?: string | undefined
  field?: string | undefined
  channel?: string | undefined
  unitId?: number | undefined
  /** Null asks for what nobody has taken yet. */
  officerId?: number | null | undefined
  now: Instant
}

const startOfDay = (day: Day) => instantAt(day, 0)

const stateIs = (state: QueueFilter['state'], now: Instant): RawBuilder<unknown> => {
  const tomorrow = startOfDay(addDays(dayOf(now), 1))
  switch (state) {
    case 'overdue':
      return sql`and t.due_at < ${now}`
    case 'today':
      return sql`and t.due_at >= ${now} and t.due_at < ${tomorrow}`
    case 'waiting':
      return sql`and t.status in ('supplementAtIntake', 'awaitingSupplement', 'awaitingPayment')`
    case 'open':
      return sql`and t.status not in ('supplementAtIntake', 'awaitingSupplement', 'awaitingPayment')`
    case undefined:
      return sql``
  }
}

const filterOf = ({ state, kind, field, channel, unitId, officerId, now }: QueueFilter): RawBuilder<unknown> => sql`
  ${unitId === undefined ? sql`` : sql`and t.unit_id = ${unitId}`}
  ${holderIs(officerId)}
  ${stateIs(state, now)}
  ${kind === undefined ? sql`` : sql`and t.kind = ${kind}`}
  ${field === undefined ? sql`` : sql`and t.field = ${field}`}
  ${channel === undefined ? sql`` : sql`and t.channel = ${channel}`}`

const holderIs = (officerId: number | null | undefined): RawBuilder<unknown> => {
  if (officerId === undefined) return sql``
  return officerId === null ? sql`and t.officer_id is null` : sql`and t.officer_id = ${officerId}`
}

/** One short index scan a desk, merged: what is due first stands first. */
export async function listQueue(
  db: DossierDb,
  filter: QueueFilter & { cursor?: string | undefined; limit: number },
): Promise<{ items: TaskRecord[]; next: string | null }> {
  const after = readCursor(filter.cursor, ['moment', 'id', 'key'])
  const scan = (desk: Desk) => sql`(select t.* from dossiers.task t
    where t.handling_agency_id = ${desk.agencyId}
      ${desk.unitId === null ? sql`` : sql`and t.unit_id = ${desk.unitId}`}
      ${desk.officerId === null ? sql`` : sql`and t.officer_id = ${desk.officerId}`}
      ${filterOf(filter)}
      ${after ? sql`and (t.sort_at, t.dossier_id, t.key) > (${after[0]}::timestamptz, ${after[1]}::uuid, ${after[2]})` : sql``}
    order by t.sort_at, t.dossier_id, t.key limit ${filter.limit + 1})`
  if (filter.desks.length === 0) return { items: [], next: null }
  const { rows } = await sql<TaskRecord>`
    select * from (${sql.join(filter.desks.map(scan), sql` union `)}) as t
    order by sort_at, dossier_id, key limit ${filter.limit + 1}`.execute(db)
  const items = rows.slice(0, filter.limit)
  const last = items.at(-1)
  return {
    items,
    next: rows.length > filter.limit && last ? writeCursor([last.sort_at, last.dossier_id, last.key]) : null,
  }
}

export type QueueCounts = { overdue: number; today: number; open: number; waiting: number; toSign: number }

/** The numbers above a queue. They open to the same list: `state` uses the same conditions. */
export async function countQueue(
  db: DossierDb,
  { desks, now }: Pick<QueueFilter, 'desks' | 'now'>,
): Promise<QueueCounts> {
  const count = (state: QueueFilter['state']) => sql`count(*) filter (where true ${stateIs(state, now)})`
  const { rows } = await sql<QueueCounts>`
    select ${count('overdue')} as overdue, ${count('today')} as today, ${count('open')} as open, ${count('waiting')} as waiting,
      count(*) filter (where t.kind = 'sign') as "toSign"
    from dossiers.task t where ${atDesks(desks)}`.execute(db)
  return rows[0] ?? { overdue: 0, today: 0, open: 0, waiting: 0, toSign: 0 }
}

const atDesks = (desks: readonly Desk[]): RawBuilder<unknown> =>
  desks.length === 0
    ? sql`false`
    : sql`(${sql.join(
        desks.map(
          (desk) => sql`(t.handling_agency_id = ${desk.agencyId}
            ${desk.unitId === null ? sql`` : sql`and t.unit_id = ${desk.unitId}`}
            ${desk.officerId === null ? sql`` : sql`and t.officer_id = ${desk.officerId}`})`,
        ),
        sql` or `,
      )})`

export type ListFilter = {
  agencies: readonly number[]
  from?: Day | undefined
  to?: Day | undefined
  field?: string | undefined
  status?: string | undefined
  channel?: string | undefined
  timeliness?: 'late' | 'late-without-apology' | 'open' | 'overdue' | 'today' | 'on-time' | undefined
  now: Instant
}

/**
 * Late for ever once the day has passed; an apology names a new day but does not undo it. What ended without a result
 * (withdrawn, stopped, closed for want of a supplement) was not settled, neither late nor in time.
 */
const endedLate = sql`and d.outcome is not null and d.finished_at > d.due_current`
const isOverdue = (now: Instant) =>
  sql`and d.finished_at is null and d.due_current < ${now} and d.status not in ('awaitingSupplement', 'awaitingPayment')`

/**
 * The conditions of a filter by time. Where one of two will do, the dossiers of both are read, each by its own index: a
 * register of years must not be read through for the few that are late.
 */
function timelinessIs({ timeliness, now }: ListFilter): RawBuilder<unknown>[] {
  switch (timeliness) {
    case 'late':
      return [endedLate, isOverdue(now)]
    case 'late-without-apology':
      return [endedLate, isOverdue(now)].map((condition) => sql`${condition} and d.apologies = 0`)
    case 'open':
      return [sql`and d.finished_at is null and d.status <> 'notReceived'`]
    case 'overdue':
      return [isOverdue(now)]
    case 'today':
      return [
        sql`and d.finished_at is null and d.due_current >= ${now} and d.due_current < ${startOfDay(addDays(dayOf(now), 1))}
        and d.status not in ('awaitingSupplement', 'awaitingPayment')`,
      ]
    case 'on-time':
      return [sql`and d.outcome is not null and (d.due_current is null or d.finished_at <= d.due_current)`]
    case undefined:
      return [sql``]
  }
}

const registerIs = (filter: ListFilter): RawBuilder<unknown> => sql`
  ${filter.from === undefined ? sql`` : sql`and d.received_at >= ${startOfDay(filter.from)}`}
  ${filter.to === undefined ? sql`` : sql`and d.received_at < ${startOfDay(addDays(filter.to, 1))}`}
  ${filter.field === undefined ? sql`` : sql`and d.field = ${filter.field}`}
  ${filter.status === undefined ? sql`` : sql`and d.status = ${filter.status}`}
  ${filter.channel === undefined ? sql`` : sql`and d.channel = ${filter.channel}`}`

/** Dossiers as they were received, the newest first; those not received yet come by their day of lodging. */
export async function listDossiers(
  db: DossierDb,
  filter: ListFilter & { cursor?: string | undefined; limit: number; oldestFirst?: boolean },
): Promise<{ items: DossierRecord[]; next: string | null }> {
  const after = readCursor(filter.cursor, ['moment', 'id'])
  const down = filter.oldestFirst !== true
  const order = down ? sql`d.lodged_at desc, d.dossier_id desc` : sql`d.lodged_at, d.dossier_id`
  const beyond = down ? sql`<` : sql`>`
  const scan = (
    agencyId: number,
    time: RawBuilder<unknown>,
  ) => sql`(select d.* from dossiers.dossier d where d.agency_id = ${agencyId} ${registerIs(filter)} ${time}
    ${after ? sql`and (d.lodged_at, d.dossier_id) ${beyond} (${after[0]}::timestamptz, ${after[1]}::uuid)` : sql``}
    order by ${order} limit ${filter.limit + 1})`
  if (filter.agencies.length === 0) return { items: [], next: null }
  const scans = filter.agencies.flatMap((agencyId) => timelinessIs(filter).map((time) => scan(agencyId, time)))
  const { rows } = await sql<DossierRecord>`
    select * from (${sql.join(scans, sql` union all `)}) as d order by ${order} limit ${filter.limit + 1}`.execute(db)
  const items = rows.slice(0, filter.limit)
  const last = items.at(-1)
  return { items, next: rows.length > filter.limit && last ? writeCursor([last.lodged_at, last.dossier_id]) : null }
}

/** How many dossiers a list has; the same conditions as the list. */
export async function countDossiers(db: DossierDb, filter: ListFilter): Promise<number> {
  const counts = timelinessIs(filter).map(
    (time) =>
      sql`(select count(*) from dossiers.dossier d where d.agency_id = any(${[...filter.agencies]}::int[]) ${registerIs(filter)} ${time})`,
  )
  const { rows } = await sql<{ count: number }>`select ${sql.join(counts, sql` + `)} as count`.execute(db)
  return rows[0]?.count ?? 0
}

/** What was typed into the search, recognised. */
export type SearchTerm =
  | { by: 'code'; code: string }
  /** The end of a code, as people read it out: the day, and the number in the day or how it begins. */
  | { by: 'tail'; day: Day; tail: string }
  | { by: 'identity'; index: Buffer }
  | { by: 'phone'; index: Buffer }
  | { by: 'name'; words: readonly string[] }

/** Finds by code (or its beginning), number, telephone or name, newest first. Names go through the dictionary. */
export async function searchDossiers(
  db: DossierDb,
  { agencies, term, limit }: { agencies: readonly number[]; term: SearchTerm; limit: number },
): Promise<DossierRecord[]> {
  if (agencies.length === 0) return []
  const among = sql`any(${[...agencies]}::int[])`
  if (term.by === 'code') {
    const { rows } = await sql<DossierRecord>`
      select * from dossiers.dossier d where d.agency_id = ${among} and d.code >= ${term.code} and d.code < ${`${term.code}~`}
      order by d.code desc limit ${limit}`.execute(db)
    return rows
  }
  if (term.by === 'tail') {
    // The day of lodging is an index range; within it the codes are looked at one by one.
    const { rows } = await sql<DossierRecord>`
      select * from dossiers.dossier d where d.agency_id = ${among}
        and d.lodged_at >= ${instantAt(term.day, 0)} and d.lodged_at < ${instantAt(addDays(term.day, 1), 0)}
        and strpos(d.code, ${term.tail}) > 0
      order by d.lodged_at desc, d.dossier_id limit ${limit}`.execute(db)
    return rows
  }
  const persons = async (condition: RawBuilder<unknown>) => {
    const { rows } = await sql<DossierRecord>`
      select d.* from (
        select p.agency_id, p.dossier_id, max(p.recorded_at) as recorded_at from dossiers.person p
        where p.agency_id = ${among} and ${condition} and p.superseded_at is null
        group by p.agency_id, p.dossier_id order by max(p.recorded_at) desc limit ${limit}) as found
      join dossiers.dossier d using (agency_id, dossier_id) order by found.recorded_at desc`.execute(db)
    return rows
  }
  if (term.by === 'identity') return persons(sql`p.identity_index = ${term.index}`)
  if (term.by === 'phone') return persons(sql`p.phone_index = ${term.index}`)
  return searchByName(db, { agencies, words: term.words, limit })
}

const MOST_NAMES = 200

/**
 * The dictionary gives the names that have all the words (the last one may be unfinished), the persons give the dossiers:
 * of each name the newest, since a common one has thousands.
 */
async function searchByName(
  db: DossierDb,
  { agencies, words, limit }: { agencies: readonly number[]; words: readonly string[]; limit: number },
): Promise<DossierRecord[]> {
  const last = words.at(-1)
  if (last === undefined) return []
  const whole = [...new Set(words.slice(0, -1))].toSorted()
  const { rows } = await sql<DossierRecord>`
    with names as materialized (
      select agency_id, name_key from dossiers.find_names(${[...agencies]}::int[], ${whole}::text[], ${last}, ${MOST_NAMES})),
    found as (
      select p.agency_id, p.dossier_id, max(p.recorded_at) as recorded_at
      from names n cross join lateral (
        select p.agency_id, p.dossier_id, p.recorded_at from dossiers.person p
        where p.agency_id = n.agency_id and p.name_key = n.name_key order by p.recorded_at desc limit ${limit}) as p
      group by p.agency_id, p.dossier_id order by max(p.recorded_at) desc limit ${limit})
    select d.* from found join dossiers.dossier d using (agency_id, dossier_id) order by found.recorded_at desc`.execute(
    db,
  )
  return rows
}

/** Recognises what somebody typed: a code, a number, or words of a name. */
export function recogniseSearch(
  text: string,
  indexes: { identity: (number: string) => Buffer | undefined; phone: (phone: string) => Buffer | undefined },
): SearchTerm[] {
  const typed = text.normalize('NFC').trim()
  const [, year, month, date, number] = /^-?(\d\d)(\d\d)(\d\d)-(\d{0,6})$/.exec(typed) ?? []
  const day = `20${year}-${month}-${date}`
  if (number !== undefined && isDay(day)) return [{ by: 'tail', day, tail: `-${year}${month}${date}-${number}` }]
  if (/^[A-Za-z0-9.]+-\d{0,6}(-\d*)?$/.test(typed)) return [{ by: 'code', code: typed.toUpperCase() }]
  const digits = typed.replace(/[\s.+-]/g, '')
  if (/^\d{9,13}$/.test(digits)) {
    const identity = indexes.identity(digits)
    const phone = indexes.phone(digits)
    return [
      ...(identity ? [{ by: 'identity' as const, index: identity }] : []),
      ...(phone ? [{ by: 'phone' as const, index: phone }] : []),
    ]
  }
  const words = searchWords(typed)
  const name: SearchTerm[] = words.length > 0 ? [{ by: 'name', words }] : []
  return /^[A-Za-z]\d{6,8}$/.test(digits)
    ? [...name, ...[indexes.identity(digits)].flatMap((index) => (index ? [{ by: 'identity' as const, index }] : []))]
    : name
}

/** Open work by field and by holder, for the morning page. */
export async function summariseWork(
  db: DossierDb,
  { agencies, now }: { agencies: readonly number[]; now: Instant },
): Promise<
  { field: string; unitId: number; officerId: number | null; late: number; dueToday: number; open: number }[]
> {
  const { rows } = await sql<{
    field: string
    unitId: number
    officerId: number | null
    late: number
    dueToday: number
    open: number
  }>`
    select field, unit_id as "unitId", officer_id as "officerId",
      count(*) filter (where true ${stateIs('overdue', now)}) as late,
      count(*) filter (where true ${stateIs('today', now)}) as "dueToday",
      count(*) as open
    from dossiers.task t where handling_agency_id = any(${[...agencies]}::int[])
    group by 1, 2, 3`.execute(db)
  return rows
}

/** Open work of each agency that has any, for whoever watches over several. */
export async function summariseAgencies(
  db: DossierDb,
  { agencies, now }: { agencies: readonly number[]; now: Instant },
): Promise<{ agencyId: number; late: number; dueToday: number; open: number }[]> {
  const { rows } = await sql<{ agencyId: number; late: number; dueToday: number; open: number }>`
    select handling_agency_id as "agencyId",
      count(*) filter (where true ${stateIs('overdue', now)}) as late,
      count(*) filter (where true ${stateIs('today', now)}) as "dueToday",
      count(*) as open
    from dossiers.task t where handling_agency_id = any(${[...agencies]}::int[])
    group by 1`.execute(db)
  return rows
}

/** How often each procedure stood among the last dossiers of an agency: what its counter most likely takes in next. */
export async function countRecentProcedures(db: DossierDb, agencyId: number): Promise<Map<string, number>> {
  const { rows } = await sql<{ code: string; used: number }>`
    select procedure_code as code, count(*)::int as used from (
      select procedure_code from dossiers.dossier where agency_id = ${agencyId} order by lodged_at desc, dossier_id desc limit 500) as recent
    group by 1`.execute(db)
  return new Map(rows.map(({ code, used }) => [code, used]))
}

export type ApologyRecord = {
  dossier_id: string
  version: number
  type: 'extended' | 'apologised'
  occurred_at: Instant
  new_day: Day | null
  new_due: Instant | null
}

/** The last letter of apology of each of these dossiers, with the day that it promised. */
export async function lastApologies(
  db: DossierDb,
  rows: readonly Pick<DossierRecord, 'agency_id' | 'dossier_id'>[],
): Promise<Map<string, ApologyRecord>> {
  if (rows.length === 0) return new Map()
  const found = await sql<ApologyRecord>`
    select distinct on (e.dossier_id) e.dossier_id, e.version, e.type, e.occurred_at, e.body ->> 'newDay' as new_day, e.body ->> 'dueAt' as new_due
    from dossiers.event e
    where e.agency_id = any(${rows.map((row) => row.agency_id)}::int[]) and e.dossier_id = any(${rows.map((row) => row.dossier_id)}::uuid[])
      and e.type in ('extended', 'apologised')
    order by e.dossier_id, e.version desc`.execute(db)
  return new Map(found.rows.map((row) => [row.dossier_id, row]))
}

/** An entry of the log about a fee. */
export type FeeEvent = {
  dossier_id: string
  code: string
  version: number
  type: 'feeCollected' | 'feeRefunded' | 'feeReversed' | 'feeWaived' | 'paymentRequired'
  amount: number
  method: 'cash' | 'transfer' | 'online' | null
  receipt_number: string | null
  occurred_at: Instant
  officer_id: number | null
  source: string
  command_id: string
}

/** What the log tells of fees in a time, in its order: for the books that are kept beside it. */
export async function listFeeEvents(
  db: DossierDb,
  { agencyId, from, to }: { agencyId: number; from: Instant; to: Instant },
): Promise<FeeEvent[]> {
  const { rows } = await sql<FeeEvent>`
    select e.dossier_id, d.code, e.version, e.type, (e.body ->> 'amount')::bigint as amount, e.body ->> 'method' as method,
      e.body ->> 'receiptNumber' as receipt_number, e.occurred_at, e.officer_id, e.source, e.command_id
    from dossiers.event e join dossiers.dossier d on d.agency_id = e.agency_id and d.dossier_id = e.dossier_id
    where e.agency_id = ${agencyId} and e.occurred_at >= ${from} and e.occurred_at < ${to}
      and e.type in ('feeCollected', 'feeRefunded', 'feeReversed', 'feeWaived', 'paymentRequired')
    order by e.occurred_at, e.dossier_id, e.version`.execute(db)
  return rows
}

/** The codes of these dossiers of an agency. */
export async function codesOf(
  db: DossierDb,
  agencyId: number,
  dossierIds: readonly string[],
): Promise<Map<string, string>> {
  const ids = [...new Set(dossierIds)]
  if (ids.length === 0) return new Map()
  const { rows } = await sql<{ dossier_id: string; code: string }>`
    select dossier_id, code from dossiers.dossier where agency_id = ${agencyId} and dossier_id = any(${ids}::uuid[])`.execute(
    db,
  )
  return new Map(rows.map(({ dossier_id: id, code }) => [id, code]))
}

/** Dossiers that owe less than was paid, since their fee was lowered afterwards. */
export async function listOverpaid(db: DossierDb, agencyId: number): Promise<string[]> {
  const { rows } = await sql<{ dossier_id: string }>`
    select dossier_id from dossiers.dossier where agency_id = ${agencyId} and fee_paid > fee_due
    order by dossier_id limit 1000`.execute(db)
  return rows.map(({ dossier_id: id }) => id)
}

/** Which of these dossiers still owe a fee. */
export async function listOwing(db: DossierDb, agencyId: number, among: readonly string[]): Promise<string[]> {
  if (among.length === 0) return []
  const { rows } = await sql<{ dossier_id: string }>`
    select dossier_id from dossiers.dossier
    where agency_id = ${agencyId} and dossier_id = any(${[...among]}::uuid[]) and fee_due > fee_paid`.execute(db)
  return rows.map(({ dossier_id: id }) => id)
}

/** The dossier that bears this code in the agency. */
export async function findByCode(db: DossierDb, agencyId: number, code: string): Promise<string | undefined> {
  const { rows } = await sql<{ dossier_id: string }>`
    select dossier_id from dossiers.dossier where agency_id = ${agencyId} and code = ${code.trim().toUpperCase()}`.execute(
    db,
  )
  return rows[0]?.dossier_id
}

/** How many sets of papers were handed in with each dossier, as the log says. */
export async function listSets(
  db: DossierDb,
  agencyId: number,
  dossierIds: readonly string[],
): Promise<ReadonlyMap<string, number>> {
  const { rows } = await sql<{ dossierId: string; sets: number }>`
    select dossier_id as "dossierId", (body->>'sets')::int as sets from dossiers.event
    where agency_id = ${agencyId} and version = 1 and dossier_id = any (${[...dossierIds]}::uuid[])`.execute(db)
  return new Map(rows.map(({ dossierId, sets }) => [dossierId, sets]))
}
