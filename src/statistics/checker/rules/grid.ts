// A table as rows of numbers under headings, whatever file it came from.
import type { Written } from './arithmetic.ts'
import type { Cell, Location, TableBlock } from './document.ts'
import { readNumber } from './numbers.ts'
import { readUnit } from './units.ts'

/** What stands in a cell: a number, nothing, or words. */
export type Value = (Written & { kind: 'number'; percent: boolean }) | { kind: 'empty' } | { kind: 'words' }

export type Grid = {
  block: TableBlock
  /** Headings from the top down, one list a column; equal neighbours (merged cells) once. */
  heads: readonly (readonly string[])[]
  rows: readonly GridRow[]
  width: number
}

export type GridRow = {
  cells: readonly (Cell | null)[]
  values: readonly Value[]
  label: string
  code: string
  at: Location
}

const codePattern = /^\(?(?:\d{1,2}(?:\.\d{1,2}){0,3}|[IVX]{1,5}|[A-Za-z])[.)]?$/u

/** Splits a table into headings and rows of values. */
export function readGrid(block: TableBlock): Grid | undefined {
  const width = Math.max(0, ...block.rows.map((row) => row.length))
  const firstData = findFirstData(block.rows)
  if (firstData < 0 || width < 2) return undefined
  const headRows = spread(block.rows.slice(0, firstData).filter((row) => !isColumnNumbers(row)))
  const heads = Array.from({ length: width }, (_, column) =>
    headRows.map((row) => textOf(row[column])).filter((text, at, all) => text !== '' && text !== all[at - 1]),
  )
  const rows = block.rows
    .slice(firstData)
    .filter((row) => !isColumnNumbers(row) && !isHeadAgain(row, headRows))
    .map((row) => rowOf(row, width))
  return { block, heads, rows, width }
}

/** A heading over several columns, written once with empty places behind it, stands over all of them. */
function spread(rows: readonly (readonly (Cell | null)[])[]): readonly (readonly (Cell | null)[])[] {
  return rows.map((row, at) => {
    const below = rows[at + 1]
    if (!below) return row
    let over: Cell | null = null
    return row.map((cell, column) => {
      if (textOf(cell) !== '') over = cell
      const isUnder = textOf(cell) === '' && textOf(below[column]) !== '' && over !== null && column > 0
      return isUnder ? over : cell
    })
  })
}

/** "(1) (2) (3)" or "1 2 3 = 4 + 5": the numbers of the columns. */
export const isColumnNumbers = (row: readonly (Cell | null)[]): boolean => {
  const texts = [...new Set(row)].map(textOf).filter((text) => text !== '')
  if (texts.length < 3) return false
  const numbers = texts.map((text) => /^\(?(\d{1,2}|[A-Z])\)?\s*(?:=.*)?$/u.exec(text)?.[1])
  if (numbers.includes(undefined)) return false
  const plain = numbers.filter((one) => /^\d/u.test(one ?? '')).map(Number)
  return plain.length >= 3 && plain.every((one, at) => at === 0 || one === (plain[at - 1] ?? 0) + 1)
}

function isHeadAgain(row: readonly (Cell | null)[], heads: readonly (readonly (Cell | null)[])[]): boolean {
  const key = row.map(textOf).join('|')
  return heads.some((head) => head.map(textOf).join('|') === key)
}

function findFirstData(rows: readonly (readonly (Cell | null)[])[]): number {
  return rows.findIndex((row, at) => {
    // A form that goes on behind a page break may begin with a row like 6.5.3.
    if (at === 0) return row.length > 2 && /^\d+(?:\.\d+)+\.?$/u.test(textOf(row[0]))
    if (isColumnNumbers(row)) return false
    const cells = [...new Set(row)]
    const [first, ...rest] = cells
    const isCoded = codePattern.test(textOf(first ?? null)) && rest.some((cell) => textOf(cell) !== '')
    return isCoded || rest.some((cell) => valueOf(cell).kind === 'number')
  })
}

function rowOf(cells: readonly (Cell | null)[], width: number): GridRow {
  const padded = Array.from({ length: width }, (_, at) => cells[at] ?? null)
  const [first = null, second = null] = padded
  const isCoded = codePattern.test(textOf(first))
  const texts = padded.map(textOf)
  const labelAt = isCoded
    ? texts.findIndex((text, at) => at > 0 && /\p{L}/u.test(text))
    : texts.findIndex((text) => /\p{L}/u.test(text))
  const label = texts[labelAt] ?? ''
  const at = (first ?? second ?? padded.find((cell) => cell !== null))?.at ?? {}
  return {
    cells: padded,
    values: padded.map((cell, place) =>
      place <= labelAt || (isCoded && place === 0) ? { kind: 'words' } : valueOf(cell),
    ),
    label,
    code: isCoded ? textOf(first).replace(/[.)]$/u, '').replace(/^\(/u, '') : '',
    at,
  }
}

export const textOf = (cell: Cell | null | undefined): string =>
  cell?.text
    .replaceAll(/<\/?[a-z]+>|\*+/giu, '')
    .replaceAll(/\s+/gu, ' ')
    .trim() ?? ''

/** The number of a cell: `07`, `2.395`, `94,65%`, `523 hồ sơ`; a dash is empty. */
export function valueOf(cell: Cell | null): Value {
  if (!cell) return { kind: 'empty' }
  if (cell.number) return { kind: 'number', ...cell.number }
  const text = textOf(cell)
  if (text === '' || /^[-–—/.]+$/u.test(text)) return { kind: 'empty' }
  const match = /^(-?)([\d.,\u00a0\u202f]*\d)\s*(%?)\s*(\p{L}.*)?$/u.exec(text)
  if (!match) return { kind: 'words' }
  const [, minus, raw = '', percent, rest = ''] = match
  if (rest !== '' && readUnit(rest).length !== rest.length) return { kind: 'words' }
  const written = readNumber(raw, percent === '%')
  if (!written) return { kind: 'words' }
  return {
    kind: 'number',
    value: minus ? -written.value : written.value,
    decimals: written.decimals,
    percent: percent === '%',
  }
}

/** "Biểu mẫu 7 · 6.7 Tỷ lệ hồ sơ …: 523": the row as one line. */
export function quoteRow(row: GridRow): string {
  const texts = [...new Set(row.cells)].map(textOf).filter((text) => text !== '')
  const quote = texts.join(' | ')
  return quote.length > 240 ? `${quote.slice(0, 200)} … ${texts.at(-1) ?? ''}` : quote
}

export const locateCell = (row: GridRow, column: number): Location =>
  row.cells[column]?.at ?? (row.at.cell === undefined ? row.at : { ...row.at, cell: neighbour(row.at.cell, column) })

/** The address of an empty cell in a row whose first cell is known. */
function neighbour(cell: string, column: number): string {
  const match = /^([A-Z]+)(\d+)$/u.exec(cell)
  if (!match) return cell
  const [, letters = 'A', line = ''] = match
  let number = [...letters].reduce((all, letter) => all * 26 + letter.charCodeAt(0) - 64, 0) + column
  let name = ''
  for (; number > 0; number = Math.floor((number - 1) / 26)) name = String.fromCharCode(65 + ((number - 1) % 26)) + name
  return `${name}${line}`
}
