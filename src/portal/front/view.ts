import type { FastifyReply } from 'fastify'
import type { Html } from '../../platform/http/html.ts'
import { sendPage, viewsIn, type PageView } from '../page-frame.ts'
import { en } from './text.en.ts'
import { vi } from './text.vi.ts'

/** What every page of this room needs to know of a request. */
export type View = PageView<typeof vi>

export const viewOf = viewsIn<typeof vi>({ vi, en })

export const sendView = (reply: FastifyReply, view: View, title: string, body: Html): FastifyReply =>
  sendPage(reply, view, { title, body })
