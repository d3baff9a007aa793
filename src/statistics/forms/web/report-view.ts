import type { Tone } from '../../../platform/web/index.ts'
import type { Cell, FilledForm, Finding, FormRow, ReportState } from '../contract.ts'

export const stateTones: Record<ReportState | 'none', Tone> = {
  none: 'normal',
  draft: 'normal',
  submitted: 'waiting',
  returned: 'today',
  accepted: 'done',
  locked: 'done',
}

/** A number as a Vietnamese types it: `1.234`, `12,5`, `07`; null is blank, undefined is no number. */
export function readNumber(text: string): number | null | undefined {
  const trimmed = text.replace(/\s/g, '')
  if (trimmed === '') return null
  const grouped = /^\d{1,3}(\.\d{3})+(,\d+)?$/.test(trimmed)
  const plain = grouped ? trimmed.replaceAll('.', '') : trimmed
  if (!/^\d+([,.]\d+)?$/.test(plain)) return undefined
  const value = Number(plain.replace(',', '.'))
  return Number.isSafeInteger(Math.round(value)) ? value : undefined
}

/** How deep a row stands: `3.3.1` is two steps in. */
export const depthOf = (code: string): number => code.split('.').length - 1

export const cellId = (form: string, row: string): string => `o-${form}-${row.replaceAll('.', '-')}`

export const isTyped = ({ source }: Pick<FormRow, 'source'>): boolean =>
  ['manual', 'entered-ratio', 'survey', 'payment'].includes(source.kind)

/** Findings by how they stand: what must be fixed, what wants a reason, what has one. Those of one form come first. */
export function sortFindings(
  findings: readonly Finding[],
  first: string,
): { blocking: Finding[]; open: Finding[]; explained: Finding[] } {
  const sorted = [...findings.filter(({ form }) => form === first), ...findings.filter(({ form }) => form !== first)]
  const isExplained = ({ explanation }: Finding) => explanation?.holds === true
  const warnings = sorted.filter(({ severity }) => severity === 'warning')
  return {
    blocking: sorted.filter(({ severity }) => severity === 'blocking'),
    open: warnings.filter((finding) => !isExplained(finding)),
    explained: warnings.filter(isExplained),
  }
}

/** Cells that a person left blank and where 0 can be the answer. */
export const zeroable = ({ definition, cells }: FilledForm): Cell[] =>
  definition.rows.flatMap((row) => {
    const cell = cells.find((each) => each.row === row.code)
    const isOpen = cell?.source === 'manual' && cell.state === 'blank'
    return isOpen && row.source.kind === 'manual' && row.type !== 'enum' ? [cell] : []
  })

export const withoutEvidence = ({ cells }: FilledForm): Cell[] =>
  cells.filter(
    ({ source, state, evidence, reason }) =>
      source === 'manual' && state !== 'blank' && !evidence?.trim() && !reason?.trim(),
  )

export type Compared = { value: number | null; change: number | null }

/** The same cell in another report, and by how much it grew. */
export function compareCell(cell: Cell | undefined, other: Cell | undefined): Compared {
  const value = other?.value ?? null
  if (value === null || cell?.value === null || cell?.value === undefined) return { value, change: null }
  return { value, change: Math.round((cell.value - value) * 1000) / 1000 }
}

/** The next or previous field of the column of numbers. */
export function neighbour(fields: readonly HTMLElement[], from: HTMLElement, step: 1 | -1): HTMLElement | undefined {
  return fields[fields.indexOf(from) + step]
}
