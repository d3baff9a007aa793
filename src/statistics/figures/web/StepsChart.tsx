import { ProblemAlert, useApi, useFormat } from '../../../platform/web/index.ts'
import { ChartFrame, ChartTable, NothingToDraw } from './ChartFrame.tsx'
import { BarList, BarRow } from './FieldCharts.tsx'
import { Counting } from './Notes.tsx'
import { type Asked, stepsPath } from './question-view.ts'
import { slowestStep, type StepTime, stepsByTime } from './steps-view.ts'
import { usePageText } from './use-figures-text.ts'

const day = 480

/** Where the time goes: each step with its median and what nine in ten do not exceed. */
export function StepsChart({ asked, withTable }: { asked: Asked; withTable: boolean }) {
  const answer = useApi<{ steps: StepTime[] }>(stepsPath(asked))
  if (answer.problem && !answer.data) return <ProblemAlert problem={answer.problem} onRetry={answer.reload} />
  return answer.data ? <Steps all={answer.data.steps} withTable={withTable} /> : <Counting />
}

function Steps({ all, withTable }: { all: readonly StepTime[]; withTable: boolean }) {
  const text = usePageText().charts.steps
  const format = useFormat()
  const steps = stepsByTime(all)
  const finding = slowestStep(steps)
  // From a day on nobody counts minutes.
  const length = (minutes: number) => format.duration(minutes < day ? minutes : Math.round(minutes / 60) * 60)
  const longest = Math.max(1, ...steps.map(({ p90 }) => p90))
  return (
    <ChartFrame
      finding={text.findings(finding, format)}
      what={text.what}
      withTable={withTable}
      table={
        <ChartTable
          opens={withTable}
          label={text.what}
          heads={[text.step, text.passed, text.median, text.p90]}
          rows={steps.map(({ key, name, count, median, p90 }) => ({
            key,
            name,
            cells: [format.number(count), length(median), length(p90)],
          }))}
        />
      }
    >
      {steps.length === 0 ? (
        <NothingToDraw />
      ) : (
        <BarList label={text.what}>
          {steps.map(({ key, name, count, median, p90 }) => (
            <BarRow
              key={key}
              name={name}
              numbers={
                <>
                  <strong>{length(median)}</strong>
                  <span className="f-convention f-line">{text.numbers(length(p90), format.number(count))}</span>
                </>
              }
            >
              <span className="f-part" style={{ width: `${(100 * median) / longest}%` }} />
              <span className="f-part f-part-long" style={{ width: `${(100 * (p90 - median)) / longest}%` }} />
            </BarRow>
          ))}
        </BarList>
      )}
    </ChartFrame>
  )
}
