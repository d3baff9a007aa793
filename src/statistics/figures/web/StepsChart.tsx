import { SegmentedControl } from '@mantine/core'
import type { ReactNode } from 'react'
import { ProblemAlert, StatusBadge, useApi, useFormat, useLanguage } from '../../../platform/web/index.ts'
import { fractionOf } from './chart-view.ts'
import { ChartFrame, ChartTable, NothingToDraw } from './ChartFrame.tsx'
import { BarList, BarRow } from './FieldCharts.tsx'
import { Counting } from './Notes.tsx'
import { MarkLink, StaysLink } from './NumberLink.tsx'
import { stays } from './opened-view.ts'
import { type Asked, stepsPath } from './question-view.ts'
import {
  rounded,
  shownSteps,
  type StepsBy,
  stepsBys,
  type StepTime,
  type StepTimes,
  whereTimeGoes,
} from './steps-view.ts'
import { usePageText } from './use-figures-text.ts'

/** Where the time goes: each step, unit or officer with the median and what nine in ten do not exceed. */
export function StepsChart({
  asked,
  by,
  onChange,
  withTable,
}: {
  asked: Asked
  by: StepsBy
  onChange: (by: StepsBy) => void
  withTable: boolean
}) {
  const text = usePageText().charts.steps
  const answer = useApi<StepTimes>(stepsPath(asked, by))
  const times = useInLanguage(answer.data)
  if (answer.problem && !answer.data) return <ProblemAlert problem={answer.problem} onRetry={answer.reload} />
  if (!times) return <Counting />
  return (
    <Steps
      times={times}
      by={by}
      withTable={withTable}
      actions={
        <SegmentedControl
          aria-label={text.by}
          size="xs"
          value={by}
          onChange={(next) => onChange(stepsBys.find((each) => each === next) ?? 'step')}
          data={stepsBys.map((each) => ({ value: each, label: text.bys[each] }))}
          transitionDuration={0}
        />
      }
    />
  )
}

function useInLanguage(times: StepTimes | undefined): StepTimes | undefined {
  const { language } = useLanguage()
  const worded = (steps: readonly StepTime[]) =>
    steps.map((step) => ({ ...step, name: language === 'en' ? step.nameEn : step.name }))
  return times && { ...times, steps: worded(times.steps), others: worded(times.others) }
}

function Steps({
  times,
  by,
  withTable,
  actions,
}: {
  times: StepTimes
  by: StepsBy
  withTable: boolean
  actions: ReactNode
}) {
  const text = usePageText().charts.steps
  const format = useFormat()
  const steps = shownSteps(times.steps)
  const finding = whereTimeGoes(times)
  const longest = Math.max(1, ...steps.map(({ p90 }) => p90))
  const length = (minutes: number) => format.duration(rounded(minutes))
  return (
    <ChartFrame
      finding={text.findings(finding, format, by, finding.kind === 'none' ? undefined : fractionOf(finding.share))}
      what={text.what}
      withTable={withTable}
      actions={actions}
      table={
        <ChartTable
          opens={withTable}
          label={text.what}
          heads={[text.bys[by], text.passed, text.median, text.p90, text.late]}
          rows={[...steps, ...times.others].map(({ key, name, count, median, p90, late }) => ({
            key,
            name,
            cells: [
              { figure: stays, value: count, line: `${by}:${key}` },
              length(median),
              length(p90),
              format.number(late),
            ],
          }))}
        />
      }
    >
      {steps.length === 0 ? (
        <NothingToDraw />
      ) : (
        <BarList label={text.what}>
          {steps.map(({ key, name, count, median, p90, late }) => (
            <BarRow
              key={key}
              name={name}
              numbers={
                <>
                  <strong>{length(median)}</strong>
                  <span className="f-convention f-line">
                    {text.within(length(p90))} · <StaysLink count={count} line={`${by}:${key}`} where={name} cell />{' '}
                    {text.times}
                  </span>
                  {late > 0 && <StatusBadge tone="late">{text.lateOf(format.number(late))}</StatusBadge>}
                </>
              }
            >
              <MarkLink
                className="f-part"
                figure={stays}
                line={`${by}:${key}`}
                label={`${name}: ${text.median} ${length(median)}, ${text.within(length(p90))}`}
                style={{ width: `${(100 * median) / longest}%` }}
              />
              <span className="f-part f-part-long" style={{ width: `${(100 * (p90 - median)) / longest}%` }} />
            </BarRow>
          ))}
        </BarList>
      )}
      {times.others.map(({ key, name, count, median, p90 }) => (
        <p key={key} className="f-convention">
          {text.other(name, length(median), text.within(length(p90)))} ·{' '}
          <StaysLink count={count} line={`step:${key}`} where={name} /> {text.times}
        </p>
      ))}
    </ChartFrame>
  )
}
