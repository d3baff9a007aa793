import { sql } from 'kysely'
import { inTransaction, type Db } from '../platform/db.ts'
import { planUnits, type PlannedAgency } from './rules/units.ts'
import type { StaffTables } from './tables.ts'
import { forgetReach } from './tree-store.ts'
import { readShippedUnits, readUnitFiles } from './unit-lists.ts'

export type UnitImport = {
  source: string
  /** What is in the lists, and what of it was not there yet. */
  agencies: number
  addedAgencies: number
  successions: number
  addedSuccessions: number
  /** One line for each row or unit that could not be used or that differs from what is recorded. */
  problems: string[]
}

/**
 * Brings the administrative units into the tree: from a folder with the official lists, or from the copy that travels
 * with the system. Runs again without harm: a unit is known by its code and the day from which the code means it.
 */
export async function importUnits(db: Db<StaffTables>, dir?: string): Promise<UnitImport> {
  const reading = dir === undefined ? { list: readShippedUnits(), problems: [] } : readUnitFiles(dir)
  const plan = planUnits(reading.list)
  const problems = [...reading.problems, ...plan.problems]
  const done = await inTransaction(db, async (tx) => {
    await sql`lock table staff.agency in share row exclusive mode`.execute(tx)
    const { rows: known } = await sql<{
      agencyId: number
      kind: string
      code: string
      validFrom: string
      fullName: string
    }>`
      select c.agency_id as "agencyId", a.kind, c.code, c.valid_from as "validFrom",
        (select full_name from staff.agency_name n where n.agency_id = a.agency_id order by n.valid_from desc limit 1) as "fullName"
      from staff.agency_code c join staff.agency a on a.agency_id = c.agency_id where c.scheme = 'gso'`.execute(tx)
    const idOf = new Map(known.map((row) => [`${row.kind}:${row.code}@${row.validFrom}`, row.agencyId]))
    const nameOf = new Map(known.map((row) => [`${row.kind}:${row.code}@${row.validFrom}`, row.fullName]))
    const missing: PlannedAgency[] = []
    for (const agency of plan.agencies) {
      if (!idOf.has(agency.key)) missing.push(agency)
      else if (nameOf.get(agency.key) !== agency.names.at(-1)?.fullName)
        problems.push(
          `${agency.code}: đã ghi là “${nameOf.get(agency.key)}”, danh sách ghi “${agency.names.at(-1)?.fullName}”; giữ nguyên`,
        )
    }
    if (missing.length > 0) {
      const { rows: ids } = await sql<{ id: number }>`
        select nextval(pg_get_serial_sequence('staff.agency', 'agency_id'))::int as id from generate_series(1, ${missing.length})`.execute(
        tx,
      )
      for (const [index, agency] of missing.entries()) idOf.set(agency.key, ids[index]?.id ?? 0)
    }
    const id = (key: string) => idOf.get(key) ?? 0
    await insert(
      tx,
      'agency',
      ['agency_id', 'kind', 'valid_from', 'valid_to'],
      ['int', 'text', 'date', 'date'],
      missing.map((agency) => [id(agency.key), agency.kind, agency.validFrom, agency.validTo]),
    )
    await insert(
      tx,
      'agency_name',
      ['agency_id', 'full_name', 'full_name_en', 'valid_from', 'valid_to'],
      ['int', 'text', 'text', 'date', 'date'],
      missing.flatMap((agency) =>
        agency.names.map((name) => [id(agency.key), name.fullName, name.fullNameEn, name.validFrom, name.validTo]),
      ),
    )
    await insert(
      tx,
      'agency_code',
      ['agency_id', 'scheme', 'code', 'valid_from', 'valid_to'],
      ['int', 'text', 'text', 'date', 'date'],
      missing.map((agency) => [id(agency.key), 'gso', agency.code, agency.validFrom, agency.validTo]),
    )
    await insert(
      tx,
      'agency_edge',
      ['agency_id', 'parent_id', 'valid_from', 'valid_to'],
      ['int', 'int', 'date', 'date'],
      missing.flatMap((agency) =>
        agency.edges.map((edge) => [id(agency.key), id(edge.parentKey), edge.validFrom, edge.validTo]),
      ),
    )
    const addedSuccessions = await insert(
      tx,
      'succession',
      ['old_agency_id', 'new_agency_id', 'kind', 'on_day', 'share', 'answers', 'confirmed'],
      ['int', 'int', 'text', 'date', 'numeric', 'bool', 'bool'],
      plan.successions.map((one) => [
        id(one.oldKey),
        id(one.newKey),
        one.kind,
        one.onDay,
        one.share,
        one.answers,
        one.confirmed,
      ]),
    )
    return {
      source: reading.list.source,
      agencies: plan.agencies.length,
      addedAgencies: missing.length,
      successions: plan.successions.length,
      addedSuccessions,
      problems,
    }
  })
  forgetReach()
  return done
}

/** One statement for all rows of a table; rows that are there stay as they are. */
async function insert(
  tx: Db<StaffTables>,
  table: string,
  columns: readonly string[],
  types: readonly string[],
  rows: readonly (readonly (string | number | boolean | null)[])[],
): Promise<number> {
  if (rows.length === 0) return 0
  const arrays = columns.map((_, at) => sql`${rows.map((row) => row[at] ?? null)}::${sql.raw(types[at] ?? 'text')}[]`)
  const { numAffectedRows } = await sql`
    insert into ${sql.table(`staff.${table}`)} (${sql.join(columns.map((column) => sql.ref(column)))}) overriding system value
    select * from unnest(${sql.join(arrays)}) on conflict do nothing`.execute(tx)
  return Number(numAffectedRows ?? 0n)
}
