import { addMinutes, dayOf, writeDay } from '../../platform/day.ts'
import { contactOfAccount } from '../accounts/index.ts'
import { queueMessage } from '../notices/index.ts'
import { openContent } from './drafts.ts'
import { readFlow, type FilingContext, type Flow } from './flow.ts'
import { reachedAt } from './lodging.ts'
import { filingPaths } from './paths.ts'
import { listEnding } from './store.ts'

const DAY = 24 * 60
const DAYS_BEFORE = 3
const AT_ONCE = 200

/**
 * Tells people that a draft they left will be deleted: once, some days before, wherever they said how to reach them. Who
 * goes on with it and leaves it again hears of its new end. Returns how many are told.
 */
export async function remindOfEnding(context: FilingContext): Promise<number> {
  const now = context.clock()
  const ending = { now, until: addMinutes(now, DAYS_BEFORE * DAY), untouchedSince: addMinutes(now, -DAYS_BEFORE * DAY) }
  let told = 0
  let after: string | undefined
  for (;;) {
    const rows = await listEnding(context.db, { ...ending, after, most: AT_ONCE })
    for (const row of rows) {
      const flow = await readFlow(context, openContent(context.keys, row))
      if (flow && (await remind(context, flow))) told += 1
    }
    if (rows.length < AT_ONCE) return told
    after = rows.at(-1)?.draft_id
  }
}

async function remind(context: FilingContext, flow: Flow): Promise<boolean> {
  const { draft_id: draftId, account_id: accountId, revision, expires_at: endsAt } = flow.draft
  const { phone, email } = accountId === null ? reachedAt(flow) : await contactOfAccount(context, accountId)
  const outcome = await queueMessage(context, {
    agencyId: flow.agency?.agencyId ?? null,
    to: { phone: phone || undefined, email: email || undefined },
    template: 'filing-draft-ends',
    facts: {
      procedure: flow.version.shortName,
      until: writeDay(dayOf(endsAt)),
      draftLink: filingPaths.draft(draftId),
    },
    dedupeKey: `draft-ends/${draftId}/${revision}`,
    expiresAt: endsAt,
    language: flow.content.language,
  })
  return outcome.state === 'queued'
}
