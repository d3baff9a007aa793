/** Front door of reports held against records. */
export { compare, findReport } from './ask.ts'
export type { Comparison, Line } from './contract.ts'
export { againstRoutes } from './routes.ts'
