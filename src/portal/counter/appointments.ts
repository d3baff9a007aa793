import { randomInt } from 'node:crypto'
import { previousWorkingDay } from '../../calendar/index.ts'
import { readEmail, readMobile } from '../../platform/contact.ts'
import {
  addDays,
  clockOfMinute,
  dayOf,
  instantAt,
  weekdayOf,
  writeDay,
  type Day,
  type Instant,
} from '../../platform/day.ts'
import { withScope, type Tx } from '../../platform/db.ts'
import { newId } from '../../platform/id.ts'
import type { Keys } from '../../platform/keys.ts'
import { accept, refuse, type Result } from '../../platform/result.ts'
import { listCodedAgencyIds } from '../../staff/index.ts'
import { calendarFilePath, queueMessage, withdrawMessage, type NoticeTables } from '../notices/index.ts'
import type { AppointmentItem } from './contract.ts'
import { putTicket } from './queue.ts'
import { calendarOf, openingOf, type CounterContext, type Room } from './rooms.ts'
import { refuseBooking, slotsOf, type BookingRefusal } from './rules/booking.ts'
import type { QueueRefusal } from './rules/queue.ts'
import { matterOf } from './rules/room.ts'
import {
  addAppointment,
  countOwn,
  findAppointmentByCode,
  listAppointments,
  lockRoom,
  tidyRooms,
  writeAppointment,
  type AppointmentRow,
  type CounterTables,
  type TicketRow,
} from './store.ts'

type Person = { name: string; phone: string; email: string }
type Both = Tx<CounterTables & NoticeTables>

export type Wish = {
  matter: string
  day: Day
  minute: number
  name: string
  phone: string
  email: string
  language: 'vi' | 'en'
}

const phoneIndexOf = (keys: Keys, phone: string): Buffer => keys.blindIndex('appointment-phone', phone)

/** Times of a day with how many places are left at each. */
export async function freeSlots(
  context: CounterContext,
  room: Room,
  { matter: key, day }: { matter: string; day: Day },
): Promise<{ minute: number; left: number }[]> {
  const matter = matterOf(room.settings, key)
  const isOpen = await openingOf(context, room.agencyId)
  const rows = await withScope(context.db, { agencies: [room.agencyId] }, (tx) =>
    listAppointments(tx, { ...room, from: day, to: day }),
  )
  return slotsOf(day, { settings: room.settings, matter, isOpen }).flatMap((minute) => {
    const taken = takenAt(rows, key, minute)
    const fault = refuseBooking(
      { day, minute, taken, own: 0 },
      { settings: room.settings, matter, now: context.clock(), isOpen },
    )
    return fault && fault.code !== 'full' ? [] : [{ minute, left: Math.max(0, (matter?.perSlot ?? 0) - taken) }]
  })
}

const takenAt = (rows: readonly AppointmentRow[], matter: string, minute: number): number =>
  rows.filter(
    (row) => row.matter === matter && row.minute === minute && (row.state === 'booked' || row.state === 'arrived'),
  ).length

/** Books a time. Those who ask for the same day go one after the other, so that none is given out twice. */
export async function book(
  context: CounterContext,
  room: Room,
  wish: Wish,
): Promise<Result<AppointmentRow, BookingRefusal>> {
  const name = wish.name.trim().replace(/\s+/g, ' ').normalize('NFC')
  const phone = readMobile(wish.phone)
  const email = wish.email.trim() === '' ? '' : readEmail(wish.email)
  if (name.length < 2) return refuse({ code: 'name-needed' })
  if (phone === undefined) return refuse({ code: 'phone-wrong' })
  if (email === undefined) return refuse({ code: 'email-wrong' })
  const isOpen = await openingOf(context, room.agencyId)
  const index = phoneIndexOf(context.keys, phone)
  return withScope(context.db, { agencies: [room.agencyId] }, async (tx) => {
    await lockRoom(tx, 'appointments', room)
    const now = context.clock()
    const rows = await listAppointments(tx, { ...room, from: wish.day, to: wish.day })
    const fault = refuseBooking(
      {
        day: wish.day,
        minute: wish.minute,
        taken: takenAt(rows, wish.matter, wish.minute),
        own: await countOwn(tx, room.agencyId, index, dayOf(now)),
      },
      { settings: room.settings, matter: matterOf(room.settings, wish.matter), now, isOpen },
    )
    if (fault) return refuse(fault)
    const row: AppointmentRow = {
      agency_id: room.agencyId,
      appointment_id: newId(Date.parse(now)),
      receiving_point_id: room.receivingPointId,
      code: makeCode(),
      matter: wish.matter,
      day: wish.day,
      minute: wish.minute,
      minutes: room.settings.booking.slotMinutes,
      state: 'booked',
      sequence: 0,
      secret: context.keys.encrypt(JSON.stringify({ name, phone, email } satisfies Person)),
      phone_index: index,
      language: wish.language,
      booked_at: now,
      changed_at: now,
    }
    await addAppointment(tx, row)
    await announce(tx, context, room, row, 'appointment-booked')
    return accept(row)
  })
}

/** Eight letters that are not mistaken for each other: forty bits, told to the person alone. */
function makeCode(): string {
  const letters = '23456789ABCDEFGHJKMNPQRSTVWXYZ'
  return `H${Array.from({ length: 8 }, () => letters[randomInt(letters.length)]).join('')}`
}

const personOf = (keys: Keys, row: AppointmentRow): Person =>
  row.secret ? (JSON.parse(keys.decrypt(row.secret)) as Person) : { name: '', phone: '', email: '' }

export const appointmentPath = ({ agency_id: agency, code }: Pick<AppointmentRow, 'agency_id' | 'code'>): string =>
  `/dat-lich/hen/${agency}/${code}`

const weekdays = {
  vi: ['', 'thứ Hai', 'thứ Ba', 'thứ Tư', 'thứ Năm', 'thứ Sáu', 'thứ Bảy', 'Chủ nhật'],
  en: ['', 'Monday', 'Tuesday', 'Wednesday', 'Thursday', 'Friday', 'Saturday', 'Sunday'],
}
export const writeTime = ({ day, minute, language }: Pick<AppointmentRow, 'day' | 'minute' | 'language'>): string =>
  `${clockOfMinute(minute)} ${weekdays[language][weekdayOf(day)]}, ${writeDay(day)}`

const whereOf = (room: Room): string => [room.name, room.address].filter(Boolean).join(', ')

/** Tells the person, and puts a reminder for the working day before into the queue of messages. */
async function announce(
  tx: Both,
  context: CounterContext,
  room: Room,
  row: AppointmentRow,
  template: 'appointment-booked' | 'appointment-moved',
): Promise<void> {
  const { email, phone } = personOf(context.keys, row)
  const matter = matterOf(room.settings, row.matter)
  const common = {
    agencyId: room.agencyId,
    to: { email, phone },
    language: row.language,
    facts: {
      code: row.code,
      matter: (row.language === 'en' && matter?.nameEn) || (matter?.name ?? row.matter),
      at: writeTime(row),
      where: whereOf(room),
      appointmentLink: appointmentPath(row),
    },
  }
  const into = { ...context, db: tx }
  const name = `appointment/${row.appointment_id}/${row.sequence}`
  await queueMessage(into, { ...common, template, dedupeKey: `${name}/${template}` })
  const calendar = await calendarOf(context, room.agencyId)
  const notBefore = instantAt(previousWorkingDay(calendar, row.day), row.minute)
  if (notBefore > context.clock())
    await queueMessage(into, {
      ...common,
      template: 'appointment-reminder',
      dedupeKey: `${name}/reminder`,
      notBefore,
      expiresAt: instantAt(row.day, row.minute),
    })
}

const dropReminder = (tx: Both, context: CounterContext, row: AppointmentRow): Promise<boolean> =>
  withdrawMessage(
    { ...context, db: tx },
    { agencyId: row.agency_id, dedupeKey: `appointment/${row.appointment_id}/${row.sequence}/reminder` },
  )

/** Another time for an appointment; by the same rules as a new one. */
export async function moveAppointment(
  context: CounterContext,
  room: Room,
  { code, day, minute }: { code: string; day: Day; minute: number },
): Promise<Result<AppointmentRow, BookingRefusal>> {
  const isOpen = await openingOf(context, room.agencyId)
  return withScope(context.db, { agencies: [room.agencyId] }, async (tx) => {
    await lockRoom(tx, 'appointments', room)
    const now = context.clock()
    const row = await findAppointmentByCode(tx, room.agencyId, code)
    if (!row || row.state !== 'booked' || instantAt(row.day, row.minute) <= now)
      return refuse({ code: 'appointment-over' })
    if (row.day === day && row.minute === minute) return accept(row)
    const others = (await listAppointments(tx, { ...room, from: day, to: day })).filter(
      ({ appointment_id: id }) => id !== row.appointment_id,
    )
    const fault = refuseBooking(
      { day, minute, taken: takenAt(others, row.matter, minute), own: 0 },
      { settings: room.settings, matter: matterOf(room.settings, row.matter), now, isOpen },
    )
    if (fault) return refuse(fault)
    await dropReminder(tx, context, row)
    const changes = { day, minute, sequence: row.sequence + 1, changed_at: now }
    await writeAppointment(tx, row, changes)
    const moved = { ...row, ...changes }
    await announce(tx, context, room, moved, 'appointment-moved')
    return accept(moved)
  })
}

export async function cancelAppointment(
  context: CounterContext,
  room: Room,
  code: string,
): Promise<Result<AppointmentRow, BookingRefusal>> {
  return withScope(context.db, { agencies: [room.agencyId] }, async (tx) => {
    await lockRoom(tx, 'appointments', room)
    const row = await findAppointmentByCode(tx, room.agencyId, code)
    if (!row || row.state !== 'booked') return refuse({ code: 'appointment-over' })
    const now = context.clock()
    const both: Both = tx
    await dropReminder(both, context, row)
    const changes = { state: 'cancelled' as const, sequence: row.sequence + 1, changed_at: now }
    await writeAppointment(tx, row, changes)
    const { email, phone } = personOf(context.keys, row)
    await queueMessage(
      { ...context, db: both },
      {
        agencyId: room.agencyId,
        to: { email, phone },
        language: row.language,
        template: 'appointment-cancelled',
        facts: { code: row.code, at: writeTime(row), bookLink: '/dat-lich' },
        dedupeKey: `appointment/${row.appointment_id}/${changes.sequence}/cancelled`,
      },
    )
    return accept({ ...row, ...changes })
  })
}

/** Somebody with an appointment is there: a ticket that is called when its time has come. */
export async function checkIn(
  context: CounterContext,
  room: Room,
  { code, priority }: { code: string; priority: string | null },
): Promise<Result<TicketRow, BookingRefusal | QueueRefusal>> {
  return withScope(context.db, { agencies: [room.agencyId] }, async (tx) => {
    await lockRoom(tx, 'appointments', room)
    const row = await findAppointmentByCode(tx, room.agencyId, code)
    if (!row || row.receiving_point_id !== room.receivingPointId || row.state !== 'booked')
      return refuse({ code: 'appointment-over' })
    const now = context.clock()
    if (row.day !== dayOf(now)) return refuse({ code: 'not-today' })
    await writeAppointment(tx, row, { state: 'arrived', changed_at: now })
    return putTicket(tx, context, room, {
      matter: row.matter,
      priority,
      appointment: { id: row.appointment_id, minute: row.minute },
    })
  })
}

export const readAppointment = (
  context: CounterContext,
  agencyId: number,
  code: string,
): Promise<AppointmentRow | undefined> =>
  withScope(context.db, { agencies: [agencyId] }, (tx) => findAppointmentByCode(tx, agencyId, code))

/** The list of a day for officers; names and telephones for who has to ask or to call back. */
export async function listDay(context: CounterContext, room: Room, day: Day): Promise<AppointmentItem[]> {
  const rows = await withScope(context.db, { agencies: [room.agencyId] }, (tx) =>
    listAppointments(tx, { ...room, from: day, to: day }),
  )
  return rows.map((row) => {
    const { name, phone } = personOf(context.keys, row)
    return {
      appointmentId: row.appointment_id,
      code: row.code,
      matter: row.matter,
      day: row.day,
      minute: row.minute,
      minutes: row.minutes,
      state: row.state,
      name,
      phone,
    }
  })
}

/** For the telephone's calendar. */
export const calendarPathOf = (context: CounterContext, room: Room, row: AppointmentRow, title: string): string =>
  calendarFilePath(context.keys, {
    uid: `${row.appointment_id}@${new URL(context.config.publicUrl).hostname}`,
    sequence: row.sequence,
    title,
    place: whereOf(room),
    description: row.code,
    url: appointmentPath(row),
    from: instantAt(row.day, row.minute),
    minutes: row.minutes,
    ...(row.state === 'cancelled' ? { cancelled: true } : {}),
  })

/** Each night: who did not come, and names that are needed no more. */
export async function tidyCounter(context: CounterContext): Promise<void> {
  const agencies = await listCodedAgencyIds(context.db)
  const now: Instant = context.clock()
  const today = dayOf(now)
  await withScope(context.db, { agencies }, (tx) => tidyRooms(tx, { today, forgetBefore: addDays(today, -30), now }))
}
