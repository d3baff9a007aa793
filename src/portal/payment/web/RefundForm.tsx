import { Button } from '@mantine/core'
import { useState } from 'react'
import {
  Choice,
  Dialog,
  Fields,
  MoneyField,
  ProblemAlert,
  TextField,
  useCommand,
  worded,
} from '../../../platform/web/index.ts'
import { usePaymentText } from './use-payment-text.ts'

/** Asks for money of a dossier to be given back; somebody else approves. */
export function RefundForm({
  path,
  hasGateway,
  amount: proposed,
  reason: because,
  onClose,
  onDone,
}: {
  /** `/api/dossiers/…/payment` */
  path: string
  hasGateway: boolean
  amount: number
  reason: string
  onClose: () => void
  onDone: (words: string) => void
}) {
  const text = usePaymentText()
  const { panel } = text
  const [amount, setAmount] = useState<number | null>(proposed)
  const [way, setWay] = useState<string | null>('cash')
  const [reason, setReason] = useState(because)
  const refund = useCommand<unknown, { amount: number; way: string; reason: string }>(`${path}/refunds`)
  const ways = (['cash', 'transfer', ...(hasGateway ? (['gateway'] as const) : [])] as const).map((value) => ({
    value,
    label: text.ways[value],
  }))
  const run = async () => {
    if (amount !== null && way !== null && (await refund.run({ amount, way, reason }))) onDone(panel.refundDone)
  }
  return (
    <Dialog
      opened
      onClose={onClose}
      title={panel.refundTitle}
      actions={
        <Button loading={refund.busy} disabled={!amount || !way || reason.trim().length < 3} onClick={() => void run()}>
          {panel.send}
        </Button>
      }
    >
      <ProblemAlert problem={worded(refund.problem, text.refusals)} />
      <Fields>
        <MoneyField label={panel.refundAmount} required autoFocus value={amount} onChange={setAmount} />
        <Choice label={panel.refundWay} required value={way} onChange={setWay} options={ways} />
        <TextField label={panel.refundReason} required value={reason} onChange={setReason} maxLength={500} />
      </Fields>
    </Dialog>
  )
}
