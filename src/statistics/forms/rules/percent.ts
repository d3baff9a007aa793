// DOMAIN of the forms: a percentage has parts or is not there; 0 of 0 is "không phát sinh", neither 0 nor 100.

/** Percent with two decimals, half up; undefined when nothing arose. Exact: works in whole numbers. */
export function percentOf(numerator: number, denominator: number): number | undefined {
  if (denominator === 0) return undefined
  const part = BigInt(Math.round(numerator * 1000))
  const whole = BigInt(Math.round(denominator * 1000))
  return Number((part * 20_000n + whole) / (2n * whole)) / 100
}
