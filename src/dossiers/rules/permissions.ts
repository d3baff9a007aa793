import { mayInPost, type Action, type Actor } from '../../identity/index.ts'
import type { Post } from '../../staff/index.ts'
import type { Dossier } from './events.ts'
import type { CommandType, Plan, Place } from './lifecycle.ts'

/** Which right of the permission table a command needs. Whether the law allows it now is another question (lifecycle.ts). */
export const rightFor: Readonly<Record<CommandType, Action>> = {
  receive: 'dossier.receive',
  refuseReceipt: 'dossier.receive',
  requestSupplement: 'dossier.process',
  acceptSupplement: 'dossier.receive',
  forward: 'dossier.receive',
  completeStep: 'dossier.process',
  sendBack: 'dossier.process',
  assign: 'dossier.process',
  askOpinion: 'dossier.process',
  answerOpinion: 'dossier.process',
  requirePayment: 'dossier.process',
  confirmPayment: 'dossier.receive',
  collectFee: 'dossier.receive',
  refundFee: 'dossier.receive',
  reverseFee: 'dossier.receive',
  waiveFee: 'dossier.receive',
  recountFees: 'dossier.receive',
  extend: 'dossier.sign',
  apologise: 'dossier.sign',
  recomputeDue: 'calendar.manage',
  recordComponents: 'dossier.process',
  amend: 'dossier.correct',
  signResult: 'dossier.sign',
  withdraw: 'dossier.receive',
  stop: 'dossier.sign',
  closeUnsupplemented: 'dossier.receive',
  returnResult: 'dossier.return',
  requestCorrection: 'dossier.correct',
  issueCorrection: 'dossier.sign',
}

/** Commands that are given at one step, so that only whoever holds that step gives them. */
const atStep = new Set<CommandType>(['completeStep', 'sendBack', 'signResult', 'answerOpinion', 'assign'])

const atDesk = new Set<CommandType>([
  'acceptSupplement',
  'collectFee',
  'waiveFee',
  'recountFees',
  'withdraw',
  'returnResult',
])

/** Where a command is done: at the step that it names, or anywhere the dossier is held now. */
function placesFor(dossier: Dossier, type: CommandType, key: string | undefined, plan: Plan): Place[] {
  if (atStep.has(type)) return dossier.open.filter((step) => key === undefined || step.key === key)
  const own = { agencyId: dossier.agencyId, unitId: 0 }
  if (type === 'requestCorrection' || type === 'amend') return [own, ...plan.flat()]
  // Phi địa giới: the desk that took it for another authority hands papers, fees and the result on.
  if (atDesk.has(type) && dossier.lodgedAtAgencyId) return [own, { agencyId: dossier.lodgedAtAgencyId, unitId: 0 }]
  if (rightFor[type] === 'dossier.process') return [...dossier.open, ...dossier.paused]
  return [own]
}

/**
 * The post in which the actor may give this command, or undefined. A step that somebody has taken is left to that
 * officer (or whoever stands in), except by those who may hand work to another.
 */
export function postFor(
  actor: Actor,
  dossier: Dossier,
  type: CommandType,
  { key, plan }: { key?: string; plan: Plan },
): Post | undefined {
  const places = placesFor(dossier, type, key, plan)
  const find = (action: Action) => actor.posts.find((post) => places.some((place) => mayInPost(post, action, place)))
  if (type === 'assign') return find('dossier.reassign') ?? find('dossier.process')
  if (type === 'answerOpinion' || type === 'completeStep') return find(rightFor[type])
  if (type === 'sendBack') return find('dossier.process') ?? find('dossier.sign')
  // The desk wrote down what its visitor says, and mends it when the visitor comes back.
  if (type === 'amend') return find(rightFor.amend) ?? find('dossier.receive')
  if (type === 'requestSupplement' && dossier.status === 'lodged')
    return find('dossier.receive') ?? find('dossier.process')
  return find(rightFor[type])
}

/**
 * What applicants do themselves, from afar, once their dossier is lodged: withdraw it, send what was asked for, and add
 * papers while nobody has accepted it yet. NĐ 118/2025/NĐ-CP, Điều 17, Điều 21.
 */
const ofApplicants: Partial<Record<CommandType, (dossier: Pick<Dossier, 'status'>) => boolean>> = {
  withdraw: () => true,
  acceptSupplement: () => true,
  recordComponents: ({ status }) => status === 'lodged',
}

/** Whether an applicant may give this command without an officer; whether the law allows it now is asked afterwards. */
export const applicantMay = (dossier: Pick<Dossier, 'status'>, type: CommandType): boolean =>
  ofApplicants[type]?.(dossier) ?? false

/** The post in which the actor may read this dossier: in its own agency, or where it was handed to. */
export const readingPost = (actor: Actor, dossier: Pick<Dossier, 'agencyId' | 'participants'>): Post | undefined =>
  actor.posts.find((post) =>
    [dossier.agencyId, ...dossier.participants].some((agencyId) => mayInPost(post, 'dossier.read', { agencyId })),
  )

/**
 * Whether the actor is of an office that handles the dossier, and does not only watch over it or audit it: what was
 * answered, the files and how to reach the persons are for these alone.
 */
export const mayHandle = (actor: Actor, dossier: Pick<Dossier, 'agencyId' | 'participants'>): boolean =>
  actor.posts.some((post) =>
    [dossier.agencyId, ...dossier.participants].some(
      (agencyId) =>
        mayInPost(post, 'dossier.receive', { agencyId }) ||
        mayInPost(post, 'dossier.process', { agencyId, unitId: post.unitId }),
    ),
  )
