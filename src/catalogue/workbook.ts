import exceljs from 'exceljs'
import { accept, refuse, type Result } from '../platform/result.ts'
import type { Field, ProcedureVersion } from './contract.ts'
import { readCell, writeCell, type CellFault, type CellValue } from './rules/cells.ts'
import { searchKey } from './rules/search-key.ts'
import { layOut, type SheetRow } from './rules/sheets.ts'
import { guide, no, sheets, yes, type Column, type Sheet } from './workbook.vi.ts'
import { checkZip, type ZipRefusal } from './zip.ts'

export const MAX_UPLOAD = 20 * 1024 * 1024
const MAX_UNPACKED = 150 * 1024 * 1024
const MAX_ROWS = 300_000

/** Something in the workbook that could not be read: where, and what. */
export type SheetFault = {
  part: string | null
  sheet: string
  row: number | null
  column: string | null
  code: CellFault | 'formula' | 'cell-error' | 'unknown-sheet' | 'missing-sheet' | 'unknown-column' | 'missing-column'
  about: string
}

export type ReadWorkbook = { rows: SheetRow[]; faults: SheetFault[]; rowsRead: number }

/** Reads every row of every sheet; what cannot be read is a fault with its place, never left out in silence. */
export async function readWorkbook(bytes: Buffer): Promise<Result<ReadWorkbook, ZipRefusal>> {
  if (bytes.length > MAX_UPLOAD) return refuse({ code: 'too-large', limit: MAX_UPLOAD })
  const zip = checkZip(bytes, { maxUnpacked: MAX_UNPACKED })
  if (!zip.ok) return zip
  const book = new exceljs.Workbook()
  try {
    // The library's own type of Buffer is older than Node's.
    await book.xlsx.load(bytes as unknown as exceljs.Buffer)
  } catch {
    return refuse({ code: 'not-a-workbook' })
  }
  const read: ReadWorkbook = { rows: [], faults: [], rowsRead: 0 }
  const known = new Map(sheets.map((sheet) => [searchKey(sheet.name), sheet]))
  for (const worksheet of book.worksheets) {
    if (searchKey(worksheet.name) === searchKey(guide.sheet)) continue
    const sheet = known.get(searchKey(worksheet.name))
    if (sheet) readSheet(worksheet, sheet, read)
    else reportUnknownSheet(worksheet, read)
    if (read.rowsRead > MAX_ROWS) return refuse({ code: 'too-large', limit: MAX_ROWS })
  }
  return accept(read)
}

function reportUnknownSheet(worksheet: exceljs.Worksheet, read: ReadWorkbook): void {
  worksheet.eachRow((row, number) => {
    if (isEmpty(row)) return
    read.rowsRead += 1
    read.faults.push({
      part: null,
      sheet: worksheet.name,
      row: number,
      column: null,
      code: 'unknown-sheet',
      about: worksheet.name,
    })
  })
}

function readSheet(worksheet: exceljs.Worksheet, sheet: Sheet, read: ReadWorkbook): void {
  const fault = (row: number | null, column: string | null, code: SheetFault['code'], about = '') =>
    read.faults.push({ part: sheet.part, sheet: sheet.name, row, column, code, about })
  const columns = new Map<number, Column>()
  const labels = new Map(sheet.columns.map((column) => [searchKey(column.label), column]))
  worksheet.getRow(1).eachCell((cell, number) => {
    const label = String(plainValue(cell) ?? '')
    const column = labels.get(searchKey(label))
    if (column) columns.set(number, column)
    else if (label.trim() !== '') fault(1, label, 'unknown-column', label)
  })
  const present = new Set([...columns.values()].map(({ key }) => key))
  const missing = sheet.columns.filter(({ key, mayLack }) => !mayLack && !present.has(key))
  for (const { label } of missing) fault(1, label, 'missing-column', label)
  worksheet.eachRow((row, number) => {
    if (number === 1 || isEmpty(row)) return
    read.rowsRead += 1
    let faulty = missing.length > 0
    const values: Record<string, unknown> = {}
    for (const [place, column] of columns) {
      const cell = row.getCell(place)
      const problem = cellProblem(cell)
      const result = problem
        ? ({ ok: false, fault: problem } as const)
        : readCell(column.cell, valueFor(column, plainValue(cell)))
      if (result.ok) values[column.key] = result.value
      else {
        faulty = true
        fault(number, column.label, result.fault, String(plainValue(cell) ?? '').slice(0, 100))
      }
    }
    read.rows.push({ part: sheet.part, row: number, values, faulty })
  })
  // Rows of a sheet that lacks a column are all faulty; the missing column is reported once, at the head.
}

const isEmpty = (row: exceljs.Row): boolean => {
  let empty = true
  row.eachCell((cell) => {
    if (cellProblem(cell) || String(plainValue(cell) ?? '').trim() !== '') empty = false
  })
  return empty
}

const cellProblem = ({ value }: exceljs.Cell): 'formula' | 'cell-error' | undefined => {
  if (typeof value !== 'object' || value === null || value instanceof Date) return undefined
  if ('formula' in value || 'sharedFormula' in value) return 'formula'
  return 'error' in value ? 'cell-error' : undefined
}

function plainValue({ value }: exceljs.Cell): CellValue {
  if (value === null || value === undefined) return null
  if (value instanceof Date) return Number.isNaN(value.getTime()) ? '' : value.toISOString().slice(0, 10)
  if (typeof value !== 'object') return value
  if ('richText' in value) return value.richText.map(({ text }) => text).join('')
  if ('text' in value) return typeof value.text === 'string' ? value.text : richTextOf(value.text)
  return null
}

// A hyperlink may carry rich text, which the library's types do not say.
const richTextOf = (text: unknown): string =>
  typeof text === 'object' && text !== null && 'richText' in text && Array.isArray(text.richText)
    ? text.richText.map((run: { text?: string }) => run.text ?? '').join('')
    : ''

/** A code typed as a number has lost the noughts at its end. */
const valueFor = (column: Column, value: CellValue): CellValue =>
  column.key === 'code' && typeof value === 'number' ? value.toFixed(6) : value

/** The workbook of these procedures; without any it is the template to fill in. */
export async function writeWorkbook(versions: readonly ProcedureVersion[], fields: readonly Field[]): Promise<Buffer> {
  const book = new exceljs.Workbook()
  book.creator = 'Một Cửa'
  writeGuide(book.addWorksheet(guide.sheet))
  const rows = layOut(versions)
  rows.set(
    'fields',
    fields.map((field) => ({ ...field })),
  )
  for (const sheet of sheets) {
    const worksheet = book.addWorksheet(sheet.name, { views: [{ state: 'frozen', ySplit: 1 }] })
    worksheet.columns = sheet.columns.map(({ key, width = 18 }) => ({
      key,
      width,
      style: { alignment: { wrapText: true, vertical: 'top' }, numFmt: '@' },
    }))
    const head = worksheet.getRow(1)
    sheet.columns.forEach((column, index) => {
      const cell = head.getCell(index + 1)
      cell.value = column.label
      cell.font = { bold: true }
      cell.fill = { type: 'pattern', pattern: 'solid', fgColor: { argb: 'FFF1ECE6' } }
      if (column.cell.type === 'number') worksheet.getColumn(index + 1).numFmt = '0'
    })
    for (const values of rows.get(sheet.part) ?? [])
      worksheet.addRow(sheet.columns.map(({ key, cell }) => writeCell(cell, values[key])))
    offerChoices(worksheet, sheet)
  }
  return Buffer.from(await book.xlsx.writeBuffer())
}

/** Cells with one choice offer their list, in the filled rows and in a good number below. */
function offerChoices(worksheet: exceljs.Worksheet, sheet: Sheet): void {
  const last = Math.max(worksheet.rowCount, 1) + 200
  sheet.columns.forEach(({ cell }, index) => {
    const names = choicesOf(cell)
    if (names.length === 0) return
    const letter = worksheet.getColumn(index + 1).letter
    for (let row = 2; row <= last; row += 1)
      worksheet.getCell(`${letter}${row}`).dataValidation = {
        type: 'list',
        allowBlank: true,
        formulae: [`"${names.join(',')}"`],
        showErrorMessage: true,
      }
  })
}

function choicesOf(cell: Column['cell']): string[] {
  if (cell.type === 'yesNo') return [yes, no]
  return cell.type === 'choice' ? Object.values(cell.choices) : []
}

function writeGuide(worksheet: exceljs.Worksheet): void {
  worksheet.columns = [{ width: 26 }, { width: 26 }, { width: 70 }, { width: 60 }]
  for (const line of guide.intro) worksheet.addRow([line])
  worksheet.addRow([])
  const head = worksheet.addRow(guide.head)
  head.font = { bold: true }
  for (const sheet of sheets) {
    worksheet.addRow([sheet.name, '', sheet.note, '']).font = { bold: true }
    for (const column of sheet.columns)
      worksheet.addRow([sheet.name, column.label, column.note, guide.form(column.cell)])
  }
  worksheet.getColumn(3).alignment = { wrapText: true, vertical: 'top' }
  worksheet.getColumn(4).alignment = { wrapText: true, vertical: 'top' }
}
