/** Front door of the citizens' accounts. Nothing here has side effects. */
export type { Authority, AuthorityKind, Citizen } from './contract.ts'
export { citizenHooks } from './hooks.ts'
export { accountPaths } from './paths.ts'
export { reaches, type AssuranceLevel, type WantedLevel } from './rules/levels.ts'
export { wayBack } from './rules/way-back.ts'
export type { AccountContext } from './sessions.ts'
export type { AccountTables } from './store.ts'
