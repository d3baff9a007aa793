import type { Instant } from '../platform/day.ts'
import type { PetitionRefusal } from './rules/lifecycle.ts'

/** Why a command is not carried out. Words in text.vi.ts, which browsers read too: only types stand here. */
export type CommandRefusal =
  | PetitionRefusal
  | { code: 'not-found' }
  | { code: 'not-your-right' }
  | { code: 'command-id-used' }
  | { code: 'changed-meanwhile'; version: number; by: number | null; at: Instant; what: string }
  | { code: 'officer-not-in-unit' }
  | { code: 'officer-is-concerned' }
  | { code: 'unit-unknown' }
  | { code: 'agency-takes-none' }
  | { code: 'sender-missing' }
  | { code: 'received-in-future' }
  | { code: 'personal-data-left'; found: readonly string[] }
  | { code: 'file-not-released' }
  | { code: 'publication-off' }
