import { accept, refuse, type Result } from '../platform/result.ts'
import { addMinutes, dayOf, type Instant } from '../platform/day.ts'
import { newId } from '../platform/id.ts'
import type { Context } from '../platform/context.ts'
import { postsOf, type StaffTables } from '../staff/index.ts'
import { rememberSession } from './session-memory.ts'
import { hashPassword, hashToken, makeToken, verifyPassword } from './passwords.ts'
import { isAdministrator, type Actor } from './rules/permissions.ts'
import {
  defaultPolicy,
  demandOf,
  isIdle,
  isLocked,
  lockedUntil,
  refusePassword,
  type Demand,
  type PasswordRefusal,
  type Policy,
} from './rules/policy.ts'
import { tidyRecoveryCode, totpStep } from './second-factor.ts'
import {
  findAccountByName,
  listPasswordHashes,
  noteUse,
  setDisabled,
  spendRecoveryCode,
  spendTotpStep,
  storePassword,
  type Account,
} from './account-store.ts'
import { recordAudit, type AuditWord } from './audit-store.ts'
import { countFailures, forgetFailures, recordFailure, removeFailure } from './failure-store.ts'
import { spendLink } from './link-store.ts'
import {
  completeSession,
  endSession,
  endSessions,
  findSession,
  insertSession,
  touchSession,
  unlockSession,
  type Session,
} from './session-store.ts'
import type { IdentityTables } from './tables.ts'

export type IdentityContext = Context<IdentityTables & StaffTables> & { policy?: Policy }

/** From where an attempt comes: a device that its owner used before, or else an address. */
export type Source = { source: string; device: string }

export type WaitRefusal = { code: 'wait'; until: Instant }
export type SignInRefusal =
  | { code: 'wrong-credentials' }
  | { code: 'account-disabled'; why: 'idle' | 'administrator' }
  | WaitRefusal

/** How many hours wrong answers in a row are remembered, and how many minutes those of an address. */
const FAILURE_HOURS = 24
const SOURCE_MINUTES = 15
/** Time to type the second factor. */
const SECOND_FACTOR_MINUTES = 10
/** A session's last use is written down this often at most. */
const TOUCH_MS = 30_000

export const policyOf = (context: IdentityContext): Policy => context.policy ?? defaultPolicy

/** The name as people type it: capitals and spaces around it do not matter. */
export const tidyUserName = (typed: string): string => typed.trim().toLowerCase()

export const accountKeyOf = (context: IdentityContext, userName: string): Buffer =>
  context.keys.blindIndex('sign-in', tidyUserName(userName))

/** Checks name and password. With a second factor the session waits for it. */
export async function signIn(
  context: IdentityContext,
  { userName, password, ...from }: { userName: string; password: string } & Source,
): Promise<Result<{ token: string; next: 'done' | 'second-factor' }, SignInRefusal>> {
  const { db } = context
  const now = context.clock()
  const policy = policyOf(context)
  const accountKey = accountKeyOf(context, userName)
  const attempt = await beginAttempt(context, accountKey, from.source)
  if (!attempt.ok) return attempt
  const account = await findAccountByName(db, tidyUserName(userName))
  if (!(await verifyPassword(password, account?.passwordHash)) || !account) {
    await noteFailure(context, account, attempt.value, from.source)
    const until = lockedUntil(attempt.value.failures, now, policy)
    return refuse(until ? { code: 'wait', until } : { code: 'wrong-credentials' })
  }
  await removeFailure(db, accountKey, from.source, attempt.value.failureId)
  if (account.disabledWhy) return refuse({ code: 'account-disabled', why: account.disabledWhy })
  if (!account.demo && isIdle(account.usedAt, now, policy)) {
    await setDisabled(db, account.accountId, { at: now, why: 'idle' }, now)
    await audit(context, account, 'account-disabled', from.source, { why: 'idle' })
    return refuse({ code: 'account-disabled', why: 'idle' })
  }
  const { token, tokenHash } = makeToken()
  const awaited = account.totpConfirmedAt !== null
  await insertSession(db, {
    sessionId: newId(Date.parse(now)),
    tokenHash,
    accountId: account.accountId,
    secondFactor: awaited ? 'awaited' : 'none',
    ...from,
    now,
    expiresAt: addMinutes(now, awaited ? SECOND_FACTOR_MINUTES : policy.sessionHours * 60),
  })
  if (awaited) return accept({ token, next: 'second-factor' })
  await arrive(context, account, accountKey, from.source)
  return accept({ token, next: 'done' })
}

/** The code of the device, or a recovery code. The session goes on under a new token. */
export async function giveSecondFactor(
  context: IdentityContext,
  session: Session,
  { code, source }: { code: string; source: string },
): Promise<Result<{ token: string }, { code: 'wrong-code' } | WaitRefusal>> {
  const { db } = context
  const now = context.clock()
  const policy = policyOf(context)
  const accountKey = accountKeyOf(context, session.userName)
  const attempt = await beginAttempt(context, accountKey, source)
  if (!attempt.ok) return attempt
  const right = await isRightCode(context, session, code)
  if (!right) {
    await noteFailure(context, session, attempt.value, source)
    const until = lockedUntil(attempt.value.failures, now, policy)
    if (!until) return refuse({ code: 'wrong-code' })
    await endSession(db, { accountId: session.accountId, sessionId: session.sessionId, now })
    return refuse({ code: 'wait', until })
  }
  const { token, tokenHash } = makeToken()
  await completeSession(db, session.sessionId, { tokenHash, now, expiresAt: addMinutes(now, policy.sessionHours * 60) })
  if (right === 'recovery-code') await audit(context, session, 'recovery-code-used', source)
  await arrive(context, session, accountKey, source)
  return accept({ token })
}

async function isRightCode(
  context: IdentityContext,
  account: Account,
  typed: string,
): Promise<'device' | 'recovery-code' | undefined> {
  if (!account.totpSecret) return undefined
  const code = typed.replaceAll(/\s/g, '')
  const step = totpStep(context.keys.decrypt(account.totpSecret), code, context.clock())
  if (step !== undefined) return (await spendTotpStep(context.db, account.accountId, step)) ? 'device' : undefined
  const codeHash = hashToken(`${account.accountId}:${tidyRecoveryCode(typed)}`)
  return (await spendRecoveryCode(context.db, { accountId: account.accountId, codeHash, now: context.clock() }))
    ? 'recovery-code'
    : undefined
}

/** Asks for the password again: to unlock the screen, and before what must not happen behind somebody's back. */
export async function checkPassword(
  context: IdentityContext,
  account: Account,
  { password, source }: { password: string; source: string },
): Promise<Result<undefined, { code: 'wrong-password' } | WaitRefusal>> {
  const accountKey = accountKeyOf(context, account.userName)
  const attempt = await beginAttempt(context, accountKey, source)
  if (!attempt.ok) return attempt
  if (await verifyPassword(password, account.passwordHash)) {
    await forgetFailures(context.db, accountKey, source)
    return accept(undefined)
  }
  await noteFailure(context, account, attempt.value, source)
  const until = lockedUntil(attempt.value.failures, context.clock(), policyOf(context))
  return refuse(until ? { code: 'wait', until } : { code: 'wrong-password' })
}

/** Opens a locked session again; nothing of it was lost. */
export async function unlock(
  context: IdentityContext,
  session: Session,
  answer: { password: string; source: string },
): Promise<Result<undefined, { code: 'wrong-password' } | WaitRefusal>> {
  const checked = await checkPassword(context, session, answer)
  if (!checked.ok) return checked
  await unlockSession(context.db, session.sessionId, context.clock())
  await audit(context, session, 'session-unlocked', answer.source)
  return checked
}

/**
 * Sets a password that the rules allow; every other session of the account ends. With a link both happen or neither:
 * of two who use the same link at once one is refused, and that one's password is not set.
 */
export async function changePassword(
  context: IdentityContext,
  account: Account,
  {
    password,
    administrator,
    sessionId,
    source,
    what,
    linkHash,
  }: {
    password: string
    administrator: boolean
    sessionId?: string
    source: string
    what: AuditWord
    linkHash?: Buffer
  },
): Promise<Result<undefined, PasswordRefusal | { code: 'link-worthless' }>> {
  const { db } = context
  const policy = policyOf(context)
  const rule = { userName: account.userName, secondFactor: account.totpConfirmedAt !== null, policy }
  const refusal = refusePassword(password, rule)
  if (refusal) return refuse(refusal)
  const earlier = administrator ? await listPasswordHashes(db, account.accountId) : []
  for (const passwordHash of new Set([...earlier, account.passwordHash]))
    if (await verifyPassword(password, passwordHash)) return refuse({ code: 'password-used-before' })
  const passwordHash = await hashPassword(password)
  const now = context.clock()
  const stored = await db.transaction().execute(async (tx) => {
    if (linkHash && !(await spendLink(tx, linkHash, now))) return false
    await storePassword(tx, { accountId: account.accountId, passwordHash, now, keep: policy.passwordHistory })
    await endSessions(tx, account.accountId, now, sessionId)
    return true
  })
  if (!stored) return refuse({ code: 'link-worthless' })
  await audit(context, account, what, source)
  return accept(undefined)
}

export type SessionState = 'open' | 'locked' | 'second-factor' | 'demand'

export type ResolvedSession = {
  session: Session
  actor: Actor
  administrator: boolean
  state: SessionState
  demand: Demand | null
}

/**
 * Who a session belongs to, with today's posts; undefined when there is none. `remembered`: as it was up to five seconds
 * ago, for work; whatever concerns the session itself asks the database.
 */
export async function resolveSession(
  context: IdentityContext,
  token: string,
  { remembered }: { remembered: boolean },
): Promise<ResolvedSession | undefined> {
  const now = context.clock()
  const policy = policyOf(context)
  const tokenHash = hashToken(token)
  const ask = async () => {
    const session = await findSession(context.db, tokenHash, now)
    return session && { session, posts: await postsOf(context.db, session.officerId, dayOf(now)) }
  }
  const known = remembered
    ? await rememberSession(context.db, { key: tokenHash.toString('base64'), now, ask })
    : await ask()
  if (!known) return undefined
  const { session, posts } = known
  const actor = { officerId: session.officerId, accountId: session.accountId, name: session.officerName, posts }
  const administrator = isAdministrator(actor)
  const demand = demandOf(
    {
      administrator,
      demo: session.demo,
      mustChangePassword: session.mustChangePassword,
      passwordSetAt: session.passwordSetAt ?? now,
      // The code of the own device, or a provider's second factor that counts as such.
      secondFactor: session.totpConfirmedAt !== null || session.secondFactor === 'given',
    },
    now,
    policy,
  )
  const state = stateOf({
    awaited: session.secondFactor === 'awaited',
    locked: isLocked({ ...session, administrator }, now, policy),
    demand,
  })
  if (state === 'open' && Date.parse(now) - Date.parse(session.seenAt) > TOUCH_MS)
    await touchSession(context.db, session, now)
  return { session, actor, administrator, state, demand }
}

function stateOf({
  awaited,
  locked,
  demand,
}: {
  awaited: boolean
  locked: boolean
  demand: Demand | null
}): SessionState {
  if (awaited) return 'second-factor'
  if (locked) return 'locked'
  return demand ? 'demand' : 'open'
}

export async function audit(
  context: IdentityContext,
  account: Pick<Account, 'accountId' | 'officerId'> | undefined,
  what: AuditWord,
  source: string,
  details: Readonly<Record<string, unknown>> = {},
): Promise<void> {
  const now = context.clock()
  const posts = account ? await postsOf(context.db, account.officerId, dayOf(now)) : []
  const agencyId = posts.find((post) => post.onBehalfOf === null)?.agencyId ?? null
  await recordAudit(context.db, { now, what, agencyId, accountId: account?.accountId ?? null, source, details })
}

type Attempt = { failureId: number; failures: number }

/**
 * Counts an attempt as failed before it is judged, so that many at once cannot slip through; whoever must wait is told
 * until when, and neither that nor the account's existence changes the answer.
 */
async function beginAttempt(
  context: IdentityContext,
  accountKey: Buffer,
  source: string,
): Promise<Result<Attempt, WaitRefusal>> {
  const { db } = context
  const now = context.clock()
  const policy = policyOf(context)
  const failureId = await recordFailure(db, { accountKey, source, now })
  const before = await countFailures(db, {
    accountKey,
    source,
    failureId,
    accountSince: addMinutes(now, -FAILURE_HOURS * 60),
    sourceSince: addMinutes(now, -SOURCE_MINUTES),
  })
  const until = before.last === null ? null : lockedUntil(before.ofAccount, before.last, policy)
  const crowded =
    source.startsWith('ip:') && before.ofSource >= policy.failuresOfSource ? addMinutes(now, SOURCE_MINUTES) : null
  const wait = latest([until, crowded].filter((one) => one !== null && one > now))
  if (!wait) return accept({ failureId, failures: before.ofAccount + 1 })
  await removeFailure(db, accountKey, source, failureId)
  return refuse({ code: 'wait', until: wait })
}

async function noteFailure(
  context: IdentityContext,
  account: Account | undefined,
  attempt: Attempt,
  source: string,
): Promise<void> {
  const locks = attempt.failures >= policyOf(context).failures
  await audit(context, account, locks ? 'source-locked' : 'sign-in-failed', source, { failures: attempt.failures })
}

async function arrive(context: IdentityContext, account: Account, accountKey: Buffer, source: string): Promise<void> {
  await forgetFailures(context.db, accountKey, source)
  await noteUse(context.db, account.accountId, context.clock())
  await audit(context, account, 'signed-in', source)
}

const latest = (moments: readonly (Instant | null)[]): Instant | null =>
  moments.reduce((one, other) => ((other ?? '') > (one ?? '') ? other : one), null)
