import type { FigureId, RateId } from '../contract.ts'
import { type Values, valueOf } from './figures-view.ts'

type Term = { figure: FigureId; sign: 1 | -1 }
type Terms = { numerator: readonly Term[]; denominator: readonly Term[] }

const plus = (...figures: FigureId[]): Term[] => figures.map((figure) => ({ figure, sign: 1 }))
const minus = (...figures: FigureId[]): Term[] => figures.map((figure) => ({ figure, sign: -1 }))

/** The numbers of each rate as they are shown; a test holds them to the definitions by which the server counts. */
export const termsOf: Readonly<Record<RateId, Terms>> = {
  'on-time-of-resolved': { numerator: plus('resolved-early', 'resolved-on-time'), denominator: plus('resolved') },
  'on-time-of-resolved-and-overdue': {
    numerator: plus('resolved-early', 'resolved-on-time'),
    denominator: plus('resolved', 'open-overdue'),
  },
  'not-late-of-handled': {
    numerator: [...plus('carried', 'received'), ...minus('resolved-late')],
    denominator: plus('carried', 'received'),
  },
  'online-of-received': { numerator: plus('received-online'), denominator: plus('received') },
  'digitised-of-received': { numerator: plus('digitised'), denominator: plus('received') },
  'electronic-of-resolved': { numerator: plus('electronic-result'), denominator: plus('resolved') },
  'reused-of-received': { numerator: plus('reused'), denominator: plus('received') },
}

export const rateIds = Object.keys(termsOf) as RateId[]

export type RateValue = {
  numerator: number
  denominator: number
  /** Null where nothing arose: neither 0 nor 100. */
  percent: number | null
}

/** A rate has its parts, so nobody has to believe it. */
export function rateOf(rate: RateId, values: Values): RateValue {
  const sum = (terms: readonly Term[]) =>
    terms.reduce((total, { figure, sign }) => total + sign * valueOf(values, figure), 0)
  const numerator = sum(termsOf[rate].numerator)
  const denominator = sum(termsOf[rate].denominator)
  return { numerator, denominator, percent: denominator === 0 ? null : (100 * numerator) / denominator }
}
