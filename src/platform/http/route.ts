import type { TypeBoxTypeProvider } from '@fastify/type-provider-typebox'
import type {
  FastifyBaseLogger,
  FastifyInstance,
  RawReplyDefaultExpression,
  RawRequestDefaultExpression,
  RawServerDefault,
} from 'fastify'

/** The HTTP server as features see it: schemas are TypeBox and give the types of the request. */
export type Http = FastifyInstance<
  RawServerDefault,
  RawRequestDefaultExpression,
  RawReplyDefaultExpression,
  FastifyBaseLogger,
  TypeBoxTypeProvider
>

declare module 'fastify' {
  interface FastifyInstance {
    /** Built scripts of the public pages: name and address. */
    publicScripts: ReadonlyMap<string, string>
  }
  interface FastifyContextConfig {
    /**
     * Who may call it: `public` (anybody), `citizen` (a signed-in citizen), `session` (any signed-in officer) or an action of the permission table.
     * A route without one stops the server from starting.
     */
    permission?: string
  }
}
