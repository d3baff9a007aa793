/** Money is whole đồng. */
export type Dong = number

/** 8000 → `'8.000 đồng'`; 0 → `'Không'`. */
export const writeDong = (amount: Dong): string => (amount === 0 ? 'Không' : `${writeNumber(amount)} đồng`)

/** A sum in the reader's language, as one counts it: `8.000 đồng`, `8,000 VND`; nothing is `0 đồng`, not "no fee". */
export const writeSum = (amount: Dong, language: 'vi' | 'en' = 'vi'): string =>
  language === 'en' ? `${writeNumber(amount).replaceAll('.', ',')} VND` : `${writeNumber(amount)} đồng`

/** 2395 → `'2.395'`, as Vietnamese officials write numbers; as many decimals as it has, or as are told. */
export const writeNumber = (value: number, decimals?: number): string => {
  const [whole = '0', fraction] = (decimals === undefined ? String(value) : value.toFixed(decimals)).split('.')
  const grouped = whole.replace(/\B(?=(\d{3})+(?!\d))/g, '.')
  return fraction === undefined ? grouped : `${grouped},${fraction}`
}

/** Percent, half up, two decimals unless told; undefined when nothing arose. Exact: works in whole numbers. */
export function percentOf(numerator: number, denominator: number, decimals = 2): number | undefined {
  if (denominator === 0) return undefined
  const scale = 10n ** BigInt(decimals)
  const part = BigInt(Math.round(Math.abs(numerator) * 1000))
  const whole = BigInt(Math.round(denominator * 1000))
  const rounded = Number((part * 200n * scale + whole) / (2n * whole)) / Number(scale)
  return numerator < 0 ? -rounded : rounded
}
