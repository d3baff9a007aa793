import { sql } from 'kysely'
import type { Instant } from '../../platform/day.ts'
import type { Db } from '../../platform/db.ts'
import type { Period, PeriodEntry } from './contract.ts'
import type { FormTables } from './store.ts'

type FormDb = Db<FormTables>

export type Regime = { regime: string; name: string; nameEn: string; legalBasis: string; forms: string[] }

const periodColumns = sql`
  p.period_id as "periodId", p.regime, p.type, p.code, p.name, p.first_day as "from", p.last_day as "to",
  p.year_first_day as "yearFrom", p.deadline, p.agency_id as "agencyId"`

export async function findPeriod(db: FormDb, periodId: number): Promise<Period | undefined> {
  const { rows } =
    await sql<Period>`select ${periodColumns} from statistics.period p where period_id = ${periodId}`.execute(db)
  return rows[0]
}

/** Periods that end in a year, of these agencies and of everybody; all years when none is named. */
export async function listPeriods(
  db: FormDb,
  { agencies, year }: { agencies: readonly number[] | 'all'; year?: number },
): Promise<Period[]> {
  const { rows } = await sql<Period>`
    select ${periodColumns} from statistics.period p join statistics.regime using (regime)
    where ${agencies === 'all' ? sql`true` : sql`(agency_id is null or agency_id = any (${agencies}::int[]))`}
      and ${year === undefined ? sql`true` : sql`last_day between make_date(${year}, 1, 1) and make_date(${year}, 12, 31)`}
    order by position, last_day, first_day desc, p.code`.execute(db)
  return rows
}

export async function listRegimes(db: FormDb): Promise<Regime[]> {
  const { rows } = await sql<Regime>`
    select regime, name, name_en as "nameEn", legal_basis as "legalBasis", forms from statistics.regime order by position, regime`.execute(
    db,
  )
  return rows
}

export async function saveRegime(db: FormDb, regime: Regime & { position: number }): Promise<void> {
  await sql`
    insert into statistics.regime (regime, name, name_en, legal_basis, forms, position)
    values (${regime.regime}, ${regime.name}, ${regime.nameEn}, ${regime.legalBasis}, ${JSON.stringify(regime.forms)}::jsonb, ${regime.position})
    on conflict (regime) do nothing`.execute(db)
}

/** Undefined when the code is taken. */
export async function addPeriod(
  db: FormDb,
  { period, by, at }: { period: PeriodEntry; by: number | null; at: Instant },
): Promise<number | undefined> {
  const { rows } = await sql<{ period_id: number }>`
    insert into statistics.period (regime, type, code, name, first_day, last_day, year_first_day, deadline, agency_id, changed_by, changed_at)
    values (${period.regime}, ${period.type}, ${period.code}, ${period.name}, ${period.from}, ${period.to}, ${period.yearFrom},
      ${period.deadline}, ${period.agencyId ?? null}, ${by}, ${at})
    on conflict on constraint period_once do nothing returning period_id`.execute(db)
  const periodId = rows[0]?.period_id
  if (periodId !== undefined) await notePeriod(db, { periodId, before: null, after: period, by, at })
  return periodId
}

export async function changePeriod(
  db: FormDb,
  {
    periodId,
    before,
    period,
    by,
    at,
  }: { periodId: number; before: Period; period: PeriodEntry; by: number; at: Instant },
): Promise<void> {
  await sql`
    update statistics.period set regime = ${period.regime}, type = ${period.type}, code = ${period.code}, name = ${period.name},
      first_day = ${period.from}, last_day = ${period.to}, year_first_day = ${period.yearFrom}, deadline = ${period.deadline},
      agency_id = ${period.agencyId ?? null}, changed_by = ${by}, changed_at = ${at}
    where period_id = ${periodId}`.execute(db)
  await notePeriod(db, { periodId, before, after: period, by, at })
}

export async function removePeriod(
  db: FormDb,
  { periodId, before, by, at }: { periodId: number; before: Period; by: number; at: Instant },
): Promise<void> {
  await sql`delete from statistics.period p where period_id = ${periodId}`.execute(db)
  await notePeriod(db, { periodId, before, after: null, by, at })
}

async function notePeriod(
  db: FormDb,
  {
    periodId,
    before,
    after,
    by,
    at,
  }: { periodId: number; before: unknown; after: unknown; by: number | null; at: Instant },
): Promise<void> {
  const json = (value: unknown) => (value === null ? null : JSON.stringify(value))
  await sql`
    insert into statistics.period_change (period_id, before, after, changed_by, changed_at)
    values (${periodId}, ${json(before)}::jsonb, ${json(after)}::jsonb, ${by}, ${at})`.execute(db)
}

/** Whether a report of any agency is about this period; asked past the scope, since periods belong to nobody. */
export async function isPeriodUsed(db: FormDb, periodId: number): Promise<boolean> {
  const { rows } = await sql<{ used: boolean }>`select statistics.is_period_used(${periodId}) as used`.execute(db)
  return rows[0]?.used ?? false
}
