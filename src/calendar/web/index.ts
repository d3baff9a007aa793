import type { Page } from '../../platform/web/index.ts'
import { en } from '../text.en.ts'
import { vi } from '../text.vi.ts'

export { DueExplanation } from './DueExplanation.tsx'

/** The pages of the working calendar. */
export const pages: Page[] = [
  {
    path: '/lich-lam-viec',
    permission: 'calendar.read',
    nav: { section: 'admin', group: 'authority', label: { vi: vi.web.navigation, en: en.web.navigation }, order: 40 },
    load: () => import('./CalendarPage.tsx').then((file) => file.CalendarPage),
  },
]
