// Biểu 06a/VPCP/KSTT (TT 01/2020/TT-VPCP), biểu mẫu 3 (CV 725/BNV-CCHC), QĐ 766/QĐ-TTg nhóm 2–4: mỗi số liệu một định nghĩa.

import { daysBetween, type Day } from '../../../platform/day.ts'
import type { FigureId, RateId } from '../contract.ts'
import type { Fact, Span } from './facts.ts'

type DayOf =
  | 'receivedOn'
  | 'finishedOn'
  | 'notReceivedOn'
  | 'supplementedOn'
  | 'extendedOn'
  | 'apologisedOn'
  | 'returnedOn'
  | 'correctedOn'

type SpanOf = 'open' | 'in-time' | 'overdue' | 'waiting' | 'overdue-unapologised'

/** What must hold of the fact besides; null: has not happened. */
type Condition = Partial<
  Pick<Fact, 'channel' | 'ending' | 'timeliness' | 'outcome' | 'digitised' | 'reused' | 'electronic' | 'apologisedOn'>
>

/** Counted once, on a day; or at the end of each of the days of a span. */
export type Measure = { day: DayOf; where: Condition } | { span: SpanOf }

/** What roll-ups add up; each has a column of its name. */
export const measures = {
  received: { day: 'receivedOn', where: {} },
  receivedOnline: { day: 'receivedOn', where: { channel: 'online' } },
  receivedCounter: { day: 'receivedOn', where: { channel: 'counter' } },
  receivedPost: { day: 'receivedOn', where: { channel: 'post' } },
  digitised: { day: 'receivedOn', where: { digitised: true } },
  reused: { day: 'receivedOn', where: { reused: true } },
  resolved: { day: 'finishedOn', where: { ending: 'resolved' } },
  resolvedEarly: { day: 'finishedOn', where: { timeliness: 'early' } },
  resolvedOnTime: { day: 'finishedOn', where: { timeliness: 'on-time' } },
  resolvedLate: { day: 'finishedOn', where: { timeliness: 'late' } },
  resolvedUnapologised: { day: 'finishedOn', where: { timeliness: 'late', apologisedOn: null } },
  withdrawn: { day: 'finishedOn', where: { ending: 'withdrawn' } },
  stopped: { day: 'finishedOn', where: { ending: 'stopped' } },
  closed: { day: 'finishedOn', where: { ending: 'closed' } },
  refused: { day: 'finishedOn', where: { outcome: 'refused' } },
  granted: { day: 'finishedOn', where: { outcome: 'granted' } },
  electronicResult: { day: 'finishedOn', where: { electronic: true } },
  notReceived: { day: 'notReceivedOn', where: {} },
  supplemented: { day: 'supplementedOn', where: {} },
  extended: { day: 'extendedOn', where: {} },
  apologised: { day: 'apologisedOn', where: {} },
  returned: { day: 'returnedOn', where: {} },
  corrected: { day: 'correctedOn', where: {} },
  open: { span: 'open' },
  openInTime: { span: 'in-time' },
  openOverdue: { span: 'overdue' },
  openWaiting: { span: 'waiting' },
  openUnapologised: { span: 'overdue-unapologised' },
} as const satisfies Record<string, Measure>

export type MeasureId = keyof typeof measures
export const measureIds = Object.keys(measures) as MeasureId[]

/** A measure taken over the days of the period, or as it stood before its first day or at the end of its last. */
export type Part = { measure: MeasureId; when: 'during' | 'before' | 'end' }

const during = (measure: MeasureId): readonly Part[] => [{ measure, when: 'during' }]
const atEnd = (measure: MeasureId): readonly Part[] => [{ measure, when: 'end' }]

/**
 * The one definition of each figure; the number, the list behind it and the roll-ups are all made from it. Parts of a
 * figure never share a dossier. Withdrawn, stopped and closed stand beside resolved; how the columns of form 06a take
 * them in is a matter of the form. What was not received never enters the balance.
 */
export const figures: Readonly<Record<FigureId, readonly Part[]>> = {
  carried: [{ measure: 'open', when: 'before' }],
  received: during('received'),
  resolved: during('resolved'),
  withdrawn: during('withdrawn'),
  stopped: during('stopped'),
  closed: during('closed'),
  open: atEnd('open'),
  'received-online': during('receivedOnline'),
  'received-counter': during('receivedCounter'),
  'received-post': during('receivedPost'),
  'resolved-early': during('resolvedEarly'),
  'resolved-on-time': during('resolvedOnTime'),
  'resolved-late': during('resolvedLate'),
  'open-in-time': atEnd('openInTime'),
  'open-overdue': atEnd('openOverdue'),
  'open-waiting': atEnd('openWaiting'),
  refused: during('refused'),
  granted: during('granted'),
  'not-received': during('notReceived'),
  supplemented: during('supplemented'),
  extended: during('extended'),
  apologised: during('apologised'),
  'late-without-apology': [...during('resolvedUnapologised'), ...atEnd('openUnapologised')],
  returned: during('returned'),
  corrected: during('corrected'),
  digitised: during('digitised'),
  reused: during('reused'),
  'electronic-result': during('electronicResult'),
}

export const figureIds = Object.keys(figures) as FigureId[]

/** Whether a figure is a sum over days, so that it may be told by weekday or hour; what stands open may not. */
export const isSumOfDays = (figure: FigureId): boolean => figures[figure].every(({ when }) => when === 'during')

/** Numerator and denominator of a rate: sums of figures, each with its sign. */
export type Ratio = { numerator: readonly Term[]; denominator: readonly Term[] }
type Term = { figure: FigureId; sign: 1 | -1 }
const plus = (...ids: FigureId[]): Term[] => ids.map((figure) => ({ figure, sign: 1 }))
const minus = (...ids: FigureId[]): Term[] => ids.map((figure) => ({ figure, sign: -1 }))

/**
 * Three conventions for "on time" are in use: form 3, row 3.3 (CV 725/BNV-CCHC); QĐ 766, group 2, where what stands open
 * overdue counts against; and reports that subtract the late ones from all that was to be handled.
 */
export const rates: Readonly<Record<RateId, Ratio>> = {
  'on-time-of-resolved': {
    numerator: plus('resolved-early', 'resolved-on-time'),
    denominator: plus('resolved'),
  },
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

/** The period of a question: its days, and the moment at which what stands open is judged. */
export type Period = {
  from: Day
  /** The last day, or the day of knowledge when that is earlier. */
  to: Day
  /** Where the last day is not over at the moment of knowledge: promises after it are not broken yet. */
  judgedAt: string | null
}

/** How often a figure counts this fact: 0 or 1. */
export const countOf = (figure: FigureId, fact: Fact, period: Period): number =>
  figures[figure].reduce((sum, part) => sum + (isIn(part, fact, period) ? 1 : 0), 0)

function isIn({ measure, when }: Part, fact: Fact, { from, to, judgedAt }: Period): boolean {
  const definition: Measure = measures[measure]
  if ('day' in definition) {
    const day = fact[definition.day]
    return day !== null && day >= from && day <= to && holds(definition.where, fact)
  }
  if (when === 'before') return standsBefore(fact, from < to ? from : to, from > to)
  return stands(definition.span, fact, { day: to, judgedAt })
}

/** Open before the first day; where the period has not begun yet, open now. */
const standsBefore = (fact: Fact, day: Day, still: boolean): boolean =>
  fact.receivedOn !== null &&
  (still ? fact.receivedOn <= day : fact.receivedOn < day) &&
  (fact.finishedOn === null || (still ? fact.finishedOn > day : fact.finishedOn >= day))

const holds = (where: Condition, fact: Fact): boolean =>
  Object.entries(where).every(([key, value]) => fact[key as keyof Fact] === value)

/** Whether the fact stands so at the end of a day, or at a moment of it. */
export function stands(span: SpanOf, fact: Fact, { day, judgedAt }: { day: Day; judgedAt: string | null }): boolean {
  const isOpen =
    fact.receivedOn !== null && fact.receivedOn <= day && (fact.finishedOn === null || fact.finishedOn > day)
  const notYet = judgedAt !== null && fact.dueOn === day && fact.dueAt !== null && fact.dueAt >= judgedAt
  const isOverdue = isOpen && !notYet && fact.overdue.some((each) => covers(each, day))
  switch (span) {
    case 'open':
      return isOpen
    case 'in-time':
      return isOpen && !isOverdue
    case 'overdue':
      return isOverdue
    case 'waiting':
      return isOpen && fact.waiting.some((each) => covers(each, day))
    case 'overdue-unapologised':
      return isOverdue && (fact.apologisedOn === null || fact.apologisedOn > day)
  }
}

const covers = ({ from, to }: Span, day: Day): boolean => from <= day && (to === null || day < to)

/** What a fact adds to a measure on a day: 1 where it counts or begins, -1 where it ends. */
export type Contribution = { day: Day; measure: MeasureId; amount: 1 | -1 }

/** All that a fact adds to the roll-ups, day by day. */
export function contributionsOf(fact: Fact): Contribution[] {
  return measureIds.flatMap((measure): Contribution[] => {
    const definition: Measure = measures[measure]
    if ('span' in definition) return edges(definition.span, fact).map((edge) => ({ ...edge, measure }))
    const day = fact[definition.day]
    return day !== null && holds(definition.where, fact) ? [{ day, measure, amount: 1 }] : []
  })
}

type Edge = { day: Day; amount: 1 | -1 }

function edges(span: SpanOf, fact: Fact): Edge[] {
  const open = fact.receivedOn === null ? [] : edgesOf([{ from: fact.receivedOn, to: fact.finishedOn }])
  switch (span) {
    case 'open':
      return open
    case 'in-time':
      return [
        ...open,
        ...edges('overdue', fact).map(({ day, amount }): Edge => ({ day, amount: amount === 1 ? -1 : 1 })),
      ]
    case 'overdue':
      return edgesOf(fact.overdue)
    case 'waiting':
      return edgesOf(fact.waiting)
    case 'overdue-unapologised':
      return edgesOf(fact.overdue.flatMap((each) => until(each, fact.apologisedOn)))
  }
}

const until = (span: Span, day: Day | null): Span[] => {
  if (day === null || (span.to !== null && span.to <= day)) return [span]
  return span.from < day ? [{ from: span.from, to: day }] : []
}

const edgesOf = (spans: readonly Span[]): Edge[] =>
  spans.flatMap(({ from, to }): Edge[] => [
    { day: from, amount: 1 },
    ...(to === null ? [] : [{ day: to, amount: -1 as const }]),
  ])

/** What a later fact changes of an earlier one in the figures. */
export type Change = {
  /** The first day on which any figure differs; null when none does. */
  touchedOn: Day | null
  /** The same, told apart by unit and officer. */
  movedOn: Day | null
}

export function changeBetween(before: Fact | undefined, after: Fact): Change {
  const touchedOn = earliest([
    ...differences(before ? contributionsOf(before) : [], contributionsOf(after)),
    // The hour of a promise counts on its own day, until that day is over.
    ...(before && before.dueAt !== after.dueAt ? [before.dueOn, after.dueOn].filter((day) => day !== null) : []),
  ])
  const isMoved = before !== undefined && (before.unitId !== after.unitId || before.officerId !== after.officerId)
  if (!isMoved) return { touchedOn, movedOn: touchedOn }
  const days = [...contributionsOf(before), ...contributionsOf(after)].map(({ day }) => day)
  return { touchedOn, movedOn: earliest(days) }
}

function differences(before: readonly Contribution[], after: readonly Contribution[]): Day[] {
  const sums = new Map<string, number>()
  const add = ({ day, measure, amount }: Contribution, sign: number) => {
    const key = `${day} ${measure}`
    sums.set(key, (sums.get(key) ?? 0) + sign * amount)
  }
  for (const each of before) add(each, -1)
  for (const each of after) add(each, 1)
  return [...sums].filter(([, sum]) => sum !== 0).map(([key]) => key.slice(0, 10))
}

const earliest = (days: readonly Day[]): Day | null =>
  days.reduce<Day | null>((first, day) => (first === null || day < first ? day : first), null)

/**
 * By how much knowledge came after the day that it changes, as a power of two: 0 the same day, n fewer than 2ⁿ days later.
 * Null when it changes days to come only. An index by it finds what was learnt after a moment about the days before it,
 * without reading what was learnt about later days.
 */
export function lagClass(changedOn: Day | null, knownOn: Day): number | null {
  if (changedOn === null || changedOn > knownOn) return null
  return Math.ceil(Math.log2(daysBetween(changedOn, knownOn) + 1))
}
