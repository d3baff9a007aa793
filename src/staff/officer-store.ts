import { sql, type Insertable } from 'kysely'
import { addDays, type Day } from '../platform/day.ts'
import { postsOn, type Delegation, type HeldPost, type Post, type Role } from './rules/post.ts'
import type { StaffDb, StaffTables, UnitKind } from './tables.ts'
import { forgetReach, reach } from './tree-store.ts'

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
  forgetReach()
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
  forgetReach()
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
