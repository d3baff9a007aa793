import './payment.css'
import { Anchor, Button, Modal } from '@mantine/core'
import { useEffect, useRef, useState } from 'react'
import {
  announce,
  ApiProblem,
  api,
  Dialog,
  Fields,
  Icon,
  MoneyField,
  printFile,
  ProblemAlert,
  Section,
  StatusBadge,
  TextField,
  useApi,
  useCommand,
  useMay,
  worded,
  type SlotFacts,
} from '../../../platform/web/index.ts'
import type { PaymentView, ReceiptView } from '../contract.ts'
import { RefundForm } from './RefundForm.tsx'
import { useBookFormat, usePaymentText } from './use-payment-text.ts'

type Facts = { view: { dossierId: string; version: number }; reload: () => void }
type Open = 'qr' | 'cash' | 'waive' | 'refund' | null

/** The fee on the page of a dossier: the code for the payer, cash with its receipt, exemption, refund. */
export function PaymentPanel({ facts }: { facts: SlotFacts }) {
  const may = useMay()
  const { view, reload } = facts as unknown as Facts
  return may('payment.read') ? <Fee dossierId={view.dossierId} version={view.version} reloadPage={reload} /> : null
}

function Fee({ dossierId, version, reloadPage }: { dossierId: string; version: number; reloadPage: () => void }) {
  const text = usePaymentText()
  const { panel } = text
  const format = useBookFormat()
  const may = useMay()
  const [open, setOpen] = useState<Open>(null)
  const [voiding, setVoiding] = useState<ReceiptView | null>(null)
  const path = `/api/dossiers/${dossierId}/payment`
  const { data, problem, reload } = useApi<PaymentView>(path, { every: open === 'qr' ? 5000 : 20_000 })
  const seen = useRef<{ paid: number; version: number }>(undefined)

  // Money came while one looked: the rest of the page is old. A command of the page makes this part old.
  useEffect(() => {
    if (!data) return
    const before = seen.current
    seen.current = { paid: data.paid, version }
    if (before && before.paid !== data.paid && before.version === version) reloadPage()
    if (before && before.version !== version) reload()
    // oxlint-disable-next-line react-hooks/exhaustive-deps
  }, [data, version])

  if (problem && problem.status === 404) return null
  if (!data) return <ProblemAlert problem={problem} onRetry={reload} />
  if (data.due === 0 && data.paid === 0 && data.receipts.length === 0 && data.surplus === 0) return null
  const collect = may('payment.collect')
  const refundable = data.paid - data.refunded
  const done = (words: string) => {
    setOpen(null)
    announce(words)
    reload()
    reloadPage()
  }
  const sums = [
    { name: panel.due, value: data.due, always: true },
    { name: panel.paid, value: data.paid, always: true },
    { name: panel.owed, value: data.owed, always: false },
    { name: panel.refunded, value: data.refunded, always: false },
    { name: panel.surplus, value: data.surplus, always: false },
  ]
  return (
    <Section title={panel.title}>
      <dl className="p-facts">
        {sums
          .filter(({ value, always }) => always || value > 0)
          .map(({ name, value }) => (
            <div key={name}>
              <dt>{name}</dt>
              <dd>{format.money(value)}</dd>
            </div>
          ))}
      </dl>
      {data.proposed > 0 && (
        <p className="p-excess" role="note">
          {panel.excess(format.money(data.proposed))}
        </p>
      )}
      {data.order && (
        <p className="k-dimmed">
          {text.reconcile.columns.reference} <strong>{data.order.reference}</strong> ·{' '}
          {text.orderStates[data.order.state]} · {panel.until} {format.day(data.order.expiresAt.slice(0, 10))}
        </p>
      )}
      {data.owed > 0 && data.qr === null && <p className="k-dimmed">{panel.noAccount}</p>}
      <div className="p-actions">
        {data.qr && (
          <Button leftSection={<Icon name="scan" />} onClick={() => setOpen('qr')}>
            {panel.showQr}
          </Button>
        )}
        {collect && data.owed > 0 && (
          <Button variant="default" leftSection={<Icon name="hand" />} onClick={() => setOpen('cash')}>
            {panel.cash}
          </Button>
        )}
        {collect && data.owed > 0 && (
          <Button variant="default" onClick={() => setOpen('waive')}>
            {panel.waive}
          </Button>
        )}
        {collect && refundable > 0 && (
          <Button variant="default" onClick={() => setOpen('refund')}>
            {panel.refund}
          </Button>
        )}
        <Button component="a" variant="subtle" color="gray" href={data.path} target="_blank" rel="noopener">
          {panel.link}
        </Button>
      </div>
      {data.receipts.length > 0 && (
        <ul className="p-list" aria-label={panel.receipts}>
          {data.receipts.map((receipt) => (
            <li key={receipt.mark}>
              <span>
                {receipt.mark} · {format.money(receipt.amount)} · {text.methods[receipt.method]} ·{' '}
                {format.instant(receipt.issuedAt)}
                {receipt.voided && (
                  <>
                    {' '}
                    <StatusBadge tone="late">{panel.voided}</StatusBadge> {receipt.voided.reason}
                  </>
                )}
              </span>
              {collect && (
                <span>
                  <Button
                    variant="subtle"
                    size="compact-sm"
                    leftSection={<Icon name="print" size={14} />}
                    onClick={() => printFile(paperOf(path, receipt), reload)}
                  >
                    {receipt.prints > 0 ? panel.reprint : panel.print}
                  </Button>
                  {!receipt.voided && refundable === 0 && (
                    <Button variant="subtle" color="gray" size="compact-sm" onClick={() => setVoiding(receipt)}>
                      {panel.void}
                    </Button>
                  )}
                </span>
              )}
            </li>
          ))}
        </ul>
      )}
      {data.refunds.length > 0 && (
        <ul className="p-list" aria-label={panel.refunds}>
          {data.refunds.map((refund) => (
            <li key={refund.refundId}>
              <span>
                {panel.refunds}: {format.money(refund.amount)} · {text.ways[refund.way]} · {refund.askedBy}
              </span>
              <StatusBadge tone={refund.state === 'asked' || refund.state === 'approved' ? 'waiting' : 'normal'}>
                {text.refundStates[refund.state]}
              </StatusBadge>
            </li>
          ))}
        </ul>
      )}
      {open === 'qr' && <QrScreen data={data} onClose={() => setOpen(null)} />}
      {open === 'cash' && <CashForm path={path} data={data} onClose={() => setOpen(null)} onDone={done} />}
      {open === 'waive' && <WaiveForm path={path} data={data} onClose={() => setOpen(null)} onDone={done} />}
      {open === 'refund' && (
        <RefundForm
          path={path}
          hasGateway={data.hasGateway}
          amount={data.proposed > 0 ? data.proposed : refundable}
          reason={data.proposed > 0 ? panel.excessReason : ''}
          onClose={() => setOpen(null)}
          onDone={done}
        />
      )}
      {voiding && (
        <VoidForm
          path={path}
          receipt={voiding}
          onClose={() => setVoiding(null)}
          onDone={() => {
            setVoiding(null)
            done(panel.voidDone)
          }}
        />
      )}
    </Section>
  )
}

const paperOf = (path: string, { year, number }: Pick<ReceiptView, 'year' | 'number'>): string =>
  `${path}/receipts/${year}/${number}/paper.pdf`

/** Turned towards the person: the code, the sum, and whether the money has come. */
function QrScreen({ data, onClose }: { data: PaymentView; onClose: () => void }) {
  const text = usePaymentText()
  const format = useBookFormat()
  return (
    <Modal opened onClose={onClose} fullScreen title={`${text.panel.qrTitle} – ${data.code}`}>
      <div className="p-screen" role="status">
        {data.qr && data.bank && data.order ? (
          <>
            <img src={`data:image/svg+xml,${encodeURIComponent(data.qr)}`} alt={text.page.scan} />
            <p className="p-sum">{format.money(data.owed)}</p>
            <p>
              {data.bank.bankName} · <strong>{data.bank.accountNumber}</strong> · {data.bank.accountName}
              <br />
              {text.page.content}: <strong>{data.order.reference}</strong>
            </p>
            <p className="k-dimmed">{text.panel.updated}</p>
          </>
        ) : (
          <>
            <Icon name="check" size={96} />
            <p className="p-sum">{text.panel.received}</p>
            <Button size="lg" onClick={onClose}>
              {text.reconcile.states['matched']}
            </Button>
          </>
        )}
      </div>
    </Modal>
  )
}

type FormProps = { path: string; data: PaymentView; onClose: () => void; onDone: (words: string) => void }

function CashForm({ path, data, onClose, onDone }: FormProps) {
  const text = usePaymentText()
  const { panel } = text
  const [amount, setAmount] = useState<number | null>(data.owed)
  const cash = useCommand<{ mark: string; year: number; number: number }, { amount: number }>(`${path}/cash`)
  const run = async () => {
    const reply = amount === null ? undefined : await cash.run({ amount })
    if (!reply) return
    printFile(paperOf(path, reply))
    onDone(panel.cashDone(reply.mark))
  }
  return (
    <Dialog
      opened
      onClose={onClose}
      title={panel.cashTitle}
      actions={
        <Button loading={cash.busy} disabled={!amount} onClick={() => void run()}>
          {panel.cash}
        </Button>
      }
    >
      <ProblemAlert problem={worded(cash.problem, text.refusals)} />
      <MoneyField label={panel.cashAmount} required autoFocus value={amount} onChange={setAmount} />
    </Dialog>
  )
}

function WaiveForm({ path, data, onClose, onDone }: FormProps) {
  const text = usePaymentText()
  const { panel } = text
  const [amount, setAmount] = useState<number | null>(data.owed)
  const [reason, setReason] = useState('')
  const [basis, setBasis] = useState('')
  const waive = useCommand<unknown, { amount: number; reason: string; basis: string }>(`${path}/waivers`)
  const run = async () => {
    if (amount !== null && (await waive.run({ amount, reason, basis }))) onDone(panel.waiveDone)
  }
  return (
    <Dialog
      opened
      onClose={onClose}
      title={panel.waiveTitle}
      actions={
        <Button
          loading={waive.busy}
          disabled={!amount || reason.trim().length < 3 || basis.trim().length < 3}
          onClick={() => void run()}
        >
          {panel.waive}
        </Button>
      }
    >
      <ProblemAlert problem={worded(waive.problem, text.refusals)} />
      <Fields>
        <MoneyField label={panel.waiveAmount} required autoFocus value={amount} onChange={setAmount} />
        <TextField label={panel.waiveReason} required value={reason} onChange={setReason} maxLength={500} />
        <TextField label={panel.waiveBasis} required value={basis} onChange={setBasis} maxLength={300} />
      </Fields>
    </Dialog>
  )
}

function VoidForm({
  path,
  receipt,
  onClose,
  onDone,
}: {
  path: string
  receipt: ReceiptView
  onClose: () => void
  onDone: () => void
}) {
  const text = usePaymentText()
  const { panel } = text
  const [reason, setReason] = useState('')
  const [problem, setProblem] = useState<ApiProblem | null>(null)
  const run = async () => {
    try {
      await api.post(`${path}/receipts/${receipt.year}/${receipt.number}/void`, { reason })
      onDone()
    } catch (fault) {
      if (!(fault instanceof ApiProblem)) throw fault
      setProblem(fault)
    }
  }
  return (
    <Dialog
      opened
      onClose={onClose}
      title={panel.voidTitle(receipt.mark)}
      actions={
        <Button disabled={reason.trim().length < 3} onClick={() => void run()}>
          {panel.void}
        </Button>
      }
    >
      <ProblemAlert problem={worded(problem, text.refusals)} />
      <p>
        <Anchor href={paperOf(path, receipt)} target="_blank" rel="noopener">
          {receipt.mark}
        </Anchor>
      </p>
      <TextField label={panel.voidReason} required autoFocus value={reason} onChange={setReason} maxLength={300} />
    </Dialog>
  )
}
