import { caseOf, getVersion } from '../catalogue/index.ts'
import { dayOf } from '../platform/day.ts'
import { accept, refuse, type Result } from '../platform/result.ts'
import type { Actor } from '../identity/index.ts'
import type { CommandRefusal, DossierContext, Outcome } from './commands.ts'
import type { AmendBody, ComponentInput, PersonInput } from './contract.ts'
import { feesOf } from './fees.ts'
import { checkPersons, type IntakeRefusal } from './intake.ts'
import { give } from './requests.ts'
import { exemptionsIn, isSamePerson, patched, recounted, wantedFrom, type Filed, type Wanted } from './rules/amend.ts'
import type { Amendment, Counted, FeeLine, PersonRole } from './rules/events.ts'
import { openSecret, sealPerson } from './sealing.ts'
import type { PersonRow } from './store.ts'
import { readDossier, type OpenedDossier } from './view.ts'

type Refusal = CommandRefusal | IntakeRefusal

const TRIES = 5

/**
 * The applicant mends what was filed: papers, and what the two versions of the form say differently of persons, delivery
 * and fee. One command, so that it counts once and all of it or nothing.
 */
export async function mend(
  context: DossierContext,
  {
    agencyId,
    dossierId,
    commandId,
    type,
    components,
    before,
    after,
  }: {
    agencyId: number
    dossierId: string
    commandId: string
    /** Sends what was asked for, or adjusts what nobody has accepted yet. */
    type: 'acceptSupplement' | 'recordComponents'
    components: ComponentInput[]
    /** What the form said, and says now; null where there is none. */
    before: Filed | null
    after: Filed | null
  },
): Promise<Result<Outcome, Refusal>> {
  const wanted = before && after && wantedFrom(before, after)
  for (let tries = 1; ; tries += 1) {
    const opened = await readDossier(context, agencyId, dossierId)
    if (!opened) return refuse({ code: 'not-found' })
    const isDone = opened.events.some((event) => event.command_id === commandId)
    const found = wanted && !isDone ? await amendmentFor(context, opened, wanted) : accept(null)
    if (!found.ok) return found
    const outcome = await give(
      context,
      { actor: null, source: 'citizen' },
      {
        agencyId,
        dossierId,
        body: {
          commandId,
          // An amendment was made for the dossier as it stood; anything else may meet it as it stands.
          version: found.value ? opened.dossier.version : null,
          command: { type, components, ...(found.value ? { amendment: found.value.amendment } : {}) },
        },
        persons: found.value?.persons ?? [],
      },
    )
    if (outcome.ok || outcome.refusal.code !== 'changed-meanwhile' || tries === TRIES) return outcome
  }
}

/**
 * An officer corrects what is written of a person, for a visitor at the desk: the same entry of the log as when the
 * applicant mends it online, with the reason. What was filed and printed before stays as it was.
 */
export async function correctPerson(
  context: DossierContext,
  actor: Actor,
  {
    agencyId,
    dossierId,
    body: { commandId, version, role, change, reason },
  }: { agencyId: number; dossierId: string; body: AmendBody },
): Promise<Result<Outcome, Refusal>> {
  const opened = await readDossier(context, agencyId, dossierId)
  if (!opened?.dossier.persons[role]) return refuse({ code: 'not-found' })
  const isDone = opened.events.some((event) => event.command_id === commandId)
  const wanted: Wanted = { persons: { [role]: change }, delivery: null, deliveryAddress: null, feeUnits: null }
  const found = isDone ? accept(null) : await amendmentFor(context, opened, wanted)
  if (!found.ok) return found
  if (!found.value && !isDone) return refuse({ code: 'person-unchanged', pointer: '/change' })
  const { amendment, persons } = found.value ?? { amendment: unchanged, persons: [] }
  return give(
    context,
    { actor, source: 'officer' },
    {
      agencyId,
      dossierId,
      persons,
      body: { commandId, version, command: { type: 'amend', details: { reason }, amendment } },
    },
  )
}

const unchanged: Amendment = { persons: {}, delivery: null, fees: null, counted: null }

/** The entry of the log and the rows beside it; null when the dossier says the same already. */
async function amendmentFor(
  context: DossierContext,
  opened: OpenedDossier,
  wanted: Wanted,
): Promise<Result<{ amendment: Amendment; persons: PersonRow[] } | null, Refusal>> {
  const delivery = wanted.delivery ?? opened.dossier.delivery
  const known = currentOf(opened, 'applicant')?.content?.deliveryAddress ?? ''
  const deliveryAddress = delivery === 'post' ? (wanted.deliveryAddress ?? known) : ''
  if (delivery === 'post' && !deliveryAddress.trim())
    return refuse({ code: 'delivery-address-missing', pointer: '/deliveryAddress' })
  const people = personsAnew(context, opened, wanted, known !== deliveryAddress)
  const refusal = checkPersons(
    { ...people.now, ...people.changed },
    { only: Object.keys(people.changed), day: dayOf(context.clock()) },
  )
  if (refusal) return refuse(refusal)
  const owner = { agencyId: opened.agencyId, dossierId: opened.dossierId, at: context.clock() }
  const sealed = Object.entries(people.changed).map(([role, person]) => ({
    role,
    ...sealPerson(context.keys, person, {
      ...owner,
      roles: [role as PersonRole],
      deliveryAddress: role === 'applicant' ? deliveryAddress : '',
    }),
  }))
  const fees = wanted.feeUnits && (await feesAnew(context, opened, wanted.feeUnits))
  const amendment: Amendment = {
    persons: Object.fromEntries([
      ...people.gone.map((role) => [role, null]),
      ...sealed.map(({ role, ref }) => [role, ref]),
    ]),
    delivery: delivery === opened.dossier.delivery ? null : delivery,
    fees: fees?.lines ?? null,
    counted: fees?.counted ?? null,
  }
  const isEmpty = Object.keys(amendment.persons).length === 0 && amendment.delivery === null && !amendment.fees
  return accept(isEmpty ? null : { amendment, persons: sealed.map(({ row }) => row) })
}

type Persons = Partial<Record<PersonRole, PersonInput>>

/** Who stands in the dossier, who of them is to be written down anew, and who goes. A person who was erased stays so. */
function personsAnew(
  context: DossierContext,
  opened: OpenedDossier,
  wanted: Wanted,
  isElsewhere: boolean,
): { now: Persons; changed: Persons; gone: PersonRole[] } {
  const now: Persons = {}
  const changed: Persons = {}
  const gone: PersonRole[] = []
  for (const role of ['applicant', 'submitter', 'owner', 'delegate'] as const) {
    const row = currentOf(opened, role)
    const current = row && personOf(context, row)
    if (row && !current) continue
    const change = wanted.persons[role]
    if (change === null && current && role !== 'applicant') {
      gone.push(role)
      continue
    }
    if (current) now[role] = current
    const person = change ? patched(current, change) : current
    if (!person) continue
    // The address of the post stands with the applicant.
    const moves = role === 'applicant' && isElsewhere
    if (!current || moves || !isSamePerson(current, person)) changed[role] = person
  }
  return { now, changed, gone }
}

const currentOf = ({ dossier, persons }: OpenedDossier, role: PersonRole): PersonRow | undefined =>
  persons.find((row) => row.person_id === dossier.persons[role]?.id)

function personOf({ keys }: Pick<DossierContext, 'keys'>, row: PersonRow): PersonInput | undefined {
  if (!row.content) return undefined
  const { roles: _roles, maskedNumber: _masked, deliveryAddress: _address, ...facts } = row.content
  return { ...facts, ...openSecret(keys, row) }
}

/** The fees by the rule under which the dossier was lodged; null when they come out the same. */
async function feesAnew(
  { db }: DossierContext,
  { agencyId, dossier }: OpenedDossier,
  counts: NonNullable<Wanted['feeUnits']>,
): Promise<{ lines: FeeLine[]; counted: Counted } | null> {
  const { version } = await getVersion(db, dossier.procedureVersionId)
  const rules = caseOf(version, dossier.caseKey)?.fees ?? []
  const known = dossier.counted ?? { feeUnits: counts.before, exemptions: exemptionsIn(dossier.fees, rules) }
  const counted = recounted(known, counts)
  const { caseKey, channel, lodgedAt } = dossier
  const lines = await feesOf(db, { agencyId, version, caseKey, channel, counted, day: dayOf(lodgedAt) })
  return JSON.stringify(lines) === JSON.stringify(dossier.fees) ? null : { lines, counted }
}
