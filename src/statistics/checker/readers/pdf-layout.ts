import type { Block, Cell, Location, TextBlock } from '../rules/document.ts'
import { tidy } from './tidy.ts'
import type { Line, Segment } from './pdf-lines.ts'
import type { RuledTable } from './pdf-rules.ts'
import { joinBroken } from './text.ts'

type Placed = Line & { page: number }

/** Makes paragraphs and tables of the lines of all pages. */
export function layOut(pages: readonly { lines: readonly Line[]; tables: readonly RuledTable[] }[]): Block[] {
  const blocks = pages.flatMap(({ lines, tables }, index) =>
    layOutPage(
      lines.filter((line) => !isPageNumber(line, lines)).map((line) => ({ ...line, page: index + 1 })),
      tables.toSorted((a, b) => b.top - a.top),
    ),
  )
  return joinBroken(joinPages(blocks))
}

const isPageNumber = (line: Line, lines: readonly Line[]): boolean => {
  const [only] = line.segments
  const isEdge = lines.indexOf(line) < 1 || lines.indexOf(line) > lines.length - 2
  return (
    isEdge &&
    line.segments.length === 1 &&
    /^(?:trang\s*)?[-–]?\s*\d{1,3}(?:\s*\/\s*\d{1,3})?\s*[-–]?$/iu.test(only?.text ?? '')
  )
}

/** Lines above a ruled table, the table, the lines below it. */
function layOutPage(lines: readonly Placed[], tables: readonly RuledTable[]): Block[] {
  const blocks: Block[] = []
  let rest = lines
  for (const { top, block } of tables) {
    const above = rest.filter((line) => line.y > top)
    blocks.push(...layOutLines(above), block)
    rest = rest.filter((line) => line.y <= top)
  }
  return [...blocks, ...layOutLines(rest)]
}

function layOutLines(lines: readonly Placed[]): Block[] {
  const blocks: Block[] = []
  let words: Placed[] = []
  const endWords = () => {
    blocks.push(...paragraphsOf(words))
    words = []
  }
  for (let at = 0; at < lines.length;) {
    const end = endOfTable(lines, at)
    const line = lines[at]
    if (end > at) {
      endWords()
      blocks.push(...tableOf(lines.slice(at, end)))
      at = end
    } else {
      if (line) words.push(line)
      at += 1
    }
  }
  endWords()
  return blocks
}

const isRow = (line: Placed): boolean =>
  line.segments.length >= 3 || (line.segments.length === 2 && line.segments.some(({ text }) => isNumber(text)))
const isNumber = (text: string): boolean => /^-?[\d.,]+\s*%?$/u.test(text)

/** Where a table that begins here ends: rows of several parts, with lines of one part between them (wrapped cells). */
function endOfTable(lines: readonly Placed[], start: number): number {
  if (!lines[start] || lines[start].segments.length < 2) return start
  let end = start
  let rows = 0
  let numbers = 0
  let single = 0
  for (let at = start; at < lines.length; at += 1) {
    const line = lines[at]
    if (!line) break
    if (isRow(line)) {
      rows += 1
      if (line.segments.some(({ text }) => isNumber(text))) numbers += 1
      single = 0
      end = at + 1
      continue
    }
    single += 1
    const previous = lines[at - 1]
    const gap = previous ? previous.y - line.y : 0
    if (single > 4 || gap > line.height * 2.6) break
  }
  if (rows < 2 || numbers < 2) return start
  // What hangs below the last row is its wrapped cell when it stands under one column and close.
  for (let at = end; at < lines.length && at < end + 3; at += 1) {
    const [line, previous] = [lines[at], lines[at - 1]]
    const last = lines[end - 1]
    const [segment] = line?.segments ?? []
    if (
      !line ||
      !previous ||
      !last ||
      !segment ||
      line.segments.length !== 1 ||
      previous.y - line.y > line.height * 1.5
    )
      break
    const over = last.segments.find((one) => overlap(one, segment) > 0)
    if (!over || segment.from < over.from - 2 || last.segments.indexOf(over) === 0) break
    end = at + 1
  }
  return end
}

const overlap = (one: { from: number; to: number }, two: { from: number; to: number }): number =>
  Math.min(one.to, two.to) - Math.max(one.from, two.from)

function tableOf(lines: readonly Placed[]): Block[] {
  const columns = columnsOf(lines)
  if (columns.length < 2) return paragraphsOf(lines)
  const rows: { texts: string[]; at: Location; y: number }[] = []
  const hanging: { line: Placed; place: number; text: string }[] = []
  for (const line of lines) {
    const at = { page: line.page, line: line.number }
    const texts = Array.from({ length: columns.length }, () => '')
    for (const segment of line.segments) {
      const place = placeOf(segment, columns)
      texts[place] = `${texts[place] ?? ''} ${segment.text}`.trim()
    }
    const filled = texts.filter((text) => text !== '').length
    const isStart = isRow(line) || rows.length === 0 || /^(?:\d+(?:\.\d+)*|[IVX]+)[.)]?$/u.test(texts[0] ?? '')
    if (isStart || filled > 2) rows.push({ texts, at, y: line.y })
    else for (const [place, text] of texts.entries()) if (text !== '') hanging.push({ line, place, text })
  }
  // Wrapped words belong to the nearest row; a code may stand in the middle of its wrapped words.
  for (const { line, place, text } of hanging) {
    const nearest = rows.reduce((best, row) => (Math.abs(row.y - line.y) < Math.abs(best.y - line.y) ? row : best))
    nearest.texts[place] =
      nearest.y < line.y
        ? `${text} ${nearest.texts[place] ?? ''}`.trim()
        : `${nearest.texts[place] ?? ''} ${text}`.trim()
  }
  const cells = rows.map(({ texts, at }) => texts.map((text): Cell => ({ text: tidy(text), at })))
  return [{ kind: 'table', rows: cells, at: rows[0]?.at ?? {} }]
}

/** Columns are where the parts of full rows stand over one another. */
function columnsOf(lines: readonly Placed[]): { from: number; to: number }[] {
  const full = lines.filter(isRow)
  const most = Math.max(...full.map(({ segments }) => segments.length))
  const typical = full.filter(
    ({ segments }) => segments.length >= Math.max(2, most - 1) && segments.some(({ text }) => isNumber(text)),
  )
  const columns: { from: number; to: number }[] = []
  for (const { from, to } of typical.flatMap(({ segments }) => segments)) {
    const touching = columns.filter((column) => overlap(column, { from, to }) > 0)
    const merged = touching.reduce(
      (all, column) => ({ from: Math.min(all.from, column.from), to: Math.max(all.to, column.to) }),
      { from, to },
    )
    for (const column of touching) columns.splice(columns.indexOf(column), 1)
    columns.push(merged)
  }
  return columns.toSorted((a, b) => a.from - b.from)
}

function placeOf(segment: Segment, columns: readonly { from: number; to: number }[]): number {
  const scores = columns.map((column) => {
    const shared = overlap(column, segment)
    return shared > 0 ? shared : -Math.min(Math.abs(column.from - segment.to), Math.abs(segment.from - column.to))
  })
  return scores.indexOf(Math.max(...scores))
}

/** Lines are joined until one is short, another begins with a mark or is set apart. */
function paragraphsOf(lines: readonly Placed[]): TextBlock[] {
  const blocks: TextBlock[] = []
  const right = Math.max(0, ...lines.map(({ segments }) => segments.at(-1)?.to ?? 0))
  const left = Math.min(...lines.map(({ segments }) => segments[0]?.from ?? 0))
  let previous: Placed | undefined
  for (const line of lines) {
    const at = { page: line.page, line: line.number }
    const parts = isHead(line)
      ? line.segments.map(({ text }) => text)
      : [line.segments.map(({ text }) => text).join(' ')]
    const open = blocks.at(-1)
    for (const text of parts) {
      if (open && previous && parts.length === 1 && !startsAnew(line, previous, { left, right }, text)) {
        blocks[blocks.length - 1] = {
          ...open,
          text: `${open.text} ${text}`,
          marks: [...(open.marks ?? []), { offset: open.text.length + 1, at }],
        }
      } else blocks.push({ kind: 'paragraph', text, at })
    }
    previous = line
  }
  return blocks
}

/** Two blocks side by side: the head of a paper. */
const isHead = (line: Placed): boolean =>
  line.segments.length === 2 && (line.segments[1]?.from ?? 0) - (line.segments[0]?.to ?? 0) > line.height * 2

function startsAnew(
  line: Placed,
  previous: Placed,
  { left, right }: { left: number; right: number },
  text: string,
): boolean {
  if (isHead(previous)) return true
  const from = line.segments[0]?.from ?? 0
  const before = previous.segments[0]?.from ?? 0
  const end = previous.segments.at(-1)?.to ?? 0
  if (previous.y - line.y > Math.max(line.height, previous.height) * 2.2) return true
  if (/^(?:[-–+*•]\s|[IVX]+\.\s|\d+(?:\.\d+)*[.)]\s|[a-zđ][.)]\s|[⁰¹²³⁴⁵⁶⁷⁸⁹])/u.test(text)) return true
  // An indented line after a full one, or any line after a short one, begins a paragraph.
  if (from > left + line.height && before <= left + line.height / 2) return true
  return end < right - (right - left) * 0.15 && /[.:;!?…)”"]$/u.test(previous.segments.at(-1)?.text ?? '')
    ? true
    : end < left + (right - left) * 0.6
}

/** A table that goes on on the next page is one table for those who read it. */
function joinPages(blocks: readonly Block[]): Block[] {
  const joined: Block[] = []
  for (const block of blocks) {
    const last = joined.at(-1)
    if (
      block.kind === 'table' &&
      last?.kind === 'table' &&
      last.at.page !== block.at.page &&
      last.rows[0]?.length === block.rows[0]?.length
    )
      joined[joined.length - 1] = { ...last, rows: [...last.rows, ...block.rows] }
    else joined.push(block)
  }
  return joined
}
