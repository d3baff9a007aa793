import { offerProcedures, stopOffering } from '../src/catalogue/index.ts'
import type { DossierContext } from '../src/dossiers/index.ts'
import { createAccount, type Actor, type IdentityContext } from '../src/identity/index.ts'
import type { Day } from '../src/platform/day.ts'
import {
  createAgency,
  createOfficer,
  createPost,
  createReceivingPoint,
  createUnit,
  findAgencyByCode,
  isDelegable,
  postsOf,
  setAgencyCode,
  TWO_TIERS_FROM,
} from '../src/staff/index.ts'
import { setExampleFees } from './fees.ts'
import * as facts from './facts.ts'
import type { Desk, OfficerFact, UnitFact } from './facts.ts'
import { makePassword } from './passwords.ts'

export type DemoContext = DossierContext & IdentityContext

/** An account of the demo, shown at each start. */
export type DemoAccount = { username: string; password: string; post: string }

/** An authority with its people, as the recipes use it. */
export type Town = {
  agencyId: number
  receivingPointId: number | null
  unitOf: (desk: Desk) => number
  /** Who works in this unit, whichever of the agencies it belongs to. */
  staffOf: (unitId: number) => readonly Actor[]
  at: (desk: Desk) => readonly Actor[]
}

export type Towns = { doanKet: Town; haiHung: Town; police: Town; department: Town; accounts: DemoAccount[] }

type Staffing = {
  agencyId: number
  units: readonly UnitFact[]
  officers: readonly OfficerFact[]
  validFrom: Day
  validTo: Day | null
  short: string
}
type People = Map<string, number>

/** The two communes, those who work with them, and everybody in office then and now. The tree must have been imported. */
export async function foundTowns(
  context: DemoContext,
  { today, codes }: { today: Day; codes: { before: readonly { code: string; lastDay: Day }[]; after: string[] } },
): Promise<Towns> {
  const { db } = context
  const dayBefore = facts.before.to
  const doanKetId = await agencyOf(context, facts.before.commune, dayBefore)
  const haiHungId = await agencyOf(context, facts.after.commune, TWO_TIERS_FROM)
  const cityId = await agencyOf(context, facts.after.province, TWO_TIERS_FROM)
  const { parentId: districtId } = await agencyAt(context, facts.before.commune, dayBefore)
  if (districtId === null) throw new Error('demo: xã Đoàn Kết had no district')
  await setAgencyCode(db, doanKetId, { scheme: 'dossier', code: facts.before.code, from: facts.before.from })
  await setAgencyCode(db, haiHungId, { scheme: 'dossier', code: facts.after.code, from: facts.after.from })
  const policeId = await createAgency(db, {
    kind: 'police',
    fullName: 'Công an xã Hải Hưng',
    validFrom: facts.after.from,
    parentId: haiHungId,
  })
  const departmentId = await createAgency(db, {
    kind: 'department',
    fullName: 'Sở Nội vụ thành phố Hải Phòng',
    validFrom: facts.after.from,
    parentId: cityId,
  })

  const then = { validFrom: facts.before.from, validTo: facts.before.to }
  const now = { validFrom: facts.after.from, validTo: null }
  const staffings: Record<'doanKet' | 'district' | 'haiHung' | 'police' | 'department' | 'city', Staffing> = {
    doanKet: {
      agencyId: doanKetId,
      units: facts.doanKetUnits,
      officers: facts.doanKetOfficers,
      ...then,
      short: 'xã Đoàn Kết',
    },
    district: {
      agencyId: districtId,
      units: facts.thanhMienUnits,
      officers: facts.thanhMienOfficers,
      ...then,
      short: 'huyện Thanh Miện',
    },
    haiHung: {
      agencyId: haiHungId,
      units: facts.haiHungUnits,
      officers: facts.haiHungOfficers,
      ...now,
      short: 'xã Hải Hưng',
    },
    police: {
      agencyId: policeId,
      units: facts.policeUnits,
      officers: facts.policeOfficers,
      ...now,
      short: 'xã Hải Hưng',
    },
    department: {
      agencyId: departmentId,
      units: facts.departmentUnits,
      officers: facts.departmentOfficers,
      ...now,
      short: 'Sở Nội vụ',
    },
    city: {
      agencyId: cityId,
      units: facts.cityUnits,
      officers: facts.cityOfficers,
      ...now,
      short: 'thành phố Hải Phòng',
    },
  }
  const people: People = new Map()
  const unitIds = new Map<string, number>()
  for (const staffing of Object.values(staffings)) await engage(context, staffing, { people, unitIds })
  const accounts = await openAccounts(context, Object.values(staffings), people)

  const unitOf = ({ agencyId }: Staffing, desk: Desk): number => {
    const unitId = unitIds.get(`${agencyId}/${desk}`)
    if (unitId === undefined) throw new Error(`demo: no desk ${desk} in agency ${agencyId}`)
    return unitId
  }
  await createReceivingPoint(db, {
    agencyId: haiHungId,
    unitId: unitOf(staffings.haiHung, 'one-stop'),
    name: 'Trung tâm Phục vụ hành chính công xã Hải Hưng',
    address: 'Trụ sở UBND xã Hải Hưng, thành phố Hải Phòng',
    phone: '0220 000 0101',
    validFrom: facts.after.from,
  })
  const pointId = await createReceivingPoint(db, {
    agencyId: haiHungId,
    unitId: unitOf(staffings.haiHung, 'one-stop'),
    name: 'Điểm tiếp nhận Đoàn Kết',
    address: 'Trụ sở cũ của UBND xã Đoàn Kết, xã Hải Hưng, thành phố Hải Phòng',
    phone: '0220 000 0102',
    validFrom: facts.after.from,
  })
  const offered = codes.before.map(({ code }) => code)
  await offerProcedures(db, { agencyId: doanKetId, codes: offered, validFrom: facts.before.from })
  for (const [lastDay, ending] of Map.groupBy(codes.before, (each) => each.lastDay))
    await stopOffering(db, { agencyId: doanKetId, codes: ending.map(({ code }) => code), lastDay })
  await offerProcedures(db, { agencyId: haiHungId, codes: codes.after, validFrom: facts.after.from })
  await setExampleFees(context, { agencyId: haiHungId, from: facts.after.from, today })

  const actorsThen = await actorsBy(context, [staffings.doanKet, staffings.district], {
    day: facts.quarter.from,
    people,
    unitIds,
  })
  const actorsNow = await actorsBy(context, [staffings.haiHung, staffings.police, staffings.department], {
    day: today,
    people,
    unitIds,
  })
  const town = (staffing: Staffing, actors: Map<number, Actor[]>, receivingPointId: number | null): Town => ({
    agencyId: staffing.agencyId,
    receivingPointId,
    unitOf: (desk) => unitOf(staffing, desk),
    staffOf: (unitId) => actors.get(unitId) ?? [],
    at: (desk) => actors.get(unitOf(staffing, desk)) ?? [],
  })
  return {
    doanKet: town(staffings.doanKet, actorsThen, null),
    haiHung: town(staffings.haiHung, actorsNow, pointId),
    police: town(staffings.police, actorsNow, null),
    department: town(staffings.department, actorsNow, null),
    accounts,
  }
}

async function agencyAt({ db }: DemoContext, code: string, day: Day) {
  const agency = await findAgencyByCode(db, 'gso', code, day)
  if (!agency) throw new Error(`demo: no agency has the code ${code} on ${day}`)
  return agency
}

const agencyOf = async (context: DemoContext, code: string, day: Day): Promise<number> =>
  (await agencyAt(context, code, day)).agencyId

/** Units and posts of one agency. Somebody of the same name in another agency is the same person. */
async function engage(
  { db }: DemoContext,
  { agencyId, units, officers, validFrom, validTo }: Staffing,
  { people, unitIds }: { people: People; unitIds: Map<string, number> },
): Promise<void> {
  for (const { desk, kind, name } of units)
    unitIds.set(`${agencyId}/${desk}`, await createUnit(db, { agencyId, kind, name, validFrom, validTo }))
  for (const { name, desk, role, title } of officers) {
    const officerId = people.get(name) ?? (await createOfficer(db, { name, title }))
    people.set(name, officerId)
    const unitId = unitIds.get(`${agencyId}/${desk}`)
    if (unitId === undefined) throw new Error(`demo: no desk ${desk} for ${name}`)
    await createPost(db, { officerId, agencyId, unitId, role, title, validFrom, validTo })
  }
}

async function openAccounts(
  context: DemoContext,
  staffings: readonly Staffing[],
  people: People,
): Promise<DemoAccount[]> {
  const wanted = staffings
    .flatMap(({ officers, short }) => officers.map((officer) => ({ ...officer, short })))
    .filter(({ user }) => user !== undefined)
  return Promise.all(
    wanted.map(async ({ name, user = '', title, short }) => {
      const password = makePassword()
      const made = await createAccount(context, {
        officerId: people.get(name) ?? 0,
        userName: user,
        password,
        demo: true,
      })
      if (!made.ok) throw new Error(`demo: account ${user}: ${made.refusal.code}`)
      return { username: user, password, post: `${name} – ${title}, ${short}` }
    }),
  )
}

async function actorsBy(
  { db }: DemoContext,
  staffings: readonly Staffing[],
  { day, people, unitIds }: { day: Day; people: People; unitIds: Map<string, number> },
): Promise<Map<number, Actor[]>> {
  const actors = new Map<number, Actor[]>()
  for (const { agencyId, officers } of staffings) {
    for (const { name, desk, role } of officers) {
      if (!isDelegable(role)) continue // administrators and supervisors handle no dossier
      const officerId = people.get(name) ?? 0
      const actor = { officerId, accountId: 0, name, posts: await postsOf(db, officerId, day) }
      const unitId = unitIds.get(`${agencyId}/${desk}`) ?? 0
      actors.set(unitId, [...(actors.get(unitId) ?? []), actor])
    }
  }
  return actors
}
