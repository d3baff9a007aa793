// Numbers as official reports write them: 2.395 · 43,1% · 07. One rounding for the whole report: half up, two digits.
import { writeNumber } from '../../../platform/money.ts'

/** 2395 → `2.395`; 7 → `07`, as a count under ten stands in a sentence. */
export const writeCount = (count: number): string =>
  count > 0 && count < 10 && Number.isInteger(count) ? `0${count}` : writeNumber(count)

/**
 * Part of a whole in percent, without the sign; null where there is no whole: 0/0 is neither 0 nor 100. What is not all
 * never becomes 100, and what is something never becomes 0: two more digits are taken then.
 */
export function percentOf(part: number, whole: number): string | null {
  if (whole <= 0) return null
  const plain = roundHalfUp(part, whole, 2)
  const lies = (plain === 100 && part !== whole) || (plain === 0 && part !== 0)
  return writeNumber(lies ? roundHalfUp(part, whole, 4) : plain)
}

/** `part ÷ whole × 100`, in whole numbers until the last step: a fraction of two would round 0,125 down. */
function roundHalfUp(part: number, whole: number, digits: number): number {
  const scale = 10n ** BigInt(digits)
  const doubled = BigInt(Math.round(Math.abs(part))) * 200n * scale + BigInt(Math.round(whole))
  const rounded = Number(doubled / (2n * BigInt(Math.round(whole)))) / Number(scale)
  return part < 0 ? -rounded : rounded
}
