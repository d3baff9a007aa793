import ExcelJS from 'exceljs'
import { instantAt, isDay, type Instant } from '../../platform/day.ts'
import { accept, refuse, type Result } from '../../platform/result.ts'
import { ZipFault, zipFiles } from '../../platform/zip.ts'
import { toAscii } from './rules/reference.ts'

// A statement as banks export it: one line a movement. The columns are found by their heads, in any order; README names
// the words that are understood.

type StatementRefusal = {
  code: 'statement-unreadable' | 'statement-no-head' | 'statement-line' | 'statement-empty' | 'statement-too-long'
  row?: number
  column?: string
}

type StatementLine = {
  id: string
  kind: 'credit' | 'reversal'
  reverses?: string
  amount: number
  currency: 'VND'
  account: string
  content: string
  paidAt: Instant
}

const columns = {
  time: ['ngay giao dich', 'thoi gian', 'ngay', 'ngay gd', 'ngay hieu luc', 'transaction date', 'date', 'value date'],
  id: [
    'so giao dich',
    'ma giao dich',
    'so but toan',
    'so ct',
    'so chung tu',
    'ma gd',
    'transaction id',
    'transaction no',
    'reference no',
    'ref no',
  ],
  credit: ['ghi co', 'so tien ghi co', 'phat sinh co', 'co', 'credit', 'credit amount', 'so tien'],
  debit: ['ghi no', 'so tien ghi no', 'phat sinh no', 'no', 'debit', 'debit amount'],
  content: ['noi dung', 'noi dung giao dich', 'dien giai', 'mo ta', 'description', 'remark', 'details', 'narrative'],
  reverses: ['hoan cho giao dich', 'but toan goc', 'reverses', 'original transaction'],
} as const
type ColumnName = keyof typeof columns

const MOST_LINES = 5000

/** Reads a statement; all of it or nothing, with the line that could not be understood. */
export async function readStatement(
  bytes: Buffer,
  account: string,
): Promise<Result<StatementLine[], StatementRefusal>> {
  const rows = bytes.subarray(0, 2).toString('latin1') === 'PK' ? await readXlsx(bytes) : readCsv(bytes)
  if (!rows) return refuse({ code: 'statement-unreadable' })
  const headAt = rows.findIndex((row) =>
    ['time', 'id', 'credit', 'content'].every((name) => placeOf(row, name as ColumnName) >= 0),
  )
  const head = rows[headAt]
  if (!head) return refuse({ code: 'statement-no-head' })
  const place = (name: ColumnName) => placeOf(head, name)
  const lines: StatementLine[] = []
  for (const [index, row] of rows.slice(headAt + 1).entries()) {
    const number = headAt + index + 2
    const cell = (name: ColumnName) => (place(name) < 0 ? '' : (row[place(name)] ?? '').trim())
    // Totals and signatures below the table carry no number of a transaction.
    if (cell('id') === '') continue
    const credit = readAmount(cell('credit'))
    const debit = readAmount(cell('debit'))
    if (credit === undefined) return refuse({ code: 'statement-line', row: number, column: 'credit' })
    if (debit === undefined) return refuse({ code: 'statement-line', row: number, column: 'debit' })
    const reverses = cell('reverses')
    // Money that left the account, unless it takes back what had come, is none of this book's.
    if (credit === 0 && !(debit > 0 && reverses !== '')) continue
    const paidAt = readTime(cell('time'))
    if (!paidAt) return refuse({ code: 'statement-line', row: number, column: 'time' })
    if (!/^[\x21-\x7E]{1,80}$/.test(cell('id'))) return refuse({ code: 'statement-line', row: number, column: 'id' })
    lines.push({
      id: cell('id'),
      ...(credit > 0 ? { kind: 'credit', amount: credit } : { kind: 'reversal', reverses, amount: debit }),
      currency: 'VND',
      account,
      content: cell('content').slice(0, 1000),
      paidAt,
    })
    if (lines.length > MOST_LINES) return refuse({ code: 'statement-too-long' })
  }
  return lines.length > 0 ? accept(lines) : refuse({ code: 'statement-empty' })
}

const wordOf = (text: string): string =>
  toAscii(text)
    .toLowerCase()
    .replace(/\(.*?\)/g, '')
    .replace(/[^a-z ]/g, ' ')
    .replace(/\s+/g, ' ')
    .trim()

function placeOf(row: readonly string[], name: ColumnName): number {
  const words = row.map(wordOf)
  for (const word of columns[name]) {
    const place = words.indexOf(word)
    if (place >= 0) return place
  }
  return -1
}

/** Whole đồng: `8.000`, `8,000`, `8000.00`, `+8.000 VND`; undefined for anything with a fraction or a sign of its own. */
export function readAmount(text: string): number | undefined {
  const plain = text.replace(/\s|VND|đ|VNĐ|\+/gi, '')
  if (plain === '' || plain === '-') return 0
  const whole = plain.replace(/([.,])0{1,2}$/, '')
  if (!/^\d{1,3}([.,]\d{3})*$|^\d+$/.test(whole)) return undefined
  const amount = Number(whole.replace(/[.,]/g, ''))
  return Number.isSafeInteger(amount) && amount <= 1_000_000_000_000 ? amount : undefined
}

/** `20/11/2026 08:30:15`, `20-11-2026`, `2026-11-20T08:30:15`; Vietnamese time. */
export function readTime(text: string): Instant | undefined {
  const match =
    /^(?<date>\d{1,2})[/-](?<month>\d{1,2})[/-](?<year>\d{4})(?:[ T,]+(?<hour>\d{1,2}):(?<minute>\d{2})(?::(?<second>\d{2}))?)?$/.exec(
      text,
    ) ??
    /^(?<year>\d{4})-(?<month>\d{2})-(?<date>\d{2})(?:[ T]+(?<hour>\d{1,2}):(?<minute>\d{2})(?::(?<second>\d{2}))?(?:\.\d+)?Z?)?$/.exec(
      text,
    )
  const part = match?.groups
  if (!part) return undefined
  const two = (value: string | undefined) => (value ?? '0').padStart(2, '0')
  const day = `${part['year']}-${two(part['month'])}-${two(part['date'])}`
  const hour = Number(part['hour'] ?? 0)
  const minute = Number(part['minute'] ?? 0)
  const second = Number(part['second'] ?? 0)
  if (!isDay(day) || hour > 23 || minute > 59 || second > 59) return undefined
  return new Date(Date.parse(instantAt(day, hour * 60 + minute)) + second * 1000).toISOString()
}

/** Commas, semicolons or tabs between, quotation marks around; UTF-8. */
function readCsv(bytes: Buffer): string[][] | undefined {
  const text = bytes.toString('utf8').replace(/^\uFEFF/, '')
  if (text.includes('\0') || text.includes('\uFFFD')) return undefined
  const firstLines = text.split('\n', 20).join('\n')
  const count = (mark: string) => firstLines.split(mark).length
  const mark = [';', '\t', ','].toSorted((a, b) => count(b) - count(a))[0] ?? ','
  const rows: string[][] = [[]]
  let cell = ''
  let quoted = false
  for (let at = 0; at < text.length; at++) {
    const letter = text[at] ?? ''
    if (quoted) {
      if (letter !== '"') cell += letter
      else if (text[at + 1] === '"') {
        cell += '"'
        at += 1
      } else quoted = false
    } else if (letter === '"' && cell.trim() === '') {
      cell = ''
      quoted = true
    } else if (letter === mark || letter === '\n') {
      rows.at(-1)?.push(cell)
      cell = ''
      if (letter === '\n') rows.push([])
    } else if (letter !== '\r') cell += letter
  }
  if (quoted) return undefined
  rows.at(-1)?.push(cell)
  return rows
}

async function readXlsx(bytes: Buffer): Promise<string[][] | undefined> {
  if (!isHarmless(bytes)) return undefined
  const book = new ExcelJS.Workbook()
  try {
    // The library's own type of Buffer is older than Node's.
    await book.xlsx.load(bytes as unknown as ExcelJS.Buffer)
  } catch {
    return undefined
  }
  const rows: string[][] = []
  book.worksheets[0]?.eachRow({ includeEmpty: true }, (row) => {
    const cells: string[] = []
    row.eachCell({ includeEmpty: true }, (cell, column) => (cells[column - 1] = textOf(cell)))
    rows.push(Array.from(cells, (cell) => cell ?? ''))
  })
  return rows
}

/** Unpacks everything once within limits, before a library may touch it. */
function isHarmless(bytes: Buffer): boolean {
  try {
    for (const file of zipFiles(bytes, { maxUnpacked: 50 * 1024 * 1024, maxEntries: 200 })) file.unpack()
    return true
  } catch (fault) {
    if (fault instanceof ZipFault) return false
    throw fault
  }
}

/** A real date of a sheet has no zone: its clock is the one on the wall. A formula gives no number of ours. */
function textOf({ value }: ExcelJS.Cell): string {
  if (value === null || value === undefined) return ''
  if (value instanceof Date) return value.toISOString()
  if (typeof value === 'object') {
    if ('richText' in value) return value.richText.map(({ text }) => text).join('')
    return 'text' in value && typeof value.text === 'string' ? value.text : ''
  }
  return String(value)
}
