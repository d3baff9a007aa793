import type { Page } from '../../platform/web/index.ts'

/** What each role does and how, for whoever presses "Trợ giúp". */
export const pages: Page[] = [
  {
    path: '/tro-giup',
    permission: 'session',
    load: () => import('./HelpPage.tsx').then((file) => file.HelpPage),
  },
]
