import { createHash } from 'node:crypto'
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
 * One text for one value, however its keys were ordered: RFC 8785 for the values that JSON columns give back
 * (no undefined, no number that JSON cannot write).
 */
export function canonical(value: unknown): string {
  if (value === null || typeof value !== 'object') return JSON.stringify(value)
  let text = ''
  if (Array.isArray(value)) {
    for (const item of value as unknown[]) text += `${text && ','}${canonical(item ?? null)}`
    return `[${text}]`
  }
  const fields = value as Record<string, unknown>
  // By UTF-16 code units, as RFC 8785 orders them and `toSorted` does without being told.
  for (const key of Object.keys(fields).toSorted()) {
    const field = fields[key]
    if (field !== undefined) text += `${text && ','}${JSON.stringify(key)}:${canonical(field)}`
  }
  return `{${text}}`
}

/**
 * HMAC-SHA256 over the entry and the hash of the one before it. The key lives outside the database, so that whoever can
 * write there still cannot make an entry that fits.
 */
export const entryHash = (keys: Pick<Keys, 'mac'>, previous: Buffer, entry: Entry): Buffer =>
  keys.mac('event', Buffer.concat([previous, Buffer.from(canonical(entry))]))

/** Binds a row beside the log to the event that names it; the salt keeps short contents from being guessed. */
export const contentHash = (salt: Buffer, content: unknown): Buffer =>
  createHash('sha256').update(salt).update(canonical(content)).digest()
