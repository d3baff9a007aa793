import type { Page } from '../../platform/web/index.ts'
import { en } from '../text.en.ts'
import { vi } from '../text.vi.ts'

/** Signing in, setting up, the own account, the log of access. */
export const pages: Page[] = [
  { path: '/dang-nhap', permission: 'public', load: () => import('./SignInPage.tsx').then((file) => file.SignInPage) },
  { path: '/thiet-lap', permission: 'public', load: () => import('./SetupPage.tsx').then((file) => file.SetupPage) },
  {
    path: '/tai-khoan',
    permission: 'session',
    load: () => import('./AccountPage.tsx').then((file) => file.AccountPage),
  },
  {
    path: '/nhat-ky-truy-cap',
    permission: 'log.verify',
    nav: { section: 'admin', group: 'system', label: { vi: vi.audit.nav, en: en.audit.nav }, order: 90 },
    homeOf: ['auditor'],
    load: () => import('./AuditPage.tsx').then((file) => file.AuditPage),
  },
  {
    path: '/nha-cung-cap-danh-tinh',
    permission: 'system.manage',
    nav: { section: 'admin', group: 'links', label: { vi: vi.providers.nav, en: en.providers.nav }, order: 80 },
    load: () => import('./ProvidersPage.tsx').then((file) => file.ProvidersPage),
  },
]
