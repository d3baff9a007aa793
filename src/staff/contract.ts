import { Type, type Static } from 'typebox'

const closed = { additionalProperties: false } as const
const Id = Type.Integer({ minimum: 1, maximum: 2_147_483_647 })
const Day = Type.String({ format: 'date' })
const LastDay = Type.Union([Day, Type.Null()])
const Name = (maxLength: number) => Type.String({ minLength: 1, maxLength, pattern: String.raw`\S` })
const CommandId = Type.Optional(Type.String({ format: 'uuid' }))

export const agencyKinds = ['central', 'province', 'district', 'commune', 'department', 'police', 'other'] as const
export const codeSchemes = ['gso', 'qcvn102', 'qd20', 'dossier'] as const
export const unitKinds = [
  'one-stop',
  'leadership',
  'justice',
  'land',
  'social',
  'office',
  'economy',
  'culture',
  'police',
  'other',
] as const
export const successionKinds = ['merge', 'split', 'rename', 'transfer'] as const

export const AgencyKind = Type.Enum([...agencyKinds])
export const CodeScheme = Type.Enum([...codeSchemes])
export const UnitKind = Type.Enum([...unitKinds])
export const RoleName = Type.Enum([
  'receiving-officer',
  'specialist',
  'leader',
  'clerk',
  'agency-admin',
  'supervisor',
  'auditor',
  'system-admin',
])
const CodeText = Type.String({ pattern: '^[0-9A-Z][0-9A-Z.-]{0,39}$' })

export const AgencyId = Type.Object({ agencyId: Id }, closed)
export const AgencyQuery = Type.Object(
  {
    day: Type.Optional(Day),
    query: Type.Optional(Type.String({ maxLength: 200 })),
    kind: Type.Optional(AgencyKind),
    parentId: Type.Optional(Id),
    /** Only those without a superior. */
    top: Type.Optional(Type.Boolean()),
    closed: Type.Optional(Type.Boolean()),
    limit: Type.Optional(Type.Integer({ minimum: 1, maximum: 500 })),
  },
  closed,
)
export const NewAgency = Type.Object(
  {
    kind: AgencyKind,
    fullName: Name(300),
    fullNameEn: Type.Optional(Type.String({ maxLength: 300 })),
    parentId: Type.Optional(Type.Union([Id, Type.Null()])),
    validFrom: Day,
    codes: Type.Optional(Type.Array(Type.Object({ scheme: CodeScheme, code: CodeText }, closed), { maxItems: 4 })),
    /** Begin with the units that such an agency usually has. */
    standardUnits: Type.Optional(Type.Boolean()),
    commandId: CommandId,
  },
  closed,
)
export const AgencyName = Type.Object(
  { fullName: Name(300), fullNameEn: Type.Optional(Type.String({ maxLength: 300 })), from: Day, commandId: CommandId },
  closed,
)
export const AgencyParent = Type.Object(
  { parentId: Type.Union([Id, Type.Null()]), from: Day, commandId: CommandId },
  closed,
)
export const AgencyCode = Type.Object(
  { scheme: CodeScheme, code: Type.Union([CodeText, Type.Null()]), from: Day, commandId: CommandId },
  closed,
)
export const LastDayOnly = Type.Object({ lastDay: Day, commandId: CommandId }, closed)
export const Predecessor = Type.Object(
  {
    oldAgencyId: Id,
    kind: Type.Enum([...successionKinds]),
    onDay: Day,
    answers: Type.Boolean(),
    note: Type.Optional(Type.String({ maxLength: 500 })),
    commandId: CommandId,
  },
  closed,
)

export const UnitId = Type.Object({ agencyId: Id, unitId: Id }, closed)
export const NewUnit = Type.Object({ kind: UnitKind, name: Name(200), validFrom: Day, commandId: CommandId }, closed)
export const ChangedUnit = Type.Object(
  { kind: UnitKind, name: Name(200), validTo: LastDay, commandId: CommandId },
  closed,
)
export const PointId = Type.Object({ agencyId: Id, receivingPointId: Id }, closed)
export const NewPoint = Type.Object(
  {
    unitId: Id,
    name: Name(200),
    address: Type.String({ maxLength: 300 }),
    phone: Type.String({ maxLength: 30 }),
    validFrom: Day,
    commandId: CommandId,
  },
  closed,
)
export const ChangedPoint = Type.Object(
  {
    name: Name(200),
    address: Type.String({ maxLength: 300 }),
    phone: Type.String({ maxLength: 30 }),
    validTo: LastDay,
    commandId: CommandId,
  },
  closed,
)

export const OfficerQuery = Type.Object(
  {
    agencyId: Type.Optional(Id),
    unitId: Type.Optional(Id),
    query: Type.Optional(Type.String({ maxLength: 200 })),
    former: Type.Optional(Type.Boolean()),
    after: Type.Optional(Id),
    limit: Type.Optional(Type.Integer({ minimum: 1, maximum: 200 })),
  },
  closed,
)
const Person = {
  name: Name(120),
  title: Type.String({ maxLength: 120 }),
  email: Type.String({ maxLength: 200, pattern: String.raw`^$|^[^\s@]+@[^\s@]+$` }),
  phone: Type.String({ maxLength: 30, pattern: String.raw`^[0-9+ .()-]*$` }),
  staffCode: Type.Union([Type.String({ maxLength: 30, pattern: String.raw`^\S*$` }), Type.Null()]),
}
const Post = {
  agencyId: Id,
  unitId: Id,
  role: RoleName,
  title: Type.String({ maxLength: 120 }),
  validFrom: Day,
  validTo: LastDay,
}
export const OfficerId = Type.Object({ officerId: Id }, closed)
export const ChangedOfficer = Type.Object({ ...Person, commandId: CommandId }, closed)
export const NewOfficer = Type.Object({ ...Person, post: Type.Object(Post, closed), commandId: CommandId }, closed)
export const NewPost = Type.Object({ ...Post, commandId: CommandId }, closed)
export const PostId = Type.Object({ agencyId: Id, postId: Id }, closed)

export const InAgency = Type.Object({ agencyId: Type.Optional(Id) }, closed)
export const NewDelegation = Type.Object(
  { postId: Id, toOfficerId: Id, validFrom: Day, validTo: Day, reason: Name(1000), commandId: CommandId },
  closed,
)
export const DelegationId = Type.Object({ agencyId: Id, delegationId: Id }, closed)
export const AbsenceQuery = Type.Object({ agencyId: Type.Optional(Id), from: Day, to: Day }, closed)
export const NewAbsence = Type.Object(
  {
    agencyId: Id,
    officerId: Id,
    substituteId: Type.Union([Id, Type.Null()]),
    validFrom: Day,
    validTo: Day,
    reason: Type.String({ maxLength: 500 }),
    commandId: CommandId,
  },
  closed,
)

export const PlaceQuery = Type.Object(
  {
    query: Type.Optional(Type.String({ maxLength: 200 })),
    provinceCode: Type.Optional(Type.String({ pattern: String.raw`^\d{2}$` })),
    limit: Type.Optional(Type.Integer({ minimum: 1, maximum: 300 })),
    /** The agency at whose desk it is asked: what lies near comes first. */
    near: Type.Optional(Type.Integer({ minimum: 1 })),
  },
  closed,
)

export type NewOfficer = Static<typeof NewOfficer>
