import { Type } from 'typebox'
import type { Day, Instant } from '../../platform/day.ts'
import { wantedLevels, type AssuranceLevel, type WantedLevel } from './rules/levels.ts'

/** A signed-in citizen as other rooms see one. Personal data: never into logs or addresses. */
export type Citizen = {
  accountId: string
  sessionId: string
  name: string
  /** The 12 digits; null while the person has given none. */
  identityNumber: string | null
  /** Whether a provider of identity vouched for number, name and birth day. */
  identityVerified: boolean
  /** How sure this session is: a password gives `basic`, a provider what its rules say. */
  level: AssuranceLevel
  email: string | null
  phone: string | null
  birthDay: Day | null
  sex: 'male' | 'female' | null
  address: string
  /** Code of today's commune in the unit lists; empty when unknown. */
  unitCode: string
}

/** What the person may be named by in a dossier that somebody else files. */
export type AuthorityKind = 'power-of-attorney' | 'parent' | 'guardian' | 'representative'

/** Authority to act for another person or an organisation, as the account has it on a day. */
export type Authority = {
  authorityId: string
  kind: AuthorityKind
  /** For whom: a person, or an organisation where the kind is `representative`. */
  principal: {
    kind: 'person' | 'organisation'
    name: string
    /** Identity number of the person or tax code of the organisation; empty when unknown (a newborn child). */
    identityNumber: string
    birthDay: Day | null
    sex: 'male' | 'female' | null
    address: string
    unitCode: string
  }
  /** The paper on which it rests: kind, number, who certified it. */
  basis: string
  validFrom: Day
  validTo: Day | null
  /** A copy of the paper is kept with it. */
  proof: { fileName: string; mediaType: string; bytes: number } | null
  recordedAt: Instant
}

const Level = Type.Union(wantedLevels.map((level) => Type.Literal(level)))

/** What one procedure asks for, or the whole authority (`*`); null takes the rule away. */
export const LevelRuleInput = Type.Object(
  {
    agencyId: Type.Integer({ minimum: 1 }),
    procedureCode: Type.String({ minLength: 1, maxLength: 40 }),
    level: Type.Union([Level, Type.Null()]),
    commandId: Type.Optional(Type.String({ format: 'uuid' })),
  },
  { additionalProperties: false },
)
export type LevelRules = {
  general: WantedLevel
  rules: { procedureCode: string; procedureName: string; level: WantedLevel }[]
}
