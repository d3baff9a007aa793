import type { CheckAnswer } from './contract.ts'
import type { CheckReport } from './rules/check.ts'
import { vi } from './text.vi.ts'

/** The report as it leaves the program: each finding with its Vietnamese sentence. */
export const answerOf = (report: CheckReport): CheckAnswer => ({
  ...report,
  findings: report.findings.map((finding) => ({ ...finding, message: vi.reasons[finding.reason] })),
})
