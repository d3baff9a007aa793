import './payment.css'
import { Button } from '@mantine/core'
import { useState } from 'react'
import {
  announce,
  ApiProblem,
  api,
  Choice,
  DataTable,
  Dialog,
  PageHeader,
  PageLink,
  ProblemAlert,
  Section,
  StatusBadge,
  TextField,
  Toolbar,
  useApi,
  useFilters,
  useMay,
  withQuery,
  worded,
  type Tone,
} from '../../../platform/web/index.ts'
import type { ProposedRefund, RefundsView, RefundView } from '../contract.ts'
import { RefundForm } from './RefundForm.tsx'
import { mayTakeBack, stepsOf } from './refund-steps.ts'
import { useAgencies, useBookFormat, usePaymentText } from './use-payment-text.ts'

type Act = 'approve' | 'reject' | 'pay'
const tones: Partial<Record<RefundView['state'], Tone>> = {
  asked: 'waiting',
  approved: 'today',
  paying: 'today',
  failed: 'late',
  paid: 'done',
}

/** Refunds from the request to the payment: who asked, who approved, who paid. */
export function RefundsPage() {
  const text = usePaymentText()
  const { reconcile } = text
  const { columns } = reconcile
  const format = useBookFormat()
  const may = useMay()
  const agencies = useAgencies()
  const [filters, setFilters] = useFilters({ agencyId: '' })
  const [opened, setOpened] = useState<{ row: RefundView; act: Act } | null>(null)
  const agencyId = filters.agencyId || agencies[0]?.value || ''
  const { data, problem, reload } = useApi<RefundsView>(withQuery('/api/payments/refunds', { agencyId }))
  const decides = may('payment.reconcile')
  const pays = may('payment.collect')
  return (
    <>
      <PageHeader title={reconcile.refundsTitle} />
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
      <ProblemAlert problem={problem} onRetry={reload} />
      {data && data.proposed.length > 0 && (
        <Proposed rows={data.proposed} mayAsk={pays} hasGateway={data.hasGateway} onAsked={reload} />
      )}
      <DataTable
        label={reconcile.refundsTitle}
        rows={data?.items}
        rowKey={(row) => row.refundId}
        empty={<p className="k-dimmed">{reconcile.refundsEmpty}</p>}
        columns={[
          {
            key: 'code',
            head: columns.code,
            main: true,
            width: '13.5rem',
            cell: (row) => (row.dossierId ? <PageLink to={`/ho-so/${row.dossierId}`}>{row.code}</PageLink> : '–'),
          },
          { key: 'amount', head: columns.amount, align: 'right', cell: (row) => format.money(row.amount) },
          { key: 'way', head: columns.method, cell: (row) => text.ways[row.way] },
          { key: 'reason', head: columns.reason, grow: 2, wrap: true, cell: (row) => row.reason },
          {
            key: 'who',
            head: columns.who,
            grow: 3,
            wrap: true,
            cell: (row) => <Steps row={row} />,
          },
          {
            key: 'state',
            head: columns.state,
            wrap: true,
            cell: (row) => (
              <StatusBadge tone={tones[row.state] ?? 'normal'}>{text.refundStates[row.state]}</StatusBadge>
            ),
          },
          {
            key: 'actions',
            head: reconcile.actions,
            width: '14rem',
            cell: (row) => (
              <span className="p-actions">
                {decides && row.state === 'asked' && !row.isOwn && (
                  <Button size="compact-sm" onClick={() => setOpened({ row, act: 'approve' })}>
                    {reconcile.approve}
                  </Button>
                )}
                {(mayTakeBack(row) || (decides && (row.state === 'asked' || row.state === 'failed'))) && (
                  <Button size="compact-sm" variant="default" onClick={() => setOpened({ row, act: 'reject' })}>
                    {mayTakeBack(row) ? reconcile.takeBack : reconcile.reject}
                  </Button>
                )}
                {pays && (row.state === 'approved' || row.state === 'failed' || row.state === 'paying') && (
                  <Button size="compact-sm" onClick={() => setOpened({ row, act: 'pay' })}>
                    {text.panel.pay}
                  </Button>
                )}
              </span>
            ),
          },
        ]}
      />
      {opened && (
        <ActForm
          {...opened}
          onClose={() => setOpened(null)}
          onDone={(words) => {
            setOpened(null)
            announce(words)
            reload()
          }}
        />
      )}
    </>
  )
}

/** Who did what, a line each. */
function Steps({ row }: { row: RefundView }) {
  const text = usePaymentText()
  const format = useBookFormat()
  const refusals: Readonly<Record<string, unknown>> = text.refusals
  const why = (code: string) => {
    const said = refusals[code]
    return typeof said === 'string' ? said : null
  }
  return stepsOf(row).map(({ what, by, at, note }) => (
    <span key={what} className="p-step">
      {text.reconcile.steps[what]}: {[by, at && format.instant(at)].filter(Boolean).join(', ')}
      <Note words={note && what === 'failed' ? why(note) : note} />
    </span>
  ))
}

const Note = ({ words }: { words: string | null }) => words && <span className="k-dimmed"> – {words}</span>

/** What is too much since the fee was lowered: proposed, asked for by an officer, approved by another. */
function Proposed({
  rows,
  mayAsk,
  hasGateway,
  onAsked,
}: {
  rows: readonly ProposedRefund[]
  mayAsk: boolean
  hasGateway: boolean
  onAsked: () => void
}) {
  const { reconcile, panel } = usePaymentText()
  const format = useBookFormat()
  const [asking, setAsking] = useState<ProposedRefund | null>(null)
  return (
    <Section title={reconcile.proposedTitle}>
      <DataTable
        label={reconcile.proposedTitle}
        rows={rows}
        rowKey={({ dossierId }) => dossierId}
        empty={null}
        columns={[
          {
            key: 'code',
            head: reconcile.columns.code,
            main: true,
            grow: 1,
            cell: ({ dossierId, code }) => <PageLink to={`/ho-so/${dossierId}`}>{code}</PageLink>,
          },
          {
            key: 'why',
            head: reconcile.columns.reason,
            grow: 2,
            wrap: true,
            cell: ({ paid, due }) => reconcile.proposedLine(format.money(paid), format.money(due)),
          },
          {
            key: 'amount',
            head: reconcile.proposedAmount,
            align: 'right',
            cell: ({ amount }) => format.money(amount),
          },
          ...(mayAsk
            ? [
                {
                  key: 'actions',
                  head: reconcile.actions,
                  width: '10rem',
                  cell: (row: ProposedRefund) => (
                    <Button size="compact-sm" onClick={() => setAsking(row)}>
                      {panel.refund}
                    </Button>
                  ),
                },
              ]
            : []),
        ]}
      />
      {asking && (
        <RefundForm
          path={`/api/dossiers/${asking.dossierId}/payment`}
          hasGateway={hasGateway}
          amount={asking.amount}
          reason={panel.excessReason}
          onClose={() => setAsking(null)}
          onDone={(words) => {
            setAsking(null)
            announce(words)
            onAsked()
          }}
        />
      )}
    </Section>
  )
}

function ActForm({
  row,
  act,
  onClose,
  onDone,
}: {
  row: RefundView
  act: Act
  onClose: () => void
  onDone: (words: string) => void
}) {
  const text = usePaymentText()
  const { reconcile } = text
  const format = useBookFormat()
  const [note, setNote] = useState('')
  const [problem, setProblem] = useState<ApiProblem | null>(null)
  const [busy, setBusy] = useState(false)
  const { agencyId } = row
  const reject = mayTakeBack(row) ? reconcile.takeBack : reconcile.reject
  const title = { approve: reconcile.approve, reject, pay: text.panel.pay }[act]
  const run = async () => {
    setBusy(true)
    try {
      if (act === 'pay') {
        const { state } = await api.post<{ state: string }>(`/api/payments/refunds/${row.refundId}/payment`, {
          agencyId,
          voucher: note,
        })
        onDone(state === 'paid' ? reconcile.paidDone : reconcile.paying)
      } else {
        await api.post(`/api/payments/refunds/${row.refundId}/decision`, { agencyId, act, note })
        onDone(reconcile.decided)
      }
    } catch (fault) {
      if (!(fault instanceof ApiProblem)) throw fault
      setProblem(worded(fault, text.refusals))
      setBusy(false)
    }
  }
  return (
    <Dialog
      opened
      onClose={onClose}
      title={`${title}: ${format.money(row.amount)}`}
      actions={
        <Button loading={busy} onClick={() => void run()}>
          {title}
        </Button>
      }
    >
      <ProblemAlert problem={problem} />
      <p>
        {row.code} · {text.ways[row.way]} · {row.askedBy}
        <br />
        {row.reason}
      </p>
      <TextField
        label={act === 'pay' ? reconcile.voucher : reconcile.decisionNote}
        autoFocus
        required={act === 'pay' && row.way !== 'gateway'}
        value={note}
        onChange={setNote}
        maxLength={act === 'pay' ? 60 : 500}
      />
    </Dialog>
  )
}
