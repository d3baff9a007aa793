import { calendarRoutes } from '../calendar/routes.ts'
import { catalogueRoutes } from '../catalogue/routes.ts'
import { documentsRoutes, openFileStore } from '../documents/index.ts'
import { dossierRoutes, fileAccess } from '../dossiers/index.ts'
import { feedbackRoutes, publicFeedbackRoutes } from '../feedback/index.ts'
import { identityHooks } from '../identity/index.ts'
import { identityRoutes } from '../identity/routes.ts'
import type { Context } from '../platform/context.ts'
import type { Http } from '../platform/http/route.ts'
import { citizenHooks } from '../portal/accounts/index.ts'
import { citizenAccountRoutes } from '../portal/accounts/routes.ts'
import { postRoutes } from '../portal/exchange/post-routes.ts'
import { exchangeRoutes } from '../portal/exchange/routes.ts'
import { eformRoutes } from '../portal/eforms/index.ts'
import { filingRoutes } from '../portal/filing/routes.ts'
import { paymentRoutes } from '../portal/payment/index.ts'
import { filingOfficerRoutes } from '../portal/filing/officer-routes.ts'
import { accessHooks, personalDataOfficerRoutes, personalDataRoutes } from '../portal/personal-data/index.ts'
import { portalRoutes } from '../portal/front/routes.ts'
import { faultPages } from '../portal/front/fault-page.ts'
import { appFileRoutes } from '../portal/front/app-files.ts'
import { trackingRoutes } from '../portal/front/tracking-page.ts'
import { counterRoutes } from '../portal/counter/index.ts'
import { noticeRoutes } from '../portal/notices/index.ts'
import { againstRoutes } from '../statistics/against/index.ts'
import { checkerRoutes } from '../statistics/checker/routes.ts'
import { reportFormRoutes } from '../statistics/forms/index.ts'
import { reportPackageParts, reportTextRoutes } from '../statistics/reports/index.ts'
import { figureRoutes } from '../statistics/figures/index.ts'
import { invitationPath, surveyRoutes } from '../surveys/index.ts'
import { workflowRoutes } from '../workflow/routes.ts'
import type { Tables } from './tables.ts'

/** Hooks and routes of all features; identity's hooks stand before everybody's routes. */
export function addRoutes(http: Http, context: Context<Tables>): void {
  identityHooks(http, context)
  citizenHooks(http, context)
  accessHooks(http, context)
  identityRoutes(http, context)
  calendarRoutes(http, context)
  catalogueRoutes(http, context)
  workflowRoutes(http, context)
  documentsRoutes(http, context, { files: openFileStore(context.config.fileDir), openDossier: fileAccess(context) })
  dossierRoutes(http, context)
  eformRoutes(http, context)
  filingRoutes(http, context)
  paymentRoutes(http, context)
  portalRoutes(http, context)
  faultPages(http, context)
  trackingRoutes(http, context, { invitationOf: (of) => invitationPath(context, of) })
  citizenAccountRoutes(http, context)
  personalDataRoutes(http, context)
  personalDataOfficerRoutes(http, context)
  appFileRoutes(http, context)
  filingOfficerRoutes(http, context)
  postRoutes(http, context)
  exchangeRoutes(http, context, { files: openFileStore(context.config.fileDir) })
  noticeRoutes(http, context)
  counterRoutes(http, context)
  surveyRoutes(http, context)
  feedbackRoutes(http, context)
  publicFeedbackRoutes(http, context)
  figureRoutes(http, context)
  reportFormRoutes(http, context, { addToPackage: reportPackageParts(context) })
  reportTextRoutes(http, context)
  againstRoutes(http, context)
  checkerRoutes(http, context)
}
