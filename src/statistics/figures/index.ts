/** Front door of the figures: facts read off the log, the definition of each figure, its number and its list. */
export { listDifferencesOf, type Difference } from './ask-differences.ts'
export { askLoad, askSteps, type LoadCell, type StepTime, type StepTimes } from './ask-steps.ts'
export { askFigures, askRates, listFigure, type RateValue } from './ask.ts'
export { figureRoutes } from './routes.ts'
export { bringUpToDate, followFigures, rebuildFigures, type FigureContext } from './followers.ts'
export type { FigureTables } from './fact-store.ts'
export type { LineKey } from './rules/question.ts'
