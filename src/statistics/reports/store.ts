import { sql } from 'kysely'
import type { Day, Instant } from '../../platform/day.ts'
import type { Db } from '../../platform/db.ts'
import type { PaperKind, ReportBody, SignOff, Template } from './contract.ts'
import type { Facts } from './rules/facts.ts'
import type { Printed } from './rules/printed.ts'

export type ReportTables = {
  'statistics.report_text': {
    agency_id: number
    report_id: string
    template: Template
    version: number
    body: ReportBody
    sign_off: SignOff
    frozen: Facts | null
    updated_by: number | null
    updated_at: Instant
  }
  'statistics.report_outline': { agency_id: number; template: Template; body: ReportBody; sign_off: SignOff }
  'statistics.routine_paper': {
    agency_id: number
    kind: PaperKind
    day: Day
    known_at: Instant
    paper: Printed
    made_at: Instant
  }
}

type ReportDb = Db<ReportTables>

export type StoredText = {
  version: number
  body: ReportBody
  signOff: SignOff
  frozen: Facts | null
  /** Null where nobody wrote. */
  updatedBy: number | null
  updatedAt: Instant
}

type TextKey = { agencyId: number; reportId: string; template: Template }

export async function findText(
  db: ReportDb,
  { agencyId, reportId, template }: TextKey,
): Promise<StoredText | undefined> {
  const { rows } = await sql<StoredText>`
    select version, body, sign_off as "signOff", frozen, updated_by as "updatedBy", updated_at as "updatedAt"
    from statistics.report_text
    where agency_id = ${agencyId} and report_id = ${reportId} and template = ${template}`.execute(db)
  return rows[0]
}

type NewText = TextKey & { body: ReportBody; signOff: SignOff; by: number | null; at: Instant }

/** Keeps the text over the version that its writer read; undefined when somebody else was faster. */
export async function saveText(
  db: ReportDb,
  { agencyId, reportId, template, version, body, signOff, by, at }: NewText & { version: number },
): Promise<number | undefined> {
  const { rows } = await sql<{ version: number }>`
    insert into statistics.report_text as t (agency_id, report_id, template, version, body, sign_off, updated_by, updated_at)
    values (${agencyId}, ${reportId}, ${template}, 1, ${JSON.stringify(body)}, ${JSON.stringify(signOff)}, ${by}, ${at})
    on conflict (agency_id, report_id, template) do update
      set version = t.version + 1, body = excluded.body, sign_off = excluded.sign_off,
        updated_by = excluded.updated_by, updated_at = excluded.updated_at
      where t.version = ${version}
    returning version`.execute(db)
  return rows[0]?.version
}

/** Keeps the numbers that a locked report was printed with; the first one holds. */
export async function freezeText(db: ReportDb, { agencyId, reportId, template }: TextKey, facts: Facts): Promise<void> {
  await sql`
    update statistics.report_text set frozen = ${JSON.stringify(facts)}
    where agency_id = ${agencyId} and report_id = ${reportId} and template = ${template} and frozen is null`.execute(db)
}

export async function findOutline(
  db: ReportDb,
  { agencyId, template }: { agencyId: number; template: Template },
): Promise<{ body: ReportBody; signOff: SignOff } | undefined> {
  const { rows } = await sql<{ body: ReportBody; signOff: SignOff }>`
    select body, sign_off as "signOff" from statistics.report_outline
    where agency_id = ${agencyId} and template = ${template}`.execute(db)
  return rows[0]
}

export async function saveOutline(
  db: ReportDb,
  { agencyId, template, body, signOff, by, at }: Omit<NewText, 'reportId' | 'by'> & { by: number },
): Promise<void> {
  await sql`
    insert into statistics.report_outline (agency_id, template, body, sign_off, updated_by, updated_at)
    values (${agencyId}, ${template}, ${JSON.stringify(body)}, ${JSON.stringify(signOff)}, ${by}, ${at})
    on conflict (agency_id, template) do update
      set body = excluded.body, sign_off = excluded.sign_off, updated_by = excluded.updated_by, updated_at = excluded.updated_at`.execute(
    db,
  )
}

type PaperKey = { agencyId: number; kind: PaperKind; day: Day }

export async function findPaper(
  db: ReportDb,
  { agencyId, kind, day }: PaperKey,
): Promise<{ paper: Printed; knownAt: Instant } | undefined> {
  const { rows } = await sql<{ paper: Printed; knownAt: Instant }>`
    select paper, known_at as "knownAt" from statistics.routine_paper
    where agency_id = ${agencyId} and kind = ${kind} and day = ${day}`.execute(db)
  return rows[0]
}

/** The days of which a paper was kept, the newest first. */
export async function listPapers(
  db: ReportDb,
  { agencyId, kind }: Omit<PaperKey, 'day'>,
): Promise<{ day: Day; knownAt: Instant }[]> {
  const { rows } = await sql<{ day: Day; knownAt: Instant }>`
    select day, known_at as "knownAt" from statistics.routine_paper
    where agency_id = ${agencyId} and kind = ${kind} order by day desc limit 60`.execute(db)
  return rows
}

/** Keeps a paper as it was made; the first one of a day holds. */
export async function keepPaper(
  db: ReportDb,
  { agencyId, kind, day, knownAt, paper, at }: PaperKey & { knownAt: Instant; paper: Printed; at: Instant },
): Promise<void> {
  await sql`
    insert into statistics.routine_paper (agency_id, kind, day, known_at, paper, made_at)
    values (${agencyId}, ${kind}, ${day}, ${knownAt}, ${JSON.stringify(paper)}, ${at})
    on conflict do nothing`.execute(db)
}
