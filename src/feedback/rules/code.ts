/** `PA12-26-0007`: the seventh petition of the year 2026 at agency 12. Short enough to say on the telephone. */
export const writeCode = ({ agencyId, year, number }: { agencyId: number; year: number; number: number }): string =>
  `PA${agencyId}-${String(year % 100).padStart(2, '0')}-${String(number).padStart(4, '0')}`

/** The agency that a code names, and the code as it is kept; undefined for what is no code. */
export function parseCode(typed: string): { agencyId: number; code: string } | undefined {
  const match = /^PA(\d{1,9})-?(\d{2})-?(\d{4,7})$/.exec(typed.toUpperCase().replaceAll(/[\s–—_]+/g, ''))
  if (!match) return undefined
  const agencyId = Number(match[1])
  if (agencyId < 1 || agencyId > 2_147_483_647) return undefined
  return { agencyId, code: `PA${agencyId}-${match[2]}-${match[3]}` }
}
