/** Front door of the figures: facts read off the log, the definition of each figure, its number and its list. */
export {
  askFigures,
  askLoad,
  askSteps,
  askRates,
  listDifferencesOf,
  listFigure,
  type Difference,
  type LoadCell,
  type RateValue,
  type StepTime,
  type StepTimes,
} from './ask.ts'
export { figureRoutes } from './routes.ts'
export { bringUpToDate, followFigures, rebuildFigures, type FigureContext } from './followers.ts'
export type { FigureTables } from './fact-store.ts'
export type { LineKey } from './rules/question.ts'
