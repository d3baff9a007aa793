// What a provider of identity says, read by the rules that an administrator set for it. OpenID Connect Core 1.0.
import type { ProviderClaims, ProviderLevel, ProviderSettings } from '../contract.ts'

export type ProviderPerson = {
  subject: string
  /** How sure the provider was this time. */
  level: ProviderLevel
  name: string
  /** Twelve digits, or empty when the provider gave none that could be one. */
  identityNumber: string
  birthDay: string | null
  sex: 'male' | 'female' | null
  phone: string
  email: string
  address: string
}

export type Claims = Readonly<Record<string, unknown>>

/** A claim by its path: `address.formatted`. */
function claimAt(claims: Claims, path: string): unknown {
  if (path === '') return undefined
  if (Object.hasOwn(claims, path)) return claims[path]
  return path
    .split('.')
    .reduce<unknown>(
      (found, name) =>
        typeof found === 'object' && found !== null && Object.hasOwn(found, name)
          ? (found as Record<string, unknown>)[name]
          : undefined,
      claims,
    )
}

const textAt = (claims: Claims, path: string, most: number): string => {
  const value = claimAt(claims, path)
  return typeof value === 'string' || typeof value === 'number'
    ? String(value)
        .normalize('NFC')
        .replaceAll(/[\p{Cc}\p{Cf}]/gu, ' ')
        .trim()
        .replaceAll(/\s+/g, ' ')
        .slice(0, most)
    : ''
}

/** The level of this sign-in. What the rules do not name is the lowest: a provider that changes its words opens nothing. */
export function levelOf(claims: Claims, { levelClaim, levels }: ProviderSettings): ProviderLevel {
  const value = claimAt(claims, levelClaim)
  const said = typeof value === 'string' || typeof value === 'number' ? String(value) : undefined
  return levels.find((rule) => rule.value === said)?.level ?? 'basic'
}

/** Whether the provider asked for a second factor, by the words that count here. */
export const hadSecondFactor = (claims: Claims, { secondFactorValues }: ProviderSettings): boolean =>
  typeof claims['acr'] === 'string' && secondFactorValues.includes(claims['acr'])

export function readPerson(claims: Claims, settings: ProviderSettings): ProviderPerson {
  const names: ProviderClaims = settings.claims
  const digits = textAt(claims, names.identityNumber, 40).replaceAll(/[\s.]/g, '')
  const sex = textAt(claims, names.sex, 20).toLowerCase()
  return {
    subject: textAt(claims, 'sub', 255),
    level: levelOf(claims, settings),
    name: textAt(claims, names.name, 200),
    identityNumber: /^\d{12}$/.test(digits) ? digits : '',
    birthDay: readDay(textAt(claims, names.birthDay, 20)),
    sex: sexes[sex] ?? null,
    phone: textAt(claims, names.phone, 20),
    email: textAt(claims, names.email, 254),
    address: textAt(claims, names.address, 300),
  }
}

const sexes: Readonly<Record<string, 'male' | 'female'>> = {
  male: 'male',
  nam: 'male',
  '0': 'male',
  female: 'female',
  nữ: 'female',
  nu: 'female',
  '1': 'female',
}

/** `1985-03-14`, `14/03/1985` or `19850314`; null for a year alone and for a day that does not exist. */
function readDay(text: string): string | null {
  const iso = /^(\d{4})-(\d{2})-(\d{2})$/.exec(text) ?? /^(\d{4})(\d{2})(\d{2})$/.exec(text) ?? undefined
  const written = /^(\d{2})\/(\d{2})\/(\d{4})$/.exec(text)
  const [year, month, date] = iso ? iso.slice(1) : (written?.slice(1).toReversed() ?? [])
  if (!year || !month || !date) return null
  const days = [
    31,
    Number(year) % 4 === 0 && (Number(year) % 100 !== 0 || Number(year) % 400 === 0) ? 29 : 28,
    31,
    30,
    31,
    30,
    31,
    31,
    30,
    31,
    30,
    31,
  ]
  const most = days[Number(month) - 1]
  return most && Number(date) >= 1 && Number(date) <= most ? `${year}-${month}-${date}` : null
}

export type OfficerKey = { by: 'user-name' | 'staff-code' | 'email'; value: string }

/** By what an officer's account is found. An address of mail counts only when the provider checked it. */
export function officerKeyOf(claims: Claims, { officer }: ProviderSettings): OfficerKey | undefined {
  const value = textAt(claims, officer.claim, 254)
  if (!value || (officer.match === 'email' && claims['email_verified'] !== true)) return undefined
  return { by: officer.match, value: officer.match === 'staff-code' ? value : value.toLowerCase() }
}

/** What a provider like VNeID may call its claims; an administrator changes what differs. */
export const usualSettings: ProviderSettings = {
  scope: 'openid profile',
  clientAuth: 'basic',
  acrValues: '',
  levelClaim: 'acr',
  levels: [],
  claims: {
    identityNumber: 'so_dinh_danh',
    name: 'name',
    birthDay: 'birthdate',
    sex: 'gender',
    phone: 'phone_number',
    email: 'email',
    address: 'address.formatted',
  },
  officer: { claim: 'preferred_username', match: 'user-name' },
  secondFactorValues: [],
}
