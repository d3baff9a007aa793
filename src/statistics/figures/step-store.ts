import { sql, type RawBuilder } from 'kysely'
import type { Day, Instant } from '../../platform/day.ts'
import type { FigureFilter } from './contract.ts'
import type { FigureDb, FigureTx } from './fact-store.ts'
import type { Period } from './rules/figures.ts'
import type { Piece } from './rules/question.ts'
import { classOf } from './rules/steps.ts'

/** A stay that is over, as it is written. */
export type NewStep = {
  agencyId: number
  dossierId: string
  ordinal: number
  kind: string
  unitId: number
  officerId: number | null
  field: string
  procedureCode: string
  channel: string
  closedOn: Day
  knownAt: Instant
  knownLate: boolean
  officeMinutes: number
  clockMinutes: number
  late: boolean
}

/** Writes the stays that are not there yet and counts them in the scopes above. */
export async function addSteps(tx: FigureTx, steps: readonly NewStep[]): Promise<void> {
  if (steps.length === 0) return
  const rows = steps.map((step) => ({
    agency_id: step.agencyId,
    dossier_id: step.dossierId,
    ordinal: step.ordinal,
    kind: step.kind,
    unit_id: step.unitId,
    officer_id: step.officerId,
    field: step.field,
    procedure_code: step.procedureCode,
    channel: step.channel,
    closed_on: step.closedOn,
    known_at: step.knownAt,
    known_late: step.knownLate,
    office_minutes: step.officeMinutes,
    clock_minutes: step.clockMinutes,
    late: step.late,
  }))
  await sql`with added as (
      insert into statistics.step_time (agency_id, dossier_id, ordinal, kind, unit_id, officer_id, field, procedure_code, channel, closed_on, known_at,
        known_late, office_minutes, clock_minutes, late)
      select agency_id, dossier_id, ordinal, kind, unit_id, officer_id, field, procedure_code, channel, closed_on, known_at, known_late,
        office_minutes, clock_minutes, late
      from jsonb_to_recordset(${JSON.stringify(rows)}::jsonb) as x (agency_id int, dossier_id uuid, ordinal smallint, kind text, unit_id int,
        officer_id int, field text, procedure_code text, channel text, closed_on date, known_at timestamptz, known_late boolean,
        office_minutes int, clock_minutes int, late boolean)
      on conflict do nothing returning *)
    ${countSteps(sql`select m.scope_id, added.* from added join statistics.scope_member m on m.agency_id = added.agency_id and m.scope_id < 0`)}`.execute(
    tx,
  )
}

/** Counts the stays of a scope of many agencies, where none were counted yet. */
export const rollUpSteps = (tx: FigureTx, scopeId: number) =>
  sql`${countSteps(sql`select m.scope_id, t.* from statistics.scope_member m join statistics.step_time t on t.agency_id = m.agency_id
    where m.scope_id = ${scopeId}`)}`.execute(tx)

export const forgetStepSums = (tx: FigureTx, scopeId: number) =>
  sql`delete from statistics.step_roll_up where scope_id = ${scopeId}`.execute(tx)

export const forgetSteps = async (tx: FigureTx): Promise<void> => {
  await sql`delete from statistics.step_time`.execute(tx)
  await sql`delete from statistics.step_roll_up`.execute(tx)
}

/** The class of a length in SQL; the same as `classOf` in the rules. */
const classIs = (minutes: string): string =>
  `case when ${minutes} < 64 then ${minutes} else (${minutes} >> unit) * (1 << unit) + (1 << (unit - 1)) end`

const countSteps = (scoped: RawBuilder<unknown>): RawBuilder<unknown> => sql`
  insert into statistics.step_roll_up as r (scope_id, level, start, kind, clock, length, passed, late, total)
  select s.scope_id, l.level, date_trunc(l.level, s.closed_on::timestamp)::date, s.kind, m.clock, ${sql.raw(classIs('m.minutes'))},
    count(*), count(*) filter (where s.late), sum(m.minutes)
  from (${scoped}) as s
  cross join (values ('day'), ('month'), ('year')) as l (level)
  cross join lateral (values (false, s.office_minutes), (true, s.clock_minutes)) as w (clock, minutes)
  cross join lateral (select w.clock, w.minutes, floor(ln(greatest(w.minutes, 1)::float8) / ln(2::float8) + 1e-9)::int - 5 as unit) as m
  group by 1, 2, 3, 4, 5, 6
  on conflict (scope_id, level, start, clock, kind, length) do update
    set passed = r.passed + excluded.passed, late = r.late + excluded.late, total = r.total + excluded.total`

/** Stays of one key and about one length; negative counts take away what was not known yet. */
export type StepRow = { key: string; minutes: number; count: number; late: number; total: number }

type Selected = { agencies: readonly number[]; filter: FigureFilter; knownAt: Instant | null; clock: boolean }

const stepsAre = ({ field, procedures, channel, unitId, officerId }: FigureFilter): RawBuilder<unknown> => sql`
  ${field === undefined ? sql`` : sql`and t.field = ${field}`} ${channel === undefined ? sql`` : sql`and t.channel = ${channel}`}
  ${procedures === undefined ? sql`` : sql`and t.procedure_code = any (${[...procedures]}::text[])`}
  ${unitId === undefined ? sql`` : sql`and t.unit_id = ${unitId}`} ${officerId === undefined ? sql`` : sql`and coalesce(t.officer_id, 0) = ${officerId}`}`

const keys = { step: sql`t.kind`, unit: sql`t.unit_id::text`, officer: sql`coalesce(t.officer_id, 0)::text` }

/** Straight from the stays, by step, unit or officer. */
export async function listSteps(
  db: FigureDb,
  { agencies, filter, knownAt, clock }: Selected,
  { by, period, own }: { by: keyof typeof keys; period: Period; own: boolean },
): Promise<StepRow[]> {
  const minutes = clock ? sql`t.clock_minutes` : sql`t.office_minutes`
  const { rows } = await sql<StepRow>`
    select ${keys[by]} as key, ${minutes} as minutes, count(*)::int as count, (count(*) filter (where t.late))::int as late, sum(${minutes})::int8 as total
    from statistics.step_time t
    where t.agency_id = any (${[...agencies]}::int[]) and t.closed_on >= ${period.from}::date and t.closed_on <= ${period.to}::date
      ${knownAt === null ? sql`` : sql`and t.known_at <= ${knownAt}`} ${own ? sql`and t.kind not in ('wait', 'return')` : sql``} ${stepsAre(filter)}
    group by 1, 2`.execute(db)
  return rows
}

/** From the sums of scopes, by step; what was written down after the moment of knowledge is taken away. */
export async function sumSteps(
  db: FigureDb,
  {
    scopes,
    agencies,
    pieces,
    knownAt,
    clock,
    period,
  }: Omit<Selected, 'filter'> & {
    scopes: readonly number[]
    pieces: readonly Piece[]
    period: Period
  },
): Promise<StepRow[]> {
  const { rows } = await sql<StepRow>`
    select r.kind as key, r.length as minutes, sum(p.sign * r.passed)::int as count, sum(p.sign * r.late)::int as late, sum(p.sign * r.total)::int8 as total
    from unnest(${[...scopes]}::int[]) as s (id)
    cross join unnest(${pieces.map(({ level }) => level)}::text[], ${pieces.map(({ first }) => first)}::date[], ${pieces.map(({ end }) => end)}::date[],
      ${pieces.map(({ sign }) => sign)}::int[]) as p (level, first, last, sign)
    cross join lateral (select * from statistics.step_roll_up r
      where r.scope_id = s.id and r.level = p.level and r.start >= p.first and r.start < p.last and r.clock = ${clock} offset 0) as r
    group by 1, 2`.execute(db)
  if (knownAt === null) return rows
  const { rows: later } = await sql<StepRow>`
    select t.kind as key, ${sql.raw(clock ? 't.clock_minutes' : 't.office_minutes')} as minutes, -1 as count, case when t.late then -1 else 0 end as late,
      -${sql.raw(clock ? 't.clock_minutes' : 't.office_minutes')} as total
    from unnest(${[...agencies]}::int[]) as a (id) cross join lateral (
      select * from statistics.step_time t where t.agency_id = a.id and t.known_late and t.known_at > ${knownAt}
        and t.closed_on >= ${period.from}::date and t.closed_on <= ${period.to}::date
      union all
      select * from statistics.step_time t where t.agency_id = a.id and t.closed_on = ${period.to}::date and not t.known_late and t.known_at > ${knownAt}
        and t.closed_on >= ${period.from}::date) as t`.execute(db)
  return [...rows, ...later.map((row) => ({ ...row, minutes: classOf(row.minutes) }))]
}

/** One stay that is over, with what the dossier is called now. */
export type ListedStay = {
  agencyId: number
  dossierId: string
  ordinal: number
  code: string
  procedureCode: string
  procedureVersionId: number
  kind: string
  unitId: number
  officerId: number | null
  minutes: number
  late: boolean
  closedOn: Day
}

export type StayPlace = { minutes: number; dossierId: string; ordinal: number }

/** The stays that one line counts, the longest first; the same conditions as the number. */
export async function listStays(
  db: FigureDb,
  { agencies, filter, knownAt, clock }: Selected,
  {
    by,
    key,
    period,
    own,
    after,
    limit,
  }: {
    by: keyof typeof keys
    key: string
    period: Period
    own: boolean
    after: StayPlace | undefined
    limit: number
  },
): Promise<ListedStay[]> {
  const minutes = clock ? sql`t.clock_minutes` : sql`t.office_minutes`
  const { rows } = await sql<ListedStay>`
    select t.agency_id as "agencyId", t.dossier_id as "dossierId", t.ordinal, f.code, f.procedure_code as "procedureCode",
      f.procedure_version_id as "procedureVersionId", t.kind, t.unit_id as "unitId", t.officer_id as "officerId", ${minutes} as minutes, t.late,
      t.closed_on as "closedOn"
    from statistics.step_time t
    cross join lateral (select * from statistics.fact f where f.agency_id = t.agency_id and f.dossier_id = t.dossier_id
      order by f.known_from desc limit 1) as f
    where t.agency_id = any (${[...agencies]}::int[]) and t.closed_on >= ${period.from}::date and t.closed_on <= ${period.to}::date
      and ${keys[by]} = ${key} ${knownAt === null ? sql`` : sql`and t.known_at <= ${knownAt}`}
      ${own ? sql`and t.kind not in ('wait', 'return')` : sql``} ${stepsAre(filter)}
      ${after === undefined ? sql`` : sql`and (${minutes}, t.dossier_id, t.ordinal) < (${after.minutes}, ${after.dossierId}::uuid, ${after.ordinal})`}
    order by ${minutes} desc, t.dossier_id desc, t.ordinal desc limit ${limit}`.execute(db)
  return rows
}
