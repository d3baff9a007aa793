import { sql } from 'kysely'
import type { Day, Instant } from '../../platform/day.ts'
import type { Db } from '../../platform/db.ts'
import type { AppointmentState, TicketState } from './contract.ts'

export type RoomRow = {
  agency_id: number
  receiving_point_id: number
  version: number
  body: unknown
  written_by: number
  written_at: Instant
}

export type AppointmentRow = {
  agency_id: number
  appointment_id: string
  receiving_point_id: number
  code: string
  matter: string
  day: Day
  minute: number
  minutes: number
  state: AppointmentState
  sequence: number
  secret: Buffer | null
  phone_index: Buffer | null
  language: 'vi' | 'en'
  booked_at: Instant
  changed_at: Instant
}

export type TicketRow = {
  agency_id: number
  receiving_point_id: number
  day: Day
  series: string
  number: number
  ticket_id: string
  matter: string
  priority: string | null
  state: TicketState
  appointment_id: string | null
  appointment_minute: number | null
  for_desk: number | null
  desk: number | null
  officer_id: number | null
  calls: number
  taken_at: Instant
  called_at: Instant | null
  last_called_at: Instant | null
  ended_at: Instant | null
}

export type MachineRow = {
  agency_id: number
  machine_id: string
  receiving_point_id: number
  name: string
  asked_by: number
  asked_at: Instant
  code_mark: Buffer | null
  code_until: Instant
  key_hash: Buffer | null
  paired_at: Instant | null
  closed_by: number | null
  closed_at: Instant | null
}

export type CounterTables = {
  'portal.waiting_room': RoomRow
  'portal.appointment': AppointmentRow
  'portal.ticket_series': {
    agency_id: number
    receiving_point_id: number
    day: Day
    series: string
    last_number: number
  }
  'portal.ticket': TicketRow
  'portal.number_machine': MachineRow
}

type CounterDb = Db<CounterTables>

export type PointKey = { agencyId: number; receivingPointId: number }
type RoomDay = PointKey & { day: Day }

/** One after the other through the same door: of a day at a point, until the transaction ends. */
export const lockRoom = async (
  db: CounterDb,
  what: 'queue' | 'appointments',
  { agencyId, receivingPointId }: PointKey,
): Promise<void> => {
  await sql`select pg_advisory_xact_lock(hashtextextended(${`waiting-room/${what}/${agencyId}/${receivingPointId}`}, 0))`.execute(
    db,
  )
}

export async function latestRooms(db: CounterDb, agencies: readonly number[]): Promise<RoomRow[]> {
  const { rows } = await sql<RoomRow>`select distinct on (agency_id, receiving_point_id) * from portal.waiting_room
    where agency_id = any (${[...agencies]}::int[]) order by agency_id, receiving_point_id, version desc`.execute(db)
  return rows
}

export async function addRoom(db: CounterDb, row: RoomRow): Promise<boolean> {
  const { numInsertedOrUpdatedRows } = await db
    .insertInto('portal.waiting_room')
    .values({ ...row, body: JSON.stringify(row.body) })
    .onConflict((conflict) => conflict.doNothing())
    .executeTakeFirstOrThrow()
  return (numInsertedOrUpdatedRows ?? 0n) > 0n
}

// --- Tickets ----------------------------------------------------------------------------------------------------------

/** The next number of a series; the row holds others back until the ticket is written. */
export async function nextNumber(
  db: CounterDb,
  { agencyId, receivingPointId, day }: RoomDay,
  series: string,
): Promise<number> {
  const { rows } = await sql<{ last_number: number }>`
    insert into portal.ticket_series as s (agency_id, receiving_point_id, day, series, last_number)
    values (${agencyId}, ${receivingPointId}, ${day}, ${series}, 1)
    on conflict (agency_id, receiving_point_id, day, series) do update set last_number = s.last_number + 1
    returning last_number`.execute(db)
  const number = rows[0]?.last_number
  if (number === undefined) throw new Error('no number was given out')
  return number
}

export const addTicket = async (db: CounterDb, row: TicketRow): Promise<void> => {
  await db.insertInto('portal.ticket').values(row).execute()
}

export const listTickets = (db: CounterDb, { agencyId, receivingPointId, day }: RoomDay): Promise<TicketRow[]> =>
  db
    .selectFrom('portal.ticket')
    .selectAll()
    .where('agency_id', '=', agencyId)
    .where('receiving_point_id', '=', receivingPointId)
    .where('day', '=', day)
    .orderBy('taken_at')
    .orderBy('series')
    .orderBy('number')
    .execute()

export const findTicket = (db: CounterDb, agencyId: number, ticketId: string): Promise<TicketRow | undefined> =>
  db
    .selectFrom('portal.ticket')
    .selectAll()
    .where('agency_id', '=', agencyId)
    .where('ticket_id', '=', ticketId)
    .executeTakeFirst()

export async function writeTicket(
  db: CounterDb,
  { agency_id, ticket_id }: Pick<TicketRow, 'agency_id' | 'ticket_id'>,
  changes: Partial<TicketRow>,
): Promise<void> {
  await db
    .updateTable('portal.ticket')
    .set(changes)
    .where('agency_id', '=', agency_id)
    .where('ticket_id', '=', ticket_id)
    .execute()
}

export type Waited = { hour: number; wait: number | null; serving: number | null }

/** For each ticket of these days the hour in which it was taken, and the minutes of waiting and of serving. */
export async function listWaits(
  db: CounterDb,
  { agencyId, receivingPointId, from, to }: PointKey & { from: Day; to: Day },
): Promise<Waited[]> {
  const { rows } = await sql<Waited>`select extract(hour from taken_at at time zone 'Asia/Ho_Chi_Minh')::int as hour,
      (extract(epoch from called_at - taken_at) / 60)::float8 as wait,
      case when state = 'done' then (extract(epoch from ended_at - called_at) / 60)::float8 end as serving
    from portal.ticket where agency_id = ${agencyId} and receiving_point_id = ${receivingPointId} and day between ${from} and ${to}`.execute(
    db,
  )
  return rows
}

export async function listTicketsOf(
  db: CounterDb,
  { agencyId, receivingPointId, from, to, hour }: PointKey & { from: Day; to: Day; hour: number | undefined },
): Promise<TicketRow[]> {
  const { rows } = await sql<TicketRow>`select * from portal.ticket
    where agency_id = ${agencyId} and receiving_point_id = ${receivingPointId} and day between ${from} and ${to}
      ${hour === undefined ? sql`` : sql`and extract(hour from taken_at at time zone 'Asia/Ho_Chi_Minh') = ${hour}`}
    order by taken_at, series, number limit 1000`.execute(db)
  return rows
}

// --- Number machines --------------------------------------------------------------------------------------------------

export const addMachine = async (db: CounterDb, row: MachineRow): Promise<void> => {
  await db.insertInto('portal.number_machine').values(row).execute()
}

/** Codes that nobody used in time. */
export async function forgetCodes(
  db: CounterDb,
  { agencyId, receivingPointId }: PointKey,
  now: Instant,
): Promise<void> {
  await db
    .deleteFrom('portal.number_machine')
    .where('agency_id', '=', agencyId)
    .where('receiving_point_id', '=', receivingPointId)
    .where('paired_at', 'is', null)
    .where('code_until', '<=', now)
    .execute()
}

/** Spends the code; false where it is unknown, over, withdrawn or spent. */
export async function pairMachine(
  db: CounterDb,
  { agencyId, receivingPointId }: PointKey,
  { codeMark, keyHash, now }: { codeMark: Buffer; keyHash: Buffer; now: Instant },
): Promise<boolean> {
  const { numUpdatedRows } = await db
    .updateTable('portal.number_machine')
    .set({ code_mark: null, key_hash: keyHash, paired_at: now })
    .where('agency_id', '=', agencyId)
    .where('receiving_point_id', '=', receivingPointId)
    .where('code_mark', '=', codeMark)
    .where('code_until', '>', now)
    .where('closed_at', 'is', null)
    .executeTakeFirstOrThrow()
  return numUpdatedRows > 0n
}

export async function isPaired(
  db: CounterDb,
  { agencyId, receivingPointId }: PointKey,
  keyHash: Buffer,
): Promise<boolean> {
  const row = await db
    .selectFrom('portal.number_machine')
    .select('machine_id')
    .where('agency_id', '=', agencyId)
    .where('receiving_point_id', '=', receivingPointId)
    .where('key_hash', '=', keyHash)
    .where('closed_at', 'is', null)
    .executeTakeFirst()
  return row !== undefined
}

type Paired = { machine_id: string; name: string; paired_at: Instant }

export async function listMachines(db: CounterDb, { agencyId, receivingPointId }: PointKey): Promise<Paired[]> {
  const { rows } = await sql<Paired>`select machine_id, name, paired_at from portal.number_machine
    where agency_id = ${agencyId} and receiving_point_id = ${receivingPointId}
      and paired_at is not null and closed_at is null
    order by paired_at, machine_id`.execute(db)
  return rows
}

/** Ends a machine, or withdraws a code, named by its id or by the key that it showed. */
export async function closeMachine(
  db: CounterDb,
  { agencyId, receivingPointId }: PointKey,
  {
    now,
    officerId,
    ...which
  }: { now: Instant; officerId: number | null } & ({ machineId: string } | { keyHash: Buffer }),
): Promise<boolean> {
  const named = db
    .updateTable('portal.number_machine')
    .set({ closed_at: now, closed_by: officerId })
    .where('agency_id', '=', agencyId)
    .where('receiving_point_id', '=', receivingPointId)
    .where('closed_at', 'is', null)
  const { numUpdatedRows } = await (
    'machineId' in which ? named.where('machine_id', '=', which.machineId) : named.where('key_hash', '=', which.keyHash)
  ).executeTakeFirstOrThrow()
  return numUpdatedRows > 0n
}

// --- Appointments -----------------------------------------------------------------------------------------------------

export const addAppointment = async (db: CounterDb, row: AppointmentRow): Promise<void> => {
  await db.insertInto('portal.appointment').values(row).execute()
}

export const listAppointments = (
  db: CounterDb,
  { agencyId, receivingPointId, from, to }: PointKey & { from: Day; to: Day },
): Promise<AppointmentRow[]> =>
  db
    .selectFrom('portal.appointment')
    .selectAll()
    .where('agency_id', '=', agencyId)
    .where('receiving_point_id', '=', receivingPointId)
    .where('day', '>=', from)
    .where('day', '<=', to)
    .orderBy('day')
    .orderBy('minute')
    .orderBy('code')
    .execute()

/** How many appointments to come one telephone has. */
export async function countOwn(db: CounterDb, agencyId: number, phoneIndex: Buffer, from: Day): Promise<number> {
  const { rows } = await sql<{ count: number }>`select count(*) as count from portal.appointment
    where agency_id = ${agencyId} and phone_index = ${phoneIndex} and day >= ${from} and state = 'booked'`.execute(db)
  return rows[0]?.count ?? 0
}

export const findAppointmentByCode = (
  db: CounterDb,
  agencyId: number,
  code: string,
): Promise<AppointmentRow | undefined> =>
  db
    .selectFrom('portal.appointment')
    .selectAll()
    .where('agency_id', '=', agencyId)
    .where('code', '=', code)
    .executeTakeFirst()

export async function writeAppointment(
  db: CounterDb,
  { agency_id, appointment_id }: Pick<AppointmentRow, 'agency_id' | 'appointment_id'>,
  changes: Partial<AppointmentRow>,
): Promise<void> {
  await db
    .updateTable('portal.appointment')
    .set(changes)
    .where('agency_id', '=', agency_id)
    .where('appointment_id', '=', appointment_id)
    .execute()
}

/** Who had an appointment and did not come; names of a month ago are needed no more. */
export async function tidyRooms(
  db: CounterDb,
  { today, forgetBefore, now }: { today: Day; forgetBefore: Day; now: Instant },
): Promise<void> {
  await db
    .updateTable('portal.appointment')
    .set({ state: 'missed', changed_at: now })
    .where('state', '=', 'booked')
    .where('day', '<', today)
    .execute()
  await db
    .updateTable('portal.appointment')
    .set({ secret: null, phone_index: null })
    .where('day', '<', forgetBefore)
    .where('secret', 'is not', null)
    .execute()
}
