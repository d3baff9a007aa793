import type { Page } from '../../../platform/web/index.ts'
import { en } from '../text.en.ts'
import { vi } from '../text.vi.ts'

/** How surely a person must be known to file online. */
export const pages: Page[] = [
  {
    path: '/muc-do-danh-tinh',
    permission: 'portal.manage',
    nav: { section: 'admin', group: 'citizens', label: { vi: vi.levelRules.nav, en: en.levelRules.nav }, order: 62 },
    load: () => import('./LevelRulesPage.tsx').then((file) => file.LevelRulesPage),
  },
]
