import type { Page, Panel } from '../../../platform/web/index.ts'

/** The officers' pages of filing online. */
export const pages: Page[] = [
  {
    path: '/truc-tuyen',
    permission: 'dossier.receive',
    nav: { section: 'dossiers', label: { vi: 'Hồ sơ trực tuyến chờ', en: 'Online, waiting' }, order: 12 },
    load: () => import('./WaitingPage.tsx').then((file) => file.WaitingPage),
  },
  {
    path: '/cong-nguoi-dan',
    permission: 'portal.manage',
    nav: { section: 'admin', group: 'citizens', label: { vi: 'Cổng của người dân', en: 'Citizens’ front' }, order: 60 },
    load: () => import('./FrontPage.tsx').then((file) => file.FrontPage),
  },
]

/** What it adds to the page of a dossier and to the intake. */
export const panels: Panel[] = [
  {
    slot: 'dossier-story',
    order: 10,
    load: () => import('./OnlinePanel.tsx').then((file) => file.OnlinePanel),
  },
  {
    slot: 'intake',
    order: 10,
    load: () => import('./WaitingLine.tsx').then((file) => file.WaitingLine),
  },
]
