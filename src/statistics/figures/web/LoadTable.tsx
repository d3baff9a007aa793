import type { CSSProperties } from 'react'
import { ProblemAlert, useApi, useFormat } from '../../../platform/web/index.ts'
import { fractionOf, type LoadCell, loadFinding, loadFrame } from './chart-view.ts'
import { ChartFrame, NothingToDraw } from './ChartFrame.tsx'
import { Counting } from './Notes.tsx'
import { NumberLink } from './NumberLink.tsx'
import { type Asked, loadPath } from './question-view.ts'
import { useCellKeys } from './use-cell-keys.ts'
import { useFiguresText, usePageText, wordOf } from './use-figures-text.ts'

/** When people come: each hour of each weekday, darker where more came. It is its own table. */
export function LoadTable({ asked }: { asked: Asked }) {
  const answer = useApi<{ cells: LoadCell[] }>(loadPath(asked))
  if (answer.problem && !answer.data) return <ProblemAlert problem={answer.problem} onRetry={answer.reload} />
  return answer.data ? <Heat cells={answer.data.cells} /> : <Counting />
}

function Heat({ cells }: { cells: readonly LoadCell[] }) {
  const text = usePageText().charts
  const { weekdays: names } = useFiguresText()
  const format = useFormat()
  const keys = useCellKeys<HTMLTableElement>()
  const finding = loadFinding(cells)
  const { weekdays, hours } = loadFrame(cells)
  const countAt = new Map(cells.map(({ weekday, hour, count }) => [`${weekday}-${hour}`, count]))
  const greatest = Math.max(1, ...cells.map(({ count }) => count))
  const nameOf = (weekday: number) => wordOf(names, String(weekday))
  return (
    <ChartFrame
      finding={text.load.findings(
        finding,
        { ...format, weekday: nameOf },
        finding.kind === 'none' ? undefined : fractionOf(finding.morning / finding.of),
      )}
      what={text.load.what}
      withTable={false}
    >
      {finding.kind === 'none' ? (
        <NothingToDraw />
      ) : (
        <div className="f-scroll">
          <table ref={keys} className="f-heat" aria-label={text.load.what}>
            <thead>
              <tr>
                <th scope="col">
                  <span className="f-said">{text.load.weekday}</span>
                </th>
                {hours.map((hour) => (
                  <th key={hour} scope="col">
                    {text.load.hour(hour)}
                  </th>
                ))}
              </tr>
            </thead>
            <tbody>
              {weekdays.map((weekday) => (
                <tr key={weekday}>
                  <th scope="row">{nameOf(weekday)}</th>
                  {hours.map((hour) => {
                    const count = countAt.get(`${weekday}-${hour}`) ?? 0
                    return (
                      <td key={hour} style={{ '--f-heat': `${Math.round((36 * count) / greatest)}%` } as CSSProperties}>
                        <NumberLink
                          figure="received"
                          value={count}
                          line={`load:${weekday}-${hour}`}
                          where={`${nameOf(weekday)}, ${text.load.hour(hour)}`}
                          cell
                        />
                      </td>
                    )
                  })}
                </tr>
              ))}
            </tbody>
          </table>
        </div>
      )}
    </ChartFrame>
  )
}
