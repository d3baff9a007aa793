import type { Block, TextBlock } from './document.ts'
import { readQuantities, type Quantity, type Reading } from './numbers.ts'

/** A paragraph with its quantities, its sentences, and the list below it when it announces one. */
export type Passage = Reading & {
  index: number
  block: TextBlock
  text: string
  sentences: readonly { start: number; end: number }[]
  /** Open brackets at each offset. */
  depths: Uint16Array
  /** The mark of a list item: "-", "+", "•"; empty for a plain paragraph. */
  bullet: string
  /** The items that follow a paragraph ending in a colon. */
  items: readonly Passage[]
}

// "CT. HĐND", "BT. Đoàn": a short word in capitals before a name ends no sentence.
const sentenceEnd =
  /(?<!(?:^|[\s,;(.])(?:\p{Lu}{1,4}|Th[sS]|TP|Tx))\.(?=\s+[\p{Lu}\d“"*-])|(?<=(?:^|[\s,;(.])\p{Lu}{1,4})\.(?=\s+(?:Trong|Kết|Ngoài|Tổng|Số|Có|Đến|Cụ|Tỷ|Tỉ|Riêng)(?!\p{L}))|\.{3,}(?=\s+\p{Lu})|[?!](?=\s)|\n/gu

// No paragraph of a report is as long; what is was made to be slow.
const LONGEST = 40_000

/** Reads every paragraph once and hangs list items below the paragraph that announces them. */
export function readPassages(blocks: readonly Block[]): Passage[] {
  const passages = blocks.filter((block) => block.kind !== 'table').map((block, index) => passageOf(block, index))
  for (const [index, passage] of passages.entries()) passage.items = itemsBelow(passages, index)
  return passages
}

function passageOf(block: TextBlock, index: number): Passage {
  const { text } = block
  const sentences: { start: number; end: number }[] = []
  let start = 0
  for (const stop of text.matchAll(sentenceEnd)) {
    const end = stop.index + stop[0].length
    sentences.push({ start, end })
    start = end
  }
  if (start < text.length) sentences.push({ start, end: text.length })
  const bullet = /^\s*([-–+•*])\s*(?=[\p{L}\d“"])/u.exec(text)?.[1] ?? ''
  return {
    ...(text.length > LONGEST ? { quantities: [], doubtful: [] } : readQuantities(text)),
    index,
    block,
    text,
    sentences,
    depths: readDepths(text),
    bullet: bullet === '–' ? '-' : bullet,
    items: [],
  }
}

function itemsBelow(plain: readonly Passage[], index: number): Passage[] {
  const parent = plain[index]
  const first = plain[index + 1]
  if (!parent || !first || !/(?:[:：]|như sau|trong đó|cụ thể|gồm)[\s.]*$/iu.test(parent.text)) return []
  if (first.bullet === '' || first.bullet === parent.bullet) return []
  const items: Passage[] = []
  for (let at = index + 1; at < plain.length; at += 1) {
    const next = plain[at]
    if (!next || next.bullet === '' || next.bullet === parent.bullet) break
    if (next.bullet === first.bullet) items.push(next)
  }
  return items
}

/** How many brackets are open at an offset; one that never closes counts to the end. */
export const depthAt = ({ depths }: Pick<Passage, 'depths'>, offset: number): number => depths[offset] ?? 0

function readDepths(text: string): Uint16Array {
  const depths = new Uint16Array(text.length + 1)
  let depth = 0
  for (let at = 0; at < text.length; at += 1) {
    depths[at] = depth
    if (text[at] === '(') depth += 1
    else if (text[at] === ')' && depth > 0) depth -= 1
  }
  depths[text.length] = depth
  return depths
}

/** The offset of the bracket that closes the one open at `from` (offset behind the opening one), or -1. */
export function closingOf(text: string, from: number): number {
  let depth = 1
  for (let at = from; at < text.length; at += 1) {
    if (text[at] === '(') depth += 1
    else if (text[at] === ')') {
      depth -= 1
      if (depth === 0) return at
    }
  }
  return -1
}

/** The words that say what a quantity counts: those before it in its clause, and those behind its noun. */
export function labelOf(
  { text, quantities }: Pick<Passage, 'text' | 'quantities'>,
  quantity: Quantity,
): { before: string; after: string; all: string } {
  const previous = quantities.findLast((one) => one.unitEnd <= quantity.start)
  const next = quantities.find((one) => one.start >= quantity.unitEnd)
  const head = text.slice(Math.max(previous?.unitEnd ?? 0, quantity.start - 160), quantity.start)
  const tail = text.slice(quantity.unitEnd, Math.min(next?.start ?? text.length, quantity.unitEnd + 120))
  // "… cấp huyện và 50 TTHC cấp xã": what stands before "và" is of the count before.
  const before = (head.split(/[,;()]|\.\s/u).at(-1) ?? '')
    .trim()
    .toLowerCase()
    .replace(/^.*(?<!\p{L})và$/u, '')
  const after = (tail.split(/[,;():]|\.(?:\s|$)/u)[0] ?? '')
    .trim()
    .toLowerCase()
    .replace(/(?<!\p{L})và$/u, '')
    .trim()
  return { before, after, all: `${before} ${quantity.unit} ${after}`.replace(/\s+/gu, ' ').trim() }
}

/** The sentence in which an offset lies. */
export function sentenceAt(
  passage: Pick<Passage, 'sentences' | 'text'>,
  offset: number,
): { start: number; end: number; index: number } {
  const index = passage.sentences.findIndex(({ start, end }) => offset >= start && offset < end)
  const sentence = passage.sentences[index]
  return sentence ? { ...sentence, index } : { start: 0, end: passage.text.length, index: 0 }
}
