import { loadCalendar } from '../calendar/index.ts'
import { addMinutes, dayOf, writeDay, type Instant } from '../platform/day.ts'
import { withScope } from '../platform/db.ts'
import { queueMessage } from '../portal/notices/index.ts'
import { listCodedAgencyIds, listOfficers, postsOf } from '../staff/index.ts'
import type { FeedbackContext } from './commands.ts'
import { hearsOfWaiting, thresholdOf } from './rules/reminders.ts'
import { listDue, type PetitionRow } from './store.ts'

const DAY = 24 * 60
/** The longest holidays are shorter. */
const DAYS_AHEAD = 14
/** What is over for longer was told, or is older than the telling. */
const DAYS_OVER = 7

/** Tells officers of petitions whose time runs out, and again when it is over; each once. Returns how many are told. */
export async function remindOfPetitions(context: FeedbackContext): Promise<number> {
  const now = context.clock()
  let told = 0
  for (const agencyId of await listCodedAgencyIds(context.db)) {
    const [due, { calendar }] = await Promise.all([
      withScope(context.db, { agencies: [agencyId] }, (tx) =>
        listDue(tx, { agencyId, from: addMinutes(now, -DAYS_OVER * DAY), to: addMinutes(now, DAYS_AHEAD * DAY) }),
      ),
      loadCalendar(context.db, agencyId),
    ])
    const waiting = due.flatMap((petition) => {
      const threshold = petition.due_at && thresholdOf(petition.due_at, now, calendar)
      return petition.due_at && threshold ? [{ petition, dueAt: petition.due_at, threshold }] : []
    })
    if (waiting.length === 0) continue
    const officers = await officersOf(context, agencyId)
    for (const one of waiting) told += await remind(context, officers, one)
  }
  return told
}

type Reminded = Awaited<ReturnType<typeof officersOf>>[number]

/** The officers of an authority who have a mail address, with their posts of today. */
async function officersOf({ db, clock }: FeedbackContext, agencyId: number) {
  const day = dayOf(clock())
  const officers = await listOfficers(db, { day, agencies: [agencyId], limit: 2000 })
  return Promise.all(
    officers
      .filter(({ email }) => email !== '')
      .map(async ({ officerId, name, email }) => ({
        email,
        actor: { officerId, accountId: 0, name, posts: await postsOf(db, officerId, day) },
      })),
  )
}

async function remind(
  context: FeedbackContext,
  officers: readonly Reminded[],
  { petition, dueAt, threshold }: { petition: PetitionRow; dueAt: Instant; threshold: 'soon' | 'over' },
): Promise<number> {
  const { agency_id: agencyId, petition_id: petitionId, code } = petition
  const seen = {
    ...petition,
    agencyId,
    unitId: petition.unit_id,
    officerId: petition.officer_id,
    registeredBy: petition.registered_by,
  }
  let told = 0
  for (const { email, actor } of officers) {
    if (!hearsOfWaiting(actor, seen, threshold)) continue
    const { state } = await queueMessage(context, {
      agencyId,
      to: { email },
      channels: ['email'],
      template: 'officer-petition-waiting',
      facts: { code, until: writeDay(dayOf(dueAt)), petitionLink: `/can-bo/phan-anh/${petitionId}` },
      dedupeKey: `petition-waiting/${petitionId}/${dueAt}/${threshold}/${actor.officerId}`,
    })
    if (state === 'queued') told += 1
  }
  return told
}
