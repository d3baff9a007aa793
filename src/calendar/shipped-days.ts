import file from './data/days-2019-2027.json' with { type: 'json' }
import type { DayKind, DayStatus, ExceptionalDay } from './rules/working-calendar.ts'

/** A day as this project carries it; `confidence` tells how it was found out. */
export type ShippedDay = ExceptionalDay & { confidence: 'high' | 'medium' | 'computed' }

type File = {
  notices: {
    notice: string
    status: DayStatus
    confidence: ShippedDay['confidence']
    days: [string, DayKind, string][]
  }[]
}

/** The holidays and swapped days of the whole country, 2019 to 2027, in the order of time. */
export const shippedDays: readonly ShippedDay[] = (file as unknown as File).notices
  .flatMap(({ days, ...notice }) => days.map(([day, kind, name]) => ({ day, kind, name, ...notice })))
  .toSorted((a, b) => (a.day < b.day ? -1 : 1))
