import { type ReactNode, useId } from 'react'
import { useFormat } from '../../../platform/web/index.ts'
import type { FigureId } from '../contract.ts'
import { NumberLink, StaysLink } from './NumberLink.tsx'
import { stays } from './opened-view.ts'
import { useCellKeys } from './use-cell-keys.ts'
import { usePageText } from './use-figures-text.ts'

/**
 * A chart: its finding as its title, what is drawn beneath it, and its table, which is read out in any case and seen
 * behind one key or on paper.
 */
export function ChartFrame({
  finding,
  what,
  table,
  withTable,
  actions,
  children,
}: {
  finding: string
  what: string
  table?: ReactNode
  withTable: boolean
  actions?: ReactNode
  children: ReactNode
}) {
  const id = useId()
  return (
    <figure className="f-chart" aria-labelledby={id}>
      <figcaption>
        {/* A number and its sign stay on one line. */}
        <h2 id={id}>{finding.replaceAll(' %', '\u00A0%')}</h2>
        <div className="f-chart-line">
          <p className="k-note">{what}</p>
          {actions && <div className="k-actions">{actions}</div>}
        </div>
      </figcaption>
      {children}
      {table && (
        <div className="f-chart-table" data-shown={withTable ? '' : undefined}>
          <div className={withTable ? 'f-scroll' : undefined}>{table}</div>
        </div>
      )}
    </figure>
  )
}

type Cell = string | { figure: FigureId | typeof stays; value: number; line: string }

/** The numbers of a chart as lines; where one sees them, they open like the marks do. */
export function ChartTable({
  label,
  heads,
  rows,
  opens,
}: {
  label: string
  heads: readonly string[]
  rows: readonly { key: string; name: string; cells: readonly Cell[] }[]
  opens: boolean
}) {
  const format = useFormat()
  const cells = useCellKeys<HTMLTableElement>()
  const written = (cell: Cell, where: string) => {
    if (typeof cell === 'string') return cell
    const { figure, value, line } = cell
    if (!opens) return format.number(value)
    if (figure === stays) return <StaysLink count={value} line={line} where={where} cell />
    return <NumberLink figure={figure} value={value} line={line} where={where} cell />
  }
  return (
    <table ref={cells} className="f-table" aria-label={label}>
      <thead>
        <tr>
          {heads.map((head, index) => (
            <th key={head} scope="col" data-number={index > 0 ? '' : undefined}>
              {head}
            </th>
          ))}
        </tr>
      </thead>
      <tbody>
        {rows.map((row) => (
          <tr key={row.key}>
            <th scope="row">{row.name}</th>
            {row.cells.map((cell, index) => (
              <td key={heads[index + 1]} data-number="">
                {written(cell, row.name)}
              </td>
            ))}
          </tr>
        ))}
      </tbody>
    </table>
  )
}

/** What stands instead of a chart when there is nothing to draw. */
export const NothingToDraw = () => <p className="k-dimmed">{usePageText().charts.nothing}</p>
