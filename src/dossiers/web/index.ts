import type { Page } from '../../platform/web/index.ts'
import { en } from '../text.en.ts'
import { vi } from '../text.vi.ts'

/** The officers' pages of the dossiers. */
export const pages: Page[] = [
  {
    path: '/tiep-nhan',
    permission: 'dossier.receive',
    nav: { section: 'intake', label: { vi: vi.intake.title, en: en.intake.title }, order: 10 },
    load: () => import('./IntakePage.tsx').then((file) => file.IntakePage),
  },
  {
    path: '/ho-so',
    permission: 'dossier.read',
    nav: { section: 'dossiers', label: { vi: vi.queue.title, en: en.queue.title }, order: 10 },
    load: () => import('./QueuePage.tsx').then((file) => file.QueuePage),
  },
  {
    path: '/ho-so/$dossierId',
    permission: 'dossier.read',
    load: () => import('./DossierPage.tsx').then((file) => file.DossierPage),
  },
]
