import type { Http } from '../platform/http/route.ts'
import { findAgency, findPlaces, listPlaces, schemas } from '../staff/index.ts'
import { tags, today } from './administration.ts'
import type { IdentityContext } from './sign-in.ts'

const { PlaceQuery } = schemas

export function placeRoutes(http: Http, context: IdentityContext): void {
  const config = { permission: 'public' } as const
  const publicly = 'public, max-age=3600'

  http.get(
    '/api/places',
    { config, schema: { tags, summary: 'Xã, phường, đặc khu theo tên mới hoặc tên cũ', querystring: PlaceQuery } },
    async (request, reply) => {
      void reply.header('cache-control', publicly)
      const { near, ...search } = request.query
      return { places: findPlaces({ ...search, near: near === undefined ? undefined : await placeOf(context, near) }) }
    },
  )

  http.get(
    '/api/places/provinces',
    { config, schema: { tags, summary: '34 tỉnh, thành phố' } },
    async (_request, reply) => {
      void reply.header('cache-control', publicly)
      return {
        provinces: [...new Map(listPlaces().map((place) => [place.provinceCode, place.provinceName]))].map(
          ([code, name]) => ({ code, name }),
        ),
      }
    },
  )
}

/** The commune or province of an agency, or of the first above it that has one. */
async function placeOf(context: IdentityContext, agencyId: number): Promise<string | undefined> {
  const agency = await findAgency(context.db, agencyId, today(context))
  if (!agency || agency.gsoCode) return agency?.gsoCode ?? undefined
  return agency.parentId === null ? undefined : placeOf(context, agency.parentId)
}
