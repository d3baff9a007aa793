import type { FastifyReply, FastifyRequest } from 'fastify'
import { Type } from 'typebox'
import { toHappened } from '../../dossiers/index.ts'
import { addMinutes, dayOf, writeDay } from '../../platform/day.ts'
import { withScope } from '../../platform/db.ts'
import { countAttempts, networkOf } from '../../platform/http/attempts.ts'
import { html, type Html } from '../../platform/http/html.ts'
import { sendProblem } from '../../platform/http/problem.ts'
import { publicLanguage, type PublicLanguage } from '../../platform/http/public-page.ts'
import type { Http } from '../../platform/http/route.ts'
import { isDemo } from '../../platform/settings.ts'
import { pageFrame, sendPage } from '../page-frame.ts'
import { stillCollects } from './books.ts'
import type { PaymentContext } from './context.ts'
import type { LiveState } from './contract.ts'
import { findGateway, openPayment } from './gateway.ts'
import { ensureOrder, type Standing } from './orders.ts'
import { readPaymentToken } from './path.ts'
import { printReceipt, receiptMark } from './receipts.ts'
import { excessOf } from './rules/settle.ts'
import { listReceipts } from './receipt-store.ts'
import { listRefunds } from './refund-store.ts'
import type { AccountRow, ReceiptRow, RefundRow } from './tables.ts'
import { en } from './text.en.ts'
import { vi, type PaymentText } from './text.vi.ts'
import { codeOf, surplusOf } from './views.ts'
import { bankOf, qrPng, qrSvg } from './vietqr.ts'

const config = { permission: 'public' }
const Token = Type.Object({ token: Type.String({ maxLength: 120 }) })

/** Where a person pays: without a script it is whole; with one it looks by itself whether the money has come. */
export function payPageRoutes(http: Http, context: PaymentContext): void {
  const attempts = countAttempts({ most: 30, windowMs: 10 * 60_000 })

  /** Whose page it is, or undefined; wrong addresses are counted, so that nobody tries them out. */
  function open(request: FastifyRequest): { agencyId: number; dossierId: string } | 'wait' | undefined {
    const now = Date.parse(context.clock())
    const source = networkOf(request.ip)
    const { token } = request.params as { token: string }
    const found = readPaymentToken(context, token)
    if (found) return found
    return attempts.begin(source, now) ? undefined : 'wait'
  }

  async function send(
    request: FastifyRequest,
    reply: FastifyReply,
    {
      agencyId,
      live = false,
      ...page
    }: { status: number; title: string; body: Html; agencyId: number | null; live?: boolean },
  ): Promise<FastifyReply> {
    const frame = await pageFrame(context, request, reply, agencyId)
    return sendPage(reply, frame, { ...page, private: true, scripts: live ? ['pay'] : [] })
  }

  function sendUnknown(request: FastifyRequest, reply: FastifyReply, wait: boolean): Promise<FastifyReply> {
    const language = publicLanguage(request, reply)
    const { page } = wordsOf(language)
    const body = html`<h1>${page.unknownTitle}</h1>
      <p class="lead">${wait ? page.tooMany : page.unknown}</p>
      <p class="actions">
        <a class="button" href="/tra-cuu">${language === 'en' ? 'Follow a dossier' : 'Tra cứu hồ sơ'}</a>
      </p>`
    return send(request, reply, { status: wait ? 429 : 404, title: page.unknownTitle, body, agencyId: null })
  }

  http.get('/thanh-toan/:token', { config, schema: { hide: true, params: Token } }, async (request, reply) => {
    const of = open(request)
    if (of === undefined || of === 'wait') return sendUnknown(request, reply, of === 'wait')
    const standing = await ensureOrder(context, of)
    if (!standing) return sendUnknown(request, reply, false)
    const language = publicLanguage(request, reply)
    const text = wordsOf(language)
    const [code, receipts, refunds, gateway, demo] = await Promise.all([
      standing.order ? codeOf(context, standing.order, standing.owed) : undefined,
      withScope(context.db, { agencies: [of.agencyId] }, (tx) => listReceipts(tx, of)),
      withScope(context.db, { agencies: [of.agencyId] }, (tx) => listRefunds(tx, of)),
      findGateway(context, of.agencyId),
      isDemo(context.db),
    ])
    const { token } = request.params
    const body = pageBody({ text, token, standing, code, receipts, refunds, hasGateway: gateway !== undefined, demo })
    return send(request, reply, { status: 200, title: text.page.title, body, agencyId: of.agencyId, live: true })
  })

  http.get(
    '/thanh-toan/:token/trang-thai',
    { config, schema: { hide: true, params: Token } },
    async (request, reply): Promise<LiveState | FastifyReply> => {
      const of = open(request)
      if (of === undefined || of === 'wait')
        return sendProblem(reply, of === 'wait' ? 429 : 404, { code: 'not-found', detail: vi.page.unknown })
      const standing = await ensureOrder(context, of)
      if (!standing) return sendProblem(reply, 404, { code: 'not-found', detail: vi.page.unknown })
      void reply.header('cache-control', 'no-store')
      return liveState(standing)
    },
  )

  http.get(
    '/thanh-toan/:token/ma-qr.png',
    { config, schema: { hide: true, params: Token } },
    async (request, reply) => {
      const of = open(request)
      const standing = of === undefined || of === 'wait' ? undefined : await ensureOrder(context, of)
      const code = standing?.order && (await codeOf(context, standing.order, standing.owed))
      if (!standing?.order || !code) return sendUnknown(request, reply, of === 'wait')
      return reply
        .type('image/png')
        .header('cache-control', 'no-store')
        .header('content-disposition', `inline; filename="vietqr-${standing.order.reference}.png"`)
        .send(qrPng(code.text))
    },
  )

  // A form may not lead to another site, so the person is led there by a link on the page that answers.
  http.post('/thanh-toan/:token/cong', { config, schema: { hide: true, params: Token } }, async (request, reply) => {
    const of = open(request)
    const standing = of === undefined || of === 'wait' ? undefined : await ensureOrder(context, of)
    if (of === undefined || of === 'wait' || !standing) return sendUnknown(request, reply, of === 'wait')
    const language = publicLanguage(request, reply)
    const text = wordsOf(language)
    const returnPath = `/thanh-toan/${request.params.token}`
    const gateway = await findGateway(context, of.agencyId)
    if (!standing.order || !gateway) return reply.redirect(returnPath, 303)
    const opened = await openPayment(context, gateway, { order: standing.order, owed: standing.owed, returnPath })
    const body = opened.ok
      ? html`<h1>${text.page.gateway}</h1>
          <p class="lead">${text.page.gatewayGo}</p>
          <p class="pay-amount">${text.sum(standing.owed)}</p>
          <p class="actions">
            <a class="button" href="${opened.value}" rel="noreferrer">${text.page.gatewayAction}</a>
          </p>`
      : html`<h1>${text.page.gateway}</h1>
          <p class="note notice-late" role="alert">${text.refusals['gateway-away']}</p>
          <p class="actions"><a class="button" href="${returnPath}">${text.page.title}</a></p>`
    return send(request, reply, { status: opened.ok ? 200 : 503, title: text.page.title, body, agencyId: of.agencyId })
  })

  http.get(
    '/thanh-toan/:token/bien-lai/:year/:number',
    {
      config,
      schema: {
        hide: true,
        params: Type.Object({
          token: Type.String({ maxLength: 120 }),
          year: Type.Integer({ minimum: 2000, maximum: 2199 }),
          number: Type.Integer({ minimum: 1 }),
        }),
      },
    },
    async (request, reply) => {
      const of = open(request)
      if (of === undefined || of === 'wait') return sendUnknown(request, reply, of === 'wait')
      const { year, number } = request.params
      const receipts = await withScope(context.db, { agencies: [of.agencyId] }, (tx) => listReceipts(tx, of))
      if (!receipts.some((row) => row.year === year && row.number === number)) return sendUnknown(request, reply, false)
      const pdf = await printReceipt(context, { agencyId: of.agencyId, year, number }, { count: false })
      return reply
        .type('application/pdf')
        .header('cache-control', 'no-store')
        .header('content-disposition', `inline; filename="bien-lai-${year}-${number}.pdf"`)
        .send(pdf)
    },
  )
}

const wordsOf = (language: PublicLanguage): PaymentText => (language === 'en' ? en : vi)

/** Orders that have just been paid have a receipt a moment later. */
export function liveState({ opened, owed, order }: Standing): LiveState {
  const { dossier } = opened
  if (owed <= 0) return { state: dossier.feePaid > 0 ? 'paid' : 'none', owed: 0, toPay: 0 }
  return { state: dossier.feePaid > 0 ? 'partial' : 'open', owed, toPay: order ? owed : 0 }
}

type Body = {
  text: PaymentText
  token: string
  standing: Standing
  code: { text: string; account: AccountRow } | undefined
  receipts: readonly ReceiptRow[]
  refunds: readonly RefundRow[]
  hasGateway: boolean
  demo: boolean
}

function pageBody({ text, token, standing, code, receipts, refunds, hasGateway, demo }: Body): Html {
  const { page } = text
  const { opened, owed, order, notices } = standing
  const { dossier } = opened
  const live = liveState(standing)
  const surplus = surplusOf(notices) + excessOf(dossier)
  const refunded = refunds.filter(({ state }) => state === 'paid').reduce((sum, { amount }) => sum + amount, 0)
  const path = `/thanh-toan/${token}`
  return html`<h1>${page.title}</h1>
    <p class="small">${page.forDossier} <strong class="unbroken">${dossier.code}</strong></p>
    <div id="pay-state" role="status" data-state="${live.state}" data-owed="${live.owed}" data-path="${path}">
      ${stateNote(text, standing, { live, surplus })}
    </div>
    ${surplus > 0 && html`<p class="note notice-due">${page.surplus(text.sum(surplus))}</p>`}
    ${owed > 0 && order && code ? howToPay({ text, path, owed, order, code, hasGateway, demo, opened }) : ''}
    ${
      owed > 0 &&
      !code &&
      html`<p class="pay-amount">${text.sum(owed)}</p>
        <p class="note">${page.noAccount}</p>`
    }
    ${refunded > 0 && html`<p class="note">${page.refunded(text.sum(refunded))}</p>`} ${whatItIsFor(text, opened)}
    ${
      receipts.length > 0 &&
      html`<section>
        <h2>${page.receipts}</h2>
        <ul class="papers">
          ${receipts.map(
            (row) =>
              html`<li class="required">
                <a href="${path}/bien-lai/${row.year}/${row.number}">${page.receipt(receiptMark(row))}</a>,
                <span class="unbroken">${text.sum(row.amount)}</span
                >${row.voided_at !== null && html` (${page.voided})`}
              </li>`,
          )}
        </ul>
      </section>`
    }`
}

/** The fee as it was counted, what was asked for or waived since, and what all of it comes to. */
function whatItIsFor(text: PaymentText, { dossier, events }: Standing['opened']): Html | false {
  const { page } = text
  const sumOf = (type: 'paymentRequired' | 'feeWaived') =>
    events
      .map((row) => toHappened(row).event)
      .reduce((sum, event) => (event.type === type ? sum + event.amount : sum), 0)
  const waived = sumOf('feeWaived')
  const lines = [
    ...dossier.fees.map(({ name, amount }) => ({ name, amount })),
    { name: page.demanded, amount: sumOf('paymentRequired') },
    { name: page.waived, amount: -waived },
  ].filter(({ amount }) => amount !== 0)
  if (lines.length === 0) return false
  const total = { name: page.sum, amount: dossier.feeDue }
  return html`<section class="procedure-parts">
    <h2>${page.what}</h2>
    <div class="table-wrap">
      <table>
        <tbody>
          ${[...lines, ...(lines.length > 1 ? [total] : [])].map(
            ({ name, amount }) =>
              html`<tr>
                <th scope="row">${name}</th>
                <td class="number">${signed(text, amount)}</td>
              </tr>`,
          )}
        </tbody>
      </table>
    </div>
  </section>`
}

const signed = ({ sum }: PaymentText, amount: number): string => (amount < 0 ? `−${sum(-amount)}` : sum(amount))

function stateNote(
  { page, sum }: PaymentText,
  { opened }: Standing,
  { live, surplus }: { live: LiveState; surplus: number },
): Html {
  const { dossier } = opened
  if (live.state === 'paid')
    return html`<p class="note pay-done"><strong>${surplus > 0 ? page.received : page.paid}</strong></p>`
  if (live.state === 'none') return html`<p class="note">${stillCollects(dossier) ? page.none : page.ended}</p>`
  if (live.state === 'partial')
    return html`<p class="note notice-due">${page.partial(sum(dossier.feePaid), sum(live.owed))}</p>`
  return html``
}

function howToPay({
  text,
  path,
  owed,
  order,
  code,
  hasGateway,
  demo,
  opened,
}: {
  opened: Standing['opened']
  text: PaymentText
  path: string
  owed: number
  order: NonNullable<Standing['order']>
  code: { text: string; account: AccountRow }
  hasGateway: boolean
  demo: boolean
}): Html {
  const { page } = text
  const { account } = code
  const isPart = opened.dossier.feePaid > 0
  const bank = bankOf(account.bank_bin)
  const lines: readonly { name: string; value: string; copy: string; hint?: string }[] = [
    { name: page.bank, value: bank ? `${bank.shortName} – ${bank.name}` : account.bank_bin, copy: '' },
    { name: page.account, value: account.account_number, copy: account.account_number },
    { name: page.payee, value: account.account_name, copy: '' },
    { name: page.amount, value: text.sum(owed), copy: String(owed) },
    { name: page.content, value: order.reference, copy: order.reference, hint: page.contentHint },
  ]
  return html`${demo && html`<p class="note notice-late"><strong>${page.demo}</strong></p>`}
    <section class="pay">
      <div class="pay-sum">
        <h2>${page.toPay}</h2>
        <p class="pay-amount">${text.sum(owed)}</p>
        <p>${page.lead}</p>
        <p class="small">${page.until(writeDay(dayOf(addMinutes(order.expires_at, -1))))}</p>
        <p class="small pay-waiting" data-live="${isPart ? page.waitingRest : page.waiting}">
          ${isPart ? page.reloadToSee : page.waitingPlain}
        </p>
        <p class="actions"><a class="button button-quiet" href="${path}" data-reload>${page.reload}</a></p>
      </div>
      <figure class="pay-code" role="img" aria-label="${page.scan}">
        ${{ html: qrSvg(code.text) }}
        <figcaption>${page.scan}</figcaption>
      </figure>
    </section>
    <section class="procedure-parts">
      <h2>${page.onPhone}</h2>
      <ol>
        ${page.phoneSteps.map((step) => html`<li>${step}</li>`)}
      </ol>
      <p class="actions">
        <a class="button" href="${path}/ma-qr.png" download="vietqr-${order.reference}.png">${page.save}</a>
        <button type="button" class="button-quiet" data-open-app="${path}/ma-qr.png" hidden>${page.openApp}</button>
      </p>
      <h2>${page.byHand}</h2>
      <dl class="facts pay-facts">
        ${lines.map(
          ({ name, value, copy, hint }) =>
            html`<div>
              <dt>${name}</dt>
              <dd>
                <span class="pay-value">${value}</span>
                ${
                  copy &&
                  html`<button
                    type="button"
                    class="button-quiet pay-copy"
                    data-copy="${copy}"
                    data-copied="${page.copied}"
                    hidden
                  >
                    ${page.copy}<span class="visually-hidden"> ${name}</span>
                  </button>`
                }
                ${hint && html`<span class="small pay-hint">${hint}</span>`}
              </dd>
            </div>`,
        )}
      </dl>
      ${
        hasGateway &&
        html`<h2>${page.gateway}</h2>
          <form method="post" action="${path}/cong">
            <p class="actions"><button type="submit" class="button-quiet">${page.gatewayAction}</button></p>
          </form>`
      }
      <p class="small">${page.cash}</p>
    </section>`
}
