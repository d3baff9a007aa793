import type { FastifyReply } from 'fastify'
import { sendProblem } from '../platform/http/problem.ts'
import type { IdentityContext } from './sign-in.ts'
import { refusalText, type IdentityRefusal } from './text.vi.ts'

/** A refusal as HTTP: who must wait is told so by a header as well. */
export function sendRefused(context: IdentityContext, reply: FastifyReply, refusal: IdentityRefusal): FastifyReply {
  if (refusal.code === 'wait') {
    const seconds = Math.max(1, Math.ceil((Date.parse(refusal.until) - Date.parse(context.clock())) / 1000))
    return sendProblem(reply.header('retry-after', String(seconds)), 429, { ...refusal, detail: refusalText(refusal) })
  }
  return sendProblem(reply, 422, { ...refusal, detail: refusalText(refusal) })
}
