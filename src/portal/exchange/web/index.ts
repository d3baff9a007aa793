import type { Page, Panel } from '../../../platform/web/index.ts'

/** The officers' pages of the exchange with other systems. */
export const pages: Page[] = [
  {
    path: '/trao-doi',
    permission: 'portal.manage',
    nav: {
      section: 'admin',
      group: 'links',
      label: { vi: 'Trao đổi với Cổng quốc gia', en: 'National portal' },
      order: 62,
    },
    load: () => import('./NationalPage.tsx').then((file) => file.NationalPage),
  },
  {
    path: '/buu-chinh',
    permission: 'portal.manage',
    nav: {
      section: 'admin',
      group: 'links',
      label: { vi: 'Gửi kết quả qua bưu chính', en: 'Results by post' },
      order: 64,
    },
    load: () => import('./PostPage.tsx').then((file) => file.PostPage),
  },
]

/** What it adds to the page of a dossier. */
export const panels: Panel[] = [
  { slot: 'dossier-present', order: 40, load: () => import('./PostPanel.tsx').then((file) => file.PostPanel) },
  { slot: 'dossier-present', order: 50, load: () => import('./NationalPanel.tsx').then((file) => file.NationalPanel) },
]
