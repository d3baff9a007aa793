import { Type } from 'typebox'
import { agenciesOffering } from '../catalogue/index.ts'
import { dayOf } from '../platform/day.ts'
import { sendNotFound } from '../platform/http/problem.ts'
import type { Http } from '../platform/http/route.ts'
import { findAgencies, findAgency, listUnits } from '../staff/index.ts'
import type { DossierContext } from './commands.ts'
import type { OpinionAgencies, OpinionUnits } from './contract.ts'

const tags = ['dossiers']

/**
 * Whom an opinion can be asked of: any authority of the tree, not only those that the officer may open. Only names are
 * told, which every authority makes public.
 */
export function opinionRoutes(http: Http, context: DossierContext): void {
  http.get(
    '/api/opinion-agencies',
    {
      config: { permission: 'dossier.process' },
      schema: {
        tags,
        summary: 'Cơ quan có thể lấy ý kiến, hoặc thực hiện một thủ tục, tìm theo tên',
        querystring: Type.Object(
          {
            query: Type.String({ maxLength: 200, default: '' }),
            procedure: Type.Optional(Type.String({ maxLength: 40 })),
          },
          { additionalProperties: false },
        ),
      },
    },
    async (request): Promise<OpinionAgencies> => {
      const { query, procedure } = request.query
      const day = dayOf(context.clock())
      const among = procedure === undefined ? {} : { among: await agenciesOffering(context.db, procedure, day) }
      const agencies = await findAgencies(context.db, { day, query, limit: 20, ...among })
      return { agencies: agencies.map(({ agencyId, fullName, parentName }) => ({ agencyId, fullName, parentName })) }
    },
  )

  http.get(
    '/api/opinion-agencies/:agencyId/units',
    {
      config: { permission: 'dossier.process' },
      schema: {
        tags,
        summary: 'Bộ phận của cơ quan được lấy ý kiến',
        params: Type.Object({ agencyId: Type.Integer({ minimum: 1, maximum: 2_147_483_647 }) }),
      },
    },
    async (request, reply) => {
      const { agencyId } = request.params
      const day = dayOf(context.clock())
      if (!(await findAgency(context.db, agencyId, day))) return sendNotFound(reply)
      const units = await listUnits(context.db, agencyId, day)
      return { units: units.map(({ unitId, name }) => ({ unitId, name })) } satisfies OpinionUnits
    },
  )
}
