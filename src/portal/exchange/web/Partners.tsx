import { Button, Select } from '@mantine/core'
import { useState } from 'react'
import {
  announce,
  Dialog,
  Facts,
  Fields,
  Icon,
  ProblemAlert,
  Section,
  StatusBadge,
  TextField,
  useApi,
  useCommand,
  useConfirm,
  useFormat,
  useMay,
} from '../../../platform/web/index.ts'
import type { NewKey, PartnerList, PartnerView } from '../contract.ts'
import { useExchangeText } from './use-exchange-text.ts'

/** Partners of the installation and their keys; only for who manages it as a whole. */
export function Partners() {
  const text = useExchangeText().national
  // Administrators of one agency look after its deliveries alone.
  const isOfInstallation = useMay()('system.manage')
  const { data, problem, reload } = useApi<PartnerList>(isOfInstallation ? '/api/exchange/partners' : null)
  const [adding, setAdding] = useState(false)
  if (!isOfInstallation) return null
  return (
    <Section
      title={text.partners}
      actions={
        <Button
          variant="default"
          size="compact-sm"
          leftSection={<Icon name="plus" size={14} />}
          onClick={() => setAdding(true)}
        >
          {text.addPartner}
        </Button>
      }
    >
      <p className="k-note">{text.partnersHint}</p>
      <ProblemAlert problem={problem} onRetry={reload} />
      {data?.items.map((partner) => (
        <Partner key={partner.partnerId} partner={partner} onChanged={reload} />
      ))}
      {adding && (
        <PartnerForm
          onClose={() => setAdding(false)}
          onDone={() => {
            setAdding(false)
            reload()
          }}
        />
      )}
    </Section>
  )
}

function Partner({ partner, onChanged }: { partner: PartnerView; onChanged: () => void }) {
  const text = useExchangeText().national
  const format = useFormat()
  const confirm = useConfirm()
  const path = `/api/exchange/partners/${partner.partnerId}`
  const [key, setKey] = useState<NewKey | null>(null)
  const [editing, setEditing] = useState(false)
  const make = useCommand<NewKey>(`${path}/keys`)
  const change = useCommand(path, { method: 'PUT' })
  const makeKey = async () => {
    const made = await make.run({})
    if (made) setKey(made)
    onChanged()
  }
  const turn = async () => {
    const { name, address, enabled } = partner
    await change.run({ name, address, enabled: !enabled })
    onChanged()
  }
  return (
    <section className="ex-partner" aria-label={partner.name}>
      <p className="ex-line">
        <strong>{partner.name}</strong>
        <StatusBadge tone={partner.enabled ? 'done' : 'normal'}>
          {partner.enabled ? text.enabled : text.disabled}
        </StatusBadge>
      </p>
      <Facts
        items={[
          { name: text.shortName, value: <span className="d-code">{partner.partnerId}</span> },
          { name: text.kind, value: text.kinds[partner.kind] },
          { name: text.shortAddress, value: partner.address },
        ]}
      />
      <h3>{text.keys}</h3>
      {partner.keys.length === 0 && <p className="k-note">{text.noKeys}</p>}
      <ul className="ex-keys">
        {partner.keys.map((one) => (
          <li key={one.keyId}>
            <code>{one.keyId}</code>
            <span className="k-dimmed">
              {text.made(format.instant(one.madeAt))},{' '}
              {one.lastUsedAt ? text.lastUsed(format.instant(one.lastUsedAt)) : text.neverUsed}
            </span>
            {one.revokedAt === null ? (
              <Revoke path={path} keyId={one.keyId} confirm={confirm} onDone={onChanged} />
            ) : (
              <StatusBadge>{text.revoked}</StatusBadge>
            )}
          </li>
        ))}
      </ul>
      <ProblemAlert problem={make.problem ?? change.problem} />
      <div className="ex-actions">
        <Button variant="default" size="compact-sm" loading={make.busy} onClick={() => void makeKey()}>
          {text.makeKey}
        </Button>
        <Button variant="subtle" size="compact-sm" color="gray" onClick={() => setEditing(true)}>
          {text.edit}
        </Button>
        <Button variant="subtle" size="compact-sm" color="gray" loading={change.busy} onClick={() => void turn()}>
          {partner.enabled ? text.switchOff : text.switchOn}
        </Button>
      </div>
      {key && <KeyDialog made={key} onClose={() => setKey(null)} />}
      {editing && (
        <PartnerForm
          partner={partner}
          onClose={() => setEditing(false)}
          onDone={() => {
            setEditing(false)
            onChanged()
          }}
        />
      )}
    </section>
  )
}

function Revoke({
  path,
  keyId,
  confirm,
  onDone,
}: {
  path: string
  keyId: string
  confirm: ReturnType<typeof useConfirm>
  onDone: () => void
}) {
  const text = useExchangeText().national
  const command = useCommand(`${path}/keys/${keyId}`, { method: 'DELETE' })
  const revoke = async () => {
    const sure = await confirm({
      question: text.revokeQuestion(keyId),
      consequence: text.revokeConsequence,
      action: text.revoke,
    })
    if (!sure) return
    await command.run({})
    onDone()
  }
  return (
    <Button variant="subtle" size="compact-sm" color="gray" loading={command.busy} onClick={() => void revoke()}>
      {text.revoke}
    </Button>
  )
}

/** The key, this once. */
function KeyDialog({ made, onClose }: { made: NewKey; onClose: () => void }) {
  const text = useExchangeText().national
  const copy = () => void navigator.clipboard?.writeText(JSON.stringify(made)).then(() => announce(text.copied))
  return (
    <Dialog opened title={text.newKey} onClose={onClose}>
      <div className="ex-new">
        <p>{text.newKeyHint}</p>
        <Facts
          items={[
            { name: text.keyId, value: <code>{made.keyId}</code> },
            { name: text.secret, value: <code className="ex-secret">{made.secret}</code> },
          ]}
        />
        <div className="ex-actions">
          <Button leftSection={<Icon name="copy" />} onClick={copy}>
            {text.copy}
          </Button>
        </div>
      </div>
    </Dialog>
  )
}

function PartnerForm({ partner, onClose, onDone }: { partner?: PartnerView; onClose: () => void; onDone: () => void }) {
  const text = useExchangeText().national
  const [form, setForm] = useState({
    partnerId: partner?.partnerId ?? '',
    kind: partner?.kind ?? 'national-portal',
    name: partner?.name ?? '',
    address: partner?.address ?? '',
  })
  const path = partner ? `/api/exchange/partners/${partner.partnerId}` : '/api/exchange/partners'
  const command = useCommand(path, { method: partner ? 'PUT' : 'POST' })
  const change = (part: Partial<typeof form>) => setForm({ ...form, ...part })
  const address = form.address.trim() || null
  const save = async () => {
    const body = partner
      ? { name: form.name, address, enabled: partner.enabled }
      : { partnerId: form.partnerId, kind: form.kind, name: form.name, address }
    if (await command.run(body)) onDone()
  }
  const error = (field: string) => command.problem?.fieldError(`/${field}`)
  return (
    <Dialog opened title={partner?.name ?? text.addPartner} onClose={onClose}>
      <div className="ex-form">
        {!partner && (
          <Fields columns={2}>
            <TextField
              label={text.partnerId}
              value={form.partnerId}
              onChange={(partnerId) => change({ partnerId })}
              error={error('partnerId')}
            />
            <Select
              label={text.kind}
              value={form.kind}
              onChange={(kind) => change({ kind: kind === 'post' ? 'post' : 'national-portal' })}
              data={[
                { value: 'national-portal', label: text.kinds['national-portal'] },
                { value: 'post', label: text.kinds.post },
              ]}
              allowDeselect={false}
            />
          </Fields>
        )}
        <TextField
          label={text.partnerName}
          value={form.name}
          onChange={(name) => change({ name })}
          error={error('name')}
        />
        <TextField
          label={text.address}
          hint={text.addressHint}
          value={form.address}
          onChange={(value) => change({ address: value })}
          error={error('address')}
        />
        <ProblemAlert problem={command.problem} keeps />
        <div className="ex-actions">
          <Button onClick={() => void save()} loading={command.busy}>
            {text.save}
          </Button>
          <Button variant="subtle" color="gray" onClick={onClose}>
            {text.cancel}
          </Button>
        </div>
      </div>
    </Dialog>
  )
}
