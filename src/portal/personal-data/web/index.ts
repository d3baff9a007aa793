import type { Page } from '../../../platform/web/index.ts'
import { en } from '../text.en.ts'
import { vi } from '../text.vi.ts'

/** Requests of people about their data, their times, and how long data are kept. */
export const pages: Page[] = [
  {
    path: '/du-lieu-ca-nhan',
    permission: 'personal-data.answer',
    nav: { section: 'admin', group: 'data', label: { vi: vi.officers.nav, en: en.officers.nav }, order: 64 },
    load: () => import('./RequestsPage.tsx').then((file) => file.RequestsPage),
  },
  // One page with two doors: who answers requests sees the times, who administers the system sets them.
  {
    path: '/thoi-han-yeu-cau',
    permission: 'personal-data.answer',
    nav: { section: 'admin', group: 'data', label: { vi: vi.times.nav, en: en.times.nav }, order: 65 },
    load: () => import('./TimesPage.tsx').then((file) => file.TimesPage),
  },
  {
    path: '/thoi-han-yeu-cau/dat',
    permission: 'system.manage',
    nav: { section: 'admin', group: 'data', label: { vi: vi.times.nav, en: en.times.nav }, order: 65 },
    load: () => import('./TimesPage.tsx').then((file) => file.TimesPage),
  },
  {
    path: '/thoi-han-luu',
    permission: 'system.manage',
    nav: { section: 'admin', group: 'data', label: { vi: vi.retention.nav, en: en.retention.nav }, order: 66 },
    load: () => import('./RetentionPage.tsx').then((file) => file.RetentionPage),
  },
]
