import { sql } from 'kysely'
import type { Instant } from '../platform/day.ts'
import type { IdentityDb } from './tables.ts'

export type Failures = { ofAccount: number; last: Instant | null; ofSource: number }

/** Wrong answers in a row for this account from this source, and from the source for whatever accounts; the attempt under way apart. */
export async function countFailures(
  db: IdentityDb,
  {
    accountKey,
    source,
    failureId,
    accountSince,
    sourceSince,
  }: { accountKey: Buffer; source: string; failureId: number; accountSince: Instant; sourceSince: Instant },
): Promise<Failures> {
  const { rows } = await sql<Failures>`
    select count(*) filter (where account_key = ${accountKey} and failed_at > ${accountSince}) as "ofAccount",
      max(failed_at) filter (where account_key = ${accountKey}) as last,
      count(*) filter (where failed_at > ${sourceSince}) as "ofSource"
    from identity.failure where source = ${source} and failure_id <> ${failureId} and failed_at > least(${accountSince}::timestamptz, ${sourceSince}::timestamptz)`.execute(
    db,
  )
  return rows[0] ?? { ofAccount: 0, last: null, ofSource: 0 }
}

export async function recordFailure(
  db: IdentityDb,
  { accountKey, source, now }: { accountKey: Buffer; source: string; now: Instant },
): Promise<number> {
  const { failure_id } = await db
    .insertInto('identity.failure')
    .values({ account_key: accountKey, source, failed_at: now })
    .returning('failure_id')
    .executeTakeFirstOrThrow()
  return failure_id
}

export const removeFailure = (db: IdentityDb, accountKey: Buffer, source: string, failureId: number) =>
  db
    .deleteFrom('identity.failure')
    .where('account_key', '=', accountKey)
    .where('source', '=', source)
    .where('failure_id', '=', failureId)
    .execute()

export const forgetFailures = (db: IdentityDb, accountKey: Buffer, source?: string) => {
  const query = db.deleteFrom('identity.failure').where('account_key', '=', accountKey)
  return (source === undefined ? query : query.where('source', '=', source)).execute()
}
