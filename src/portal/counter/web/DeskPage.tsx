import './counter.css'
import { Button, Menu } from '@mantine/core'
import { useState } from 'react'
import {
  Choice,
  type Column,
  DataTable,
  EmptyState,
  Icon,
  KeyHint,
  LinkButton,
  PageHeader,
  ProblemAlert,
  Section,
  SideSheet,
  StatusBadge,
  Toolbar,
  useApi,
  useCommand,
  useFormat,
  useMe,
  useNow,
  useShortcut,
  useText,
} from '../../../platform/web/index.ts'
import { dayOf } from '../../../platform/day.ts'
import type { Closed, DeskView, PointItem, TicketItem } from '../contract.ts'
import { en } from '../text.en.ts'
import { vi } from '../text.vi.ts'
import { Machines } from './Machines.tsx'
import { usePoint } from './use-point.ts'

/** The desk: whom it serves, who waits, and one key for each act. */
export function DeskPage() {
  const all = useText({ vi, en })
  const text = all.page
  const { points, items, point, desk, choose } = usePoint()
  const [machines, setMachines] = useState(false)
  return (
    <>
      <PageHeader title={text.title} note={text.lead} />
      <ProblemAlert problem={points.problem} onRetry={points.reload} />
      {items?.length === 0 && <EmptyState title={text.noPoints} hint={text.noPointsHelp} />}
      {items && point && desk && (
        <>
          <Toolbar label={text.desk}>
            {items.length > 1 && (
              <Choice
                label={text.point}
                required
                width="29rem"
                value={point.key}
                onChange={(key) => key && choose({ point: key })}
                options={items.map(({ key, name }) => ({ value: key, label: name }))}
              />
            )}
            <Choice
              label={text.desk}
              required
              width="14rem"
              value={String(desk.number)}
              onChange={(number) => number && choose({ desk: number })}
              options={point.settings.desks.map(({ number, name }) => ({
                value: String(number),
                label: text.deskName(number, name),
              }))}
            />
            <Button component="a" href={`/man-hinh/${point.key}`} target="_blank" variant="default">
              {text.board}
            </Button>
            <Button variant="default" onClick={() => setMachines(true)}>
              {all.machine.sheet}
            </Button>
          </Toolbar>
          <SideSheet opened={machines} onClose={() => setMachines(false)} title={all.machine.sheet}>
            <Machines point={point} />
          </SideSheet>
          <DeskAtWork key={`${point.key}/${desk.number}`} point={point} number={desk.number} />
        </>
      )}
    </>
  )
}

function DeskAtWork({ point, number }: { point: PointItem; number: number }) {
  const all = useText({ vi, en })
  const text = all.page
  const path = `/api/counter/points/${point.key}/desks/${number}`
  const view = useApi<DeskView>(path, { every: 3000 })
  const forget = { forget: [`/api/counter/points/${point.key}/`] }
  const next = useCommand(`${path}/next`, forget)
  const recall = useCommand(`${path}/recall`, forget)
  const skip = useCommand(`${path}/skip`, forget)
  const finish = useCommand(`${path}/finish`, forget)
  const transfer = useCommand(`${path}/transfer`, forget)
  const back = useCommand(`${path}/back`, forget)
  const acts = [next, recall, skip, finish, transfer, back]
  const busy = acts.some((each) => each.busy)
  const current = view.data?.current ?? null
  const run = (one: typeof next, body: Record<string, unknown> = {}) => {
    for (const each of acts) each.reset()
    if (!busy) void one.run({ ...body, serving: current?.ticketId ?? null })
  }
  const others = point.settings.desks.filter((desk) => desk.number !== number)
  const [sending, setSending] = useState(false)
  useShortcut(['N'], text.next, () => run(next))
  useShortcut(['R'], text.recall, () => run(recall))
  useShortcut(['S'], text.skip, () => run(skip))
  useShortcut(['X'], text.finish, () => run(finish))
  useShortcut(['T'], text.transfer, () => setSending(current !== null && others.length > 0))
  const problem = acts.find((each) => each.problem)?.problem ?? view.problem
  return (
    <>
      <section className="desk-now" aria-live="polite">
        <div>
          <p className="desk-label">{current ? text.serving : text.nobody}</p>
          <p className="desk-number">{current?.label ?? '–'}</p>
          {current && <TicketFacts ticket={current} point={point} />}
        </div>
        <div className="desk-acts">
          <Button size="lg" leftSection={<Icon name="forward" />} loading={next.busy} onClick={() => run(next)}>
            {current ? text.finishAndNext : text.next} <KeyHint keys={['N']} />
          </Button>
          <Button variant="default" disabled={!current} onClick={() => run(recall)}>
            {text.recall} <KeyHint keys={['R']} />
          </Button>
          <Button variant="default" disabled={!current} onClick={() => run(skip)}>
            {text.skip} <KeyHint keys={['S']} />
          </Button>
          <Menu opened={sending} onChange={setSending}>
            <Menu.Target>
              <Button variant="default" disabled={!current || others.length === 0}>
                {text.transfer} <KeyHint keys={['T']} />
              </Button>
            </Menu.Target>
            <Menu.Dropdown>
              <Menu.Label>{text.transferTo}</Menu.Label>
              {others.map((desk) => (
                <Menu.Item key={desk.number} onClick={() => run(transfer, { desk: desk.number })}>
                  {text.deskName(desk.number, desk.name)}
                </Menu.Item>
              ))}
            </Menu.Dropdown>
          </Menu>
          <Button variant="default" disabled={!current} onClick={() => run(finish)}>
            {text.finish} <KeyHint keys={['X']} />
          </Button>
          <LinkButton to="/tiep-nhan" variant="default">
            {text.intake}
          </LinkButton>
        </div>
      </section>
      <ProblemAlert problem={problem} />
      {view.data?.closed && <ClosedNote view={view.data} closed={view.data.closed} />}
      {view.data && (
        <>
          <p>
            {text.served(view.data.servedToday)}
            {view.data.others > 0 && ` · ${text.others(view.data.others)}`}
          </p>
          <Section title={text.waiting}>
            <Tickets
              label={text.waiting}
              tickets={view.data.waiting}
              point={point}
              hint={view.data.givesNumbers ? text.emptyHelp : text.emptyClosed}
            />
          </Section>
          {view.data.skipped.length > 0 && (
            <Section title={text.skipped}>
              <ul className="desk-skipped">
                {view.data.skipped.map((ticket) => (
                  <li key={ticket.ticketId}>
                    <b>{ticket.label}</b>{' '}
                    <Button
                      variant="default"
                      size="compact-md"
                      disabled={current !== null}
                      onClick={() => run(back, { ticketId: ticket.ticketId })}
                    >
                      {text.callBack}
                    </Button>
                  </li>
                ))}
              </ul>
            </Section>
          )}
        </>
      )}
    </>
  )
}

/** That the doors are closed, when they open, and that those who still wait can be called. */
function ClosedNote({ view, closed }: { view: DeskView; closed: Closed }) {
  const all = useText({ vi, en })
  const { demo } = useMe()
  const still = view.givesNumbers ? 0 : view.waiting.length
  return (
    <div className="desk-closed">
      <p>{all.closed(closed)}</p>
      {still > 0 && <p>{all.page.stillWait(still)}</p>}
      {demo && !view.givesNumbers && <p>{all.kiosk.demoHours}</p>}
    </div>
  )
}

const matterName = (point: PointItem, key: string): string =>
  point.settings.matters.find((matter) => matter.key === key)?.name ?? key
const priorityName = (point: PointItem, key: string | null): string =>
  key === null ? '' : (point.settings.priorities.find((each) => each.key === key)?.name ?? key)

function TicketFacts({ ticket, point }: { ticket: TicketItem; point: PointItem }) {
  const all = useText({ vi, en })
  const parts = [
    matterName(point, ticket.matter),
    priorityName(point, ticket.priority),
    ticket.appointmentMinute === null ? '' : all.page.appointmentAt(all.time(ticket.appointmentMinute)),
    ticket.calls > 1 ? all.page.calls(ticket.calls) : '',
  ]
  return <p>{parts.filter(Boolean).join(' · ')}</p>
}

export function Tickets({
  label,
  tickets,
  point,
  hint,
}: {
  label: string
  tickets: readonly TicketItem[]
  point: PointItem
  /** What else is said where there are none. */
  hint?: string
}) {
  const all = useText({ vi, en })
  const text = all.page
  const format = useFormat()
  const now = useNow()
  const minutes = ({ takenAt, calledAt }: TicketItem) => (Date.parse(calledAt ?? now) - Date.parse(takenAt)) / 60_000
  const columns: Column<TicketItem>[] = [
    { key: 'label', head: text.ticket, main: true, width: '6rem', cell: (ticket) => <b>{ticket.label}</b> },
    { key: 'wait', head: text.wait, width: '7rem', cell: (ticket) => text.minutes(minutes(ticket)) },
    { key: 'matter', head: text.matter, grow: true, wrap: true, cell: (ticket) => matterName(point, ticket.matter) },
    {
      key: 'priority',
      head: text.priority,
      grow: true,
      wrap: true,
      cell: (ticket) => {
        const words = [
          ticket.forDesk === null ? '' : text.sentOn,
          priorityName(point, ticket.priority),
          ticket.appointmentMinute === null ? '' : text.appointmentAt(all.time(ticket.appointmentMinute)),
        ].filter(Boolean)
        return words.length > 0 ? <StatusBadge>{words.join(', ')}</StatusBadge> : null
      },
    },
    {
      key: 'since',
      head: text.since,
      width: '9rem',
      wrap: true,
      wideOnly: true,
      cell: ({ takenAt }) => (dayOf(takenAt) === dayOf(now) ? format.clock(takenAt) : format.instant(takenAt)),
    },
    {
      key: 'state',
      head: all.appointments.state,
      width: '8rem',
      wideOnly: true,
      cell: (ticket) => text.states[ticket.state],
    },
  ]
  return (
    <DataTable
      label={label}
      rows={tickets}
      columns={columns}
      rowKey={(ticket) => ticket.ticketId}
      empty={<EmptyState title={text.empty} {...(hint === undefined ? {} : { hint })} />}
    />
  )
}
