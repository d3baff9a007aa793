import { ActionIcon, Button, Tooltip } from '@mantine/core'
import { useState } from 'react'
import type { Day } from '../../../platform/day.ts'
import { Choice, DayField, Icon, useFormat, useShortcut } from '../../../platform/web/index.ts'
import {
  changedKind,
  type Cutoff,
  cutoffs,
  type Period,
  periodKinds,
  spanOf,
  stepped,
  writePeriod,
} from './period-view.ts'
import { usePageText } from './use-figures-text.ts'

type Change = (change: { period?: string; cutoff?: string }) => void

/** Which days are counted: a named period by the regime's cut-off, or any two days. */
export function PeriodChooser({
  period,
  cutoff,
  today,
  onChange,
}: {
  period: Period
  cutoff: Cutoff
  today: Day
  onChange: Change
}) {
  const text = usePageText().period
  const named = period.kind !== 'days'
  return (
    <>
      <Choice
        label={text.kind}
        required
        width="8.5rem"
        value={period.kind}
        options={periodKinds.map((kind) => ({ value: kind, label: text.kinds[kind] }))}
        onChange={(kind) => {
          const next = periodKinds.find((each) => each === kind)
          if (next) onChange({ period: writePeriod(changedKind(period, next, { cutoff, today })) })
        }}
      />
      <Stepper period={period} cutoff={cutoff} onChange={onChange} />
      {named && (
        <Choice
          label={text.cutoff}
          required
          width="15rem"
          value={String(cutoff)}
          options={cutoffs.map((each) => ({ value: String(each), label: text.cutoffs[each] }))}
          onChange={(next) => onChange({ cutoff: next ?? '1' })}
        />
      )}
      {!named && (
        <AnyTwoDays key={`${period.from} ${period.to}`} from={period.from} to={period.to} onChange={onChange} />
      )}
    </>
  )
}

/** One period back or on; what it is called and which days it has stands between. */
function Stepper({ period, cutoff, onChange }: { period: Period; cutoff: Cutoff; onChange: Change }) {
  const text = usePageText().period
  const name = usePeriodName()
  const step = (by: -1 | 1) => onChange({ period: writePeriod(stepped(period, by)) })
  useShortcut(['['], text.before, () => step(-1))
  useShortcut([']'], text.after, () => step(1))
  return (
    <div className="f-stepper" role="group" aria-label={text.which}>
      <Tooltip label={text.before}>
        <ActionIcon variant="default" size={36} aria-label={text.before} onClick={() => step(-1)}>
          <Icon name="left" />
        </ActionIcon>
      </Tooltip>
      <span className="f-stepper-name" role="status">
        {name(period, cutoff)}
      </span>
      <Tooltip label={text.after}>
        <ActionIcon variant="default" size={36} aria-label={text.after} onClick={() => step(1)}>
          <Icon name="right" />
        </ActionIcon>
      </Tooltip>
    </div>
  )
}

/** What a period is called: `Quý IV/2026`; any two days are called by themselves. */
export function usePeriodName(): (period: Period, cutoff: Cutoff) => string {
  const text = usePageText().period
  const format = useFormat()
  return (period, cutoff) => {
    if (period.kind !== 'days') return text.names[period.kind](period.number, period.year)
    const { from, to } = spanOf(period, cutoff)
    return from === to ? format.day(from) : `${format.day(from)} – ${format.day(to)}`
  }
}

function AnyTwoDays({ from, to, onChange }: { from: Day; to: Day; onChange: Change }) {
  const text = usePageText().period
  const [days, setDays] = useState<{ from: Day | null; to: Day | null }>({ from, to })
  const wrong = days.from !== null && days.to !== null && days.from > days.to
  const changed = days.from !== from || days.to !== to
  const show = () => {
    if (days.from && days.to && !wrong)
      onChange({ period: writePeriod({ kind: 'days', from: days.from, to: days.to }) })
  }
  return (
    <form
      className="f-days"
      onSubmit={(event) => {
        event.preventDefault()
        show()
      }}
    >
      <DayField
        label={text.from}
        width="10rem"
        value={days.from}
        onChange={(day) => setDays((old) => ({ ...old, from: day }))}
      />
      <DayField
        label={text.to}
        width="10rem"
        value={days.to}
        error={wrong ? text.wrongWay : undefined}
        onChange={(day) => setDays((old) => ({ ...old, to: day }))}
      />
      <Button type="submit" variant="default" disabled={!changed || wrong || !days.from || !days.to}>
        {text.show}
      </Button>
    </form>
  )
}
