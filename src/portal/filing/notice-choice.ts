import { reachedAmong, readNoticeWays, type OpenedDossier } from '../../dossiers/index.ts'
import { withScope } from '../../platform/db.ts'
import { html, type Html } from '../../platform/http/html.ts'
import type { Citizen } from '../accounts/index.ts'
import { offeredWays, reachedIn, waysTo, type NoticeChannel } from '../notices/index.ts'
import { personsFor, type FilingContext, type Flow } from './flow.ts'
import { checkbox } from './pages.ts'
import type { FilingText } from './text.vi.ts'

type Way = ReturnType<typeof waysTo>[number]

/** The ways by which who files can be told of this dossier, and those of them that they chose. */
export type NoticeChoice = { open: readonly Way[]; chosen: readonly NoticeChannel[] }

/** What the draft says: open is what its authority sends by and its answers give an address for. */
export async function noticeChoiceOf(
  context: FilingContext,
  flow: Flow,
  citizen: Citizen | null,
): Promise<NoticeChoice> {
  const { agency, content } = flow
  const offered = agency ? await offeredWays(context, agency.agencyId) : []
  const open = waysTo(offered, reachedAmong(personsFor(flow, citizen)))
  return { open, chosen: chosenAmong(open, content.parts['nhan-ket-qua']?.values['notice']) }
}

/** What holds for a dossier that is lodged; undefined once nothing more will be told of it. */
export async function noticeChoiceIn(context: FilingContext, opened: OpenedDossier): Promise<NoticeChoice | undefined> {
  const { agencyId, dossierId, dossier } = opened
  if (dossier.open.length === 0) return undefined
  const [offered, kept] = await Promise.all([
    offeredWays(context, agencyId),
    withScope(context.db, { agencies: [agencyId] }, (tx) => readNoticeWays(tx, { agencyId, dossierId })),
  ])
  const open = waysTo(offered, reachedIn(context.keys, opened))
  return { open, chosen: chosenAmong(open, kept ?? []) }
}

/** What was sent of the boxes; a way that is not open cannot be chosen. */
export function chosenAmong(open: readonly Way[], sent: string | readonly string[] | undefined): NoticeChannel[] {
  const said = new Set([sent ?? []].flat())
  return open.map(({ channel }) => channel).filter((channel) => said.has(channel))
}

/** One box a way. With one way alone there is nothing to choose: it is told. */
export function noticeFields(text: FilingText, { open, chosen }: NoticeChoice): Html | false {
  const words = text.notices
  const label = ({ channel, address }: Way) => words.ways[channel](address)
  const [only, ...others] = open
  if (!only) return false
  if (others.length === 0) return html`<p class="filing-notice">${words.only(label(only))}</p>`
  return html`<fieldset class="choices filing-notice">
    <legend>${words.title}</legend>
    <p class="hint">${words.hint}</p>
    ${open.map((way) =>
      checkbox({
        name: 'notice',
        value: way.channel,
        checked: chosen.includes(way.channel),
        label: label(way),
        id: `notice-${way.channel}`,
      }),
    )}
  </fieldset>`
}

/** The choice in words, for who reads it over. */
export const noticeWords = (text: FilingText, { open, chosen }: NoticeChoice): string =>
  open
    .filter(({ channel }) => chosen.includes(channel))
    .map(({ channel, address }) => text.notices.ways[channel](address))
    .join('; ') || text.notices.usual
