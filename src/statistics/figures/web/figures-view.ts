import type { FigureId, FigureLine } from '../contract.ts'

export type Values = Readonly<Record<string, number>>

export const valueOf = (values: Values, figure: FigureId): number => values[figure] ?? 0

/** The two sides of the balance; whoever comes in leaves by one of these doors or is still there. */
export const balanceSides = {
  in: ['carried', 'received'],
  out: ['resolved', 'withdrawn', 'stopped', 'closed', 'open'],
} as const satisfies Record<string, readonly FigureId[]>

/** Whether carried + received = resolved + withdrawn + stopped + closed + open. */
export function balanceOf(values: Values): { left: number; right: number; holds: boolean } {
  const sum = (figures: readonly FigureId[]) => figures.reduce((total, figure) => total + valueOf(values, figure), 0)
  const left = sum(balanceSides.in)
  const right = sum(balanceSides.out)
  return { left, right, holds: left === right }
}

/** What is counted apart beneath a figure of the balance. */
export const partsOf: Partial<Record<FigureId, readonly FigureId[]>> = {
  received: ['received-counter', 'received-online', 'received-post'],
  resolved: ['resolved-early', 'resolved-on-time', 'resolved-late'],
  open: ['open-in-time', 'open-overdue', 'open-waiting'],
}

export const tableViews = ['balance', 'course', 'digital', 'rates'] as const
export type TableView = (typeof tableViews)[number]

export const readView = (text: string): TableView => tableViews.find((view) => view === text) ?? 'balance'

/** Nothing was counted at all. */
export const isEmpty = (values: Values): boolean => Object.values(values).every((value) => value === 0)

export type ColumnGroup = { group: string; figures: readonly FigureId[] }

/** The columns of the table by lines, under the heads of their groups. */
export const columnsOf: Record<Exclude<TableView, 'rates'>, readonly ColumnGroup[]> = {
  balance: [
    { group: 'in', figures: ['carried', 'received'] },
    { group: 'resolved', figures: ['resolved', 'resolved-early', 'resolved-on-time', 'resolved-late'] },
    { group: 'ended', figures: ['withdrawn', 'stopped', 'closed'] },
    { group: 'open', figures: ['open', 'open-in-time', 'open-overdue', 'open-waiting'] },
  ],
  course: [
    { group: 'intake', figures: ['received', 'not-received', 'supplemented'] },
    { group: 'time', figures: ['extended', 'apologised', 'late-without-apology'] },
    { group: 'result', figures: ['granted', 'refused', 'returned', 'corrected'] },
  ],
  digital: [
    { group: 'channel', figures: ['received-online', 'received-counter', 'received-post'] },
    { group: 'digital', figures: ['digitised', 'reused', 'electronic-result'] },
  ],
}

/** Everything that is counted, in the order of the page. */
export const allFigures: readonly { group: string; figures: readonly FigureId[] }[] = [
  { group: 'in', figures: ['carried', 'received', 'received-counter', 'received-online', 'received-post'] },
  {
    group: 'resolved',
    figures: ['resolved', 'resolved-early', 'resolved-on-time', 'resolved-late', 'granted', 'refused'],
  },
  { group: 'ended', figures: ['withdrawn', 'stopped', 'closed'] },
  { group: 'open', figures: ['open', 'open-in-time', 'open-overdue', 'open-waiting'] },
  {
    group: 'way',
    figures: [
      'not-received',
      'supplemented',
      'extended',
      'apologised',
      'late-without-apology',
      'returned',
      'corrected',
    ],
  },
  { group: 'digital', figures: ['digitised', 'reused', 'electronic-result'] },
]

/** A tone only where something is wrong or waits; being in time is silent. */
export function toneOf(figure: FigureId, value: number): 'late' | 'waiting' | undefined {
  if (value === 0) return undefined
  if (figure === 'resolved-late' || figure === 'open-overdue' || figure === 'late-without-apology') return 'late'
  return figure === 'open-waiting' ? 'waiting' : undefined
}

/** `name`, or a figure; with `-` in front the greatest first. */
export type Sort = { by: string; down: boolean }

export const readSort = (text: string): Sort =>
  text.startsWith('-') ? { by: text.slice(1), down: true } : { by: text || '', down: false }

/** What pressing a head asks for: a number from the greatest, then from the least, then as the server orders. */
export function nextSort(sort: string, by: string): string {
  const first = by === 'name' ? by : `-${by}`
  const second = by === 'name' ? `-${by}` : by
  if (sort === first) return second
  return sort === second ? '' : first
}

export function sortLines(
  lines: readonly FigureLine[],
  sort: Sort,
  measure?: (line: FigureLine) => number | null,
): FigureLine[] {
  if (sort.by === '') return [...lines]
  const sign = sort.down ? -1 : 1
  const of = measure ?? ((line: FigureLine) => line.values[sort.by] ?? 0)
  return lines.toSorted((one, other) => {
    if (sort.by === 'name') return sign * one.label.localeCompare(other.label, 'vi')
    // What has no value stands last in both directions.
    const [first, second] = [of(one), of(other)]
    if (first === null || second === null) return Number(first === null) - Number(second === null)
    return sign * (first - second)
  })
}

/** How a number differs from another: `+12` and, where there was something, by how much of it. */
export function changeOf(now: number, before: number): { by: number; percent: number | null } {
  const by = now - before
  return { by, percent: before === 0 ? null : (100 * by) / before }
}
