// Trạng thái, thời hạn và kết thúc của hồ sơ tại từng ngày: NĐ 118/2025/NĐ-CP, Điều 17–22; Biểu 06a/VPCP/KSTT
// (TT 01/2020/TT-VPCP): kỳ trước, mới tiếp nhận, đã giải quyết, đang giải quyết – tính theo nhật ký.

import {
  evolve,
  isPaused,
  timeliness,
  type Dossier,
  type DossierEvent,
  type DossierEventType,
  type Happened,
  type Status,
} from '../../../dossiers/index.ts'
import { addDays, dayOf, minuteOf, weekdayOf, type Day, type Instant } from '../../../platform/day.ts'

/** An entry of the log with the moment at which it was written down. */
export type Recorded = Happened & { recordedAt: Instant }

/** Days at whose end something stood so: from the first to before `to`; null means until further notice. */
export type Span = { from: Day; to: Day | null }

/** What sources leave to the authority. */
export type Conventions = {
  /** Late by the minute of the promise, or only from the day after it. */
  precision: 'minute' | 'day'
  /** Digitised when some or when every paper that was given is (QĐ 766, 4.2: at least one). */
  digitised: 'some' | 'every'
}

export const usualConventions: Conventions = { precision: 'minute', digitised: 'some' }

/** How a dossier that was received came to its end; what was withdrawn before reception never was in the balance. */
export type Ending = 'resolved' | 'withdrawn' | 'stopped' | 'closed'

/** What statistics know of one dossier. Days are Vietnamese; null where it did not happen. */
export type Fact = {
  code: string
  procedureCode: string
  procedureVersionId: number
  caseKey: string
  field: string
  channel: string
  /** Who examines or examined it; before that, who took it in. */
  unitId: number | null
  officerId: number | null
  status: Status
  receivedAt: Instant | null
  receivedOn: Day | null
  /** Weekday × 24 + hour of reception, 24 (Monday, midnight) to 191 (Sunday, 23 h). */
  receivedHour: number | null
  finishedAt: Instant | null
  finishedOn: Day | null
  dueAt: Instant | null
  dueOn: Day | null
  ending: Ending | null
  /** How it was resolved; null for the other ends. */
  timeliness: 'early' | 'on-time' | 'late' | null
  outcome: 'granted' | 'refused' | null
  /** Open, past the promise and not waiting, at the end of these days. */
  overdue: readonly Span[]
  /** Open with the clock standing still for the applicant. */
  waiting: readonly Span[]
  /** Each the first day on which it happened. */
  notReceivedOn: Day | null
  supplementedOn: Day | null
  extendedOn: Day | null
  apologisedOn: Day | null
  returnedOn: Day | null
  correctedOn: Day | null
  /** Papers as they stood at the end of the day of reception. */
  digitised: boolean
  reused: boolean
  electronic: boolean
}

/** A fact with the time for which it was what was known: from the entry that made it to the next that changed it. */
export type KnownFact = Fact & {
  /** Entry of the log that made it. */
  version: number
  knownFrom: Instant
  knownTo: Instant | null
}

/**
 * Reads the log of one dossier as a row of facts, oldest knowledge first. Entries that change nothing make none, nor do
 * those written down at one moment with the next; the same log always gives the same facts.
 */
export function factsOf(log: readonly Recorded[], conventions: Conventions = usualConventions): KnownFact[] {
  const facts: KnownFact[] = []
  let walk: Walk | undefined
  for (const entry of log) {
    const next = step(walk, entry, conventions)
    const fact = toFact(next, conventions)
    const last = facts.at(-1)
    // Clocks of two servers may differ; knowledge only grows.
    const knownFrom = last && last.knownFrom > entry.recordedAt ? last.knownFrom : entry.recordedAt
    if (!last || !sameFact(last, fact)) {
      if (last) last.knownTo = knownFrom
      facts.push({ ...fact, version: entry.version, knownFrom, knownTo: null })
    }
    walk = next
  }
  return facts.filter(({ knownFrom, knownTo }) => knownTo === null || knownFrom < knownTo)
}

const sameFact = ({ version: _version, knownFrom: _from, knownTo: _to, ...one }: KnownFact, other: Fact): boolean =>
  JSON.stringify(one) === JSON.stringify(other)

/** The dossier and what was seen of it on the way. */
type Walk = {
  dossier: Dossier
  /** Entries may have happened before the last one was written down; a dossier still stands in one state at a time. */
  at: Instant
  overdue: readonly Span[]
  waiting: readonly Span[]
  papers: { digitised: boolean; reused: boolean }
  handler: { unitId: number | null; officerId: number | null }
  first: Pick<Fact, 'notReceivedOn' | 'supplementedOn' | 'extendedOn' | 'apologisedOn' | 'returnedOn' | 'correctedOn'>
}

const nothingYet: Walk['first'] = {
  notReceivedOn: null,
  supplementedOn: null,
  extendedOn: null,
  apologisedOn: null,
  returnedOn: null,
  correctedOn: null,
}

function step(before: Walk | undefined, entry: Recorded, conventions: Conventions): Walk {
  const dossier = evolve(before?.dossier, entry)
  const at = before && before.at > entry.occurredAt ? before.at : entry.occurredAt
  const stood = before ? standing(before, dayOf(at), conventions) : { overdue: [], waiting: [] }
  return {
    dossier,
    at,
    ...stood,
    papers: papersOf(before, dossier, { at, conventions }),
    handler: handlerOf(before, dossier, entry),
    first: firstDays(before?.first ?? nothingYet, entry.event, at),
  }
}

/** The days of overdue and of waiting, where the last state lasts until `to`. */
function standing({ dossier, at, overdue, waiting }: Walk, to: Day | null, { precision }: Conventions) {
  if (dossier.receivedAt === null || dossier.finishedAt !== null) return { overdue, waiting }
  const received = dayOf(dossier.receivedAt)
  const from = later(dayOf(at), received)
  if (isPaused(dossier.status)) return { overdue, waiting: join(waiting, { from, to }) }
  if (dossier.dueCurrent === null) return { overdue, waiting }
  const due = dayOf(dossier.dueCurrent)
  return { overdue: join(overdue, { from: later(from, precision === 'day' ? addDays(due, 1) : due), to }), waiting }
}

/** The later span behind the earlier ones; one that has no day is left out. */
function join(spans: readonly Span[], next: Span): readonly Span[] {
  if (next.to !== null && next.to <= next.from) return spans
  const last = spans.at(-1)
  return last?.to === next.from ? [...spans.slice(0, -1), { from: last.from, to: next.to }] : [...spans, next]
}

const later = (one: Day, other: Day): Day => (one > other ? one : other)

function papersOf(
  before: Walk | undefined,
  dossier: Dossier,
  { at, conventions }: { at: Instant; conventions: Conventions },
): Walk['papers'] {
  const received = before?.dossier.receivedAt ?? null
  if (before && received !== null && dayOf(at) > dayOf(received)) return before.papers
  const given = dossier.components.filter((component) => component.given)
  const digital = given.filter((component) => component.digital !== null)
  return {
    digitised: digital.length > 0 && (conventions.digitised === 'some' || digital.length === given.length),
    reused: given.some((component) => component.digital === 'reused'),
  }
}

/** The unit and officer of the last examination in the own agency; until there is one, those of the reception. */
function handlerOf(before: Walk | undefined, dossier: Dossier, { event, officerId, agencyId }: Recorded) {
  if (event.type === 'stepCompleted' || event.type === 'resultSigned') {
    const key = event.type === 'stepCompleted' ? event.key : event.stepKey
    const done = before?.dossier.open.find((open) => open.key === key)
    if (done?.kind === 'examine' && done.agencyId === agencyId)
      return { unitId: done.unitId, officerId: officerId ?? done.officerId }
  }
  const open = dossier.open.find((each) => each.kind === 'examine' && each.agencyId === agencyId)
  if (open) return { unitId: open.unitId, officerId: open.officerId }
  if (event.type === 'lodged') return { unitId: event.at.unitId, officerId: event.at.officerId }
  if (event.type === 'received') return { unitId: event.at.unitId, officerId: dossier.receivedBy }
  return before?.handler ?? { unitId: null, officerId: null }
}

const firstDayKeys: Partial<Record<DossierEventType, keyof Walk['first']>> = {
  notReceived: 'notReceivedOn',
  supplementRequested: 'supplementedOn',
  extended: 'extendedOn',
  apologised: 'apologisedOn',
  resultReturned: 'returnedOn',
  correctionIssued: 'correctedOn',
}

function firstDays(before: Walk['first'], event: DossierEvent, at: Instant): Walk['first'] {
  // What is missing at intake is said before reception; the figure is about dossiers that were received.
  const key = event.type === 'supplementRequested' && event.stage === 'intake' ? undefined : firstDayKeys[event.type]
  return key === undefined || before[key] !== null ? before : { ...before, [key]: dayOf(at) }
}

const endings: Partial<Record<Status, Ending>> = {
  resultSigned: 'resolved',
  returned: 'resolved',
  withdrawn: 'withdrawn',
  stopped: 'stopped',
  closedUnsupplemented: 'closed',
}

function toFact(walk: Walk, conventions: Conventions): Fact {
  const { dossier, papers, handler, first } = walk
  const receivedOn = dossier.receivedAt && dayOf(dossier.receivedAt)
  const finished = receivedOn !== null ? dossier.finishedAt : null
  const finishedOn = finished && receivedOn && later(dayOf(finished), receivedOn)
  const ending = finished ? (endings[dossier.status] ?? null) : null
  const spans = standing(walk, null, conventions)
  return {
    code: dossier.code,
    procedureCode: dossier.procedureCode,
    procedureVersionId: dossier.procedureVersionId,
    caseKey: dossier.caseKey,
    field: dossier.field,
    channel: dossier.channel,
    ...handler,
    status: dossier.status,
    receivedAt: dossier.receivedAt,
    receivedOn,
    receivedHour: dossier.receivedAt === null ? null : hourOf(dossier.receivedAt),
    finishedAt: finished,
    finishedOn,
    dueAt: dossier.dueCurrent,
    dueOn: dossier.dueCurrent && dayOf(dossier.dueCurrent),
    ending,
    timeliness: ending === 'resolved' && finished ? judge(dossier, finished, conventions) : null,
    outcome: ending === 'resolved' ? dossier.outcome : null,
    overdue: within(spans.overdue, receivedOn, finishedOn),
    waiting: within(spans.waiting, receivedOn, finishedOn),
    ...first,
    ...papers,
    electronic: ending === 'resolved' && dossier.resultElectronic,
  }
}

/** Which hour of the week it is: weekday × 24 + hour, Monday being 1. */
export const hourOf = (instant: Instant): number => weekdayOf(dayOf(instant)) * 24 + Math.floor(minuteOf(instant) / 60)

/** Nothing stands open before the reception or after the end, whatever was written down when. */
const within = (spans: readonly Span[], from: Day | null, to: Day | null): readonly Span[] =>
  spans.flatMap((span) => {
    if (from === null) return []
    const start = later(span.from, from)
    const end = to === null || (span.to !== null && span.to < to) ? span.to : to
    return end !== null && end <= start ? [] : [{ from: start, to: end }]
  })

/** The rule of the dossiers, by the minute; or the same by whole days. */
function judge(dossier: Dossier, finishedAt: Instant, { precision }: Conventions): Fact['timeliness'] {
  const due = dossier.dueCurrent
  const exact = timeliness({ status: dossier.status, finishedAt, due }, finishedAt)
  if (precision === 'day' && exact === 'late' && due && dayOf(finishedAt) <= dayOf(due)) return 'on-time'
  return exact === 'early' || exact === 'late' ? exact : 'on-time'
}
