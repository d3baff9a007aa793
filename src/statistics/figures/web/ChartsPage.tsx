import './figures.css'
import { Button, SegmentedControl } from '@mantine/core'
import {
  EmptyState,
  Icon,
  LinkButton,
  PageHeader,
  ProblemAlert,
  useShortcut,
  withQuery,
} from '../../../platform/web/index.ts'
import { trendStep, type TrendStep, upTo } from './chart-view.ts'
import { OnTimeChart, ShareChart } from './FieldCharts.tsx'
import { FigureSheet } from './FigureSheet.tsx'
import { LoadTable } from './LoadTable.tsx'
import { Answered, Counting, Covered, NotApportioned } from './Notes.tsx'
import { type Asked, figuresPath, keptFilters } from './question-view.ts'
import { QuestionBar } from './QuestionBar.tsx'
import { readStepsBy } from './steps-view.ts'
import { StepsChart } from './StepsChart.tsx'
import { TrendChart } from './TrendChart.tsx'
import { useFigures } from './use-figures.ts'
import { usePageText } from './use-figures-text.ts'
import { type Statistics, useStatistics } from './use-statistics.ts'

const steps = ['day', 'week', 'month'] as const satisfies readonly TrendStep[]

/** The figures where a person would rather look; each title says what there is to see. */
export function ChartsPage() {
  const text = usePageText()
  const statistics = useStatistics()
  const { desk, filters, setFilters, asked } = statistics
  const withTable = filters.table === '1'
  const toggle = () => setFilters({ table: withTable ? '' : '1' })
  useShortcut(['B'], text.charts.withTable, toggle)
  return (
    <>
      <PageHeader
        title={text.chartsTitle}
        note={<Covered statistics={statistics} />}
        actions={
          <>
            <Button
              variant={withTable ? 'light' : 'default'}
              aria-pressed={withTable}
              aria-keyshortcuts="B"
              leftSection={<Icon name="register" />}
              onClick={toggle}
            >
              {text.charts.withTable}
            </Button>
            <LinkButton to={withQuery('/thong-ke', keptFilters(filters))} variant="default">
              {text.toFigures}
            </LinkButton>
            <Button variant="default" leftSection={<Icon name="print" />} onClick={() => print()}>
              {text.print}
            </Button>
          </>
        }
      />
      {desk.data && desk.data.agencies.length === 0 ? (
        <EmptyState title={text.agency.none} hint={text.agency.noneHint} />
      ) : (
        <QuestionBar statistics={statistics} />
      )}
      <ProblemAlert problem={desk.problem} onRetry={desk.reload} />
      {asked && <Charts asked={asked} statistics={statistics} withTable={withTable} />}
      <FigureSheet statistics={statistics} />
    </>
  )
}

function Charts({ asked, statistics, withTable }: { asked: Asked; statistics: Statistics; withTable: boolean }) {
  const text = usePageText().charts.trend
  const { span, today, filters, setFilters } = statistics
  const step = steps.find((each) => each === filters.step) ?? trendStep(span.from, span.to)
  const course = useFigures(figuresPath(asked, step))
  const fields = useFigures(figuresPath(asked, 'field'))
  const problem = course.problem ?? fields.problem
  if (problem && !course.data && !fields.data) return <ProblemAlert problem={problem} onRetry={course.reload} />
  if (!course.data || !fields.data) return <Counting />
  return (
    <Answered busy={course.refreshing || fields.refreshing}>
      <div className="f-charts">
        <div data-wide="">
          <NotApportioned agencies={fields.data.notApportioned} asked={asked} />
          <TrendChart
            step={step}
            span={upTo(span, today)}
            total={fields.data.total.values}
            lines={course.data.lines}
            withTable={withTable}
            actions={
              <SegmentedControl
                aria-label={text.step}
                size="xs"
                value={step}
                onChange={(next) => setFilters({ step: next })}
                data={steps.map((each) => ({ value: each, label: text.steps[each] }))}
                transitionDuration={0}
              />
            }
          />
        </div>
        <ShareChart lines={fields.data.lines} withTable={withTable} />
        <OnTimeChart lines={fields.data.lines} withTable={withTable} />
        <LoadTable asked={asked} />
        <StepsChart
          asked={asked}
          by={readStepsBy(filters.times)}
          onChange={(times) => setFilters({ times })}
          withTable={withTable}
        />
      </div>
    </Answered>
  )
}
