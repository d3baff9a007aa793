import type { Page } from '../../platform/web/index.ts'
import { en } from '../text.en.ts'
import { vi } from '../text.vi.ts'

/** Agencies, officers, delegations. */
export const pages: Page[] = [
  {
    path: '/co-quan',
    permission: 'agency.read',
    nav: { section: 'admin', group: 'authority', label: { vi: vi.agencies.nav, en: en.agencies.nav }, order: 10 },
    homeOf: ['system-admin'],
    load: () => import('./AgenciesPage.tsx').then((file) => file.AgenciesPage),
  },
  {
    path: '/co-quan/$agencyId',
    permission: 'agency.read',
    load: () => import('./AgencyPage.tsx').then((file) => file.AgencyPage),
  },
  {
    path: '/nhan-su',
    permission: 'officer.read',
    nav: { section: 'admin', group: 'authority', label: { vi: vi.officers.nav, en: en.officers.nav }, order: 20 },
    homeOf: ['agency-admin'],
    load: () => import('./OfficersPage.tsx').then((file) => file.OfficersPage),
  },
  {
    path: '/nhan-su/$officerId',
    permission: 'officer.read',
    load: () => import('./OfficerPage.tsx').then((file) => file.OfficerPage),
  },
  {
    path: '/uy-quyen',
    permission: 'officer.read',
    nav: { section: 'admin', group: 'authority', label: { vi: vi.delegations.nav, en: en.delegations.nav }, order: 30 },
    load: () => import('./DelegationsPage.tsx').then((file) => file.DelegationsPage),
  },
]
