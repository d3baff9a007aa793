// What the real reports got wrong becomes a rule here: part ≤ whole, sums, domains, blank beside filled, period beside period.
import type { Cell, CellTerm, Check, CheckTerm, FilledForm, Finding, FormRow } from '../contract.ts'
import { writeNumber } from '../../../platform/money.ts'
import { percentOf } from '../../../platform/money.ts'

/** The forms of the period before, of the same agency. */
export type PreviousForms = { forms: readonly FilledForm[]; sameYear: boolean } | null

export type CheckedForms = { findings: Finding[]; checked: number }

type Reader = (home: string, term: CellTerm) => number | null | undefined

/** Tries every rule on these forms: those that each kind of row carries with it, and those of the definitions. */
export function checkForms(forms: readonly FilledForm[], previous: PreviousForms): CheckedForms {
  const read = readerOf(forms, previous)
  const findings: Finding[] = []
  let checked = 0
  for (const form of forms) {
    const results = [
      ...builtIn(form),
      ...form.definition.checks.map((check) => tryCheck(form.definition.form, check, read)),
    ]
    for (const result of results) {
      if (result === 'not-tried') continue
      checked += 1
      if (result !== 'right') findings.push(result)
    }
  }
  return { findings, checked }
}

type Outcome = Finding | 'right' | 'not-tried'

// --- Rules of a definition --------------------------------------------------------------------------------------------

function tryCheck(form: string, check: Check, read: Reader): Outcome {
  const values = (terms: readonly CheckTerm[]) =>
    terms.map((term) => ('number' in term ? term.number : read(form, term)))
  if (check.when && read(form, check.when.cell) !== check.when.equals) return 'not-tried'
  const left = values(check.left)
  const right = values(check.right)
  // A cell of a form that is not part of the report, or of a report that is not there, is nobody's fault.
  if ([...left, ...right].includes(undefined)) return 'not-tried'
  if (check.operator === 'present')
    return left.includes(null) ? failed(form, check, { left: null, right: null }) : 'right'
  const blanks = [...left, ...right].filter((value) => value === null).length
  if (blanks > 0) {
    if (check.missing === 'skip' || blanks === left.length + right.length) return 'not-tried'
    if (check.missing === 'fail') return failed(form, check, { left: null, right: null })
  }
  const sides = { left: add(left), right: add(right) }
  return holds(sides.left, check.operator, sides.right) ? 'right' : failed(form, check, sides)
}

const add = (values: readonly (number | null | undefined)[]): number =>
  Math.round(values.reduce<number>((sum, value) => sum + (value ?? 0), 0) * 1000) / 1000

function holds(left: number, operator: '=' | '<=' | '>=', right: number): boolean {
  if (operator === '=') return left === right
  return operator === '<=' ? left <= right : left >= right
}

function failed(form: string, check: Check, { left, right }: { left: number | null; right: number | null }): Finding {
  const target = check.left.find((term) => 'row' in term)
  const fill = (words: string) =>
    words
      .replaceAll('{left}', left === null ? '–' : writeNumber(left))
      .replaceAll('{right}', right === null ? '–' : writeNumber(right))
  return {
    check: check.code,
    form: target?.form ?? form,
    row: target?.row ?? '',
    ...(target?.column === undefined ? {} : { column: target.column }),
    severity: check.severity,
    words: fill(check.words),
    wordsEn: fill(check.wordsEn ?? check.words),
    left,
    right,
    fingerprint: `${check.code}|${left ?? ''}|${right ?? ''}`,
  }
}

/** Reads a cell: null is blank, undefined is not there (or for another level, or nothing arose). */
function readerOf(forms: readonly FilledForm[], previous: PreviousForms): Reader {
  return (home, { form = home, row, column, part, period }) => {
    if (period === 'previous-in-year' && !previous?.sameYear) return undefined
    const within = period ? previous?.forms : forms
    const filled = within?.find(({ definition }) => definition.form === form)
    if (!filled) return undefined
    if (column !== undefined) return lineValue(filled, row, column)
    const cell = filled.cells.find((each) => each.row === row)
    if (!cell || cell.state === 'not-applicable') return undefined
    if (part) return cell[part] ?? null
    return cell.state === 'none-arose' ? undefined : cell.value
  }
}

function lineValue(filled: FilledForm, row: string, column: number): number | null | undefined {
  const key = row === 'total' ? null : row === 'apart' ? '#apart' : row // oxlint-disable-line no-nested-ternary
  const line = filled.lines.find((each) => each.key === key)
  // No line apart: nothing ended apart.
  if (!line) return row === 'apart' ? 0 : undefined
  return line.values[column - 3] ?? null
}

// --- Rules that each kind of row carries with it -----------------------------------------------------------------------

function builtIn({ definition, cells }: FilledForm): Outcome[] {
  const cellOf = new Map(cells.map((cell) => [cell.row, cell]))
  const rows = definition.rows.filter((row) => cellOf.has(row.code))
  const outcomes = rows.flatMap((row) => {
    const cell = cellOf.get(row.code)
    return cell ? checkRow(definition.form, row, cell) : []
  })
  return [...outcomes, ...checkBlanks(definition.form, rows, cellOf), ...checkFamilies(definition.form, rows, cellOf)]
}

type Fault = { check: string; row: string; severity?: Finding['severity']; left?: number | null; right?: number | null }

const fault = (form: string, said: Fault, words: string, wordsEn: string): Finding => ({
  severity: 'blocking',
  left: null,
  right: null,
  ...said,
  form,
  words,
  wordsEn,
  fingerprint: `${said.check}|${said.left ?? ''}|${said.right ?? ''}`,
})

function checkRow(form: string, row: FormRow, cell: Cell): Outcome[] {
  if (cell.state === 'not-applicable' || row.type === 'heading') return []
  return [...checkPercent(form, row, cell), ...checkDomain(form, row, cell), ...checkEvidence(form, row, cell)]
}

function checkPercent(form: string, row: FormRow, cell: Cell): Outcome[] {
  if (row.type !== 'percent') return []
  const { numerator = null, denominator = null } = cell
  if (numerator === null || denominator === null) {
    if (cell.value === null) return []
    return [
      fault(
        form,
        { check: `ty-le-${row.code}`, row: row.code, left: cell.value },
        `Tỷ lệ ${row.code} có giá trị nhưng không có tử số, mẫu số.`,
        `The percentage ${row.code} has a value without its parts.`,
      ),
    ]
  }
  if (numerator > denominator)
    return [
      fault(
        form,
        { check: `ty-le-${row.code}`, row: row.code, left: numerator, right: denominator },
        `Tỷ lệ ${row.code}: phần (${writeNumber(numerator)}) lớn hơn tổng thể (${writeNumber(denominator)}), tỷ lệ vượt 100%.`,
        `Percentage ${row.code}: the part (${writeNumber(numerator)}) exceeds the whole (${writeNumber(denominator)}).`,
      ),
    ]
  const computed = percentOf(numerator, denominator) ?? null
  if (computed === cell.value) return ['right']
  return [
    fault(
      form,
      { check: `ty-le-${row.code}`, row: row.code, left: cell.value, right: computed },
      `Tỷ lệ ${row.code} ghi ${write(cell.value)}, tính lại từ tử số và mẫu số là ${write(computed)}.`,
      `Percentage ${row.code} says ${write(cell.value)}; its parts give ${write(computed)}.`,
    ),
  ]
}

function checkDomain(form: string, row: FormRow, { value }: Cell): Outcome[] {
  if (value === null || row.type === 'percent') return []
  const right =
    row.type === 'enum'
      ? (row.choices ?? []).some((choice) => choice.value === value)
      : value >= 0 && (row.type === 'money' || Number.isInteger(value))
  if (right) return ['right']
  return [
    fault(
      form,
      { check: `mien-${row.code}`, row: row.code, left: value },
      `Dòng ${row.code} không nhận giá trị ${write(value)}.`,
      `Line ${row.code} does not take the value ${write(value)}.`,
    ),
  ]
}

/** What a person typed says on what it rests. */
function checkEvidence(form: string, row: FormRow, cell: Cell): Outcome[] {
  if (cell.source !== 'manual' || cell.state === 'blank') return []
  if (cell.evidence?.trim() || cell.reason?.trim()) return ['right']
  return [
    fault(
      form,
      { check: `can-cu-${row.code}`, row: row.code },
      `Dòng ${row.code} nhập tay nhưng chưa ghi căn cứ.`,
      `Line ${row.code} was entered by hand without its evidence.`,
    ),
  ]
}

/** Blank rows of a form, in one sentence: they are meant, or forgotten. */
function checkBlanks(form: string, rows: readonly FormRow[], cellOf: ReadonlyMap<string, Cell>): Outcome[] {
  const asked = rows.filter(({ source }) =>
    ['manual', 'entered-ratio', 'figure', 'petition', 'survey', 'payment', 'catalogue'].includes(source.kind),
  )
  const blank = asked.filter(({ code }) => cellOf.get(code)?.state === 'blank').map(({ code }) => code)
  if (asked.length === 0) return []
  if (blank.length === 0) return ['right']
  const said = { check: 'con-trong', row: blank[0] ?? '', severity: 'warning' as const, left: blank.length }
  return [
    {
      ...fault(
        form,
        said,
        `Còn ${blank.length} chỉ tiêu để trống: ${blank.join(', ')}. Trống không có nghĩa là 0; nếu không có số liệu, hãy nêu lý do.`,
        `${blank.length} rows are blank: ${blank.join(', ')}. Blank is not zero; say why if there is nothing to report.`,
      ),
      fingerprint: `con-trong|${blank.join(',')}`,
    },
  ]
}

/** Parts of one sum or ratio are filled together or not at all: some filled and some blank leaves the whole unsaid. */
function checkFamilies(form: string, rows: readonly FormRow[], cellOf: ReadonlyMap<string, Cell>): Outcome[] {
  return rows.flatMap(({ code, source }): Outcome[] => {
    const parts = partsOf(source).flatMap((part) => {
      const cell = cellOf.get(part)
      return cell && cell.state !== 'not-applicable' ? [cell] : []
    })
    const missing = parts.filter(({ value }) => value === null).map(({ row }) => row)
    if (parts.length < 2 || missing.length === parts.length) return []
    if (missing.length === 0) return ['right']
    const [first = ''] = missing
    return [
      fault(
        form,
        { check: `thieu-phan-${code}`, row: first, left: missing.length },
        `Dòng ${code} chưa tính được: còn trống ${missing.join(', ')} trong khi các dòng cùng nhóm đã có số.`,
        `Line ${code} cannot be computed: ${missing.join(', ')} blank while its other parts are filled.`,
      ),
    ]
  })
}

function partsOf(source: FormRow['source']): readonly string[] {
  if (source.kind === 'sum') return source.of
  return source.kind === 'ratio' ? [source.numerator, source.denominator] : []
}

const write = (value: number | null): string => (value === null ? '–' : writeNumber(value))
