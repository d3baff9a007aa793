import { Button, NumberInput } from '@mantine/core'
import { type FormEvent, useState } from 'react'
import {
  announce,
  DayField,
  Facts,
  Fields,
  PageHeader,
  ProblemAlert,
  Section,
  SideSheet,
  TextField,
  useApi,
  useCommand,
  useFormat,
  useMay,
  useText,
  worded,
} from '../../../platform/web/index.ts'
import type { TimesView } from '../contract.ts'
import { requestKinds, type RequestKind } from '../rules/timers.ts'
import { en } from '../text.en.ts'
import { vi } from '../text.vi.ts'

type Rule = TimesView['rules'][number]

/** The legal times of requests with their basis, and their setting for who administers the system. */
export function TimesPage() {
  const all = useText({ vi, en })
  const text = all.times
  const format = useFormat()
  const maySet = useMay()('system.manage')
  const { data, problem } = useApi<TimesView>('/api/portal/data-times')
  const [open, setOpen] = useState(false)
  const current = data?.rules.find(({ from }) => from === data.today)
  return (
    <>
      <PageHeader
        title={text.title}
        note={text.note}
        actions={maySet && current && <Button onClick={() => setOpen(true)}>{text.set}</Button>}
      />
      <ProblemAlert problem={problem} />
      {data?.rules.map((rule) => (
        <Section
          key={rule.from}
          title={
            rule.from === data.today
              ? `${text.from(format.day(rule.from))} – ${text.current}`
              : text.from(format.day(rule.from))
          }
        >
          <Facts
            items={[
              { name: text.answer, value: text.workingDays(rule.answerWorkingDays) },
              ...requestKinds.map((kind) => ({
                name: all.requests.kinds[kind],
                value: text.calendarDays(rule.finishDays[kind]),
              })),
              { name: text.thirdParty, value: text.calendarDays(rule.thirdPartyDays) },
              {
                name: text.extension,
                value: rule.extensionDays > 0 ? text.calendarDays(rule.extensionDays) : text.never,
              },
              { name: text.source, value: rule.source },
              { name: text.confidence, value: text.confidences[rule.confidence] },
            ]}
          />
        </Section>
      ))}
      <SideSheet opened={open} onClose={() => setOpen(false)} title={text.set}>
        {open && current && <TimesForm rule={current} onDone={() => setOpen(false)} />}
      </SideSheet>
    </>
  )
}

function TimesForm({ rule, onDone }: { rule: Rule; onDone: () => void }) {
  const all = useText({ vi, en })
  const text = all.times
  const [from, setFrom] = useState<string | null>(rule.from)
  const [basis, setBasis] = useState(rule.confidence === 'set-here' ? rule.source : '')
  const [answer, setAnswer] = useState<number | string>(rule.answerWorkingDays)
  const [days, setDays] = useState<Record<RequestKind, number | string>>(rule.finishDays)
  const [thirdParty, setThirdParty] = useState<number | string>(rule.thirdPartyDays)
  const [extension, setExtension] = useState<number | string>(rule.extensionDays)
  const save = useCommand('/api/portal/data-times', {
    method: 'PUT',
    forget: ['/api/portal/data-times', '/api/data-requests'],
    onDone: () => {
      announce(text.saved)
      onDone()
    },
  })
  const submit = (event: FormEvent) => {
    event.preventDefault()
    void save.run({
      from,
      answerWorkingDays: Number(answer),
      finishDays: Object.fromEntries(requestKinds.map((kind) => [kind, Number(days[kind])])),
      thirdPartyDays: Number(thirdParty),
      extensionDays: Number(extension),
      basis: basis.trim(),
    })
  }
  const number = (label: string, value: number | string, onChange: (next: number | string) => void, least = 1) => (
    <NumberInput
      key={label}
      label={label}
      required
      min={least}
      max={365}
      allowDecimal={false}
      value={value}
      onChange={onChange}
    />
  )
  return (
    <form onSubmit={submit}>
      <ProblemAlert problem={worded(save.problem, all.refusals)} />
      <Fields columns={1}>
        <DayField label={text.fromField} required value={from} onChange={setFrom} />
        {number(text.answerField, answer, setAnswer)}
        {requestKinds.map((kind) =>
          number(text.daysField(all.requests.kinds[kind]), days[kind], (next) =>
            setDays((known) => ({ ...known, [kind]: next })),
          ),
        )}
        {number(text.daysField(text.thirdParty), thirdParty, setThirdParty)}
        {number(text.daysField(text.extension), extension, setExtension, 0)}
        <TextField label={text.basisField} required maxLength={300} value={basis} onChange={setBasis} />
      </Fields>
      <div className="k-dialog-actions">
        <Button type="submit" loading={save.busy} disabled={basis.trim().length < 5 || from === null}>
          {text.save}
        </Button>
      </div>
    </form>
  )
}
