import {
  type Column,
  DataTable,
  EmptyState,
  PageHeader,
  ProblemAlert,
  StatusBadge,
  useApi,
  useFormat,
} from '../../../platform/web/index.ts'
import type { LoadingItem } from '../contract.ts'
import { useAgainstText } from './use-against-text.ts'

const tones = { waiting: 'normal', loading: 'waiting', loaded: 'done' } as const

/** Which authorities of the demo are there, and how far the others have come. */
export function LoadingPage() {
  const text = useAgainstText().demo
  const format = useFormat()
  const list = useApi<{ items: LoadingItem[] }>('/api/demo/loading', { every: 3000 })
  const columns: Column<LoadingItem>[] = [
    { key: 'title', head: text.columns.title, main: true, grow: true, cell: ({ title }) => title },
    {
      key: 'state',
      head: text.columns.state,
      width: '9rem',
      cell: ({ state }) => <StatusBadge tone={tones[state]}>{text.states[state]}</StatusBadge>,
    },
    {
      key: 'done',
      head: text.columns.done,
      width: '7rem',
      align: 'right',
      cell: ({ done, state }) => (state === 'waiting' ? '–' : format.number(done)),
    },
    {
      key: 'of',
      head: text.columns.of,
      width: '9rem',
      align: 'right',
      cell: ({ of, state }) => (state === 'waiting' ? '–' : format.number(of)),
    },
  ]
  return (
    <>
      <PageHeader title={text.title} note={text.note} />
      <ProblemAlert problem={list.problem} onRetry={list.reload} />
      <DataTable
        label={text.title}
        rows={list.data?.items}
        columns={columns}
        rowKey={({ name }) => name}
        empty={<EmptyState title={text.none} />}
      />
    </>
  )
}
