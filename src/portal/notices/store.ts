import { sql, type GeneratedAlways } from 'kysely'
import type { Instant } from '../../platform/day.ts'
import type { Db } from '../../platform/db.ts'
import type { MessageState, NoticeChannel, NoticeLanguage } from './contract.ts'
import type { NoticeEvent } from './rules/notice-events.ts'

export type MessageRow = {
  agency_id: number
  position: number
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
  'portal.message': Omit<MessageRow, 'position'> & { position: GeneratedAlways<number> }
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

/** The newest message of a kind whose facts are still kept. */
export const findNewest = (db: NoticeDb, agencyId: number, template: string): Promise<MessageRow | undefined> =>
  db
    .selectFrom('portal.message')
    .selectAll()
    .where('agency_id', '=', agencyId)
    .where('template', '=', template)
    .where('secret', 'is not', null)
    .orderBy('position', 'desc')
    .limit(1)
    .executeTakeFirst()

/** Whether somebody told this of the dossier already, in other words. */
/** In which language somebody was told this of a dossier; undefined when nobody was. */
export async function languageTold(
  db: NoticeDb,
  { agencyId, dossierId, template }: { agencyId: number; dossierId: string; template: NoticeEvent },
): Promise<NoticeLanguage | undefined> {
  const row = await db
    .selectFrom('portal.message')
    .select('language')
    .where('agency_id', '=', agencyId)
    .where('dossier_id', '=', dossierId)
    .where('template', '=', template)
    .executeTakeFirst()
  return row?.language
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

// --- Sending ----------------------------------------------------------------------------------------------------------

export type Claim = {
  now: Instant
  leasedUntil: Instant
  /** Ways that can be gone now, by agency: mail for all, gateways for those who have one. */
  ready: readonly { agencyId: number; channel: NoticeChannel }[]
  limit: number
}

/**
 * Takes messages that are due, the oldest first, for this sender alone. Of what goes to one person about one dossier the
 * earlier goes first, unless it is put off for long.
 */
export async function claimDue(db: NoticeDb, { now, leasedUntil, ready, limit }: Claim): Promise<MessageRow[]> {
  const { rows } = await sql<MessageRow>`
    with ready as materialized (select * from unnest(${ready.map(({ agencyId }) => agencyId)}::int[], ${ready.map(({ channel }) => channel)}::text[]) as r (agency_id, channel)),
    due as (
      select m.agency_id, m.message_id from portal.message m
      join ready using (agency_id, channel)
      where m.state = 'queued' and m.not_before <= ${now}
        and not exists (select from portal.message e where e.agency_id = m.agency_id and e.dossier_id = m.dossier_id
          and e.address_index = m.address_index and e.position < m.position
          and e.state in ('queued', 'sending', 'handing-over') and e.not_before <= ${now}::timestamptz + interval '10 minutes')
      order by m.urgent desc, m.not_before, m.position limit ${limit} for update of m skip locked)
    update portal.message m set state = 'sending', leased_until = ${leasedUntil}
    from due where m.agency_id = due.agency_id and m.message_id = due.message_id returning m.*`.execute(db)
  return rows.toSorted((one, other) => one.position - other.position)
}

/** From here on the server may have it. Only who holds the claim passes; the others have lost it meanwhile. */
export async function markHandingOver(
  db: NoticeDb,
  { agency_id, message_id, leased_until }: Pick<MessageRow, 'agency_id' | 'message_id' | 'leased_until'>,
): Promise<boolean> {
  const { numUpdatedRows } = await db
    .updateTable('portal.message')
    .set({ state: 'handing-over' })
    .where('agency_id', '=', agency_id)
    .where('message_id', '=', message_id)
    .where('state', '=', 'sending')
    .where('leased_until', '=', leased_until)
    .executeTakeFirst()
  return numUpdatedRows > 0n
}

export type Written = Pick<MessageRow, 'agency_id' | 'message_id'> & Partial<Omit<MessageRow, 'position'>>

export async function writeMessage(db: NoticeDb, { agency_id, message_id, ...changes }: Written): Promise<void> {
  await db
    .updateTable('portal.message')
    .set(changes)
    .where('agency_id', '=', agency_id)
    .where('message_id', '=', message_id)
    .execute()
}

export const addTry = async (db: NoticeDb, row: Omit<TryRow, 'number'>): Promise<void> => {
  await sql`insert into portal.message_try (agency_id, message_id, number, channel, tried_at, outcome, obstacle, reply_code)
    select ${row.agency_id}::int, ${row.message_id}::uuid, coalesce(max(number), 0) + 1, ${row.channel}, ${row.tried_at}, ${row.outcome}, ${row.obstacle}, ${row.reply_code}::int
    from portal.message_try where agency_id = ${row.agency_id} and message_id = ${row.message_id}`.execute(db)
}

/** Messages whose sender ended in the middle. */
export async function listAbandoned(db: NoticeDb, now: Instant): Promise<MessageRow[]> {
  return db
    .selectFrom('portal.message')
    .selectAll()
    .where('state', 'in', ['sending', 'handing-over'])
    .where('leased_until', '<', now)
    .forUpdate()
    .skipLocked()
    .execute()
}

/** What is too late: past its own end, or waiting for too long. */
export async function giveUpLate(
  db: NoticeDb,
  { now, staleBefore }: { now: Instant; staleBefore: Instant },
): Promise<number> {
  const { numUpdatedRows } = await db
    .updateTable('portal.message')
    .set({ state: 'given-up', obstacle: 'too-late', ended_at: now, secret: null })
    .where('state', '=', 'queued')
    .where((is) =>
      is.or([is('expires_at', '<=', now), is('queued_at', '<=', staleBefore).and(is('not_before', '<=', staleBefore))]),
    )
    .executeTakeFirst()
  return Number(numUpdatedRows)
}

/** Puts messages on a way that is open, where theirs is not. */
export async function changeWays(
  db: NoticeDb,
  ready: readonly { agencyId: number; channel: NoticeChannel }[],
): Promise<MessageRow[]> {
  const { rows } = await sql<MessageRow>`
    with ready as materialized (select * from unnest(${ready.map(({ agencyId }) => agencyId)}::int[], ${ready.map(({ channel }) => channel)}::text[]) as r (agency_id, channel))
    select m.* from portal.message m
    where m.state = 'queued' and cardinality(m.further_channels) > 0
      and not exists (select from ready r where r.agency_id = m.agency_id and r.channel = m.channel)
      and exists (select from ready r where r.agency_id = m.agency_id and r.channel = any (m.further_channels))
    limit 200 for update of m skip locked`.execute(db)
  return rows
}

/** Addresses and facts of messages that are over are needed for resending for a while, then no more. */
export async function forgetSecrets(db: NoticeDb, before: Instant): Promise<number> {
  const { numUpdatedRows } = await db
    .updateTable('portal.message')
    .set({ secret: null })
    .where('ended_at', '<', before)
    .where('secret', 'is not', null)
    .executeTakeFirst()
  return Number(numUpdatedRows)
}

/** Takes back a message that has not left yet. */
export async function withdrawQueued(
  db: NoticeDb,
  { agencyId, dedupeKey, now }: { agencyId: number; dedupeKey: string; now: Instant },
): Promise<boolean> {
  const { numUpdatedRows } = await db
    .updateTable('portal.message')
    .set({ state: 'given-up', obstacle: 'withdrawn', ended_at: now, secret: null })
    .where('agency_id', '=', agencyId)
    .where('dedupe_key', '=', dedupeKey)
    .where('state', '=', 'queued')
    .executeTakeFirst()
  return numUpdatedRows > 0n
}

// --- What an authority decided ----------------------------------------------------------------------------------------

export async function latestSettings(db: NoticeDb, agencies: readonly number[]): Promise<SettingRow[]> {
  const { rows } = await sql<SettingRow>`select distinct on (agency_id) * from portal.message_setting
    where agency_id = any (${[...agencies]}::int[]) order by agency_id, version desc`.execute(db)
  return rows
}

export async function addSetting(db: NoticeDb, row: SettingRow): Promise<boolean> {
  const { numInsertedOrUpdatedRows } = await db
    .insertInto('portal.message_setting')
    .values({ ...row, body: JSON.stringify(row.body) })
    .onConflict((conflict) => conflict.doNothing())
    .executeTakeFirstOrThrow()
  return (numInsertedOrUpdatedRows ?? 0n) > 0n
}

/** The text in force of each template that the authority ever wrote. */
export async function latestTemplates(db: NoticeDb, agencyId: number): Promise<TemplateRow[]> {
  const { rows } =
    await sql<TemplateRow>`select distinct on (template, channel, language) * from portal.message_template
    where agency_id = ${agencyId} order by template, channel, language, version desc`.execute(db)
  return rows
}

type TemplateKey = Pick<TemplateRow, 'agency_id' | 'template' | 'channel' | 'language'>

export async function latestTemplate(db: NoticeDb, key: TemplateKey): Promise<TemplateRow | undefined> {
  const [row] = await listTemplateVersions(db, key, 1)
  return row
}

export const listTemplateVersions = (db: NoticeDb, key: TemplateKey, limit = 50): Promise<TemplateRow[]> =>
  db
    .selectFrom('portal.message_template')
    .selectAll()
    .where('agency_id', '=', key.agency_id)
    .where('template', '=', key.template)
    .where('channel', '=', key.channel)
    .where('language', '=', key.language)
    .orderBy('version', 'desc')
    .limit(limit)
    .execute()

export async function addTemplate(db: NoticeDb, row: TemplateRow): Promise<boolean> {
  const { numInsertedOrUpdatedRows } = await db
    .insertInto('portal.message_template')
    .values(row)
    .onConflict((conflict) => conflict.doNothing())
    .executeTakeFirstOrThrow()
  return (numInsertedOrUpdatedRows ?? 0n) > 0n
}

// --- What people say --------------------------------------------------------------------------------------------------

export const addRefusal = async (db: NoticeDb, row: NoticeTables['portal.message_refusal']): Promise<void> => {
  await db
    .insertInto('portal.message_refusal')
    .values(row)
    .onConflict((conflict) => conflict.doNothing())
    .execute()
}

export const dropRefusal = async (db: NoticeDb, agencyId: number, index: Buffer): Promise<void> => {
  await db
    .deleteFrom('portal.message_refusal')
    .where('agency_id', '=', agencyId)
    .where('address_index', '=', index)
    .execute()
}

/** Notes a report of a gateway; false when it was noted before. */
export async function addReport(db: NoticeDb, row: NoticeTables['portal.message_status_report']): Promise<boolean> {
  const { numInsertedOrUpdatedRows } = await db
    .insertInto('portal.message_status_report')
    .values(row)
    .onConflict((conflict) => conflict.doNothing())
    .executeTakeFirstOrThrow()
  return (numInsertedOrUpdatedRows ?? 0n) > 0n
}

// --- Reading ----------------------------------------------------------------------------------------------------------

export const findMessage = (
  db: NoticeDb,
  agencyId: number,
  messageId: string,
  lock = false,
): Promise<MessageRow | undefined> => {
  const query = db
    .selectFrom('portal.message')
    .selectAll()
    .where('agency_id', '=', agencyId)
    .where('message_id', '=', messageId)
  return (lock ? query.forUpdate() : query).executeTakeFirst()
}

export type MessageFilter = {
  agencies: readonly number[]
  states?: readonly MessageState[] | undefined
  channel?: NoticeChannel | undefined
  template?: string | undefined
  dossierId?: string | undefined
  /** Finds the messages of one address. */
  addressIndex?: Buffer | undefined
  before?: { queuedAt: Instant; messageId: string } | undefined
  limit: number
}

export async function listMessages(db: NoticeDb, filter: MessageFilter): Promise<MessageRow[]> {
  const { agencies, states, channel, template, dossierId, addressIndex, before, limit } = filter
  const { rows } = await sql<MessageRow>`select * from portal.message
    where agency_id = any (${[...agencies]}::int[])
      ${states ? sql`and state = any (${[...states]}::text[])` : sql``}
      ${channel ? sql`and channel = ${channel}` : sql``}
      ${template ? sql`and template = ${template}` : sql``}
      ${dossierId ? sql`and dossier_id = ${dossierId}` : sql``}
      ${addressIndex ? sql`and address_index = ${addressIndex}` : sql``}
      ${before ? sql`and (queued_at, message_id) < (${before.queuedAt}::timestamptz, ${before.messageId}::uuid)` : sql``}
    order by queued_at desc, message_id desc limit ${limit}`.execute(db)
  return rows
}

export type StateCount = { state: MessageState; channel: NoticeChannel; count: number }

/** How many stand where, of the last days; those that wait or are in trouble whatever their age. */
export async function countStates(db: NoticeDb, agencies: readonly number[], since: Instant): Promise<StateCount[]> {
  const { rows } = await sql<StateCount>`select state, channel, count(*) as count from portal.message
    where agency_id = any (${[...agencies]}::int[]) and (queued_at >= ${since} or state in ('queued', 'sending', 'handing-over'))
    group by state, channel`.execute(db)
  return rows
}

export const listTries = (db: NoticeDb, agencyId: number, messageIds: readonly string[]): Promise<TryRow[]> =>
  db
    .selectFrom('portal.message_try')
    .selectAll()
    .where('agency_id', '=', agencyId)
    .where('message_id', 'in', messageIds.length > 0 ? [...messageIds] : ['00000000-0000-0000-0000-000000000000'])
    .orderBy('message_id')
    .orderBy('number')
    .execute()
