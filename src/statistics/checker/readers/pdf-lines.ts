import { tidy } from './tidy.ts'

/** A run of letters where the page draws it; `y` grows upwards. */
export type PdfPiece = { text: string; x: number; y: number; width: number; height: number }

/** Words that stand together in a line; wide gaps part them, as between columns. */
export type Segment = { text: string; from: number; to: number }
export type Line = { number: number; y: number; height: number; segments: Segment[] }

const raised = '⁰¹²³⁴⁵⁶⁷⁸⁹'

/** Puts the pieces of a page into lines from the top down; numbers are those of `all` when only some pieces are given. */
export function linesOf(pieces: readonly PdfPiece[], all?: readonly Line[]): Line[] {
  const rows: PdfPiece[][] = []
  for (const piece of pieces.filter(({ text }) => text.trim() !== '').toSorted((a, b) => b.y - a.y)) {
    const row = rows.at(-1)
    const base = row?.reduce((tall, one) => (one.height > tall.height ? one : tall))
    // Raised marks of footnotes stand a little above their line.
    if (base && base.y - piece.y < Math.max(base.height, piece.height) * 0.5) row?.push(piece)
    else rows.push([piece])
  }
  return rows.map((row, index) => {
    const line = lineOf(row, index + 1)
    const same = all?.find((one) => Math.abs(one.y - line.y) < line.height * 0.5)
    return same ? { ...line, number: same.number } : line
  })
}

function lineOf(row: readonly PdfPiece[], number: number): Line {
  const sorted = row.toSorted((a, b) => a.x - b.x)
  const height = Math.max(...sorted.map((piece) => piece.height))
  const base = Math.min(...sorted.filter((piece) => piece.height >= height * 0.8).map((piece) => piece.y))
  const segments: Segment[] = []
  for (const piece of sorted) {
    const open = segments.at(-1)
    const text = isRaised(piece, height, base) ? raise(piece.text) : piece.text
    const gap = open ? piece.x - open.to : Number.POSITIVE_INFINITY
    if (open && gap < height * 1.1) {
      open.text += gap > height * 0.15 && !/\s$/u.test(open.text) && !/^\s/u.test(text) ? ` ${text}` : text
      open.to = Math.max(open.to, piece.x + piece.width)
    } else segments.push({ text, from: piece.x, to: piece.x + piece.width })
  }
  return {
    number,
    y: base,
    height,
    segments: segments.map((one) => ({ ...one, text: tidy(one.text) })).filter(({ text }) => text !== ''),
  }
}

const isRaised = (piece: PdfPiece, height: number, base: number): boolean =>
  piece.height < height * 0.8 && piece.y > base + height * 0.15 && /^\s*\d{1,3}\s*$/u.test(piece.text)
const raise = (text: string): string => [...text.trim()].map((digit) => raised[Number(digit)] ?? digit).join('')
