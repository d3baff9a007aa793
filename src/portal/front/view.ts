import type { FastifyReply, FastifyRequest } from 'fastify'
import { dayOf, type Day } from '../../platform/day.ts'
import type { Html } from '../../platform/http/html.ts'
import { publicLanguage, sendPublicPage, type PublicLanguage } from '../../platform/http/public-page.ts'
import { isDemo } from '../../platform/settings.ts'
import { authorityName } from '../../staff/index.ts'
import { soleAuthority, type PortalContext } from './facts.ts'
import { en } from './text.en.ts'
import { vi } from './text.vi.ts'

/** What every page of this room needs to know of a request. */
export type View = {
  language: PublicLanguage
  text: typeof vi
  day: Day
  demo: boolean
  authority: string | null
  path: string
}

export async function viewOf(
  { db, clock }: PortalContext,
  request: FastifyRequest,
  reply: FastifyReply,
): Promise<View> {
  const language = publicLanguage(request, reply)
  const day = dayOf(clock())
  const [demo, sole] = await Promise.all([isDemo(db), soleAuthority(db, day)])
  return {
    language,
    text: language === 'en' ? en : vi,
    day,
    demo,
    authority: sole ? authorityName(sole) : null,
    path: request.url,
  }
}

export const sendView = (
  reply: FastifyReply,
  { language, demo, authority, path }: View,
  title: string,
  body: Html,
): FastifyReply => sendPublicPage(reply, { title, language, demo, authority, path, body })
