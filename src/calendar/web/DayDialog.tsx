import { Button, SegmentedControl } from '@mantine/core'
import { useState } from 'react'
import type { Day } from '../../platform/day.ts'
import {
  announce,
  Choice,
  DayField,
  Dialog,
  Fields,
  Icon,
  ProblemAlert,
  TextField,
  useCommand,
  useConfirm,
  useText,
} from '../../platform/web/index.ts'
import type { CalendarDay } from '../contract.ts'
import type { DayKind, DayStatus } from '../rules/working-calendar.ts'
import { en } from '../text.en.ts'
import { vi } from '../text.vi.ts'
import { WouldMove } from './MovedDueDates.tsx'

/** A day that is known, or still to be named; `current` is what holds on it now, `turn` counts the times of opening. */
export type EditedDay = { day: Day | null; current: CalendarDay | undefined; turn: number }

type DayDialogProps = {
  edited: EditedDay
  opened: boolean
  /** Null for the whole country. */
  agency: { agencyId: number; name: string } | null
  onClose: () => void
  /** The calendar has changed. */
  onChanged: () => void
  findDay: (day: Day) => CalendarDay | undefined
}

/** Enters, changes or removes one exceptional day. */
export function DayDialog({ opened, ...rest }: DayDialogProps) {
  const text = useText({ vi, en })
  const { day, turn } = rest.edited
  const title = day ? text.web.editDay(text.longDay(day)) : text.web.addDay
  return (
    <Dialog opened={opened} onClose={rest.onClose} title={title}>
      <DayForm key={turn} {...rest} />
    </Dialog>
  )
}

function DayForm({ edited, agency, onClose, onChanged, findDay }: Omit<DayDialogProps, 'opened'>) {
  const text = useText({ vi, en })
  const confirm = useConfirm()
  const isOwn = edited.current !== undefined && (edited.current.agency?.agencyId ?? null) === (agency?.agencyId ?? null)
  const [day, setDay] = useState<Day | null>(edited.day)
  const [kind, setKind] = useState<DayKind>(edited.current?.kind ?? (agency ? 'closure' : 'holiday'))
  const [name, setName] = useState(edited.current?.name ?? '')
  const [notice, setNotice] = useState(edited.current?.notice ?? '')
  const [status, setStatus] = useState<DayStatus>(edited.current?.status ?? 'official')
  const path = agency ? `/api/calendar/agencies/${agency.agencyId}/days/${day}` : `/api/calendar/days/${day}`
  const forget = ['/api/calendar']
  const longDay = day ? text.longDay(day) : ''
  const save = useCommand(path, { method: 'PUT', forget, onDone: () => finish(text.web.saved(longDay)) })
  const remove = useCommand(path, { method: 'DELETE', forget, onDone: () => finish(text.web.removed(longDay)) })
  const inherited = day && !isOwn ? findDay(day) : undefined

  function finish(message: string) {
    announce(message)
    onChanged()
    onClose()
  }

  async function askRemove() {
    const isSure = await confirm({
      question: text.web.removeQuestion(longDay),
      consequence: text.web.removeConsequence,
      action: text.web.removeAction,
    })
    if (isSure) await remove.run({})
  }

  return (
    <form
      onSubmit={(event) => {
        event.preventDefault()
        if (day) void save.run({ kind, name, notice, status })
      }}
    >
      <p className="calendar-note">{text.web.appliesTo(agency ? text.web.andBelow(agency.name) : text.web.country)}</p>
      {inherited && (
        <p className="calendar-note">
          {text.web.replaces({ name: inherited.name, scope: inherited.agency?.name ?? text.web.country })}
        </p>
      )}
      <Fields>
        {!edited.day && (
          <DayField
            label={text.web.day}
            required
            autoFocus
            value={day}
            onChange={setDay}
            min="2000-01-01"
            max="2099-12-31"
          />
        )}
        <Choice
          label={text.web.kind}
          required
          value={kind}
          onChange={(next) => next && setKind(next as DayKind)}
          options={Object.entries(text.kinds).map(([value, label]) => ({ value, label }))}
        />
        <TextField
          label={text.web.name}
          required
          value={name}
          onChange={setName}
          maxLength={200}
          placeholder={text.web.namePlaceholder}
          error={save.problem?.fieldError('/name')}
        />
        <div>
          <SegmentedControl
            aria-label={text.web.status}
            value={status}
            onChange={(next) => setStatus(next as DayStatus)}
            data={Object.entries(text.statuses).map(([value, label]) => ({ value, label }))}
          />
        </div>
        <TextField
          label={text.web.notice}
          required={status === 'official'}
          hint={text.web.noticeHint}
          value={notice}
          onChange={setNotice}
          maxLength={500}
          error={save.problem?.fieldError('/notice')}
        />
      </Fields>
      {agency && day && <WouldMove agencyId={agency.agencyId} day={day} kind={kind} />}
      <ProblemAlert problem={save.problem ?? remove.problem} keeps />
      <div className="k-dialog-actions">
        {isOwn && (
          <Button
            variant="default"
            leftSection={<Icon name="remove" />}
            onClick={() => void askRemove()}
            loading={remove.busy}
          >
            {text.web.remove}
          </Button>
        )}
        <Button variant="default" onClick={onClose}>
          {text.web.cancel}
        </Button>
        <Button type="submit" disabled={!day} loading={save.busy}>
          {text.web.save}
        </Button>
      </div>
    </form>
  )
}
