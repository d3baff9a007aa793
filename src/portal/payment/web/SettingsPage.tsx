import './payment.css'
import { Button, Textarea } from '@mantine/core'
import { useEffect, useState } from 'react'
import {
  announce,
  ApiProblem,
  api,
  Choice,
  DataTable,
  Dialog,
  Fields,
  Icon,
  PageHeader,
  ProblemAlert,
  Section,
  StatusBadge,
  TextField,
  Toolbar,
  useApi,
  useFilters,
  useFormat,
  withQuery,
  worded,
} from '../../../platform/web/index.ts'
import type { AccountBody, ProviderBody, ProviderView, SettingsView } from '../contract.ts'
import { useAgencies, usePaymentText } from './use-payment-text.ts'

/** The account in the codes, and who is believed when it tells of money. */
export function SettingsPage() {
  const text = usePaymentText()
  const { settings } = text
  const format = useFormat()
  const agencies = useAgencies()
  const [filters, setFilters] = useFilters({ agencyId: '' })
  const agencyId = Number(filters.agencyId || agencies[0]?.value || 0)
  const { data, problem, reload } = useApi<SettingsView>(withQuery('/api/payments/settings', { agencyId }))
  const [editing, setEditing] = useState<ProviderView | 'new' | null>(null)
  return (
    <>
      <PageHeader title={settings.title} note={settings.note} />
      {agencies.length > 1 && (
        <Toolbar label={text.reconcile.agency}>
          <Choice
            label={text.reconcile.agency}
            value={String(agencyId)}
            options={agencies}
            onChange={(value) => setFilters({ agencyId: value ?? '' })}
          />
        </Toolbar>
      )}
      <ProblemAlert problem={problem} onRetry={reload} />
      {data && (
        <>
          <AccountForm key={agencyId} agencyId={agencyId} data={data} onDone={reload} />
          <Section
            title={settings.providers}
            actions={
              <Button variant="default" leftSection={<Icon name="plus" />} onClick={() => setEditing('new')}>
                {settings.add}
              </Button>
            }
          >
            <DataTable
              label={settings.providers}
              rows={data.providers}
              rowKey={(row) => row.provider}
              onOpen={setEditing}
              empty={<p className="k-dimmed">{settings.none}</p>}
              columns={[
                { key: 'name', head: settings.providerName, main: true, cell: (row) => row.name },
                { key: 'kind', head: settings.kind, cell: (row) => settings.kinds[row.kind] ?? row.kind },
                {
                  key: 'url',
                  head: settings.noticeUrl,
                  grow: true,
                  wrap: true,
                  cell: (row) => <span className="p-url">{row.noticeUrl}</span>,
                },
                {
                  key: 'state',
                  head: text.reconcile.columns.state,
                  wrap: true,
                  cell: (row) => (
                    <>
                      <StatusBadge tone={row.enabled ? 'done' : 'normal'}>
                        {row.enabled ? settings.enabled : settings.disabled}
                      </StatusBadge>
                      {row.refused && (
                        <div>
                          {settings.refused(row.refused.count, format.instant(row.refused.lastAt))}{' '}
                          {text.refusals[row.refused.code]}
                        </div>
                      )}
                    </>
                  ),
                },
              ]}
            />
          </Section>
          {data.accounts.length > 1 && (
            <Section title={settings.history}>
              <ul className="p-list">
                {data.accounts.map((row) => (
                  <li key={row.version}>
                    <span>
                      {row.bankName} · {row.accountNumber} · {row.accountName}
                    </span>
                    <span className="k-dimmed">
                      {row.setBy} · {format.instant(row.setAt)}
                    </span>
                  </li>
                ))}
              </ul>
            </Section>
          )}
        </>
      )}
      {editing && (
        <ProviderForm
          agencyId={agencyId}
          provider={editing === 'new' ? null : editing}
          onClose={() => setEditing(null)}
          onDone={() => {
            setEditing(null)
            announce(settings.saved)
            reload()
          }}
        />
      )}
    </>
  )
}

function AccountForm({ agencyId, data, onDone }: { agencyId: number; data: SettingsView; onDone: () => void }) {
  const text = usePaymentText()
  const { settings } = text
  const [current] = data.accounts
  const [form, setForm] = useState({
    bankBin: '',
    accountNumber: '',
    accountName: '',
    receiptSymbol: 'BL',
    orderDays: '7',
  })
  const [problem, setProblem] = useState<ApiProblem | null>(null)
  const version = current?.version
  useEffect(() => {
    if (!current) return
    const { bankBin, accountNumber, accountName, receiptSymbol, orderDays } = current
    setForm({ bankBin, accountNumber, accountName, receiptSymbol, orderDays: String(orderDays) })
    // oxlint-disable-next-line react-hooks/exhaustive-deps
  }, [version])
  const set = (change: Partial<typeof form>) => setForm({ ...form, ...change })
  const run = async () => {
    try {
      const body: AccountBody = { agencyId, ...form, orderDays: Number(form.orderDays) }
      await api.post('/api/payments/settings/account', body)
      setProblem(null)
      announce(settings.saved)
      onDone()
    } catch (fault) {
      if (!(fault instanceof ApiProblem)) throw fault
      setProblem(worded(fault, text.refusals))
    }
  }
  const banks = data.banks.map(({ bin, shortName, name }) => ({ value: bin, label: shortName, note: name }))
  return (
    <Section title={settings.account}>
      <ProblemAlert problem={problem} />
      <Fields columns={2}>
        <Choice
          label={settings.bank}
          required
          value={form.bankBin || null}
          options={banks}
          onChange={(value) => set({ bankBin: value ?? '' })}
        />
        <TextField
          label={settings.number}
          required
          maxLength={19}
          value={form.accountNumber}
          error={problem?.fieldError('/accountNumber')}
          onChange={(value) => set({ accountNumber: value.replace(/\s/g, '') })}
        />
        <TextField
          label={settings.name}
          required
          maxLength={100}
          value={form.accountName}
          error={problem?.fieldError('/accountName')}
          onChange={(value) => set({ accountName: value })}
        />
        <TextField
          label={settings.symbol}
          required
          maxLength={4}
          value={form.receiptSymbol}
          error={problem?.fieldError('/receiptSymbol')}
          onChange={(value) => set({ receiptSymbol: value.toUpperCase() })}
        />
        <TextField
          label={settings.days}
          required
          inputMode="numeric"
          maxLength={2}
          value={form.orderDays}
          error={problem?.fieldError('/orderDays')}
          onChange={(value) => set({ orderDays: value.replace(/\D/g, '') })}
        />
      </Fields>
      <div className="p-actions">
        <Button disabled={!form.bankBin || form.accountNumber.length < 4} onClick={() => void run()}>
          {settings.save}
        </Button>
      </div>
      {data.trialQr && (
        <div className="p-trial">
          <img src={`data:image/svg+xml,${encodeURIComponent(data.trialQr)}`} alt={text.page.scan} />
          <p>{settings.trial}</p>
        </div>
      )}
    </Section>
  )
}

function ProviderForm({
  agencyId,
  provider,
  onClose,
  onDone,
}: {
  agencyId: number
  provider: ProviderView | null
  onClose: () => void
  onDone: () => void
}) {
  const text = usePaymentText()
  const { settings } = text
  const [form, setForm] = useState({
    provider: provider?.provider ?? '',
    kind: provider?.kind ?? ('bank' as const),
    name: provider?.name ?? '',
    method: provider?.method ?? ('hmac-sha256' as const),
    secret: '',
    publicKey: provider?.publicKey ?? '',
    baseUrl: provider?.baseUrl ?? '',
    windowSeconds: String(provider?.windowSeconds ?? 300),
    enabled: provider?.enabled ?? true,
  })
  const [problem, setProblem] = useState<ApiProblem | null>(null)
  const set = (change: Partial<typeof form>) => setForm({ ...form, ...change })
  const run = async () => {
    const { secret, publicKey, baseUrl, windowSeconds, ...rest } = form
    const body: ProviderBody = {
      agencyId,
      ...rest,
      windowSeconds: Number(windowSeconds),
      baseUrl: baseUrl || null,
      ...(secret ? { secret } : {}),
      ...(rest.method === 'rsa-sha256' ? { publicKey } : {}),
    }
    try {
      await api.put('/api/payments/settings/providers', body)
      onDone()
    } catch (fault) {
      if (!(fault instanceof ApiProblem)) throw fault
      setProblem(worded(fault, text.refusals))
    }
  }
  const kinds = (['bank', 'gateway'] as const).map((value) => ({ value, label: settings.kinds[value] ?? value }))
  const methods = (['hmac-sha256', 'rsa-sha256'] as const).map((value) => ({
    value,
    label: settings.methods[value] ?? value,
  }))
  const needsSecret = form.method === 'hmac-sha256' || form.kind === 'gateway'
  return (
    <Dialog
      opened
      onClose={onClose}
      size="lg"
      title={provider ? `${settings.edit}: ${provider.name}` : settings.add}
      actions={
        <>
          {provider && (
            <Button variant="default" onClick={() => set({ enabled: !form.enabled })}>
              {form.enabled ? settings.turnOff : settings.turnOn}
            </Button>
          )}
          <Button disabled={!form.provider || form.name.trim().length < 2} onClick={() => void run()}>
            {settings.save}
          </Button>
        </>
      }
    >
      <ProblemAlert problem={problem} />
      {!form.enabled && <StatusBadge>{settings.disabled}</StatusBadge>}
      <Fields columns={2}>
        <TextField
          label={settings.key}
          hint="vietinbank, cong-thanh-toan"
          required
          disabled={provider !== null}
          maxLength={31}
          value={form.provider}
          error={problem?.fieldError('/provider')}
          onChange={(value) => set({ provider: value.toLowerCase().replace(/[^a-z0-9-]/g, '') })}
        />
        <Choice
          label={settings.kind}
          required
          value={form.kind}
          options={kinds}
          onChange={(value) => set({ kind: value === 'gateway' ? 'gateway' : 'bank' })}
        />
        <TextField
          label={settings.providerName}
          required
          maxLength={100}
          value={form.name}
          onChange={(value) => set({ name: value })}
        />
        <Choice
          label={settings.method}
          required
          value={form.method}
          options={methods}
          onChange={(value) => set({ method: value === 'rsa-sha256' ? 'rsa-sha256' : 'hmac-sha256' })}
        />
        {needsSecret && (
          <TextField
            label={settings.secret}
            hint={provider?.hasSecret ? settings.secretKept : undefined}
            required={!provider?.hasSecret}
            maxLength={200}
            value={form.secret}
            error={problem?.fieldError('/secret')}
            onChange={(value) => set({ secret: value })}
          />
        )}
        {form.kind === 'gateway' && (
          <TextField
            label={settings.baseUrl}
            required
            inputMode="url"
            maxLength={300}
            value={form.baseUrl}
            error={problem?.fieldError('/baseUrl')}
            onChange={(value) => set({ baseUrl: value.replace(/\/+$/, '') })}
          />
        )}
        <TextField
          label={settings.window}
          required
          inputMode="numeric"
          maxLength={4}
          value={form.windowSeconds}
          error={problem?.fieldError('/windowSeconds')}
          onChange={(value) => set({ windowSeconds: value.replace(/\D/g, '') })}
        />
      </Fields>
      {form.method === 'rsa-sha256' && (
        <Textarea
          label={settings.publicKey}
          autosize
          minRows={4}
          maxRows={10}
          value={form.publicKey}
          onChange={(event) => set({ publicKey: event.currentTarget.value })}
        />
      )}
    </Dialog>
  )
}
