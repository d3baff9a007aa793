import { parse, type DefaultTreeAdapterMap } from 'parse5'
import type { Block, Cell, Location } from '../rules/document.ts'
import { joinBroken } from './text.ts'
import { tidy } from './tidy.ts'

type Node = DefaultTreeAdapterMap['node']
type Element = DefaultTreeAdapterMap['element']

/** How places are counted: lines of the source, or one after another (Word files, whose lines nobody sees). */
export type Counting = 'source-lines' | 'ordinals'

const skipped = new Set([
  'script',
  'style',
  'head',
  'noscript',
  'template',
  'iframe',
  'svg',
  'object',
  'select',
  'textarea',
  'button',
])
const blocks = new Set(
  'address article aside blockquote body center dd details dialog div dl dt fieldset figcaption figure footer form h1 h2 h3 h4 h5 h6 header hr html li main nav ol p pre section summary table td th tr ul caption tbody thead tfoot'.split(
    ' ',
  ),
)
const raised = '⁰¹²³⁴⁵⁶⁷⁸⁹'

/** Reads a page: paragraphs, headings, list items and tables in the order of the page. */
export function readHtml(source: string, counting: Counting = 'source-lines'): Block[] {
  const reader = new HtmlReader(counting)
  reader.read(parse(source, { sourceCodeLocationInfo: true }))
  return joinBroken(reader.blocks)
}

class HtmlReader {
  readonly blocks: Block[] = []
  readonly #counting: Counting
  #text = ''
  #line: number | undefined
  #heading = false
  #ordinal = 0

  constructor(counting: Counting) {
    this.#counting = counting
  }

  read(node: Node): void {
    for (const child of childrenOf(node)) this.#readNode(child)
    this.#endParagraph()
  }

  #readNode(node: Node): void {
    if (node.nodeName === '#text' && 'value' in node) {
      this.#line ??= /\S/u.test(node.value) ? lineOfText(node) : undefined
      this.#text += node.value
      return
    }
    if (!('tagName' in node) || skipped.has(node.tagName) || isHidden(node)) return
    if (node.tagName === 'br') return this.#endParagraph()
    if (node.tagName === 'sup') {
      this.#text += superscript(textIn(node))
      return
    }
    if (!blocks.has(node.tagName)) {
      for (const child of node.childNodes) this.#readNode(child)
      return
    }
    this.#endParagraph()
    if (node.tagName === 'table') this.#readTable(node)
    else this.#readBlock(node)
    this.#endParagraph()
  }

  #readBlock(node: Element): void {
    this.#heading = /^h[1-6]$/u.test(node.tagName)
    if (node.tagName === 'li') {
      const note = attribute(node, 'id')?.startsWith('footnote-') ?? false
      this.#text = note ? superscript(String(placeAmong(node))) : '- '
    }
    for (const child of node.childNodes) {
      if (node.tagName === 'li' && child.nodeName === 'p' && 'childNodes' in child)
        for (const inner of child.childNodes) this.#readNode(inner)
      else this.#readNode(child)
    }
  }

  #endParagraph(): void {
    const text = tidy(this.#text.replaceAll(/\s/gu, ' ').replace(/↑\s*$/u, ''))
    const heading = this.#heading
    const line = this.#line
    this.#text = ''
    this.#heading = false
    this.#line = undefined
    if (text === '' || text === '-') return
    this.blocks.push({ kind: heading ? 'heading' : 'paragraph', text, at: this.#place(line) })
  }

  #place(line: number | undefined): Location {
    this.#ordinal += 1
    return this.#counting === 'ordinals' || line === undefined ? { line: this.#ordinal } : { line }
  }

  #readTable(table: Element): void {
    const rows = rowsOf(table)
    const grid: (Cell | null)[][] = rows.map(() => [])
    const isLayout =
      rows.some((row) => cellsOf(row).some((cell) => findAll(cell, 'table').length > 0)) || looksLikeLayout(rows)
    if (isLayout) {
      for (const row of rows) for (const cell of cellsOf(row)) this.read(cell)
      return
    }
    for (const caption of table.childNodes.filter((child) => child.nodeName === 'caption')) this.read(caption)
    for (const [rowAt, row] of rows.entries()) {
      const at = this.#place(row.sourceCodeLocation?.startLine)
      let column = 0
      for (const cell of cellsOf(row)) {
        while (grid[rowAt]?.[column] !== undefined) column += 1
        const place =
          this.#counting === 'source-lines' && cell.sourceCodeLocation
            ? { line: cell.sourceCodeLocation.startLine }
            : at
        const made: Cell = { text: tidy(textIn(cell).replaceAll(/\s/gu, ' ')), at: place }
        const [width, height] = [span(cell, 'colspan', 60), span(cell, 'rowspan', rows.length - rowAt)]
        for (let down = 0; down < height; down += 1)
          for (let across = 0; across < width; across += 1) {
            const line = grid[rowAt + down]
            if (line && line[column + across] === undefined) line[column + across] = made
          }
        column += width
      }
    }
    const width = Math.max(0, ...grid.map((row) => row.length))
    const full = grid
      .filter((row) => row.length > 0)
      .map((row) => Array.from({ length: width }, (_, at) => row[at] ?? null))
    const first = full[0]?.find((cell) => cell !== null)
    if (full.length > 0) this.blocks.push({ kind: 'table', rows: full, at: first?.at ?? {} })
  }
}

/** The head of a decree-30 paper, a signature: cells that hold no table of numbers. */
function looksLikeLayout(rows: readonly Element[]): boolean {
  const widths = rows.map((row) => cellsOf(row).length)
  if (Math.max(0, ...widths) <= 1) return true
  if (Math.max(...widths) > 2 || rows.length > 6) return false
  return !rows.some((row) => cellsOf(row).some((cell) => /^\s*[\d.,]+\s*%?\s*$/u.test(textIn(cell))))
}

const childrenOf = (node: Node): Node[] => ('childNodes' in node ? node.childNodes : [])
const attribute = (node: Element, name: string): string | undefined =>
  node.attrs.find((one) => one.name === name)?.value
const isHidden = (node: Element): boolean =>
  node.attrs.some(({ name, value }) => name === 'hidden' || (name === 'style' && /display\s*:\s*none/iu.test(value)))

function lineOfText(node: DefaultTreeAdapterMap['textNode']): number | undefined {
  const start = node.sourceCodeLocation?.startLine
  if (start === undefined) return undefined
  const lead = /^\s*/u.exec(node.value)?.[0] ?? ''
  return start + (lead.split('\n').length - 1)
}

const span = (cell: Element, name: string, most: number): number => {
  const value = Number(attribute(cell, name) ?? 1)
  return Number.isInteger(value) && value > 0 ? Math.min(value, Math.max(1, most)) : 1
}

function rowsOf(table: Element): Element[] {
  return table.childNodes.flatMap((child): Element[] => {
    if (!('tagName' in child)) return []
    if (child.tagName === 'tr') return [child]
    return ['tbody', 'thead', 'tfoot'].includes(child.tagName) ? rowsOf(child) : []
  })
}

const cellsOf = (row: Element): Element[] =>
  row.childNodes.filter(
    (child): child is Element => 'tagName' in child && (child.tagName === 'td' || child.tagName === 'th'),
  )

function findAll(node: Node, name: string): Element[] {
  return childrenOf(node).flatMap((child) =>
    'tagName' in child ? [...(child.tagName === name ? [child] : []), ...findAll(child, name)] : [],
  )
}

/** All words below a node; a footnote mark becomes a raised figure. */
function textIn(node: Node): string {
  if (node.nodeName === '#text' && 'value' in node) return node.value
  if (!('tagName' in node)) return childrenOf(node).map(textIn).join('')
  if (skipped.has(node.tagName)) return ''
  const inner = node.childNodes.map(textIn).join('')
  if (node.tagName === 'sup') return superscript(inner)
  return blocks.has(node.tagName) || node.tagName === 'br' ? ` ${inner} ` : inner
}

/** `[1]` and `1` become ¹; other raised text stays as it is. */
function superscript(text: string): string {
  const digits = /^\s*[[(]?(\d{1,3})[\])]?\s*$/u.exec(text)?.[1]
  return digits === undefined ? text : [...digits].map((digit) => raised[Number(digit)] ?? digit).join('')
}

function placeAmong(item: Element): number {
  const parent = item.parentNode
  if (!parent || !('childNodes' in parent)) return 1
  return parent.childNodes.filter((child) => child.nodeName === 'li').indexOf(item) + 1
}
