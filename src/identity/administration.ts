import type { FastifyReply, FastifyRequest } from 'fastify'
import { dayOf } from '../platform/day.ts'
import type { Db } from '../platform/db.ts'
import { sendNotFound, sendProblem } from '../platform/http/problem.ts'
import type { Result } from '../platform/result.ts'
import { findAgency, isValidOn, recordChange, type StaffTables } from '../staff/index.ts'
import { once } from './once.ts'
import { sendRefused, type AnyRefusal } from './refused.ts'
import { agenciesFor, may, mayEverywhere, type Action, type Actor } from './rules/permissions.ts'
import type { IdentityContext } from './sign-in.ts'
import { vi } from './text.vi.ts'

export const tags = ['staff']
export const today = (context: IdentityContext) => dayOf(context.clock())

/** Undefined where the actor may everywhere, else the agencies. */
export const scopeOf = (actor: Actor, action: Action): readonly number[] | undefined =>
  mayEverywhere(actor, action) ? undefined : agenciesFor(actor, action)

export const sendNotPermitted = (reply: FastifyReply): FastifyReply =>
  sendProblem(reply, 403, { code: 'not-permitted', detail: vi.notPermitted })

type StaffDb = Db<StaffTables>

/** One change: once per command id, noted in the log of changes of its agency. */
export async function change<Reply>(
  context: IdentityContext,
  request: FastifyRequest,
  reply: FastifyReply,
  {
    agencyId,
    what,
    commandId,
    details,
  }: { agencyId: number; what: string; commandId: string | undefined; details: Readonly<Record<string, unknown>> },
  work: (tx: StaffDb) => Promise<Result<Reply, AnyRefusal>>,
): Promise<Reply | FastifyReply> {
  const result = await once<Reply>(context.db, commandId, async (tx) => {
    const done = await work(tx)
    if (done.ok)
      await recordChange(tx, {
        agencyId,
        by: request.actor.officerId,
        what,
        details: { ...details, ...(typeof done.value === 'object' ? done.value : {}) },
      })
    return done
  })
  return result.ok ? result.value : sendRefused(context, reply, result.refusal)
}

export async function isOpen(context: IdentityContext, agencyId: number, day: string): Promise<boolean> {
  const agency = await findAgency(context.db, agencyId, day)
  return agency !== undefined && isValidOn(agency, day)
}

/** Why an agency cannot be changed from this day: not there, not the actor's, not open then. */
export async function refuseDated(
  context: IdentityContext,
  actor: Actor,
  agencyId: number,
  day: string,
  action: Action,
): Promise<'not-found' | AnyRefusal | undefined> {
  const agency = may(actor, action, { agencyId }) ? await findAgency(context.db, agencyId, day) : undefined
  if (!agency) return 'not-found'
  if (day < agency.validFrom) return { code: 'before-it-began' }
  return agency.validTo !== null && day > agency.validTo ? { code: 'agency-closed' } : undefined
}

export const answerDated = (
  context: IdentityContext,
  reply: FastifyReply,
  refusal: 'not-found' | AnyRefusal,
): FastifyReply => (refusal === 'not-found' ? sendNotFound(reply) : sendRefused(context, reply, refusal))
