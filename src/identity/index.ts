import type { Actor } from './rules/permissions.ts'

export {
  actions,
  agenciesFor,
  isAction,
  isAdministrator,
  may,
  mayEverywhere,
  mayInPost,
  maySomewhere,
  permissions,
  unitsFor,
  type Action,
  type Actor,
  type Place,
  type Post,
  type Role,
  type Where,
} from './rules/permissions.ts'

declare module 'fastify' {
  interface FastifyRequest {
    /** The officer who asks. Reading it in a public route without a session throws. */
    actor: Actor
  }
}
