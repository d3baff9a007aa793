import type { CellFault } from './cells.ts'
import type { RowFault } from './sheets.ts'

/** Why a line of an import could not be taken as it stands. */
export type ImportLineCode =
  | CellFault
  | RowFault
  | 'finding'
  | 'refusal'
  | 'formula'
  | 'cell-error'
  | 'unknown-sheet'
  | 'missing-sheet'
  | 'unknown-column'
  | 'missing-column'
  | 'held-back'
  | 'field-not-valid'
