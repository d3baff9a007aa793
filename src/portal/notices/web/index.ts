import type { Page, Panel } from '../../../platform/web/index.ts'
import { en } from '../text.en.ts'
import { vi } from '../text.vi.ts'

/** Messages and their state, their texts, how an authority sends. */
export const pages: Page[] = [
  {
    path: '/tin-da-gui',
    permission: 'notice.read',
    nav: { section: 'lookup', label: { vi: vi.page.nav, en: en.page.nav }, order: 60 },
    load: () => import('./MessagesPage.tsx').then((file) => file.MessagesPage),
  },
  {
    path: '/mau-tin',
    permission: 'notice.manage',
    nav: { section: 'admin', group: 'links', label: { vi: vi.templates.nav, en: en.templates.nav }, order: 60 },
    load: () => import('./TemplatesPage.tsx').then((file) => file.TemplatesPage),
  },
  {
    path: '/gui-tin',
    permission: 'notice.manage',
    nav: { section: 'admin', group: 'links', label: { vi: vi.settings.nav, en: en.settings.nav }, order: 61 },
    load: () => import('./SendingPage.tsx').then((file) => file.SendingPage),
  },
]

/** On the page of a dossier: what its people were told. */
export const panels: Panel[] = [
  {
    slot: 'intake-result',
    order: 10,
    load: () => import('./IntakeWays.tsx').then((file) => file.IntakeWays),
  },
  {
    slot: 'dossier-story',
    order: 40,
    load: () => import('./DossierMessages.tsx').then((file) => file.DossierMessages),
  },
]
