import type { Page, Panel } from '../../platform/web/index.ts'
import { en } from '../text.en.ts'
import { vi } from '../text.vi.ts'

/** The officers' pages of petitions. */
export const pages: Page[] = [
  {
    path: '/phan-anh',
    permission: 'feedback.read',
    nav: { section: 'dossiers', label: { vi: vi.queue.title, en: en.queue.title }, order: 30 },
    load: () => import('./QueuePage.tsx').then((file) => file.QueuePage),
  },
  {
    path: '/phan-anh/ghi-nhan',
    permission: 'feedback.register',
    nav: { section: 'intake', label: { vi: vi.register.title, en: en.register.title }, order: 60 },
    load: () => import('./RegisterPage.tsx').then((file) => file.RegisterPage),
  },
  {
    path: '/phan-anh/so',
    permission: 'feedback.read',
    nav: { section: 'register', label: { vi: vi.book.title, en: en.book.title }, order: 60 },
    load: () => import('./BookPage.tsx').then((file) => file.BookPage),
  },
  {
    path: '/phan-anh/cai-dat',
    permission: 'feedback.manage',
    nav: {
      section: 'admin',
      group: 'citizens',
      label: { vi: vi.settings.navigation, en: en.settings.navigation },
      order: 60,
    },
    load: () => import('./SettingsPage.tsx').then((file) => file.SettingsPage),
  },
  {
    path: '/phan-anh/$petitionId',
    permission: 'feedback.read',
    load: () => import('./PetitionPage.tsx').then((file) => file.PetitionPage),
  },
]

/** On the page of a dossier: what people said about it. */
export const panels: Panel[] = [
  {
    slot: 'dossier-present',
    order: 60,
    load: () => import('./DossierPetitions.tsx').then((file) => file.DossierPetitions),
  },
]
