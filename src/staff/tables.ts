import type { GeneratedAlways } from 'kysely'
import type { Day, Instant } from '../platform/day.ts'
import type { Db } from '../platform/db.ts'
import type { Role } from './rules/post.ts'
import type { SuccessionKind } from './rules/units.ts'

export type AgencyKind = 'central' | 'province' | 'district' | 'commune' | 'department' | 'police' | 'other'
export type CodeScheme = 'gso' | 'qcvn102' | 'qd20' | 'dossier'
export type UnitKind =
  | 'one-stop'
  | 'leadership'
  | 'justice'
  | 'land'
  | 'social'
  | 'office'
  | 'economy'
  | 'culture'
  | 'police'
  | 'other'

type Dated = { valid_from: Day; valid_to: Day | null }
type Recorded = { recorded_at: GeneratedAlways<Instant>; recorded_by: number | null }

export type StaffTables = {
  'staff.agency': Dated & { agency_id: GeneratedAlways<number>; kind: AgencyKind }
  'staff.agency_name': Dated & {
    agency_id: number
    full_name: string
    full_name_en: string | null
    search_text: GeneratedAlways<string>
  }
  'staff.agency_code': Dated & { agency_id: number; scheme: CodeScheme; code: string }
  'staff.agency_edge': Dated & { agency_id: number; parent_id: number }
  'staff.succession': {
    old_agency_id: number
    new_agency_id: number
    kind: SuccessionKind
    share: number | null
    on_day: Day
    answers: boolean
    confirmed: boolean
    note: string | null
  }
  'staff.unit': Dated & { agency_id: number; unit_id: GeneratedAlways<number>; kind: UnitKind; name: string }
  'staff.receiving_point': Dated & {
    agency_id: number
    receiving_point_id: GeneratedAlways<number>
    unit_id: number
    name: string
    address: string
    phone: string
  }
  'staff.officer': {
    officer_id: GeneratedAlways<number>
    name: string
    title: string
    email: string
    phone: string
    staff_code: string | null
    search_text: GeneratedAlways<string>
    recorded_at: GeneratedAlways<Instant>
  }
  'staff.post': Dated &
    Recorded & {
      agency_id: number
      post_id: GeneratedAlways<number>
      officer_id: number
      unit_id: number
      role: Role
      title: string
    }
  'staff.delegation': Recorded & {
    agency_id: number
    delegation_id: GeneratedAlways<number>
    post_id: number
    to_officer_id: number
    valid_from: Day
    valid_to: Day
    ended_on: Day | null
    reason: string
  }
  'staff.absence': Recorded & {
    agency_id: number
    absence_id: GeneratedAlways<number>
    officer_id: number
    substitute_id: number | null
    valid_from: Day
    valid_to: Day
    reason: string
  }
  'staff.hand_over': Recorded & {
    agency_id: number
    hand_over_id: GeneratedAlways<number>
    from_officer_id: number
    to_officer_id: number
    reason: string
    dossier_count: number | null
  }
  'staff.change': {
    agency_id: number
    change_id: GeneratedAlways<number>
    changed_at: GeneratedAlways<Instant>
    changed_by: number | null
    what: string
    details: string
  }
}

export type StaffDb = Db<StaffTables>
