/** Front door of the forms: statutory forms as data, periods, reports with their values, checks, packages. */
export type { FormContext } from './context.ts'
export { loadFilledForms } from './filling.ts'
export { verifyFile, type PackagePart, type VerifiedFile } from './package.ts'
export { seedForms } from './shipped-forms.ts'
export type { FormTables } from './store.ts'
export { reportFormRoutes, type FormOptions } from './routes.ts'
