import './forms.css'
import { Button } from '@mantine/core'
import {
  announce,
  Choice,
  type Column,
  DataTable,
  EmptyState,
  Icon,
  LinkButton,
  PageHeader,
  PageLink,
  ProblemAlert,
  Section,
  StatusBadge,
  Toolbar,
  useApi,
  useCommand,
  useFilters,
  useFormat,
  useGo,
  useMay,
  withQuery,
  worded,
} from '../../../platform/web/index.ts'
import type { ReportsReply, ReportSummary } from '../contract.ts'
import { stateTones } from './report-view.ts'
import { useFormText, usePick } from './use-form-text.ts'

type PeriodLine = ReportsReply['periods'][number]

/** The reports of an agency in a year: which periods there are, what was made of them, by when it is due. */
export function ReportsPage() {
  const words = useFormText().web
  const format = useFormat()
  const pick = usePick()
  const may = useMay()
  const [filters, setFilters] = useFilters({ agencyId: '', year: '', regime: '' })
  const path = withQuery('/api/reports', {
    agencyId: filters.agencyId || undefined,
    year: filters.year || undefined,
  })
  const { data, problem, reload } = useApi<ReportsReply>(path)
  const year = data?.year ?? 0
  const used = data?.regimes.filter(({ regime }) => data.periods.some((period) => period.regime === regime)) ?? []
  const chosen = filters.regime || usual(data, used)
  const regimes = chosen === 'all' ? used : used.filter(({ regime }) => regime === chosen)
  const hasReports = data?.periods.some(({ reports }) => reports.length > 0)
  return (
    <>
      <PageHeader
        title={words.title}
        note={words.note}
        actions={
          <>
            {data?.hasUnitsBelow && (
              <LinkButton variant="default" to={`/don-vi-bao-cao?agencyId=${data.agencyId}&year=${year}`}>
                {words.toConsolidation}
              </LinkButton>
            )}
            {may('report-form.manage') && (
              <>
                <LinkButton variant="default" to="/ky-bao-cao">
                  {words.toPeriods}
                </LinkButton>
                <LinkButton variant="default" to="/bieu-mau">
                  {words.toForms}
                </LinkButton>
              </>
            )}
          </>
        }
      />
      <ProblemAlert problem={problem} onRetry={reload} />
      {data && (
        <Toolbar label={words.scope}>
          {data.agencies.length > 1 && (
            <Choice
              label={words.agency}
              required
              width="20rem"
              value={String(data.agencyId)}
              onChange={(next) => next && setFilters({ agencyId: next })}
              options={data.agencies.map(({ agencyId, name, validTo }) => ({
                value: String(agencyId),
                label: name,
                ...(validTo ? { note: words.until(format.day(validTo)) } : {}),
              }))}
            />
          )}
          <Button
            variant="default"
            leftSection={<Icon name="left" />}
            onClick={() => setFilters({ year: String(year - 1) })}
          >
            {words.previousYear}
          </Button>
          <Choice
            label={words.year}
            required
            width="7rem"
            value={String(year)}
            onChange={(next) => next && setFilters({ year: next })}
            options={Array.from({ length: 12 }, (_, at) => String(2028 - at)).map((value) => ({ value, label: value }))}
          />
          <Button
            variant="default"
            rightSection={<Icon name="right" />}
            onClick={() => setFilters({ year: String(year + 1) })}
          >
            {words.nextYear}
          </Button>
          {used.length > 1 && (
            <Choice
              label={words.regime}
              required
              width="22rem"
              value={chosen}
              onChange={(next) => next && setFilters({ regime: next })}
              options={[
                ...used.map(({ regime, name, nameEn }) => ({ value: regime, label: pick(name, nameEn) })),
                { value: 'all', label: words.allRegimes },
              ]}
            />
          )}
        </Toolbar>
      )}
      {data && !hasReports && used.length > 0 && (
        <p className="rf-hint">
          <strong>{words.emptyReports}</strong> {words.emptyReportsHint}
        </p>
      )}
      {data && used.length === 0 && <EmptyState title={words.empty} hint={words.emptyHint} />}
      {regimes.map(({ regime, name, nameEn, legalBasis }) => (
        <Section key={regime} title={pick(name, nameEn)}>
          <p className="k-note">{legalBasis}</p>
          <Periods
            label={pick(name, nameEn)}
            reply={data}
            periods={data?.periods.filter((period) => period.regime === regime)}
          />
        </Section>
      ))}
    </>
  )
}

/** The regime in which the agency has reports this year, or else its first. */
function usual(data: ReportsReply | undefined, used: ReportsReply['regimes']): string {
  const withReports = used.find(({ regime }) =>
    data?.periods.some((period) => period.regime === regime && period.reports.length > 0),
  )
  return (withReports ?? used[0])?.regime ?? 'all'
}

function Periods({
  label,
  reply,
  periods,
}: {
  label: string
  reply: ReportsReply | undefined
  periods: PeriodLine[] | undefined
}) {
  const text = useFormText()
  const words = text.web
  const format = useFormat()
  const today = reply?.today ?? ''
  const columns: Column<PeriodLine>[] = [
    {
      key: 'name',
      head: words.period,
      main: true,
      grow: true,
      cell: ({ name, reports: [newest] }) =>
        newest ? <PageLink to={`/bao-cao/${newest.reportId}`}>{name}</PageLink> : name,
    },
    {
      key: 'days',
      head: words.days,
      width: '13rem',
      cell: ({ from, to }) => words.span(format.day(from), format.day(to)),
    },
    {
      key: 'deadline',
      head: words.deadline,
      width: '11rem',
      cell: (period) => <Deadline period={period} today={today} />,
    },
    {
      key: 'state',
      head: words.state,
      width: '13rem',
      cell: ({ to, reports: [newest] }) => <State report={newest} isOver={to < today} />,
    },
    {
      key: 'begin',
      head: words.actions,
      width: '11rem',
      cell: (period) => <Begin period={period} reply={reply} />,
    },
  ]
  return <DataTable label={label} rows={periods} columns={columns} rowKey={({ periodId }) => String(periodId)} />
}

function Deadline({ period: { deadline, reports }, today }: { period: PeriodLine; today: string }) {
  const words = useFormText().web
  const format = useFormat()
  const [newest] = reports
  const isOpen = !newest || newest.state === 'draft' || newest.state === 'returned'
  // Of a year long gone nobody is reminded.
  const isLate = isOpen && newest !== undefined && today > deadline
  return (
    <>
      {format.day(deadline)} {isLate && <StatusBadge tone="late">{words.overdue}</StatusBadge>}
    </>
  )
}

function State({ report, isOver }: { report: ReportSummary | undefined; isOver: boolean }) {
  const { states, web: words } = useFormText()
  if (!report) return <span className="k-dimmed">{isOver ? words.stateNone : words.stateNotOver}</span>
  return (
    <>
      <StatusBadge tone={stateTones[report.state]}>{states[report.state]}</StatusBadge>{' '}
      {report.version > 1 && <span className="k-dimmed">{words.version(report.version)}</span>}
      {report.basis === 'units' && <span className="k-dimmed">{words.unitsBasis}</span>}
    </>
  )
}

function Begin({ period, reply }: { period: PeriodLine; reply: ReportsReply | undefined }) {
  const text = useFormText()
  const words = text.web
  const go = useGo()
  const begin = useCommand<{ reportId: string }>('/api/reports', {
    forget: ['/api/reports'],
    onDone: ({ reportId }) => {
      announce(words.begun)
      void go(`/bao-cao/${reportId}`)
    },
  })
  const [newest] = period.reports
  if (newest)
    return (
      <LinkButton variant="default" size="compact-sm" to={`/bao-cao/${newest.reportId}`}>
        {words.open}
      </LinkButton>
    )
  if (!reply?.mayWrite || period.from > reply.today) return null
  return (
    <>
      <Button
        variant="default"
        size="compact-sm"
        loading={begin.busy}
        aria-label={words.beginFor(period.name)}
        onClick={() => void begin.run({ agencyId: reply.agencyId, periodId: period.periodId })}
      >
        {words.begin}
      </Button>
      <ProblemAlert problem={worded(begin.problem, text.refusals)} />
    </>
  )
}
