import type { Context } from '../platform/context.ts'
import type { Job } from '../platform/jobs.ts'
import type { Tables } from './tables.ts'

/** What the running system does by itself. */
export const jobs: readonly Job<Context<Tables>>[] = []
