/** Front door of petitions (phản ánh, kiến nghị): taking in, handling, publishing, counting. Nothing here has side effects. */
export {
  execute as executePetition,
  receive as receivePetition,
  type FeedbackContext,
  type Intake as PetitionIntake,
  type Order as PetitionOrder,
} from './commands.ts'
export type { Settings as PetitionSettings } from './contract.ts'
export { publishAsProposed as publishPetition } from './publish.ts'
export { petitionPaths } from './paths.ts'
export { publicFeedbackRoutes } from './public-routes.ts'
export { feedbackRoutes } from './routes.ts'
export { addSetting as addPetitionSetting, type FeedbackTables } from './store.ts'
export { countPetitions, listCounted as listCountedPetitions } from './figure-store.ts'
export type { CountedPetition, PetitionFigureId, PetitionFigureKind, PetitionQuestion } from './contract.ts'
export { remindOfPetitions } from './remind.ts'
export { tidyPetitions } from './tidy.ts'
