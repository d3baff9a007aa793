// Biểu mẫu 3 (1.x, 2.x) và Biểu mẫu 7 (6.4–6.8): what the catalogue says of an agency on a day.
import { isInForce, type OfferedProcedure } from '../../../catalogue/index.ts'
import { addDays, type Day } from '../../../platform/day.ts'
import type { Measure } from './definition.ts'

type Version = OfferedProcedure['versions'][number]

export type MeasureFacts = {
  from: Day
  to: Day
  procedures: readonly OfferedProcedure[]
  /** Codes with at least one dossier filed online in the period. */
  usedOnline: ReadonlySet<string>
}

/** Codes that a measure counts: the number and the list are one. */
export function codesOf(measure: Measure, facts: MeasureFacts): string[] {
  const { procedures, from, to, usedOnline } = facts
  const inForce = procedures.flatMap((procedure) => {
    const version = versionOn(procedure, to)
    return version ? [{ code: procedure.code, version }] : []
  })
  const codes = (keep: (version: Version, code: string) => boolean) =>
    inForce.filter(({ version, code }) => keep(version, code)).map(({ code }) => code)
  const was = (procedure: OfferedProcedure, day: Day) => versionOn(procedure, day) !== undefined
  switch (measure) {
    case 'in-force':
      return codes(() => true)
    case 'in-force-province':
      return codes(({ levels }) => levels.includes('province'))
    case 'in-force-district':
      return codes(({ levels }) => levels.includes('district'))
    case 'in-force-commune':
      return codes(({ levels }) => levels.includes('commune'))
    case 'new':
      return procedures
        .filter((procedure) => was(procedure, to) && !was(procedure, addDays(from, -1)) && isNewIn(procedure, from))
        .map(({ code }) => code)
    case 'abolished':
      return procedures
        .filter((procedure) => was(procedure, addDays(from, -1)) && !was(procedure, to))
        .map(({ code }) => code)
    case 'same-level':
      return codes((version) => linkageOn(version, to)?.kind === 'same-level')
    case 'between-levels':
      return codes((version) => ['between-levels', 'mixed'].includes(linkageOn(version, to)?.kind ?? 'none'))
    case 'boundary-free':
      return codes((version) => linkageOn(version, to)?.boundaryFree === true)
    case 'level-3':
      return codes((version) => levelOf(version, to) === 3)
    case 'level-4':
      return codes((version) => levelOf(version, to) === 4)
    case 'level-3-provided':
      return codes((version) => levelOf(version, to) === 3 && version.isOnline)
    case 'level-4-provided':
      return codes((version) => levelOf(version, to) === 4 && version.isOnline)
    case 'level-3-used-online':
      return codes((version, code) => levelOf(version, to) === 3 && version.isOnline && usedOnline.has(code))
    case 'level-4-used-online':
      return codes((version, code) => levelOf(version, to) === 4 && version.isOnline && usedOnline.has(code))
    case 'level-3-or-4':
      return codes((version) => levelOf(version, to) !== undefined)
    case 'with-fees':
      return codes((version) => version.hasFees)
  }
}

/**
 * The levels of older years and the words that took their place: một phần stands where level 3 stood, toàn trình where
 * level 4 stood. NĐ 42/2022/NĐ-CP, Điều 11; NĐ 43/2011/NĐ-CP, Điều 3.
 */
function levelOf({ serviceLevels }: Version, day: Day): 3 | 4 | undefined {
  const level = serviceLevels.find((each) => isInForce(each, day))?.level
  if (level === '3' || level === 'partial') return 3
  return level === '4' || level === 'full' ? 4 : undefined
}

const linkageOn = ({ linkages }: Version, day: Day) => linkages.find((linkage) => isInForce(linkage, day))

function versionOn({ versions, offered }: OfferedProcedure, day: Day): Version | undefined {
  if (!offered.some((validity) => isInForce(validity, day))) return undefined
  return versions.find((version) => isInForce(version, day))
}

/** New is what began in the period; that an agency began its work is not news of its procedures. */
const isNewIn = ({ versions }: OfferedProcedure, from: Day): boolean =>
  versions.every(({ validFrom }) => validFrom >= from)
