import type { Http } from '../platform/http/route.ts'
import { agencyRoutes } from './agency-routes.ts'
import { delegationRoutes } from './delegation-routes.ts'
import { officerRoutes } from './officer-routes.ts'
import { placeRoutes } from './place-routes.ts'
import type { IdentityContext } from './sign-in.ts'
import { unitRoutes } from './unit-routes.ts'

/**
 * Administration of agencies and people over HTTP. It stands here and not in `staff`, since rights come after staff in
 * the order of the folders.
 */
export function staffRoutes(http: Http, context: IdentityContext): void {
  placeRoutes(http, context)
  agencyRoutes(http, context)
  unitRoutes(http, context)
  officerRoutes(http, context)
  delegationRoutes(http, context)
}
