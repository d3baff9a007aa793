import './counter.css'
import { Button } from '@mantine/core'
import { useState } from 'react'
import { addDays, dayOf, type Day } from '../../../platform/day.ts'
import {
  Choice,
  type Column,
  DataTable,
  DayField,
  EmptyState,
  PageHeader,
  ProblemAlert,
  serverNow,
  SideSheet,
  Toolbar,
  useApi,
  useFilters,
  useText,
  withQuery,
} from '../../../platform/web/index.ts'
import type { PointItem, TicketItem, WaitingHour, WaitingTimes } from '../contract.ts'
import { en } from '../text.en.ts'
import { vi } from '../text.vi.ts'
import { Tickets } from './DeskPage.tsx'
import { usePoint } from './use-point.ts'

/** How long people waited and were served; each figure opens its tickets. */
export function WaitingTimesPage() {
  const text = useText({ vi, en })
  const { points, items, point, choose } = usePoint()
  const today = dayOf(serverNow())
  const [filters, setFilters] = useFilters({ from: addDays(today, -6), to: today })
  return (
    <>
      <PageHeader title={text.times.title} note={text.times.lead} />
      <ProblemAlert problem={points.problem} onRetry={points.reload} />
      <Toolbar label={text.times.title}>
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
        <DayField label={text.times.from} value={filters.from} onChange={(from) => from && setFilters({ from })} />
        <DayField label={text.times.to} value={filters.to} onChange={(to) => to && setFilters({ to })} />
      </Toolbar>
      {point && <Times point={point} from={filters.from} to={filters.to} />}
    </>
  )
}

function Times({ point, from, to }: { point: PointItem; from: Day; to: Day }) {
  const text = useText({ vi, en }).times
  const [open, setOpen] = useState<WaitingHour | null>(null)
  const times = useApi<WaitingTimes>(withQuery(`/api/counter/points/${point.key}/waiting-times`, { from, to }))
  const nameOf = ({ hour }: WaitingHour) => (hour < 0 ? text.all : text.hourOf(hour))
  const titleOf = (hour: WaitingHour | null) => {
    if (hour === null) return ''
    return hour.hour < 0 ? text.listOfAll : text.list(nameOf(hour))
  }
  const columns: Column<WaitingHour>[] = [
    { key: 'hour', head: text.hour, main: true, grow: true, cell: nameOf },
    {
      key: 'tickets',
      head: text.tickets,
      align: 'right',
      width: '8rem',
      cell: (row) => (
        <Button variant="subtle" size="compact-md" className="times-link" onClick={() => setOpen(row)}>
          {row.tickets}
        </Button>
      ),
    },
    ...(['averageWait', 'medianWait', 'averageServing', 'medianServing'] as const).map((key) => ({
      key,
      head: text[key],
      align: 'right' as const,
      width: '11rem',
      cell: (row: WaitingHour) => text.minutes(row[key]),
    })),
  ]
  const rows = times.data && (times.data.all.tickets === 0 ? [] : [...times.data.hours, times.data.all])
  return (
    <>
      <ProblemAlert problem={times.problem} onRetry={times.reload} />
      <DataTable
        label={text.title}
        rows={rows}
        columns={columns}
        rowKey={({ hour }) => String(hour)}
        empty={<EmptyState title={text.empty} hint={text.emptyHelp} />}
      />
      <SideSheet opened={open !== null} onClose={() => setOpen(null)} title={titleOf(open)}>
        {open && <TicketsOf point={point} from={from} to={to} hour={open.hour} />}
      </SideSheet>
    </>
  )
}

function TicketsOf({ point, from, to, hour }: { point: PointItem; from: Day; to: Day; hour: number }) {
  const text = useText({ vi, en }).times
  const list = useApi<{ items: TicketItem[] }>(
    withQuery(`/api/counter/points/${point.key}/tickets`, { from, to, hour: hour < 0 ? null : hour }),
  )
  return (
    <>
      <p>{text.noNames}</p>
      <ProblemAlert problem={list.problem} onRetry={list.reload} />
      {list.data && <Tickets label={text.tickets} tickets={list.data.items} point={point} />}
    </>
  )
}
