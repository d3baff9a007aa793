import type { FastifyReply } from 'fastify'
import { countPetitions, listCountedPetitions } from '../../feedback/index.ts'
import { listPaid } from '../../portal/payment/index.ts'
import { surveyFigures } from '../../surveys/index.ts'
import { agenciesFor, may, mayInPost, type Actor } from '../../identity/index.ts'
import { dayOf } from '../../platform/day.ts'
import { withScope } from '../../platform/db.ts'
import { sendNotFound } from '../../platform/http/problem.ts'
import type { Http } from '../../platform/http/route.ts'
import { answersFor, listAbove, listAgencies, listOfficerNames } from '../../staff/index.ts'
import { askWith } from './ask.ts'
import { compareForms } from './rules/compare.ts'
import type { FormContext } from './context.ts'
import {
  Entries,
  Explanation,
  NewReport,
  OpenCell,
  OpenPetitions,
  ReportParams,
  ReportsQuery,
  Step,
  StepWithReason,
  UnitsQuery,
  type ConsolidationReply,
  type FormRow,
  type OpenedCell,
  type PetitionsReply,
  type ReportReply,
  type ReportsReply,
} from './contract.ts'
import { fill, loadReport, loadUnits, unitsBelow, type FullReport } from './filling.ts'
import { definitionRoutes } from './definition-routes.ts'
import { periodRoutes } from './period-routes.ts'
import { packReport, type PackagePart } from './package.ts'
import { findPeriod, listPeriods, listRegimes } from './period-store.ts'
import { proceduresOf } from './records.ts'
import type { Measure } from './rules/definition.ts'
import { figuresApart, figuresOfColumn } from './rules/matrix.ts'
import { stepsIn, type ReportStep } from './rules/workflow.ts'
import { sendRefusal } from './refused.ts'
import {
  beginReport,
  correctReport,
  enterValues,
  explainFinding,
  findOwnReport,
  isSupervised,
  stepReport,
  type StateStep,
} from './steps.ts'
import { findOfYearBefore, listReportChanges, listReports, type StoredReport } from './store.ts'
import { writeWorkbook } from './workbook.ts'

const tags = ['reports']
/** A list to choose from; who looks after more comes to a unit by the page of units. */
const MOST_AGENCIES = 500

/** What other rooms add to the package of a report: its Word file, its PDF. */
export type FormOptions = { addToPackage?: (report: FullReport, actor: Actor) => Promise<readonly PackagePart[]> }

/** Reports with their forms: reading, filling, the steps of their life, files. */
export function reportFormRoutes(http: Http, context: FormContext, options: FormOptions = {}): void {
  listRoutes(http, context)
  readRoutes(http, context)
  fillRoutes(http, context)
  stepRoutes(http, context)
  fileRoutes(http, context, options)
  periodRoutes(http, context)
  definitionRoutes(http, context)
}

const readable = (actor: Actor): readonly number[] => agenciesFor(actor, 'report.read')

// --- Lists ------------------------------------------------------------------------------------------------------------

function listRoutes(http: Http, context: FormContext): void {
  const { db, clock } = context
  const config = { permission: 'report.read' }

  http.get(
    '/api/reports',
    {
      config,
      schema: { tags, summary: 'Các kỳ báo cáo của một cơ quan với báo cáo đã lập', querystring: ReportsQuery },
    },
    async ({ actor, query }, reply): Promise<ReportsReply | FastifyReply> => {
      const today = dayOf(clock())
      const own = readable(actor)
      const agencyId = query.agencyId ?? actor.posts.find((post) => own.includes(post.agencyId))?.agencyId
      if (agencyId === undefined || !own.includes(agencyId)) return sendNotFound(reply)
      const year = query.year ?? Number(today.slice(0, 4))
      const above = await agenciesAbove(context, agencyId, `${year}-12-31`)
      const [agency] = await listAgencies(db, [agencyId], today)
      const all = await listPeriods(db, { agencies: [agencyId, ...above], year })
      // An agency reports on periods that it saw the end of.
      const periods = all.filter(({ to }) => !agency?.validTo || to <= agency.validTo)
      const reports = await withScope(db, { agencies: [agencyId] }, (tx) =>
        listReports(tx, { agencies: [agencyId], periods: periods.map(({ periodId }) => periodId) }),
      )
      const agencies = await listAgencies(db, [...new Set([agencyId, ...own])].slice(0, MOST_AGENCIES), today)
      const regimes = await listRegimes(db)
      return {
        today,
        year,
        agencyId,
        agencies: agencies.map(({ agencyId: id, fullName, kind, validTo }) => ({
          agencyId: id,
          name: fullName,
          kind,
          validTo,
        })),
        regimes: regimes.map(({ regime, name, nameEn, legalBasis }) => ({ regime, name, nameEn, legalBasis })),
        periods: periods.map((period) => ({
          ...period,
          reports: reports.filter(({ periodId }) => periodId === period.periodId).map(toSummary),
        })),
        mayWrite: may(actor, 'report.write', { agencyId }),
        hasUnitsBelow: (await unitsBelow(context, agencyId, today)).length > 0,
      }
    },
  )

  http.get(
    '/api/reports/consolidation',
    {
      config,
      schema: { tags, summary: 'Đơn vị bên dưới đã gửi, chưa gửi báo cáo của một kỳ', querystring: UnitsQuery },
    },
    async ({ actor, query: { agencyId, periodId } }, reply): Promise<ConsolidationReply | FastifyReply> => {
      if (!readable(actor).includes(agencyId)) return sendNotFound(reply)
      const period = await findPeriod(db, periodId)
      if (!period) return sendNotFound(reply)
      const units = await loadUnits(context, agencyId, period)
      const mayOpen = new Set(readable(actor))
      const today = dayOf(clock())
      return {
        period,
        today,
        units: units.map(({ agencyId: id, name, report }) => ({
          agencyId: id,
          name,
          state: report?.state ?? 'none',
          reportId: report && mayOpen.has(id) ? report.reportId : null,
          version: report?.version ?? null,
          lockedAt: report?.lockedAt ?? null,
          isOverdue: today > period.deadline && (!report || report.state === 'draft' || report.state === 'returned'),
        })),
      }
    },
  )
}

const toSummary = ({ reportId, version, state, basis, lockedAt, isCorrected, hash }: StoredReport) => ({
  reportId,
  version,
  state,
  basis,
  lockedAt,
  isCorrected,
  hash,
})

/** Agencies above this one on a day: a period of a province holds for its communes. */
const agenciesAbove = async ({ db }: FormContext, agencyId: number, day: string): Promise<number[]> =>
  (await listAbove(db, [agencyId], day)).map(({ aboveId }) => aboveId)

// --- One report -------------------------------------------------------------------------------------------------------

function readRoutes(http: Http, context: FormContext): void {
  const { db } = context
  const config = { permission: 'report.read' }

  http.get(
    '/api/reports/:reportId',
    { config, schema: { tags, summary: 'Báo cáo với các biểu, số liệu và kết quả kiểm tra', params: ReportParams } },
    async ({ actor, params: { reportId } }, reply): Promise<ReportReply | FastifyReply> => {
      const report = await loadReport(context, reportId, { agencies: readable(actor) })
      return report ? viewReport(context, actor, report) : sendNotFound(reply)
    },
  )

  http.get(
    '/api/reports/:reportId/history',
    { config, schema: { tags, summary: 'Nhật ký của báo cáo', params: ReportParams } },
    async ({ actor, params: { reportId } }, reply) => {
      const stored = await findOwnReport(context, reportId, readable(actor))
      if (!stored) return sendNotFound(reply)
      const changes = await withScope(db, { agencies: [stored.agencyId] }, (tx) => listReportChanges(tx, stored))
      const names = await listOfficerNames(db, [...new Set(changes.map(({ by }) => by))])
      return changes.map(({ by, ...change }) => ({ ...change, by: names.get(by) ?? String(by) }))
    },
  )

  http.get(
    '/api/reports/:reportId/differences',
    { config, schema: { tags, summary: 'Số liệu đã chốt khác gì với điều biết được hôm nay', params: ReportParams } },
    async ({ actor, params: { reportId } }, reply) => {
      const report = await loadReport(context, reportId, { agencies: readable(actor) })
      if (!report) return sendNotFound(reply)
      if (report.state !== 'locked' || report.basis === 'units')
        return { knownAt: report.knownAt, now: report.knownAt, cells: [] }
      const current = await fill(context, report.stored, { knownAt: null, alone: true })
      return { knownAt: report.knownAt, now: current.knownAt, cells: compareForms(report.forms, current.forms) }
    },
  )

  http.get(
    '/api/reports/:reportId/comparison',
    { config, schema: { tags, summary: 'So với kỳ trước và cùng kỳ năm trước', params: ReportParams } },
    async ({ actor, params: { reportId } }, reply) => {
      const report = await loadReport(context, reportId, { agencies: readable(actor) })
      if (!report) return sendNotFound(reply)
      const { agencyId } = report.agency
      const before = await withScope(db, { agencies: [agencyId] }, (tx) =>
        findOfYearBefore(tx, { agencyId, from: report.period.from, to: report.period.to }),
      )
      const yearBefore = before && (await loadReport(context, before.reportId, { agencies: [agencyId] }))
      return {
        previous: report.previous && { name: report.previous.name, forms: report.previous.forms },
        yearBefore: yearBefore && before ? { name: before.periodName, forms: yearBefore.forms } : null,
      }
    },
  )

  http.get(
    '/api/reports/:reportId/cell',
    {
      config,
      schema: {
        tags,
        summary: 'Hồ sơ hoặc thủ tục đứng sau một ô của biểu',
        params: ReportParams,
        querystring: OpenCell,
      },
    },
    async ({ actor, params: { reportId }, query }, reply): Promise<OpenedCell | FastifyReply> => {
      const report = await loadReport(context, reportId, { agencies: readable(actor) })
      const opened = report && (await openCell(context, report, query))
      return opened ?? sendNotFound(reply)
    },
  )

  http.get(
    '/api/reports/:reportId/cell/petitions',
    {
      config,
      schema: {
        tags,
        summary: 'Phản ánh, kiến nghị đứng sau một ô của biểu',
        params: ReportParams,
        querystring: OpenPetitions,
      },
    },
    async ({ actor, params: { reportId }, query }, reply): Promise<PetitionsReply | FastifyReply> => {
      const report = await loadReport(context, reportId, { agencies: readable(actor) })
      const definition = report?.forms.find((each) => each.definition.form === query.form)?.definition
      const row = definition?.rows.find(({ code }) => code === query.row)
      if (!report || report.basis === 'units' || row?.source.kind !== 'petition') return sendNotFound(reply)
      const agencies = await answersFor(context.db, report.agency.agencyId, report.period.to)
      const { question, asked } = petitionsAsked(report, agencies, row)
      return listCountedPetitions(context.db, question, { ...asked, cursor: query.cursor })
    },
  )
}

/** What a row that counts petitions asks of them. */
function petitionsAsked(report: FullReport, agencies: number[], { source, cumulative }: FormRow) {
  if (source.kind !== 'petition') throw new Error('not a row of petitions')
  const { from, to, yearFrom } = report.period
  return {
    question: { agencies, from: cumulative ? yearFrom : from, to, knownAt: report.knownAt },
    asked: { figure: source.figure, kind: source.of },
  }
}

/** Which figures or procedures make up a cell, as the question that lists them. */
async function openCell(
  context: FormContext,
  report: FullReport,
  { form, row, line, column }: { form: string; row?: string; line?: string; column?: number },
): Promise<OpenedCell | undefined> {
  const definition = report.forms.find((each) => each.definition.form === form)?.definition
  if (!definition || report.basis === 'units') return undefined
  const agencies = await answersFor(context.db, report.agency.agencyId, report.period.to)
  const { from, to, yearFrom } = report.period
  const base = { agencies, to, knownAt: report.knownAt }
  if (definition.layout === 'matrix') {
    const endings = definition.endings ?? { withdrawn: 'resolved-on-time', stopped: 'apart', closed: 'apart' }
    const figures = line === '#apart' ? figuresApart(endings) : figuresOfColumn(column ?? 3, endings)
    const field = line === undefined || line === '#apart' ? {} : { field: line }
    return { question: { ...base, from, filter: field }, figures, procedures: null }
  }
  const found = definition.rows.find(({ code }) => code === row)
  if (found?.source.kind === 'survey') {
    const question = { ...base, from: found.cumulative ? yearFrom : from }
    const { campaigns } = await surveyFigures(context.db, { agencies, from: question.from, to })
    return { question: { ...question, filter: {} }, figures: [], procedures: null, surveys: campaigns }
  }
  if (found?.source.kind === 'petition') {
    const { question, asked } = petitionsAsked(report, agencies, found)
    const petitions = await countPetitions(context.db, question, asked)
    return { question: { ...question, filter: {} }, figures: [], procedures: null, petitions }
  }
  const isCounted = ['figure', 'catalogue', 'payment'].includes(found?.source.kind ?? '')
  if (!found || !isCounted) return undefined
  const start = found.cumulative ? yearFrom : from
  const counted = (measure: string) =>
    proceduresOf(context.db, askWith(context), {
      definitions: [],
      agencyId: report.agency.agencyId,
      agencies,
      level: report.agency.kind,
      period: report.period,
      knownAt: report.knownAt,
      measure: measure as Measure,
      cumulative: found.cumulative,
    })
  const { source } = found
  if (source.kind === 'catalogue')
    return { question: { ...base, from: start, filter: {} }, figures: [], procedures: await counted(source.measure) }
  if (source.kind === 'payment') {
    const paid = await listPaid(context.db, { ...base, from: start })
    const online = paid.filter(({ isOnline }) => isOnline)
    return {
      question: { ...base, from: start, filter: {} },
      figures: [],
      procedures: await counted('with-fees'),
      payments: {
        paid: paid.length,
        online: online.map(({ dossierId, code, paidOn }) => ({ dossierId, code, paidOn })),
      },
    }
  }
  if (source.kind !== 'figure') return undefined
  const filter = {
    ...source.filter,
    ...(source.procedures ? { procedures: (await counted(source.procedures)).map(({ code }) => code) } : {}),
  }
  return {
    question: { ...base, from: start, filter },
    figures: [source.figure, ...(source.plus ?? [])],
    procedures: null,
  }
}

async function viewReport(context: FormContext, actor: Actor, report: FullReport): Promise<ReportReply> {
  const { stored, previous, units, kept: _kept, ...rest } = report
  const { agencyId } = report.agency
  const hasUpperLevel = await isSupervised(context, agencyId)
  const steps = stepsIn({ state: report.state, hasUpperLevel, isCorrected: stored.isCorrected })
  return {
    ...rest,
    isCorrected: stored.isCorrected,
    hasUpperLevel,
    steps: steps.filter((step) => mayTake(actor, step, agencyId)),
    previousName: previous?.name ?? null,
    units: units.map(({ agencyId: id, name, report: unit }) => ({ agencyId: id, name, state: unit?.state ?? 'none' })),
  }
}

/** Who writes does not accept: the upper level acts in a post of another agency. */
function mayTake(actor: Actor, step: ReportStep, agencyId: number): boolean {
  switch (step) {
    case 'enter':
      return may(actor, 'report.write', { agencyId })
    case 'submit':
    case 'withdraw':
    case 'lock':
    case 'correct':
      return may(actor, 'report.submit', { agencyId })
    case 'return':
    case 'accept':
      return actor.posts.some(
        (post) => !post.agencies.includes(agencyId) && mayInPost(post, 'report.accept', { agencyId }),
      )
  }
}

// --- Filling ----------------------------------------------------------------------------------------------------------

function fillRoutes(http: Http, context: FormContext): void {
  const config = { permission: 'report.write' }

  http.post(
    '/api/reports',
    { config, schema: { tags, summary: 'Lập báo cáo cho một kỳ', body: NewReport } },
    async ({ actor, body: { agencyId, periodId, ...wish } }, reply) => {
      if (!may(actor, 'report.write', { agencyId })) return sendNotFound(reply)
      const period = await findPeriod(context.db, periodId)
      const above = await agenciesAbove(context, agencyId, period?.to ?? dayOf(context.clock()))
      if (!period || (period.agencyId !== null && ![agencyId, ...above].includes(period.agencyId)))
        return sendNotFound(reply)
      const { basis, forms, commandId } = wish
      const begun = await beginReport(context, { agencyId, period, basis, forms, by: actor.officerId, commandId })
      return begun.ok ? reply.code(201).send(begun.value) : sendRefusal(reply, begun)
    },
  )

  http.post(
    '/api/reports/:reportId/entries',
    { config, schema: { tags, summary: 'Nhập số liệu vào các ô nhập tay', params: ReportParams, body: Entries } },
    async ({ actor, params: { reportId }, body: { entries, commandId } }, reply) => {
      const report = await findOwnReport(context, reportId, readable(actor))
      if (!report || !mayTake(actor, 'enter', report.agencyId)) return sendNotFound(reply)
      const entered = await enterValues(context, { report, entries, by: actor.officerId, commandId })
      return entered.ok ? entered.value : sendRefusal(reply, entered)
    },
  )

  http.post(
    '/api/reports/:reportId/explanations',
    { config, schema: { tags, summary: 'Giải trình một cảnh báo', params: ReportParams, body: Explanation } },
    async ({ actor, params: { reportId }, body: { commandId, ...given } }, reply) => {
      const report = await loadReport(context, reportId, { agencies: readable(actor) })
      if (!report || !mayTake(actor, 'enter', report.agency.agencyId)) return sendNotFound(reply)
      const explained = await explainFinding(context, { report, given, by: actor.officerId, commandId })
      return explained.ok ? explained.value : sendRefusal(reply, explained)
    },
  )
}

// --- Steps ------------------------------------------------------------------------------------------------------------

function stepRoutes(http: Http, context: FormContext): void {
  const steps = [
    { step: 'submit', summary: 'Gửi báo cáo lên cấp trên', permission: 'report.submit' },
    { step: 'withdraw', summary: 'Rút lại báo cáo đã gửi', permission: 'report.submit' },
    { step: 'accept', summary: 'Chấp nhận báo cáo của cấp dưới', permission: 'report.accept' },
    { step: 'lock', summary: 'Chốt báo cáo: giữ nguyên số liệu và mã băm', permission: 'report.submit' },
  ] as const satisfies readonly { step: StateStep; summary: string; permission: string }[]
  for (const { step, summary, permission } of steps)
    http.post(
      `/api/reports/:reportId/${step}`,
      { config: { permission }, schema: { tags, summary, params: ReportParams, body: Step } },
      async ({ actor, params, body }, reply) => take(reply, { actor, step, ...params, ...body }),
    )
  http.post(
    '/api/reports/:reportId/return',
    {
      config: { permission: 'report.accept' },
      schema: { tags, summary: 'Trả lại báo cáo cho cấp dưới, nêu lý do', params: ReportParams, body: StepWithReason },
    },
    async ({ actor, params, body }, reply) => take(reply, { actor, step: 'return', ...params, ...body }),
  )
  http.post(
    '/api/reports/:reportId/correct',
    {
      config: { permission: 'report.submit' },
      schema: { tags, summary: 'Lập bản đính chính của báo cáo đã chốt', params: ReportParams, body: StepWithReason },
    },
    async ({ actor, params: { reportId }, body }, reply) => {
      const report = await findOwnReport(context, reportId, readable(actor))
      if (!report || !mayTake(actor, 'correct', report.agencyId)) return sendNotFound(reply)
      const corrected = await correctReport(context, { report, by: actor.officerId, commandId: undefined, ...body })
      return corrected.ok ? reply.code(201).send(corrected.value) : sendRefusal(reply, corrected)
    },
  )

  async function take(
    reply: FastifyReply,
    {
      actor,
      step,
      reportId,
      ...body
    }: { actor: Actor; step: StateStep; reportId: string; revision: number; reason?: string; commandId?: string },
  ) {
    const report = await findOwnReport(context, reportId, readable(actor))
    if (!report || !mayTake(actor, step, report.agencyId)) return sendNotFound(reply)
    const taken = await stepReport(context, { report, step, by: actor.officerId, commandId: undefined, ...body })
    return taken.ok ? taken.value : sendRefusal(reply, taken)
  }
}

// --- Files ------------------------------------------------------------------------------------------------------------

function fileRoutes(http: Http, context: FormContext, { addToPackage }: FormOptions): void {
  const config = { permission: 'report.read' }
  const files = [
    {
      path: 'workbook',
      summary: 'Các biểu dưới dạng Excel',
      type: 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet',
      extension: 'xlsx',
      make: async (report: FullReport) => writeWorkbook(report),
    },
    {
      path: 'package',
      summary: 'Gói báo cáo: biểu, dữ liệu, mã băm; nơi nhận tự kiểm tra được',
      type: 'application/zip',
      extension: 'zip',
      make: async (report: FullReport, actor: Actor) => packReport(report, (await addToPackage?.(report, actor)) ?? []),
    },
  ]
  for (const { path, summary, type, extension, make } of files)
    http.get(
      `/api/reports/:reportId/${path}`,
      { config, schema: { tags, summary, params: ReportParams } },
      async ({ actor, params: { reportId } }, reply) => {
        const report = await loadReport(context, reportId, { agencies: readable(actor) })
        if (!report) return sendNotFound(reply)
        return reply
          .type(type)
          .header('content-disposition', `attachment; filename="${fileNameOf(report)}.${extension}"`)
          .header('cache-control', 'no-store')
          .send(await make(report, actor))
      },
    )
}

const fileNameOf = ({ period, agency, version }: FullReport): string =>
  ['bao-cao', agency.code ?? agency.agencyId, period.regime, period.code, version > 1 ? `v${version}` : '']
    .filter((part) => part !== '')
    .join('-')
    .toLowerCase()
