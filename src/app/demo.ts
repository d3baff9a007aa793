import type { Context } from '../platform/context.ts'
import type { Tables } from './tables.ts'

/** An account of the demo, shown at each start. */
export type DemoAccount = { username: string; password: string; post: string }

/** Fills an empty, migrated database with the demo authorities. Runs once; a cut-short run starts over on a cleared database. */
export async function loadDemo(_context: Context<Tables>): Promise<void> {}

/** The accounts of the demo with their passwords, which were made when it was loaded. */
export async function demoAccounts(_context: Context<Tables>): Promise<readonly DemoAccount[]> {
  return []
}
