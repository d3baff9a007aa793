import './officer.css'
import {
  type Column,
  DataTable,
  DueCell,
  EmptyState,
  PageHeader,
  ProblemAlert,
  StatusBadge,
  useApi,
  useFormat,
  useNow,
} from '../../../platform/web/index.ts'
import type { WaitingItem, WaitingList } from '../officer-contract.ts'
import { useOfficerText } from './use-officer-text.ts'

const REFRESH_MS = 30_000

/** Dossiers that came in online and wait for the answer of the desk, with both times of the law. */
export function WaitingPage() {
  const text = useOfficerText().waiting
  const { data, problem, reload } = useApi<WaitingList>('/api/filing/waiting', { every: REFRESH_MS })
  const columns = useColumns()
  return (
    <>
      <PageHeader title={text.title} note={text.note} />
      <ProblemAlert problem={problem} onRetry={reload} />
      <DataTable
        label={text.title}
        rows={data?.items}
        columns={columns}
        rowKey={(row) => row.dossierId}
        rowTo={(row) => `/ho-so/${row.dossierId}`}
        empty={<EmptyState title={text.empty} hint={text.emptyHint} />}
      />
    </>
  )
}

function useColumns(): Column<WaitingItem>[] {
  const text = useOfficerText().waiting
  const format = useFormat()
  return [
    { key: 'accept', head: text.columns.accept, width: '11.5rem', cell: (row) => <DueCell dueAt={row.acceptBy} /> },
    {
      key: 'applicant',
      head: text.columns.applicant,
      main: true,
      width: '11rem',
      cell: (row) => row.applicantName ?? row.code,
    },
    { key: 'procedure', head: text.columns.procedure, grow: true, wrap: true, cell: (row) => row.procedureName },
    {
      key: 'code',
      head: text.columns.code,
      width: '12.5rem',
      cell: (row) => <span className="d-code">{row.code}</span>,
    },
    { key: 'filed', head: text.columns.filed, width: '10rem', cell: (row) => format.instant(row.lodgedAt) },
    { key: 'seen', head: text.columns.seen, width: '15rem', wrap: true, cell: (row) => <Seen row={row} /> },
  ]
}

function Seen({ row }: { row: WaitingItem }) {
  const text = useOfficerText()
  const format = useFormat()
  const now = useNow()
  if (row.seenAt !== null) {
    const said = row.seenAt > row.lookBy ? text.panel.seenLate : text.panel.seen
    return <>{said(row.seenByName ?? '', format.instant(row.seenAt))}</>
  }
  if (now > row.lookBy) return <StatusBadge tone="late">{text.waiting.tellOver}</StatusBadge>
  return (
    <StatusBadge tone="today">{text.waiting.tellLeft(text.waiting.lookBy(format.instant(row.lookBy)))}</StatusBadge>
  )
}
