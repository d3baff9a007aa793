import type { Line } from '../contract.ts'

/** How a line stands: the same as ours, contradicted by its own report, different from ours, or not ours to say. */
export type Verdict = 'same' | 'contradicted' | 'rests' | 'differs' | 'not-recorded'

export function verdictOf({ standing, ours, value }: Line): Verdict {
  if (standing === 'contradicted' || standing === 'rests') return standing
  if (!ours) return 'not-recorded'
  return ours.value === value ? 'same' : 'differs'
}

export const shows = ['all', 'odd', 'records'] as const
export type Show = (typeof shows)[number]
export const readShow = (text: string): Show => shows.find((each) => each === text) ?? 'all'

/** The lines that one wants to see. */
export const linesShown = (lines: readonly Line[], show: Show): Line[] =>
  lines.filter((line) => {
    if (show === 'records') return line.ours !== null
    return show === 'all' || !['same', 'not-recorded'].includes(verdictOf(line))
  })

/** How many agree with the records, and in how many places the report contradicts itself. */
export const countLines = (lines: readonly Line[]): { same: number; odd: number } => ({
  same: lines.filter((line) => verdictOf(line) === 'same').length,
  odd: lines.filter(({ standing }) => standing === 'contradicted').length,
})
