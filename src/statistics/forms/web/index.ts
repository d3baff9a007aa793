import type { Page } from '../../../platform/web/index.ts'

// The words stand here, since those of the pages come with the pages.
const title = { vi: 'Báo cáo định kỳ', en: 'Periodic reports' }
const periodsTitle = { vi: 'Kỳ báo cáo', en: 'Reporting periods' }
const formsTitle = { vi: 'Biểu mẫu thống kê', en: 'Statistical forms' }

/** The officers' pages of reports and their forms. */
export const pages: Page[] = [
  {
    path: '/bao-cao',
    permission: 'report.read',
    nav: { section: 'reports', label: title, order: 5 },
    load: () => import('./ReportsPage.tsx').then((file) => file.ReportsPage),
  },
  {
    path: '/bao-cao/$reportId',
    permission: 'report.read',
    load: () => import('./ReportPage.tsx').then((file) => file.ReportPage),
  },
  {
    path: '/don-vi-bao-cao',
    permission: 'report.read',
    load: () => import('./ConsolidationPage.tsx').then((file) => file.ConsolidationPage),
  },
  {
    path: '/ky-bao-cao',
    permission: 'report-form.manage',
    nav: { section: 'reports', label: periodsTitle, order: 60 },
    load: () => import('./PeriodsPage.tsx').then((file) => file.PeriodsPage),
  },
  {
    path: '/bieu-mau',
    permission: 'report-form.manage',
    nav: { section: 'reports', label: formsTitle, order: 61 },
    load: () => import('./FormsPage.tsx').then((file) => file.FormsPage),
  },
  {
    path: '/bieu-mau/$form',
    permission: 'report-form.manage',
    load: () => import('./FormEditorPage.tsx').then((file) => file.FormEditorPage),
  },
]
