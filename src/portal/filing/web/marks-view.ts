import type { Mark, MarkedValue, MarksBody, OnlineView } from '../officer-contract.ts'
import { placeLabel } from '../../eforms/rules/place-label.ts'

/** A place that can be marked: a field or a paper. */
export type Place = { kind: Mark['kind']; target: string }
/** What the officer has ticked and typed so far, by place. */
export type MarkDraft = { open: boolean; notes: Readonly<Record<string, string>>; reason: string; basis: string }

export const emptyMarks: MarkDraft = { open: false, notes: {}, reason: '', basis: '' }

export const keyOf = ({ kind, target }: Place): string => `${kind} ${target}`

export const isMarked = (draft: MarkDraft, place: Place): boolean => Object.hasOwn(draft.notes, keyOf(place))

/** The name of every place that can be marked. */
export const placesIn = ({ filled, papers }: Pick<OnlineView, 'filled' | 'papers'>): ReadonlyMap<string, string> =>
  new Map([
    ...(filled?.parts ?? []).flatMap(({ title, lines }) =>
      lines.map((line): [string, string] => [keyOf({ kind: 'field', target: line.path }), placeLabel(title, line)]),
    ),
    ...papers.map(({ key, name }): [string, string] => [keyOf({ kind: 'paper', target: key }), name]),
  ])

/** Ticks or unticks a place; what was typed there goes with the tick. */
export function toggle(draft: MarkDraft, place: Place): MarkDraft {
  const key = keyOf(place)
  if (!isMarked(draft, place)) return { ...draft, notes: { ...draft.notes, [key]: '' } }
  return { ...draft, notes: Object.fromEntries(Object.entries(draft.notes).filter(([other]) => other !== key)) }
}

/** Places that are ticked without a word of what is wrong there. */
export const withoutNote = ({ notes }: MarkDraft): string[] =>
  Object.entries(notes)
    .filter(([, note]) => note.trim() === '')
    .map(([key]) => key)

/** What is sent. */
export const toMarks = ({ notes }: MarkDraft): MarksBody['marks'] =>
  Object.entries(notes).map(([key, note]) => ({
    kind: key.startsWith('paper ') ? ('paper' as const) : ('field' as const),
    target: key.slice(6),
    note: note.trim(),
  }))

/** A value as text, for a comparison of before and after. */
export function textOf(value: MarkedValue | null): string {
  if (value === null) return ''
  return 'text' in value ? value.text : value.files.map(({ fileId }) => fileId).join(' ')
}
