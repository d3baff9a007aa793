import { tidyIdentity } from '../identity/index.ts'
import type { Context } from '../platform/context.ts'
import type { Job } from '../platform/jobs.ts'
import type { Tables } from './tables.ts'

const HOUR = 3600

/** What the running system does by itself. */
export const jobs: readonly Job<Context<Tables>>[] = [
  { name: 'tidy-identity', everySeconds: 24 * HOUR, run: async (context) => void (await tidyIdentity(context)) },
]
