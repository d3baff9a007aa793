import type { Config } from '../../platform/config.ts'
import { writeInstant, type Instant } from '../../platform/day.ts'
import { withScope } from '../../platform/db.ts'
import { html, type Html } from '../../platform/http/html.ts'
import { sendNotFound } from '../../platform/http/problem.ts'
import { DEMO_MAILBOX } from '../../platform/http/public-page.ts'
import type { Http } from '../../platform/http/route.ts'
import { isDemo } from '../../platform/settings.ts'
import { listCodedAgencyIds } from '../../staff/index.ts'
import { sendPage, viewsIn, type FrameTables } from '../page-frame.ts'
import type { Context } from '../../platform/context.ts'
import type { NoticeChannel } from './contract.ts'
import { en } from './mailbox-text.en.ts'
import { vi, type MailboxText } from './mailbox-text.vi.ts'
import { smsText } from './rules/sms.ts'
import { wordsOf, type NoticeContext } from './sender.ts'
import { listMessages, type MessageRow, type NoticeTables } from './store.ts'

/** So many of the newest are shown. */
const MOST = 60
const viewOf = viewsIn<MailboxText>({ vi, en })
/** Where nothing leaves the house: neither a mail server nor a gateway was set up. */
const sendsNothing = ({ mail, noticeGateways }: Pick<Config, 'mail' | 'noticeGateways'>): boolean =>
  mail === undefined && noticeGateways.length === 0

/** Whether somebody who tries the system reads the messages in the mailbox of the demonstration. */
export const hasMailbox = async ({ db, config }: Pick<NoticeContext, 'db' | 'config'>): Promise<boolean> =>
  sendsNothing(config) && (await isDemo(db))

/**
 * The messages that a demonstration would have sent. The queue keeps them encrypted as everywhere; this page alone opens
 * them. With a server to send by there is no such address, and outside of a demonstration it answers 404.
 */
export function mailboxRoutes(http: Http, context: Context<NoticeTables & FrameTables>): void {
  if (!sendsNothing(context.config)) return
  http.get(DEMO_MAILBOX, { config: { permission: 'public' }, schema: { hide: true } }, async (request, reply) => {
    if (!(await isDemo(context.db))) return sendNotFound(reply)
    const { text, ...frame } = await viewOf(context, request, reply)
    const letters = await readMailbox(context)
    const { publicUrl } = context.config
    const body = mailboxBody(text, { letters, publicUrl, now: context.clock() })
    return sendPage(reply, frame, { title: text.title, private: true, body })
  })
}

export type MailboxLetter = {
  messageId: string
  channel: NoticeChannel
  /** Masked: a tester may have typed an address of theirs. */
  to: string
  from: string
  at: Instant
  notBefore: Instant
  subject: string
  body: string
  language: string
}

/** The newest messages that can still be read, in the words that would have gone out. */
export async function readMailbox(context: NoticeContext): Promise<MailboxLetter[]> {
  const agencies = [0, ...(await listCodedAgencyIds(context.db))]
  const rows = await withScope(context.db, { agencies }, (tx) =>
    listMessages(tx, { agencies, states: ['queued'], limit: MOST }),
  )
  const letters = await Promise.all(rows.map((row) => letterOf(context, row)))
  return letters.filter((letter) => letter !== undefined)
}

async function letterOf(context: NoticeContext, row: MessageRow): Promise<MailboxLetter | undefined> {
  // What ran out is told no more, as the sender would not send it.
  if (row.expires_at !== null && row.expires_at <= context.clock()) return undefined
  const words = await wordsOf(context, row)
  return (
    words && {
      messageId: row.message_id,
      channel: row.channel,
      to: row.masked_address,
      from: words.facts['agency'] ?? '',
      at: row.queued_at,
      notBefore: row.not_before,
      subject: words.subject,
      body: row.channel === 'sms' ? smsText(words.text, { plain: true }) : words.text,
      language: row.language,
    }
  )
}

type Shown = { letters: readonly MailboxLetter[]; publicUrl: string; now: Instant }

function mailboxBody(text: MailboxText, { letters, publicUrl, now }: Shown): Html {
  return html`<h1>${text.title}</h1>
    <p class="lead">${text.lead}</p>
    <p class="note notice-due">${text.careful}</p>
    <p class="actions"><a class="button button-quiet" href="${DEMO_MAILBOX}">${text.reload}</a></p>
    ${letters.length === 0 && html`<p>${text.empty}</p>`}
    <ul class="mailbox">
      ${letters.map(
        (letter, index) =>
          html`<li>
            <details ${index === 0 ? html`open` : ''}>
              <summary>
                <strong lang="${letter.language}">${letter.subject || firstLine(letter.body)}</strong>
                <span>${text.channels[letter.channel]} · ${letter.to} · ${whenOf(text, letter, now)}</span>
              </summary>
              <p class="small">${text.from}: <span lang="vi">${letter.from}</span></p>
              <div class="mailbox-letter" lang="${letter.language}">${paragraphs(letter.body, publicUrl)}</div>
            </details>
          </li>`,
      )}
    </ul>`
}

/** What waits for its moment, as a reminder does, says so: it would not have come yet. */
const whenOf = (text: MailboxText, { at, notBefore }: MailboxLetter, now: Instant): string =>
  notBefore > now ? text.later(writeInstant(notBefore)) : writeInstant(at)

const firstLine = (body: string): string => {
  const [first = ''] = body.split('\n')
  const line = first.replaceAll(/[:.\s]*https?:\S+/g, '')
  return line.length > 60 ? `${line.slice(0, 58)}…` : line
}

const paragraphs = (body: string, publicUrl: string): Html[] =>
  body
    .split(/\n{2,}/)
    .map((part) => html`<p>${part.split('\n').map((line) => html`${linked(line, publicUrl)}<br />`)}</p>`)

/** Links to ourselves can be followed, wherever the demonstration is reached. */
const linked = (line: string, publicUrl: string): Html[] =>
  line
    .split(/(https?:\/\/[^\s<]+[^\s<.,;:!?)])/g)
    .map((part) =>
      part.startsWith(`${publicUrl}/`)
        ? html`<a href="${part.slice(publicUrl.length)}">${part}</a>`
        : html`<span>${part}</span>`,
    )
