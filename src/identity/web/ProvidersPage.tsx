import './identity.css'
import { Alert, Button, Checkbox, PasswordInput, Switch, TextInput } from '@mantine/core'
import { type FormEvent, useState } from 'react'
import {
  announce,
  Choice,
  type Column,
  DataTable,
  EmptyState,
  Facts,
  Fields,
  PageHeader,
  ProblemAlert,
  Section,
  SideSheet,
  StatusBadge,
  TextField,
  useApi,
  useCommand,
  useText,
  worded,
} from '../../platform/web/index.ts'
import type { ProviderClaims, ProviderInput, ProviderLevel, ProviderSettings, ProviderView } from '../contract.ts'
import { usualSettings } from '../rules/provider.ts'
import { en } from '../text.en.ts'
import { vi } from '../text.vi.ts'

type Draft = Omit<ProviderInput, 'commandId' | 'clientSecret'> & { clientSecret: string }

const emptyDraft: Draft = {
  name: '',
  issuer: '',
  clientId: '',
  clientSecret: '',
  forCitizens: true,
  forOfficers: false,
  enabled: false,
  settings: usualSettings,
}

/** By whom people may sign in besides accounts of this system. */
export function ProvidersPage() {
  const text = useText({ vi, en }).providers
  const { data, problem } = useApi<ProviderView[]>('/api/providers')
  const [open, setOpen] = useState<ProviderView | 'new' | null>(null)
  const columns: Column<ProviderView>[] = [
    { key: 'name', head: text.name, main: true, grow: 2, wrap: true, cell: (row) => row.name },
    { key: 'issuer', head: text.issuer, grow: 3, wrap: true, cell: (row) => row.issuer },
    {
      key: 'for',
      head: text.forWhom,
      grow: 1,
      wrap: true,
      cell: (row) =>
        [row.forCitizens && text.forCitizens, row.forOfficers && text.forOfficers].filter(Boolean).join(', '),
    },
    {
      key: 'state',
      head: text.state,
      width: '8rem',
      cell: (row) => <StatusBadge>{row.enabled ? text.enabled : text.disabled}</StatusBadge>,
    },
  ]
  return (
    <>
      <PageHeader
        title={text.title}
        note={text.lead}
        actions={<Button onClick={() => setOpen('new')}>{text.add}</Button>}
      />
      <ProblemAlert problem={problem} />
      <DataTable
        label={text.title}
        rows={data}
        columns={columns}
        rowKey={(row) => String(row.providerId)}
        onOpen={setOpen}
        empty={<EmptyState title={text.empty} hint={text.emptyHint} />}
      />
      <SideSheet
        opened={open !== null}
        onClose={() => setOpen(null)}
        title={open === 'new' || open === null ? text.add : open.name}
      >
        {open !== null && (
          <ProviderForm
            key={open === 'new' ? 'new' : open.providerId}
            kept={open === 'new' ? null : open}
            onDone={(saved) => {
              announce(text.saved)
              // A new one stays open: the addresses to register are known only now.
              setOpen(open === 'new' ? saved : null)
            }}
          />
        )}
      </SideSheet>
    </>
  )
}

function ProviderForm({ kept, onDone }: { kept: ProviderView | null; onDone: (saved: ProviderView) => void }) {
  const all = useText({ vi, en })
  const text = all.providers
  const [draft, setDraft] = useState<Draft>(() =>
    kept
      ? {
          name: kept.name,
          issuer: kept.issuer,
          clientId: kept.clientId,
          clientSecret: '',
          forCitizens: kept.forCitizens,
          forOfficers: kept.forOfficers,
          enabled: kept.enabled,
          settings: kept.settings,
        }
      : emptyDraft,
  )
  const save = useCommand<ProviderView>(kept ? `/api/providers/${kept.providerId}` : '/api/providers', {
    method: kept ? 'PUT' : 'POST',
    forget: ['/api/providers', '/api/session/providers'],
    onDone,
  })
  const change = (part: Partial<Draft>) => setDraft((known) => ({ ...known, ...part }))
  const set = (part: Partial<ProviderSettings>) => change({ settings: { ...draft.settings, ...part } })
  const submit = (event: FormEvent) => {
    event.preventDefault()
    const { clientSecret, ...rest } = draft
    const levels = rest.settings.levels.filter(({ value }) => value.trim() !== '')
    void save.run({
      ...rest,
      settings: { ...rest.settings, levels },
      ...(clientSecret === '' && kept ? {} : { clientSecret }),
    })
  }
  return (
    <form onSubmit={submit}>
      <ProblemAlert problem={worded(save.problem, all.refusals)} />
      <Fields columns={1}>
        <TextField
          label={text.name}
          required
          maxLength={100}
          value={draft.name}
          onChange={(name) => change({ name })}
        />
        <TextField
          label={text.issuer}
          required
          maxLength={300}
          disabled={kept !== null}
          value={draft.issuer}
          onChange={(issuer) => change({ issuer })}
        />
        <TextField
          label={text.clientId}
          required
          maxLength={200}
          value={draft.clientId}
          onChange={(clientId) => change({ clientId })}
        />
        <PasswordInput
          label={text.clientSecret}
          description={kept?.hasSecret ? text.secretKept : undefined}
          autoComplete="new-password"
          maxLength={500}
          value={draft.clientSecret}
          onChange={(event) => change({ clientSecret: event.currentTarget.value })}
        />
        <Choice
          label={text.clientAuth}
          required
          value={draft.settings.clientAuth}
          onChange={(clientAuth) => set({ clientAuth: clientAuth === 'post' ? 'post' : 'basic' })}
          options={[
            { value: 'basic', label: text.basic },
            { value: 'post', label: text.post },
          ]}
        />
        <Checkbox
          label={text.forCitizens}
          checked={draft.forCitizens}
          onChange={(event) => change({ forCitizens: event.currentTarget.checked })}
        />
        <Checkbox
          label={text.forOfficers}
          checked={draft.forOfficers}
          onChange={(event) => change({ forOfficers: event.currentTarget.checked })}
        />
        <Switch
          label={draft.enabled ? text.enabled : text.disabled}
          checked={draft.enabled}
          onChange={(event) => change({ enabled: event.currentTarget.checked })}
        />
      </Fields>
      <SettingsFields settings={draft.settings} forOfficers={draft.forOfficers} onChange={set} />
      <ReturnAddresses kept={kept} />
      <div className="k-dialog-actions">
        {kept && <CheckButton providerId={kept.providerId} />}
        <Button type="submit" loading={save.busy}>
          {text.save}
        </Button>
      </div>
    </form>
  )
}

function SettingsFields({
  settings,
  forOfficers,
  onChange,
}: {
  settings: ProviderSettings
  forOfficers: boolean
  onChange: (part: Partial<ProviderSettings>) => void
}) {
  const text = useText({ vi, en }).providers
  return (
    <>
      <Section title={text.claims}>
        <Fields columns={2}>
          <TextField label={text.scope} value={settings.scope} onChange={(scope) => onChange({ scope })} />
          <TextField
            label={text.acrValues}
            value={settings.acrValues}
            onChange={(acrValues) => onChange({ acrValues })}
          />
          {(Object.keys(text.claimNames) as (keyof ProviderClaims)[]).map((name) => (
            <TextField
              key={name}
              label={text.claimNames[name]}
              maxLength={100}
              value={settings.claims[name]}
              onChange={(value) => onChange({ claims: { ...settings.claims, [name]: value.trim() } })}
            />
          ))}
        </Fields>
      </Section>
      <LevelFields settings={settings} onChange={onChange} />
      {forOfficers && (
        <Section title={text.officer}>
          <Fields columns={2}>
            <TextField
              label={text.officerClaim}
              required
              value={settings.officer.claim}
              onChange={(claim) => onChange({ officer: { ...settings.officer, claim: claim.trim() } })}
            />
            <Choice
              label={text.officerMatch}
              required
              value={settings.officer.match}
              onChange={(match) =>
                match &&
                onChange({ officer: { ...settings.officer, match: match as ProviderSettings['officer']['match'] } })
              }
              options={Object.entries(text.matches).map(([value, label]) => ({ value, label }))}
            />
          </Fields>
          <TextField
            label={text.secondFactor}
            hint={text.secondFactorHint}
            value={settings.secondFactorValues.join(' ')}
            onChange={(typed) => onChange({ secondFactorValues: typed.split(/\s+/).filter(Boolean) })}
          />
        </Section>
      )}
    </>
  )
}

function LevelFields({
  settings,
  onChange,
}: {
  settings: ProviderSettings
  onChange: (part: Partial<ProviderSettings>) => void
}) {
  const text = useText({ vi, en }).providers
  const { levels } = settings
  const put = (index: number, part: Partial<(typeof levels)[number]>) =>
    onChange({ levels: levels.map((rule, place) => (place === index ? { ...rule, ...part } : rule)) })
  return (
    <Section
      title={text.levels}
      actions={
        <Button
          variant="default"
          onClick={() => onChange({ levels: [...levels, { value: '', level: 'substantial' }] })}
        >
          {text.addLevel}
        </Button>
      }
    >
      <p className="k-note">{text.levelsHint}</p>
      <TextField
        label={text.levelClaim}
        required
        value={settings.levelClaim}
        onChange={(levelClaim) => onChange({ levelClaim: levelClaim.trim() })}
      />
      {levels.map((rule, index) => (
        // The place is the identity: lines have no other.
        // oxlint-disable-next-line react/no-array-index-key
        <div className="identity-level" key={index}>
          <TextInput
            label={text.levelValue}
            maxLength={200}
            value={rule.value}
            onChange={(event) => put(index, { value: event.currentTarget.value })}
          />
          <Choice
            label={text.level}
            required
            value={rule.level}
            onChange={(level) => level && put(index, { level: level as ProviderLevel })}
            options={Object.entries(text.levelNames).map(([value, label]) => ({ value, label }))}
          />
          <Button variant="subtle" onClick={() => onChange({ levels: levels.filter((_, place) => place !== index) })}>
            {text.remove}
          </Button>
        </div>
      ))}
    </Section>
  )
}

function ReturnAddresses({ kept }: { kept: ProviderView | null }) {
  const text = useText({ vi, en }).providers
  return (
    <Section title={text.returnTo}>
      {kept ? (
        <Facts
          items={[
            { name: text.returnCitizens, value: <code>{kept.returnTo.citizens}</code> },
            { name: text.returnOfficers, value: <code>{kept.returnTo.officers}</code> },
          ]}
        />
      ) : (
        <p className="k-note">{text.returnLater}</p>
      )}
    </Section>
  )
}

function CheckButton({ providerId }: { providerId: number }) {
  const text = useText({ vi, en }).providers
  const check = useCommand<{ answers: boolean; signs: boolean }>(`/api/providers/${providerId}/check`, {
    forget: ['/api/nothing'],
  })
  const told = (found: { answers: boolean; signs: boolean }) => {
    if (!found.answers) return text.checkAway
    return found.signs ? text.checkFine : text.checkNoKeys
  }
  return (
    <>
      {check.reply && (
        <Alert color={check.reply.answers && check.reply.signs ? 'gray' : 'red'} role="status">
          {told(check.reply)}
        </Alert>
      )}
      <ProblemAlert problem={check.problem} />
      <Button variant="default" loading={check.busy} onClick={() => void check.run({})}>
        {text.check}
      </Button>
    </>
  )
}
