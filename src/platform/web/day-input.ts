import { addDays, type Day, isDay } from '../day.ts'

/** Which century two digits mean: `past` for births and papers already issued, `near` for everything else. */
export type CenturyRule = 'past' | 'near'

/**
 * The day that somebody typed: `5/3/26`, `05.03.2026`, `5-3`, `050326`, `05032026`, `2026-03-05`, `hôm nay`, `mai`.
 * Undefined when it is not a day.
 */
export function parseDay(text: string, today: Day, century: CenturyRule = 'near'): Day | undefined {
  const typed = text.trim().toLowerCase()
  if (isDay(typed)) return typed
  const word = { 'hôm nay': 0, nay: 0, today: 0, mai: 1, 'ngày mai': 1, tomorrow: 1, 'hôm qua': -1, yesterday: -1 }[
    typed
  ]
  if (word !== undefined) return addDays(today, word)
  const parts = splitDay(typed)
  if (!parts) return undefined
  const [date, month, year] = parts
  const day = `${fullYear({ date, month, year }, today, century)}-${month.padStart(2, '0')}-${date.padStart(2, '0')}`
  return isDay(day) ? day : undefined
}

function splitDay(typed: string): [string, string, string] | undefined {
  const separated = /^(\d{1,2})[\s/.-]+(\d{1,2})(?:[\s/.-]+(\d{2}|\d{4}))?$/.exec(typed)
  const solid = separated ?? /^(\d{2})(\d{2})(\d{4}|\d{2})?$/.exec(typed)
  if (!solid) return undefined
  const [, date = '', month = '', year = ''] = solid
  return [date, month, year]
}

function fullYear(
  { date, month, year }: { date: string; month: string; year: string },
  today: Day,
  century: CenturyRule,
): string {
  const thisYear = Number(today.slice(0, 4))
  if (year.length === 4) return year
  const monthDay = `${month.padStart(2, '0')}-${date.padStart(2, '0')}`
  if (year === '') return String(century === 'past' && `${thisYear}-${monthDay}` > today ? thisYear - 1 : thisYear)
  const candidate = Math.floor(thisYear / 100) * 100 + Number(year)
  const tooLate = century === 'past' ? `${candidate}-${monthDay}` > today : candidate > thisYear + 20
  return String(tooLate ? candidate - 100 : candidate)
}
