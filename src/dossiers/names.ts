import { getVersion, type CatalogueTables } from '../catalogue/index.ts'
import type { Day } from '../platform/day.ts'
import type { Db } from '../platform/db.ts'
import { listAgencies, listOfficerNames, listUnitNames, type StaffTables } from '../staff/index.ts'

type NameDb = Db<StaffTables & CatalogueTables>

/** Names for the ids on one page of a list, fetched together. */
export type Names = {
  officer: (id: number | null) => string | null
  unit: (id: number) => string
  agency: (id: number) => string
  procedure: (versionId: number) => { name: string; shortName: string }
}

/** Reads the names of everything that a page mentions, in one query a kind. */
export async function namesFor(
  db: NameDb,
  ids: {
    officers?: readonly (number | null)[]
    units?: readonly number[]
    agencies?: readonly number[]
    versions?: readonly number[]
    day: Day
  },
): Promise<Names> {
  const unique = (list: readonly (number | null)[] = []) => [...new Set(list.filter((id) => id !== null))]
  const versionIds = unique(ids.versions)
  const [officers, units, agencies, versions] = await Promise.all([
    listOfficerNames(db, unique(ids.officers)),
    listUnitNames(db, unique(ids.units)),
    ids.agencies?.length ? listAgencies(db, unique(ids.agencies), ids.day) : [],
    Promise.all(versionIds.map(async (id) => [id, (await getVersion(db, id)).version] as const)),
  ])
  const agencyNames = new Map(agencies.map(({ agencyId, fullName }) => [agencyId, fullName]))
  const procedures = new Map(versions)
  return {
    officer: (id) => (id === null ? null : (officers.get(id) ?? null)),
    unit: (id) => units.get(id) ?? '',
    agency: (id) => agencyNames.get(id) ?? '',
    procedure: (id) => ({ name: procedures.get(id)?.name ?? '', shortName: procedures.get(id)?.shortName ?? '' }),
  }
}
