import type { CheckAnswer, Place } from './contract.ts'
import type { CheckReport } from './rules/check.ts'
import { decimalsOf, write } from './rules/arithmetic.ts'
import type { Stated } from './rules/document.ts'
import { vi, type Words } from './text.vi.ts'

/** The report as it leaves the program: each finding with its Vietnamese sentence. */
export const answerOf = (report: CheckReport): CheckAnswer => ({
  ...report,
  findings: report.findings.map((finding) => ({ ...finding, message: vi.reasons[finding.reason] })),
})

/** "trang 3, dòng 12" or "trang tính Biểu 3, ô D12". */
export function writePlace({ page, line, endLine, sheet, cell }: Place, { place }: Pick<Words, 'place'> = vi): string {
  const lines = endLine === undefined ? `${line}` : `${line}–${endLine}`
  return [
    sheet === undefined ? '' : `${place.sheet} ${sheet}`,
    cell === undefined ? '' : `${place.cell} ${cell}`,
    page === undefined ? '' : `${place.page} ${page}`,
    line === undefined ? '' : `${place.line} ${lines}`,
  ]
    .filter(Boolean)
    .join(', ')
}

/** A number as officials write it; an empty row says that it is empty. */
export function writeStated(value: Stated, { nothing }: Pick<Words, 'nothing'> = vi): string {
  if (value === null) return nothing
  return typeof value === 'number' ? write(value, decimalsOf(value)) : value
}
