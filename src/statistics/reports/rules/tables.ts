import { writeNumber } from '../../../platform/money.ts'
import type { Cell, FilledForm, FormRow } from '../../forms/contract.ts'
import type { FigureId } from '../../figures/contract.ts'
import type { Block } from '../contract.ts'
import type { Facts } from './facts.ts'
import { writePercent } from './numbers.ts'
import type { PrintedTable, TableCell } from './printed.ts'
import { writeCell } from './sentence.ts'

type TableBlock = Extract<Block, { kind: 'table' }>

/** Heads of narrow columns. */
export const columnWords: Readonly<Record<FigureId, string>> = {
  carried: 'Kỳ trước chuyển sang',
  received: 'Tiếp nhận mới',
  resolved: 'Đã giải quyết',
  withdrawn: 'Rút hồ sơ',
  stopped: 'Dừng giải quyết',
  closed: 'Không bổ sung',
  open: 'Đang giải quyết',
  'received-online': 'Trong đó trực tuyến',
  'received-counter': 'Trong đó trực tiếp',
  'received-post': 'Trong đó qua bưu chính',
  'resolved-early': 'Trước hạn',
  'resolved-on-time': 'Đúng hạn',
  'resolved-late': 'Quá hạn',
  'open-in-time': 'Trong hạn',
  'open-overdue': 'Đang giải quyết quá hạn',
  'open-waiting': 'Chờ bổ sung',
  refused: 'Từ chối',
  granted: 'Chấp thuận',
  'not-received': 'Không tiếp nhận',
  supplemented: 'Yêu cầu bổ sung',
  extended: 'Gia hạn',
  apologised: 'Có thư xin lỗi',
  'late-without-apology': 'Chưa có thư xin lỗi',
  returned: 'Đã trả kết quả',
  corrected: 'Đính chính',
  digitised: 'Số hóa',
  reused: 'Dùng lại dữ liệu',
  'electronic-result': 'Kết quả điện tử',
}

const lineWords: Partial<Record<TableBlock['source']['by'], string>> = {
  agency: 'Đơn vị',
  level: 'Cấp',
  field: 'Lĩnh vực',
  procedure: 'Thủ tục hành chính',
  channel: 'Hình thức tiếp nhận',
  unit: 'Bộ phận',
  officer: 'Công chức',
}

/** Figures by one breakdown, with a line of totals. */
export function figureTable({ caption, source }: TableBlock, facts: Facts): PrintedTable {
  const { by, figures, rate } = source
  const lines = (facts.current.lines[by] ?? []).filter(({ values }) => figures.some((id) => (values[id] ?? 0) > 0))
  const cells = (values: Readonly<Record<string, number>>, line?: { by: string; key: string }): TableCell[] => [
    ...figures.map((id): TableCell => ({
      text: writeCell(values[id] ?? 0),
      align: 'right',
      bold: !line,
      opens: { figures: [id], from: facts.current.from, to: facts.current.to, ...(line && { line }) },
    })),
    ...(rate ? [{ text: onTimeRate(values), align: 'right' as const, bold: !line }] : []),
  ]
  const head = [
    'TT',
    lineWords[by] ?? '',
    ...figures.map((id) => columnWords[id]),
    ...(rate ? ['Tỷ lệ trước hạn, đúng hạn (%)'] : []),
  ]
  return {
    kind: 'table',
    caption,
    head: [head.map((text) => ({ text, align: 'center', bold: true }))],
    rows: [
      ...lines.map(({ key, label, values }, index): TableCell[] => [
        { text: String(index + 1), align: 'center' },
        { text: label, isHeader: true },
        ...cells(values, { by, key }),
      ]),
      [{ text: '' }, { text: 'Tổng cộng', isHeader: true, bold: true }, ...cells(facts.current.total)],
    ],
    widths: [5, 24, ...figures.map(() => 9), ...(rate ? [10] : [])],
    small: figures.length > 5,
  }
}

function onTimeRate(values: Readonly<Record<string, number>>): string {
  const onTime = (values['resolved-early'] ?? 0) + (values['resolved-on-time'] ?? 0)
  return writePercent(onTime, values['resolved'] ?? 0) ?? '–'
}

/** Whether a form is a matrix by fields: it has an annex of its own. */
export const isWide = ({ definition }: FilledForm): boolean => definition.layout === 'matrix'

/** A statutory form as its annex prints it. */
export const formTable = (form: FilledForm): PrintedTable => (isWide(form) ? matrixTable(form) : rowsTable(form))

const MARK = '(*)'

function rowsTable({ definition, cells }: FilledForm): PrintedTable {
  const values = new Map(cells.map((cell) => [cell.row, cell]))
  const byHand = cells.some(isByHand)
  return {
    kind: 'table',
    number: definition.number,
    caption: definition.title,
    ...(definition.note && { note: definition.note }),
    head: [
      [
        { text: 'STT', align: 'center', bold: true, rows: 2 },
        { text: 'Chỉ tiêu thống kê', align: 'center', bold: true, rows: 2 },
        { text: 'Kết quả thống kê', align: 'center', bold: true, columns: 2 },
        { text: 'Ghi chú', align: 'center', bold: true, rows: 2 },
      ],
      [
        { text: 'Đơn vị tính', align: 'center', bold: true },
        { text: 'Số lượng/Tỷ lệ', align: 'center', bold: true },
      ],
    ],
    rows: definition.rows.map((row) => formRow(row, values.get(row.code))),
    widths: [8, 50, 14, 13, 15],
    ...(byHand && {
      legend: `${MARK} Số liệu do cán bộ nhập; các số liệu khác được tổng hợp từ hồ sơ, danh mục hoặc tính theo công thức.`,
    }),
  }
}

const isByHand = (cell: Cell): boolean => cell.source === 'manual' && cell.state === 'value'

function formRow(row: FormRow, cell: Cell | undefined): TableCell[] {
  const heading = row.type === 'heading'
  const face = { bold: heading, italic: row.italic ?? false }
  const label = row.hint ? `${row.label} (${row.hint})` : row.label
  const unit =
    row.type === 'enum' && row.choices
      ? row.choices.map(({ value, label: word }) => `${word} = ${value}`).join('; ')
      : row.unit
  return [
    { text: row.code, align: 'center', ...face },
    { text: label, isHeader: true, ...face },
    { text: unit, align: 'center', italic: face.italic },
    { text: cell ? writeFormValue(row, cell) : '', align: 'right', ...face },
    { text: [cell && isByHand(cell) ? MARK : '', cell?.note ?? ''].filter(Boolean).join(' ') },
  ]
}

/** Blank is not zero, and 0/0 is "không phát sinh". */
export function writeFormValue(row: FormRow, { state, value }: Cell): string {
  if (state === 'none-arose') return 'không phát sinh'
  if (state === 'not-applicable') return '–'
  if (state === 'blank' || value === null) return ''
  return row.type === 'percent' ? writeNumber(Math.round(value * 100) / 100) : writeNumber(value)
}

function matrixTable({ definition, lines }: FilledForm): PrintedTable {
  const columns = definition.columns ?? []
  const width = Math.max(columns.length, ...lines.map(({ values }) => values.length), 1)
  const bold = (text: string, more: Partial<TableCell> = {}): TableCell => ({
    text,
    align: 'center',
    bold: true,
    ...more,
  })
  const groups = groupsOf(columns)
  const numbers = ['TT', 'Lĩnh vực', ...columns].map((_, index): TableCell => ({
    text: `(${index + 1})`,
    align: 'center',
    italic: true,
  }))
  const named = lines.filter(({ key }) => key !== null && key !== APART)
  const others = lines.filter(({ key }) => key === null || key === APART)
  return {
    kind: 'table',
    number: definition.number,
    caption: definition.title,
    ...(definition.note && { note: definition.note }),
    head: [
      [
        bold('TT', { rows: 2 }),
        bold('Lĩnh vực giải quyết', { rows: 2 }),
        ...groups.map(({ group, size }) => bold(group, { columns: size })),
      ],
      columns.map(({ label }) => bold(label)),
      numbers,
    ],
    rows: [
      ...named.map((line, index) => matrixRow(String(index + 1), line, false)),
      ...others.map((line) => matrixRow('', line, line.key === null)),
    ],
    widths: [5, 25, ...Array.from({ length: width }, () => 70 / width)],
    small: true,
  }
}

/** Columns that stand beside each other under one head. */
function groupsOf(columns: NonNullable<FilledForm['definition']['columns']>): { group: string; size: number }[] {
  const groups: { group: string; size: number }[] = []
  for (const { group } of columns) {
    const last = groups.at(-1)
    if (last?.group === group) last.size++
    else groups.push({ group, size: 1 })
  }
  return groups
}

/** Line of what ended without a result; see forms. */
const APART = '#apart'

const matrixRow = (number: string, line: FilledForm['lines'][number], bold: boolean): TableCell[] => [
  { text: number, align: 'center' },
  { text: line.label, isHeader: true, bold },
  ...line.values.map((value): TableCell => ({ text: writeCell(value), align: 'right', bold })),
]
