import type { FastifyReply, FastifyRequest } from 'fastify'
import type { CatalogueTables } from '../../catalogue/index.ts'
import type { IdentityTables } from '../../identity/index.ts'
import type { Context } from '../../platform/context.ts'
import { networkOf } from '../../platform/http/attempts.ts'
import {
  judgeProof as judge,
  newProof as askProof,
  openProofOfWork,
  type ProofAsked,
  type ProofOfWork,
} from '../../platform/http/proof-of-work.ts'
import type { StaffTables } from '../../staff/index.ts'
import type { NoticeTables } from '../notices/index.ts'
import type { Citizen } from './contract.ts'
import { CITIZEN_COOKIE } from './hooks.ts'
import { openGuesses, type Guesses } from './local.ts'
import { deviceName } from './rules/device.ts'
import type { Place } from './sessions.ts'
import type { AccountTables } from './tables.ts'
import type { AccountText } from './text.vi.ts'

export type { ProofAsked } from '../../platform/http/proof-of-work.ts'

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

const asking = ({ context }: Desk, request: FastifyRequest, text: AccountText) => ({
  purpose: 'account',
  source: placeOf(request).source,
  now: Date.parse(context.clock()),
  text,
})

/** A fresh task for the form. */
export const newProof = (desk: Desk, request: FastifyRequest, text: AccountText): ProofAsked =>
  askProof(desk.proofs, asking(desk, request, text))

/** Whether the work was done; as `judgeProof` of the platform. */
export const judgeProof = (
  desk: Desk,
  request: FastifyRequest,
  given: string,
  text: AccountText,
): ProofAsked | null | undefined => judge(desk.proofs, given, asking(desk, request, text))

/** A field of a form as text; lists and strangers count as empty. */
export const textOf = (body: unknown, name: string, most = 500): string => {
  const value = (body as Record<string, unknown> | null | undefined)?.[name]
  return typeof value === 'string' ? value.slice(0, most) : ''
}

export const seeOther = (reply: FastifyReply, to: string): FastifyReply =>
  reply.header('cache-control', 'no-store').redirect(to, 303)

/** What was just done, as the page after it says. */
export const happened = (request: FastifyRequest): string => textOf(request.query, 'xong', 30)
