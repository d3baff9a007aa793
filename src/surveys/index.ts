/** Front door of the surveys: invitations, campaigns, results, figures. Nothing here has side effects. */
export {
  castBallot,
  createCampaign,
  enterTotals,
  openKiosk,
  openUrns,
  saveQuestionnaire,
  stepCampaign,
  typePaper,
  type SurveyContext,
} from './commands.ts'
export type { Channel, Questionnaire } from './contract.ts'
export { surveyFigures, type SurveyFigures } from './figures.ts'
export { followReturns } from './followers.ts'
export { invitationPath } from './invitations.ts'
export { surveyRoutes } from './routes.ts'
export { findCampaign as findSurveyCampaign, type SurveyTables, type SurveyTx } from './store.ts'
export { templateOf } from './templates.ts'
