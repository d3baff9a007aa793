import { VisuallyHidden } from '@mantine/core'
import { type KeyboardEvent, useRef, useState } from 'react'
import { type Day, dayOf } from '../../platform/day.ts'
import { serverNow, useText } from '../../platform/web/index.ts'
import type { DayKind, WorkingCalendar } from '../rules/working-calendar.ts'
import { en } from '../text.en.ts'
import { vi } from '../text.vi.ts'
import { type DayCell, nextDayByKey, signs, weeksOf } from './year-view.ts'

const months = [1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12]
const kinds: readonly DayKind[] = ['holiday', 'substitute', 'swap-off', 'swap-work', 'closure']

/** Twelve small months; one tab stop, arrows move between the days. */
export function YearGrid({
  year,
  calendar,
  onEdit,
}: {
  year: number
  calendar: WorkingCalendar
  onEdit: ((day: Day) => void) | undefined
}) {
  const text = useText({ vi, en })
  const today = dayOf(serverNow())
  const grid = useRef<HTMLDivElement>(null)
  const [current, setCurrent] = useState(today.startsWith(String(year)) ? today : `${year}-01-01`)

  const onKeyDown = (event: KeyboardEvent) => {
    const next = nextDayByKey(event.key, current)
    if (!next) return
    event.preventDefault()
    setCurrent(next)
    grid.current?.querySelector<HTMLElement>(`[data-day="${next}"]`)?.focus()
  }

  const cellProps = (day: Day) => ({
    tabIndex: day === current ? 0 : -1,
    onKeyDown,
    onFocus: () => setCurrent(day),
    onClick: () => onEdit?.(day),
  })

  return (
    <>
      {onEdit && <p className="calendar-note">{text.web.monthsHint}</p>}
      <div className="calendar-year" ref={grid}>
        {months.map((month) => (
          <div key={month} className="calendar-month">
            <table>
              <caption>{text.month(month)}</caption>
              <thead>
                <tr>
                  {text.shortWeekdays.map((weekday, index) => (
                    <th key={weekday} scope="col">
                      <abbr title={text.weekdays[index]}>{weekday}</abbr>
                    </th>
                  ))}
                </tr>
              </thead>
              <tbody>
                {weeksOf(calendar, year, month).map((week) => (
                  <tr key={week.find((cell) => cell)?.day}>
                    {week.map((cell, weekday) => (
                      <td key={text.weekdays[weekday]}>
                        {cell && (
                          <DaySquare
                            cell={cell}
                            isToday={cell.day === today}
                            {...(onEdit && { button: cellProps(cell.day) })}
                          />
                        )}
                      </td>
                    ))}
                  </tr>
                ))}
              </tbody>
            </table>
          </div>
        ))}
      </div>
      <Legend />
    </>
  )
}

type SquareButton = {
  tabIndex: number
  onKeyDown: (event: KeyboardEvent) => void
  onFocus: () => void
  onClick: () => void
}

function DaySquare({ cell, isToday, button }: { cell: DayCell; isToday: boolean; button?: SquareButton }) {
  const text = useText({ vi, en })
  const { day, isWorked, exception } = cell
  const ordinary = isWorked ? text.web.working : text.web.rest
  const what = exception
    ? `${text.kinds[exception.kind]}, ${exception.name}, ${text.statuses[exception.status]}`
    : ordinary
  const words = `${text.longDay(day)}: ${what}${isToday ? ` (${text.web.today})` : ''}`
  const look = {
    className: 'calendar-day',
    title: words,
    'data-day': day,
    'data-off': isWorked ? undefined : '',
    'data-kind': exception?.kind,
    'data-status': exception?.status,
    'data-today': isToday ? '' : undefined,
  }
  const content = (
    <>
      <span aria-hidden="true">{Number(day.slice(8))}</span>
      <VisuallyHidden>{words}</VisuallyHidden>
      {exception && <Sign kind={exception.kind} isProvisional={exception.status === 'provisional'} />}
    </>
  )
  if (button)
    return (
      <button type="button" {...look} {...button}>
        {content}
      </button>
    )
  return <span {...look}>{content}</span>
}

const Sign = ({ kind, isProvisional = false }: { kind: DayKind; isProvisional?: boolean }) => (
  <span className="calendar-sign" aria-hidden="true">
    {isProvisional && <span className="calendar-unsure">?</span>}
    {signs[kind]}
  </span>
)

function Legend() {
  const text = useText({ vi, en })
  return (
    <ul className="calendar-legend" aria-label={text.web.legend}>
      <li>
        <span className="calendar-day" data-off="">
          <span aria-hidden="true">1</span>
        </span>
        {text.web.rest}
      </li>
      {kinds.map((kind) => (
        <li key={kind}>
          <span className="calendar-day" data-kind={kind} {...(kind !== 'swap-work' && { 'data-off': '' })}>
            <span aria-hidden="true">1</span>
            <Sign kind={kind} />
          </span>
          {text.kinds[kind]}
        </li>
      ))}
      <li>
        <span className="calendar-day" data-status="provisional">
          <span aria-hidden="true">1</span>
          <span className="calendar-sign" aria-hidden="true">
            <span className="calendar-unsure">?</span>
          </span>
        </span>
        {text.statuses.provisional}
      </li>
    </ul>
  )
}
