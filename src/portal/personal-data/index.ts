/** Front door of personal data: what is kept, who looked, requests with their legal times. Nothing here has side effects. */
export { accessHooks, noteView } from './access-log.ts'
export { personalDataOfficerRoutes } from './officer-routes.ts'
export { personalDataRoutes } from './public-routes.ts'
export { actOnRequest, receiveRequest, type PersonalDataContext } from './requests.ts'
export type { PersonalDataTables } from './store.ts'
export { keepNoLonger } from './tidy.ts'
