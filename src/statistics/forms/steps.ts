import { dayOf } from '../../platform/day.ts'
import { type Db, withScope } from '../../platform/db.ts'
import { newId } from '../../platform/id.ts'
import { accept, refuse, type Result } from '../../platform/result.ts'
import {
  answersFor,
  findAgencies,
  findCommandReply,
  getAgency,
  noteCommand,
  subtree,
  listSupervisingAgencies,
  type StaffTables,
} from '../../staff/index.ts'
import type { FormContext } from './context.ts'
import type { Entry, Period, ReportBasis, ReportChangeWord } from './contract.ts'
import { fill, hashOf, toSnapshot, type FullReport } from './filling.ts'
import { formsOn, getForms } from './form-store.ts'
import { findPeriod, listRegimes } from './period-store.ts'
import { bringRecordsUpToDate } from './ask.ts'
import { judgeEntry, type CleanEntry } from './rules/entry.ts'
import { takeStep, type ReportStep } from './rules/workflow.ts'
import {
  copyEntries,
  findReport,
  insertReport,
  keepSnapshot,
  listEntries,
  listReports,
  lockReport,
  noteChange,
  raiseRevision,
  saveEntry,
  saveExplanation,
  setState,
  type FormTables,
  type StoredEntry,
  type StoredReport,
} from './store.ts'
import type { FormRefusal } from './text.vi.ts'

type Tx = Db<FormTables & StaffTables>
type By = { by: number; commandId: string | undefined }

/** Does it once for a command id: a repetition gets the first reply. */
async function once<Reply>(
  context: FormContext,
  { agencyId, commandId }: { agencyId: number; commandId: string | undefined },
  work: (tx: Tx) => Promise<Result<Reply, FormRefusal>>,
): Promise<Result<Reply, FormRefusal>> {
  return withScope(context.db, { agencies: [agencyId] }, async (tx) => {
    if (commandId !== undefined) {
      const known = await findCommandReply<Reply>(tx, commandId)
      if (known) return accept(known.reply)
    }
    const result = await work(tx)
    if (result.ok && commandId !== undefined) await noteCommand(tx, commandId, result.value)
    return result
  })
}

// --- Beginning --------------------------------------------------------------------------------------------------------

/** Begins the report of an agency for a period, with the forms that hold on its last day. */
export async function beginReport(
  context: FormContext,
  {
    agencyId,
    period,
    basis = 'own',
    forms,
    by,
    commandId,
  }: By & { agencyId: number; period: Period; basis?: ReportBasis | undefined; forms?: readonly string[] | undefined },
): Promise<Result<{ reportId: string }, FormRefusal>> {
  const at = context.clock()
  if (
    basis === 'units' &&
    (await findAgencies(context.db, { day: period.to, parentId: agencyId, limit: 1 })).length === 0
  )
    return refuse({ code: 'no-units-below' })
  const inForce = await formsOn(context.db, period.to)
  const regimes = await listRegimes(context.db)
  const wanted = forms ?? regimes.find(({ regime }) => regime === period.regime)?.forms ?? []
  const missing = wanted.find((form) => !inForce.some((definition) => definition.form === form))
  if (missing !== undefined && forms) return refuse({ code: 'form-unknown', form: missing })
  const uses = wanted.flatMap((form) =>
    inForce.filter((definition) => definition.form === form).map(({ version }) => ({ form, version })),
  )
  return once(context, { agencyId, commandId }, async (tx) => {
    const [existing] = await listReports(tx, { agencies: [agencyId], periods: [period.periodId] })
    if (existing) return refuse({ code: 'report-exists', reportId: existing.reportId })
    const reportId = newId()
    const nothing = { version: 1, corrects: null, correctionReason: null }
    await insertReport(tx, { agencyId, reportId, periodId: period.periodId, ...nothing, basis, forms: uses, at })
    await noteChange(tx, { agencyId, reportId, what: 'created', details: { basis, forms: uses }, by, at })
    return accept({ reportId })
  })
}

// --- Entering ---------------------------------------------------------------------------------------------------------

type Written = { form: string; row: string; revision: number }

/** Writes cells, all or none. Each names the revision that its writer saw. */
export async function enterValues(
  context: FormContext,
  { report, entries, by, commandId }: By & { report: StoredReport; entries: readonly Entry[] },
): Promise<Result<{ revision: number; written: Written[] }, FormRefusal>> {
  const { agencyId, reportId } = report
  const at = context.clock()
  const definitions = await getForms(context.db, report.forms)
  const period = await findPeriod(context.db, report.periodId)
  const { kind } = await getAgency(context.db, agencyId, period?.to ?? dayOf(at))
  return once(context, { agencyId, commandId }, async (tx) => {
    const current = await lockReport(tx, reportId)
    if (!current) return refuse({ code: 'changed-meanwhile', revision: report.revision })
    const step = takeStep({ state: current.state, findings: [], hasUpperLevel: false, isCorrected: false }, 'enter')
    if (!step.ok) return step
    const before = await listEntries(tx, { agencyId, reportId })
    const planned: { entry: Entry; clean: CleanEntry; was: StoredEntry | undefined }[] = []
    for (const entry of entries) {
      const definition = definitions.find(({ form }) => form === entry.form)
      if (!definition) return refuse({ code: 'form-unknown', form: entry.form })
      const judged = judgeEntry(definition, entry, { level: kind, fromUnits: current.basis === 'units' })
      if (!judged.ok) return judged
      const was = before.find(({ form, row }) => form === entry.form && row === entry.row)
      if (entry.revision !== undefined && entry.revision !== (was?.revision ?? 0))
        return refuse({ code: 'cell-changed-meanwhile', form: entry.form, row: entry.row })
      planned.push({ entry, clean: judged.value, was })
    }
    const written: Written[] = []
    for (const { entry, clean, was } of planned) {
      const { form, row, reason = was?.reason ?? '', evidence = was?.evidence ?? '', note = was?.note ?? '' } = entry
      const words = { reason: reason.trim(), evidence: evidence.trim(), note: note.trim() }
      const revision = await saveEntry(tx, { agencyId, reportId, form, row, ...clean, ...words, by, at })
      written.push({ form, row, revision })
    }
    const details = {
      cells: planned.map(({ entry, clean, was }) => ({ ...toPlace(entry), ...clean, was: toWas(was) })),
    }
    await noteChange(tx, { agencyId, reportId, what: 'entered', details, by, at })
    return accept({ revision: await raiseRevision(tx, reportId), written })
  })
}

const toPlace = ({ form, row }: Entry) => ({ form, row })
const toWas = (was: StoredEntry | undefined) =>
  was ? { value: was.value, numerator: was.numerator, denominator: was.denominator } : null

/** Says why a warning is right as it stands. Holds as long as the numbers under it do. */
export async function explainFinding(
  context: FormContext,
  {
    report,
    given,
    by,
    commandId,
  }: By & { report: FullReport; given: { check: string; form: string; fingerprint: string; reason: string } },
): Promise<Result<{ revision: number }, FormRefusal>> {
  const { agencyId, reportId, state } = report.stored
  const at = context.clock()
  const finding = report.findings.find(({ form, check }) => form === given.form && check === given.check)
  if (finding?.severity !== 'warning' || finding.fingerprint !== given.fingerprint)
    return refuse({ code: 'finding-gone' })
  const step = takeStep({ state, findings: [], hasUpperLevel: false, isCorrected: false }, 'enter')
  if (!step.ok) return step
  return once(context, { agencyId, commandId }, async (tx) => {
    await lockReport(tx, reportId)
    await saveExplanation(tx, { agencyId, reportId, ...given, reason: given.reason.trim(), by, at })
    await noteChange(tx, { agencyId, reportId, what: 'explained', details: { ...given, words: finding.words }, by, at })
    return accept({ revision: await raiseRevision(tx, reportId) })
  })
}

// --- The steps of its life --------------------------------------------------------------------------------------------

const words = {
  submit: 'submitted',
  withdraw: 'taken-back',
  return: 'returned',
  accept: 'accepted',
  lock: 'locked',
} as const satisfies Partial<Record<ReportStep, ReportChangeWord>>

export type StateStep = keyof typeof words

/** Submits, takes back, returns, accepts or locks a report, if its state and its checks allow it. */
export async function stepReport(
  context: FormContext,
  {
    report,
    step,
    revision,
    reason,
    by,
    commandId,
  }: By & { report: StoredReport; step: StateStep; revision: number; reason?: string },
): Promise<Result<{ revision: number; hash: string | null }, FormRefusal>> {
  const { agencyId, reportId } = report
  const repeated = commandId === undefined ? undefined : await findReply(context, commandId)
  if (repeated) return accept(repeated.reply as { revision: number; hash: string | null })
  if (step === 'submit' || step === 'lock') await bringRecordsUpToDate(context)
  const at = context.clock()
  const hasUpperLevel = await isSupervised(context, agencyId)
  // Numbers are read as they will be kept: at the moment of submitting, and from then on as they were then.
  const filled = await fill(context, report, {})
  if (step === 'submit' && dayOf(at) <= filled.period.to)
    return refuse({ code: 'period-not-over', to: filled.period.to })
  return once(context, { agencyId, commandId }, async (tx) => {
    const current = await lockReport(tx, reportId)
    if (!current || current.revision !== revision || current.revision !== report.revision)
      return refuse({ code: 'changed-meanwhile', revision: current?.revision ?? 0 })
    const { findings } = filled
    const taken = takeStep({ state: current.state, findings, hasUpperLevel, isCorrected: current.isCorrected }, step)
    if (!taken.ok) return taken
    let hash: string | null = null
    if (step === 'lock') {
      const snapshot = toSnapshot(filled, { lockedAt: at })
      hash = hashOf(snapshot)
      await keepSnapshot(tx, { reportId, snapshot, hash })
    } else {
      const keepsMoment = taken.value === 'submitted' || taken.value === 'accepted'
      await setState(tx, { reportId, state: taken.value, knownAt: keepsMoment ? filled.knownAt : null })
    }
    const details = {
      ...(reason === undefined ? {} : { reason: reason.trim() }),
      ...(hash === null ? {} : { hash, hasUpperLevel }),
    }
    await noteChange(tx, { agencyId, reportId, what: words[step], details, by, at })
    return accept({ revision: current.revision + 1, hash })
  })
}

/** A new version that names the one it corrects and why; it begins with the same entries. */
export async function correctReport(
  context: FormContext,
  { report, revision, reason, by, commandId }: By & { report: StoredReport; revision: number; reason: string },
): Promise<Result<{ reportId: string }, FormRefusal>> {
  const { agencyId, periodId, basis, forms, version } = report
  const at = context.clock()
  return once(context, { agencyId, commandId }, async (tx) => {
    const current = await lockReport(tx, report.reportId)
    if (!current || current.revision !== revision)
      return refuse({ code: 'changed-meanwhile', revision: current?.revision ?? 0 })
    const { state, isCorrected } = current
    const taken = takeStep({ state, findings: [], hasUpperLevel: false, isCorrected }, 'correct')
    if (!taken.ok) return taken
    const reportId = newId()
    const correction = { corrects: report.reportId, correctionReason: reason.trim() }
    await insertReport(tx, { agencyId, reportId, periodId, version: version + 1, ...correction, basis, forms, at })
    await copyEntries(tx, { agencyId, from: report.reportId, to: reportId })
    const details = { ...correction, reason: reason.trim(), reportId }
    await noteChange(tx, { agencyId, reportId, what: 'created', details, by, at })
    await noteChange(tx, { agencyId, reportId: report.reportId, what: 'corrected', details, by, at })
    return accept({ reportId })
  })
}

const findReply = (context: FormContext, commandId: string) =>
  context.db.transaction().execute((tx) => findCommandReply<unknown>(tx, commandId))

/** Whether somebody of another agency above may accept the reports of this one, in this system and today. */
export async function isSupervised({ db, clock }: FormContext, agencyId: number): Promise<boolean> {
  const today = dayOf(clock())
  for (const above of await listSupervisingAgencies(db, today)) {
    if ((await answersFor(db, above, today)).includes(agencyId)) continue
    if ((await subtree(db, above, today)).includes(agencyId)) return true
  }
  return false
}

/** A report that these agencies include; undefined for others and for none. */
export const findOwnReport = (context: FormContext, reportId: string, agencies: readonly number[]) =>
  withScope(context.db, { agencies }, (tx) => findReport(tx, reportId))
