import { explain, loadCalendar } from '../calendar/index.ts'
import { agenciesFor, may, mayInPost, type Actor } from '../identity/index.ts'
import { dayOf } from '../platform/day.ts'
import { withScope } from '../platform/db.ts'
import {
  authorityName,
  listAgencies,
  listCodedAgencyIds,
  listOfficerNames,
  listOfficers,
  listUnitNames,
  listUnits,
} from '../staff/index.ts'
import type { DeadlineView, PetitionFile, PetitionItem, PetitionView, Sender, Story, StoryEntry } from './contract.ts'
import type { FeedbackContext } from './commands.ts'
import { petitionPaths } from './paths.ts'
import { deadlinesOf, isInTime, reopenUntil } from './rules/deadlines.ts'
import { allowed, decide, fold, type Petition, type PetitionCommandType } from './rules/lifecycle.ts'
import { maskName } from './rules/redact.ts'
import { mayReveal, maySee, postFor } from './rules/visibility.ts'
import { open, type Writing } from './sealing.ts'
import {
  findDossierId,
  listFiles,
  listOfPhone,
  loadEvents,
  loadSettings,
  loadWritings,
  locatePetition,
  toHappened,
  type FileRow,
  type Listed,
  type LoadedEvent,
  type PetitionRow,
} from './store.ts'
import { refusalText, vi, type FeedbackText } from './text.vi.ts'

export type OpenedPetition = {
  agencyId: number
  petitionId: string
  row: PetitionRow
  petition: Petition
  events: LoadedEvent[]
  writings: ReadonlyMap<string, Writing>
  files: FileRow[]
}

/** A petition with all that was written, when this officer may see it. */
export async function openPetition(
  context: FeedbackContext,
  actor: Actor,
  petitionId: string,
): Promise<OpenedPetition | undefined> {
  const agencies = agenciesFor(actor, 'feedback.read')
  const opened = await withScope(context.db, { agencies }, async (tx) => {
    const row = await locatePetition(tx, petitionId)
    return row && readPetition(context, tx, row)
  })
  if (!opened || !maySee(actor, { ...opened.petition, agencyId: opened.agencyId })) return undefined
  return opened
}

/** The same without asking who reads; for the sender with the key, and for jobs. */
export async function readPetition(
  { keys }: Pick<FeedbackContext, 'keys'>,
  tx: FeedbackContext['db'],
  row: PetitionRow,
): Promise<OpenedPetition | undefined> {
  const key = { agencyId: row.agency_id, petitionId: row.petition_id }
  const [events, writings, files] = await Promise.all([loadEvents(tx, key), loadWritings(tx, key), listFiles(tx, key)])
  const petition = fold(events.map(toHappened))
  if (!petition) return undefined
  const opened = writings.flatMap(({ writing_id, sealed }): [string, Writing][] =>
    sealed ? [[writing_id, open(keys, sealed)]] : [],
  )
  return { ...key, row, petition, events, writings: new Map(opened), files }
}

const empty: Story = {
  happened: '',
  wish: '',
  happenedOn: null,
  placeCode: null,
  placeName: '',
  placeDetail: '',
  coordinates: null,
  about: 'unsure',
  concerns: '',
  dossierCode: null,
  procedureCode: null,
  procedureName: '',
}

export function storyOf({ petition, writings }: Pick<OpenedPetition, 'petition' | 'writings'>): Story {
  const writing = writings.get(petition.storyId)
  return writing?.kind === 'story' ? writing.story : empty
}

export function senderOf({ petition, writings }: Pick<OpenedPetition, 'petition' | 'writings'>): Sender | null {
  const writing = petition.senderId === null ? undefined : writings.get(petition.senderId)
  return writing?.kind === 'sender' ? writing.sender : null
}

export const wordsOf = (
  writings: ReadonlyMap<string, Writing>,
  id: string | null,
  { guidedTo }: Pick<FeedbackText, 'guidedTo'> = vi,
): string | null => {
  const writing = id === null ? undefined : writings.get(id)
  if (writing?.kind === 'text') return writing.text
  if (writing?.kind === 'guidance') return `${guidedTo(writing.authority)}\n${writing.text}`
  return null
}

/** The first words of what happened, for lists. */
export const titleOf = (happened: string): string => {
  const line = happened.trim().replaceAll(/\s+/gu, ' ')
  const letters = Array.from(line)
  if (letters.length <= 110) return line
  const cut = letters.slice(0, 110).join('')
  return `${cut.slice(0, Math.max(60, cut.lastIndexOf(' ')))}…`
}

export const placeOf = ({ placeDetail, placeName }: Pick<Story, 'placeDetail' | 'placeName'>): string =>
  [placeDetail, placeName].filter(Boolean).join(', ')

export async function viewDeadlines(context: FeedbackContext, opened: OpenedPetition): Promise<DeadlineView[]> {
  const { calendar } = await loadCalendar(context.db, opened.agencyId)
  const now = context.clock()
  return deadlinesOf(opened.petition, calendar).map((deadline) => ({
    what: deadline.what,
    dueAt: deadline.due.dueAt,
    doneAt: deadline.doneAt,
    late: !isInTime(deadline, deadline.doneAt ?? now),
    sentences: explain(deadline.due.explanation, 'vi'),
    law: vi.deadlineLaw[deadline.what],
  }))
}

/** In the order in which they are the next right thing. */
const order: readonly PetitionCommandType[] = [
  'accept',
  'answer',
  'propose',
  'publish',
  'supplement',
  'close',
  'requestSupplement',
  'guide',
  'transfer',
  'refuse',
  'sendBack',
  'extend',
  'reassign',
  'keepPrivate',
  'unpublish',
  'protect',
  'rate',
  'reopen',
  'withdraw',
]

/** What this officer may do now, the next right thing first; and what is not possible, with the reason. */
export async function commandsFor(
  context: FeedbackContext,
  actor: Actor,
  { petition, agencyId }: Pick<OpenedPetition, 'petition' | 'agencyId'>,
): Promise<{ commands: PetitionCommandType[]; refused: { command: string; why: string }[] }> {
  const { calendar } = await loadCalendar(context.db, agencyId)
  const seen = { ...petition, agencyId }
  const possible: readonly PetitionCommandType[] = allowed[petition.status]
  const commands: PetitionCommandType[] = []
  const refused: { command: string; why: string }[] = []
  for (const type of order.filter((each) => possible.includes(each))) {
    if (!postFor(actor, type, seen)) continue
    const tried = decide(petition, trial(type), {
      now: context.clock(),
      inTime: true,
      reopenUntil: reopenUntil(petition, calendar),
    })
    if (tried.ok) commands.push(type)
    else refused.push({ command: type, why: refusalText(tried.refusal) })
  }
  // What a specialist has proposed waits for the leader, whose next step is the answer.
  if (petition.proposal && commands.includes('answer')) return { commands: first(commands, 'answer'), refused }
  if (petition.proposal && commands.includes('propose'))
    return { commands: [...commands.filter((each) => each !== 'propose'), 'propose'], refused }
  if (commands.includes('propose') && !isLeader(actor, agencyId))
    return { commands: first(commands, 'propose'), refused }
  return { commands, refused }
}

const isLeader = (actor: Actor, agencyId: number): boolean =>
  actor.posts.some((post) => mayInPost(post, 'feedback.answer', { agencyId }))

const first = (commands: readonly PetitionCommandType[], one: PetitionCommandType): PetitionCommandType[] => [
  one,
  ...commands.filter((each) => each !== one),
]

/** A command of this type with nothing in it, to ask whether it would be possible. */
const trial = (type: PetitionCommandType) =>
  ({ type, writingId: '', unitId: 0, officerId: null, kind: 'behaviour', concerned: [], rating: 'satisfied' }) as never

export async function viewPetition(
  context: FeedbackContext,
  actor: Actor,
  opened: OpenedPetition,
): Promise<PetitionView> {
  const { db } = context
  const { agencyId, petitionId, petition, events, writings, files, row } = opened
  const day = dayOf(context.clock())
  const story = storyOf(opened)
  const sender = senderOf(opened)
  const officers = [
    ...events.map(({ officer_id }) => officer_id),
    petition.officerId,
    ...petition.concerned,
    ...events.flatMap(({ body }) => ('officerId' in body ? [body.officerId] : [])),
  ].filter((id) => id !== null)
  const units = [petition.unitId, ...events.flatMap(({ body }) => ('unitId' in body ? [body.unitId] : []))].filter(
    (id) => id !== null,
  )
  const others = [petition.origin?.agencyId, petition.next?.agencyId].filter((id) => id !== undefined)
  const [officerNames, unitNames, agencies, deadlines, rights, dossierId] = await Promise.all([
    listOfficerNames(db, officers),
    listUnitNames(db, units),
    listAgencies(db, [agencyId, ...others], day),
    viewDeadlines(context, opened),
    commandsFor(context, actor, opened),
    story.dossierCode
      ? withScope(db, { agencies: agenciesFor(actor, 'dossier.read') }, (tx) =>
          findDossierId(tx, agenciesFor(actor, 'dossier.read'), story.dossierCode ?? ''),
        )
      : null,
  ])
  const nameOf = (id: number) => {
    const agency = agencies.find((each) => each.agencyId === id)
    return agency ? authorityName(agency) : ''
  }
  const agencyName = nameOf(agencyId)
  const head = postFor(actor, 'protect', { ...petition, agencyId }) !== undefined
  return {
    agencyId,
    agencyName,
    petitionId,
    code: petition.code,
    version: petition.version,
    status: petition.status,
    channel: petition.channel,
    reference: petition.reference,
    kind: petition.kind,
    referral: petition.referral,
    restricted: petition.restricted,
    concerned: petition.concerned.map((officerId) => ({ officerId, name: officerNames.get(officerId) ?? '' })),
    receivedAt: petition.receivedAt,
    endedAt: petition.endedAt,
    story,
    sender: sender && { masked: maskName(sender.name), hidesName: sender.hidesName, kind: sender.kind },
    mayReveal: sender !== null && mayReveal(actor, { ...petition, agencyId }),
    unitId: petition.unitId,
    unitName: petition.unitId === null ? null : (unitNames.get(petition.unitId) ?? null),
    officerId: petition.officerId,
    officerName: petition.officerId === null ? null : (officerNames.get(petition.officerId) ?? null),
    proposal: wordsOf(writings, petition.proposal?.writingId ?? null),
    answer: wordsOf(writings, petition.answerId),
    answeredAt: petition.answeredAt,
    publishedAt: petition.publishedAt,
    keptPrivate: petition.keptPrivate,
    rating: petition.rating,
    deadlines,
    entries: events.map((event) => entryOf(event, { writings, officerNames, unitNames, nameOf })),
    files: files.map(viewFile),
    dossier: story.dossierCode ? { code: story.dossierCode, dossierId } : null,
    origin: petition.origin && { code: petition.origin.code, agencyName: nameOf(petition.origin.agencyId) },
    next: petition.next && { code: petition.next.code, agencyName: nameOf(petition.next.agencyId) },
    ...rights,
    publicPath: petition.publishedAt ? petitionPaths.one(petition.code) : null,
    same: head && row.phone_index ? await sameSender(context, actor, row) : [],
    choices: await choicesFor(context, { agencyId, concerned: petition.concerned, commands: rights.commands }),
  }
}

async function sameSender(context: FeedbackContext, actor: Actor, row: PetitionRow): Promise<PetitionView['same']> {
  const { agency_id: agencyId, phone_index } = row
  if (!phone_index) return []
  const rows = await withScope(context.db, { agencies: [agencyId] }, (tx) => listOfPhone(tx, agencyId, phone_index))
  return rows
    .filter(
      (each) =>
        each.petition_id !== row.petition_id &&
        maySee(actor, {
          agencyId,
          restricted: each.restricted,
          concerned: each.concerned,
          unitId: each.unit_id,
          officerId: each.officer_id,
          registeredBy: each.registered_by,
          referral: each.referral,
        }),
    )
    .map((each) => ({
      petitionId: each.petition_id,
      code: each.code,
      receivedAt: each.received_at,
      status: each.status,
    }))
}

/** Units with their officers, and agencies that take petitions, where a command needs them. */
async function choicesFor(
  { db, clock }: FeedbackContext,
  {
    agencyId,
    concerned,
    commands,
  }: { agencyId: number; concerned: readonly number[]; commands: readonly PetitionCommandType[] },
): Promise<PetitionView['choices']> {
  const day = dayOf(clock())
  const wantsUnits = commands.some((each) => each === 'accept' || each === 'reassign' || each === 'protect')
  const units = wantsUnits ? await listUnits(db, agencyId, day) : []
  const officers = wantsUnits ? await listOfficers(db, { day, agencies: [agencyId] }) : []
  const agencies = commands.includes('transfer') ? await openAgencies(db, day) : []
  return {
    units: units.map(({ unitId, name }) => ({
      unitId,
      name,
      officers: officers
        .filter(
          (officer) => !concerned.includes(officer.officerId) && officer.posts.some((post) => post.unitId === unitId),
        )
        .map(({ officerId, name: officerName }) => ({ officerId, name: officerName })),
    })),
    agencies: agencies.filter((each) => each.agencyId !== agencyId),
  }
}

/** Agencies that take petitions in: those that have codes for dossiers, apart from what they closed themselves. */
export async function openAgencies(
  db: FeedbackContext['db'],
  day: string,
): Promise<{ agencyId: number; name: string }[]> {
  const ids = await listCodedAgencyIds(db)
  const [agencies, settings] = await Promise.all([
    listAgencies(db, ids, day),
    withScope(db, { agencies: ids }, (tx) => loadSettings(tx, ids)),
  ])
  return agencies
    .filter(
      ({ agencyId, validTo }) => (settings.get(agencyId)?.content.open ?? true) && (validTo === null || validTo >= day),
    )
    .map((agency) => ({ agencyId: agency.agencyId, name: authorityName(agency) }))
}

export const viewFile = ({ file_id, name, media_type, size, origin }: FileRow): PetitionFile => ({
  fileId: file_id,
  name,
  mediaType: media_type,
  size,
  origin,
  preview: /^image\/(jpeg|png|webp)$|^application\/pdf$/.test(media_type),
})

type Names = {
  writings: ReadonlyMap<string, Writing>
  officerNames: ReadonlyMap<number, string>
  unitNames: ReadonlyMap<number, string>
  nameOf: (agencyId: number) => string
}

function entryOf(
  { version, type, body, recorded_at, officer_id, source }: LoadedEvent,
  { writings, officerNames, unitNames, nameOf }: Names,
): StoryEntry {
  const writing = 'writingId' in body ? wordsOf(writings, body.writingId) : null
  return {
    version,
    type,
    at: body.type === 'received' ? body.receivedAt : recorded_at,
    by: officer_id === null ? vi.sources[source] : (officerNames.get(officer_id) ?? ''),
    text: writing,
    facts: vi.factsOf(body, {
      unit: (id) => unitNames.get(id) ?? '',
      officer: (id) => officerNames.get(id) ?? '',
      agency: nameOf,
    }),
  }
}

/** Lines of the queue with the names that they show. */
export async function viewItems(context: FeedbackContext, rows: readonly Listed[]): Promise<PetitionItem[]> {
  const { db, keys, clock } = context
  const [officers, units, agencies] = await Promise.all([
    listOfficerNames(
      db,
      rows.map(({ officer_id }) => officer_id).filter((id) => id !== null),
    ),
    listUnitNames(
      db,
      rows.map(({ unit_id }) => unit_id).filter((id) => id !== null),
    ),
    listAgencies(db, [...new Set(rows.map(({ agency_id }) => agency_id))], dayOf(clock())),
  ])
  return rows.map((row) => {
    const writing = row.story ? open(keys, row.story) : undefined
    const story = writing?.kind === 'story' ? writing.story : empty
    const agency = agencies.find((each) => each.agencyId === row.agency_id)
    return {
      agencyId: row.agency_id,
      agencyName: agency ? authorityName(agency) : '',
      petitionId: row.petition_id,
      code: row.code,
      status: row.status,
      channel: row.channel,
      reference: row.reference,
      kind: row.kind,
      referral: row.referral,
      restricted: row.restricted,
      title: titleOf(story.happened),
      place: placeOf(story),
      unitName: row.unit_id === null ? null : (units.get(row.unit_id) ?? null),
      officerId: row.officer_id,
      officerName: row.officer_id === null ? null : (officers.get(row.officer_id) ?? null),
      receivedAt: row.received_at,
      dueAt: row.due_at,
      dueWhat: row.due_what,
      endedAt: row.ended_at,
      answeredAt: row.answered_at,
    }
  })
}

/** What an officer may see, for conditions in SQL; the same as rules/visibility.ts. */
export function sightOf(actor: Actor) {
  const readable = agenciesFor(actor, 'feedback.read')
  const having = (roles: readonly string[]) =>
    readable.filter((agencyId) =>
      actor.posts.some((post) => roles.includes(post.role) && mayInPost(post, 'feedback.read', { agencyId })),
    )
  return {
    readable,
    sight: {
      officerId: actor.officerId,
      headOf: having(['leader', 'clerk']).filter((agencyId) => may(actor, 'feedback.read', { agencyId })),
      overseen: having(['supervisor', 'auditor']),
      units: actor.posts.map(({ unitId }) => unitId),
    },
  }
}
