// Một số liệu đã công bố, chỗ in của nó, và số liệu từ hồ sơ mà nó phải bằng.
import type { Day } from '../../../platform/day.ts'
import type { FigureId } from '../../figures/contract.ts'

/** Whose records: of the agency that reported, of those below it, or of both. */
export type Whose = 'own' | 'below' | 'all'

/** A sum of figures of the dossiers; each part opens to its list. */
export type Counted = { figures: readonly FigureId[]; whose?: Whose; fields?: readonly string[] }

/** What the lists of procedures say on the last day of the period, or of changes within it. */
export type ListMeasure =
  | 'offered'
  | 'level-3'
  | 'level-4'
  | 'levels-3-and-4'
  | 'same-level'
  | 'between-levels'
  | 'ended'
  | 'begun'
  | 'level-4-used-online'

export type FromRecords =
  | ({ kind: 'count' } & Counted)
  | { kind: 'rate'; numerator: Counted; denominator: Counted }
  | { kind: 'list'; measure: ListMeasure }

/** What the report itself says that this value must be, from other values of it (their keys). */
export type Check =
  | { kind: 'sum'; of: readonly string[] }
  | { kind: 'difference'; from: string; less: readonly string[] }
  | { kind: 'percent'; numerator: string; denominator: string }
  | { kind: 'same'; as: string }
  /** A percentage cannot be more than 100; `instead` says in words what belongs there. */
  | { kind: 'at-most-100' }
  /** Other values are above zero, so this one, or a blank one beside it, cannot be zero. */
  | { kind: 'not-zero'; since: readonly string[] }

export type PublishedValue = {
  key: string
  /** Where it is printed: section, row of a form, footnote. */
  place: string
  words: string
  value: number
  unit: string
  /** Digits after the comma as printed. */
  decimals?: number
  check?: Check
  records?: FromRecords
  /** In our words: what is odd here and why our number is the one that it is. */
  note?: string
}

export type PublishedReport = {
  key: string
  title: string
  /** Number, date and kind of the paper. */
  source: string
  /** As `platform.setting` names what was loaded; the first authority of the demo has none. */
  loadedAs: string | null
  agency: { code: string; on: Day }
  from: Day
  to: Day
  values: readonly PublishedValue[]
}
