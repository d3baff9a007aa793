import { addDays, addMinutes, dayOf } from '../../platform/day.ts'
import { withScope } from '../../platform/db.ts'
import { listCodedAgencyIds } from '../../staff/index.ts'
import { tidyAccounts } from '../accounts/index.ts'
import type { PersonalDataContext } from './requests.ts'
import { retentionDays } from './rules/retention.ts'
import { listRetention, removeOldRequests, removeOldViews } from './store.ts'

/** Removes what was kept as long as the rules say. Drafts and messages are tidied by their own rooms. */
export async function keepNoLonger(context: PersonalDataContext): Promise<Record<string, number>> {
  const { db, clock } = context
  const now = clock()
  const settings = await listRetention(db)
  const accounts = await tidyAccounts(context, {
    session: retentionDays(settings, 'citizen-session'),
    code: retentionDays(settings, 'citizen-code'),
    unusedAccount: retentionDays(settings, 'citizen-account'),
  })
  const agencies = await listCodedAgencyIds(db)
  const [views, requests] = await withScope(db, { agencies }, async (tx) => [
    await removeOldViews(tx, addDays(dayOf(now), -retentionDays(settings, 'data-view'))),
    await removeOldRequests(tx, addMinutes(now, -retentionDays(settings, 'data-request') * 24 * 60)),
  ])
  const removed = { ...accounts, views: views ?? 0, requests: requests ?? 0 }
  context.log.info({ what: 'kept-no-longer', ...removed })
  return removed
}
