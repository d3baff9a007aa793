import type { FastifyReply } from 'fastify'
import { sendProblem } from '../platform/http/problem.ts'
import type { IdentityContext } from './sign-in.ts'
import { isStaffRefusal, staffRefusalText, type StaffRefusal } from '../staff/index.ts'
import { refusalText, type IdentityRefusal } from './text.vi.ts'

export type AnyRefusal = IdentityRefusal | StaffRefusal

const wordsOf = (refusal: AnyRefusal): string =>
  isStaffRefusal(refusal) ? staffRefusalText(refusal) : refusalText(refusal)

/** A refusal as HTTP: who must wait is told so by a header as well. */
export function sendRefused(context: IdentityContext, reply: FastifyReply, refusal: AnyRefusal): FastifyReply {
  if (refusal.code === 'wait') {
    const seconds = Math.max(1, Math.ceil((Date.parse(refusal.until) - Date.parse(context.clock())) / 1000))
    return sendProblem(reply.header('retry-after', String(seconds)), 429, { ...refusal, detail: wordsOf(refusal) })
  }
  return sendProblem(reply, 422, { ...refusal, detail: wordsOf(refusal) })
}
