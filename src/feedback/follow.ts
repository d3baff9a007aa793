import { loadCalendar } from '../calendar/index.ts'
import { sameBytes } from '../platform/same-bytes.ts'
import { dayOf } from '../platform/day.ts'
import { withScope } from '../platform/db.ts'
import { authorityName, getAgency } from '../staff/index.ts'
import type { FeedbackContext } from './commands.ts'
import type { PetitionStatus, Rating } from './contract.ts'
import { petitionPaths } from './paths.ts'
import { parseCode } from './rules/code.ts'
import { deadlinesOf, reopenUntil } from './rules/deadlines.ts'
import { allowed, decide, senderCommands, type PetitionCommandType } from './rules/lifecycle.ts'
import { fileTicket, petitionKey, phoneIndex } from './sealing.ts'
import { findByCode } from './store.ts'
import type { FeedbackText } from './text.vi.ts'
import { placeOf, readPetition, storyOf, wordsOf, type OpenedPetition } from './view.ts'

/** What the sender sees. No name of an officer, nothing that was written for officers alone. */
export type FollowView = {
  code: string
  /** What they came in with, carried through the forms of the page and never in an address. */
  factor: string
  commandId: string
  status: PetitionStatus
  agency: string
  dueAt: string | null
  happened: string
  wish: string
  place: string
  happenedOn: string | null
  procedure: string
  /** What the sender sent along, each with an address that is good for a while. */
  files: { name: string; mediaType: string; href: string }[]
  dossierCode: string | null
  /** What the agency asks, while it waits. */
  asked: string | null
  answer: string | null
  moved: { agency: string; code: string } | null
  rating: Rating | null
  reopenUntil: string | null
  steps: { at: string; type: string; detail: string | null }[]
  may: PetitionCommandType[]
  notice: string | null
  error: string | null
  /** What was written and could not be taken, so that it is not written twice. */
  typed: string
}

/**
 * The petition of this code, when the key or the sender's own telephone number is right. Wrong code and wrong key look alike.
 * A link holds the key alone: a telephone number belongs into no address.
 */
export async function findForSender(
  context: FeedbackContext,
  code: string,
  factor: string,
  { phone: mayBePhone = true }: { phone?: boolean } = {},
): Promise<OpenedPetition | undefined> {
  const parsed = parseCode(code)
  const typed = factor.replaceAll(/\s/g, '')
  if (!parsed || !typed) return undefined
  return withScope(context.db, { agencies: [parsed.agencyId] }, async (tx) => {
    const row = await findByCode(tx, parsed.agencyId, parsed.code)
    // Asked for all the same, so that a code that exists takes as long as one that does not.
    const key = petitionKey(context.keys, { agencyId: parsed.agencyId, petitionId: row?.petition_id ?? parsed.code })
    const phone = phoneIndex(context.keys, typed)
    const isKey = sameBytes(key, typed.toUpperCase())
    const isPhone = Boolean(mayBePhone && phone && row?.phone_index && phone.equals(row.phone_index))
    return row && (isKey || isPhone) ? readPetition(context, tx, row) : undefined
  })
}

/** Events told to the sender; what happens inside the office is not. */
const told = new Set([
  'received',
  'supplementRequested',
  'supplemented',
  'accepted',
  'guided',
  'transferred',
  'refused',
  'extended',
  'answered',
  'published',
  'rated',
  'reopened',
  'withdrawn',
  'closed',
])
/** Of these the words too. */
const read = new Set([
  'supplementRequested',
  'supplemented',
  'guided',
  'refused',
  'extended',
  'reopened',
  'rated',
  'withdrawn',
])

export async function viewForSender(
  context: FeedbackContext,
  opened: OpenedPetition,
  {
    factor,
    words,
    notice = null,
    error = null,
    typed = '',
  }: { factor: string; words: FeedbackText; notice?: string | null; error?: string | null; typed?: string },
): Promise<FollowView> {
  const { agencyId, petitionId, petition, events, writings, files } = opened
  const { calendar } = await loadCalendar(context.db, agencyId)
  const day = dayOf(context.clock())
  const story = storyOf(opened)
  const until = reopenUntil(petition, calendar)
  const due = deadlinesOf(petition, calendar).find(({ what }) => what === 'process')
  const possible: readonly PetitionCommandType[] = allowed[petition.status]
  const may = possible.filter(
    (type) =>
      senderCommands.has(type) &&
      decide(petition, { type, writingId: '', rating: 'satisfied' } as never, {
        now: context.clock(),
        inTime: true,
        reopenUntil: until,
      }).ok,
  )
  const asked = petition.status === 'awaiting-supplement' ? petition.supplements.at(-1) : undefined
  return {
    code: petition.code,
    factor,
    commandId: crypto.randomUUID(),
    status: petition.status,
    agency: authorityName(await getAgency(context.db, agencyId, day)),
    dueAt: due && due.doneAt === null ? due.due.dueAt : null,
    happened: story.happened,
    wish: story.wish,
    place: placeOf(story),
    happenedOn: story.happenedOn,
    procedure: story.procedureName,
    files: files
      .filter(({ origin }) => origin === 'sender')
      .map(({ file_id: fileId, name, media_type: mediaType }) => {
        const ticket = fileTicket(context.keys, { petitionId, fileId }, Date.parse(context.clock()))
        return { name, mediaType, href: `${petitionPaths.followFile(petition.code, fileId)}?v=${ticket}` }
      }),
    dossierCode: story.dossierCode,
    asked: asked ? wordsOf(writings, asked.writingId, words) : null,
    answer: wordsOf(writings, petition.answerId, words),
    moved: petition.next && {
      agency: authorityName(await getAgency(context.db, petition.next.agencyId, day)),
      code: petition.next.code,
    },
    rating: petition.rating,
    reopenUntil: until,
    steps: events
      .filter(({ type }) => told.has(type))
      .map(({ type, body, recorded_at }) => ({
        at: body.type === 'received' ? body.receivedAt : recorded_at,
        type,
        detail: read.has(type) && 'writingId' in body ? wordsOf(writings, body.writingId, words) : null,
      }))
      .toReversed(),
    may,
    notice,
    error,
    typed: error ? typed : '',
  }
}
