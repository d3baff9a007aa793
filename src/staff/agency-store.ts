import { sql } from 'kysely'
import { addDays, type Day } from '../platform/day.ts'
import { inTransaction } from '../platform/db.ts'
import type { SuccessionKind } from './rules/units.ts'
import type { AgencyKind, CodeScheme, StaffDb } from './tables.ts'
import { forgetReach } from './tree-store.ts'

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
