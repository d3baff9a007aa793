import { dayOf } from '../../platform/day.ts'
import { withScope } from '../../platform/db.ts'
import { accept, refuse, type Result } from '../../platform/result.ts'
import { isDemo } from '../../platform/settings.ts'
import { findAgency, getAgency, listOfficers, authorityName } from '../../staff/index.ts'
import { loadFilledForms } from '../forms/index.ts'
import type { LoadedReport } from '../forms/contract.ts'
import type { ReportContext } from './context.ts'
import type { Block, ReportBody, SaveDocument, SignOff, Template } from './contract.ts'
import { factsOf } from './gather.ts'
import { print } from './rules/document.ts'
import type { Facts } from './rules/facts.ts'
import { nextName, inSentence } from './rules/period.ts'
import { startBody, usualOptions } from './rules/outline.ts'
import type { Printed } from './rules/printed.ts'
import { usualSignOff } from './rules/sign-off.ts'
import { findOutline, findText, freezeText, saveOutline, saveText, type StoredText } from './store.ts'

/** A report as the editor shows it: its text, and what its numbers are now. */
export type OpenedReport = {
  report: LoadedReport
  /** 0 while nobody saved it. */
  version: number
  body: ReportBody
  signOff: SignOff
  facts: Facts
  text: StoredText | undefined
}

export type TextRefusal =
  /** The state of the report allows no change any more. */
  { code: 'text-closed'; state: string } | { code: 'text-changed-meanwhile'; version: number }

/** Opens the text of a report; undefined where these agencies do not include its own. */
export async function openReport(
  context: ReportContext,
  { reportId, template, agencies }: { reportId: string; template: Template; agencies: readonly number[] },
): Promise<OpenedReport | undefined> {
  const report = await loadFilledForms(context, reportId, { agencies })
  return report && openLoaded(context, report, template)
}

/** The same for a report that was read already. */
export async function openLoaded(
  context: ReportContext,
  report: LoadedReport,
  template: Template,
): Promise<OpenedReport> {
  const { agencyId } = report.agency
  const key = { agencyId, reportId: report.reportId, template }
  const { text, outline } = await withScope(context.db, { agencies: [agencyId] }, async (tx) => ({
    text: await findText(tx, key),
    outline: await findOutline(tx, key),
  }))
  const facts = text?.frozen ?? (await factsOf(context, report, template))
  const usual = text?.signOff ?? (await usualHead(context, report, template))
  const body = text?.body ?? outlineFor(report, template, outline?.body)
  const signOff = text?.signOff ?? (outline ? ofThisPeriod(outline.signOff, usual) : usual)
  // What is locked keeps the words and numbers that it was locked with, whatever becomes known later.
  if (report.state === 'locked' && !text?.frozen)
    await withScope(context.db, { agencies: [agencyId] }, async (tx) => {
      if (!text)
        await saveText(tx, { ...key, version: 0, body, signOff, by: null, at: report.lockedAt ?? context.clock() })
      await freezeText(tx, key, facts)
    })
  return { report, version: text?.version ?? 0, body, signOff, facts, text }
}

const formIds = ({ forms }: LoadedReport): string[] => forms.map(({ definition }) => definition.form)

/** The outline that the agency keeps, or that of the regime, with the forms of this report. */
const outlineFor = (report: LoadedReport, template: Template, kept: ReportBody | undefined): ReportBody =>
  kept
    ? { ...kept, annexes: template === 'periodic' ? formIds(report) : [] }
    : startBody(template, usualOptions, formIds(report))

/** What an agency keeps, with number, day and subject of this report. */
const ofThisPeriod = (kept: SignOff, usual: SignOff): SignOff => ({
  ...kept,
  number: null,
  day: null,
  subject: usual.subject,
})

async function usualHead(
  { db }: ReportContext,
  { agency: { agencyId }, period }: LoadedReport,
  template: Template,
): Promise<SignOff> {
  const agency = await getAgency(db, agencyId, period.to)
  const parent = agency.parentId === null ? undefined : await findAgency(db, agency.parentId, period.to)
  const officers = await listOfficers(db, { day: period.to, agencies: [agencyId] })
  const leaders = officers.filter(({ posts }) =>
    posts.some((post) => post.role === 'leader' && post.title.startsWith('Chủ tịch')),
  )
  return usualSignOff(
    {
      kind: agency.kind,
      name: authorityName(agency),
      fullName: agency.fullName,
      parent: parent ? authorityName(parent) : null,
      leader: leaders.length === 1 ? (leaders[0]?.name ?? null) : null,
    },
    template,
    { period: inSentence(period.name), next: nextName(period.type, period.to) },
  )
}

/** Keeps what an officer wrote, unless somebody else did meanwhile or the report is closed. */
export async function saveReport(
  context: ReportContext,
  { report, template, given, by }: { report: LoadedReport; template: Template; given: SaveDocument; by: number },
): Promise<Result<{ version: number }, TextRefusal>> {
  const { state, agency, reportId } = report
  // Number and day are typed when the report is issued, also after it was submitted.
  if (state === 'locked') return refuse({ code: 'text-closed', state })
  const key = { agencyId: agency.agencyId, reportId, template }
  return withScope(context.db, { agencies: [agency.agencyId] }, async (tx) => {
    const before = await findText(tx, key)
    if ((before?.version ?? 0) !== given.version)
      return refuse({ code: 'text-changed-meanwhile', version: before?.version ?? 0 })
    const closed = state === 'submitted' || state === 'accepted'
    if (closed && JSON.stringify(before?.body) !== JSON.stringify(given.body))
      return refuse({ code: 'text-closed', state })
    const { body, signOff, version } = given
    const saved = await saveText(tx, { ...key, version, body: { ...body, template }, signOff, by, at: context.clock() })
    return saved === undefined ? refuse({ code: 'text-changed-meanwhile', version }) : accept({ version: saved })
  })
}

/** The next report of the agency begins with this outline: its parts and hints, without what was written. */
export async function keepOutline(
  context: ReportContext,
  {
    agencyId,
    template,
    body,
    signOff,
    by,
  }: { agencyId: number; template: Template; body: ReportBody; signOff: SignOff; by: number },
): Promise<void> {
  const blocks = body.blocks.flatMap((block): Block[] => {
    if (block.kind !== 'passage') return [block]
    const { written: _written, drafted: _drafted, ...rest } = block
    return rest.recipe || rest.hint ? [rest] : []
  })
  await withScope(context.db, { agencies: [agencyId] }, (tx) =>
    saveOutline(tx, { agencyId, template, body: { ...body, blocks }, signOff, by, at: context.clock() }),
  )
}

/** The finished paper of a report. */
export async function printReport(context: ReportContext, { body, signOff, facts }: OpenedReport): Promise<Printed> {
  return withMark(context, print(body, signOff, facts))
}

const DEMO = 'BẢN DÙNG THỬ – dữ liệu hư cấu, không có giá trị pháp lý'

/** A demo says on every paper that its people are invented. */
export const withMark = async (context: ReportContext, paper: Printed): Promise<Printed> =>
  (await isDemo(context.db)) ? { ...paper, mark: DEMO } : paper

/** The moment that a paper bears as its creation: the day of its issue, or that of its numbers. */
export const issuedAt = ({ signOff, facts }: Pick<OpenedReport, 'signOff' | 'facts'>): string =>
  signOff.day && signOff.day >= dayOf(facts.knownAt) ? `${signOff.day}T00:00:00.000Z` : facts.knownAt
