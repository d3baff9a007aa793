import { pages as calendarPages } from '../calendar/web/index.ts'
import { pages as cataloguePages } from '../catalogue/web/index.ts'
import { pages as dossierPages } from '../dossiers/web/index.ts'
import { pages as feedbackPages, panels as feedbackPanels } from '../feedback/web/index.ts'
import { pages as identityPages } from '../identity/web/index.ts'
import { mountOfficerWeb } from '../platform/web/mount.tsx'
import type { Page } from '../platform/web/page.ts'
import type { Panel } from '../platform/web/index.ts'
import { pages as exchangePages, panels as exchangePanels } from '../portal/exchange/web/index.ts'
import { pages as filingPages, panels as filingPanels } from '../portal/filing/web/index.ts'
import { pages as counterPages } from '../portal/counter/web/index.ts'
import { pages as noticePages, panels as noticePanels } from '../portal/notices/web/index.ts'
import { pages as eformPages, panels as eformPanels } from '../portal/eforms/web/index.ts'
import { pages as paymentPages, panels as paymentPanels } from '../portal/payment/web/index.ts'
import { pages as accountPages } from '../portal/accounts/web/index.ts'
import { pages as personalDataPages } from '../portal/personal-data/web/index.ts'
import { pages as staffPages } from '../staff/web/index.ts'
import { pages as againstPages } from '../statistics/against/web/index.ts'
import { pages as checkerPages } from '../statistics/checker/web/index.ts'
import { pages as figurePages } from '../statistics/figures/web/index.ts'
import { pages as reportTextPages } from '../statistics/reports/web/index.ts'
import { pages as formPages } from '../statistics/forms/web/index.ts'
import { pages as workflowPages } from '../workflow/web/index.ts'
import { pages as surveyPages } from '../surveys/web/index.ts'
import { finders } from './finders.ts'
import { pages as helpPages } from './help/index.ts'
import { pageWords } from './page-words.ts'

/** The pages of all features; the rail orders them by section and number. */
const pages: readonly Page[] = [
  ...dossierPages,
  ...feedbackPages,
  ...calendarPages,
  ...cataloguePages,
  ...eformPages,
  ...workflowPages,
  ...staffPages,
  ...identityPages,
  ...figurePages,
  ...formPages,
  ...reportTextPages,
  ...againstPages,
  ...checkerPages,
  ...filingPages,
  ...exchangePages,
  ...noticePages,
  ...accountPages,
  ...personalDataPages,
  ...counterPages,
  ...paymentPages,
  ...surveyPages,
  ...helpPages,
]

/** What features add to the pages of others. */
const panels: readonly Panel[] = [
  ...eformPanels,
  ...noticePanels,
  ...filingPanels,
  ...exchangePanels,
  ...paymentPanels,
  ...feedbackPanels,
]

const root = document.getElementById('root')
if (root) mountOfficerWeb(root, { pages: pages.map((page) => ({ ...page, ...pageWords[page.path] })), finders, panels })
