import { decimalsOf, write } from './arithmetic.ts'
import type { Location, Stated } from './document.ts'

/** The words around a place; they are given, since rules know no language. */
export type PlaceWords = { line: string; page: string; sheet: string; cell: string }

/** "trang 3, dòng 12" or "trang tính Biểu 3, ô D12". */
export function writePlace({ page, line, endLine, sheet, cell }: Location, words: PlaceWords): string {
  const lines = endLine === undefined ? String(line) : `${String(line)}–${String(endLine)}`
  return [
    sheet === undefined ? '' : `${words.sheet} ${sheet}`,
    cell === undefined ? '' : `${words.cell} ${cell}`,
    page === undefined ? '' : `${words.page} ${String(page)}`,
    line === undefined ? '' : `${words.line} ${lines}`,
  ]
    .filter(Boolean)
    .join(', ')
}

/** A number as officials write it; an empty row says that it is empty. */
export function writeStated(value: Stated, { kind, nothing }: { kind: string; nothing: string }): string {
  if (value === null) return nothing
  // The numbers of dates are years.
  if (kind === 'DATE') return String(value)
  return typeof value === 'number' ? write(value, decimalsOf(value)) : value
}
