// NĐ 20/2008/NĐ-CP (sửa đổi bởi NĐ 48/2013, NĐ 92/2017): tiếp nhận, phân loại, chuyển, xử lý, trả lời, công khai phản ánh, kiến nghị.

import type { Instant } from '../../platform/day.ts'
import { accept, refuse, type Result } from '../../platform/result.ts'
import type { Channel, Kind, PetitionStatus, Rating, Referral, RefusalGround, Timers } from '../contract.ts'

/** What is written stands beside the log, named by its id. */
type Written = { writingId: string }

export type PetitionCommand =
  | {
      type: 'receive'
      code: string
      channel: Channel
      timers: Timers
      restricted: boolean
      storyId: string
      senderId: string | null
      dossierCode: string | null
      procedureCode: string | null
      reference: string | null
      /** From which petition of another agency it came. */
      origin: { agencyId: number; petitionId: string; code: string } | null
      receivedAt: Instant
      /** Who takes it in at a desk; null for what comes by the web. */
      registeredBy: number | null
    }
  | ({ type: 'requestSupplement' } & Written)
  | ({ type: 'supplement' } & Written)
  | { type: 'accept'; kind: Kind; unitId: number; officerId: number | null }
  | { type: 'reassign'; unitId: number; officerId: number | null }
  | ({ type: 'guide'; referral: Referral } & Written)
  | ({ type: 'transfer'; toAgencyId: number; toPetitionId: string; toCode: string } & Written)
  | ({ type: 'refuse'; ground: RefusalGround } & Written)
  | ({ type: 'extend' } & Written)
  | ({ type: 'propose' } & Written)
  | ({ type: 'sendBack' } & Written)
  | ({ type: 'answer' } & Written)
  | { type: 'publish' }
  | ({ type: 'keepPrivate' } & Written)
  | ({ type: 'unpublish' } & Written)
  | { type: 'rate'; rating: Rating; writingId: string | null }
  | ({ type: 'reopen' } & Written)
  | { type: 'close' }
  | { type: 'withdraw'; writingId: string | null }
  | { type: 'protect'; restricted: boolean; concerned: readonly number[] }
export type PetitionCommandType = PetitionCommand['type']

export type PetitionEvent =
  | ({ type: 'received' } & Omit<Extract<PetitionCommand, { type: 'receive' }>, 'type'>)
  | ({ type: 'supplementRequested' } & Written)
  | ({ type: 'supplemented' } & Written)
  | { type: 'accepted'; kind: Kind; unitId: number; officerId: number | null }
  | { type: 'reassigned'; unitId: number; officerId: number | null }
  | ({ type: 'guided'; referral: Referral } & Written)
  | ({ type: 'transferred'; toAgencyId: number; toPetitionId: string; toCode: string } & Written)
  | ({ type: 'refused'; ground: RefusalGround; inTime: boolean } & Written)
  | ({ type: 'extended'; days: number } & Written)
  | ({ type: 'proposed' } & Written)
  | ({ type: 'sentBack' } & Written)
  | ({ type: 'answered'; inTime: boolean } & Written)
  | { type: 'published'; inTime: boolean }
  | ({ type: 'keptPrivate' } & Written)
  | ({ type: 'unpublished' } & Written)
  | { type: 'rated'; rating: Rating; writingId: string | null }
  | ({ type: 'reopened' } & Written)
  | { type: 'closed' }
  | { type: 'withdrawn'; writingId: string | null }
  | { type: 'protected'; restricted: boolean; concerned: readonly number[] }
export type PetitionEventType = PetitionEvent['type']

export type Petition = {
  code: string
  version: number
  status: PetitionStatus
  channel: Channel
  timers: Timers
  receivedAt: Instant
  storyId: string
  senderId: string | null
  dossierCode: string | null
  procedureCode: string | null
  reference: string | null
  origin: { agencyId: number; petitionId: string; code: string } | null
  registeredBy: number | null
  restricted: boolean
  concerned: readonly number[]
  kind: Kind | null
  referral: Referral | null
  unitId: number | null
  officerId: number | null
  supplements: readonly { askedAt: Instant; givenAt: Instant | null; writingId: string }[]
  /** What it was before more was asked for. */
  before: 'new' | 'handling' | 'reopened'
  proposal: { writingId: string; officerId: number | null } | null
  extendedAt: Instant | null
  extendedDays: number
  answeredAt: Instant | null
  answeredInTime: boolean | null
  answerId: string | null
  publishedAt: Instant | null
  publishedInTime: boolean | null
  keptPrivate: boolean
  rating: Rating | null
  reopenedAt: Instant | null
  refusedInTime: boolean | null
  next: { agencyId: number; petitionId: string; code: string } | null
  /** When nothing more is to be done for it. */
  endedAt: Instant | null
}

/** Which commands are possible in which state, apart from who may give them. The web shows exactly these. */
export const allowed = {
  new: ['requestSupplement', 'accept', 'guide', 'transfer', 'refuse', 'withdraw', 'protect'],
  'awaiting-supplement': ['supplement', 'refuse', 'guide', 'transfer', 'withdraw', 'protect'],
  handling: [
    'propose',
    'answer',
    'sendBack',
    'requestSupplement',
    'extend',
    'reassign',
    'guide',
    'transfer',
    'withdraw',
    'protect',
  ],
  answered: ['publish', 'keepPrivate', 'rate', 'reopen', 'close', 'protect'],
  published: ['rate', 'reopen', 'close', 'unpublish', 'protect'],
  reopened: ['propose', 'answer', 'sendBack', 'requestSupplement', 'extend', 'reassign', 'protect'],
  refused: ['protect'],
  forwarded: ['protect'],
  withdrawn: ['protect'],
  closed: ['unpublish', 'protect'],
} as const satisfies Record<PetitionStatus, readonly PetitionCommandType[]>

/** Facts that a decision needs besides the petition. */
export type Facts = {
  now: Instant
  /** Whether the work that this command ends is in time, by the calendar of the agency. */
  inTime: boolean
  /** Until when the sender may ask for it to be opened again; null before an answer. */
  reopenUntil: Instant | null
}

export type PetitionRefusal =
  | { code: 'not-allowed-now'; status: PetitionStatus }
  | { code: 'already-received' }
  | { code: 'already-extended' }
  | { code: 'already-reopened' }
  | { code: 'already-rated' }
  | { code: 'reopening-over'; until: Instant | null }
  | { code: 'reopening-still-open'; until: Instant }
  | { code: 'nothing-proposed' }
  | { code: 'restricted-stays-private' }
  | { code: 'publish-first' }

/** What happens when somebody asks; changes nothing. */
export function decide(
  petition: Petition | undefined,
  command: PetitionCommand,
  { inTime, now, reopenUntil }: Facts,
): Result<PetitionEvent[], PetitionRefusal> {
  if (!petition) {
    if (command.type !== 'receive') throw new Error('a petition begins with being received')
    const { type: _type, ...rest } = command
    return accept([{ type: 'received', ...rest }])
  }
  if (command.type === 'receive') return refuse({ code: 'already-received' })
  const possible: readonly PetitionCommandType[] = allowed[petition.status]
  if (!possible.includes(command.type)) return refuse({ code: 'not-allowed-now', status: petition.status })
  switch (command.type) {
    case 'requestSupplement':
      return accept([{ type: 'supplementRequested', writingId: command.writingId }])
    case 'supplement':
      return accept([{ type: 'supplemented', writingId: command.writingId }])
    case 'accept':
      return accept([{ ...command, type: 'accepted' }])
    case 'reassign':
      return accept([{ ...command, type: 'reassigned' }])
    case 'guide': {
      const protect: PetitionEvent[] =
        command.referral === 'denunciation' && !petition.restricted
          ? [{ type: 'protected', restricted: true, concerned: petition.concerned }]
          : []
      return accept([...protect, { ...command, type: 'guided' }])
    }
    case 'transfer':
      return accept([{ ...command, type: 'transferred' }])
    case 'refuse':
      return accept([{ ...command, type: 'refused', inTime }])
    case 'extend':
      if (petition.extendedAt) return refuse({ code: 'already-extended' })
      return accept([{ ...command, type: 'extended', days: petition.timers.extend }])
    case 'propose':
      return accept([{ ...command, type: 'proposed' }])
    case 'sendBack':
      if (!petition.proposal) return refuse({ code: 'nothing-proposed' })
      return accept([{ ...command, type: 'sentBack' }])
    case 'answer':
      return accept([{ ...command, type: 'answered', inTime }])
    case 'publish':
      if (petition.restricted) return refuse({ code: 'restricted-stays-private' })
      if (petition.keptPrivate) return refuse({ code: 'not-allowed-now', status: petition.status })
      return accept([{ type: 'published', inTime }])
    case 'keepPrivate':
      if (petition.keptPrivate) return refuse({ code: 'not-allowed-now', status: petition.status })
      return accept([{ ...command, type: 'keptPrivate' }])
    case 'unpublish':
      if (!petition.publishedAt) return refuse({ code: 'not-allowed-now', status: petition.status })
      return accept([{ ...command, type: 'unpublished' }])
    case 'rate':
      if (petition.rating) return refuse({ code: 'already-rated' })
      return accept([{ ...command, type: 'rated' }])
    case 'reopen':
      if (petition.reopenedAt) return refuse({ code: 'already-reopened' })
      if (reopenUntil === null || now > reopenUntil) return refuse({ code: 'reopening-over', until: reopenUntil })
      return accept([{ ...command, type: 'reopened' }])
    case 'close':
      if (petition.status === 'answered' && !petition.keptPrivate && !petition.restricted)
        return refuse({ code: 'publish-first' })
      if (!petition.reopenedAt && reopenUntil !== null && now <= reopenUntil)
        return refuse({ code: 'reopening-still-open', until: reopenUntil })
      return accept([{ type: 'closed' }])
    case 'withdraw':
      return accept([{ ...command, type: 'withdrawn' }])
    case 'protect':
      // What everybody can read is taken down first.
      if (command.restricted && petition.publishedAt)
        return refuse({ code: 'not-allowed-now', status: petition.status })
      return accept([{ ...command, type: 'protected', concerned: [...new Set(command.concerned)] }])
  }
}

/** One entry of the log as a fold takes it. */
export type Happened = { version: number; at: Instant; officerId: number | null; event: PetitionEvent }

/** The petition after something happened; judges nothing. */
export function evolve(petition: Petition | undefined, { version, at, officerId, event }: Happened): Petition {
  if (event.type === 'received') return begin(event, version)
  if (!petition) throw new Error('the log of a petition begins with `received`')
  const next = { ...petition, version }
  switch (event.type) {
    case 'supplementRequested': {
      const before = petition.status === 'handling' || petition.status === 'reopened' ? petition.status : 'new'
      const asked = { askedAt: at, givenAt: null, writingId: event.writingId }
      return { ...next, status: 'awaiting-supplement', before, supplements: [...petition.supplements, asked] }
    }
    case 'supplemented':
      return {
        ...next,
        status: petition.before,
        supplements: petition.supplements.map((each, index, all) =>
          index === all.length - 1 ? { ...each, givenAt: at } : each,
        ),
      }
    case 'accepted':
      return { ...next, status: 'handling', kind: event.kind, unitId: event.unitId, officerId: event.officerId }
    case 'reassigned':
      return { ...next, unitId: event.unitId, officerId: event.officerId }
    case 'guided':
      return { ...next, status: 'forwarded', kind: null, referral: event.referral, endedAt: at }
    case 'transferred':
      return {
        ...next,
        status: 'forwarded',
        endedAt: at,
        next: { agencyId: event.toAgencyId, petitionId: event.toPetitionId, code: event.toCode },
      }
    case 'refused':
      return { ...next, status: 'refused', refusedInTime: event.inTime, endedAt: at }
    case 'extended':
      return { ...next, extendedAt: at, extendedDays: event.days }
    case 'proposed':
      return { ...next, proposal: { writingId: event.writingId, officerId } }
    case 'sentBack':
      return { ...next, proposal: null }
    case 'answered':
      return {
        ...next,
        status: 'answered',
        answeredAt: at,
        answeredInTime: event.inTime,
        answerId: event.writingId,
        proposal: null,
        keptPrivate: false,
      }
    case 'published':
      return { ...next, status: 'published', publishedAt: at, publishedInTime: event.inTime }
    case 'keptPrivate':
      return { ...next, keptPrivate: true }
    case 'unpublished':
      return {
        ...next,
        publishedAt: null,
        publishedInTime: null,
        status: petition.status === 'closed' ? 'closed' : 'answered',
      }
    case 'rated':
      return { ...next, rating: event.rating }
    case 'reopened':
      return {
        ...next,
        status: 'reopened',
        reopenedAt: at,
        answeredAt: null,
        answeredInTime: null,
        answerId: null,
        publishedAt: null,
        publishedInTime: null,
        rating: null,
        extendedAt: null,
        extendedDays: 0,
        keptPrivate: false,
      }
    case 'closed':
      return { ...next, status: 'closed', endedAt: at }
    case 'withdrawn':
      return { ...next, status: 'withdrawn', endedAt: at }
    case 'protected':
      return { ...next, restricted: event.restricted, concerned: event.concerned }
  }
}

const begin = (event: Extract<PetitionEvent, { type: 'received' }>, version: number): Petition => ({
  code: event.code,
  version,
  status: 'new',
  channel: event.channel,
  timers: event.timers,
  receivedAt: event.receivedAt,
  storyId: event.storyId,
  senderId: event.senderId,
  dossierCode: event.dossierCode,
  procedureCode: event.procedureCode,
  reference: event.reference,
  origin: event.origin,
  registeredBy: event.registeredBy,
  restricted: event.restricted,
  concerned: [],
  kind: null,
  referral: null,
  unitId: null,
  officerId: null,
  supplements: [],
  before: 'new',
  proposal: null,
  extendedAt: null,
  extendedDays: 0,
  answeredAt: null,
  answeredInTime: null,
  answerId: null,
  publishedAt: null,
  publishedInTime: null,
  keptPrivate: false,
  rating: null,
  reopenedAt: null,
  refusedInTime: null,
  next: null,
  endedAt: null,
})

/** The petition by its whole log. */
export const fold = (log: readonly Happened[]): Petition | undefined =>
  log.reduce<Petition | undefined>((petition, happened) => evolve(petition, happened), undefined)

/** What the sender may do, as against officers. */
export const senderCommands: ReadonlySet<PetitionCommandType> = new Set(['supplement', 'rate', 'reopen', 'withdraw'])
