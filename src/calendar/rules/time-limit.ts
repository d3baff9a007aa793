/** Time limits as data, never as text: DOMAIN «thời hạn giải quyết». */

/** One part of a time limit. `atOnce` (trả ngay) has amount 0. */
export type TimeLimitPart = {
  amount: number
  unit: 'workingHour' | 'workingDay' | 'calendarDay' | 'month' | 'atOnce'
}

/** A sum of parts, counted one after the other: "7 ngày làm việc + 12 ngày" has two. Never empty. */
export type TimeLimit = readonly TimeLimitPart[]
