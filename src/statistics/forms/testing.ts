import type { FigureTable } from '../figures/contract.ts'
import type { AskFigures } from './context.ts'

/** Figures from a list of numbers by field, the same for every period. */
export function answering(values: Record<string, Record<string, number>>): AskFigures {
  return async (question, figures, by) => {
    const pick = (from: Record<string, number>) =>
      Object.fromEntries(
        figures.map((figure) => [figure, question.filter.procedures?.length === 0 ? 0 : (from[figure] ?? 0)]),
      )
    const lines = Object.entries(values).map(([key, each]) => ({ key, label: key, values: pick(each) }))
    const total = Object.fromEntries(
      figures.map((figure) => [figure, lines.reduce((sum, line) => sum + (line.values[figure] ?? 0), 0)]),
    )
    const table: FigureTable = {
      knownAt: question.knownAt ?? '2023-03-14T01:00:00.000Z',
      notApportioned: [],
      total: { key: null, label: '', values: total },
      lines: by === undefined ? [] : lines,
    }
    return table
  }
}
