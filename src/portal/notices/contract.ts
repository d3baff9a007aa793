import { Type, type Static } from 'typebox'
import type { Instant } from '../../platform/day.ts'
import type { FactsOf, NoticeEvent } from './rules/notice-events.ts'

/** The ways a message can go. */
export const NoticeChannel = Type.Union([Type.Literal('email'), Type.Literal('sms'), Type.Literal('zalo')])
export type NoticeChannel = Static<typeof NoticeChannel>

/** `sent` says that a server took it over, never that somebody has it; only `delivered` was reported to have arrived. */
export const MessageState = Type.Union(
  (['queued', 'sending', 'handing-over', 'sent', 'delivered', 'failed', 'uncertain', 'given-up'] as const).map(
    (state) => Type.Literal(state),
  ),
)
export type MessageState =
  | 'queued'
  | 'sending'
  | 'handing-over'
  | 'sent'
  | 'delivered'
  | 'failed'
  | 'uncertain'
  | 'given-up'

export type NoticeLanguage = 'vi' | 'en'

/** What somebody wants told. */
export type NewMessage<Name extends NoticeEvent = NoticeEvent> = {
  /** Null for the installation itself, such as the code of somebody who signs in. */
  agencyId: number | null
  /** Ways in the order in which they are tried; those without an address are left out. Usual: e-mail, Zalo, SMS. */
  channels?: readonly NoticeChannel[] | undefined
  to: { email?: string | undefined; phone?: string | undefined }
  template: Name
  facts: FactsOf<Name>
  /** Names the happening, e.g. `dossier/0197…/7`. What was asked for once under a key is never asked for again. */
  dedupeKey: string
  language?: NoticeLanguage | undefined
  dossierId?: string | undefined
  notBefore?: Instant | undefined
  /** Worth nothing after that: given up instead of sent late. */
  expiresAt?: Instant | undefined
}

export type QueueOutcome =
  | { state: 'queued'; messageId: string }
  /** Asked for before under the same key. */
  | { state: 'known' }
  /** Neither a usable e-mail address nor a telephone number for one of the channels. */
  | { state: 'no-address' }
  /** The person wants no such messages. */
  | { state: 'refused' }
