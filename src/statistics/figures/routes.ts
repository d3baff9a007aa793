import type { FastifyReply, FastifyRequest } from 'fastify'
import { Type, type Static } from 'typebox'
import { listVersions } from '../../catalogue/index.ts'
import { dossierWords } from '../../dossiers/index.ts'
import { agenciesFor, may, mayEverywhere, type Action, type Actor } from '../../identity/index.ts'
import { addDays, addMonths, dayOf, daysBetween, instantAt, type Day, type Instant } from '../../platform/day.ts'
import { sendNotFound, sendProblem } from '../../platform/http/problem.ts'
import type { Http } from '../../platform/http/route.ts'
import { accept, refuse, type Result } from '../../platform/result.ts'
import { subtree } from '../../staff/index.ts'
import { listDifferencesOf } from './ask-differences.ts'
import { askLoad, askSteps, listStepStays } from './ask-steps.ts'
import { askFigures, askRates, listFigure } from './ask.ts'
import { predecessorsOf } from './predecessors.ts'
import { Breakdown, FigureId, type Question } from './contract.ts'
import type { FigureContext } from './followers.ts'
import { figureIds } from './rules/figures.ts'
import type { LineKey } from './rules/question.ts'
import { refusalText, type QuestionRefusal } from './text.vi.ts'

const tags = ['statistics']
const LONGEST_YEARS = 10

const Day_ = Type.String({ format: 'date' })
const Moment = Type.String({ format: 'date-time' })
const Id = Type.Integer({ minimum: 1 })
const Word = Type.String({ minLength: 1, maxLength: 100 })

/** What all questions have in common. Lists are separated by commas, since addresses carry text. */
const asked = {
  agencyId: Id,
  /** The agency itself; with the area of its predecessors that went there whole; with everything below it. */
  reach: Type.Optional(Type.Union([Type.Literal('own'), Type.Literal('area'), Type.Literal('under')])),
  /** Only these of them. */
  agencies: Type.Optional(Type.String({ pattern: '^\\d{1,9}(,\\d{1,9}){0,3999}$' })),
  from: Day_,
  to: Day_,
  /** The answer as the log stood then; without it what is known now. */
  knownAt: Type.Optional(Moment),
  field: Type.Optional(Word),
  /** Codes; `none` for no procedure at all. */
  procedures: Type.Optional(Type.String({ minLength: 1, maxLength: 8000 })),
  channel: Type.Optional(Word),
  unitId: Type.Optional(Type.Integer({ minimum: 0 })),
  officerId: Type.Optional(Type.Integer({ minimum: 0 })),
}
const Asked = Type.Object(asked)
type Asked = Static<typeof Asked>

const by = Type.Optional(Type.Union([...Breakdown.anyOf, Type.Literal('load')]))
/** One line of a breakdown: its key. */
const key = Type.Optional(Word)
const figures = Type.Optional(Type.String({ pattern: '^[a-z-]+(,[a-z-]+)*$', maxLength: 1000 }))
const stepsBy = Type.Optional(Type.Union([Type.Literal('step'), Type.Literal('unit'), Type.Literal('officer')]))
const minutesOf = Type.Optional(Type.Union([Type.Literal('office'), Type.Literal('clock')]))
const cursor = Type.Optional(Type.String({ maxLength: 300 }))
const limit = Type.Optional(Type.Integer({ minimum: 1, maximum: 200 }))
const closed = { additionalProperties: false }

/** Figures, the dossiers behind them, rates, load and what later knowledge changed. */
export function figureRoutes(http: Http, context: FigureContext): void {
  http.get(
    '/api/statistics/figures',
    {
      config: { permission: 'statistics.read' },
      schema: {
        tags,
        summary: 'Số liệu của một kỳ, theo lĩnh vực, thủ tục, cơ quan, thời gian; mọi số liệu đều mở được danh sách',
        querystring: Type.Object(
          {
            ...asked,
            figures,
            by,
            key,
            compare: Type.Optional(Type.Union([Type.Literal('previous'), Type.Literal('year')])),
          },
          closed,
        ),
      },
    },
    async (request, reply) => {
      const ready = await prepare(context, request, reply, 'statistics.read')
      if (!ready) return reply
      const { query } = request
      const ids = idsOf(query.figures)
      if (!ids) return send(reply, { code: 'unknown-figure' })
      const line = lineOf(query)
      const told = line || query.by === 'load' ? undefined : query.by
      const table = await askFigures(context, ready, ids, told, line)
      if (query.compare === undefined) return table
      const span = comparedWith(ready, query.compare)
      const compared = await askFigures(context, { ...ready, ...span }, ids, told, line)
      return { ...table, compared: { ...span, total: compared.total, lines: compared.lines } }
    },
  )

  http.get(
    '/api/statistics/figures/:figure/dossiers',
    {
      config: { permission: 'dossier.read' },
      schema: {
        tags,
        summary: 'Danh sách hồ sơ của một số liệu, dài đúng bằng số liệu',
        params: Type.Object({ figure: FigureId }),
        querystring: Type.Object({ ...asked, by, key, cursor, limit }, closed),
      },
    },
    async (request, reply) => {
      const ready = await prepare(context, request, reply, 'dossier.read')
      if (!ready) return reply
      const { query, params } = request
      return listFigure(context, ready, params.figure, {
        cursor: query.cursor,
        limit: query.limit ?? 50,
        line: lineOf(query),
      })
    },
  )

  http.get(
    '/api/statistics/rates',
    {
      config: { permission: 'statistics.read' },
      schema: {
        tags,
        summary: 'Các tỷ lệ, mỗi tỷ lệ theo quy ước nêu tên, có tử số và mẫu số',
        querystring: Type.Object(asked, closed),
      },
    },
    async (request, reply) => {
      const ready = await prepare(context, request, reply, 'statistics.read')
      return ready ? { rates: await askRates(context, ready) } : reply
    },
  )

  http.get(
    '/api/statistics/load',
    {
      config: { permission: 'statistics.read' },
      schema: {
        tags,
        summary: 'Số hồ sơ tiếp nhận theo thứ trong tuần và giờ trong ngày',
        querystring: Type.Object(asked, closed),
      },
    },
    async (request, reply) => {
      const ready = await prepare(context, request, reply, 'statistics.read')
      return ready ? askLoad(context, ready) : reply
    },
  )

  http.get(
    '/api/statistics/steps',
    {
      config: { permission: 'statistics.read' },
      schema: {
        tags,
        summary: 'Thời gian ở từng bước: số lượt, trung vị, chín phần mười, điểm nghẽn; theo bước, đơn vị hoặc người',
        querystring: Type.Object(
          {
            ...asked,
            by: stepsBy,
            minutes: minutesOf,
          },
          closed,
        ),
      },
    },
    async (request, reply) => {
      const ready = await prepare(context, request, reply, 'statistics.read')
      if (!ready) return reply
      const { by: told, minutes } = request.query
      return askSteps(context, ready, { ...(told ? { by: told } : {}), clock: minutes === 'clock' })
    },
  )

  http.get(
    '/api/statistics/steps/dossiers',
    {
      config: { permission: 'dossier.read' },
      schema: {
        tags,
        summary: 'Các lượt của một bước, một đơn vị hoặc một người, lâu nhất trước; dài đúng bằng số lượt',
        querystring: Type.Object({ ...asked, by: stepsBy, key: Word, minutes: minutesOf, cursor, limit }, closed),
      },
    },
    async (request, reply) => {
      const ready = await prepare(context, request, reply, 'dossier.read')
      if (!ready) return reply
      const { by: told = 'step', key: wanted, minutes, ...page } = request.query
      return listStepStays(context, ready, {
        by: told,
        key: wanted,
        clock: minutes === 'clock',
        cursor: page.cursor,
        limit: page.limit ?? 50,
      })
    },
  )

  http.get(
    '/api/statistics/differences',
    {
      config: { permission: 'dossier.read' },
      schema: {
        tags,
        summary: 'Số liệu của kỳ đã khác đi từ thời điểm knownAt: hồ sơ nào, do sự kiện nào ghi nhận sau đó',
        querystring: Type.Object(
          { ...asked, knownAt: Moment, until: Type.Optional(Moment), figures, cursor, limit },
          closed,
        ),
      },
    },
    async (request, reply) => {
      const ready = await prepare(context, request, reply, 'dossier.read')
      if (!ready) return reply
      const { query } = request
      const ids = idsOf(query.figures)
      if (!ids) return send(reply, { code: 'unknown-figure' })
      const { knownAt } = ready
      if (knownAt === null) return { figures: [], items: [], next: null }
      const until = query.until === undefined ? null : momentOf(query.until, context.clock())
      if (until === undefined) return send(reply, { code: 'known-in-future' })
      const [before, after] = [
        await askFigures(context, ready, ids),
        await askFigures(context, { ...ready, knownAt: until }, ids),
      ]
      const { items, next } = await listDifferencesOf(
        context,
        { ...ready, knownAt },
        { until, figures: ids, cursor: query.cursor, limit: query.limit ?? 50 },
      )
      return {
        knownAt,
        until: after.knownAt,
        figures: ids
          .map((figure) => ({
            figure,
            before: before.total.values[figure] ?? 0,
            after: after.total.values[figure] ?? 0,
          }))
          .filter((each) => each.before !== each.after),
        items: items.map((item) => ({
          ...item,
          causes: item.causes.map((cause) => ({ ...cause, name: eventName(cause.type) })),
        })),
        next,
      }
    },
  )
}

const eventName = (type: string): string => (dossierWords.events as Record<string, string>)[type] ?? type

function idsOf(text: string | undefined): FigureId[] | undefined {
  if (text === undefined) return figureIds
  const ids = text.split(',')
  return ids.every((id): id is FigureId => figureIds.some((known) => known === id)) ? ids : undefined
}

const lineOf = (query: { by?: LineKey['by']; key?: string }): LineKey | undefined =>
  query.by === undefined || query.key === undefined ? undefined : { by: query.by, key: query.key }

/** The question of a request, its agencies held against the rights of who asks; undefined after a refusal was sent. */
export async function prepare(
  context: FigureContext,
  { actor, query }: Pick<FastifyRequest, 'actor'> & { query: Asked },
  reply: FastifyReply,
  action: Action,
): Promise<Question | undefined> {
  if (!may(actor, action, { agencyId: query.agencyId })) {
    sendNotFound(reply)
    return undefined
  }
  const question = await toQuestion(context, actor, query, action)
  if (question.ok) return question.value
  send(reply, question.refusal)
  return undefined
}

async function toQuestion(
  context: FigureContext,
  actor: Actor,
  query: Asked,
  action: Action,
): Promise<Result<Question, QuestionRefusal>> {
  const { from, to, field, channel, unitId, officerId } = query
  const now = context.clock()
  if (to < from) return refuse({ code: 'period-reversed' })
  if (to >= addMonths(from, 12 * LONGEST_YEARS)) return refuse({ code: 'period-too-long' })
  const moment = query.knownAt === undefined ? null : momentOf(query.knownAt, now)
  if (moment === undefined) return refuse({ code: 'known-in-future' })
  const procedures = codesOf(query.procedures)
  if (procedures && procedures.length <= MANY)
    for (const code of procedures)
      if ((await listVersions(context.db, code)).length === 0)
        return refuse({ code: 'unknown-procedure', procedure: code })
  const reached = await agenciesOf(context, query)
  const only = query.agencies?.split(',').map(Number)
  const allowed = mayEverywhere(actor, action) ? undefined : new Set(agenciesFor(actor, action))
  const agencies = reached.filter((id) => (!allowed || allowed.has(id)) && (!only || only.includes(id)))
  if (agencies.length === 0) return refuse({ code: 'no-agency' })
  const filter = {
    ...(field === undefined ? {} : { field }),
    ...(procedures === undefined ? {} : { procedures }),
    ...(channel === undefined ? {} : { channel }),
    ...(unitId === undefined ? {} : { unitId }),
    ...(officerId === undefined ? {} : { officerId }),
  }
  return accept({ agencies, from, to, knownAt: moment, filter })
}

/** A form may name all procedures of an authority; a person names a few, and mistypes them. */
const MANY = 20

const codesOf = (text: string | undefined): string[] | undefined => {
  if (text === undefined) return undefined
  return text === 'none' ? [] : text.split(',').map((code) => code.trim())
}

/** The end of this day is known as far as the day has come; what lies beyond nobody knows. */
function momentOf(text: string, now: Instant): Instant | null | undefined {
  const moment = new Date(text).toISOString()
  if (moment <= now) return moment
  return moment <= instantAt(addDays(dayOf(now), 1), 0) ? null : undefined
}

async function agenciesOf({ db, clock }: FigureContext, { agencyId, reach = 'own' }: Asked): Promise<number[]> {
  const day = dayOf(clock())
  if (reach === 'under') return subtree(db, agencyId, day)
  if (reach === 'own') return [agencyId]
  const found = await predecessorsOf(db, [agencyId], day)
  return [agencyId, ...found.filter(({ whole }) => whole).map((each) => each.agencyId)]
}

/** As many days right before, or the same days a year earlier. */
function comparedWith({ from, to }: { from: Day; to: Day }, compare: 'previous' | 'year'): { from: Day; to: Day } {
  if (compare === 'year') return { from: addMonths(from, -12), to: addMonths(to, -12) }
  return { from: addDays(from, -daysBetween(from, to) - 1), to: addDays(from, -1) }
}

const send = (reply: FastifyReply, refusal: QuestionRefusal): FastifyReply =>
  sendProblem(reply, 422, { ...refusal, detail: refusalText(refusal) })
