/** Front door of filing online. Nothing here has side effects. */
export { openOwn, remember as rememberGrant } from './access.ts'
export { askerOf } from './asker.ts'
export {
  feesOf,
  placeOf,
  placesFor,
  readyFor,
  type Place,
  type PortalContext,
  type PortalTables,
  type Ready,
} from './facts.ts'
export {
  confirmMarks,
  discardMarks,
  marksOf,
  mendMarks,
  openMarksOf,
  setMarks,
  type Mark,
  type MarkContext,
  type MarkedValue,
  type MarkInput,
  type MarkTables,
  type MarkTarget,
} from './marks.ts'
export type { FilingSetting } from './contract.ts'
export type { FilingContext } from './flow.ts'
export { filingPaths } from './paths.ts'
export { defaultSetting } from './rules/online.ts'
export { filingSettingOf, frontsFor, setFilingSetting, type KeptSetting } from './settings.ts'
export type { FilingTables } from './store.ts'
export { remindOfEnding } from './remind.ts'
export { finishLodgings, tidyDrafts } from './tidy.ts'
