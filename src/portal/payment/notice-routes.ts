import type { FastifyReply, FastifyRequest } from 'fastify'
import { Type } from 'typebox'
import { withScope } from '../../platform/db.ts'
import { countAttempts, networkOf } from '../../platform/http/attempts.ts'
import { sendProblem } from '../../platform/http/problem.ts'
import type { Http } from '../../platform/http/route.ts'
import type { PaymentContext } from './context.ts'
import { keepDelivery, workPayments } from './notices.ts'
import type { RefusedCounter } from './refused-notices.ts'
import { tags } from './refused.ts'
import { findProvider } from './settings-store.ts'
import { judgeSignature, SIGNATURE, TIMESTAMP, type Verifier } from './signature.ts'
import type { ProviderRow } from './tables.ts'
import { vi } from './text.vi.ts'

/** A notice of so many movements is worked on by the job, so that the bank has its answer at once. */
const AT_ONCE = 100_000

const NoticeAddress = Type.Object({ provider: Type.String({ pattern: '^[1-9]\\d{0,8}-[a-z][a-z0-9-]{1,30}$' }) })

export function noticeRoutes(http: Http, context: PaymentContext, refused: RefusedCounter): void {
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
