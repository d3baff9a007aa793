import type { FastifyRequest } from 'fastify'
import { Type } from 'typebox'
import { give, openDossier, type OpenedDossier } from '../../dossiers/index.ts'
import { may, type Action } from '../../identity/index.ts'
import { withScope } from '../../platform/db.ts'
import { sendNotFound } from '../../platform/http/problem.ts'
import type { Http } from '../../platform/http/route.ts'
import { findBooking } from './booking-store.ts'
import { bookByOfficer, settleDossier } from './books.ts'
import type { PaymentContext } from './context.ts'
import { CashBody, RefundBody, VoidBody, WaiveBody } from './contract.ts'
import { findReceipt, findReceiptOf, voidReceipt } from './receipt-store.ts'
import { printReceipt, receiptMark } from './receipts.ts'
import { askRefund } from './refunds.ts'
import { sendRefusal, tags } from './refused.ts'
import { viewPayment } from './views.ts'

const DossierId = Type.Object({ dossierId: Type.String({ format: 'uuid' }) })

export function dossierPaymentRoutes(http: Http, context: PaymentContext): void {
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
