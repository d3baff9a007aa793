export {
  createAccount,
  createFirstAdminLink,
  createPasswordLink,
  findUser,
  listUsers,
  setAccountDisabled,
  setPassword,
  tidyIdentity,
} from './accounts.ts'
export { identityHooks } from './hooks.ts'
export { hashPassword, hashToken, makeToken, verifyPassword } from './passwords.ts'
export {
  actions,
  agenciesFor,
  isAction,
  isAdministrator,
  may,
  mayEverywhere,
  mayGrant,
  mayInPost,
  maySomewhere,
  permissions,
  unitsFor,
  type Action,
  type Actor,
  type Place,
  type Post,
  type Role,
  type Where,
} from './rules/permissions.ts'
export { defaultPolicy, type Policy } from './rules/policy.ts'
export type { IdentityContext } from './sign-in.ts'
export {
  findAccountOfOfficer,
  hasSystemAdministrator,
  recordAudit,
  type AuditEntry,
  type AuditWord,
  type IdentityTables,
} from './store.ts'
