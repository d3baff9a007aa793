import type { Page } from '../../../platform/web/index.ts'

// The words stand here, since those of the pages come with the pages.
const title = { vi: 'Thống kê', en: 'Statistics' }
const chartsTitle = { vi: 'Biểu đồ', en: 'Charts' }

/** The officers' pages of the figures. */
export const pages: Page[] = [
  {
    path: '/thong-ke',
    permission: 'statistics.read',
    nav: { section: 'reports', label: title, order: 10 },
    load: () => import('./FiguresPage.tsx').then((file) => file.FiguresPage),
  },
  {
    path: '/bieu-do',
    permission: 'statistics.read',
    nav: { section: 'reports', label: chartsTitle, order: 20 },
    load: () => import('./ChartsPage.tsx').then((file) => file.ChartsPage),
  },
]
