import { isReceptionOpen, loadCalendar, type CalendarTables, type WorkingCalendar } from '../../calendar/index.ts'
import type { Context } from '../../platform/context.ts'
import { dayOf, type Instant } from '../../platform/day.ts'
import { withScope } from '../../platform/db.ts'
import { listAgencies, listCodedAgencyIds, listReceivingPoints, authorityName } from '../../staff/index.ts'
import type { NoticeTables } from '../notices/index.ts'
import type { FrameTables } from '../page-frame.ts'
import type { Closed, PointItem, RoomSettings } from './contract.ts'
import { closedAt } from './rules/opening.ts'
import { usualRoom } from './rules/room.ts'
import { latestRooms, type CounterTables, type PointKey } from './store.ts'

export type CounterContext = Context<CounterTables & NoticeTables & CalendarTables & FrameTables>

/** A point with the name of its authority. */
export type Room = PointItem & { authority: string }

/** In public addresses: names a point, guesses nothing. */
export const roomKey = ({ agencyId, receivingPointId }: PointKey): string => `${agencyId}-${receivingPointId}`

export function readRoomKey(key: string): PointKey | undefined {
  const [, agency, point] = /^(\d{1,9})-(\d{1,9})$/.exec(key) ?? []
  return agency === undefined || point === undefined
    ? undefined
    : { agencyId: Number(agency), receivingPointId: Number(point) }
}

/** The points of these agencies that are in use today, with how they work. */
export async function listRooms({ db, clock }: CounterContext, agencies: readonly number[]): Promise<Room[]> {
  const day = dayOf(clock())
  const [found, written] = await Promise.all([
    listAgencies(db, agencies, day),
    withScope(db, { agencies }, (tx) => latestRooms(tx, agencies)),
  ])
  const points = await Promise.all(found.map(({ agencyId }) => listReceivingPoints(db, agencyId, day)))
  return points.flat().map((point) => {
    const row = written.find(
      (each) => each.agency_id === point.agencyId && each.receiving_point_id === point.receivingPointId,
    )
    const agency = found.find(({ agencyId }) => agencyId === point.agencyId)
    return {
      agencyId: point.agencyId,
      receivingPointId: point.receivingPointId,
      key: roomKey(point),
      name: point.name,
      address: point.address,
      version: row?.version ?? 0,
      settings: { ...usualRoom, ...(row?.body as Partial<RoomSettings> | undefined) },
      authority: agency ? authorityName(agency) : '',
    }
  })
}

/** All points of the installation, for pages without an account. */
export const listAllRooms = async (context: CounterContext): Promise<Room[]> =>
  listRooms(context, await listCodedAgencyIds(context.db))

export async function findRoom(context: CounterContext, key: string): Promise<Room | undefined> {
  const named = readRoomKey(key)
  if (!named) return undefined
  const rooms = await listRooms(context, [named.agencyId])
  return rooms.find(({ receivingPointId }) => receivingPointId === named.receivingPointId)
}

export async function openingOf(context: CounterContext, agencyId: number): Promise<(moment: Instant) => boolean> {
  const calendar = await calendarOf(context, agencyId)
  return (moment) => isReceptionOpen(calendar, moment)
}

export const calendarOf = async ({ db }: CounterContext, agencyId: number): Promise<WorkingCalendar> =>
  (await loadCalendar(db, agencyId)).calendar

/** Why nobody is served at this place now; null while it is open. */
export const closedNow = async (context: CounterContext, agencyId: number): Promise<Closed | null> =>
  closedAt(await calendarOf(context, agencyId), context.clock())
