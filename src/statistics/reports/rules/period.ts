import { addDays, addMonths, weekdayOf, type Day } from '../../../platform/day.ts'
import type { PeriodType } from '../../forms/contract.ts'

type Span = { from: Day; to: Day }

const months: Record<PeriodType, number> = {
  month: 1,
  quarter: 3,
  'half-year': 6,
  'nine-months': 9,
  year: 12,
  other: 0,
}

/** The period just before, of the same length; a year is compared with the year before alone. */
export function previousSpan(type: PeriodType, { from }: Span): Span | null {
  const length = months[type]
  return length === 0 || length > 6 ? null : { from: addMonths(from, -length), to: addDays(from, -1) }
}

export const lastYearSpan = ({ from, to }: Span): Span => ({ from: addMonths(from, -12), to: addMonths(to, -12) })

/** `Quý I năm 2023` → `quý I năm 2023` */
export const inSentence = (name: string): string => name.slice(0, 1).toLowerCase() + name.slice(1)

/** What comes after, for plans: `quý I năm 2023` → `quý II năm 2023`. */
export function nextName(type: PeriodType, to: Day): string {
  const year = Number(to.slice(0, 4))
  const month = Number(to.slice(5, 7))
  switch (type) {
    case 'month':
      return month === 12 ? `tháng 01 năm ${year + 1}` : `tháng ${month < 2 ? '02' : month + 1} năm ${year}`
    case 'quarter': {
      const next = Math.ceil(month / 3) % 4
      return `quý ${['I', 'II', 'III', 'IV'][next]} năm ${next === 0 ? year + 1 : year}`
    }
    case 'half-year':
      return `6 tháng cuối năm ${year}`
    case 'nine-months':
      return `quý IV năm ${year}`
    case 'year':
      return `năm ${year + 1}`
    case 'other':
      return 'thời gian tới'
  }
}

/** Monday to Sunday of the week of this day. */
export const weekOf = (day: Day): Span => {
  const from = addDays(day, 1 - weekdayOf(day))
  return { from, to: addDays(from, 6) }
}
