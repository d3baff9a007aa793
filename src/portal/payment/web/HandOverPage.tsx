import './payment.css'
import { Button } from '@mantine/core'
import { useState } from 'react'
import {
  announce,
  Choice,
  DataTable,
  Fields,
  PageHeader,
  PageLink,
  ProblemAlert,
  Section,
  StatusBadge,
  TextField,
  Toolbar,
  useApi,
  useCommand,
  useFilters,
  useMay,
  withQuery,
  worded,
} from '../../../platform/web/index.ts'
import type { HandOverView } from '../contract.ts'
import { useAgencies, useBookFormat, usePaymentText } from './use-payment-text.ts'

/** What was collected and must reach the budget within eight working hours. */
export function HandOverPage() {
  const text = usePaymentText()
  const { reconcile } = text
  const { columns } = reconcile
  const format = useBookFormat()
  const may = useMay()
  const agencies = useAgencies()
  const [filters, setFilters] = useFilters({ agencyId: '' })
  const [keys, setKeys] = useState<ReadonlySet<string>>(new Set())
  const [voucher, setVoucher] = useState('')
  const agencyId = filters.agencyId || agencies[0]?.value || ''
  const { data, problem, reload } = useApi<HandOverView>(withQuery('/api/payments/hand-over', { agencyId }))
  const handOver = useCommand<unknown, { agencyId: number; voucher: string; bookingIds: string[] }>(
    '/api/payments/hand-over',
  )
  const chosen = (data?.waiting ?? []).filter(({ bookingId }) => keys.has(bookingId))
  const sum = chosen.reduce((total, { amount }) => total + amount, 0)
  const mayRecord = may('payment.reconcile')
  const run = async () => {
    const bookingIds = chosen.map(({ bookingId }) => bookingId)
    if (!(await handOver.run({ agencyId: Number(agencyId), voucher, bookingIds }))) return
    setKeys(new Set())
    setVoucher('')
    announce(reconcile.handedOver)
    reload()
  }
  return (
    <>
      <PageHeader title={reconcile.handOverTitle} note={reconcile.handOverNote} />
      {agencies.length > 1 && (
        <Toolbar label={reconcile.agency}>
          <Choice
            label={reconcile.agency}
            value={agencyId}
            options={agencies}
            onChange={(value) => setFilters({ agencyId: value ?? '' })}
          />
        </Toolbar>
      )}
      <ProblemAlert problem={problem ?? worded(handOver.problem, text.refusals)} onRetry={reload} />
      <DataTable
        label={reconcile.handOverTitle}
        rows={data?.waiting}
        rowKey={(row) => row.bookingId}
        {...(mayRecord ? { chosen: { keys, onChange: setKeys } } : {})}
        empty={<p className="k-dimmed">{reconcile.handOverEmpty}</p>}
        rowTone={(row) => (row.late ? 'late' : 'normal')}
        columns={[
          {
            key: 'due',
            head: columns.dueAt,
            width: '13rem',
            cell: (row) => (
              <>
                {format.instant(row.dueAt)} {row.late && <StatusBadge tone="late">{reconcile.late}</StatusBadge>}
              </>
            ),
          },
          {
            key: 'code',
            head: columns.code,
            main: true,
            grow: true,
            cell: (row) => <PageLink to={`/ho-so/${row.dossierId}`}>{row.code}</PageLink>,
          },
          { key: 'method', head: columns.method, grow: true, cell: (row) => text.methods[row.method] },
          { key: 'at', head: columns.time, wideOnly: true, cell: (row) => format.instant(row.collectedAt) },
          { key: 'amount', head: columns.amount, align: 'right', cell: (row) => format.money(row.amount) },
        ]}
      />
      {mayRecord && chosen.length > 0 && (
        <Section title={reconcile.chosen(chosen.length, format.money(sum))}>
          <Fields columns={2}>
            <TextField
              label={reconcile.handOverVoucher}
              required
              value={voucher}
              onChange={setVoucher}
              maxLength={60}
            />
          </Fields>
          <div className="p-actions">
            <Button loading={handOver.busy} disabled={voucher.trim() === ''} onClick={() => void run()}>
              {reconcile.handOver}
            </Button>
          </div>
        </Section>
      )}
      {(data?.done.length ?? 0) > 0 && (
        <Section title={reconcile.handedBefore}>
          <DataTable
            label={reconcile.handedBefore}
            rows={data?.done}
            rowKey={(row) => row.handOverId}
            columns={[
              { key: 'voucher', head: columns.voucher, main: true, cell: (row) => row.voucher },
              { key: 'at', head: columns.time, cell: (row) => format.instant(row.handedAt) },
              { key: 'who', head: columns.who, grow: true, cell: (row) => row.by },
              { key: 'count', head: reconcile.count, align: 'right', cell: (row) => format.number(row.bookings) },
              { key: 'amount', head: columns.amount, align: 'right', cell: (row) => format.money(row.amount) },
            ]}
          />
        </Section>
      )}
    </>
  )
}
