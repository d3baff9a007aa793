import type { Actor } from '../identity/index.ts'
import { dayOf, type Instant } from '../platform/day.ts'
import { withScope } from '../platform/db.ts'
import { searchKey } from '../catalogue/index.ts'
import { accept, refuse, type Result } from '../platform/result.ts'
import type { CommandInput, Redaction, Settings } from './contract.ts'
import type { CommandRefusal } from './refusals.ts'
import { findPersonal, leftOver, redact } from './rules/redact.ts'
import { execute, type FeedbackContext, type Outcome } from './commands.ts'
import { settingsOf } from './settings.ts'
import { findPetition, putPublication, type PublicationRow } from './store.ts'
import { vi } from './text.vi.ts'
import { placeOf, readPetition, senderOf, storyOf, titleOf, wordsOf, type OpenedPetition } from './view.ts'

export type PublishInput = Extract<CommandInput, { type: 'publish' }>

/** What must not be read in public whatever an officer says: who sent it and how to reach them. */
const knownOf = (opened: OpenedPetition): string[] => {
  const sender = senderOf(opened)
  return sender ? [sender.name, sender.email, sender.address].filter((word) => word.trim().length > 3) : []
}

/** The words with everything hidden that looks like personal data, for the officer to read over. */
export function proposeRedaction(opened: OpenedPetition): Redaction {
  const story = storyOf(opened)
  const sender = senderOf(opened)
  const known = knownOf(opened)
  const hidden = (text: string) => redact(text, findPersonal(text, known))
  const happened = [story.happened, story.wish && `${vi.page.wish}: ${story.wish}`].filter(Boolean).join('\n\n')
  const words = {
    title: hidden(titleOf(story.happened)),
    story: hidden(happened),
    // The street and house stay with us; the commune is told.
    place: hidden(story.placeName || placeOf(story)),
    answer: hidden(wordsOf(opened.writings, opened.petition.answerId) ?? ''),
    sender: senderWords(sender),
  }
  return { ...words, findings: findIn(words, known) }
}

const senderWords = (sender: ReturnType<typeof senderOf>): string => {
  if (!sender) return vi.senderOf.hidden
  return vi.senderOf[sender.kind]
}

type Words = { title: string; story: string; place: string; answer: string }

export const findIn = ({ title, story, place, answer }: Words, known: readonly string[]): Redaction['findings'] => ({
  title: findPersonal(title, known),
  story: findPersonal(story, known),
  place: findPersonal(place, known),
  answer: findPersonal(answer, known),
})

export const checkWords = (opened: OpenedPetition, words: Words): Redaction['findings'] =>
  findIn(words, knownOf(opened))

/** The row that everybody may read, or why it may not be published as it stands. */
export function toPublication(
  opened: OpenedPetition,
  { input, settings, at, by }: { input: PublishInput; settings: Settings; at: string; by: number },
): Result<PublicationRow, CommandRefusal> {
  const { petition, agencyId, petitionId, files } = opened
  if (!settings.publication) return refuse({ code: 'publication-off' })
  if (!petition.kind || !petition.answeredAt) return refuse({ code: 'not-allowed-now', status: petition.status })
  const sender = senderOf(opened)
  const { title, story, place, answer } = input
  const known = knownOf(opened)
  // Who did not ask to stay unnamed may be named, in the one field for it.
  const texts = [title, story, place, answer]
  if (sender === null || sender.hidesName || input.sender !== sender.name) texts.push(input.sender)
  const left = leftOver(texts, { letStand: input.letStand, known, posted: [settings.phone, settings.email] })
  if (left.length > 0) return refuse({ code: 'personal-data-left', found: [...new Set(left.map(({ text }) => text))] })
  const images = new Set(
    files.filter(({ media_type }) => media_type.startsWith('image/')).map(({ file_id }) => file_id),
  )
  if (!input.files.every((id) => images.has(id))) return refuse({ code: 'file-not-released' })
  return accept({
    agency_id: agencyId,
    petition_id: petitionId,
    code: petition.code,
    kind: petition.kind,
    title: title.trim(),
    story: story.trim(),
    place: place.trim(),
    answer: answer.trim(),
    sender: input.sender.trim() || vi.senderOf.hidden,
    received_on: dayOf(petition.receivedAt),
    answered_on: dayOf(petition.answeredAt),
    published_at: at,
    search_text: ` ${searchKey(`${title} ${story} ${place} ${answer} ${petition.code}`)} `,
    files: [...input.files],
    released_by: by,
  })
}

type Publishing = { agencyId: number; petitionId: string; commandId: string; at: Instant }

/** Publishes the words as they are proposed, with everything hidden that was found; for whoever needs no reading over. */
export async function publishAsProposed(
  context: FeedbackContext,
  actor: Actor,
  { agencyId, petitionId, commandId, at }: Publishing,
): Promise<Result<Outcome, CommandRefusal>> {
  const { opened, settings } = await withScope(context.db, { agencies: [agencyId] }, async (tx) => {
    const row = await findPetition(tx, { agencyId, petitionId })
    return { opened: row && (await readPetition(context, tx, row)), settings: await settingsOf(tx, agencyId) }
  })
  if (!opened) return refuse({ code: 'not-found' })
  const { findings: _findings, ...words } = proposeRedaction(opened)
  const input: PublishInput = { type: 'publish', ...words, files: [], letStand: [] }
  const row = toPublication(opened, { input, settings, at, by: actor.officerId })
  if (!row.ok) return row
  return execute(
    context,
    { actor },
    {
      agencyId,
      petitionId,
      commandId,
      version: null,
      order: { type: 'publish' },
      at,
      also: (tx) => putPublication(tx, row.value),
    },
  )
}
