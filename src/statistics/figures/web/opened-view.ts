import type { FigureId, RateId } from '../contract.ts'
import { allFigures } from './figures-view.ts'
import { termsOf } from './rates-view.ts'

/** Which number was opened: a figure or rate, on one line of some table (`field:civil-status`), of one of the periods compared. */
export type Opened = { figure: FigureId | RateId | typeof stays; line: string; of: OpenedOf }
/** This period, the one before, the year before, or this one as it is known now. */
export type OpenedOf = '' | 'previous' | 'year' | 'now'

/** The stays of dossiers in a step, with a unit or an officer: `step:examine`. */
export const stays = 'stays'

const known: ReadonlySet<string> = new Set(allFigures.flatMap(({ figures }) => figures))

export const isFigure = (what: string): what is FigureId => known.has(what)
export const isRate = (what: string): what is RateId => Object.hasOwn(termsOf, what)

/** As it stands in the address; undefined when nothing is open. */
export function readOpened({ open, line, of }: { open: string; line: string; of: string }): Opened | undefined {
  if (!isFigure(open) && !isRate(open) && open !== stays) return undefined
  return { figure: open, line, of: of === 'previous' || of === 'year' || of === 'now' ? of : '' }
}

export const writeOpened = ({ figure, line, of }: Opened): { open: string; line: string; of: string } => ({
  open: figure,
  line,
  of,
})

export const nothingOpened = { open: '', line: '', of: '' } as const

/** `field:civil-status` → its dimension and key; a key may hold colons itself. */
export function readLine(line: string): { by: string; key: string } | undefined {
  const at = line.indexOf(':')
  return at > 0 ? { by: line.slice(0, at), key: line.slice(at + 1) } : undefined
}
