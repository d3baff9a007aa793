import { writeNumber } from '../../../platform/money.ts'
import type { Day } from '../../../platform/day.ts'
import type { FigureId } from '../../figures/contract.ts'
import type { Field, Measure, PeriodRole, PlainRun, Run } from '../contract.ts'

/** What may stand in a sentence: words, a number, a footnote, or pieces made before. */
type Piece = string | Field | { note: readonly Run[] } | readonly Run[]

/** Writes a sentence: `` say`tiếp nhận ${count('received')} hồ sơ` ``. Numbers stay fields. */
export function say(strings: TemplateStringsArray, ...pieces: readonly Piece[]): Run[] {
  return join(strings.flatMap((text, index) => [text, pieces[index] ?? '']))
}

/** Puts pieces behind each other; words that touch become one. */
export function join(pieces: readonly Piece[]): Run[] {
  const runs: Run[] = []
  for (const run of pieces.flatMap(toRuns)) {
    const last = runs.at(-1)
    if ('text' in run && run.text === '') continue
    if (last && 'text' in last && 'text' in run && sameFace(last, run))
      runs[runs.length - 1] = { ...last, text: last.text + run.text }
    else runs.push(run)
  }
  return runs
}

const sameFace = (a: { bold?: boolean; italic?: boolean }, b: { bold?: boolean; italic?: boolean }): boolean =>
  Boolean(a.bold) === Boolean(b.bold) && Boolean(a.italic) === Boolean(b.italic)

function toRuns(piece: Piece): readonly Run[] {
  if (typeof piece === 'string') return [{ text: piece }]
  if ('of' in piece) return [{ field: piece }]
  if ('note' in piece) return [{ note: piece.note.filter((run): run is PlainRun => !('note' in run)) }]
  return piece
}

/** Pieces with a mark between them: `a; b; c`. */
export const list = (pieces: readonly (readonly Run[])[], mark: string): Run[] =>
  join(pieces.flatMap((piece, index) => (index === 0 ? [piece] : [mark, piece])))

type Of = { line?: Measure['line']; role?: PeriodRole; less?: readonly FigureId[] }

export const measure = (figures: FigureId | readonly FigureId[], { line, less }: Of = {}): Measure => ({
  figures: typeof figures === 'string' ? [figures] : [...figures],
  ...(less && { less: [...less] }),
  ...(line && { line }),
})

/** `523`, a number of dossiers. */
export const count = (figures: FigureId | readonly FigureId[], of: Of = {}): Field => ({
  of: 'count',
  measure: measure(figures, of),
  role: of.role ?? 'current',
})

/** `94,65%`, a part of a whole; of the same line unless told otherwise. */
export const share = (
  part: FigureId | readonly FigureId[],
  whole: FigureId | readonly FigureId[],
  { of, wholeOf = of, role = 'current' }: { of?: Of; wholeOf?: Of | undefined; role?: PeriodRole } = {},
): Field => ({ of: 'share', part: measure(part, of), whole: measure(whole, wholeOf), role })

/** `tăng 12 hồ sơ (tăng 3,1%) so với kỳ trước` */
export const change = (figures: FigureId | readonly FigureId[], against: PeriodRole, of: Of = {}): Field => ({
  of: 'change',
  measure: measure(figures, of),
  against,
})

export const cell = (form: string, row: string): Field => ({ of: 'cell', form, row })

/** `09/3/2023`: days under ten and the months 1 and 2 carry a zero. NĐ 30/2020, Phụ lục I, phần II, mục 4. */
export function writeDate(day: Day): string {
  const [year = 0, month = 0, date = 0] = day.split('-').map(Number)
  return `${String(date).padStart(2, '0')}/${month < 3 ? `0${month}` : month}/${year}`
}

/** `14 tháng 3 năm 2023`, after `ngày`. */
export function writeLongDate(day: Day): string {
  const [year = 0, month = 0, date = 0] = day.split('-').map(Number)
  return `${String(date).padStart(2, '0')} tháng ${month < 3 ? `0${month}` : month} năm ${year}`
}

/** The wording with its numbers taken out: what remains when only figures change. */
export const skeleton = (paragraphs: readonly (readonly Run[])[]): string =>
  paragraphs.map((runs) => runs.map(wordsOf).join('')).join('\n')

function wordsOf(run: Run): string {
  if ('text' in run) return run.text
  return 'note' in run ? `⟨${run.note.map(wordsOf).join('')}⟩` : '◦'
}

/** `1` → `I`, for chapters and annexes. */
export function roman(number: number): string {
  const signs: readonly [number, string][] = [
    [50, 'L'],
    [40, 'XL'],
    [10, 'X'],
    [9, 'IX'],
    [5, 'V'],
    [4, 'IV'],
    [1, 'I'],
  ]
  let rest = number
  let written = ''
  for (const [value, sign] of signs)
    while (rest >= value) {
      written += sign
      rest -= value
    }
  return written
}

/** Values in narrow cells of a table: without the zero before. */
export const writeCell = (value: number | null): string => (value === null ? '' : writeNumber(value))
