import type { GeneratedAlways } from 'kysely'
import type { Instant } from '../platform/day.ts'
import type { Db } from '../platform/db.ts'
import type { ProviderTables } from './provider-store.ts'

export type IdentityTables = ProviderTables & {
  'identity.account': {
    account_id: GeneratedAlways<number>
    officer_id: number
    user_name: string
    password_hash: string | null
    password_set_at: Instant | null
    must_change_password: boolean
    totp_secret: Buffer | null
    totp_confirmed_at: Instant | null
    totp_last_step: number
    demo: boolean
    used_at: Instant
    disabled_at: Instant | null
    disabled_why: 'idle' | 'administrator' | null
    created_at: Instant
  }
  'identity.password': { account_id: number; set_at: Instant; password_hash: string }
  'identity.recovery_code': { account_id: number; code_hash: Buffer; used_at: Instant | null }
  'identity.session': {
    session_id: string
    token_hash: Buffer
    account_id: number
    second_factor: 'none' | 'awaited' | 'given'
    source: string
    device: string
    started_at: Instant
    seen_at: Instant
    expires_at: Instant
    locked_at: Instant | null
    ended_at: Instant | null
  }
  'identity.failure': { account_key: Buffer; source: string; failure_id: GeneratedAlways<number>; failed_at: Instant }
  'identity.one_time_link': {
    token_hash: Buffer
    purpose: LinkPurpose
    account_id: number | null
    created_at: Instant
    created_by: number | null
    expires_at: Instant
    used_at: Instant | null
  }
  'identity.audit': {
    audit_id: GeneratedAlways<number>
    at: Instant
    agency_id: number | null
    account_id: number | null
    what: string
    source: string
    details: string
  }
}

export type LinkPurpose = 'first-administrator' | 'set-password'

export type IdentityDb = Db<IdentityTables>
