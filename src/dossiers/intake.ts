import { caseOf, offeredOn, versionOn, type CatalogueTables, type ProcedureVersion } from '../catalogue/index.ts'
import type { Day } from '../platform/day.ts'
import type { Db } from '../platform/db.ts'
import { accept, refuse, type Result } from '../platform/result.ts'
import { listReceivingPoints, type StaffTables } from '../staff/index.ts'
import type { IntakeBody, PersonInput } from './contract.ts'
import { feesOf } from './fees.ts'
import { forget, remember } from './memory.ts'
import type { FeeLine } from './rules/events.ts'
import type { IntakeRefusal } from './refusals.ts'
import { isMissing, withClosedWay } from './rules/component-way.ts'
import { checkPerson, type PersonRefusal } from './rules/person.ts'

export type { IntakeRefusal }

/** An intake whose facts were looked up and found possible. */
export type CheckedIntake = {
  versionId: number
  version: ProcedureVersion
  fees: FeeLine[]
}

/** The procedure that an agency takes in on this day, with what it costs there. */
export async function lookUpProcedure(
  db: Db<CatalogueTables & StaffTables>,
  {
    agencyId,
    procedureCode,
    caseKey,
    channel,
    feeUnits,
    exemptions,
    day,
  }: Pick<IntakeBody, 'agencyId' | 'procedureCode' | 'caseKey' | 'channel' | 'feeUnits' | 'exemptions'> & { day: Day },
): Promise<Result<CheckedIntake, IntakeRefusal>> {
  const stored = await versionOn(db, procedureCode, day)
  const offers = () => remember(db, `offered/${agencyId}/${day}`, () => offeredOn(db, agencyId, day))
  let offered = await offers()
  if (!offered.includes(procedureCode)) {
    forget(db, `offered/${agencyId}/${day}`)
    offered = await offers()
  }
  if (!stored || !offered.includes(procedureCode))
    return refuse({ code: 'procedure-not-offered', pointer: '/procedureCode' })
  if (!caseOf(stored.version, caseKey)) return refuse({ code: 'case-unknown', pointer: '/caseKey' })
  const counted = { feeUnits, exemptions }
  const fees = await feesOf(db, { agencyId, version: stored.version, caseKey, channel, counted, day })
  return accept({ ...stored, fees })
}

/** Everything about an intake that can be wrong besides its shape; the first thing found is told, with its field. */
export async function checkIntake(
  db: Db<CatalogueTables & StaffTables>,
  body: IntakeBody,
  day: Day,
): Promise<Result<CheckedIntake, IntakeRefusal>> {
  const found = await lookUpProcedure(db, { ...body, day })
  if (!found.ok) return found
  const rules = caseOf(found.value.version, body.caseKey)?.components ?? []
  const unknown = body.components.find(({ key }) => !rules.some((rule) => rule.key === key))
  if (unknown) return refuse({ code: 'component-unknown', facts: { key: unknown.key }, pointer: '/components' })
  const keys = body.components.map(({ key }) => key)
  const twice = keys.find((key, index) => keys.indexOf(key) !== index)
  if (twice !== undefined) return refuse({ code: 'component-twice', facts: { key: twice }, pointer: '/components' })
  const closed = withClosedWay(body.components, rules)
  if (closed) return refuse({ code: 'component-way-closed', facts: { key: closed.key }, pointer: '/components' })
  // Files come to a dossier once it is there: an id that is named before cannot be one of its own.
  if (body.components.some(({ files }) => files.length > 0))
    return refuse({ code: 'file-unknown', pointer: '/components' })
  if (body.decision.type === 'requestSupplement') {
    const key = body.decision.componentKeys.find((one) => !rules.some((rule) => rule.key === one))
    if (key !== undefined)
      return refuse({ code: 'component-unknown', facts: { key }, pointer: '/decision/componentKeys' })
  }
  if (body.decision.type === 'receive') {
    const states = new Map(body.components.map((component) => [component.key, component]))
    const missing = rules.filter((rule) => isMissing(rule, states.get(rule.key)))
    if (missing.length > 0) {
      return refuse({
        code: 'components-missing',
        facts: { names: missing.map(({ name }) => name).join('; ') },
        pointer: '/components',
      })
    }
  }
  const wrongPerson = checkPersons(body.persons, { day })
  if (wrongPerson) return refuse(wrongPerson)
  if (body.delivery === 'post' && !body.deliveryAddress.trim())
    return refuse({ code: 'delivery-address-missing', pointer: '/deliveryAddress' })
  if (body.receivingPointId !== null) {
    const { agencyId } = body
    const points = await remember(db, `points/${agencyId}/${day}`, () => listReceivingPoints(db, agencyId, day))
    if (!points.some(({ receivingPointId }) => receivingPointId === body.receivingPointId)) {
      return refuse({ code: 'receiving-point-unknown', pointer: '/receivingPointId' })
    }
  }
  return found
}

/** The first person that cannot be taken in so, with the place; of all, or of those in these roles only. */
export function checkPersons(
  persons: Partial<IntakeBody['persons']>,
  { day, only }: { day: Day; only?: readonly string[] },
): IntakeRefusal | undefined {
  for (const [role, person] of Object.entries(persons)) {
    if (only && !only.includes(role)) continue
    const refusal = checkPerson(person, {
      today: day,
      mustBeKnown: role === 'applicant',
      mustBeAdult: mustBeAdult(persons, role),
    })
    if (refusal) return { ...refusal, pointer: `/persons/${role}${refusal.field}` }
  }
  return undefined
}

/** Whoever hands the dossier in must be of age; a child may be the one whom it is about. */
const mustBeAdult = ({ submitter, delegate }: Partial<IntakeBody['persons']>, role: string): boolean =>
  role === 'submitter' || role === 'delegate' || (role === 'applicant' && !submitter && !delegate)

/** Persons that appear in a command later on, e.g. whoever collects the result. */
export const checkRecipient = (person: PersonInput, today: Day): PersonRefusal | undefined =>
  checkPerson(person, { today, mustBeKnown: false, mustBeAdult: false })
