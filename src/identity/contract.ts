import { Type, type Static } from 'typebox'

const closed = { additionalProperties: false } as const
const Secret = Type.String({ minLength: 1, maxLength: 1000 })
/** The web marks each intent with one; where repeating does no harm it is not looked at. */
const CommandId = Type.Optional(Type.String({ format: 'uuid' }))
const Code = Type.String({ minLength: 1, maxLength: 40 })

export const SignIn = Type.Object({ userName: Type.String({ minLength: 1, maxLength: 100 }), password: Secret }, closed)
export type SignIn = Static<typeof SignIn>
export type SignInReply = { next: 'done' | 'second-factor' }

export const SecondFactor = Type.Object({ code: Code, commandId: CommandId }, closed)
export const PasswordOnly = Type.Object({ password: Secret, commandId: CommandId }, closed)
export const NewPassword = Type.Object({ password: Secret, newPassword: Secret, commandId: CommandId }, closed)

export type Me = {
  officerId: number
  accountId: number
  userName: string
  name: string
  agency: { agencyId: number; name: string }
  posts: {
    postId: number
    agencyId: number
    agencyName: string
    unitId: number
    unitName: string
    role: string
    title: string
    onBehalfOf: { officerId: number; name: string } | null
  }[]
  permissions: string[]
  demo: boolean
  idleMinutes: number
  /** The screen must be unlocked before anything else works. */
  locked: boolean
  /** What must be done before anything else works. */
  demand: 'change-password' | 'enrol-second-factor' | null
}

export type AccountReply = {
  userName: string
  name: string
  passwordSetAt: string | null
  passwordUntil: string | null
  passwordLength: number
  secondFactor: boolean
  recoveryCodes: number
  demand: 'change-password' | 'enrol-second-factor' | null
  sessions: {
    sessionId: string
    startedAt: string
    seenAt: string
    source: string
    device: string
    locked: boolean
    current: boolean
  }[]
}

export type Enrolment = { uri: string; secret: string; qr: string }

export const LinkToken = Type.Object({ token: Type.String({ minLength: 20, maxLength: 100 }) }, closed)
export type LinkReply = {
  purpose: 'first-administrator' | 'set-password'
  userName: string | null
  name: string | null
  passwordLength: number
}

export const SetPasswordByLink = Type.Object(
  { token: Type.String({ minLength: 20, maxLength: 100 }), password: Secret, commandId: CommandId },
  closed,
)

export const SetUp = Type.Object(
  {
    token: Type.String({ minLength: 20, maxLength: 100 }),
    name: Type.String({ minLength: 1, maxLength: 120, pattern: String.raw`\S` }),
    userName: Type.String({ minLength: 1, maxLength: 50 }),
    password: Secret,
    commandId: CommandId,
    place: Type.Union([
      Type.Object({ code: Type.String({ pattern: String.raw`^\d{2,5}$` }) }, closed),
      Type.Object({ name: Type.String({ minLength: 1, maxLength: 300, pattern: String.raw`\S` }) }, closed),
    ]),
  },
  closed,
)

export const NewAccount = Type.Object(
  {
    officerId: Type.Integer({ minimum: 1 }),
    userName: Type.String({ minLength: 1, maxLength: 50 }),
    commandId: CommandId,
  },
  closed,
)
export const AccountReset = Type.Object(
  { dropSecondFactor: Type.Optional(Type.Boolean()), commandId: CommandId },
  closed,
)
export const AccountState = Type.Object({ disabled: Type.Boolean(), commandId: CommandId }, closed)
export const AccountId = Type.Object({ accountId: Type.Integer({ minimum: 1 }) }, closed)
export const SessionId = Type.Object({ sessionId: Type.String({ format: 'uuid' }) }, closed)

export const AuditQuery = Type.Object(
  {
    what: Type.Optional(Type.String({ maxLength: 40 })),
    before: Type.Optional(Type.Integer({ minimum: 1 })),
    limit: Type.Optional(Type.Integer({ minimum: 1, maximum: 200 })),
  },
  closed,
)

// Providers of identity (OpenID Connect)

const Name = Type.String({ maxLength: 100 })
export const ProviderLevel = Type.Union([Type.Literal('basic'), Type.Literal('substantial'), Type.Literal('high')])
export type ProviderLevel = Static<typeof ProviderLevel>

export const ProviderClaims = Type.Object(
  { identityNumber: Name, name: Name, birthDay: Name, sex: Name, phone: Name, email: Name, address: Name },
  closed,
)
export type ProviderClaims = Static<typeof ProviderClaims>

export const ProviderSettings = Type.Object(
  {
    scope: Type.String({ pattern: '^openid( [\\x21\\x23-\\x5b\\x5d-\\x7e]+)*$', maxLength: 300 }),
    /** How we prove to the provider who we are. */
    clientAuth: Type.Union([Type.Literal('basic'), Type.Literal('post')]),
    /** Levels that we ask the provider for; empty: none. */
    acrValues: Type.String({ maxLength: 300 }),
    levelClaim: Type.String({ minLength: 1, maxLength: 100 }),
    levels: Type.Array(
      Type.Object({ value: Type.String({ minLength: 1, maxLength: 200 }), level: ProviderLevel }, closed),
      {
        maxItems: 20,
      },
    ),
    claims: ProviderClaims,
    officer: Type.Object(
      {
        claim: Type.String({ minLength: 1, maxLength: 100 }),
        match: Type.Union([Type.Literal('user-name'), Type.Literal('staff-code'), Type.Literal('email')]),
      },
      closed,
    ),
    /** Values of acr with which the provider's second factor counts as ours. */
    secondFactorValues: Type.Array(Type.String({ minLength: 1, maxLength: 200 }), { maxItems: 20 }),
  },
  closed,
)
export type ProviderSettings = Static<typeof ProviderSettings>

export const ProviderInput = Type.Object(
  {
    name: Type.String({ minLength: 1, maxLength: 100 }),
    issuer: Type.String({ minLength: 8, maxLength: 300 }),
    clientId: Type.String({ minLength: 1, maxLength: 200 }),
    /** Missing: as it was. Empty: none, a public client. */
    clientSecret: Type.Optional(Type.String({ maxLength: 500 })),
    forCitizens: Type.Boolean(),
    forOfficers: Type.Boolean(),
    enabled: Type.Boolean(),
    settings: ProviderSettings,
    commandId: CommandId,
  },
  closed,
)
export type ProviderInput = Static<typeof ProviderInput>
export const ProviderId = Type.Object({ providerId: Type.Integer({ minimum: 1 }) }, closed)

/** A provider as its administrators see it; the secret never leaves the server. */
export type ProviderView = Omit<ProviderInput, 'clientSecret' | 'commandId'> & {
  providerId: number
  hasSecret: boolean
  changedAt: string
  /** Addresses to register there. */
  returnTo: { citizens: string; officers: string }
}

/** What the page of signing in offers. */
export type ProviderOffer = { providerId: number; name: string }
