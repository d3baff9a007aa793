import { sql, type RawBuilder } from 'kysely'
import { addDays, instantAt, type Day, type Instant } from '../../platform/day.ts'
import { columnOf, conditionOf, contributionsOf, dayColumn, STILL_OPEN, type FigureDb } from './fact-store.ts'
import type { Breakdown, FigureDossier, FigureFilter, FigureId } from './contract.ts'
import { figures, measures, type Measure, type MeasureId, type Part, type Period } from './rules/figures.ts'
import { dayBefore, type Grain, type LineKey, type Piece } from './rules/question.ts'

/** Whose facts, which of them, and as known when; null is what is known now. */
export type Selection = {
  agencies: readonly number[]
  filter: FigureFilter
  knownAt: Instant | null
  /** One weekday, hour, or hour of a weekday. */
  line?: LineKey | undefined
}

/** Sums of one line before the period or during it. Keys are those of the breakdown, times being days. */
export type SumRow = { key: string; part: 'before' | 'during'; sums: Partial<Record<MeasureId, number>> }

type Told = { by: Breakdown | undefined; ids: readonly MeasureId[] }

/** Adds up the roll-ups: what is known now. */
export async function sumRollUps(
  db: FigureDb,
  {
    scopes,
    grain,
    pieces,
    filter,
    line,
    by,
    ids,
  }: Told & {
    scopes: readonly number[]
    grain: Grain
    pieces: readonly (Piece & { part: SumRow['part'] })[]
    filter: FigureFilter
    line?: LineKey | undefined
  },
): Promise<SumRow[]> {
  if (scopes.length === 0 || pieces.length === 0) return []
  const { rows } = await sql<Record<string, unknown>>`
    select p.part, ${rollUpKey(by, grain)} as key, ${signedSumsOf(ids)}
    from unnest(${[...scopes]}::int[]) as s (id)
    cross join unnest(${pieces.map(({ part }) => part)}::text[], ${pieces.map(({ level }) => level)}::text[],
      ${pieces.map(({ first }) => first)}::date[], ${pieces.map(({ end }) => end)}::date[], ${pieces.map(({ sign }) => sign)}::int[]) as p (part, level, first, last, sign)
    cross join lateral (select * from statistics.roll_up r where r.scope_id = s.id and r.grain = ${grain} and r.level = p.level and r.start >= p.first and r.start < p.last
      ${dimensionsAre(filter, 'r')} ${rollUpLineIs(line)} offset 0) as r
    group by 1, 2`.execute(db)
  return rows.map((row) => toSumRow(row, ids))
}

function rollUpKey(by: Breakdown | undefined, grain: Grain): RawBuilder<unknown> {
  switch (by) {
    case undefined:
      return sql`''`
    case 'agency':
    case 'level':
      return grain === 'agency' ? sql`r.agency_id::text` : sql`r.scope_id::text`
    case 'field':
      return sql`r.field`
    case 'procedure':
      return sql`r.procedure_code`
    case 'channel':
      return sql`r.channel`
    case 'unit':
      return sql`r.unit_id::text`
    case 'officer':
      return sql`r.officer_id::text`
    case 'hour':
      return sql`(r.hour % 24)::text`
    case 'weekday':
      return sql`extract(isodow from r.start)::text`
    case 'day':
    case 'week':
    case 'month':
      return sql`r.start::text`
  }
}

const rollUpLineIs = (line: LineKey | undefined): RawBuilder<unknown> => {
  if (line?.by === 'weekday') return sql`and extract(isodow from r.start) = ${Number(line.key)}`
  if (line?.by === 'hour') return sql`and r.hour % 24 = ${Number(line.key)}`
  return line?.by === 'load' ? sql`and r.hour = ${hourOfLoad(line.key)}` : sql``
}

/** `1-8`, Monday at eight, as facts number the hours of the week. */
const hourOfLoad = (key: string): number => {
  const [weekday = 0, hour = 0] = key.split('-').map(Number)
  return weekday * 24 + hour
}

const sumsOf = (ids: readonly MeasureId[], of: string): RawBuilder<unknown> =>
  ids.length === 0
    ? sql`0 as nothing`
    : sql.raw(ids.map((id) => `sum(${of}.${columnOf(id)})::int as ${columnOf(id)}`).join(', '))

const signedSumsOf = (ids: readonly MeasureId[]): RawBuilder<unknown> =>
  ids.length === 0
    ? sql`0 as nothing`
    : sql.raw(ids.map((id) => `sum(p.sign * r.${columnOf(id)})::int as ${columnOf(id)}`).join(', '))

const toSumRow = (row: Record<string, unknown>, ids: readonly MeasureId[]): SumRow => ({
  key: String(row['key']),
  part: row['part'] === 'before' ? 'before' : 'during',
  sums: Object.fromEntries(ids.map((id) => [id, Number(row[columnOf(id)])])),
})

function dimensionsAre(
  { field, procedures, channel, unitId, officerId }: FigureFilter,
  of: 'r' | 'f',
): RawBuilder<unknown> {
  const is = (name: string, value: string | number | undefined) =>
    value === undefined ? sql`` : sql`and ${sql.raw(`${of}.${name}`)} = ${value}`
  const id = (name: string, value: number | undefined) =>
    value === undefined ? sql`` : sql`and ${sql.raw(of === 'r' ? `r.${name}` : `coalesce(f.${name}, 0)`)} = ${value}`
  return sql`${is('field', field)} ${is('channel', channel)} ${id('unit_id', unitId)} ${id('officer_id', officerId)}
    ${procedures === undefined ? sql`` : sql`and ${sql.raw(of)}.procedure_code = any (${[...procedures]}::text[])`}`
}

// `offset 0` keeps PostgreSQL from joining by reading a whole table: each place is one short scan of an index.

// --- Facts ----------------------------------------------------------------------------------------------------------------

const knownIs = (knownAt: Instant | null): RawBuilder<unknown> =>
  knownAt === null ? sql`f.known_to = 'infinity'` : sql`f.known_from <= ${knownAt} and f.known_to > ${knownAt}`

/** All facts of the selection, each counted once: the way that needs no roll-ups. */
const plainFacts = ({ agencies, filter, knownAt }: Selection): RawBuilder<unknown> =>
  sql`select f.*, 1 as sign from statistics.fact f
    where f.agency_id = any (${[...agencies]}::int[]) and ${knownIs(knownAt)} ${dimensionsAre(filter, 'f')}`

const LAGS = 16

/** Dossiers of which something was learnt between two moments that concerns the days up to `to`. */
const changedDossiers = (
  agencies: readonly number[],
  { after, until, to, moves }: { after: Instant; until: Instant | null; to: Day; moves: boolean },
): RawBuilder<unknown> => {
  const [lag, on] = moves ? ['moved_lag', 'moved_on'] : ['touched_lag', 'touched_on']
  const ends = Array.from({ length: LAGS }, (_, index) => instantAt(addDays(to, 2 ** index), 0))
  return sql`select distinct found.agency_id, found.dossier_id
    from unnest(${[...agencies]}::int[]) as a (id)
    cross join unnest(${ends.map((_, index) => index)}::int[], ${ends}::timestamptz[]) as l (class, last)
    cross join lateral (select f.agency_id, f.dossier_id from statistics.fact f
      where f.agency_id = a.id and f.${sql.raw(lag)} = l.class and f.known_from > ${after} and f.known_from < l.last
        and f.${sql.raw(on)} <= ${to}::date ${until === null ? sql`` : sql`and f.known_from <= ${until}`} offset 0) as found`
}

/** What to add to what is known now to get what was known at a moment: away with the later facts, back with the former. */
const correctingFacts = (
  { agencies, filter }: Selection,
  { knownAt, to, moves }: { knownAt: Instant; to: Day; moves: boolean },
): RawBuilder<unknown> =>
  sql`select f.*, case when f.known_to = 'infinity' then -1 else 0 end
      + case when f.known_from <= ${knownAt} and f.known_to > ${knownAt} then 1 else 0 end as sign
    from (${changedDossiers(agencies, { after: knownAt, until: null, to, moves })}) as changed
    cross join lateral (select * from statistics.fact f where f.agency_id = changed.agency_id and f.dossier_id = changed.dossier_id offset 0) as f
    where (f.known_to = 'infinity' or (f.known_from <= ${knownAt} and f.known_to > ${knownAt})) ${dimensionsAre(filter, 'f')}`

/** Whether it matters in whose hands a dossier was; that changes more often than what is counted. */
const tellsHands = ({ unitId, officerId }: FigureFilter): boolean => unitId !== undefined || officerId !== undefined

/** Adds up facts day by day: all of them, or the difference between what was known at a moment and what is known now. */
export async function sumFacts(
  db: FigureDb,
  selection: Selection,
  { by, ids, period, correcting }: Told & { period: Period; correcting: boolean },
): Promise<SumRow[]> {
  const { filter, knownAt, line } = selection
  const moves = tellsHands(filter) || by === 'unit' || by === 'officer'
  const facts =
    correcting && knownAt !== null
      ? correctingFacts(selection, { knownAt, to: period.to, moves })
      : plainFacts(selection)
  const { rows } = await sql<Record<string, unknown>>`
    with facts as materialized (${facts}), contribution as (${contributionsOf(sql`facts`, ids)})
    select case when c.day <= ${dayBefore(period)}::date then 'before' else 'during' end as part, ${contributionKey(by)} as key, ${sumsOf(ids, 'c')}
    from contribution c where c.day <= ${period.to}::date ${contributionLineIs(line)}
    group by 1, 2`.execute(db)
  return rows.map((row) => toSumRow(row, ids))
}

function contributionKey(by: Breakdown | undefined): RawBuilder<unknown> {
  switch (by) {
    case undefined:
      return sql`''`
    case 'agency':
    case 'level':
      return sql`c.agency_id::text`
    case 'field':
      return sql`c.field`
    case 'procedure':
      return sql`c.procedure_code`
    case 'channel':
      return sql`c.channel`
    case 'unit':
      return sql`coalesce(c.unit_id, 0)::text`
    case 'officer':
      return sql`coalesce(c.officer_id, 0)::text`
    case 'hour':
      return sql`(c.received_hour % 24)::text`
    case 'weekday':
      return sql`extract(isodow from c.day)::text`
    case 'day':
    case 'week':
    case 'month':
      return sql`c.day::text`
  }
}

const contributionLineIs = (line: LineKey | undefined): RawBuilder<unknown> => {
  if (line?.by === 'weekday') return sql`and extract(isodow from c.day) = ${Number(line.key)}`
  if (line?.by === 'hour') return sql`and c.received_hour % 24 = ${Number(line.key)}`
  return line?.by === 'load' ? sql`and c.received_hour = ${hourOfLoad(line.key)}` : sql``
}

/**
 * On a day that is not over, roll-ups already count as overdue what is due later that day: those are taken back here.
 * The rows are as of the last day of the period.
 */
export async function sumNotYetDue(
  db: FigureDb,
  { agencies, filter, knownAt }: Selection,
  { by, period: { to, judgedAt } }: { by: Breakdown | undefined; period: Period },
): Promise<SumRow[]> {
  if (judgedAt === null) return []
  const key =
    by === 'weekday' || by === 'hour'
      ? sql`''`
      : contributionKey(by === 'day' || by === 'week' || by === 'month' ? undefined : by)
  const { rows } = await sql<{ key: string; count: number; unapologised: number }>`
    with c as (select f.* from statistics.fact f
      where f.agency_id = any (${[...agencies]}::int[]) and f.due_on = ${to}::date and f.due_at >= ${judgedAt} and f.finished_on is null
        and f.received_on <= ${to}::date and ${knownIs(knownAt)} and f.overdue @> ${to}::date ${dimensionsAre(filter, 'f')})
    select ${key} as key, count(*)::int as count, (count(*) filter (where c.apologised_on is null or c.apologised_on > ${to}::date))::int as unapologised
    from c group by 1`.execute(db)
  return rows.map(({ key, count, unapologised }) => ({
    key: by === 'day' || by === 'week' || by === 'month' ? to : key,
    part: 'during',
    sums: { openOverdue: -count, openInTime: count, openUnapologised: -unapologised },
  }))
}

// --- Lists ----------------------------------------------------------------------------------------------------------------

const overdueAt = ({ to, judgedAt }: Period): RawBuilder<unknown> =>
  judgedAt === null
    ? sql`f.overdue @> ${to}::date`
    : sql`f.overdue @> ${to}::date and not (f.due_on = ${to}::date and f.due_at >= ${judgedAt})`

/** The condition under which a part of a figure counts a fact; in SQL what `countOf` is in the rules. */
function partIs({ measure, when }: Part, period: Period): RawBuilder<unknown> {
  const definition: Measure = measures[measure]
  if ('day' in definition) {
    const day = sql.raw(dayColumn(definition.day))
    return sql`${day} >= ${period.from}::date and ${day} <= ${period.to}::date and ${sql.raw(conditionOf(definition.where))}`
  }
  const day = when === 'before' ? dayBefore(period) : period.to
  const open = sql`f.received_on <= ${day}::date and (f.finished_on is null or f.finished_on > ${day}::date)`
  switch (definition.span) {
    case 'open':
      return open
    case 'in-time':
      return sql`${open} and not (${overdueAt(period)})`
    case 'overdue':
      return sql`${open} and ${overdueAt(period)}`
    case 'waiting':
      return sql`${open} and f.waiting @> ${day}::date`
    case 'overdue-unapologised':
      return sql`${open} and ${overdueAt(period)} and (f.apologised_on is null or f.apologised_on > ${day}::date)`
  }
}

const listLineIs = (line: LineKey | undefined, { measure }: Part): RawBuilder<unknown> => {
  const definition: Measure = measures[measure]
  if (line?.by === 'weekday')
    return 'day' in definition
      ? sql`and extract(isodow from ${sql.raw(dayColumn(definition.day))}) = ${Number(line.key)}`
      : sql`and false`
  if (line?.by === 'hour') return sql`and f.received_hour % 24 = ${Number(line.key)}`
  return line?.by === 'load' ? sql`and f.received_hour = ${hourOfLoad(line.key)}` : sql``
}

/** A dossier behind a figure as the store knows it. */
export type ListedFact = Omit<FigureDossier, 'procedureName' | 'timeliness'> & {
  procedureVersionId: number
  unitId: number | null
  officerId: number | null
  ended: string | null
  timely: string | null
  isOverdue: boolean
  isWaiting: boolean
  sortOn: Day
}

const listed = (
  period: Period,
): RawBuilder<unknown> => sql`f.agency_id as "agencyId", f.dossier_id as "dossierId", f.code, f.field,
  f.procedure_code as "procedureCode", f.procedure_version_id as "procedureVersionId", f.channel, f.status, f.unit_id as "unitId",
  f.officer_id as "officerId", f.received_on as "receivedOn", f.due_at as "dueAt", f.finished_on as "finishedOn", f.ending as ended,
  f.timeliness as timely, (${overdueAt(period)}) as "isOverdue", f.waiting @> ${period.to}::date as "isWaiting"`

export type ListPlace = { sortOn: Day; dossierId: string }

/** The dossiers that a figure counts, the latest first; the same conditions as the number. */
export async function listFacts(
  db: FigureDb,
  selection: Selection,
  { figure, period, after, limit }: { figure: FigureId; period: Period; after?: ListPlace | undefined; limit: number },
): Promise<ListedFact[]> {
  const { agencies, filter, knownAt } = selection
  const place = { period, after, limit }
  const parts = figures[figure]
  if (knownAt === null) {
    const { rows } = await sql<ListedFact>`
      select * from (${sql.join(
        parts.map((part) => scanFor(selection, part, place)),
        sql` union all `,
      )}) as f
      order by "sortOn" desc, "dossierId" desc limit ${limit}`.execute(db)
    return rows
  }
  const changed = changedDossiers(agencies, { after: knownAt, until: null, to: period.to, moves: tellsHands(filter) })
  const { rows } = await sql<ListedFact>`
    with changed as materialized (${changed}),
    chosen as (
      select "agencyId" as agency_id, "dossierId" as dossier_id, "sortOn" from (
        ${sql.join(
          parts.flatMap((part) => [
            scanFor(selection, part, {
              ...place,
              besides: sql`and f.dossier_id not in (select dossier_id from changed)`,
            }),
            changedFor(selection, part, place, knownAt),
          ]),
          sql` union all `,
        )}) as found
      order by "sortOn" desc, "dossierId" desc limit ${limit})
    select ${listed(period)}, chosen."sortOn" from chosen
    join statistics.fact f on f.agency_id = chosen.agency_id and f.dossier_id = chosen.dossier_id and ${knownIs(knownAt)}
    order by "sortOn" desc, "dossierId" desc`.execute(db)
  return rows
}

type Place = { period: Period; after: ListPlace | undefined; limit: number }

const sortColumn = (measure: Measure) => sql.raw('day' in measure ? dayColumn(measure.day) : 'f.received_on')

const beyond = (day: RawBuilder<unknown>, after: ListPlace | undefined) =>
  after ? sql`and (${day}, f.dossier_id) < (${after.sortOn}::date, ${after.dossierId}::uuid)` : sql``

/** Of what is known now, each agency by the index of the day, or of what stood open for how long. */
function scanFor(
  { agencies, filter, line }: Selection,
  part: Part,
  { period, after, limit, besides = sql`` }: Place & { besides?: RawBuilder<unknown> },
): RawBuilder<unknown> {
  const definition: Measure = measures[part.measure]
  const day = sortColumn(definition)
  const on = part.when === 'before' ? dayBefore(period) : period.to
  const classes = [...Array.from({ length: LAGS }, (_, index) => index), STILL_OPEN]
  const since = classes.map((each) => (each === STILL_OPEN ? '1900-01-01' : addDays(on, -(2 ** each))))
  const isDay = 'day' in definition
  const places = isDay ? sql`` : sql`cross join unnest(${classes}::int[], ${since}::date[]) as l (class, since)`
  const within = isDay ? sql`` : sql`and f.open_class = l.class and f.received_on > l.since`
  return sql`select found.* from unnest(${[...agencies]}::int[]) as a (id) ${places} cross join lateral (
      select ${listed(period)}, ${day} as "sortOn" from statistics.fact f
      where f.agency_id = a.id ${within} and f.known_to = 'infinity' and ${partIs(part, period)} ${dimensionsAre(filter, 'f')}
        ${listLineIs(line, part)} ${beyond(day, after)} ${besides}
      order by ${day} desc, f.dossier_id desc limit ${limit}) as found`
}

/** Of what has changed since, as it was known at the moment. */
const changedFor = (
  { filter, line }: Selection,
  part: Part,
  { period, after }: Place,
  knownAt: Instant,
): RawBuilder<unknown> => {
  const day = sortColumn(measures[part.measure])
  return sql`select ${listed(period)}, ${day} as "sortOn" from changed
    cross join lateral (select * from statistics.fact f
      where f.agency_id = changed.agency_id and f.dossier_id = changed.dossier_id and ${knownIs(knownAt)} offset 0) as f
    where ${partIs(part, period)} ${dimensionsAre(filter, 'f')} ${listLineIs(line, part)} ${beyond(day, after)}`
}

/** How often each figure counts a fact, as an array of SQL. */
const countsOf = (ids: readonly FigureId[], period: Period): RawBuilder<unknown> => {
  const count = (figure: FigureId) =>
    sql`(${sql.join(
      figures[figure].map((part) => sql`coalesce((${partIs(part, period)})::int, 0)`),
      sql` + `,
    )})`
  return sql`array[${sql.join(ids.map(count), sql`, `)}]::int[]`
}

// --- Differences ----------------------------------------------------------------------------------------------------------

export type DifferingFact = Pick<
  ListedFact,
  'agencyId' | 'dossierId' | 'code' | 'field' | 'procedureCode' | 'procedureVersionId'
> & {
  /** Of each figure asked for, in that order. */
  before: number[]
  after: number[]
  versions: number[]
}

/** Dossiers that figures count otherwise at one moment of knowledge than at a later one, with the entries that made it so. */
export async function listDifferences(
  db: FigureDb,
  { agencies, filter }: Selection,
  {
    ids,
    earlier,
    later,
    after,
    limit,
  }: {
    ids: readonly FigureId[]
    earlier: { knownAt: Instant; period: Period }
    later: { knownAt: Instant; period: Period }
    after: string | undefined
    limit: number
  },
): Promise<DifferingFact[]> {
  const none = ids.map(() => 0)
  const at = (alias: string, { knownAt, period }: typeof earlier) => sql`left join lateral (
    select f.*, ${countsOf(ids, period)} as counted from statistics.fact f
    where f.agency_id = changed.agency_id and f.dossier_id = changed.dossier_id and ${knownIs(knownAt)} ${dimensionsAre(filter, 'f')}
    ) as ${sql.raw(alias)} on true`
  const either = (column: string) => sql.raw(`coalesce(later.${column}, earlier.${column})`)
  const [before, now] = ['earlier', 'later'].map((alias) => sql`coalesce(${sql.raw(alias)}.counted, ${none}::int[])`)
  // Where days went by between the moments, promises were broken although nothing new was learnt.
  const passed = sql`${earlier.period.judgedAt !== null || earlier.period.to !== later.period.to}`
  const { rows } = await sql<DifferingFact>`
    with changed as materialized (${changedDossiers(agencies, { after: earlier.knownAt, until: later.knownAt, to: later.period.to, moves: true })}
      union select f.agency_id, f.dossier_id from statistics.fact f
      where f.agency_id = any (${[...agencies]}::int[]) and f.due_on >= ${earlier.period.to}::date and f.due_on <= ${later.period.to}::date
        and f.finished_on is null and f.received_on is not null and ${passed})
    select changed.agency_id as "agencyId", changed.dossier_id as "dossierId", ${either('code')} as code, ${either('field')} as field,
      ${either('procedure_code')} as "procedureCode", ${either('procedure_version_id')} as "procedureVersionId", ${before} as before, ${now} as after,
      array(select f.version from statistics.fact f where f.agency_id = changed.agency_id and f.dossier_id = changed.dossier_id
        and f.known_from > ${earlier.knownAt} and f.known_from <= ${later.knownAt} order by f.version) as versions
    from changed ${at('earlier', earlier)} ${at('later', later)}
    where ${before} <> ${now} ${after === undefined ? sql`` : sql`and changed.dossier_id > ${after}::uuid`}
    order by changed.dossier_id limit ${limit}`.execute(db)
  return rows
}

// --- Load -----------------------------------------------------------------------------------------------------------------

/** How many dossiers came in each hour of the week, of what is known now. */
export async function sumLoad(
  db: FigureDb,
  { scopes, pieces }: { scopes: readonly number[]; pieces: readonly Piece[] },
): Promise<{ hour: number; count: number }[]> {
  const { rows } = await sql<{ hour: number; count: number }>`
    select r.hour, sum(p.sign * r.received)::int as count
    from unnest(${[...scopes]}::int[]) as s (id)
    cross join unnest(${pieces.map(({ level }) => level)}::text[], ${pieces.map(({ first }) => first)}::date[], ${pieces.map(({ end }) => end)}::date[],
      ${pieces.map(({ sign }) => sign)}::int[]) as p (level, first, last, sign)
    cross join lateral (select * from statistics.roll_up r where r.scope_id = s.id and r.grain = 'hour' and r.level = p.level and r.start >= p.first and r.start < p.last offset 0) as r
    group by r.hour having sum(p.sign * r.received) <> 0 order by r.hour`.execute(db)
  return rows
}

/** The same from the facts: with filters, or as known at a moment. */
export async function countLoad(
  db: FigureDb,
  selection: Selection,
  period: Period,
): Promise<{ hour: number; count: number }[]> {
  const { rows } = await sql<{ hour: number; count: number }>`
    select f.received_hour as hour, count(*)::int as count from (${plainFacts(selection)}) as f
    where f.received_on >= ${period.from}::date and f.received_on <= ${period.to}::date group by f.received_hour order by 1`.execute(
    db,
  )
  return rows
}
