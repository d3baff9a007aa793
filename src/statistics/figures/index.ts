/** Front door of the figures: facts read off the log, the definition of each figure, its number and its list. */
export { bringUpToDate, followFigures, rebuildFigures, type FigureContext } from './followers.ts'
export type { FigureTables } from './fact-store.ts'
