import { sql } from 'kysely'
import type { Instant } from '../../platform/day.ts'
import type { Db } from '../../platform/db.ts'
import type { ShipmentState } from './contract.ts'
import type { CarrierState } from './rules/shipment.ts'

export type ShipmentRow = {
  agency_id: number
  shipment_id: string
  dossier_id: string
  partner_id: string
  command_id: string
  recipient: Buffer
  number: string | null
  state: ShipmentState
  state_at: Instant
  asked_at: Instant
  asked_by: number
  attempts: number
  next_at: Instant | null
  last_code: string | null
  delivered_at: Instant | null
  returned_result_at: Instant | null
}

export type ShipmentEventRow = {
  agency_id: number
  shipment_id: string
  event_id: string
  state: CarrierState
  happened_at: Instant
  place: string
  received_at: Instant
}

export type PostSettingRow = {
  agency_id: number
  partner_id: string | null
  sender_name: string
  sender_address: string
  sender_phone: string
  return_by_itself: boolean
  changed_at: Instant
  changed_by: number | null
}

export type ShipmentTables = {
  'portal.shipment': ShipmentRow
  'portal.shipment_event': ShipmentEventRow
  'portal.post_setting': PostSettingRow
}

type ShipmentDb = Db<ShipmentTables>
type Whose = { agencyId: number; dossierId: string }
type Key = { agencyId: number; shipmentId: string }

export const findPostSetting = (db: ShipmentDb, agencyId: number): Promise<PostSettingRow | undefined> =>
  db.selectFrom('portal.post_setting').selectAll().where('agency_id', '=', agencyId).executeTakeFirst()

export async function writePostSetting(db: ShipmentDb, row: PostSettingRow): Promise<void> {
  const { agency_id: _, ...rest } = row
  await db
    .insertInto('portal.post_setting')
    .values(row)
    .onConflict((conflict) => conflict.column('agency_id').doUpdateSet(rest))
    .execute()
}

/** Writes a shipment, or gives the one that this command made before. Undefined when another one is on its way. */
export async function insertShipment(
  db: ShipmentDb,
  row: ShipmentRow,
): Promise<{ row: ShipmentRow; isNew: boolean } | undefined> {
  const made = await db
    .insertInto('portal.shipment')
    .values(row)
    .onConflict((conflict) => conflict.doNothing())
    .returningAll()
    .executeTakeFirst()
  if (made) return { row: made, isNew: true }
  const before = await db
    .selectFrom('portal.shipment')
    .selectAll()
    .where('agency_id', '=', row.agency_id)
    .where('command_id', '=', row.command_id)
    .where('dossier_id', '=', row.dossier_id)
    .executeTakeFirst()
  return before && { row: before, isNew: false }
}

export const listShipments = (db: ShipmentDb, { agencyId, dossierId }: Whose): Promise<ShipmentRow[]> =>
  db
    .selectFrom('portal.shipment')
    .selectAll()
    .where('agency_id', '=', agencyId)
    .where('dossier_id', '=', dossierId)
    .orderBy('asked_at')
    .orderBy('shipment_id')
    .execute()

export const findShipment = (db: ShipmentDb, { agencyId, shipmentId }: Key): Promise<ShipmentRow | undefined> =>
  db
    .selectFrom('portal.shipment')
    .selectAll()
    .where('agency_id', '=', agencyId)
    .where('shipment_id', '=', shipmentId)
    .executeTakeFirst()

/** The same, and nobody else changes it until the transaction ends. */
export const lockShipment = (db: ShipmentDb, { agencyId, shipmentId }: Key): Promise<ShipmentRow | undefined> =>
  db
    .selectFrom('portal.shipment')
    .selectAll()
    .where('agency_id', '=', agencyId)
    .where('shipment_id', '=', shipmentId)
    .forUpdate()
    .executeTakeFirst()

export const findByNumber = (
  db: ShipmentDb,
  { partnerId, number }: { partnerId: string; number: string },
): Promise<ShipmentRow | undefined> =>
  db
    .selectFrom('portal.shipment')
    .selectAll()
    .where('partner_id', '=', partnerId)
    .where('number', '=', number)
    .executeTakeFirst()

export async function changeShipment(
  db: ShipmentDb,
  { agencyId, shipmentId }: Key,
  change: Partial<
    Pick<
      ShipmentRow,
      'number' | 'state' | 'state_at' | 'attempts' | 'next_at' | 'last_code' | 'delivered_at' | 'returned_result_at'
    >
  >,
): Promise<void> {
  await db
    .updateTable('portal.shipment')
    .set(change)
    .where('agency_id', '=', agencyId)
    .where('shipment_id', '=', shipmentId)
    .execute()
}

/** Takes shipments that are due, for a time: to be told to the carrier, or to be asked after. */
export async function takeDueShipments(
  db: ShipmentDb,
  { agencies, now, until, limit }: { agencies: readonly number[]; now: Instant; until: Instant; limit: number },
): Promise<ShipmentRow[]> {
  const { rows } = await sql<ShipmentRow>`
    update portal.shipment s set next_at = ${until}
    from (select agency_id, shipment_id from portal.shipment
      where agency_id = any(${[...agencies]}::int[]) and next_at <= ${now} order by next_at limit ${limit} for update skip locked) due
    where s.agency_id = due.agency_id and s.shipment_id = due.shipment_id
    returning s.*`.execute(db)
  return rows
}

/** True when it was not told before. */
export async function insertEvent(db: ShipmentDb, row: ShipmentEventRow): Promise<boolean> {
  const made = await db
    .insertInto('portal.shipment_event')
    .values(row)
    .onConflict((conflict) => conflict.doNothing())
    .returning('event_id')
    .executeTakeFirst()
  return made !== undefined
}

export async function listEvents(
  db: ShipmentDb,
  { agencyId, shipmentIds }: { agencyId: number; shipmentIds: readonly string[] },
): Promise<ShipmentEventRow[]> {
  if (shipmentIds.length === 0) return []
  return db
    .selectFrom('portal.shipment_event')
    .selectAll()
    .where('agency_id', '=', agencyId)
    .where('shipment_id', 'in', [...shipmentIds])
    .orderBy('happened_at')
    .orderBy('event_id')
    .execute()
}
