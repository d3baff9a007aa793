// Numbers as official reports write them: 2.395 · 43,1% · 07. One rounding for the whole report: half up, two digits.
import { writeNumber } from '../../../platform/money.ts'
import { percentOf } from '../../../platform/money.ts'

/** 2395 → `2.395`; 7 → `07`, as a count under ten stands in a sentence. */
export const writeCount = (count: number): string =>
  count > 0 && count < 10 && Number.isInteger(count) ? `0${count}` : writeNumber(count)

/**
 * Part of a whole in percent, without the sign; null where there is no whole: 0/0 is neither 0 nor 100. What is not all
 * never becomes 100, and what is something never becomes 0: two more digits are taken then.
 */
export function writePercent(part: number, whole: number): string | null {
  const plain = whole <= 0 ? undefined : percentOf(part, whole)
  if (plain === undefined) return null
  const lies = (plain === 100 && part !== whole) || (plain === 0 && part !== 0)
  return writeNumber(lies ? (percentOf(part, whole, 4) ?? plain) : plain)
}
