import {
  isReceptionOpen,
  isWorkingDay,
  loadCalendar,
  nextWorkingDay,
  previousWorkingDay,
} from '../src/calendar/index.ts'
import { addMinutes, dayOf, instantAt, minuteOf, type Day, type Instant } from '../src/platform/day.ts'
import {
  actAtDesk,
  book,
  checkIn,
  freeSlots,
  listRooms,
  takeTicket,
  type CounterContext,
  type Room,
} from '../src/portal/counter/index.ts'
import { haiHungHomes } from './facts.ts'
import { invent } from './people.ts'
import { random, type Random } from './random.ts'
import type { DemoContext, Town } from './town.ts'

/** How often who comes for what; of eight one has priority by law. */
const matters = [
  ['ho-tich', 4],
  ['chung-thuc', 5],
  ['dat-dai', 2],
  ['xa-hoi', 2],
  ['tra-ket-qua', 3],
  ['khac', 1],
] as const
/** Numbers of a whole day: enough to see, few enough for a quick first start. */
const TICKETS_OF_A_DAY = 22
const FIRST = 7 * 60 + 10
const LAST = 16 * 60 + 30

type Play = { context: CounterContext; room: Room; officers: readonly number[] }

/** The room as people stand in it: numbers of today up to this moment and of the last day, and appointments to come. */
export async function playWaitingRoom(given: DemoContext, { agencyId, at }: Town): Promise<void> {
  const context = given as unknown as CounterContext
  const now = context.clock()
  const today = dayOf(now)
  const [room] = await listRooms(context, [agencyId])
  if (!room) return
  const { calendar } = await loadCalendar(context.db, agencyId)
  const play: Play = { context, room, officers: at('one-stop').map(({ officerId }) => officerId) }
  const isOpen = (moment: Instant) => isReceptionOpen(calendar, moment)
  await queueOf(play, { day: previousWorkingDay(calendar, today), until: now, isOpen })
  const works = isWorkingDay(calendar, today)
  const next = nextWorkingDay(calendar, today)
  const arrived = await bookFor(play, works ? [today, next] : [next, nextWorkingDay(calendar, next)])
  if (works) await queueOf(play, { day: today, until: now, isOpen, arrived })
}

const asOf = (context: CounterContext, moment: Instant): CounterContext => ({ ...context, clock: () => moment })

type Coming = { code: string; minute: number; day: Day }

/** Four appointments a day, booked in the days before by people whose numbers nobody has. */
async function bookFor({ context, room }: Play, days: readonly Day[]): Promise<Coming[]> {
  const [home] = haiHungHomes
  if (!home) return []
  const by = random('waiting-room/appointments')
  const people = invent('appointments', { count: days.length * 4, home, on: dayOf(context.clock()) })
  const booked: Coming[] = []
  for (const [index, day] of days.entries()) {
    const then = asOf(context, addMinutes(instantAt(day, 8 * 60), -3 * 24 * 60))
    for (const person of people.slice(index * 4, index * 4 + 4)) {
      const matter = by.pick(['ho-tich', 'chung-thuc', 'dat-dai', 'xa-hoi'])
      const { minute } = by.pick((await freeSlots(then, room, { matter, day })).filter(({ left }) => left > 0))
      // 054 was given to no network.
      const phone = `0540${String(by.between(0, 999_999)).padStart(6, '0')}`
      const wish = { matter, day, minute, name: person.name, phone, email: '', language: 'vi' as const }
      const made = await book(then, room, wish)
      if (made.ok) booked.push({ code: made.value.code, minute, day })
    }
  }
  return booked
}

type Course = { day: Day; until: Instant; isOpen: (moment: Instant) => boolean; arrived?: readonly Coming[] }
type Desk = { number: number; officerId: number; busyUntil: Instant | null }

/** Minute by minute: people come, desks call; what `until` cuts off goes on in front of the visitor. */
async function queueOf(play: Play, { day, until, isOpen, arrived = [] }: Course): Promise<void> {
  const { context, room, officers } = play
  const by = random(`waiting-room/${day}`)
  const arrivals = arrivalsOf(by, { day, isOpen }, arrived)
  const desks = room.settings.desks.map(({ number }, index): Desk => ({
    number,
    officerId: officers[index % officers.length] ?? 0,
    busyUntil: null,
  }))
  let waiting = 0
  for (let moment = instantAt(day, FIRST); dayOf(moment) === day && moment <= until; moment = addMinutes(moment, 1)) {
    const then = asOf(context, moment)
    for (const { give } of arrivals.filter(({ at }) => at === moment)) {
      await give(then, room)
      waiting += 1
    }
    for (const desk of desks) {
      if (desk.busyUntil !== null && desk.busyUntil > moment) continue
      if (desk.busyUntil === null && (waiting === 0 || !isOpen(moment))) continue
      const calls = waiting > 0 && isOpen(moment)
      const done = await actAtDesk(then, {
        room,
        desk: desk.number,
        officerId: desk.officerId,
        act: { type: calls ? 'next' : 'finish' },
      })
      const called = done.ok && done.value !== null && done.value.state === 'called'
      if (called) waiting -= 1
      desk.busyUntil = called ? addMinutes(moment, by.between(8, 25)) : null
    }
  }
}

type Arrival = { at: Instant; give: (context: CounterContext, room: Room) => Promise<unknown> }

function arrivalsOf(by: Random, { day, isOpen }: Pick<Course, 'day' | 'isOpen'>, coming: readonly Coming[]): Arrival[] {
  const walkIns = Array.from({ length: TICKETS_OF_A_DAY }, (): Arrival => {
    const matter = by.weighted(matters)
    const priority = by.chance(1 / 8) ? 'cao-tuoi' : null
    return {
      at: instantAt(day, by.between(FIRST, LAST)),
      give: (context, room) => takeTicket(context, room, { matter, priority }),
    }
  })
  const expected = coming
    .filter((each) => each.day === day)
    .map(({ code, minute }): Arrival => ({
      at: instantAt(day, minute - by.between(2, 12)),
      give: (context, room) => checkIn(context, room, { code, priority: null }),
    }))
  // Nobody takes a number in the midday break.
  return [...walkIns.filter(({ at }) => isOpen(at)), ...expected.filter(({ at }) => minuteOf(at) >= FIRST)]
}
