/** Front door of the catalogue: procedures, their versions, and what the law says of a case. */
export { isInForce, linkageOn, serviceLevelOn } from './rules/validity.ts'
export { caseOf, channelsOf, timeLimitFor } from './rules/time-limit.ts'
export {
  feeKey,
  feeSetters,
  feesFor,
  unitsOf,
  type FeeFacts,
  type FeeLine,
  type Fees,
  type FeeUnits,
} from './rules/fees.ts'
export { componentTitle, type ComponentTitle } from './rules/component-title.ts'
export { follow, type Guided } from './rules/guide.ts'
export { validateVersion, type Finding } from './rules/findings.ts'
export { searchKey, searchWords } from './rules/search-key.ts'
export type {
  Channel,
  ComponentRule,
  FeeRule,
  LegalBasis,
  ProcedureCase,
  ProcedureVersion,
  TimeLimitPart,
  TimeLimitRule,
} from './contract.ts'
export { listFields } from './field-store.ts'
export {
  agenciesOffering,
  feeAmountsOn,
  offeredDuring,
  offeredOn,
  offerProcedures,
  setFeeAmount,
  setFeesOn,
  stopOffering,
  type OfferedProcedure,
  type SetFee,
} from './offering-store.ts'
export { searchProcedures } from './search-store.ts'
export { seedCatalogue } from './seed.ts'
export type { CatalogueTables } from './tables.ts'
export {
  closeVersion,
  findVersion,
  getVersion,
  listVersions,
  publishVersion,
  versionOn,
  type CatalogueRefusal,
  type StoredVersion,
} from './version-store.ts'
export { countByField, saveFields } from './field-store.ts'
export { listOfferingAgencies } from './offering-store.ts'
export type { ProcedureItem, ProcedurePage } from './search-store.ts'
export { exportVersions } from './version-store.ts'
export { readCursor, writeCursor, type Cursor } from './cursor.ts'
export type { Field } from './contract.ts'
export { en as catalogueEn } from './text.en.ts'
export { vi as catalogueVi, type CatalogueText } from './text.vi.ts'
export { readCatalogueData } from './data.ts'
export { recordPastVersions } from './past-store.ts'
export { exportCatalogue, importCatalogue, writeReport, type ImportLine, type ImportReport } from './import.ts'
export { listShortNames } from './names-store.ts'
