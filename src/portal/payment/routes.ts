import type { FastifyReply, FastifyRequest } from 'fastify'
import { Type } from 'typebox'
import { codesOf, findByCode, give, openDossier, type OpenedDossier } from '../../dossiers/index.ts'
import { agenciesFor, may, type Action } from '../../identity/index.ts'
import { dayOf } from '../../platform/day.ts'
import { withScope } from '../../platform/db.ts'
import { countAttempts, networkOf } from '../../platform/http/attempts.ts'
import { sendNotFound, sendProblem } from '../../platform/http/problem.ts'
import type { Http } from '../../platform/http/route.ts'
import { listOfficerNames } from '../../staff/index.ts'
import { bookByOfficer, settleDossier, type BookRefusal } from './books.ts'
import type { PaymentContext } from './context.ts'
import {
  AccountBody,
  AgencyQuery,
  CashBody,
  DayQuery,
  DecisionBody,
  HandOverBody,
  MatchBody,
  PayBody,
  ProviderBody,
  RefundBody,
  ReviewBody,
  SignBody,
  SuspenseRefundBody,
  VoidBody,
  WaiveBody,
  type DaysView,
  type RefundsView,
  type SettingsView,
} from './contract.ts'
import { findGateway } from './gateway.ts'
import { keepDelivery, workPayments } from './notices.ts'
import { payPageRoutes } from './pay-page.ts'
import { countRefused, type RefusedCounter } from './refused-notices.ts'
import { printReceipt, receiptMark } from './receipts.ts'
import { askRefund, decideRefund, listProposed, payRefund } from './refunds.ts'
import { isGoodPublicKey, judgeSignature, SIGNATURE, TIMESTAMP, type Verifier } from './signature.ts'
import { readStatement } from './statement.ts'
import { addHandOver, findBooking, markHandedOver } from './booking-store.ts'
import { addDay, listDays } from './day-store.ts'
import { matchNotice, reviewNotice } from './notice-store.ts'
import { findReceipt, findReceiptOf, voidReceipt } from './receipt-store.ts'
import { listRefunds } from './refund-store.ts'
import { addAccount, findAccount, findProvider, listAccounts, listProviders, saveProvider } from './settings-store.ts'
import type { ProviderRow } from './tables.ts'
import { vi } from './text.vi.ts'
import { today, viewDay, viewDays, viewHandOver, viewPayment, viewRefunds, viewSuspense } from './views.ts'
import { bankOf, banks, qrSvg, vietQr } from './vietqr.ts'
import { writeDayWorkbook } from './workbook.ts'

const tags = ['payment']
const DossierId = Type.Object({ dossierId: Type.String({ format: 'uuid' }) })
const EXCEL = 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet'
const STATEMENT_BYTES = 5 * 1024 * 1024
/** A notice of so many movements is worked on by the job, so that the bank has its answer at once. */
const AT_ONCE = 100_000

/** Fees: the page of the payer, notices of banks, the desk, the books. */
export function paymentRoutes(http: Http, context: PaymentContext): void {
  payPageRoutes(http, context)
  const refused = countRefused()
  noticeRoutes(http, context, refused)
  dossierPaymentRoutes(http, context)
  dayRoutes(http, context)
  refundRoutes(http, context)
  settingRoutes(http, context, refused)
}

const sendRefusal = (reply: FastifyReply, { code, facts = {} }: BookRefusal): FastifyReply => {
  if (code === 'not-found') return sendNotFound(reply)
  const words = (vi.refusals as Readonly<Record<string, string | ((facts: object) => string)>>)[code]
  const detail = typeof words === 'function' ? words(facts) : (words ?? vi.refusals['not-allowed-now'])
  return sendProblem(reply, code === 'not-your-task' ? 403 : 422, { code, detail, facts })
}

// --- Notices -----------------------------------------------------------------------------------------------------------

const NoticeAddress = Type.Object({ provider: Type.String({ pattern: '^[1-9]\\d{0,8}-[a-z][a-z0-9-]{1,30}$' }) })

function noticeRoutes(http: Http, context: PaymentContext, refused: RefusedCounter): void {
  const attempts = countAttempts({ most: 100, windowMs: 10 * 60_000 })

  // The signature is over the bytes as they came, and nothing is looked into before its signature: the bytes stay beside
  // the request, out of reach of whatever reads its body.
  const bodies = new WeakMap<object, Buffer>()

  void http.register((scope, _options, done) => {
    scope.removeContentTypeParser('application/json')
    scope.addContentTypeParser('application/json', { parseAs: 'buffer' }, (request, body, parsed) => {
      bodies.set(request, Buffer.from(body))
      parsed(null, null)
    })
    scope.post(
      '/api/payments/notices/:provider',
      {
        config: { permission: 'public' },
        schema: { tags, summary: 'Báo có có chữ ký của ngân hàng, cổng thanh toán', params: NoticeAddress },
      },
      (request, reply) => takeNotice(request as FastifyRequest, reply),
    )
    done()
  })

  async function takeNotice(request: FastifyRequest, reply: FastifyReply): Promise<FastifyReply> {
    const { provider: address } = request.params as { provider: string }
    const now = Date.parse(context.clock())
    const source = networkOf(request.ip)
    const [agency = '', ...rest] = address.split('-')
    const agencyId = Number(agency)
    const provider = await withScope(context.db, { agencies: [agencyId] }, (tx) =>
      findProvider(tx, agencyId, rest.join('-')),
    )
    const body = bodies.get(request) ?? Buffer.alloc(0)
    const header = (name: string) => {
      const value = request.headers[name]
      return typeof value === 'string' ? value : undefined
    }
    const refusal = provider?.enabled
      ? judgeSignature(
          verifierOf(context, provider),
          { timestamp: header(TIMESTAMP), signature: header(SIGNATURE), body },
          { now, windowSeconds: provider.window_seconds },
        )
      : 'signature-wrong'
    if (refusal || !provider) {
      if (refusal && provider?.enabled) refused.note(address, { code: refusal, at: context.clock() })
      // Counted only when wrong: a bank may send as often as it likes.
      const may = attempts.begin(source, now)
      const code = may ? (refusal ?? 'signature-wrong') : 'too-many-attempts'
      context.log.warn({ what: 'payment-notice-refused', provider: address, code })
      return sendProblem(reply, may ? 401 : 429, { code, detail: vi.refusals[code] })
    }
    const deliveryId = await keepDelivery(context, {
      agencyId,
      provider: provider.provider,
      source: 'webhook',
      body: body.toString('utf8'),
    })
    if (body.length <= AT_ONCE) {
      try {
        // It is kept: whatever happens now, the job goes on with it and the bank need not send it again.
        await workPayments(context, agencyId, { deliveryId })
      } catch (fault) {
        context.log.error({ what: 'payment-notice-waits', err: fault })
      }
    }
    return reply.code(200).send({ kept: true })
  }
}

const verifierOf = ({ keys }: PaymentContext, provider: ProviderRow): Verifier =>
  provider.method === 'hmac-sha256'
    ? { method: 'hmac-sha256', secret: provider.secret ? keys.decrypt(provider.secret) : '' }
    : { method: 'rsa-sha256', publicKey: provider.public_key ?? '' }

// --- A dossier ---------------------------------------------------------------------------------------------------------

function dossierPaymentRoutes(http: Http, context: PaymentContext): void {
  /** The dossier, when the officer may read it and has the right in its agency. */
  async function opened(request: FastifyRequest, action: Action): Promise<OpenedDossier | undefined> {
    const { dossierId } = request.params as { dossierId: string }
    const found = await openDossier(context, request.actor, dossierId.toLowerCase())
    return found && may(request.actor, action, { agencyId: found.agencyId }) ? found : undefined
  }

  http.get(
    '/api/dossiers/:dossierId/payment',
    { config: { permission: 'payment.read' }, schema: { tags, summary: 'Phí, lệ phí của hồ sơ', params: DossierId } },
    async (request, reply) => {
      const found = await openDossier(context, request.actor, request.params.dossierId.toLowerCase())
      if (!found) return sendNotFound(reply)
      // Who only takes part in a dossier of another agency reads it, and nothing of its money.
      if (!may(request.actor, 'payment.read', { agencyId: found.agencyId }))
        return reply.type('application/json').send('null')
      return viewPayment(context, request.actor.officerId, found)
    },
  )

  http.post(
    '/api/dossiers/:dossierId/payment/cash',
    {
      config: { permission: 'payment.collect' },
      schema: { tags, summary: 'Thu tiền mặt và lập biên lai', params: DossierId, body: CashBody },
    },
    async (request, reply) => {
      const found = await opened(request, 'payment.collect')
      if (!found) return sendNotFound(reply)
      const { agencyId, dossierId } = found
      const { commandId, amount } = request.body
      const booked = await bookByOfficer(context, request.actor, {
        agencyId,
        dossierId,
        bookingId: commandId,
        kind: 'collect',
        method: 'cash',
        amount,
      })
      if (!booked.ok) return sendRefusal(reply, booked.refusal)
      const receipt = await withScope(context.db, { agencies: [agencyId] }, (tx) =>
        findReceiptOf(tx, agencyId, commandId),
      )
      return { mark: receipt ? receiptMark(receipt) : '', year: receipt?.year ?? 0, number: receipt?.number ?? 0 }
    },
  )

  http.post(
    '/api/dossiers/:dossierId/payment/waivers',
    {
      config: { permission: 'payment.collect' },
      schema: { tags, summary: 'Miễn, giảm phí, lệ phí có căn cứ', params: DossierId, body: WaiveBody },
    },
    async (request, reply) => {
      const found = await opened(request, 'payment.collect')
      if (!found) return sendNotFound(reply)
      const { agencyId, dossierId } = found
      const { commandId, amount, reason, basis } = request.body
      const outcome = await give(
        context,
        { actor: request.actor, source: 'officer' },
        {
          agencyId,
          dossierId,
          body: { commandId, version: null, command: { type: 'waiveFee', amount, details: { reason, basis } } },
        },
      )
      if (!outcome.ok) return sendRefusal(reply, outcome.refusal)
      await settleDossier(context, { agencyId, dossierId })
      return { done: true }
    },
  )

  http.post(
    '/api/dossiers/:dossierId/payment/refunds',
    {
      config: { permission: 'payment.collect' },
      schema: { tags, summary: 'Đề nghị hoàn phí, lệ phí đã nộp', params: DossierId, body: RefundBody },
    },
    async (request, reply) => {
      const found = await opened(request, 'payment.collect')
      if (!found) return sendNotFound(reply)
      const { commandId, ...rest } = request.body
      const { agencyId, dossierId } = found
      const asked = await askRefund(context, request.actor, {
        refundId: commandId,
        agencyId,
        of: { dossierId },
        ...rest,
      })
      return asked.ok ? { refundId: asked.value.refund_id } : sendRefusal(reply, asked.refusal)
    },
  )

  const ReceiptKey = Type.Object({
    ...DossierId.properties,
    year: Type.Integer({ minimum: 2000, maximum: 2199 }),
    number: Type.Integer({ minimum: 1 }),
  })

  http.get(
    '/api/dossiers/:dossierId/payment/receipts/:year/:number/paper.pdf',
    { config: { permission: 'payment.collect' }, schema: { tags, summary: 'Biên lai để in', params: ReceiptKey } },
    async (request, reply) => {
      const found = await opened(request, 'payment.collect')
      const { year, number } = request.params
      const key = found && { agencyId: found.agencyId, year, number }
      const receipt = key && (await withScope(context.db, { agencies: [key.agencyId] }, (tx) => findReceipt(tx, key)))
      if (!key || receipt?.dossier_id !== found?.dossierId) return sendNotFound(reply)
      const pdf = await printReceipt(context, key)
      if (!pdf) return sendNotFound(reply)
      return (
        reply
          .type('application/pdf')
          // Printed out of a frame of the officers' page.
          .header('content-security-policy', "default-src 'none'; style-src 'unsafe-inline'; frame-ancestors 'self'")
          .header('content-disposition', `inline; filename="bien-lai-${year}-${number}.pdf"`)
          .send(pdf)
      )
    },
  )

  http.post(
    '/api/dossiers/:dossierId/payment/receipts/:year/:number/void',
    {
      config: { permission: 'payment.collect' },
      schema: { tags, summary: 'Hủy biên lai có lý do', params: ReceiptKey, body: VoidBody },
    },
    async (request, reply) => {
      const found = await opened(request, 'payment.collect')
      const { year, number } = request.params
      if (!found) return sendNotFound(reply)
      const { agencyId, dossierId } = found
      const { feePaid, feeRefunded } = found.dossier
      const outcome = await withScope(context.db, { agencies: [agencyId] }, async (tx) => {
        const receipt = await findReceipt(tx, { agencyId, year, number })
        if (receipt?.dossier_id !== dossierId) return 'not-found'
        if (receipt.voided_at !== null) return 'receipt-voided'
        const booking = await findBooking(tx, agencyId, receipt.booking_id)
        // A receipt answers for money that was kept; after the whole was given back it may be made void.
        if (booking?.state === 'done' && feePaid > feeRefunded) return 'receipt-in-force'
        const by = request.actor.officerId
        const at = context.clock()
        await voidReceipt(tx, { agencyId, bookingId: receipt.booking_id, by, at, reason: request.body.reason })
        return 'done'
      })
      return outcome === 'done' ? { done: true } : sendRefusal(reply, { code: outcome })
    },
  )
}

// --- The day -----------------------------------------------------------------------------------------------------------

function dayRoutes(http: Http, context: PaymentContext): void {
  http.get(
    '/api/payments/day',
    { config: { permission: 'payment.read' }, schema: { tags, summary: 'Đối soát một ngày', querystring: DayQuery } },
    async (request, reply) => {
      const { agencyId, day } = request.query
      return may(request.actor, 'payment.read', { agencyId })
        ? viewDay(context, { agencyId, day })
        : sendNotFound(reply)
    },
  )

  http.get(
    '/api/payments/days',
    {
      config: { permission: 'payment.read' },
      schema: { tags, summary: 'Thu phí, lệ phí hai tuần gần đây theo ngày', querystring: DayQuery },
    },
    async (request, reply): Promise<DaysView | FastifyReply> => {
      const { agencyId, day } = request.query
      return may(request.actor, 'payment.read', { agencyId })
        ? viewDays(context, { agencyId, day })
        : sendNotFound(reply)
    },
  )

  http.get(
    '/api/payments/day.xlsx',
    {
      config: { permission: 'payment.read' },
      schema: { tags, summary: 'Đối soát một ngày (Excel)', querystring: DayQuery },
    },
    async (request, reply) => {
      const { agencyId, day } = request.query
      if (!may(request.actor, 'payment.read', { agencyId })) return sendNotFound(reply)
      const bytes = await writeDayWorkbook(context, await viewDay(context, { agencyId, day }))
      return reply.type(EXCEL).header('content-disposition', `attachment; filename="doi-soat-${day}.xlsx"`).send(bytes)
    },
  )

  http.post(
    '/api/payments/day/sign',
    { config: { permission: 'payment.reconcile' }, schema: { tags, summary: 'Ký đối soát một ngày', body: SignBody } },
    async (request, reply) => {
      const { agencyId, day } = request.body
      const explanation = request.body.explanation.trim()
      if (!may(request.actor, 'payment.reconcile', { agencyId })) return sendNotFound(reply)
      if (day >= today(context)) return sendRefusal(reply, { code: 'day-not-over' })
      const view = await viewDay(context, { agencyId, day })
      if (view.differences.length > 0 && explanation.length < 5)
        return sendRefusal(reply, { code: 'explanation-missing' })
      const signed = await withScope(context.db, { agencies: [agencyId] }, async (tx) => {
        const [before] = await listDays(tx, { agencyId, from: day, to: day })
        return addDay(tx, {
          agency_id: agencyId,
          day,
          version: (before?.version ?? 0) + 1,
          figures: view.figures,
          explanation,
          signed_by: request.actor.officerId,
          signed_at: context.clock(),
        })
      })
      return signed ? { done: true } : sendRefusal(reply, { code: 'signed-meanwhile' })
    },
  )

  http.post(
    '/api/payments/statements',
    {
      config: { permission: 'payment.reconcile' },
      schema: { tags, summary: 'Nạp sao kê ngân hàng', consumes: ['multipart/form-data'], querystring: AgencyQuery },
    },
    async (request, reply) => {
      const { agencyId } = request.query
      if (!may(request.actor, 'payment.reconcile', { agencyId })) return sendNotFound(reply)
      const file = request.isMultipart()
        ? await request.file({ limits: { fileSize: STATEMENT_BYTES, files: 1 } })
        : undefined
      const account = await withScope(context.db, { agencies: [agencyId] }, (tx) => findAccount(tx, agencyId))
      if (!account) return sendRefusal(reply, { code: 'no-account' })
      if (!file) return sendRefusal(reply, { code: 'statement-unreadable' })
      const bytes = await file.toBuffer()
      const read = await readStatement(bytes, account.account_number)
      if (!read.ok) return sendRefusal(reply, { code: read.refusal.code, facts: { row: read.refusal.row ?? 0 } })
      const deliveryId = await keepDelivery(context, {
        agencyId,
        provider: 'statement',
        source: 'statement',
        body: JSON.stringify({ transactions: read.value, original: bytes.toString('base64') }),
        fileName: file.filename.slice(0, 200),
        receivedBy: request.actor.officerId,
      })
      await workPayments(context, agencyId, { deliveryId })
      const days = read.value.map(({ paidAt }) => dayOf(paidAt)).toSorted()
      return { lines: read.value.length, from: days[0], to: days.at(-1) }
    },
  )

  http.get(
    '/api/payments/suspense',
    {
      config: { permission: 'payment.read' },
      schema: { tags, summary: 'Giao dịch chờ khớp', querystring: AgencyQuery },
    },
    async (request, reply) => {
      const { agencyId } = request.query
      if (!may(request.actor, 'payment.read', { agencyId })) return sendNotFound(reply)
      return { items: await viewSuspense(context, agencyId) }
    },
  )

  const NoticeId = Type.Object({ noticeId: Type.String({ format: 'uuid' }) })

  http.post(
    '/api/payments/notices/:noticeId/match',
    {
      config: { permission: 'payment.reconcile' },
      schema: { tags, summary: 'Khớp giao dịch với hồ sơ', params: NoticeId, body: MatchBody },
    },
    async (request, reply) => {
      const { agencyId, code, reason } = request.body
      if (!may(request.actor, 'payment.reconcile', { agencyId })) return sendNotFound(reply)
      const noticeId = request.params.noticeId.toLowerCase()
      const outcome = await withScope(context.db, { agencies: [agencyId] }, async (tx) => {
        const dossierId = await findByCode(tx, agencyId, code)
        if (dossierId === undefined) return undefined
        const matched = await matchNotice(tx, {
          agencyId,
          noticeId,
          order: { orderId: null, dossierId },
          by: request.actor.officerId,
          at: context.clock(),
          reason,
        })
        return { dossierId, matched }
      })
      if (!outcome) return sendNotFound(reply)
      if (!outcome.matched) return sendRefusal(reply, { code: 'not-in-suspense' })
      await settleDossier(context, { agencyId, dossierId: outcome.dossierId })
      return { dossierId: outcome.dossierId }
    },
  )

  http.post(
    '/api/payments/notices/:noticeId/review',
    {
      config: { permission: 'payment.reconcile' },
      schema: {
        tags,
        summary: 'Ghi đã kiểm tra giao dịch được báo khác nhau hoặc chưa ghi được vào hồ sơ',
        params: NoticeId,
        body: ReviewBody,
      },
    },
    async (request, reply) => {
      const { agencyId, reason } = request.body
      if (!may(request.actor, 'payment.reconcile', { agencyId })) return sendNotFound(reply)
      const noticeId = request.params.noticeId.toLowerCase()
      const by = request.actor.officerId
      const at = context.clock()
      const reviewed = await withScope(context.db, { agencies: [agencyId] }, (tx) =>
        reviewNotice(tx, { agencyId, noticeId, by, at, reason }),
      )
      if (!reviewed) return sendRefusal(reply, { code: 'nothing-to-review' })
      const { dossierId } = reviewed
      if (dossierId !== null) await settleDossier(context, { agencyId, dossierId })
      return { done: true }
    },
  )

  http.post(
    '/api/payments/notices/:noticeId/refunds',
    {
      config: { permission: 'payment.read' },
      schema: { tags, summary: 'Đề nghị hoàn tiền nộp thừa, nộp nhầm', params: NoticeId, body: SuspenseRefundBody },
    },
    async (request, reply) => {
      const { agencyId, commandId, ...rest } = request.body
      const { actor } = request
      const allowed = may(actor, 'payment.collect', { agencyId }) || may(actor, 'payment.reconcile', { agencyId })
      if (!allowed) return sendNotFound(reply)
      const of = { noticeId: request.params.noticeId.toLowerCase() }
      const asked = await askRefund(context, actor, { refundId: commandId, agencyId, of, ...rest })
      return asked.ok ? { refundId: asked.value.refund_id } : sendRefusal(reply, asked.refusal)
    },
  )

  http.get(
    '/api/payments/hand-over',
    {
      config: { permission: 'payment.read' },
      schema: { tags, summary: 'Phí, lệ phí chờ nộp ngân sách', querystring: AgencyQuery },
    },
    async (request, reply) => {
      const { agencyId } = request.query
      return may(request.actor, 'payment.read', { agencyId }) ? viewHandOver(context, agencyId) : sendNotFound(reply)
    },
  )

  http.post(
    '/api/payments/hand-over',
    {
      config: { permission: 'payment.reconcile' },
      schema: { tags, summary: 'Ghi nhận đã nộp ngân sách', body: HandOverBody },
    },
    async (request, reply) => {
      const { agencyId, commandId, voucher, bookingIds } = request.body
      if (!may(request.actor, 'payment.reconcile', { agencyId })) return sendNotFound(reply)
      const ids = [...new Set(bookingIds)]
      const now = context.clock()
      const refused = await withScope(context.db, { agencies: [agencyId] }, async (tx) => {
        const amounts = await markHandedOver(tx, { agencyId, handOverId: commandId, bookingIds: ids })
        const done =
          amounts.length === ids.length &&
          (await addHandOver(tx, {
            agency_id: agencyId,
            hand_over_id: commandId,
            voucher: voucher.trim(),
            amount: amounts.reduce((sum, amount) => sum + amount, 0),
            bookings: ids.length,
            handed_at: now,
            recorded_at: now,
            recorded_by: request.actor.officerId,
          }))
        // All or nothing: the transaction is given up by the fault.
        if (!done) throw new HandOverRefused(amounts.length === ids.length ? 'voucher-used' : 'handed-over')
        return undefined
      }).catch((fault: unknown) => {
        if (fault instanceof HandOverRefused) return fault.code
        throw fault
      })
      return refused === undefined ? { done: true } : sendRefusal(reply, { code: refused })
    },
  )
}

class HandOverRefused extends Error {
  readonly code: 'voucher-used' | 'handed-over'
  constructor(code: HandOverRefused['code']) {
    super(code)
    this.code = code
  }
}

// --- Refunds -----------------------------------------------------------------------------------------------------------

function refundRoutes(http: Http, context: PaymentContext): void {
  const RefundId = Type.Object({ refundId: Type.String({ format: 'uuid' }) })

  http.get(
    '/api/payments/refunds',
    { config: { permission: 'payment.read' }, schema: { tags, summary: 'Đề nghị hoàn trả', querystring: AgencyQuery } },
    async (request, reply): Promise<RefundsView | FastifyReply> => {
      const { agencyId } = request.query
      if (!may(request.actor, 'payment.read', { agencyId })) return sendNotFound(reply)
      const { rows, codes } = await withScope(context.db, { agencies: [agencyId] }, async (tx) => {
        const found = await listRefunds(tx, { agencyId })
        const ids = found.flatMap(({ dossier_id: id }) => (id === null ? [] : [id]))
        return { rows: found, codes: await codesOf(tx, agencyId, ids) }
      })
      const proposed = await listProposed(context, agencyId)
      return {
        items: await viewRefunds(context, rows, { officerId: request.actor.officerId, codes }),
        hasGateway: (await findGateway(context, agencyId)) !== undefined,
        proposed: proposed.map(({ opened: { dossierId, dossier }, amount }) => ({
          dossierId,
          code: dossier.code,
          due: dossier.feeDue,
          paid: dossier.feePaid - dossier.feeRefunded,
          amount,
        })),
      }
    },
  )

  http.post(
    '/api/payments/refunds/:refundId/decision',
    {
      config: { permission: 'payment.read' },
      schema: { tags, summary: 'Duyệt hoặc không duyệt hoàn trả', params: RefundId, body: DecisionBody },
    },
    async (request, reply) => {
      const { agencyId, act, note } = request.body
      const { actor } = request
      // Whoever asked may take it back; approving needs the right.
      const right = act === 'approve' ? 'payment.reconcile' : 'payment.read'
      if (!may(actor, right, { agencyId })) return sendNotFound(reply)
      const refundId = request.params.refundId.toLowerCase()
      if (act === 'reject' && !may(actor, 'payment.reconcile', { agencyId })) {
        const own = await withScope(context.db, { agencies: [agencyId] }, (tx) => listRefunds(tx, { agencyId }))
        if (!own.some((row) => row.refund_id === refundId && row.asked_by === actor.officerId))
          return sendNotFound(reply)
      }
      const done = await decideRefund(context, actor, { agencyId, refundId, act, note })
      return done.ok ? { state: done.value.state } : sendRefusal(reply, done.refusal)
    },
  )

  http.post(
    '/api/payments/refunds/:refundId/payment',
    {
      config: { permission: 'payment.collect' },
      schema: { tags, summary: 'Chi hoàn đã duyệt', params: RefundId, body: PayBody },
    },
    async (request, reply) => {
      const { agencyId, voucher } = request.body
      if (!may(request.actor, 'payment.collect', { agencyId })) return sendNotFound(reply)
      const refundId = request.params.refundId.toLowerCase()
      const paid = await payRefund(context, request.actor, { agencyId, refundId, voucher })
      return paid.ok ? { state: paid.value.state } : sendRefusal(reply, paid.refusal)
    },
  )
}

// --- Settings ------------------------------------------------------------------------------------------------------------

function settingRoutes(http: Http, context: PaymentContext, refused: RefusedCounter): void {
  const config = { permission: 'payment.manage' }

  http.get(
    '/api/payments/settings',
    { config, schema: { tags, summary: 'Tài khoản thu và nơi gửi báo có', querystring: AgencyQuery } },
    async (request, reply): Promise<SettingsView | FastifyReply> => {
      const { agencyId } = request.query
      if (!may(request.actor, 'payment.manage', { agencyId })) return sendNotFound(reply)
      const [accounts, providers] = await withScope(context.db, { agencies: [agencyId] }, (tx) =>
        Promise.all([listAccounts(tx, agencyId), listProviders(tx, agencyId)]),
      )
      const names = await listOfficerNames(context.db, [...new Set(accounts.map(({ set_by: id }) => id))])
      const [current] = accounts
      return {
        accounts: accounts.map((row) => ({
          version: row.version,
          bankBin: row.bank_bin,
          bankName: bankOf(row.bank_bin)?.shortName ?? row.bank_bin,
          accountNumber: row.account_number,
          accountName: row.account_name,
          receiptSymbol: row.receipt_symbol,
          orderDays: row.order_days,
          setBy: names.get(row.set_by) ?? '',
          setAt: row.set_at,
        })),
        providers: providers.map((row) => ({
          provider: row.provider,
          kind: row.kind,
          name: row.name,
          method: row.method,
          publicKey: row.public_key ?? '',
          baseUrl: row.base_url,
          windowSeconds: row.window_seconds,
          enabled: row.enabled,
          hasSecret: row.secret !== null,
          noticeUrl: `${context.config.publicUrl}/api/payments/notices/${agencyId}-${row.provider}`,
          changedAt: row.changed_at,
          refused: refused.of(`${agencyId}-${row.provider}`),
        })),
        banks: banks.map(({ bin, shortName, name }) => ({ bin, shortName, name })),
        trialQr: current
          ? qrSvg(
              vietQr({
                bankBin: current.bank_bin,
                accountNumber: current.account_number,
                amount: 1000,
                purpose: 'Thu ma QR',
              }),
            )
          : null,
      }
    },
  )

  http.post(
    '/api/payments/settings/account',
    { config, schema: { tags, summary: 'Đặt tài khoản thu', body: AccountBody } },
    async (request, reply) => {
      const { agencyId, bankBin, accountNumber, accountName, receiptSymbol, orderDays } = request.body
      if (!may(request.actor, 'payment.manage', { agencyId })) return sendNotFound(reply)
      if (!bankOf(bankBin)) return sendRefusal(reply, { code: 'bank-unknown' })
      const row = await withScope(context.db, { agencies: [agencyId] }, (tx) =>
        addAccount(tx, {
          agency_id: agencyId,
          bank_bin: bankBin,
          account_number: accountNumber.toUpperCase(),
          account_name: accountName.trim(),
          receipt_symbol: receiptSymbol,
          order_days: orderDays,
          set_by: request.actor.officerId,
          set_at: context.clock(),
        }),
      )
      return { version: row.version }
    },
  )

  http.put(
    '/api/payments/settings/providers',
    { config, schema: { tags, summary: 'Đặt nơi gửi báo có', body: ProviderBody } },
    async (request, reply) => {
      const { agencyId, provider, kind, name, method, secret, publicKey, baseUrl, windowSeconds, enabled } =
        request.body
      if (!may(request.actor, 'payment.manage', { agencyId })) return sendNotFound(reply)
      const before = await withScope(context.db, { agencies: [agencyId] }, (tx) => findProvider(tx, agencyId, provider))
      const kept = before?.secret ?? null
      const sealed = secret ? context.keys.encrypt(secret) : kept
      if (method === 'hmac-sha256' ? sealed === null : !isGoodPublicKey(publicKey ?? ''))
        return sendRefusal(reply, { code: 'key-missing' })
      if (kind === 'gateway' && (baseUrl === null || sealed === null))
        return sendRefusal(reply, { code: 'base-url-missing' })
      await withScope(context.db, { agencies: [agencyId] }, (tx) =>
        saveProvider(tx, {
          agency_id: agencyId,
          provider,
          kind,
          name: name.trim(),
          method,
          secret: sealed,
          public_key: method === 'rsa-sha256' ? (publicKey ?? null) : null,
          base_url: baseUrl,
          window_seconds: windowSeconds,
          enabled,
          changed_by: request.actor.officerId,
          changed_at: context.clock(),
        }),
      )
      return { done: true }
    },
  )

  http.get(
    '/api/payments/agencies',
    { config: { permission: 'payment.read' }, schema: { tags, summary: 'Cơ quan được xem phí, lệ phí' } },
    (request) => ({ agencies: agenciesFor(request.actor, 'payment.read') }),
  )
}
