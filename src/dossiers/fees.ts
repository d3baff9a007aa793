import {
  caseOf,
  feeKey,
  feeSetters,
  feesFor,
  setFeesOn,
  unitsOf,
  type CatalogueTables,
  type FeeRule,
  type ProcedureVersion,
  type SetFee,
} from '../catalogue/index.ts'
import { dayOf, type Day } from '../platform/day.ts'
import type { Db } from '../platform/db.ts'
import { getAgency, type StaffTables } from '../staff/index.ts'
import type { IntakeBody } from './contract.ts'
import { forget, remember } from './memory.ts'
import { exemptionsIn } from './rules/amend.ts'
import type { Counted, Dossier, FeeLine } from './rules/events.ts'

type FeeDb = Db<CatalogueTables & StaffTables>
type Asked = Pick<IntakeBody, 'agencyId' | 'caseKey' | 'channel'> & { version: ProcedureVersion; day: Day }

/** What a case costs at an agency on a day, as the lines of a receipt. */
export async function feesOf(
  db: FeeDb,
  { counted: { feeUnits, exemptions }, ...asked }: Asked & { counted: Counted },
): Promise<FeeLine[]> {
  const { version, caseKey, channel } = asked
  const set = Object.entries(await setOf(db, asked))
  const { lines } = feesFor(version, caseKey, channel, {
    units: unitsOf(feeUnits),
    exemptionKeys: exemptions,
    amounts: Object.fromEntries(set.map(([key, { amount }]) => [key, amount])),
    bases: Object.fromEntries(set.map(([key, { basis }]) => [key, basis])),
  })
  return lines.map(({ name, kind, amount, basis, exemption }) => ({
    name,
    kind,
    amount,
    basis: exemption ? exemption.basis : basis,
  }))
}

/** Fees whose amount the law leaves to the province without naming one. */
const openRules = ({ version, caseKey, channel }: Asked): FeeRule[] =>
  (caseOf(version, caseKey)?.fees ?? []).filter(
    ({ setBy, amount, channels }) => setBy === 'province' && amount === 0 && channels.includes(channel),
  )

/** What the agency or its province has set in place of the national text; what is missing is looked for each time anew. */
async function setOf(db: FeeDb, asked: Asked): Promise<Record<string, SetFee>> {
  const { agencyId, version, caseKey, day } = asked
  const key = `fees/${agencyId}/${version.code}/${day}`
  const look = () =>
    remember(db, key, async () => {
      const agencyIds = feeSetters(await getAgency(db, agencyId, day))
      return setFeesOn(db, { agencyIds, code: version.code, day })
    })
  const set = await look()
  if (openRules(asked).every((rule) => set[feeKey(caseKey, rule)])) return set
  forget(db, key)
  return look()
}

/** Fees left to the province whose amount nobody has set: they come out as nothing, which does not make them free. */
export async function unsetFees(
  db: FeeDb,
  { fees, exemptions, ...asked }: Asked & { fees: readonly FeeLine[]; exemptions: readonly string[] },
): Promise<string[]> {
  const open = openRules(asked).filter((rule) =>
    fees.some((line) => line.name === rule.name && line.amount === 0 && isOwed(rule, { line, exemptions })),
  )
  if (open.length === 0) return []
  const set = await setOf(db, asked)
  // Set to nothing by a resolution, it is free indeed.
  const unset = open.filter((rule) => set[feeKey(asked.caseKey, rule)]?.amount !== 0)
  return [...new Set(unset.map(({ name }) => name))]
}

/** Not of somebody who is wholly exempt, nor where a resolution set it, which puts its own basis on the line. */
const isOwed = (rule: FeeRule, { line, exemptions }: { line: FeeLine; exemptions: readonly string[] }): boolean =>
  [rule, ...rule.exemptions].some(({ basis }) => basis === line.basis) &&
  !rule.exemptions.some(({ key, percent }) => percent === 100 && exemptions.includes(key))

/** The fees of a dossier whose amounts were missing when it was lodged. */
export type MissingFees = {
  unset: string[]
  /** All its fees anew, where an amount that holds on the day of lodging was entered since; null where none was. */
  recounted: FeeLine[] | null
}

/** What is missing of the fees of a dossier, and what they come to by what is known now of its day of lodging. */
export async function missingFees(
  db: FeeDb,
  { dossier, version }: { dossier: Dossier; version: ProcedureVersion },
): Promise<MissingFees> {
  const { agencyId, caseKey, channel, fees, lodgedAt } = dossier
  const asked = { agencyId, caseKey, channel, version, day: dayOf(lodgedAt) }
  const rules = caseOf(version, caseKey)?.fees ?? []
  const exemptions = dossier.counted?.exemptions ?? exemptionsIn(fees, rules)
  const unset = await unsetFees(db, { ...asked, fees, exemptions })
  // Where it was not kept what was counted, only what does not depend on it can be counted again.
  const isCountable = dossier.counted !== undefined || rules.every(({ per }) => per === 'dossier')
  if (unset.length === 0 || !isCountable) return { unset, recounted: null }
  const counted = dossier.counted ?? { feeUnits: one, exemptions }
  const recounted = await feesOf(db, { ...asked, counted })
  const known = recounted.some(({ name, amount }) => amount > 0 && unset.includes(name))
  return { unset, recounted: known ? recounted : null }
}

const one = { copies: 1, pages: 1, signatures: 1, contracts: 1 }
