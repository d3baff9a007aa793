import { sql, type GeneratedAlways, type Insertable } from 'kysely'
import { addDays, type Day, type Instant } from '../platform/day.ts'
import { inTransaction, type Db } from '../platform/db.ts'
import { postsOn, type Delegation, type HeldPost, type Post, type Role } from './rules/post.ts'
import type { SuccessionKind } from './rules/units.ts'

export type AgencyKind = 'central' | 'province' | 'district' | 'commune' | 'department' | 'police' | 'other'
export type CodeScheme = 'gso' | 'qcvn102' | 'qd20' | 'dossier'
export type UnitKind =
  | 'one-stop'
  | 'leadership'
  | 'justice'
  | 'land'
  | 'social'
  | 'office'
  | 'economy'
  | 'culture'
  | 'police'
  | 'other'

type Dated = { valid_from: Day; valid_to: Day | null }
type Recorded = { recorded_at: GeneratedAlways<Instant>; recorded_by: number | null }

export type StaffTables = {
  'staff.agency': Dated & { agency_id: GeneratedAlways<number>; kind: AgencyKind }
  'staff.agency_name': Dated & {
    agency_id: number
    full_name: string
    full_name_en: string | null
    search_text: GeneratedAlways<string>
  }
  'staff.agency_code': Dated & { agency_id: number; scheme: CodeScheme; code: string }
  'staff.agency_edge': Dated & { agency_id: number; parent_id: number }
  'staff.succession': {
    old_agency_id: number
    new_agency_id: number
    kind: SuccessionKind
    share: number | null
    on_day: Day
    answers: boolean
    confirmed: boolean
    note: string | null
  }
  'staff.unit': Dated & { agency_id: number; unit_id: GeneratedAlways<number>; kind: UnitKind; name: string }
  'staff.receiving_point': Dated & {
    agency_id: number
    receiving_point_id: GeneratedAlways<number>
    unit_id: number
    name: string
    address: string
    phone: string
  }
  'staff.officer': {
    officer_id: GeneratedAlways<number>
    name: string
    title: string
    email: string
    phone: string
    staff_code: string | null
    search_text: GeneratedAlways<string>
    recorded_at: GeneratedAlways<Instant>
  }
  'staff.post': Dated &
    Recorded & {
      agency_id: number
      post_id: GeneratedAlways<number>
      officer_id: number
      unit_id: number
      role: Role
      title: string
    }
  'staff.delegation': Recorded & {
    agency_id: number
    delegation_id: GeneratedAlways<number>
    post_id: number
    to_officer_id: number
    valid_from: Day
    valid_to: Day
    ended_on: Day | null
    reason: string
  }
  'staff.absence': Recorded & {
    agency_id: number
    absence_id: GeneratedAlways<number>
    officer_id: number
    substitute_id: number | null
    valid_from: Day
    valid_to: Day
    reason: string
  }
  'staff.hand_over': Recorded & {
    agency_id: number
    hand_over_id: GeneratedAlways<number>
    from_officer_id: number
    to_officer_id: number
    reason: string
    dossier_count: number | null
  }
  'staff.change': {
    agency_id: number
    change_id: GeneratedAlways<number>
    changed_at: GeneratedAlways<Instant>
    changed_by: number | null
    what: string
    details: string
  }
}

type StaffDb = Db<StaffTables>

/** An agency as it is called and coded on one day. */
export type Agency = {
  agencyId: number
  kind: AgencyKind
  fullName: string
  fullNameEn: string | null
  parentId: number | null
  parentName: string | null
  gsoCode: string | null
  dossierCode: string | null
  validFrom: Day
  validTo: Day | null
}

const agencyOn = (day: Day) => sql`
  select a.agency_id as "agencyId", a.kind, n.full_name as "fullName", n.full_name_en as "fullNameEn",
    e.parent_id as "parentId", pn.full_name as "parentName", g.code as "gsoCode", d.code as "dossierCode",
    a.valid_from as "validFrom", a.valid_to as "validTo"
  from staff.agency a
  join lateral (
    select full_name, full_name_en, search_text from staff.agency_name where agency_id = a.agency_id
    order by (valid_from <= ${day}) desc, case when valid_from <= ${day} then valid_from end desc, valid_from limit 1) n on true
  left join lateral (
    select parent_id from staff.agency_edge where agency_id = a.agency_id
    order by (valid_from <= ${day}) desc, case when valid_from <= ${day} then valid_from end desc, valid_from limit 1) e on true
  left join lateral (
    select full_name from staff.agency_name where agency_id = e.parent_id
    order by (valid_from <= ${day}) desc, case when valid_from <= ${day} then valid_from end desc, valid_from limit 1) pn on true
  left join lateral (
    select code from staff.agency_code where agency_id = a.agency_id and scheme = 'gso'
    order by (valid_from <= ${day}) desc, case when valid_from <= ${day} then valid_from end desc, valid_from limit 1) g on true
  left join lateral (
    select code from staff.agency_code where agency_id = a.agency_id and scheme = 'dossier'
    order by (valid_from <= ${day}) desc, case when valid_from <= ${day} then valid_from end desc, valid_from limit 1) d on true`

/** The agency as of a day; one that is closed or not yet open is shown as it was last or will be first. */
export async function findAgency(db: StaffDb, agencyId: number, day: Day): Promise<Agency | undefined> {
  const { rows } = await sql<Agency>`${agencyOn(day)} where a.agency_id = ${agencyId}`.execute(db)
  return rows[0]
}

export async function getAgency(db: StaffDb, agencyId: number, day: Day): Promise<Agency> {
  const agency = await findAgency(db, agencyId, day)
  if (!agency) throw new Error(`no agency ${agencyId}`)
  return agency
}

/** The agency that a code means on this day: codes come back with another meaning. */
export async function findAgencyByCode(
  db: StaffDb,
  scheme: CodeScheme,
  code: string,
  day: Day,
): Promise<Agency | undefined> {
  const { rows } = await sql<Agency>`${agencyOn(day)} where a.agency_id = (
    select agency_id from staff.agency_code
    where scheme = ${scheme} and code = ${code} and daterange(valid_from, valid_to, '[]') @> ${day}::date)`.execute(db)
  return rows[0]
}

export async function listAgencies(db: StaffDb, agencyIds: readonly number[], day: Day): Promise<Agency[]> {
  const { rows } =
    await sql<Agency>`${agencyOn(day)} where a.agency_id = any (${agencyIds}::int[]) order by n.search_text, a.agency_id`.execute(
      db,
    )
  return rows
}

export type AgencySearch = {
  day: Day
  /** Any part of the name, with or without accents, or a code. */
  query?: string | undefined
  kinds?: readonly AgencyKind[] | undefined
  parentId?: number | undefined
  /** Only these agencies; undefined means all. */
  among?: readonly number[] | undefined
  /** Also those that are closed on that day. */
  closed?: boolean | undefined
  limit?: number | undefined
}

export async function findAgencies(
  db: StaffDb,
  { day, query, kinds, parentId, among, closed, limit = 100 }: AgencySearch,
): Promise<Agency[]> {
  const text = query?.trim()
  const { rows } = await sql<Agency>`${agencyOn(day)}
    where (${closed ?? false} or daterange(a.valid_from, a.valid_to, '[]') @> ${day}::date)
      ${kinds ? sql`and a.kind = any (${kinds}::text[])` : sql``}
      ${among ? sql`and a.agency_id = any (${among}::int[])` : sql``}
      ${
        parentId === undefined
          ? sql``
          : sql`and a.agency_id in (
        select agency_id from staff.agency_edge where parent_id = ${parentId}
          and (daterange(valid_from, valid_to, '[]') @> ${day}::date or (${closed ?? false} and valid_to < ${day}::date)))`
      }
      ${
        text
          ? sql`and (a.agency_id in (select agency_id from staff.agency_name where search_text like '%' || platform.search_text(${text}) || '%'
          and (${closed ?? false} or daterange(valid_from, valid_to, '[]') @> ${day}::date))
        or a.agency_id in (select agency_id from staff.agency_code where code = ${text.toUpperCase()}
          and (${closed ?? false} or daterange(valid_from, valid_to, '[]') @> ${day}::date)))`
          : sql``
      }
    order by n.search_text, a.agency_id limit ${limit}`.execute(db)
  return rows
}

/** Agencies without a superior on that day: the roots of the tree. */
export async function listTopAgencies(db: StaffDb, day: Day): Promise<Agency[]> {
  const { rows } = await sql<Agency>`${agencyOn(day)}
    where daterange(a.valid_from, a.valid_to, '[]') @> ${day}::date
      and not exists (select from staff.agency_edge where agency_id = a.agency_id and daterange(valid_from, valid_to, '[]') @> ${day}::date)
    order by n.search_text, a.agency_id`.execute(db)
  return rows
}

export type NewAgency = {
  kind: AgencyKind
  fullName: string
  fullNameEn?: string | null
  validFrom: Day
  validTo?: Day | null
  parentId?: number | null
  codes?: readonly { scheme: CodeScheme; code: string }[]
}

/** Makes an agency with its first name, codes and place in the tree. */
export async function createAgency(db: StaffDb, agency: NewAgency): Promise<number> {
  const { fullNameEn = null, validFrom, validTo = null, parentId = null, codes = [] } = agency
  const { rows } = await sql<{ agencyId: number }>`
    with made as (
      insert into staff.agency (kind, valid_from, valid_to) values (${agency.kind}, ${validFrom}, ${validTo}) returning agency_id),
    named as (
      insert into staff.agency_name (agency_id, valid_from, valid_to, full_name, full_name_en)
      select agency_id, ${validFrom}, ${validTo}, ${agency.fullName.normalize('NFC').trim()}, ${fullNameEn} from made),
    placed as (
      insert into staff.agency_edge (agency_id, parent_id, valid_from, valid_to)
      select agency_id, ${parentId}::int, ${validFrom}, ${validTo} from made where ${parentId}::int is not null),
    coded as (
      insert into staff.agency_code (agency_id, scheme, code, valid_from, valid_to)
      select agency_id, code.scheme, code.code, ${validFrom}, ${validTo}
      from made cross join unnest(${codes.map(({ scheme }) => scheme)}::text[], ${codes.map(({ code }) => code)}::text[]) as code (scheme, code))
    select agency_id as "agencyId" from made`.execute(db)
  forgetReach()
  const [row] = rows
  if (!row) throw new Error('agency was not made')
  return row.agencyId
}

/** Ends an agency with everything in it: names, codes, place, units, receiving points and posts last until that day. */
export async function closeAgency(db: StaffDb, agencyId: number, lastDay: Day): Promise<void> {
  await inTransaction(db, async (tx) => {
    for (const table of [
      'agency',
      'agency_name',
      'agency_code',
      'agency_edge',
      'unit',
      'receiving_point',
      'post',
    ] as const)
      await sql`update ${sql.table(`staff.${table}`)} set valid_to = ${lastDay}
        where agency_id = ${agencyId} and valid_from <= ${lastDay} and (valid_to is null or valid_to > ${lastDay})`.execute(
        tx,
      )
    await sql`update staff.delegation set ended_on = ${lastDay}
      where agency_id = ${agencyId} and valid_to > ${lastDay} and (ended_on is null or ended_on > ${lastDay})`.execute(
      tx,
    )
  })
  forgetReach()
}

/** Another name from a day on; the former one ends the day before. */
export const renameAgency = (
  db: StaffDb,
  agencyId: number,
  name: { fullName: string; fullNameEn?: string | null; from: Day },
): Promise<void> =>
  replaceFrom(db, 'agency_name', agencyId, name.from, sql``, async (tx, validTo) => {
    await tx
      .insertInto('staff.agency_name')
      .values({
        agency_id: agencyId,
        valid_from: name.from,
        valid_to: validTo,
        full_name: name.fullName.normalize('NFC').trim(),
        full_name_en: name.fullNameEn ?? null,
      })
      .execute()
  })

/** Another superior (or none) from a day on. */
export const moveAgency = (
  db: StaffDb,
  agencyId: number,
  { parentId, from }: { parentId: number | null; from: Day },
): Promise<void> =>
  replaceFrom(db, 'agency_edge', agencyId, from, sql``, async (tx, validTo) => {
    if (parentId !== null)
      await tx
        .insertInto('staff.agency_edge')
        .values({ agency_id: agencyId, parent_id: parentId, valid_from: from, valid_to: validTo })
        .execute()
  })

/** Another code of a scheme (or none) from a day on. */
export const setAgencyCode = (
  db: StaffDb,
  agencyId: number,
  { scheme, code, from }: { scheme: CodeScheme; code: string | null; from: Day },
): Promise<void> =>
  replaceFrom(db, 'agency_code', agencyId, from, sql`and scheme = ${scheme}`, async (tx, validTo) => {
    if (code !== null)
      await tx
        .insertInto('staff.agency_code')
        .values({ agency_id: agencyId, scheme, code, valid_from: from, valid_to: validTo })
        .execute()
  })

/** Ends what is in force the day before and puts the new row in; rows planned for later give way to it. */
async function replaceFrom(
  db: StaffDb,
  table: 'agency_name' | 'agency_edge' | 'agency_code',
  agencyId: number,
  from: Day,
  more: ReturnType<typeof sql>,
  insert: (tx: StaffDb, validTo: Day | null) => Promise<void>,
): Promise<void> {
  await inTransaction(db, async (tx) => {
    const name = sql.table(`staff.${table}`)
    const { rows } = await sql<{
      end: Day | null
    }>`select valid_to as "end" from staff.agency where agency_id = ${agencyId} for update`.execute(tx)
    await sql`delete from ${name} where agency_id = ${agencyId} ${more} and valid_from >= ${from}`.execute(tx)
    await sql`update ${name} set valid_to = ${addDays(from, -1)}
      where agency_id = ${agencyId} ${more} and valid_from < ${from} and (valid_to is null or valid_to >= ${from})`.execute(
      tx,
    )
    await insert(tx, rows[0]?.end ?? null)
  })
  forgetReach()
}

export type Succession = {
  oldAgencyId: number
  newAgencyId: number
  kind: SuccessionKind
  onDay: Day
  /** The part that passed over; null when it cannot be told, as with every split. */
  share?: number | null
  /** Whether the new agency answers for the old one's dossiers. */
  answers: boolean
  confirmed?: boolean
  note?: string | null
}

export async function recordSuccession(db: StaffDb, succession: Succession): Promise<void> {
  const { oldAgencyId, newAgencyId, kind, onDay, share = null, answers, confirmed = true, note = null } = succession
  await db
    .insertInto('staff.succession')
    .values({
      old_agency_id: oldAgencyId,
      new_agency_id: newAgencyId,
      kind,
      on_day: onDay,
      share,
      answers,
      confirmed,
      note,
    })
    .onConflict((conflict) =>
      conflict
        .columns(['old_agency_id', 'new_agency_id'])
        .doUpdateSet({ kind, on_day: onDay, share, answers, confirmed, note }),
    )
    .execute()
  forgetReach()
}

/** Both directions: what the agency came from and what became of it. */
export async function listSuccessions(
  db: StaffDb,
  agencyId: number,
): Promise<(Succession & { oldName: string; newName: string })[]> {
  const { rows } = await sql<Succession & { oldName: string; newName: string }>`
    select s.old_agency_id as "oldAgencyId", s.new_agency_id as "newAgencyId", s.kind, s.on_day as "onDay", s.share::float8 as share,
      s.answers, s.confirmed, s.note, o.full_name as "oldName", n.full_name as "newName"
    from staff.succession s
    join lateral (select full_name from staff.agency_name where agency_id = s.old_agency_id order by valid_from desc limit 1) o on true
    join lateral (select full_name from staff.agency_name where agency_id = s.new_agency_id order by valid_from limit 1) n on true
    where ${agencyId} in (s.old_agency_id, s.new_agency_id)
    order by s.on_day, o.full_name`.execute(db)
  return rows
}

/** The agency and those closed predecessors, at any distance, whose dossiers it answers for on this day. */
export async function answersFor(db: StaffDb, agencyId: number, day: Day): Promise<number[]> {
  return (await reach(db, agencyId, day)).agencies
}

/** The agency, everything below it, and the predecessors of all of these. */
export async function subtree(db: StaffDb, agencyId: number, day: Day): Promise<number[]> {
  return (await reach(db, agencyId, day)).subtree
}

type Reach = { agencies: number[]; subtree: number[] }

/** How long another process's change of the tree may stay unnoticed. */
const REACH_FRESH_MS = 30_000
type KnownReach = { at: number; generation: number; reach: Reach }
const reaches = new WeakMap<object, Map<string, KnownReach>>()
let generation = 0

/** Makes the next question about reach go to the database; called after every change of the tree, once it is committed. */
export function forgetReach(): void {
  generation++
}

/** Counts the changes that this process made to the tree, to posts and to delegations: what was read before one may be old. */
export const staffGeneration = (): number => generation

async function reach(db: StaffDb, agencyId: number, day: Day): Promise<Reach> {
  const known = reaches.get(db) ?? new Map<string, KnownReach>()
  reaches.set(db, known)
  const key = `${agencyId}@${day}`
  const found = known.get(key)
  if (found && found.generation === generation && performance.now() - found.at < REACH_FRESH_MS) return found.reach
  const asked = generation
  const { rows } = await sql<Reach>`
    with recursive line (agency_id) as (
      select ${agencyId}::int
      union
      select s.old_agency_id from line join staff.succession s on s.new_agency_id = line.agency_id
      join staff.agency old on old.agency_id = s.old_agency_id
      where s.answers and s.on_day <= ${day} and old.valid_to < ${day}),
    tree (agency_id) as (
      select ${agencyId}::int
      union
      select next.agency_id from tree cross join lateral (
        select e.agency_id from staff.agency_edge e join staff.agency child on child.agency_id = e.agency_id
        where e.parent_id = tree.agency_id and e.valid_from <= ${day} and (e.valid_to is null or e.valid_to >= ${day} or e.valid_to = child.valid_to)
        union all
        select s.old_agency_id from staff.succession s join staff.agency old on old.agency_id = s.old_agency_id
        where s.new_agency_id = tree.agency_id and s.answers and s.on_day <= ${day} and old.valid_to < ${day}) next)
    select (select array_agg(agency_id order by agency_id) from line) as agencies,
      (select array_agg(agency_id order by agency_id) from tree) as subtree`.execute(db)
  const value = rows[0] ?? { agencies: [agencyId], subtree: [agencyId] }
  if (known.size > 10_000) known.clear()
  known.set(key, { at: performance.now(), generation: asked, reach: value })
  return value
}

// Units and receiving points

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

// Officers, posts, delegations

export type Officer = {
  officerId: number
  name: string
  title: string
  email: string
  phone: string
  staffCode: string | null
}

export async function createOfficer(
  db: StaffDb,
  officer: { name: string; title?: string; email?: string; phone?: string; staffCode?: string | null },
): Promise<number> {
  const { officer_id } = await db
    .insertInto('staff.officer')
    .values({ ...officerRow(officer), staff_code: officer.staffCode || null })
    .returning('officer_id')
    .executeTakeFirstOrThrow()
  return officer_id
}

export async function updateOfficer(db: StaffDb, officer: Officer): Promise<boolean> {
  const { numUpdatedRows } = await db
    .updateTable('staff.officer')
    .set({ ...officerRow(officer), staff_code: officer.staffCode || null })
    .where('officer_id', '=', officer.officerId)
    .executeTakeFirst()
  return numUpdatedRows > 0n
}

const officerRow = (officer: { name: string; title?: string; email?: string; phone?: string }) =>
  ({
    name: officer.name.normalize('NFC').trim(),
    title: officer.title?.normalize('NFC').trim() ?? '',
    email: officer.email?.trim() ?? '',
    phone: officer.phone?.trim() ?? '',
  }) satisfies Partial<Insertable<StaffTables['staff.officer']>>

export async function findOfficer(db: StaffDb, officerId: number): Promise<Officer | undefined> {
  const { rows } = await sql<Officer>`
    select officer_id as "officerId", name, title, email, phone, staff_code as "staffCode"
    from staff.officer where officer_id = ${officerId}`.execute(db)
  return rows[0]
}

/** A post as a screen shows it: where it is and whether it is in force. */
export type PostRow = HeldPost & { title: string; agencyName: string; unitName: string; unitKind: UnitKind }

const postColumns = sql`
  p.post_id as "postId", p.officer_id as "officerId", p.agency_id as "agencyId", p.unit_id as "unitId", p.role, p.title,
  p.valid_from as "validFrom", p.valid_to as "validTo", u.name as "unitName", u.kind as "unitKind",
  (select full_name from staff.agency_name where agency_id = p.agency_id order by valid_from desc limit 1) as "agencyName"`

/** Every post that the officer ever held, the latest first. */
export async function listPosts(db: StaffDb, officerId: number): Promise<PostRow[]> {
  const { rows } = await sql<PostRow>`
    select ${postColumns} from staff.post p join staff.unit u on u.unit_id = p.unit_id
    where p.officer_id = ${officerId} order by p.valid_from desc, p.post_id desc`.execute(db)
  return rows
}

export async function findPost(db: StaffDb, postId: number): Promise<PostRow | undefined> {
  const { rows } = await sql<PostRow>`
    select ${postColumns} from staff.post p join staff.unit u on u.unit_id = p.unit_id where p.post_id = ${postId}`.execute(
    db,
  )
  return rows[0]
}

export async function listPostsById(db: StaffDb, postIds: readonly number[]): Promise<PostRow[]> {
  const { rows } = await sql<PostRow>`
    select ${postColumns} from staff.post p join staff.unit u on u.unit_id = p.unit_id where p.post_id = any (${postIds}::int[])`.execute(
    db,
  )
  return rows
}

export type OfficerRow = Officer & { posts: PostRow[] }

/** Officers with their posts of a day; without `agencies` everybody, also those without a post. */
export async function listOfficers(
  db: StaffDb,
  {
    day,
    agencies,
    unitId,
    query,
    former = false,
    after,
    limit = 200,
  }: {
    day: Day
    agencies?: readonly number[] | undefined
    unitId?: number | undefined
    query?: string | undefined
    /** Also posts that are over. */
    former?: boolean | undefined
    after?: number | undefined
    limit?: number | undefined
  },
): Promise<OfficerRow[]> {
  const inForce = former ? sql`true` : sql`daterange(p.valid_from, p.valid_to, '[]') @> ${day}::date`
  const posted = sql`select from staff.post p where p.officer_id = o.officer_id and ${inForce}
    ${agencies ? sql`and p.agency_id = any (${agencies}::int[])` : sql``} ${unitId === undefined ? sql`` : sql`and p.unit_id = ${unitId}`}`
  const text = query?.trim()
  const { rows } = await sql<OfficerRow>`
    select o.officer_id as "officerId", o.name, o.title, o.email, o.phone, o.staff_code as "staffCode", coalesce(held.posts, '[]') as posts
    from staff.officer o
    left join lateral (
      select json_agg(row_to_json(one) order by one."validFrom", one."postId") as posts from (
        select ${postColumns} from staff.post p join staff.unit u on u.unit_id = p.unit_id
        where p.officer_id = o.officer_id and ${inForce} ${agencies ? sql`and p.agency_id = any (${agencies}::int[])` : sql``}) one) held on true
    where true ${agencies || unitId !== undefined ? sql`and exists (${posted})` : sql``}
      ${text ? sql`and (o.search_text like '%' || platform.search_text(${text}) || '%' or o.staff_code = ${text})` : sql``}
      ${after === undefined ? sql`` : sql`and (o.search_text, o.officer_id) > (select search_text, officer_id from staff.officer where officer_id = ${after})`}
    order by o.search_text, o.officer_id limit ${limit}`.execute(db)
  return rows
}

export async function createPost(
  db: StaffDb,
  post: {
    officerId: number
    agencyId: number
    unitId: number
    role: Role
    title?: string
    validFrom: Day
    validTo?: Day | null
    recordedBy?: number | null
  },
): Promise<number> {
  const { post_id } = await db
    .insertInto('staff.post')
    .values({
      officer_id: post.officerId,
      agency_id: post.agencyId,
      unit_id: post.unitId,
      role: post.role,
      title: post.title?.normalize('NFC').trim() ?? '',
      valid_from: post.validFrom,
      valid_to: post.validTo ?? null,
      recorded_by: post.recordedBy ?? null,
    })
    .returning('post_id')
    .executeTakeFirstOrThrow()
  generation++
  return post_id
}

/** The last day of a post; the row stays as history. */
export async function endPost(
  db: StaffDb,
  { agencyId, postId, lastDay }: { agencyId: number; postId: number; lastDay: Day },
): Promise<boolean> {
  const { numUpdatedRows } = await db
    .updateTable('staff.post')
    .set({ valid_to: lastDay })
    .where('agency_id', '=', agencyId)
    .where('post_id', '=', postId)
    .executeTakeFirst()
  generation++
  return numUpdatedRows > 0n
}

/** The posts in which the officer may act on this day, delegated ones included, with what each of them reaches. */
export async function postsOf(db: StaffDb, officerId: number, day: Day): Promise<Post[]> {
  type Row = HeldPost & { toOfficerId: number | null; lentFrom: Day; lentTo: Day | null; endedOn: Day | null }
  const { rows } = await sql<Row>`
    select post_id as "postId", officer_id as "officerId", agency_id as "agencyId", unit_id as "unitId", role,
      valid_from as "validFrom", valid_to as "validTo", null::int as "toOfficerId", valid_from as "lentFrom", valid_to as "lentTo", null::date as "endedOn"
    from staff.post where officer_id = ${officerId}
    union all
    select p.post_id, p.officer_id, p.agency_id, p.unit_id, p.role, p.valid_from, p.valid_to, d.to_officer_id, d.valid_from, d.valid_to, d.ended_on
    from staff.delegation d join staff.post p on p.agency_id = d.agency_id and p.post_id = d.post_id
    where d.to_officer_id = ${officerId}
    order by "postId"`.execute(db)
  const posts = rows.filter((row) => row.toOfficerId === null)
  const delegations = rows.flatMap((row): Delegation[] =>
    row.toOfficerId === null
      ? []
      : [
          {
            post: row,
            toOfficerId: row.toOfficerId,
            validFrom: row.lentFrom,
            validTo: row.lentTo,
            endedOn: row.endedOn,
          },
        ],
  )
  return Promise.all(
    postsOn(officerId, day, { posts, delegations }).map(async ({ postId, agencyId, unitId, role, onBehalfOf }) => ({
      postId,
      agencyId,
      unitId,
      role,
      onBehalfOf,
      ...(await reach(db, agencyId, day)),
    })),
  )
}

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
  generation++
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
  generation++
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

// Absence and hand-over

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

// Commands that were done

/** The reply of a command that was done before; a repetition under way waits for the first. */
export async function findCommandReply<Reply>(tx: StaffDb, commandId: string): Promise<{ reply: Reply } | undefined> {
  await sql`select pg_advisory_xact_lock(hashtextextended(${commandId}, 0))`.execute(tx)
  const { rows } = await sql<{ reply: Reply }>`select reply from staff.command where command_id = ${commandId}`.execute(
    tx,
  )
  return rows[0]
}

export async function noteCommand(tx: StaffDb, commandId: string, reply: unknown): Promise<void> {
  await sql`insert into staff.command (command_id, reply) values (${commandId}, ${JSON.stringify(reply ?? null)})`.execute(
    tx,
  )
}

/** System administrators in force on a day, or still after it. */
export async function systemAdministratorsOn(
  db: StaffDb,
  day: Day,
  when: 'on' | 'after' = 'on',
): Promise<{ agencyId: number; postId: number }[]> {
  const from = when === 'on' ? day : addDays(day, 1)
  const { rows } = await sql<{ agencyId: number; postId: number }>`
    select agency_id as "agencyId", post_id as "postId" from staff.post
    where role = 'system-admin' and daterange(valid_from, valid_to, '[]') @> ${from}::date`.execute(db)
  return rows
}

/** Whether somebody holds a post in the unit after this day. */
export async function isUnitHeldAfter(db: StaffDb, unitId: number, day: Day): Promise<boolean> {
  const { rows } = await sql<{ held: boolean }>`
    select exists (select from staff.post where unit_id = ${unitId} and (valid_to is null or valid_to > ${day})) as held`.execute(
    db,
  )
  return rows[0]?.held ?? false
}

export type AgencyHistory = {
  names: { fullName: string; validFrom: Day; validTo: Day | null }[]
  codes: { scheme: CodeScheme; code: string; validFrom: Day; validTo: Day | null }[]
  parents: { parentId: number; parentName: string; validFrom: Day; validTo: Day | null }[]
}

/** Every name, code and superior that the agency ever had. */
export async function listAgencyHistory(db: StaffDb, agencyId: number): Promise<AgencyHistory> {
  const [names, codes, parents] = await Promise.all([
    sql<AgencyHistory['names'][number]>`
      select full_name as "fullName", valid_from as "validFrom", valid_to as "validTo"
      from staff.agency_name where agency_id = ${agencyId} order by valid_from`.execute(db),
    sql<AgencyHistory['codes'][number]>`
      select scheme, code, valid_from as "validFrom", valid_to as "validTo"
      from staff.agency_code where agency_id = ${agencyId} order by scheme, valid_from`.execute(db),
    sql<AgencyHistory['parents'][number]>`
      select e.parent_id as "parentId", e.valid_from as "validFrom", e.valid_to as "validTo",
        (select full_name from staff.agency_name n where n.agency_id = e.parent_id and n.valid_from <= coalesce(e.valid_to, 'infinity')
         order by n.valid_from desc limit 1) as "parentName"
      from staff.agency_edge e where e.agency_id = ${agencyId} order by e.valid_from`.execute(db),
  ])
  return { names: names.rows, codes: codes.rows, parents: parents.rows }
}

// The log of changes

export type Change = {
  changeId: number
  at: Instant
  by: string | null
  what: string
  details: Record<string, unknown>
}

export async function listChanges(db: StaffDb, agencyId: number): Promise<Change[]> {
  const { rows } = await sql<Change>`
    select c.change_id as "changeId", c.changed_at as at, o.name as by, c.what, c.details
    from staff.change c left join staff.officer o on o.officer_id = c.changed_by
    where c.agency_id = ${agencyId} order by c.change_id desc limit 200`.execute(db)
  return rows
}

export async function recordChange(
  db: StaffDb,
  change: { agencyId: number; by: number | null; what: string; details: Readonly<Record<string, unknown>> },
): Promise<void> {
  await db
    .insertInto('staff.change')
    .values({
      agency_id: change.agencyId,
      changed_by: change.by,
      what: change.what,
      details: JSON.stringify(change.details),
    })
    .execute()
}
