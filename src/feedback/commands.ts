import { loadCalendar, type CalendarTables } from '../calendar/index.ts'
import type { CatalogueTables } from '../catalogue/index.ts'
import type { Actor } from '../identity/index.ts'
import type { Context } from '../platform/context.ts'
import { dayOf, type Instant } from '../platform/day.ts'
import { withScope, type Tx } from '../platform/db.ts'
import { newId } from '../platform/id.ts'
import { accept, refuse, type Result } from '../platform/result.ts'
import type { NoticeTables } from '../portal/notices/index.ts'
import { findUnit, postsOf, type StaffTables } from '../staff/index.ts'
import type { Channel, Kind, Rating, Referral, RefusalGround, Sender, Story } from './contract.ts'
import type { CommandRefusal } from './refusals.ts'
import { writeCode } from './rules/code.ts'
import { deadlinesOf, isInTime, nextDeadline, reopenUntil } from './rules/deadlines.ts'
import {
  decide,
  evolve,
  fold,
  type Petition,
  type PetitionCommand,
  type PetitionCommandType,
  type PetitionEvent,
} from './rules/lifecycle.ts'
import { postFor } from './rules/visibility.ts'
import { phoneIndex, seal, type Writing } from './sealing.ts'
import { tell } from './tell.ts'
import { settingsOf } from './settings.ts'
import {
  append,
  dropPublication,
  findCommand,
  findPetition,
  listFiles,
  loadEvents,
  loadWritings,
  lockPetition,
  nextNumber,
  toHappened,
  type EventRow,
  type FactRow,
  type FeedbackTables,
  type LoadedEvent,
  type PetitionRow,
  type WritingRow,
} from './store.ts'

export type AllTables = FeedbackTables & StaffTables & CalendarTables & CatalogueTables & NoticeTables
export type FeedbackContext = Context<AllTables>

/** Who gives a command. The sender is known by code and key, the system acts by itself. */
export type Giver = { actor: Actor } | { actor: null; source: 'sender' | 'system' }

export type { CommandRefusal }

export type Outcome = { agencyId: number; petitionId: string; code: string; version: number; repeated: boolean }

/** What is asked for, with the words that will be sealed. */
export type Order =
  | { type: 'requestSupplement' | 'supplement' | 'extend' | 'propose' | 'sendBack' | 'answer'; text: string }
  | { type: 'keepPrivate' | 'unpublish' | 'reopen'; text: string }
  | { type: 'accept' | 'reassign'; kind?: Kind; unitId: number; officerId: number | null }
  | { type: 'guide'; referral: Referral; authority: string; text: string }
  | { type: 'transfer'; toAgencyId: number; text: string }
  | { type: 'refuse'; ground: RefusalGround; text: string }
  | { type: 'publish' | 'close' }
  | { type: 'rate'; rating: Rating; text: string }
  | { type: 'withdraw'; text: string }
  | { type: 'protect'; restricted: boolean; concerned: readonly number[] }

export type Intake = {
  agencyId: number
  commandId: string
  channel: Channel
  reference: string
  story: Story
  sender: Sender | null
  restricted: boolean
  receivedAt?: Instant | undefined
  files?: readonly NewFile[]
}
export type NewFile = {
  sha256: string
  size: number
  mediaType: string
  name: string
  origin: 'sender' | 'officer' | 'scan'
}

type FeedbackTxOf = Tx<AllTables>

/** How far back an officer may say that something came. */
const LONGEST_AGO_MS = 366 * 86_400_000

/** Takes a petition in. The same command id again gives the first outcome. */
export async function receive(
  context: FeedbackContext,
  giver: Giver,
  intake: Intake,
  at: Instant = context.clock(),
): Promise<Result<Outcome, CommandRefusal>> {
  const { agencyId, commandId, sender, story, files = [] } = intake
  const receivedAt = intake.receivedAt ?? at
  if (receivedAt > at || Date.parse(receivedAt) < Date.parse(at) - LONGEST_AGO_MS)
    return refuse({ code: 'received-in-future' })
  const { calendar } = await loadCalendar(context.db, agencyId)
  return withScope(context.db, { agencies: [agencyId] }, async (tx) => {
    const repeated = await findCommand(tx, agencyId, commandId)
    if (repeated) {
      const known = await findPetition(tx, { agencyId, petitionId: repeated.petition_id })
      if (!known || repeated.type !== 'received') return refuse({ code: 'command-id-used' })
      return accept({ agencyId, petitionId: known.petition_id, code: known.code, version: 1, repeated: true })
    }
    const settings = await settingsOf(tx, agencyId)
    if (!settings.open && giver.actor === null) return refuse({ code: 'agency-takes-none' })
    if (!sender && !settings.anonymous && intake.channel === 'web') return refuse({ code: 'sender-missing' })
    const petitionId = newId(Date.parse(at))
    const code = await takeCode(tx, agencyId, receivedAt)
    const writings: WritingRow[] = []
    const write = writer(context, { agencyId, petitionId, at, writings })
    const command: PetitionCommand = {
      type: 'receive',
      code,
      channel: intake.channel,
      timers: settings.timers,
      restricted: intake.restricted,
      storyId: write({ kind: 'story', story }),
      senderId: sender && write({ kind: 'sender', sender }),
      dossierCode: story.dossierCode,
      procedureCode: story.procedureCode,
      reference: intake.reference.trim() || null,
      origin: null,
      receivedAt,
      registeredBy: giver.actor?.officerId ?? null,
    }
    const decision = decide(undefined, command, { now: at, inTime: true, reopenUntil: null })
    if (!decision.ok) return decision
    const post = giver.actor?.posts.find((each) => each.agencies.includes(agencyId)) ?? null
    const petition = await commit(tx, {
      agencyId,
      petitionId,
      before: undefined,
      events: decision.value,
      at,
      commandId,
      giver,
      post,
      writings,
      calendar,
      phone: sender ? phoneIndex(context.keys, sender.phone) : null,
    })
    await addFiles(tx, { agencyId, petitionId, files, by: giver.actor?.officerId ?? null, at })
    await tell(context, tx, { agencyId, petitionId, petition, events: decision.value, calendar })
    return accept({ agencyId, petitionId, code, version: petition.version, repeated: false })
  })
}

type Execution = {
  agencyId: number
  petitionId: string
  commandId: string
  /** The version that the person saw; null for those who saw none, such as the system. */
  version: number | null
  order: Order
  at?: Instant
  /** More that must happen in the same transaction, after the events; may refuse by throwing. */
  also?: (tx: FeedbackTxOf, petition: Petition) => Promise<unknown>
}

/** The one way a petition changes: load, decide, append, in one transaction. */
export async function execute(
  context: FeedbackContext,
  giver: Giver,
  { agencyId, petitionId, commandId, version, order, at = context.clock(), also }: Execution,
): Promise<Result<Outcome, CommandRefusal>> {
  const target = order.type === 'transfer' ? order.toAgencyId : null
  const { calendar } = await loadCalendar(context.db, agencyId)
  const targetCalendar = target === null ? calendar : (await loadCalendar(context.db, target)).calendar
  const agencies = target === null ? [agencyId] : [agencyId, target]
  return withScope(context.db, { agencies }, async (tx) => {
    const repeated = await findCommand(tx, agencyId, commandId)
    if (repeated && repeated.petition_id !== petitionId) return refuse({ code: 'command-id-used' })
    if (!(await lockPetition(tx, { agencyId, petitionId }))) return refuse({ code: 'not-found' })
    const log = await loadEvents(tx, { agencyId, petitionId })
    const petition = fold(log.map(toHappened))
    if (!petition) return refuse({ code: 'not-found' })
    if (repeated)
      return accept({ agencyId, petitionId, code: petition.code, version: petition.version, repeated: true })
    const seen = { ...petition, agencyId }
    const post = giver.actor ? postFor(giver.actor, order.type, seen) : null
    if (post === undefined) return refuse({ code: 'not-your-right' })
    if (version !== null && version !== petition.version) return refuse(changedMeanwhile(log.at(-1), petition))
    const wrong = await refuseOrder(tx, { agencyId, order, petition, at })
    if (wrong) return refuse(wrong)
    const writings: WritingRow[] = []
    const write = writer(context, { agencyId, petitionId, at, writings })
    const moved = target === null ? null : { petitionId: newId(Date.parse(at)), code: await takeCode(tx, target, at) }
    const command = toCommand(order, { write, moved })
    const decision = decide(petition, command, {
      now: at,
      inTime: judge(order.type, petition, calendar, at),
      reopenUntil: reopenUntil(petition, calendar),
    })
    if (!decision.ok) return decision
    const next = await commit(tx, {
      agencyId,
      petitionId,
      before: petition,
      events: decision.value,
      at,
      commandId,
      giver,
      post,
      writings,
      calendar,
      phone: (await findPetition(tx, { agencyId, petitionId }))?.phone_index ?? null,
    })
    if (moved && target !== null)
      await moveTo(tx, { agencyId, petitionId, petition, target, moved, at, giver, post, calendar: targetCalendar })
    // What is open again or taken down is read by nobody any more.
    if (petition.publishedAt && !next.publishedAt) await dropPublication(tx, { agencyId, petitionId })
    await also?.(tx, next)
    await tell(context, tx, { agencyId, petitionId, petition: next, events: decision.value, calendar })
    return accept({ agencyId, petitionId, code: next.code, version: next.version, repeated: false })
  })
}

const changedMeanwhile = (last: LoadedEvent | undefined, { version }: Petition): CommandRefusal => ({
  code: 'changed-meanwhile',
  version,
  by: last?.officer_id ?? null,
  at: last?.recorded_at ?? '',
  what: last?.type ?? '',
})

/** What the rules cannot know: units, officers and agencies. */
async function refuseOrder(
  tx: FeedbackTxOf,
  { agencyId, order, petition, at }: { agencyId: number; order: Order; petition: Petition; at: Instant },
): Promise<CommandRefusal | undefined> {
  if (order.type === 'accept' || order.type === 'reassign') {
    const unit = await findUnit(tx, order.unitId)
    if (!unit || unit.agencyId !== agencyId) return { code: 'unit-unknown' }
    if (order.officerId === null) return undefined
    if (petition.concerned.includes(order.officerId)) return { code: 'officer-is-concerned' }
    const posts = await postsOf(tx, order.officerId, dayOf(at))
    return posts.some((post) => post.unitId === order.unitId) ? undefined : { code: 'officer-not-in-unit' }
  }
  if (order.type === 'protect' && petition.officerId !== null && order.concerned.includes(petition.officerId))
    return { code: 'officer-is-concerned' }
  if (order.type === 'transfer') {
    if (order.toAgencyId === agencyId) return { code: 'agency-takes-none' }
    return (await settingsOf(tx, order.toAgencyId)).open ? undefined : { code: 'agency-takes-none' }
  }
  return undefined
}

type Write = (writing: Writing) => string

const writer =
  (
    { keys }: FeedbackContext,
    {
      agencyId,
      petitionId,
      at,
      writings,
    }: { agencyId: number; petitionId: string; at: Instant; writings: WritingRow[] },
  ): Write =>
  (writing) => {
    const id = newId(Date.parse(at))
    writings.push({
      agency_id: agencyId,
      writing_id: id,
      petition_id: petitionId,
      kind: writing.kind,
      sealed: seal(keys, writing),
      recorded_at: at,
      erased_at: null,
    })
    return id
  }

type Moved = { petitionId: string; code: string }

function toCommand(order: Order, { write, moved }: { write: Write; moved: Moved | null }): PetitionCommand {
  const text = (words: string) => write({ kind: 'text', text: words.trim() })
  switch (order.type) {
    case 'accept':
      return { type: 'accept', kind: order.kind ?? 'behaviour', unitId: order.unitId, officerId: order.officerId }
    case 'reassign':
      return { type: 'reassign', unitId: order.unitId, officerId: order.officerId }
    case 'guide': {
      const { referral, authority } = order
      return { type: 'guide', referral, writingId: write({ kind: 'guidance', authority, text: order.text.trim() }) }
    }
    case 'transfer':
      return {
        type: 'transfer',
        toAgencyId: order.toAgencyId,
        toPetitionId: moved?.petitionId ?? '',
        toCode: moved?.code ?? '',
        writingId: text(order.text),
      }
    case 'refuse':
      return { type: 'refuse', ground: order.ground, writingId: text(order.text) }
    case 'publish':
    case 'close':
      return { type: order.type }
    case 'rate':
      return { type: 'rate', rating: order.rating, writingId: order.text.trim() ? text(order.text) : null }
    case 'withdraw':
      return { type: 'withdraw', writingId: order.text.trim() ? text(order.text) : null }
    case 'protect':
      return { type: 'protect', restricted: order.restricted, concerned: order.concerned }
    case 'answer':
    case 'requestSupplement':
    case 'supplement':
    case 'extend':
    case 'propose':
    case 'sendBack':
    case 'keepPrivate':
    case 'unpublish':
    case 'reopen':
      return { type: order.type, writingId: text(order.text) }
  }
}

type Calendar = Parameters<typeof deadlinesOf>[1]

/** Whether what this command ends was in time. */
function judge(type: PetitionCommandType, petition: Petition, calendar: Calendar, at: Instant): boolean {
  const what = ({ refuse: 'refuse', answer: 'process', publish: 'publish' } as const)[
    type as 'refuse' | 'answer' | 'publish'
  ]
  const deadline = deadlinesOf(petition, calendar).find((each) => each.what === what)
  return deadline === undefined || isInTime(deadline, at)
}

type Commit = {
  agencyId: number
  petitionId: string
  before: Petition | undefined
  events: readonly PetitionEvent[]
  at: Instant
  commandId: string
  giver: Giver
  post: { postId: number; onBehalfOf: number | null } | null
  writings: WritingRow[]
  calendar: Calendar
  phone: Buffer | null
}

async function commit(tx: FeedbackTxOf, work: Commit): Promise<Petition> {
  const { agencyId, petitionId, events, at, commandId, giver, post } = work
  const first = (work.before?.version ?? 0) + 1
  const rows = events.map((event, ordinal): Omit<EventRow, 'body'> & { body: PetitionEvent } => ({
    agency_id: agencyId,
    petition_id: petitionId,
    version: first + ordinal,
    type: event.type,
    body: event,
    recorded_at: at,
    officer_id: giver.actor?.officerId ?? null,
    post_id: post?.postId ?? null,
    on_behalf_of: post?.onBehalfOf ?? null,
    source: giver.actor ? 'officer' : giver.source,
    command_id: commandId,
    ordinal,
  }))
  let petition = work.before
  for (const row of rows) petition = evolve(petition, toHappened(row))
  if (!petition) throw new Error('nothing happened')
  await append(tx, {
    events: rows,
    petition: toRow({ ...work, petition }),
    writings: work.writings,
    fact: toFact({ ...work, petition }),
  })
  return petition
}

type Present = {
  agencyId: number
  petitionId: string
  petition: Petition
  calendar: Calendar
  at: Instant
  phone: Buffer | null
}

function toRow({ agencyId, petitionId, petition, calendar, phone }: Present): PetitionRow {
  const next = nextDeadline(petition, calendar)
  return {
    agency_id: agencyId,
    petition_id: petitionId,
    code: petition.code,
    version: petition.version,
    status: petition.status,
    channel: petition.channel,
    reference: petition.reference,
    kind: petition.kind,
    referral: petition.referral,
    restricted: petition.restricted,
    concerned: [...petition.concerned],
    unit_id: petition.unitId,
    officer_id: petition.officerId,
    registered_by: petition.registeredBy,
    dossier_code: petition.dossierCode,
    procedure_code: petition.procedureCode,
    phone_index: phone,
    received_at: petition.receivedAt,
    due_at: next?.due.dueAt ?? null,
    due_what: next?.what ?? null,
    answered_at: petition.answeredAt,
    ended_at: petition.endedAt,
    published_at: petition.publishedAt,
    next_agency_id: petition.next?.agencyId ?? null,
    next_petition_id: petition.next?.petitionId ?? null,
  }
}

/** What can be counted of a petition, as it is known from this moment on. */
function toFact({ agencyId, petitionId, petition, calendar, at }: Present): FactRow {
  const { answeredAt, endedAt, status, publishedAt } = petition
  const resolvedAt = answeredAt ?? (status === 'refused' ? endedAt : null)
  const process = deadlinesOf(petition, calendar).find(({ what }) => what === 'process')
  return {
    agency_id: agencyId,
    petition_id: petitionId,
    version: petition.version,
    known_from: at,
    code: petition.code,
    received_on: dayOf(petition.receivedAt),
    channel: petition.channel,
    status,
    kind: petition.kind,
    referral: petition.referral,
    resolved_on: resolvedAt && dayOf(resolvedAt),
    resolved_in_time: answeredAt ? petition.answeredInTime : petition.refusedInTime,
    ended_on: endedAt && dayOf(endedAt),
    due_at: process?.due.dueAt ?? null,
    published_on: publishedAt && dayOf(publishedAt),
    published_in_time: petition.publishedInTime,
    transferred: petition.next !== null,
    rating: petition.rating,
  }
}

async function takeCode(tx: FeedbackTxOf, agencyId: number, at: Instant): Promise<string> {
  const year = Number(dayOf(at).slice(0, 4))
  return writeCode({ agencyId, year, number: await nextNumber(tx, agencyId, year) })
}

export async function addFiles(
  tx: FeedbackTxOf,
  {
    agencyId,
    petitionId,
    files,
    by,
    at,
  }: { agencyId: number; petitionId: string; files: readonly NewFile[]; by: number | null; at: Instant },
): Promise<string[]> {
  if (files.length === 0) return []
  const rows = files.map(({ sha256, size, mediaType, name, origin }) => ({
    agency_id: agencyId,
    file_id: newId(Date.parse(at)),
    petition_id: petitionId,
    sha256,
    size,
    media_type: mediaType,
    name,
    origin,
    added_by: by,
    added_at: at,
  }))
  await tx.insertInto('feedback.file').values(rows).execute()
  return rows.map(({ file_id }) => file_id)
}

type Move = {
  agencyId: number
  petitionId: string
  petition: Petition
  target: number
  moved: Moved
  at: Instant
  giver: Giver
  post: Commit['post']
  calendar: Calendar
}

/** The petition begins anew at the other agency, with all that was said, its own code and its own times. */
async function moveTo(tx: FeedbackTxOf, move: Move): Promise<void> {
  const { agencyId, petitionId, petition, target, moved, at, giver, calendar } = move
  const own = await findPetition(tx, { agencyId, petitionId })
  const carried = new Set(
    [petition.storyId, petition.senderId, ...petition.supplements.map(({ writingId }) => writingId)].filter(Boolean),
  )
  const writings = (await loadWritings(tx, { agencyId, petitionId }))
    .filter(({ writing_id }) => carried.has(writing_id))
    .map((row) => ({ ...row, agency_id: target, petition_id: moved.petitionId }))
  const { timers } = await settingsOf(tx, target)
  const decision = decide(
    undefined,
    {
      type: 'receive',
      code: moved.code,
      channel: 'agency',
      timers,
      restricted: petition.restricted,
      storyId: petition.storyId,
      senderId: petition.senderId,
      dossierCode: petition.dossierCode,
      procedureCode: petition.procedureCode,
      reference: petition.reference,
      origin: { agencyId, petitionId, code: petition.code },
      receivedAt: at,
      registeredBy: null,
    },
    { now: at, inTime: true, reopenUntil: null },
  )
  if (!decision.ok) throw new Error('a new petition is always received')
  await commit(tx, {
    agencyId: target,
    petitionId: moved.petitionId,
    before: undefined,
    events: decision.value,
    at,
    commandId: newId(Date.parse(at)),
    giver,
    post: move.post,
    writings,
    calendar,
    phone: own?.phone_index ?? null,
  })
  const files = await listFiles(tx, { agencyId, petitionId })
  if (files.length > 0)
    await tx
      .insertInto('feedback.file')
      .values(files.map((file) => ({ ...file, agency_id: target, petition_id: moved.petitionId })))
      .execute()
}
