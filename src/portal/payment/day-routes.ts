import type { FastifyReply } from 'fastify'
import { Type } from 'typebox'
import { findByCode } from '../../dossiers/index.ts'
import { may } from '../../identity/index.ts'
import { dayOf } from '../../platform/day.ts'
import { withScope } from '../../platform/db.ts'
import { sendNotFound } from '../../platform/http/problem.ts'
import type { Http } from '../../platform/http/route.ts'
import { addHandOver, markHandedOver } from './booking-store.ts'
import { settleDossier } from './books.ts'
import type { PaymentContext } from './context.ts'
import {
  AgencyQuery,
  DayQuery,
  HandOverBody,
  MatchBody,
  ReviewBody,
  SignBody,
  SuspenseRefundBody,
  type DaysView,
} from './contract.ts'
import { addDay, listDays } from './day-store.ts'
import { matchNotice, reviewNotice } from './notice-store.ts'
import { keepDelivery, workPayments } from './notices.ts'
import { askRefund } from './refunds.ts'
import { sendRefusal, tags } from './refused.ts'
import { findAccount } from './settings-store.ts'
import { readStatement } from './statement.ts'
import { today, viewDay, viewDays, viewHandOver, viewSuspense } from './views.ts'
import { writeDayWorkbook } from './workbook.ts'

const EXCEL = 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet'

const STATEMENT_BYTES = 5 * 1024 * 1024

export function dayRoutes(http: Http, context: PaymentContext): void {
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
