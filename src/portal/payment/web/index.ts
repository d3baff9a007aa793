import type { Page, Panel } from '../../../platform/web/index.ts'
import { en } from '../text.en.ts'
import { vi } from '../text.vi.ts'

const label = (read: (text: typeof vi) => string) => ({ vi: read(vi), en: read(en) })

/** Pages of the fees: the books of a day, what waits, refunds, the budget, the receiving account. */
export const pages: Page[] = [
  {
    path: '/doi-soat',
    permission: 'payment.read',
    nav: { section: 'register', label: label((text) => text.reconcile.nav), order: 60 },
    load: () => import('./ReconcilePage.tsx').then((file) => file.ReconcilePage),
  },
  {
    path: '/giao-dich-cho-khop',
    permission: 'payment.read',
    nav: { section: 'register', label: label((text) => text.reconcile.suspenseNav), order: 61 },
    load: () => import('./SuspensePage.tsx').then((file) => file.SuspensePage),
  },
  {
    path: '/hoan-phi',
    permission: 'payment.read',
    nav: { section: 'register', label: label((text) => text.reconcile.refundsNav), order: 62 },
    load: () => import('./RefundsPage.tsx').then((file) => file.RefundsPage),
  },
  {
    path: '/nop-ngan-sach',
    permission: 'payment.read',
    nav: { section: 'register', label: label((text) => text.reconcile.handOverNav), order: 63 },
    load: () => import('./HandOverPage.tsx').then((file) => file.HandOverPage),
  },
  {
    path: '/thu-phi',
    permission: 'payment.manage',
    nav: { section: 'admin', group: 'citizens', label: label((text) => text.settings.nav), order: 70 },
    load: () => import('./SettingsPage.tsx').then((file) => file.SettingsPage),
  },
]

export const panels: Panel[] = [
  { slot: 'dossier-present', order: 20, load: () => import('./PaymentPanel.tsx').then((file) => file.PaymentPanel) },
]
