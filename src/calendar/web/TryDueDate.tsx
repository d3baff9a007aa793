import { Checkbox } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { clockOfMinute, type Day, dayOf, instantAt, minuteFromClock, minuteOf } from '../../platform/day.ts'
import {
  type ApiProblem,
  api,
  Choice,
  DayField,
  ProblemAlert,
  serverNow,
  TextField,
  useText,
} from '../../platform/web/index.ts'
import type { Explanation } from '../rules/explanation.ts'
import type { TimeLimitPart } from '../rules/time-limit.ts'
import { en } from '../text.en.ts'
import { vi } from '../text.vi.ts'
import { DueExplanation } from './DueExplanation.tsx'

type Answer = { dueAt: string; dueOn: Day; explanation: Explanation }

/** Shows how this calendar turns a start and a limit into a due date. */
export function TryDueDate({ agencyId }: { agencyId: number | null }) {
  const text = useText({ vi, en })
  const [day, setDay] = useState<Day | null>(dayOf(serverNow()))
  const [clock, setClock] = useState(clockOfMinute(minuteOf(serverNow())))
  const [amount, setAmount] = useState('3')
  const [unit, setUnit] = useState<TimeLimitPart['unit']>('workingDay')
  const [nextDayAfter15, setNextDayAfter15] = useState(true)
  const isClock = /^([01]?\d|2[0-3]):[0-5]\d$/.test(clock)
  const isAmount = unit === 'atOnce' || /^[1-9]\d{0,2}$/.test(amount)
  const question =
    day && isClock && isAmount
      ? {
          start: instantAt(day, minuteFromClock(clock)),
          limit: [{ amount: unit === 'atOnce' ? 0 : Number(amount), unit }],
          nextDayAfter15,
          ...(agencyId !== null && { agencyId }),
        }
      : null
  const answer = useQuery<Answer, ApiProblem>({
    queryKey: ['api', '/api/calendar/due', question],
    queryFn: ({ signal }) => api.post<Answer>('/api/calendar/due', question, { signal }),
    enabled: question !== null,
  })
  return (
    <>
      <p className="calendar-note">{text.web.tryHint}</p>
      <div className="calendar-try">
        <DayField label={text.web.start} value={day} onChange={setDay} min="2000-01-01" max="2099-12-31" />
        <TextField
          label={text.web.startClock}
          value={clock}
          onChange={setClock}
          width="6rem"
          maxLength={5}
          inputMode="numeric"
        />
        <TextField
          label={text.web.amount}
          value={unit === 'atOnce' ? '' : amount}
          onChange={setAmount}
          disabled={unit === 'atOnce'}
          width="6rem"
          maxLength={3}
          inputMode="numeric"
        />
        <Choice
          label={text.web.unit}
          required
          width="12rem"
          value={unit}
          onChange={(next) => next && setUnit(next as TimeLimitPart['unit'])}
          options={Object.entries(text.web.unitNames).map(([value, label]) => ({ value, label }))}
        />
      </div>
      {unit === 'atOnce' && (
        <Checkbox
          label={text.web.after15}
          checked={nextDayAfter15}
          onChange={(event) => setNextDayAfter15(event.currentTarget.checked)}
          mb={16}
        />
      )}
      <ProblemAlert problem={answer.error} />
      {answer.data && (
        <div aria-live="polite">
          <p className="calendar-why-due">{text.explanation.due(text.instant(answer.data.dueAt))}</p>
          <DueExplanation explanation={answer.data.explanation} opened />
        </div>
      )}
    </>
  )
}
