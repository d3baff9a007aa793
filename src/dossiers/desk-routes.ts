import { Type } from 'typebox'
import { searchProcedures } from '../catalogue/index.ts'
import { agenciesFor, may, type Action, type Actor } from '../identity/index.ts'
import { dayOf, type Day } from '../platform/day.ts'
import { withScope } from '../platform/db.ts'
import { sendNotFound } from '../platform/http/problem.ts'
import type { Http } from '../platform/http/route.ts'
import { isValidOn, listAgencies, listReceivingPoints } from '../staff/index.ts'
import type { DossierContext } from './commands.ts'
import type { DeskView, IntakeProcedures } from './contract.ts'
import { countRecentProcedures } from './queries.ts'

const tags = ['dossiers']
const actions = {
  intake: 'dossier.receive',
  register: 'register.read',
  morning: 'morning.read',
} as const satisfies Record<string, Action>

/** What the pages of the counter, the register and the morning need before anything is chosen. */
export function deskRoutes(http: Http, context: DossierContext): void {
  http.get(
    '/api/desk',
    {
      config: { permission: 'session' },
      schema: {
        tags,
        summary: 'Cơ quan và điểm tiếp nhận nơi tôi làm việc này',
        querystring: Type.Object(
          { for: Type.Union([Type.Literal('intake'), Type.Literal('register'), Type.Literal('morning')]) },
          { additionalProperties: false },
        ),
      },
    },
    (request) => viewDesk(context, request.actor, request.query.for),
  )

  http.get(
    '/api/intake/procedures',
    {
      config: { permission: 'dossier.receive' },
      schema: {
        tags,
        summary: 'Thủ tục mà quầy tiếp nhận; hay dùng đứng trước',
        querystring: Type.Object(
          { agencyId: Type.Integer({ minimum: 1 }), words: Type.String({ maxLength: 200, default: '' }) },
          { additionalProperties: false },
        ),
      },
    },
    async (request, reply) => {
      const { agencyId, words } = request.query
      if (!may(request.actor, 'dossier.receive', { agencyId })) return sendNotFound(reply)
      return findProcedures(context, { agencyId, words })
    },
  )
}

async function viewDesk(context: DossierContext, actor: Actor, purpose: keyof typeof actions): Promise<DeskView> {
  const day = dayOf(context.clock())
  const ids = agenciesFor(actor, actions[purpose])
  const found = await listAgencies(context.db, ids, day)
  // New work is taken in, and a morning begun, only where the authority still works; old registers are read for ever.
  const agencies = purpose === 'register' ? found : found.filter((agency) => isValidOn(agency, day))
  const home =
    actor.posts.find((post) => agencies.some(({ agencyId }) => agencyId === post.agencyId))?.agencyId ??
    agencies[0]?.agencyId ??
    null
  const points =
    purpose === 'intake'
      ? await pointsOf(
          context,
          agencies.map(({ agencyId }) => agencyId),
          day,
        )
      : new Map<number, never[]>()
  return {
    home,
    agencies: agencies
      .map(({ agencyId, fullName, validTo }) => ({
        agencyId,
        name: fullName,
        validTo,
        hasPredecessors: actor.posts.some((post) => post.agencyId === agencyId && post.agencies.length > 1),
        receivingPoints: points.get(agencyId) ?? [],
      }))
      .toSorted((one, other) => Number(other.agencyId === home) - Number(one.agencyId === home)),
  }
}

async function pointsOf(
  { db }: DossierContext,
  agencyIds: readonly number[],
  day: Day,
): Promise<Map<number, DeskView['agencies'][number]['receivingPoints']>> {
  const lists = await Promise.all(agencyIds.map((agencyId) => listReceivingPoints(db, agencyId, day)))
  return new Map(
    agencyIds.map((agencyId, index) => [
      agencyId,
      (lists[index] ?? []).map(({ receivingPointId, name, address }) => ({ receivingPointId, name, address })),
    ]),
  )
}

/** Everyday words, code or nothing; what this counter takes in most stands first, the rest in the order of the catalogue. */
async function findProcedures(
  context: DossierContext,
  { agencyId, words }: { agencyId: number; words: string },
): Promise<IntakeProcedures> {
  const [page, used] = await Promise.all([
    searchProcedures(context.db, { day: dayOf(context.clock()), words, agencyIds: [agencyId], limit: 100 }),
    withScope(context.db, { agencies: [agencyId] }, (tx) => countRecentProcedures(tx, agencyId)),
  ])
  const items = page.items.map(({ code, name, shortName, field }) => ({
    code,
    name,
    shortName,
    field,
    used: used.get(code) ?? 0,
  }))
  return { items: items.toSorted((one, other) => other.used - one.used), approximate: page.approximate }
}
