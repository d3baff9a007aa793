import { addDays, addMinutes, dayOf, instantAt, minuteOf, type Instant } from '../../../platform/day.ts'
import type { MessageState, NoticeChannel } from '../contract.ts'

/** What became of one attempt to hand a message over. */
export type Attempt =
  | { outcome: 'taken'; providerRef: string | null }
  /** Refused for good: the address does not exist, the sender may not. */
  | { outcome: 'refused'; obstacle: Obstacle; replyCode: number | null }
  /** May work later. */
  | { outcome: 'postponed'; obstacle: Obstacle; replyCode: number | null }
  /** The connection ended after everything was handed over and before the answer. */
  | { outcome: 'uncertain'; obstacle: Obstacle }

export type Obstacle =
  | 'no-server'
  | 'no-connection'
  | 'timeout'
  | 'no-tls'
  | 'sign-in'
  | 'address-refused'
  | 'sender-refused'
  | 'content-refused'
  | 'server-refused'
  | 'server-busy'
  | 'connection-cut'
  | 'process-ended'
  | 'bad-answer'
  | 'too-late'
  | 'withdrawn'
  | 'too-many-tries'

export type Delivery = {
  state: MessageState
  tries: number
  channel: NoticeChannel
  furtherChannels: readonly NoticeChannel[]
  notBefore: Instant
}

export const MOST_TRIES = 8

/** Minutes until the next attempt: 1, 2, 4 … 120, each spread by a quarter so that many do not come at once. */
export function backOffMinutes(tries: number, random: number): number {
  const usual = Math.min(120, 2 ** Math.max(0, tries - 1))
  return usual * (0.75 + random / 2)
}

/** The message after an attempt. A way that is closed for good leads to the next way that the person has. */
export function afterAttempt(
  before: Delivery,
  attempt: Attempt,
  { now, random }: { now: Instant; random: number },
): Delivery & { obstacle: Obstacle | null } {
  const tries = before.tries + 1
  switch (attempt.outcome) {
    case 'taken':
      return { ...before, tries, state: 'sent', obstacle: null }
    case 'uncertain':
      return { ...before, tries, state: 'uncertain', obstacle: attempt.obstacle }
    case 'refused': {
      const [next, ...further] = before.furtherChannels
      if (next === undefined) return { ...before, tries, state: 'failed', obstacle: attempt.obstacle }
      return {
        state: 'queued',
        tries,
        channel: next,
        furtherChannels: further,
        notBefore: now,
        obstacle: attempt.obstacle,
      }
    }
    case 'postponed': {
      if (tries >= MOST_TRIES) return { ...before, tries, state: 'given-up', obstacle: attempt.obstacle }
      const seconds = Math.round(backOffMinutes(tries, random) * 60)
      const notBefore = addMinutes(now, seconds / 60)
      return { ...before, tries, state: 'queued', notBefore, obstacle: attempt.obstacle }
    }
  }
}

/** What a report of the gateway makes of a message. Reports come late, twice and out of order: only news counts. */
export function afterReport(state: MessageState, report: 'delivered' | 'failed'): MessageState {
  if (state === 'delivered') return state
  if (report === 'delivered') return 'delivered'
  return state === 'sent' || state === 'uncertain' ? 'failed' : state
}

export type Quiet = { from: number; to: number }

/** The first moment outside of the quiet hours; they may lie across midnight. Equal ends mean none. */
export function afterQuiet(moment: Instant, { from, to }: Quiet): Instant {
  const minute = minuteOf(moment)
  const across = from > to
  const isQuiet = from !== to && (across ? minute >= from || minute < to : minute >= from && minute < to)
  if (!isQuiet) return moment
  const day = dayOf(moment)
  return instantAt(across && minute >= from ? addDays(day, 1) : day, to)
}

/** A message that still waits so long after its time would only puzzle: fourteen days. */
export const STALE_MINUTES = 14 * 24 * 60
