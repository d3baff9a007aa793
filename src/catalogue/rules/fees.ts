/** What a case costs. Luật Phí và lệ phí 97/2015/QH13; amounts by circular or by resolution of the province. */
import type { Dong } from '../../platform/money.ts'
import type { Channel, FeeRule, ProcedureVersion } from '../contract.ts'
import { caseOf } from './time-limit.ts'

/** How many of each unit a dossier asks for; one of each unless said. `page` counts the pages of one copy. */
export type FeeUnits = Partial<Record<FeeRule['per'], number>>

export type FeeFacts = {
  units?: FeeUnits
  /** Keys of exemptions that the applicant has shown to hold. */
  exemptionKeys?: readonly string[]
  /** Amounts that the province or the agency has set in place of the national text, by `feeKey`. */
  amounts?: Readonly<Record<string, Dong>>
  /** The resolutions that set these amounts, by `feeKey`; the receipt cites them. */
  bases?: Readonly<Record<string, string>>
}

export type FeeLine = {
  kind: FeeRule['kind']
  name: string
  per: FeeRule['per']
  units: number
  /** Amount of one unit as the rule says. */
  unitAmount: Dong
  /** To be paid, after the cap and the exemption. */
  amount: Dong
  /** Taken off by the most the law allows to ask. */
  overCap: Dong
  exemption: { key: string; name: string; percent: number; basis: string; amount: Dong } | null
  basis: string
}

export type Fees = { lines: FeeLine[]; total: Dong }

/** Whose amounts hold at an agency, the nearest first: its own, then those of its province. */
export const feeSetters = ({ agencyId, parentId }: { agencyId: number; parentId: number | null }): number[] =>
  parentId === null ? [agencyId] : [agencyId, parentId]

type Counted = { copies: number; pages: number; signatures: number; contracts: number }

/** What was counted at the intake, by what fees are charged for. */
export const unitsOf = ({ copies, pages, signatures, contracts }: Counted): FeeUnits => ({
  dossier: 1,
  copy: copies,
  page: pages,
  signature: signatures,
  contract: contracts,
})

/** Names a fee of a case from version to version, so that an amount set by the province stays with it. */
export const feeKey = (caseKey: string, rule: FeeRule): string =>
  [caseKey, rule.kind, rule.per, rule.fromUnit, rule.channels.toSorted().join('+'), rule.name].join('/')

/** The lines of the receipt and their total; no lines when the case is unknown or free. */
export function feesFor(version: ProcedureVersion, caseKey: string, channel: Channel, facts: FeeFacts = {}): Fees {
  const rules = (caseOf(version, caseKey)?.fees ?? []).filter(({ channels }) => channels.includes(channel))
  const lines = tierChains(rules).flatMap((chain) => linesOf(chain, caseKey, facts))
  return { lines, total: lines.reduce((sum, { amount }) => sum + amount, 0) }
}

/** A rule from a later unit on continues the nearest rule before it of the same kind and unit. */
export function tierChains(rules: readonly FeeRule[]): [FeeRule, ...FeeRule[]][] {
  const chains: [FeeRule, ...FeeRule[]][] = []
  for (const rule of rules) {
    const chain = chains.findLast(([first]) => first.kind === rule.kind && first.per === rule.per)
    if (chain?.every(({ fromUnit }) => fromUnit < rule.fromUnit)) chain.push(rule)
    else chains.push([rule])
  }
  return chains
}

function linesOf(
  chain: readonly FeeRule[],
  caseKey: string,
  { units = {}, exemptionKeys = [], amounts = {}, bases = {} }: FeeFacts,
): FeeLine[] {
  const caps = chain.flatMap(({ cap }) => (cap === null ? [] : [cap]))
  let room = caps.length === 0 ? Infinity : Math.min(...caps)
  return chain.flatMap((rule, index) => {
    const asked = rule.per === 'dossier' ? 1 : Math.max(0, Math.trunc(units[rule.per] ?? 1))
    const nextFrom = chain[index + 1]?.fromUnit ?? Infinity
    const count = Math.max(0, Math.min(asked, nextFrom - 1) - rule.fromUnit + 1)
    if (count === 0) return []
    const unitAmount = amounts[feeKey(caseKey, rule)] ?? rule.amount
    const copies = rule.per === 'page' ? Math.max(0, Math.trunc(units.copy ?? 1)) : 1
    const capped = Math.min(unitAmount * count, room)
    room -= capped
    const due = capped * copies
    const exemption = rule.exemptions
      .filter(({ key }) => exemptionKeys.includes(key))
      .toSorted((one, other) => other.percent - one.percent)[0]
    // A half đồng falls in favour of the one who pays.
    const payable = exemption ? Math.floor((due * (100 - exemption.percent)) / 100) : due
    return [
      {
        kind: rule.kind,
        name: rule.name,
        per: rule.per,
        units: count * copies,
        unitAmount,
        amount: payable,
        overCap: unitAmount * count * copies - due,
        exemption: exemption ? { ...exemption, amount: due - payable } : null,
        basis: bases[feeKey(caseKey, rule)] ?? rule.basis,
      },
    ]
  })
}
