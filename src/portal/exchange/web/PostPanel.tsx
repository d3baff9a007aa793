import './exchange.css'
import { Button } from '@mantine/core'
import { useState } from 'react'
import type { CommandReply, DossierView } from '../../../dossiers/contract.ts'
import {
  announce,
  Fields,
  Icon,
  PrintButton,
  ProblemAlert,
  Section,
  type SlotFacts,
  StatusBadge,
  TextField,
  Timeline,
  type Tone,
  useApi,
  useCommand,
  useConfirm,
  useFormat,
} from '../../../platform/web/index.ts'
import type { PostView, Recipient, ShipmentState, ShipmentView } from '../contract.ts'
import { useExchangeText } from './use-exchange-text.ts'

/** A result that goes by post: the parcel, its label, and where it is. */
export function PostPanel({ facts }: { facts: SlotFacts }) {
  const view = facts['view'] as DossierView
  const reload = facts['reload'] as () => void
  return view.delivery === 'post' && view.receivedAt !== null ? <Post view={view} reload={reload} /> : null
}

const REFRESH_MS = 60_000

function Post({ view, reload }: { view: DossierView; reload: () => void }) {
  const text = useExchangeText().post
  const path = `/api/dossiers/${view.dossierId}/shipments`
  const { data, problem, reload: again } = useApi<PostView>(path, { every: REFRESH_MS })
  const [open, setOpen] = useState(false)
  if (!data) return problem ? <ProblemAlert problem={problem} onRetry={again} /> : null
  const { shipments, mayShip, refusal, suggested, proposeReturn } = data
  const silent = shipments.length === 0 && !mayShip
  return (
    <Section title={text.panel}>
      {proposeReturn && <ConfirmReturn view={view} shipments={shipments} reload={reload} />}
      {shipments.toReversed().map((shipment) => (
        <Shipment key={shipment.shipmentId} shipment={shipment} path={path} again={again} mayAct={data.mayReturn} />
      ))}
      {silent && (
        <p className="k-note">{refusal?.code === 'not-ready' ? text.notYet : (refusal?.detail ?? text.notYet)}</p>
      )}
      {mayShip && !open && (
        <Button leftSection={<Icon name="hand" />} onClick={() => setOpen(true)}>
          {text.ship}
        </Button>
      )}
      {mayShip && open && (
        <ShipForm
          path={path}
          suggested={suggested}
          onDone={() => {
            setOpen(false)
            again()
          }}
          onCancel={() => setOpen(false)}
        />
      )}
    </Section>
  )
}

const empty: Recipient = { name: '', phone: '', address: '' }

function ShipForm({
  path,
  suggested,
  onDone,
  onCancel,
}: {
  path: string
  suggested: Recipient | null
  onDone: () => void
  onCancel: () => void
}) {
  const words = useExchangeText()
  const text = words.post
  const [recipient, setRecipient] = useState(suggested ?? empty)
  const command = useCommand(path, { forget: [path] })
  const change = (part: Partial<Recipient>) => setRecipient({ ...recipient, ...part })
  const send = async () => {
    if (!(await command.run({ recipient }))) return
    announce(text.shipped)
    onDone()
  }
  const error = (field: string) => command.problem?.fieldError(`/recipient/${field}`)
  return (
    <div className="ex-form">
      <p className="k-note">{text.shipHint}</p>
      <Fields columns={2}>
        <TextField
          label={text.name}
          value={recipient.name}
          onChange={(name) => change({ name })}
          error={error('name')}
        />
        <TextField
          label={text.phone}
          value={recipient.phone}
          onChange={(phone) => change({ phone })}
          error={error('phone')}
        />
      </Fields>
      <TextField
        label={text.address}
        value={recipient.address}
        onChange={(address) => change({ address })}
        error={error('address')}
      />
      <ProblemAlert problem={command.problem} keeps />
      <div className="ex-actions">
        <Button onClick={() => void send()} loading={command.busy}>
          {text.create}
        </Button>
        <Button variant="subtle" color="gray" onClick={onCancel}>
          {words.national.cancel}
        </Button>
      </div>
    </div>
  )
}

const tones: Record<ShipmentState, Tone> = {
  asked: 'waiting',
  created: 'waiting',
  taken: 'normal',
  'under-way': 'normal',
  'failed-attempt': 'today',
  delivered: 'done',
  returned: 'late',
  lost: 'late',
  cancelled: 'normal',
}

function Shipment({
  shipment,
  path,
  again,
  mayAct,
}: {
  shipment: ShipmentView
  path: string
  again: () => void
  mayAct: boolean
}) {
  const text = useExchangeText().post
  const format = useFormat()
  const confirm = useConfirm()
  const address = `${path}/${shipment.shipmentId}`
  const cancel = useCommand(address, { method: 'DELETE', forget: [path] })
  const cancellable = mayAct && (shipment.state === 'asked' || shipment.state === 'created')
  const ask = async () => {
    const sure = await confirm({
      question: text.cancelQuestion,
      consequence: text.cancelConsequence,
      action: text.cancel,
    })
    if (sure && (await cancel.run({}))) again()
  }
  const { recipient } = shipment
  return (
    <section className="ex-shipment" aria-label={shipment.number ?? text.noNumber}>
      <p className="ex-line">
        <strong className="d-code">{shipment.number ?? text.noNumber}</strong>
        <StatusBadge tone={tones[shipment.state]}>{text.states[shipment.state]}</StatusBadge>
      </p>
      <p className="k-note">
        {shipment.carrier} · {text.asked(format.instant(shipment.askedAt), shipment.askedBy ?? '')}
      </p>
      {shipment.state === 'asked' && shipment.lastCode !== null && (
        <p className="k-note">
          {text.retry('')} ({shipment.lastCode})
        </p>
      )}
      <p>
        {recipient.name}, {recipient.phone}
        <br />
        {recipient.address}
      </p>
      {shipment.events.length > 0 && (
        <Timeline
          label={text.tracked}
          entries={shipment.events.toReversed().map((event) => ({
            key: `${event.at} ${event.state}`,
            when: format.instant(event.at),
            title: text.states[event.state],
            who: event.place,
          }))}
        />
      )}
      <ProblemAlert problem={cancel.problem} />
      <div className="ex-actions">
        {mayAct && shipment.number !== null && shipment.state !== 'cancelled' && (
          <PrintButton path={`${address}/label.pdf`}>{text.label}</PrintButton>
        )}
        {cancellable && (
          <Button variant="subtle" color="gray" onClick={() => void ask()} loading={cancel.busy}>
            {text.cancel}
          </Button>
        )}
      </div>
    </section>
  )
}

/** The carrier has handed it over: an officer ends the dossier. */
function ConfirmReturn({
  view,
  shipments,
  reload,
}: {
  view: DossierView
  shipments: readonly ShipmentView[]
  reload: () => void
}) {
  const text = useExchangeText().post
  const command = useCommand<CommandReply>(`/api/dossiers/${view.dossierId}/commands`)
  const number = shipments.findLast(({ state }) => state === 'delivered')?.number ?? ''
  const end = async () => {
    const done = await command.run({
      version: view.version,
      command: {
        type: 'returnResult',
        delivery: 'post',
        recipient: null,
        details: { reason: text.returnReason(number) },
      },
    })
    if (done) announce(text.returned)
    reload()
  }
  return (
    <div className="ex-propose">
      <p>{text.proposeReturn}</p>
      <ProblemAlert problem={command.problem} />
      <Button onClick={() => void end()} loading={command.busy}>
        {text.confirmReturn}
      </Button>
    </div>
  )
}
