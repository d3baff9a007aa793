// Một tỷ lệ có tử số và mẫu số, hoặc không có: 0/0 là “không phát sinh”, không phải 0 hay 100.

/** Percent, half up, two decimals unless told; undefined when nothing arose. Exact: works in whole numbers. */
export function percentOf(numerator: number, denominator: number, decimals = 2): number | undefined {
  if (denominator === 0) return undefined
  const scale = 10n ** BigInt(decimals)
  const part = BigInt(Math.round(Math.abs(numerator) * 1000))
  const whole = BigInt(Math.round(denominator * 1000))
  const rounded = Number((part * 200n * scale + whole) / (2n * whole)) / Number(scale)
  return numerator < 0 ? -rounded : rounded
}
