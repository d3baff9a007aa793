import type { Day } from '../../platform/day.ts'
import type { agencyKinds, codeSchemes, successionKinds, unitKinds } from '../contract.ts'
import type { Role } from '../rules/post.ts'

// What the server answers, as the pages read it.

type Dated = { validFrom: Day; validTo: Day | null }
export type AgencyKind = (typeof agencyKinds)[number]
export type UnitKind = (typeof unitKinds)[number]

export type AgencyRow = Dated & {
  agencyId: number
  kind: AgencyKind
  fullName: string
  fullNameEn: string | null
  parentId: number | null
  parentName: string | null
  gsoCode: string | null
  dossierCode: string | null
}
export type UnitRow = Dated & { agencyId: number; unitId: number; kind: UnitKind; name: string }
export type PointRow = Dated & {
  receivingPointId: number
  unitId: number
  name: string
  address: string
  phone: string
}
export type SuccessionRow = {
  oldAgencyId: number
  newAgencyId: number
  oldName: string
  newName: string
  kind: (typeof successionKinds)[number]
  onDay: Day
  answers: boolean
  confirmed: boolean
}
export type AgencyReply = {
  agency: AgencyRow
  units: UnitRow[]
  receivingPoints: PointRow[]
  successions: SuccessionRow[]
  history: {
    names: (Dated & { fullName: string })[]
    codes: (Dated & { scheme: (typeof codeSchemes)[number]; code: string })[]
    parents: (Dated & { parentId: number; parentName: string })[]
  }
  may: { manage: boolean; manageTree: boolean }
}
export type ChangeRow = { changeId: number; at: string; by: string | null; what: string }

export type PostRow = Dated & {
  postId: number
  officerId: number
  agencyId: number
  agencyName: string
  unitId: number
  unitName: string
  role: Role
  title: string
}
export type AccountView = {
  accountId: number
  userName: string
  secondFactor: boolean
  hasPassword: boolean
  disabledWhy: 'idle' | 'administrator' | null
  usedAt: string
}
export type OfficerRow = {
  officerId: number
  name: string
  title: string
  email: string
  phone: string
  staffCode: string | null
  posts: PostRow[]
  account: AccountView | null
}
export type OfficersReply = { officers: OfficerRow[]; next: number | null }
export type OfficerReply = {
  officer: Omit<OfficerRow, 'posts' | 'account'>
  posts: (PostRow & { mayEnd: boolean })[]
  delegations: DelegationRow[]
  account: AccountView | null
  may: { manage: boolean; edit: boolean }
}
export type DelegationRow = {
  delegationId: number
  agencyId: number
  role: Role
  unitName: string
  fromName: string
  toName: string
  validFrom: Day
  validTo: Day
  endedOn: Day | null
  reason: string
  mayEnd?: boolean
}
export type AbsenceRow = {
  absenceId: number
  officerName: string
  substituteName: string | null
  validFrom: Day
  validTo: Day
  reason: string
}
