import ExcelJS from 'exceljs'
import { writeDay, writeInstant } from '../../platform/day.ts'
import { authorityName, getAgency } from '../../staff/index.ts'
import type { PaymentContext } from './context.ts'
import type { DayView } from './contract.ts'
import { figureGroups, type FigureGroup } from './rules/reconcile.ts'
import { vi } from './text.vi.ts'

type Cell = string | number | null
const font = { name: 'Times New Roman', size: 12 }
const thin = { style: 'thin' } as const
const border = { top: thin, left: thin, bottom: thin, right: thin }
const A4 = 9

/** The books of a day as a workbook: the summary first, then the rows behind each number. Values only. */
export async function writeDayWorkbook(context: PaymentContext, view: DayView): Promise<Buffer> {
  const agency = await getAgency(context.db, view.agencyId, view.day)
  const book = new ExcelJS.Workbook()
  book.creator = authorityName(agency)
  book.created = new Date(context.clock())
  const { sheets } = vi.excel
  const { columns, events, states, unknown } = vi.reconcile
  const title = `${vi.excel.title} – ${authorityName(agency)} – ${vi.excel.dayOf} ${writeDay(view.day)}`
  const signed = view.signed
    ? [
        vi.reconcile.signed(view.signed.by, writeInstant(view.signed.at)),
        view.signed.stillTrue ? '' : vi.reconcile.changed,
        view.signed.explanation && `${vi.reconcile.explanation}: ${view.signed.explanation}`,
      ].filter(Boolean)
    : [vi.reconcile.unsigned]
  write(book, sheets.day, {
    title,
    widths: [52, 12, 20],
    heads: [vi.reconcile.figure, vi.reconcile.count, vi.reconcile.amount],
    rows: (Object.keys(figureGroups) as FigureGroup[]).flatMap((group) => [
      [vi.reconcile.groups[group].toUpperCase(), null, null],
      ...figureGroups[group].map((name) => [vi.figures[name], view.figures[name].count, view.figures[name].amount]),
    ]),
    foot: [...view.differences.map((name) => vi.differences[name]), ...signed],
  })
  write(book, sheets.notices, {
    title,
    widths: [20, 24, 16, 16, 16, 44, 20, 26],
    heads: [
      columns.time,
      columns.transaction,
      columns.amount,
      columns.accepted,
      columns.rest,
      columns.content,
      columns.state,
      columns.code,
    ],
    rows: view.notices.map((row) => [
      writeInstant(row.paidAt),
      row.transactionId,
      row.kind === 'reversal' ? -row.amount : row.amount,
      row.accepted,
      row.rest,
      row.content,
      [states[row.state] ?? row.state, row.why && vi.whys[row.why]].filter(Boolean).join(': '),
      row.code,
    ]),
  })
  write(book, sheets.log, {
    title,
    widths: [20, 26, 16, 34, 16, 20, 26],
    heads: [columns.time, columns.code, columns.what, columns.method, columns.amount, columns.receipt, columns.who],
    rows: view.log.map((row) => [
      writeInstant(row.at),
      row.code,
      events[row.type] ?? row.type,
      row.method === null ? null : vi.methods[row.method],
      row.amount,
      row.known || row.type === 'feeWaived' ? row.receipt : [row.receipt, `(${unknown})`].filter(Boolean).join(' '),
      row.officer,
    ]),
  })
  write(book, sheets.receipts, {
    title,
    widths: [20, 18, 26, 16, 34, 26, 36],
    heads: [columns.time, columns.receipt, columns.code, columns.amount, columns.method, columns.who, columns.state],
    rows: view.receipts.map((row) => [
      writeInstant(row.issuedAt),
      row.mark,
      row.code,
      row.amount,
      vi.methods[row.method],
      row.issuedBy,
      row.voided && `${vi.panel.voided}: ${row.voided.reason}`,
    ]),
  })
  write(book, sheets.orders, {
    title,
    widths: [20, 18, 26, 16],
    heads: [columns.time, columns.reference, columns.code, columns.amount],
    rows: view.orders.map((row) => [writeInstant(row.createdAt), row.reference, row.code, row.amount]),
  })
  return Buffer.from(await book.xlsx.writeBuffer())
}

type Table = {
  title: string
  widths: readonly number[]
  heads: readonly string[]
  rows: readonly Cell[][]
  foot?: readonly string[]
}

function write(book: ExcelJS.Workbook, name: string, { title, widths, heads, rows, foot = [] }: Table): void {
  const sheet = book.addWorksheet(name, {
    views: [{ state: 'frozen', ySplit: 3 }],
    pageSetup: { orientation: 'landscape', fitToPage: true, fitToWidth: 1, fitToHeight: 0, printTitlesRow: '3:3' },
  })
  Object.assign(sheet.pageSetup, { paperSize: A4 })
  sheet.columns = widths.map((width) => ({ width }))
  sheet.mergeCells(1, 1, 1, widths.length)
  sheet.getCell(1, 1).value = title
  sheet.getCell(1, 1).style = { font: { ...font, bold: true }, alignment: { horizontal: 'center', wrapText: true } }
  sheet.getRow(1).height = 34
  const head = sheet.getRow(3)
  heads.forEach((text, index) => {
    const cell = head.getCell(index + 1)
    cell.value = text
    cell.style = { font: { ...font, bold: true }, border, alignment: { horizontal: 'center', wrapText: true } }
  })
  for (const cells of rows) {
    // Text stays text: what begins like a formula is none.
    const line = sheet.addRow(cells)
    line.eachCell({ includeEmpty: true }, (cell) => {
      cell.style = {
        font,
        border,
        alignment: { vertical: 'top', wrapText: true },
        numFmt: typeof cell.value === 'number' ? '#,##0' : '@',
      }
    })
  }
  sheet.addRow([])
  for (const text of foot)
    sheet.addRow([text]).getCell(1).style = { font, alignment: { wrapText: true, vertical: 'top' } }
}
