/** Front door of the public pages. Nothing here has side effects. */
export { paths } from './paths.ts'
