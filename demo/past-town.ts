import { offerProcedures, stopOffering } from '../src/catalogue/index.ts'
import type { Actor } from '../src/identity/index.ts'
import {
  createOfficer,
  createPost,
  createUnit,
  findAgencyByCode,
  listOfficers,
  listUnits,
  postsOf,
  setAgencyCode,
  type StaffTables,
  type Unit,
} from '../src/staff/index.ts'
import type { CatalogueTables } from '../src/catalogue/index.ts'
import type { Db } from '../src/platform/db.ts'
import { nameFor } from './people.ts'
import { desksOf, PAST_DAY, PAST_FROM, type PastAuthority, type PastPlace } from './past-places.ts'
import type { KeyFacts } from './key-facts.ts'
import { random } from './random.ts'
import type { Desk } from './facts.ts'
import type { Town } from './town.ts'

const PAST_TO = '2025-06-30'

export type PastTown = { place: PastPlace; name: string; town: Town }

async function agencyOf(db: Db<StaffTables>, { gso, kind }: PastPlace) {
  const agency = await findAgencyByCode(db, 'gso', gso, PAST_DAY)
  if (agency?.kind !== kind) throw new Error(`demo: no ${kind} has the code ${gso}`)
  return agency
}

type Founding = { authority: PastAuthority; facts: readonly KeyFacts[]; curated: readonly string[] }

/** Units, officers, codes and lists of an authority; in the caller's transaction, once. */
export async function foundPast(
  db: Db<StaffTables & CatalogueTables>,
  { authority, facts, curated }: Founding,
): Promise<void> {
  for (const place of authority.agencies) {
    const { agencyId, parentId } = await agencyOf(db, place)
    await setAgencyCode(db, agencyId, { scheme: 'dossier', code: place.code, from: PAST_FROM })
    await engage(db, { agencyId, kind: place.kind, name: place.gso })
    const codes = [
      ...(place.kind === 'commune' ? curated : curated.filter((code) => code === '2.000635')),
      ...facts
        .filter(({ lists }) => lists.some((list) => list === place.kind || list === `${place.kind}-2019`))
        .map(({ code }) => code),
    ]
    await offerProcedures(db, { agencyId, codes: [...new Set(codes)], validFrom: PAST_FROM })
    await stopOffering(db, { agencyId, codes: [...new Set(codes)], lastDay: PAST_TO })
    // Where the report is a commune's alone, its district takes part in what goes through both.
    if (place.kind === 'commune' && authority.agencies.length === 1 && parentId !== null)
      await engage(db, {
        agencyId: parentId,
        kind: 'district',
        name: `${place.gso}/district`,
        only: ['social', 'land'],
      })
  }
}

type Engaged = { agencyId: number; kind: PastPlace['kind']; name: string; only?: readonly Desk[] }

async function engage(db: Db<StaffTables>, { agencyId, kind, name, only }: Engaged): Promise<void> {
  const by = random(`past/officers/${name}`)
  const validity = { validFrom: PAST_FROM, validTo: PAST_TO }
  for (const { unit, officers } of desksOf[kind]) {
    if (only && !only.includes(unit.desk)) continue
    const unitId = await createUnit(db, { agencyId, kind: unit.kind, name: unit.name, ...validity })
    for (const { role, title } of officers) {
      const officerId = await createOfficer(db, { name: nameFor(by, by.chance(0.5) ? 'male' : 'female'), title })
      await createPost(db, { officerId, agencyId, unitId, role, title, ...validity })
    }
  }
}

/** The authority as it was founded, with everybody who works in it. */
export async function pastTowns(db: Db<StaffTables>, authority: PastAuthority): Promise<PastTown[]> {
  const agencies = await Promise.all(
    authority.agencies.map(async (place) => ({ place, ...(await agencyOf(db, place)) })),
  )
  const ids = agencies.map(({ agencyId }) => agencyId)
  const parents = authority.agencies.length === 1 ? agencies.flatMap(({ parentId }) => parentId ?? []) : []
  const units: Unit[] = []
  const staff = new Map<number, Actor[]>()
  for (const agencyId of [...ids, ...parents]) {
    units.push(...(await listUnits(db, agencyId, PAST_DAY)))
    const officers = await listOfficers(db, { day: PAST_DAY, agencies: [agencyId], limit: 1000 })
    for (const { officerId, name } of officers.toSorted((one, other) => one.officerId - other.officerId)) {
      const posts = await postsOf(db, officerId, PAST_DAY)
      for (const { unitId } of posts)
        staff.set(unitId, [...(staff.get(unitId) ?? []), { officerId, accountId: 0, name, posts }])
    }
  }
  return agencies.map(({ place, agencyId, fullName }) => {
    const unitOf = (desk: Desk): number => {
      const unit = units.find((each) => each.agencyId === agencyId && each.kind === desk)
      if (!unit) throw new Error(`demo: ${fullName} has no desk ${desk}`)
      return unit.unitId
    }
    const staffOf = (unitId: number): readonly Actor[] => staff.get(unitId) ?? []
    return {
      place,
      name: fullName,
      town: { agencyId, receivingPointId: null, unitOf, staffOf, at: (desk) => staffOf(unitOf(desk)) },
    }
  })
}
