import type { Instant } from '../../platform/day.ts'
import type { DossierEvent, DossierEventType, Happened, OpenStep } from './events.ts'

/** One stay of a dossier with somebody, from the hand that gave it to the hand that ended it. */
export type Hop = {
  step: OpenStep
  openedAt: Instant
  /** Who handed it over, and from which unit; null for what came from the applicant. */
  openedBy: number | null
  fromUnit: number | null
  /** When somebody took it in hand, and who; null while it lay with the unit. */
  takenAt: Instant | null
  takenBy: number | null
  closedAt: Instant | null
  closedBy: number | null
  /** What ended it, where that was not the step itself being done. */
  closedBecause: DossierEventType | null
}

/** The way of a dossier through the hands, read off its log: the control sheet (phiếu kiểm soát) is this list. */
export function hopsOf(happened: readonly Happened[]): Hop[] {
  const hops: Hop[] = []
  let fromUnit: number | null = null
  for (const { event, occurredAt, officerId } of happened) {
    const ends = endsOf(event)
    for (const hop of hops) {
      if (hop.closedAt !== null || ends === undefined || (ends.key !== null && ends.key !== hop.step.key)) continue
      hop.closedAt = occurredAt
      hop.closedBy = officerId
      hop.closedBecause = ends.because
      fromUnit = hop.step.unitId
    }
    const taken = event.type === 'stepAssigned' ? hops.findLast((hop) => hop.step.key === event.key) : undefined
    if (taken && event.type === 'stepAssigned') {
      taken.takenAt = event.officerId === null ? null : occurredAt
      taken.takenBy = event.officerId
    }
    for (const step of opensOf(event)) {
      hops.push({
        step,
        openedAt: occurredAt,
        openedBy: officerId,
        fromUnit,
        takenAt: null,
        takenBy: null,
        closedAt: null,
        closedBy: null,
        closedBecause: null,
      })
    }
  }
  return hops
}

/** The steps that an event opens. */
function opensOf(event: DossierEvent): readonly OpenStep[] {
  if ('opened' in event) return 'key' in event.opened ? [event.opened] : event.opened
  return 'at' in event && event.at !== null ? [event.at] : []
}

/** The step that an event ends: one by its key, or all that are open. */
function endsOf(event: DossierEvent): { key: string | null; because: DossierEventType | null } | undefined {
  switch (event.type) {
    case 'stepCompleted':
      return { key: event.key, because: null }
    case 'resultSigned':
      return { key: event.stepKey, because: null }
    case 'opinionAnswered':
      return { key: event.opinionId, because: null }
    case 'correctionIssued':
      return { key: 'correction', because: null }
    case 'sentBack':
      return { key: event.from, because: event.type }
    case 'received':
    case 'forwarded':
    case 'supplementReceived':
    case 'paymentConfirmed':
    case 'resultReturned':
      return { key: null, because: null }
    case 'supplementRequested':
    case 'paymentRequired':
    case 'notReceived':
    case 'withdrawn':
    case 'stopped':
    case 'closedUnsupplemented':
      return { key: null, because: event.type }
    case 'lodged':
    case 'stepAssigned':
    case 'opinionAsked':
    case 'feeCollected':
    case 'feeRefunded':
    case 'feeReversed':
    case 'feeWaived':
    case 'feesRecounted':
    case 'extended':
    case 'apologised':
    case 'dueRecomputed':
    case 'componentsRecorded':
    case 'amended':
    case 'correctionRequested':
      return undefined
  }
}
