import { Type } from 'typebox'
import { sendNotFound } from '../../platform/http/problem.ts'
import type { Http } from '../../platform/http/route.ts'
import { FigureDossier, FigureId } from '../figures/contract.ts'
import type { FigureContext } from '../figures/index.ts'
import { compare, findReport, isVisible, listLoading, listPart, reportsFor } from './ask.ts'
import { Comparison, LoadingItem, ReportItem } from './contract.ts'

const tags = ['statistics']
const Key = Type.String({ pattern: '^[a-z0-9-]{1,60}$' })

/** Published reports beside what the records say, and how far the demo's records are loaded. */
export function againstRoutes(http: Http, context: FigureContext): void {
  http.get(
    '/api/statistics/against',
    {
      config: { permission: 'report.read' },
      schema: {
        tags,
        summary: 'Các báo cáo đã công bố có thể đối chiếu với hồ sơ',
        response: { 200: Type.Object({ items: Type.Array(ReportItem) }) },
      },
    },
    async ({ actor }) => ({ items: (await reportsFor(context, actor)).map(({ item }) => item) }),
  )

  http.get(
    '/api/statistics/against/:key',
    {
      config: { permission: 'report.read' },
      schema: {
        tags,
        summary: 'Từng số liệu của một báo cáo cạnh số liệu từ hồ sơ, kèm phép tính ở chỗ báo cáo tự mâu thuẫn',
        params: Type.Object({ key: Key }),
        response: { 200: Comparison },
      },
    },
    async ({ actor, params }, reply) => {
      const found = await findReport(context, actor, params.key)
      return found ? compare(context, found) : sendNotFound(reply)
    },
  )

  http.get(
    '/api/statistics/against/:key/dossiers',
    {
      config: { permission: 'dossier.read' },
      schema: {
        tags,
        summary: 'Hồ sơ của một số liệu trong bảng đối chiếu',
        params: Type.Object({ key: Key }),
        querystring: Type.Object(
          {
            line: Type.String({ minLength: 1, maxLength: 100 }),
            figure: FigureId,
            cursor: Type.Optional(Type.String({ maxLength: 300 })),
            limit: Type.Optional(Type.Integer({ minimum: 1, maximum: 200 })),
          },
          { additionalProperties: false },
        ),
        response: {
          200: Type.Object({ items: Type.Array(FigureDossier), next: Type.Union([Type.String(), Type.Null()]) }),
        },
      },
    },
    async ({ actor, params, query }, reply) => {
      const found = await findReport(context, actor, params.key)
      if (!found || !isVisible(actor, 'dossier.read', found.agencies.all)) return sendNotFound(reply)
      return (await listPart(context, found, query)) ?? sendNotFound(reply)
    },
  )

  http.get(
    '/api/demo/loading',
    {
      config: { permission: 'system.manage' },
      schema: {
        tags,
        summary: 'Dữ liệu dùng thử: đơn vị nào đã nạp, đang nạp đến đâu',
        response: { 200: Type.Object({ items: Type.Array(LoadingItem) }) },
      },
    },
    async () => ({ items: await listLoading(context) }),
  )
}
