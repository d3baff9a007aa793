import { sql } from 'kysely'
import type { Day } from '../platform/day.ts'
import type { StaffDb, UnitKind } from './tables.ts'

export type Unit = {
  agencyId: number
  unitId: number
  kind: UnitKind
  name: string
  validFrom: Day
  validTo: Day | null
}

/** Units of an agency in force on a day, or of all times. */
export async function listUnits(db: StaffDb, agencyId: number, day?: Day): Promise<Unit[]> {
  const { rows } = await sql<Unit>`
    select agency_id as "agencyId", unit_id as "unitId", kind, name, valid_from as "validFrom", valid_to as "validTo"
    from staff.unit where agency_id = ${agencyId} ${day === undefined ? sql`` : sql`and daterange(valid_from, valid_to, '[]') @> ${day}::date`}
    order by array_position(array['leadership', 'one-stop', 'office'], kind), unit_id`.execute(db)
  return rows
}

export async function findUnit(db: StaffDb, unitId: number): Promise<Unit | undefined> {
  const { rows } = await sql<Unit>`
    select agency_id as "agencyId", unit_id as "unitId", kind, name, valid_from as "validFrom", valid_to as "validTo"
    from staff.unit where unit_id = ${unitId}`.execute(db)
  return rows[0]
}

export async function createUnit(
  db: StaffDb,
  unit: { agencyId: number; kind: UnitKind; name: string; validFrom: Day; validTo?: Day | null },
): Promise<number> {
  const { unit_id } = await db
    .insertInto('staff.unit')
    .values({
      agency_id: unit.agencyId,
      kind: unit.kind,
      name: unit.name.normalize('NFC').trim(),
      valid_from: unit.validFrom,
      valid_to: unit.validTo ?? null,
    })
    .returning('unit_id')
    .executeTakeFirstOrThrow()
  return unit_id
}

export async function updateUnit(
  db: StaffDb,
  {
    agencyId,
    unitId,
    ...unit
  }: { agencyId: number; unitId: number; kind: UnitKind; name: string; validTo: Day | null },
): Promise<boolean> {
  const { numUpdatedRows } = await db
    .updateTable('staff.unit')
    .set({ kind: unit.kind, name: unit.name.normalize('NFC').trim(), valid_to: unit.validTo })
    .where('agency_id', '=', agencyId)
    .where('unit_id', '=', unitId)
    .executeTakeFirst()
  return numUpdatedRows > 0n
}

export type ReceivingPoint = {
  agencyId: number
  receivingPointId: number
  unitId: number
  name: string
  address: string
  phone: string
  validFrom: Day
  validTo: Day | null
}

export async function listReceivingPoints(db: StaffDb, agencyId: number, day?: Day): Promise<ReceivingPoint[]> {
  const { rows } = await sql<ReceivingPoint>`
    select agency_id as "agencyId", receiving_point_id as "receivingPointId", unit_id as "unitId", name, address, phone,
      valid_from as "validFrom", valid_to as "validTo"
    from staff.receiving_point where agency_id = ${agencyId} ${day === undefined ? sql`` : sql`and daterange(valid_from, valid_to, '[]') @> ${day}::date`}
    order by receiving_point_id`.execute(db)
  return rows
}

export async function createReceivingPoint(
  db: StaffDb,
  point: {
    agencyId: number
    unitId: number
    name: string
    address?: string
    phone?: string
    validFrom: Day
    validTo?: Day | null
  },
): Promise<number> {
  const { receiving_point_id } = await db
    .insertInto('staff.receiving_point')
    .values({
      agency_id: point.agencyId,
      unit_id: point.unitId,
      name: point.name.normalize('NFC').trim(),
      address: point.address ?? '',
      phone: point.phone ?? '',
      valid_from: point.validFrom,
      valid_to: point.validTo ?? null,
    })
    .returning('receiving_point_id')
    .executeTakeFirstOrThrow()
  return receiving_point_id
}

export async function updateReceivingPoint(
  db: StaffDb,
  point: {
    agencyId: number
    receivingPointId: number
    name: string
    address: string
    phone: string
    validTo: Day | null
  },
): Promise<boolean> {
  const { numUpdatedRows } = await db
    .updateTable('staff.receiving_point')
    .set({
      name: point.name.normalize('NFC').trim(),
      address: point.address,
      phone: point.phone,
      valid_to: point.validTo,
    })
    .where('agency_id', '=', point.agencyId)
    .where('receiving_point_id', '=', point.receivingPointId)
    .executeTakeFirst()
  return numUpdatedRows > 0n
}
