/** The process that a procedure itself foresees, and the limits that any process of it has to keep. NĐ 118/2025/NĐ-CP, Điều 18–20. */
import { timeLimitFor, type Channel, type ProcedureVersion, type TimeLimitPart } from '../../catalogue/index.ts'
import type { Process, Step } from '../contract.ts'
import { limitMinutes, stepMinutes, validateProcess, WORKING_DAY, type ProcessFinding } from './process.ts'

/**
 * A process that follows from the procedure itself: its unit examines, a leader signs, the office registers, the
 * one-stop desk returns; what the law gives to another authority stands between. The sum is exactly the time limit.
 */
export function defaultProcess(version: ProcedureVersion, caseKey: string, channel: Channel): Process {
  const limit = timeLimitFor(version, caseKey, channel)?.parts ?? [{ amount: 1, unit: 'workingDay' as const }]
  const handedTo = version.handOffs.map((handOff, index) => ({ ...handOff, key: `hand-off-${index + 1}` }))
  const ownedByPolice = version.defaultUnit === 'police'
  if (ownedByPolice && !handedTo.some(({ to }) => to === 'police'))
    handedTo.unshift({ key: 'hand-off-police', to: 'police', name: 'Công an cấp xã giải quyết', parts: [] })
  const total = limitMinutes(limit)
  const foreseen = handedTo.map(({ parts }) => limitMinutes(parts))
  const untimed = foreseen.filter((minutes) => minutes === 0).length
  const given = foreseen.reduce((sum, minutes) => sum + minutes, 0)
  // A hand-off that the law does not time gets a share of what is left; one that is too long is cut to half of the whole.
  const scale = given >= total ? total / 2 / given : 1
  const share = untimed === 0 ? 0 : Math.floor(((total - given * scale) * (ownedByPolice ? 0.7 : 0.4)) / untimed)
  const handOffs = handedTo.map(({ key, to, name, parts }, index): Step => {
    const minutes = Math.floor(foreseen[index] ? foreseen[index] * scale : share)
    const kept = parts.length > 0 && scale === 1 ? parts : null
    return {
      key,
      name,
      kind: 'hand-off',
      unitKind: to === 'police' ? 'police' : null,
      role: 'specialist',
      agency: { relation: to },
      minutes,
      limit: kept,
    }
  })
  const own = total - handOffs.reduce((sum, step) => sum + stepMinutes(step), 0)
  const part = (percent: number, most: number) => Math.min(most, Math.floor((own * percent) / 100))
  const sign = part(20, WORKING_DAY)
  const register = part(10, WORKING_DAY / 4)
  const back = part(10, WORKING_DAY / 4)
  const step = (
    change: Pick<Step, 'key' | 'name' | 'kind' | 'unitKind' | 'role' | 'minutes'> & Partial<Step>,
  ): Step => ({
    agency: 'own',
    limit: null,
    ...change,
  })
  const examining = own - (version.hasResult ? sign + register : 0) - back
  const examine = step({
    key: 'examine',
    name: ownedByPolice ? 'Kiểm tra, chuyển hồ sơ' : 'Thẩm định, giải quyết',
    kind: 'examine',
    unitKind: ownedByPolice ? 'one-stop' : version.defaultUnit,
    role: ownedByPolice || version.defaultUnit === 'one-stop' ? 'receiving-officer' : 'specialist',
    minutes: examining,
  })
  const signing = ownedByPolice
    ? step({
        key: 'sign',
        name: 'Lãnh đạo Công an cấp xã ký',
        kind: 'sign',
        unitKind: 'police',
        role: 'leader',
        minutes: sign,
        agency: { relation: 'police' },
      })
    : step({
        key: 'sign',
        name: 'Ký duyệt',
        kind: 'sign',
        unitKind: 'leadership',
        role: 'leader',
        minutes: sign,
      })
  const registering = step({
    key: 'register',
    name: 'Vào sổ, phát hành',
    kind: 'register',
    unitKind: 'office',
    role: 'clerk',
    minutes: register,
  })
  const returning = step({
    key: 'return',
    name: 'Trả kết quả',
    kind: 'return',
    unitKind: 'one-stop',
    role: 'receiving-officer',
    minutes: back,
  })
  const mine = version.hasResult ? [signing, registering] : []
  // The police sign what they settle; others take over after the commune has signed its own part.
  const order = ownedByPolice ? [examine, ...handOffs, ...mine, returning] : [examine, ...mine, ...handOffs, returning]
  return { stages: order.map((each) => ({ steps: [each] })) }
}

/** The shortest time limit among all channels of the case, or of all cases when none is named. */
export function shortestLimit(version: ProcedureVersion, caseKey: string | null): readonly TimeLimitPart[] | undefined {
  return version.cases
    .filter(({ key }) => caseKey === null || key === caseKey)
    .flatMap(({ timeLimits }) => timeLimits.map(({ parts }) => parts))
    .toSorted((one, other) => limitMinutes(one) - limitMinutes(other))[0]
}

/** What is wrong with a process for a procedure, or for one case of it: it keeps the shortest limit of those it serves. */
export function judgeProcess(version: ProcedureVersion, caseKey: string | null, process: Process): ProcessFinding[] {
  const limit = shortestLimit(version, caseKey)
  return validateProcess(process, { hasResult: version.hasResult, ...(limit ? { limit } : {}) })
}
