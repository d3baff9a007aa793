import { randomUUID } from 'node:crypto'
import { seedCalendar } from '../calendar/index.ts'
import { offerProcedures, readCatalogueData, seedCatalogue } from '../catalogue/index.ts'
import type { Actor } from '../identity/index.ts'
import { dayOf, type Instant } from '../platform/day.ts'
import {
  createAgency,
  createOfficer,
  createPost,
  createUnit,
  postsOf,
  type Role,
  type UnitKind,
} from '../staff/index.ts'
import type { DossierContext } from './commands.ts'
import type { ComponentInput, IntakeBody, PersonInput } from './contract.ts'

/** A commune at work, for tests: its units, one officer a role, and the procedures it offers. */
export type Commune = {
  agencyId: number
  units: Record<UnitKind, number>
  reception: Actor
  justice: Actor
  leader: Actor
  clerk: Actor
  admin: Actor
}

const FROM = '2018-07-01'

let seeded = new WeakSet<object>()

export async function aCommune(
  context: DossierContext,
  { name = 'Xã Mẫu', code = 'H99.01', parentId = null as number | null } = {},
): Promise<Commune> {
  const { db } = context
  if (!seeded.has(db)) {
    seeded = new WeakSet([db])
    await seedCalendar(db)
    await seedCatalogue(db, readCatalogueData())
  }
  const agencyId = await createAgency(db, {
    kind: 'commune',
    fullName: name,
    validFrom: FROM,
    parentId,
    codes: [{ scheme: 'dossier', code }],
  })
  const kinds = [
    'leadership',
    'one-stop',
    'office',
    'justice',
    'land',
    'social',
    'economy',
    'culture',
    'police',
    'other',
  ] as const
  const units = {} as Record<UnitKind, number>
  for (const kind of kinds)
    units[kind] = await createUnit(db, { agencyId, kind, name: `Bộ phận ${kind}`, validFrom: FROM })
  const officer = (role: Role, unit: UnitKind, who: string) =>
    anOfficer(context, { agencyId, unitId: units[unit], role, name: who })
  const procedures = readCatalogueData().versions as { code: string }[]
  await offerProcedures(db, {
    agencyId,
    codes: [...new Set(procedures.map((procedure) => procedure.code))],
    validFrom: FROM,
  })
  return {
    agencyId,
    units,
    reception: await officer('receiving-officer', 'one-stop', 'Phạm Thị Một Cửa'),
    justice: await officer('specialist', 'justice', 'Vũ Văn Tư Pháp'),
    leader: await officer('leader', 'leadership', 'Trần Văn Chủ Tịch'),
    clerk: await officer('clerk', 'office', 'Lê Thị Văn Thư'),
    admin: await officer('agency-admin', 'office', 'Đỗ Quản Trị'),
  }
}

/** An officer with one post, as the Actor of a request. */
export async function anOfficer(
  context: DossierContext,
  { agencyId, unitId, role, name }: { agencyId: number; unitId: number; role: Role; name: string },
): Promise<Actor> {
  const { db } = context
  const officerId = await createOfficer(db, { name })
  await createPost(db, { officerId, agencyId, unitId, role, title: name, validFrom: FROM })
  return { officerId, accountId: officerId, name, posts: await postsOf(db, officerId, dayOf(context.clock())) }
}

export const aPerson = (change: Partial<PersonInput> = {}): PersonInput => ({
  kind: 'individual',
  name: 'Nguyễn Văn An',
  identityKind: 'citizen',
  identityNumber: '001085012345',
  birthDay: '1985-03-02',
  sex: 'male',
  phone: '0912345678',
  email: '',
  address: 'Thôn Đông, xã Mẫu',
  unitCode: null,
  relation: '',
  ...change,
})

export const aComponent = (key: string, change: Partial<ComponentInput> = {}): ComponentInput => ({
  key,
  given: true,
  form: 'original',
  count: 1,
  digital: 'scanned',
  files: [],
  ...change,
})

/** The intake of a birth registration with everything that it needs. */
export function anIntake(
  context: DossierContext,
  commune: Pick<Commune, 'agencyId'>,
  change: Partial<IntakeBody> = {},
): IntakeBody {
  const code = change.procedureCode ?? '1.001193'
  const day = dayOf(context.clock())
  const versions = readCatalogueData().versions as {
    code: string
    validFrom: string
    validTo: string | null
    cases: { key: string; components: { key: string; need: string }[] }[]
  }[]
  const version = versions.find(
    (each) => each.code === code && each.validFrom <= day && (each.validTo === null || each.validTo >= day),
  )
  const found = version?.cases.find(({ key }) => change.caseKey === undefined || key === change.caseKey)
  return {
    commandId: randomUUID(),
    agencyId: commune.agencyId,
    receivingPointId: null,
    procedureCode: code,
    caseKey: found?.key ?? 'none',
    channel: 'counter',
    assisted: false,
    sets: 1,
    persons: { applicant: aPerson() },
    components: found?.components.map(({ key }) => aComponent(key)) ?? [],
    delivery: 'counter',
    deliveryAddress: '',
    feeUnits: { copies: 1, pages: 1, signatures: 1, contracts: 1 },
    exemptions: [],
    remark: '',
    decision: { type: 'receive' },
    ...change,
  }
}

/** A moment as a Vietnamese clock shows it: `at('2026-11-20', '08:30')`. */
export const at = (day: string, clock: string): Instant => new Date(`${day}T${clock}:00.000+07:00`).toISOString()
