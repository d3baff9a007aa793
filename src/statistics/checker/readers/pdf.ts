import type { Block } from '../rules/document.ts'
import { multiply, readGlyphs } from './pdf-glyphs.ts'
import { linesOf, type PdfPiece } from './pdf-lines.ts'
import { layOut } from './pdf-layout.ts'
import { findRuledTables, type Rule } from './pdf-rules.ts'
import { UnreadableFile } from './unreadable.ts'

const MOST_PAGES = 600

/** A PDF with text: paragraphs and tables by page and line. A scan without a text layer cannot be read. */
export async function readPdf(bytes: Uint8Array): Promise<Block[]> {
  const { getDocumentProxy, getResolvedPDFJS } = await import('unpdf')
  const document = await open(() => getDocumentProxy(new Uint8Array(bytes), { verbosity: 0, stopAtErrors: false }))
  if (document.numPages > MOST_PAGES) throw new UnreadableFile('too-heavy')
  const { OPS } = await getResolvedPDFJS()
  const pages: { pieces: PdfPiece[]; rules: Rule[] }[] = []
  for (let number = 1; number <= document.numPages; number += 1) {
    const page = await document.getPage(number)
    const { fnArray, argsArray } = await page.getOperatorList()
    const pieces = readGlyphs(fnArray, argsArray as unknown[], OPS)
    pages.push({ pieces, rules: rulesOf(fnArray, argsArray as unknown[], OPS) })
    page.cleanup()
  }
  const letters = pages
    .flatMap(({ pieces }) => pieces)
    .reduce((all, { text }) => all + text.replaceAll(/\P{L}/gu, '').length, 0)
  // A few letters on pages of pictures are stamps or the name of the scanner.
  if (letters < 15 * Math.max(1, document.numPages)) throw new UnreadableFile('no-text-layer')
  return layOut(
    pages.map(({ pieces, rules }, index) => {
      const lines = linesOf(pieces)
      const tables = findRuledTables(rules, pieces, lines, index + 1)
      const inTables = new Set(tables.flatMap((table) => [...table.pieces]))
      return {
        lines: linesOf(
          pieces.filter((piece) => !inTables.has(piece)),
          lines,
        ),
        tables,
      }
    }),
  )
}

async function open<Document>(load: () => Promise<Document>): Promise<Document> {
  try {
    return await load()
  } catch (cause) {
    const name = cause instanceof Error ? cause.name : ''
    throw new UnreadableFile(name === 'PasswordException' ? 'encrypted' : 'damaged', { cause })
  }
}

type Matrix = readonly [number, number, number, number, number, number]

/** The straight lines that a page draws, thin filled boxes included. */
function rulesOf(operators: readonly number[], given: readonly unknown[], ops: Record<string, number>): Rule[] {
  const rules: Rule[] = []
  const stack: Matrix[] = []
  let matrix: Matrix = [1, 0, 0, 1, 0, 0]
  for (const [at, operator] of operators.entries()) {
    if (rules.length > 20_000) break
    if (operator === ops['save']) stack.push(matrix)
    else if (operator === ops['restore']) matrix = stack.pop() ?? matrix
    else if (operator === ops['transform']) matrix = multiply(matrix, given[at] as number[])
    else if (operator === ops['paintFormXObjectBegin']) {
      stack.push(matrix)
      const form = (given[at] as unknown[])[0]
      if (Array.isArray(form)) matrix = multiply(matrix, form as number[])
    } else if (operator === ops['paintFormXObjectEnd']) matrix = stack.pop() ?? matrix
    else if (operator === ops['constructPath'])
      rules.push(...rulesOfPath(given[at] as [number, unknown[]], matrix, ops))
  }
  return rules
}

const THIN = 2.5

function rulesOfPath([paint, data]: [number, unknown[]], matrix: Matrix, ops: Record<string, number>): Rule[] {
  if (paint === ops['endPath'] || paint === ops['clip'] || paint === ops['eoClip']) return []
  const isStroked = [
    ops['stroke'],
    ops['closeStroke'],
    ops['fillStroke'],
    ops['eoFillStroke'],
    ops['closeFillStroke'],
  ].includes(paint)
  const path = data[0]
  if (!(path instanceof Float32Array)) return []
  return subpaths(path, matrix).flatMap((points) => {
    const [xs, ys] = [points.map(([x]) => x), points.map(([, y]) => y)]
    const box = { x0: Math.min(...xs), x1: Math.max(...xs), y0: Math.min(...ys), y1: Math.max(...ys) }
    if (box.y1 - box.y0 <= THIN && box.x1 - box.x0 > THIN)
      return [{ ...box, y0: (box.y0 + box.y1) / 2, y1: (box.y0 + box.y1) / 2 }]
    if (box.x1 - box.x0 <= THIN && box.y1 - box.y0 > THIN)
      return [{ ...box, x0: (box.x0 + box.x1) / 2, x1: (box.x0 + box.x1) / 2 }]
    if (!isStroked) return []
    return points.slice(1).flatMap(([x, y], at): Rule[] => {
      const [px = x, py = y] = points[at] ?? []
      if (Math.abs(px - x) < 0.5 && Math.abs(py - y) > THIN)
        return [{ x0: x, x1: x, y0: Math.min(y, py), y1: Math.max(y, py) }]
      if (Math.abs(py - y) < 0.5 && Math.abs(px - x) > THIN)
        return [{ y0: y, y1: y, x0: Math.min(x, px), x1: Math.max(x, px) }]
      return []
    })
  })
}

/** The corners of each part of a path: 0 begins one, 1 draws on, 2 and 3 bend, 4 closes. */
function subpaths(path: Float32Array, [a, b, c, d, e, f]: Matrix): [number, number][][] {
  const found: [number, number][][] = []
  const point = (at: number): [number, number] => {
    const [x = 0, y = 0] = [path[at], path[at + 1]]
    return [a * x + c * y + e, b * x + d * y + f]
  }
  for (let at = 0; at < path.length;) {
    const step = path[at]
    const open = found.at(-1)
    if (step === 0) found.push([point(at + 1)])
    else if (step === 1) open?.push(point(at + 1))
    else if (step === 4) {
      const first = open?.[0]
      if (first) open.push(first)
    }
    if (step === undefined || step > 4) break
    at += [3, 3, 7, 5, 1][step] ?? 1
  }
  return found
}
