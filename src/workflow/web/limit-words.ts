import type { TimePart } from '../contract.ts'

const units: readonly [pattern: RegExp, unit: TimePart['unit'], word: string][] = [
  [/^(\d+) giờ( làm việc)?$/, 'workingHour', 'giờ làm việc'],
  [/^(\d+) ngày làm việc$/, 'workingDay', 'ngày làm việc'],
  [/^(\d+) ngày$/, 'calendarDay', 'ngày'],
  [/^(\d+) tháng$/, 'month', 'tháng'],
]

/** `'5 ngày làm việc + 12 ngày'`; undefined when a part is not understood. */
export function readLimit(text: string): TimePart[] | undefined {
  const parts = text
    .normalize('NFC')
    .toLowerCase()
    .split('+')
    .map((piece): TimePart | undefined => {
      for (const [pattern, unit] of units) {
        const amount = Number(pattern.exec(piece.trim().replace(/\s+/g, ' '))?.[1] ?? 0)
        if (amount > 0 && amount <= 10_000) return { amount, unit }
      }
      return undefined
    })
  return parts.every((part) => part !== undefined) ? parts : undefined
}

export const writeLimit = (parts: readonly TimePart[]): string =>
  parts.map(({ amount, unit }) => `${amount} ${units.find(([, each]) => each === unit)?.[2] ?? ''}`.trim()).join(' + ')
