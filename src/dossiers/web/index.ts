import type { Page } from '../../platform/web/index.ts'
import { en } from '../text.en.ts'
import { vi } from '../text.vi.ts'

/** The officers' pages of the dossiers. */
export const pages: Page[] = [
  {
    path: '/dau-ngay',
    permission: 'morning.read',
    nav: { section: 'dossiers', label: { vi: vi.morning.title, en: en.morning.title }, order: 5 },
    homeOf: ['leader', 'supervisor'],
    load: () => import('./MorningPage.tsx').then((file) => file.MorningPage),
  },
  {
    path: '/tra-cuu',
    permission: 'dossier.read',
    nav: { section: 'lookup', label: { vi: vi.search.title, en: en.search.title }, order: 10 },
    load: () => import('./SearchPage.tsx').then((file) => file.SearchPage),
  },
  {
    path: '/so',
    permission: 'register.read',
    nav: { section: 'register', label: { vi: vi.register.title, en: en.register.title }, order: 10 },
    load: () => import('./RegisterPage.tsx').then((file) => file.RegisterPage),
  },
  {
    path: '/so-qua-han',
    permission: 'register.read',
    nav: { section: 'register', label: { vi: vi.register.lateTitle, en: en.register.lateTitle }, order: 20 },
    load: () => import('./RegisterPage.tsx').then((file) => file.LateRegisterPage),
  },
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
    homeOf: ['specialist', 'clerk'],
    load: () => import('./QueuePage.tsx').then((file) => file.QueuePage),
  },
  {
    path: '/tinh-lai-han',
    permission: 'calendar.manage',
    nav: { section: 'admin', group: 'system', label: { vi: vi.recompute.title, en: en.recompute.title }, order: 45 },
    load: () => import('./RecomputePage.tsx').then((file) => file.RecomputePage),
  },
  {
    path: '/ban-giao-viec',
    permission: 'work.reassign',
    nav: { section: 'admin', group: 'authority', label: { vi: vi.handOver.title, en: en.handOver.title }, order: 46 },
    load: () => import('./HandOverPage.tsx').then((file) => file.HandOverPage),
  },
  {
    path: '/xoa-du-lieu',
    permission: 'personal-data.erase',
    nav: { section: 'admin', group: 'data', label: { vi: vi.erasure.title, en: en.erasure.title }, order: 80 },
    load: () => import('./ErasurePage.tsx').then((file) => file.ErasurePage),
  },
  {
    path: '/ho-so/$dossierId',
    permission: 'dossier.read',
    load: () => import('./DossierPage.tsx').then((file) => file.DossierPage),
  },
]
