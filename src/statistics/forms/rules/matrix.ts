// TT 01/2020/TT-VPCP, Biểu số 06a/VPCP/KSTT: cột (3)–(13) theo lĩnh vực.
import type { FigureId } from '../../figures/contract.ts'
import type { Endings, FilledForm } from '../contract.ts'

type Line = FilledForm['lines'][number]
export type FigureValues = Readonly<Record<string, number>>

export const FIRST_COLUMN = 3
export const LAST_COLUMN = 13
const APART_KEY = '#apart'

/** Figures that the matrix is made of. */
export const matrixFigures = [
  'carried',
  'received-online',
  'received-counter',
  'received-post',
  'resolved',
  'resolved-early',
  'resolved-on-time',
  'resolved-late',
  'withdrawn',
  'stopped',
  'closed',
  'open',
  'open-overdue',
] as const satisfies readonly FigureId[]

/** Figures whose records stand behind a column, for opening it. */
export function figuresOfColumn(column: number, endings: Endings): FigureId[] {
  const into = (target: Endings['withdrawn']) =>
    (['withdrawn', 'stopped', 'closed'] as const).filter((ending) => endings[ending] === target)
  const early: FigureId[] = ['resolved-early', ...into('resolved-early')]
  const onTime: FigureId[] = ['resolved-on-time', ...into('resolved-on-time')]
  const figures: Record<number, FigureId[]> = {
    3: ['received-online', 'received-counter', 'received-post', 'carried'],
    4: ['received-online'],
    5: ['received-counter', 'received-post'],
    6: ['carried'],
    7: [...early, ...onTime, 'resolved-late'],
    8: early,
    9: onTime,
    10: ['resolved-late'],
    11: ['open'],
    12: ['open-in-time'],
    13: ['open-overdue'],
  }
  return figures[column] ?? []
}

export const figuresApart = (endings: Endings): FigureId[] =>
  (['withdrawn', 'stopped', 'closed'] as const).filter((ending) => endings[ending] === 'apart')

/** Lines by field, their total, and below it what ended apart from the columns of the resolved. */
export function evaluateMatrix(
  fields: readonly { key: string; label: string; values: FigureValues }[],
  { endings, words }: { endings: Endings; words: { total: string; apart: string } },
): Line[] {
  const lines = fields.map(({ key, label, values }) => ({ key, label, values: lineOf(values, endings) }))
  const used = lines.filter(({ values }) => values.some((value) => value !== 0))
  const apart = fields.reduce((sum, { values }) => sum + apartOf(values, endings), 0)
  return closeMatrix(used, { apart, words })
}

/** The matrix of several agencies from their own: lines of one field become one. */
export function addMatrices(
  reports: readonly { lines: readonly Line[] }[],
  words: { total: string; apart: string },
): Line[] {
  const sums = new Map<string, Line>()
  let apart = 0
  for (const line of reports.flatMap(({ lines }) => lines)) {
    if (line.key === null) continue
    if (line.key === APART_KEY) {
      apart += line.values[7 - FIRST_COLUMN] ?? 0
      continue
    }
    const values = sums.get(line.key)?.values ?? line.values.map(() => 0)
    sums.set(line.key, { ...line, values: values.map((value, at) => (value ?? 0) + (line.values[at] ?? 0)) })
  }
  return closeMatrix([...sums.values()], { apart, words })
}

function closeMatrix(
  lines: Line[],
  { apart, words }: { apart: number; words: { total: string; apart: string } },
): Line[] {
  const width = LAST_COLUMN - FIRST_COLUMN + 1
  const sums = Array.from({ length: width }, (_, at) => lines.reduce((sum, { values }) => sum + (values[at] ?? 0), 0))
  const below: Line = {
    key: APART_KEY,
    label: words.apart,
    values: sums.map((_, at) => (at === 7 - FIRST_COLUMN ? apart : null)),
  }
  return [...lines, { key: null, label: words.total, values: sums }, ...(apart > 0 ? [below] : [])]
}

function lineOf(values: FigureValues, endings: Endings): number[] {
  const at = (figure: string) => values[figure] ?? 0
  const into = (target: Endings['withdrawn']) =>
    (['withdrawn', 'stopped', 'closed'] as const).reduce(
      (sum, ending) => sum + (endings[ending] === target ? at(ending) : 0),
      0,
    )
  const online = at('received-online')
  const direct = at('received-counter') + at('received-post')
  const carried = at('carried')
  const early = at('resolved-early') + into('resolved-early')
  const onTime = at('resolved-on-time') + into('resolved-on-time')
  const late = at('resolved-late')
  const open = at('open')
  const overdue = at('open-overdue')
  return [
    online + direct + carried,
    online,
    direct,
    carried,
    early + onTime + late,
    early,
    onTime,
    late,
    open,
    open - overdue,
    overdue,
  ]
}

const apartOf = (values: FigureValues, endings: Endings): number =>
  (['withdrawn', 'stopped', 'closed'] as const).reduce(
    (sum, ending) => sum + (endings[ending] === 'apart' ? (values[ending] ?? 0) : 0),
    0,
  )
