// Any other table: totals below and beside the numbers, groups with their own total (form 06a), columns of percentages.
import { judgeRatio, ratio, sum, write, type Written } from './arithmetic.ts'
import type { Outcome } from './document.ts'
import { locateCell, quoteRow, textOf, type Grid, type GridRow } from './grid.ts'

const totalLabel =
  /^(?:tổng cộng|tổng số|tổng|cộng|toàn (?:tỉnh|huyện|xã|thành phố|phường|thị xã)|cộng (?:chung|dồn))(?!\p{L})/iu
const percentHead = /%|tỷ lệ|tỉ lệ|tỷ trọng|phần trăm/iu
const notSummed =
  /%|tỷ lệ|tỉ lệ|tỷ trọng|phần trăm|bình quân|trung bình|trung vị|điểm|xếp hạng|thứ hạng|hạng|năm sinh|^stt$|^tt$|ghi chú|số hiệu|ngày|thời gian|mã|so với|so sánh/iu

/** All relations of a table that is no coded form. */
export function judgeTable(grid: Grid): Outcome[] {
  return [
    ...judgeGroups(grid),
    ...judgeTotalRow(grid),
    ...judgeRowGroups(grid),
    ...judgeTotalColumn(grid),
    ...judgePercentColumns(grid),
  ]
}

const headOf = (grid: Grid, column: number): string => (grid.heads[column] ?? []).join(' ')
const leafOf = (grid: Grid, column: number): string => grid.heads[column]?.at(-1) ?? ''
const numberAt = (row: GridRow, column: number) => {
  const value = row.values[column]
  return value?.kind === 'number' ? value : undefined
}

/** A column with numbers in it, none of them words. */
function countColumns(grid: Grid): number[] {
  return Array.from({ length: grid.width }, (_, column) => column).filter((column) => {
    if (notSummed.test(headOf(grid, column))) return false
    const values = grid.rows.map((row) => row.values[column])
    return (
      values.some((value) => value?.kind === 'number' && !value.percent) &&
      !values.some((value) => value?.kind === 'number' && value.percent) &&
      !hasWords(grid, column)
    )
  })
}

/** Words between numbers ("đang cập nhật") make the column unfit to be summed. */
const hasWords = (grid: Grid, column: number): boolean =>
  grid.rows.some((row) => {
    const value = row.values[column]
    return (
      value?.kind === 'words' &&
      textOf(row.cells[column]) !== row.label &&
      textOf(row.cells[column]) !== '' &&
      row.values.some((one) => one.kind === 'number') &&
      !/^\p{Lu}$/u.test(textOf(row.cells[column]))
    )
  })

type SumFound = {
  row: GridRow
  column: number
  parts: readonly Written[]
  total: Written
  reason: 'columns-and-total' | 'rows-and-total'
}

function describe({ row, column, parts, total, reason }: SumFound): Outcome {
  const { value, decimals } = sum(parts)
  const shown =
    parts.length > 14
      ? [...parts.slice(0, 12).map((one) => write(one.value, one.decimals)), '…']
      : parts.map((one) => write(one.value, one.decimals))
  const isEqual = Math.abs(value - total.value) < 10 ** -(decimals + 3)
  const found = {
    kind: 'SUM',
    reason,
    location: locateCell(row, column),
    quote: quoteRow(row),
    stated: total.value,
    computed: value,
    proof: `${shown.join(' + ')} = ${write(value, decimals)}${isEqual ? '' : ` ≠ ${write(total.value, total.decimals)}`}`,
  } as const
  return isEqual ? { ok: true, found } : { ok: false, found: { ...found, severity: 'error' } }
}

const isSum = (parts: readonly Written[], total: Written): boolean => {
  const { value, decimals } = sum(parts)
  // Rounded amounts may miss their rounded total by half a step each.
  const slack =
    decimals > 0 || total.decimals > 0 ? ((parts.length + 1) * 10 ** -Math.max(decimals, total.decimals)) / 2 : 0
  return Math.abs(value - total.value) <= slack + 1e-9
}

/** Groups of form 06a and its like: under one heading a total and its parts; received = resolved + open. */
function judgeGroups(grid: Grid): Outcome[] {
  const columns = countColumns(grid)
  const groups = Map.groupBy(columns, (column) =>
    (grid.heads[column]?.length ?? 0) > 1 ? (grid.heads[column]?.[0] ?? '') : '',
  )
  const outcomes: Outcome[] = []
  const totals: { name: string; column: number }[] = []
  for (const [name, members] of groups) {
    if (name === '' || members.length < 2) {
      const [only] = members
      if (name !== '' && only !== undefined && members.length === 1) totals.push({ name, column: only })
      continue
    }
    const total = members.find(
      (column) =>
        /^(?:tổng|cộng)/iu.test(leafOf(grid, column)) || /(?:^|\s)tổng(?: số| cộng)?$/iu.test(leafOf(grid, column)),
    )
    if (total === undefined) continue
    totals.push({ name, column: total })
    const parts = members.filter((column) => column !== total)
    if (parts.length < 2) continue
    const known =
      /tiếp nhận|giải quyết|hồ sơ/iu.test(name) &&
      parts.every((column) =>
        /trực tuyến|trực tiếp|bưu chính|kỳ trước|hạn|mới/iu.test(headOf(grid, column).slice(name.length)),
      )
    outcomes.push(...judgeColumns(grid, total, parts, known))
  }
  return [...outcomes, ...judgeBalance(grid, totals)]
}

/** One column against the sum of others, row by row: by its headings, or when most rows show that it is meant so. */
function judgeColumns(grid: Grid, total: number, parts: readonly number[], known: boolean): Outcome[] {
  const rows = grid.rows.filter((row) => numberAt(row, total) && parts.some((column) => numberAt(row, column)))
  const judged = rows.map((row) => {
    const stated = numberAt(row, total) ?? { value: 0, decimals: 0 }
    const values = parts.map((column) => numberAt(row, column)).filter((value) => value !== undefined)
    return { row, stated, values, ok: isSum(values, stated) }
  })
  const fitting = judged.filter(({ ok, values }) => ok && values.some(({ value }) => value !== 0))
  const isLearned = fitting.length >= 2 && fitting.length > judged.length * 0.6
  if (!known && !isLearned) return []
  return judged.flatMap(({ row, stated, values, ok }) =>
    ok || values.length === parts.length || isLearned
      ? [describe({ row, column: total, parts: values, total: stated, reason: 'rows-and-total' })]
      : [],
  )
}

/** Form 06a: what was received was resolved or is open. */
function judgeBalance(grid: Grid, totals: readonly { name: string; column: number }[]): Outcome[] {
  const received = totals.find(({ name }) => /tiếp nhận|nhận giải quyết/iu.test(name))
  const resolved = totals.find(({ name }) => /(?:đã|kết quả) giải quyết/iu.test(name) && !/đang/iu.test(name))
  const open = totals.find(({ name }) => /đang giải quyết|chưa giải quyết|tồn/iu.test(name))
  if (!received || !resolved || !open) return []
  const others = countColumns(grid).filter((column) =>
    /rút|trả lại|từ chối|dừng|hủy|không giải quyết/iu.test(headOf(grid, column)),
  )
  const isPlain = others.length === 0
  return judgeColumns(grid, received.column, [resolved.column, open.column], isPlain)
}

/** A row "Tổng cộng" below or above its rows. */
function judgeTotalRow(grid: Grid): Outcome[] {
  const totals = grid.rows.filter(
    (row) => totalLabel.test(row.label) || (row.code === '' && totalLabel.test(textOf(row.cells[0]))),
  )
  const [total] = totals
  if (!total || totals.length !== 1 || grid.rows.length < 3) return []
  const at = grid.rows.indexOf(total)
  if (at !== grid.rows.length - 1 && at !== 0) return []
  const others = grid.rows.filter((row) => row !== total && row.values.some((value) => value.kind === 'number'))
  if (others.length < 2) return []
  const readings = [others, ...subsets(others)]
  const columns = countColumns(grid).filter((column) => numberAt(total, column))
  const scored = readings.map((rows) => {
    const sums = columns.map((column) => {
      const parts = rows.map((row) => numberAt(row, column)).filter((value) => value !== undefined)
      const stated = numberAt(total, column) ?? { value: 0, decimals: 0 }
      return { column, parts, stated, ok: parts.length > 0 && isSum(parts, stated) }
    })
    return { rows, sums, fits: sums.filter(({ ok, stated }) => ok && stated.value !== 0).length }
  })
  const best = scored.reduce((most, one) => (one.fits > most.fits ? one : most))
  const filled = best.sums.filter(
    ({ parts, stated }) => parts.length > 0 && (stated.value !== 0 || parts.some(({ value }) => value !== 0)),
  )
  const isFlat = readings.length === 1
  const isLearned = best.fits >= 2 && best.fits >= filled.length * 0.6
  // A table of one or two columns teaches nothing; then only a flat list with a plain total is judged.
  const isPlain =
    isFlat && filled.length <= 2 && others.length >= 2 && best.sums.every(({ parts }) => parts.length === others.length)
  return filled.flatMap(({ column, parts, stated, ok }) =>
    ok || isLearned || (isPlain && isNear(parts, stated))
      ? [describe({ row: total, column, parts, total: stated, reason: 'columns-and-total' })]
      : [],
  )
}

/** Within a tenth: farther off, the total may be of something else. */
const isNear = (parts: readonly Written[], total: Written): boolean => {
  const { value } = sum(parts)
  return Math.abs(value - total.value) <= Math.max(2, Math.abs(total.value) * 0.1)
}

/** Other readings of rows with groups: the heads of groups alone, or the rows within them. */
function subsets(rows: readonly GridRow[]): GridRow[][] {
  const kinds = rows.map(({ code }) => {
    if (/^[IVX]+$/u.test(code)) return 'roman'
    if (/^\d+$/u.test(code)) return 'number'
    if (/^\d+\.\d/u.test(code)) return 'sub'
    if (/^[A-Z]$/u.test(code)) return 'letter'
    return 'plain'
  })
  const used = new Set(kinds)
  if (used.size === 1) return []
  return [...used].map((kind) => rows.filter((_, at) => kinds[at] === kind)).filter((group) => group.length >= 2)
}

/** Rows I, II … above rows 1, 2 …: each head is the sum of its rows, when most heads show that it is meant so. */
function judgeRowGroups(grid: Grid): Outcome[] {
  const groups: { head: GridRow; members: GridRow[] }[] = []
  for (const row of grid.rows) {
    if (/^(?:[IVX]+|[A-H])$/u.test(row.code)) groups.push({ head: row, members: [] })
    else if (/^\d+$/u.test(row.code)) groups.at(-1)?.members.push(row)
  }
  const judged = groups
    .filter(({ members }) => members.length >= 2)
    .flatMap(({ head, members }) =>
      countColumns(grid).flatMap((column) => {
        const total = numberAt(head, column)
        const parts = members.map((row) => numberAt(row, column)).filter((value) => value !== undefined)
        return total && parts.length === members.length
          ? [{ row: head, column, parts, total, ok: isSum(parts, total) }]
          : []
      }),
    )
  const fitting = judged.filter(({ ok, total }) => ok && total.value !== 0)
  if (fitting.length < 2 || fitting.length < judged.length * 0.6) return []
  return judged.map((found) => describe({ ...found, reason: 'columns-and-total' }))
}

/** A column "Tổng số" beside columns that make it up, learned from the rows. */
function judgeTotalColumn(grid: Grid): Outcome[] {
  const columns = countColumns(grid)
  return columns
    .filter((column) => /^(?:tổng|cộng)/iu.test(leafOf(grid, column)) && (grid.heads[column]?.length ?? 0) === 1)
    .flatMap((total) => {
      const at = columns.indexOf(total)
      const sides = [columns.slice(at + 1), columns.slice(0, at)]
      const candidates = sides.flatMap((side, index) =>
        Array.from({ length: Math.max(0, side.length - 1) }, (_, length) =>
          index === 0 ? side.slice(0, length + 2) : side.slice(-(length + 2)),
        ),
      )
      const judged = candidates
        .map((parts) => judgeColumns(grid, total, parts, false))
        .filter((outcomes) => outcomes.length > 0)
      return judged.toSorted((a, b) => wrong(a) - wrong(b))[0] ?? []
    })
}

const wrong = (outcomes: readonly Outcome[]): number => outcomes.filter(({ ok }) => !ok).length

/** A column of percentages: its two columns are found by what most rows show. */
function judgePercentColumns(grid: Grid): Outcome[] {
  const counts = countColumns(grid)
  const columns = Array.from({ length: grid.width }, (_, column) => column).filter(
    (column) =>
      percentHead.test(headOf(grid, column)) &&
      !/tăng|giảm|so với|so sánh|cùng kỳ/iu.test(headOf(grid, column)) &&
      grid.rows.some((row) => numberAt(row, column)),
  )
  return columns.flatMap((column) => {
    const rows = grid.rows.filter((row) => numberAt(row, column))
    const pairs = counts.flatMap((part) => counts.filter((whole) => whole !== part).map((whole) => ({ part, whole })))
    const shares = [
      ...pairs.map(({ part, whole }) =>
        rows.map((row) => ({ row, part: numberAt(row, part), whole: numberAt(row, whole) })),
      ),
      ...counts.map((part) => {
        const total = grid.rows.find((row) => totalLabel.test(row.label))
        return rows.map((row) => ({ row, part: numberAt(row, part), whole: total ? numberAt(total, part) : undefined }))
      }),
    ]
    const judged = shares
      .map((cells) => cells.flatMap(({ row, part, whole }) => judgeCell(row, column, part, whole)))
      .map((cells) => ({
        cells,
        good: cells.filter(({ verdict }) => verdict !== 'wrong'),
        telling: cells.filter(({ verdict, stated }) => verdict !== 'wrong' && stated !== 0 && stated !== 100),
      }))
      .toSorted((a, b) => b.good.length - a.good.length || b.telling.length - a.telling.length)
    const [best] = judged
    if (!best || best.telling.length < 2 || best.good.length < best.cells.length * 0.6) return []
    return best.cells.map(({ outcome }) => outcome)
  })
}

function judgeCell(row: GridRow, column: number, part: Written | undefined, whole: Written | undefined) {
  const stated = numberAt(row, column)
  if (!stated || !part || !whole || whole.value === 0) return []
  const exact = ratio(part, whole, 9) ?? 0
  const verdict = judgeRatio(stated, exact, ratio(part, whole, stated.decimals) ?? 0)
  const decimals = verdict === 'wrong' ? Math.max(2, stated.decimals) : stated.decimals
  const computed = ratio(part, whole, decimals) ?? 0
  const sign = verdict === 'equal' ? '' : ` ≠ ${write(stated.value, stated.decimals)}%`
  const found = {
    location: locateCell(row, column),
    quote: quoteRow(row),
    stated: stated.value,
    computed,
    proof: `${write(part.value)} / ${write(whole.value)} × 100 = ${write(computed, decimals)}%${sign}`,
  }
  const outcome: Outcome =
    verdict === 'equal'
      ? { ok: true, found: { ...found, kind: 'PERCENT', reason: 'percent-column' } }
      : {
          ok: false,
          found:
            verdict === 'wrong'
              ? { ...found, kind: 'PERCENT', severity: 'error', reason: 'percent-column' }
              : { ...found, kind: 'ROUNDING', severity: 'warning', reason: 'cut-off-instead-of-rounded' },
        }
  return [{ verdict, stated: stated.value, outcome }]
}
