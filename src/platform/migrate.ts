import { readFileSync, readdirSync } from 'node:fs'
import { join } from 'node:path'
import type pg from 'pg'

/** A migration that has not been applied yet. */
type Migration = { name: string; text: string }

/** All migrations of a folder in order. Throws when a name is not `NNNN_folder_what.sql` or LATEST names another. */
export function listMigrations(dir: string): Migration[] {
  const names = readdirSync(dir)
    .filter((name) => name.endsWith('.sql'))
    .toSorted()
  for (const name of names)
    if (!/^\d{4}_[a-z-]+_[a-z_]+\.sql$/.test(name)) throw new Error(`migration ${name}: bad name`)
  const latest = readFileSync(join(dir, 'LATEST'), 'utf8').trim()
  if (latest !== names.at(-1)) throw new Error(`migrations/LATEST says ${latest}, the newest is ${names.at(-1)}`)
  return names.map((name) => ({ name, text: readFileSync(join(dir, name), 'utf8') }))
}

/**
 * Brings the database up to date as its owner, each migration in one transaction. The row is inserted before the
 * text runs, so that a second starter waits for the first and then finds the work done.
 */
export async function migrate(pool: pg.Pool, dir: string): Promise<string[]> {
  const applied: string[] = []
  const client = await pool.connect()
  try {
    await client.query(`create schema if not exists platform;
      create table if not exists platform.migration (name text primary key, applied_at timestamptz not null default now())`)
    for (const { name, text } of listMigrations(dir)) {
      await client.query('begin')
      try {
        const { rowCount } = await client.query(
          'insert into platform.migration (name) values ($1) on conflict do nothing',
          [name],
        )
        if (rowCount) {
          await client.query(text)
          applied.push(name)
        }
        await client.query('commit')
      } catch (cause) {
        await client.query('rollback')
        throw new Error(`migration ${name} failed`, { cause })
      }
    }
  } finally {
    client.release()
  }
  return applied
}

/** Whether every migration of the folder was applied. */
export async function isMigrated(pool: pg.Pool, dir: string): Promise<boolean> {
  const { rows } = await pool.query<{ name: string }>('select name from platform.migration')
  const applied = new Set(rows.map((row) => row.name))
  return listMigrations(dir).every(({ name }) => applied.has(name))
}
