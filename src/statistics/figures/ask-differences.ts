import { loadLogs } from '../../dossiers/index.ts'
import { packCursor, unpackCursor } from '../../platform/cursor.ts'
import type { Instant } from '../../platform/day.ts'
import { withScope } from '../../platform/db.ts'
import { isId } from '../../platform/id.ts'
import { listOfficerNames } from '../../staff/index.ts'
import type { FigureDossier, FigureId, Question } from './contract.ts'
import { listDifferences } from './figure-store.ts'
import { bringUpToDate, type FigureContext } from './followers.ts'
import { procedureName } from './labels.ts'
import { periodOf } from './rules/question.ts'
import { PAGE_PATIENCE_MS, selectionOf } from './selection.ts'

/** A dossier that figures count otherwise than before, and the later entries of its log that made it so. */
export type Difference = Pick<
  FigureDossier,
  'agencyId' | 'dossierId' | 'code' | 'field' | 'procedureCode' | 'procedureName'
> & {
  figures: { figure: FigureId; before: number; after: number }[]
  causes: { version: number; type: string; occurredAt: Instant; recordedAt: Instant; officer: string | null }[]
}

/** What was learnt between two moments and changed these figures of the period, dossier by dossier. */
export async function listDifferencesOf(
  context: FigureContext,
  question: Question & { knownAt: Instant },
  {
    until,
    figures: ids,
    cursor,
    limit = 50,
  }: { until: Instant | null; figures: readonly FigureId[]; cursor?: string | undefined; limit?: number },
): Promise<{ items: Difference[]; next: string | null }> {
  const later = until ?? context.clock()
  await bringUpToDate(context, { patienceMs: PAGE_PATIENCE_MS })
  const { agencies } = question
  const [after] = (cursor === undefined ? undefined : unpackCursor(cursor)) ?? []
  return withScope(context.db, { agencies }, async (tx) => {
    const found = await listDifferences(tx, selectionOf(question), {
      ids,
      earlier: { knownAt: question.knownAt, period: periodOf(question, question.knownAt) },
      later: { knownAt: later, period: periodOf(question, later) },
      after: isId(after) ? after : undefined,
      limit: limit + 1,
    })
    const page = found.slice(0, limit)
    const entries = await loadLogs(tx, page)
    const names = await listOfficerNames(context.db, [
      ...new Set(entries.flatMap(({ officer_id: id }) => (id === null ? [] : [id]))),
    ])
    const items = await Promise.all(
      page.map(async ({ before, after: now, versions, procedureVersionId, ...dossier }): Promise<Difference> => ({
        ...dossier,
        procedureName: await procedureName(context, { procedureVersionId, procedureCode: dossier.procedureCode }),
        figures: ids
          .map((figure, index) => ({ figure, before: before[index] ?? 0, after: now[index] ?? 0 }))
          .filter((each) => each.before !== each.after),
        causes: entries
          .filter((entry) => entry.dossier_id === dossier.dossierId && versions.includes(entry.version))
          .map((entry) => ({
            version: entry.version,
            type: entry.type,
            occurredAt: entry.occurred_at,
            recordedAt: entry.recorded_at,
            officer: entry.officer_id === null ? null : (names.get(entry.officer_id) ?? null),
          })),
      })),
    )
    const last = page.at(-1)
    return { items, next: found.length > limit && last ? packCursor([last.dossierId]) : null }
  })
}
