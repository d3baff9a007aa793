import { sql } from 'kysely'
import { authorityOf, type AuthorityName } from './past-places.ts'
import type { DemoAccount, DemoContext } from './town.ts'

const SETTING = 'demo'

type Kept = Pick<DemoContext, 'db' | 'keys'>

/**
 * Kept in the database, so that accounts and passwords always belong together, and encrypted with the key that lies
 * outside of it: neither a backup nor a look into the tables gives a password away.
 */
export async function addAccounts({ db, keys }: Kept, accounts: readonly DemoAccount[]): Promise<void> {
  await sql`select from platform.setting where name = ${SETTING} for update`.execute(db)
  const known = await demoAccounts({ db, keys })
  const value = JSON.stringify({ accounts: keys.encrypt(JSON.stringify([...known, ...accounts])).toString('base64') })
  await sql`insert into platform.setting (name, value) values (${SETTING}, ${value}::jsonb)
    on conflict (name) do update set value = excluded.value, set_at = now()`.execute(db)
}

/** The accounts of the demo with their passwords, made when it was loaded; none when this is no demo. */
export async function demoAccounts({ db, keys }: Kept): Promise<DemoAccount[]> {
  const { rows } = await sql<{
    accounts: string
  }>`select value ->> 'accounts' as accounts from platform.setting where name = ${SETTING}`.execute(db)
  const [row] = rows
  return row ? (JSON.parse(keys.decrypt(Buffer.from(row.accounts, 'base64'))) as DemoAccount[]) : []
}

/** Those that came with an authority of the past. */
export async function pastAccounts(context: Kept, name: AuthorityName): Promise<DemoAccount[]> {
  const user = authorityOf(name)?.today.user
  return (await demoAccounts(context)).filter(({ username }) => username.endsWith(`.${user}`))
}
