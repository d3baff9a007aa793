import { Button, Checkbox, Radio } from '@mantine/core'
import { useState } from 'react'
import { type Day, dayOf } from '../../platform/day.ts'
import {
  announce,
  DayField,
  Dialog,
  Facts,
  Fields,
  Icon,
  ProblemAlert,
  Section,
  serverNow,
  TextField,
  useCommand,
  useConfirm,
  useText,
} from '../../platform/web/index.ts'
import type { CalendarHours } from '../contract.ts'
import { type Reading, usualHours } from '../rules/working-calendar.ts'
import { en } from '../text.en.ts'
import { vi } from '../text.vi.ts'
import { readIntervals, writeIntervals, writeWeekdays } from './year-view.ts'

type HoursSectionProps = { agencyId: number; agencyName: string; hours: readonly CalendarHours[]; mayChange: boolean }

/** The office hours that hold, with the day from which each holds and who set them. */
export function HoursSection({ agencyId, agencyName, hours, mayChange }: HoursSectionProps) {
  const text = useText({ vi, en })
  const [edited, setEdited] = useState<{ current: CalendarHours | undefined; turn: number }>({
    current: undefined,
    turn: 0,
  })
  const [isOpen, setOpen] = useState(false)
  const open = (current?: CalendarHours) => {
    setEdited(({ turn }) => ({ current, turn: turn + 1 }))
    setOpen(true)
  }
  const latest = hours.at(-1)
  return (
    <Section
      title={text.web.hours}
      actions={
        mayChange && (
          <Button variant="default" leftSection={<Icon name="plus" />} onClick={() => open()}>
            {text.web.setHours}
          </Button>
        )
      }
    >
      {hours.map((each) => (
        <div key={each.validFrom} className="calendar-hours">
          <Facts
            items={[
              { name: text.web.from, value: each.agency ? text.longDay(each.validFrom) : text.web.always },
              { name: text.web.daily, value: writeIntervals(each.intervals) },
              { name: text.web.weekly, value: writeWeekdays(each.workingWeekdays, text) },
              { name: text.web.session, value: writeIntervals(each.saturdaySession) || text.web.noSession },
              { name: text.web.reading, value: text.readings[each.reading] },
              {
                name: text.web.enteredFor,
                value: each.agency ? text.web.hoursOf(each.agency.name) : text.web.usualHours,
              },
            ]}
          />
          {mayChange && each.agency?.agencyId === agencyId && (
            <div className="k-actions">
              <Button variant="default" size="xs" leftSection={<Icon name="edit" />} onClick={() => open(each)}>
                {text.web.editHours}
              </Button>
              <RemoveHours agencyId={agencyId} validFrom={each.validFrom} />
            </div>
          )}
        </div>
      ))}
      <Dialog
        opened={isOpen}
        onClose={() => setOpen(false)}
        title={edited.current ? text.web.editHours : text.web.setHours}
      >
        <HoursForm
          key={edited.turn}
          agencyId={agencyId}
          agencyName={agencyName}
          current={edited.current}
          model={edited.current ?? latest ?? usualHours}
          onClose={() => setOpen(false)}
        />
      </Dialog>
    </Section>
  )
}

function RemoveHours({ agencyId, validFrom }: { agencyId: number; validFrom: Day }) {
  const text = useText({ vi, en }).web
  const confirm = useConfirm()
  const words = useText({ vi, en })
  const remove = useCommand(`/api/calendar/agencies/${agencyId}/hours/${validFrom}`, {
    method: 'DELETE',
    forget: ['/api/calendar'],
    onDone: () => announce(text.hoursRemoved),
  })
  async function ask() {
    const question = text.removeHoursQuestion(words.day(validFrom))
    if (await confirm({ question, consequence: text.removeHoursConsequence, action: text.removeHoursAction }))
      await remove.run({})
  }
  return (
    <>
      <Button
        variant="default"
        size="xs"
        leftSection={<Icon name="remove" />}
        onClick={() => void ask()}
        loading={remove.busy}
      >
        {text.removeHours}
      </Button>
      <ProblemAlert problem={remove.problem} />
    </>
  )
}

type HoursFormProps = {
  agencyId: number
  agencyName: string
  current: CalendarHours | undefined
  /** What the form starts from. */
  model: Pick<typeof usualHours, 'intervals' | 'workingWeekdays' | 'saturdaySession' | 'reading'>
  onClose: () => void
}

function HoursForm({ agencyId, agencyName, current, model, onClose }: HoursFormProps) {
  const text = useText({ vi, en })
  const [validFrom, setValidFrom] = useState<Day | null>(current?.validFrom ?? dayOf(serverNow()))
  const [intervals, setIntervals] = useState(writeIntervals(model.intervals))
  const [session, setSession] = useState(writeIntervals(model.saturdaySession))
  const [weekdays, setWeekdays] = useState<string[]>(model.workingWeekdays.map(String))
  const [reading, setReading] = useState<Reading>(model.reading)
  const save = useCommand(`/api/calendar/agencies/${agencyId}/hours/${validFrom}`, {
    method: 'PUT',
    forget: ['/api/calendar'],
    onDone: () => {
      announce(text.web.hoursSaved)
      onClose()
    },
  })
  const read = { intervals: readIntervals(intervals), session: readIntervals(session) }
  const isReady = validFrom !== null && read.intervals !== undefined && read.session !== undefined
  const wrong = (value: unknown) => (value === undefined ? text.web.intervalsWrong : undefined)
  return (
    <form
      onSubmit={(event) => {
        event.preventDefault()
        if (!isReady) return
        const workingWeekdays = weekdays.map(Number)
        void save.run({ intervals: read.intervals, saturdaySession: read.session, workingWeekdays, reading })
      }}
    >
      <p className="calendar-note">{text.web.appliesTo(text.web.andBelow(agencyName))}</p>
      <Fields>
        {!current && (
          <DayField
            label={text.web.from}
            required
            value={validFrom}
            onChange={setValidFrom}
            min="2000-01-01"
            max="2099-12-31"
          />
        )}
        <TextField
          label={text.web.daily}
          required
          hint={text.web.intervalsHint}
          value={intervals}
          onChange={setIntervals}
          error={wrong(read.intervals)}
        />
        <Checkbox.Group label={text.web.weekly} withAsterisk value={weekdays} onChange={setWeekdays}>
          <div className="calendar-row-actions">
            {text.weekdays.map((name, index) => (
              <Checkbox key={name} value={String(index + 1)} label={name} />
            ))}
          </div>
        </Checkbox.Group>
        <TextField
          label={text.web.session}
          hint={text.web.intervalsHint}
          value={session}
          onChange={setSession}
          error={wrong(read.session)}
        />
        <Radio.Group label={text.web.reading} value={reading} onChange={(next) => setReading(next)}>
          {Object.entries(text.readings).map(([value, label]) => (
            <Radio key={value} value={value} label={label} mt={8} />
          ))}
        </Radio.Group>
      </Fields>
      <ProblemAlert problem={save.problem} keeps />
      <div className="k-dialog-actions">
        <Button variant="default" onClick={onClose}>
          {text.web.cancel}
        </Button>
        <Button type="submit" disabled={!isReady} loading={save.busy}>
          {text.web.save}
        </Button>
      </div>
    </form>
  )
}
