import type { Http } from '../../platform/http/route.ts'
import type { PaymentContext } from './context.ts'
import { dayRoutes } from './day-routes.ts'
import { dossierPaymentRoutes } from './dossier-routes.ts'
import { noticeRoutes } from './notice-routes.ts'
import { payPageRoutes } from './pay-page.ts'
import { refundRoutes } from './refund-routes.ts'
import { countRefused } from './refused-notices.ts'
import { settingRoutes } from './setting-routes.ts'

/** Fees: the page of the payer, notices of banks, the desk, the books. */
export function paymentRoutes(http: Http, context: PaymentContext): void {
  payPageRoutes(http, context)
  const refused = countRefused()
  noticeRoutes(http, context, refused)
  dossierPaymentRoutes(http, context)
  dayRoutes(http, context)
  refundRoutes(http, context)
  settingRoutes(http, context, refused)
}
