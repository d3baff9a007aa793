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
export { identityHooks, officerOf } from './hooks.ts'
export { beginWithProvider, finishWithProvider, offeredProviders, type ProviderRefusal } from './providers.ts'
export { insertProvider } from './provider-store.ts'
export { sandboxCitizen } from './sandbox-people.ts'
export { addSandboxProvider } from './sandbox-provider.ts'
export { readPerson, usualSettings, type ProviderPerson } from './rules/provider.ts'
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
export { defaultPolicy, refusePassword, type PasswordRefusal, type Policy } from './rules/policy.ts'
export type { IdentityContext } from './sign-in.ts'
export { findAccountOfOfficer } from './account-store.ts'
export { recordAudit, type AuditEntry, type AuditWord } from './audit-store.ts'
export { hasSystemAdministrator } from './link-store.ts'
export type { IdentityTables } from './tables.ts'
