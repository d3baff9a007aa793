import './dossiers.css'
import { Button, SegmentedControl } from '@mantine/core'
import { dayOf } from '../../platform/day.ts'
import {
  Choice,
  type Column,
  DataTable,
  EmptyState,
  Icon,
  LinkButton,
  PageHeader,
  ProblemAlert,
  Toolbar,
  useApi,
  useFilters,
  useFormat,
  useMay,
  useMe,
  useNow,
  usePages,
} from '../../platform/web/index.ts'
import type { QueueItem, QueuePage as QueueReply } from '../contract.ts'
import {
  countOf,
  emptyQueue,
  everything,
  isNarrowed,
  type QueueFilters,
  queueStates,
  scopes,
  unfiltered,
} from './queue-view.ts'
import { TakeButton } from './TakeButton.tsx'
import { TimeCell } from './TimeCell.tsx'
import { useDossierText, wordOf } from './use-dossier-text.ts'
import { useViewer } from './use-viewer.ts'

/** The work of the day: what is due first stands first. */
export function QueuePage() {
  const text = useDossierText()
  const [filters, setFilters] = useFilters(everything)
  const queue = usePages<QueueItem, QueueReply>('/api/queue', filters, { every: 60_000 })
  const columns = useColumns()
  const may = useMay()
  return (
    <>
      <PageHeader
        title={text.queue.title}
        actions={
          may('dossier.receive') && (
            <LinkButton to="/tiep-nhan" leftSection={<Icon name="intake" />}>
              {text.commands.receive}
            </LinkButton>
          )
        }
      />
      <QueueFilterBar filters={filters} counts={queue.first?.counts} onChange={setFilters} />
      <ProblemAlert problem={queue.problem} onRetry={queue.reload} />
      {!(queue.problem && !queue.items) && (
        <div aria-busy={queue.stale}>
          <DataTable
            label={text.queue.list}
            rows={queue.items}
            columns={columns}
            rowKey={(item) => `${item.dossierId} ${item.key}`}
            rowTo={(item) => `/ho-so/${item.dossierId}`}
            empty={<EmptyQueue filters={filters} onChange={setFilters} />}
            onMore={queue.more}
          />
        </div>
      )}
    </>
  )
}

type Change = (change: Partial<QueueFilters>) => void
type Field = { key: string; name: string }

function QueueFilterBar({
  filters,
  counts,
  onChange,
}: {
  filters: QueueFilters
  counts: QueueReply['counts'] | undefined
  onChange: Change
}) {
  const text = useDossierText()
  const format = useFormat()
  const { data } = useApi<Field[]>('/api/procedure-fields')
  const optionsOf = (words: Readonly<Record<string, string>>) =>
    Object.entries(words).map(([value, label]) => ({ value, label }))
  const { accept, forward, wait } = text.steps
  const narrowed = isNarrowed(filters)
  return (
    <>
      <div className="d-queue-states" role="group" aria-label={text.queue.stateFilter}>
        {queueStates.map((state) => {
          const count = countOf(state, counts)
          const tone = { overdue: 'late', today: 'today', waiting: 'waiting' }[state as string]
          return (
            <button
              key={state}
              type="button"
              className="d-queue-state"
              aria-pressed={filters.state === state}
              onClick={() => onChange({ state })}
            >
              <span className="d-queue-count" data-tone={count ? tone : undefined}>
                {count === undefined ? '–' : format.number(count)}
              </span>
              <span>{text.queue.states[state]}</span>
            </button>
          )
        })}
      </div>
      <div className="d-queue-filters">
        <Toolbar label={text.queue.whose}>
          <SegmentedControl
            aria-label={text.queue.whose}
            value={filters.whose}
            onChange={(whose) => onChange({ whose })}
            data={scopes.map((scope) => ({ value: scope, label: text.queue.scopes[scope] }))}
            transitionDuration={0}
          />
          <Choice
            label={text.queue.kind}
            width="11rem"
            placeholder={text.queue.any}
            value={filters.kind || null}
            onChange={(kind) => onChange({ kind: kind ?? '' })}
            options={optionsOf({ accept, forward, ...text.stepKinds, wait })}
          />
          <Choice
            label={text.queue.field}
            width="14rem"
            placeholder={text.queue.any}
            value={filters.field || null}
            onChange={(field) => onChange({ field: field ?? '' })}
            options={(data ?? []).map(({ key, name }) => ({ value: key, label: name }))}
          />
          <Choice
            label={text.queue.channel}
            width="11rem"
            placeholder={text.queue.any}
            value={filters.channel || null}
            onChange={(channel) => onChange({ channel: channel ?? '' })}
            options={optionsOf(text.channels)}
          />
          {narrowed && (
            <Button variant="subtle" leftSection={<Icon name="close" />} onClick={() => onChange(unfiltered)}>
              {text.queue.clearFilters}
            </Button>
          )}
        </Toolbar>
      </div>
      {(filters.agencyId || filters.unitId || filters.holder) && <p className="k-note">{text.queue.narrowed}</p>}
    </>
  )
}

function useColumns(): Column<QueueItem>[] {
  const text = useDossierText()
  const words = text.queue
  const now = useNow()
  return [
    { key: 'due', head: words.columns.due, width: '11.5rem', cell: (item) => <TimeCell item={item} /> },
    {
      key: 'person',
      head: words.columns.person,
      main: true,
      grow: true,
      wrap: true,
      cell: (item) => <PersonLine item={item} />,
    },
    {
      key: 'procedure',
      head: words.columns.procedure,
      grow: 2,
      wrap: true,
      cell: (item) => <ProcedureLine item={item} />,
    },
    { key: 'step', head: words.columns.step, cell: (item) => <StepLine item={item} now={now} /> },
    {
      key: 'code',
      head: words.columns.code,
      width: '11rem',
      cell: (item) => <span className="d-code">{item.code}</span>,
    },
    { key: 'holder', head: words.columns.holder, width: '11rem', cell: (item) => <HolderLine item={item} /> },
  ]
}

/** Who asks; for a dossier of another authority, whose it is. */
function PersonLine({ item }: { item: QueueItem }) {
  const words = useDossierText().queue
  return (
    <span title={item.ownerName ? words.from(item.ownerName) : undefined}>
      {item.applicantName ?? item.code}
      {item.ownerName && <span className="k-dimmed"> · {item.ownerName}</span>}
    </span>
  )
}

function ProcedureLine({ item }: { item: QueueItem }) {
  const text = useDossierText()
  return (
    <span title={item.procedureName}>
      {item.procedureName}
      {item.channel !== 'counter' && <span className="k-dimmed"> · {wordOf(text.channels, item.channel)}</span>}
    </span>
  )
}

/** What is to be done; a step that is late within a dossier that is not says so. */
function StepLine({ item, now }: { item: QueueItem; now: string }) {
  const words = useDossierText().queue
  const format = useFormat()
  const late = item.stepDueAt !== null && item.stepDueAt < now && !(item.dueAt !== null && item.dueAt < now)
  return (
    <span>
      {item.stepName}
      {item.kind === 'opinion' && item.stepDueAt && (
        <span className="k-dimmed"> · {format.shortDay(dayOf(item.stepDueAt))}</span>
      )}
      {late && <span className="d-step-late"> · {words.stepLate}</span>}
    </span>
  )
}

/** Who has it; what nobody of my unit has taken can be taken here. */
function HolderLine({ item }: { item: QueueItem }) {
  const words = useDossierText().queue
  const me = useMe()
  const viewer = useViewer()
  if (item.officerId === me.officerId) return words.me
  if (item.officerName) return item.officerName
  if (item.kind !== 'wait' && viewer.units.includes(item.unitId)) return <TakeButton item={item} />
  return <span className="k-dimmed d-holder-unit">{item.unitName}</span>
}

function EmptyQueue({ filters, onChange }: { filters: QueueFilters; onChange: Change }) {
  const words = useDossierText().queue
  const { title, hint, way } = emptyQueue(filters)
  return (
    <EmptyState
      title={words.empty[title]}
      hint={hint && words.empty[hint]}
      action={
        <>
          {way === 'clear' && (
            <Button variant="default" onClick={() => onChange({ ...unfiltered, state: '' })}>
              {words.clearFilters}
            </Button>
          )}
          {way === 'unit' && (
            <Button variant="default" onClick={() => onChange({ whose: 'unit' })}>
              {words.empty.toUnit}
            </Button>
          )}
        </>
      }
    />
  )
}
