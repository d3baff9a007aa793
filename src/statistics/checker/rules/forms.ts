// Rows of statutory forms by their codes: percentages against their two rows, sums, allowed answers, rows left empty.
import { judgeRatio, ratio, sum, write } from './arithmetic.ts'
import type { Finding, Location, Outcome } from './document.ts'
import { locateCell, quoteRow, textOf, type Grid, type GridRow, type Value } from './grid.ts'
import { readUnit } from './units.ts'

/** A coded row with its unit and its value in one column of a form. */
export type FormRow = { code: string; label: string; unit: string; value: Value; row: GridRow; at: Location }

/** One column of values of a form. */
export type FormColumn = { rows: readonly FormRow[]; get: (code: string) => FormRow | undefined }

/** Reads a table as a form: codes in the first column and a column of units. Anything else is no form. */
export function readForm(grid: Grid): FormColumn[] {
  const unitAt = findUnits(grid)
  const coded = grid.rows.filter(({ code }) => /^\d/u.test(code))
  if (unitAt === -1 || coded.length < 2) return []
  const isSame = (at: number) => grid.rows.every(({ cells }) => cells[at] === cells[at - 1])
  const columns = grid.heads.flatMap((head, at) =>
    at > unitAt &&
    !isSame(at) &&
    !/đơn vị tính|ghi chú|giải trình|nguồn|kỳ trước|so sánh|tăng|giảm/iu.test(head.join(' '))
      ? [at]
      : [],
  )
  return columns.map((column) => {
    const rows = coded.map((row) => ({
      code: row.code,
      label: textOf(row.cells[1]) || row.label,
      unit: textOf(row.cells[unitAt]),
      value:
        row.cells[column] === row.cells[unitAt]
          ? ({ kind: 'empty' } as const)
          : (row.values[column] ?? { kind: 'empty' }),
      row,
      at: locateCell(row, column),
    }))
    return { rows, get: (code) => rows.find((one) => one.code === code) }
  })
}

/** The column "Đơn vị tính"; a column "Đơn vị" may hold the names of authorities instead. */
function findUnits(grid: Grid): number {
  return grid.heads.findIndex((head, at) => {
    if (head.length === 0) return isUnits(grid, at)
    if (head.some((text) => /đơn vị tính|^đvt$/iu.test(text))) return true
    if (!head.some((text) => /đơn vị$/iu.test(text))) return false
    return isUnits(grid, at)
  })
}

function isUnits(grid: Grid, at: number): boolean {
  const units = grid.rows.map((row) => textOf(row.cells[at])).filter((text) => text !== '')
  return units.length > 0 && units.every((text) => text === '%' || readUnit(text).length === text.length)
}

/** A form that continues under a repeated heading is one form. */
export function joinForms(parts: readonly FormColumn[]): FormColumn {
  const rows = parts.flatMap((part) => part.rows)
  return { rows, get: (code) => rows.find((one) => one.code === code) }
}

/** All relations within one column of a form. */
export function judgeForm(form: FormColumn): Outcome[] {
  if (form.rows.every(({ value }) => value.kind !== 'number')) return []
  return [
    ...form.rows.flatMap((row) => (isPercent(row) ? judgePercentRow(form, row) : judgeAnswer(row))),
    ...form.rows.flatMap((row) => judgeSubrow(form, row)),
    ...judgeSums(form),
    ...judgeSurvey(form),
  ]
}

const isPercent = ({ unit }: FormRow): boolean => /^(?:%|tỷ lệ|tỉ lệ|phần trăm)/iu.test(unit)
const numberOf = (row: FormRow | undefined) => (row?.value.kind === 'number' ? row.value : undefined)

function outcome(
  row: FormRow,
  found: Pick<Finding, 'kind' | 'reason' | 'computed' | 'proof'> & { severity?: Finding['severity'] },
  ok = false,
): Outcome {
  const { severity = 'error', ...rest } = found
  const stated = row.value.kind === 'number' ? row.value.value : null
  const full = { ...rest, location: row.at, quote: quoteRow(row.row), stated }
  return ok ? { ok: true, found: full } : { ok: false, found: { ...full, severity } }
}

/** X in percent is X.2 of X.1 (the second row names a part of the first). */
function partsOf(form: FormColumn, row: FormRow): { whole: FormRow; part: FormRow } | undefined {
  const one = form.get(`${row.code}.1`)
  const two = form.get(`${row.code}.2`)
  if (!one || !two || isPercent(one) || isPercent(two) || one.unit.toLowerCase() !== two.unit.toLowerCase())
    return undefined
  const isSwapped = /^(?:tổng|kế hoạch)/iu.test(two.label) && !/^(?:tổng|kế hoạch)/iu.test(one.label)
  return isSwapped ? { whole: two, part: one } : { whole: one, part: two }
}

const NOTHING = 'không phát sinh'

function judgePercentRow(form: FormColumn, row: FormRow): Outcome[] {
  const parts = partsOf(form, row)
  const stated = numberOf(row)
  const whole = numberOf(parts?.whole)
  const part = numberOf(parts?.part)
  const isNothing =
    parts !== undefined && (whole === undefined || whole.value === 0) && (part === undefined || part.value === 0)
  const fraction = `${part ? write(part.value) : '…'} / ${whole ? write(whole.value) : '…'}`
  if (!stated) {
    if (!whole || !part || row.value.kind !== 'empty') return []
    if (whole.value === 0)
      return part.value === 0
        ? [outcome(row, { kind: 'ROW', reason: 'nothing-to-divide', computed: NOTHING, proof: `0 / 0` }, true)]
        : []
    const computed = ratio(part, whole, 2) ?? 0
    return [
      outcome(row, {
        kind: 'ROW',
        reason: 'row-left-empty',
        computed,
        proof: `${fraction} × 100 = ${write(computed)}%`,
      }),
    ]
  }
  if (stated.value > 100 && !isOverPlan(row) && !(whole && part && part.value > whole.value && whole.value > 0))
    return [
      outcome(row, {
        kind: 'ROW',
        reason: 'not-a-percentage',
        computed: isNothing || !parts ? '0–100' : (shareOf(part, whole) ?? '0–100'),
        proof: `${write(stated.value)}% > 100%; ${row.code}.2 / ${row.code}.1 = ${fraction}`,
      }),
    ]
  if (isNothing) {
    const isWhole = stated.value === 0 || stated.value === 100
    // Nothing is said of the parts of a full percentage: they may not be asked for.
    if (stated.value === 100 && whole === undefined) return []
    if (!isWhole && whole === undefined) return []
    return [
      outcome(row, {
        kind: isWhole ? 'PERCENT' : 'ROW',
        reason: 'nothing-to-divide',
        computed: NOTHING,
        proof: `${row.code}.2 / ${row.code}.1 = ${fraction}`,
      }),
    ]
  }
  if (!whole || !part || whole.value === 0) return []
  const exact = ratio(part, whole, 9) ?? 0
  const verdict = judgeRatio(stated, exact, ratio(part, whole, stated.decimals) ?? 0)
  const decimals = verdict === 'wrong' ? Math.max(2, stated.decimals) : stated.decimals
  const computed = ratio(part, whole, decimals) ?? 0
  const sign = verdict === 'equal' ? '' : ` ≠ ${write(stated.value, stated.decimals)}%`
  const proof = `${fraction} × 100 = ${write(computed, decimals)}%${sign}`
  if (verdict === 'equal') return [outcome(row, { kind: 'PERCENT', reason: 'form-ratio', computed, proof }, true)]
  return [
    verdict === 'wrong'
      ? outcome(row, { kind: 'PERCENT', reason: 'form-ratio', computed, proof })
      : outcome(row, { kind: 'ROUNDING', severity: 'warning', reason: 'cut-off-instead-of-rounded', computed, proof }),
  ]
}

const shareOf = (part: ReturnType<typeof numberOf>, whole: ReturnType<typeof numberOf>): number | undefined =>
  part && whole ? ratio(part, whole, 2) : undefined

/** Plans may be overfulfilled, growth may be of any size. */
const isOverPlan = ({ label }: FormRow): boolean =>
  /so với|tăng|dự toán|thu ngân sách|kế hoạch năm|tốc độ/iu.test(label)

/** "Có = 1; Không = 0": only these answers. */
function judgeAnswer(row: FormRow): Outcome[] {
  const allowed = [...row.unit.matchAll(/=\s*(\d+)/gu)].map((match) => Number(match[1]))
  const stated = numberOf(row)
  if (allowed.length < 2 || !stated) return []
  const ok = allowed.includes(stated.value)
  return [
    outcome(
      row,
      {
        kind: 'ROW',
        reason: 'not-an-allowed-answer',
        computed: ok ? stated.value : allowed.join(' | '),
        proof: `${write(stated.value)} ${ok ? '∈' : '∉'} {${allowed.join('; ')}}`,
      },
      ok,
    ),
  ]
}

/** The part row is not above its whole; "… có phát sinh" is not above the row whose words it repeats. */
function judgeSubrow(form: FormColumn, row: FormRow): Outcome[] {
  const parts = isPercent(row) ? partsOf(form, row) : undefined
  const pairs: { part: FormRow; whole: FormRow }[] = parts && !isOverPlan(row) ? [parts] : []
  const shorter = form.rows.find(
    (one) =>
      one !== row &&
      one.unit === row.unit &&
      !isPercent(one) &&
      one.label.length > 12 &&
      row.label.length > one.label.length + 5 &&
      row.label.startsWith(one.label) &&
      parentOf(one) === parentOf(row),
  )
  if (shorter) pairs.push({ part: row, whole: shorter })
  return pairs.flatMap(({ part, whole }) => {
    const [a, b] = [numberOf(part), numberOf(whole)]
    if (!a || !b) return []
    const ok = a.value <= b.value
    if (ok && !shorter) return []
    return [
      outcome(
        part,
        {
          kind: 'SUBSET',
          reason: 'part-above-whole',
          computed: b.value,
          proof: `${part.code}: ${write(a.value)} ${ok ? '≤' : '>'} ${whole.code}: ${write(b.value)}`,
        },
        ok,
      ),
    ]
  })
}

const parentOf = ({ code }: FormRow): string => code.split('.').slice(0, -1).join('.')

type SumRule = { total: RegExp; parts: 'children' | RegExp; relation: '=' | '≤'; only?: RegExp }

// Sums of forms 1 to 7 (DOMAIN §5.1.2), found by their words: other editions number their rows in another way.
const sums: readonly SumRule[] = [
  { total: /^Tổng số (?:VBQPPL|văn bản quy phạm pháp luật).*do địa phương/iu, parts: 'children', relation: '=' },
  { total: /^Tổng số TTHC thuộc thẩm quyền giải quyết/iu, parts: 'children', relation: '=' },
  { total: /^Tuyển dụng công chức, viên chức/iu, parts: 'children', relation: '=' },
  { total: /^Số lượng cán bộ, công chức, viên chức bị kỷ luật/iu, parts: 'children', relation: '=' },
  { total: /^Tổng số ĐVSN công lập/iu, parts: /^Số ĐVSN (?:tự bảo đảm (?!từ)|do Nhà nước)/iu, relation: '=' },
  { total: /^Số ĐVSN tự bảo đảm một phần/iu, parts: 'children', relation: '=' },
  {
    total: /^Tổng số TTHC đang cung cấp.*(?:mức độ 3 và(?: mức độ)? 4|toàn trình và một phần)/iu,
    parts: /^Số TTHC đang cung cấp.*(?:mức độ [34]|toàn trình|một phần)$/iu,
    relation: '=',
  },
  { total: /^Tổng số nhiệm vụ được giao/iu, parts: /^Số nhiệm vụ (?:đã hoàn thành|quá hạn)/iu, relation: '≤' },
  { total: /^Tổng số biên chế được giao/iu, parts: /^Tổng số biên chế có mặt/iu, relation: '≤' },
  {
    total: /^Tổng số TTHC thuộc thẩm quyền giải quyết/iu,
    parts: /^Số TTHC đã được phê duyệt phương án đơn giản/iu,
    relation: '≤',
  },
]

/** Row 2.2 and row 4.2 may speak in the same words of other things. */
const chapterOf = ({ code }: { code: string }): string => code.split('.')[0] ?? ''

function judgeSums(form: FormColumn): Outcome[] {
  return sums.flatMap(({ total, parts, relation }) => {
    const row = form.rows.find(({ label }) => total.test(label))
    const stated = numberOf(row)
    if (!row) return []
    const members =
      parts === 'children'
        ? form.rows.filter((one) => parentOf(one) === row.code)
        : form.rows.filter(
            (one) => one !== row && parts.test(one.label) && sameForm(one, row) && chapterOf(one) === chapterOf(row),
          )
    if (members.length === 0) return []
    const [only] = members
    if (
      stated &&
      only &&
      members.length === 1 &&
      only.value.kind === 'empty' &&
      relation === '=' &&
      only.unit === row.unit &&
      stated.value > 0 &&
      parts === 'children'
    )
      return [
        outcome(only, {
          kind: 'ROW',
          reason: 'row-left-empty',
          computed: stated.value,
          proof: `${row.code} = ${write(stated.value)} ⇒ ${only.code} = ${write(stated.value)}`,
        }),
      ]
    const values = members.map(numberOf)
    const known = values.filter((value) => value !== undefined)
    if (!stated || known.length === 0) return []
    const { value } = sum(known)
    const isComplete = known.length === members.length && (members.length > 1 || parts === 'children')
    const ok = relation === '=' && isComplete ? value === stated.value : value <= stated.value
    if (ok && !isComplete && relation === '=') return []
    const isExact = relation === '=' && isComplete
    const sign = signOf(ok, isExact)
    const proof = `${members
      .filter((one) => numberOf(one))
      .map((one) => `${one.code}: ${write(numberOf(one)?.value ?? 0)}`)
      .join(' + ')} = ${write(value)} ${sign} ${row.code}: ${write(stated.value)}`
    const kind = isExact ? 'SUM' : 'SUBSET'
    return [
      outcome(row, { kind, reason: kind === 'SUM' ? 'form-sum' : 'part-above-whole', computed: value, proof }, ok),
    ]
  })
}

function signOf(ok: boolean, isExact: boolean): string {
  if (isExact) return ok ? '=' : '≠'
  return ok ? '≤' : '>'
}

const sameForm = (one: FormRow, two: FormRow): boolean =>
  one.code.split('.')[0] === two.code.split('.')[0] || one.unit === two.unit

/** A survey that was held has ballots. */
function judgeSurvey(form: FormColumn): Outcome[] {
  const held = form.rows.find(({ label, unit }) => /^Khảo sát sự hài lòng/iu.test(label) && /=\s*1/u.test(unit))
  const ballots = form.rows.find(({ label }) => /^Số lượng phiếu khảo sát/iu.test(label))
  if (numberOf(held)?.value !== 1 || !held || ballots?.value.kind !== 'empty') return []
  return [
    outcome(ballots, {
      kind: 'ROW',
      severity: 'warning',
      reason: 'row-needs-answer',
      computed: '> 0',
      proof: `${held.code} = 1 ⇒ ${ballots.code} > 0`,
    }),
  ]
}
