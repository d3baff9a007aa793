/** Front door of filing online. Nothing here has side effects. */
export {
  feesOf,
  placesFor,
  readyFor,
  soleAuthority,
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
