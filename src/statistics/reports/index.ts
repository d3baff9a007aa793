/** Front door of the reports: their text, their papers, what they add to a package. */
export { reportPackageParts, reportTextRoutes } from './routes.ts'
export { keepRoutinePapers } from './routine.ts'
export type { ReportContext } from './context.ts'
export type { ReportTables } from './store.ts'
