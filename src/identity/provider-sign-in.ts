import { addMinutes } from '../platform/day.ts'
import { newId } from '../platform/id.ts'
import { accept, refuse, type Result } from '../platform/result.ts'
import { makeToken } from './passwords.ts'
import type { ProviderAnswer } from './providers.ts'
import { findAccountByKey, findLinkedAccount, linkAccount } from './provider-store.ts'
import { hadSecondFactor, officerKeyOf, readPerson } from './rules/provider.ts'
import { isIdle } from './rules/policy.ts'
import { audit, policyOf, type IdentityContext } from './sign-in.ts'
import { findAccount, noteUse, setDisabled } from './account-store.ts'
import { insertSession } from './session-store.ts'

export type OfficerProviderRefusal =
  /** Nobody here has what the provider said; accounts are made by administrators only. */
  | { code: 'no-such-officer' }
  | { code: 'linked-to-another' }
  | { code: 'account-disabled'; why: 'idle' | 'administrator' }

/** Time to type the second factor. */
const SECOND_FACTOR_MINUTES = 10

/**
 * Signs an officer in by what the provider said. The first time the account is found by a claim, from then on by the
 * provider's own name for the person, so that a claim that is changed there leads to nobody else's account.
 */
export async function signInByProvider(
  context: IdentityContext,
  { provider, claims }: ProviderAnswer,
  from: { source: string; device: string },
): Promise<Result<{ token: string; next: 'done' | 'second-factor' }, OfficerProviderRefusal>> {
  const { db, keys } = context
  const now = context.clock()
  const policy = policyOf(context)
  const { providerId, settings } = provider
  const { subject } = readPerson(claims, settings)
  const subjectIndex = keys.blindIndex('provider-subject', `${providerId}:${subject}`)
  const key = officerKeyOf(claims, settings)
  const linked = await findLinkedAccount(db, providerId, subjectIndex)
  const accountId = linked ?? (key && (await findAccountByKey(db, key)))
  const account = accountId === undefined ? undefined : await findAccount(db, accountId)
  if (!account) return refuse({ code: 'no-such-officer' })
  if (linked === undefined) {
    if (!(await linkAccount(db, { providerId, subjectIndex, accountId: account.accountId, now }))) {
      await audit(context, account, 'sign-in-failed', from.source, { provider: providerId, why: 'linked-to-another' })
      return refuse({ code: 'linked-to-another' })
    }
    await audit(context, account, 'provider-linked', from.source, { provider: providerId })
  }
  if (account.disabledWhy) return refuse({ code: 'account-disabled', why: account.disabledWhy })
  if (!account.demo && isIdle(account.usedAt, now, policy)) {
    await setDisabled(db, account.accountId, { at: now, why: 'idle' }, now)
    await audit(context, account, 'account-disabled', from.source, { why: 'idle' })
    return refuse({ code: 'account-disabled', why: 'idle' })
  }
  const given = hadSecondFactor(claims, settings)
  const awaited = !given && account.totpConfirmedAt !== null
  const { token, tokenHash } = makeToken()
  await insertSession(db, {
    sessionId: newId(Date.parse(now)),
    tokenHash,
    accountId: account.accountId,
    secondFactor: secondFactorOf(given, awaited),
    ...from,
    now,
    expiresAt: addMinutes(now, awaited ? SECOND_FACTOR_MINUTES : policy.sessionHours * 60),
  })
  if (awaited) return accept({ token, next: 'second-factor' })
  await noteUse(db, account.accountId, now)
  await audit(context, account, 'signed-in', from.source, { provider: providerId })
  return accept({ token, next: 'done' })
}

const secondFactorOf = (given: boolean, awaited: boolean) => {
  if (given) return 'given'
  return awaited ? 'awaited' : 'none'
}
