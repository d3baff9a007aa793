import type { Page } from '../../../platform/web/index.ts'

// The words stand here, since those of the pages come with the pages.
const daily = { vi: 'Báo cáo ngày', en: 'Daily report' }
const weekly = { vi: 'Báo cáo tuần', en: 'Weekly report' }

/** The officers' pages of the text of reports and of routine papers. */
export const pages: Page[] = [
  {
    path: '/bao-cao/$reportId/loi-van',
    permission: 'report.read',
    load: () => import('./ReportTextPage.tsx').then((file) => file.ReportTextPage),
  },
  {
    path: '/bao-cao-ngay',
    permission: 'report.read',
    nav: { section: 'reports', label: daily, order: 50 },
    load: () => import('./RoutinePage.tsx').then((file) => file.DailyPage),
  },
  {
    path: '/bao-cao-tuan',
    permission: 'report.read',
    nav: { section: 'reports', label: weekly, order: 60 },
    load: () => import('./RoutinePage.tsx').then((file) => file.WeeklyPage),
  },
]
