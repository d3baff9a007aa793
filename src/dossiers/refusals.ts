import type { Instant } from '../platform/day.ts'
import type { LifecycleRefusal } from './rules/lifecycle.ts'
import type { PersonRefusal } from './rules/person.ts'

type Facts = Record<string, string | number>

/** Why a command is not carried out. Words in text.vi.ts, which browsers read too: only types stand here. */
export type CommandRefusal =
  | LifecycleRefusal
  | {
      code:
        | 'not-found'
        | 'not-your-task'
        | 'officer-not-in-unit'
        | 'command-id-used'
        | 'occurred-in-future'
        | 'recorded-when-done'
        | 'occurred-before-last'
        | 'needs-two-officers'
      facts?: Facts
    }
  | { code: 'component-unknown' | 'component-way-closed'; facts: { key: string } }
  | { code: 'changed-meanwhile'; facts: { version: number; by: number; at: Instant; what: string } }

/** Why a dossier is not taken in. */
export type IntakeRefusal =
  | {
      code:
        | 'agency-unknown'
        | 'procedure-not-offered'
        | 'case-unknown'
        | 'delivery-address-missing'
        | 'receiving-point-unknown'
        | 'file-unknown'
        | 'not-boundary-free'
        | 'received-by-competent-agency'
        | 'person-unchanged'
      facts?: Facts
      pointer?: string
    }
  | {
      code: 'component-unknown' | 'component-twice' | 'component-way-closed' | 'components-missing'
      facts: Facts
      pointer?: string
    }
  | (PersonRefusal & { facts?: Facts; pointer?: string })
