import { randomBytes, randomInt } from 'node:crypto'
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { setTimeout as later } from 'node:timers/promises'
import { html } from '../../platform/http/html.ts'
import { stampOf } from '../../platform/http/signed.ts'
import { LEAST_SECRET } from './contract.ts'
import { judgeSignature, signHmac, SIGNATURE, TIMESTAMP } from './signature.ts'

// A payment gateway and a bank for trying things out. It keeps everything in memory, moves no money, and misbehaves as
// the real ones do, each fault with its own likelihood. The protocol is described in the README of this room.

/** How likely each fault is, from 0 to 1. */
type Misbehaviour = {
  /** A notice waits for up to so many milliseconds. */
  delayMs: number
  duplicate: number
  drop: number
  reorder: number
  wrongAmount: number
  wrongSignature: number
  /** An API call is answered with 500, after it was carried out in half of the cases. */
  fail: number
}

export const behaved: Misbehaviour = {
  delayMs: 0,
  duplicate: 0,
  drop: 0,
  reorder: 0,
  wrongAmount: 0,
  wrongSignature: 0,
  fail: 0,
}

/** All of it at once, for tests and for whoever wants to see. */
const wild: Misbehaviour = {
  delayMs: 800,
  duplicate: 0.4,
  drop: 0.2,
  reorder: 0.3,
  wrongAmount: 0.1,
  wrongSignature: 0.2,
  fail: 0.2,
}

type Payment = {
  paymentId: string
  orderReference: string
  amount: number
  paid: number
  returnUrl: string
  notifyUrl: string
  status: 'pending' | 'paid' | 'failed' | 'cancelled' | 'reversed'
  paidAt: string | null
  refunds: Map<string, { amount: number; status: 'done' | 'pending' | 'refused'; reason: string | null }>
}

type Sandbox = {
  url: string
  payments: ReadonlyMap<string, Payment>
  /** As if the person had pressed the button on the page of the gateway. */
  pay: (paymentId: string, amount?: number) => Promise<void>
  reverse: (paymentId: string) => Promise<void>
  /** As a bank that tells of a transfer; the same id is the same movement. */
  transfer: (transfer: {
    notifyUrl: string
    account: string
    content: string
    amount: number
    id?: string
    reverses?: string
  }) => Promise<void>
  /** Sends what it had held back. */
  flush: () => Promise<void>
  behave: (change: Partial<Misbehaviour>) => void
  /** How many notices went out, and how the other side answered. */
  answers: readonly number[]
  close: () => Promise<void>
}

type Options = {
  secret: string
  port?: number
  host?: string
  misbehaviour?: Misbehaviour
  /** 0 to 1; another one makes a run that can be repeated. */
  random?: () => number
  clock?: () => number
  say?: (line: string) => void
}

const MOST_BYTES = 1_000_000

export async function startSandbox({
  secret,
  port = 0,
  host = '127.0.0.1',
  misbehaviour = behaved,
  random = () => randomInt(1_000_000) / 1_000_000,
  clock = () => Date.now(),
  say = () => undefined,
}: Options): Promise<Sandbox> {
  const mood = { ...misbehaviour }
  const payments = new Map<string, Payment>()
  const answers: number[] = []
  const held: { url: string; body: string }[] = []
  const underWay = new Set<Promise<void>>()
  let url = ''

  const happens = (likelihood: number) => likelihood > 0 && random() < likelihood
  const nameOf = () => randomBytes(9).toString('base64url')
  const moment = () => new Date(clock()).toISOString()

  async function deliver(to: string, body: string): Promise<void> {
    if (mood.delayMs > 0) await later(Math.floor(random() * mood.delayMs))
    const timestamp = stampOf(clock())
    const key = happens(mood.wrongSignature) ? `${secret}-wrong` : secret
    const headers = {
      'content-type': 'application/json',
      [TIMESTAMP]: timestamp,
      [SIGNATURE]: signHmac(key, timestamp, body),
    }
    try {
      const reply = await fetch(to, { method: 'POST', headers, body, signal: AbortSignal.timeout(20_000) })
      answers.push(reply.status)
      await reply.arrayBuffer()
    } catch {
      answers.push(0)
    }
  }

  async function notify(to: string, value: unknown): Promise<void> {
    const body = JSON.stringify(value)
    if (happens(mood.drop)) return say(`bỏ một báo có (a notice was dropped): ${to}`)
    if (happens(mood.reorder)) {
      held.push({ url: to, body })
      return
    }
    const times = happens(mood.duplicate) ? 2 : 1
    for (let time = 0; time < times; time++) {
      const sending = deliver(to, body).finally(() => underWay.delete(sending))
      underWay.add(sending)
      if (mood.delayMs === 0) await sending
    }
  }

  async function flush(): Promise<void> {
    for (const { url: to, body } of held.splice(0).toReversed()) await deliver(to, body)
    await Promise.all(underWay)
  }

  const tell = (payment: Payment) => ({
    paymentId: payment.paymentId,
    orderReference: payment.orderReference,
    status: payment.status,
    amount: payment.status === 'paid' || payment.status === 'reversed' ? payment.paid : payment.amount,
    currency: 'VND',
    transactionId: payment.paidAt === null ? null : `T${payment.paymentId}`,
    paidAt: payment.paidAt,
  })

  async function pay(paymentId: string, amount?: number): Promise<void> {
    const payment = payments.get(paymentId)
    if (!payment || payment.status !== 'pending') return
    const wrong = happens(mood.wrongAmount) ? Math.max(1, payment.amount + randomInt(-5000, 5001)) : payment.amount
    payment.status = 'paid'
    payment.paid = amount ?? wrong
    payment.paidAt = moment()
    await notify(payment.notifyUrl, tell(payment))
  }

  async function reverse(paymentId: string): Promise<void> {
    const payment = payments.get(paymentId)
    if (payment?.status !== 'paid') return
    payment.status = 'reversed'
    await notify(payment.notifyUrl, tell(payment))
  }

  // --- The API -------------------------------------------------------------------------------------------------------

  type Answer = { status: number; body: unknown }

  function create(input: Record<string, unknown>): Answer {
    const { reference, amount, returnUrl, notifyUrl, currency } = input
    if (
      typeof reference !== 'string' ||
      !Number.isSafeInteger(amount) ||
      Number(amount) <= 0 ||
      typeof returnUrl !== 'string' ||
      typeof notifyUrl !== 'string' ||
      currency !== 'VND'
    )
      return { status: 400, body: { error: 'bad-request' } }
    // The same order at the same sum is the same payment: a caller that heard nothing asks again.
    const known = [...payments.values()].find(
      (payment) => payment.orderReference === reference && payment.amount === amount && payment.status === 'pending',
    )
    const payment: Payment = known ?? {
      paymentId: nameOf(),
      orderReference: reference,
      amount: Number(amount),
      paid: 0,
      returnUrl,
      notifyUrl,
      status: 'pending',
      paidAt: null,
      refunds: new Map(),
    }
    payments.set(payment.paymentId, payment)
    return { status: 201, body: { paymentId: payment.paymentId, redirectUrl: `${url}/pay/${payment.paymentId}` } }
  }

  function refund(payment: Payment, input: Record<string, unknown>): Answer {
    const { refundId, amount } = input
    if (typeof refundId !== 'string' || !Number.isSafeInteger(amount) || Number(amount) <= 0)
      return { status: 400, body: { error: 'bad-request' } }
    const before = payment.refunds.get(refundId)
    const given = [...payment.refunds.values()]
      .filter(({ status }) => status === 'done')
      .reduce((sum, each) => sum + each.amount, 0)
    const possible = payment.status === 'paid' && given + Number(amount) <= payment.paid
    const made = before ?? {
      amount: Number(amount),
      status: possible ? ('done' as const) : ('refused' as const),
      reason: possible ? null : 'more than was paid',
    }
    payment.refunds.set(refundId, made)
    return { status: 200, body: { refundId, status: made.status, reason: made.reason } }
  }

  async function answerApi(request: IncomingMessage, path: string): Promise<Answer> {
    const method = request.method ?? 'GET'
    const text = await bodyOf(request)
    const head = (name: string) => String(request.headers[name] ?? '')
    const refusal = judgeSignature(
      { method: 'hmac-sha256', secret },
      { timestamp: head(TIMESTAMP), signature: head(SIGNATURE), body: Buffer.from(`${method} ${path}\n${text}`) },
      { now: clock(), windowSeconds: 300 },
    )
    if (refusal) return { status: 401, body: { error: refusal } }
    const failing = happens(mood.fail)
    if (failing && happens(0.5)) return { status: 500, body: { error: 'sandbox-fault' } }
    const answer = route(method, path, text)
    return failing ? { status: 500, body: { error: 'sandbox-fault' } } : answer
  }

  function route(method: string, path: string, text: string): Answer {
    const input = method === 'POST' ? parse(text) : {}
    if (!input) return { status: 400, body: { error: 'bad-json' } }
    if (method === 'POST' && path === '/v1/payments') return create(input)
    const [, paymentId = '', rest = ''] = /^\/v1\/payments\/([^/]+)(\/refunds)?$/.exec(path) ?? []
    const payment = payments.get(decodeURIComponent(paymentId))
    if (!payment) return { status: 404, body: { error: 'not-found' } }
    if (method === 'POST' && rest === '/refunds') return refund(payment, input)
    return method === 'GET' && rest === ''
      ? { status: 200, body: tell(payment) }
      : { status: 404, body: { error: 'not-found' } }
  }

  // --- The page of the person ------------------------------------------------------------------------------------------

  async function answerPage(request: IncomingMessage, reply: ServerResponse, path: string): Promise<void> {
    const [, paymentId = '', act = ''] = /^\/pay\/([^/]+)(?:\/(pay|less|more|cancel))?$/.exec(path) ?? []
    const payment = payments.get(paymentId)
    if (!payment) return send(reply, 404, 'text/plain', 'not found')
    if (request.method === 'POST') {
      await bodyOf(request)
      if (act === 'cancel' && payment.status === 'pending') payment.status = 'cancelled'
      if (act === 'pay') await pay(paymentId)
      if (act === 'less') await pay(paymentId, Math.max(1, Math.floor(payment.amount / 2)))
      if (act === 'more') await pay(paymentId, payment.amount * 2)
      reply.writeHead(303, { location: payment.returnUrl })
      return void reply.end()
    }
    const button = (name: string, words: string) =>
      html`<form method="post" action="/pay/${paymentId}/${name}"><button>${words}</button></form>`
    const page = html`<html lang="vi">
      <head>
        <meta charset="utf-8" />
        <meta name="viewport" content="width=device-width, initial-scale=1" />
        <title>Cổng thanh toán thử</title>
        <style>
          body {
            font:
              1.1rem/1.6 system-ui,
              sans-serif;
            max-width: 34rem;
            margin: 2rem auto;
            padding: 0 1rem;
          }
          button {
            font: inherit;
            min-height: 3rem;
            padding: 0 1.5rem;
            margin-top: 0.5rem;
            width: 100%;
          }
        </style>
      </head>
      <body>
        <h1>Cổng thanh toán thử</h1>
        <p>
          Không có tiền thật ở đây. Đơn ${payment.orderReference}:
          <strong>${payment.amount.toLocaleString('vi-VN')} đồng</strong>.
        </p>
        <p>Trạng thái: ${payment.status}</p>
        ${button('pay', 'Trả đủ')} ${button('less', 'Trả thiếu một nửa')} ${button('more', 'Trả gấp đôi')}
        ${button('cancel', 'Thôi không trả')}
        <p><a href="${payment.returnUrl}">Trở lại trang nộp tiền</a></p>
      </body>
    </html>`
    return send(reply, 200, 'text/html; charset=utf-8', `<!doctype html>${page.html}`)
  }

  const server: Server = createServer((request, reply) => {
    const path = (request.url ?? '/').split('?', 1)[0] ?? '/'
    const work = path.startsWith('/pay/')
      ? answerPage(request, reply, path)
      : answerApi(request, path).then(({ status, body }) =>
          send(reply, status, 'application/json', JSON.stringify(body)),
        )
    work.catch(() => send(reply, 500, 'text/plain', 'fault'))
  })
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject)
    server.listen(port, host, resolve)
  })
  url = `http://${host}:${(server.address() as AddressInfo).port}`

  return {
    url,
    payments,
    answers,
    pay,
    reverse,
    flush,
    behave: (change) => void Object.assign(mood, change),
    transfer: ({ notifyUrl, account, content, amount, id = nameOf(), reverses }) =>
      notify(notifyUrl, {
        transactions: [
          {
            id,
            kind: reverses === undefined ? 'credit' : 'reversal',
            ...(reverses === undefined ? {} : { reverses }),
            amount,
            currency: 'VND',
            account,
            content,
            paidAt: moment(),
          },
        ],
      }),
    async close() {
      await Promise.all(underWay)
      server.closeAllConnections()
      await new Promise((resolve) => server.close(resolve))
    },
  }
}

function parse(text: string): Record<string, unknown> | undefined {
  try {
    const value: unknown = JSON.parse(text)
    return typeof value === 'object' && value !== null ? (value as Record<string, unknown>) : undefined
  } catch {
    return undefined
  }
}

async function bodyOf(request: IncomingMessage): Promise<string> {
  const parts: Buffer[] = []
  let size = 0
  for await (const part of request as AsyncIterable<Buffer>) {
    size += part.length
    if (size > MOST_BYTES) throw new Error('too large')
    parts.push(part)
  }
  return Buffer.concat(parts).toString('utf8')
}

function send(reply: ServerResponse, status: number, type: string, body: string): void {
  if (reply.headersSent) return
  reply.writeHead(status, { 'content-type': type, 'cache-control': 'no-store' })
  reply.end(body)
}

/** `motcua payment-sandbox`: runs until it is stopped. */
export async function runPaymentSandbox(
  [portText, secretText, mood]: readonly string[],
  say: (line: string) => void,
): Promise<number> {
  const port = Number(portText ?? 8090)
  if (!Number.isInteger(port) || port < 1 || port > 65_535) {
    say('Cổng phải là số từ 1 đến 65535. (The port must be a number from 1 to 65535.)')
    return 2
  }
  const secret = secretText ?? randomBytes(18).toString('base64url')
  if (secret.length < LEAST_SECRET) {
    say(`Khóa bí mật cần ít nhất ${LEAST_SECRET} ký tự. (The secret needs at least ${LEAST_SECRET} characters.)`)
    return 2
  }
  const sandbox = await startSandbox({ port, secret, say, misbehaviour: mood === 'wild' ? wild : behaved })
  say(`Cổng thanh toán thử: ${sandbox.url} (sandbox payment gateway)`)
  say(`Khóa bí mật: ${secret} (secret; enter both under "Tài khoản thu và cổng thanh toán")`)
  await new Promise<void>((resolve) => {
    for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, () => resolve())
  })
  await sandbox.close()
  return 0
}
