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
