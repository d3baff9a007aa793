import type { Cell, TableBlock } from '../rules/document.ts'
import { linesOf, type Line, type PdfPiece } from './pdf-lines.ts'

/** A ruled line of a page: horizontal when `y0 = y1`, vertical when `x0 = x1`. */
export type Rule = { x0: number; y0: number; x1: number; y1: number }

/** A table drawn with lines: what stands in each of its cells, and how much of the page it takes. */
export type RuledTable = { top: number; bottom: number; block: TableBlock; pieces: ReadonlySet<PdfPiece> }

const NEAR = 3

/** Finds tables by their drawn lines and puts the pieces of text into the cells. */
export function findRuledTables(
  rules: readonly Rule[],
  pieces: readonly PdfPiece[],
  lines: readonly Line[],
  page: number,
): RuledTable[] {
  const across = merge(rules.filter(({ y0, y1 }) => y0 === y1).map(({ x0, x1, y0 }) => ({ at: y0, from: x0, to: x1 })))
  const down = merge(rules.filter(({ x0, x1 }) => x0 === x1).map(({ y0, y1, x0 }) => ({ at: x0, from: y0, to: y1 })))
  return components(across, down).flatMap((one) => tableOf(one, pieces, lines, page))
}

/** A line at a height (or a place across), from one end to the other. */
type Stroke = { at: number; from: number; to: number }

/** Joins strokes that continue one another: borders are often drawn cell by cell. */
function merge(strokes: readonly Stroke[]): Stroke[] {
  const merged: Stroke[] = []
  for (const stroke of strokes.toSorted((a, b) => a.at - b.at || a.from - b.from)) {
    const open = merged.findLast(
      (one) => Math.abs(one.at - stroke.at) <= 1.5 && stroke.from <= one.to + NEAR && stroke.to >= one.from - NEAR,
    )
    if (open) {
      open.from = Math.min(open.from, stroke.from)
      open.to = Math.max(open.to, stroke.to)
    } else merged.push({ ...stroke })
    if (merged.length > 4000) break
  }
  return merged.filter(({ from, to }) => to - from > 4)
}

type Component = { across: Stroke[]; down: Stroke[] }

/** Lines that cross one another belong to one table. */
function components(across: readonly Stroke[], down: readonly Stroke[]): Component[] {
  const groups: Component[] = []
  for (const vertical of down) {
    const crossed = across.filter(
      (one) =>
        one.at >= vertical.from - NEAR &&
        one.at <= vertical.to + NEAR &&
        vertical.at >= one.from - NEAR &&
        vertical.at <= one.to + NEAR,
    )
    if (crossed.length < 2) continue
    const touching = groups.filter((group) => group.across.some((one) => crossed.includes(one)))
    const joined: Component = {
      across: [...new Set([...touching.flatMap((group) => group.across), ...crossed])],
      down: [...touching.flatMap((group) => group.down), vertical],
    }
    for (const group of touching) groups.splice(groups.indexOf(group), 1)
    groups.push(joined)
  }
  return groups.filter((group) => places(group.down).length >= 3 && places(group.across).length >= 3)
}

/** The distinct places of strokes, in order. */
function places(strokes: readonly Stroke[]): number[] {
  const found: number[] = []
  for (const { at } of strokes.toSorted((a, b) => a.at - b.at))
    if (at - (found.at(-1) ?? Number.NEGATIVE_INFINITY) > NEAR) found.push(at)
  return found
}

function tableOf(
  { across, down }: Component,
  pieces: readonly PdfPiece[],
  lines: readonly Line[],
  page: number,
): RuledTable[] {
  const xs = places(down)
  const ys = places(across).toReversed()
  const [width, height] = [xs.length - 1, ys.length - 1]
  if (width > 80 || height > 600) return []
  const [left = 0, top = 0] = [xs[0], ys[0]]
  const [right = 0, bottom = 0] = [xs.at(-1), ys.at(-1)]
  const taken = new Set<PdfPiece>()
  const contents: PdfPiece[][] = Array.from({ length: width * height }, () => [])
  for (const piece of pieces) {
    const middle = piece.y + piece.height * 0.3
    if (piece.x < left - NEAR || piece.x > right || middle < bottom || middle > top) continue
    taken.add(piece)
    const row = ys.findLastIndex((y) => y >= middle)
    for (const part of split(piece, xs)) {
      const column = xs.findLastIndex((x) => x <= part.x + part.width / 2)
      contents[Math.max(0, Math.min(height - 1, row)) * width + Math.max(0, Math.min(width - 1, column))]?.push(part)
    }
  }
  if (taken.size === 0) return []
  const owner = joinCells({ xs, ys, across, down })
  const cells = new Map<number, Cell>()
  const rows = Array.from({ length: height }, (_, row) =>
    Array.from({ length: width }, (_, column) => {
      const root = owner(row * width + column)
      const known = cells.get(root)
      if (known) return known
      const inside = contents.filter((_, place) => owner(place) === root).flat()
      const text = linesOf(inside)
        .map((line) => line.segments.map((segment) => segment.text).join(' '))
        .join(' ')
      const cell: Cell = { text, at: { page, line: lineAt(lines, ys[row] ?? 0, ys[row + 1] ?? 0) } }
      cells.set(root, cell)
      return cell
    }),
  )
  const first = rows[0]?.[0]
  return [{ top, bottom, block: { kind: 'table', rows, at: first?.at ?? { page } }, pieces: taken }]
}

/** The number of the first line of text between two heights. */
const lineAt = (lines: readonly Line[], top: number, bottom: number): number =>
  (
    lines.find(({ y, height }) => y + height * 0.3 < top && y + height * 0.3 > bottom) ??
    lines.find(({ y }) => y < top) ??
    lines.at(-1)
  )?.number ?? 1

/** A run of text across a border is parted at its spaces. */
function split(piece: PdfPiece, xs: readonly number[]): PdfPiece[] {
  const crosses = xs.some((x) => x > piece.x + NEAR && x < piece.x + piece.width - NEAR)
  if (!crosses || !piece.text.includes(' ')) return [piece]
  const step = piece.width / piece.text.length
  return [...piece.text.matchAll(/\S+\s*/gu)].map((match) => ({
    ...piece,
    text: match[0],
    x: piece.x + match.index * step,
    width: match[0].trimEnd().length * step,
  }))
}

/** Cells without a line between them are one merged cell: gives the first place of the cell that a place belongs to. */
function joinCells({
  xs,
  ys,
  across,
  down,
}: { xs: readonly number[]; ys: readonly number[] } & Component): (place: number) => number {
  const [width, height] = [xs.length - 1, ys.length - 1]
  const parents = Array.from({ length: width * height }, (_, place) => place)
  const find = (place: number): number => {
    let at = place
    while (parents[at] !== at) at = parents[at] ?? at
    return at
  }
  const join = (one: number, two: number) => {
    const [a, b] = [find(one), find(two)].toSorted((x, y) => x - y)
    if (a !== undefined && b !== undefined) parents[b] = a
  }
  const isCut = (strokes: readonly Stroke[], at: number, middle: number) =>
    strokes.some((one) => Math.abs(one.at - at) <= NEAR && one.from <= middle && one.to >= middle)
  for (let row = 0; row < height; row += 1)
    for (let column = 0; column < width; column += 1) {
      const [x0 = 0, x1 = 0, y0 = 0, y1 = 0] = [xs[column], xs[column + 1], ys[row], ys[row + 1]]
      if (column + 1 < width && !isCut(down, x1, (y0 + y1) / 2)) join(row * width + column, row * width + column + 1)
      if (row + 1 < height && !isCut(across, y1, (x0 + x1) / 2)) join(row * width + column, (row + 1) * width + column)
    }
  return find
}
