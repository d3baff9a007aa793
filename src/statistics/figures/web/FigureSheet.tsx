import { dayOf } from '../../../platform/day.ts'
import {
  type Column,
  DataTable,
  EmptyState,
  ProblemAlert,
  SideSheet,
  StatusBadge,
  type Tone,
  useFormat,
  usePages,
} from '../../../platform/web/index.ts'
import type { FigureDossier, FigureId, FigureTable, RateId } from '../contract.ts'
import { valueOf } from './figures-view.ts'
import { isFigure, isRate, nothingOpened, type Opened, readOpened, stays } from './opened-view.ts'
import { type Asked, comparedSpan, dossiersPath, dossiersQuery, figuresPath, narrowed } from './question-view.ts'
import { rateOf } from './rates-view.ts'
import { Parts } from './Rates.tsx'
import { Stays } from './Stays.tsx'
import { useFigures } from './use-figures.ts'
import { useFiguresText, usePageText, wordOf } from './use-figures-text.ts'
import { useLineName, useStepName } from './use-line-name.ts'
import type { Statistics } from './use-statistics.ts'

/** What stands behind the number that the address names: its dossiers, or the numbers of a rate. Esc closes it. */
export function FigureSheet({ statistics }: { statistics: Statistics }) {
  const { filters, setFilters } = statistics
  const opened = readOpened(filters)
  const asked = opened && askedBehind(opened, statistics)
  const name = useNameOf(opened?.figure)
  const isStays = opened?.figure === stays
  const where = useLineName(isStays ? null : statistics.asked, opened?.line ?? '')
  const step = useStepName(isStays ? statistics.asked : null, opened?.line ?? '')
  return (
    <SideSheet
      opened={opened !== undefined && asked !== null && asked !== undefined}
      onClose={() => setFilters(nothingOpened)}
      title={[name, isStays ? step : where].filter(Boolean).join(' · ')}
    >
      {opened && asked && <Behind key={JSON.stringify([opened, asked])} opened={opened} asked={asked} where={where} />}
    </SideSheet>
  )
}

/** The question that gave the number: that of the page, of the period compared with, and of the line alone. */
function askedBehind({ figure, line, of }: Opened, { asked, period, cutoff }: Statistics): Asked | null {
  if (!asked) return null
  const span = comparedSpan(period, cutoff, of)
  const there = { ...asked, ...span, ...(of === 'now' ? { knownAt: null } : {}) }
  return figure === stays ? there : narrowed(there, line)
}

function useNameOf(what: Opened['figure'] | undefined): string {
  const { figures, rates } = useFiguresText()
  const { steps } = usePageText().charts
  if (what === undefined) return ''
  if (what === stays) return steps.stays
  return isFigure(what) ? figures[what] : rates[what].name
}

function Behind({ opened, asked, where }: { opened: Opened; asked: Asked; where: string }) {
  const text = usePageText()
  const format = useFormat()
  return (
    <>
      <p className="k-note">
        {text.period.span(format.day(asked.from), format.day(asked.to))}
        {asked.knownAt && ` · ${text.asKnown(format.instant(asked.knownAt))}`}
      </p>
      {opened.figure === stays ? (
        <Stays asked={asked} line={opened.line} />
      ) : (
        <Counted opened={opened} asked={asked} where={where} />
      )}
    </>
  )
}

/** The number once more, asked for by itself, and what it is made of. */
function Counted({ opened, asked, where }: { opened: Opened; asked: Asked; where: string }) {
  const table = useFigures(figuresPath(asked))
  const { figure } = opened
  return (
    <>
      <ProblemAlert problem={table.problem} onRetry={table.reload} />
      {isFigure(figure) && (
        <Dossiers figure={figure} asked={asked} count={table.data && valueOf(table.data.total.values, figure)} />
      )}
      {isRate(figure) && table.data && (
        <HowCounted rate={figure} opened={opened} values={table.data.total.values} where={where} />
      )}
    </>
  )
}

function HowCounted({
  rate,
  opened,
  values,
  where,
}: {
  rate: RateId
  opened: Opened
  values: FigureTable['total']['values']
  where: string
}) {
  const text = usePageText().rates
  const { rates, noneArose } = useFiguresText()
  const format = useFormat()
  const { percent } = rateOf(rate, values)
  return (
    <>
      <p className="f-balance-value">{percent === null ? noneArose : format.percent(percent, 2)}</p>
      <p>
        <Parts rate={rate} values={values} line={opened.line} of={opened.of} where={where} />
      </p>
      <p className="f-convention">{text.convention(rates[rate].convention)}</p>
    </>
  )
}

type Answer = { items: FigureDossier[]; next: string | null }

function Dossiers({ figure, asked, count }: { figure: FigureId; asked: Asked; count: number | undefined }) {
  const text = usePageText().sheet
  const { meanings } = useFiguresText()
  const format = useFormat()
  const list = usePages<FigureDossier, Answer>(dossiersPath(figure), dossiersQuery(asked))
  const columns = useColumns()
  return (
    <>
      <p>
        {meanings[figure]}{' '}
        <strong role="status">
          {count !== undefined && (count === 1 ? text.one : text.count(format.number(count)))}
        </strong>
      </p>
      <ProblemAlert problem={list.problem} onRetry={list.reload} />
      {!(list.problem && !list.items) && (
        <DataTable
          label={text.list}
          rows={list.items}
          columns={columns}
          rowKey={(item) => item.dossierId}
          rowTo={(item) => `/ho-so/${item.dossierId}`}
          onMore={list.more}
          empty={<EmptyState title={text.empty} hint={count ? text.emptyHint : undefined} />}
        />
      )}
    </>
  )
}

const tones: Record<string, Tone> = { late: 'late', 'open-late': 'late', waiting: 'waiting' }

function useColumns(): Column<FigureDossier>[] {
  const text = usePageText().sheet
  const { timeliness } = useFiguresText()
  const format = useFormat()
  const days = ({ receivedOn, dueAt, finishedOn }: FigureDossier) =>
    [
      receivedOn && `${text.received} ${format.day(receivedOn)}`,
      dueAt && `${text.due} ${format.day(dayOf(dueAt))}`,
      finishedOn && `${text.finished} ${format.day(finishedOn)}`,
    ]
      .filter(Boolean)
      .join(' · ')
  return [
    { key: 'code', head: text.code, width: '10.5rem', main: true, cell: (item) => item.code },
    {
      key: 'procedure',
      head: text.procedure,
      grow: true,
      wrap: true,
      cell: (item) => (
        <span>
          {item.procedureName}
          <span className="f-behind-days">{days(item)}</span>
        </span>
      ),
    },
    {
      key: 'time',
      head: text.time,
      width: '7.5rem',
      cell: (item) =>
        item.timeliness && item.timeliness !== 'none' ? (
          <StatusBadge tone={tones[item.timeliness] ?? 'normal'}>{wordOf(timeliness, item.timeliness)}</StatusBadge>
        ) : null,
    },
  ]
}
