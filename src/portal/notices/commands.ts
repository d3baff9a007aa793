import { readNoticeWays, type DossierTables } from '../../dossiers/index.ts'
import { sameBytes } from '../../platform/same-bytes.ts'
import type { Context } from '../../platform/context.ts'
import type { Db } from '../../platform/db.ts'
import { withScope } from '../../platform/db.ts'
import { newId } from '../../platform/id.ts'
import type { Keys } from '../../platform/keys.ts'
import type { NewMessage, NoticeChannel, QueueOutcome } from './contract.ts'
import { maskAddress } from './rules/address.ts'
import { chosenWays, waysTo } from './rules/choice.ts'
import { eventOf, type NoticeEvent } from './rules/notice-events.ts'
import { usualSettings, type NoticeSettings } from './rules/settings.ts'
import { addMessage, isRefused, latestSettings, withdrawQueued, type NoticeDb, type NoticeTables } from './store.ts'

/** What a message says and to whom, as it lies encrypted in the queue. */
export type MessageSecret = { to: { email?: string; phone?: string }; facts: Readonly<Record<string, string>> }

type Given = Pick<Context, 'keys' | 'clock'> & { db: Db<NoticeTables> }

/**
 * Asks for a message. With a transaction as `db` it goes out if and only if that transaction commits; its scope must hold
 * the agency. With the database it is a transaction of its own. The same key asks once.
 */
export async function queueMessage<Name extends NoticeEvent>(
  { db, keys, clock }: Given,
  message: NewMessage<Name>,
): Promise<QueueOutcome> {
  if (db.isTransaction) return put(db, { keys, clock }, message)
  const agencies = message.agencyId === null ? [] : [message.agencyId]
  return withScope(db, { agencies }, (tx) => put(tx, { keys, clock }, message))
}

async function put(
  db: NoticeDb,
  { keys, clock }: Pick<Given, 'keys' | 'clock'>,
  message: NewMessage,
): Promise<QueueOutcome> {
  const { to, template, facts } = message
  const agencyId = message.agencyId ?? 0
  const [written] = agencyId === 0 ? [] : await latestSettings(db, [agencyId])
  const settings: NoticeSettings = { ...usualSettings, ...(written?.body as Partial<NoticeSettings> | undefined) }
  const event = eventOf(template)
  if (event.binding !== true && settings.silent.includes(template)) return { state: 'refused' }
  const ways = message.channels ? waysTo(message.channels, to) : await usualWays(db, settings.channels, message)
  const [first, ...further] = ways
  if (!first) return { state: 'no-address' }
  const index = addressIndex(keys, first.address)
  if (event.binding !== true && (await isRefused(db, agencyId, index))) return { state: 'refused' }
  checkLinks(facts)
  const secret: MessageSecret = {
    to: {
      ...(to.email === undefined ? {} : { email: to.email }),
      ...(to.phone === undefined ? {} : { phone: to.phone }),
    },
    facts,
  }
  const now = clock()
  const messageId = newId(Date.parse(now))
  const isNew = await addMessage(db, {
    agency_id: agencyId,
    message_id: messageId,
    dedupe_key: message.dedupeKey,
    template,
    language: message.language ?? 'vi',
    channel: first.channel,
    further_channels: further.map(({ channel }) => channel),
    dossier_id: message.dossierId ?? null,
    secret: keys.encrypt(JSON.stringify(secret)),
    masked_address: maskAddress(first.address),
    address_index: index,
    urgent: event.urgent === true,
    queued_at: now,
    not_before: message.notBefore ?? now,
    expires_at: message.expiresAt ?? null,
  })
  return isNew ? { state: 'queued', messageId } : { state: 'known' }
}

/** What is told of a dossier goes by the ways that who filed it chose. */
async function usualWays(
  db: NoticeDb,
  channels: readonly NoticeChannel[],
  { agencyId, dossierId, to, template }: NewMessage,
): Promise<ReturnType<typeof waysTo>> {
  if (dossierId === undefined || agencyId === null) return waysTo(channels, to)
  const chosen = await readNoticeWays(db as unknown as Db<DossierTables>, { agencyId, dossierId })
  return chosenWays(channels, { chosen, to, template })
}

/** By which an address is found without being readable. */
export const addressIndex = (keys: Keys, address: string): Buffer => keys.blindIndex('notice-address', address)

/** A link in a message leads to us and nowhere else: it is a path, the public address is put before it; empty, it is left out. */
function checkLinks(facts: Readonly<Record<string, string>>): void {
  for (const [name, value] of Object.entries(facts))
    if (name.endsWith('Link') && value !== '' && !/^\/(?![/\\])/.test(value))
      throw new Error(`notice fact ${name} is not a path of ours`)
}

/** Takes back a message that has not left yet, such as the reminder of an appointment that was cancelled. */
export async function withdrawMessage(
  { db, clock }: Pick<Given, 'db' | 'clock'>,
  { agencyId, dedupeKey }: { agencyId: number | null; dedupeKey: string },
): Promise<boolean> {
  const work = (tx: NoticeDb) => withdrawQueued(tx, { agencyId: agencyId ?? 0, dedupeKey, now: clock() })
  return db.isTransaction ? work(db) : withScope(db, { agencies: agencyId === null ? [] : [agencyId] }, work)
}

/** Where the holder of an address asks for no more messages; says nothing about the address. */
export function refusalPath(keys: Keys, agencyId: number, index: Buffer): string {
  const mac = keys.mac('notice-refusal', `${agencyId}/${index.toString('hex')}`).subarray(0, 16)
  return `/thong-bao/ngung/${agencyId}.${index.toString('base64url')}.${mac.toString('base64url')}`
}

/** Whose address such a path names; undefined when we did not make it. */
export function readRefusalToken(keys: Keys, token: string): { agencyId: number; index: Buffer } | undefined {
  const [agency = '', index = ''] = token.split('.')
  if (!/^\d{1,9}$/.test(agency) || !/^[\w-]{22}$/.test(index)) return undefined
  const named = { agencyId: Number(agency), index: Buffer.from(index, 'base64url') }
  return sameBytes(refusalPath(keys, named.agencyId, named.index), `/thong-bao/ngung/${token}`) ? named : undefined
}
