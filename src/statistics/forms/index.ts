/** Front door of the forms: statutory forms as data, periods, reports with their values, checks, packages. */
export type { FormContext } from './context.ts'
export { loadFilledForms } from './filling.ts'
export type { PackagePart } from './package.ts'
export { seedForms } from './shipped-forms.ts'
export type { FormTables } from './store.ts'
export { reportFormRoutes, type FormOptions } from './routes.ts'
export { runVerify } from './verify-command.ts'
