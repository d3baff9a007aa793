import { Readable } from 'node:stream'
import MailComposer from 'nodemailer/lib/mail-composer'
import SMTPConnection from 'nodemailer/lib/smtp-connection'
import type { MailServer } from '../../platform/config.ts'
import { escapeHtml } from '../../platform/http/html.ts'
import type { NoticeLanguage } from './contract.ts'
import type { Attempt } from './rules/delivery.ts'

export type Letter = {
  /** The same for every attempt, so that a server or reader who has it already can tell. */
  messageId: string
  senderName: string
  to: string
  subject: string
  text: string
  language: NoticeLanguage
  /** Where somebody may ask for no more of these; null for what belongs to the handling. */
  refusalUrl: string | null
}

/** The bytes of a letter: plain text and the same as simple HTML, nothing from elsewhere. */
export async function composeLetter(letter: Letter, { from, publicUrl, now }: Origin): Promise<Buffer> {
  const { refusalUrl, language } = letter
  const foot = refusalUrl === null ? '' : `\n\n-- \n${foots[language]}\n${refusalUrl}\n`
  return new MailComposer({
    from: { name: letter.senderName, address: from },
    to: letter.to,
    subject: letter.subject,
    text: `${letter.text}${foot}`,
    html: htmlOf(letter),
    messageId: `<${letter.messageId}@${new URL(publicUrl).hostname}>`,
    date: new Date(now),
    // Nothing may be fetched into a letter.
    disableFileAccess: true,
    disableUrlAccess: true,
    headers: {
      'Auto-Submitted': 'auto-generated',
      'X-Auto-Response-Suppress': 'All',
      'Content-Language': language,
      ...(refusalUrl === null ? {} : { 'List-Unsubscribe': `<${refusalUrl}>` }),
      ...(refusalUrl?.startsWith('https:') ? { 'List-Unsubscribe-Post': 'List-Unsubscribe=One-Click' } : {}),
    },
  })
    .compile()
    .build()
}

type Origin = { from: string; publicUrl: string; now: string }

const foots: Record<NoticeLanguage, string> = {
  vi: 'Thư này gửi tự động, xin không trả lời. Không muốn nhận thư như thế này nữa:',
  en: 'This letter is sent automatically, please do not answer. To receive no more like it:',
}

const automatic: Record<NoticeLanguage, string> = {
  vi: 'Thư này gửi tự động, xin không trả lời.',
  en: 'This letter is sent automatically, please do not answer.',
}
const stops: Record<NoticeLanguage, string> = { vi: 'Ngừng nhận thư', en: 'Stop these letters' }

const wrap = 'overflow-wrap:anywhere;word-break:break-word'

/** Who writes, paragraphs, lines and links of the text, and nothing more: readable without pictures or style. */
export function htmlOf({ senderName, subject, text, refusalUrl, language }: Letter): string {
  const paragraphs = text.split(/\n{2,}/).map((part) => `<p style="margin:0 0 16px">${linked(part)}</p>`)
  const refuse =
    refusalUrl === null ? '' : ` <a href="${escapeHtml(refusalUrl)}" style="color:#5c5650">${stops[language]}</a>`
  const foot = refusalUrl === null ? automatic[language] : foots[language]
  return `<!doctype html><html lang="${language}"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width"><title>${escapeHtml(subject)}</title></head><body style="font-family:sans-serif;font-size:16px;line-height:1.5;color:#241f1b;max-width:600px;margin:0 auto;padding:16px;${wrap}"><p style="margin:0 0 20px;padding:0 0 8px;border-bottom:3px solid #8c1f17;font-weight:bold">${escapeHtml(senderName)}</p>${paragraphs.join('')}<p style="margin:24px 0 0;padding:12px 0 0;border-top:1px solid #d8d3cd;font-size:14px;color:#5c5650">${escapeHtml(foot)}${refuse}</p></body></html>`
}

const linked = (part: string): string =>
  escapeHtml(part)
    .replaceAll(/https?:\/\/[^\s<]+[^\s<.,;:!?)]/g, (url) => `<a href="${url}" style="color:#8c1f17">${url}</a>`)
    .replaceAll('\n', '<br>')

// --- Handing over -----------------------------------------------------------------------------------------------------

/** How long a server may take for one step. */
export type Patience = { connectMs: number; answerMs: number }
export const usualPatience: Patience = { connectMs: 15_000, answerMs: 60_000 }

/**
 * Hands one letter to the server. `handOver` is awaited when the whole letter was written and before the dot that makes
 * the server take it: until then it was certainly not sent, from then on it may have been.
 */
export async function handToServer(
  server: MailServer,
  { from, to, bytes, handOver }: { from: string; to: string; bytes: Buffer; handOver: () => Promise<void> },
  patience: Patience = usualPatience,
): Promise<Attempt> {
  const connection = new SMTPConnection({
    host: server.host,
    port: server.port,
    secure: server.tls === 'implicit',
    requireTLS: server.tls === 'starttls',
    ignoreTLS: server.tls === 'none',
    connectionTimeout: patience.connectMs,
    greetingTimeout: patience.connectMs,
    socketTimeout: patience.answerMs,
    tls: { minVersion: 'TLSv1.2' },
  })
  let handedOver = false
  let attempt: Attempt
  let fault: unknown
  const body = Readable.from(
    (async function* () {
      yield bytes
      try {
        await handOver()
        handedOver = true
      } catch (cause) {
        fault = cause
        connection.close()
        // The letter must not end here, else the server would take it.
        await new Promise(() => undefined)
      }
    })(),
  )
  try {
    await new Promise<void>((resolve, reject) => {
      connection.once('error', reject)
      connection.connect(() => resolve())
    })
    const failed = new Promise<never>((_, reject) => connection.on('error', reject))
    failed.catch(() => undefined)
    if (server.user !== undefined)
      await Promise.race([failed, login(connection, { user: server.user, pass: server.password ?? '' })])
    const size = bytes.length
    const answer = await Promise.race([
      failed,
      new Promise<string>((resolve, reject) => {
        connection.send({ from, to: [to], size }, body, (error, info) =>
          error ? reject(error) : resolve(info?.response ?? ''),
        )
      }),
    ])
    connection.quit()
    attempt = { outcome: 'taken', providerRef: queueId(answer) }
  } catch (error) {
    attempt = judge(error as SmtpError, handedOver)
  } finally {
    setTimeout(() => connection.close(), 1000).unref()
  }
  if (fault !== undefined) throw new Error('the hand-over could not be noted', { cause: fault })
  return attempt
}

const login = (connection: SMTPConnection, credentials: { user: string; pass: string }): Promise<void> =>
  new Promise((resolve, reject) => {
    connection.login({ credentials }, (error) => (error ? reject(error) : resolve()))
  })

type SmtpError = Error & { code?: string; responseCode?: number; command?: string }

/** What an error of the connection says about the letter. */
function judge({ code, responseCode, command }: SmtpError, handedOver: boolean): Attempt {
  const replyCode = responseCode ?? null
  const answered = responseCode !== undefined && responseCode >= 400
  // Only an answer after the dot tells that the server did not take it.
  if (handedOver && !answered) return { outcome: 'uncertain', obstacle: 'connection-cut' }
  if (code === 'EAUTH' || code === 'ENOAUTH') return { outcome: 'postponed', obstacle: 'sign-in', replyCode }
  if (code === 'ETLS' || code === 'EREQUIRETLS' || isCertificate(code))
    return { outcome: 'postponed', obstacle: 'no-tls', replyCode }
  if (answered && responseCode >= 500) {
    if (command === 'RCPT TO') return { outcome: 'refused', obstacle: 'address-refused', replyCode }
    if (command === 'DATA') return { outcome: 'refused', obstacle: 'content-refused', replyCode }
    // Said of the sender or the connection: ours to mend, every letter meets it.
    return { outcome: 'postponed', obstacle: command === 'MAIL FROM' ? 'sender-refused' : 'server-refused', replyCode }
  }
  if (answered) return { outcome: 'postponed', obstacle: 'server-busy', replyCode }
  if (code === 'ETIMEDOUT') return { outcome: 'postponed', obstacle: 'timeout', replyCode }
  if (command === 'CONN') return { outcome: 'postponed', obstacle: 'no-connection', replyCode }
  return { outcome: 'postponed', obstacle: 'connection-cut', replyCode }
}

const isCertificate = (code = ''): boolean =>
  code.includes('CERT') || code.includes('SELF_SIGNED') || code.includes('SSL')

/** Under what name the server keeps it, for those who look into its log; only letters that cannot be an address. */
const queueId = (answer: string): string | null =>
  /\b(?:queued as|id=?)\s*:?\s*([A-Za-z0-9-]{4,60})/i.exec(answer)?.[1] ?? null
