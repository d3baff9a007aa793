import type { FastifyReply } from 'fastify'
import { sendProblem } from '../../platform/http/problem.ts'
import { wordRefusal, type FormRefusal } from './text.vi.ts'

// What somebody else did meanwhile, or the state forbids; the rest is wrong in what was sent.
const conflicts = new Set<FormRefusal['code']>([
  'changed-meanwhile',
  'cell-changed-meanwhile',
  'not-in-this-state',
  'not-accepted-yet',
  'corrected-already',
  'report-exists',
  'finding-gone',
  'period-in-use',
  'period-taken',
])

export function sendRefusal(reply: FastifyReply, { refusal }: { refusal: FormRefusal }): FastifyReply {
  return sendProblem(reply, conflicts.has(refusal.code) ? 409 : 422, { ...refusal, detail: wordRefusal(refusal) })
}
