import type { Page } from '../../platform/web/index.ts'
import { en } from '../text.en.ts'
import { vi } from '../text.vi.ts'

/** The pages of the internal processes. */
export const pages: Page[] = [
  {
    path: '/quy-trinh',
    permission: 'process.read',
    nav: { section: 'catalogue', label: { vi: vi.web.navigation, en: en.web.navigation }, order: 20 },
    load: () => import('./ProcessesPage.tsx').then((file) => file.ProcessesPage),
  },
  {
    path: '/quy-trinh/$code',
    permission: 'process.read',
    load: () => import('./ProcessPage.tsx').then((file) => file.ProcessPage),
  },
]
