import './forms.css'
import { Button } from '@mantine/core'
import {
  announce,
  Choice,
  type Column,
  DataTable,
  EmptyState,
  LinkButton,
  PageHeader,
  PageLink,
  ProblemAlert,
  StatusBadge,
  Toolbar,
  useApi,
  useCommand,
  useFilters,
  useFormat,
  useGo,
  withQuery,
  worded,
} from '../../../platform/web/index.ts'
import type { ConsolidationReply, ReportsReply } from '../contract.ts'
import { stateTones } from './report-view.ts'
import { useFormText, usePick } from './use-form-text.ts'

type Unit = ConsolidationReply['units'][number]

/** Who below has reported for a period, and who is missing; from here the sum of them is made. */
export function ConsolidationPage() {
  const words = useFormText().web
  const [filters, setFilters] = useFilters({ agencyId: '', year: '', periodId: '' })
  const list = useApi<ReportsReply>(
    withQuery('/api/reports', { agencyId: filters.agencyId || undefined, year: filters.year || undefined }),
  )
  const reply = list.data
  const period = reply?.periods.find(({ periodId }) => String(periodId) === filters.periodId) ?? latest(reply)
  const units = useApi<ConsolidationReply>(
    reply && period
      ? withQuery('/api/reports/consolidation', { agencyId: reply.agencyId, periodId: period.periodId })
      : null,
  )
  return (
    <>
      <PageHeader
        title={words.unitsTitle}
        note={words.unitsNote}
        back={{
          to: reply ? `/bao-cao?agencyId=${reply.agencyId}&year=${reply.year}` : '/bao-cao',
          label: words.title,
        }}
        actions={reply && period && <Consolidate reply={reply} period={period} units={units.data?.units ?? []} />}
      />
      <ProblemAlert problem={list.problem ?? units.problem} onRetry={list.reload} />
      {reply && <Scope reply={reply} periodId={period?.periodId} onChange={setFilters} />}
      {reply && !period && <EmptyState title={words.empty} hint={words.emptyHint} />}
      {period && <Units units={units.data?.units} />}
    </>
  )
}

/** The period that ended last. */
const latest = (reply: ReportsReply | undefined) =>
  reply?.periods.filter(({ to }) => to < reply.today).toSorted((one, other) => (one.to < other.to ? 1 : -1))[0] ??
  reply?.periods[0]

function Scope({
  reply,
  periodId,
  onChange,
}: {
  reply: ReportsReply
  periodId: number | undefined
  onChange: (change: { agencyId?: string; year?: string; periodId?: string }) => void
}) {
  const words = useFormText().web
  const pick = usePick()
  const regimeName = (regime: string) => {
    const found = reply.regimes.find((each) => each.regime === regime)
    return found ? pick(found.name, found.nameEn) : regime
  }
  return (
    <Toolbar label={words.scope}>
      {reply.agencies.length > 1 && (
        <Choice
          label={words.agency}
          required
          width="20rem"
          value={String(reply.agencyId)}
          onChange={(next) => next && onChange({ agencyId: next, periodId: '' })}
          options={reply.agencies.map(({ agencyId, name }) => ({ value: String(agencyId), label: name }))}
        />
      )}
      <Choice
        label={words.year}
        required
        width="7rem"
        value={String(reply.year)}
        onChange={(next) => next && onChange({ year: next, periodId: '' })}
        options={Array.from({ length: 12 }, (_, at) => String(2028 - at)).map((value) => ({ value, label: value }))}
      />
      <Choice
        label={words.period}
        required
        width="24rem"
        value={periodId === undefined ? null : String(periodId)}
        onChange={(next) => next && onChange({ periodId: next })}
        options={reply.periods.map(({ periodId: id, name, regime }) => ({
          value: String(id),
          label: name,
          note: regimeName(regime),
        }))}
      />
    </Toolbar>
  )
}

function Units({ units }: { units: readonly Unit[] | undefined }) {
  const { states, web: words } = useFormText()
  const format = useFormat()
  const done = units?.filter(({ state }) => state === 'accepted' || state === 'locked').length ?? 0
  const columns: Column<Unit>[] = [
    {
      key: 'name',
      head: words.unit,
      main: true,
      grow: true,
      cell: ({ name, reportId }) => (reportId ? <PageLink to={`/bao-cao/${reportId}`}>{name}</PageLink> : name),
    },
    {
      key: 'state',
      head: words.state,
      width: '14rem',
      cell: ({ state, isOverdue }) => (
        <>
          {state === 'none' ? (
            <span className="k-dimmed">{words.stateNone}</span>
          ) : (
            <StatusBadge tone={stateTones[state]}>{states[state]}</StatusBadge>
          )}{' '}
          {isOverdue && <StatusBadge tone="late">{words.overdue}</StatusBadge>}
        </>
      ),
    },
    {
      key: 'version',
      head: words.versionHead,
      width: '10rem',
      cell: ({ version }) => (version !== null && version > 1 ? words.version(version) : ''),
    },
    {
      key: 'locked',
      head: words.lockedAt,
      width: '11rem',
      cell: ({ lockedAt }) => (lockedAt ? format.instant(lockedAt) : ''),
    },
  ]
  return (
    <>
      {units && units.length > 0 && (
        <p role="status">
          {words.unitsSummary(done, units.length)} {done < units.length && words.unitsMissing(units.length - done)}
        </p>
      )}
      <DataTable
        label={words.unitsTitle}
        rows={units}
        columns={columns}
        rowKey={({ agencyId }) => String(agencyId)}
        empty={<EmptyState title={words.noUnits} hint={words.noUnitsHint} />}
      />
    </>
  )
}

function Consolidate({
  reply,
  period,
  units,
}: {
  reply: ReportsReply
  period: ReportsReply['periods'][number]
  units: readonly Unit[]
}) {
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
  const [own] = period.reports
  if (own) return <LinkButton to={`/bao-cao/${own.reportId}`}>{words.open}</LinkButton>
  if (!reply.mayWrite || units.length === 0) return null
  return (
    <>
      <Button
        loading={begin.busy}
        onClick={() => void begin.run({ agencyId: reply.agencyId, periodId: period.periodId, basis: 'units' })}
      >
        {words.beginUnits}
      </Button>
      <ProblemAlert problem={worded(begin.problem, text.refusals)} />
    </>
  )
}
