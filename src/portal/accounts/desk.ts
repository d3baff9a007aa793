import type { FastifyReply, FastifyRequest } from 'fastify'
import type { CatalogueTables } from '../../catalogue/index.ts'
import type { IdentityTables } from '../../identity/index.ts'
import type { Context } from '../../platform/context.ts'
import { networkOf } from '../../platform/http/attempts.ts'
import { html, type Html } from '../../platform/http/html.ts'
import { openProofOfWork, proofField, type ProofOfWork } from '../../platform/http/proof-of-work.ts'
import type { StaffTables } from '../../staff/index.ts'
import type { NoticeTables } from '../notices/index.ts'
import type { Citizen } from './contract.ts'
import { CITIZEN_COOKIE } from './hooks.ts'
import { openGuesses, type Guesses } from './local.ts'
import { deviceName } from './rules/device.ts'
import type { Place } from './sessions.ts'
import type { AccountTables } from './store.ts'
import type { AccountText } from './text.vi.ts'

export type AccountTablesNeeded = AccountTables & NoticeTables & IdentityTables & CatalogueTables & StaffTables
export type AccountsContext = Context<AccountTablesNeeded>

/** What the routes of this room share: counters of guesses and the work that robots shy away from. */
export type Desk = { context: AccountsContext; guesses: Guesses; proofs: ProofOfWork }

export const openDesk = (context: AccountsContext): Desk => ({
  context,
  guesses: openGuesses(),
  proofs: openProofOfWork(context.keys),
})

export const placeOf = (request: FastifyRequest): Place => ({
  source: networkOf(request.ip),
  device: deviceName(request.headers['user-agent'] ?? '').slice(0, 100),
})

/** The session that this browser holds, so that a new one ends it. */
export const earlierOf = (request: FastifyRequest): string | undefined => request.cookies[CITIZEN_COOKIE]

/** The citizen of a route that is for the signed-in alone. */
export function citizenOf(request: FastifyRequest): Citizen {
  if (!request.citizen) throw new Error('the route is not for citizens alone')
  return request.citizen
}

export type ProofAsked = { field: Html; words: string | null }

/** A fresh task for the form. */
export const newProof = ({ context, proofs }: Desk, request: FastifyRequest, text: AccountText): ProofAsked => ({
  field: proofField(proofs.challenge('account', placeOf(request).source, Date.parse(context.clock())), text.working),
  words: null,
})

/**
 * Whether the work was done. If not, what the form must carry the next time: another task, or for a browser without
 * script a ticket that is worth as much after a while. Undefined: done. Null: too many wait already.
 */
export function judgeProof(
  desk: Desk,
  request: FastifyRequest,
  given: string,
  text: AccountText,
): ProofAsked | null | undefined {
  const { context, proofs } = desk
  const now = Date.parse(context.clock())
  const { source } = placeOf(request)
  const outcome = proofs.check('account', given, source, now)
  if (outcome.state === 'right') return undefined
  if (outcome.state === 'too-early') return { field: ticketField(given), words: text.tooEarly(outcome.seconds) }
  if (outcome.state === 'worthless') return { ...newProof(desk, request, text), words: text.proofWorthless }
  const wait = proofs.wait('account', source, now)
  return wait ? { field: ticketField(wait.ticket), words: text.needsWait(wait.seconds) } : null
}

const ticketField = (ticket: string): Html => html`<input type="hidden" name="proof" value="${ticket}" />`

/** A field of a form as text; lists and strangers count as empty. */
export const textOf = (body: unknown, name: string, most = 500): string => {
  const value = (body as Record<string, unknown> | null | undefined)?.[name]
  return typeof value === 'string' ? value.slice(0, most) : ''
}

export const seeOther = (reply: FastifyReply, to: string): FastifyReply =>
  reply.header('cache-control', 'no-store').redirect(to, 303)

/** What was just done, as the page after it says. */
export const happened = (request: FastifyRequest): string => textOf(request.query, 'xong', 30)
