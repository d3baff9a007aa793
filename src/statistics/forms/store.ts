import { sql } from 'kysely'
import type { Day, Instant } from '../../platform/day.ts'
import type { Db } from '../../platform/db.ts'
import type {
  FormDefinition,
  PeriodType,
  ReportBasis,
  ReportChangeWord,
  ReportSnapshot,
  ReportState,
} from './contract.ts'
import type { CleanEntry } from './rules/entry.ts'

export type FormTables = {
  'statistics.form': {
    form: string
    version: number
    valid_from: Day
    valid_to: Day | null
    title: string
    definition: FormDefinition
    reason: string
    changed_by: number | null
    changed_at: Instant
  }
  'statistics.regime': {
    regime: string
    name: string
    name_en: string
    legal_basis: string
    forms: string[]
    position: number
  }
  'statistics.period': {
    period_id: number
    regime: string
    type: PeriodType
    code: string
    name: string
    first_day: Day
    last_day: Day
    year_first_day: Day
    deadline: Day
    agency_id: number | null
    changed_by: number | null
    changed_at: Instant
  }
  'statistics.period_change': { change_id: number; period_id: number; before: unknown; after: unknown }
  'statistics.report': {
    agency_id: number
    report_id: string
    period_id: number
    version: number
    corrects: string | null
    correction_reason: string | null
    basis: ReportBasis
    forms: FormUse[]
    state: ReportState
    revision: number
    known_at: Instant | null
    snapshot: ReportSnapshot | null
    hash: string | null
    locked_at: Instant | null
    created_at: Instant
  }
  'statistics.entry': { agency_id: number; report_id: string; form: string; row_code: string }
  'statistics.explanation': { agency_id: number; report_id: string; form: string; check_code: string }
  'statistics.report_change': {
    agency_id: number
    change_id: number
    report_id: string
    what: string
    details: unknown
  }
}

type FormDb = Db<FormTables>

/** Which version of a form a report fills in. */
export type FormUse = { form: string; version: number }

/** A report without its snapshot, which is large. */
export type StoredReport = {
  agencyId: number
  reportId: string
  periodId: number
  version: number
  corrects: string | null
  correctionReason: string | null
  basis: ReportBasis
  forms: FormUse[]
  state: ReportState
  revision: number
  knownAt: Instant | null
  hash: string | null
  lockedAt: Instant | null
  createdAt: Instant
  isCorrected: boolean
}

const reportColumns = sql`
  r.agency_id as "agencyId", r.report_id as "reportId", r.period_id as "periodId", r.version, r.corrects,
  r.correction_reason as "correctionReason", r.basis, r.forms, r.state, r.revision, r.known_at as "knownAt", r.hash,
  r.locked_at as "lockedAt", r.created_at as "createdAt",
  exists (select from statistics.report l where l.agency_id = r.agency_id and l.corrects = r.report_id) as "isCorrected"`

/** Undefined where the scope of the transaction does not reach. */
export async function findReport(db: FormDb, reportId: string): Promise<StoredReport | undefined> {
  const { rows } = await sql<StoredReport>`
    select ${reportColumns} from statistics.report r where r.report_id = ${reportId}`.execute(db)
  return rows[0]
}

/** The same, and nobody else changes it until the end of the transaction. */
export async function lockReport(db: FormDb, reportId: string): Promise<StoredReport | undefined> {
  await sql`select from statistics.report where report_id = ${reportId} for update`.execute(db)
  return findReport(db, reportId)
}

export async function findSnapshot(db: FormDb, reportId: string): Promise<ReportSnapshot | undefined> {
  const { rows } = await sql<{ snapshot: ReportSnapshot | null }>`
    select snapshot from statistics.report where report_id = ${reportId}`.execute(db)
  return rows[0]?.snapshot ?? undefined
}

/** Reports of these agencies in these periods, every version, the newest first. */
export async function listReports(
  db: FormDb,
  { agencies, periods }: { agencies: readonly number[]; periods: readonly number[] },
): Promise<StoredReport[]> {
  const { rows } = await sql<StoredReport>`
    select ${reportColumns} from statistics.report r
    where r.agency_id = any (${agencies}::int[]) and r.period_id = any (${periods}::int[])
    order by r.agency_id, r.period_id, r.version desc`.execute(db)
  return rows
}

/** The report of the same agency for the period that ended the day before this one begins: of the same regime first. */
export async function findPrevious(
  db: FormDb,
  { agencyId, from, regime }: { agencyId: number; from: Day; regime: string },
): Promise<(StoredReport & { periodName: string; yearFrom: Day }) | undefined> {
  const { rows } = await sql<StoredReport & { periodName: string; yearFrom: Day }>`
    select ${reportColumns}, p.name as "periodName", p.year_first_day as "yearFrom"
    from statistics.report r join statistics.period p using (period_id)
    where r.agency_id = ${agencyId} and p.last_day = ${from}::date - 1
    order by (p.regime = ${regime}) desc, (r.state = 'locked') desc, p.first_day desc, r.version desc limit 1`.execute(
    db,
  )
  return rows[0]
}

/** The newest report of the agency for a period that covers exactly the days a year before. */
export async function findOfYearBefore(
  db: FormDb,
  { agencyId, from, to }: { agencyId: number; from: Day; to: Day },
): Promise<(StoredReport & { periodName: string }) | undefined> {
  const { rows } = await sql<StoredReport & { periodName: string }>`
    select ${reportColumns}, p.name as "periodName"
    from statistics.report r join statistics.period p using (period_id)
    where r.agency_id = ${agencyId} and p.first_day = (${from}::date - interval '1 year')::date
      and p.last_day = (${to}::date - interval '1 year')::date
    order by (r.state = 'locked') desc, r.version desc limit 1`.execute(db)
  return rows[0]
}

export async function insertReport(
  db: FormDb,
  report: Pick<
    StoredReport,
    'agencyId' | 'reportId' | 'periodId' | 'version' | 'corrects' | 'correctionReason' | 'basis' | 'forms'
  > & {
    at: Instant
  },
): Promise<void> {
  await sql`
    insert into statistics.report (agency_id, report_id, period_id, version, corrects, correction_reason, basis, forms, state, revision, created_at)
    values (${report.agencyId}, ${report.reportId}, ${report.periodId}, ${report.version}, ${report.corrects},
      ${report.correctionReason}, ${report.basis}, ${JSON.stringify(report.forms)}::jsonb, 'draft', 1, ${report.at})`.execute(
    db,
  )
}

/** Entries and explanations of an earlier version are where its correction begins. */
export async function copyEntries(
  db: FormDb,
  { agencyId, from, to }: { agencyId: number; from: string; to: string },
): Promise<void> {
  await sql`
    insert into statistics.entry
    select agency_id, ${to}::uuid, form, row_code, value, numerator, denominator, reason, evidence, note, revision, entered_by, entered_at
    from statistics.entry where agency_id = ${agencyId} and report_id = ${from}`.execute(db)
  await sql`
    insert into statistics.explanation
    select agency_id, ${to}::uuid, form, check_code, fingerprint, reason, explained_by, explained_at
    from statistics.explanation where agency_id = ${agencyId} and report_id = ${from}`.execute(db)
}

export async function setState(
  db: FormDb,
  { reportId, state, knownAt }: { reportId: string; state: ReportState; knownAt: Instant | null },
): Promise<void> {
  await sql`
    update statistics.report set state = ${state}, known_at = ${knownAt}, revision = revision + 1
    where report_id = ${reportId}`.execute(db)
}

export async function keepSnapshot(
  db: FormDb,
  { reportId, snapshot, hash }: { reportId: string; snapshot: ReportSnapshot; hash: string },
): Promise<void> {
  await sql`
    update statistics.report set state = 'locked', known_at = ${snapshot.knownAt}, snapshot = ${JSON.stringify(snapshot)}::jsonb,
      hash = ${hash}, locked_at = ${snapshot.lockedAt}, revision = revision + 1
    where report_id = ${reportId}`.execute(db)
}

export async function raiseRevision(db: FormDb, reportId: string): Promise<number> {
  const { rows } = await sql<{ revision: number }>`
    update statistics.report set revision = revision + 1 where report_id = ${reportId} returning revision`.execute(db)
  return rows[0]?.revision ?? 0
}

// --- Entries ----------------------------------------------------------------------------------------------------------

export type StoredEntry = {
  form: string
  row: string
  value: number | null
  numerator: number | null
  denominator: number | null
  reason: string
  evidence: string
  note: string
  revision: number
  enteredBy: number
  enteredAt: Instant
}

export async function listEntries(
  db: FormDb,
  { agencyId, reportId }: { agencyId: number; reportId: string },
): Promise<StoredEntry[]> {
  const { rows } = await sql<StoredEntry>`
    select form, row_code as row, value::float8 as value, numerator::float8 as numerator, denominator::float8 as denominator,
      reason, evidence, note, revision, entered_by as "enteredBy", entered_at as "enteredAt"
    from statistics.entry where agency_id = ${agencyId} and report_id = ${reportId}`.execute(db)
  return rows
}

/** Writes a cell; a blank stays as a row, so that its changes go on being counted. */
export async function saveEntry(
  db: FormDb,
  entry: CleanEntry & {
    agencyId: number
    reportId: string
    form: string
    row: string
    reason: string
    evidence: string
    note: string
    by: number
    at: Instant
  },
): Promise<number> {
  const { rows } = await sql<{ revision: number }>`
    insert into statistics.entry as e (agency_id, report_id, form, row_code, value, numerator, denominator, reason, evidence, note, revision, entered_by, entered_at)
    values (${entry.agencyId}, ${entry.reportId}, ${entry.form}, ${entry.row}, ${entry.value}, ${entry.numerator}, ${entry.denominator},
      ${entry.reason}, ${entry.evidence}, ${entry.note}, 1, ${entry.by}, ${entry.at})
    on conflict on constraint entry_pkey do update set value = excluded.value, numerator = excluded.numerator,
      denominator = excluded.denominator, reason = excluded.reason, evidence = excluded.evidence, note = excluded.note,
      revision = e.revision + 1, entered_by = excluded.entered_by, entered_at = excluded.entered_at
    returning revision`.execute(db)
  return rows[0]?.revision ?? 0
}

// --- Explanations -----------------------------------------------------------------------------------------------------

export type StoredExplanation = {
  form: string
  check: string
  fingerprint: string
  reason: string
  by: number
  at: Instant
}

export async function listExplanations(
  db: FormDb,
  { agencyId, reportId }: { agencyId: number; reportId: string },
): Promise<StoredExplanation[]> {
  const { rows } = await sql<StoredExplanation>`
    select form, check_code as check, fingerprint, reason, explained_by as by, explained_at as at
    from statistics.explanation where agency_id = ${agencyId} and report_id = ${reportId}`.execute(db)
  return rows
}

export async function saveExplanation(
  db: FormDb,
  given: StoredExplanation & { agencyId: number; reportId: string },
): Promise<void> {
  await sql`
    insert into statistics.explanation (agency_id, report_id, form, check_code, fingerprint, reason, explained_by, explained_at)
    values (${given.agencyId}, ${given.reportId}, ${given.form}, ${given.check}, ${given.fingerprint}, ${given.reason}, ${given.by}, ${given.at})
    on conflict on constraint explanation_pkey do update set fingerprint = excluded.fingerprint, reason = excluded.reason,
      explained_by = excluded.explained_by, explained_at = excluded.explained_at`.execute(db)
}

// --- The story of a report --------------------------------------------------------------------------------------------

export type ReportChange = {
  changeId: number
  what: ReportChangeWord
  details: Record<string, unknown>
  by: number
  at: Instant
}

export async function noteChange(
  db: FormDb,
  change: { agencyId: number; reportId: string; what: ReportChangeWord; details: object; by: number; at: Instant },
): Promise<void> {
  await sql`
    insert into statistics.report_change (agency_id, report_id, what, details, changed_by, changed_at)
    values (${change.agencyId}, ${change.reportId}, ${change.what}, ${JSON.stringify(change.details)}::jsonb, ${change.by}, ${change.at})`.execute(
    db,
  )
}

export async function listReportChanges(
  db: FormDb,
  { agencyId, reportId }: { agencyId: number; reportId: string },
): Promise<ReportChange[]> {
  const { rows } = await sql<ReportChange>`
    select change_id as "changeId", what, details, changed_by as by, changed_at as at
    from statistics.report_change where agency_id = ${agencyId} and report_id = ${reportId} order by change_id desc limit 500`.execute(
    db,
  )
  return rows
}
