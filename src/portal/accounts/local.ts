import { randomInt, timingSafeEqual } from 'node:crypto'
import {
  defaultPolicy,
  hashPassword,
  hashToken,
  makeToken,
  refusePassword,
  verifyPassword,
  type PasswordRefusal,
} from '../../identity/index.ts'
import { addMinutes, writeInstant, type Instant } from '../../platform/day.ts'
import { inTransaction } from '../../platform/db.ts'
import { countAttempts } from '../../platform/http/attempts.ts'
import { newId } from '../../platform/id.ts'
import type { Keys } from '../../platform/keys.ts'
import { accept, refuse, type Result } from '../../platform/result.ts'
import { queueMessage, reachOf, type NoticeLanguage, type NoticeTables } from '../notices/index.ts'
import type { StaffTables } from '../../staff/index.ts'
import type { Citizen } from './contract.ts'
import { accountPaths } from './paths.ts'
import type { Contact } from './rules/contact.ts'
import {
  contactOfAccount,
  openCitizen,
  SESSION_MINUTES,
  type AccountContext,
  type CitizenSecret,
  type Place,
} from './sessions.ts'
import {
  closeAccount,
  findCitizen,
  findCitizenByContact,
  insertCitizen,
  noteUse,
  putContact,
  setPasswordHash,
  updateCitizen,
  type CitizenRow,
} from './citizen-store.ts'
import { beginTry, confirmCode, countCodes, findCode, insertCode, spendCode, type CodeRow } from './code-store.ts'
import { endSessionOfToken, endSessions, insertSession } from './session-store.ts'
import type { AccountTables, CodePurpose } from './tables.ts'
import type { AssuranceLevel } from './rules/levels.ts'
import type { Context } from '../../platform/context.ts'

/** Accounts with messages: codes go out through the notices. */
export type LocalContext = Context<AccountTables & NoticeTables & StaffTables>

const CODE_MINUTES = 10
/** Time to choose name and password after the code was right. */
const FINISH_MINUTES = 30
/** So many codes an hour for one contact, whoever asks: nobody's telephone is flooded. */
const CODES_AN_HOUR = 5

/** Passwords of people who come once a year: long enough, and no second factor is asked. */
export const PASSWORD_LENGTH = 10
const policy = { ...defaultPolicy, passwordLength: { withSecondFactor: PASSWORD_LENGTH, alone: PASSWORD_LENGTH } }

export const contactIndex = (keys: Keys, { kind, value }: Contact): Buffer =>
  keys.blindIndex('citizen-contact', `${kind}:${value}`)

export const identityIndex = (keys: Keys, number: string): Buffer | null =>
  number ? keys.blindIndex('identity', number) : null

/** Guesses are counted by who guesses, so that nobody can shut somebody else out. */
export type Guesses = ReturnType<typeof openGuesses>

export function openGuesses() {
  const MINUTES = 60_000
  return {
    /** Passwords for one account from one source: the address, or a device that its owner used before. */
    password: countAttempts({ most: 5, windowMs: 15 * MINUTES }),
    /** Passwords from one address, for whatever accounts. */
    source: countAttempts({ most: 60, windowMs: 15 * MINUTES }),
    /** Passwords for one account from all strange addresses together: more than these have to be worked for. */
    account: countAttempts({ most: 5, windowMs: 60 * MINUTES }),
    /** Codes asked for by one address. */
    codes: countAttempts({ most: 60, windowMs: 60 * MINUTES }),
    /** Codes typed from one address. */
    tries: countAttempts({ most: 40, windowMs: 60 * MINUTES }),
  }
}

// --- Sessions -----------------------------------------------------------------------------------------------------------

/** Begins a session under a new secret; one that this browser had before ends. */
export async function startSession(
  { db, clock }: AccountContext,
  {
    accountId,
    level,
    providerId = null,
    place,
    earlier,
  }: {
    accountId: string
    level: AssuranceLevel
    providerId?: number | null
    place: Place
    earlier?: string | undefined
  },
): Promise<string> {
  const now = clock()
  const { token, tokenHash } = makeToken()
  if (earlier) await endSessionOfToken(db, hashToken(earlier), now)
  await insertSession(db, {
    sessionId: newId(Date.parse(now)),
    tokenHash,
    accountId,
    level,
    providerId,
    ...place,
    now,
    expiresAt: addMinutes(now, SESSION_MINUTES),
  })
  await noteUse(db, accountId, now)
  return token
}

// --- Codes --------------------------------------------------------------------------------------------------------------

type CodeContent = { contact: Contact }

export type AskedCode = {
  /** For the browser that asked; the code is worth nothing elsewhere. */
  token: string
  /** Sends what is to be sent. Not awaited before the answer: who waits for the answer must not hear whether there is an account. */
  deliver: () => Promise<void>
}

/**
 * Asks for a code. The same work, row and answer whether there is an account with this contact or not; where the code
 * could lead to nothing, none is right.
 */
export async function askForCode(
  context: LocalContext,
  {
    purpose,
    contact,
    place,
    language,
    accountId = null,
  }: {
    purpose: CodePurpose
    contact: Contact
    place: Place
    language: NoticeLanguage
    /** The account that gets a further contact. */
    accountId?: string | null
  },
): Promise<AskedCode> {
  const { db, keys } = context
  const now = context.clock()
  const index = contactIndex(keys, contact)
  const [owner, asked] = await Promise.all([
    findCitizenByContact(db, index),
    countCodes(db, index, addMinutes(now, -60)),
  ])
  const { token, tokenHash } = makeToken()
  const code = String(randomInt(1_000_000)).padStart(6, '0')
  const useful = purpose === 'password' ? owner !== undefined : owner === undefined
  await insertCode(db, {
    tokenHash,
    purpose,
    contactIndex: index,
    accountId: purpose === 'password' ? (owner?.accountId ?? null) : accountId,
    secret: keys.encrypt(JSON.stringify({ contact } satisfies CodeContent)),
    codeMac: macOf(keys, tokenHash, useful ? code : makeToken().token),
    source: place.source,
    now,
    expiresAt: addMinutes(now, CODE_MINUTES),
  })
  const tellable = asked < CODES_AN_HOUR
  const to = contact.kind === 'email' ? { email: contact.value } : { phone: contact.value }
  return {
    token,
    async deliver() {
      if (!tellable || (!useful && purpose === 'password')) return
      const message = {
        agencyId: await senderFor(context, to),
        to,
        dedupeKey: `citizen-code/${tokenHash.toString('hex').slice(0, 32)}`,
        language,
      }
      // Who has an account already is told so, and nobody else is.
      await (useful
        ? queueMessage(context, {
            ...message,
            template: 'one-time-code',
            facts: { code, minutes: String(CODE_MINUTES) },
            expiresAt: addMinutes(now, CODE_MINUTES),
          })
        : queueMessage(context, {
            ...message,
            template: 'account-exists',
            facts: { signInLink: accountPaths.signIn, recoverLink: accountPaths.forgotten },
            expiresAt: addMinutes(now, 60),
          }))
    },
  }
}

/** Mail goes out from the installation itself; telephones are reached by the gateway of an authority that has one. */
async function senderFor(context: LocalContext, { email }: { email?: string; phone?: string }): Promise<number | null> {
  const reach = await reachOf(context)
  return email !== undefined && reach.email ? null : reach.gatewayOf
}

const macOf = (keys: Keys, tokenHash: Buffer, code: string): Buffer =>
  keys.mac('citizen-code', `${tokenHash.toString('hex')}:${code}`)

export type CodeRefusal = { code: 'wrong-code'; left: number } | { code: 'code-over' }

/** Judges a typed code: five tries, few minutes, in the browser that asked. */
export async function giveCode(
  { db, keys, clock }: AccountContext,
  { token, purpose, typed }: { token: string; purpose: CodePurpose; typed: string },
): Promise<Result<undefined, CodeRefusal>> {
  const now = clock()
  const tokenHash = hashToken(token)
  const row = await beginTry(db, { tokenHash, purpose, now })
  if (!row) return refuse({ code: 'code-over' })
  if (!timingSafeEqual(row.codeMac, macOf(keys, tokenHash, typed.replace(/\D/g, ''))))
    return refuse(row.tries >= 5 ? { code: 'code-over' } : { code: 'wrong-code', left: 5 - row.tries })
  await confirmCode(db, tokenHash, { now, until: addMinutes(now, FINISH_MINUTES) })
  return accept(undefined)
}

/** Where this browser stands with its code. */
export async function readCode(
  { db, keys, clock }: AccountContext,
  { token, purpose }: { token: string; purpose: CodePurpose },
): Promise<{ contact: Contact; confirmed: boolean } | undefined> {
  const row = await findCode(db, { tokenHash: hashToken(token), purpose, now: clock() })
  return row && { contact: contactOf(keys, row), confirmed: row.confirmedAt !== null }
}

const contactOf = (keys: Keys, row: CodeRow): Contact => (JSON.parse(keys.decrypt(row.secret)) as CodeContent).contact

// --- Signing up, signing in, a new password -----------------------------------------------------------------------------

export type LocalRefusal = CodeRefusal | PasswordRefusal | { code: 'contact-taken' }

const refusalOf = (password: string, names: readonly string[]): PasswordRefusal | undefined => {
  for (const userName of ['', ...names.filter((name) => name.length > 3)]) {
    const refusal = refusePassword(password, { userName, secondFactor: false, policy })
    if (refusal) return refusal
  }
  return undefined
}

export const emptyCitizen: CitizenSecret = {
  name: '',
  identityNumber: '',
  email: '',
  phone: '',
  birthDay: null,
  sex: null,
  address: '',
  unitCode: '',
}

/** Makes the account behind a confirmed contact. */
export async function finishSignUp(
  context: AccountContext,
  {
    token,
    name,
    password,
    place,
    earlier,
  }: { token: string; name: string; password: string; place: Place; earlier?: string | undefined },
): Promise<Result<{ session: string }, LocalRefusal>> {
  const { db, keys } = context
  const known = await readCode(context, { token, purpose: 'sign-up' })
  if (!known?.confirmed) return refuse({ code: 'code-over' })
  const refusal = refusalOf(password, [known.contact.value])
  if (refusal) return refuse(refusal)
  const passwordHash = await hashPassword(password)
  const now = context.clock()
  const accountId = newId(Date.parse(now))
  const secret = { ...emptyCitizen, name: tidyName(name), [known.contact.kind]: known.contact.value }
  const made = await inTransaction(db, async (tx) => {
    const row = await spendCode(tx, { tokenHash: hashToken(token), purpose: 'sign-up', now })
    if (!row) return 'code-over' as const
    await insertCitizen(tx, {
      accountId,
      secret: keys.encrypt(JSON.stringify(secret)),
      passwordHash,
      identityIndex: null,
      identityVerified: false,
      now,
    })
    const { kind } = known.contact
    if (await putContact(tx, { contactIndex: row.contactIndex, kind, accountId, now })) return 'made' as const
    await closeAccount(tx, accountId, now)
    return 'contact-taken' as const
  })
  if (made !== 'made') return refuse({ code: made })
  return accept({ session: await startSession(context, { accountId, level: 'basic', place, earlier }) })
}

export const tidyName = (typed: string): string => typed.normalize('NFC').trim().replace(/\s+/g, ' ')

export type SignInRefusal = { code: 'wrong-credentials' } | { code: 'wait' } | { code: 'proof-wanted' }

/** Checks contact and password. Nothing here tells whether there is such an account, neither by words nor by time. */
export async function signInWithPassword(
  context: AccountContext,
  guesses: Guesses,
  {
    contact,
    password,
    place,
    device,
    proven,
    earlier,
  }: {
    contact: Contact | null
    password: string
    place: Place
    /** Set when the owner of this contact signed in with this device before. */
    device: string | null
    /** Whether the browser did the work that is asked of strangers after too many wrong guesses. */
    proven: () => boolean
    earlier?: string | undefined
  },
): Promise<Result<{ session: string }, SignInRefusal>> {
  const { db, keys } = context
  const now = Date.parse(context.clock())
  const index = contact ? contactIndex(keys, contact) : Buffer.alloc(16)
  const key = index.toString('hex')
  const who = `${key}/${device ?? place.source}`
  if (!guesses.password.begin(who, now)) return refuse({ code: 'wait' })
  if (device === null) {
    if (!guesses.source.begin(place.source, now)) return refuse({ code: 'wait' })
    if (!guesses.account.begin(key, now) && !proven()) {
      guesses.password.succeeded(who, now)
      guesses.source.succeeded(place.source, now)
      return refuse({ code: 'proof-wanted' })
    }
  }
  const citizen = contact ? await findCitizenByContact(db, index) : undefined
  const right = await verifyPassword(password, citizen?.passwordHash)
  if (!right || !citizen) return refuse({ code: 'wrong-credentials' })
  guesses.password.succeeded(who, now)
  if (device === null) {
    guesses.source.succeeded(place.source, now)
    guesses.account.succeeded(key, now)
  }
  return accept({
    session: await startSession(context, { accountId: citizen.accountId, level: 'basic', place, earlier }),
  })
}

/** A new password by a code that was sent; every session of the account ends. */
export async function finishForgotten(
  context: LocalContext,
  { token, password, place, earlier }: { token: string; password: string; place: Place; earlier?: string | undefined },
): Promise<Result<{ session: string }, LocalRefusal>> {
  const { db } = context
  const known = await readCode(context, { token, purpose: 'password' })
  if (!known?.confirmed) return refuse({ code: 'code-over' })
  const refusal = refusalOf(password, [known.contact.value])
  if (refusal) return refuse(refusal)
  const passwordHash = await hashPassword(password)
  const now = context.clock()
  const accountId = await inTransaction(db, async (tx) => {
    const row = await spendCode(tx, { tokenHash: hashToken(token), purpose: 'password', now })
    if (!row?.accountId) return undefined
    await setPasswordHash(tx, row.accountId, passwordHash)
    await endSessions(tx, row.accountId, now)
    return row.accountId
  })
  if (accountId === undefined) return refuse({ code: 'code-over' })
  await tellChange(context, accountId, now)
  return accept({ session: await startSession(context, { accountId, level: 'basic', place, earlier }) })
}

export async function changePassword(
  context: LocalContext,
  citizen: Citizen,
  guesses: Guesses,
  { current, password, place }: { current: string; password: string; place: Place },
): Promise<Result<undefined, PasswordRefusal | { code: 'wrong-password' } | { code: 'wait' }>> {
  const checked = await checkPassword(context, citizen, guesses, { password: current, place })
  if (!checked.ok) return checked
  const refusal = refusalOf(
    password,
    [citizen.email, citizen.phone].filter((one) => one !== null),
  )
  if (refusal) return refuse(refusal)
  const now = context.clock()
  await setPasswordHash(context.db, citizen.accountId, await hashPassword(password))
  await endSessions(context.db, citizen.accountId, now, citizen.sessionId)
  await tellChange(context, citizen.accountId, now)
  return accept(undefined)
}

/** Asks for the password again; an account that has none (it came by a provider) has nothing to ask for. */
export async function checkPassword(
  { db, clock }: AccountContext,
  citizen: Citizen,
  guesses: Guesses,
  { password, place }: { password: string; place: Place },
): Promise<Result<undefined, { code: 'wrong-password' } | { code: 'wait' }>> {
  const row = await findCitizen(db, citizen.accountId)
  if (!row) return refuse({ code: 'wrong-password' })
  if (row.passwordHash === null) return accept(undefined)
  const now = Date.parse(clock())
  const who = `${citizen.accountId}/${place.source}`
  if (!guesses.password.begin(who, now)) return refuse({ code: 'wait' })
  if (!(await verifyPassword(password, row.passwordHash))) return refuse({ code: 'wrong-password' })
  guesses.password.succeeded(who, now)
  return accept(undefined)
}

export const hasPassword = async ({ db }: AccountContext, accountId: string): Promise<boolean> =>
  (await findCitizen(db, accountId))?.passwordHash != null

/** A password that was changed is told to the owner: if it was somebody else, the owner hears of it. */
async function tellChange(context: LocalContext, accountId: string, at: Instant): Promise<void> {
  const { email, phone } = await contactOfAccount(context, accountId)
  const to = { ...(email ? { email } : {}), ...(phone ? { phone } : {}) }
  await queueMessage(context, {
    agencyId: await senderFor(context, to),
    to,
    template: 'account-changed',
    facts: { what: 'Mật khẩu', at: writeInstant(at) },
    dedupeKey: `citizen-changed/${accountId}/${at}`,
  })
}

// --- What the account says of its owner ---------------------------------------------------------------------------------

export type Details = Pick<CitizenSecret, 'name' | 'identityNumber' | 'birthDay' | 'sex' | 'address'>

/** Writes down what the person says of themselves; what a provider vouched for stays as it is. */
export async function changeDetails({ db, keys }: AccountContext, accountId: string, given: Details): Promise<void> {
  const row = await findCitizen(db, accountId)
  if (!row) return
  const before = openCitizen(keys, row.secret)
  const vouched = row.identityVerified
    ? {
        name: before.name,
        identityNumber: before.identityNumber,
        birthDay: before.birthDay ?? given.birthDay,
        sex: before.sex ?? given.sex,
      }
    : {}
  await writeCitizen({ db, keys }, row, { ...before, ...given, ...vouched })
}

export async function writeCitizen(
  { db, keys }: Pick<AccountContext, 'db' | 'keys'>,
  row: Pick<CitizenRow, 'accountId' | 'identityVerified'>,
  secret: CitizenSecret,
): Promise<void> {
  await updateCitizen(db, row.accountId, {
    secret: keys.encrypt(JSON.stringify(secret)),
    identityIndex: identityIndex(keys, secret.identityNumber),
    identityVerified: row.identityVerified,
  })
}

/** A further or another contact, confirmed by the code that went there. */
export async function finishContact(
  context: AccountContext,
  citizen: Citizen,
  token: string,
): Promise<Result<Contact, LocalRefusal>> {
  const { db, keys } = context
  const now = context.clock()
  return inTransaction(db, async (tx): Promise<Result<Contact, LocalRefusal>> => {
    const row = await spendCode(tx, { tokenHash: hashToken(token), purpose: 'contact', now })
    if (!row || row.accountId !== citizen.accountId) return refuse({ code: 'code-over' })
    const contact = contactOf(keys, row)
    const { kind } = contact
    if (!(await putContact(tx, { contactIndex: row.contactIndex, kind, accountId: citizen.accountId, now })))
      return refuse({ code: 'contact-taken' })
    const account = await findCitizen(tx, citizen.accountId)
    if (account)
      await writeCitizen({ db: tx, keys }, account, { ...openCitizen(keys, account.secret), [kind]: contact.value })
    return accept(contact)
  })
}
