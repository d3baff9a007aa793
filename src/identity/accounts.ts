import { accept, refuse, type Result } from '../platform/result.ts'
import { inTransaction } from '../platform/db.ts'
import { addMinutes, dayOf } from '../platform/day.ts'
import {
  createOfficer,
  createPost,
  createUnit,
  findAgencyByCode,
  createAgency,
  listUnits,
  standardUnits,
  type UnitKind,
} from '../staff/index.ts'
import { hashPassword, hashToken, makeToken } from './passwords.ts'
import { refusePassword, type PasswordRefusal } from './rules/policy.ts'
import { audit, changePassword, policyOf, tidyUserName, type IdentityContext } from './sign-in.ts'
import {
  disableUnusedSince,
  findAccount,
  findAccountByName,
  findAccountOfOfficer,
  insertAccount,
  listAccounts,
  replaceRecoveryCodes,
  setDisabled,
  setTotp,
  storePassword,
  type Account,
} from './account-store.ts'
import { forgetFailures } from './failure-store.ts'
import { findLink, insertLink, spendLink } from './link-store.ts'
import { endSessions, purge } from './session-store.ts'
import type { LinkPurpose } from './tables.ts'
import { purgeAttempts } from './provider-store.ts'
import { accountKeyOf } from './sign-in.ts'
import { postsOf } from '../staff/index.ts'
import { isAdministrator } from './rules/permissions.ts'

export type AccountRefusal = { code: 'user-name-taken' } | { code: 'user-name-form' } | { code: 'officer-has-account' }

const userNameForm = /^[a-z0-9][a-z0-9._-]{2,49}$/

/**
 * Makes an account. A password given here is taken as it is (the demo, the command line); without one the account
 * waits for a link to set it.
 */
export async function createAccount(
  context: IdentityContext,
  account: { officerId: number; userName: string; password?: string; demo?: boolean; by?: number | null },
): Promise<Result<number, AccountRefusal>> {
  const userName = tidyUserName(account.userName)
  if (!userNameForm.test(userName)) return refuse({ code: 'user-name-form' })
  if (await findAccountByName(context.db, userName)) return refuse({ code: 'user-name-taken' })
  if (await findAccountOfOfficer(context.db, account.officerId)) return refuse({ code: 'officer-has-account' })
  const now = context.clock()
  const passwordHash = account.password === undefined ? null : await hashPassword(account.password)
  const accountId = await inTransaction(context.db, async (tx) => {
    const made = await insertAccount(tx, {
      officerId: account.officerId,
      userName,
      passwordHash,
      demo: account.demo ?? false,
      now,
    })
    if (passwordHash !== null)
      await storePassword(tx, { accountId: made, passwordHash, now, keep: policyOf(context).passwordHistory })
    return made
  })
  await audit(context, { accountId, officerId: account.officerId }, 'account-made', 'system', {
    by: account.by ?? null,
  })
  return accept(accountId)
}

/** Replaces a password without asking for the old one: the demo shows fresh ones at each start. No rule is applied. */
export async function setPassword(context: IdentityContext, accountId: number, password: string): Promise<void> {
  await storePassword(context.db, {
    accountId,
    passwordHash: await hashPassword(password),
    now: context.clock(),
    keep: policyOf(context).passwordHistory,
  })
}

/** The page behind every one-time link; the secret stands behind `#`, so it reaches no log. */
export const setupPath = '/can-bo/thiet-lap'

async function makeLink(
  context: IdentityContext,
  { purpose, accountId, by }: { purpose: LinkPurpose; accountId: number | null; by: number | null },
): Promise<string> {
  const { token, tokenHash } = makeToken()
  const now = context.clock()
  await insertLink(context.db, {
    tokenHash,
    purpose,
    accountId,
    createdBy: by,
    now,
    expiresAt: addMinutes(now, policyOf(context).linkHours * 60),
  })
  return `${context.config.publicUrl}${setupPath}#${token}`
}

/** The link by which the first administrator comes in; making another one makes the earlier worthless. */
export const createFirstAdminLink = (context: IdentityContext): Promise<string> =>
  makeLink(context, { purpose: 'first-administrator', accountId: null, by: null })

/** A link to set the password of an account; its sessions end and a lost second factor may be dropped with it. */
export async function createPasswordLink(
  context: IdentityContext,
  accountId: number,
  { by, dropSecondFactor = false }: { by: number | null; dropSecondFactor?: boolean },
): Promise<string> {
  const account = await findAccount(context.db, accountId)
  if (!account) throw new Error(`no account ${accountId}`)
  const now = context.clock()
  await endSessions(context.db, accountId, now)
  if (dropSecondFactor) {
    await setTotp(context.db, accountId, { secret: null, confirmedAt: null, lastStep: 0 })
    await replaceRecoveryCodes(context.db, accountId, [])
    await audit(context, account, 'second-factor-removed', 'system', { by })
  }
  const link = await makeLink(context, { purpose: 'set-password', accountId, by })
  await audit(context, account, 'password-link-made', 'system', { by })
  return link
}

/** Disables an account at once, or lets it in again; failures from everywhere are forgotten then. */
export async function setAccountDisabled(
  context: IdentityContext,
  accountId: number,
  { disabled, by }: { disabled: boolean; by: number | null },
): Promise<boolean> {
  const account = await findAccount(context.db, accountId)
  if (!account) return false
  const now = context.clock()
  await setDisabled(context.db, accountId, disabled ? { at: now, why: 'administrator' } : null, now)
  if (disabled) await endSessions(context.db, accountId, now)
  else await forgetFailures(context.db, accountKeyOf(context, account.userName))
  await audit(context, account, disabled ? 'account-disabled' : 'account-enabled', 'system', { by })
  return true
}

export type LinkRefusal = { code: 'link-worthless' }

/** What a link is for, so that the page can ask the right things. */
export async function readLink(
  context: IdentityContext,
  token: string,
): Promise<
  Result<{ purpose: LinkPurpose; userName: string | null; name: string | null; passwordLength: number }, LinkRefusal>
> {
  const link = await findLink(context.db, hashToken(token), context.clock())
  if (!link) return refuse({ code: 'link-worthless' })
  const account = link.accountId === null ? undefined : await findAccount(context.db, link.accountId)
  const { withSecondFactor, alone } = policyOf(context).passwordLength
  return accept({
    purpose: link.purpose,
    userName: account?.userName ?? null,
    name: account?.officerName ?? null,
    passwordLength: account?.totpConfirmedAt ? withSecondFactor : alone,
  })
}

/** Sets the password by a link; the link is used up only when the password was taken. */
export async function setPasswordByLink(
  context: IdentityContext,
  { token, password, source }: { token: string; password: string; source: string },
): Promise<Result<{ userName: string }, LinkRefusal | PasswordRefusal>> {
  const tokenHash = hashToken(token)
  const link = await findLink(context.db, tokenHash, context.clock())
  const account = link?.accountId == null ? undefined : await findAccount(context.db, link.accountId)
  if (!account || link?.purpose !== 'set-password') return refuse({ code: 'link-worthless' })
  const posts = await postsOf(context.db, account.officerId, dayOf(context.clock()))
  const administrator = isAdministrator({ posts })
  const changed = await changePassword(context, account, {
    password,
    administrator,
    source,
    what: 'password-set-by-link',
    linkHash: tokenHash,
  })
  if (!changed.ok) return changed
  await forgetFailures(context.db, accountKeyOf(context, account.userName))
  return accept({ userName: account.userName })
}

export type FirstAdministrator = {
  token: string
  name: string
  userName: string
  password: string
  /** The authority that is set up: a commune of today by its statistical code, or another agency by its name. */
  place: { code: string } | { name: string }
  source: string
}

/** Makes the first administrator with the authority to administer; everything happens or nothing. */
export async function setUpFirstAdministrator(
  context: IdentityContext,
  { token, name, userName, password, place, source }: FirstAdministrator,
): Promise<Result<{ userName: string }, LinkRefusal | PasswordRefusal | AccountRefusal | { code: 'place-unknown' }>> {
  const now = context.clock()
  const today = dayOf(now)
  const tokenHash = hashToken(token)
  const link = await findLink(context.db, tokenHash, now)
  if (link?.purpose !== 'first-administrator') return refuse({ code: 'link-worthless' })
  const tidy = tidyUserName(userName)
  if (!userNameForm.test(tidy)) return refuse({ code: 'user-name-form' })
  if (await findAccountByName(context.db, tidy)) return refuse({ code: 'user-name-taken' })
  const refusal = refusePassword(password, { userName: tidy, secondFactor: false, policy: policyOf(context) })
  if (refusal) return refuse(refusal)
  const agency = 'code' in place ? await findAgencyByCode(context.db, 'gso', place.code, today) : undefined
  if ('code' in place && !agency) return refuse({ code: 'place-unknown' })
  const passwordHash = await hashPassword(password)
  const made = await context.db.transaction().execute(async (tx) => {
    if (!(await spendLink(tx, tokenHash, now))) return undefined
    const agencyId =
      agency?.agencyId ??
      (await createAgency(tx, { kind: 'other', fullName: 'name' in place ? place.name : '', validFrom: today }))
    const units = await listUnits(tx, agencyId, today)
    const unitIds = new Map<UnitKind, number>(units.map((unit) => [unit.kind, unit.unitId]))
    if (units.length === 0)
      for (const unit of standardUnits(agency?.kind ?? 'other'))
        unitIds.set(unit.kind, await createUnit(tx, { ...unit, agencyId, validFrom: today }))
    const unitId =
      unitIds.get('office') ??
      [...unitIds.values()][0] ??
      (await createUnit(tx, { agencyId, kind: 'office', name: 'Văn phòng', validFrom: today }))
    const officerId = await createOfficer(tx, { name })
    for (const role of ['system-admin', 'agency-admin'] as const)
      await createPost(tx, { officerId, agencyId, unitId, role, validFrom: today })
    const accountId = await insertAccount(tx, { officerId, userName: tidy, passwordHash, demo: false, now })
    await storePassword(tx, { accountId, passwordHash, now, keep: policyOf(context).passwordHistory })
    return { accountId, officerId }
  })
  if (!made) return refuse({ code: 'link-worthless' })
  await audit(context, made, 'account-made', source, { by: 'first-administrator' })
  return accept({ userName: tidy })
}

/** Run daily: accounts that nobody used are disabled, old sessions and failures forgotten. */
export async function tidyIdentity(context: IdentityContext): Promise<{ disabled: number }> {
  const now = context.clock()
  const { idleDays } = policyOf(context)
  const disabled = idleDays > 0 ? await disableUnusedSince(context.db, addMinutes(now, -idleDays * 24 * 60), now) : []
  for (const accountId of disabled) {
    const account = await findAccount(context.db, accountId)
    await endSessions(context.db, accountId, now)
    if (account) await audit(context, account, 'account-disabled', 'system', { why: 'idle' })
  }
  await purge(context.db, {
    sessionsBefore: addMinutes(now, -30 * 24 * 60),
    failuresBefore: addMinutes(now, -2 * 24 * 60),
  })
  await purgeAttempts(context.db, now)
  return { disabled: disabled.length }
}

// For the command line: `motcua user …`

export type UserLine = {
  userName: string
  name: string
  disabled: string | null
  secondFactor: boolean
  usedAt: string
}

export async function findUser(context: IdentityContext, userName: string): Promise<Account | undefined> {
  return findAccountByName(context.db, tidyUserName(userName))
}

export async function listUsers(
  context: IdentityContext,
  officers: readonly { officerId: number; name: string }[],
): Promise<UserLine[]> {
  const nameOf = new Map(officers.map(({ officerId, name }) => [officerId, name]))
  const accounts = await listAccounts(context.db, [...nameOf.keys()])
  return accounts
    .map((account) => ({
      userName: account.userName,
      name: nameOf.get(account.officerId) ?? '',
      disabled: account.disabledWhy,
      secondFactor: account.secondFactor,
      usedAt: account.usedAt,
    }))
    .toSorted((one, other) => one.userName.localeCompare(other.userName))
}
