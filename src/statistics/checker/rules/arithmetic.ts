// Sums and rounding on written decimals, exact: percentages are compared at the precision in which they are printed.
import { writeNumber } from '../../../platform/money.ts'

/** A number as it is written: its value and how many decimals it shows. */
export type Written = { value: number; decimals: number }

const scaled = ({ value, decimals }: Written): bigint => BigInt(Math.round(value * 10 ** decimals))

/** numerator / denominator × factor, rounded half up to so many decimals. Nothing when the denominator is zero. */
export function ratio(numerator: Written, denominator: Written, decimals: number, factor = 100): number | undefined {
  const scale = Math.max(numerator.decimals, denominator.decimals)
  const top = scaled({ ...numerator, decimals: scale }) * BigInt(factor) * 10n ** BigInt(decimals)
  const bottom = scaled({ ...denominator, decimals: scale })
  if (bottom === 0n) return undefined
  const negative = top < 0n !== bottom < 0n
  const [a, b] = [top < 0n ? -top : top, bottom < 0n ? -bottom : bottom]
  const rounded = (2n * a + b) / (2n * b)
  return (Number(rounded) / 10 ** decimals) * (negative ? -1 : 1)
}

/** The sum at the finest precision among the summands, free of binary dust. */
export function sum(parts: readonly Written[]): Written {
  const decimals = Math.max(0, ...parts.map((part) => part.decimals))
  const total = parts.reduce((all, part) => all + scaled({ ...part, decimals }), 0n)
  return { value: Number(total) / 10 ** decimals, decimals }
}

/** Rounds half up (away from zero) to so many decimals. */
export function round(value: number, decimals: number): number {
  const text = Math.abs(value).toFixed(decimals + 6)
  const digits = BigInt(text.replace('.', ''))
  const unit = 1_000_000n
  const rounded = (digits + unit / 2n) / unit
  return ((value < 0 ? -1 : 1) * Number(rounded)) / 10 ** decimals
}

/** How a printed ratio stands to the exact one. */
export type Verdict = 'equal' | 'within-a-unit' | 'wrong'

/** Compares a printed percentage with the exact ratio at the printed precision. */
export function judgeRatio(stated: Written, exact: number, rounded: number): Verdict {
  const unit = 10 ** -stated.decimals
  if (Math.abs(stated.value - rounded) < unit / 1000) return 'equal'
  return Math.abs(stated.value - exact) <= unit * (1 + 1e-9) ? 'within-a-unit' : 'wrong'
}

/** Writes a number as Vietnamese officials do: 2.395 and 43,1. */
export const write = (value: number, decimals = decimalsOf(value)): string => writeNumber(value, decimals)

/** How many decimals a number needs, at most six. */
export function decimalsOf(value: number): number {
  for (let decimals = 0; decimals < 6; decimals += 1)
    if (Math.abs(value - round(value, decimals)) < 1e-9) return decimals
  return 6
}
