import type { DaySum } from '../contract.ts'

export const methods = ['cash', 'transfer', 'online'] as const

type Bar = {
  sum: DaySum
  total: number
  /** In the order of `methods`, those that are nothing left out; the highest day is a hundred. */
  parts: { method: (typeof methods)[number]; percent: number }[]
  /** Money came in and nobody has signed its books. */
  isOpen: boolean
}

export function partsOf(days: readonly DaySum[]): Bar[] {
  const totalOf = (sum: DaySum) => methods.reduce((all, method) => all + sum[method], 0)
  const highest = Math.max(1, ...days.map(totalOf))
  return days.map((sum) => ({
    sum,
    total: totalOf(sum),
    parts: methods.flatMap((method) =>
      sum[method] > 0 ? [{ method, percent: Math.max(2, (100 * sum[method]) / highest) }] : [],
    ),
    isOpen: totalOf(sum) > 0 && !sum.isSigned,
  }))
}
