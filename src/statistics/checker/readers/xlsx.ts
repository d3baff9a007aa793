import type ExcelJS from 'exceljs'
import type { Block, Cell } from '../rules/document.ts'
import { round } from '../rules/arithmetic.ts'
import { tidy } from './tidy.ts'
import { UnreadableFile } from './unreadable.ts'

const MOST_CELLS = 400_000

/** A workbook: each sheet is split at empty rows; a row with a single text before a table is its title. */
export async function readXlsx(bytes: Buffer): Promise<Block[]> {
  const { default: library } = await import('exceljs')
  const workbook = new library.Workbook()
  // Its types want the Buffer of another edition of Node.
  await workbook.xlsx.load(bytes as unknown as Parameters<typeof workbook.xlsx.load>[0])
  const blocks: Block[] = []
  for (const sheet of workbook.worksheets) {
    if (sheet.state !== 'visible') continue
    if (sheet.rowCount * Math.max(1, sheet.columnCount) > MOST_CELLS) throw new UnreadableFile('too-heavy')
    blocks.push(...readSheet(sheet))
  }
  return blocks
}

function readSheet(sheet: ExcelJS.Worksheet): Block[] {
  const blocks: Block[] = []
  const made = new Map<string, Cell | null>()
  let table: (Cell | null)[][] = []
  const endTable = () => {
    const width = Math.max(0, ...table.map((row) => row.findLastIndex((cell) => cell !== null && cell.text !== '') + 1))
    const first = table[0]?.find((cell) => cell !== null)
    if (table.length > 0)
      blocks.push({
        kind: 'table',
        rows: table.map((row) => row.slice(0, width)),
        at: first?.at ?? { sheet: sheet.name },
      })
    table = []
  }
  for (let at = 1; at <= sheet.rowCount; at += 1) {
    const cells = readRow(sheet, sheet.getRow(at), made)
    const filled = [...new Set(cells)].filter((cell): cell is Cell => cell !== null && cell.text !== '')
    if (filled.length === 0) {
      endTable()
      continue
    }
    const [only] = filled
    if (filled.length === 1 && only && table.length === 0 && !only.number)
      blocks.push({ kind: 'paragraph', text: only.text, at: only.at })
    else table.push(cells)
  }
  endTable()
  return blocks
}

function readRow(sheet: ExcelJS.Worksheet, row: ExcelJS.Row, made: Map<string, Cell | null>): (Cell | null)[] {
  return Array.from({ length: sheet.columnCount }, (_, at) => {
    const cell = row.getCell(at + 1)
    const { address } = cell.master
    if (!made.has(address)) made.set(address, cellOf(sheet, cell.master))
    return made.get(address) ?? null
  })
}

function cellOf(sheet: ExcelJS.Worksheet, cell: ExcelJS.Cell): Cell | null {
  const value = valueOf(cell.value)
  if (value === null || value === '') return { text: '', at: { sheet: sheet.name, cell: cell.address } }
  const at = { sheet: sheet.name, cell: cell.address }
  if (typeof value === 'string') return { text: tidy(value.replaceAll(/\s/gu, ' ')), at }
  const number = numberOf(value, cell.numFmt)
  const shown = `${number.value.toFixed(number.decimals).replace('.', ',')}${number.percent ? '%' : ''}`
  return { text: shown, at, number }
}

/** Numbers stay numbers; a formula gives its last result; a date is written out; an error is a word. */
function valueOf(value: ExcelJS.CellValue): number | string | null {
  if (value === null || value === undefined) return null
  if (typeof value === 'number') return value
  if (typeof value === 'string') return value
  if (typeof value === 'boolean') return value ? 'x' : ''
  if (value instanceof Date) return value.toISOString().slice(0, 10).split('-').toReversed().join('/')
  if ('richText' in value) return value.richText.map(({ text }) => text).join('')
  if ('error' in value) return value.error
  if ('result' in value) return valueOf(value.result ?? '?')
  if ('formula' in value || 'sharedFormula' in value) return '?'
  return 'text' in value ? valueOf(value.text) : null
}

/** A share is judged as it is shown; an amount by its value, since the workbook adds what it holds. */
function numberOf(value: number, format: string | undefined): { value: number; decimals: number; percent: boolean } {
  const pattern = (format ?? 'General').split(';')[0] ?? 'General'
  const percent = pattern.includes('%')
  const real = percent ? value * 100 : value
  const shown = /[0#]/u.test(pattern) ? (/\.([0#]+)/u.exec(pattern)?.[1]?.length ?? 0) : undefined
  const held = heldDecimals(real)
  const decimals = percent && shown !== undefined ? shown : held
  return { value: round(real, decimals), decimals, percent }
}

function heldDecimals(value: number): number {
  for (let decimals = 0; decimals < 6; decimals += 1)
    if (Math.abs(value - round(value, decimals)) < 1e-7) return decimals
  return 6
}
