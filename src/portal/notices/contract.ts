import { Type, type Static, type TSchema } from 'typebox'
import { NoticeWay } from '../../dossiers/contract.ts'
import type { Instant } from '../../platform/day.ts'
import type { FactsOf, NoticeEvent } from './rules/notice-events.ts'

/** The ways a message can go. */
export const NoticeChannel = NoticeWay
export type NoticeChannel = NoticeWay

/** `sent` says that a server took it over, never that somebody has it; only `delivered` was reported to have arrived. */
export const MessageState = Type.Union([
  Type.Literal('queued'),
  Type.Literal('sending'),
  Type.Literal('handing-over'),
  Type.Literal('sent'),
  Type.Literal('delivered'),
  Type.Literal('failed'),
  Type.Literal('uncertain'),
  Type.Literal('given-up'),
])
export type MessageState = Static<typeof MessageState>

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

// --- What officers see ------------------------------------------------------------------------------------------------

const Moment = Type.String()
const Nullable = <Schema extends TSchema>(schema: Schema) => Type.Union([schema, Type.Null()])
const Channels = Type.Array(NoticeChannel, { minItems: 1, maxItems: 3 })

export const MessageTry = Type.Object({
  at: Moment,
  channel: NoticeChannel,
  outcome: Type.String(),
  obstacle: Nullable(Type.String()),
  replyCode: Nullable(Type.Integer()),
})

export const MessageItem = Type.Object({
  agencyId: Type.Integer(),
  messageId: Type.String(),
  template: Type.String(),
  language: Type.Union([Type.Literal('vi'), Type.Literal('en')]),
  channel: NoticeChannel,
  furtherChannels: Type.Array(NoticeChannel),
  to: Type.String(),
  dossierId: Nullable(Type.String()),
  state: MessageState,
  tries: Type.Integer(),
  queuedAt: Moment,
  notBefore: Moment,
  sentAt: Nullable(Moment),
  deliveredAt: Nullable(Moment),
  obstacle: Nullable(Type.String()),
  replyCode: Nullable(Type.Integer()),
  /** Whether it can be sent (again): its content is still there. */
  canResend: Type.Boolean(),
  history: Type.Array(MessageTry),
})
export type MessageItem = Static<typeof MessageItem>

export const MessageList = Type.Object({ items: Type.Array(MessageItem), next: Nullable(Type.String()) })
export type MessageList = Static<typeof MessageList>

export const MessageQuery = Type.Object({
  agencyId: Type.Optional(Type.Integer()),
  /** One or more states, separated by commas. */
  states: Type.Optional(Type.String({ maxLength: 100 })),
  channel: Type.Optional(NoticeChannel),
  template: Type.Optional(Type.String({ maxLength: 60 })),
  dossierId: Type.Optional(Type.String({ format: 'uuid' })),
  cursor: Type.Optional(Type.String({ maxLength: 200 })),
})

/** The ways that who files can choose among. */
export const OpenWays = Type.Object({ ways: Type.Array(NoticeChannel) })
export type OpenWays = Static<typeof OpenWays>

export const MessageSummary = Type.Object({
  agencies: Type.Array(Type.Object({ agencyId: Type.Integer(), name: Type.String() })),
  /** Of the last thirty days; what waits at any age. */
  counts: Type.Array(Type.Object({ state: MessageState, channel: NoticeChannel, count: Type.Integer() })),
  /** Which ways can be gone at all. */
  open: Type.Object({ email: Type.Boolean(), sms: Type.Boolean(), zalo: Type.Boolean() }),
  mayManage: Type.Boolean(),
  mayResend: Type.Boolean(),
})
export type MessageSummary = Static<typeof MessageSummary>

const Gateway = Type.Object({
  url: Type.String({ maxLength: 300 }),
  sender: Type.String({ maxLength: 30 }),
  perMinute: Type.Integer({ minimum: 1, maximum: 10_000 }),
})
const MinuteOfDay = Type.Integer({ minimum: 0, maximum: 1439 })

export const SettingsBody = Type.Object({
  channels: Channels,
  quiet: Type.Object({ from: MinuteOfDay, to: MinuteOfDay }),
  silent: Type.Array(Type.String({ maxLength: 60 }), { maxItems: 100 }),
  plainSms: Type.Boolean(),
  sms: Gateway,
  zalo: Gateway,
})

export const SettingsView = Type.Object({
  agencyId: Type.Integer(),
  version: Type.Integer(),
  body: SettingsBody,
  /** Whether a key is kept; the key itself is never shown. */
  secrets: Type.Object({ sms: Type.Boolean(), zalo: Type.Boolean() }),
  gateways: Type.Array(Type.String()),
  mail: Nullable(Type.String()),
  statusUrls: Type.Object({ sms: Type.String(), zalo: Type.String() }),
})
export type SettingsView = Static<typeof SettingsView>

export const SettingsChange = Type.Object({
  agencyId: Type.Integer(),
  version: Type.Integer({ minimum: 0 }),
  body: SettingsBody,
  /** New keys; left out: as before. */
  secrets: Type.Object({
    sms: Type.Optional(Type.String({ minLength: 16, maxLength: 200 })),
    zalo: Type.Optional(Type.String({ minLength: 16, maxLength: 200 })),
  }),
})
export type SettingsChange = Static<typeof SettingsChange>

export const WrittenTemplate = Type.Object({
  template: Type.String(),
  channel: NoticeChannel,
  language: Type.Union([Type.Literal('vi'), Type.Literal('en')]),
  version: Type.Integer(),
  /** Null: the text that comes with the system. */
  subject: Nullable(Type.String()),
  body: Nullable(Type.String()),
  writtenAt: Moment,
  writtenBy: Nullable(Type.String()),
})
export type WrittenTemplate = Static<typeof WrittenTemplate>

export const TemplateList = Type.Object({
  agencyId: Type.Integer(),
  agency: Type.String(),
  publicUrl: Type.String(),
  plainSms: Type.Boolean(),
  written: Type.Array(WrittenTemplate),
})
export type TemplateList = Static<typeof TemplateList>

/** Facts of the newest message of a kind, for a preview with what was really told; null where there is none. */
export const TemplateExample = Type.Object({
  facts: Nullable(Type.Record(Type.String(), Type.String())),
  sentAt: Nullable(Type.String()),
})
export type TemplateExample = Static<typeof TemplateExample>

export const TemplateChange = Type.Object({
  agencyId: Type.Integer(),
  template: Type.String({ maxLength: 60 }),
  channel: NoticeChannel,
  language: Type.Union([Type.Literal('vi'), Type.Literal('en')]),
  /** The version that was read; 0 when the authority had none. */
  version: Type.Integer({ minimum: 0 }),
  subject: Nullable(Type.String({ maxLength: 200 })),
  body: Nullable(Type.String({ maxLength: 4000 })),
})
export type TemplateChange = Static<typeof TemplateChange>
