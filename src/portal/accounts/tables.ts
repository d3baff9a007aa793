import type { Day, Instant } from '../../platform/day.ts'
import type { Db } from '../../platform/db.ts'
import type { AuthorityKind } from './contract.ts'
import type { AssuranceLevel, WantedLevel } from './rules/levels.ts'

export type AccountTables = {
  'portal.citizen': {
    account_id: string
    secret: Buffer | null
    password_hash: string | null
    identity_index: Buffer | null
    identity_verified: boolean
    demo: boolean
    created_at: Instant
    used_at: Instant
    closed_at: Instant | null
  }
  'portal.citizen_contact': {
    contact_index: Buffer
    kind: ContactKind
    account_id: string
    confirmed_at: Instant
  }
  'portal.citizen_login': { provider_id: number; subject_index: Buffer; account_id: string; linked_at: Instant }
  'portal.citizen_session': {
    session_id: string
    token_hash: Buffer
    account_id: string
    level: AssuranceLevel
    provider_id: number | null
    source: string
    device: string
    started_at: Instant
    seen_at: Instant
    expires_at: Instant
    ended_at: Instant | null
  }
  'portal.citizen_code': {
    token_hash: Buffer
    purpose: CodePurpose
    contact_index: Buffer
    account_id: string | null
    secret: Buffer
    code_mac: Buffer
    tries: number
    source: string
    made_at: Instant
    expires_at: Instant
    confirmed_at: Instant | null
    used_at: Instant | null
  }
  'portal.authority': {
    authority_id: string
    account_id: string
    kind: AuthorityKind
    secret: Buffer
    principal_index: Buffer | null
    valid_from: Day
    valid_to: Day | null
    recorded_at: Instant
    ended_at: Instant | null
  }
  'portal.authority_proof': {
    authority_id: string
    media_type: string
    file_name: Buffer
    content: Buffer
    bytes: number
  }
  'portal.level_rule': {
    agency_id: number
    procedure_code: string
    level: WantedLevel
    changed_at: Instant
    changed_by: number
  }
}

export type ContactKind = 'phone' | 'email'

export type CodePurpose = 'sign-up' | 'password' | 'contact'

export type AccountDb = Db<AccountTables>
