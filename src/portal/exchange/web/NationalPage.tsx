import './exchange.css'
import { Button, Checkbox } from '@mantine/core'
import { useState } from 'react'
import {
  announce,
  type Column,
  DataTable,
  EmptyState,
  PageHeader,
  PageLink,
  ProblemAlert,
  Section,
  StatusBadge,
  type Tone,
  useApi,
  useCommand,
  useConfirm,
  useFilters,
  useFormat,
  withQuery,
} from '../../../platform/web/index.ts'
import type { DeliveryList, DeliveryView, StatusList, StatusView } from '../contract.ts'
import { Partners } from './Partners.tsx'
import { useExchangeText } from './use-exchange-text.ts'

const REFRESH_MS = 30_000

/** Partners and their keys, what they delivered, and what they were told. */
export function NationalPage() {
  const text = useExchangeText().national
  const [filters, setFilters] = useFilters({ refused: '', unsent: '' })
  return (
    <>
      <PageHeader title={text.title} note={text.note} />
      <Deliveries
        refusedOnly={filters.refused === '1'}
        onRefusedOnly={(on) => setFilters({ refused: on ? '1' : '' })}
      />
      <Statuses unsentOnly={filters.unsent === '1'} onUnsentOnly={(on) => setFilters({ unsent: on ? '1' : '' })} />
      <Partners />
    </>
  )
}

const outcomeTones: Record<DeliveryView['outcome'], Tone> = {
  lodged: 'done',
  supplemented: 'done',
  withdrawn: 'normal',
  repeated: 'normal',
  superseded: 'normal',
  refused: 'late',
}

function Deliveries({ refusedOnly, onRefusedOnly }: { refusedOnly: boolean; onRefusedOnly: (on: boolean) => void }) {
  const text = useExchangeText().national
  const format = useFormat()
  const { data, problem, reload } = useApi<DeliveryList>(
    withQuery('/api/exchange/deliveries', { refused: refusedOnly ? '1' : undefined }),
    { every: REFRESH_MS },
  )
  const columns: Column<DeliveryView>[] = [
    { key: 'when', head: text.columns.when, width: '10rem', cell: (row) => format.instant(row.receivedAt) },
    {
      key: 'code',
      head: text.columns.code,
      main: true,
      width: '14rem',
      cell: (row) =>
        row.dossierId ? (
          <PageLink to={`/ho-so/${row.dossierId}`}>{row.nationalCode}</PageLink>
        ) : (
          row.nationalCode || '–'
        ),
    },
    {
      key: 'outcome',
      head: text.columns.outcome,
      width: '13rem',
      wrap: true,
      cell: (row) => <StatusBadge tone={outcomeTones[row.outcome]}>{text.outcomes[row.outcome]}</StatusBadge>,
    },
    { key: 'detail', head: text.columns.detail, grow: true, wrap: true, cell: (row) => row.detail ?? '' },
  ]
  return (
    <Section
      title={text.deliveries}
      actions={
        <Checkbox
          label={text.refusedOnly}
          checked={refusedOnly}
          onChange={(event) => onRefusedOnly(event.currentTarget.checked)}
        />
      }
    >
      <ProblemAlert problem={problem} onRetry={reload} />
      <DataTable
        label={text.deliveries}
        rows={data?.items}
        columns={columns}
        rowKey={(row) => row.deliveryId}
        empty={<EmptyState title={text.noDeliveries} hint={text.noDeliveriesHint} />}
      />
    </Section>
  )
}

const stateTones: Record<StatusView['state'], Tone> = {
  queued: 'waiting',
  sending: 'waiting',
  sent: 'done',
  failed: 'late',
  skipped: 'normal',
}

function Statuses({ unsentOnly, onUnsentOnly }: { unsentOnly: boolean; onUnsentOnly: (on: boolean) => void }) {
  const text = useExchangeText().national
  const format = useFormat()
  const { data, problem, reload } = useApi<StatusList>(
    withQuery('/api/exchange/statuses', { unsent: unsentOnly ? '1' : undefined }),
    { every: REFRESH_MS },
  )
  const columns: Column<StatusView>[] = [
    { key: 'when', head: text.columns.when, width: '10rem', cell: (row) => format.instant(row.happenedAt) },
    {
      key: 'code',
      head: text.columns.code,
      main: true,
      width: '14rem',
      cell: (row) => <PageLink to={`/ho-so/${row.dossierId}`}>{row.nationalCode}</PageLink>,
    },
    {
      key: 'status',
      head: text.columns.status,
      grow: true,
      cell: (row) => `${row.status} – ${text.statusNames[row.status] ?? ''}`,
    },
    {
      key: 'state',
      head: text.columns.state,
      width: '14rem',
      wrap: true,
      cell: (row) => (
        <span>
          <StatusBadge tone={stateTones[row.state]}>{text.states[row.state]}</StatusBadge>
          {row.state === 'queued' && row.attempts > 0 && (
            <span className="ex-under k-dimmed">
              {text.nextAt(format.instant(row.nextAt))} ({row.lastCode})
            </span>
          )}
          {row.state === 'failed' && <span className="ex-under k-dimmed">{row.lastCode}</span>}
        </span>
      ),
    },
    { key: 'action', head: text.columns.action, width: '13rem', cell: (row) => <Decide row={row} onDone={reload} /> },
  ]
  return (
    <Section
      title={text.statuses}
      actions={
        <Checkbox
          label={text.unsentOnly}
          checked={unsentOnly}
          onChange={(event) => onUnsentOnly(event.currentTarget.checked)}
        />
      }
    >
      <ProblemAlert problem={problem} onRetry={reload} />
      <DataTable
        label={text.statuses}
        rows={data?.items}
        columns={columns}
        rowKey={(row) => `${row.dossierId} ${row.version}`}
        empty={<EmptyState title={text.noStatuses} hint={text.noStatusesHint} />}
      />
    </Section>
  )
}

function Decide({ row, onDone }: { row: StatusView; onDone: () => void }) {
  const text = useExchangeText().national
  const confirm = useConfirm()
  const [busy, setBusy] = useState(false)
  const command = useCommand('/api/exchange/statuses')
  if (row.state !== 'failed' && !(row.state === 'queued' && row.attempts > 0)) return null
  const { agencyId, dossierId, version } = row
  const decide = async (action: 'resend' | 'skip') => {
    if (action === 'skip') {
      const sure = await confirm({
        question: text.skipQuestion,
        consequence: text.skipConsequence,
        action: text.skip,
      })
      if (!sure) return
    }
    setBusy(true)
    if (await command.run({ agencyId, dossierId, version, action })) announce(text.done)
    setBusy(false)
    onDone()
  }
  return (
    <span className="ex-actions">
      <Button size="compact-sm" variant="default" loading={busy} onClick={() => void decide('resend')}>
        {text.resend}
      </Button>
      <Button size="compact-sm" variant="subtle" color="gray" onClick={() => void decide('skip')}>
        {text.skip}
      </Button>
    </span>
  )
}
