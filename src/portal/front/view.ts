import type { FastifyReply } from 'fastify'
import type { Day } from '../../platform/day.ts'
import type { Html } from '../../platform/http/html.ts'
import type { Agency } from '../../staff/index.ts'
import { sendPage, viewsIn, type PageView } from '../page-frame.ts'
import { en } from './text.en.ts'
import { vi } from './text.vi.ts'

/** What every page of this room needs to know of a request. */
export type View = PageView<typeof vi>

export const viewOf = viewsIn<typeof vi>({ vi, en })

/** A code as the receipts of this authority carry it. */
export const exampleCode = (agency: Agency | undefined, day: Day): string =>
  `${agency?.dossierCode ?? 'H42.28.15'}-${day.slice(2).replaceAll('-', '')}-0005`

export const sendView = (reply: FastifyReply, view: View, title: string, body: Html): FastifyReply =>
  sendPage(reply, view, { title, body })
