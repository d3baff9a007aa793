import { readFileSync, readdirSync } from 'node:fs'
import { join } from 'node:path'
import type pg from 'pg'
import { createFirstAdminLink, hasSystemAdministrator } from '../identity/index.ts'
import { migrate } from '../platform/migrate.ts'
import { StartProblem } from '../platform/start-problem.ts'
import { demoAccounts, demoCitizen, loadDemo } from './demo.ts'
import { bringShippedFacts } from './shipped-facts.ts'
import { migrationsDir, type System } from './system.ts'

/** What this installation is for; chosen at its first start, kept in `platform.setting`. */
export type Installation = 'demo' | 'empty'
type State = Installation | 'demo-loading'

/** Chooses at the first start, and says what the person at the terminal needs to get in. */
export async function prepareInstallation(
  system: System,
  { empty, say }: { empty: boolean; say: (line: string) => void },
): Promise<string[]> {
  const state = await readState(system.ownerPool)
  if (empty && state === 'demo')
    throw new StartProblem(
      'Thư mục dữ liệu này đã có dữ liệu dùng thử; --empty chỉ dùng được ở lần khởi động đầu tiên. Hãy đặt DATA_DIR khác.\n' +
        '(This data folder holds the demo; choose another DATA_DIR for an empty start.)',
    )
  if (state !== 'demo-loading') await bringShippedFacts(system.context)
  if (state === 'empty' || empty) {
    await chooseInstallation(system.ownerPool, 'empty')
    return describeEmpty(system)
  }
  if (state !== 'demo') {
    say('▸ Nạp dữ liệu dùng thử (chỉ lần đầu) … (Loading the demo)')
    await buildDemo(system, { state, say })
  }
  return describeDemo(system)
}

export const readState = async (pool: pg.Pool): Promise<State | undefined> => {
  const { rows } = await pool.query<{ state: State }>(
    `select value #>> '{}' as state from platform.setting where name = 'installation'`,
  )
  return rows[0]?.state
}

export const chooseInstallation = (pool: pg.Pool, state: State): Promise<unknown> =>
  pool.query(
    `insert into platform.setting (name, value) values ('installation', to_jsonb($1::text))
     on conflict (name) do update set value = excluded.value, set_at = now()`,
    [state],
  )

/** A demo that was cut short is thrown away and made again: nobody has worked with it yet. */
async function buildDemo(
  system: System,
  { state, say }: { state: State | undefined; say: (line: string) => void },
): Promise<void> {
  if (state === 'demo-loading') {
    await clearDatabase(system.ownerPool)
    await bringShippedFacts(system.context)
  }
  await chooseInstallation(system.ownerPool, 'demo-loading')
  await loadDemo(system.context, say)
  await chooseInstallation(system.ownerPool, 'demo')
}

/** Drops what the migrations made and runs them again. */
export async function clearDatabase(pool: pg.Pool): Promise<void> {
  const texts = readdirSync(migrationsDir)
    .filter((name) => name.endsWith('.sql'))
    .map((name) => readFileSync(join(migrationsDir, name), 'utf8'))
  const schemas = texts.flatMap((text) =>
    [...text.matchAll(/^create schema (?:if not exists )?([a-z_]+)/gim)].map((match) => match[1]),
  )
  await pool.query(`drop schema if exists ${[...new Set(schemas), 'platform'].join(', ')} cascade`)
  await migrate(pool, migrationsDir)
}

async function describeDemo({ context }: System): Promise<string[]> {
  const officers = await demoAccounts(context)
  if (officers.length === 0) return []
  const citizen = await demoCitizen(context)
  const accounts = citizen ? [...officers, citizen] : officers
  const width = Math.max(...accounts.map((account) => account.username.length))
  return [
    'Đây là bản dùng thử với dữ liệu bịa đặt. Tài khoản: (This is a demo with invented data. Accounts:)',
    ...accounts.map(({ username, password, post }) => `  ${username.padEnd(width)}  ${password}  ${post}`),
  ]
}

/** Until somebody administers the system, each start prints a fresh link; an earlier one is worthless then. */
async function describeEmpty({ context }: System): Promise<string[]> {
  if (await hasSystemAdministrator(context.db)) return []
  return [
    'Chưa có quản trị viên. Mở liên kết dùng một lần này để tạo tài khoản quản trị đầu tiên:',
    '(No administrator yet. This link works once and makes the first one:)',
    `  ${await createFirstAdminLink(context)}`,
  ]
}
