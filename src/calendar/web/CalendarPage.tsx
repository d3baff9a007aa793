import './calendar.css'
import { Button, SegmentedControl } from '@mantine/core'
import { useState } from 'react'
import type { Day } from '../../platform/day.ts'
import { dayOf } from '../../platform/day.ts'
import {
  Choice,
  type Column,
  DataTable,
  EmptyState,
  Icon,
  PageHeader,
  ProblemAlert,
  Section,
  serverNow,
  StatusBadge,
  Toolbar,
  useApi,
  useFilters,
  useMe,
  useText,
  withQuery,
} from '../../platform/web/index.ts'
import type { CalendarChange, CalendarDay, CalendarYear } from '../contract.ts'
import { toCalendar } from '../rules/working-calendar.ts'
import { en } from '../text.en.ts'
import { type CalendarText, vi } from '../text.vi.ts'
import { DayDialog, type EditedDay } from './DayDialog.tsx'
import { HoursSection } from './HoursSection.tsx'
import { DidMove } from './MovedDueDates.tsx'
import { TryDueDate } from './TryDueDate.tsx'
import { describeEntry } from './year-view.ts'
import { YearGrid } from './YearGrid.tsx'

/** Days, hours and history of one year, of the own agency or of the whole country. */
export function CalendarPage() {
  const text = useText({ vi, en })
  const me = useMe()
  const thisYear = dayOf(serverNow()).slice(0, 4)
  const [filters, setFilters] = useFilters({ year: thisYear, agencyId: String(me.agency.agencyId) })
  const [edited, setEdited] = useState<EditedDay>({ day: null, current: undefined, turn: 0 })
  const [isOpen, setOpen] = useState(false)
  const [changes, setChanges] = useState(0)
  const agencyId = filters.agencyId === 'country' ? null : Number(filters.agencyId)
  const year = useApi<CalendarYear>(withQuery(`/api/calendar/years/${filters.year}`, { agencyId }))
  const shown = year.data
  const mayChange = (agencyId === null ? shown?.mayChangeCountry : shown?.mayChangeAgency) ?? false
  const dayOfYear = (day: Day) => shown?.days.find((each) => each.day === day)
  const open = (day: Day | null) => {
    setEdited(({ turn }) => ({ day, current: day === null ? undefined : dayOfYear(day), turn: turn + 1 }))
    setOpen(true)
  }
  const edit = mayChange ? open : undefined
  const agencyName = agencyId === me.agency.agencyId ? me.agency.name : (shown?.agency?.name ?? me.agency.name)
  return (
    <>
      <PageHeader
        title={text.web.title}
        note={shown && text.web.note({ year: shown.year, workingDays: shown.workingDays })}
        actions={
          mayChange && (
            <Button leftSection={<Icon name="plus" />} onClick={() => open(null)}>
              {text.web.addDay}
            </Button>
          )
        }
      />
      <Controls
        filters={filters}
        onChange={setFilters}
        agency={{ id: String(agencyId ?? me.agency.agencyId), name: agencyName }}
      />
      <ProblemAlert problem={year.problem} onRetry={year.reload} />
      {changes > 0 && agencyId !== null && <DidMove agencyId={agencyId} turn={changes} />}
      {shown && !shown.isKnown && (
        <p className="calendar-warning">
          <Icon name="warning" size={16} /> {text.web.unknown(shown.year)}
        </p>
      )}
      {shown && (
        <Section title={text.web.months(shown.year)}>
          <YearGrid key={shown.year} year={shown.year} calendar={toCalendar(shown.hours, shown.days)} onEdit={edit} />
        </Section>
      )}
      <Section title={text.web.days}>
        <DayList year={Number(filters.year)} days={shown?.days} onEdit={edit} />
      </Section>
      {shown && agencyId !== null && (
        <HoursSection agencyId={agencyId} agencyName={agencyName} hours={shown.hours} mayChange={mayChange} />
      )}
      {shown && (
        <Section title={text.web.tryTitle}>
          <TryDueDate agencyId={agencyId} />
        </Section>
      )}
      <Section title={text.web.history}>
        <History agencyId={agencyId} />
      </Section>
      <DayDialog
        edited={edited}
        opened={isOpen}
        agency={agencyId === null ? null : { agencyId, name: agencyName }}
        onClose={() => setOpen(false)}
        onChanged={() => setChanges((count) => count + 1)}
        findDay={dayOfYear}
      />
    </>
  )
}

type Filters = { year: string; agencyId: string }

function Controls({
  filters,
  onChange,
  agency,
}: {
  filters: Filters
  onChange: (change: Partial<Filters>) => void
  agency: { id: string; name: string }
}) {
  const text = useText({ vi, en }).web
  const year = Number(filters.year)
  const current = Number(dayOf(serverNow()).slice(0, 4))
  const years = Array.from({ length: Math.max(current + 3, year + 1) - 2018 }, (_, index) =>
    String(2019 + index),
  ).toReversed()
  const step = (by: number) => onChange({ year: String(year + by) })
  return (
    <Toolbar label={text.controls}>
      <Button variant="default" leftSection={<Icon name="left" />} onClick={() => step(-1)} disabled={year <= 2000}>
        {text.previousYear}
      </Button>
      <Choice
        label={text.year}
        required
        width="7rem"
        value={filters.year}
        onChange={(next) => next && onChange({ year: next })}
        options={years.map((value) => ({ value, label: value }))}
      />
      <Button variant="default" rightSection={<Icon name="right" />} onClick={() => step(1)} disabled={year >= 2099}>
        {text.nextYear}
      </Button>
      <SegmentedControl
        aria-label={text.scope}
        value={filters.agencyId}
        onChange={(agencyId) => onChange({ agencyId })}
        data={[
          { value: agency.id, label: agency.name },
          { value: 'country', label: text.country },
        ]}
      />
    </Toolbar>
  )
}

function dayColumns(text: CalendarText): Column<CalendarDay>[] {
  return [
    { key: 'day', head: text.web.day, cell: ({ day }) => text.longDay(day), main: true, width: '12rem' },
    { key: 'kind', head: text.web.kind, cell: ({ kind }) => text.kinds[kind], width: '9rem' },
    { key: 'name', head: text.web.name, cell: ({ name }) => name, grow: true, wrap: true },
    { key: 'notice', head: text.web.notice, cell: ({ notice }) => notice || '–', grow: 2, wrap: true },
    {
      key: 'status',
      head: text.web.status,
      cell: ({ status }) => (
        <StatusBadge tone={status === 'provisional' ? 'waiting' : 'normal'}>{text.statuses[status]}</StatusBadge>
      ),
      width: '8rem',
    },
    {
      key: 'scope',
      head: text.web.enteredFor,
      cell: ({ agency }) => agency?.name ?? text.web.country,
      wideOnly: true,
      width: '8rem',
    },
    {
      key: 'changed',
      head: text.web.changed,
      cell: ({ changedBy, changedAt }) =>
        changedBy ? `${changedBy}, ${text.day(dayOf(changedAt))}` : text.web.byRelease,
      wideOnly: true,
      width: '11rem',
    },
  ]
}

function DayList({
  year,
  days,
  onEdit,
}: {
  year: number
  days: readonly CalendarDay[] | undefined
  onEdit: ((day: Day) => void) | undefined
}) {
  const text = useText({ vi, en })
  return (
    <DataTable
      label={text.web.days}
      rows={days}
      columns={dayColumns(text)}
      rowKey={({ day }) => day}
      {...(onEdit && { onOpen: ({ day }: CalendarDay) => onEdit(day) })}
      empty={<EmptyState title={text.web.noDays(year)} hint={text.web.noDaysHint} />}
    />
  )
}

function changeColumns(text: CalendarText): Column<CalendarChange>[] {
  return [
    { key: 'at', head: text.web.changed, cell: ({ changedAt }) => text.instant(changedAt), main: true, width: '16rem' },
    { key: 'by', head: text.web.changedBy, cell: ({ changedBy }) => changedBy ?? '–', width: '14rem' },
    { key: 'what', head: text.web.change, cell: (change) => writeChange(change, text), grow: true, wrap: true },
  ]
}

function History({ agencyId }: { agencyId: number | null }) {
  const text = useText({ vi, en })
  const { data, problem, reload } = useApi<CalendarChange[]>(withQuery('/api/calendar/changes', { agencyId }))
  if (problem) return <ProblemAlert problem={problem} onRetry={reload} />
  return (
    <DataTable
      label={text.web.history}
      rows={data}
      columns={changeColumns(text)}
      rowKey={({ changeId }) => String(changeId)}
      empty={<EmptyState title={text.web.noHistory} hint={text.web.noHistoryHint} />}
    />
  )
}

/** "Sửa ngày 24/11/2026: Nghỉ lễ … → Nghỉ bù …" */
function writeChange({ subject, day, before, after }: CalendarChange, text: CalendarText): string {
  const verb = before ? text.web.edited : text.web.entered
  const what = subject === 'day' ? text.web.dayWord : text.web.hoursWord
  const values = [before, after].filter(Boolean).map((value) => describeEntry(value, text))
  return `${after ? verb : text.web.removedWord} ${what} ${text.day(day)}: ${values.join(' → ')}`
}
