import type { Page, Panel } from '../../../platform/web/index.ts'

// The words stand here, since those of the pages come with the pages.
const title = { vi: 'Biểu mẫu điện tử', en: 'Electronic forms' }

/** The officers' pages of electronic forms. */
export const pages: Page[] = [
  {
    path: '/bieu-mau-dien-tu',
    permission: 'procedure.read',
    nav: { section: 'catalogue', label: title, order: 20 },
    load: () => import('./FormsPage.tsx').then((file) => file.FormsPage),
  },
  {
    path: '/bieu-mau-dien-tu/$key',
    permission: 'procedure.read',
    load: () => import('./FormPage.tsx').then((file) => file.FormPage),
  },
  {
    path: '/bieu-mau-dien-tu/$key/sua',
    permission: 'procedure.manage',
    load: () => import('./FormEditorPage.tsx').then((file) => file.FormEditorPage),
  },
  {
    path: '/bieu-mau-dien-tu-moi',
    permission: 'procedure.manage',
    load: () => import('./FormEditorPage.tsx').then((file) => file.NewFormPage),
  },
]

/** What it adds to the page of a dossier. */
export const panels: Panel[] = [
  {
    slot: 'dossier-present',
    order: 30,
    load: () => import('./DeclarationPanel.tsx').then((file) => file.DeclarationPanel),
  },
]
