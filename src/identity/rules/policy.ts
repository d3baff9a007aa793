// TCVN 14423:2026, mục 5.5 và 5.6 (hệ thống cấp độ 3, NĐ 331/2026/NĐ-CP, Điều 13): tài khoản, mật khẩu, phiên làm việc.
import { addMinutes, addMonths, dayOf, type Day, type Instant } from '../../platform/day.ts'

export type Policy = {
  /** Shortest password with and without a second factor. */
  passwordLength: { withSecondFactor: number; alone: number }
  /** An administrator's password is changed after so many months; 0 never. */
  administratorPasswordMonths: number
  /** So many earlier passwords are not taken again, for administrators. */
  passwordHistory: number
  /** Who must have a second factor. */
  secondFactor: 'nobody' | 'administrators' | 'everybody'
  /** Whether accounts of the demo are spared the second factor and the change of password. */
  demoGrace: boolean
  /** An account that was not used for so many days is disabled; 0 never. */
  idleDays: number
  /** A session is locked after so many minutes without a request. */
  idleMinutes: { administrator: number; other: number }
  /** A session ends after so many hours, locked or not. */
  sessionHours: number
  /** So many wrong answers lock the account for the source they came from. */
  failures: number
  /** How long the first lock lasts; each further wrong answer doubles it, up to the longest. */
  lockMinutes: { first: number; longest: number }
  /** So many wrong answers from one address within the quarter hour, for whatever accounts, make it wait. */
  failuresOfSource: number
  /** How long a link to set a password holds. */
  linkHours: number
}

export const defaultPolicy: Policy = {
  passwordLength: { withSecondFactor: 8, alone: 14 },
  administratorPasswordMonths: 2,
  passwordHistory: 10,
  secondFactor: 'administrators',
  demoGrace: true,
  idleDays: 45,
  idleMinutes: { administrator: 5, other: 15 },
  sessionHours: 12,
  failures: 5,
  lockMinutes: { first: 15, longest: 24 * 60 },
  failuresOfSource: 60,
  linkHours: 72,
}

/** Longer ones are refused: the work of hashing must stay bounded. */
export const longestPassword = 128

export type PasswordRefusal =
  | { code: 'password-too-short'; least: number }
  | { code: 'password-too-long'; most: number }
  | { code: 'password-too-plain' }
  | { code: 'password-names-account' }
  | { code: 'password-used-before' }

/** Why this password is not taken, or undefined. Whether it was used before only the hashes can tell: `usedBefore`. */
export function refusePassword(
  password: string,
  {
    userName,
    secondFactor,
    usedBefore = false,
    policy = defaultPolicy,
  }: { userName: string; secondFactor: boolean; usedBefore?: boolean; policy?: Policy },
): PasswordRefusal | undefined {
  const { withSecondFactor, alone } = policy.passwordLength
  const least = secondFactor ? withSecondFactor : alone
  const characters = Array.from(password.normalize('NFC'))
  if (characters.length < least) return { code: 'password-too-short', least }
  if (characters.length > longestPassword) return { code: 'password-too-long', most: longestPassword }
  const small = password.normalize('NFC').toLowerCase()
  if (userName.length > 0 && small.includes(userName.toLowerCase())) return { code: 'password-names-account' }
  if (
    new Set(characters).size < 5 ||
    isRun(small) ||
    plainPasswords.some((plain) => small.startsWith(plain) && small.length - plain.length < 4)
  )
    return { code: 'password-too-plain' }
  if (usedBefore) return { code: 'password-used-before' }
  return undefined
}

/** 123456789…, abcdef…, also backwards. */
function isRun(text: string): boolean {
  const steps = Array.from(text)
    .slice(1)
    .map((character, index) => (character.codePointAt(0) ?? 0) - (text.codePointAt(index) ?? 0))
  return steps.every((step) => step === 1) || steps.every((step) => step === -1)
}

const plainPasswords = [
  'password',
  'matkhau',
  'mậtkhẩu',
  'qwertyuiop',
  'qwerty',
  'iloveyou',
  'vietnam',
  'motcua',
  '12345678',
  '123456789',
  '1234567890',
  'abc12345',
  'abcd1234',
  'admin',
  'anhyeuem',
]

/** The last day of an administrator's password, or null when it does not run out. */
export const passwordLastsUntil = (
  setAt: Instant,
  administrator: boolean,
  policy: Policy = defaultPolicy,
): Day | null =>
  administrator && policy.administratorPasswordMonths > 0
    ? addMonths(dayOf(setAt), policy.administratorPasswordMonths)
    : null

/** Until when the source must wait after so many wrong answers in a row, the last one at this moment; null when it need not. */
export function lockedUntil(failures: number, last: Instant, policy: Policy = defaultPolicy): Instant | null {
  if (failures < policy.failures) return null
  const { first, longest } = policy.lockMinutes
  return addMinutes(last, Math.min(longest, first * 2 ** Math.min(30, failures - policy.failures)))
}

/** What an account must do before anything else. */
export type Demand = 'change-password' | 'enrol-second-factor'

export function demandOf(
  account: {
    administrator: boolean
    demo: boolean
    mustChangePassword: boolean
    passwordSetAt: Instant
    secondFactor: boolean
  },
  now: Instant,
  policy: Policy = defaultPolicy,
): Demand | null {
  if (account.demo && policy.demoGrace) return null
  const lastDay = passwordLastsUntil(account.passwordSetAt, account.administrator, policy)
  if (account.mustChangePassword || (lastDay !== null && dayOf(now) > lastDay)) return 'change-password'
  const required =
    policy.secondFactor === 'everybody' || (policy.secondFactor === 'administrators' && account.administrator)
  return required && !account.secondFactor ? 'enrol-second-factor' : null
}

/** Whether an account has been left alone too long. */
export const isIdle = (usedAt: Instant, now: Instant, policy: Policy = defaultPolicy): boolean =>
  policy.idleDays > 0 && addMinutes(usedAt, policy.idleDays * 24 * 60) < now

/** Whether a session is locked now: on purpose, or because nobody worked in it. */
export const isLocked = (
  session: { lockedAt: Instant | null; seenAt: Instant; administrator: boolean },
  now: Instant,
  policy: Policy = defaultPolicy,
): boolean =>
  session.lockedAt !== null ||
  addMinutes(session.seenAt, session.administrator ? policy.idleMinutes.administrator : policy.idleMinutes.other) < now
