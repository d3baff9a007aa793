import type { MessageItem, MessageState, MessageSummary } from '../contract.ts'
import type { Obstacle } from '../rules/delivery.ts'
import type { NoticesText } from '../text.vi.ts'

/** The filters of the list as the page offers them, and the states behind each. */
export const stateGroups = {
  waiting: ['queued', 'sending', 'handing-over'],
  trouble: ['failed', 'uncertain', 'given-up'],
  sent: ['sent'],
  delivered: ['delivered'],
} as const satisfies Record<string, readonly MessageState[]>
export type StateGroup = keyof typeof stateGroups

export const isGroup = (text: string): text is StateGroup => Object.hasOwn(stateGroups, text)

export const countOf = (summary: MessageSummary, group: StateGroup): number =>
  summary.counts
    .filter(({ state }) => (stateGroups[group] as readonly MessageState[]).includes(state))
    .reduce((sum, { count }) => sum + count, 0)

export function toneOf(state: MessageState): 'normal' | 'late' | 'today' | 'waiting' {
  if (state === 'failed') return 'late'
  if (state === 'uncertain' || state === 'given-up') return 'today'
  return state === 'queued' ? 'waiting' : 'normal'
}

/** Why it stands where it stands, in a few words; empty when there is nothing to say. */
export function whyOf({ obstacle, replyCode }: Pick<MessageItem, 'obstacle' | 'replyCode'>, text: NoticesText): string {
  if (obstacle === null) return ''
  const words = text.obstacles[obstacle as Obstacle] ?? obstacle
  return replyCode === null ? words : `${words} (${text.page.replyCode(replyCode)})`
}

export const eventName = (template: string, text: NoticesText): string =>
  (text.events as Record<string, string>)[template] ?? template
