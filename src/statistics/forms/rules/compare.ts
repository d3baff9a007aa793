import type { FilledForm } from '../contract.ts'

/** A cell that differs between two states of the same forms. */
export type Difference = {
  form: string
  row: string
  label: string
  /** Matrix: the column that differs. */
  column: number | null
  before: number | null
  after: number | null
}

/** What later knowledge changed: cells and columns whose numbers differ. */
export function compareForms(before: readonly FilledForm[], after: readonly FilledForm[]): Difference[] {
  return before.flatMap((one) => {
    const other = after.find(({ definition }) => definition.form === one.definition.form)
    return other ? [...compareCells(one, other), ...compareLines(one, other)] : []
  })
}

function compareCells(one: FilledForm, other: FilledForm): Difference[] {
  const labels = new Map(one.definition.rows.map(({ code, label }) => [code, label]))
  return one.cells.flatMap((cell) => {
    const found = other.cells.find(({ row }) => row === cell.row)
    if (!found || (found.value === cell.value && found.state === cell.state)) return []
    const label = labels.get(cell.row) ?? ''
    return [{ form: one.definition.form, row: cell.row, label, column: null, before: cell.value, after: found.value }]
  })
}

function compareLines(one: FilledForm, other: FilledForm): Difference[] {
  const keys = new Map([...one.lines, ...other.lines].map(({ key, label }) => [key, label]))
  return [...keys].flatMap(([key, label]) => {
    const before = one.lines.find((line) => line.key === key)?.values ?? []
    const after = other.lines.find((line) => line.key === key)?.values ?? []
    return Array.from({ length: Math.max(before.length, after.length) }, (_, at) => at).flatMap((at) => {
      const [was, is] = [before[at] ?? 0, after[at] ?? 0]
      if (was === is) return []
      return [{ form: one.definition.form, row: key ?? 'total', label, column: at + 3, before: was, after: is }]
    })
  })
}
