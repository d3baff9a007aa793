import type { Opening } from './field.ts'

/** A piece of text as it is printed. A number that came from a field says where it leads. */
export type PrintedRun = {
  text: string
  bold?: boolean
  italic?: boolean
  /** Came from a field; where records stand behind it, it opens them. */
  live?: boolean
  opens?: Opening
  /** Number of the footnote whose mark stands here; the text is empty then. */
  note?: number
}

export type TableCell = {
  text: string
  /** Names the row for who cannot see the table. */
  isHeader?: boolean
  align?: 'left' | 'center' | 'right'
  bold?: boolean
  italic?: boolean
  columns?: number
  rows?: number
  opens?: Opening
}

export type PrintedTable = {
  kind: 'table'
  caption: string
  /** Above the table, as `Biểu mẫu 1`, or as a line of its own. */
  number?: string
  /** Small words under the caption. */
  note?: string
  /** Smaller line under the table: what a mark means. */
  legend?: string
  head: TableCell[][]
  rows: TableCell[][]
  /** Shares of the width. */
  widths: number[]
  /** For tables of many columns. */
  small?: boolean
}

export type PrintedBlock =
  | { kind: 'heading'; level: 1 | 2 | 3; number: string; text: string; id?: string }
  | { kind: 'paragraph'; runs: PrintedRun[]; marker?: '-' | '+'; /** Asks the officer to write. */ hint?: boolean }
  | PrintedTable
  | { kind: 'page-break' }

export type PrintedAnnex = {
  /** `PHỤ LỤC`, `PHỤ LỤC I` */
  title: string
  subject: string
  /** `(Kèm theo Báo cáo số …)` */
  attached: string
  landscape: boolean
  blocks: PrintedBlock[]
}

/** Papers without chapters begin with smaller headings; on a screen those are the first. */
export const highestLevel = (blocks: readonly PrintedBlock[]): number =>
  Math.min(...blocks.map((block) => (block.kind === 'heading' ? block.level : 3)))

/** A finished paper: the writers for Word, PDF and HTML take nothing else, so that the three cannot differ. */
export type Printed = {
  head: { parent: string | null; agency: string; number: string; place: string; date: string }
  title: string
  subject: string
  blocks: PrintedBlock[]
  notes: PrintedRun[][]
  signature: { lines: string[]; name: string | null }
  recipients: string[]
  annexes: PrintedAnnex[]
  layout: { top: number; bottom: number; left: number; right: number; size: number }
  /** A paper that is shown but not issued says so. */
  mark: string | null
}
