import type { PdfPiece } from './pdf-lines.ts'

type Matrix = readonly [number, number, number, number, number, number]
type Glyph = { unicode?: string; width?: number; isSpace?: boolean }

const identity: Matrix = [1, 0, 0, 1, 0, 0]

/** One matrix after another, as the page draws. */
export function multiply(
  [a, b, c, d, e, f]: Matrix,
  [g = 1, h = 0, i = 0, j = 1, k = 0, l = 0]: ArrayLike<number> & Iterable<number>,
): Matrix {
  return [a * g + c * h, b * g + d * h, a * i + c * j, b * i + d * j, a * k + c * l + e, b * k + d * l + f]
}

/**
 * Every letter where the page draws it. Letters of a second font (LibreOffice borrows ậ and ơ from another one) are
 * drawn after their line, so words come right only by the places of the letters.
 */
export function readGlyphs(
  operators: readonly number[],
  given: readonly unknown[],
  ops: Record<string, number>,
): PdfPiece[] {
  const pieces: PdfPiece[] = []
  const stack: { matrix: Matrix; size: number }[] = []
  let matrix = identity
  let [size, charSpacing, wordSpacing, scale, leading, rise] = [0, 0, 0, 1, 0, 0]
  let text = identity
  let [x, y, lineX, lineY] = [0, 0, 0, 0]
  const move = (dx: number, dy: number) => {
    x = lineX += dx
    y = lineY += dy
  }
  const names = new Map(Object.entries(ops).map(([name, code]) => [code, name]))
  for (const [at, operator] of operators.entries()) {
    const args = given[at] as unknown[] | null
    const [first, second] = (args ?? []) as [unknown, unknown]
    const number = typeof first === 'number' ? first : 0
    switch (names.get(operator) ?? '') {
      case 'save':
        stack.push({ matrix, size })
        break
      case 'restore':
      case 'paintFormXObjectEnd':
        ;({ matrix, size } = stack.pop() ?? { matrix, size })
        break
      case 'transform':
        matrix = multiply(matrix, numbersOf(args))
        break
      case 'paintFormXObjectBegin':
        stack.push({ matrix, size })
        if (first) matrix = multiply(matrix, numbersOf(first))
        break
      case 'beginText':
        text = identity
        x = y = lineX = lineY = 0
        break
      case 'setFont':
        size = typeof second === 'number' ? second : 0
        break
      case 'setCharSpacing':
        charSpacing = number
        break
      case 'setWordSpacing':
        wordSpacing = number
        break
      case 'setHScale':
        scale = number / 100
        break
      case 'setLeading':
        leading = -number
        break
      case 'setTextRise':
        rise = number
        break
      case 'setTextMatrix':
        text = multiply(identity, numbersOf(typeof first === 'number' ? args : first))
        x = y = lineX = lineY = 0
        break
      case 'moveText':
        move(number, Number(second ?? 0))
        break
      case 'setLeadingMoveText':
        leading = Number(second ?? 0)
        move(number, leading)
        break
      case 'nextLine':
        move(0, leading)
        break
      case 'showText': {
        const [a, b] = multiply(matrix, text)
        let inside = 0
        for (const glyph of Array.isArray(first) ? (first as (Glyph | number | null)[]) : []) {
          if (typeof glyph === 'number') inside -= (glyph * size) / 1000
          if (typeof glyph !== 'object' || glyph === null) continue
          const advance = ((glyph.width ?? 0) * size) / 1000
          const from = place(multiply(matrix, text), x + inside * scale, y + rise)
          const to = place(multiply(matrix, text), x + (inside + advance) * scale, y + rise)
          // Turned text (stamps, margins) belongs to no line.
          const isLevel = Math.abs(b) <= Math.abs(a)
          const height = Math.abs(size) * Math.hypot(a, b)
          if (isLevel && glyph.unicode)
            pieces.push({
              text: glyph.unicode,
              x: Math.min(from.x, to.x),
              y: from.y,
              width: Math.abs(to.x - from.x),
              height,
            })
          inside += advance + charSpacing + (glyph.isSpace ? wordSpacing : 0)
        }
        x += inside * scale
        break
      }
      default:
    }
  }
  return pieces.filter((piece, at) => !isDrawnTwice(piece, pieces[at - 1]))
}

const numbersOf = (given: unknown): number[] =>
  given !== null && typeof given === 'object' && Symbol.iterator in given
    ? Array.from(given as Iterable<unknown>, Number)
    : []

const place = ([a, b, c, d, e, f]: Matrix, x: number, y: number) => ({ x: a * x + c * y + e, y: b * x + d * y + f })

/** Bold is sometimes made by drawing a letter twice. */
const isDrawnTwice = (one: PdfPiece, before: PdfPiece | undefined): boolean =>
  before !== undefined &&
  before.text === one.text &&
  Math.abs(before.x - one.x) < one.height * 0.08 &&
  Math.abs(before.y - one.y) < one.height * 0.08
