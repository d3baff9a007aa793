// Quyền xóa dữ liệu cá nhân: Luật 91/2025/QH15. The log keeps its references and stays whole (decision 0003).
import { Type } from 'typebox'
import { may, recordAudit } from '../identity/index.ts'
import { dayOf, type Instant } from '../platform/day.ts'
import { withScope, type Tx } from '../platform/db.ts'
import { sendNotFound, sendProblem } from '../platform/http/problem.ts'
import type { Http } from '../platform/http/route.ts'
import type { DossierContext } from './commands.ts'
import type { ErasurePreview, ErasureReply } from './contract.ts'
import { namesFor } from './names.ts'
import { countNotes, eraseNotes } from './note-store.ts'
import { erasePerson, listPersonsWith } from './person-store.ts'
import { identityIndex } from './sealing.ts'
import type { DossierTables } from './store.ts'
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
      return { items: await findForErasure(context, agencyId, identityNumber) }
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
      const done = await eraseByNumber(context, {
        agencyId,
        identityNumber,
        basis,
        accountId: request.actor.accountId,
        source: `ip:${request.ip}`,
      })
      if (done.erased === 0)
        return sendProblem(reply, 409, { code: 'nothing-to-erase', detail: vi.erasure.refusals['nothing-to-erase'] })
      return done
    },
  )
}

/**
 * Erases a person's data in the dossiers of an authority that have ended; with `endedBefore` only in those that ended
 * before this moment, since the law keeps the others. What is erased and that it was go together.
 */
export async function eraseByNumber(
  context: DossierContext,
  {
    agencyId,
    identityNumber,
    basis,
    accountId,
    source,
    endedBefore,
    also,
  }: {
    agencyId: number
    identityNumber: string
    basis: string
    accountId: number
    source: string
    endedBefore?: Instant
    /** What else is known of a dossier, in the same transaction. */
    also?: (tx: Tx<DossierTables>, dossierId: string, at: Instant) => Promise<void>
  },
): Promise<ErasureReply> {
  const found = await findForErasure(context, agencyId, identityNumber)
  const ended = found.filter(
    (item) => item.ended && (endedBefore === undefined || (item.finishedAt ?? endedBefore) < endedBefore),
  )
  if (ended.length === 0) return { erased: 0, kept: found.length }
  const now = context.clock()
  await withScope(context.db, { agencies: [agencyId] }, async (tx) => {
    for (const { personId, code, dossierId } of ended) {
      await erasePerson(tx, { agencyId, personId, at: now })
      await eraseNotes(tx, { agencyId, dossierId, at: now })
      await also?.(tx, dossierId, now)
      // One database carries the tables of all features; what is erased and that it was go together.
      await recordAudit(tx as unknown as Parameters<typeof recordAudit>[0], {
        now,
        what: 'personal-data-erased',
        agencyId,
        accountId,
        source,
        details: { code, basis },
      })
    }
  })
  return { erased: ended.length, kept: found.length - ended.length }
}

/** Dossiers of an authority with data of the person who has this number. */
export async function findForErasure(
  context: DossierContext,
  agencyId: number,
  identityNumber: string,
): Promise<(ErasurePreview['items'][number] & { finishedAt: Instant | null; notes: number })[]> {
  const index = identityIndex(context.keys, identityNumber)
  if (!index) return []
  const { rows, notes } = await withScope(context.db, { agencies: [agencyId] }, async (tx) => {
    const persons = await listPersonsWith(tx, { agencyId, index })
    const dossierIds = persons.map(({ dossier_id: dossierId }) => dossierId)
    return { rows: persons, notes: await countNotes(tx, { agencyId, dossierIds }) }
  })
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
    finishedAt: row.finished_at,
    notes: notes.get(row.dossier_id) ?? 0,
  }))
}
