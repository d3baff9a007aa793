import { loadCalendar } from '../calendar/index.ts'
import { withScope } from '../platform/db.ts'
import { newId } from '../platform/id.ts'
import { listCodedAgencyIds } from '../staff/index.ts'
import { execute, type FeedbackContext } from './commands.ts'
import { draftsSince } from './drafts.ts'
import { sweepDraftFiles } from './files.ts'
import { reopenUntil } from './rules/deadlines.ts'
import { fold } from './rules/lifecycle.ts'
import { dropOldDrafts, listToClose, loadEvents, toHappened } from './store.ts'

/** Forgets stories that were never sent, and closes petitions that nobody may have opened again any more. */
export async function tidyPetitions(context: FeedbackContext): Promise<{ drafts: number; closed: number }> {
  const { db, clock, config } = context
  const now = clock()
  const drafts = await dropOldDrafts(db, draftsSince(now))
  await sweepDraftFiles(config.fileDir, Date.parse(now))
  const agencies = await listCodedAgencyIds(db)
  const answered = await withScope(db, { agencies }, (tx) => listToClose(tx, agencies, now))
  let closed = 0
  for (const { agencyId, petitionId } of answered) {
    const log = await withScope(db, { agencies: [agencyId] }, (tx) => loadEvents(tx, { agencyId, petitionId }))
    const petition = fold(log.map(toHappened))
    const { calendar } = await loadCalendar(db, agencyId)
    const until = petition && reopenUntil(petition, calendar)
    if (!petition || (until && until >= now)) continue
    const outcome = await execute(
      context,
      { actor: null, source: 'system' },
      { agencyId, petitionId, commandId: newId(), version: petition.version, order: { type: 'close' } },
    )
    // What still has to be published stays open, in the queue of those who publish it.
    if (outcome.ok) closed++
  }
  return { drafts, closed }
}
