import type { FastifyReply } from 'fastify'
import { sendNotFound, sendProblem } from '../../platform/http/problem.ts'
import type { BookRefusal } from './books.ts'
import { vi } from './text.vi.ts'

export const tags = ['payment']

/** A refusal of the books in words, or nothing there at all. */
export const sendRefusal = (reply: FastifyReply, { code, facts = {} }: BookRefusal): FastifyReply => {
  if (code === 'not-found') return sendNotFound(reply)
  const words = (vi.refusals as Readonly<Record<string, string | ((facts: object) => string)>>)[code]
  const detail = typeof words === 'function' ? words(facts) : (words ?? vi.refusals['not-allowed-now'])
  return sendProblem(reply, code === 'not-your-task' ? 403 : 422, { code, detail, facts })
}
