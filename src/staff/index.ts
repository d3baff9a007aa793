export {
  listAgencyIds,
  listCodedAgencyIds,
  listOfficerNames,
  listPostTitles,
  listSupervisingAgencies,
  listUnitNames,
} from './names-store.ts'
export { authorityName, inSentence, shortAuthorityName } from './rules/agency-name.ts'
export { standardUnits } from './rules/standard-units.ts'
export {
  delegableRoles,
  isDelegable,
  isValidOn,
  refuseDelegation,
  roles,
  type Post,
  postsOn,
  type Delegation,
  type HeldPost,
  type Role,
  type Validity,
} from './rules/post.ts'
export { EARLIEST, foldName, sameName, TWO_TIERS_FROM, type Place } from './rules/units.ts'
export { findPlaces, listPlaces, type PlaceSearch } from './places.ts'
export {
  closeAgency,
  createAgency,
  findAgencies,
  findAgency,
  findAgencyByCode,
  getAgency,
  listAgencies,
  listAgencyHistory,
  listSuccessions,
  listTopAgencies,
  moveAgency,
  recordSuccession,
  renameAgency,
  setAgencyCode,
  type Agency,
  type NewAgency,
  type Succession,
} from './agency-store.ts'
export { findCommandReply, listChanges, noteCommand, recordChange, type Change } from './change-store.ts'
export {
  createOfficer,
  createPost,
  endPost,
  findOfficer,
  findPost,
  isUnitHeldAfter,
  listOfficers,
  listPosts,
  listPostsById,
  postsOf,
  systemAdministratorsOn,
  updateOfficer,
  type Officer,
  type OfficerRow,
  type PostRow,
} from './officer-store.ts'
export {
  createDelegation,
  endDelegation,
  listAbsences,
  listDelegations,
  recordAbsence,
  recordHandOver,
  type Absence,
  type DelegationRow,
} from './stand-in-store.ts'
export type { AgencyKind, CodeScheme, StaffTables, UnitKind } from './tables.ts'
export {
  createReceivingPoint,
  createUnit,
  findUnit,
  listReceivingPoints,
  listUnits,
  updateReceivingPoint,
  updateUnit,
  type ReceivingPoint,
  type Unit,
} from './unit-store.ts'
export {
  answersFor,
  forgetReach,
  listAbove,
  listPredecessors,
  staffGeneration,
  subtree,
  type Predecessor,
} from './tree-store.ts'
export { importUnits, type UnitImport } from './unit-import-store.ts'
export * as schemas from './contract.ts'
export { isStaffRefusal, staffRefusalText, type StaffRefusal } from './text.vi.ts'
