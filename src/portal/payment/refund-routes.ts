import type { FastifyReply } from 'fastify'
import { Type } from 'typebox'
import { codesOf } from '../../dossiers/index.ts'
import { may } from '../../identity/index.ts'
import { withScope } from '../../platform/db.ts'
import { sendNotFound } from '../../platform/http/problem.ts'
import type { Http } from '../../platform/http/route.ts'
import type { PaymentContext } from './context.ts'
import { AgencyQuery, DecisionBody, PayBody, type RefundsView } from './contract.ts'
import { findGateway } from './gateway.ts'
import { listRefunds } from './refund-store.ts'
import { decideRefund, listProposed, payRefund } from './refunds.ts'
import { sendRefusal, tags } from './refused.ts'
import { viewRefunds } from './views.ts'

export function refundRoutes(http: Http, context: PaymentContext): void {
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
