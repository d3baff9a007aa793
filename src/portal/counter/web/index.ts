import type { Page } from '../../../platform/web/index.ts'
import { en } from '../text.en.ts'
import { vi } from '../text.vi.ts'

/** The desk that calls, the appointments of a day, waiting times, and how a room works. */
export const pages: Page[] = [
  {
    path: '/quay',
    permission: 'counter.call',
    nav: { section: 'intake', label: { vi: vi.page.nav, en: en.page.nav }, order: 20 },
    load: () => import('./DeskPage.tsx').then((file) => file.DeskPage),
  },
  {
    path: '/lich-hen',
    permission: 'counter.call',
    nav: { section: 'intake', label: { vi: vi.appointments.nav, en: en.appointments.nav }, order: 21 },
    load: () => import('./AppointmentsPage.tsx').then((file) => file.AppointmentsPage),
  },
  {
    path: '/thoi-gian-cho',
    permission: 'counter.call',
    nav: { section: 'intake', label: { vi: vi.times.nav, en: en.times.nav }, order: 22 },
    load: () => import('./WaitingTimesPage.tsx').then((file) => file.WaitingTimesPage),
  },
  {
    path: '/phong-cho',
    permission: 'counter.manage',
    nav: { section: 'admin', group: 'citizens', label: { vi: vi.room.nav, en: en.room.nav }, order: 65 },
    load: () => import('./RoomPage.tsx').then((file) => file.RoomPage),
  },
]
