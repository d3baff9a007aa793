import type { Pause, Reading, TimeLimit } from '../../calendar/index.ts'
import type { Channel } from '../../catalogue/index.ts'
import type { StepKind } from '../../workflow/index.ts'
import type { Day, Instant } from '../../platform/day.ts'
import type { Dong } from '../../platform/money.ts'
import type { Law } from './law.ts'

/** Names a row beside the log that holds personal data or free text; the hash binds its content to the event. */
export type Ref = { id: string; hash: string }

/** The part that a person plays in a dossier; each is a separate person. */
export type PersonRole = 'applicant' | 'submitter' | 'owner' | 'delegate'

/** How a paper that is not handed in is there all the same, or why it need not be. */
export type ComponentWay =
  | 'counter' // brought to the desk, on paper
  | 'data' // looked up by the agency itself
  | 'shown' // shown when the result is fetched
  | 'not-mine' // the situation for which it is asked is not the applicant's

/** A paper as it was handed in. */
export type ComponentState = {
  key: string
  given: boolean
  form: 'original' | 'certified-copy' | 'copy' | 'electronic'
  count: number
  /** Where its electronic version comes from; null while there is none. */
  digital: 'scanned' | 'uploaded' | 'reused' | null
  files: readonly string[]
  /**
   * Of a paper that is not handed in; one of which nothing was said has none. Events from before it was kept have none
   * either: what was said then stands in words in the remark, for people to read.
   */
  way?: ComponentWay
}

/** How the applicant wants the result. */
export type Delivery = 'counter' | 'post' | 'online' | 'counter-and-online'

/** A step of the process that somebody has to do now. */
export type OpenStep = {
  key: string
  kind: StepKind | 'accept' | 'forward' | 'wait'
  agencyId: number
  unitId: number
  officerId: number | null
  openedAt: Instant
  /** When the time allotted to this step ends; null when none was allotted. */
  dueAt: Instant | null
}

export type FeeLine = { name: string; kind: 'fee' | 'charge'; amount: Dong; basis: string }

/** What the fees were counted by: how many of each, and the exemptions that were claimed. */
export type Counted = {
  feeUnits: { copies: number; pages: number; signatures: number; contracts: number }
  exemptions: readonly string[]
}

/** What was asked for, as it came in. */
export type Lodging = {
  code: string
  procedureCode: string
  procedureVersionId: number
  caseKey: string
  field: string
  channel: Channel
  /** Counter, desk or point where it was handed in; null online. */
  receivingPointId: number | null
  /** The agency at whose desk it was handed in, when that is not the competent one (phi địa giới). */
  lodgedAtAgencyId?: number | null
  /** The officer who helped to file online; such dossiers are not counted as the applicant's own doing. */
  assistedBy: number | null
  sets: number
  persons: Partial<Record<PersonRole, Ref>>
  components: readonly ComponentState[]
  delivery: Delivery
  fees: readonly FeeLine[]
  /** Dossiers from before it was kept have none. */
  counted?: Counted
  /** What the applicant wrote or said besides. */
  details: Ref | null
}

/** Everything that can have happened to a dossier. Past tense; never changed after it was written. */
export type DossierEvent =
  | ({ type: 'lodged'; lodgedAt: Instant; acceptBy: Instant | null; at: OpenStep } & Lodging)
  | {
      type: 'received'
      law: Law['id']
      receivedAt: Instant
      clockStartedAt: Instant
      limit: TimeLimit
      reading: Reading
      nextDayAfter15: boolean
      dueAt: Instant
      forwardBy: Instant
      processId: number | null
      /** Names the copy of the process that is kept; events from before copies were kept have none. */
      process?: string
      at: OpenStep
    }
  | { type: 'notReceived'; details: Ref }
  | {
      type: 'supplementRequested'
      stage: 'intake' | 'processing'
      details: Ref
      componentKeys: readonly string[]
      /** The applicant must have completed the dossier by then; null where the law sets no end. */
      completeBy: Day | null
      /** Sent after the days that the law leaves for it. */
      late: boolean
      at: OpenStep
    }
  | {
      type: 'supplementReceived'
      components: readonly ComponentState[]
      dueAt: Instant | null
      mode: 'intake' | 'reset' | 'shift'
      opened: readonly OpenStep[]
    }
  | { type: 'forwarded'; opened: readonly OpenStep[]; late: boolean }
  | {
      type: 'stepCompleted'
      key: string
      late: boolean
      details: Ref | null
      resultNumber: string | null
      opened: readonly OpenStep[]
    }
  | { type: 'sentBack'; from: string; undone: readonly string[]; details: Ref; opened: readonly OpenStep[] }
  | { type: 'stepAssigned'; key: string; officerId: number | null; reason: 'taken' | 'assigned' | 'absence' }
  | {
      type: 'opinionAsked'
      opinionId: string
      agencyId: number
      unitId: number
      answerBy: Day
      details: Ref
      opened: OpenStep
    }
  | { type: 'opinionAnswered'; opinionId: string; late: boolean; details: Ref }
  | { type: 'paymentRequired'; amount: Dong; payBy: Day | null; details: Ref; at: OpenStep }
  | { type: 'paymentConfirmed'; dueAt: Instant; opened: readonly OpenStep[] }
  | {
      type: 'feeCollected'
      lines: readonly FeeLine[]
      amount: Dong
      method: 'cash' | 'transfer' | 'online'
      receiptNumber: string | null
    }
  | { type: 'feeRefunded'; amount: Dong; details: Ref }
  /** The bank took a payment back: it is owed again. */
  | { type: 'feeReversed'; amount: Dong; details: Ref }
  /** An exemption or reduction that was claimed after the intake. */
  | { type: 'feeWaived'; amount: Dong; details: Ref }
  /** All fees anew: an amount that nobody had entered at the lodging is known; each line names what sets it. */
  | { type: 'feesRecounted'; fees: readonly FeeLine[] }
  | { type: 'extended'; dueAt: Instant; cause: ApologyCause; details: Ref; signerOfficerId: number }
  | { type: 'apologised'; newDay: Day; cause: ApologyCause; details: Ref; signerOfficerId: number }
  | { type: 'dueRecomputed'; dueAt: Instant; notice: string }
  | { type: 'componentsRecorded'; components: readonly ComponentState[] }
  /** `details`: why an officer corrected it at the desk. */
  | ({ type: 'amended'; details?: Ref } & Amendment)
  | {
      type: 'resultSigned'
      stepKey: string
      outcome: 'granted' | 'refused'
      documentNumber: string | null
      signedOn: Day
      /** Null when another authority decided and ours took its decision in. */
      signerOfficerId: number | null
      fileId: string | null
      electronic: boolean
      /** The reason and basis of a refusal. */
      details: Ref | null
      opened: readonly OpenStep[]
    }
  | { type: 'withdrawn'; details: Ref; at: OpenStep | null }
  | { type: 'stopped'; details: Ref; at: OpenStep | null }
  | { type: 'closedUnsupplemented' }
  | {
      type: 'resultReturned'
      delivery: Delivery
      recipient: Ref | null
      details: Ref | null
      /** Written only where the desk recorded them. */
      documentNumber?: string
      fileId?: string
    }
  | { type: 'correctionRequested'; details: Ref; correctBy: Day; at: OpenStep }
  | {
      type: 'correctionIssued'
      documentNumber: string | null
      fileId: string | null
      signerOfficerId: number
      late: boolean
    }

/** What the applicant changed of what was filed; only what is different is named. */
export type Amendment = {
  /** The row that takes the place of the one before; null where nobody plays this part any more. */
  persons: Partial<Record<PersonRole, Ref | null>>
  delivery: Delivery | null
  /** All fees anew, and what they are counted by now; null where they stay. */
  fees: readonly FeeLine[] | null
  counted: Counted | null
}

export type ApologyCause = 'own-agency' | 'other-agency' | 'system' | 'force-majeure' | 'other'

export type DossierEventType = DossierEvent['type']

export type Status =
  | 'lodged'
  | 'supplementAtIntake'
  | 'notReceived'
  | 'received'
  | 'processing'
  | 'awaitingSupplement'
  | 'awaitingPayment'
  | 'resultSigned'
  | 'returned'
  | 'withdrawn'
  | 'stopped'
  | 'closedUnsupplemented'

/** A dossier as its events make it. Fields that do not exist yet are null, so that every state can be listed. */
export type Dossier = Omit<Lodging, 'details'> & {
  status: Status
  version: number
  agencyId: number
  /** Other agencies to which a step was handed; they may read it. */
  participants: readonly number[]
  lodgedAt: Instant
  acceptBy: Instant | null
  law: Law['id'] | null
  receivedAt: Instant | null
  receivedBy: number | null
  clockStartedAt: Instant | null
  limit: TimeLimit | null
  reading: Reading | null
  nextDayAfter15: boolean
  forwardBy: Instant | null
  processId: number | null
  /** Names the kept copy of the process under which it was received. */
  process: string | null
  dueOriginal: Instant | null
  dueCurrent: Instant | null
  /** The moment the authority was done: signed, or ended otherwise. On time is measured here, not at collection. */
  finishedAt: Instant | null
  outcome: 'granted' | 'refused' | null
  returnedAt: Instant | null
  open: readonly OpenStep[]
  /** Steps that stood open when the clock was stopped, to be opened again. */
  paused: readonly OpenStep[]
  pausedSince: Instant | null
  /** Times since the clock was started that do not count. */
  pauses: readonly Pause[]
  done: readonly string[]
  supplementsAtIntake: number
  supplementsInProcessing: number
  completeBy: Day | null
  extensions: number
  apologies: readonly { at: Instant; newDay: Day }[]
  opinions: readonly { opinionId: string; agencyId: number; unitId: number; answerBy: Day; answered: boolean }[]
  feeDue: Dong
  feePaid: Dong
  feeRefunded: Dong
  resultNumber: string | null
  resultFileId: string | null
  resultElectronic: boolean
  signedBy: number | null
  correction: { requestedAt: Instant; correctBy: Day } | null
  corrections: number
}

/** An event together with when it happened and who did it; what `evolve` may know. */
export type Happened = {
  agencyId: number
  event: DossierEvent
  occurredAt: Instant
  officerId: number | null
  version: number
}

const without = (steps: readonly OpenStep[], key: string) => steps.filter((step) => step.key !== key)

/** The dossier after something happened; judges nothing and accepts every event ever written. */
export function evolve(before: Dossier | undefined, happened: Happened): Dossier {
  const { event, version, agencyId } = happened
  if (event.type === 'lodged') return start(event, { version, agencyId })
  if (!before) throw new Error(`the log of a dossier begins with ${event.type}`)
  const after = apply({ ...before, version }, happened)
  const handed = after.open
    .map((step) => step.agencyId)
    .filter((id) => id !== agencyId && !after.participants.includes(id))
  return handed.length > 0 ? { ...after, participants: [...new Set([...after.participants, ...handed])] } : after
}

function apply(dossier: Dossier, { event, occurredAt, officerId }: Happened): Dossier {
  switch (event.type) {
    case 'lodged':
      return dossier
    case 'received':
      return {
        ...dossier,
        status: 'received',
        law: event.law,
        receivedAt: event.receivedAt,
        receivedBy: officerId,
        clockStartedAt: event.clockStartedAt,
        limit: event.limit,
        reading: event.reading,
        nextDayAfter15: event.nextDayAfter15,
        forwardBy: event.forwardBy,
        processId: event.processId,
        process: event.process ?? null,
        dueOriginal: event.dueAt,
        dueCurrent: event.dueAt,
        completeBy: null,
        open: [event.at],
      }
    case 'notReceived':
      return { ...dossier, status: 'notReceived', open: [], completeBy: null }
    case 'supplementRequested':
      return event.stage === 'intake'
        ? {
            ...dossier,
            status: 'supplementAtIntake',
            supplementsAtIntake: dossier.supplementsAtIntake + 1,
            completeBy: event.completeBy,
            open: [event.at],
          }
        : {
            ...dossier,
            status: 'awaitingSupplement',
            supplementsInProcessing: dossier.supplementsInProcessing + 1,
            completeBy: event.completeBy,
            paused: dossier.open,
            pausedSince: occurredAt,
            open: [event.at],
          }
    case 'supplementReceived':
      return {
        ...dossier,
        status: resumedAs(event),
        forwardBy: forwardStep(event)?.dueAt ?? dossier.forwardBy,
        components: merge(dossier.components, event.components),
        clockStartedAt: event.mode === 'reset' ? occurredAt : dossier.clockStartedAt,
        dueCurrent: event.dueAt ?? dossier.dueCurrent,
        completeBy: null,
        open: event.opened,
        paused: [],
        pausedSince: null,
        pauses: event.mode === 'reset' ? [] : pausesUntil(dossier, occurredAt, 'supplement'),
      }
    case 'forwarded':
      return { ...dossier, status: 'processing', open: event.opened }
    case 'stepCompleted':
      return {
        ...dossier,
        done: [...dossier.done, event.key],
        open: [...without(dossier.open, event.key), ...event.opened],
        resultNumber: event.resultNumber ?? dossier.resultNumber,
      }
    case 'sentBack':
      return {
        ...dossier,
        done: dossier.done.filter((key) => !event.undone.includes(key)),
        open: [...without(dossier.open, event.from), ...event.opened],
      }
    case 'stepAssigned':
      return {
        ...dossier,
        open: dossier.open.map((step) => (step.key === event.key ? { ...step, officerId: event.officerId } : step)),
      }
    case 'opinionAsked': {
      const { opinionId, agencyId, unitId, answerBy } = event
      return {
        ...dossier,
        opinions: [...dossier.opinions, { opinionId, agencyId, unitId, answerBy, answered: false }],
        open: [...dossier.open, event.opened],
      }
    }
    case 'opinionAnswered':
      return {
        ...dossier,
        opinions: dossier.opinions.map((opinion) =>
          opinion.opinionId === event.opinionId ? { ...opinion, answered: true } : opinion,
        ),
        open: without(dossier.open, event.opinionId),
      }
    case 'paymentRequired':
      return {
        ...dossier,
        status: 'awaitingPayment',
        feeDue: dossier.feeDue + event.amount,
        paused: dossier.open,
        pausedSince: occurredAt,
        open: [event.at],
      }
    case 'paymentConfirmed':
      return {
        ...dossier,
        status: 'processing',
        dueCurrent: event.dueAt,
        open: event.opened,
        paused: [],
        pausedSince: null,
        pauses: pausesUntil(dossier, occurredAt, 'finance'),
      }
    case 'feeCollected':
      return { ...dossier, feePaid: dossier.feePaid + event.amount }
    case 'feeRefunded': {
      // What was paid beyond the fee of now goes back as if it had never been paid: a fee that rises again is owed again.
      const beyond = Math.min(event.amount, Math.max(0, dossier.feePaid - dossier.feeRefunded - dossier.feeDue))
      const feeRefunded = dossier.feeRefunded + event.amount - beyond
      return { ...dossier, feePaid: dossier.feePaid - beyond, feeRefunded }
    }
    case 'feeReversed':
      return { ...dossier, feePaid: dossier.feePaid - event.amount }
    case 'feeWaived':
      return { ...dossier, feeDue: dossier.feeDue - event.amount }
    case 'feesRecounted':
      return { ...dossier, ...withFees(dossier, event.fees) }
    case 'extended':
      return { ...dossier, dueCurrent: event.dueAt, extensions: dossier.extensions + 1 }
    case 'apologised':
      return { ...dossier, apologies: [...dossier.apologies, { at: occurredAt, newDay: event.newDay }] }
    case 'dueRecomputed':
      return { ...dossier, dueCurrent: event.dueAt }
    case 'componentsRecorded':
      return { ...dossier, components: merge(dossier.components, event.components) }
    case 'amended':
      return amend(dossier, event)
    case 'resultSigned':
      return {
        ...dossier,
        status: 'resultSigned',
        outcome: event.outcome,
        finishedAt: occurredAt,
        done: [...dossier.done, event.stepKey],
        open: event.opened,
        resultNumber: event.documentNumber ?? dossier.resultNumber,
        resultFileId: event.fileId,
        resultElectronic: event.electronic,
        signedBy: event.signerOfficerId,
      }
    case 'withdrawn':
      return end(dossier, 'withdrawn', occurredAt, event.at)
    case 'stopped':
      return end(dossier, 'stopped', occurredAt, event.at)
    case 'closedUnsupplemented':
      return end(dossier, 'closedUnsupplemented', occurredAt, null)
    case 'resultReturned':
      return {
        ...dossier,
        status: dossier.status === 'resultSigned' ? 'returned' : dossier.status,
        returnedAt: occurredAt,
        resultNumber: event.documentNumber ?? dossier.resultNumber,
        resultFileId: event.fileId ?? dossier.resultFileId,
        open: [],
      }
    case 'correctionRequested':
      return {
        ...dossier,
        correction: { requestedAt: occurredAt, correctBy: event.correctBy },
        open: [...dossier.open, event.at],
      }
    case 'correctionIssued':
      return {
        ...dossier,
        correction: null,
        corrections: dossier.corrections + 1,
        open: without(dossier.open, 'correction'),
        resultNumber: event.documentNumber ?? dossier.resultNumber,
        resultFileId: event.fileId ?? dossier.resultFileId,
      }
  }
}

type SupplementReceived = Extract<DossierEvent, { type: 'supplementReceived' }>

const forwardStep = ({ opened }: SupplementReceived) => opened.find(({ kind }) => kind === 'forward')

/** Where the dossier stood when the supplement was asked for. Older events forwarded it by themselves; they say so in `opened`. */
function resumedAs(event: SupplementReceived): Status {
  if (event.mode === 'intake') return 'lodged'
  return forwardStep(event) ? 'received' : 'processing'
}

function amend(dossier: Dossier, { persons, delivery, fees, counted }: Amendment): Dossier {
  const others = Object.entries(dossier.persons).filter(([role]) => !(role in persons))
  const named = Object.entries(persons).filter(([, ref]) => ref !== null)
  return {
    ...dossier,
    persons: Object.fromEntries([...others, ...named]),
    delivery: delivery ?? dossier.delivery,
    ...(fees ? withFees(dossier, fees) : {}),
    ...(counted ? { counted } : {}),
  }
}

/** What was waived or demanded since stays so; a waiver of more than is owed now leaves nothing owed. */
const withFees = (dossier: Dossier, fees: readonly FeeLine[]): Pick<Dossier, 'fees' | 'feeDue'> => ({
  fees,
  feeDue: Math.max(0, dossier.feeDue - totalOf(dossier.fees) + totalOf(fees)),
})

const totalOf = (fees: readonly FeeLine[]): Dong => fees.reduce((sum, { amount }) => sum + amount, 0)

/** The rows of persons that no longer count, each with the moment at which another took its place. */
export function supersededIn(happened: readonly Happened[]): Map<string, Instant> {
  const superseded = new Map<string, Instant>()
  if (!happened.some(({ event }) => event.type === 'amended')) return superseded
  let dossier: Dossier | undefined
  for (const next of happened) {
    for (const id of supersededBy(dossier, next.event)) superseded.set(id, next.occurredAt)
    dossier = evolve(dossier, next)
  }
  return superseded
}

/** Of a dossier as it stood, the rows of persons whose place this event gives to others. */
export const supersededBy = (before: Dossier | undefined, event: DossierEvent): string[] =>
  event.type === 'amended' && before
    ? (Object.keys(event.persons) as PersonRole[]).flatMap((role) => before.persons[role]?.id ?? [])
    : []

/** The pauses so far, with the one that ends now. */
export const pausesUntil = (
  dossier: Pick<Dossier, 'pauses' | 'pausedSince'>,
  to: Instant,
  reason: Pause['reason'],
): readonly Pause[] =>
  dossier.pausedSince ? [...dossier.pauses, { from: dossier.pausedSince, to, reason }] : dossier.pauses

const end = (dossier: Dossier, status: Status, finishedAt: Instant, at: OpenStep | null): Dossier => ({
  ...dossier,
  status,
  finishedAt,
  completeBy: null,
  open: at ? [at] : [],
  paused: [],
  pausedSince: null,
})

/** Later facts about a paper replace earlier ones; papers that were not named stay as they were. */
function merge(before: readonly ComponentState[], later: readonly ComponentState[]): readonly ComponentState[] {
  const named = new Map(later.map((component) => [component.key, component]))
  const kept = before.map((component) => named.get(component.key) ?? component)
  return [...kept, ...later.filter((component) => !before.some(({ key }) => key === component.key))]
}

function start(
  event: Extract<DossierEvent, { type: 'lodged' }>,
  { version, agencyId }: { version: number; agencyId: number },
): Dossier {
  const { type: _type, details: _details, at, ...lodging } = event
  return {
    ...lodging,
    status: 'lodged',
    version,
    agencyId,
    participants: lodging.lodgedAtAgencyId ? [lodging.lodgedAtAgencyId] : [],
    law: null,
    receivedAt: null,
    receivedBy: null,
    clockStartedAt: null,
    limit: null,
    reading: null,
    nextDayAfter15: false,
    forwardBy: null,
    processId: null,
    process: null,
    dueOriginal: null,
    dueCurrent: null,
    finishedAt: null,
    outcome: null,
    returnedAt: null,
    open: [at],
    paused: [],
    pausedSince: null,
    pauses: [],
    done: [],
    supplementsAtIntake: 0,
    supplementsInProcessing: 0,
    completeBy: null,
    extensions: 0,
    apologies: [],
    opinions: [],
    feeDue: totalOf(lodging.fees),
    feePaid: 0,
    feeRefunded: 0,
    resultNumber: null,
    resultFileId: null,
    resultElectronic: false,
    signedBy: null,
    correction: null,
    corrections: 0,
  }
}

/** The dossier that these events make, or undefined when there are none. */
export const fold = (happened: readonly Happened[]): Dossier | undefined =>
  happened.reduce<Dossier | undefined>((dossier, next) => evolve(dossier, next), undefined)
