import type { CommandInput, CommandOption, DossierView, FormOption, QueueItem, StepView } from '../contract.ts'

/** Who looks at the page: the officer, and the units in which the officer works. */
export type Viewer = { officerId: number; units: readonly number[] }

export type CommandType = CommandInput['type']
export type Refusal = NonNullable<CommandOption['refusal']>
export type BlockedAction = { type: CommandType; refusal: Refusal }

export type Actions = {
  /** The next right thing to do; null when there is none for this post. */
  primary: CommandType | null
  others: readonly CommandType[]
  /** What belongs to the step of another unit, and may be done in its place. */
  instead: readonly CommandType[]
  /** What the officer might have expected to do, with the reason why not. */
  blocked: readonly BlockedAction[]
  /** What simply has no occasion now, such as a refund of nothing. */
  idle: readonly BlockedAction[]
}

/** What comes first in each state; the first that is possible becomes the primary button. */
const order: Readonly<Record<string, readonly CommandType[]>> = {
  lodged: ['receive', 'requestSupplement'],
  supplementAtIntake: ['acceptSupplement'],
  received: ['forward', 'apologise'],
  processing: ['answerOpinion', 'signResult', 'completeStep', 'apologise'],
  awaitingSupplement: ['closeUnsupplemented', 'acceptSupplement'],
  awaitingPayment: ['collectFee', 'confirmPayment'],
  resultSigned: ['issueCorrection', 'completeStep', 'returnResult', 'collectFee'],
  returned: ['issueCorrection'],
  withdrawn: ['returnResult'],
  stopped: ['returnResult'],
}

/** The rest in the order in which it is looked for; what ends a dossier stands last. */
const rest: readonly CommandType[] = [
  'receive',
  'forward',
  'completeStep',
  'signResult',
  'returnResult',
  'acceptSupplement',
  'requestSupplement',
  'askOpinion',
  'answerOpinion',
  'sendBack',
  'assign',
  'recordComponents',
  'collectFee',
  'confirmPayment',
  'requirePayment',
  'refundFee',
  'extend',
  'apologise',
  'requestCorrection',
  'issueCorrection',
  'refuseReceipt',
  'closeUnsupplemented',
  'withdraw',
  'stop',
]

/** Refusals that say "no occasion" rather than "the law does not let you". */
const idleCodes: ReadonlySet<string> = new Set([
  'nothing-to-pay',
  'refund-too-high',
  'amount-too-high',
  'opinion-answered',
  'no-correction-open',
  'step-not-before',
  'step-not-open',
  'not-late-yet',
  'completion-time-still-runs',
  'no-closing-under-this-law',
])

/** The buttons of the page: exactly those that the server named, the next right one apart. */
export function actionsOf(
  view: Pick<DossierView, 'status' | 'commands' | 'open' | 'opinions' | 'fee'>,
  viewer: Viewer,
): Actions {
  const known = view.commands.filter((option): option is { type: CommandType; refusal: Refusal | null } =>
    rest.some((type) => type === option.type),
  )
  const possible = known.filter(({ refusal }) => refusal === null).map(({ type }) => type)
  const refused = known.flatMap(({ type, refusal }) => (refusal ? [{ type, refusal }] : []))
  const primary =
    (order[view.status] ?? []).find((type) => possible.includes(type) && isTurnOf(type, view, viewer)) ?? null
  const others = rest.filter((type) => possible.includes(type) && type !== primary)
  return {
    primary,
    others: others.filter((type) => !isOfOthers(type, view, viewer)),
    instead: others.filter((type) => isOfOthers(type, view, viewer)),
    blocked: refused.filter(({ refusal }) => !idleCodes.has(refusal.code)),
    idle: refused.filter(({ refusal }) => idleCodes.has(refusal.code)),
  }
}

/** Whether it is this officer's turn, where several people may do a thing. */
function isTurnOf(
  type: CommandType,
  view: Pick<DossierView, 'open' | 'opinions' | 'fee' | 'status'>,
  viewer: Viewer,
): boolean {
  if (type === 'answerOpinion') return stepsFor('answerOpinion', view).some((step) => isMine(step, viewer))
  if (type === 'completeStep') return stepsFor('completeStep', view).some((step) => isMine(step, viewer))
  if (type === 'collectFee') return view.fee.due > view.fee.paid
  // Asking for papers at the counter is the counter's next step, not the leader's.
  if (type === 'requestSupplement') return view.open.some((step) => isMine(step, viewer))
  return true
}

/** A leader may act at any step of the authority; the clerk's is not offered beside the leader's own. */
function isOfOthers(type: CommandType, view: Pick<DossierView, 'open' | 'opinions'>, viewer: Viewer): boolean {
  if (type !== 'completeStep' && type !== 'answerOpinion') return false
  const steps = stepsFor(type, view)
  return (
    steps.length > 0 && !steps.some((step) => step.officerId === viewer.officerId || viewer.units.includes(step.unitId))
  )
}

const completable = new Set(['examine', 'opinion', 'hand-off', 'register'])

/** The open steps at which a command can be given. */
export function stepsFor(
  type: 'completeStep' | 'signResult' | 'sendBack' | 'assign' | 'answerOpinion',
  { open, opinions }: Pick<DossierView, 'open' | 'opinions'>,
): StepView[] {
  const asked = new Set(opinions.map(({ opinionId }) => opinionId))
  switch (type) {
    case 'answerOpinion':
      return open.filter(({ key }) => asked.has(key))
    case 'completeStep':
      return open.filter(({ key, kind }) => completable.has(kind) && !asked.has(key))
    case 'signResult':
      return open.filter(({ kind, key }) => kind === 'sign' && key !== 'correction')
    case 'sendBack':
      return open.filter(({ key, kind }) => !asked.has(key) && (completable.has(kind) || kind === 'sign'))
    case 'assign':
      return [...open]
  }
}

/** Held by this officer, or open to the unit. */
export const isMine = (step: Pick<StepView, 'officerId' | 'unitId'>, { officerId, units }: Viewer): boolean =>
  step.officerId === officerId || (step.officerId === null && units.includes(step.unitId))

/** The step that the form proposes: my own, otherwise one of my unit, otherwise the first. */
export const likelyStep = (steps: readonly StepView[], viewer: Viewer): StepView | undefined =>
  steps.find(({ officerId }) => officerId === viewer.officerId) ??
  steps.find((step) => isMine(step, viewer)) ??
  steps.find(({ unitId }) => viewer.units.includes(unitId)) ??
  steps[0]

/** Open steps of my unit that nobody has taken. */
export const takeable = ({ open, commands }: Pick<DossierView, 'open' | 'commands'>, viewer: Viewer): StepView[] =>
  commands.some(({ type, refusal }) => type === 'assign' && refusal === null)
    ? open.filter((step) => step.officerId === null && step.kind !== 'wait' && viewer.units.includes(step.unitId))
    : []

const waitingStates: ReadonlySet<string> = new Set(['supplementAtIntake', 'awaitingSupplement', 'awaitingPayment'])
const endedStates: ReadonlySet<string> = new Set([
  'notReceived',
  'returned',
  'withdrawn',
  'stopped',
  'closedUnsupplemented',
])

/** The clock stands still: somebody outside has to act. */
export const isWaiting = (status: string): boolean => waitingStates.has(status)
export const isEnded = (status: string): boolean => endedStates.has(status)

export type TimeView =
  | { kind: 'due'; dueAt: string | null; finishedAt: string | null }
  | { kind: 'awaiting'; what: 'awaitingReturn' | 'awaitingPayment' | 'awaitingSupplement' }

/** What stands in the first column of a list: the time left, or for whom the dossier waits. */
export function timeOf(item: Pick<QueueItem, 'status' | 'kind' | 'dueAt' | 'stepDueAt'>): TimeView {
  const { status, kind, dueAt, stepDueAt } = item
  if (status === 'awaitingPayment') return { kind: 'awaiting', what: 'awaitingPayment' }
  if (isWaiting(status)) return { kind: 'awaiting', what: 'awaitingSupplement' }
  if (dueAt === null && kind === 'return') return { kind: 'awaiting', what: 'awaitingReturn' }
  return { kind: 'due', dueAt: dueAt ?? stepDueAt, finishedAt: null }
}

/** The event after which a paper was made: `receipt-3` belongs to version 3; a paper of the whole dossier has none. */
export function versionOfPaper({ form }: Pick<FormOption, 'form'>): number | null {
  const found = /-(\d+)$/.exec(form)
  return found ? Number(found[1]) : null
}

/** The papers that arose after the page was read at this version. */
export const papersSince = (forms: readonly FormOption[], version: number): FormOption[] =>
  forms.filter((form) => (versionOfPaper(form) ?? 0) > version)

/** What still has to be paid. */
export const owed = ({ fee }: Pick<DossierView, 'fee'>): number => Math.max(0, fee.due - fee.paid)

/** The name of a step by its key, from the process or from what is open. */
export function stepNameIn({ stages, open }: Pick<DossierView, 'stages' | 'open'>, key: string): string {
  return stages.flat().find((step) => step.key === key)?.name ?? open.find((step) => step.key === key)?.name ?? key
}

/** The papers that the last request for a supplement named. */
export function askedComponents({ timeline }: Pick<DossierView, 'timeline'>): readonly string[] {
  const last = timeline.findLast(({ type }) => type === 'supplementRequested')
  const keys = last?.event['componentKeys']
  return Array.isArray(keys) ? keys.filter((key) => typeof key === 'string') : []
}

/** The new day that the last letter of apology named; the dossier stays late all the same. */
export function apologyDay({ timeline }: Pick<DossierView, 'timeline'>): string | null {
  const day = timeline.findLast(({ type }) => type === 'apologised')?.event['newDay']
  return typeof day === 'string' ? day : null
}
