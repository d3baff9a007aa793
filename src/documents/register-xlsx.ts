import ExcelJS from 'exceljs'
import { dayOf, writeDay, type Instant } from '../platform/day.ts'
import type { RegisterForm, RegisterRow } from './form-data.ts'

type Cell = string | number | Date | null
type Column = {
  head: string
  width: number
  kind: 'text' | 'number' | 'moment'
  value: (row: RegisterRow, index: number) => Cell
}

const columns: readonly Column[] = [
  { head: 'TT', width: 6, kind: 'number', value: (_row, index) => index + 1 },
  { head: 'Mã hồ sơ', width: 24, kind: 'text', value: (row) => row.code },
  { head: 'Tên thủ tục hành chính', width: 30, kind: 'text', value: (row) => row.procedure },
  { head: 'Số bộ', width: 7, kind: 'number', value: (row) => row.sets },
  { head: 'Tên cá nhân, tổ chức', width: 22, kind: 'text', value: (row) => row.name },
  { head: 'Địa chỉ', width: 26, kind: 'text', value: (row) => row.address },
  { head: 'Số điện thoại', width: 13, kind: 'text', value: (row) => row.phone },
  { head: 'Cơ quan chủ trì giải quyết', width: 22, kind: 'text', value: (row) => row.handlingAgency },
  { head: 'Ngày nhận hồ sơ', width: 16, kind: 'moment', value: (row) => moment(row.receivedAt) },
  { head: 'Ngày hẹn trả kết quả', width: 16, kind: 'moment', value: (row) => moment(row.dueAt) },
  { head: 'Ngày trả kết quả', width: 16, kind: 'moment', value: (row) => moment(row.returnedAt) },
  { head: 'Hình thức nhận', width: 11, kind: 'text', value: (row) => row.channel },
  { head: 'Hình thức trả', width: 13, kind: 'text', value: (row) => row.delivery },
  { head: 'Người nhận', width: 18, kind: 'text', value: (row) => row.receivedBy },
  { head: 'Ghi chú', width: 20, kind: 'text', value: (row) => row.note },
]

const HEAD_ROW = 5
const formats = { text: '@', number: '0', moment: 'dd/mm/yyyy hh:mm' }
/** Numbers and days stand in the middle: on the right edge they would touch the words of the next column. */
const placed = { text: {}, number: { horizontal: 'center' }, moment: { horizontal: 'center' } } as const
const CELL_LIMIT = 32_767
const LINE_HEIGHT = 15
const A4 = 9

/** The register as a workbook: real dates, frozen head, filters, text that never becomes a formula. Runs in the worker. */
export async function writeRegister(form: RegisterForm): Promise<Buffer> {
  const workbook = new ExcelJS.Workbook()
  workbook.creator = text(form.head.agency)
  workbook.created = new Date(form.head.issuedAt)
  workbook.modified = workbook.created
  const sheet = workbook.addWorksheet('Sổ theo dõi hồ sơ', {
    views: [{ state: 'frozen', ySplit: HEAD_ROW, xSplit: 2 }],
    pageSetup: {
      orientation: 'landscape',
      fitToPage: true,
      fitToWidth: 1,
      fitToHeight: 0,
      printTitlesRow: `${HEAD_ROW}:${HEAD_ROW}`,
    },
  })
  Object.assign(sheet.pageSetup, { paperSize: A4 })
  sheet.columns = columns.map(({ width, kind }) => ({
    width,
    style: { numFmt: formats[kind], font, alignment: { vertical: 'top', wrapText: true, ...placed[kind] } },
  }))
  writeHeading(sheet, form)
  const head = sheet.getRow(HEAD_ROW)
  head.height = 2 * LINE_HEIGHT
  columns.forEach((column, index) => {
    const cell = head.getCell(index + 1)
    cell.value = column.head
    cell.style = {
      font: { ...font, bold: true },
      alignment: { vertical: 'middle', horizontal: 'center', wrapText: true },
      border,
    }
  })
  form.rows.forEach((row, index) => {
    const line = sheet.addRow(columns.map(({ value }) => cellValue(value(row, index))))
    line.height = LINE_HEIGHT * linesOf(line)
    line.eachCell({ includeEmpty: true }, (cell) => {
      cell.border = border
    })
  })
  sheet.autoFilter = { from: { row: HEAD_ROW, column: 1 }, to: { row: HEAD_ROW, column: columns.length } }
  return Buffer.from(await workbook.xlsx.writeBuffer())
}

// Programs other than Excel do not fit the row to wrapped text by themselves.
const linesOf = (line: ExcelJS.Row): number =>
  Math.max(
    ...columns.map(({ width, kind }, index) => {
      if (kind !== 'text') return 1
      const { value } = line.getCell(index + 1)
      return typeof value === 'string' ? Math.ceil((value.length + 1) / (width - 1)) : 1
    }),
  )

const font = { name: 'Times New Roman', size: 11 }
const thin = { style: 'thin' } as const
const border = { top: thin, left: thin, bottom: thin, right: thin }

function writeHeading(sheet: ExcelJS.Worksheet, form: RegisterForm): void {
  const lines = [
    [form.head.parentAgency, form.head.agency].filter(Boolean).join(' – '),
    'SỔ THEO DÕI HỒ SƠ',
    `Từ ngày ${writeDay(form.from)} đến ngày ${writeDay(form.to)}; lập ngày ${writeDay(dayOf(form.head.issuedAt))}; tổng số: ${form.rows.length} hồ sơ`,
    [form.volume && `Quyển số: ${form.volume}`, form.filter, form.head.demo && 'Bản dùng thử – dữ liệu hư cấu']
      .filter(Boolean)
      .join('; '),
  ]
  lines.forEach((line, index) => {
    const size = index === 1 ? 14 : 12
    const cell = sheet.getCell(index + 1, 1)
    cell.value = text(line)
    cell.style = { numFmt: '@', font: { ...font, bold: index < 2, size }, alignment: { wrapText: false } }
    // Letters of Vietnamese have marks above each other.
    sheet.getRow(index + 1).height = size * 1.5
  })
}

const cellValue = (value: Cell): Cell => (typeof value === 'string' ? text(value) : value)

// Written as a string cell in text format, so that '=…' stays what somebody typed; XML takes no control characters.
const text = (value: string): string =>
  value
    .normalize('NFC')
    .replace(/[^\t\n\u0020-\uD7FF\uE000-\uFFFD\u{10000}-\u{10FFFF}]/gu, '')
    .slice(0, CELL_LIMIT)

// A workbook knows no time zones: the cell shows what a Vietnamese clock showed.
const moment = (instant: Instant | null): Date | null =>
  instant ? new Date(Date.parse(instant) + 7 * 3_600_000) : null
