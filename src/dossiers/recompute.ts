import { randomUUID } from 'node:crypto'
import {
  calendarWith,
  closingOf,
  dueAt,
  loadCalendar,
  workingDayOnOrAfter,
  type ExceptionalDay,
  type WorkingCalendar,
} from '../calendar/index.ts'
import { dayOf, type Instant } from '../platform/day.ts'
import { withScope } from '../platform/db.ts'
import { execute, type DossierContext } from './commands.ts'
import { fold, type Dossier } from './rules/events.ts'
import { loadEvents, toHappened } from './store.ts'

/** An open dossier whose due date comes out otherwise under another calendar. */
export type DueChange = { agencyId: number; dossierId: string; code: string; before: Instant; after: Instant }

/** What the due date of a running dossier is under this calendar. Promised days that are no longer worked move on. */
export function dueUnder(dossier: Dossier, calendar: WorkingCalendar): Instant | null {
  const { clockStartedAt, limit, reading, nextDayAfter15, pauses, dueCurrent, extensions } = dossier
  if (!clockStartedAt || !limit || !reading || !dueCurrent) return dueCurrent
  if (extensions > 0) return closingOf(calendar, workingDayOnOrAfter(calendar, dayOf(dueCurrent)))
  return dueAt({ start: clockStartedAt, limit, reading, calendar, nextDayAfter15, pauses }).dueAt
}

/**
 * Open dossiers of an agency whose due date differs from what its calendar says: as it stands, or as it would stand with
 * one more day. Dossiers that wait for the applicant are counted anew when they go on.
 */
export async function previewRecompute(
  context: DossierContext,
  agencyId: number,
  day?: ExceptionalDay,
): Promise<DueChange[]> {
  const loaded = await loadCalendar(context.db, agencyId)
  const calendar = day ? calendarWith(loaded.calendar, day) : loaded.calendar
  return withScope(context.db, { agencies: [agencyId] }, async (tx) => {
    const open = await tx
      .selectFrom('dossiers.dossier')
      .select(['dossier_id', 'code'])
      .where('agency_id', '=', agencyId)
      .where('status', 'in', ['received', 'processing'])
      .orderBy('due_current')
      .execute()
    const changes: DueChange[] = []
    for (const { dossier_id: dossierId, code } of open) {
      const dossier = fold((await loadEvents(tx, agencyId, dossierId)).map(toHappened))
      const before = dossier?.dueCurrent
      const after = dossier && dueUnder(dossier, calendar)
      if (before && after && before !== after) changes.push({ agencyId, dossierId, code, before, after })
    }
    return changes
  })
}

/** Moves the due dates of an agency's open dossiers to what its calendar says now, each as an event that names the notice. */
export async function applyRecompute(context: DossierContext, agencyId: number, notice: string): Promise<DueChange[]> {
  const moment = context.clock()
  const changes = await previewRecompute(context, agencyId)
  const outcomes = await Promise.all(
    changes.map((change) =>
      execute(context, {
        agencyId,
        dossierId: change.dossierId,
        commandId: randomUUID(),
        giver: { actor: null, source: 'system' },
        occurredAt: moment,
        recordedAt: moment,
        work: { command: { type: 'recomputeDue', dueAt: change.after, notice }, expectedVersion: null },
        persons: [],
        notes: [],
      }),
    ),
  )
  return changes.filter((_change, index) => outcomes[index]?.ok)
}
