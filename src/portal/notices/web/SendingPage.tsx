import './notices.css'
import { Button, Checkbox, NumberInput, PasswordInput, Select, Switch, TextInput } from '@mantine/core'
import { useState } from 'react'
import {
  announce,
  Icon,
  PageHeader,
  ProblemAlert,
  Section,
  TextField,
  useApi,
  useCommand,
  useMay,
  useMe,
  useText,
  withQuery,
} from '../../../platform/web/index.ts'
import { clockOfMinute } from '../../../platform/day.ts'
import type { NoticeChannel, SettingsView } from '../contract.ts'
import { readClock } from '../rules/clock.ts'
import { eventOf, noticeEvents, type NoticeEvent } from '../rules/notice-events.ts'
import { en } from '../text.en.ts'
import { vi } from '../text.vi.ts'

/** How an authority sends: ways, quiet hours, gateways, what is not sent. */
export function SendingPage() {
  const text = useText({ vi, en }).settings
  const me = useMe()
  const settings = useApi<SettingsView>(withQuery('/api/notices/settings', { agencyId: me.agency.agencyId }))
  return (
    <>
      <PageHeader title={text.title} note={text.lead} />
      <ProblemAlert problem={settings.problem} onRetry={settings.reload} />
      {settings.data && <SettingsForm key={settings.data.version} view={settings.data} />}
    </>
  )
}

function SettingsForm({ view }: { view: SettingsView }) {
  const all = useText({ vi, en })
  const text = all.settings
  // Names of settings say something to whoever runs the system alone.
  const operates = useMay()('system.manage')
  const [body, setBody] = useState(view.body)
  const [secrets, setSecrets] = useState({ sms: '', zalo: '' })
  const save = useCommand('/api/notices/settings', { method: 'PUT', forget: ['/api/notices'] })
  const send = async () => {
    const given = Object.fromEntries(Object.entries(secrets).filter(([, value]) => value !== ''))
    const reply = await save.run({ agencyId: view.agencyId, version: view.version, body, secrets: given })
    if (reply !== undefined) announce(text.saved)
  }
  const move = (channel: NoticeChannel, by: -1 | 1) => {
    const order = [...body.channels]
    const at = order.indexOf(channel)
    const other = order[at + by]
    if (other === undefined) return
    order[at] = other
    order[at + by] = channel
    setBody({ ...body, channels: order })
  }
  const silenceable = (Object.keys(noticeEvents) as NoticeEvent[]).filter((name) => eventOf(name).binding !== true)
  return (
    <>
      <Section title={text.mail}>
        <p>
          {view.mail === null ? text.noMail : text.mailFrom(view.mail)}{' '}
          {view.mail === null && operates && text.noMailOperator}
        </p>
      </Section>
      <Section title={text.channels}>
        <p>{text.channelsHelp}</p>
        <ol>
          {body.channels.map((channel, index) => (
            <li key={channel}>
              {all.channels[channel]}{' '}
              {index > 0 && (
                <Button
                  variant="subtle"
                  size="compact-sm"
                  aria-label={text.moveUp(all.channels[channel])}
                  onClick={() => move(channel, -1)}
                >
                  {text.up}
                </Button>
              )}
            </li>
          ))}
        </ol>
      </Section>
      <Section title={text.quiet}>
        <p>{text.quietHelp}</p>
        <div className="notices-row">
          {(['from', 'to'] as const).map((end) => (
            <ClockField
              key={end}
              label={text[end]}
              value={body.quiet[end]}
              onChange={(minute) => setBody({ ...body, quiet: { ...body.quiet, [end]: minute } })}
            />
          ))}
        </div>
      </Section>
      {(['sms', 'zalo'] as const).map((channel) => (
        <Section key={channel} title={text.gateway(all.channels[channel])}>
          {view.gateways.length === 0 ? (
            <p>
              {text.noGateways} {operates && text.noGatewaysOperator}
            </p>
          ) : (
            <div className="notices-row">
              <Select
                label={text.gateway(all.channels[channel])}
                data={[{ value: '', label: text.none }, ...view.gateways.map((value) => ({ value, label: value }))]}
                value={body[channel].url}
                onChange={(url) => setBody({ ...body, [channel]: { ...body[channel], url: url ?? '' } })}
                w="24rem"
                maw="100%"
              />
              <TextField
                label={text.sender}
                value={body[channel].sender}
                onChange={(sender) => setBody({ ...body, [channel]: { ...body[channel], sender } })}
                maxLength={30}
              />
              <NumberInput
                label={text.perMinute}
                min={1}
                max={10_000}
                value={body[channel].perMinute}
                onChange={(value) =>
                  typeof value === 'number' && setBody({ ...body, [channel]: { ...body[channel], perMinute: value } })
                }
              />
              <PasswordInput
                label={text.secret}
                description={view.secrets[channel] ? text.secretKept : text.secretHelp}
                value={secrets[channel]}
                autoComplete="new-password"
                onChange={(change) => setSecrets({ ...secrets, [channel]: change.currentTarget.value })}
                w="20rem"
                maw="100%"
              />
              <TextInput label={text.statusUrl} value={view.statusUrls[channel]} readOnly w="32rem" maw="100%" />
            </div>
          )}
          {channel === 'sms' && (
            <Switch
              mt="md"
              label={text.plainSms}
              description={text.plainSmsHelp}
              checked={body.plainSms}
              onChange={(change) => setBody({ ...body, plainSms: change.currentTarget.checked })}
            />
          )}
        </Section>
      ))}
      <Section title={text.silent}>
        <p>{text.silentHelp}</p>
        <Checkbox.Group value={body.silent} onChange={(silent) => setBody({ ...body, silent })}>
          <div className="notices-row">
            {silenceable.map((name) => (
              <Checkbox key={name} value={name} label={all.events[name]} />
            ))}
          </div>
        </Checkbox.Group>
      </Section>
      <ProblemAlert problem={save.problem} />
      <Button loading={save.busy} leftSection={<Icon name="done" />} onClick={() => void send()}>
        {text.save}
      </Button>
    </>
  )
}

/** A time of the day with 24 hours, whatever the language of the browser; also typed as 9, 9h30 or 2130. */
function ClockField({ label, value, onChange }: { label: string; value: number; onChange: (minute: number) => void }) {
  const text = useText({ vi, en }).settings
  const [typed, setTyped] = useState<string | null>(null)
  // What cannot be read yet gives way to the time that holds as soon as the field is left.
  const wrong = typed !== null && typed.length > 3 && readClock(typed) === undefined
  return (
    <TextInput
      label={label}
      w="9rem"
      maxLength={8}
      autoComplete="off"
      value={typed ?? clockOfMinute(value)}
      error={wrong && text.clockWrong}
      onChange={(change) => setTyped(change.currentTarget.value)}
      onBlur={() => {
        const minute = typed === null ? undefined : readClock(typed)
        if (minute !== undefined) onChange(minute)
        setTyped(null)
      }}
    />
  )
}
