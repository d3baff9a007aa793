import { sql, type RawBuilder } from 'kysely'
import { dayOf, daysBetween, type Instant } from '../../platform/day.ts'
import type { Db, Tx } from '../../platform/db.ts'
import type { KnownFact, Span } from './rules/facts.ts'
import { changeBetween, lagClass, measureIds, measures, type Measure, type MeasureId } from './rules/figures.ts'

/** A row of the facts. `known_to` is infinite for what is known now, so it is compared, never read. */
type FactRow = { agency_id: number; dossier_id: string; version: number; known_from: Instant }

export type FigureTables = {
  'statistics.scope_member': { scope_id: number; agency_id: number }
  'statistics.fact': FactRow
  'statistics.roll_up': { scope_id: number }
}

export type FigureDb = Db<FigureTables>
export type FigureTx = Tx<FigureTables>

/** New facts of a dossier; the one that was known until now ends where the first of them begins. */
export type NewFacts = {
  agencyId: number
  dossierId: string
  /** What was known before the first of them. */
  before: KnownFact | undefined
  facts: readonly KnownFact[]
}

const snake = (name: string): string => name.replace(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`)

/** Column of the roll-ups that holds this measure. */
export const columnOf = (measure: MeasureId): string => snake(measure)

const measureColumns = measureIds.map(columnOf)

const factColumns = {
  agency_id: 'int',
  dossier_id: 'uuid',
  version: 'int',
  known_from: 'timestamptz',
  known_to: 'timestamptz',
  code: 'text',
  procedure_code: 'text',
  procedure_version_id: 'int',
  case_key: 'text',
  field: 'text',
  channel: 'text',
  unit_id: 'int',
  officer_id: 'int',
  status: 'text',
  received_at: 'timestamptz',
  received_on: 'date',
  received_hour: 'smallint',
  finished_at: 'timestamptz',
  finished_on: 'date',
  due_at: 'timestamptz',
  due_on: 'date',
  ending: 'text',
  timeliness: 'text',
  outcome: 'text',
  overdue: 'datemultirange',
  waiting: 'datemultirange',
  not_received_on: 'date',
  supplemented_on: 'date',
  extended_on: 'date',
  apologised_on: 'date',
  returned_on: 'date',
  corrected_on: 'date',
  digitised: 'boolean',
  reused: 'boolean',
  electronic: 'boolean',
  touched_on: 'date',
  touched_lag: 'smallint',
  moved_on: 'date',
  moved_lag: 'smallint',
  open_class: 'smallint',
} as const

const factNames = Object.keys(factColumns)
const factList = factNames.join(', ')
const recordset = Object.entries(factColumns)
  .map(([name, type]) => `${name} ${type}`)
  .join(', ')

/** The version of the fact that is known now, of each of these dossiers that has one. */
export async function currentVersions(
  tx: FigureTx,
  dossiers: readonly { agencyId: number; dossierId: string }[],
): Promise<Map<string, number>> {
  const { rows } = await sql<{ dossierId: string; version: number }>`
    select f.dossier_id as "dossierId", f.version
    from unnest(${dossiers.map(({ agencyId }) => agencyId)}::int[], ${dossiers.map(({ dossierId }) => dossierId)}::uuid[])
      as d (agency_id, dossier_id)
    join statistics.fact f on f.agency_id = d.agency_id and f.dossier_id = d.dossier_id
    where f.known_to = 'infinity'`.execute(tx)
  return new Map(rows.map(({ dossierId, version }) => [dossierId, version]))
}

/** Adds what has become known, ends what was known before, and changes the roll-ups by the difference. */
export async function addFacts(tx: FigureTx, news: readonly NewFacts[]): Promise<void> {
  if (news.length === 0) return
  await sql`with input as materialized (${inputOf(news)}),
    known as (select agency_id, dossier_id, min(known_from) as known_from from input group by agency_id, dossier_id),
    before as (select f.* from statistics.fact f join known using (agency_id, dossier_id) where f.known_to = 'infinity'),
    ended as (update statistics.fact f set known_to = greatest(f.known_from, known.known_from) from known
      where f.agency_id = known.agency_id and f.dossier_id = known.dossier_id and f.known_to = 'infinity'),
    added as (${insertFacts}),
    changed as (
      select ${sql.raw(factList)}, -1 as sign from before
      union all select ${sql.raw(factList)}, 1 from input where known_to = 'infinity'),
    ${ownSums(sql`changed`)}, ${scopedSums}
    ${addToRollUp(sql`select * from scoped`)}`.execute(tx)
}

/** The same without the roll-ups, for who makes these anew afterwards. */
export async function addFactsAlone(tx: FigureTx, news: readonly NewFacts[]): Promise<void> {
  if (news.length > 0) await sql`with input as materialized (${inputOf(news)}) ${insertFacts}`.execute(tx)
}

const insertFacts = sql.raw(`insert into statistics.fact (${factList}) select ${factList} from input`)

/** Facts that were superseded in the very moment they became known were never known. */
export const dropUnknown = (tx: FigureTx, dossiers: readonly { agencyId: number; dossierId: string }[]) =>
  sql`delete from statistics.fact f
    using unnest(${dossiers.map(({ agencyId }) => agencyId)}::int[], ${dossiers.map(({ dossierId }) => dossierId)}::uuid[]) as d (agency_id, dossier_id)
    where f.agency_id = d.agency_id and f.dossier_id = d.dossier_id and f.known_to = f.known_from`.execute(tx)

const inputOf = (news: readonly NewFacts[]): RawBuilder<unknown> =>
  sql`select * from jsonb_to_recordset(${JSON.stringify(news.flatMap(toRows))}::jsonb) as x (${sql.raw(recordset)})`

function toRows({ agencyId, dossierId, before, facts }: NewFacts) {
  return facts.map((fact, index) => {
    const { touchedOn, movedOn } = changeBetween(index === 0 ? before : facts[index - 1], fact)
    const knownOn = dayOf(fact.knownFrom)
    return {
      ...Object.fromEntries(Object.entries(fact).map(([name, value]) => [snake(name), value])),
      agency_id: agencyId,
      dossier_id: dossierId,
      known_to: fact.knownTo ?? 'infinity',
      overdue: toMultirange(fact.overdue),
      waiting: toMultirange(fact.waiting),
      touched_on: touchedOn,
      touched_lag: lagClass(touchedOn, knownOn),
      moved_on: movedOn,
      moved_lag: lagClass(movedOn, knownOn),
      open_class: openClass(fact),
    }
  })
}

const toMultirange = (spans: readonly Span[]): string =>
  `{${spans.map(({ from, to }) => `[${from},${to ?? ''})`).join(',')}}`

/** For fewer than 2ⁿ + 1 days it stood open; 31 while it does. Null when it was finished on the day of reception. */
export const STILL_OPEN = 31
function openClass({ receivedOn, finishedOn }: KnownFact): number | null {
  if (receivedOn === null) return null
  if (finishedOn === null) return STILL_OPEN
  const days = daysBetween(receivedOn, finishedOn)
  return days === 0 ? null : Math.ceil(Math.log2(days))
}

// --- Roll-ups -------------------------------------------------------------------------------------------------------------

const text = (value: string | boolean | null | undefined): string =>
  typeof value === 'string' ? `'${value}'` : String(value)

/** The condition of a measure in SQL; constants of the definitions alone. */
export function conditionOf(where: object): string {
  const parts = Object.entries(where as Record<string, string | boolean | null>).map(([key, value]) => {
    const column = `f.${snake(key)}`
    if (value === null) return `${column} is null`
    return value === true ? column : `${column} = ${text(value)}`
  })
  return parts.length === 0 ? 'true' : parts.join(' and ')
}

export const dayColumn = (day: string): string => `f.${snake(day)}`

const UNAPOLOGISED =
  'case when f.apologised_on is null then f.overdue else f.overdue - datemultirange(daterange(f.apologised_on, null)) end'

/** Edges of the spans: a column of days, or the bounds of ranges, each with what it adds to the measure. */
const edgesOf = {
  open: { receivedOn: 1, finishedOn: -1 },
  'in-time': { receivedOn: 1, finishedOn: -1, overdue: -1 },
  overdue: { overdue: 1 },
  waiting: { waiting: 1 },
  'overdue-unapologised': { unapologised: 1 },
} as const satisfies Record<Extract<Measure, { span: unknown }>['span'], Record<string, 1 | -1>>

const ranges: Record<string, string> = { overdue: 'f.overdue', waiting: 'f.waiting', unapologised: UNAPOLOGISED }

const sources = [
  ...new Set(
    measureIds.flatMap((id) => {
      const measure: Measure = measures[id]
      return 'day' in measure ? [measure.day] : Object.keys(edgesOf[measure.span])
    }),
  ),
]

/** What one source adds to one measure for a fact with its sign. */
function amountOf(id: MeasureId, source: string): string {
  const measure: Measure = measures[id]
  if ('day' in measure) {
    if (measure.day !== source) return '0'
    const condition = conditionOf(measure.where)
    return condition === 'true' ? 'f.sign' : `case when ${condition} then f.sign else 0 end`
  }
  const factor = (edgesOf[measure.span] as Record<string, 1 | -1>)[source]
  if (factor === undefined) return '0'
  const sign = factor === 1 ? 'f.sign' : '-f.sign'
  return source in ranges ? `${sign} * edge.step` : sign
}

/** All that the facts of a relation with a column `sign` add, by day: dimensions, day, one column a measure. */
export function contributionsOf(
  relation: RawBuilder<unknown>,
  only: readonly MeasureId[] = measureIds,
): RawBuilder<unknown> {
  const selects = sources.flatMap((source) => {
    const amounts = only.map((id) => amountOf(id, source))
    if (amounts.every((amount) => amount === '0')) return []
    const columns = amounts.map((amount, index) => `${amount} as ${columnOf(only[index] as MeasureId)}`).join(', ')
    const range = ranges[source]
    const day = range ? 'edge.day' : dayColumn(source)
    const edges = range
      ? `cross join lateral (select unnest(${range}) as span) spans
         cross join lateral (values (lower(spans.span), 1), (upper(spans.span), -1)) as edge (day, step)`
      : ''
    const some = range ? `f.overdue <> '{}' or f.waiting <> '{}'` : 'true'
    return [
      sql`select f.agency_id, f.field, f.procedure_code, f.channel, f.unit_id, f.officer_id, f.received_hour,
        ${sql.raw(day)} as day, ${sql.raw(columns)}
      from ${relation} f ${sql.raw(edges)} where ${sql.raw(day)} is not null and (${sql.raw(some)})`,
    ]
  })
  return sql.join(selects, sql` union all `)
}

const sums = measureColumns.map((column) => `sum(${column}) as ${column}`).join(', ')
const receptions = new Set(
  measureIds
    .filter((id) => {
      const measure: Measure = measures[id]
      return 'day' in measure && measure.day === 'receivedOn'
    })
    .map(columnOf),
)
const receptionSums = measureColumns
  .map((column) => `${receptions.has(column) ? `sum(${column})` : '0'} as ${column}`)
  .join(', ')

const dimensions = ['agency_id', 'field', 'procedure_code', 'channel', 'unit_id', 'officer_id', 'hour'] as const
const empty: Record<(typeof dimensions)[number], string> = {
  agency_id: '0',
  field: `''`,
  procedure_code: `''`,
  channel: `''`,
  unit_id: '0',
  officer_id: '0',
  hour: '0',
}

/** Which dimensions each grain of an agency tells apart; scopes of many have the grain `agency` besides. */
export const grains = {
  all: [],
  field: ['field', 'channel'],
  procedure: ['field', 'procedure_code', 'channel'],
  unit: ['unit_id', 'officer_id'],
  hour: ['hour'],
} as const satisfies Record<string, readonly (typeof dimensions)[number][]>
export type Grain = keyof typeof grains

function grainSums(grain: Grain): string {
  const told: readonly string[] = grains[grain]
  const value = (name: (typeof dimensions)[number]) => {
    if (!told.includes(name)) return empty[name]
    if (name === 'hour') return 'received_hour'
    return name === 'unit_id' || name === 'officer_id' ? `coalesce(${name}, 0)` : name
  }
  const columns = dimensions.map((name) => `${value(name)} as ${name}`).join(', ')
  const group = ['agency_id', 'day', ...told.map((name) => value(name as (typeof dimensions)[number]))].join(', ')
  const where = grain === 'hour' ? 'where received_hour is not null and received <> 0' : ''
  return `select agency_id as scope_id, '${grain}' as grain, ${columns}, day, ${grain === 'hour' ? receptionSums : sums}
    from contribution ${where} group by ${group}`
}

/** Sums of each agency for itself, by day. */
const ownSums = (relation: RawBuilder<unknown>): RawBuilder<unknown> => sql`
  contribution as materialized (${contributionsOf(relation)}),
  own as materialized (${sql.raw((Object.keys(grains) as Grain[]).map(grainSums).join(' union all '))})`

const keys = `grain, ${dimensions.join(', ')}`
/** In a scope of many its agencies lie side by side, so that a comparison of all reads one stretch. */
const agencyKeys = `'agency', member_id, ${dimensions.slice(1).join(', ')}`

/** The same, and of the scopes to which the agencies belong. Units and officers are told apart in the agency alone. */
const scopedSums = sql.raw(`wholes as (
    select scope_id as whole_id, agency_id as member_id from statistics.scope_member where scope_id < 0),
  scoped as materialized (
    select scope_id, ${keys}, day, ${measureColumns.join(', ')} from own
    union all
    select whole_id, ${keys}, day, ${sums} from own join wholes on member_id = scope_id
    where grain <> 'unit' group by whole_id, ${keys}, day
    union all
    select whole_id, ${agencyKeys}, day, ${measureColumns.join(', ')} from own join wholes on member_id = scope_id where grain = 'all')`)

const nonZero = measureColumns.map((column) => `${column} <> 0`).join(' or ')

/** Adds sums by day to the roll-ups of day, month and year. */
function addToRollUp(daily: RawBuilder<unknown>): RawBuilder<unknown> {
  const columns = `scope_id, level, start, ${keys}, ${measureColumns.join(', ')}`
  const level = (name: 'day' | 'month' | 'year') =>
    name === 'day'
      ? `select scope_id, 'day' as level, day as start, ${keys}, ${measureColumns.join(', ')} from daily`
      : `select scope_id, '${name}', date_trunc('${name}', day::timestamp)::date as start, ${keys}, ${sums} from daily
         group by scope_id, date_trunc('${name}', day::timestamp)::date, ${keys}`
  const added = measureColumns.map((column) => `${column} = r.${column} + excluded.${column}`).join(', ')
  return sql`insert into statistics.roll_up as r (${sql.raw(columns)})
    select ${sql.raw(columns)} from (
      with daily as materialized (${daily}) ${sql.raw(`${level('day')} union all ${level('month')} union all ${level('year')}`)}) as x
    where ${sql.raw(nonZero)}
    on conflict (scope_id, grain, level, start, agency_id, field, procedure_code, channel, unit_id, officer_id, hour) do update set ${sql.raw(added)}`
}

/** Makes the roll-ups of one agency from its facts, where it has none yet. */
export const rollUpAgency = (tx: FigureDb, agencyId: number) =>
  sql`with facts as (select ${sql.raw(factList)}, 1 as sign from statistics.fact where agency_id = ${agencyId} and known_to = 'infinity'),
    ${ownSums(sql`facts`)} ${addToRollUp(sql`select * from own`)}`.execute(tx)

/** Makes the roll-ups of a scope from those of its agencies, where it has none yet. */
export const rollUpScope = (tx: FigureDb, scopeId: number) =>
  sql`with own as (
      select scope_id as member_id, start as day, ${sql.raw(keys)}, ${sql.raw(measureColumns.join(', '))}
      from statistics.roll_up where level = 'day' and grain <> 'unit'
        and scope_id in (select agency_id from statistics.scope_member where scope_id = ${scopeId})),
    daily as (
      select ${scopeId}::int as scope_id, ${sql.raw(keys)}, day, ${sql.raw(sums)} from own group by ${sql.raw(keys)}, day
      union all
      select ${scopeId}, ${sql.raw(agencyKeys)}, day, ${sql.raw(measureColumns.join(', '))} from own where grain = 'all')
    ${addToRollUp(sql`select * from daily`)}`.execute(tx)

export const forgetFacts = async (tx: FigureTx): Promise<void> => {
  await sql`delete from statistics.fact`.execute(tx)
  await sql`delete from statistics.roll_up`.execute(tx)
  await sql`delete from statistics.scope_member`.execute(tx)
}

// --- Scopes ---------------------------------------------------------------------------------------------------------------

export type Member = { scopeId: number; agencyId: number }

export async function listMembers(db: FigureDb): Promise<Member[]> {
  const { rows } = await sql<Member>`
    select scope_id as "scopeId", agency_id as "agencyId" from statistics.scope_member order by scope_id, agency_id`.execute(
    db,
  )
  return rows
}

const MEMBERS_FRESH_MS = 3000
const memories = new WeakMap<object, { at: number; generation: number; members: readonly Member[] }>()
let generation = 0

/**
 * The members as they were a breath ago; `place` is what they are remembered by. They change with the tree of agencies
 * and with an agency's first dossier, which another process may have read.
 */
export async function knownMembers(db: FigureDb, place: object): Promise<readonly Member[]> {
  const known = memories.get(place)
  if (known && known.generation === generation && performance.now() - known.at < MEMBERS_FRESH_MS) return known.members
  const asked = generation
  const members = await listMembers(db)
  memories.set(place, { at: performance.now(), generation: asked, members })
  return members
}

/** Called when members have changed and the change is there for all to see. */
export const forgetMembers = (): void => void generation++

/** Puts the members of a scope in place of those it had; its sums are to be made anew. */
export async function setMembers(tx: FigureTx, scopeId: number, agencies: readonly number[]): Promise<void> {
  await sql`delete from statistics.roll_up where scope_id = ${scopeId} and ${scopeId}::int < 0`.execute(tx)
  await sql`delete from statistics.scope_member where scope_id = ${scopeId}`.execute(tx)
  await sql`insert into statistics.scope_member (scope_id, agency_id) select ${scopeId}, id from unnest(${[...agencies]}::int[]) as id`.execute(
    tx,
  )
}
