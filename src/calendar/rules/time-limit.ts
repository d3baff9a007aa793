// Time limits («thời hạn giải quyết») as data, never as text.

/** One part of a time limit. `atOnce` (trả ngay) has amount 0, every other a whole number from 1. */
export type TimeLimitPart = {
  amount: number
  unit: 'workingHour' | 'workingDay' | 'calendarDay' | 'month' | 'atOnce'
}

/** A sum of parts, counted one after the other: "7 ngày làm việc + 12 ngày" has two. Never empty. */
export type TimeLimit = readonly TimeLimitPart[]

/** Whether the law could have written this: at least one part, whole amounts, "at once" without an amount. */
export const isTimeLimit = (limit: TimeLimit): boolean =>
  limit.length > 0 &&
  limit.every(({ amount, unit }) => (unit === 'atOnce' ? amount === 0 : Number.isInteger(amount) && amount >= 1))
