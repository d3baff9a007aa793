/** What keeps a version from being published. NĐ 63/2010/NĐ-CP, Điều 8: every part that must be made public. */
import type { Day } from '../../platform/day.ts'
import { addDays, isDay } from '../../platform/day.ts'
import type { FeeRule, ProcedureCase, ProcedureVersion } from '../contract.ts'
import { tierChains } from './fees.ts'
import { guideFaults, type GuideFault } from './guide.ts'
import { overlap, type Validity } from './validity.ts'

export type FindingCode =
  | 'schema'
  | 'empty-text'
  | 'impossible-day'
  | 'validity-reversed'
  | 'unknown-field'
  | 'duplicate-key'
  | 'overlapping-time-limits'
  | 'channel-not-described'
  | 'channel-without-time-limit'
  | 'at-once-mixed'
  | 'empty-time-limit'
  | 'overlapping-fees'
  | 'fee-tier-without-start'
  | 'condition-missing'
  | 'component-without-number'
  | 'result-missing'
  | 'result-unexpected'
  | 'dated-overlap'
  | 'dated-gap'
  | 'reason-missing'
  | 'hand-off-missing'
  | GuideFault['code']

/** `pointer` is a JSON pointer into the version. An error forbids publishing, a warning asks to look again. */
export type Finding = { pointer: string; code: FindingCode; severity: 'error' | 'warning'; about: string }

type Found = (code: FindingCode, pointer: string, about?: string, severity?: Finding['severity']) => void

/** All findings, in the order of the version's parts. The shape itself is the schema's matter (`checkVersion`). */
export function validateVersion(version: ProcedureVersion, { fields }: { fields?: readonly string[] } = {}): Finding[] {
  const findings: Finding[] = []
  const found: Found = (code, pointer, about = '', severity = 'error') =>
    findings.push({ pointer, code, severity, about })
  for (const part of [
    'name',
    'shortName',
    'decision',
    'kind',
    'executingAgency',
    'competentAgency',
    'receivingPlace',
    'source',
  ] as const)
    if (version[part].trim() === '') found('empty-text', `/${part}`)
  for (const part of ['sequence', 'subjects'] as const)
    version[part].forEach((text, index) => text.trim() === '' && found('empty-text', `/${part}/${index}`))
  if (fields && !fields.includes(version.field)) found('unknown-field', '/field', version.field)
  checkValidity(version, '', found)
  version.legalBasis.forEach(({ date }, index) => {
    if (date !== null && !isDay(date)) found('impossible-day', `/legalBasis/${index}/date`, date)
  })
  repeated(version.cases.map(({ key }) => key)).forEach(([key, index]) =>
    found('duplicate-key', `/cases/${index}/key`, key),
  )
  version.cases.forEach((item, index) => checkCase(version, item, `/cases/${index}`, found))
  repeated((version.guide ?? []).map(({ key }) => key)).forEach(([key, index]) =>
    found('duplicate-key', `/guide/${index}/key`, key),
  )
  for (const { code, at, about } of guideFaults(version)) found(code, at, about)
  if (version.hasResult && version.results.length === 0) found('result-missing', '/results')
  if (!version.hasResult && version.results.length > 0) found('result-unexpected', '/results', '', 'warning')
  checkDated(version, version.serviceLevels, '/serviceLevels', found)
  version.serviceLevels.forEach(({ level, validTo, reason }, index) => {
    // NĐ 224/2026/NĐ-CP, Điều 14: from 1/7/2026 a partial service needs a published reason.
    if (level === 'partial' && (validTo === null || validTo >= '2026-07-01') && !reason?.trim())
      found('reason-missing', `/serviceLevels/${index}/reason`, '', 'warning')
  })
  checkDated(version, version.linkages, '/linkages', found)
  version.linkages.forEach(({ kind }, index) => {
    if ((kind === 'between-levels' || kind === 'mixed') && version.handOffs.length === 0)
      found('hand-off-missing', `/linkages/${index}`, '', 'warning')
  })
  return findings
}

export const mayPublish = (findings: readonly Finding[]): boolean =>
  findings.every(({ severity }) => severity !== 'error')

function checkCase(version: ProcedureVersion, item: ProcedureCase, at: string, found: Found): void {
  const described = new Set(version.channelNotes.map(({ channel }) => channel))
  repeated(item.components.map(({ key }) => key)).forEach(([key, index]) =>
    found('duplicate-key', `${at}/components/${index}/key`, key),
  )
  item.components.forEach((component, index) => {
    if (component.need === 'conditional' && !component.condition?.trim())
      found('condition-missing', `${at}/components/${index}/condition`)
    if (component.need === 'required' && component.originals + component.copies === 0)
      found('component-without-number', `${at}/components/${index}`, component.name, 'warning')
  })
  repeated(
    item.timeLimits.flatMap(({ channels }, index) => channels.map((channel) => [channel, index] as const)),
  ).forEach(([channel, index]) => found('overlapping-time-limits', `${at}/timeLimits/${index}/channels`, channel))
  item.timeLimits.forEach(({ channels, parts }, index) => {
    for (const channel of channels)
      if (!described.has(channel)) found('channel-not-described', `${at}/timeLimits/${index}/channels`, channel)
    const atOnce = parts.some(({ unit }) => unit === 'atOnce')
    if (atOnce && (parts.length > 1 || parts.some(({ amount }) => amount !== 0)))
      found('at-once-mixed', `${at}/timeLimits/${index}/parts`)
    if (!atOnce && parts.some(({ amount }) => amount === 0))
      found('empty-time-limit', `${at}/timeLimits/${index}/parts`)
  })
  const timed = new Set(item.timeLimits.flatMap(({ channels }) => channels))
  for (const channel of described)
    if (!timed.has(channel)) found('channel-without-time-limit', `${at}/timeLimits`, channel, 'warning')
  checkFees(item.fees, `${at}/fees`, found)
}

function checkFees(fees: readonly FeeRule[], at: string, found: Found): void {
  const names = fees.flatMap(({ kind, name, per, fromUnit, channels }, index) =>
    channels.map((channel) => [[kind, name, per, fromUnit, channel].join('/'), index] as const),
  )
  const seen = new Set<number>()
  for (const [, index] of repeated(names)) {
    if (!seen.has(index)) found('overlapping-fees', `${at}/${index}`, fees[index]?.name)
    seen.add(index)
  }
  for (const channel of ['counter', 'online', 'post'] as const)
    for (const [first] of tierChains(fees.filter(({ channels }) => channels.includes(channel)))) {
      const index = fees.indexOf(first)
      if (first.fromUnit === 1 || seen.has(index)) continue
      seen.add(index)
      found('fee-tier-without-start', `${at}/${index}/fromUnit`, first.name)
    }
  fees.forEach(({ exemptions }, index) =>
    repeated(exemptions.map(({ key }) => key)).forEach(([key, place]) =>
      found('duplicate-key', `${at}/${index}/exemptions/${place}/key`, key),
    ),
  )
}

/** Dated attributes hold one after the other and cover the whole validity of the version. */
function checkDated(version: Validity, items: readonly Validity[], at: string, found: Found): void {
  items.forEach((item, index) => {
    checkValidity(item, `${at}/${index}`, found)
    if (items.some((other, place) => place < index && overlap(item, other)))
      found('dated-overlap', `${at}/${index}`, item.validFrom)
  })
  let covered: Day = version.validFrom
  for (const { validFrom, validTo } of items.toSorted((one, other) => (one.validFrom < other.validFrom ? -1 : 1))) {
    if (validFrom > covered) break
    if (validTo === null) return
    if (validTo >= covered && isDay(validTo)) covered = addDays(validTo, 1)
  }
  if (version.validTo === null || covered <= version.validTo) found('dated-gap', at, covered)
}

function checkValidity({ validFrom, validTo }: Validity, at: string, found: Found): void {
  if (!isDay(validFrom)) found('impossible-day', `${at}/validFrom`, validFrom)
  if (validTo !== null && !isDay(validTo)) found('impossible-day', `${at}/validTo`, validTo)
  if (validTo !== null && validTo < validFrom) found('validity-reversed', `${at}/validTo`, validTo)
}

/** Each value that stood there before, with its place. */
function repeated(values: readonly (string | readonly [string, number])[]): [string, number][] {
  const seen = new Set<string>()
  const again: [string, number][] = []
  values.forEach((value, place) => {
    const [key, index] = typeof value === 'string' ? [value, place] : value
    if (seen.has(key)) again.push([key, index])
    seen.add(key)
  })
  return again
}
