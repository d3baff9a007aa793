import { sql } from 'kysely'
import type { Instant } from '../../platform/day.ts'
import type { AccountRow, PaymentDb, ProviderRow } from './tables.ts'

export const findAccount = (db: PaymentDb, agencyId: number, version?: number): Promise<AccountRow | undefined> =>
  db
    .selectFrom('portal.payment_account')
    .selectAll()
    .where('agency_id', '=', agencyId)
    .$if(version !== undefined, (query) => query.where('version', '=', version ?? 0))
    .orderBy('version', 'desc')
    .limit(1)
    .executeTakeFirst()

/** The account that was in use before a moment. */
export const findAccountBefore = (db: PaymentDb, agencyId: number, before: Instant): Promise<AccountRow | undefined> =>
  db
    .selectFrom('portal.payment_account')
    .selectAll()
    .where('agency_id', '=', agencyId)
    .where('set_at', '<', before)
    .orderBy('version', 'desc')
    .limit(1)
    .executeTakeFirst()

export const listAccounts = (db: PaymentDb, agencyId: number): Promise<AccountRow[]> =>
  db
    .selectFrom('portal.payment_account')
    .selectAll()
    .where('agency_id', '=', agencyId)
    .orderBy('version', 'desc')
    .limit(50)
    .execute()

/** Of these agencies the ones that collect by bank. */
export async function listCollecting(db: PaymentDb, agencies: readonly number[]): Promise<number[]> {
  const { rows } = await sql<{ agencyId: number }>`
    select distinct agency_id as "agencyId" from portal.payment_account where agency_id = any(${[...agencies]}::int[])
    union select distinct agency_id from portal.payment_booking where agency_id = any(${[...agencies]}::int[]) and state = 'intended'
    order by 1`.execute(db)
  return rows.map(({ agencyId }) => agencyId)
}

export async function addAccount(db: PaymentDb, row: Omit<AccountRow, 'version'>): Promise<AccountRow> {
  const before = await findAccount(db, row.agency_id)
  return db
    .insertInto('portal.payment_account')
    .values({ ...row, version: (before?.version ?? 0) + 1 })
    .returningAll()
    .executeTakeFirstOrThrow()
}

export const listProviders = (db: PaymentDb, agencyId: number): Promise<ProviderRow[]> =>
  db.selectFrom('portal.payment_provider').selectAll().where('agency_id', '=', agencyId).orderBy('provider').execute()

export const findProvider = (db: PaymentDb, agencyId: number, provider: string): Promise<ProviderRow | undefined> =>
  db
    .selectFrom('portal.payment_provider')
    .selectAll()
    .where('agency_id', '=', agencyId)
    .where('provider', '=', provider)
    .executeTakeFirst()

export async function saveProvider(db: PaymentDb, row: ProviderRow): Promise<void> {
  const { agency_id: _agency, provider: _provider, ...change } = row
  await db
    .insertInto('portal.payment_provider')
    .values(row)
    .onConflict((conflict) => conflict.columns(['agency_id', 'provider']).doUpdateSet(change))
    .execute()
}
