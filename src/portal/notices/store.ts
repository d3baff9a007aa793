import type { Instant } from '../../platform/day.ts'
import type { Db } from '../../platform/db.ts'
import type { MessageState, NoticeChannel, NoticeLanguage } from './contract.ts'

export type MessageRow = {
  agency_id: number
  message_id: string
  dedupe_key: string
  template: string
  language: NoticeLanguage
  channel: NoticeChannel
  further_channels: NoticeChannel[]
  dossier_id: string | null
  secret: Buffer | null
  masked_address: string
  address_index: Buffer
  state: MessageState
  urgent: boolean
  tries: number
  queued_at: Instant
  not_before: Instant
  expires_at: Instant | null
  leased_until: Instant | null
  sent_at: Instant | null
  delivered_at: Instant | null
  ended_at: Instant | null
  template_version: number | null
  provider_ref: string | null
  obstacle: string | null
  reply_code: number | null
  requested_by: number | null
}

export type TryRow = {
  agency_id: number
  message_id: string
  number: number
  channel: NoticeChannel
  tried_at: Instant
  outcome: string
  obstacle: string | null
  reply_code: number | null
}

export type TemplateRow = {
  agency_id: number
  template: string
  channel: NoticeChannel
  language: NoticeLanguage
  version: number
  subject: string | null
  body: string | null
  written_by: number
  written_at: Instant
}

export type SettingRow = {
  agency_id: number
  version: number
  body: unknown
  secret: Buffer | null
  written_by: number
  written_at: Instant
}

export type NoticeTables = {
  'portal.message': MessageRow
  'portal.message_try': TryRow
  'portal.message_template': TemplateRow
  'portal.message_setting': SettingRow
  'portal.message_refusal': { agency_id: number; address_index: Buffer; refused_at: Instant }
  'portal.message_status_report': {
    agency_id: number
    message_id: string
    report_id: string
    state: string
    reported_at: Instant
  }
}

export type NoticeDb = Db<NoticeTables>

export type NewRow = Pick<
  MessageRow,
  | 'agency_id'
  | 'message_id'
  | 'dedupe_key'
  | 'template'
  | 'language'
  | 'channel'
  | 'further_channels'
  | 'dossier_id'
  | 'secret'
  | 'masked_address'
  | 'address_index'
  | 'urgent'
  | 'queued_at'
  | 'not_before'
  | 'expires_at'
>

/** Writes a message down unless one with its key is there already. */
export async function addMessage(db: NoticeDb, row: NewRow): Promise<boolean> {
  const { numInsertedOrUpdatedRows } = await db
    .insertInto('portal.message')
    .values({
      ...row,
      state: 'queued',
      tries: 0,
      leased_until: null,
      sent_at: null,
      delivered_at: null,
      ended_at: null,
      template_version: null,
      provider_ref: null,
      obstacle: null,
      reply_code: null,
      requested_by: null,
    })
    .onConflict((conflict) => conflict.columns(['agency_id', 'dedupe_key']).doNothing())
    .executeTakeFirstOrThrow()
  return (numInsertedOrUpdatedRows ?? 0n) > 0n
}

export async function isRefused(db: NoticeDb, agencyId: number, index: Buffer): Promise<boolean> {
  const row = await db
    .selectFrom('portal.message_refusal')
    .select('agency_id')
    .where('agency_id', '=', agencyId)
    .where('address_index', '=', index)
    .executeTakeFirst()
  return row !== undefined
}
