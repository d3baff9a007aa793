import { addDays, type Day } from '../../platform/day.ts'
import { EARLIEST } from '../rules/units.ts'

type Words = { sinceBefore: string; untilFurther: string }

/** `01/07/2025 – đến nay`; what the records do not date is said in words. */
export function writeValidity(
  { validFrom, validTo }: { validFrom: Day; validTo: Day | null },
  words: Words,
  writeDay: (day: Day) => string,
): string {
  const from = validFrom === EARLIEST ? words.sinceBefore : writeDay(validFrom)
  return `${from} – ${validTo === null ? words.untilFurther : writeDay(validTo)}`
}

export type Stage = 'planned' | 'running' | 'over'

/** Where something dated stands on a day. */
export const stageOf = (
  { validFrom, validTo, endedOn = null }: { validFrom: Day; validTo: Day | null; endedOn?: Day | null },
  today: Day,
): Stage => {
  const last = endedOn !== null && (validTo === null || endedOn < validTo) ? endedOn : validTo
  if (last !== null && last < today) return 'over'
  return validFrom > today ? 'planned' : 'running'
}

/** The last day of something that is called off today: it no longer counts from now on, yet never ends before it began. */
export const calledOff = (today: Day): Day => addDays(today, -1)

/** A user name that a person may want: `Nguyễn Thị Hoa` → `hoa.nt`. */
export function suggestUserName(name: string): string {
  const words = name
    .normalize('NFD')
    .replaceAll(/\p{M}/gu, '')
    .toLowerCase()
    .replaceAll('đ', 'd')
    .split(/[^a-z0-9]+/)
    .filter(Boolean)
  const given = words.at(-1) ?? ''
  const initials = words.slice(0, -1).map((word) => word.charAt(0))
  return initials.length > 0 ? `${given}.${initials.join('')}` : given
}
