import './against.css'
import { Progress } from '@mantine/core'
import { Link } from '@tanstack/react-router'
import {
  Choice,
  EmptyState,
  PageHeader,
  ProblemAlert,
  StatusBadge,
  Toolbar,
  type Tone,
  useApi,
  useFilters,
  useFormat,
} from '../../../platform/web/index.ts'
import { useFiguresText } from '../../figures/web/use-figures-text.ts'
import type { Comparison, Line, Part, ReportItem } from '../contract.ts'
import { countLines, linesShown, readShow, shows, type Verdict, verdictOf } from './against-view.ts'
import { PartSheet } from './PartSheet.tsx'
import { useAgainstText } from './use-against-text.ts'

const noFilters = { report: '', show: 'all', line: '', figure: '' }
const REFRESH_MS = 10_000

/** Published numbers beside ours; every number of ours opens to its dossiers. */
export function AgainstPage() {
  const text = useAgainstText()
  const [filters, setFilters] = useFilters(noFilters)
  const list = useApi<{ items: ReportItem[] }>('/api/statistics/against', { every: REFRESH_MS })
  const items = list.data?.items ?? []
  const chosen = items.find(({ key }) => key === filters.report) ?? items[0]
  return (
    <>
      <PageHeader title={text.title} note={text.note} />
      <ProblemAlert problem={list.problem} onRetry={list.reload} />
      {list.data && items.length === 0 && <EmptyState title={text.noReports} hint={text.noReportsHint} />}
      {chosen && (
        <>
          <Toolbar label={text.report}>
            <Choice
              label={text.report}
              value={chosen.key}
              onChange={(report) => setFilters({ report: report ?? '', line: '', figure: '' })}
              options={items.map(({ key, title }) => ({ value: key, label: title }))}
            />
            <Choice
              label={text.show}
              value={readShow(filters.show)}
              onChange={(show) => setFilters({ show: show ?? 'all' })}
              options={shows.map((value) => ({ value, label: text.shows[value] }))}
            />
          </Toolbar>
          <Report key={chosen.key} item={chosen} show={filters.show} />
        </>
      )}
      {chosen && (
        <PartSheet
          report={chosen.key}
          line={filters.line}
          figure={filters.figure}
          onClose={() => setFilters({ line: '', figure: '' })}
        />
      )}
    </>
  )
}

function Report({ item, show }: { item: ReportItem; show: string }) {
  const text = useAgainstText()
  const format = useFormat()
  const { state, done, of } = item.loading
  const isThere = state === 'loaded'
  const answer = useApi<Comparison>(isThere ? `/api/statistics/against/${item.key}` : null, { every: REFRESH_MS })
  return (
    <>
      <p className="k-note">
        {text.source}: {item.source}. {text.period(format.day(item.from), format.day(item.to))} {text.invented}
      </p>
      {state === 'waiting' && <EmptyState title={text.waiting(item.title)} hint={text.waitingHint('motcua demo')} />}
      {state === 'loading' && (
        <>
          <EmptyState
            title={text.loading(item.title)}
            hint={text.loadingHint(format.number(done), format.number(of))}
          />
          <Progress value={(100 * done) / Math.max(1, of)} aria-label={text.loading(item.title)} />
        </>
      )}
      <ProblemAlert problem={answer.problem} onRetry={answer.reload} />
      {isThere && answer.data?.counting && <EmptyState title={text.counting} hint={text.countingHint} />}
      {isThere && answer.data && !answer.data.counting && <Lines lines={answer.data.lines} show={show} />}
    </>
  )
}

function Lines({ lines, show }: { lines: readonly Line[]; show: string }) {
  const text = useAgainstText()
  const format = useFormat()
  const shown = linesShown(lines, readShow(show))
  const { same, odd } = countLines(lines)
  if (shown.length === 0) return <EmptyState title={text.nothing} hint={text.nothingHint} />
  return (
    <>
      <p role="status">{text.summary(format.number(same), format.number(odd))}</p>
      <div className="k-table-frame">
        <table className="k-table a-table">
          <caption className="a-said">{text.title}</caption>
          <thead>
            <tr>
              <th scope="col">{text.columns.words}</th>
              <th scope="col" data-align="right">
                {text.columns.published}
              </th>
              <th scope="col" data-align="right">
                {text.columns.ours}
              </th>
              <th scope="col">{text.columns.remark}</th>
            </tr>
          </thead>
          <tbody>
            {shown.map((line) => (
              <Row key={line.key} line={line} />
            ))}
          </tbody>
        </table>
      </div>
    </>
  )
}

const tones: Record<Verdict, Tone> = {
  same: 'done',
  contradicted: 'late',
  rests: 'waiting',
  differs: 'today',
  'not-recorded': 'normal',
}

function Row({ line }: { line: Line }) {
  const text = useAgainstText()
  const verdict = verdictOf(line)
  const said = {
    same: text.same,
    contradicted: text.standings.contradicted,
    rests: text.standings.rests,
    differs: text.differs,
    'not-recorded': text.notRecorded,
  }[verdict]
  return (
    <tr>
      <th scope="row" data-wrap="">
        {line.words}
        <span className="a-place">{line.place}</span>
      </th>
      <td data-align="right" data-label={text.columns.published}>
        <Value line={line} value={line.value} />
      </td>
      <td data-align="right" data-label={text.columns.ours}>
        <OurValue line={line} />
      </td>
      <td data-wrap="" data-label={text.columns.remark}>
        <StatusBadge tone={tones[verdict]}>{said}</StatusBadge>
        {line.standing === 'contradicted' && line.proof && <span className="a-proof">{text.shouldBe(line.proof)}</span>}
        {line.note && <span className="a-proof">{line.note}</span>}
      </td>
    </tr>
  )
}

function Value({ line: { unit, decimals }, value }: { line: Line; value: number }) {
  const format = useFormat()
  return unit === '%' ? format.percent(value, decimals) : format.number(value)
}

function OurValue({ line }: { line: Line }) {
  const text = useAgainstText()
  const { ours } = line
  if (!ours) return <span className="k-dimmed">–</span>
  if (ours.parts.length === 0)
    return (
      <>
        <Value line={line} value={ours.value ?? 0} />
        <span className="a-place">{text.fromLists}</span>
      </>
    )
  const [only, ...others] = ours.parts
  if (only && others.length === 0 && ours.ofParts.length === 0) return <PartLink line={line} part={only} />
  return (
    <>
      {ours.value === null ? text.noneArose : <Value line={line} value={ours.value} />}
      <span className="a-place">
        <Sum line={line} parts={ours.parts} />
        {ours.ofParts.length > 0 && (
          <>
            {' '}
            {text.outOf} <Sum line={line} parts={ours.ofParts} />
          </>
        )}
      </span>
    </>
  )
}

const Sum = ({ line, parts }: { line: Line; parts: readonly Part[] }) =>
  parts.map((part, index) => (
    <span key={part.figure}>
      {index > 0 && ' + '}
      <PartLink line={line} part={part} />
    </span>
  ))

/** A number of dossiers; it opens them. Nothing lies behind a zero. */
function PartLink({ line, part: { figure, value } }: { line: Line; part: Part }) {
  const text = useAgainstText()
  const { figures } = useFiguresText()
  const format = useFormat()
  if (value === 0) return <span>0</span>
  return (
    <Link
      to="."
      search={(now: Record<string, unknown>) => ({ ...now, line: line.key, figure })}
      resetScroll={false}
      className="a-number"
      title={figures[figure]}
    >
      {format.number(value)}
      <span className="a-said"> {text.opens(figures[figure])}</span>
    </Link>
  )
}
