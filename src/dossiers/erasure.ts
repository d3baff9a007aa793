// Quyền xóa dữ liệu cá nhân: Luật 91/2025/QH15. The log keeps its references and stays whole (decision 0003).
import { Type } from 'typebox'
import { may, recordAudit } from '../identity/index.ts'
import { dayOf } from '../platform/day.ts'
import { withScope } from '../platform/db.ts'
import { sendNotFound, sendProblem } from '../platform/http/problem.ts'
import type { Http } from '../platform/http/route.ts'
import type { DossierContext } from './commands.ts'
import type { ErasurePreview, ErasureReply } from './contract.ts'
import { namesFor } from './names.ts'
import { erasePerson, listPersonsWith } from './person-store.ts'
import { identityIndex } from './sealing.ts'
import { vi } from './text.vi.ts'

const tags = ['dossiers']
const Id = Type.Integer({ minimum: 1 })
const IdentityNumber = Type.String({ minLength: 6, maxLength: 30 })
const closed = { additionalProperties: false }

/**
 * Erasing a person's data. Whoever administers reads no dossier: the number that the person gives finds them, and only
 * codes and procedures are told. What is still being settled is kept until it ends.
 */
export function erasureRoutes(http: Http, context: DossierContext): void {
  const config = { permission: 'personal-data.erase' } as const

  http.post(
    '/api/persons/erasure/preview',
    {
      config,
      schema: {
        tags,
        summary: 'Hồ sơ có dữ liệu của một người, theo số định danh (để xóa dữ liệu cá nhân)',
        body: Type.Object({ agencyId: Id, identityNumber: IdentityNumber }, closed),
      },
    },
    async (request, reply): Promise<ErasurePreview | typeof reply> => {
      const { agencyId, identityNumber } = request.body
      if (!may(request.actor, 'personal-data.erase', { agencyId })) return sendNotFound(reply)
      return { items: await find(context, agencyId, identityNumber) }
    },
  )

  http.post(
    '/api/persons/erasure',
    {
      config,
      schema: {
        tags,
        summary: 'Xóa dữ liệu cá nhân của một người trong các hồ sơ đã kết thúc',
        body: Type.Object(
          { agencyId: Id, identityNumber: IdentityNumber, basis: Type.String({ minLength: 5, maxLength: 300 }) },
          closed,
        ),
      },
    },
    async (request, reply): Promise<ErasureReply | typeof reply> => {
      const { agencyId, identityNumber, basis } = request.body
      if (!may(request.actor, 'personal-data.erase', { agencyId })) return sendNotFound(reply)
      const found = await find(context, agencyId, identityNumber)
      const ended = found.filter((item) => item.ended)
      if (ended.length === 0)
        return sendProblem(reply, 409, { code: 'nothing-to-erase', detail: vi.erasure.refusals['nothing-to-erase'] })
      const now = context.clock()
      await withScope(context.db, { agencies: [agencyId] }, async (tx) => {
        for (const { personId, code } of ended) {
          await erasePerson(tx, { agencyId, personId, at: now })
          // One database carries the tables of all features; what is erased and that it was go together.
          await recordAudit(tx as unknown as Parameters<typeof recordAudit>[0], {
            now,
            what: 'personal-data-erased',
            agencyId,
            accountId: request.actor.accountId,
            source: `ip:${request.ip}`,
            details: { code, basis },
          })
        }
      })
      return { erased: ended.length, kept: found.length - ended.length }
    },
  )
}

async function find(
  context: DossierContext,
  agencyId: number,
  identityNumber: string,
): Promise<ErasurePreview['items']> {
  const index = identityIndex(context.keys, identityNumber)
  if (!index) return []
  const rows = await withScope(context.db, { agencies: [agencyId] }, (tx) => listPersonsWith(tx, { agencyId, index }))
  const names = await namesFor(context.db, {
    versions: rows.map((row) => row.procedure_version_id),
    day: dayOf(context.clock()),
  })
  return rows.map((row) => ({
    personId: row.person_id,
    dossierId: row.dossier_id,
    code: row.code,
    procedureName: names.procedure(row.procedure_version_id).shortName,
    status: row.status,
    roles: row.roles,
    ended: row.ended,
  }))
}
