import './figures.css'
import { Button } from '@mantine/core'
import { EmptyState, Icon, LinkButton, PageHeader, ProblemAlert, withQuery } from '../../../platform/web/index.ts'
import { AllFigures } from './AllFigures.tsx'
import { Balance } from './Balance.tsx'
import { Differences } from './Differences.tsx'
import { FigureSheet } from './FigureSheet.tsx'
import { isEmpty, readView, type Values } from './figures-view.ts'
import { breakdowns, LinesTable } from './LinesTable.tsx'
import { Answered, Counting, Covered, NotApportioned } from './Notes.tsx'
import { usePeriodName } from './PeriodChooser.tsx'
import {
  comparedPeriod,
  comparedSpan,
  figuresPath,
  isAboveOthers,
  keptFilters,
  narrowingBy,
  reaches,
} from './question-view.ts'
import { QuestionBar } from './QuestionBar.tsx'
import { Rates } from './Rates.tsx'
import { useFigures } from './use-figures.ts'
import { usePageText } from './use-figures-text.ts'
import { type Statistics, useStatistics } from './use-statistics.ts'

/** Every figure of any period, from the records; each number opens the dossiers behind it. */
export function FiguresPage() {
  const text = usePageText()
  const statistics = useStatistics()
  const { desk, filters } = statistics
  return (
    <>
      <PageHeader
        title={text.title}
        note={<Covered statistics={statistics} />}
        actions={
          <>
            <LinkButton to={withQuery('/bieu-do', keptFilters(filters))} variant="default">
              {text.toCharts}
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
        <QuestionBar statistics={statistics} withCompare />
      )}
      <ProblemAlert problem={desk.problem} onRetry={desk.reload} />
      {statistics.asked && <Answer statistics={statistics} />}
      <FigureSheet statistics={statistics} />
    </>
  )
}

function Answer({ statistics }: { statistics: Statistics }) {
  const { filters, setFilters, asked, period, cutoff } = statistics
  const by = breakdowns.find((each) => each === filters.by) ?? 'field'
  const table = useFigures(asked && figuresPath(asked, by))
  const span = comparedSpan(period, cutoff, filters.compare)
  const before = useFigures(asked && span && figuresPath({ ...asked, ...span }))
  const compared = useCompared(statistics, span && before.data?.total.values)
  if (table.problem && !table.data) return <ProblemAlert problem={table.problem} onRetry={table.reload} />
  if (!table.data) return <Counting />
  const { total, notApportioned } = table.data
  const isNothing = isEmpty(total.values) && (!compared || isEmpty(compared.values))
  return (
    <Answered busy={table.refreshing}>
      <ProblemAlert problem={table.problem ?? before.problem} onRetry={table.reload} />
      {asked && <NotApportioned agencies={notApportioned} asked={asked} />}
      {isNothing ? (
        <Nothing statistics={statistics} />
      ) : (
        <>
          <Balance values={total.values} before={compared?.values ?? null} />
          <Differences statistics={statistics} />
          <Rates values={total.values} before={compared?.values ?? null} />
          <LinesTable
            table={table.data}
            by={by}
            view={readView(filters.view)}
            sort={filters.sort}
            onChange={setFilters}
            onOnly={narrowingBy(by) && ((line) => line.key !== null && setFilters(narrowingBy(by)?.(line.key) ?? {}))}
          />
          <AllFigures values={total.values} before={compared} />
        </>
      )}
    </Answered>
  )
}

/** Where to look instead: below, for whoever stands above others; otherwise everything that is not narrowed away. */
function Nothing({ statistics: { desk, asked, filters, setFilters } }: { statistics: Statistics }) {
  const text = usePageText()
  const below = desk.data && asked?.reach === 'own' && isAboveOthers(desk.data)
  const isNarrowed = narrowings.some((key) => filters[key] !== '')
  return (
    <EmptyState
      title={text.lines.nothing}
      hint={text.lines.nothingHint}
      action={
        <>
          {isNarrowed && (
            <Button
              variant="default"
              onClick={() => setFilters(Object.fromEntries(narrowings.map((key) => [key, ''])))}
            >
              {text.filters.clear}
            </Button>
          )}
          {below && (
            <Button
              variant="default"
              onClick={() => setFilters({ agencyId: `${asked.agencyId}${reaches.under}`, by: 'agency' })}
            >
              {text.agency.seeBelow}
            </Button>
          )}
        </>
      }
    />
  )
}

const narrowings = ['field', 'procedure', 'channel', 'unitId', 'officerId', 'asOf'] as const

/** What the page compares with, under its name. */
function useCompared(
  { filters, period, cutoff }: Statistics,
  values: Values | null | undefined,
): { of: 'previous' | 'year'; values: Values; name: string } | null {
  const text = usePageText().compare
  const nameOf = usePeriodName()
  const of = filters.compare === 'previous' || filters.compare === 'year' ? filters.compare : null
  const then = of && comparedPeriod(period, of)
  if (!of || !then || !values) return null
  return { of, values, name: `${text[of]} (${nameOf(then, cutoff)})` }
}
