import type { FastifyReply, FastifyRequest } from 'fastify'
import { listOfferingAgencies, type CatalogueTables } from '../catalogue/index.ts'
import { dayOf, type Day, type Instant } from '../platform/day.ts'
import type { Db } from '../platform/db.ts'
import type { Html } from '../platform/http/html.ts'
import { publicLanguage, sendPublicPage, type PublicLanguage } from '../platform/http/public-page.ts'
import { isDemo } from '../platform/settings.ts'
import { authorityName, findAgency, type Agency, type StaffTables } from '../staff/index.ts'

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

/** The frame of a page of one authority, or of the only one there is. */
export async function pageFrame(
  { db, clock }: FrameContext,
  request: FastifyRequest,
  reply: FastifyReply,
  agencyId?: number | null,
): Promise<PageFrame> {
  const day = dayOf(clock())
  const [demo, agency] = await Promise.all([
    isDemo(db),
    typeof agencyId === 'number' ? findAgency(db, agencyId, day) : soleAuthority(db, day),
  ])
  return {
    language: publicLanguage(request, reply),
    day,
    demo,
    authority: agency ? authorityName(agency) : null,
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
