import type { FastifyReply } from 'fastify'
import type { Html } from '../../platform/http/html.ts'
import { sendPage, viewsIn, type PageView } from '../page-frame.ts'
import { en } from './text.en.ts'
import { vi, type FilingText } from './text.vi.ts'

/** What every page of this room is drawn with. */
export type View = PageView<FilingText>

export const viewOf = viewsIn<FilingText>({ vi, en })

/** Pages of one person: in no cache, with the script that helps where there is one. */
export const send = (
  reply: FastifyReply,
  view: View,
  { scripts = [], ...page }: { title: string; body: Html; scripts?: readonly string[] },
): FastifyReply => sendPage(reply, view, { ...page, private: true, scripts: ['eforms', 'filing', ...scripts] })
