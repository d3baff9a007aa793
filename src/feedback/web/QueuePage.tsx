import './feedback.css'
import { SegmentedControl } from '@mantine/core'
import { useState } from 'react'
import {
  type Column,
  DataTable,
  DueCell,
  EmptyState,
  Icon,
  LinkButton,
  PageHeader,
  ProblemAlert,
  StatusBadge,
  TextField,
  Toolbar,
  useFilters,
  useFormat,
  useMay,
  usePages,
} from '../../platform/web/index.ts'
import type { PetitionItem, QueueReply } from '../contract.ts'
import { useFeedbackText } from './use-feedback-text.ts'

const states = ['open', 'late', 'today', 'new', 'waiting', 'answered'] as const
const everything = { state: 'open', whose: 'all', q: '' }

/** Petitions: what is due first stands first. */
export function QueuePage() {
  const text = useFeedbackText()
  const words = text.queue
  const [filters, setFilters] = useFilters(everything)
  const [typed, setTyped] = useState(filters.q)
  const queue = usePages<PetitionItem, QueueReply>(
    '/api/petitions',
    { ...filters, state: filters.q ? '' : filters.state },
    { every: 60_000 },
  )
  const may = useMay()
  const counts = queue.first?.counts
  const format = useFormat()
  const columns = useColumns()
  return (
    <>
      <PageHeader
        title={words.title}
        actions={
          <>
            <LinkButton to="/phan-anh/so" variant="default" leftSection={<Icon name="register" />}>
              {words.book}
            </LinkButton>
            {may('feedback.register') && (
              <LinkButton to="/phan-anh/ghi-nhan" leftSection={<Icon name="plus" />}>
                {words.register}
              </LinkButton>
            )}
          </>
        }
      />
      <div className="f-states" role="group" aria-label={words.stateFilter}>
        {states.map((state) => (
          <button
            key={state}
            type="button"
            className="f-state"
            aria-pressed={filters.state === state && !filters.q}
            onClick={() => {
              setTyped('')
              setFilters({ state, q: '' })
            }}
          >
            <span className="f-count" data-tone={counts?.[state] ? toneOf(state) : undefined}>
              {counts ? format.number(counts[state]) : '–'}
            </span>
            <span>{words.states[state]}</span>
          </button>
        ))}
      </div>
      <Toolbar label={words.whose}>
        <SegmentedControl
          aria-label={words.whose}
          value={filters.whose}
          onChange={(whose) => setFilters({ whose })}
          data={(['all', 'mine'] as const).map((scope) => ({ value: scope, label: words.scopes[scope] }))}
          transitionDuration={0}
        />
        <TextField
          label={words.search}
          width="20rem"
          value={typed}
          onChange={(q) => {
            setTyped(q)
            setFilters({ q: q.trim() })
          }}
        />
      </Toolbar>
      <ProblemAlert problem={queue.problem} onRetry={queue.reload} />
      {!(queue.problem && !queue.items) && (
        <div aria-busy={queue.stale}>
          <DataTable
            label={words.list}
            rows={queue.items}
            columns={columns}
            rowKey={(item) => item.petitionId}
            rowTo={(item) => `/phan-anh/${item.petitionId}`}
            empty={
              <EmptyState title={words.empty} hint={queue.first?.ownOnly ? words.emptyOwnHint : words.emptyHint} />
            }
            onMore={queue.more}
          />
        </div>
      )}
    </>
  )
}

const toneOf = (state: (typeof states)[number]): string | undefined =>
  ({ late: 'late', today: 'today', waiting: 'waiting' })[state as string]

function useColumns(): Column<PetitionItem>[] {
  const text = useFeedbackText()
  const words = text.queue
  return [
    { key: 'due', head: words.columns.due, width: '9rem', cell: (item) => <TimeLeft item={item} /> },
    {
      key: 'content',
      head: words.columns.content,
      main: true,
      grow: 3,
      wrap: true,
      cell: (item) => (
        <span>
          {item.restricted && (
            <>
              <Icon name="lock" size={14} /> <span className="k-dimmed">{words.restricted} · </span>
            </>
          )}
          {item.title}
        </span>
      ),
    },
    { key: 'status', head: words.columns.status, width: '9.5rem', cell: (item) => text.statuses[item.status] },
    {
      key: 'holder',
      head: words.columns.holder,
      width: '10rem',
      wrap: true,
      cell: (item) => item.officerName ?? item.unitName ?? <span className="k-dimmed">{words.unassigned}</span>,
    },
    { key: 'code', head: words.columns.code, width: '8.5rem', cell: (item) => item.code },
    {
      key: 'channel',
      head: words.columns.channel,
      width: '10rem',
      wideOnly: true,
      cell: (item) => (
        <>
          <span>{text.channels[item.channel]}</span>
          {item.reference && <span className="f-under k-dimmed">{item.reference}</span>}
        </>
      ),
    },
  ]
}

/** The time left, or for whom it waits. */
function TimeLeft({ item }: { item: PetitionItem }) {
  const words = useFeedbackText().queue
  if (item.endedAt) return <span className="k-dimmed">{words.ended}</span>
  if (item.status === 'awaiting-supplement') return <StatusBadge tone="waiting">{words.waiting}</StatusBadge>
  if (item.dueAt === null) return <span className="k-dimmed">{words.answered}</span>
  return <DueCell dueAt={item.dueAt} />
}
