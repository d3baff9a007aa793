import {
  addWorkingDays,
  addWorkingMinutes,
  closingOf,
  dueAt,
  forwardBy,
  isWorkingDay,
  readingOn,
  workingDaysBetween,
  workingMinutesBetween,
  type WorkingCalendar,
} from '../../calendar/index.ts'
import type { TimeLimitRule } from '../../catalogue/index.ts'
import type { StepKind } from '../../workflow/index.ts'
import { addDays, dayOf, type Day, type Instant } from '../../platform/day.ts'
import type { Dong } from '../../platform/money.ts'
import { accept, refuse, type Result } from '../../platform/result.ts'
import {
  pausesUntil,
  type Amendment,
  type ApologyCause,
  type ComponentState,
  type Delivery,
  type Dossier,
  type DossierEvent,
  type FeeLine,
  type Lodging,
  type OpenStep,
  type Ref,
  type Status,
} from './events.ts'
import { lawOn, laws, type Law } from './law.ts'

/** What somebody may ask for. Free text and persons have already become references to rows beside the log. */
export type DossierCommand =
  | { type: 'receive' }
  | { type: 'refuseReceipt'; details: Ref }
  | { type: 'requestSupplement'; details: Ref; componentKeys: readonly string[] }
  | { type: 'acceptSupplement'; components: readonly ComponentState[]; amendment?: Amendment }
  | { type: 'forward' }
  | { type: 'completeStep'; key: string; details: Ref | null; resultNumber: string | null }
  | { type: 'sendBack'; key: string; toKey: string; details: Ref }
  | { type: 'assign'; key: string; officerId: number | null; reason: 'taken' | 'assigned' | 'absence' }
  | { type: 'askOpinion'; opinionId: string; agencyId: number; unitId: number; answerBy: Day; details: Ref }
  | { type: 'answerOpinion'; opinionId: string; details: Ref }
  | { type: 'requirePayment'; amount: Dong; payBy: Day | null; details: Ref }
  | { type: 'confirmPayment' }
  /** Without an amount, all that is owed. */
  | { type: 'collectFee'; method: 'cash' | 'transfer' | 'online'; receiptNumber: string | null; amount?: Dong }
  | { type: 'refundFee'; amount: Dong; details: Ref }
  | { type: 'reverseFee'; amount: Dong; details: Ref }
  | { type: 'waiveFee'; amount: Dong; details: Ref }
  /** Takes over amounts that were entered after the dossier was lodged. */
  | { type: 'recountFees' }
  | { type: 'extend'; newDay: Day; cause: ApologyCause; details: Ref }
  | { type: 'apologise'; newDay: Day; cause: ApologyCause; details: Ref }
  | { type: 'recomputeDue'; dueAt: Instant; notice: string }
  | { type: 'recordComponents'; components: readonly ComponentState[]; amendment?: Amendment }
  | { type: 'amend'; details: Ref; amendment: Amendment }
  | {
      type: 'signResult'
      key: string
      outcome: 'granted' | 'refused'
      documentNumber: string | null
      signedOn: Day
      fileId: string | null
      electronic: boolean
      details: Ref | null
    }
  | { type: 'withdraw'; details: Ref }
  | { type: 'stop'; details: Ref }
  | { type: 'closeUnsupplemented' }
  | {
      type: 'returnResult'
      delivery: Delivery
      recipient: Ref | null
      details: Ref | null
      /** The number and the electronic result, where nobody has recorded them before the desk. */
      documentNumber?: string | null
      fileId?: string | null
    }
  | { type: 'requestCorrection'; details: Ref }
  | { type: 'issueCorrection'; documentNumber: string | null; fileId: string | null }

export type CommandType = DossierCommand['type']

/** Why the law says no. Words in text.vi.ts. */
export type LifecycleRefusal = {
  code:
    | 'not-allowed-now'
    | 'step-not-open'
    | 'step-needs-signature'
    | 'step-returns-result'
    | 'step-unknown'
    | 'step-not-before'
    | 'supplement-already-requested'
    | 'supplement-already-requested-at-intake'
    | 'supplement-too-late'
    | 'completion-time-still-runs'
    | 'no-closing-under-this-law'
    | 'extension-used'
    | 'extension-too-late'
    | 'extension-not-later'
    | 'not-late-yet'
    | 'apology-used'
    | 'apology-day-past'
    | 'day-too-far'
    | 'not-a-working-day'
    | 'signer-received-it'
    | 'signed-in-future'
    | 'signed-before-receipt'
    | 'opinion-outstanding'
    | 'opinion-answered'
    | 'opinion-unknown'
    | 'refusal-needs-reason'
    | 'result-file-missing'
    | 'fee-outstanding'
    | 'nothing-to-pay'
    | 'refund-too-high'
    | 'amount-too-high'
    | 'no-fee-to-recount'
    | 'fees-final'
    | 'correction-open'
    | 'no-correction-open'
    | 'due-not-set'
    | 'case-not-offered'
  /** Facts for the sentence, e.g. the day until which something was possible. */
  facts?: Readonly<Record<string, string | number>>
}

/** A step of the process with the place that does it in this dossier. `minutes` are working minutes; 0 allots none. */
export type PlanStep = { key: string; kind: StepKind; agencyId: number; unitId: number; minutes: number }

/** Stages one after the other; the steps of a stage run beside each other. */
export type Plan = readonly (readonly PlanStep[])[]

export type Place = { agencyId: number; unitId: number }

/** What the rules need to know besides the dossier; fetched by the shell. */
export type Facts = {
  now: Instant
  /** Who asks; null for the system itself. */
  officerId: number | null
  calendar: WorkingCalendar
  plan: Plan
  processId: number | null
  /** Names the kept copy of that process; null where none is kept because nothing is received. */
  process: string | null
  /** The time limit of the case through this channel; null when the procedure has none for it. */
  limit: TimeLimitRule | null
  oneStop: Place
  /** All fees anew, where an amount that was missing at the lodging is known now; null where nothing is to be taken over. */
  recountedFees: readonly FeeLine[] | null
  /** False where a dossier is written down again from elsewhere, without its files. */
  filesAtHand: boolean
}

/** The one picture of the life cycle: which commands the law knows in which state. Buttons and refusals come from it. */
const inProcess = ['extend', 'apologise', 'withdraw', 'stop', 'recomputeDue'] as const
const afterEnd = ['refundFee', 'reverseFee'] as const
const always = ['assign', 'collectFee', 'waiveFee', 'recountFees', 'recordComponents', 'amend', ...afterEnd] as const

export const allowed = {
  lodged: ['receive', 'requestSupplement', 'refuseReceipt', 'withdraw', ...always],
  supplementAtIntake: ['acceptSupplement', 'refuseReceipt', 'withdraw', ...always],
  notReceived: [...afterEnd],
  received: ['forward', 'requestSupplement', ...inProcess, ...always],
  processing: [
    'completeStep',
    'signResult',
    'sendBack',
    'askOpinion',
    'answerOpinion',
    'requestSupplement',
    'requirePayment',
    ...inProcess,
    ...always,
  ],
  awaitingSupplement: ['acceptSupplement', 'closeUnsupplemented', 'withdraw', 'stop', ...always],
  awaitingPayment: ['confirmPayment', 'withdraw', 'stop', ...always],
  resultSigned: ['completeStep', 'returnResult', 'requestCorrection', 'issueCorrection', ...always],
  returned: ['requestCorrection', 'issueCorrection', ...afterEnd],
  withdrawn: ['returnResult', ...afterEnd],
  stopped: ['returnResult', ...afterEnd],
  closedUnsupplemented: [...afterEnd],
} as const satisfies Record<Status, readonly CommandType[]>

/** Which commands the law knows in this state, whether or not their conditions hold today. */
export const commandsIn = (status: Status): readonly CommandType[] => allowed[status]

/**
 * Whether a command can be given now, before anything is filled in; the reason is shown beside its button. `decide`
 * asks the same question first.
 */
export function guard(dossier: Dossier, type: CommandType, facts: Facts): LifecycleRefusal | undefined {
  if (!commandsIn(dossier.status).includes(type)) return { code: 'not-allowed-now', facts: { status: dossier.status } }
  return guards[type]?.(dossier, facts)
}

/** Which commands can be given now, with the refusal of each that cannot. */
export const availableCommands = (
  dossier: Dossier,
  facts: Facts,
): { type: CommandType; refusal?: LifecycleRefusal }[] =>
  commandsIn(dossier.status).map((type) => {
    const refusal = guard(dossier, type, facts)
    return refusal ? { type, refusal } : { type }
  })

const today = (facts: Facts): Day => dayOf(facts.now)

/** A day more than a year ahead is a slip of the year, and an extension cannot be taken back. */
const isTooFar = (day: Day, facts: Facts): boolean => day > addDays(today(facts), 366)

/** The law of the day of receipt, or today's while the dossier has not been received. */
export const lawOf = (dossier: Dossier, now: Instant): Law =>
  laws.find(({ id }) => id === dossier.law) ?? lawOn(dayOf(now))

const guards: Partial<Record<CommandType, (dossier: Dossier, facts: Facts) => LifecycleRefusal | undefined>> = {
  receive: (_dossier, facts) => (facts.limit ? undefined : { code: 'case-not-offered' }),

  // Một lần ở mỗi giai đoạn. Trước khi tiếp nhận: Điều 16 khoản 3, Điều 17 khoản 2; khi giải quyết: Điều 19 khoản 5.
  requestSupplement(dossier, facts) {
    const law = lawOf(dossier, facts.now)
    if (dossier.status === 'lodged')
      return dossier.supplementsAtIntake >= law.supplementsAtIntake
        ? { code: 'supplement-already-requested-at-intake' }
        : undefined
    return dossier.supplementsInProcessing >= law.supplementsInProcessing
      ? { code: 'supplement-already-requested' }
      : undefined
  },

  acceptSupplement: (dossier, facts) =>
    dossier.completeBy && today(facts) > dossier.completeBy
      ? { code: 'supplement-too-late', facts: { completeBy: dossier.completeBy } }
      : undefined,

  // Điều 19 khoản 5: quá 15 ngày không hoàn thiện.
  closeUnsupplemented(dossier, facts) {
    if (!dossier.completeBy) return { code: 'no-closing-under-this-law' }
    return today(facts) <= dossier.completeBy
      ? { code: 'completion-time-still-runs', facts: { completeBy: dossier.completeBy } }
      : undefined
  },

  // Điều 19 khoản 6: hẹn lại không quá một lần, trước ngày hẹn trả ít nhất 01 ngày.
  extend(dossier, facts) {
    if (!dossier.dueCurrent) return { code: 'due-not-set' }
    const law = lawOf(dossier, facts.now)
    if (dossier.extensions >= law.extensions) return { code: 'extension-used' }
    const lastDay = addDays(dayOf(dossier.dueCurrent), -law.extensionDaysBefore)
    return today(facts) > lastDay ? { code: 'extension-too-late', facts: { lastDay } } : undefined
  },

  apologise(dossier, facts) {
    if (!dossier.dueCurrent) return { code: 'due-not-set' }
    if (facts.now <= dossier.dueCurrent) return { code: 'not-late-yet', facts: { dueAt: dossier.dueCurrent } }
    return dossier.apologies.length > 0 ? { code: 'apology-used' } : undefined
  },

  answerOpinion: (dossier) =>
    dossier.opinions.some(({ answered }) => !answered) ? undefined : { code: 'opinion-answered' },

  signResult(dossier, facts) {
    if (!dossier.open.some(({ kind }) => kind === 'sign')) return { code: 'step-not-open' }
    // Separation of duties: whoever took the dossier in does not sign its result.
    if (facts.officerId !== null && facts.officerId === dossier.receivedBy) return { code: 'signer-received-it' }
    return outstandingOpinion(dossier, facts)
  },

  completeStep: (dossier) =>
    dossier.open.some(
      ({ kind }) => kind === 'examine' || kind === 'opinion' || kind === 'hand-off' || kind === 'register',
    )
      ? undefined
      : { code: 'step-not-open' },

  sendBack: (dossier) => (dossier.done.length > 0 ? undefined : { code: 'step-not-before' }),

  collectFee: (dossier) => (dossier.feeDue > dossier.feePaid ? undefined : { code: 'nothing-to-pay' }),

  refundFee: (dossier) =>
    dossier.feePaid > dossier.feeRefunded ? undefined : { code: 'refund-too-high', facts: { most: 0 } },

  waiveFee: (dossier) => (dossier.feeDue > dossier.feePaid ? undefined : { code: 'nothing-to-pay' }),

  // Luật Phí và lệ phí 97/2015/QH13: đã nộp đủ thì không thu thêm; bị từ chối giải quyết thì không thu.
  recountFees(dossier, facts) {
    const isSettled = dossier.feePaid > 0 && dossier.feePaid >= dossier.feeDue
    if (isSettled || dossier.outcome === 'refused') return { code: 'fees-final' }
    return facts.recountedFees ? undefined : { code: 'no-fee-to-recount' }
  },

  reverseFee: (dossier) =>
    dossier.feePaid > dossier.feeRefunded ? undefined : { code: 'amount-too-high', facts: { most: 0 } },

  confirmPayment: (dossier) =>
    dossier.feePaid >= dossier.feeDue
      ? undefined
      : { code: 'fee-outstanding', facts: { amount: dossier.feeDue - dossier.feePaid } },

  returnResult(dossier) {
    if (!dossier.open.some(({ kind }) => kind === 'return')) return { code: 'step-not-open' }
    const owed = dossier.feeDue - dossier.feePaid
    return dossier.outcome === 'granted' && owed > 0 ? { code: 'fee-outstanding', facts: { amount: owed } } : undefined
  },

  requestCorrection: (dossier) => (dossier.correction ? { code: 'correction-open' } : undefined),
  issueCorrection: (dossier) => (dossier.correction ? undefined : { code: 'no-correction-open' }),
}

/** An opinion that was asked for is waited for until its day. */
function outstandingOpinion(dossier: Dossier, facts: Facts): LifecycleRefusal | undefined {
  const waiting = dossier.opinions.find(({ answered, answerBy }) => !answered && today(facts) <= answerBy)
  return waiting && { code: 'opinion-outstanding', facts: { answerBy: waiting.answerBy } }
}

/** What a new dossier begins with. The counter receives at once with a second command. */
export function decideLodging(lodging: Lodging, facts: Facts): DossierEvent {
  return {
    type: 'lodged',
    ...lodging,
    lodgedAt: facts.now,
    // NĐ 118/2025/NĐ-CP, Điều 17: hồ sơ trực tuyến được tiếp nhận hoặc yêu cầu bổ sung trong 08 giờ làm việc.
    acceptBy: lodging.channel === 'online' ? addWorkingMinutes(facts.calendar, facts.now, 8 * 60) : null,
    at: opened(
      { key: 'accept', kind: 'accept', minutes: lodging.channel === 'online' ? 8 * 60 : 0, ...facts.oneStop },
      facts,
    ),
  }
}

/** What happens when somebody asks; changes nothing and never throws. */
export function decide(
  dossier: Dossier,
  command: DossierCommand,
  facts: Facts,
): Result<DossierEvent[], LifecycleRefusal> {
  const refusal = guard(dossier, command.type, facts)
  if (refusal) return refuse(refusal)
  switch (command.type) {
    case 'receive':
      return receive(dossier, facts)
    case 'refuseReceipt':
      return accept([{ type: 'notReceived', details: command.details }])
    case 'requestSupplement':
      return accept([requestSupplement(dossier, command, facts)])
    case 'acceptSupplement':
      return accept([acceptSupplement(dossier, command, facts), ...amended(command)])
    case 'forward':
      return accept([
        {
          type: 'forwarded',
          opened: next(facts, []),
          late: dossier.forwardBy !== null && facts.now > dossier.forwardBy,
        },
      ])
    case 'completeStep':
      return completeStep(dossier, command, facts)
    case 'sendBack':
      return sendBack(dossier, command, facts)
    case 'assign':
      return dossier.open.some(({ key }) => key === command.key)
        ? accept([{ type: 'stepAssigned', key: command.key, officerId: command.officerId, reason: command.reason }])
        : refuse({ code: 'step-not-open' })
    case 'askOpinion': {
      const { opinionId, agencyId, unitId, answerBy, details } = command
      if (answerBy < today(facts)) return refuse({ code: 'apology-day-past' })
      if (isTooFar(answerBy, facts)) return refuse({ code: 'day-too-far' })
      if (dossier.opinions.some((opinion) => opinion.opinionId === opinionId))
        return refuse({ code: 'opinion-unknown' })
      const at = opened({ key: opinionId, kind: 'opinion', agencyId, unitId, minutes: 0 }, facts)
      return accept([
        {
          type: 'opinionAsked',
          opinionId,
          agencyId,
          unitId,
          answerBy,
          details,
          opened: { ...at, dueAt: closingOf(facts.calendar, answerBy) },
        },
      ])
    }
    case 'answerOpinion': {
      const opinion = dossier.opinions.find(({ opinionId }) => opinionId === command.opinionId)
      if (!opinion) return refuse({ code: 'opinion-unknown' })
      if (opinion.answered) return refuse({ code: 'opinion-answered' })
      return accept([
        {
          type: 'opinionAnswered',
          opinionId: opinion.opinionId,
          late: today(facts) > opinion.answerBy,
          details: command.details,
        },
      ])
    }
    case 'requirePayment':
      return accept([
        {
          type: 'paymentRequired',
          amount: command.amount,
          payBy: command.payBy,
          details: command.details,
          at: opened({ key: 'payment', kind: 'wait', minutes: 0, ...facts.oneStop }, facts),
        },
      ])
    case 'confirmPayment':
      return accept([{ type: 'paymentConfirmed', dueAt: afterPause(dossier, facts), opened: reopened(dossier, facts) }])
    case 'collectFee': {
      const most = dossier.feeDue - dossier.feePaid
      const amount = command.amount ?? most
      if (amount > most) return refuse({ code: 'amount-too-high', facts: { most } })
      const { method, receiptNumber } = command
      return accept([{ type: 'feeCollected', lines: dossier.fees, amount, method, receiptNumber }])
    }
    case 'waiveFee': {
      const most = dossier.feeDue - dossier.feePaid
      return command.amount > most
        ? refuse({ code: 'amount-too-high', facts: { most } })
        : accept([{ type: 'feeWaived', amount: command.amount, details: command.details }])
    }
    case 'recountFees':
      return facts.recountedFees
        ? accept([{ type: 'feesRecounted', fees: facts.recountedFees }])
        : refuse({ code: 'no-fee-to-recount' })
    case 'reverseFee': {
      const most = dossier.feePaid - dossier.feeRefunded
      return command.amount > most
        ? refuse({ code: 'amount-too-high', facts: { most } })
        : accept([{ type: 'feeReversed', amount: command.amount, details: command.details }])
    }
    case 'refundFee': {
      const most = dossier.feePaid - dossier.feeRefunded
      return command.amount > most
        ? refuse({ code: 'refund-too-high', facts: { most } })
        : accept([{ type: 'feeRefunded', amount: command.amount, details: command.details }])
    }
    case 'extend':
      return extend(dossier, command, facts)
    case 'apologise':
      if (command.newDay < today(facts)) return refuse({ code: 'apology-day-past' })
      if (isTooFar(command.newDay, facts)) return refuse({ code: 'day-too-far' })
      if (!isWorkingDay(facts.calendar, command.newDay))
        return refuse({ code: 'not-a-working-day', facts: { day: command.newDay } })
      return accept([
        {
          type: 'apologised',
          newDay: command.newDay,
          cause: command.cause,
          details: command.details,
          signerOfficerId: facts.officerId ?? 0,
        },
      ])
    case 'recomputeDue':
      return dossier.dueCurrent
        ? accept([{ type: 'dueRecomputed', dueAt: command.dueAt, notice: command.notice }])
        : refuse({ code: 'due-not-set' })
    case 'recordComponents':
      return accept([
        ...(command.components.length > 0 || !command.amendment
          ? [{ type: 'componentsRecorded' as const, components: command.components }]
          : []),
        ...amended(command),
      ])
    case 'amend':
      return accept([{ type: 'amended', ...command.amendment, details: command.details }])
    case 'signResult':
      return signResult(dossier, command, facts)
    case 'withdraw':
      return accept([{ type: 'withdrawn', details: command.details, at: papersBack(dossier, facts) }])
    case 'stop':
      return accept([{ type: 'stopped', details: command.details, at: papersBack(dossier, facts) }])
    case 'closeUnsupplemented':
      return accept([{ type: 'closedUnsupplemented' }])
    case 'returnResult':
      return returnResult(dossier, command, facts)
    case 'requestCorrection': {
      // NĐ 118/2025/NĐ-CP, Điều 23: đính chính trong 03 ngày làm việc.
      const correctBy = addWorkingDays(facts.calendar, today(facts), lawOf(dossier, facts.now).correctionWorkingDays)
      const at = {
        ...opened({ key: 'correction', kind: 'sign', minutes: 0, ...signingPlace(facts) }, facts),
        dueAt: closingOf(facts.calendar, correctBy),
      }
      return accept([{ type: 'correctionRequested', details: command.details, correctBy, at }])
    }
    case 'issueCorrection':
      return accept([
        {
          type: 'correctionIssued',
          documentNumber: command.documentNumber,
          fileId: command.fileId,
          signerOfficerId: facts.officerId ?? 0,
          late: dossier.correction !== null && today(facts) > dossier.correction.correctBy,
        },
      ])
  }
}

/** NĐ 118/2025/NĐ-CP, Điều 21: what the applicant adjusts is an entry of its own. */
const amended = ({ amendment }: { amendment?: Amendment }): DossierEvent[] =>
  amendment ? [{ type: 'amended', ...amendment }] : []

/** Điều 17, 18: the clock starts when the dossier is complete and valid; forwarded the same day, after 15:00 the next morning. */
function receive(dossier: Dossier, facts: Facts): Result<DossierEvent[], LifecycleRefusal> {
  const { limit } = facts
  if (!limit) return refuse({ code: 'case-not-offered' })
  const reading = readingOn(facts.calendar, today(facts))
  const { dueAt: due } = dueAt({
    start: facts.now,
    limit: limit.parts,
    reading,
    calendar: facts.calendar,
    nextDayAfter15: limit.nextDayAfter15,
  })
  const forward = forwardBy(facts.calendar, facts.now)
  return accept([
    {
      type: 'received',
      law: lawOn(today(facts)).id,
      receivedAt: facts.now,
      clockStartedAt: facts.now,
      limit: limit.parts,
      reading,
      nextDayAfter15: limit.nextDayAfter15,
      dueAt: due,
      forwardBy: forward,
      processId: facts.processId,
      ...(facts.process === null ? {} : { process: facts.process }),
      at: {
        ...opened({ key: 'forward', kind: 'forward', minutes: 0, ...placeOf(dossier, facts) }, facts),
        dueAt: forward,
      },
    },
  ])
}

function placeOf(dossier: Dossier, { oneStop }: Facts): Place {
  const { agencyId, unitId } = dossier.open[0] ?? oneStop
  return { agencyId, unitId }
}

function requestSupplement(
  dossier: Dossier,
  command: Extract<DossierCommand, { type: 'requestSupplement' }>,
  facts: Facts,
): DossierEvent {
  const law = lawOf(dossier, facts.now)
  const intake = dossier.status === 'lodged'
  const noticeBy = dossier.receivedAt
    ? addWorkingDays(facts.calendar, dayOf(dossier.receivedAt), law.supplementWithinWorkingDays)
    : null
  return {
    type: 'supplementRequested',
    stage: intake ? 'intake' : 'processing',
    details: command.details,
    componentKeys: command.componentKeys,
    completeBy:
      intake || law.closeUnsupplementedAfterDays === null
        ? null
        : addDays(today(facts), law.closeUnsupplementedAfterDays),
    late: !intake && noticeBy !== null && today(facts) > noticeBy,
    at: opened({ key: 'supplement', kind: 'wait', minutes: 0, ...facts.oneStop }, facts),
  }
}

function acceptSupplement(
  dossier: Dossier,
  command: Extract<DossierCommand, { type: 'acceptSupplement' }>,
  facts: Facts,
): DossierEvent {
  const { components } = command
  if (dossier.status === 'supplementAtIntake') {
    const at = opened({ key: 'accept', kind: 'accept', minutes: 0, ...facts.oneStop }, facts)
    return { type: 'supplementReceived', components, dueAt: null, mode: 'intake', opened: [at] }
  }
  return {
    type: 'supplementReceived',
    components,
    dueAt: afterPause(dossier, facts),
    mode: lawOf(dossier, facts.now).afterSupplement,
    opened: reopened(dossier, facts),
  }
}

/**
 * Counted anew from zero (NĐ 118/2025, Điều 19 khoản 5), or with the pause left out (before 1/7/2025, and for a financial
 * duty). A day that was promised by an extension moves on by the working days of the pause.
 */
function afterPause(dossier: Dossier, facts: Facts): Instant {
  const { limit, reading, dueCurrent, pausedSince, nextDayAfter15, clockStartedAt } = dossier
  if (!limit || !reading || !clockStartedAt || !dueCurrent || !pausedSince) return dueCurrent ?? facts.now
  const supplement = dossier.status === 'awaitingSupplement'
  const input = { limit, reading, calendar: facts.calendar, nextDayAfter15 }
  if (supplement && lawOf(dossier, facts.now).afterSupplement === 'reset')
    return dueAt({ ...input, start: facts.now }).dueAt
  if (dossier.extensions > 0) {
    const days = workingDaysBetween(facts.calendar, dayOf(pausedSince), today(facts))
    return closingOf(facts.calendar, addWorkingDays(facts.calendar, dayOf(dueCurrent), days))
  }
  return dueAt({
    ...input,
    start: clockStartedAt,
    pauses: pausesUntil(dossier, facts.now, supplement ? 'supplement' : 'finance'),
  }).dueAt
}

/** The steps that stood open go on: with all their time again where the law counts anew, else with what was left. */
const reopened = (dossier: Dossier, facts: Facts): OpenStep[] =>
  dossier.paused.map((step) => ({ ...step, openedAt: facts.now, dueAt: stepDueAfterPause(dossier, step, facts) }))

function stepDueAfterPause(dossier: Dossier, step: OpenStep, facts: Facts): Instant | null {
  if (step.dueAt === null || dossier.pausedSince === null) return step.dueAt
  const anew = dossier.status === 'awaitingSupplement' && lawOf(dossier, facts.now).afterSupplement === 'reset'
  if (anew && step.kind === 'forward') return forwardBy(facts.calendar, facts.now)
  const allotted = facts.plan.flat().find(({ key }) => key === step.key)?.minutes
  const left = workingMinutesBetween(facts.calendar, dossier.pausedSince, step.dueAt)
  return addWorkingMinutes(facts.calendar, facts.now, anew ? (allotted ?? left) : left)
}

function completeStep(
  dossier: Dossier,
  command: Extract<DossierCommand, { type: 'completeStep' }>,
  facts: Facts,
): Result<DossierEvent[], LifecycleRefusal> {
  const step = dossier.open.find(({ key }) => key === command.key)
  if (!step) return refuse({ code: 'step-not-open' })
  if (step.kind === 'sign') return refuse({ code: 'step-needs-signature' })
  if (step.kind === 'return') return refuse({ code: 'step-returns-result' })
  if (dossier.opinions.some(({ opinionId }) => opinionId === step.key)) return refuse({ code: 'opinion-unknown' })
  const done = [...dossier.done, step.key]
  if (dossier.outcome !== null || workLeft(facts.plan, done)) {
    return accept([stepDone(dossier, step, facts, { details: command.details, resultNumber: command.resultNumber })])
  }
  const waiting = outstandingOpinion(dossier, facts)
  if (waiting) return refuse(waiting)
  // Another authority had the last word (Điều 20): with its decision the dossier is settled, as by a signature of ours.
  const following = next(facts, done)
  return accept([
    {
      type: 'resultSigned',
      stepKey: step.key,
      outcome: 'granted',
      documentNumber: command.resultNumber,
      signedOn: today(facts),
      signerOfficerId: null,
      fileId: null,
      electronic: false,
      details: command.details,
      opened: following.length > 0 ? following : [returning(facts)],
    },
  ])
}

const stepDone = (
  dossier: Dossier,
  step: OpenStep,
  facts: Facts,
  { details, resultNumber }: { details: Ref | null; resultNumber: string | null },
): DossierEvent => ({
  type: 'stepCompleted',
  key: step.key,
  late: step.dueAt !== null && facts.now > step.dueAt,
  details,
  resultNumber,
  opened: next(facts, [...dossier.done, step.key], dossier.open),
})

function signResult(
  dossier: Dossier,
  command: Extract<DossierCommand, { type: 'signResult' }>,
  facts: Facts,
): Result<DossierEvent[], LifecycleRefusal> {
  const step = dossier.open.find(({ key }) => key === command.key)
  if (!step || step.kind !== 'sign') return refuse({ code: 'step-not-open' })
  if (command.outcome === 'refused' && !command.details) return refuse({ code: 'refusal-needs-reason' })
  if (command.signedOn > today(facts)) return refuse({ code: 'signed-in-future' })
  if (dossier.receivedAt && command.signedOn < dayOf(dossier.receivedAt))
    return refuse({ code: 'signed-before-receipt' })
  if (command.electronic && !command.fileId && facts.filesAtHand) return refuse({ code: 'result-file-missing' })
  // A signature in the middle of the process only passes the dossier on; a refusal ends it wherever it is signed.
  if (command.outcome === 'granted' && workLeft(facts.plan, [...dossier.done, step.key])) {
    return accept([stepDone(dossier, step, facts, { details: command.details, resultNumber: command.documentNumber })])
  }
  const following = command.outcome === 'granted' ? next(facts, [...dossier.done, step.key]) : []
  return accept([
    {
      type: 'resultSigned',
      stepKey: step.key,
      outcome: command.outcome,
      documentNumber: command.documentNumber,
      signedOn: command.signedOn,
      signerOfficerId: facts.officerId ?? 0,
      fileId: command.fileId,
      electronic: command.electronic,
      details: command.details,
      opened: following.length > 0 ? following : [returning(facts)],
    },
  ])
}

/** What is handed over electronically is a file; a paper may lie at the desk alone. */
function returnResult(
  dossier: Dossier,
  command: Extract<DossierCommand, { type: 'returnResult' }>,
  facts: Facts,
): Result<DossierEvent[], LifecycleRefusal> {
  const { delivery, recipient, details, documentNumber, fileId } = command
  const isElectronic = delivery === 'online' || delivery === 'counter-and-online'
  const hasFile = Boolean(fileId ?? dossier.resultFileId)
  if (dossier.outcome === 'granted' && isElectronic && !hasFile && facts.filesAtHand)
    return refuse({ code: 'result-file-missing' })
  return accept([
    {
      type: 'resultReturned',
      delivery,
      recipient,
      details,
      ...(documentNumber ? { documentNumber } : {}),
      ...(fileId ? { fileId } : {}),
    },
  ])
}

/** Whether steps are left that belong to the decision itself, not to handing it over. */
const workLeft = (plan: Plan, done: readonly string[]): boolean =>
  plan.flat().some(({ key, kind }) => !done.includes(key) && kind !== 'register' && kind !== 'return')

function sendBack(
  dossier: Dossier,
  command: Extract<DossierCommand, { type: 'sendBack' }>,
  facts: Facts,
): Result<DossierEvent[], LifecycleRefusal> {
  if (!dossier.open.some(({ key }) => key === command.key)) return refuse({ code: 'step-not-open' })
  const stageOf = (key: string) => facts.plan.findIndex((stage) => stage.some((step) => step.key === key))
  const target = facts.plan.flat().find(({ key }) => key === command.toKey)
  if (!target) return refuse({ code: 'step-unknown' })
  if (!dossier.done.includes(command.toKey) || stageOf(command.toKey) >= stageOf(command.key))
    return refuse({ code: 'step-not-before' })
  const undone = dossier.done.filter((key) => stageOf(key) > stageOf(command.toKey) || key === command.toKey)
  return accept([
    { type: 'sentBack', from: command.key, undone, details: command.details, opened: [opened(target, facts)] },
  ])
}

function extend(
  dossier: Dossier,
  command: Extract<DossierCommand, { type: 'extend' }>,
  facts: Facts,
): Result<DossierEvent[], LifecycleRefusal> {
  if (!dossier.dueCurrent || command.newDay <= dayOf(dossier.dueCurrent)) return refuse({ code: 'extension-not-later' })
  if (isTooFar(command.newDay, facts)) return refuse({ code: 'day-too-far' })
  if (!isWorkingDay(facts.calendar, command.newDay))
    return refuse({ code: 'not-a-working-day', facts: { day: command.newDay } })
  return accept([
    {
      type: 'extended',
      dueAt: closingOf(facts.calendar, command.newDay),
      cause: command.cause,
      details: command.details,
      signerOfficerId: facts.officerId ?? 0,
    },
  ])
}

/** The steps that can begin when these are done: those of the first stage that is not finished and not already open. */
function next(facts: Facts, done: readonly string[], open: readonly OpenStep[] = []): OpenStep[] {
  const stage = facts.plan.find((steps) => steps.some(({ key }) => !done.includes(key)))
  if (!stage) return [returning(facts)]
  return stage
    .filter(({ key }) => !done.includes(key) && !open.some((step) => step.key === key))
    .map((step) => opened(step, facts))
}

const opened = (
  step: { key: string; kind: OpenStep['kind']; agencyId: number; unitId: number; minutes: number },
  facts: Facts,
): OpenStep => ({
  key: step.key,
  kind: step.kind,
  agencyId: step.agencyId,
  unitId: step.unitId,
  officerId: null,
  openedAt: facts.now,
  dueAt: step.minutes > 0 ? addWorkingMinutes(facts.calendar, facts.now, step.minutes) : null,
})

const returning = (facts: Facts): OpenStep =>
  opened({ key: 'return', kind: 'return', minutes: 0, ...facts.oneStop }, facts)

/** Papers go back to the applicant over the counter; nothing to give back when the dossier was never received. */
const papersBack = (dossier: Dossier, facts: Facts): OpenStep | null => (dossier.receivedAt ? returning(facts) : null)

function signingPlace({ plan, oneStop }: Facts): Place {
  const { agencyId, unitId } = plan.flat().findLast(({ kind }) => kind === 'sign') ?? oneStop
  return { agencyId, unitId }
}
