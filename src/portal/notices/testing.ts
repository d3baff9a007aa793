import { createServer, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { setTimeout as sleep } from 'node:timers/promises'
import { simpleParser, type ParsedMail } from 'mailparser'
import { SMTPServer, type SMTPServerDataStream, type SMTPServerSession } from 'smtp-server'
import type { MailServer } from '../../platform/config.ts'
import { isSigned, signatureOf, type GatewayMessage, type StatusReport } from './gateway.ts'

type Refusal = { code: number; text: string }

/** How a mail server behaves; changed while it runs. */
export type Manners = {
  /** By recipient: refused when it is named. */
  refuse?: (to: string) => Refusal | undefined
  /** By recipient: refused after the whole letter was heard. */
  refuseLetter?: (to: string) => Refusal | undefined
  /** Cuts the line at this place. */
  cut?: 'at-rcpt' | 'in-letter' | 'after-letter' | undefined
  /** Waits before it answers to a letter. */
  waitMs?: number
}

export type Mailbox = {
  server: MailServer
  letters: ParsedMail[]
  raw: string[]
  manners: Manners
  close: () => Promise<void>
}

/** A real mail server on this machine, with the manners that a test wants. */
export async function openMailbox(): Promise<Mailbox> {
  const letters: ParsedMail[] = []
  const raw: string[] = []
  const manners: Manners = {}
  const say = ({ code, text }: Refusal) => Object.assign(new Error(text), { responseCode: code })
  const cutLine = (session: SMTPServerSession) => {
    for (const connection of server.connections) {
      const line = connection as unknown as { session: SMTPServerSession; _socket: { destroy: () => void } }
      if (line.session.id === session.id) line._socket.destroy()
    }
  }
  const hear = async (stream: SMTPServerDataStream, session: SMTPServerSession): Promise<Refusal | undefined> => {
    const chunks: Buffer[] = []
    for await (const chunk of stream) {
      chunks.push(chunk as Buffer)
      if (manners.cut === 'in-letter') cutLine(session)
    }
    const to = session.envelope.rcptTo.map(({ address }) => address).join(',')
    const refusal = manners.refuseLetter?.(to)
    if (refusal) return refusal
    if (manners.cut === 'in-letter') return undefined
    const bytes = Buffer.concat(chunks)
    raw.push(bytes.toString('latin1'))
    letters.push(await simpleParser(bytes))
    if (manners.waitMs) await sleep(manners.waitMs, undefined, { ref: false })
    if (manners.cut === 'after-letter') cutLine(session)
    return undefined
  }
  const server = new SMTPServer({
    disabledCommands: ['AUTH', 'STARTTLS'],
    disableReverseLookup: true,
    logger: false,
    onRcptTo({ address }, session, done) {
      if (manners.cut === 'at-rcpt') return cutLine(session)
      const refusal = manners.refuse?.(address)
      return done(refusal ? say(refusal) : undefined)
    },
    onData(stream, session, done) {
      const answer = async () => {
        const refusal = await hear(stream, session).catch(() => undefined)
        done(refusal ? say(refusal) : null)
      }
      void answer()
    },
  })
  server.on('error', () => undefined)
  await new Promise<void>((resolve) => {
    server.listen(0, '127.0.0.1', () => resolve())
  })
  const { port } = server.server.address() as AddressInfo
  return {
    server: {
      host: '127.0.0.1',
      port,
      tls: 'none',
      user: undefined,
      password: undefined,
      from: 'motcua@xa.example.gov.vn',
      perMinute: 10_000,
    },
    letters,
    raw,
    manners,
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve())
      }),
  }
}

// --- A gateway for SMS and Zalo ---------------------------------------------------------------------------------------

export type FakeGateway = {
  url: string
  secret: string
  /** What it sent, each id once. */
  sent: GatewayMessage[]
  /** How often it was asked, also in vain. */
  asked: () => number
  manners: { status?: number; body?: string; silentMs?: number; forget?: boolean }
  report: (statusUrl: string, report: StatusReport, options?: { at?: number; secret?: string }) => Promise<Response>
  close: () => Promise<void>
}

/** A gateway as docs/notice-gateway.md describes it, which can fail, dawdle, take without answering and report twice. */
export async function openGateway(clock: () => string): Promise<FakeGateway> {
  const secret = 'a-secret-of-both-sides'
  const sent: GatewayMessage[] = []
  const manners: FakeGateway['manners'] = {}
  let asked = 0
  const server: Server = createServer((request, response) => {
    const chunks: Buffer[] = []
    request.on('data', (chunk: Buffer) => chunks.push(chunk))
    request.on('end', () => {
      asked += 1
      const body = Buffer.concat(chunks).toString('utf8')
      const header = (name: string) => String(request.headers[name] ?? '')
      const { timestamp, signature } = {
        timestamp: header('x-motcua-timestamp'),
        signature: header('x-motcua-signature'),
      }
      if (!isSigned(secret, { timestamp, signature, body, now: clock() })) return response.writeHead(401).end()
      const message = JSON.parse(body) as GatewayMessage
      if (manners.status !== undefined) return response.writeHead(manners.status).end(manners.body ?? '')
      if (!sent.some(({ id }) => id === message.id)) sent.push(message)
      if (manners.forget) return response.destroy()
      const answer = () => response.writeHead(202).end(JSON.stringify({ ref: `ref-${sent.length}` }))
      return setTimeout(answer, manners.silentMs ?? 0)
    })
  })
  await new Promise<void>((resolve) => {
    server.listen(0, '127.0.0.1', () => resolve())
  })
  const { port } = server.address() as AddressInfo
  return {
    url: `http://127.0.0.1:${port}/messages`,
    secret,
    sent,
    asked: () => asked,
    manners,
    report(statusUrl, report, options = {}) {
      const body = JSON.stringify(report)
      const timestamp = String(Math.floor((options.at ?? Date.parse(clock())) / 1000))
      return fetch(statusUrl, {
        method: 'POST',
        body,
        headers: {
          'content-type': 'application/json',
          'x-motcua-timestamp': timestamp,
          'x-motcua-signature': signatureOf(options.secret ?? secret, timestamp, body),
        },
      })
    },
    close: () =>
      new Promise((resolve) => {
        server.closeAllConnections()
        server.close(() => resolve())
      }),
  }
}
