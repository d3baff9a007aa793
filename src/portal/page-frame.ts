import type { FastifyReply, FastifyRequest } from 'fastify'
import { listOfferingAgencies, type CatalogueTables } from '../catalogue/index.ts'
import { dayOf, type Day, type Instant } from '../platform/day.ts'
import type { Db } from '../platform/db.ts'
import type { Html } from '../platform/http/html.ts'
import { publicLanguage, sendPublicPage, type PublicLanguage } from '../platform/http/public-page.ts'
import { isDemo } from '../platform/settings.ts'
import { authorityName, findAgency, listReceivingPoints, type Agency, type StaffTables } from '../staff/index.ts'

/** The tables that a frame is read from; each context of public pages has them. */
export type FrameTables = CatalogueTables & StaffTables
type FrameContext = { db: Db<FrameTables>; clock: () => Instant }

/** What the frame of every public page is drawn from, whichever feature the page belongs to. */
export type PageFrame = {
  language: PublicLanguage
  day: Day
  demo: boolean
  /** Whose page it is; null where several authorities share it. */
  authority: string | null
  /** What the place that takes dossiers in is called: as the authority named it, else as the law of today does. */
  desk: string
  /** Address of the page, for the switch of language. */
  path: string
}

/** The frame together with the words of a room. */
export type PageView<Text> = PageFrame & { text: Text }

/** The authority whose pages these are, when only one offers anything today. */
export async function soleAuthority(db: Db<FrameTables>, day: Day): Promise<Agency | undefined> {
  const [agencyId, another] = await listOfferingAgencies(db, day, 2)
  return agencyId === undefined || another !== undefined ? undefined : findAgency(db, agencyId, day)
}

/** What a place that takes dossiers in is called since 1/7/2025 (NĐ 118/2025/NĐ-CP). */
const DESK: Record<PublicLanguage, string> = { vi: 'Trung tâm Phục vụ hành chính công', en: 'the one-stop desk' }

/** The first place of an authority that takes dossiers in, in the words of the reader. */
export async function deskName(
  db: Db<FrameTables>,
  { agencyId, day, language }: { agencyId: number | undefined; day: Day; language: PublicLanguage },
): Promise<string> {
  if (language !== 'vi' || agencyId === undefined) return DESK[language]
  const [point] = await listReceivingPoints(db, agencyId, day)
  return point?.name ?? DESK[language]
}

/** The frame of a page of one authority, or of the only one there is. */
export async function pageFrame(
  { db, clock }: FrameContext,
  request: FastifyRequest,
  reply: FastifyReply,
  agencyId?: number | null,
): Promise<PageFrame> {
  const day = dayOf(clock())
  const language = publicLanguage(request, reply)
  const [demo, agency] = await Promise.all([
    isDemo(db),
    typeof agencyId === 'number' ? findAgency(db, agencyId, day) : soleAuthority(db, day),
  ])
  return {
    language,
    day,
    demo,
    authority: agency ? authorityName(agency) : null,
    desk: await deskName(db, { agencyId: agency?.agencyId, day, language }),
    path: request.method === 'GET' ? request.url : (request.url.split('?', 1)[0] ?? '/'),
  }
}

/** How the pages of a room are begun: the frame and the room's words in the language of the reader. */
export const viewsIn =
  <Text>(words: Record<PublicLanguage, Text>) =>
  async (
    context: FrameContext,
    request: FastifyRequest,
    reply: FastifyReply,
    agencyId?: number | null,
  ): Promise<PageView<Text>> => {
    const frame = await pageFrame(context, request, reply, agencyId)
    return { ...frame, text: words[frame.language] }
  }

type Sheet = {
  title: string
  body: Html
  status?: number
  /** Only one person should find it. */
  private?: boolean
  scripts?: readonly string[]
  /** Where the page is read again in the other language, if not at the address that was asked for. */
  path?: string
}

export const sendPage = (
  reply: FastifyReply,
  { language, demo, authority, path }: PageFrame,
  { status = reply.statusCode, ...sheet }: Sheet,
): FastifyReply => sendPublicPage(reply.code(status), { language, demo, authority, path, ...sheet })
