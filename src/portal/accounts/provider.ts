import type { ProviderPerson } from '../../identity/index.ts'
import { inTransaction } from '../../platform/db.ts'
import { newId } from '../../platform/id.ts'
import type { Keys } from '../../platform/keys.ts'
import { accept, refuse, type Result } from '../../platform/result.ts'
import { emptyCitizen, identityIndex, startSession, writeCitizen } from './local.ts'
import { reaches } from './rules/levels.ts'
import { openCitizen, type AccountContext, type CitizenSecret, type Place } from './sessions.ts'
import {
  findCitizen,
  findCitizenByLogin,
  findVerifiedCitizen,
  insertCitizen,
  insertLogin,
  type CitizenRow,
} from './citizen-store.ts'
import type { AccountDb } from './tables.ts'

export type CitizenProviderRefusal =
  /** The number is vouched for already, and belongs to another account than the one that is signed in. */
  | { code: 'identity-of-another' }
  /** The provider now says another number of the same person. */
  | { code: 'identity-changed' }
  /** The person signed out meanwhile, or somebody else signed in. */
  | { code: 'signed-in-differs' }

const subjectIndex = (keys: Keys, providerId: number, subject: string) =>
  keys.blindIndex('citizen-subject', `${providerId}:${subject}`)

/**
 * Whose account it is by what the provider said: the one tied to this person there, the one with the same vouched
 * number, the one that is signed in, or a new one. What the person only says of themselves ties nothing.
 */
export async function signInCitizenByProvider(
  context: AccountContext,
  {
    providerId,
    person,
    linkTo,
    place,
    earlier,
  }: {
    providerId: number
    person: ProviderPerson
    /** The account that asked to be tied to the provider. */
    linkTo: string | null
    place: Place
    earlier?: string | undefined
  },
): Promise<Result<{ session: string; accountId: string }, CitizenProviderRefusal>> {
  const { db } = context
  const found = await inTransaction(db, (tx) => settle(context, tx, { providerId, person, linkTo })).catch(
    (fault: unknown) => {
      // Two at the same moment with one number: the other was first, so the account is there now.
      if ((fault as { constraint?: unknown }).constraint !== 'citizen_identity_once') throw fault
      return inTransaction(db, (tx) => settle(context, tx, { providerId, person, linkTo }))
    },
  )
  if (!found.ok) return found
  const accountId = found.value
  return accept({
    accountId,
    session: await startSession(context, { accountId, level: person.level, providerId, place, earlier }),
  })
}

async function settle(
  { keys, clock }: AccountContext,
  db: AccountDb,
  { providerId, person, linkTo }: { providerId: number; person: ProviderPerson; linkTo: string | null },
): Promise<Result<string, CitizenProviderRefusal>> {
  const now = clock()
  const vouched = person.identityNumber !== '' && reaches(person.level, 'substantial')
  const index = vouched ? identityIndex(keys, person.identityNumber) : null
  const subject = subjectIndex(keys, providerId, person.subject)
  const tied = await findCitizenByLogin(db, providerId, subject)
  const namesake = index ? await findVerifiedCitizen(db, index) : undefined
  const asked = linkTo === null ? undefined : await findCitizen(db, linkTo)
  if (linkTo !== null && !asked) return refuse({ code: 'signed-in-differs' })
  const account = tied ?? namesake ?? asked
  if (asked && account?.accountId !== asked.accountId) return refuse({ code: 'identity-of-another' })
  if (namesake && account?.accountId !== namesake.accountId) return refuse({ code: 'identity-changed' })
  if (account) {
    const before = openCitizen(keys, account.secret)
    if (vouched && account.identityVerified && before.identityNumber !== person.identityNumber)
      return refuse({ code: 'identity-changed' })
    await insertLogin(db, { providerId, subjectIndex: subject, accountId: account.accountId, now })
    await renew({ keys, db }, account, { before, person, vouched })
    return accept(account.accountId)
  }
  const accountId = newId(Date.parse(now))
  const secret: CitizenSecret = {
    ...emptyCitizen,
    name: person.name,
    identityNumber: person.identityNumber,
    birthDay: person.birthDay,
    sex: person.sex,
    phone: person.phone,
    email: person.email,
    address: person.address,
  }
  await insertCitizen(db, {
    accountId,
    secret: keys.encrypt(JSON.stringify(secret)),
    passwordHash: null,
    identityIndex: identityIndex(keys, secret.identityNumber),
    identityVerified: vouched,
    now,
  })
  await insertLogin(db, { providerId, subjectIndex: subject, accountId, now })
  return accept(accountId)
}

/** What is vouched for replaces what the person said; the rest only fills what was empty. */
async function renew(
  { keys, db }: { keys: Keys; db: AccountDb },
  account: CitizenRow,
  { before, person, vouched }: { before: CitizenSecret; person: ProviderPerson; vouched: boolean },
): Promise<void> {
  const sworn = vouched
    ? {
        name: person.name || before.name,
        identityNumber: person.identityNumber,
        birthDay: person.birthDay ?? before.birthDay,
        sex: person.sex ?? before.sex,
      }
    : {}
  const secret = {
    ...before,
    name: before.name || person.name,
    address: before.address || person.address,
    phone: before.phone || person.phone,
    email: before.email || person.email,
    ...sworn,
  }
  await writeCitizen(
    { db, keys },
    { accountId: account.accountId, identityVerified: account.identityVerified || vouched },
    secret,
  )
}
