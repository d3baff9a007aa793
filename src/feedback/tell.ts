import { dayOf, writeDay } from '../platform/day.ts'
import type { Context } from '../platform/context.ts'
import type { Tx } from '../platform/db.ts'
import { queueMessage, type NoticeTables } from '../portal/notices/index.ts'
import { petitionPaths } from './paths.ts'
import { deadlinesOf } from './rules/deadlines.ts'
import type { Petition, PetitionEvent, PetitionEventType } from './rules/lifecycle.ts'
import { open, petitionKey } from './sealing.ts'
import type { FeedbackTables } from './store.ts'

const templates = {
  received: 'petition-received',
  supplementRequested: 'petition-supplement',
  answered: 'petition-answered',
  guided: 'petition-answered',
  refused: 'petition-refused',
} as const satisfies Partial<Record<PetitionEventType, string>>

type Told = {
  agencyId: number
  petitionId: string
  petition: Petition
  events: readonly PetitionEvent[]
  calendar: Parameters<typeof deadlinesOf>[1]
}

/** Tells the sender, in the transaction in which it happened: it goes out if and only if that holds. */
export async function tell(
  { keys, clock }: Pick<Context, 'keys' | 'clock'>,
  tx: Tx<FeedbackTables & NoticeTables>,
  { agencyId, petitionId, petition, events, calendar }: Told,
): Promise<void> {
  const names = events.flatMap(({ type }) => (type in templates ? [type as keyof typeof templates] : []))
  if (names.length === 0 || petition.senderId === null) return
  const row = await tx
    .selectFrom('feedback.writing')
    .select('sealed')
    .where('agency_id', '=', agencyId)
    .where('writing_id', '=', petition.senderId)
    .executeTakeFirst()
  const writing = row?.sealed ? open(keys, row.sealed) : undefined
  if (writing?.kind !== 'sender') return
  const { email, phone } = writing.sender
  const until = deadlinesOf(petition, calendar).find(({ what }) => what === 'supplementWait')?.due.dueOn
  const key = petitionKey(keys, { agencyId, petitionId })
  const facts = {
    code: petition.code,
    petitionLink: `${petitionPaths.follow}?ma=${encodeURIComponent(petition.code)}&k=${key}`,
    until: writeDay(until ?? dayOf(clock())),
  }
  for (const name of names)
    await queueMessage(
      { db: tx, keys, clock },
      {
        agencyId,
        to: { email: email || undefined, phone: phone || undefined },
        template: templates[name],
        facts,
        dedupeKey: `petition/${petitionId}/${petition.version}`,
      },
    )
}
