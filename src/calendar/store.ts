import { isDeepStrictEqual } from 'node:util'
import { type Selectable, sql } from 'kysely'
import { type Day, dayOf, type Instant } from '../platform/day.ts'
import type { Db, Tx } from '../platform/db.ts'
import {
  type DayKind,
  type DayStatus,
  type ExceptionalDay,
  type Interval,
  type OfficeHours,
  type Reading,
  readingOn,
  toCalendar,
  usualHours,
  type Weekday,
  type WorkingCalendar,
} from './rules/working-calendar.ts'
import { shippedDays } from './shipped-days.ts'

type DayRow = {
  day: Day
  kind: DayKind
  name: string
  notice: string
  status: DayStatus
  changed_by: number | null
  changed_at: Instant
}
type HoursRow = {
  valid_from: Day
  intervals: Interval[]
  working_weekdays: Weekday[]
  saturday_session: Interval[]
  reading: Reading
  changed_by: number | null
  changed_at: Instant
}

export type CalendarTables = {
  'calendar.day': DayRow & { shipped: boolean }
  'calendar.agency_day': DayRow & { agency_id: number }
  'calendar.agency_hours': HoursRow & { agency_id: number }
  'calendar.change': {
    change_id: number
    agency_id: number | null
    subject: 'day' | 'hours'
    day: Day
    before: unknown
    after: unknown
    changed_by: number | null
    changed_at: Instant
  }
}

type CalendarDb = Db<CalendarTables>

/** Who changed it last and when; nobody for what came with a release. */
type Changed = { changedBy: number | null; changedAt: Instant }
/** `agencyId` is the agency that entered the day, null for the whole country. */
export type EnteredDay = ExceptionalDay & Changed & { agencyId: number | null }
export type EnteredHours = OfficeHours & Changed & { agencyId: number }

export type CalendarChange = {
  changeId: number
  agencyId: number | null
  subject: 'day' | 'hours'
  day: Day
  before: unknown
  after: unknown
} & Changed

/** What a dossier's clock needs to know of its authority. */
export type AgencyCalendar = {
  calendar: WorkingCalendar
  /** The reading in force today; for a dossier of another day ask `readingOn`. */
  reading: Reading
}

// --- Reading, with a short memory -------------------------------------------------------------------------------------

/** How long a change made by another process may stay unnoticed. */
const FRESH_MS = 30_000

type Remembered = { at: number; generation: number; calendar: Promise<AgencyCalendar> }
const memories = new WeakMap<object, Map<number | null, Remembered>>()
let generation = 0

/** Every calendar is read anew after this; the changes below call it. */
export function forgetCalendars(): void {
  generation++
}

/**
 * The calendar of an agency, or of the whole country. Costs nothing when asked again: give it the pool and not a
 * transaction, which reads anew each time.
 */
export function loadCalendar(db: CalendarDb, agencyId: number | null): Promise<AgencyCalendar> {
  if (db.isTransaction) return readCalendar(db, agencyId)
  const memory = memories.get(db) ?? new Map<number | null, Remembered>()
  memories.set(db, memory)
  const found = memory.get(agencyId)
  const now = performance.now()
  if (found && found.generation === generation && now - found.at < FRESH_MS) return found.calendar
  const calendar = readCalendar(db, agencyId)
  memory.set(agencyId, { at: now, generation, calendar })
  // A failed read is not remembered; who asked for it sees the fault.
  calendar.catch(() => memory.delete(agencyId))
  return calendar
}

async function readCalendar(db: CalendarDb, agencyId: number | null): Promise<AgencyCalendar> {
  const { rows } = await sql<{ today: Instant; days: ExceptionalDay[]; hours: OfficeHours[] }>`
    with line as materialized (select * from calendar.line_above(${agencyId}::int)),
    entered as (
      select day, kind, name, notice, status, 100 as distance from calendar.day
      union all
      select day, kind, name, notice, status, distance from calendar.agency_day join line using (agency_id)),
    nearest as (select distinct on (day) * from entered order by day, distance),
    hours as (
      select * from calendar.agency_hours where agency_id = (
        select agency_id from line where exists (select from calendar.agency_hours h where h.agency_id = line.agency_id)
        order by distance limit 1))
    select now() as today,
      (select coalesce(json_agg(json_build_object('day', day, 'kind', kind, 'name', name, 'notice', notice, 'status', status)), '[]')
        from nearest) as days,
      (select coalesce(json_agg(json_build_object('validFrom', valid_from, 'intervals', intervals, 'workingWeekdays', working_weekdays,
        'saturdaySession', saturday_session, 'reading', reading)), '[]') from hours) as hours`.execute(db)
  const { today = '', days = [], hours = [] } = rows[0] ?? {}
  const calendar = toCalendar(hours.length > 0 ? hours : [usualHours], days)
  return { calendar, reading: readingOn(calendar, dayOf(today)) }
}

/** The exceptional days of a year as this agency sees them, with who entered them; the nearest entry wins. */
export async function listDays(db: CalendarDb, agencyId: number | null, year: number): Promise<EnteredDay[]> {
  const { rows } = await sql<EnteredDay>`
    with entered as (
      select null::int as agency_id, day, kind, name, notice, status, changed_by, changed_at, 100 as distance from calendar.day
      union all
      select agency_id, day, kind, name, notice, status, changed_by, changed_at, distance
      from calendar.agency_day join calendar.line_above(${agencyId}::int) using (agency_id))
    select distinct on (day) agency_id as "agencyId", day, kind, name, notice, status, changed_by as "changedBy", changed_at as "changedAt"
    from entered where day between make_date(${year}, 1, 1) and make_date(${year}, 12, 31)
    order by day, distance`.execute(db)
  return rows
}

/** What holds on this day while the agency (null: the country) has entered nothing itself. */
export async function findInheritedDay(
  db: CalendarDb,
  agencyId: number | null,
  day: Day,
): Promise<ExceptionalDay | undefined> {
  if (agencyId === null) return undefined
  const { rows } = await sql<ExceptionalDay>`
    select day, kind, name, notice, status from (
      select day, kind, name, notice, status, 100 as distance from calendar.day
      union all
      select day, kind, name, notice, status, distance
      from calendar.agency_day join calendar.line_above(${agencyId}::int) using (agency_id) where distance > 0) entered
    where day = ${day} order by distance limit 1`.execute(db)
  return rows[0]
}

/** The hours that hold for an agency: its own or, where it has none, those of the nearest agency above. */
export async function listHours(db: CalendarDb, agencyId: number): Promise<EnteredHours[]> {
  const { rows } = await sql<EnteredHours>`
    with line as materialized (select * from calendar.line_above(${agencyId}::int))
    select agency_id as "agencyId", valid_from as "validFrom", intervals, working_weekdays as "workingWeekdays",
      saturday_session as "saturdaySession", reading, changed_by as "changedBy", changed_at as "changedAt"
    from calendar.agency_hours where agency_id = (
      select agency_id from line where exists (select from calendar.agency_hours h where h.agency_id = line.agency_id)
      order by distance limit 1)
    order by valid_from`.execute(db)
  return rows
}

/** The latest changes of the country's days (agency null), or of an agency's days and hours. */
export async function listChanges(db: CalendarDb, agencyId: number | null, limit = 100): Promise<CalendarChange[]> {
  const rows = await db
    .selectFrom('calendar.change')
    .selectAll()
    .where('agency_id', 'is not distinct from', agencyId)
    .orderBy('change_id', 'desc')
    .limit(limit)
    .execute()
  return rows.map(({ change_id, agency_id, subject, day, before, after, changed_by, changed_at }) => ({
    changeId: change_id,
    agencyId: agency_id,
    subject,
    day,
    before,
    after,
    changedBy: changed_by,
    changedAt: changed_at,
  }))
}

// --- Changing, with its history ---------------------------------------------------------------------------------------

type By = { by: number | null; at: Instant }

/** Enters a day for the whole country (agency null) or for an agency and all below it, in place of what was there. */
export async function saveDay(
  db: CalendarDb,
  { agencyId, day, by, at }: By & { agencyId: number | null; day: ExceptionalDay },
): Promise<void> {
  await changing(db, async (tx) => {
    const values = { ...day, changed_by: by, changed_at: at }
    const before = await lockDay(tx, agencyId, day.day)
    if (before && isDeepStrictEqual(before, toFacts(day))) return
    if (agencyId === null) {
      const row = { ...values, shipped: false }
      await tx
        .insertInto('calendar.day')
        .values(row)
        .onConflict((clash) => clash.column('day').doUpdateSet(row))
        .execute()
    } else {
      const row = { ...values, agency_id: agencyId }
      await tx
        .insertInto('calendar.agency_day')
        .values(row)
        .onConflict((clash) => clash.columns(['agency_id', 'day']).doUpdateSet(row))
        .execute()
    }
    await remember(tx, { agencyId, subject: 'day', day: day.day, before, after: toFacts(day), by, at })
  })
}

/** Takes an entered day back; false when there was none. */
export async function removeDay(
  db: CalendarDb,
  { agencyId, day, by, at }: By & { agencyId: number | null; day: Day },
): Promise<boolean> {
  return changing(db, async (tx) => {
    const before = await lockDay(tx, agencyId, day)
    if (!before) return false
    if (agencyId === null) await tx.deleteFrom('calendar.day').where('day', '=', day).execute()
    else await tx.deleteFrom('calendar.agency_day').where('agency_id', '=', agencyId).where('day', '=', day).execute()
    await remember(tx, { agencyId, subject: 'day', day, before, after: null, by, at })
    return true
  })
}

/** Sets the hours of an agency and all below it from a day on. */
export async function saveHours(
  db: CalendarDb,
  { agencyId, hours, by, at }: By & { agencyId: number; hours: OfficeHours },
): Promise<void> {
  await changing(db, async (tx) => {
    const before = await lockHours(tx, agencyId, hours.validFrom)
    if (before && isDeepStrictEqual(before, hours)) return
    const row = {
      agency_id: agencyId,
      valid_from: hours.validFrom,
      intervals: sql<Interval[]>`${JSON.stringify(hours.intervals)}::jsonb`,
      working_weekdays: [...hours.workingWeekdays],
      saturday_session: sql<Interval[]>`${JSON.stringify(hours.saturdaySession)}::jsonb`,
      reading: hours.reading,
      changed_by: by,
      changed_at: at,
    }
    await tx
      .insertInto('calendar.agency_hours')
      .values(row)
      .onConflict((clash) => clash.columns(['agency_id', 'valid_from']).doUpdateSet(row))
      .execute()
    await remember(tx, { agencyId, subject: 'hours', day: hours.validFrom, before, after: hours, by, at })
  })
}

/** Takes hours back that began on that day; false when none did. */
export async function removeHours(
  db: CalendarDb,
  { agencyId, validFrom, by, at }: By & { agencyId: number; validFrom: Day },
): Promise<boolean> {
  return changing(db, async (tx) => {
    const before = await lockHours(tx, agencyId, validFrom)
    if (!before) return false
    await tx
      .deleteFrom('calendar.agency_hours')
      .where('agency_id', '=', agencyId)
      .where('valid_from', '=', validFrom)
      .execute()
    await remember(tx, { agencyId, subject: 'hours', day: validFrom, before, after: null, by, at })
    return true
  })
}

/**
 * Loads the days that this release carries. What an administrator has entered, changed or taken away stays so; what
 * nobody touched follows the release. Returns how many days changed.
 */
export async function seedCalendar(db: CalendarDb): Promise<number> {
  const days = JSON.stringify(shippedDays.map(toFacts))
  const { numAffectedRows = 0n } = await sql`
    insert into calendar.day (day, kind, name, notice, status, shipped)
    select day, kind, name, notice, status, true
    from jsonb_to_recordset(${days}::jsonb) as shipped (day date, kind text, name text, notice text, status text)
    where not exists (
      select from calendar.change where agency_id is null and subject = 'day' and change.day = shipped.day)
    on conflict (day) do update
      set kind = excluded.kind, name = excluded.name, notice = excluded.notice, status = excluded.status, changed_at = now()
      where day.shipped and (day.kind, day.name, day.notice, day.status) is distinct from
        (excluded.kind, excluded.name, excluded.notice, excluded.status)`.execute(db)
  forgetCalendars()
  return Number(numAffectedRows)
}

async function changing<Value>(db: CalendarDb, work: (tx: Tx<CalendarTables>) => Promise<Value>): Promise<Value> {
  try {
    return await db.transaction().execute(work)
  } finally {
    forgetCalendars()
  }
}

const toFacts = ({ day, kind, name, notice, status }: ExceptionalDay): ExceptionalDay => ({
  day,
  kind,
  name,
  notice,
  status,
})

async function lockDay(tx: Tx<CalendarTables>, agencyId: number | null, day: Day): Promise<ExceptionalDay | undefined> {
  const row =
    agencyId === null
      ? await tx.selectFrom('calendar.day').selectAll().where('day', '=', day).forUpdate().executeTakeFirst()
      : await tx
          .selectFrom('calendar.agency_day')
          .selectAll()
          .where('agency_id', '=', agencyId)
          .where('day', '=', day)
          .forUpdate()
          .executeTakeFirst()
  return row && toFacts(row)
}

async function lockHours(tx: Tx<CalendarTables>, agencyId: number, validFrom: Day): Promise<OfficeHours | undefined> {
  const row = await tx
    .selectFrom('calendar.agency_hours')
    .selectAll()
    .where('agency_id', '=', agencyId)
    .where('valid_from', '=', validFrom)
    .forUpdate()
    .executeTakeFirst()
  return row && toHours(row)
}

const toHours = (row: Selectable<CalendarTables['calendar.agency_hours']>): OfficeHours => ({
  validFrom: row.valid_from,
  intervals: row.intervals,
  workingWeekdays: row.working_weekdays,
  saturdaySession: row.saturday_session,
  reading: row.reading,
})

type Change = By & { agencyId: number | null; subject: 'day' | 'hours'; day: Day; before: unknown; after: unknown }

async function remember(
  tx: Tx<CalendarTables>,
  { agencyId, subject, day, before, after, by, at }: Change,
): Promise<void> {
  const json = (value: unknown) => (value ? sql`${JSON.stringify(value)}::jsonb` : null)
  await sql`insert into calendar.change (agency_id, subject, day, before, after, changed_by, changed_at)
    values (${agencyId}, ${subject}, ${day}, ${json(before)}, ${json(after)}, ${by}, ${at})`.execute(tx)
}
