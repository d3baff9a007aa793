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
  Fields,
  MoneyField,
  PageHeader,
  ProblemAlert,
  TextField,
  Toolbar,
  useApi,
  useCommand,
  useFilters,
  useMay,
  withQuery,
  worded,
} from '../../../platform/web/index.ts'
import type { NoticeView } from '../contract.ts'
import { noticeColumns } from './notice-rows.tsx'
import { useAgencies, useBookFormat, usePaymentText } from './use-payment-text.ts'

type Opened = { row: NoticeView; act: 'match' | 'refund' | 'review' } | null

/** Money that came and has no dossier, or that is more than was due: matched by an officer, or given back. */
export function SuspensePage() {
  const text = usePaymentText()
  const { reconcile } = text
  const format = useBookFormat()
  const may = useMay()
  const agencies = useAgencies()
  const [filters, setFilters] = useFilters({ agencyId: '' })
  const [opened, setOpened] = useState<Opened>(null)
  const agencyId = filters.agencyId || agencies[0]?.value || ''
  const { data, problem, reload } = useApi<{ items: NoticeView[] }>(withQuery('/api/payments/suspense', { agencyId }))
  const done = (words: string) => {
    setOpened(null)
    announce(words)
    reload()
  }
  const mayAsk = may('payment.collect') || may('payment.reconcile')
  return (
    <>
      <PageHeader title={reconcile.suspenseTitle} note={reconcile.suspenseNote} />
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
      <DataTable
        label={reconcile.suspenseTitle}
        rows={data?.items}
        rowKey={(row) => row.noticeId}
        empty={<p className="k-dimmed">{reconcile.suspenseEmpty}</p>}
        columns={[
          ...noticeColumns(text, format),
          {
            key: 'actions',
            head: reconcile.actions,
            width: '18rem',
            cell: (row) => (
              <span className="p-actions">
                {row.state === 'suspense' && may('payment.reconcile') && (
                  <Button size="compact-sm" variant="default" onClick={() => setOpened({ row, act: 'match' })}>
                    {reconcile.match}
                  </Button>
                )}
                {(row.conflict || row.stuck !== null) && may('payment.reconcile') && (
                  <Button size="compact-sm" variant="default" onClick={() => setOpened({ row, act: 'review' })}>
                    {reconcile.review}
                  </Button>
                )}
                {row.rest > 0 && mayAsk && (
                  <Button size="compact-sm" variant="default" onClick={() => setOpened({ row, act: 'refund' })}>
                    {reconcile.giveBack}
                  </Button>
                )}
              </span>
            ),
          },
        ]}
      />
      {opened?.act === 'match' && (
        <MatchForm
          row={opened.row}
          agencyId={Number(agencyId)}
          onClose={() => setOpened(null)}
          onDone={() => done(reconcile.matched)}
        />
      )}
      {opened?.act === 'review' && (
        <ReviewForm
          row={opened.row}
          agencyId={Number(agencyId)}
          onClose={() => setOpened(null)}
          onDone={() => done(reconcile.reviewed)}
        />
      )}
      {opened?.act === 'refund' && (
        <GiveBackForm
          row={opened.row}
          agencyId={Number(agencyId)}
          onClose={() => setOpened(null)}
          onDone={() => done(text.panel.refundDone)}
        />
      )}
    </>
  )
}

type FormProps = { row: NoticeView; agencyId: number; onClose: () => void; onDone: () => void }

function MatchForm({ row, agencyId, onClose, onDone }: FormProps) {
  const text = usePaymentText()
  const { reconcile } = text
  const format = useBookFormat()
  const [code, setCode] = useState('')
  const [reason, setReason] = useState('')
  const [problem, setProblem] = useState<ApiProblem | null>(null)
  const run = async () => {
    try {
      await api.post(`/api/payments/notices/${row.noticeId}/match`, { agencyId, code: code.trim(), reason })
      onDone()
    } catch (fault) {
      if (!(fault instanceof ApiProblem)) throw fault
      setProblem(worded(fault, text.refusals))
    }
  }
  return (
    <Dialog
      opened
      onClose={onClose}
      title={reconcile.match}
      actions={
        <Button disabled={code.trim().length < 5 || reason.trim().length < 3} onClick={() => void run()}>
          {reconcile.match}
        </Button>
      }
    >
      <ProblemAlert problem={problem} />
      <p>
        {format.money(row.amount)} · {format.instant(row.paidAt)}
        <br />
        {row.content}
      </p>
      <Fields>
        <TextField label={reconcile.matchCode} required autoFocus value={code} onChange={setCode} maxLength={80} />
        <TextField label={reconcile.matchReason} required value={reason} onChange={setReason} maxLength={300} />
      </Fields>
    </Dialog>
  )
}

/** Told twice with two sums, or refused by the log: an officer asks the bank and says what came of it. */
function ReviewForm({ row, agencyId, onClose, onDone }: FormProps) {
  const text = usePaymentText()
  const { reconcile } = text
  const format = useBookFormat()
  const [reason, setReason] = useState('')
  const [problem, setProblem] = useState<ApiProblem | null>(null)
  const run = async () => {
    try {
      await api.post(`/api/payments/notices/${row.noticeId}/review`, { agencyId, reason })
      onDone()
    } catch (fault) {
      if (!(fault instanceof ApiProblem)) throw fault
      setProblem(worded(fault, text.refusals))
    }
  }
  return (
    <Dialog
      opened
      onClose={onClose}
      title={reconcile.review}
      actions={
        <Button disabled={reason.trim().length < 3} onClick={() => void run()}>
          {reconcile.review}
        </Button>
      }
    >
      <ProblemAlert problem={problem} />
      <p>
        {format.money(row.amount)} · {format.instant(row.paidAt)}
        <br />
        {row.content}
      </p>
      <p>{reconcile.reviewHelp}</p>
      <TextField
        label={reconcile.reviewReason}
        required
        autoFocus
        value={reason}
        onChange={setReason}
        maxLength={300}
      />
    </Dialog>
  )
}

function GiveBackForm({ row, agencyId, onClose, onDone }: FormProps) {
  const text = usePaymentText()
  const [amount, setAmount] = useState<number | null>(row.rest)
  const [way, setWay] = useState<string | null>('transfer')
  const [reason, setReason] = useState('')
  const refund = useCommand<unknown, { agencyId: number; amount: number; way: string; reason: string }>(
    `/api/payments/notices/${row.noticeId}/refunds`,
  )
  const ways = (['transfer', 'cash', ...(row.method === 'online' ? (['gateway'] as const) : [])] as const).map(
    (value) => ({ value, label: text.ways[value] }),
  )
  const run = async () => {
    if (amount !== null && way !== null && (await refund.run({ agencyId, amount, way, reason }))) onDone()
  }
  return (
    <Dialog
      opened
      onClose={onClose}
      title={text.panel.refundTitle}
      actions={
        <Button loading={refund.busy} disabled={!amount || !way || reason.trim().length < 3} onClick={() => void run()}>
          {text.panel.send}
        </Button>
      }
    >
      <ProblemAlert problem={worded(refund.problem, text.refusals)} />
      <Fields>
        <MoneyField label={text.panel.refundAmount} required autoFocus value={amount} onChange={setAmount} />
        <Choice label={text.panel.refundWay} required value={way} onChange={setWay} options={ways} />
        <TextField label={text.panel.refundReason} required value={reason} onChange={setReason} maxLength={500} />
      </Fields>
    </Dialog>
  )
}
