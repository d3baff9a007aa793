import type { FastifyReply } from 'fastify'
import { Type } from 'typebox'
import { agenciesFor, may, type Actor } from '../../identity/index.ts'
import { sendNotFound, sendProblem } from '../../platform/http/problem.ts'
import type { Http } from '../../platform/http/route.ts'
import type { Instant } from '../../platform/day.ts'
import { withScope } from '../../platform/db.ts'
import { listAgencies, listOfficerNames } from '../../staff/index.ts'
import { loadFilledForms } from '../forms/index.ts'
import type { ReportContext } from './context.ts'
import { OutlineOptions, PaperKind, SaveDocument, Template } from './contract.ts'
import { writeDocx } from './docx.ts'
import { todayOf } from './gather.ts'
import { writeHtml } from './html.ts'
import { writePdf } from './pdf.ts'
import { issuedAt, keepOutline, openLoaded, openReport, printReport, saveReport, type OpenedReport } from './reports.ts'
import { closingHour, openRoutine } from './routine.ts'
import { changeOptions } from './rules/outline.ts'
import type { Printed } from './rules/printed.ts'
import { listPapers } from './store.ts'
import { wordRefusal } from './text.vi.ts'

const tags = ['reports']
const strict = { additionalProperties: false }
const Day = Type.String({ format: 'date' })
const Format = Type.Union([Type.Literal('docx'), Type.Literal('pdf'), Type.Literal('html')])
type Format = 'docx' | 'pdf' | 'html'
const ReportId = Type.Object({ reportId: Type.String({ format: 'uuid' }) })
const OfTemplate = Type.Object({ template: Type.Optional(Template) }, strict)
const PaperQuery = Type.Object(
  { agencyId: Type.Optional(Type.Integer({ minimum: 1 })), day: Type.Optional(Day) },
  strict,
)

/** The text of reports: reading, writing, printing; the papers of each day and week. */
export function reportTextRoutes(http: Http, context: ReportContext): void {
  textRoutes(http, context)
  outlineRoutes(http, context)
  fileRoutes(http, context)
  routineRoutes(http, context)
}

const readable = (actor: Actor): readonly number[] => agenciesFor(actor, 'report.read')

function textRoutes(http: Http, context: ReportContext): void {
  http.get(
    '/api/reports/:reportId/text',
    {
      config: { permission: 'report.read' },
      schema: { tags, summary: 'Lời văn của báo cáo với số liệu hiện tại', params: ReportId, querystring: OfTemplate },
    },
    async ({ actor, params: { reportId }, query: { template = 'periodic' } }, reply) => {
      const opened = await openReport(context, { reportId, template, agencies: readable(actor) })
      return opened ? viewOf(context, actor, opened) : sendNotFound(reply)
    },
  )

  http.put(
    '/api/reports/:reportId/text',
    {
      config: { permission: 'report.write' },
      schema: {
        tags,
        summary: 'Lưu lời văn và phần ký của báo cáo',
        params: ReportId,
        querystring: OfTemplate,
        body: SaveDocument,
      },
      bodyLimit: 4 * 1024 * 1024,
    },
    async ({ actor, params: { reportId }, query: { template = 'periodic' }, body }, reply) => {
      const report = await loadFilledForms(context, reportId, { agencies: readable(actor) })
      if (!report || !may(actor, 'report.write', report.agency)) return sendNotFound(reply)
      const saved = await saveReport(context, { report, template, given: body, by: actor.officerId })
      if (saved.ok) return saved.value
      return sendProblem(reply, 409, { ...saved.refusal, detail: wordRefusal(saved.refusal) })
    },
  )
}

async function viewOf(context: ReportContext, actor: Actor, opened: OpenedReport) {
  const { report, version, body, signOff, facts, text } = opened
  const { reportId, agency, period, state, basis } = report
  const writer = text?.updatedBy ?? null
  const names = writer === null ? new Map<number, string>() : await listOfficerNames(context.db, [writer])
  return {
    report: { reportId, agency, period, state, basis, version: report.version },
    version,
    body,
    signOff,
    facts,
    saved: text ? { by: names.get(writer ?? 0) ?? '', at: text.updatedAt } : null,
    mayWrite: may(actor, 'report.write', agency) && state !== 'locked',
    mayEditText: may(actor, 'report.write', agency) && (state === 'draft' || state === 'returned'),
  }
}

function outlineRoutes(http: Http, context: ReportContext): void {
  http.post(
    '/api/reports/:reportId/text/options',
    {
      config: { permission: 'report.write' },
      schema: {
        tags,
        summary: 'Thêm, bớt các phần tùy chọn của đề cương; phần đã viết được giữ',
        params: ReportId,
        querystring: OfTemplate,
        body: Type.Object({ body: SaveDocument.properties.body, options: OutlineOptions }, strict),
      },
    },
    async ({ actor, params: { reportId }, body }, reply) => {
      const report = await loadFilledForms(context, reportId, { agencies: readable(actor) })
      if (!report || !may(actor, 'report.write', report.agency)) return sendNotFound(reply)
      return { body: changeOptions(body.body, body.options) }
    },
  )

  http.put(
    '/api/reports/:reportId/outline',
    {
      config: { permission: 'report.write' },
      schema: {
        tags,
        summary: 'Dùng đề cương và phần ký này cho các báo cáo sau của cơ quan',
        params: ReportId,
        querystring: OfTemplate,
      },
    },
    async ({ actor, params: { reportId }, query: { template = 'periodic' } }, reply) => {
      const opened = await openReport(context, { reportId, template, agencies: readable(actor) })
      if (!opened || !may(actor, 'report.write', opened.report.agency)) return sendNotFound(reply)
      const { body, signOff, report } = opened
      const { agencyId } = report.agency
      await keepOutline(context, { agencyId, template, body, signOff, by: actor.officerId })
      return reply.code(204).send()
    },
  )
}

function fileRoutes(http: Http, context: ReportContext): void {
  http.get(
    '/api/reports/:reportId/text/:format',
    {
      config: { permission: 'report.read' },
      schema: {
        tags,
        summary: 'Báo cáo dưới dạng Word, PDF hoặc HTML',
        params: Type.Object({ ...ReportId.properties, format: Format }),
        querystring: OfTemplate,
      },
    },
    async ({ actor, params: { reportId, format }, query: { template = 'periodic' } }, reply) => {
      const opened = await openReport(context, { reportId, template, agencies: readable(actor) })
      if (!opened) return sendNotFound(reply)
      const { agency, period, version } = opened.report
      const name = [
        template === 'thematic' ? 'bao-cao-chuyen-de' : 'bao-cao',
        agency.code ?? agency.agencyId,
        period.code.toLowerCase(),
        ...(version > 1 ? [`v${version}`] : []),
      ].join('-')
      return sendPaper(reply, { format, name, paper: await printReport(context, opened), at: issuedAt(opened) })
    },
  )
}

const types: Record<Format, string> = {
  docx: 'application/vnd.openxmlformats-officedocument.wordprocessingml.document',
  pdf: 'application/pdf',
  html: 'text/html; charset=utf-8',
}

async function sendPaper(
  reply: FastifyReply,
  { format, name, paper, at }: { format: Format; name: string; paper: Printed; at: Instant },
): Promise<FastifyReply> {
  const bytes = await writePaper(format, paper, at)
  return reply
    .type(types[format])
    .header('content-disposition', `${format === 'docx' ? 'attachment' : 'inline'}; filename="${name}.${format}"`)
    .header('cache-control', 'no-store')
    .send(bytes)
}

const writePaper = async (format: Format, paper: Printed, at: Instant): Promise<Buffer | string> => {
  if (format === 'docx') return writeDocx(paper)
  return format === 'pdf' ? writePdf(paper, at) : writeHtml(paper)
}

/** What the package of a report holds besides its forms: the report itself, as Word and as PDF. */
export function reportPackageParts(context: ReportContext) {
  return async (report: Parameters<typeof openLoaded>[1]): Promise<{ name: string; bytes: Buffer }[]> => {
    const opened = await openLoaded(context, report, 'periodic')
    const paper = await printReport(context, opened)
    return [
      { name: 'report.docx', bytes: await writeDocx(paper) },
      { name: 'report.pdf', bytes: await writePdf(paper, issuedAt(opened)) },
      { name: 'report.html', bytes: Buffer.from(writeHtml(paper)) },
    ]
  }
}

function routineRoutes(http: Http, context: ReportContext): void {
  const config = { permission: 'report.read' }
  /** The agency asked for, or the first one in which the officer reads reports. */
  const agencyOf = (actor: Actor, asked: number | undefined): number | undefined => {
    const own = readable(actor)
    if (asked !== undefined) return own.includes(asked) ? asked : undefined
    return actor.posts.find((post) => own.includes(post.agencyId))?.agencyId
  }

  http.get(
    '/api/routine-papers/:kind',
    {
      config,
      schema: {
        tags,
        summary: 'Báo cáo ngày lúc 16 giờ, báo cáo tiến độ tuần',
        params: Type.Object({ kind: PaperKind }),
        querystring: PaperQuery,
      },
    },
    async ({ actor, params: { kind }, query: { agencyId: asked, day = todayOf(context) } }, reply) => {
      const agencyId = agencyOf(actor, asked)
      if (agencyId === undefined) return sendNotFound(reply)
      const today = todayOf(context)
      const view = await openRoutine(context, { agencyId, kind, day: day > today ? today : day })
      const papers = await withScope(context.db, { agencies: [agencyId] }, (tx) => listPapers(tx, { agencyId, kind }))
      const agencies = await listAgencies(context.db, readable(actor).slice(0, 500), today)
      return {
        ...view,
        today,
        agencyId,
        closingHour,
        papers,
        agencies: agencies.map((agency) => ({ agencyId: agency.agencyId, name: agency.fullName })),
      }
    },
  )

  http.get(
    '/api/routine-papers/:kind/:format',
    {
      config,
      schema: {
        tags,
        summary: 'Báo cáo ngày, báo cáo tuần dưới dạng Word, PDF hoặc HTML',
        params: Type.Object({ kind: PaperKind, format: Format }),
        querystring: PaperQuery,
      },
    },
    async ({ actor, params: { kind, format }, query: { agencyId: asked, day = todayOf(context) } }, reply) => {
      const agencyId = agencyOf(actor, asked)
      if (agencyId === undefined) return sendNotFound(reply)
      const { paper, knownAt, to } = await openRoutine(context, { agencyId, kind, day })
      const name = `${kind === 'daily' ? 'bao-cao-ngay' : 'bao-cao-tuan'}-${to}`
      return sendPaper(reply, { format, name, paper, at: knownAt })
    },
  )
}
