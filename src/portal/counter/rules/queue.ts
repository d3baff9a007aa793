import { addMinutes, instantAt, type Day, type Instant } from '../../../platform/day.ts'
import type { Closed, Desk, RoomSettings, TicketState } from '../contract.ts'

/** A ticket as the queue sees it. */
export type Queued = {
  series: string
  number: number
  matter: string
  priority: string | null
  state: TicketState
  appointmentMinute: number | null
  forDesk: number | null
  takenAt: Instant
}

export type QueueRefusal =
  | { code: 'desk-busy' }
  | { code: 'nobody-waits' }
  | { code: 'nobody-comes'; closed: Closed }
  | { code: 'nobody-called' }
  | { code: 'unknown-desk' }
  | { code: 'not-called-here' }
  | { code: 'not-skipped' }
  | { code: 'unknown-matter-of-ticket' }

export const ticketLabel = ({ series, number }: Pick<Queued, 'series' | 'number'>): string =>
  `${series}${String(number).padStart(3, '0')}`

const byArrival = (one: Queued, other: Queued): number => {
  if (one.takenAt !== other.takenAt) return one.takenAt < other.takenAt ? -1 : 1
  if (one.series === other.series) return one.number - other.number
  return one.series < other.series ? -1 : 1
}

type Moment = { day: Day; now: Instant }

/** Goes before others: by law, by an appointment whose time has come, or sent on from another desk. */
const goesFirst = (ticket: Queued, { day, now }: Moment): boolean =>
  ticket.forDesk !== null ||
  ticket.priority !== null ||
  (ticket.appointmentMinute !== null && instantAt(day, ticket.appointmentMinute) <= addMinutes(now, 5))

/** Whether this desk calls this ticket. */
export const isFor = (ticket: Queued, desk: Desk): boolean =>
  ticket.forDesk === null ? desk.matters.includes(ticket.matter) : ticket.forDesk === desk.number

/**
 * Those who wait for this desk, in the order in which it would call them: who was sent on from another desk, then who goes
 * before others, but after a run of these one who waits like everybody, so that nobody waits for ever.
 */
export function callOrder<Ticket extends Queued>(
  waiting: readonly Ticket[],
  { desk, settings, run, ...moment }: Moment & { desk: Desk; settings: RoomSettings; run: number },
): Ticket[] {
  const mine = waiting.filter((ticket) => ticket.state === 'waiting' && isFor(ticket, desk)).toSorted(byArrival)
  const sentOn = mine.filter(({ forDesk }) => forDesk !== null)
  const rest = mine.filter(({ forDesk }) => forDesk === null)
  const first = rest.filter((ticket) => goesFirst(ticket, moment))
  const others = rest.filter((ticket) => !goesFirst(ticket, moment))
  const order: Ticket[] = [...sentOn]
  let passed = run
  while (first.length > 0 || others.length > 0) {
    const takeFirst = first.length > 0 && (others.length === 0 || passed < settings.priorityRun)
    const next = takeFirst ? first.shift() : others.shift()
    if (next) order.push(next)
    passed = takeFirst ? passed + 1 : 0
  }
  return order
}

/** How many with priority were called one after the other, up to now; `recent` is the newest first. */
export function runOf(recent: readonly Pick<Queued, 'priority' | 'appointmentMinute'>[]): number {
  const end = recent.findIndex(({ priority, appointmentMinute }) => priority === null && appointmentMinute === null)
  return end < 0 ? recent.length : end
}

/** The one in the middle; of an even number the mean of the two. */
export function median(values: readonly number[]): number | null {
  if (values.length === 0) return null
  const sorted = values.toSorted((one, other) => one - other)
  const middle = Math.floor(sorted.length / 2)
  const upper = sorted[middle] ?? 0
  return sorted.length % 2 === 1 ? upper : ((sorted[middle - 1] ?? 0) + upper) / 2
}

export const average = (values: readonly number[]): number | null =>
  values.length === 0 ? null : values.reduce((sum, value) => sum + value, 0) / values.length

/** Minutes until one is called, from how long the last ones took; rounded up to five, since more would be a promise. */
export function estimatedWait({
  before,
  desks,
  recentMinutes,
  usualMinutes,
}: {
  before: number
  desks: number
  recentMinutes: readonly number[]
  usualMinutes: number
}): number {
  const each = recentMinutes.length >= 5 ? (median(recentMinutes) ?? usualMinutes) : usualMinutes
  const minutes = (before * Math.max(1, each)) / Math.max(1, desks)
  return before === 0 ? 0 : Math.ceil(minutes / 5) * 5
}
