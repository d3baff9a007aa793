import { sql } from 'kysely'
import type { Day } from '../platform/day.ts'
import type { Role } from './rules/post.ts'
import type { StaffDb } from './tables.ts'
import { forgetReach } from './tree-store.ts'

export type DelegationRow = {
  delegationId: number
  agencyId: number
  postId: number
  role: Role
  unitName: string
  fromOfficerId: number
  fromName: string
  toOfficerId: number
  toName: string
  validFrom: Day
  validTo: Day
  endedOn: Day | null
  reason: string
}

export async function createDelegation(
  db: StaffDb,
  delegation: {
    agencyId: number
    postId: number
    toOfficerId: number
    validFrom: Day
    validTo: Day
    reason: string
    recordedBy?: number | null
  },
): Promise<number> {
  const { delegation_id } = await db
    .insertInto('staff.delegation')
    .values({
      agency_id: delegation.agencyId,
      post_id: delegation.postId,
      to_officer_id: delegation.toOfficerId,
      valid_from: delegation.validFrom,
      valid_to: delegation.validTo,
      ended_on: null,
      reason: delegation.reason.normalize('NFC').trim(),
      recorded_by: delegation.recordedBy ?? null,
    })
    .returning('delegation_id')
    .executeTakeFirstOrThrow()
  forgetReach()
  return delegation_id
}

/** Calls a delegation off; `lastDay` is the last day on which it counts. */
export async function endDelegation(
  db: StaffDb,
  { agencyId, delegationId, lastDay }: { agencyId: number; delegationId: number; lastDay: Day },
): Promise<boolean> {
  const { numUpdatedRows } = await db
    .updateTable('staff.delegation')
    .set({ ended_on: lastDay })
    .where('agency_id', '=', agencyId)
    .where('delegation_id', '=', delegationId)
    .executeTakeFirst()
  forgetReach()
  return numUpdatedRows > 0n
}

/** Delegations of an agency, the newest first. */
export async function listDelegations(
  db: StaffDb,
  { agencies, officerId }: { agencies?: readonly number[] | undefined; officerId?: number | undefined },
): Promise<DelegationRow[]> {
  const { rows } = await sql<DelegationRow>`
    select d.delegation_id as "delegationId", d.agency_id as "agencyId", d.post_id as "postId", p.role, u.name as "unitName",
      p.officer_id as "fromOfficerId", f.name as "fromName", d.to_officer_id as "toOfficerId", t.name as "toName",
      d.valid_from as "validFrom", d.valid_to as "validTo", d.ended_on as "endedOn", d.reason
    from staff.delegation d
    join staff.post p on p.agency_id = d.agency_id and p.post_id = d.post_id
    join staff.unit u on u.unit_id = p.unit_id
    join staff.officer f on f.officer_id = p.officer_id
    join staff.officer t on t.officer_id = d.to_officer_id
    where true ${agencies ? sql`and d.agency_id = any (${agencies}::int[])` : sql``}
      ${officerId === undefined ? sql`` : sql`and ${officerId} in (p.officer_id, d.to_officer_id)`}
    order by d.valid_from desc, d.delegation_id desc limit 500`.execute(db)
  return rows
}

export type Absence = {
  absenceId: number
  agencyId: number
  officerId: number
  officerName: string
  substituteId: number | null
  substituteName: string | null
  validFrom: Day
  validTo: Day
  reason: string
}

export async function recordAbsence(
  db: StaffDb,
  absence: {
    agencyId: number
    officerId: number
    substituteId?: number | null
    validFrom: Day
    validTo: Day
    reason?: string
    recordedBy?: number | null
  },
): Promise<number> {
  const { absence_id } = await db
    .insertInto('staff.absence')
    .values({
      agency_id: absence.agencyId,
      officer_id: absence.officerId,
      substitute_id: absence.substituteId ?? null,
      valid_from: absence.validFrom,
      valid_to: absence.validTo,
      reason: absence.reason?.normalize('NFC').trim() ?? '',
      recorded_by: absence.recordedBy ?? null,
    })
    .returning('absence_id')
    .executeTakeFirstOrThrow()
  return absence_id
}

/** Absences that touch the period. */
export async function listAbsences(
  db: StaffDb,
  { agencies, from, to }: { agencies: readonly number[]; from: Day; to: Day },
): Promise<Absence[]> {
  const { rows } = await sql<Absence>`
    select a.absence_id as "absenceId", a.agency_id as "agencyId", a.officer_id as "officerId", o.name as "officerName",
      a.substitute_id as "substituteId", s.name as "substituteName", a.valid_from as "validFrom", a.valid_to as "validTo", a.reason
    from staff.absence a join staff.officer o on o.officer_id = a.officer_id left join staff.officer s on s.officer_id = a.substitute_id
    where a.agency_id = any (${agencies}::int[]) and daterange(a.valid_from, a.valid_to, '[]') && daterange(${from}, ${to}, '[]')
    order by a.valid_from, o.search_text`.execute(db)
  return rows
}

/** Notes that the work of one officer passed to another; dossiers fills in how many moved. */
export async function recordHandOver(
  db: StaffDb,
  handOver: {
    agencyId: number
    fromOfficerId: number
    toOfficerId: number
    reason: string
    dossierCount?: number | null
    recordedBy?: number | null
  },
): Promise<number> {
  const { hand_over_id } = await db
    .insertInto('staff.hand_over')
    .values({
      agency_id: handOver.agencyId,
      from_officer_id: handOver.fromOfficerId,
      to_officer_id: handOver.toOfficerId,
      reason: handOver.reason.normalize('NFC').trim(),
      dossier_count: handOver.dossierCount ?? null,
      recorded_by: handOver.recordedBy ?? null,
    })
    .returning('hand_over_id')
    .executeTakeFirstOrThrow()
  return hand_over_id
}
