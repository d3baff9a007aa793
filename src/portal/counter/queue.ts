import { addMinutes, dayOf, type Day, type Instant } from '../../platform/day.ts'
import { withScope, type Tx } from '../../platform/db.ts'
import { newId } from '../../platform/id.ts'
import { accept, refuse, type Result } from '../../platform/result.ts'
import type { BoardView, DeskView, TicketItem } from './contract.ts'
import { calendarOf, closedNow, type CounterContext, type Room } from './rooms.ts'
import { closedAt, givesNumbers } from './rules/opening.ts'
import { callOrder, estimatedWait, isFor, runOf, ticketLabel, type Queued, type QueueRefusal } from './rules/queue.ts'
import { deskOf, matterOf } from './rules/room.ts'
import {
  addTicket,
  findTicket,
  listTickets,
  lockRoom,
  nextNumber,
  writeTicket,
  type CounterTables,
  type TicketRow,
} from './store.ts'

const queuedOf = (row: TicketRow): Queued & { row: TicketRow } => ({
  series: row.series,
  number: row.number,
  matter: row.matter,
  priority: row.priority,
  state: row.state,
  appointmentMinute: row.appointment_minute,
  forDesk: row.for_desk,
  takenAt: row.taken_at,
  row,
})

export const ticketItem = (row: TicketRow): TicketItem => ({
  ticketId: row.ticket_id,
  label: ticketLabel(row),
  matter: row.matter,
  priority: row.priority,
  state: row.state,
  appointmentMinute: row.appointment_minute,
  desk: row.desk,
  forDesk: row.for_desk,
  calls: row.calls,
  takenAt: row.taken_at,
  calledAt: row.called_at,
  endedAt: row.ended_at,
})

type CounterTx = Tx<CounterTables>
const dayIn = ({ clock }: CounterContext): Day => dayOf(clock())

/** Gives out the next number of a matter, without a gap: number and ticket are one transaction. */
export async function takeTicket(
  context: CounterContext,
  room: Room,
  { matter, priority }: { matter: string; priority: string | null },
): Promise<Result<TicketRow, QueueRefusal>> {
  const { agencyId } = room
  return withScope(context.db, { agencies: [agencyId] }, (tx) => putTicket(tx, context, room, { matter, priority }))
}

/** The same inside of a transaction, for somebody with an appointment. */
export async function putTicket(
  tx: CounterTx,
  context: CounterContext,
  room: Room,
  wish: { matter: string; priority: string | null; appointment?: { id: string; minute: number } },
): Promise<Result<TicketRow, QueueRefusal>> {
  const matter = matterOf(room.settings, wish.matter)
  if (!matter) return refuse({ code: 'unknown-matter-of-ticket' })
  const now = context.clock()
  const day = dayOf(now)
  const priority = room.settings.priorities.some(({ key }) => key === wish.priority) ? wish.priority : null
  const row: TicketRow = {
    agency_id: room.agencyId,
    receiving_point_id: room.receivingPointId,
    day,
    series: matter.series,
    number: await nextNumber(tx, { ...room, day }, matter.series),
    ticket_id: newId(Date.parse(now)),
    matter: matter.key,
    priority,
    state: 'waiting',
    appointment_id: wish.appointment?.id ?? null,
    appointment_minute: wish.appointment?.minute ?? null,
    for_desk: null,
    desk: null,
    officer_id: null,
    calls: 0,
    taken_at: now,
    called_at: null,
    last_called_at: null,
    ended_at: null,
  }
  await addTicket(tx, row)
  return accept(row)
}

/** What stands at a desk, and who waits for it in which order. */
export async function viewDesk(context: CounterContext, room: Room, number: number): Promise<DeskView> {
  const { agencyId } = room
  const rows = await withScope(context.db, { agencies: [agencyId] }, (tx) =>
    listTickets(tx, { ...room, day: dayIn(context) }),
  )
  const order = orderFor(context, room, rows, number)
  const { authority: _, ...point } = room
  const current = rows.find(({ state, desk }) => state === 'called' && desk === number)
  const waiting = rows.filter(({ state }) => state === 'waiting')
  const now = context.clock()
  const since = addMinutes(now, -60)
  const calendar = await calendarOf(context, agencyId)
  return {
    point,
    current: current ? ticketItem(current) : null,
    waiting: order.map(ticketItem),
    others: waiting.length - order.length,
    skipped: rows
      .filter(({ state, desk, ended_at: at }) => state === 'skipped' && desk === number && at !== null && at > since)
      .map(ticketItem),
    servedToday: rows.filter(({ state, desk }) => state === 'done' && desk === number).length,
    closed: closedAt(calendar, now),
    givesNumbers: givesNumbers(calendar, now),
  }
}

function orderFor(context: CounterContext, room: Room, rows: readonly TicketRow[], number: number): TicketRow[] {
  const desk = deskOf(room.settings, number)
  if (!desk) return []
  const now = context.clock()
  const called = rows
    .filter((row) => row.desk === number && row.called_at !== null)
    .toSorted((one, other) => ((one.called_at ?? '') < (other.called_at ?? '') ? 1 : -1))
  const run = runOf(called.map(queuedOf))
  return callOrder(rows.map(queuedOf), { desk, settings: room.settings, run, day: dayOf(now), now }).map(
    ({ row }) => row,
  )
}

export type DeskAct =
  | { type: 'next' }
  | { type: 'recall' }
  | { type: 'skip' }
  | { type: 'finish' }
  | { type: 'transfer'; desk: number }
  | { type: 'back'; ticketId: string }

type Acting = {
  room: Room
  desk: number
  officerId: number
  act: DeskAct
  /** Whom the desk served when the officer pressed; left out, whoever it serves. */
  serving?: string | null
}

/**
 * What an officer does at a desk. All of a point go one after the other through one lock: two who press at the same moment
 * never call the same number. `next` finishes whom the desk has and calls the next one; pressed twice, or sent again, it
 * answers with the one whom the first press called. Who took a number while numbers were given is called at any hour.
 */
export async function actAtDesk(
  context: CounterContext,
  acting: Acting,
): Promise<Result<TicketRow | null, QueueRefusal>> {
  const outcome = await actOnQueue(context, acting)
  if (outcome.ok || outcome.refusal.code !== 'nobody-waits') return outcome
  const calendar = await calendarOf(context, acting.room.agencyId)
  const now = context.clock()
  const closed = givesNumbers(calendar, now) ? null : closedAt(calendar, now)
  return closed ? refuse({ code: 'nobody-comes', closed }) : outcome
}

async function actOnQueue(
  context: CounterContext,
  { room, desk: number, officerId, act, serving }: Acting,
): Promise<Result<TicketRow | null, QueueRefusal>> {
  const { agencyId, settings } = room
  if (!deskOf(settings, number)) return refuse({ code: 'unknown-desk' })
  return withScope(context.db, { agencies: [agencyId] }, async (tx) => {
    await lockRoom(tx, 'queue', room)
    const rows = await listTickets(tx, { ...room, day: dayIn(context) })
    const current = rows.find(({ state, desk }) => state === 'called' && desk === number)
    if (serving !== undefined && serving !== (current?.ticket_id ?? null)) return accept(current ?? null)
    const now = context.clock()
    if (act.type === 'next') {
      const [next] = orderFor(context, room, rows, number)
      if (current) await end(tx, current, 'done', now)
      if (!next) return current ? accept(null) : refuse({ code: 'nobody-waits' })
      return call(tx, next, { number, officerId, now })
    }
    if (act.type === 'back') {
      const skipped = rows.find(({ ticket_id: id, state }) => id === act.ticketId && state === 'skipped')
      if (!skipped) return refuse({ code: 'not-skipped' })
      if (current) return refuse({ code: 'desk-busy' })
      return call(tx, skipped, { number, officerId, now })
    }
    if (!current) return refuse({ code: 'nobody-called' })
    if (act.type === 'recall') return call(tx, current, { number, officerId, now })
    if (act.type === 'transfer') {
      if (!deskOf(settings, act.desk) || act.desk === number) return refuse({ code: 'unknown-desk' })
      await writeTicket(tx, current, { state: 'waiting', for_desk: act.desk, desk: null, last_called_at: null })
      return accept(null)
    }
    await end(tx, current, act.type === 'skip' ? 'skipped' : 'done', now)
    return accept(null)
  })
}

async function call(
  tx: CounterTx,
  row: TicketRow,
  { number, officerId, now }: { number: number; officerId: number; now: Instant },
): Promise<Result<TicketRow, never>> {
  const changes = {
    state: 'called' as const,
    desk: number,
    for_desk: null,
    officer_id: officerId,
    calls: row.calls + 1,
    called_at: row.called_at ?? now,
    last_called_at: now,
    ended_at: null,
  }
  await writeTicket(tx, row, changes)
  return accept({ ...row, ...changes })
}

const end = (tx: CounterTx, row: TicketRow, state: 'done' | 'skipped', now: Instant): Promise<void> =>
  writeTicket(tx, row, { state, ended_at: now })

/** So long after the last call the screen of a closed room with nobody in it invites nobody any more. */
const SHOWN_MINUTES = 30

/** What the screen of the waiting room shows. */
export async function viewBoard(context: CounterContext, room: Room): Promise<BoardView> {
  const rows = await withScope(context.db, { agencies: [room.agencyId] }, (tx) =>
    listTickets(tx, { ...room, day: dayIn(context) }),
  )
  const called = rows.flatMap((row) =>
    row.desk !== null && row.last_called_at !== null && row.state !== 'waiting'
      ? [{ label: ticketLabel(row), desk: row.desk, at: row.last_called_at, calls: row.calls, state: row.state }]
      : [],
  )
  const now = context.clock()
  const closed = await closedNow(context, room.agencyId)
  const waiting = rows.filter(({ state }) => state === 'waiting').length
  const since = closed && waiting === 0 ? addMinutes(now, -SHOWN_MINUTES) : ''
  const latest = called.toSorted(byCall)
  return {
    now,
    calls: (latest[0]?.at ?? '') > since ? latest.slice(0, 6).map(({ state: _, ...each }) => each) : [],
    desks: room.settings.desks.map(({ number, name }) => ({
      number,
      name,
      label: called.find(({ desk, state }) => desk === number && state === 'called')?.label ?? null,
    })),
    waiting,
    closed,
  }
}

/** The newest call first; of two at the same moment one order, so that the screen does not flicker. */
const byCall = (one: { at: Instant; label: string }, other: { at: Instant; label: string }): number => {
  if (one.at !== other.at) return one.at < other.at ? 1 : -1
  return one.label < other.label ? 1 : -1
}

export type Place = { ticket: TicketItem; before: number; minutes: number; room: Room }

/** Where a ticket stands: how many before it, and about how long. */
export async function placeOf(context: CounterContext, room: Room, ticketId: string): Promise<Place | undefined> {
  const found = await withScope(context.db, { agencies: [room.agencyId] }, async (tx) => {
    const row = await findTicket(tx, room.agencyId, ticketId)
    return row && row.receiving_point_id === room.receivingPointId
      ? { row, rows: await listTickets(tx, { ...room, day: row.day }) }
      : undefined
  })
  if (!found) return undefined
  const { row, rows } = found
  const desks = room.settings.desks.filter((desk) => isFor(queuedOf(row), desk))
  const orders = desks.map(({ number }) =>
    orderFor(context, room, rows, number).findIndex((each) => each.ticket_id === ticketId),
  )
  const before = row.state === 'waiting' ? Math.max(0, Math.min(...orders.filter((at) => at >= 0))) : 0
  const served = rows.filter(
    ({ state, matter, called_at: from, ended_at: to }) => state === 'done' && matter === row.matter && from && to,
  )
  const recentMinutes = served
    .slice(-20)
    .map(({ called_at: from, ended_at: to }) => (Date.parse(to ?? '') - Date.parse(from ?? '')) / 60_000)
  return {
    room,
    ticket: ticketItem(row),
    before: Number.isFinite(before) ? before : 0,
    minutes: estimatedWait({
      before: Number.isFinite(before) ? before : 0,
      desks: desks.length,
      recentMinutes,
      usualMinutes: matterOf(room.settings, row.matter)?.minutes ?? 10,
    }),
  }
}
