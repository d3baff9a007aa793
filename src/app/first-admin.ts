import type { Context } from '../platform/context.ts'
import type { Tables } from './tables.ts'

/** A one-time address at which the first administrator makes an account; undefined when there is one already. */
export async function firstAdminLink(_context: Context<Tables>): Promise<string | undefined> {
  return undefined
}
