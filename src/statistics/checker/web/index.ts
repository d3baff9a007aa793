import type { Page } from '../../../platform/web/index.ts'

// The words stand here, since those of the page come with the page.
const title = { vi: 'Kiểm tra báo cáo', en: 'Check a report' }

/** The page of the checker. */
export const pages: Page[] = [
  {
    path: '/kiem-tra-bao-cao',
    permission: 'report.read',
    nav: { section: 'reports', label: title, order: 60 },
    load: () => import('./CheckPage.tsx').then((file) => file.CheckPage),
  },
]
