import type { Block, Cell, Location, TextBlock } from '../rules/document.ts'
import { tidy } from './tidy.ts'

/** Plain text: a paragraph a line, tab-separated lines as tables; lines broken in the middle of a sentence are joined. */
export function readPlainText(text: string): Block[] {
  const blocks: Block[] = []
  let table: { cells: string[]; line: number }[] = []
  const endTable = () => {
    if (table.length > 1) blocks.push(tableOf(table))
    else for (const { cells, line } of table) blocks.push({ kind: 'paragraph', text: cells.join(' '), at: { line } })
    table = []
  }
  for (const [index, raw] of text.split(/\r\n?|\n/u).entries()) {
    const line = index + 1
    if (raw.split('\t').length >= 3) {
      table.push({ cells: raw.split('\t').map(tidy), line })
      continue
    }
    endTable()
    const words = tidy(raw)
    if (words !== '') blocks.push({ kind: kindOf(words), text: words, at: { line } })
  }
  endTable()
  return joinBroken(blocks)
}

const kindOf = (text: string): 'heading' | 'paragraph' =>
  /^(?:[IVX]+\.|\d+(?:\.\d+)*[.)]|[a-zđ][.)])\s+\p{Lu}[^.;:]{2,150}:?$/u.test(text) ? 'heading' : 'paragraph'

function tableOf(lines: readonly { cells: string[]; line: number }[]): Block {
  const width = Math.max(...lines.map(({ cells }) => cells.length))
  const rows = lines.map(({ cells, line }) =>
    Array.from({ length: width }, (_, at): Cell | null => ({ text: cells[at] ?? '', at: { line } satisfies Location })),
  )
  return { kind: 'table', rows, at: { line: lines[0]?.line ?? 1 } }
}

/** Joins "… một số nội dung" and "cần tập trung …" across a page break, footnotes between them skipped. */
export function joinBroken(blocks: readonly Block[]): Block[] {
  const joined: Block[] = []
  for (const block of blocks) {
    const at = block.kind === 'paragraph' && /^\p{Ll}/u.test(block.text) ? findOpen(joined) : -1
    const open = joined[at]
    if (block.kind === 'paragraph' && open && open.kind === 'paragraph') joined[at] = join(open, block)
    else joined.push(block)
  }
  return joined
}

function findOpen(joined: readonly Block[]): number {
  for (let at = joined.length - 1; at >= 0 && at > joined.length - 5; at -= 1) {
    const block = joined[at]
    if (!block || block.kind !== 'paragraph') return -1
    if (/^[⁰¹²³⁴⁵⁶⁷⁸⁹]/u.test(block.text)) continue
    return /[\p{L}\d,]$/u.test(block.text) && block.text.length > 60 ? at : -1
  }
  return -1
}

function join(open: TextBlock, block: TextBlock): TextBlock {
  const offset = open.text.length + 1
  const marks = [
    ...(open.marks ?? []),
    { offset, at: block.at },
    ...(block.marks ?? []).map((mark) => ({ ...mark, offset: mark.offset + offset })),
  ]
  return { ...open, text: `${open.text} ${block.text}`, marks }
}
