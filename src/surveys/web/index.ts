import type { Page } from '../../platform/web/index.ts'
import { en } from '../web-text.en.ts'
import { vi } from '../web-text.vi.ts'

/** Officers' pages of the surveys. */
export const pages: Page[] = [
  {
    path: '/khao-sat',
    permission: 'session',
    nav: { section: 'reports', label: { vi: vi.navigation, en: en.navigation }, order: 40 },
    load: () => import('./SurveysPage.tsx').then((file) => file.SurveysPage),
  },
  {
    path: '/khao-sat/moi',
    permission: 'survey.manage',
    load: () => import('./NewCampaignPage.tsx').then((file) => file.NewCampaignPage),
  },
  {
    path: '/khao-sat/$agencyId/$campaignId',
    permission: 'session',
    load: () => import('./CampaignPage.tsx').then((file) => file.CampaignPage),
  },
  {
    path: '/khao-sat/$agencyId/$campaignId/ket-qua',
    permission: 'survey.read',
    load: () => import('./ResultsPage.tsx').then((file) => file.ResultsPage),
  },
  {
    path: '/khao-sat/$agencyId/$campaignId/nhap-phieu',
    permission: 'survey.enter',
    load: () => import('./PaperPage.tsx').then((file) => file.PaperPage),
  },
  {
    path: '/phieu-hoi-khao-sat',
    permission: 'survey.manage',
    load: () => import('./QuestionnairesPage.tsx').then((file) => file.QuestionnairesPage),
  },
  {
    path: '/phieu-hoi-khao-sat/$agencyId/$questionnaireId',
    permission: 'survey.manage',
    load: () => import('./EditorPage.tsx').then((file) => file.EditorPage),
  },
]
