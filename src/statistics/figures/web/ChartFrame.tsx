import { type ReactNode, useId } from 'react'
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
  children,
}: {
  finding: string
  what: string
  table?: ReactNode
  withTable: boolean
  children: ReactNode
}) {
  const id = useId()
  return (
    <figure className="f-chart" aria-labelledby={id}>
      <figcaption>
        <h2 id={id}>{finding}</h2>
        <p className="k-note">{what}</p>
      </figcaption>
      {children}
      {table && (
        <div className="f-chart-table" data-shown={withTable ? '' : undefined}>
          {table}
        </div>
      )}
    </figure>
  )
}

/** The numbers of a chart as plain lines. */
export function ChartTable({
  label,
  heads,
  rows,
}: {
  label: string
  heads: readonly string[]
  rows: readonly { key: string; cells: readonly string[] }[]
}) {
  return (
    <table className="f-table" aria-label={label}>
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
        {rows.map(({ key, cells: [name, ...numbers] }) => (
          <tr key={key}>
            <th scope="row">{name}</th>
            {numbers.map((number, index) => (
              <td key={heads[index + 1]} data-number="">
                {number}
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
