/** Front door of the dossiers: taking in, handling, reading, printing, sealing. */
export { execute, type CommandRefusal, type DossierContext, type Giver, type Outcome } from './commands.ts'
export { NumbersTaken, openBulk, type Bulk } from './bulk.ts'
export type {
  CommandInput,
  ComponentWay,
  Details,
  IntakeBody,
  NoticeWay,
  PersonInput,
  TrackingView,
} from './contract.ts'
export { mend } from './amend.ts'
export { fileAccess } from './file-access.ts'
export { rebuildRows, type RebuildReport } from './rebuild.ts'
export { followLog, hasUnread, loadLogs, nextDossiers, type DossierKey, type Followed } from './followers.ts'
export type { IntakeRefusal } from './refusals.ts'
export { codesOf, findByCode, listFeeEvents, listOverpaid, listOwing, listQueue, type FeeEvent } from './queries.ts'
export { give, takeIn, type Times } from './requests.ts'
export { dossierRoutes } from './routes.ts'
export { type Filed } from './rules/amend.ts'
export { openWays } from './rules/component-way.ts'
export { reachedAmong } from './rules/notice-line.ts'
export { mayHandle } from './rules/permissions.ts'
export { hopsOf, type Hop } from './rules/hops.ts'
export { checkIdentityNumber, cleanIdentityNumber, maskIdentityNumber } from '../platform/identity-number.ts'
export {
  evolve,
  type Dossier,
  type DossierEvent,
  type DossierEventType,
  type Happened,
  type Status,
} from './rules/events.ts'
export { isPaused, nationalStatus, timeliness, type Timeliness } from './rules/row.ts'
export { changeNoticeWays, readNoticeWays } from './notice-choice-store.ts'
export { openSecret } from './sealing.ts'
export { sealLog } from './seals.ts'
export { toHappened, type DossierTables } from './store.ts'
export { vi as dossierWords } from './text.vi.ts'
export { knows, openByCode, track, trackingKey, trackingPath, viewTracking } from './tracking.ts'
export { listDisclosuresIn, listDossiersOf, type OwnDossier } from './own.ts'
export { eraseByNumber, findForErasure } from './erasure.ts'
export { checkPerson, type PersonRefusal } from './rules/person.ts'
export { en as dossierWordsEn } from './text.en.ts'
export { verifyLog, type LogFinding, type LogReport } from './verify.ts'
export { detailsOf, mayReveal, openDossier, readDossier, type OpenedDossier } from './view.ts'
export { recordDisclosure } from './person-store.ts'
