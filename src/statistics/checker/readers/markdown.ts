import type { Block, Cell } from '../rules/document.ts'
import { joinBroken } from './text.ts'
import { tidy } from './tidy.ts'

/** Markdown: headings, lists, pipe tables; lines of one paragraph belong together. */
export function readMarkdown(text: string): Block[] {
  const blocks: Block[] = []
  let open: { text: string; line: number; marks: { offset: number; at: { line: number } }[] } | undefined
  let table: { cells: string[]; line: number }[] = []
  const endParagraph = () => {
    if (open) blocks.push({ kind: 'paragraph', text: open.text, at: { line: open.line }, marks: open.marks })
    open = undefined
  }
  const endTable = () => {
    if (table.length > 0) blocks.push(tableOf(table))
    table = []
  }
  for (const [index, raw] of text.split(/\r\n?|\n/u).entries()) {
    const line = index + 1
    const trimmed = raw.trim()
    if (/^\|.*\|$/u.test(trimmed)) {
      endParagraph()
      if (!/^\|[\s:|-]+\|$/u.test(trimmed))
        table.push({
          cells: trimmed
            .slice(1, -1)
            .split(/(?<!\\)\|/u)
            .map(plain),
          line,
        })
      continue
    }
    endTable()
    if (trimmed === '' || /^(?:-{3,}|\*{3,}|={3,}|```)/u.test(trimmed)) {
      endParagraph()
      continue
    }
    const heading = /^#{1,6}\s+(.*)$/u.exec(trimmed)?.[1]
    if (heading !== undefined) {
      endParagraph()
      blocks.push({ kind: 'heading', text: plain(heading), at: { line } })
      continue
    }
    const words = plain(trimmed)
    if (!open || /^(?:[-+*•]|\d+[.)])\s/u.test(trimmed)) {
      endParagraph()
      open = { text: words, line, marks: [] }
    } else {
      open.marks.push({ offset: open.text.length + 1, at: { line } })
      open.text += ` ${words}`
    }
  }
  endParagraph()
  endTable()
  return joinBroken(blocks)
}

const plain = (text: string): string =>
  tidy(
    text
      .replaceAll(/\*\*|__|`/gu, '')
      .replaceAll(/!?\[([^\]]*)\]\([^)]*\)/gu, '$1')
      .replaceAll(/<\/?[a-z][^>]*>/giu, '')
      .replaceAll('\\|', '|'),
  )

function tableOf(lines: readonly { cells: string[]; line: number }[]): Block {
  const width = Math.max(...lines.map(({ cells }) => cells.length))
  const rows = lines.map(({ cells, line }) =>
    Array.from({ length: width }, (_, at): Cell => ({ text: cells[at] ?? '', at: { line } })),
  )
  return { kind: 'table', rows, at: { line: lines[0]?.line ?? 1 } }
}
