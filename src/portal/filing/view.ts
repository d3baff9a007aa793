import type { FastifyReply, FastifyRequest } from 'fastify'
import { dayOf } from '../../platform/day.ts'
import type { Html } from '../../platform/http/html.ts'
import { publicLanguage, sendPublicPage, type PublicLanguage } from '../../platform/http/public-page.ts'
import { isDemo } from '../../platform/settings.ts'
import { authorityName } from '../../staff/index.ts'
import { soleAuthority } from './facts.ts'
import type { FilingContext } from './flow.ts'
import { en } from './text.en.ts'
import { vi, type FilingText } from './text.vi.ts'

/** What every page of this room is drawn with. */
export type View = { language: PublicLanguage; text: FilingText; demo: boolean; authority: string | null; path: string }

export async function viewOf(
  { db, clock }: Pick<FilingContext, 'db' | 'clock'>,
  request: FastifyRequest,
  reply: FastifyReply,
): Promise<View> {
  const language = publicLanguage(request, reply)
  const [demo, sole] = await Promise.all([isDemo(db), soleAuthority(db, dayOf(clock()))])
  return {
    language,
    text: language === 'en' ? en : vi,
    demo,
    authority: sole ? authorityName(sole) : null,
    path: request.method === 'GET' ? request.url : (request.url.split('?', 1)[0] ?? '/'),
  }
}

/** Pages of one person: in no cache, with the script that helps where there is one. */
export const send = (reply: FastifyReply, view: View, { title, body }: { title: string; body: Html }): FastifyReply =>
  sendPublicPage(reply, {
    title,
    language: view.language,
    demo: view.demo,
    authority: view.authority,
    path: view.path,
    body,
    private: true,
    scripts: ['eforms', 'filing'],
  })
