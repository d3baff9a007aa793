import { Button } from '@mantine/core'
import { addDays, dayOf, type Day } from '../../../platform/day.ts'
import {
  announce,
  Choice,
  type Column,
  DataTable,
  DayField,
  EmptyState,
  Icon,
  PageHeader,
  ProblemAlert,
  serverNow,
  StatusBadge,
  Toolbar,
  useApi,
  useCommand,
  useFilters,
  useFormat,
  useText,
  withQuery,
} from '../../../platform/web/index.ts'
import type { AppointmentDay, AppointmentItem, PointItem, TicketItem } from '../contract.ts'
import { en } from '../text.en.ts'
import { vi } from '../text.vi.ts'
import { usePoint } from './use-point.ts'

/** The appointments of a day; who is there gets a number. */
export function AppointmentsPage() {
  const text = useText({ vi, en })
  const { points, items, point, choose } = usePoint()
  const [filters, setFilters] = useFilters({ day: dayOf(serverNow()) })
  const day = filters.day
  const step = (by: number) => setFilters({ day: addDays(day, by) })
  return (
    <>
      <PageHeader title={text.appointments.title} />
      <ProblemAlert problem={points.problem} onRetry={points.reload} />
      <Toolbar label={text.appointments.day}>
        {items && items.length > 1 && point && (
          <Choice
            label={text.page.point}
            required
            width="29rem"
            value={point.key}
            onChange={(key) => key && choose({ point: key })}
            options={items.map(({ key, name }) => ({ value: key, label: name }))}
          />
        )}
        <Button variant="default" leftSection={<Icon name="left" />} onClick={() => step(-1)}>
          {text.appointments.previous}
        </Button>
        <DayField label={text.appointments.day} value={day} onChange={(next) => next && setFilters({ day: next })} />
        <Button variant="default" rightSection={<Icon name="right" />} onClick={() => step(1)}>
          {text.appointments.next}
        </Button>
      </Toolbar>
      {items?.length === 0 && <EmptyState title={text.page.noPoints} hint={text.page.noPointsHelp} />}
      {point && (
        <DayList key={`${point.key}/${day}`} point={point} day={day} onDay={(next) => setFilters({ day: next })} />
      )}
    </>
  )
}

function DayList({ point, day, onDay }: { point: PointItem; day: Day; onDay: (day: Day) => void }) {
  const all = useText({ vi, en })
  const text = all.appointments
  const format = useFormat()
  const list = useApi<AppointmentDay>(withQuery(`/api/counter/points/${point.key}/appointments`, { day }), {
    every: 15_000,
  })
  const opensOn = list.data?.opensOn ?? null
  const isDayOff = list.data !== undefined && opensOn !== day
  const columns: Column<AppointmentItem>[] = [
    { key: 'time', head: text.time, width: '6rem', cell: (item) => <b>{all.time(item.minute)}</b> },
    { key: 'name', head: text.name, main: true, grow: true, cell: (item) => item.name || '–' },
    { key: 'phone', head: text.phone, width: '9rem', cell: (item) => item.phone || '–' },
    {
      key: 'matter',
      head: all.page.matter,
      grow: true,
      cell: (item) => point.settings.matters.find(({ key }) => key === item.matter)?.name ?? item.matter,
    },
    { key: 'code', head: text.code, width: '9rem', wideOnly: true, cell: (item) => item.code },
    {
      key: 'state',
      head: text.state,
      width: '8rem',
      cell: (item) => (
        <StatusBadge tone={item.state === 'missed' ? 'today' : 'normal'}>{text.states[item.state]}</StatusBadge>
      ),
    },
    {
      key: 'acts',
      head: text.acts,
      width: '17rem',
      cell: (item) =>
        item.state === 'booked' ? <Acts point={point} item={item} isToday={day === dayOf(serverNow())} /> : null,
    },
  ]
  return (
    <>
      <ProblemAlert problem={list.problem} onRetry={list.reload} />
      <DataTable
        label={text.title}
        rows={list.data?.items}
        columns={columns}
        rowKey={(item) => item.appointmentId}
        empty={<EmptyState title={isDayOff ? text.dayOff : text.empty} hint={text.emptyHelp} />}
      />
      {isDayOff && opensOn && (
        <Button variant="default" onClick={() => onDay(opensOn)}>
          {text.openDay(format.longDay(opensOn))}
        </Button>
      )}
    </>
  )
}

function Acts({ point, item, isToday }: { point: PointItem; item: AppointmentItem; isToday: boolean }) {
  const text = useText({ vi, en }).appointments
  const path = `/api/counter/points/${point.key}/appointments/${item.code}`
  const forget = [`/api/counter/points/${point.key}/`]
  const checkIn = useCommand<TicketItem>(`${path}/check-in`, {
    forget,
    onDone: (ticket) => announce(text.given(ticket.label)),
  })
  const cancel = useCommand(`${path}/cancel`, { forget, onDone: () => announce(text.cancelDone) })
  return (
    <>
      {isToday && (
        <Button size="compact-sm" loading={checkIn.busy} onClick={() => void checkIn.run({})}>
          {text.checkIn}
        </Button>
      )}{' '}
      <Button size="compact-sm" variant="default" loading={cancel.busy} onClick={() => void cancel.run({})}>
        {text.cancel}
      </Button>
      <ProblemAlert problem={checkIn.problem ?? cancel.problem} />
    </>
  )
}
