import { searchKey } from '../catalogue/index.ts'
import type { Instant } from '../platform/day.ts'
import { withScope } from '../platform/db.ts'
import type { DossierContext } from './commands.ts'
import { evolve, supersededIn, type Dossier } from './rules/events.ts'
import { toRow, toTasks } from './rules/row.ts'
import {
  toHappened,
  type DossierRecord,
  type DossierTx,
  type EventRow,
  type PersonRow,
  type TaskRecord,
} from './store.ts'
import { agenciesWithLog, isWholeLog, sameRow, sameSuperseded, sameTasks } from './verify.ts'

/** What was found and done. Dossiers whose log was tampered with are left as they are: `verifyLog` says why. */
export type RebuildReport = {
  agencies: number
  dossiers: number
  rebuilt: number
  damaged: { agencyId: number; dossierId: string }[]
}

const AT_ONCE = 500

/**
 * Makes the present of the dossiers anew from their logs, of one agency or of all: the row, the open work, the agencies
 * that take part. The system may be at work meanwhile; dossiers that are right already are not touched.
 */
export async function rebuildRows(
  context: DossierContext,
  { agencyId: only }: { agencyId?: number | undefined } = {},
): Promise<RebuildReport> {
  const report: RebuildReport = { agencies: 0, dossiers: 0, rebuilt: 0, damaged: [] }
  for (const agencyId of only === undefined ? await agenciesWithLog(context) : [only]) {
    const before = report.dossiers
    let last: string | undefined = '00000000-0000-0000-0000-000000000000'
    while (last !== undefined) last = await rebuildSome(context, { agencyId, after: last, report })
    if (report.dossiers > before) report.agencies += 1
  }
  return report
}

/** The next dossiers of an agency in one transaction; the last of them, or undefined when there are no more. */
const rebuildSome = (
  context: DossierContext,
  { agencyId, after, report }: { agencyId: number; after: string; report: RebuildReport },
): Promise<string | undefined> =>
  withScope(context.db, { agencies: [agencyId] }, async (tx) => {
    const found = await tx
      .selectFrom('dossiers.event')
      .select('dossier_id')
      .distinct()
      .where('agency_id', '=', agencyId)
      .where('dossier_id', '>', after)
      .orderBy('dossier_id')
      .limit(AT_ONCE)
      .execute()
    if (found.length === 0) return undefined
    const ids = found.map((row) => row.dossier_id)
    const own = (table: 'dossiers.event' | 'dossiers.dossier' | 'dossiers.task' | 'dossiers.person') =>
      tx.selectFrom(table).where('agency_id', '=', agencyId).where('dossier_id', 'in', ids)
    // Commands to these dossiers wait until they are right; what was written before is read after.
    await own('dossiers.dossier').select('dossier_id').orderBy('dossier_id').forNoKeyUpdate().execute()
    const events = (await own('dossiers.event')
      .selectAll()
      .orderBy('dossier_id')
      .orderBy('version')
      .execute()) as EventRow[]
    const rows = (await own('dossiers.dossier').selectAll().execute()) as DossierRecord[]
    const tasks = (await own('dossiers.task').selectAll().execute()) as TaskRecord[]
    const names = await tx
      .selectFrom('dossiers.person')
      .select(['person_id', 'dossier_id', 'content', 'superseded_at'])
      .where('agency_id', '=', agencyId)
      .where('dossier_id', 'in', ids)
      .execute()
    const nameOf = new Map(names.map(({ person_id, content }) => [person_id, content?.name ?? null]))
    const personsOf = Map.groupBy(names, (person) => person.dossier_id)
    const rowOf = new Map(rows.map((row) => [row.dossier_id, row]))
    const tasksOf = Map.groupBy(tasks, (task) => task.dossier_id)
    for (const [dossierId, log] of Map.groupBy(events, (event) => event.dossier_id)) {
      report.dossiers += 1
      const dossier = isWholeLog(context, log) ? fold(log) : undefined
      const head = log.at(-1)?.hash
      if (!dossier || !head) {
        report.damaged.push({ agencyId, dossierId })
        continue
      }
      const superseded = supersededIn(log.map(toHappened))
      const persons = personsOf.get(dossierId) ?? []
      const right =
        sameRow(rowOf.get(dossierId), dossier, head) &&
        sameTasks(tasksOf.get(dossierId) ?? [], dossier) &&
        sameSuperseded(persons, superseded)
      if (right) continue
      await writeSuperseded(tx, agencyId, persons, superseded)
      report.rebuilt += 1
      await writeAnew(tx, {
        dossier,
        row: {
          agency_id: agencyId,
          dossier_id: dossierId,
          ...toRow(dossier),
          head_hash: head,
          applicant_name: nameOf.get(dossier.persons.applicant?.id ?? '') ?? null,
        },
      })
    }
    return ids.at(-1)
  })

const fold = (log: readonly EventRow[]): Dossier | undefined =>
  log.map(toHappened).reduce<Dossier | undefined>((dossier, next) => evolve(dossier, next), undefined)

async function writeSuperseded(
  tx: DossierTx,
  agencyId: number,
  persons: readonly Pick<PersonRow, 'person_id' | 'content'>[],
  superseded: ReadonlyMap<string, Instant>,
): Promise<void> {
  for (const { person_id: personId, content } of persons) {
    const at = superseded.get(personId) ?? null
    await tx
      .updateTable('dossiers.person')
      .set({ superseded_at: at, name_key: at === null && content ? searchKey(content.name) || null : null })
      .where('agency_id', '=', agencyId)
      .where('person_id', '=', personId)
      .execute()
  }
}

async function writeAnew(tx: DossierTx, { dossier, row }: { dossier: Dossier; row: DossierRecord }): Promise<void> {
  const { agency_id, dossier_id, code, procedure_version_id, field, channel, applicant_name, ...rest } = row
  const owned = { agency_id, dossier_id }
  const shown = { code, procedure_version_id, field, channel, applicant_name }
  await tx
    .insertInto('dossiers.dossier')
    .values(row)
    .onConflict((conflict) => conflict.columns(['agency_id', 'dossier_id']).doUpdateSet({ ...shown, ...rest }))
    .execute()
  await tx.deleteFrom('dossiers.task').where('agency_id', '=', agency_id).where('dossier_id', '=', dossier_id).execute()
  const tasks = toTasks(dossier).map((task) => ({ ...owned, ...task, ...shown }))
  if (tasks.length > 0) await tx.insertInto('dossiers.task').values(tasks).execute()
  const others = dossier.participants.map((participant_agency_id) => ({ ...owned, participant_agency_id }))
  if (others.length > 0)
    await tx
      .insertInto('dossiers.participant')
      .values(others)
      .onConflict((conflict) => conflict.doNothing())
      .execute()
}
