import { addMinutes } from '../../platform/day.ts'
import type { AccountContext } from './sessions.ts'
import { closeAccount } from './citizen-store.ts'
import { listUnusedSince, tidyStore } from './tidy-store.ts'

/** How long what is left behind is kept; the page about personal data tells the same numbers. */
export const keepDays = { session: 90, code: 2, unusedAccount: 3 * 365 } as const

/** Removes sessions, codes and accounts that served their time. */
export async function tidyAccounts(
  { db, clock }: AccountContext,
  days: { session: number; code: number; unusedAccount: number } = keepDays,
): Promise<{ sessions: number; codes: number; accounts: number }> {
  const now = clock()
  const before = (count: number) => addMinutes(now, -count * 24 * 60)
  const removed = await tidyStore(db, { sessionsBefore: before(days.session), codesBefore: before(days.code) })
  const unused = await listUnusedSince(db, before(days.unusedAccount))
  for (const accountId of unused) await db.transaction().execute((tx) => closeAccount(tx, accountId, now))
  return { ...removed, accounts: unused.length }
}
