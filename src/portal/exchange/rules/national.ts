// NĐ 118/2025/NĐ-CP, Điều 17: hồ sơ trực tuyến đến từ Cổng Dịch vụ công quốc gia. Deliveries come twice, late, out of
// order; each carries the whole dossier and the moment of its last change, and the newest one holds.
import type { Status } from '../../../dossiers/index.ts'
import {
  addMinutes,
  clockOfMinute,
  dayOf,
  instantAt,
  isDay,
  minuteOf,
  type Day,
  type Instant,
} from '../../../platform/day.ts'
import { accept, refuse, type Result } from '../../../platform/result.ts'

/** What is known of a dossier of the national portal when a delivery arrives. */
export type Known = {
  /** `withdrawn`: taken back by the applicant before it ever arrived. */
  state: 'arriving' | 'open' | 'withdrawn'
  updatedAt: Instant | null
  contentHash: string | null
  /** Of our dossier; null while there is none. */
  status: Status | null
}

export type Arriving = { kind: 'file' | 'withdraw'; updatedAt: Instant; contentHash: string }

export type DeliveryRefusal = { code: 'not-awaiting-supplement' | 'already-ended' | 'same-moment-other-content' }

/** What a delivery is good for. */
export type Use = 'lodge' | 'supplement' | 'withdraw' | 'keep-withdrawal' | 'repeated' | 'superseded'

const waiting: ReadonlySet<Status> = new Set(['supplementAtIntake', 'awaitingSupplement'])
const ended: ReadonlySet<Status> = new Set(['notReceived', 'returned', 'withdrawn', 'stopped', 'closedUnsupplemented'])

/** What to do with a delivery; changes nothing. */
export function useOf(known: Known | undefined, arriving: Arriving): Result<Use, DeliveryRefusal> {
  const { kind, updatedAt, contentHash } = arriving
  if (!known || (known.state === 'arriving' && known.status === null))
    return accept(kind === 'withdraw' ? 'keep-withdrawal' : 'lodge')
  if (known.contentHash === contentHash) return accept('repeated')
  if (known.updatedAt !== null && updatedAt < known.updatedAt) return accept('superseded')
  if (known.state === 'withdrawn') return refuse({ code: 'already-ended' })
  if (known.updatedAt === updatedAt) return refuse({ code: 'same-moment-other-content' })
  const { status } = known
  if (kind === 'withdraw') return accept(status === 'withdrawn' ? 'repeated' : 'withdraw')
  if (status !== null && waiting.has(status)) return accept('supplement')
  return refuse({ code: status !== null && ended.has(status) ? 'already-ended' : 'not-awaiting-supplement' })
}

/** `yyyyMMddHHmmss` on a Vietnamese clock. Undefined for what is no moment. */
export function readMoment(text: string): Instant | undefined {
  const match = /^(\d{4})(\d{2})(\d{2})(\d{2})(\d{2})(\d{2})$/.exec(text)
  if (!match) return undefined
  const [, year, month, day, hours, minutes, seconds] = match
  const date = `${year}-${month}-${day}`
  if (!isDay(date) || Number(hours) > 23 || Number(minutes) > 59 || Number(seconds) > 59) return undefined
  return addMinutes(instantAt(date, Number(hours) * 60 + Number(minutes)), Number(seconds) / 60)
}

/** `yyyyMMdd`, or the day of a moment. */
export function readDate(text: string): Day | undefined {
  const match = /^(\d{4})(\d{2})(\d{2})(\d{6})?$/.exec(text)
  const day = match ? `${match[1]}-${match[2]}-${match[3]}` : ''
  return isDay(day) ? day : undefined
}

/** A moment as the national portal writes it. */
export const writeMoment = (at: Instant): string =>
  `${dayOf(at)}${clockOfMinute(minuteOf(at))}${at.slice(17, 19)}`.replace(/[-:]/g, '')

const FIRST_PAUSE_S = 30
const LONGEST_PAUSE_S = 6 * 3600

/** Attempts after which somebody has to look. About two days. */
export const MOST_ATTEMPTS = 16

/** Seconds to wait after so many failed attempts: twice as long each time. */
export const pauseAfter = (attempts: number): number => Math.min(LONGEST_PAUSE_S, FIRST_PAUSE_S * 2 ** (attempts - 1))

/** What an answer to something we sent means: done, worth another try, or for a person to look at. */
export function judgeAnswer(status: number): 'done' | 'again' | 'look' {
  if (status >= 200 && status < 300) return 'done'
  if (status === 408 || status === 425 || status === 429 || status >= 500) return 'again'
  return 'look'
}
