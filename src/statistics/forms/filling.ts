import { createHash } from 'node:crypto'
import { canonical } from '../../platform/canonical.ts'
import type { Day, Instant } from '../../platform/day.ts'
import { type Db, withScope } from '../../platform/db.ts'
import { answersFor, findAgencies, findAgency, getAgency, listOfficerNames } from '../../staff/index.ts'
import type { FormContext } from './context.ts'
import type { FilledForm, Finding, LoadedReport, Period, ReportSnapshot } from './contract.ts'
import { getForms } from './form-store.ts'
import { findPeriod } from './period-store.ts'
import { askWith } from './ask.ts'
import { readRecords } from './records.ts'
import { checkForms, type PreviousForms } from './rules/checks.ts'
import { addUnits, evaluateForm, rowsFor, type EnteredRow, type FormFacts } from './rules/evaluate.ts'
import { addMatrices } from './rules/matrix.ts'
import {
  findPrevious,
  findReport,
  findSnapshot,
  listEntries,
  listExplanations,
  listReports,
  type FormTables,
  type StoredReport,
} from './store.ts'
import { en } from './text.en.ts'
import { vi } from './text.vi.ts'

/** A unit with its newest report, and the newest one that was accepted or locked: that one is added up. */
export type UnitReport = {
  agencyId: number
  name: string
  report: StoredReport | null
  counted: StoredReport | null
}

/** A report with the forms of the period before, which its rules and the comparison look at. */
export type FullReport = LoadedReport & {
  stored: StoredReport
  previous: { reportId: string; name: string; sameYear: boolean; forms: FilledForm[] } | null
  units: UnitReport[]
  /** What the lock kept. */
  kept: ReportSnapshot | null
}

/** The forms of a report as they stand; undefined where these agencies do not include its own. */
export async function loadFilledForms(
  context: FormContext,
  reportId: string,
  { agencies }: { agencies: readonly number[] },
): Promise<LoadedReport | undefined> {
  const full = await loadReport(context, reportId, { agencies })
  if (!full) return undefined
  const { stored: _stored, previous: _previous, units: _units, kept: _kept, ...report } = full
  return report
}

/** A locked report says for ever what its snapshot says; another one what records and entries say now. */
export async function loadReport(
  context: FormContext,
  reportId: string,
  { agencies }: { agencies: readonly number[] },
): Promise<FullReport | undefined> {
  const found = await withScope(context.db, { agencies }, async (tx) => {
    const stored = await findReport(tx, reportId)
    return stored && { stored, snapshot: stored.state === 'locked' ? await findSnapshot(tx, reportId) : undefined }
  })
  if (!found) return undefined
  return found.snapshot ? fromSnapshot(found.stored, found.snapshot) : fill(context, found.stored, {})
}

/** What records and entries would give now; also for a locked report, to show what later knowledge changed. */
export async function fill(
  context: FormContext,
  stored: StoredReport,
  { knownAt = stored.knownAt, alone = false }: { knownAt?: Instant | null; alone?: boolean },
): Promise<FullReport> {
  const { db } = context
  const period = await getPeriod(db, stored.periodId)
  const agency = await describeAgency(context, stored.agencyId, period)
  const definitions = await getForms(db, stored.forms)
  const level = agency.kind
  const units = stored.basis === 'units' ? await loadUnits(context, stored.agencyId, period) : []
  const { forms, moment } =
    stored.basis === 'units'
      ? await addUp(context, { stored, definitions, level, units })
      : await fillOwn(context, { stored, definitions, level, period, knownAt })
  const previous = alone ? null : await loadPrevious(context, stored, period)
  const { findings: found, checked } = checkForms(forms, previous)
  const findings = [...missingUnits(forms, units), ...found]
  return {
    ...head(stored, period, agency),
    knownAt: moment,
    forms,
    findings: alone ? findings : await withExplanations(context, stored, findings),
    checked,
    stored,
    previous,
    units,
    kept: null,
  }
}

const head = (stored: StoredReport, period: Period, agency: LoadedReport['agency']) => ({
  reportId: stored.reportId,
  agency,
  period,
  version: stored.version,
  corrects: stored.corrects,
  correctionReason: stored.correctionReason,
  state: stored.state,
  basis: stored.basis,
  revision: stored.revision,
  hash: stored.hash,
  lockedAt: stored.lockedAt,
})

function fromSnapshot(stored: StoredReport, snapshot: ReportSnapshot): FullReport {
  const { agency, period, forms, findings, previous, knownAt } = snapshot
  const { checked } = checkForms(forms, previous)
  return {
    ...head(stored, { ...period, agencyId: null }, agency),
    knownAt,
    forms,
    findings,
    checked,
    stored,
    previous: previous && { ...previous, reportId: '' },
    units: [],
    kept: snapshot,
  }
}

type Given = { stored: StoredReport; definitions: FilledForm['definition'][]; level: string }

async function fillOwn(
  context: FormContext,
  { stored, definitions, level, period, knownAt }: Given & { period: Period; knownAt: Instant | null },
): Promise<{ forms: FilledForm[]; moment: Instant }> {
  const agencies = await answersFor(context.db, stored.agencyId, period.to)
  const records = await readRecords(context.db, askWith(context), {
    definitions,
    agencyId: stored.agencyId,
    agencies,
    level,
    period,
    knownAt,
  })
  const entered = await enteredOf(context, stored)
  const forms = definitions.map((definition) => {
    const values = records.rows.get(definition.form) ?? new Map<string, number>()
    const facts: FormFacts = { level, records: values, entered: entered.get(definition.form) ?? new Map() }
    return toFilled(definition, facts, records.lines.get(definition.form) ?? [])
  })
  return { forms, moment: records.knownAt }
}

const toFilled = (definition: FilledForm['definition'], facts: FormFacts, lines: FilledForm['lines']): FilledForm => ({
  definition: { ...definition, rows: rowsFor(definition, facts.level) },
  cells: definition.layout === 'matrix' ? [] : evaluateForm(definition, facts),
  lines,
})

/** A report that adds up the units below takes those of their reports that were accepted or locked. */
async function addUp(
  context: FormContext,
  { stored, definitions, level, units }: Given & { units: readonly UnitReport[] },
): Promise<{ forms: FilledForm[]; moment: Instant }> {
  const entered = await enteredOf(context, stored)
  const counted = units.flatMap(({ counted: report }) => (report ? [report] : []))
  const loaded: LoadedReport[] = []
  for (const report of counted) {
    const one = await loadReport(context, report.reportId, { agencies: [report.agencyId] })
    if (one) loaded.push(one)
  }
  const forms = definitions.map((definition) => {
    const below = loaded.flatMap((report) => report.forms.filter((form) => form.definition.form === definition.form))
    const facts: FormFacts = {
      level,
      records: new Map(),
      entered: entered.get(definition.form) ?? new Map(),
      units: addUnits(definition, below),
    }
    return toFilled(definition, facts, definition.layout === 'matrix' ? addMatrices(below, vi.matrix) : [])
  })
  return { forms, moment: context.clock() }
}

/** A sum without some of its units says so, and why it is sent all the same. */
function missingUnits(forms: readonly FilledForm[], units: readonly UnitReport[]): Finding[] {
  const missing = units.filter(({ counted }) => counted === null)
  const [form] = forms
  if (missing.length === 0 || !form) return []
  const names = missing.map(({ name }) => name)
  return [
    {
      check: 'don-vi-thieu',
      form: form.definition.form,
      row: '',
      severity: 'warning',
      words: vi.missingUnits(names),
      wordsEn: en.missingUnits(names),
      left: units.length - missing.length,
      right: units.length,
      fingerprint: `don-vi-thieu|${missing.map(({ agencyId }) => agencyId).join(',')}`,
    },
  ]
}

/** The agencies directly below on a day that report. */
export const unitsBelow = async ({ db }: FormContext, agencyId: number, day: Day) =>
  (await findAgencies(db, { day, parentId: agencyId, limit: 1000 })).filter(({ kind }) =>
    ['province', 'district', 'commune', 'department'].includes(kind),
  )

/** The agencies directly below, with their newest report for the same days. */
export async function loadUnits(context: FormContext, agencyId: number, period: Period): Promise<UnitReport[]> {
  const below = await unitsBelow(context, agencyId, period.to)
  const ids = below.map((each) => each.agencyId)
  const reports = await withScope(context.db, { agencies: ids }, (tx) =>
    listReports(tx, { agencies: ids, periods: [period.periodId] }),
  )
  return below.map(({ agencyId: id, fullName }) => {
    const own = reports.filter((report) => report.agencyId === id)
    return {
      agencyId: id,
      name: fullName,
      report: own[0] ?? null,
      counted: own.find(({ state }) => state === 'accepted' || state === 'locked') ?? null,
    }
  })
}

async function enteredOf(
  { db }: FormContext,
  { agencyId, reportId }: StoredReport,
): Promise<Map<string, Map<string, EnteredRow>>> {
  const entries = await withScope(db, { agencies: [agencyId] }, (tx) => listEntries(tx, { agencyId, reportId }))
  const names = await listOfficerNames(db, [...new Set(entries.map(({ enteredBy }) => enteredBy))])
  const byForm = new Map<string, Map<string, EnteredRow>>()
  for (const { form, enteredBy, ...entry } of entries) {
    const rows = byForm.get(form) ?? new Map<string, EnteredRow>()
    rows.set(entry.row, { ...entry, enteredBy: names.get(enteredBy) ?? String(enteredBy) })
    byForm.set(form, rows)
  }
  return byForm
}

async function loadPrevious(
  context: FormContext,
  { agencyId }: StoredReport,
  period: Period,
): Promise<(NonNullable<PreviousForms> & { reportId: string; name: string; forms: FilledForm[] }) | null> {
  const found = await withScope(context.db, { agencies: [agencyId] }, async (tx) => {
    const stored = await findPrevious(tx, { agencyId, from: period.from, regime: period.regime })
    return (
      stored && { stored, snapshot: stored.state === 'locked' ? await findSnapshot(tx, stored.reportId) : undefined }
    )
  })
  if (!found) return null
  const { stored, snapshot } = found
  const forms = snapshot?.forms ?? (await fill(context, stored, { alone: true })).forms
  return { reportId: stored.reportId, name: stored.periodName, sameYear: stored.yearFrom === period.yearFrom, forms }
}

async function withExplanations(
  { db }: FormContext,
  { agencyId, reportId }: StoredReport,
  findings: readonly Finding[],
): Promise<Finding[]> {
  const given = await withScope(db, { agencies: [agencyId] }, (tx) => listExplanations(tx, { agencyId, reportId }))
  const names = await listOfficerNames(db, [...new Set(given.map(({ by }) => by))])
  return findings.map((finding) => {
    const found = given.find(({ form, check }) => form === finding.form && check === finding.check)
    if (!found) return finding
    const { reason, at, by, fingerprint } = found
    return {
      ...finding,
      explanation: { reason, at, by: names.get(by) ?? String(by), holds: fingerprint === finding.fingerprint },
    }
  })
}

async function describeAgency({ db }: FormContext, agencyId: number, { to }: Period): Promise<LoadedReport['agency']> {
  const { fullName, kind, gsoCode, parentId, parentName } = await getAgency(db, agencyId, to)
  const parent = parentId === null ? undefined : await findAgency(db, parentId, to)
  return { agencyId, name: fullName, kind, code: gsoCode, parent: parent?.fullName ?? parentName }
}

async function getPeriod(db: Db<FormTables>, periodId: number): Promise<Period> {
  const period = await findPeriod(db, periodId)
  if (!period) throw new Error(`no period ${periodId}`)
  return period
}

/** What a lock keeps, from a report as it was filled last. */
export function toSnapshot(report: FullReport, { lockedAt }: { lockedAt: Instant }): ReportSnapshot {
  const { agencyId: _agencyId, ...period } = report.period
  return {
    format: 'motcua-report/1',
    report: {
      reportId: report.reportId,
      version: report.version,
      corrects: report.corrects,
      correctionReason: report.correctionReason,
      basis: report.basis,
    },
    agency: report.agency,
    period,
    knownAt: report.knownAt,
    lockedAt,
    forms: report.forms,
    previous: report.previous && {
      name: report.previous.name,
      sameYear: report.previous.sameYear,
      forms: report.previous.forms,
    },
    findings: report.findings,
    units: report.units.map(({ agencyId, name, report: newest, counted }) => ({
      agencyId,
      name,
      state: (counted ?? newest)?.state ?? 'none',
      hash: counted?.hash ?? null,
    })),
  }
}

export const hashOf = (snapshot: ReportSnapshot): string =>
  createHash('sha256').update(canonical(snapshot)).digest('hex')
