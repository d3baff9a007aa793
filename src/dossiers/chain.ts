import { createHash } from 'node:crypto'
import { canonical } from '../platform/canonical.ts'
import type { Keys } from '../platform/keys.ts'
import type { Instant } from '../platform/day.ts'
import type { DossierEvent } from './rules/events.ts'

/** One entry of the log as it is hashed: everything that must not be altered unnoticed. */
export type Entry = {
  agencyId: number
  dossierId: string
  version: number
  event: DossierEvent
  occurredAt: Instant
  recordedAt: Instant
  officerId: number | null
  postId: number | null
  onBehalfOf: number | null
  source: 'officer' | 'citizen' | 'system' | 'import' | 'demo'
  commandId: string
  ordinal: number
}

/** What the first entry of a dossier follows. */
export const GENESIS: Buffer = Buffer.alloc(32)

/**
 * HMAC-SHA256 over the entry and the hash of the one before it. The key lives outside the database, so that whoever can
 * write there still cannot make an entry that fits.
 */
export const entryHash = (keys: Pick<Keys, 'mac'>, previous: Buffer, entry: Entry): Buffer =>
  keys.mac('event', Buffer.concat([previous, Buffer.from(canonical(entry))]))

/** Binds a row beside the log to the event that names it; the salt keeps short contents from being guessed. */
export const contentHash = (salt: Buffer, content: unknown): Buffer =>
  createHash('sha256').update(salt).update(canonical(content)).digest()
