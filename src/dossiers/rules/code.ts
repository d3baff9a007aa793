import type { Day } from '../../platform/day.ts'

/**
 * Mã hồ sơ: `{agency}-{yyMMdd}-{sequence}`, e.g. `000.00.06.H56-231027-0361`. NĐ 118/2025/NĐ-CP, Điều 28. Four digits
 * at least; a fifth appears by itself after 9999.
 */
export const dossierCode = (agencyCode: string, day: Day, sequence: number): string =>
  `${agencyCode}-${day.slice(2).replaceAll('-', '')}-${String(sequence).padStart(4, '0')}`

const CODE = /^([A-Z0-9.]{1,40})-(\d{2})(\d{2})(\d{2})-(\d{4,6})$/

/** Takes a code apart, or undefined when the text is none. Small letters and blanks around it are forgiven. */
export function parseDossierCode(text: string): { agencyCode: string; day: Day; sequence: number } | undefined {
  const match = CODE.exec(text.trim().toUpperCase())
  if (!match) return undefined
  const [, agencyCode = '', year, month, date, sequence] = match
  return { agencyCode, day: `20${year}-${month}-${date}`, sequence: Number(sequence) }
}
