import ExcelJS from 'exceljs'
import { writeNumber } from '../../platform/money.ts'
import type { Cell, FilledForm, FormRow, LoadedReport } from './contract.ts'
import { vi } from './text.vi.ts'

const A4 = 9
const font = { name: 'Times New Roman', size: 12 }
const thin = { style: 'thin' } as const
const border = { top: thin, left: thin, bottom: thin, right: thin }
const grey = { type: 'pattern', pattern: 'solid', fgColor: { argb: 'FFF0EEEA' } } as const
const center = { vertical: 'middle', horizontal: 'center', wrapText: true } as const
const LINE = 16
const { print } = vi

/** The forms as a workbook, one sheet a form, in the layout of the circulars. Values only: no formula comes in or goes out. */
export async function writeWorkbook(
  report: Pick<LoadedReport, 'agency' | 'period' | 'forms' | 'state' | 'hash' | 'knownAt'>,
): Promise<Buffer> {
  const workbook = new ExcelJS.Workbook()
  workbook.creator = clean(report.agency.name)
  workbook.created = new Date(report.knownAt)
  workbook.modified = workbook.created
  for (const form of report.forms)
    if (form.definition.layout === 'matrix') writeMatrix(workbook, form, report)
    else writeRows(workbook, form, report)
  return Buffer.from(await workbook.xlsx.writeBuffer())
}

type Report = Pick<LoadedReport, 'agency' | 'period' | 'state' | 'hash'>

// --- Forms of rows ----------------------------------------------------------------------------------------------------

const rowWidths = [8, 50, 15, 14, 24]

function writeRows(workbook: ExcelJS.Workbook, form: FilledForm, report: Report): void {
  const head = 8
  const sheet = addSheet(workbook, form, { head: [head - 1, head], landscape: false, widths: rowWidths })
  writeTitle(sheet, form, report, rowWidths.length)
  writeHeads(sheet, head - 1)
  const cells = new Map(form.cells.map((cell) => [cell.row, cell]))
  for (const row of form.definition.rows) writeRow(sheet, row, cells.get(row.code))
  writeFoot(sheet, report, rowWidths.length)
}

function writeHeads(sheet: ExcelJS.Worksheet, at: number): void {
  const { heads } = print
  sheet.getRow(at).values = [heads.number, heads.indicator, heads.result, null, heads.note]
  sheet.getRow(at + 1).values = [null, null, heads.unit, heads.value, null]
  for (const range of [`A${at}:A${at + 1}`, `B${at}:B${at + 1}`, `C${at}:D${at}`, `E${at}:E${at + 1}`])
    sheet.mergeCells(range)
  for (const row of [at, at + 1])
    for (let column = 1; column <= rowWidths.length; column += 1)
      sheet.getCell(row, column).style = { font: { ...font, bold: true }, alignment: center, border }
}

function writeRow(sheet: ExcelJS.Worksheet, row: FormRow, cell: Cell | undefined): void {
  const label = row.hint ? `${row.label} (${row.hint})` : row.label
  const note = noteOf(cell)
  const value = valueOf(cell)
  const line = sheet.addRow([`${row.code}.`, clean(label), clean(unitOf(row)), value, clean(note)])
  const isTyped = cell?.source === 'manual' && cell.state !== 'blank'
  line.eachCell({ includeEmpty: true }, (each, column) => {
    each.style = {
      font: { ...font, bold: column !== 4 && row.type === 'heading', italic: row.italic ?? false },
      border,
      alignment: { vertical: 'middle', wrapText: true, ...(column === 2 || column === 5 ? left : middle) },
      numFmt: '@',
    }
  })
  const number = line.getCell(4)
  number.style = {
    font: { ...font, italic: isTyped },
    border,
    alignment: { vertical: 'middle', wrapText: true, ...(typeof value === 'number' ? right : middle) },
    ...(isTyped ? { fill: grey } : {}),
    numFmt: formatOf(value),
  }
  // Who typed it and on what it rests goes with the number, out of the way of the printed form.
  if (isTyped)
    number.note = clean(print.byHand(cell.enteredBy ?? '', [cell.evidence, cell.reason].filter(Boolean).join('; ')))
  line.height = LINE * linesOf([label, 52], [unitOf(row), 14], [note, 22])
}

const left = { horizontal: 'left', indent: 0 } as const
const middle = { horizontal: 'center' } as const
const right = { horizontal: 'right', indent: 1 } as const

const unitOf = (row: FormRow): string =>
  row.type === 'enum' ? (row.choices ?? []).map(({ value, label }) => `${label} = ${value}`).join('; ') : row.unit

function valueOf(cell: Cell | undefined): number | string | null {
  if (!cell || cell.source === 'heading') return cell?.state === 'not-applicable' ? '–' : null
  if (cell.state === 'none-arose') return vi.noneArose
  return cell.value
}

function noteOf(cell: Cell | undefined): string {
  if (!cell || cell.state === 'blank' || cell.source === 'heading') return cell?.note ?? ''
  const { numerator, denominator } = cell
  const parts =
    typeof numerator === 'number' && typeof denominator === 'number' && cell.source !== 'computed'
      ? print.parts(writeNumber(numerator), writeNumber(denominator))
      : ''
  const source = cell.source === 'units' && cell.note ? print.ofUnits(cell.note) : ''
  const said = cell.source === 'manual' ? (cell.note ?? '') : ''
  return [parts, source, said].filter(Boolean).join('; ')
}

// [$-42A]: point for thousands, comma for decimals, also where the program speaks another language. Decimals only where
// there are some, since `0.##` leaves a lonely comma behind a whole number.
function formatOf(value: number | string | null): string {
  if (typeof value !== 'number') return '@'
  if (Number.isInteger(value)) return '[$-42A]#,##0'
  return Number.isInteger(value * 100) ? '[$-42A]#,##0.00' : '[$-42A]#,##0.000'
}

// --- Form 06a ---------------------------------------------------------------------------------------------------------

function writeMatrix(workbook: ExcelJS.Workbook, form: FilledForm, report: Report): void {
  const columns = form.definition.columns ?? []
  const widths = [5, 30, ...columns.map(() => 9.5)]
  const head = 9
  const sheet = addSheet(workbook, form, { head: [head - 2, head], landscape: true, widths })
  writeTitle(sheet, form, report, widths.length)
  writeMatrixHeads(sheet, columns, head - 2)
  let number = 0
  for (const line of form.lines) {
    const isField = line.key !== null && line.key !== '#apart'
    if (isField) number += 1
    const row = sheet.addRow([isField ? number : null, clean(line.label), ...line.values])
    row.height = LINE * linesOf([line.label, 28])
    row.eachCell({ includeEmpty: true }, (each, column) => {
      each.style = {
        font: { ...font, bold: line.key === null, italic: line.key === '#apart' },
        border,
        alignment: matrixAlignment(column),
        numFmt: column === 2 ? '@' : '[$-42A]#,##0',
      }
    })
  }
  writeFoot(sheet, report, widths.length)
}

function matrixAlignment(column: number): Partial<ExcelJS.Alignment> {
  if (column === 1) return center
  return { vertical: 'middle', wrapText: true, horizontal: column === 2 ? 'left' : 'right', indent: 1 }
}

function writeMatrixHeads(
  sheet: ExcelJS.Worksheet,
  columns: NonNullable<FilledForm['definition']['columns']>,
  at: number,
): void {
  const { heads } = print
  sheet.getRow(at).values = [heads.number, heads.field, ...columns.map(({ group }) => group)]
  sheet.getRow(at + 1).values = [null, null, ...columns.map(({ label }) => label)]
  sheet.getRow(at + 2).values = ['(1)', '(2)', ...columns.map(({ number }) => `(${number})`)]
  sheet.mergeCells(`A${at}:A${at + 1}`)
  sheet.mergeCells(`B${at}:B${at + 1}`)
  let first = 0
  columns.forEach(({ group }, index) => {
    if (columns[index + 1]?.group === group) return
    sheet.mergeCells(at, first + 3, at, index + 3)
    first = index + 1
  })
  sheet.getRow(at).height = LINE * 2
  sheet.getRow(at + 1).height = LINE * 4
  for (const row of [at, at + 1, at + 2])
    for (let column = 1; column <= columns.length + 2; column += 1)
      sheet.getCell(row, column).style = {
        font: { ...font, size: 11, bold: row < at + 2, italic: row === at + 2 },
        alignment: center,
        border,
      }
}

// --- What all sheets share --------------------------------------------------------------------------------------------

function addSheet(
  workbook: ExcelJS.Workbook,
  { definition }: FilledForm,
  { head, landscape, widths }: { head: [number, number]; landscape: boolean; widths: readonly number[] },
): ExcelJS.Worksheet {
  const sheet = workbook.addWorksheet(sheetName(definition.number, definition.form), {
    views: [{ state: 'frozen', ySplit: head[1] }],
    pageSetup: {
      orientation: landscape ? 'landscape' : 'portrait',
      fitToPage: true,
      fitToWidth: 1,
      fitToHeight: 0,
      printTitlesRow: `${head[0]}:${head[1]}`,
      horizontalCentered: true,
      margins: { left: 0.6, right: 0.4, top: 0.8, bottom: 0.8, header: 0.3, footer: 0.3 },
    },
    headerFooter: { oddFooter: '&C&P/&N' },
  })
  Object.assign(sheet.pageSetup, { paperSize: A4 })
  sheet.columns = widths.map((width) => ({ width }))
  return sheet
}

/** Names of sheets take 31 characters and none of these signs. */
const sheetName = (number: string, form: string): string =>
  (number.length <= 20 ? number : form.toUpperCase()).replace(/[\\/?*[\]:]/g, '-').slice(0, 31)

function writeTitle(sheet: ExcelJS.Worksheet, { definition }: FilledForm, report: Report, columns: number): void {
  const { agency, period, state } = report
  const lines: [string, Partial<ExcelJS.Font>, 'left' | 'center'][] = [
    [[agency.parent, agency.name].filter(Boolean).join(' – ').toUpperCase(), { bold: true, size: 11 }, 'left'],
    [definition.number, { bold: true }, 'center'],
    [definition.title.toUpperCase(), { bold: true, size: 13 }, 'center'],
    [`${period.name} ${print.days(period.from, period.to)}`, { italic: true }, 'center'],
    [definition.note, { italic: true, size: 11 }, 'center'],
    [state === 'locked' ? '' : print.draft, { bold: true, size: 11 }, 'center'],
  ]
  lines.forEach(([text, more, horizontal], index) => {
    const row = index + 1
    sheet.mergeCells(row, 1, row, columns)
    const cell = sheet.getCell(row, 1)
    cell.value = clean(text)
    cell.style = {
      font: { ...font, ...more },
      alignment: { horizontal, vertical: 'middle', wrapText: true },
      numFmt: '@',
    }
    if (index === 2)
      sheet.getRow(row).height = LINE * Math.max(1, Math.ceil(text.length / (columns > 6 ? 110 : 75))) + 4
  })
}

function writeFoot(sheet: ExcelJS.Worksheet, { hash }: Report, columns: number): void {
  sheet.addRow([])
  const lines = [print.legend, hash ? print.hash(hash) : '']
  for (const text of lines.filter(Boolean)) {
    const row = sheet.addRow([clean(text)])
    sheet.mergeCells(row.number, 1, row.number, columns)
    row.getCell(1).style = {
      font: { ...font, size: 10, italic: true },
      alignment: { wrapText: true, vertical: 'top' },
      numFmt: '@',
    }
    row.height = LINE * Math.ceil(text.length / (columns > 6 ? 140 : 95))
  }
}

// Programs other than Excel do not fit a row to its wrapped text by themselves.
const linesOf = (...texts: readonly [string, number][]): number =>
  Math.max(1, ...texts.map(([text, width]) => Math.ceil((text.length + 1) / width)))

// Kept as a string in text format, so that "=…" stays what somebody typed; XML takes no control characters.
const clean = (value: string): string =>
  value
    .normalize('NFC')
    .replace(/[^\t\n\u0020-\uD7FF\uE000-\uFFFD\u{10000}-\u{10FFFF}]/gu, '')
    .slice(0, 32_767)
