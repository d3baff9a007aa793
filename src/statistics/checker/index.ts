export { checkFile } from './check-file.ts'
export { checkBlocks, type CheckReport } from './rules/check.ts'
export type {
  Block,
  Cell,
  Consistent,
  Finding,
  Kind,
  Location,
  Reason,
  ReportDocument,
  TableBlock,
  TextBlock,
} from './rules/document.ts'
export type { Unreadable } from './readers/unreadable.ts'
export { runCheck } from './command.ts'
