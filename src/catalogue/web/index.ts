import type { Page } from '../../platform/web/index.ts'
import { en } from '../text.en.ts'
import { vi } from '../text.vi.ts'

export { linkageOn } from '../rules/validity.ts'

/** The pages of the catalogue. */
export const pages: Page[] = [
  {
    path: '/thu-tuc',
    permission: 'procedure.read',
    nav: { section: 'catalogue', label: { vi: vi.web.navigation, en: en.web.navigation }, order: 10 },
    load: () => import('./ProceduresPage.tsx').then((file) => file.ProceduresPage),
  },
  {
    path: '/thu-tuc/$code',
    permission: 'procedure.read',
    load: () => import('./ProcedurePage.tsx').then((file) => file.ProcedurePage),
  },
  {
    path: '/thu-tuc/$code/phien-ban-moi',
    permission: 'procedure.manage',
    load: () => import('./EditProcedurePage.tsx').then((file) => file.EditProcedurePage),
  },
  {
    path: '/thu-tuc-moi',
    permission: 'procedure.manage',
    load: () => import('./EditProcedurePage.tsx').then((file) => file.AddProcedurePage),
  },
  {
    path: '/nhap-thu-tuc',
    permission: 'procedure.manage',
    load: () => import('./ImportPage.tsx').then((file) => file.ImportPage),
  },
]
