import type { Http } from '../../platform/http/route.ts'
import { accountRoutes } from './account-routes.ts'
import { authorityRoutes } from './authority-routes.ts'
import { codeRoutes } from './code-routes.ts'
import { openDesk, type AccountsContext } from './desk.ts'
import { levelRoutes } from './level-routes.ts'
import { signInRoutes } from './sign-in-routes.ts'

/** Everything about citizens' accounts: pages for people, and what an authority sets. `citizenHooks` stand before. */
export function citizenAccountRoutes(http: Http, context: AccountsContext): void {
  const desk = openDesk(context)
  signInRoutes(http, desk)
  codeRoutes(http, desk)
  accountRoutes(http, desk)
  authorityRoutes(http, desk)
  levelRoutes(http, context)
}
