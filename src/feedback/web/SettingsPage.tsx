import './feedback.css'
import { Button, NumberInput, Stack, Switch } from '@mantine/core'
import { useState } from 'react'
import {
  announce,
  Choice,
  Fields,
  PageHeader,
  ProblemAlert,
  Section,
  TextField,
  useApi,
  useCommand,
  useFormat,
} from '../../platform/web/index.ts'
import type { AgencyChoices, SettingsView, Timers } from '../contract.ts'
import { useFeedbackText } from './use-feedback-text.ts'

/** How an agency takes petitions in: the posted address, the times, publication. */
export function SettingsPage() {
  const text = useFeedbackText()
  const { data, problem, reload } = useApi<AgencyChoices>('/api/petition-agencies')
  const agencies = data?.agencies.filter(({ mayManage }) => mayManage) ?? []
  const [chosen, setChosen] = useState<string | null>(null)
  const agency = agencies.find(({ agencyId }) => String(agencyId) === chosen) ?? agencies[0]
  return (
    <>
      <PageHeader title={text.settings.title} />
      <ProblemAlert problem={problem} onRetry={reload} />
      {agencies.length > 1 && (
        <Choice
          label={text.book.agency}
          width="22rem"
          options={agencies.map(({ agencyId, name }) => ({ value: String(agencyId), label: name }))}
          value={agency ? String(agency.agencyId) : null}
          onChange={setChosen}
        />
      )}
      {agency && <SettingsForm key={`${agency.agencyId} ${agency.settings.changedAt}`} settings={agency.settings} />}
    </>
  )
}

const timers = ['forward', 'process', 'publish', 'refuse', 'supplement', 'extend', 'supplementWait', 'reopen'] as const

function SettingsForm({ settings }: { settings: SettingsView }) {
  const text = useFeedbackText()
  const words = text.settings
  const format = useFormat()
  const { agencyId, agencyName: _name, changedAt, changedBy, ...content } = settings
  const [form, setForm] = useState(content)
  const save = useCommand<SettingsView>(`/api/petition-settings/${agencyId}`, {
    method: 'PUT',
    forget: ['/api/petition-agencies'],
    onDone: () => announce(words.saved),
  })
  const set = (change: Partial<typeof form>) => setForm({ ...form, ...change })
  const setTimer = (name: keyof Timers, days: number | string) =>
    set({ timers: { ...form.timers, [name]: Math.min(120, Math.max(1, Math.round(Number(days) || 1))) } })
  return (
    <form
      className="f-form"
      onSubmit={(event) => {
        event.preventDefault()
        void save.run(form)
      }}
    >
      <Stack>
        <ProblemAlert problem={save.problem} keeps />
        <Section title={words.posted}>
          <p className="k-dimmed">{words.postedHint}</p>
          <Fields columns={2}>
            <TextField label={words.name} value={form.name} onChange={(name) => set({ name })} maxLength={200} />
            <TextField label={words.phone} value={form.phone} onChange={(phone) => set({ phone })} maxLength={60} />
            <TextField label={words.address} value={form.address} onChange={(address) => set({ address })} />
            <TextField label={words.email} value={form.email} onChange={(email) => set({ email })} maxLength={200} />
          </Fields>
        </Section>
        <Switch
          label={words.open}
          checked={form.open}
          onChange={(event) => set({ open: event.currentTarget.checked })}
        />
        <Switch
          label={words.anonymous}
          description={words.anonymousHint}
          checked={form.anonymous}
          onChange={(event) => set({ anonymous: event.currentTarget.checked })}
        />
        <Switch
          label={words.publication}
          checked={form.publication}
          onChange={(event) => set({ publication: event.currentTarget.checked })}
        />
        <Section title={words.timers}>
          <p className="k-dimmed">{words.timersHint}</p>
          <Fields columns={2}>
            {timers.map((name) => (
              <NumberInput
                key={name}
                label={text.timers[name]}
                description={`${words.law}: ${text.timersLaw[name]}`}
                value={form.timers[name]}
                min={1}
                max={120}
                onChange={(days) => setTimer(name, days)}
              />
            ))}
          </Fields>
        </Section>
        <div className="f-actions">
          <Button type="submit" loading={save.busy}>
            {words.save}
          </Button>
          {changedAt && changedBy && (
            <span className="k-dimmed">{words.changed(changedBy, format.instant(changedAt))}</span>
          )}
        </div>
      </Stack>
    </form>
  )
}
