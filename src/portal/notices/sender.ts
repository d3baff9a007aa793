import type { Context } from '../../platform/context.ts'
import { addMinutes, dayOf, type Instant } from '../../platform/day.ts'
import { withScope } from '../../platform/db.ts'
import type { Keys } from '../../platform/keys.ts'
import { isDemo } from '../../platform/settings.ts'
import { authorityName, getAgency, listCodedAgencyIds, type StaffTables } from '../../staff/index.ts'
import type { MessageSecret } from './commands.ts'
import { addressIndex, refusalPath } from './commands.ts'
import type { NoticeChannel } from './contract.ts'
import { handToGateway } from './gateway.ts'
import { composeLetter, handToServer, type Patience } from './mail.ts'
import { addressFor, maskAddress } from './rules/address.ts'
import { afterAttempt, afterQuiet, STALE_MINUTES, type Attempt } from './rules/delivery.ts'
import { eventOf, isNoticeEvent } from './rules/notice-events.ts'
import { smsText } from './rules/sms.ts'
import { factsFor, fill } from './rules/template.ts'
import { readSettings, type OpenSettings } from './settings.ts'
import {
  addTry,
  changeWays,
  claimDue,
  forgetSecrets,
  giveUpLate,
  latestTemplate,
  listAbandoned,
  markHandingOver,
  writeMessage,
  type MessageRow,
  type NoticeTables,
  type Written,
} from './store.ts'
import { shippedText } from './templates.ts'

export type NoticeContext = Context<NoticeTables & StaffTables>

type Options = {
  /** Between 0 and 1; spreads the attempts. */
  random?: () => number
  patience?: Patience
  /** Most messages of one turn. */
  limit?: number
  stopping?: AbortSignal
}

/** Minutes after which a claim is taken for abandoned: longer than any server may take. */
const LEASE = 5
const SIDE_BY_SIDE = 4

/** How many were given out in the last minute, by server; in this process, since one process sends. */
const given = new Map<string, number[]>()

/**
 * Sends what is due. A message is marked before the server is given its end and noted after the answer; what lies between
 * when a process dies is `uncertain` and not sent again by itself. Returns how many were tried.
 */
export async function sendDue(context: NoticeContext, options: Options = {}): Promise<number> {
  const agencies = [0, ...(await listCodedAgencyIds(context.db))]
  const settings = await readSettings(context, agencies)
  const demo = await isDemo(context.db)
  const ready = openWays(context, settings, demo)
  await tidy(context, { agencies, ready, settings, random: options.random ?? Math.random })
  let tried = 0
  const limit = options.limit ?? 500
  while (tried < limit && !options.stopping?.aborted) {
    const some = await sendSome(context, { agencies, ready, settings, options, limit: Math.min(20, limit - tried) })
    if (some === 0) break
    tried += some
  }
  return tried
}

type Ready = { agencyId: number; channel: NoticeChannel }[]

/** The ways that can be gone now. The telephones of a demo are invented, and may be somebody's. */
export function openWays({ config }: NoticeContext, settings: ReadonlyMap<number, OpenSettings>, demo: boolean): Ready {
  return [...settings].flatMap(([agencyId, { body, secrets }]) => [
    ...(config.mail ? [{ agencyId, channel: 'email' as const }] : []),
    ...(['sms', 'zalo'] as const)
      .filter((channel) => !demo && config.noticeGateways.includes(body[channel].url) && secrets[channel] !== undefined)
      .map((channel) => ({ agencyId, channel })),
  ])
}

type Round = { agencies: readonly number[]; ready: Ready; settings: ReadonlyMap<number, OpenSettings> }

/** What has ended in the middle, what is too late, and what stands before a closed way. */
async function tidy(
  context: NoticeContext,
  { agencies, ready, random }: Round & { random: () => number },
): Promise<void> {
  const { db, clock, keys } = context
  const now = clock()
  await withScope(db, { agencies }, async (tx) => {
    await giveUpLate(tx, { now, staleBefore: addMinutes(now, -STALE_MINUTES) })
    for (const row of await listAbandoned(tx, now)) {
      const begun = row.state === 'handing-over' && row.channel === 'email'
      const attempt: Attempt = begun
        ? { outcome: 'uncertain', obstacle: 'process-ended' }
        : { outcome: 'postponed', obstacle: 'process-ended', replyCode: null }
      await noteAttempt(tx, row, { keys, attempt, now, random: random() })
    }
    for (const row of await changeWays(tx, ready)) {
      const isOpen = (channel: NoticeChannel) =>
        ready.some((way) => way.agencyId === row.agency_id && way.channel === channel)
      const channel = row.further_channels.find(isOpen)
      if (channel === undefined) continue
      const further = row.further_channels.filter((each) => each !== channel)
      await writeMessage(tx, { ...keyOf(row), channel, further_channels: further, ...addressOn(keys, row, channel) })
    }
    await forgetSecrets(tx, addMinutes(now, -30 * 24 * 60))
  })
}

/** The address of another way, for the row. */
function addressOn(keys: Keys, row: MessageRow, channel: NoticeChannel): Partial<Written> {
  const to = row.secret ? (JSON.parse(keys.decrypt(row.secret)) as MessageSecret).to : {}
  const address = addressFor(channel, to)
  return address === undefined
    ? {}
    : { masked_address: maskAddress(address), address_index: addressIndex(keys, address) }
}

const keyOf = ({ agency_id, message_id }: MessageRow) => ({ agency_id, message_id })

async function sendSome(
  context: NoticeContext,
  { agencies, ready, settings, options, limit }: Round & { options: Options; limit: number },
): Promise<number> {
  const { db, clock } = context
  const now = clock()
  const free = ready.filter((way) => mayGive(context, way, settings, now))
  if (free.length === 0) return 0
  const claimed = await withScope(db, { agencies }, (tx) =>
    claimDue(tx, { now, leasedUntil: addMinutes(now, LEASE), ready: free, limit }),
  )
  // Of one person one after the other, so that letters arrive in their order.
  const lines = new Map<string, MessageRow[]>()
  for (const row of claimed) {
    const key = row.address_index.toString('hex')
    lines.set(key, [...(lines.get(key) ?? []), row])
  }
  const waiting = [...lines.values()]
  const work = async () => {
    for (let line = waiting.shift(); line; line = waiting.shift())
      for (const row of line) await sendOne(context, row, { settings, options })
  }
  await Promise.all(Array.from({ length: SIDE_BY_SIDE }, work))
  return claimed.length
}

/** Whether the server behind a way may be given more in this minute. */
function mayGive(
  { config }: NoticeContext,
  { agencyId, channel }: Ready[number],
  settings: ReadonlyMap<number, OpenSettings>,
  now: Instant,
): boolean {
  const { key, most } = serverOf(config, channel, agencyId, settings)
  const recent = (given.get(key) ?? []).filter((at) => at > Date.parse(now) - 60_000)
  given.set(key, recent)
  return recent.length < most
}

function serverOf(
  config: Context['config'],
  channel: NoticeChannel,
  agencyId: number,
  settings: ReadonlyMap<number, OpenSettings>,
): { key: string; most: number } {
  if (channel === 'email')
    return { key: `${config.mail?.host}:${config.mail?.port}`, most: config.mail?.perMinute ?? 0 }
  const gateway = settings.get(agencyId)?.body[channel]
  return { key: `${gateway?.url ?? ''}/${agencyId}/${channel}`, most: gateway?.perMinute ?? 0 }
}

async function sendOne(
  context: NoticeContext,
  row: MessageRow,
  { settings, options }: { settings: ReadonlyMap<number, OpenSettings>; options: Options },
): Promise<void> {
  const { db, clock, config, log } = context
  const own = settings.get(row.agency_id)
  const now = clock()
  const scope = { agencies: [row.agency_id] }
  const quietUntil = own && !row.urgent ? afterQuiet(now, own.body.quiet) : now
  const free = mayGive(context, { agencyId: row.agency_id, channel: row.channel }, settings, now)
  if (quietUntil > now || !free) {
    const notBefore = quietUntil > now ? quietUntil : addMinutes(now, 1)
    await withScope(db, scope, (tx) =>
      writeMessage(tx, { ...keyOf(row), state: 'queued', leased_until: null, not_before: notBefore }),
    )
    return
  }
  const { key } = serverOf(config, row.channel, row.agency_id, settings)
  given.set(key, [...(given.get(key) ?? []), Date.parse(now)])
  let version: number | null = null
  let attempt: Attempt
  try {
    const draft = await wordsOf(context, row)
    version = draft?.version ?? null
    attempt = draft ? await hand(context, row, { draft, own, options }) : unreadable
  } catch (fault) {
    // Nothing was noted, so nothing is said: the claim runs out and the message is judged by how far it came.
    log.error({ what: 'notice-failed', messageId: row.message_id, err: fault })
    return
  }
  const random = (options.random ?? Math.random)()
  await withScope(db, scope, (tx) =>
    noteAttempt(tx, row, { keys: context.keys, attempt, now: clock(), random, version }),
  )
}

const unreadable: Attempt = { outcome: 'refused', obstacle: 'content-refused', replyCode: null }

type Draft = {
  secret: MessageSecret
  subject: string
  text: string
  facts: Readonly<Record<string, string>>
  version: number
}

/** The text in force now, filled in. Undefined where the message can be read no more. */
export async function wordsOf({ db, keys, config, clock }: NoticeContext, row: MessageRow): Promise<Draft | undefined> {
  const { template, channel, language, agency_id: agencyId } = row
  if (!row.secret || !isNoticeEvent(template)) return undefined
  const secret = JSON.parse(keys.decrypt(row.secret)) as MessageSecret
  const agency = agencyId === 0 ? 'Một Cửa' : authorityName(await getAgency(db, agencyId, dayOf(clock())))
  const written = await withScope(db, { agencies: [agencyId] }, (tx) =>
    latestTemplate(tx, { agency_id: agencyId, template, channel, language }),
  )
  const shipped = shippedText(template, channel, language)
  const text = written?.body == null ? shipped : { subject: written.subject ?? '', body: written.body }
  const facts = factsFor(secret.facts, { publicUrl: config.publicUrl, agency })
  return {
    secret,
    facts,
    subject: fill(text.subject, facts),
    text: fill(text.body, facts),
    version: written?.body == null ? 0 : written.version,
  }
}

async function hand(
  context: NoticeContext,
  row: MessageRow,
  { draft, own, options }: { draft: Draft; own: OpenSettings | undefined; options: Options },
): Promise<Attempt> {
  const { db, config, clock, keys } = context
  const { channel, language, message_id: id } = row
  const address = addressFor(channel, draft.secret.to)
  if (address === undefined) return { outcome: 'refused', obstacle: 'address-refused', replyCode: null }
  const handOver = async () => {
    if (!(await withScope(db, { agencies: [row.agency_id] }, (tx) => markHandingOver(tx, row))))
      throw new Error('the claim of the message was lost')
  }
  if (channel !== 'email') {
    const gateway = own?.body[channel]
    const secret = own?.secrets[channel]
    if (!gateway || secret === undefined) return { outcome: 'postponed', obstacle: 'no-server', replyCode: null }
    await handOver()
    const text = channel === 'sms' ? smsText(draft.text, { plain: own?.body.plainSms ?? true }) : draft.text
    return handToGateway(
      { url: gateway.url, secret },
      { id, channel, to: address, sender: gateway.sender, text, template: row.template, facts: draft.facts },
      { now: clock() },
    )
  }
  const { mail, publicUrl } = config
  if (!mail) return { outcome: 'postponed', obstacle: 'no-server', replyCode: null }
  const binding = isNoticeEvent(row.template) && eventOf(row.template).binding === true
  const bytes = await composeLetter(
    {
      messageId: id,
      senderName: draft.facts['agency'] ?? '',
      to: address,
      subject: draft.subject,
      text: draft.text,
      language,
      refusalUrl: binding ? null : publicUrl + refusalPath(keys, row.agency_id, row.address_index),
    },
    { from: mail.from, publicUrl, now: row.queued_at },
  )
  return handToServer(mail, { from: mail.from, to: address, bytes, handOver }, options.patience)
}

type Noted = { keys: Keys; attempt: Attempt; now: Instant; random: number; version?: number | null }

const endStates = new Set(['sent', 'delivered', 'failed', 'uncertain', 'given-up'])

/** Writes down what became of an attempt. A code that was sent is needed no more. */
async function noteAttempt(
  tx: Parameters<typeof writeMessage>[0],
  row: MessageRow,
  { keys, attempt, now, random, version = null }: Noted,
): Promise<void> {
  const next = afterAttempt(
    {
      state: row.state,
      tries: row.tries,
      channel: row.channel,
      furtherChannels: row.further_channels,
      notBefore: row.not_before,
    },
    attempt,
    { now, random },
  )
  const replyCode = 'replyCode' in attempt ? attempt.replyCode : null
  await writeMessage(tx, {
    ...keyOf(row),
    state: next.state,
    tries: next.tries,
    channel: next.channel,
    further_channels: [...next.furtherChannels],
    not_before: next.notBefore,
    leased_until: null,
    obstacle: next.obstacle,
    reply_code: replyCode,
    ...(attempt.outcome === 'taken'
      ? { sent_at: now, provider_ref: attempt.providerRef, template_version: version }
      : {}),
    ...(endStates.has(next.state) ? { ended_at: now } : {}),
    ...(next.channel === row.channel ? {} : addressOn(keys, row, next.channel)),
    ...(attempt.outcome === 'taken' && row.template === 'one-time-code' ? { secret: null } : {}),
  })
  await addTry(tx, {
    ...keyOf(row),
    channel: row.channel,
    tried_at: now,
    outcome: attempt.outcome,
    obstacle: next.obstacle,
    reply_code: replyCode,
  })
}
