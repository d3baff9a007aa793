import type { Page } from '../../../platform/web/index.ts'

// The words stand here, since those of the pages come with the pages.
const title = { vi: 'Báo cáo và dữ liệu', en: 'Report against records' }
const loading = { vi: 'Dữ liệu dùng thử', en: 'Demo data' }

/** Published reports beside our records, and what of them is loaded. */
export const pages: Page[] = [
  {
    path: '/bao-cao-va-du-lieu',
    permission: 'report.read',
    nav: { section: 'reports', label: title, order: 90 },
    load: () => import('./AgainstPage.tsx').then((file) => file.AgainstPage),
  },
  {
    path: '/du-lieu-dung-thu',
    permission: 'system.manage',
    nav: { section: 'admin', group: 'system', label: loading, order: 95 },
    load: () => import('./LoadingPage.tsx').then((file) => file.LoadingPage),
  },
]
