// The receiver's own look: every formula and every check once more, from the data alone.
import type { FilledForm, Finding, ReportSnapshot } from '../contract.ts'
import { checkForms } from './checks.ts'
import { compareForms, type Difference } from './compare.ts'
import { evaluateForm, type EnteredRow, type UnitsRow } from './evaluate.ts'

export type Verification = {
  cells: number
  /** Cells that do not follow from the others. */
  differences: Difference[]
  /** Blocking findings, which no locked report may have, and warnings without an explanation. */
  findings: Finding[]
  /** Findings of the data that the report does not name, or names otherwise. */
  concealed: Finding[]
  checked: number
}

export function verifySnapshot(snapshot: ReportSnapshot): Verification {
  const recomputed = snapshot.forms.map((form) => recompute(form, snapshot.agency.kind))
  const { findings, checked } = checkForms(snapshot.forms, snapshot.previous)
  const named = new Set(snapshot.findings.map(({ form, check, fingerprint }) => `${form} ${check} ${fingerprint}`))
  return {
    cells: snapshot.forms.reduce((sum, { cells, lines }) => sum + cells.length + lines.length, 0),
    differences: compareForms(snapshot.forms, recomputed),
    findings: snapshot.findings.filter(
      ({ severity, explanation }) => severity === 'blocking' || explanation?.holds !== true,
    ),
    concealed: findings.filter(({ form, check, fingerprint }) => !named.has(`${form} ${check} ${fingerprint}`)),
    checked,
  }
}

/** Sums and ratios from the leaves that the form itself holds. */
function recompute(form: FilledForm, level: string): FilledForm {
  if (form.definition.layout === 'matrix') return { ...form, lines: recomputeLines(form.lines) }
  const records = new Map<string, number>()
  const entered = new Map<string, EnteredRow>()
  const units = new Map<string, UnitsRow>()
  for (const cell of form.cells) {
    const { row, source, value, numerator = null, denominator = null } = cell
    if (source === 'records' && value !== null) records.set(row, value)
    if (source === 'units') units.set(row, { value, numerator, denominator, note: cell.note ?? '' })
    if (source === 'manual')
      entered.set(row, {
        row,
        value: numerator === null ? value : null,
        numerator,
        denominator,
        reason: '',
        evidence: '',
        note: '',
        enteredBy: '',
        enteredAt: '',
        revision: 0,
      })
  }
  const facts = { level, records, entered, ...(units.size > 0 ? { units } : {}) }
  return { ...form, cells: evaluateForm(form.definition, facts) }
}

function recomputeLines(lines: FilledForm['lines']): FilledForm['lines'] {
  const fields = lines.filter(({ key }) => key !== null && key !== '#apart')
  return lines.map((line) => {
    if (line.key === '#apart') return line
    const [, online = 0, direct = 0, carried = 0, , early = 0, onTime = 0, late = 0, , inTime = 0, overdue = 0] =
      line.key === null
        ? line.values.map((_, at) => fields.reduce((sum, { values }) => sum + (values[at] ?? 0), 0))
        : line.values.map((value) => value ?? 0)
    const values = [
      online + direct + carried,
      online,
      direct,
      carried,
      early + onTime + late,
      early,
      onTime,
      late,
      inTime + overdue,
      inTime,
      overdue,
    ]
    return { ...line, values }
  })
}
