import type { CatalogueTables, Channel, ProcedureVersion } from '../catalogue/index.ts'
import { dayOf, type Day } from '../platform/day.ts'
import type { Db } from '../platform/db.ts'
import { findAgencies, getAgency, listUnits, type StaffTables, type Unit, type UnitKind } from '../staff/index.ts'
import {
  findProcess,
  processFor,
  stepMinutes,
  type Process,
  type Step,
  type StepAgency,
  type WorkflowTables,
} from '../workflow/index.ts'
import { keptProcess } from './kept-process.ts'
import { remember } from './memory.ts'
import type { Dossier } from './rules/events.ts'
import type { Place, Plan } from './rules/lifecycle.ts'
import type { DossierTables } from './store.ts'

type PlanDb = Db<StaffTables & CatalogueTables & WorkflowTables & Pick<DossierTables, 'dossiers.process'>>

/** A process with the units that do its steps in one agency. */
export type ResolvedPlan = { processId: number | null; process: Process; plan: Plan; oneStop: Place }

/** What is known of an agency on a day: its code, its units, and the partners that were looked for. */
type Known = {
  code: string | null
  units: Unit[]
  partners: Map<string, { agencyId: number; units: Unit[] } | undefined>
}

const known = (db: PlanDb, agencyId: number, day: Day): Promise<Known> =>
  remember(db, `units/${agencyId}/${day}`, async () => {
    const [units, agency] = await Promise.all([listUnits(db, agencyId), getAgency(db, agencyId, day)])
    return { code: agency.dossierCode, units, partners: new Map() }
  })

const inForce = (units: readonly Unit[], day: Day) => {
  const now = units.filter(({ validFrom, validTo }) => validFrom <= day && (validTo === null || day <= validTo))
  // A closed agency's dossiers are ended by the units that it had last.
  return now.length > 0 ? now : units
}

/** Since 7/2025 a commune has fewer, broader units. */
const successors: Partial<Record<UnitKind, readonly UnitKind[]>> = {
  land: ['economy'],
  economy: ['land'],
  social: ['culture'],
  culture: ['social'],
}

/** The unit of this kind, or the nearest that an agency without it would use. Throws when it has no unit at all. */
function unitOf(units: readonly Unit[], kinds: readonly UnitKind[], agencyId: number): number {
  const likely = kinds.flatMap((kind) => [kind, ...(successors[kind] ?? [])])
  for (const kind of [...likely, 'office', 'one-stop', 'other', 'leadership'] as const) {
    const unit = units.find((candidate) => candidate.kind === kind)
    if (unit) return unit.unitId
  }
  const [first] = units
  if (!first) throw new Error(`agency ${agencyId} has no unit`)
  return first.unitId
}

export async function oneStopOf(db: PlanDb, agencyId: number, day: Day): Promise<Place> {
  const { units } = await known(db, agencyId, day)
  return { agencyId, unitId: unitOf(inForce(units, day), ['one-stop'], agencyId) }
}

/** The code that begins every dossier code of this agency. Throws when it has none. */
export async function agencyCodeOf(db: PlanDb, agencyId: number, day: Day): Promise<string> {
  const { code } = await known(db, agencyId, day)
  if (!code) throw new Error(`agency ${agencyId} has no code for dossiers`)
  return code
}

/** Where the steps of this process are done. */
export async function resolvePlan(
  db: PlanDb,
  { agencyId, process, day }: { agencyId: number; process: Process; day: Day },
): Promise<Plan> {
  const facts = await known(db, agencyId, day)
  const own = inForce(facts.units, day)
  const place = async (step: Step): Promise<Place> => {
    const wanted: UnitKind[] = step.unitKind ? [step.unitKind] : []
    if (step.agency === 'own') return { agencyId, unitId: unitOf(own, wanted, agencyId) }
    const partner = await partnerOf(db, facts, {
      agencyId,
      relation: step.agency.relation,
      fixed: step.agency.agencyId,
      day,
    })
    // An authority that does not work with this system: our own desk keeps the step and carries the papers.
    if (!partner || partner.units.length === 0) return { agencyId, unitId: unitOf(own, ['one-stop'], agencyId) }
    const kinds: UnitKind[] = step.role === 'leader' ? ['leadership'] : [...wanted, 'police', 'office']
    return { agencyId: partner.agencyId, unitId: unitOf(inForce(partner.units, day), kinds, partner.agencyId) }
  }
  return Promise.all(
    process.stages.map(({ steps }) =>
      Promise.all(
        steps.map(async (step) => ({
          key: step.key,
          kind: step.kind,
          minutes: stepMinutes(step),
          ...(await place(step)),
        })),
      ),
    ),
  )
}

type Relation = Exclude<StepAgency, 'own'>['relation']
type Wanted = { agencyId: number; relation: Relation; fixed: number | undefined; day: Day }

async function partnerOf(db: PlanDb, facts: Known, { agencyId, relation, fixed, day }: Wanted) {
  const key = `${relation}/${fixed ?? ''}`
  if (!facts.partners.has(key)) {
    const partnerId = fixed ?? (await findPartner(db, { agencyId, relation, day }))
    facts.partners.set(
      key,
      partnerId === undefined ? undefined : { agencyId: partnerId, units: await listUnits(db, partnerId) },
    )
  }
  return facts.partners.get(key)
}

/** The commune's own police, its district while there were any, or the only department of its province; several need to be named in the process. */
async function findPartner(
  db: PlanDb,
  { agencyId, relation, day }: Omit<Wanted, 'fixed'>,
): Promise<number | undefined> {
  if (relation === 'other-commune') return undefined
  if (relation === 'police')
    return (await findAgencies(db, { day, kinds: ['police'], parentId: agencyId }))[0]?.agencyId
  const { parentId } = await getAgency(db, agencyId, day)
  if (parentId === null) return undefined
  if (relation === 'district') return (await getAgency(db, parentId, day)).kind === 'district' ? parentId : undefined
  const departments = await findAgencies(db, { day, kinds: ['department'], parentId })
  return departments.length === 1 ? departments[0]?.agencyId : undefined
}

/** The plan of a new dossier, by the process in force on its day. */
export async function planForNew(
  db: PlanDb,
  {
    agencyId,
    version,
    caseKey,
    channel,
    day,
  }: { agencyId: number; version: ProcedureVersion; caseKey: string; channel: Channel; day: Day },
): Promise<ResolvedPlan> {
  const { processId, process } = await processFor(db, { agencyId, version, caseKey, channel, day })
  return placed(db, agencyId, { processId, process, day })
}

/** A process with the places where its steps are done. */
const placed = async (
  db: PlanDb,
  agencyId: number,
  { processId, process, day }: Pick<ResolvedPlan, 'processId' | 'process'> & { day: Day },
): Promise<ResolvedPlan> => ({
  processId,
  process,
  plan: await resolvePlan(db, { agencyId, process, day }),
  oneStop: await oneStopOf(db, agencyId, day),
})

type Planned = { dossier: Dossier; version: ProcedureVersion; day: Day }

/** The plan that a dossier keeps: its process with the places where the steps are done. */
export const planOf = async (db: PlanDb, planned: Planned): Promise<ResolvedPlan> =>
  placed(db, planned.dossier.agencyId, await processUnder(db, planned))

/**
 * The process under which a dossier was received, or would be today, and the day whose units do it. Dossiers received before
 * copies were kept follow the process of their agency by its number, or the one that their procedure foresees.
 */
export async function processUnder(
  db: PlanDb,
  { dossier, version, day }: Planned,
): Promise<Pick<ResolvedPlan, 'processId' | 'process'> & { day: Day }> {
  const { agencyId, caseKey, channel, processId } = dossier
  const kept = await processOf(db, dossier)
  // Without a process of its own the agency had the units of the day of reception.
  const on = processId === null && dossier.receivedAt ? dayOf(dossier.receivedAt) : day
  if (kept) return { processId, process: kept, day: on }
  return { ...(await processFor(db, { agencyId, version, caseKey, channel, day: on })), day: on }
}

async function processOf(db: PlanDb, { agencyId, process, processId }: Dossier): Promise<Process | undefined> {
  if (process !== null) return keptProcess(db, process)
  return processId === null ? undefined : (await findProcess(db, agencyId, processId))?.process
}
